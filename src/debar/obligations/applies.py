# SPDX-License-Identifier: Apache-2.0
"""The hard procedure: what one provision means for one act of one organisation.

To decide one provision for one act:
  1. the instrument must bind (else it only advises), the measure be reviewed, the provision known
  2. the subject must fall under its targets: party or group, category, meaning      -> else nothing
  3. the organisation must be an addressee, or stand opposite one                    -> else nothing
  4. an exemption that covers act, addressee, category and meaning takes it out      -> exempt
     (one whose condition nobody has answered is shown as a question: an exemption is to be
     shown by whoever claims it, it is not presumed)
  5. a condition answered otherwise takes it out, an unanswered one leaves it open   -> undetermined
  6. a fact that nobody has verified, or a subject that is only suspected,
     never yields more than a question                                               -> undetermined
  7. prohibited, required, permitted, advised; bound or standing opposite            -> the status
  8. since and until in the zone of the authority; because = the citations used
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar import dates
from debar.identity import stable_id
from debar.model.results import Because, Finding
from debar.model.vocab import Effect, Grade, Instrument, MeasureStatus, Modality, Status
from debar.obligations.question import is_among

if TYPE_CHECKING:
    from debar.model.measures import Condition, Exemption, Measure, Provision
    from debar.model.vocab import Act
    from debar.obligations.question import Question, Subject
    from debar.register import Register

ADVISORY = frozenset({Instrument.WARNING, Instrument.ADVICE, Instrument.PROPOSAL})
"""Instruments that bind nobody, whatever their text says."""
SURE = 3
"""Level from which a subject counts as found; below it is suspected."""
SUSPECTED = "subject-only-suspected"
UNVERIFIED = "provision-unverified"
QUESTIONS = {
    SUSPECTED: "Is this really the party's technology? The evidence is weak; one more look must settle it.",
    UNVERIFIED: "Does the source really say so? No text that can be shown has been seen.",
}


def applies(
    register: Register, measure: Measure, provision: Provision, act: Act, *, subject: Subject, question: Question
) -> Finding | None:
    """Give the finding of one provision on one act, or nothing when it does not concern the case."""
    authority = register.authorities[measure.authority]
    # 1. the measure must be reviewed, the provision known
    if measure.status is MeasureStatus.DRAFT or act not in provision.acts or not question.knows(provision, authority):
        return None
    # 2. the subject must fall under the targets
    if not reaches(provision, subject):
        return None
    # 3. addressee, or standing opposite one
    bound = is_among(provision.addressees, question.organisation, measure)
    opposite = is_among(provision.counterparties, question.organisation, measure)
    if not bound and not (opposite and provision.modality is Modality.PROHIBITED):
        return None
    status = Status.UNDETERMINED
    missing: tuple[str, ...] = ()
    exemption, claimable = _exemption(provision, act, subject, question, measure)
    if exemption:
        # 4. an exemption takes it out
        status = Status.EXEMPT
    else:
        # 5. conditions
        if _answered_otherwise(provision.conditions, question):
            return None
        missing = _unanswered(provision.conditions, question)
        if not missing:
            # 7. what the provision does
            status = _status(measure, provision, bound=bound)
            # 6. nothing but a question from what is not certain
            if status is not Status.PERMITTED and subject.level < SURE:
                status, missing = Status.UNDETERMINED, (SUSPECTED,)
            elif provision.grade is Grade.UNVERIFIED:
                status, missing = Status.UNDETERMINED, (UNVERIFIED,)
            else:
                missing = claimable
    # 8. when, and because of which words
    return Finding(
        id=stable_id("fin", subject.exposure or f"{subject.party}/{subject.product}", measure.id, provision.id, act),
        exposure=subject.exposure,
        measure=measure.id,
        provision=f"{measure.id}#{provision.id}",
        act=act,
        status=status,
        since=dates.stamp(dates.begins(provision.applies_from, authority.zone)),
        until=dates.stamp(dates.begins(provision.applies_until, authority.zone)) if provision.applies_until else None,
        exemption=exemption.id if exemption else None,
        missing=missing,
        questions=tuple(_words(provision, one) for one in missing),
        grade=exemption.grade if exemption else provision.grade,
        doubts=tuple(f"{doubt.about}: {doubt.text} ({doubt.grade})" for doubt in provision.doubts),
        text=exemption.text if exemption else provision.text,
        because=because(register, provision, exemption),
    )


def reaches(provision: Provision, subject: Subject) -> bool:
    """Tell whether a subject falls under the targets of a provision."""
    targets = provision.targets
    return (
        subject.party in targets.parties
        # An unknown product counts as one of the party's ordinary products.
        and (
            not targets.categories or not subject.categories or any(c in targets.categories for c in subject.categories)
        )
        and (not targets.meanings or subject.meaning in targets.meanings)
    )


def _exemption(
    provision: Provision, act: Act, subject: Subject, question: Question, measure: Measure
) -> tuple[Exemption | None, tuple[str, ...]]:
    """Give the exemption that covers the case, or the conditions of those that might."""
    claimable: list[str] = []
    for exemption in provision.exemptions:
        if (
            (exemption.acts and act not in exemption.acts)
            or (exemption.addressees and not is_among(exemption.addressees, question.organisation, measure))
            or (exemption.categories and not any(c in exemption.categories for c in subject.categories))
            or (exemption.meanings and subject.meaning not in exemption.meanings)
            or _answered_otherwise(exemption.conditions, question)
        ):
            continue
        if not (missing := _unanswered(exemption.conditions, question)):
            return exemption, ()
        claimable += missing
    return None, tuple(claimable)


def _answered_otherwise(conditions: tuple[Condition, ...], question: Question) -> bool:
    facts = question.organisation.facts
    return any(c.fact in facts and facts[c.fact] != c.equals for c in conditions)


def _unanswered(conditions: tuple[Condition, ...], question: Question) -> tuple[str, ...]:
    return tuple(c.id for c in conditions if c.fact not in question.organisation.facts)


def _status(measure: Measure, provision: Provision, *, bound: bool) -> Status:
    if provision.modality is Modality.PERMITTED:
        return Status.AT_RISK if provision.effect is Effect.AT_RISK else Status.PERMITTED
    if provision.modality is Modality.ADVISED or measure.instrument in ADVISORY:
        return Status.ADVISED
    if provision.modality is Modality.REQUIRED:
        return Status.REQUIRED
    return Status.PROHIBITED if bound else Status.UNAVAILABLE


def because(register: Register, provision: Provision, exemption: Exemption | None) -> tuple[Because, ...]:
    """Give the passages behind a finding: the provision's, then those of the exemption used."""
    found = []
    for citation in (*provision.citations, *(exemption.citations if exemption else ())):
        document = register.documents[citation.document]
        place = ", ".join(part for part in (document.cite or document.title, citation.at) if part)
        found.append(
            Because(
                citation=place,
                text=citation.quote or f"{document.publisher}: {document.title}",
                grade=document.grade,
                publisher=document.publisher,
                url=document.url,
            )
        )
    return tuple(found)


def _words(provision: Provision, missing: str) -> str:
    """Give the question behind a missing fact in words."""
    if missing in QUESTIONS:
        return QUESTIONS[missing]
    conditions = (*provision.conditions, *(c for e in provision.exemptions for c in e.conditions))
    return next(c.needs for c in conditions if c.id == missing)
