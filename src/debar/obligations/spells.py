# SPDX-License-Identifier: Apache-2.0
"""In which times each provision is about a party: while it is named, tied to one who is, or on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar import dates
from debar.model.measures import Organisation
from debar.model.vocab import Meaning, RelationKind
from debar.obligations.question import Matter, Question, Subject
from debar.obligations.reach import links
from debar.register.standing import Spell, reviewed

if TYPE_CHECKING:
    from debar.model.measures import Party
    from debar.obligations.reach import Link
    from debar.register import Register

_ANYBODY = Organisation(name="", jurisdictions=(), kinds=())
_SOME_DAY = "2026-01-01"
"""Reach gives its own times; the day asked about does not change them."""
_LISTS = frozenset({RelationKind.LISTED, RelationKind.NOT_LISTED})


def spells(register: Register, party: Party, known_on: str = "") -> dict[str, tuple[Spell, ...]]:
    """Give the times of each provision that is about a party, by measure#provision, as far as known on a day.

    A question that only a product could answer leaves a provision out; sources that disagree do not.
    """
    question = Question(organisation=_ANYBODY, as_of=_SOME_DAY, known_on=known_on)
    found = {}
    for measure, provision, _ in reviewed(register):
        meanings = provision.targets.meanings or (Meaning.INSTALLED,)
        subject = Subject(exposure=None, party=party.id, product="", categories=(), meaning=meanings[0], level=5)
        matter = Matter(
            register=register, measure=measure, provision=provision, subject=subject, question=question, facts={}
        )
        if times := tuple(_spell(link) for link in links(matter) if not link.missing or link.claims):
            found[f"{measure.id}#{provision.id}"] = times
    return found


def _spell(link: Link) -> Spell:
    return Spell(since=link.since or dates.FIRST, until=link.until, grade=link.grade, is_disputed=bool(link.claims))


def kin(register: Register, party: Party) -> frozenset[str]:
    """Give a party with those that are tied to it, or to which it is tied, whatever the tie and its time."""
    own = {relation.to for relation in party.relations if relation.kind not in _LISTS}
    others = {
        other.id
        for other in register.parties.values()
        if any(relation.to == party.id and relation.kind not in _LISTS for relation in other.relations)
    }
    return frozenset({party.id} | (own & set(register.parties)) | others)
