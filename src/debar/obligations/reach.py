# SPDX-License-Identifier: Apache-2.0
"""How a target reaches a subject: by name, through a tie to a party, as one on a list, or by where it comes from.

A tie is dated: a company that was sold is reached for the time in which it belonged to the group, and no longer.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.measures import Citation, Claim
from debar.model.vocab import Category, Grade, OriginTest, RelationKind, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.measures import Measure, Party, Relation, Target
    from debar.obligations.question import Matter, Subject

BESIDE = {Category.LIBRARY, Category.THREAT_INTELLIGENCE, Category.SECURITY_TRAINING, Category.CONSULTING}
"""What an unknown product is not taken for: what stands beside a party's ordinary products."""
FOREIGN = "foreign"
MADE_WHERE = "made-where"
"""Open question: the product's country of production is not known."""
WHICH_PRODUCT = "which-product"
"""Open question: which product it is, where only some of the party's are reached."""
DISPUTED = "sources-disagree"
"""Open question: sources disagree on a tie or listing."""
_UNION = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
_HOME = {"uk": frozenset({"GB"}), "eu": frozenset(_UNION.split())}
"""Jurisdictions whose countries are not called as they are; none of these is foreign to them."""
_HALF = 50.0
_DEPTH = 4
"""Parties between the one that is asked about and the one that is named or listed, at most."""
_OWNED = frozenset({RelationKind.SUBSIDIARY, RelationKind.AFFILIATE, RelationKind.PARTNER})
"""Relations whose share can make a party owned; a holding without control, and one that was sold, never does."""
_SATISFIES = {
    RelationKind.PARENT: {Tie.PARENTS, Tie.COMMON_CONTROL},
    RelationKind.SUBSIDIARY: {Tie.SUBSIDIARIES, Tie.CONTROLLED, Tie.COMMON_CONTROL, Tie.AFFILIATES},
    RelationKind.AFFILIATE: {Tie.AFFILIATES, Tie.COMMON_CONTROL},
    RelationKind.PREDECESSOR: {Tie.PREDECESSORS},
    RelationKind.SUCCESSOR: {Tie.SUCCESSORS},
    RelationKind.ASSIGNEE: {Tie.ASSIGNEES},
    RelationKind.PARTNER: {Tie.PARTNERS},
}
"""Ties that a relation of a kind answers. A minority holding, a rebrander or an officer answers none."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which a target reaches a subject."""

    since: datetime | None = None
    until: datetime | None = None
    grade: Grade = Grade.PRIMARY
    text: str = ""
    """Why it is reached, when not by its own name."""
    path: tuple[str, ...] = ()
    """The ties that lead there, each as what tells it apart; its end does not, which may become known later."""
    claims: tuple[Claim, ...] = ()
    missing: str = ""
    """Open question without which nobody can say that it is reached."""
    citations: tuple[Citation, ...] = ()


def links(matter: Matter) -> list[Link]:
    """Give the ways in which a provision reaches a subject; none when it does not.

    A subject that is reached by its own name is reached for good, whatever else ties it to others.
    """
    target, subject = matter.provision.targets, matter.subject
    if target.meanings and subject.meaning not in target.meanings:
        return []
    party = matter.register.parties.get(subject.party)
    kinds = _kinds(subject, party)
    if target.categories and kinds and kinds.isdisjoint(target.categories):
        return []
    unclear = _which(subject, party, target)
    if subject.party in target.parties:
        return [Link(missing=unclear)]
    found = list(_tied(matter, party)) if party and (target.extends_to or target.lists) else []
    found = [link if link.missing else msgspec.structs.replace(link, missing=unclear) for link in found]
    if not found and (by_origin := _by_origin(matter.measure, target, subject, party)):
        found = [by_origin]
    for link in found:
        if link.since is None and link.until is None and not link.missing and link.grade is not Grade.UNVERIFIED:
            return [link]
    return found


def _kinds(subject: Subject, party: Party | None) -> set[str]:
    """Give what a subject may be for: an unknown product may be any of its party's."""
    if subject.categories or not party:
        return set(subject.categories)
    return {category for product in party.products for category in product.categories}


def _which(subject: Subject, party: Party | None, target: Target) -> str:
    """Give the question which product it is, where an unknown one may be one that the target does not reach."""
    if subject.product or subject.categories or not party or not target.categories:
        return ""
    others = (set(p.categories) - BESIDE for p in party.products if not set(p.categories) & set(target.categories))
    return WHICH_PRODUCT if any(others) else ""


def _by_origin(measure: Measure, target: Target, subject: Subject, party: Party | None) -> Link | None:
    if not target.origins or (party and (party.person or (target.categories and not party.products))):
        return None
    land = measure.jurisdiction.partition("-")[0]
    home = _HOME.get(land, frozenset({land.upper()}))
    by_seat = target.origin_test is OriginTest.SUPPLIER
    if not subject.origin and not by_seat:
        return Link(missing=MADE_WHERE, text="It is reached only if it was produced there.")
    link = _from(subject.origin, target, home, f"It was produced in {subject.origin}.") if subject.origin else None
    # Where it was made never takes away what follows from where its supplier sits.
    if not link and by_seat and party and party.country:
        link = _from(party.country, target, home, f"Its supplier sits in {party.country}.")
    if link and target.categories and not subject.categories:
        return msgspec.structs.replace(link, missing=WHICH_PRODUCT)
    return link


def _from(country: str, target: Target, home: frozenset[str], text: str) -> Link | None:
    is_foreign = FOREIGN in target.origins and country not in home
    return Link(text=text) if is_foreign or country in target.origins else None


def _tied(matter: Matter, party: Party) -> Iterator[Link]:
    """Yield a link for each path of ties from a party to one that is named or listed, shortest first."""
    target, parties = matter.provision.targets, matter.register.parties
    paths: list[tuple[Party, tuple[Relation, ...]]] = [(party, ())]
    settled = {party.id}
    for here, path in paths:
        passed = {relation.to for relation in path}
        known = [r for r in here.relations if matter.is_known(r.known_from or r.valid_from)]
        for relation in known:
            if relation.kind is RelationKind.LISTED and relation.to in target.lists:
                yield _link((*path, relation), matter)
            elif _answers(relation, target.extends_to):
                if relation.to in target.parties:
                    yield _link((*path, relation), matter)
                elif relation.to in parties and relation.to not in settled | passed and len(path) < _DEPTH:
                    paths.append((parties[relation.to], (*path, relation)))
                    # Another way to the same party may hold at another time, or be surer.
                    settled |= {relation.to} if all(_is_plain(r) for r in paths[-1][1]) else set()


def _is_plain(relation: Relation) -> bool:
    """Tell whether a relation holds for good and beyond doubt."""
    return (
        not (relation.valid_from or relation.valid_until or relation.claims) and relation.grade is not Grade.UNVERIFIED
    )


def _answers(relation: Relation, ties: Iterable[Tie]) -> bool:
    """Tell whether a relation is one of the ties that a target catches."""
    satisfied = set(_SATISFIES.get(relation.kind, set()))
    if relation.kind is RelationKind.SUBSIDIARY or (relation.share and relation.kind in _OWNED):
        # A subsidiary without a known share is taken to be owned by more than half.
        share = float(relation.share or 100)
        satisfied |= {Tie.HALF_OWNED} if share >= _HALF else set()
        satisfied |= {Tie.MAJORITY_OWNED} if share > _HALF else set()
    return not satisfied.isdisjoint(ties)


def _link(path: tuple[Relation, ...], matter: Matter) -> Link:
    """Give the link along some ties: it holds while all of them hold, and is as sure as the least sure.

    Nobody knows of the end of a tie before its day.
    """
    zone = matter.authority.zone
    begins = [dates.begins(r.valid_from, zone) for r in path if r.valid_from]
    ends = [dates.begins(r.valid_until, zone) for r in path if r.valid_until and matter.is_known(r.valid_until)]
    claims = tuple(claim for r in path for claim in r.claims)
    return Link(
        since=max(begins, default=None),
        until=min(ends, default=None),
        grade=max((r.grade for r in path), key=list(Grade).index),
        text=" ".join(r.text for r in path if r.text),
        path=tuple(f"{r.kind} {r.to} {r.valid_from} {'disputed' if r.claims else ''}" for r in path),
        claims=claims,
        missing=DISPUTED if claims else "",
        citations=tuple(citation for r in path for citation in r.citations),
    )
