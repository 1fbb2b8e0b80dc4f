# SPDX-License-Identifier: Apache-2.0
"""Promises about the law for many at once: rules as rows, and a join that says what the procedure says one by one."""

from datetime import UTC, datetime

import msgspec
import pyarrow as pa
import pytest
from drawn import LOTS, MOMENTS, TRADERS, Lot, composed, organisation
from hypothesis import given, settings
from law import CONDITION, company, exposure, measure, provision, question, register, system, waiver

from debar import dates, pipeline
from debar.errors import UsageError
from debar.model.measures import Organisation
from debar.model.results import Exposure, Finding
from debar.model.vocab import Meaning, Status
from debar.obligations.findings import assess
from debar.obligations.position import in_force
from debar.obligations.question import Question
from debar.obligations.rules import FOREVER, Kind, askers, micros, moments, rules
from debar.register import Register

COLUMNS = ("party", "product", "meaning", "level", "asset")
Row = tuple[int, int, Finding]


def table(exposures: list[Exposure]) -> pa.Table:
    """Give exposures in columns."""
    return pa.table({name: [getattr(one, name) for one in exposures] for name in COLUMNS})


def joined(exposures: list[Exposure], law: Register, questions: list[Question]) -> list[Row]:
    """Give (exposure, question, finding) of the interval join, in order, findings without their ids."""
    found, findings = pipeline.decisions(table(exposures), law, questions, threads=1)
    rows = zip(*(found.column(name).to_pylist() for name in ("exposure", "question", "rule")), strict=True)
    return _plain([(at, asked, findings[rule]) for at, asked, rule in rows])


def one_by_one(exposures: list[Exposure], law: Register, questions: list[Question]) -> list[Row]:
    """Give the same by assessing each exposure for each question, and keeping what is in force."""
    place = {one.id: n for n, one in enumerate(exposures)}
    return _plain(
        [
            (place[finding.exposure or ""], n, finding)
            for n, asked in enumerate(questions)
            for finding in assess(exposures, law, asked)
            if in_force(finding, law, asked)
        ]
    )


def _plain(rows: list[Row]) -> list[Row]:
    """Leave the ids out, which name an exposure, and put rows into an order of their own."""
    plain = [(at, asked, msgspec.structs.replace(f, id="", exposure=None)) for at, asked, f in rows]
    return sorted(plain, key=lambda row: (row[:2], repr(row[2])))


@settings(max_examples=40)
@given(lot=LOTS)
def test_the_join_gives_what_the_procedure_gives(lot: int) -> None:
    """For any law, exposures, askers and days: exactly the findings in force that assessing one by one gives."""
    of = Lot(lot)
    law = composed(of)
    exposures = [
        exposure(
            f"host-{n}",
            party=of.one(["maker", "other", "child", "grandchild"]),
            product=of.one(["", "shield", "course"]),
            meaning=of.one(list(Meaning)),
            level=of.randint(1, 5),
        )
        for n in range(of.randint(1, 6))
    ]
    who = [organisation(of, law, parts=of.maybe(), kinds=TRADERS) for _ in range(2)]
    questions = [
        Question(organisation=one, as_of=day, known_on=of.one(["", "", "2024-07-01"]))
        for one in who
        for day in of.some(MOMENTS, 4, 1)
    ]
    assert one_by_one(exposures, law, questions) == joined(exposures, law, questions)


def test_a_day_is_joined_as_each_authority_lives_it() -> None:
    """On 19 July the ban of Tokyo does not hold yet, though its first instant lies on that day in New York."""
    tokyo = measure(provision(applies_from="2024-07-20"), id="us-tokyo", authority="jp-office")
    law = register(measure(provision(applies_from="2024-07-20")), tokyo)
    asked = [question(as_of=day) for day in ("2024-07-19", "2024-07-19T15:00:00Z", "2024-07-20")]
    found = [(n, finding.measure) for _, n, finding in joined([exposure()], law, asked)]
    assert [(1, "us-tokyo"), (2, "us-order"), (2, "us-tokyo")] == found


def test_everything_has_its_place_in_the_join() -> None:
    """Rows name exposures and questions by their position, and findings by theirs."""
    exposures = [exposure("a", product="toolkit"), exposure("b", party="other"), exposure("c"), exposure("d", level=2)]
    law = register(measure(provision(applies_until="2025-01-01")))
    asked = [question(as_of="2024-07-01"), question(), question(as_of="2025-01-01")]
    assert [(0, 1, Status.PROHIBITED), (2, 1, Status.PROHIBITED), (3, 1, Status.UNDETERMINED)] == [
        (at, n, finding.status) for at, n, finding in joined(exposures, law, asked)
    ]


def test_systems_are_told_apart_by_their_assets() -> None:
    """As soon as one asker has systems, the asset counts for all."""
    rule = provision(targets=msgspec.structs.replace(provision().targets, parties=(), origins=("foreign",)))
    law = register(measure(rule))
    mine = company(systems=(system("abroad", "b-*", produced_in="VN"),))
    exposures = [exposure(asset) for asset in ("a-1", "b-1", "b-2")]
    found = joined(exposures, law, [question(mine), question()])
    assert [(1, 0), (2, 0)] == [(at, n) for at, n, _ in found]


def test_a_fact_that_nothing_asks_for_is_told_before_anything_is_joined() -> None:
    """A slip of one asker among many lifts no duty."""
    with pytest.raises(UsageError, match="purpos"):
        joined([exposure()], register(measure()), [question(), question(company(facts={"purpos": "yes"}))])


@pytest.mark.parametrize(("exposures", "questions"), [([], [question()]), ([exposure()], []), ([], [])])
def test_nothing_asked_of_nothing_is_nothing(exposures: list[Exposure], questions: list[Question]) -> None:
    """No exposures or no questions give an empty table with its columns."""
    rows = table(exposures) if exposures else table([exposure()]).slice(0, 0)
    found, _ = pipeline.decisions(rows, register(measure()), questions)
    assert (["exposure", "question", "rule"], 0) == (found.column_names, len(found))


# ---- the rows


def test_an_interval_is_told_in_microseconds() -> None:
    """Instants count from 1970 in UTC; what has no end ends after everything."""
    law, asked = register(measure(provision(applies_until="2025-01-01"), provision(id="open"))), [question()]
    found, findings = rules(law, [Kind("maker", "shield", Meaning.INSTALLED, 5, "")], asked)
    since, until = (_micros(datetime(*day, tzinfo=UTC)) for day in ((2024, 7, 20, 4), (2025, 1, 1, 5)))
    assert [(0, 0, "America/New_York", since, until), (0, 0, "America/New_York", since, FOREVER)] == [
        tuple(rule) for rule in found
    ]
    assert ["us-order#ban", "us-order#open"] == [f.provision for f in findings]


def _micros(when: datetime) -> int:
    return int(when.timestamp()) * 1_000_000 + when.microsecond


@pytest.mark.parametrize(
    "stamp", ["1970-01-01T00:00:00Z", "2024-07-20T03:59:59.999999Z", "1969-12-31T23:59:59.500000Z"]
)
def test_no_microsecond_is_lost(stamp: str) -> None:
    """The last instant of a day stays the last, before 1970 too."""
    assert dates.key(stamp) == dates.EPOCH + (dates.key(stamp) - dates.EPOCH)
    assert round((dates.key(stamp) - dates.EPOCH).total_seconds() * 1_000_000) == micros(stamp)


def test_moments_are_those_of_every_zone_and_question() -> None:
    """Each zone once, however many rules are in it; each question with its kind of asker."""
    asked = [question(as_of="2024-07-20"), question(as_of="2024-07-20T04:00:00Z")]
    found = moments(asked, [0, 1], ["UTC", "Asia/Tokyo", "UTC"])
    day, instant = "2024-07-20T14:59:59.999999Z", "2024-07-20T04:00:00Z"
    assert [
        (0, 0, "Asia/Tokyo", micros(day)),
        (1, 1, "Asia/Tokyo", micros(instant)),
        (0, 0, "UTC", micros("2024-07-20T23:59:59.999999Z")),
        (1, 1, "UTC", micros(instant)),
    ] == [tuple(one) for one in found]


@pytest.mark.parametrize(
    ("other", "known_on"),
    [
        (company(facts={"purpose": "yes"}), ""),
        (company(jurisdictions=("us", "jp")), ""),
        (company(waivers=(waiver(),)), ""),
        (company(), "2024-07-01"),
    ],
)
def test_askers_who_may_differ_are_told_apart(other: Organisation, known_on: str) -> None:
    """Facts, jurisdictions, waivers and knowledge make another kind of asker; asking twice makes none."""
    asked = [question(), question(other, known_on=known_on), question()]
    firsts, kinds = askers(asked, register(measure()))
    assert ([asked[0], asked[1]], [0, 1, 0]) == (firsts, kinds)


def test_askers_who_differ_in_name_or_day_alone_are_one_kind() -> None:
    """A name makes another kind only where a waiver goes by it, and a day only where something to claim begins or ends."""
    asked = [question(company(name=name), as_of=day) for name in ("A", "B") for day in ("2024-07-25", "2024-09-01")]
    plain = register(measure())
    assert [0, 0, 0, 0] == askers(asked, plain)[1]
    grace = waiver(applies_from="2024-08-01", applies_until="2024-10-01", conditions=(CONDITION,))
    assert [0, 1, 0, 1] == askers(asked, register(measure(waivers=(grace,))))[1]
    named = msgspec.structs.replace(waiver(applies_from="2024-08-01"), holder="B")
    assert [0, 0, 1, 1] == askers(asked, register(measure(waivers=(named,))))[1]


def test_a_day_has_its_own_questions_in_the_join() -> None:
    """What may be claimed on one day is asked on that day and on no other, however many are asked at once."""
    grace = waiver(applies_from="2024-08-01", applies_until="2024-10-01", conditions=(CONDITION,))
    law = register(measure(waivers=(grace,)))
    asked = [question(as_of=day) for day in ("2024-07-25", "2024-09-01", "2024-10-01")]
    found = joined([exposure()], law, asked)
    assert [(0, ()), (1, ("purpose",)), (2, ())] == [(n, finding.missing) for _, n, finding in found]
