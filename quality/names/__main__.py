# SPDX-License-Identifier: Apache-2.0
"""`python -m quality.names`: how well names of suppliers are screened, beside other systems.

--corpus DIR  labelled names; default: $DEBAR_NAMES_CORPUS, else those that the project holds
--peers       also measure nomenklatura's logic-v2 and rapidfuzz, if they are installed
--check       exit 1 when a recorded figure has fallen
--brief       only figures that have a goal
--misses      also list each case that was missed or wrongly flagged
--accept      record the figures as the floor of this corpus
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quality.names.shown import show


def main() -> int:
    """Print the figures; give 1 when a check fails."""
    parser = argparse.ArgumentParser(prog="python -m quality.names", description=__doc__)
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of labelled names")
    parser.add_argument("--peers", action="store_true", help="also measure other systems, if they are installed")
    parser.add_argument("--check", action="store_true", help="exit 1 when a recorded figure has fallen")
    parser.add_argument("--brief", action="store_true", help="print only figures that have a goal")
    parser.add_argument("--misses", action="store_true", help="list each case that was missed or wrongly flagged")
    parser.add_argument("--accept", action="store_true", help="record the figures as the floor of this corpus")
    arguments = parser.parse_args()
    faults = show(
        arguments.corpus,
        with_peers=arguments.peers,
        brief=arguments.brief,
        misses=arguments.misses,
        accept=arguments.accept,
    )
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{len(faults)} faults" if faults else "no fault")
    return int(arguments.check and bool(faults))


if __name__ == "__main__":
    sys.exit(main())
