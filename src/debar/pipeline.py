# SPDX-License-Identifier: Apache-2.0
"""The one natural way of the data; read this first.

    path ──sniff──► Input ──read──► Observation ─┐
                      └─ Skip (kept, shown)      ▼
    register/ ──compile──► Index ──────────► engine ──► Hit ──expose──► Exposure (or set aside)
                                                                           │
                    Organisation, as-of, known-on ──assess──► Finding ──plan──► Obligation ──► Report

`scan` walks it from files to a report, `explain` only from a party or product to its findings.
This is the only module that knows all parts.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.coverage import coverage, unknown_jurisdictions
from debar.match.compile import compile_index
from debar.match.exposures import expose
from debar.match.kernel import meet
from debar.model.results import Brief, Explanation, Program, RegisterVersion, Report, Stage
from debar.model.vocab import Act, Meaning
from debar.obligations.applies import reaches
from debar.obligations.findings import BUILDING_IN, assess, decide
from debar.obligations.organisation import check_facts
from debar.obligations.plan import plan
from debar.obligations.position import positions
from debar.obligations.question import subject_of
from debar.observe import Reading
from debar.readers import walk
from debar.release import SCHEMA, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from debar.match.compile import Index
    from debar.model.inventory import Observation
    from debar.model.results import Finding, Hit
    from debar.obligations.question import Question, Subject
    from debar.register import Register


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to scan, apart from what and for whom."""

    strict: bool = False
    """The first input that cannot be read ends the scan."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of files to leave out; the report says so."""
    engine: str = "inline"
    """inline or duckdb: where matching runs."""


def scan(
    sources: Sequence[str],
    register: Register,
    question: Question,
    settings: Settings | None = None,
    *,
    stdin: BinaryIO | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Give the report on everything the sources hold, for the organisation and day in question.

    Raises UsageError for facts and jurisdictions that the register does not know, and SourceError
    when no source is there or, if strict, for the first input that cannot be read. `progress` is
    told the path of each input as it is begun.
    """
    settings = settings or Settings()
    check_facts(question.organisation, register)
    foreign = unknown_jurisdictions(register, question)
    found = list(walk.find(sources, settings.exclude))
    reading = Reading(register.layouts, strict=settings.strict, stdin=stdin, progress=progress)
    index = compile_index(register.indicators, register.parties.values())
    hits = run(reading.observations(found), index, settings.engine)
    exposures, set_aside = expose(hits, index, reading.names)
    findings = assess(exposures, register, question)
    by_exposure: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_exposure[finding.exposure].append(finding)
    return Report(
        schema=SCHEMA,
        program=Program(name="debar", version=VERSION),
        register=RegisterVersion(version=register.version, sha256=register.sha256),
        as_of=question.as_of,
        known_on=question.known_on or None,
        organisation=question.organisation,
        assumed=question.is_default,
        measures=briefs(findings, register),
        names=names(register, {e.party for e in exposures} | {s.exposure.party for s in set_aside}),
        sources=tuple(sorted(reading.sources, key=lambda s: (s.path, s.id))),
        skips=tuple(sorted(reading.skips, key=lambda s: (s.source, s.locator, s.reason))),
        exposures=tuple(exposures),
        set_aside=tuple(set_aside),
        findings=tuple(findings),
        positions={e.id: positions(by_exposure[e.id], register, question) for e in exposures},
        obligations=tuple(plan(findings, exposures, register, question)),
        coverage=coverage(reading, register, settings.exclude, foreign),
    )


def run(observations: Iterable[Observation], index: Index, engine: str) -> Iterator[Hit]:
    """Yield the hits of observations, in their order; every engine yields the same."""
    if engine == "duckdb":
        from debar.engine import duckdb  # heavy: loaded when it is asked for
        from debar.match import bulk

        return duckdb.run(observations, lambda kind, values: bulk.kernel(index, kind, values), index.tables)
    from debar.engine import inline

    return inline.run(observations, lambda kind, value: meet(index.tables[kind], value), index.tables)


def briefs(findings: Iterable[Finding], register: Register) -> dict[str, Brief]:
    """Give what a reader needs to know of the measures behind some findings."""
    found = {}
    for measure in (register.measures[id_] for id_ in sorted({f.measure for f in findings})):
        authority = register.authorities[measure.authority]
        found[measure.id] = Brief(
            title=measure.title,
            cite=measure.cite,
            authority=authority.name,
            instrument=measure.instrument,
            status=measure.status,
            zone=authority.zone,
        )
    return found


def names(register: Register, parties: Collection[str]) -> dict[str, str]:
    """Give what people call some parties and their products."""
    found = {}
    for party in (register.parties[id_] for id_ in sorted(parties)):
        found[party.id] = party.name
        found |= {f"{party.id}/{product.id}": product.name for product in party.products}
    return found


def explain(
    party: str,
    product: str,
    register: Register,
    question: Question,
    *,
    acts: Collection[Act] = tuple(Act),
    meaning: Meaning | None = None,
) -> Explanation:
    """Give what the register says about a party, or one product of it, without any evidence.

    Raises UsageError for a party or product that the register does not know.
    """
    check_facts(question.organisation, register)
    unknown_jurisdictions(register, question)
    found = register.party(party)
    line = register.product(found, product) if product else None
    usual = meaning or (Meaning.EMBEDDED if line and line.embedded else Meaning.INSTALLED)
    subject = subject_of(found, line.id if line else "", usual)
    # What is built into something is embedded there; asked about the rest, the product is what it usually is.
    inside = subject if meaning else subject_of(found, subject.product, Meaning.EMBEDDED)
    findings = decide(register, subject, question, [act for act in acts if act not in BUILDING_IN])
    findings += decide(register, inside, question, [act for act in acts if act in BUILDING_IN])
    return Explanation(
        schema=SCHEMA,
        program=Program(name="debar", version=VERSION),
        register=RegisterVersion(version=register.version, sha256=register.sha256),
        party=found.id,
        product=line.id if line else None,
        meaning=subject.meaning,
        organisation=question.organisation,
        as_of=question.as_of,
        known_on=question.known_on or None,
        assumed=question.is_default,
        measures=briefs(findings, register),
        names=names(register, {found.id}),
        positions=positions(findings, register, question, acts if len(acts) < len(Act) else ()),
        findings=tuple(findings),
        timeline=timeline(subject, register, question, acts),
    )


def timeline(
    subject: Subject, register: Register, question: Question, acts: Collection[Act] = tuple(Act)
) -> tuple[Stage, ...]:
    """Give the dated stages of every measure that reaches a subject, whomever it binds, as far as they could be known."""
    stages = []
    for measure in register.measures.values():
        authority = register.authorities[measure.authority]
        zone = authority.zone
        for provision in measure.provisions:
            if not reaches(provision, subject) or not question.knows(provision, authority):
                continue
            if not set(acts) & set(provision.acts):
                continue
            when = dates.begins(provision.applies_from, zone)
            stages.append(
                Stage(
                    date=dates.stamp(when),
                    zone=zone,
                    measure=measure.id,
                    provision=f"{measure.id}#{provision.id}",
                    text=provision.text,
                )
            )
    return tuple(sorted(stages, key=lambda s: (s.date, s.provision)))


def check(directory: Path) -> tuple[Register, list[str], int]:
    """Give a register, every fault of it, and how many worked cases it has.

    The faults of its files come first; examples and cases are only tried when those are in order.
    """
    from datetime import UTC, datetime

    from debar.match.exposures import examples_fail
    from debar.obligations.cases import failures
    from debar.register import check as checks
    from debar.register.load import cases

    register, found = checks.faults(directory, datetime.now(UTC).date())
    if found:
        return register, found, 0
    found = examples_fail(compile_index(register.indicators))
    worked, faults = cases(directory)
    found += faults or failures(worked, register)
    return register, found, len(worked)
