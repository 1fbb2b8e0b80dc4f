# SPDX-License-Identifier: Apache-2.0
"""What a measure of the register says on an act of a statement: its provisions, their days, and their words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from debar import dates
from debar.intake.stories.days import Reach
from debar.model.vocab import Act, Instrument, Modality
from debar.model.vocab.law import Milestone
from debar.model.vocab.statements import MEANS, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.measures import Event, Measure, Provision
    from debar.register import Register

_WIDER: dict[StatedAct, tuple[Act, ...]] = {
    StatedAct.PROHIBIT_SELL: (Act.SELL, Act.MARKET),
    StatedAct.PROHIBIT_PROCURE: (Act.RENEW, Act.CONTRACT, Act.ENGAGE, Act.PERFORM),
    StatedAct.PROHIBIT_INSTALL: (Act.CONNECT,),
    StatedAct.PROHIBIT_PROVIDE: (Act.HOST, Act.DISTRIBUTE, Act.EXPORT, Act.AUTHORISE),
    StatedAct.REQUIRE_REMOVE: (Act.DISCONNECT,),
    StatedAct.REQUIRE_REPORT: (Act.IDENTIFY, Act.PLAN, Act.DECLARE),
    StatedAct.REQUIRE_CERTIFY: (Act.REPRESENT, Act.DECLARE),
    StatedAct.RECOMMEND_REPLACE: (Act.DIVERSIFY, Act.REMOVE),
    StatedAct.PERMIT_SELL: (Act.SELL, Act.CONTRACT, Act.MARKET),
}
"""Acts of the register that news calls by the same words, beside those that a draft is made of."""
FORBIDDING = frozenset({Modality.PROHIBITED, Modality.LICENCE_REQUIRED})
BINDING = FORBIDDING | {Modality.REQUIRED}
MADE = frozenset({Milestone.ANNOUNCED, Milestone.SIGNED, Milestone.PUBLISHED})
NOT_BINDING = frozenset({Instrument.WARNING, Instrument.ADVICE, Instrument.RESOLUTION, Instrument.PROPOSAL})
_EVENTS: dict[StatedAct, frozenset[Milestone]] = {
    StatedAct.ANNOUNCE: MADE,
    StatedAct.ISSUE: MADE,
    StatedAct.LIST: frozenset({Milestone.LISTED}),
    StatedAct.DELIST: frozenset({Milestone.DELISTED}),
    StatedAct.SUSPEND: frozenset({Milestone.SUSPENDED}),
    StatedAct.REVOKE: frozenset({Milestone.WITHDRAWN, Milestone.SET_ASIDE}),
    StatedAct.EXTEND: frozenset({Milestone.EXTENDED}),
    StatedAct.CHALLENGE: frozenset({Milestone.CHALLENGED}),
    StatedAct.COURT_RULING: frozenset({Milestone.UPHELD, Milestone.SET_ASIDE}),
}


def means(act: StatedAct) -> tuple[Modality | None, frozenset[Act]]:
    """Give what an act of a statement comes to in the register; no modality for events."""
    modality, acts = MEANS.get(act, (None, ()))
    return modality, frozenset(acts) | frozenset(_WIDER.get(act, ()))


def on(act: StatedAct, measure: Measure) -> tuple[Provision, ...]:
    """Give the provisions on an act, whatever they do with it; every binding one for acts that speak of the whole."""
    _, acts = means(act)
    if act in (StatedAct.PROHIBIT, StatedAct.EFFECTIVE, StatedAct.COMPLY_DEADLINE):
        return tuple(one for one in measure.provisions if one.modality in BINDING)
    return tuple(one for one in measure.provisions if acts & frozenset(one.acts))


def events(act: StatedAct, measure: Measure) -> tuple[Event, ...]:
    """Give the days of a measure's history that are of one kind with an act."""
    return tuple(one for one in measure.history if one.kind in _EVENTS.get(act, frozenset()))


def made(act: StatedAct, measure: Measure, register: Register) -> Iterator[Reach]:
    """Yield the days on which a measure was announced or signed; of issue, those of publication too."""
    published = [measure.published] if act is StatedAct.ISSUE else []
    kinds = MADE if act is StatedAct.ISSUE else MADE - {Milestone.PUBLISHED}
    for text in (measure.issued, *published, *(one.day for one in measure.history if one.kind in kinds)):
        if (day := day_of(text, measure, register)) is not None:
            yield day


def day_of(text: str, measure: Measure, register: Register) -> Reach | None:
    """Give the day of a date or instant of a measure, in the zone of its authority; None where there is none."""
    if not text:
        return None
    moment = dates.parse(text)
    if isinstance(moment, datetime):
        authority = register.authorities.get(measure.authority)
        day = (moment.astimezone(dates.zone(authority.zone)) if authority else moment).date()
    else:
        day = moment
    return Reach(day, day)


def due(provision: Provision, measure: Measure, register: Register) -> Reach | None:
    """Give the first day after the deadline of a duty, where it counts from a fixed day."""
    deadline = provision.deadline
    if deadline is None or not dates.is_date(deadline.after):
        return None
    authority = register.authorities.get(measure.authority)
    zone = authority.zone if authority else "UTC"
    days_off = register.days_off(authority) if authority else None
    last = dates.due(deadline.after, deadline.amount, deadline.unit, zone, days_off).astimezone(dates.zone(zone)).date()
    return Reach(last, last)


def words(provision: Provision, measure: Measure) -> str:
    """Give a provision in words, with its days, where it stands, and how well it is known."""
    until = f" until {provision.applies_until}" if provision.applies_until else ""
    since = f" from {provision.applies_from}" if provision.applies_from else ""
    acts = ", ".join(provision.acts)
    return (
        f"{acts} {provision.modality}{since}{until}: {provision.text}"
        f" ({measure.cite}, {measure.id}#{provision.id}, {provision.grade})"
    )
