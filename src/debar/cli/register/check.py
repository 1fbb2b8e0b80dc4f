# SPDX-License-Identifier: Apache-2.0
"""`debar register check`: every fault of a register, and its counts when there is none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import register_options
from debar.errors import RegisterError
from debar.model.vocab import Grade
from debar.release import register_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.register import Register

_EPILOG = """\
examples:
  debar register check                       the register in use
  debar register check ./register            another one
  debar register check --register ./ours     the register in use with a directory added to it
  debar register check --indicators ./house  the register in use with indicators added to it"""


def run(arguments: list[str]) -> int:
    """Check, print the counts, and give 0; RegisterError with every fault."""
    from debar import pipeline

    parser = shared.Parser("register check", "Find every fault of a register, with file and line.", _EPILOG)
    parser.add_argument("directory", metavar="DIR", nargs="?", type=Path, help="default: the register in use")
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    directory = options.directory or register_options.base_register(options) or register_directory()
    register, found, cases = pipeline.check(directory, [Path(one) for one in options.register or ()])
    if found:
        raise RegisterError(found, hint=f"{len(found)} faults in {directory}")
    if options.indicators:
        register = register_options.with_own_indicators(register, options.indicators)
    print(f"register {register.version}: {', '.join(_counts(register, cases))}: no fault")
    return 0


def _counts(register: Register, cases: int) -> Iterator[str]:
    """Yield what there is, and how much of it rests on primary sources."""
    provisions = [p for m in register.measures.values() for p in m.provisions]
    relations = [r for p in register.parties.values() for r in p.relations]
    grades = Counter([*(p.grade for p in provisions), *(r.grade for r in relations)])
    yield f"{len(register.measures)} measures of {len({m.jurisdiction for m in register.measures.values()})} jurisdictions"
    yield f"{len(provisions)} provisions"
    yield f"{len(register.parties)} parties"
    yield f"{len(relations)} relations"
    yield f"{len(register.indicators)} indicators"
    yield f"{len(register.documents)} documents"
    yield f"{len(register.layouts)} layouts"
    yield f"{cases} cases"
    yield f"{100 * grades[Grade.PRIMARY] / max(1, grades.total()):.0f} % of provisions and relations graded primary"
