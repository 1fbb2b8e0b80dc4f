# SPDX-License-Identifier: Apache-2.0
"""Promises about deciding many at once by the law that ships: the interval join says what a scan says one by one."""

from __future__ import annotations

from itertools import product
from random import Random
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composed import shipped
from debar import pipeline
from debar.errors import EngineError, UsageError
from debar.model.measures import Contract, Organisation, System, Waiver
from debar.model.results import Exposure, Identity
from debar.model.vocab import AddresseeKind, Grade, Meaning
from debar.obligations.findings import PRODUCED_IN, SUPPLIES, assess
from debar.obligations.organisation import answers, organisation
from debar.obligations.position import in_force
from debar.obligations.question import Question

if TYPE_CHECKING:
    from debar.model.results import Finding
    from debar.register import Register

COLUMNS = ("party", "product", "meaning", "level", "asset")
PARTIES = (
    "kaspersky",
    "huawei",
    "dji",
    "ymtc",
    "acronis",
    "hikvision",
    "tiktok-usds",
    "deepseek",
    "unitree",
    "comnet-usa",
)
DAYS = (
    "2017-10-20",
    "2019-08-13",
    "2024-07-19",
    "2024-07-20T03:30:00Z",
    "2024-10-01",
    "2025-09-16",
    "2026-02-20",
    "2026-07-15",
)
KINDS = [kind for kind in AddresseeKind if kind not in (AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON)]
AWARDED = "contract_awarded"
Row = tuple[int, int, "Finding"]


def exposure(party: str, line: str, meaning: Meaning, level: int, asset: str) -> Exposure:
    """Give an exposure as matching would."""
    return Exposure(
        id=f"exp-{asset}",
        asset=asset,
        party=party,
        product=line,
        version="",
        identity=Identity(on="", dated=False, ties=(), host=""),
        meaning=meaning,
        level=level,
        confidence=0.9,
        techniques=(),
        matches=(),
        first_seen="",
        last_seen="",
    )


def table(exposures: list[Exposure]) -> pa.Table:
    """Give exposures in columns."""
    return pa.table({name: [getattr(one, name) for one in exposures] for name in COLUMNS})


def joined(exposures: list[Exposure], questions: list[Question], threads: int = 1) -> list[Row]:
    """Give (exposure, question, finding) of the interval join, in order."""
    found, findings = pipeline.decisions(table(exposures), shipped(), questions, threads=threads)
    columns = (found.column(name).to_pylist() for name in ("exposure", "question", "rule"))
    return plain([(at, asked, findings[rule]) for at, asked, rule in zip(*columns, strict=True)])


def one_by_one(exposures: list[Exposure], questions: list[Question]) -> list[Row]:
    """Give the same by assessing each exposure for each question, and keeping what is in force."""
    place = {one.id: n for n, one in enumerate(exposures)}
    return plain(
        [
            (place[finding.exposure or ""], n, finding)
            for n, asked in enumerate(questions)
            for finding in assess(exposures, shipped(), asked)
            if in_force(finding, shipped(), asked)
        ]
    )


def plain(rows: list[Row]) -> list[Row]:
    """Leave the ids out, which name an exposure, and put rows into an order of their own."""
    bare = [(at, asked, msgspec.structs.replace(f, id="", exposure=None)) for at, asked, f in rows]
    return sorted(bare, key=lambda row: (row[:2], repr(row[2])))


# ---- drawn by lot


def estate(lot: Random, register: Register) -> list[Exposure]:
    """Give some exposures of parties that many measures are about."""
    return [
        exposure(
            party := lot.choice(PARTIES),
            lot.choice(["", *(p.id for p in register.parties[party].products)]),
            lot.choice(list(Meaning)),
            lot.randint(1, 5),
            f"host-{n}",
        )
        for n in range(lot.randint(1, 5))
    ]


def facts(lot: Random, register: Register, most: int) -> dict[str, str]:
    """Give answers to some questions that have words for answers, and to those of days and places."""
    worded = {fact: known for fact, known in answers(register).items() if known}
    found = {fact: lot.choice(sorted(worded[fact])) for fact in lot.sample(sorted(worded), lot.randint(0, most))}
    if AWARDED in answers(register) and lot.random() < 0.4:
        found[AWARDED] = lot.choice(["2018-01-01", "2024-05-01", "2026"])
    return found | ({PRODUCED_IN: lot.choice(["CN", "US", "TW"])} if lot.random() < 0.4 else {})


def asker(lot: Random, register: Register) -> Organisation:
    """Give an organisation with facts, systems, contracts and a waiver of its own."""
    provisions = [f"{m.id}#{p.id}" for m in register.measures.values() for p in m.provisions]
    places = sorted({m.jurisdiction for m in register.measures.values()})
    waived = Waiver(
        id="own",
        provisions=tuple(lot.sample(provisions, 12)),
        granted_by="An authority",
        text="Granted by letter.",
        applies_from="2024-01-01",
        applies_until=lot.choice(["", "2026-07-01"]),
        grade=Grade.PRIMARY,
    )
    return Organisation(
        name="asker",
        jurisdictions=("us", *lot.sample(places, 2)),
        kinds=tuple(lot.sample(KINDS, lot.randint(1, 4))),
        facts=facts(lot, register, 20),
        systems=tuple(
            System(id=f"s-{n}", assets=(f"host-{n}",), facts=facts(lot, register, 6)) for n in range(lot.randint(0, 2))
        ),
        contracts=tuple(Contract(id=f"c-{n}", facts=facts(lot, register, 6)) for n in range(lot.randint(0, 2))),
        waivers=(waived,) if lot.random() < 0.5 else (),
    )


@settings(max_examples=15)
@given(lot=st.integers(0, 2**32))
def test_the_join_gives_what_a_scan_gives(lot: int) -> None:
    """Exactly the findings in force, for any askers and days, as known then or now."""
    of = Random(lot)
    register, exposures = shipped(), estate(of, shipped())
    questions = [
        Question(organisation=who, as_of=day, known_on=of.choice(["", "", "2024-08-15"]))
        for who in (asker(of, register), organisation(of.choice(["us/company", "us/federal-agency", "uk/carrier"])))
        for day in of.sample(DAYS, 2)
    ]
    assert one_by_one(exposures, questions) == joined(exposures, questions)


# ---- and in full for the usual askers


@pytest.mark.parametrize(
    "who", ["us/company", "us/reseller+integrator", "us/federal-agency+defence-body", "uk/carrier"]
)
def test_the_usual_askers_get_what_a_scan_gives(who: str) -> None:
    """Every product of the parties that many measures are about, on several days at once."""
    register = shipped()
    lines = [(id_, line) for id_ in PARTIES for line in ("", *(p.id for p in register.parties[id_].products))]
    meanings = (Meaning.INSTALLED, Meaning.EMBEDDED, Meaning.HARDWARE, Meaning.PURCHASE)
    exposures = [exposure(*line, meanings[n % len(meanings)], 5 - n % 4, f"host-{n}") for n, line in enumerate(lines)]
    asking = organisation(who)
    questions = [Question(organisation=asking, as_of=day, known_on="") for day in ("2024-07-19", "2026-07-15")]
    expected = one_by_one(exposures, questions)
    assert expected
    assert expected == joined(exposures, questions)


def test_the_number_of_threads_changes_nothing() -> None:
    """One thread, several, or as many as there are."""
    exposures = [exposure("kaspersky", "", Meaning.INSTALLED, 5, f"host-{n}") for n in range(50)]
    questions = [Question(organisation=organisation("us/federal-agency"), as_of=day, known_on="") for day in DAYS]
    one, two, all_ = (joined(exposures, questions, threads) for threads in (1, 2, 0))
    assert one == two == all_


def test_many_alike_have_the_same() -> None:
    """A thousand machines with the same product have a thousand times the findings of one."""
    question = Question(organisation=organisation("us/federal-agency"), as_of="2024-10-01", known_on="")
    single = joined([exposure("kaspersky", "", Meaning.INSTALLED, 5, "host")], [question])
    many = [exposure("kaspersky", "", Meaning.INSTALLED, 3 + n % 3, f"host-{n}") for n in range(1000)]
    found, findings = pipeline.decisions(table(many), shipped(), [question])
    assert len(single) * 1000 == len(found)
    assert len(single) <= len(findings)


# ---- what is wrong is told


def test_a_slip_of_any_asker_is_told() -> None:
    """Before anything is joined, and although it is the last of many."""
    slip = msgspec.structs.replace(organisation("us/company"), facts={f"{SUPPLIES}_": "yes"})
    questions = [
        Question(organisation=who, as_of="2024-10-01", known_on="")
        for who in (*(organisation(f"us/{kind}") for kind in KINDS[:3]), slip)
    ]
    with pytest.raises(UsageError, match=SUPPLIES):
        joined([exposure("kaspersky", "", Meaning.INSTALLED, 5, "host")], questions)


def test_a_table_that_lacks_something_is_told() -> None:
    """A column that is not there, and a row that does not say what it is."""
    question = Question(organisation=organisation("us/company"), as_of="2024-10-01", known_on="")
    rows = table([exposure("kaspersky", "", Meaning.INSTALLED, 5, "host")])
    holed = rows.set_column(1, "product", pa.array([None], pa.string()))
    for wrong, told in ((rows.drop_columns(["level"]), "level"), (holed, "product")):
        with pytest.raises(EngineError, match=told):
            pipeline.decisions(wrong, shipped(), [question])


def test_no_exposures_and_no_questions_are_decided_too() -> None:
    """An empty estate, or nobody who asks, gives an empty table with its columns."""
    rows = table([exposure("kaspersky", "", Meaning.INSTALLED, 5, "host")])
    question = Question(organisation=organisation("us/company"), as_of="2024-10-01", known_on="")
    for exposures, questions in product((rows.slice(0, 0), rows), ([], [question])):
        found, _ = pipeline.decisions(exposures, shipped(), questions)
        assert ["exposure", "question", "rule"] == found.column_names
        assert bool(len(exposures) and questions) == bool(len(found))
