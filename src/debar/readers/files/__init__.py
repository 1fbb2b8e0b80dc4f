# SPDX-License-Identifier: Apache-2.0
"""What programs, packages and images say of themselves."""

from debar.readers.rows import Reader

ROWS: tuple[Reader, ...] = ()
