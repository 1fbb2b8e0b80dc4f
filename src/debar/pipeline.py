# SPDX-License-Identifier: Apache-2.0
"""The one natural way of the data; read this first.

    path ──sniff──► Input ──read──► Observation ─┐
                      └─ Skip (kept, shown)      ▼
    register/ ──compile──► Index ──────────► engine ──► Hit ──expose──► Exposure (or set aside)
                                                                           │
                    Organisation, as-of, known-on ──assess──► Finding ──plan──► Obligation ──► Report

`scan` walks it from files to a report; `obligations.explain` only from a party or product to its findings.
This is the only module that knows all parts.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar import decisions as deciding
from debar.coverage import coverage
from debar.journal import Journal
from debar.match.briefs import indicator_briefs
from debar.match.compile import compile_index
from debar.match.exposures import expose
from debar.match.kept import load_index
from debar.match.kernel import meet
from debar.match.named import KINDS, Named
from debar.model.results import Decision, Program, Record, Report
from debar.model.vocab import Kind, Meaning
from debar.obligations import rules
from debar.obligations.background import brands, with_ties
from debar.obligations.brief import briefs, names, release_of
from debar.obligations.findings import assess
from debar.obligations.fulfilled import recorded
from debar.obligations.organisation import check_facts, unknown_jurisdictions
from debar.obligations.owed import owed
from debar.obligations.plan import plan, provisions_of
from debar.obligations.position import by_exposure
from debar.obligations.questions import questions
from debar.observe import Reading, strings_of
from debar.protection import Protecting
from debar.readers import places, walk
from debar.readers.inputs import Input
from debar.readers.lined import Sifting
from debar.release import SCHEMA, VERSION
from debar.seen import Seen, state_of
from debar.settings import Settings as Settings  # noqa: PLC0414 - whoever scans asks for it here
from debar.trees import Trees
from debar.watched import UNWATCHED, Interrupted, Watch
from debar.workers import processors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from debar.cluster.afar import Afar
    from debar.engine.intervals import Table
    from debar.identify import Identified, Walked
    from debar.match.compile import Index
    from debar.model.inventory import Observation
    from debar.model.results import DecisionState, Exposure, Finding, Hit, Obligation, Position, SetAside
    from debar.obligations.question import Question
    from debar.register import Register
    from debar.screen.index import NameIndex


class Exposed(NamedTuple):
    """What was found, before anything that people decided."""

    exposures: list[Exposure]
    set_aside: list[SetAside]


class Said(NamedTuple):
    """What people's decisions and the law make of what was found, on a day."""

    exposures: list[Exposure]
    set_aside: list[SetAside]
    findings: list[Finding]
    obligations: tuple[Obligation, ...]
    positions: dict[str, tuple[Position, ...]]
    """By exposure."""
    decisions: tuple[DecisionState, ...]


def scan(  # noqa: PLR0913 - what a scan has, each named by whoever asks
    sources: Sequence[str],
    register: Register,
    question: Question,
    settings: Settings | None = None,
    *,
    stdin: BinaryIO | None = None,
    watch: Watch = UNWATCHED,
    journal: Journal | None = None,
    afar: Afar | None = None,
    passing: Callable[[Iterable[Observation]], Iterable[Observation]] = iter,
    exposing: Callable[[Exposed], None] | None = None,
) -> Report:
    """Give the report on everything the sources hold, for the organisation and day in question.

    Raises UsageError for facts and jurisdictions that the register does not know, and SourceError
    when no source is there or, if strict, for the first input that cannot be read. `watch` is
    told how far it is and may end it; `journal` is what an interrupted scan left, and takes what this one leaves;
    `afar` is a cluster that looks through logs and columns, and reads what only it can (`cluster.afar.opened`);
    `passing` sees every observation on its way, and hands it on; `exposing` sees what was found before anybody's decision.
    """
    settings = settings or Settings()
    _check(register, question, settings)
    found = _found(sources, settings, watch, afar)
    if journal:
        journal.begin(_size_of_logs(found, settings))
    index = load_index(register)
    sifting = choosing(index, settings)._replace(told=watch.passed, record=journal.record if journal else None)
    inputs: Callable[..., Input] = Input
    if afar:
        sifting, inputs = afar.looking(found, register, settings.layouts, sifting)
    reading = Reading(
        register,
        settings.layouts,
        strings=settings.strings,
        strict=settings.strict,
        stdin=stdin,
        watch=watch,
        sifting=sifting,
        trees=_trees(sources, register, settings),
        inputs=inputs,
    )
    tables = afar.observations(sources, register, settings.layouts, sifting, reading) if afar else ()
    observations = passing(chain(tables, reading.observations(found)))
    return _told(reading, observations, index, question, settings, exposing)


def retell(
    inputs: Iterable[Identified | walk.Fault | Walked],
    register: Register,
    question: Question,
    settings: Settings | None = None,
    *,
    passing: Callable[[Iterable[Observation]], Iterable[Observation]] = iter,
    exposing: Callable[[Exposed], None] | None = None,
) -> Report:
    """Give the report on what was read before: the same as if it were read now (`Identified.told` says what each input said).

    Raises UsageError for facts that the register does not know; `passing` and `exposing` are those of `scan`.
    """
    settings = settings or Settings()
    _check(register, question, settings)
    reading = Reading(register, settings.layouts, strings=settings.strings, strict=settings.strict)
    observations = passing(reading.retold(inputs))
    return _told(reading, observations, load_index(register), question, settings, exposing)


def _check(register: Register, question: Question, settings: Settings) -> None:
    """Raise UsageError for facts of who asks, and decisions, that the register knows nothing of."""
    check_facts(question.organisation, register)
    deciding.check(settings.decisions, register, question.as_of[:10], settings.decided_in)
    unknown_jurisdictions(register, question)


def _told(
    reading: Reading,
    observations: Iterable[Observation],
    index: Index,
    question: Question,
    settings: Settings,
    exposing: Callable[[Exposed], None] | None,
) -> Report:
    """Give the report on what a reading yields."""
    register = reading.register
    sellers = Named(partial(_parties, register), index.indicators)
    protecting = Protecting(register)
    hits = run(protecting.past(observations), index, settings.engine, sellers)
    exposed = Exposed(*expose(hits, index, reading.names, day=question.as_of[:10]))
    if exposing:
        exposing(exposed)
    foreign = unknown_jurisdictions(register, question)
    return _reported(reading, exposed, index, question, settings, foreign, protecting)


def _reported(
    reading: Reading,
    exposed: Exposed,
    index: Index,
    question: Question,
    settings: Settings,
    foreign: Sequence[str],
    protecting: Protecting,
) -> Report:
    """Give the report: what the law says of what was found, and what was not looked at."""
    register, day = reading.register, question.as_of[:10]
    made = said(exposed, register, question, settings.decisions, settings.records)
    exposures, set_aside, findings, obligations = made[:4]
    noted = deciding.noted(made.decisions, exposures, day)
    looked = coverage(
        reading,
        register,
        question.as_of,
        stale_after=settings.stale_after,
        exclude=settings.exclude,
        foreign=foreign,
        found={exposure.party for exposure in exposures},
    )
    return Report(
        schema=SCHEMA,
        program=Program(name="debar", version=VERSION),
        register=release_of(register, question),
        as_of=question.as_of,
        known_on=question.known_on or None,
        organisation=question.organisation,
        assumed=question.is_default,
        measures=briefs(findings, register),
        names=names(register, {e.party for e in exposures} | {s.exposure.party for s in set_aside}),
        brands=brands({e.party for e in exposures}, register, question),
        sources=tuple(sorted(reading.sources, key=lambda s: (s.path, s.id))),
        skips=tuple(sorted(reading.skips, key=lambda s: (s.source, s.locator, s.reason))),
        indicators=indicator_briefs(index, [*exposures, *(s.exposure for s in set_aside)]),
        exposures=tuple(exposures),
        set_aside=tuple(set_aside),
        findings=tuple(findings),
        positions=made.positions,
        obligations=obligations,
        coverage=msgspec.structs.replace(looked, notes=(*settings.configured, *looked.notes, *settings.used, *noted)),
        questions=questions(findings, exposures, obligations, register, question.organisation),
        records=recorded(settings.records, obligations, provisions_of(register), day),
        decisions=made.decisions,
        protection=protecting.found(reading.names()),
    )


def said(
    exposed: Exposed,
    register: Register,
    question: Question,
    decisions: Sequence[Decision] = (),
    records: Sequence[Record] = (),
    weights: Mapping[str, int] = MappingProxyType({}),
) -> Said:
    """Give what people's decisions and the law make of what was found; the one procedure, for a scan and for every view.

    `weights` says of exposures, by their ids, how many each of them stands for.
    """
    day = question.as_of[:10]
    tied = with_ties(exposed.exposures, register, question)
    exposures, set_aside = deciding.decided(tied, exposed.set_aside, decisions, day)
    grants = deciding.grants(exposures, decisions, register, day)
    findings = [*assess(exposures, register, question, grants), *owed(register, question, grants[deciding.WHATEVER])]
    findings = deciding.accepted(findings, exposures, decisions, day)
    return Said(
        exposures,
        set_aside,
        findings,
        tuple(plan(findings, exposures, register, question, records)),
        by_exposure(exposures, findings, register, question),
        deciding.states(decisions, day, exposures, set_aside, findings, weights=weights),
    )


def _found(
    sources: Sequence[str], settings: Settings, watch: Watch, afar: Afar | None
) -> list[walk.Found | walk.Fault]:
    """Give what there is to read; where the search is interrupted, the sources are faults as well."""
    found: list[walk.Found | walk.Fault] = []
    try:
        own, exclude = afar.own(sources) if afar else [], (*settings.exclude, *settings.own)
        paths = [source for source in sources if source not in own]
        there = afar.found(own, exclude) if afar else ()
        for place in chain(walk.find(paths, exclude) if paths or not own else (), there):
            watch.check()
            found.append(place)
    except Interrupted as e:
        found += [walk.Fault(places.shown(source), e.reason) for source in sources]
    return found


def _size_of_logs(found: Iterable[walk.Found | walk.Fault], settings: Settings) -> int:
    """Give the bytes of files that are sifted if they are logs."""
    sizes = (walk.size(place) for place in found if isinstance(place, walk.Found) and not place.tree)
    return sum(size for size in sizes if size >= settings.sifted_from >= 0)


def journal(sources: Sequence[str], register: Register, settings: Settings, *, goes_on: bool) -> Journal:
    """Give the journal of a scan, by everything that decides what is taken from its sources."""
    how = (settings.strings, settings.sifted_from, settings.is_digested, settings.decided_in, settings.recorded_in)
    layouts = msgspec.msgpack.encode(settings.layouts).hex()
    parts = (*sources, "", register.sha256, *register.added, "", *settings.exclude, "", *map(str, how), layouts)
    return Journal(parts, goes_on=goes_on)


def _trees(sources: Sequence[str], register: Register, settings: Settings) -> Trees:
    """Give how file trees are read."""
    if not settings.is_incremental:
        return Trees(settings.workers)
    literals = strings_of(register) if settings.strings else ()
    state = state_of(sources, literals, (*settings.layouts, *register.layouts), register.log_layouts)
    return Trees(settings.workers, Seen(state, is_verified=settings.verifies_cache))


def choosing(index: Index, settings: Settings) -> Sifting:
    """Give how lines of logs are chosen."""
    from debar.match.sieve import Sieve  # only where something is read

    return Sifting(
        sieve=Sieve(index) if settings.sifted_from >= 0 else None,
        size=settings.sifted_from,
        threads=settings.workers or processors(),
        is_digested=settings.is_digested,
    )


def _parties(register: Register) -> NameIndex:
    """Give the parties of a register as a list of names; made once, and kept."""
    from debar.screened.lists import of_register  # slow to import, and for purchases only

    return of_register(register)


def run(observations: Iterable[Observation], index: Index, engine: str, sellers: Named | None = None) -> Iterator[Hit]:
    """Yield the hits of observations, in their order; every engine yields the same.

    Names of sellers that no indicator fits are screened, where `sellers` is given.
    """
    if sellers:
        observations = sellers.ahead(observations)

    def met(kind: Kind, value: str) -> tuple[int, ...]:
        found = meet(index.tables[kind], value)
        return found or (sellers.meet(value) if sellers and kind in KINDS else ())

    if engine == "duckdb":
        from debar.engine import duckdb  # heavy: loaded when it is asked for
        from debar.match import bulk

        def kernel(kind: str, values: Any) -> Any:  # noqa: ANN401 - columns of Arrow
            if sellers and kind in KINDS:
                return bulk.each(values, partial(met, Kind(kind)))
            return bulk.kernel(index, kind, values)

        return duckdb.run(observations, kernel, index.tables)
    from debar.engine import inline

    return inline.run(observations, met, index.tables)


def decisions(
    exposures: Table, register: Register, questions: Sequence[Question], *, threads: int = 0
) -> tuple[Table, list[Finding]]:
    """Give what is in force for many exposures, askers and days at once, and the findings that the rows point to.

    `exposures` has the columns party, product, meaning, level and asset. The table has a row (exposure,
    question, rule) for each finding in force: the positions of the exposure and the question, and that of
    the finding in the list. The answer is that of `assess`, exposure by exposure.
    """
    from debar.engine.intervals import Intervals  # heavy: loaded when it is asked for

    for question in questions:
        check_facts(question.organisation, register)
    columns = Intervals(exposures, by_asset=any(q.organisation.systems for q in questions), threads=threads)
    firsts, kinds = rules.askers(questions, register)
    subjects = [
        rules.Kind(party, product, Meaning(word), level, on) for party, product, word, level, on in columns.kinds
    ]
    found, findings = rules.rules(register, subjects, firsts)
    return columns.join(found, rules.moments(questions, kinds, (rule.zone for rule in found))), findings


def check(directory: Path, added: Sequence[Path] = ()) -> tuple[Register, list[str], int]:
    """Give a register, every fault of it, and how many worked cases it has.

    The faults of its files come first; examples and cases are only tried when those are in order.
    """
    from datetime import UTC, datetime

    from debar.match.examples import examples_fail
    from debar.obligations.cases import failures
    from debar.readers.loglines import loglayouts
    from debar.register import check as checks
    from debar.register.load import cases

    register, found = checks.faults(directory, datetime.now(UTC).date(), added)
    if found:
        return register, found, 0
    found = examples_fail(compile_index(register.indicators, (), register.embeddings)) + loglayouts.examples_fail(
        register.log_layouts
    )
    worked, faults = cases(directory, *added)
    found += faults or failures(worked, register)
    return register, found, len(worked)
