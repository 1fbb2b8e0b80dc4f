# SPDX-License-Identifier: Apache-2.0
"""The hard procedure: what one provision means for one act of one organisation.

To decide one provision for one act:
  1. the measure must be reviewed, the provision be about the act, and known          -> else nothing
  2. the subject must fall under its targets: named, tied to one who is, on a list,
     or of the origin; of the category and meaning                                    -> else nothing
  3. the organisation must be an addressee, or stand opposite one                     -> else nothing
  4. a condition answered otherwise takes it out; an unanswered one leaves it open    -> undetermined
  5. prohibited, licence required, required, permitted, advised, proposed;
     bound or standing opposite; an instrument without force never binds              -> the status
  6. a fact that nobody has verified or that sources dispute, or a subject that is
     only suspected, never yields more than a question                                -> undetermined
  7. since and until: the provision's, within the tie's, in the zone of the authority
  8. within that time, an interruption puts it out of force (suspended); an exemption
     or a granted waiver takes the case out (exempt). An exemption whose condition nobody has
     answered is shown as a question: it is to be shown by whoever claims it, not presumed.
     A person who claims it answers for its conditions, for the days of that decision
  9. because = the passages of the provision, the tie, and the exemption used
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar import dates
from debar.identity import stable_id
from debar.model.results import Finding
from debar.model.vocab import Effect, Grade, Instrument, MeasureStatus, Modality, Status
from debar.obligations import conditions
from debar.obligations.because import because, doubts, words
from debar.obligations.reach import DISPUTED, links
from debar.obligations.spans import Span, cut, overlays, pauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.measures import Measure, Provision
    from debar.model.vocab import Act
    from debar.obligations.question import Matter
    from debar.obligations.reach import Link

ADVISORY = frozenset({Instrument.WARNING, Instrument.ADVICE, Instrument.RESOLUTION})
"""Instruments that bind nobody, whatever their text says."""
SURE = 3
"""Level from which a subject counts as found; below it is suspected."""
SUSPECTED = "subject-only-suspected"
UNVERIFIED = "provision-unverified"
_BINDING = frozenset({Modality.PROHIBITED, Modality.LICENCE_REQUIRED})
_NEVER_WORSE = frozenset({Status.PROPOSED, Status.PERMITTED})
_WORST = list(Grade)


def applies(matter: Matter, act: Act, reached: Sequence[Link] | None = None) -> tuple[Finding, ...]:
    """Give the findings of one provision on one act, by time; none when it does not concern the case.

    `reached` says how the subject is reached, where that is not a matter of the targets.
    """
    measure, provision = matter.measure, matter.provision
    # 1. the measure must be reviewed, the provision about the act, and known
    if measure.status is MeasureStatus.DRAFT or act not in provision.acts or not matter.is_known(provision.known_from):
        return ()
    # 3. addressee, or standing opposite one (asked before 2, which is dearer)
    bound = matter.is_asker(provision.addressees)
    if not bound and not (provision.modality in _BINDING and matter.is_asker(provision.counterparties)):
        return ()
    # 4. conditions
    if conditions.are_refused(provision.conditions, matter.facts):
        return ()
    found: list[Finding] = []
    # 2. the subject must fall under the targets
    for link in links(matter) if reached is None else reached:
        status, missing = _status(matter, link, bound=bound)
        # 8. what takes the case out for a part of the time
        layers, claimable = overlays(matter, act)
        found += (
            _finding(matter, act, span, link, missing or claimable) for span in cut(_time(matter, link), status, layers)
        )
    return tuple(found)


def _time(matter: Matter, link: Link) -> Span:
    """7. the provision's time, within the tie's."""
    provision, zone = matter.provision, matter.authority.zone
    since = dates.begins(provision.applies_from, zone)
    ends = provision.applies_until and matter.is_known(provision.until_known_from)
    until = dates.begins(provision.applies_until, zone) if ends else None
    return Span(
        since=max(since, link.since) if link.since else since,
        until=min(until, link.until) if until and link.until else until or link.until,
    )


def _status(matter: Matter, link: Link, *, bound: bool) -> tuple[Status, tuple[str, ...]]:
    """Give what the provision says about the case, and the questions that are open."""
    provision = matter.provision
    # 4. conditions
    missing = conditions.unanswered(provision.conditions, matter.facts)
    if link.missing:
        missing = (*missing, link.missing)
    # 5. what the provision does
    status = _position(matter.measure, provision, bound=bound)
    if status in _NEVER_WORSE and link.missing != DISPUTED:
        # A permission that depends on something is never worse than no permission at all.
        return (Status.UNDETERMINED, (UNVERIFIED,)) if _is_unverified(provision, link) else (status, missing)
    if missing:
        return Status.UNDETERMINED, missing
    # 6. nothing but a question from what is not certain
    if matter.subject.level < SURE:
        return Status.UNDETERMINED, (SUSPECTED,)
    return (Status.UNDETERMINED, (UNVERIFIED,)) if _is_unverified(provision, link) else (status, ())


def _is_unverified(provision: Provision, link: Link) -> bool:
    return Grade.UNVERIFIED in (provision.grade, link.grade)


def _position(measure: Measure, provision: Provision, *, bound: bool) -> Status:
    if measure.instrument is Instrument.PROPOSAL:
        return Status.PROPOSED
    if provision.modality is Modality.PERMITTED:
        return Status.AT_RISK if provision.effect is Effect.AT_RISK else Status.PERMITTED
    if provision.modality is Modality.ADVISED or measure.instrument in ADVISORY:
        return Status.ADVISED
    if provision.modality is Modality.REQUIRED:
        return Status.REQUIRED
    if not bound:
        return Status.UNAVAILABLE
    return Status.LICENCE_REQUIRED if provision.modality is Modality.LICENCE_REQUIRED else Status.PROHIBITED


def _finding(matter: Matter, act: Act, span: Span, link: Link, missing: tuple[str, ...]) -> Finding:
    measure, provision, subject = matter.measure, matter.provision, matter.subject
    said = span.by
    open_ = () if said else missing
    # Pieces of time, ties and contracts tell findings of one provision apart.
    is_apart = matter.contract or span.is_part or link.text or link.path
    apart = (matter.contract, dates.stamp(span.since), *link.path) if is_apart else ()
    about = subject.exposure or f"{subject.party}/{subject.product}{subject.origin}"
    return Finding(
        id=stable_id("fin", about, measure.id, provision.id, act, *apart),
        exposure=subject.exposure,
        measure=measure.id,
        provision=f"{measure.id}#{provision.id}",
        act=act,
        status=span.status,
        since=dates.stamp(span.since),
        until=dates.stamp(span.until) if span.until else None,
        contract=matter.contract or None,
        exemption=span.exemption,
        waiver=span.waiver,
        missing=open_,
        questions=tuple(words(matter, link, one) for one in open_),
        grade=max((provision.grade, link.grade, *((said.grade,) if said else ())), key=_WORST.index),
        doubts=doubts(matter),
        pauses=pauses(matter, span),
        reached=link.text or None,
        text=_text(span) or provision.text,
        action="" if said else provision.action,
        consequence="" if said else provision.consequence,
        # 9. because of which words
        because=because(matter.register, (*provision.citations, *link.citations, *(said.citations if said else ()))),
        decision=_decision(matter, span),
    )


def _text(span: Span) -> str:
    """Give what takes the case out in words, with who answers for it where somebody does."""
    if not span.by:
        return ""
    return f"{span.by.text} {span.claim.text}" if span.claim else span.by.text


def _decision(matter: Matter, span: Span) -> str | None:
    """Give the id of the decision of people that claims the exemption or records the waiver."""
    if span.claim:
        return span.claim.decision
    return span.waiver if span.by in matter.question.grant.waivers else None
