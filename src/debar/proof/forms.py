# SPDX-License-Identifier: Apache-2.0
"""Statutory forms, filled from a report: what the law wants told, where each answer is from, and what nobody knows.

Nothing is guessed. An element without evidence is empty and says who has to fill it in; a representation is never
answered from silence. Which forms an organisation owes is decided like this:

1. the form's provision is in force on the day, and the organisation is one of its addressees
2. facts that take it out of the provision take the form away
3. findings that require something make it due, those that are undetermined make it perhaps due; each contract that
   decides has a form of its own
4. a form that is owed without findings too is due as a nil report
5. any other form is filled only where somebody asks for it by name, and says that it is not known to be owed
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.errors import UsageError, did_you_mean
from debar.model.results import Result
from debar.model.vocab import Grade, Status
from debar.proof.cases import Case, Value
from debar.proof.course import advised
from debar.proof.fillers import FILLERS, Filler

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.measures import Element, Form, Measure, Organisation, Provision
    from debar.model.results import Exposure, Finding, Obligation, Report
    from debar.register import Register

DUE, PERHAPS, NIL, UNOWED = "due", "perhaps due", "due without a finding", "not known to be owed"
"""How a form stands."""
_OWED = frozenset({Status.REQUIRED, Status.UNDETERMINED})


class FilledElement(Result, frozen=True, kw_only=True):
    """One element of a form, as far as evidence tells it."""

    id: str
    asks: str
    values: tuple[Value, ...]
    """Empty where no evidence tells it."""
    unknown: str
    """What is not known, and has to be filled in or confirmed by a person; empty where nothing is."""
    cite: tuple[str, ...]
    """The passages that ask for it."""


class FilledForm(Result, frozen=True, kw_only=True):
    """One form, filled for one contract where contracts decide."""

    form: str
    title: str
    measure: str
    provision: str
    state: str
    """due, perhaps due, due without a finding, or not known to be owed."""
    due: str | None
    """Instant in UTC; null where it depends on an event that nobody stated."""
    zone: str
    """Where the authority sits; in its zone the instant has its day."""
    contract: str
    """Empty where it is about no single one."""
    to: str
    organisation: str
    as_of: str
    exposures: tuple[str, ...]
    findings: tuple[str, ...]
    questions: tuple[str, ...]
    """Answers without which nobody can say that it is due."""
    elements: tuple[FilledElement, ...]
    grade: Grade
    """How well the wording of the form is known."""
    note: str
    cite: tuple[str, ...]


def due_day(form: FilledForm) -> str:
    """Give the day on which a form is due, where the authority sits; nothing where that is not known."""
    return dates.key(form.due).astimezone(dates.zone(form.zone)).date().isoformat() if form.due else ""


class Owed(NamedTuple):
    """A form that is to be filled, and for what."""

    form: Form
    state: str
    contract: str
    findings: tuple[Finding, ...]
    questions: tuple[str, ...]


def filled(report: Report, register: Register, also: Sequence[str] = ()) -> list[FilledForm]:
    """Give the forms that the organisation of a report owes, and those named besides; UsageError for an unknown one."""
    for word in also:
        if word not in register.forms:
            hint = f"known: {', '.join(register.forms) or 'none; the register has no forms'}"
            raise UsageError(f"no form is called {word!r}{did_you_mean(word, register.forms)}", hint=hint)
    found: dict[str, list[Finding]] = {f"{form.measure}#{form.provision}": [] for form in register.forms.values()}
    for finding in report.findings:
        if finding.provision in found:
            found[finding.provision].append(finding)
    owed = [
        one for form in register.forms.values() for one in _owed(form, found, report, register, named=form.id in also)
    ]
    what = advised(report) if owed else ()
    answered = Answered()
    return [_filled(one, report, register, what, answered) for one in owed]


def _owed(
    form: Form, found: Mapping[str, Sequence[Finding]], report: Report, register: Register, *, named: bool
) -> Iterator[Owed]:
    """Yield a form once for each contract that decides it, or once, or not at all; `found` are findings by provision."""
    measure = register.measures[form.measure]
    provision = next(one for one in measure.provisions if one.id == form.provision)
    # 1. its provision is in force on the day, and binds such an organisation
    is_bound = _is_addressee(provision, measure, report.organisation) and _is_in_force(
        provision, measure, report, register
    )
    # 2. facts may take the organisation out of it
    out, questions = _open(provision, report.organisation.facts)
    # 3. findings make it due, contract by contract
    by_contract: dict[str, list[Finding]] = {}
    for finding in found[f"{form.measure}#{form.provision}"] if is_bound else ():
        if _counts(finding, measure, report, register):
            by_contract.setdefault(finding.contract or "", []).append(finding)
    for contract, findings in sorted(by_contract.items()):
        is_due = any(finding.status is Status.REQUIRED for finding in findings)
        asked = () if is_due else tuple(dict.fromkeys(question for one in findings for question in one.questions))
        yield Owed(form, DUE if is_due else PERHAPS, contract, tuple(findings), asked)
    if by_contract:
        return
    # 4. a nil report
    if is_bound and form.always and not out:
        yield Owed(form, PERHAPS if questions else NIL, "", (), questions)
    # 5. one that somebody asks for
    elif named:
        yield Owed(form, UNOWED, "", (), questions)


def _is_addressee(provision: Provision, measure: Measure, organisation: Organisation) -> bool:
    kinds = set(provision.addressees) & set(organisation.kinds)
    return measure.jurisdiction in organisation.jurisdictions and bool(kinds)


def _is_in_force(provision: Provision, measure: Measure, report: Report, register: Register) -> bool:
    zone = register.authorities[measure.authority].zone
    day = dates.ends(report.as_of, zone)
    until = provision.applies_until
    return dates.begins(provision.applies_from, zone) <= day and not (until and dates.begins(until, zone) <= day)


def _open(provision: Provision, facts: Mapping[str, str]) -> tuple[bool, tuple[str, ...]]:
    """Give whether a stated fact takes the case out, and the questions that nobody has answered."""
    words = [one for one in provision.conditions if not (one.not_before or one.before or one.above)]
    out = any(one.fact in facts and facts[one.fact] != one.equals for one in words)
    return out, tuple(one.needs for one in provision.conditions if one.fact not in facts)


def _counts(finding: Finding, measure: Measure, report: Report, register: Register) -> bool:
    """Tell whether a finding holds on the day asked about and makes something owed."""
    day = dates.ends(report.as_of, register.authorities[measure.authority].zone)
    begun = dates.key(finding.since) <= day
    return finding.status in _OWED and begun and not (finding.until and dates.key(finding.until) <= day)


class Answered:
    """What fillers gave for the forms before: many forms ask the same about the same exposures."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._exposures: dict[tuple[str, ...], tuple[Exposure, ...]] = {}
        self._values: dict[tuple[object, ...], tuple[Value, ...]] = {}

    def about(self, exposures: tuple[Exposure, ...]) -> tuple[Exposure, ...]:
        """Give the exposures, as they were given before where they were."""
        return self._exposures.setdefault(tuple(exposure.id for exposure in exposures), exposures)

    def values(self, filler: Filler, case: Case) -> tuple[Value, ...]:
        """Give what a filler gives for a case, whose exposures come from `about`."""
        form = (case.measure.id, case.contract, case.is_found) if filler.is_of_form else ()
        key = (filler.values, id(case.exposures), *form)
        if key not in self._values:
            self._values[key] = filler.values(case)
        return self._values[key]


def _filled(
    owed: Owed, report: Report, register: Register, what: tuple[Obligation, ...], answered: Answered
) -> FilledForm:
    measure = register.measures[owed.form.measure]
    named = {finding.id for finding in owed.findings}
    case = Case(
        report=report,
        register=register,
        measure=measure,
        contract=owed.contract,
        exposures=answered.about(tuple(_about(owed, measure, report))),
        is_found=any(finding.exposure for finding in owed.findings),
        advised=what,
    )
    dues = [one.due for one in report.obligations if one.due and not named.isdisjoint(one.findings)]
    return FilledForm(
        form=owed.form.id,
        title=owed.form.title,
        measure=owed.form.measure,
        provision=owed.form.provision,
        state=owed.state,
        due=min(dues, default=None),
        zone=register.authorities[measure.authority].zone,
        contract=owed.contract,
        to=owed.form.to,
        organisation=report.organisation.name,
        as_of=report.as_of,
        exposures=tuple(exposure.id for exposure in case.exposures),
        findings=tuple(sorted(named)),
        questions=owed.questions,
        elements=tuple(_element(element, case, answered) for element in owed.form.elements),
        grade=owed.form.grade,
        note=owed.form.note,
        cite=tuple(_passage(one.document, one.at, register) for one in owed.form.citations),
    )


def _about(owed: Owed, measure: Measure, report: Report) -> Iterator[Exposure]:
    """Yield the exposures that a form is about; that nothing was found is never said while there is one of its parties."""
    ids = {finding.exposure for finding in owed.findings if finding.exposure}
    provision = next(one for one in measure.provisions if one.id == owed.form.provision)
    touched = {finding.exposure for finding in report.findings if finding.measure == measure.id}
    for exposure in report.exposures:
        is_named = not ids and (exposure.party in provision.targets.parties or exposure.id in touched)
        if exposure.id in ids or is_named:
            yield exposure


def _element(element: Element, case: Case, answered: Answered) -> FilledElement:
    filler = FILLERS.get(element.origin, FILLERS["human"])
    values = answered.values(filler, case)
    # Where evidence alone never completes an element, what is left to a person is said beside it.
    unknown = filler.beside if values else filler.unknown
    return FilledElement(
        id=element.id,
        asks=element.asks,
        values=values,
        unknown=unknown,
        cite=tuple(_passage(one.document, one.at, case.register) for one in element.citations),
    )


def _passage(document: str, at: str, register: Register) -> str:
    """Give what a reader looks up: the citation of a document, and the place in it."""
    found = register.documents.get(document)
    called = (found.cite or found.title) if found else document
    return f"{called}, {at}" if at else called
