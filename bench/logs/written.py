# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.logs.written FOLDER MEGABYTES WHAT...`: files of the bench, and their numbers on standard output.

It runs as a process of its own, because its memory would be counted for every process that is started after it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.logs import indicators, mixed, names, rows

FILES = {"dns.json": rows.lines, "dns.log": rows.tsv, "mixed.json": mixed.lines}
INDICATORS = "indicators"


def main() -> None:
    """Write what was named; each log has about the size that was asked for."""
    folder, size, wanted = Path(sys.argv[1]), int(sys.argv[2]) * 1_000_000, sys.argv[3:]
    drawn = names.names()
    if INDICATORS in wanted:
        indicators.write(folder, drawn)
    numbers = {name: write(folder / name, drawn, size) for name, write in FILES.items() if name in wanted}
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
