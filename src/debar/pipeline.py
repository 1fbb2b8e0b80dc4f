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

from collections import defaultdict
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from debar.model.inventory import Layout
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
from debar.obligations.position import positions
from debar.obligations.questions import questions
from debar.observe import Reading, strings_of
from debar.protection import Protecting
from debar.readers import places, walk
from debar.readers.inputs import Input
from debar.readers.lined import SIFTED, Sifting
from debar.release import SCHEMA, VERSION
from debar.seen import Seen, state_of
from debar.trees import Trees
from debar.watched import UNWATCHED, Interrupted, Watch
from debar.workers import processors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from debar.cluster.afar import Afar
    from debar.engine.intervals import Table
    from debar.match.compile import Index
    from debar.model.inventory import Observation
    from debar.model.results import Exposure, Finding, Hit, Position
    from debar.obligations.question import Question
    from debar.register import Register
    from debar.screen.index import NameIndex


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to scan, apart from what and for whom."""

    strict: bool = False
    """The first input that cannot be read ends the scan."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of files to leave out; the report says so."""
    engine: str = "inline"
    """inline or duckdb: where matching runs."""
    stale_after: int = 90
    """Days after which evidence says too little about the day in question."""
    sifted_from: int = SIFTED
    """Bytes on disk from which only those lines of a log are read that may matter; less than 0 for every line."""
    is_digested: bool = False
    """Logs of which only some lines are read are digested as well."""
    workers: int = 0
    """Threads that look through logs, and processes that read file trees; 0 for one for each processor."""
    is_incremental: bool = False
    """Files of trees that are unchanged since the last such scan are not opened again."""
    verifies_cache: bool = False
    """They are, and each of which something else was kept than it says is reported."""
    strings: bool = False
    """Programs in file trees are searched for strings of embedded engines as well; it reads every byte of them."""
    layouts: tuple[Layout, ...] = ()
    """Column layouts of the user's own, beside those of the register."""
    decisions: tuple[Decision, ...] = ()
    """What people decided about exposures."""
    decided_in: str = ""
    """File that the decisions stand in: told in the report, and no evidence itself."""
    records: tuple[Record, ...] = ()
    """What people put on record of duties."""
    recorded_in: str = ""
    """File that the records stand in: told in the report, and no evidence itself."""
    configured: tuple[str, ...] = ()
    """What files of the project set, in words: it narrows or turns what was asked, so the report says so first."""

    @property
    def own(self) -> tuple[str, ...]:
        """Give the names of files that are no evidence wherever they lie."""
        return tuple(Path(file).name for file in (self.decided_in, self.recorded_in) if file)

    @property
    def used(self) -> tuple[str, ...]:
        """Give what the report says of the files that it heeds."""
        files = (("decisions", self.decided_in, self.decisions), ("records", self.recorded_in, self.records))
        return tuple(f"{what} were taken from {file}: {len(rows)}" for what, file, rows in files if file)


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
) -> Report:
    """Give the report on everything the sources hold, for the organisation and day in question.

    Raises UsageError for facts and jurisdictions that the register does not know, and SourceError
    when no source is there or, if strict, for the first input that cannot be read. `watch` is
    told how far it is and may end it; `journal` is what an interrupted scan left, and takes what this one leaves;
    `afar` is a cluster that looks through logs and columns, and reads what only it can (`cluster.afar.opened`);
    `passing` sees every observation on its way, and hands it on.
    """
    settings = settings or Settings()
    check_facts(question.organisation, register)
    deciding.check(settings.decisions, register, question.as_of[:10], settings.decided_in)
    foreign = unknown_jurisdictions(register, question)
    found = _found(sources, settings, watch, afar)
    if journal:
        journal.begin(_size_of_logs(found, settings))
    index = load_index(register)
    sifting = _sifting(index, settings)._replace(told=watch.passed, record=journal.record if journal else None)
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
    sellers = Named(partial(_parties, register), index.indicators)
    protecting = Protecting(register)
    observations = protecting.past(passing(chain(tables, reading.observations(found))))
    hits = run(observations, index, settings.engine, sellers)
    return _reported(reading, hits, index, question, settings, foreign, protecting)


def _reported(
    reading: Reading,
    hits: Iterable[Hit],
    index: Index,
    question: Question,
    settings: Settings,
    foreign: Sequence[str],
    protecting: Protecting,
) -> Report:
    """Give the report: what the hits amount to, what the law says of that, and what was not looked at."""
    register = reading.register
    day = question.as_of[:10]
    exposures, set_aside = expose(hits, index, reading.names, day=day)
    made = settings.decisions
    exposures, set_aside = deciding.decided(with_ties(exposures, register, question), set_aside, made, day)
    grants = deciding.grants(exposures, made, register, day)
    findings = [*assess(exposures, register, question, grants), *owed(register, question, grants[deciding.WHATEVER])]
    findings = deciding.accepted(findings, exposures, made, day)
    became = deciding.states(made, day, exposures, set_aside, findings)
    obligations = tuple(plan(findings, exposures, register, question, settings.records))
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
        positions=_positions(exposures, findings, register, question),
        obligations=obligations,
        coverage=msgspec.structs.replace(
            looked, notes=(*settings.configured, *looked.notes, *settings.used, *deciding.noted(became, exposures, day))
        ),
        questions=questions(findings, exposures, obligations, register, question.organisation),
        records=recorded(settings.records, obligations, provisions_of(register), day),
        decisions=became,
        protection=protecting.found(reading.names()),
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


def _sifting(index: Index, settings: Settings) -> Sifting:
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


def _positions(
    exposures: Iterable[Exposure], findings: Iterable[Finding], register: Register, question: Question
) -> dict[str, tuple[Position, ...]]:
    """Give the positions of each exposure, by its id."""
    by_exposure: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_exposure[finding.exposure].append(finding)
    return {e.id: positions(by_exposure[e.id], register, question) for e in exposures}


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
