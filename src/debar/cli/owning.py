# SPDX-License-Identifier: Apache-2.0
"""Rules of ownership beside an answer on names: which are asked about, who counts as listed, what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from debar.cli import options as shared
from debar.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from debar.model.owned import OwnershipRule
    from debar.model.screened import Screening
    from debar.screen.index import NameIndex


def add_options(group: argparse._ArgumentGroup) -> None:
    """Add by which rules owners are asked about, and who counts as listed."""
    group.add_argument(
        "--rule",
        metavar="RULE",
        action="append",
        default=None,
        help="rule of ownership to work out for each party that is meant; may be given several times",
    )
    group.add_argument(
        "--blocked",
        metavar="PARTY",
        action="append",
        default=None,
        help="party that counts as listed, by its id; may be given several times (default: all that the list aims at)",
    )


class Owners(NamedTuple):
    """What is asked about owners."""

    rules: tuple[OwnershipRule, ...]
    listed: frozenset[str]
    """The ids of whoever counts as listed."""
    is_named: bool
    """They were named; else they are all that the list aims at."""


def rules(options: argparse.Namespace) -> tuple[OwnershipRule, ...]:
    """Give the rules that are asked about; UsageError for one that is not known, and for owners without a rule."""
    from debar.screen.owner_rules import RULES

    if options.blocked and not options.rule and options.named["blocked"].startswith("-"):
        raise UsageError("--blocked says who owns, and --rule by which rule that is asked about", hint="add --rule")
    known = {rule.id: rule for rule in RULES}
    asked = dict.fromkeys(options.rule or ())
    return tuple(known[shared.check_word(word, known, options.named["rule"])] for word in asked)


def owners(options: argparse.Namespace, index: NameIndex, asked: tuple[OwnershipRule, ...]) -> Owners | None:
    """Give what is asked about owners, before any name is looked at; nothing where no rule is.

    UsageError for somebody whom the list does not have, and where nobody counts as listed.
    """
    from debar.screened import owned

    named = [shared.check_word(id_, index.kept.ids, options.named["blocked"]) for id_ in options.blocked or ()]
    if not asked:
        return None
    listed = owned.listed(index, named)
    if not listed:
        raise UsageError(
            f"{index.kept.name} does not say whom it aims at, so that nobody counts as listed",
            hint="name them with --blocked PARTY, by their ids",
        )
    return Owners(asked, listed, bool(named))


def with_owners(answer: Screening, asked: Owners, index: NameIndex, day: str) -> Screening:
    """Give an answer with what each rule makes of each party that a name is the name of."""
    from debar.screened import owned

    who = "1 party counts" if len(asked.listed) == 1 else f"{len(asked.listed):,} parties count"
    note = f"ownership: {who} as listed, {'as named' if asked.is_named else 'all that the list aims at'}"
    found = owned.answers(index, answer.names, asked.rules, asked.listed, day)
    return structs.replace(answer, owned=found, notes=(*answer.notes, note))
