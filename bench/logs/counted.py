# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.logs.counted REPORT`: rows read, and hits of the bench's own indicators by their kind.

It runs as a process of its own: a report is large when it is held in memory.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from bench.logs.indicators import MARK


def main() -> None:
    """Print the sums as JSON."""
    report = json.loads(Path(sys.argv[1]).read_bytes())
    counted = [source["counts"] for source in report["sources"]]
    # Of a large log only some lines are read as rows; those that were looked through are all.
    counts = Counter(rows=sum(each.get("lines looked through", each.get("rows", 0)) for each in counted))
    exposures = [*report["exposures"], *(aside["exposure"] for aside in report["set_aside"])]
    for match in (match for exposure in exposures for match in exposure["matches"]):
        if match["indicator"].startswith(MARK):
            # Of values without end below one domain a few are listed, and the others counted with the first.
            counts[match["technique"].partition(" ")[0]] += match["count"] + match.get("others", 0)
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
