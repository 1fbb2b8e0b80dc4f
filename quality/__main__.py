# SPDX-License-Identifier: Apache-2.0
"""`python -m quality`: precision, recall and calibration on the labelled cases, by kind, level and party; then names; then papers.

--check  exit 1 when a goal is missed or the recorded floor is undercut
--brief  print the figures of all cases together only
--misses also list every case that was missed or wrongly found
--accept measure the probabilities anew, write them into the register, and record the floor
--corpus DIR  labelled names of suppliers; default: $DEBAR_NAMES_CORPUS, else those that the project holds

How names of suppliers are screened alone: `python -m quality.names`. How notices and news are read alone: `python -m quality.intake`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from debar.match.compile import compile_register
from debar.register import load
from quality import benign, calibrate, gate, labels, tables
from quality.figures import calibration_error, figures, sureness
from quality.intake import shown as papers
from quality.names import shown
from quality.outcomes import outcomes

if TYPE_CHECKING:
    from debar.register import Register

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "register"


def main() -> int:
    """Print the figures; give 1 when a check fails."""
    parser = argparse.ArgumentParser(prog="python -m quality", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 when a goal is missed or the floor is undercut")
    parser.add_argument("--brief", action="store_true", help="print the figures of all cases together only")
    parser.add_argument("--misses", action="store_true", help="list what was missed or wrongly found")
    parser.add_argument("--accept", action="store_true", help="measure probabilities anew and record the floor")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of labelled names of suppliers")
    arguments = parser.parse_args()
    cases = labels.read()
    if arguments.accept:
        _accept(cases, _register())
    register = _register()
    index = compile_register(register)
    found = outcomes(cases, index)
    error = calibrate.error(cases, register)
    tables.write(found, sys.stdout, brief=arguments.brief)
    print(
        f"\ncalibration error: {calibration_error(sureness(found)):.4f}; of cases that had no part in it: {error:.4f}"
    )
    if arguments.misses:
        tables.misses(found, sys.stdout)
    faults = [*gate.faults(found, error, gate.floor()), *benign.faults(index)]
    faults += shown.show(
        arguments.corpus,
        with_peers=not arguments.brief,
        brief=arguments.brief,
        misses=arguments.misses,
        accept=arguments.accept,
    )
    faults += papers.show(brief=arguments.brief, misses=arguments.misses, accept=arguments.accept)
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{len(faults)} faults" if faults else "no fault")
    return int(arguments.check and bool(faults))


def _register() -> Register:
    return load.load(REGISTER)


def _accept(cases: list[labels.Label], register: Register) -> None:
    """Write what was measured: the probabilities first, for the floor is that of debar with them."""
    raw = outcomes(cases, calibrate.index(register, ()))
    calibrate.write(calibrate.calibrations(raw), REGISTER)
    gate.record(figures(raw))


if __name__ == "__main__":
    sys.exit(main())
