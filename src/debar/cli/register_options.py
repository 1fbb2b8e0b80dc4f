# SPDX-License-Identifier: Apache-2.0
"""Options of the register: which one is used, what an organisation adds to it, and the party that is asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from debar.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.model.measures import Party
    from debar.register import Register


def add_register_option(
    parser: argparse.ArgumentParser | argparse._ArgumentGroup, *, heeds_indicators: bool = True
) -> None:
    """Add which register to use, and what an organisation adds to it."""
    parser.add_argument(
        "--register",
        metavar="DIR",
        type=Path,
        action="append",
        default=None,
        help="add the measures, parties and indicators of a directory; may be given several times",
    )
    parser.add_argument(
        "--base-register",
        metavar="DIR",
        type=Path,
        default=None,
        help="use this register instead of the imported or shipped one",
    )
    if heeds_indicators:
        parser.add_argument(
            "--indicators",
            metavar="PATH",
            type=Path,
            action="append",
            default=None,
            help="add indicators alone: a file or folder of YAML as in the register, or of STIX 2.1 bundles (.json)",
        )


def register(options: argparse.Namespace) -> Register:
    """Give the register that the options ask for; RegisterError with every fault of it."""
    from debar.register import active, tried
    from debar.register.load import digest, load

    base, added = base_register(options), options.register or ()
    law = load(base, added)
    if base and not options.base_register:
        active.expect_unaltered(active.home(), digest(base) if added else law.sha256)
    return tried.widened(law, options.indicators, with_own_indicators) if options.indicators else law


def with_own_indicators(law: Register, paths: Sequence[Path]) -> Register:
    """Give the register with somebody's own indicators, each of which must do what its examples say."""
    from debar.errors import RegisterError
    from debar.match.examples import examples_fail
    from debar.match.kept import load_index  # a scan asks for the same index next
    from debar.register.own import with_indicators

    known = {indicator.id for indicator in law.indicators}
    wider = with_indicators(law, paths)
    own = frozenset(i.id for i in wider.indicators if i.id not in known)
    if faults := examples_fail(load_index(wider), own):
        raise RegisterError(faults, hint="mend the patterns, or the examples that they do not fit")
    return wider


def party(options: argparse.Namespace, law: Register) -> Party | None:
    """Give the party that --party names, or none; UsageError for one that the register does not know."""
    if not options.party:
        return None
    try:
        return law.party(options.party)
    except UsageError as e:
        raise UsageError(f"{options.named['party']}: {e.message}", hint=e.hint) from e


def base_register(options: argparse.Namespace) -> Path | None:
    """Give the directory of the register that others are added to: named, imported, or none for the shipped one."""
    from debar.register import active

    named: Path | None = options.base_register
    return named or active.active(active.home())
