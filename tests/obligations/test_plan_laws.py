# SPDX-License-Identifier: Apache-2.0
"""Laws of plans, of whatever law and estate: nothing is lost, nothing depends on an order, and states part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drawn import ACTS, LOTS, MOMENTS, TRADERS, Lot, composed, organisation
from hypothesis import given
from law import exposure, question
from msgspec.structs import replace

from debar import dates
from debar.model.measures import Owner
from debar.model.results import Record
from debar.model.vocab import Act, Force, Meaning, State
from debar.obligations.demands import FORCE
from debar.obligations.findings import assess
from debar.obligations.plan import plan
from debar.obligations.question import moment_of

if TYPE_CHECKING:
    from debar.model.results import Exposure, Finding, Obligation
    from debar.obligations.question import Question
    from debar.register import Register

_MEANINGS = (Meaning.INSTALLED, Meaning.PURCHASE, Meaning.EMBEDDED, Meaning.RESIDUE)


class Drawn:
    """A law, an estate and a question, drawn by a lot; holds what they come to."""

    def __init__(self, number: int) -> None:
        """Take the number of the lot."""
        lot = Lot(number)
        self.law: Register = composed(lot)
        who = organisation(lot, self.law, parts=True, kinds=TRADERS)
        rows = (Owner(owner="A", acts=lot.some([*ACTS, Act.REMOVE], 2)), Owner(owner="B", assets=("host-1*",)))
        self.asked: Question = question(
            replace(who, owners=rows),
            as_of=lot.one(MOMENTS),
        )
        self.seen: list[Exposure] = [
            exposure(
                f"host-{number}",
                party=lot.one(["maker", "child", "other"]),
                product=lot.one(["", "shield"]) if lot.maybe() else "",
                meaning=lot.one(_MEANINGS),
                level=lot.randint(2, 5),
            )
            for number in range(lot.randint(1, 4))
        ]
        self.seen = [e if e.party == "maker" else replace(e, product="") for e in self.seen]
        self.findings: list[Finding] = assess(self.seen, self.law, self.asked)
        named = [f"{m.id}#{p.id}" for m in self.law.measures.values() for p in m.provisions]
        self.records = [
            Record(
                on=lot.day(),
                by="A",
                found="B",
                provisions=lot.some(named, 2),
                exposures=lot.some([e.id for e in self.seen], 2, 1),
            )
            for _ in range(lot.randint(0, 3))
        ]

    def planned(self, findings: list[Finding], seen: list[Exposure], records: list[Record]) -> list[Obligation]:
        """Give the plan of these findings."""
        return plan(findings, seen, self.law, self.asked, records)


@given(LOTS)
def test_no_finding_is_lost_and_none_is_made_up(lot: int) -> None:
    """What demands something stands in the plan, whatever it was put together with; what demands nothing does not."""
    drawn = Drawn(lot)
    answered = [id_ for o in drawn.planned(drawn.findings, drawn.seen, drawn.records) for id_ in o.findings]
    demanding = {
        f.id
        for f in drawn.findings
        if f.status in FORCE
        and (f.until is None or dates.key(f.until) > moment_of(f, drawn.law, drawn.asked))
        and (f.questions if f.status == "undetermined" else f.action)
    }
    assert set(answered) == demanding


@given(LOTS)
def test_exposures_stand_with_their_findings(lot: int) -> None:
    """An obligation is about the exposures of the findings that it answers, and about no other; each once."""
    drawn = Drawn(lot)
    by_id = {f.id: f.exposure for f in drawn.findings}
    for one in drawn.planned(drawn.findings, drawn.seen, drawn.records):
        assert len(set(one.exposures)) == len(one.exposures)
        if one.findings:
            assert set(one.exposures) == {by_id[id_] for id_ in one.findings}


@given(LOTS)
def test_the_order_of_what_comes_in_changes_nothing(lot: int) -> None:
    """The same findings, exposures and records in another order are the same plan."""
    drawn, other = Drawn(lot), Lot(lot + 1)
    first = drawn.planned(drawn.findings, drawn.seen, drawn.records)
    parts = [list(part) for part in (drawn.findings, drawn.seen, drawn.records)]
    for part in parts:
        other.shuffle(part)
    again = plan(parts[0], parts[1], drawn.law, drawn.asked, parts[2])  # type: ignore[arg-type]

    def told(many: list[Obligation]) -> list[object]:
        return [
            (o.id, o.exposures, o.due, o.state, o.owner, o.done, o.provisions, o.includes, set(o.findings))
            for o in many
        ]

    assert told(first) == told(again)


@given(LOTS)
def test_ids_are_of_one_obligation_each(lot: int) -> None:
    """No two obligations of a plan have one id."""
    drawn = Drawn(lot)
    ids = [o.id for o in drawn.planned(drawn.findings, drawn.seen, drawn.records)]
    assert len(set(ids)) == len(ids)


@given(LOTS)
def test_states_part(lot: int) -> None:
    """Only a duty is overdue, only what is done has a day of a record, and only with a day can something be late."""
    drawn = Drawn(lot)
    for one in drawn.planned(drawn.findings, drawn.seen, drawn.records):
        assert (one.state is State.DONE) == bool(one.done), "nothing here recurs"
        assert one.state is not State.OVERDUE or (one.force is Force.MUST and one.due)
        assert one.state is not State.UPCOMING or one.due


@given(LOTS)
def test_records_take_nothing_away(lot: int) -> None:
    """With records the same findings are answered, and only by what is done may there be less to do."""
    drawn = Drawn(lot)
    without = drawn.planned(drawn.findings, drawn.seen, [])
    with_them = drawn.planned(drawn.findings, drawn.seen, drawn.records)
    assert {id_ for o in without for id_ in o.findings} == {id_ for o in with_them for id_ in o.findings}
    assert not any(o.done for o in without)
