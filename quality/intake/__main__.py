# SPDX-License-Identifier: Apache-2.0
"""`python -m quality.intake`: how well notices and news are read, on annotated papers.

--set NAME  seeds, tuned or blind; may be given several times; all of them by default
--misses    also list what was missed or wrongly told; of the blind set only how much
--brief     only figures that have a goal
--check     exit 1 when a recorded figure has fallen, or an annotation does not fit its papers
--accept    record the figures as the floor of their sets
"""

from __future__ import annotations

import argparse
import sys

from quality.intake import corpus as sets
from quality.intake.shown import NAMES, show


def main() -> int:
    """Print the figures; give 1 when a check fails, 2 when what is asked for is refused."""
    parser = argparse.ArgumentParser(prog="python -m quality.intake", description=__doc__)
    parser.add_argument("--set", action="append", choices=NAMES, dest="sets", help="seeds, tuned or blind")
    parser.add_argument("--misses", action="store_true", help="list what was missed or wrongly told")
    parser.add_argument("--brief", action="store_true", help="print only figures that have a goal")
    parser.add_argument("--check", action="store_true", help="exit 1 when a recorded figure has fallen")
    parser.add_argument("--accept", action="store_true", help="record the figures as the floor")
    arguments = parser.parse_args()
    if arguments.misses and arguments.sets == [sets.BLIND]:
        parser.error("what was missed in the blind set is not shown: whoever reads it could tune to it")
    faults = show(arguments.sets or NAMES, brief=arguments.brief, misses=arguments.misses, accept=arguments.accept)
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{len(faults)} faults" if faults else "no fault")
    return int(arguments.check and bool(faults))


if __name__ == "__main__":
    sys.exit(main())
