# SPDX-License-Identifier: Apache-2.0
"""`python -m debar` is the same as `debar`."""

from debar.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
