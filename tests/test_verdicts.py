# SPDX-License-Identifier: Apache-2.0
"""Promises about what people decided: what a decision does on a day, what it never does, and what its file must be."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import composed
from debar import decisions
from debar.errors import UsageError
from debar.identity import stable_id
from debar.model.inventory import Observable
from debar.model.results import Decision, Exposure, Identity, Match, SetAside
from debar.model.vocab import Kind, Meaning, Medium, Verdict
from debar.pipeline import Settings, scan
from debar.register.dump import dump

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import Report

DAY = "2024-10-01"
MATCH = Match(
    indicator="maker-name", observable=Observable(Kind.NAME, "Maker Shield"), source="src-1", locator="/0",
    technique="name phrase", confidence=0.9, level=4, label="Maker Shield", version="1", medium=Medium.INVENTORY,
    meaning=Meaning.INSTALLED, against="", count=1, first_seen="2024-08-01", last_seen="2024-08-01",
)  # fmt: skip


def exposure(asset: str = "alpha", *, seen: str = "2024-08-01", meaning: Meaning = Meaning.INSTALLED) -> Exposure:
    """Give an exposure of one match."""
    match = replace(MATCH, first_seen=seen, last_seen=seen, meaning=meaning)
    return Exposure(
        id=stable_id("exp", asset, "maker", "shield"), asset=asset, party="maker", product="shield", version="1",
        identity=Identity(on=seen or DAY, dated=bool(seen), ties=(), host=""), meaning=meaning, level=4, confidence=0.9,
        techniques=("name phrase",), matches=(match,), first_seen=seen, last_seen=seen,
    )  # fmt: skip


def decision(
    verdict: Verdict, asset: str = "alpha", *, on: str = "2024-09-01", until: str = "2024-12-31", by: str = "A. Meyer"
) -> Decision:
    """Give a decision on the exposure of an asset."""
    return Decision(
        exposure=exposure(asset).id, about="Shield", verdict=verdict, reason="looked", by=by, on=on, until=until
    )


# ---- what a decision does --------------------------------------------------------------------------------------------


def test_a_false_positive_is_set_aside_and_says_why() -> None:
    """It stays visible: set aside, with the verdict, who, when, until when, and why."""
    found, aside, notes = decisions.decided([exposure()], [], [decision(Verdict.FALSE_POSITIVE)], DAY)
    assert ([], []) == (found, notes)
    assert "a false positive, as A. Meyer decided on 2024-09-01, until 2024-12-31: looked" == aside[0].reason
    assert Verdict.FALSE_POSITIVE is aside[0].exposure.decision.verdict  # type: ignore[union-attr]


def test_what_was_replaced_is_set_aside_until_it_is_seen_again() -> None:
    """Evidence of before the day of the decision, or of that day, is of what was replaced; newer evidence brings it back."""
    replaced = [decision(Verdict.REPLACED)]
    for seen in ("2024-08-01", "2024-09-01"):
        assert ([], 1) == (
            decisions.decided([exposure(seen=seen)], [], replaced, DAY).exposures,
            len(decisions.decided([exposure(seen=seen)], [], replaced, DAY).set_aside),
        )
    found, aside, notes = decisions.decided([exposure(seen="2024-09-02T00:00:00Z")], [], replaced, DAY)
    assert ([None], []) == ([e.decision for e in found], aside)
    assert ["was seen on 2024-09-02: it is back" in note for note in notes] == [True]


def test_replaced_without_a_date_says_so() -> None:
    """Evidence without a date cannot be told from newer evidence, and the reason does not hide it."""
    _, aside, _ = decisions.decided([exposure(seen="")], [], [decision(Verdict.REPLACED)], DAY)
    assert "no date tells whether the evidence is older" in aside[0].reason


def test_what_is_accepted_stays_an_exposure() -> None:
    """An acceptance is shown, and nothing else of the exposure changes."""
    accepted = decision(Verdict.ACCEPTED)
    found, aside, notes = decisions.decided([exposure()], [], [accepted], DAY)
    assert ([replace(exposure(), decision=accepted)], [], []) == (found, aside, notes)


def test_what_is_confirmed_is_proven_and_as_likely_as_before() -> None:
    """Somebody looked, so the level is 5; the probability stays that of the evidence."""
    (found,), _, _ = decisions.decided([exposure()], [], [decision(Verdict.CONFIRMED)], DAY)
    assert (5, 0.9) == (found.level, found.confidence)


def test_what_was_set_aside_counts_once_it_is_confirmed() -> None:
    """Whoever opened a product of which nobody knew what it holds makes it an exposure; a mention is never one."""
    unknown = SetAside(exposure=exposure(), reason="whether it holds it is not known")
    found, aside, _ = decisions.decided([], [unknown], [decision(Verdict.CONFIRMED)], DAY)
    assert ([5], []) == ([e.level for e in found], aside)
    mention = SetAside(exposure=exposure(meaning=Meaning.MENTION), reason="mention only")
    found, aside, _ = decisions.decided([], [mention], [decision(Verdict.CONFIRMED)], DAY)
    assert ([], ["mention only"]) == (found, [a.reason for a in aside])
    assert aside[0].exposure.decision


def test_one_id_set_aside_twice_is_confirmed_once() -> None:
    """Two reasons for the same id become one exposure with the evidence of both."""
    other = replace(exposure(), matches=(replace(MATCH, locator="/1"),))
    both = [SetAside(exposure=one, reason=reason) for one, reason in ((exposure(), "a"), (other, "b"))]
    (found,), aside, _ = decisions.decided([], both, [decision(Verdict.CONFIRMED)], DAY)
    assert ({"/0", "/1"}, []) == ({m.locator for m in found.matches}, aside)


@pytest.mark.parametrize(
    ("day", "held"),
    [("2024-08-31", False), ("2024-09-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_a_decision_holds_from_its_day_through_its_last(day: str, *, held: bool) -> None:
    """Both days count; before and after, the exposure is there as if nobody had decided."""
    found = decisions.decided([exposure()], [], [decision(Verdict.FALSE_POSITIVE)], day).exposures
    assert held == (found == [])


def test_a_decision_that_has_ended_is_told() -> None:
    """The exposure is back, and a note says whose decision ended when; of several only the last."""
    old = decision(Verdict.ACCEPTED, on="2024-01-01", until="2024-02-01", by="B. Old")
    found, _, notes = decisions.decided([exposure()], [], [decision(Verdict.FALSE_POSITIVE), old], "2025-01-01")
    assert [exposure()] == found
    assert [
        f"the decision of A. Meyer on {exposure().id} (Shield) ended on 2024-12-31: it is false-positive no more"
    ] == notes


def test_a_decision_on_nothing_is_told() -> None:
    """A decision that holds and finds no exposure is a warning; one that has ended is none."""
    unused = [
        decision(Verdict.ACCEPTED, "gone"),
        decision(Verdict.ACCEPTED, "old", on="2023-01-01", until="2023-02-01"),
    ]
    _, _, notes = decisions.decided([exposure()], [], unused, DAY)
    assert 1 == len(notes)
    assert "no such exposure was found" in notes[0]


def test_two_decisions_on_one_exposure_are_a_fault() -> None:
    """Nobody knows which of two was meant."""
    with pytest.raises(UsageError, match="two decisions on exp-"):
        decisions.decided([exposure()], [], [decision(Verdict.ACCEPTED), decision(Verdict.CONFIRMED)], DAY)


ASSETS = st.sampled_from(["alpha", "beta", "gamma", "delta"])
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 12, 31)).map(lambda day: day.isoformat())
DECISIONS = st.lists(
    st.builds(
        lambda verdict, asset, days: decision(verdict, asset, on=min(days), until=max(days)),
        st.sampled_from(list(Verdict)),
        ASSETS,
        st.tuples(DAYS, DAYS),
    ),
    max_size=6,
    unique_by=lambda d: d.exposure,
)
EXPOSURES = st.lists(
    st.builds(lambda a, d: exposure(a, seen=d), ASSETS, st.one_of(st.just(""), DAYS)), unique_by=lambda e: e.id
)
ASIDE = st.lists(
    st.builds(
        lambda a, m, r: SetAside(exposure=exposure(a, meaning=m), reason=r),
        ASSETS,
        st.sampled_from([Meaning.MENTION, Meaning.EMBEDDED]),
        st.sampled_from(["mention only", "not known"]),
    ),
    max_size=4,
)


@given(EXPOSURES, ASIDE, DECISIONS, DAYS)
def test_nothing_that_was_recognised_is_lost(
    exposures: list[Exposure], aside: list[SetAside], decided: list[Decision], day: str
) -> None:
    """Every match that goes in comes out, and no two exposures share an id."""
    result = decisions.decided(exposures, aside, decided, day)
    before = {(e.id, m) for e in (*exposures, *(a.exposure for a in aside)) for m in e.matches}
    after = {(e.id, m) for e in (*result.exposures, *(a.exposure for a in result.set_aside)) for m in e.matches}
    assert before == after
    assert [] == [id_ for id_, count in Counter(e.id for e in result.exposures).items() if count > 1]


@given(EXPOSURES, ASIDE, DECISIONS)
def test_an_ended_file_is_as_good_as_none(
    exposures: list[Exposure], aside: list[SetAside], decided: list[Decision]
) -> None:
    """After the last day of every decision, the answer is that of no decisions."""
    assert (
        decisions.decided(exposures, aside, decided, "2025-01-01")[:2]
        == decisions.decided(exposures, aside, [], "2025-01-01")[:2]
    )


@given(EXPOSURES, ASIDE, DECISIONS, DAYS, st.randoms())
def test_the_order_of_blocks_changes_nothing(
    exposures: list[Exposure], aside: list[SetAside], decided: list[Decision], day: str, random: object
) -> None:
    """Decisions may stand in any order, and a second time the same ones change nothing."""
    shuffled = list(decided)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    once = decisions.decided(exposures, aside, decided, day)
    assert once == decisions.decided(exposures, aside, shuffled, day)
    again = decisions.decided(once.exposures, once.set_aside, decided, day)
    assert (once.exposures, once.set_aside) == (again.exposures, again.set_aside)


# ---- in a scan -------------------------------------------------------------------------------------------------------


def scanned(path: Path, *decided: Decision) -> Report:
    """Give the report on a folder with some decisions."""
    settings = Settings(decisions=decided, decided_in="decided.yaml" if decided else "")
    return scan([str(path)], composed.shipped(), composed.QUESTION, settings)


def test_a_scan_heeds_decisions_and_says_which_file_it_used(tmp_path: Path) -> None:
    """What is set aside has no finding; what is accepted has the same ones as before; the notes name the file."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    (tmp_path / "decided.yaml").write_text("- no evidence\n")
    plain = scan([str(tmp_path / "bom.json")], composed.shipped(), composed.QUESTION)
    one = plain.exposures[0]
    made = replace(decision(Verdict.FALSE_POSITIVE), exposure=one.id)
    aside = scanned(tmp_path, made)
    assert one.id not in {e.id for e in aside.exposures}
    assert one.id not in {finding.exposure for finding in aside.findings}
    assert one.id in {a.exposure.id for a in aside.set_aside}
    assert () == aside.skips
    assert "decisions were taken from decided.yaml: 1" in aside.coverage.notes
    accepted = scanned(tmp_path, replace(made, verdict=Verdict.ACCEPTED))
    assert plain.findings == accepted.findings
    assert plain.obligations == accepted.obligations


# ---- the file --------------------------------------------------------------------------------------------------------

BLOCK = dump([decision(Verdict.ACCEPTED)])


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    """What a decision says comes back, whatever characters it has; a file of remarks only holds none."""
    file = tmp_path / "d.yaml"
    odd = replace(decision(Verdict.ACCEPTED), reason='a "b": #c\n\x85d', by="Łukasz \U0001f600", about="- x")
    file.write_text(decisions.amended(file, odd), encoding="utf-8")
    assert (odd,) == decisions.read(file)
    file.write_text(decisions.HEADER)
    assert () == decisions.read(file)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (BLOCK.replace("accepted", "accepts"), 3, "did you mean 'accepted'?"),
        (BLOCK.replace("until:", "untl:"), 7, "did you mean 'until'?"),
        (BLOCK.replace("reason: looked", 'reason: " "'), 4, "reason is empty"),
        (BLOCK.replace("by: A. Meyer", 'by: ""'), 5, "by is empty"),
        (BLOCK.replace("2024-12-31", "2024-02-31"), 7, "'2024-02-31' is neither a date nor an instant"),
        (BLOCK.replace("2024-12-31", "2024-12-31T00:00Z"), 7, "is no day"),
        (BLOCK.replace("2024-12-31", "2024-08-31"), 7, "before it was decided on 2024-09-01"),
        (BLOCK.replace("exp-", "exposure-"), 1, "is no id of an exposure"),
        (BLOCK.replace('  until: "2024-12-31"\n', ""), 1, "until"),
        (BLOCK + "# remark\n" + BLOCK, 9, "holds on the same days, in line 1"),
        ("verdict: accepted\n", 1, "array"),
        (BLOCK + BLOCK[:20], 8, ""),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_has_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    """Each fault is told with file and line, like those of the register."""
    file = tmp_path / "d.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as caught:
        decisions.read(file)
    assert f"d.yaml:{line}: " in caught.value.message
    assert said in caught.value.message


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """A writer can mend all of them in one go."""
    file = tmp_path / "d.yaml"
    file.write_text(BLOCK.replace("looked", "''").replace("2024-12-31", "soon"))
    with pytest.raises(UsageError) as caught:
        decisions.read(file)
    assert 2 == len(caught.value.message.splitlines())


def test_decisions_one_after_the_other_are_no_fault(tmp_path: Path) -> None:
    """One exposure may have many decisions, on days of their own."""
    file = tmp_path / "d.yaml"
    file.write_text(BLOCK + dump([decision(Verdict.REPLACED, on="2025-01-01", until="2025-02-01")]))
    assert 2 == len(decisions.read(file))


WRITTEN = """\
# ours
- exposure: exp-aaaaaaaaaaaa   # first
  verdict: accepted
  reason: known
  by: B
  on: 2024-01-01
  until: 2024-03-01   # reviewed in spring

  # the second
- {exposure: exp-bbbbbbbbbbbb, verdict: replaced, reason: r, by: C, on: 2024-01-01, until: 2024-03-01}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_adding_keeps_what_is_there(tmp_path: Path, end: str) -> None:
    """Remarks, spaces, the order of blocks and the ends of lines stay as somebody wrote them."""
    file = tmp_path / "d.yaml"
    text = WRITTEN.replace("\n", end)
    file.write_bytes(text.encode())
    added = decisions.amended(file, decision(Verdict.ACCEPTED))
    assert added.startswith(text)
    file.write_bytes(added.encode())
    assert ["exp-aaaaaaaaaaaa", "exp-bbbbbbbbbbbb", exposure().id] == [d.exposure for d in decisions.read(file)]


@pytest.mark.parametrize("exposure_id", ["exp-aaaaaaaaaaaa", "exp-bbbbbbbbbbbb"])
def test_a_decision_that_is_replaced_ends_the_day_before(tmp_path: Path, exposure_id: str) -> None:
    """Past days keep their answer; whatever the form of the block."""
    file = tmp_path / "d.yaml"
    file.write_text(WRITTEN)
    new = replace(decision(Verdict.CONFIRMED), exposure=exposure_id, on="2024-03-01")
    file.write_text(decisions.amended(file, new))
    assert ["2024-02-29", "2024-12-31"] == [d.until for d in decisions.read(file) if d.exposure == exposure_id]
    assert "# reviewed in spring" in file.read_text()


def test_a_decision_of_the_same_day_is_turned_into_a_remark(tmp_path: Path) -> None:
    """What never held on a day of its own is no decision any more, and is still there to read."""
    file = tmp_path / "d.yaml"
    file.write_text(WRITTEN)
    new = replace(decision(Verdict.CONFIRMED), exposure="exp-aaaaaaaaaaaa", on="2024-01-01")
    file.write_text(decisions.amended(file, new))
    assert ["exp-bbbbbbbbbbbb", "exp-aaaaaaaaaaaa"] == [d.exposure for d in decisions.read(file)]
    assert "#   until: 2024-03-01   # reviewed in spring\n\n  # the second\n- {exposure" in file.read_text()


def test_an_indented_list_goes_on_indented(tmp_path: Path) -> None:
    """The new block stands where the others do."""
    file = tmp_path / "d.yaml"
    file.write_text("".join(f"  {line}\n" for line in BLOCK.splitlines()))
    file.write_text(decisions.amended(file, decision(Verdict.ACCEPTED, "beta")))
    assert 2 == len(decisions.read(file))


def test_a_file_of_another_form_is_left_alone(tmp_path: Path) -> None:
    """What cannot take one more block is refused, not rewritten."""
    file = tmp_path / "d.yaml"
    file.write_text("[]\n")
    with pytest.raises(UsageError, match="cannot be added"):
        decisions.amended(file, decision(Verdict.ACCEPTED))
