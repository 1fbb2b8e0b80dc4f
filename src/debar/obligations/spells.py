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
    from debar.model.measures import Party, Provision
    from debar.model.vocab import Category
    from debar.obligations.reach import Link
    from debar.register import Register

_ANYBODY = Organisation(name="", jurisdictions=(), kinds=())
_SOME_DAY = "2026-01-01"
"""Reach gives its own times; the day asked about does not change them."""
_NO_KIN = frozenset({
    RelationKind.LISTED, RelationKind.NOT_LISTED, RelationKind.DIVESTED, RelationKind.REBRANDER, RelationKind.MINORITY
})  # fmt: skip
"""Relations that make nobody part of a group."""


def spells(register: Register, party: Party, known_on: str = "") -> dict[str, tuple[Spell, ...]]:
    """Give the times of each provision that is about a party, by measure#provision, as far as known on a day.

    It is about a party when it reaches any product of it, or one that nobody names. A question that only
    the single thing could answer, such as where it was made, leaves a provision out; sources that disagree do not.
    """
    question = Question(organisation=_ANYBODY, as_of=_SOME_DAY, known_on=known_on)
    kinds = dict.fromkeys([(), *(product.categories for product in party.products)])
    found = {}
    for measure, provision, _ in reviewed(register):
        times: dict[Spell, None] = {}
        for categories in kinds:
            matter = Matter(
                register=register,
                measure=measure,
                provision=provision,
                subject=_subject(party, provision, categories),
                question=question,
                facts={},
            )
            times |= {_spell(link): None for link in links(matter) if not link.missing or link.claims}
        if times:
            found[f"{measure.id}#{provision.id}"] = tuple(times)
    return found


def _subject(party: Party, provision: Provision, categories: tuple[Category, ...]) -> Subject:
    meanings = provision.targets.meanings or (Meaning.INSTALLED,)
    return Subject(exposure=None, party=party.id, product="", categories=categories, meaning=meanings[0], level=5)


def _spell(link: Link) -> Spell:
    return Spell(since=link.since or dates.FIRST, until=link.until, grade=link.grade, is_disputed=bool(link.claims))


def kin(register: Register, party: Party) -> frozenset[str]:
    """Give a party with those of its group, named on either side, whatever the time; who was sold is none of it."""
    own = {relation.to for relation in party.relations if relation.kind not in _NO_KIN}
    others = {
        other.id
        for other in register.parties.values()
        if any(relation.to == party.id and relation.kind not in _NO_KIN for relation in other.relations)
    }
    return frozenset({party.id} | (own & set(register.parties)) | others)
