# SPDX-License-Identifier: Apache-2.0
"""Where papers name other people of one measure: who made it, and whom it hits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.placed import begun
from debar.intake.stories.families import PUBLISHED, family, making
from debar.intake.stories.weighed import value
from debar.model.intake import Conflict
from debar.model.vocab.statements import ConflictKind, Severity, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.examined import Examined
    from debar.intake.mentions.mention import Mention
    from debar.intake.stories.weighed import Weighed

_AUTHORITY, _PLACE, _SEAT = "authority", "place", "seat"
_HEAD = re.compile(r"\b(?:administration|president|white house|prime minister|cabinet|chancell)", re.IGNORECASE)
"""A seat of government that is somebody else than its departments; "the government" may mean any of them."""
_AT_THE_HEAD = "head of state or government"
_EVERYBODY = "everybody"
_VAGUE = ("-government", "-parliament", "-legislature", "-security-service")
"""Endings of ids that may stand for any authority of a state, or for all of them."""
_ACTS = (StatedAct.ANNOUNCE, StatedAct.ISSUE)
_BY = re.compile(r"(?:\bby|imposed by|from) (?:the )?(?:[a-z]{2,20} )?$", re.IGNORECASE)
_WHOSE = re.compile(r"'s? ")


def parties(weighed: Sequence[Weighed], examined: Sequence[Examined]) -> Iterator[Conflict]:
    """Yield who else is said to have made the measure.

    1. Of each statement on a ban, its announcement or issue: the authority that is its subject, by whom it is, or whose.
    2. Authorities that one passage names together act together: a bureau and its department are one.
    3. Two that no paper puts together are two readings.
    """
    papers = {one.paper.id: one for one in examined}
    found: dict[str, list[Weighed]] = {}
    together: list[set[str]] = []
    for one in weighed:
        if one.document not in papers or not _is_making(one):
            continue
        seen = papers[one.document].seen
        span = one.statement.span
        named = [
            name for name in begun(seen.mentions, span.start, span.end) if name.end <= span.end and _is_author(name)
        ]
        authors = [_label(name) for name in named if _acts(name, one, seen.flat)]
        if authors:
            found.setdefault(authors[0], []).append(one)  # 1.
            together.append({_label(name) for name in named} - {_AT_THE_HEAD})  # 2.
    groups = _groups(found, together)
    if len(groups) > 1 and len({one.document for members in found.values() for one in members}) > 1:  # 3.
        yield Conflict(
            type=ConflictKind.PARTY,
            severity=Severity.MINOR,
            topic="who made the measure",
            values=tuple(value(", ".join(sorted(group)), [one for name in sorted(group) for one in found[name]]) for group in groups),
        )  # fmt: skip


def _is_making(one: Weighed) -> bool:
    """Tell whether a statement tells of a ban or of its making; who only prints it is no author."""
    act = one.statement.act
    return act.startswith("prohibit") or (act in _ACTS and making(one.passage) != PUBLISHED)


def addressees(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where some say that an act is banned for everybody, and others for certain bodies only.

    A paper that names both tells of two rules, and stands on neither side.
    """
    found: dict[str, dict[str, list[Weighed]]] = {}
    for one in weighed:
        whom = {value for dimension, value in one.named if dimension == "who"}
        if whom and one.statement.act.startswith("prohibit.") and one.statement.polarity == "asserted":
            side = _EVERYBODY if "everyone" in whom else ", ".join(sorted(whom))
            found.setdefault(family(one.statement.act), {}).setdefault(side, []).append(one)
    for name, sides in sorted(found.items()):
        everybody = {one.document for one in sides.get(_EVERYBODY, ())}
        certain = {one.document for side, said in sides.items() if side != _EVERYBODY for one in said}
        if everybody - certain and certain - everybody:
            both = everybody & certain
            kept = {side: [one for one in said if one.document not in both] for side, said in sides.items()}
            yield Conflict(
                type=ConflictKind.PARTY,
                severity=Severity.MATERIAL,
                topic=f"for whom is it banned: {name}",
                values=tuple(value(side, said) for side, said in sorted(kept.items()) if said),
            )


def _acts(name: Mention, one: Weighed, flat: str) -> bool:
    """Tell whether an authority does what its statement says."""
    if name.name and name.name.casefold() in one.statement.subject.casefold():
        return True
    return bool(_BY.search(flat, max(0, name.start - 40), name.start)) or bool(_WHOSE.match(flat, name.end))


def _is_author(name: Mention) -> bool:
    if name.kind == _AUTHORITY:
        return bool(name.jurisdiction) and not name.id.endswith(_VAGUE)
    return name.kind == _PLACE and name.form == _SEAT and bool(_HEAD.search(name.name))


def _label(name: Mention) -> str:
    """Give an authority by its id, and whoever is at the head of a state as one."""
    return name.id if name.kind == _AUTHORITY else _AT_THE_HEAD


def _groups(found: dict[str, list[Weighed]], together: Sequence[set[str]]) -> list[list[str]]:
    """Give the authors, those that some passage names together as one."""
    # An office named without its place is that of the same name with one: commerce, us-commerce.
    together = [*together, *({name, other} for name in found for other in found if other.endswith(f"-{name}"))]
    groups: list[set[str]] = [{name} for name in found]
    for names in together:
        touched = [group for group in groups if group & names]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    return sorted(sorted(group) for group in groups)
