# SPDX-License-Identifier: Apache-2.0
"""The time of a provision, cut where an interruption, an exemption or a waiver begins or ends.

Intervals are half-open: the first instant belongs to them, the last does not. What takes a case
out for a time lies over the provision's own time; where several lie over one another, an
interruption comes before an exemption, and an exemption before a waiver.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.measures import Exemption, Interruption, Waiver
from debar.model.results import Pause
from debar.model.vocab import Grade, Halt, Status
from debar.obligations import conditions, reach
from debar.obligations.question import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.vocab import Act
    from debar.obligations.question import Matter


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of time with one status."""

    since: datetime
    until: datetime | None
    status: Status = Status.PERMITTED
    by: Interruption | Exemption | Waiver | None = None
    """What takes the case out in this time."""
    is_part: bool = False
    """Other pieces stand beside it."""
    claim: Claim | None = None
    """Who answers for the conditions of the exemption in this time."""

    @property
    def exemption(self) -> str | None:
        """Id of the exemption used."""
        return self.by.id if isinstance(self.by, Exemption) else None

    @property
    def waiver(self) -> str | None:
        """Id of the waiver used."""
        return self.by.id if isinstance(self.by, Waiver) else None


def overlays(matter: Matter, act: Act) -> tuple[list[Span], tuple[str, ...]]:
    """Give what lies over a provision's time, the strongest first, and the conditions of what might.

    What might is asked about only on a day that lies in its time: a waiver that is over helps nobody.
    """
    found = [
        _lain(halt, Status.SUSPENDED, matter)
        for halt in _halts(matter)
        if halt.kind is not Halt.NON_ENFORCEMENT
        and halt.grade is not Grade.UNVERIFIED
        and matter.is_known(halt.known_from)
    ]
    claimable: list[str] = []
    moment = matter.question.moment(matter.authority)
    lifting: list[Exemption | Waiver] = [*_exemptions(matter, act), *_waivers(matter, act)]
    if any(_may_be(matter, exemption) for exemption in matter.provision.exemptions):
        claimable.append(reach.WHICH_PRODUCT)
    for out in lifting:
        if not matter.is_known(out.known_from) or conditions.are_refused(out.conditions, matter.facts):
            continue
        missing = conditions.unanswered(out.conditions, matter.facts)
        # Nobody is let off on the strength of what nobody has seen; of its own waivers the asker knows.
        is_seen = out.grade is not Grade.UNVERIFIED or out in matter.own
        span, claim = _lain(out, Status.EXEMPT, matter), _claim(matter, out)
        if missing and not (claim and is_seen):
            claimable += missing if _within(moment, span) else ()
        elif is_seen:
            found.append(_claimed(span, claim, matter, is_needed=bool(missing)) if claim else span)
    return found, tuple(dict.fromkeys(claimable))


def _halts(matter: Matter) -> tuple[Interruption, ...]:
    return (*matter.provision.interruptions, *matter.measure.interruptions)


def _lain(by: Interruption | Exemption | Waiver, status: Status, matter: Matter) -> Span:
    zone = matter.authority.zone
    return Span(
        since=dates.begins(by.applies_from, zone) if by.applies_from else dates.FIRST,
        until=dates.begins(by.applies_until, zone) if by.applies_until else None,
        status=status,
        by=by,
    )


def _claim(matter: Matter, out: Exemption | Waiver) -> Claim | None:
    """Give the claim of an exemption that somebody answers for; of several the one that lasts longest."""
    full = f"{matter.measure.id}#{matter.provision.id}"
    claims = (one for one in matter.question.grant.claims if (one.provision, one.exemption) == (full, out.id))
    return max(claims, key=lambda one: (one.until, one.decision), default=None) if isinstance(out, Exemption) else None


def _claimed(span: Span, claim: Claim, matter: Matter, *, is_needed: bool) -> Span:
    """Give the time of an exemption with the claim of it; without facts of its own it lasts no longer than that."""
    if not is_needed:
        return msgspec.structs.replace(span, claim=claim)
    since, until = (dates.begins(day, matter.authority.zone) for day in (claim.since, claim.until))
    return msgspec.structs.replace(
        span, since=max(span.since, since), until=min(span.until, until) if span.until else until, claim=claim
    )


def _exemptions(matter: Matter, act: Act) -> Iterator[Exemption]:
    subject = matter.subject
    for exemption in matter.provision.exemptions:
        if (
            (not exemption.acts or act in exemption.acts)
            and (not exemption.addressees or matter.is_asker(exemption.addressees))
            and (not exemption.categories or not set(subject.categories).isdisjoint(exemption.categories))
            and (not exemption.meanings or subject.meaning in exemption.meanings)
        ):
            yield exemption


def _may_be(matter: Matter, exemption: Exemption) -> bool:
    """Tell whether an unknown product may be one of those that an exemption takes out."""
    if matter.subject.product or matter.subject.categories or not exemption.categories:
        return False
    party = matter.register.parties.get(matter.subject.party)
    return (
        not {c for p in party.products for c in p.categories if c not in reach.BESIDE}.isdisjoint(exemption.categories)
        if party
        else False
    )


def _waivers(matter: Matter, act: Act) -> Iterator[Waiver]:
    """Yield the waivers of a provision that this organisation may hold: its own, and those granted to all."""
    asker, measure, provision = matter.question.organisation, matter.measure, matter.provision
    full = f"{measure.id}#{provision.id}"
    here = (w for w in measure.waivers if not {provision.id, full}.isdisjoint(w.provisions))
    elsewhere = (w for w in matter.granted if full in w.provisions)
    for waiver in (*here, *elsewhere):
        if waiver.holder in ("", asker.name) and (not waiver.acts or act in waiver.acts):
            yield waiver


def cut(whole: Span, status: Status, layers: Sequence[Span]) -> list[Span]:
    """Give the pieces of a time in order, each with the status of the strongest layer over it, or its own.

    Neighbours of the same status for the same reason are one piece.
    """
    if whole.until is not None and whole.since >= whole.until:
        return []
    inside = {at for layer in layers for at in (layer.since, layer.until) if at and _within(at, whole)}
    begins = [whole.since, *sorted(inside - {whole.since})]
    pieces: list[Span] = []
    for since, until in zip(begins, [*begins[1:], whole.until], strict=True):
        layer = next((one for one in layers if _within(since, one)), None)
        now = layer.status if layer else status
        by, claim = (layer.by, layer.claim) if layer else (None, None)
        if pieces and (pieces[-1].status, pieces[-1].by) == (now, by):
            pieces[-1] = msgspec.structs.replace(pieces[-1], until=until)
        else:
            pieces.append(Span(since=since, until=until, status=now, by=by, claim=claim))
    return [msgspec.structs.replace(piece, is_part=True) for piece in pieces] if len(pieces) > 1 else pieces


def _within(at: datetime, whole: Span) -> bool:
    return whole.since <= at and (whole.until is None or at < whole.until)


def pauses(matter: Matter, span: Span) -> tuple[Pause, ...]:
    """Give the times in which the authority does not enforce a provision, as far as they touch a piece of its time.

    The law is unchanged; where something takes the case out anyway there is nothing to pause.
    """
    if span.by:
        return ()
    zone = matter.authority.zone
    return tuple(
        Pause(
            since=dates.stamp(dates.begins(halt.applies_from, zone)),
            until=dates.stamp(dates.begins(halt.applies_until, zone)) if halt.applies_until else None,
            text=halt.text,
            grade=halt.grade,
        )
        for halt in _halts(matter)
        if halt.kind is Halt.NON_ENFORCEMENT
        and matter.is_known(halt.known_from)
        and _touch(_lain(halt, Status.PERMITTED, matter), span)
    )


def _touch(one: Span, other: Span) -> bool:
    return (one.until is None or other.since < one.until) and (other.until is None or one.since < other.until)
