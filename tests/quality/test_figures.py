# SPDX-License-Identifier: Apache-2.0
"""Promises about the figures of recognition: what they count, and what the gate lets through."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality.figures import calibration_error, figures, sureness
from quality.outcomes import outcomes

from debar.match.compile import Index, compile_index
from debar.match.confidence import WEIGHT
from debar.model.inventory import Indicator
from debar.model.vocab import Grade, Kind, Meaning, Medium, Operator
from quality import benign, calibrate, gate, labels


def points(level: int, pattern: str, party: str = "maker", meaning: Meaning | None = None) -> Indicator:
    """Give an indicator of a level for a domain."""
    return Indicator(
        id=f"{party}-{level}-{pattern}",
        party=party,
        kind=Kind.DOMAIN,
        operator=Operator.EQUALS,
        patterns=(pattern,),
        level=level,
        meaning=meaning,
        examples=(pattern,),
        counterexamples=(),
        falsepositives="none known",
        grade=Grade.SECONDARY,
        references=("https://example.com",),
    )


INDEX: Index = compile_index([points(level, f"l{level}.example") for level in (5, 4, 3, 2)])


def case(number: int, domain: str, party: str | None = "maker", meaning: Meaning | None = None) -> labels.Label:
    """Give a labelled look-up of a domain."""
    return labels.Label(
        id=f"case-{number}",
        medium=Medium.NETWORK,
        meaning=Meaning.SERVICE_USE,
        label=domain,
        observables=((Kind.DOMAIN, domain),),
        truth=labels.Truth(party=party, meaning=meaning),
        trap="" if party else "unrelated_name",
        origin="composed",
    )


def test_what_is_there_counts_as_shown_from_level_two_and_as_found_from_level_three() -> None:
    """Recall counts what a person gets to see; F1 counts what is sure enough to rest on."""
    found = figures(outcomes([case(1, "l5.example"), case(2, "l2.example"), case(3, "other.example")], INDEX))
    assert (3, 2, 1) == (found.true, found.found, found.surely)
    assert (2 / 3, 1.0, 0.5) == (found.recall, found.precision, found.f1)


def test_a_trap_that_is_met_is_wrong_at_its_level() -> None:
    """An exposure that is not there counts against the precision of its level and of those below."""
    found = figures(outcomes([case(1, "l4.example", None), case(2, "l3.example", None)], INDEX))
    assert (0, 2, 1) == (found.true, found.wrong, found.strong_wrong)
    assert (0.0, 0.0) == (found.precision, found.strong_precision)


def test_another_party_is_wrong_and_missed() -> None:
    """Who finds the technology of somebody else has found nothing, and said something wrong."""
    found = figures(outcomes([case(1, "l5.example", "other")], INDEX))
    assert (1, 0, 1) == (found.true, found.found, found.wrong)


@pytest.mark.parametrize(
    ("meaning", "domain", "wrong"),
    [
        ("client", "l2.example", 0),
        ("client", "l3.example", 1),
        ("mention", "l2.example", 0),
        ("mention", "l3.example", 1),
    ],
)
def test_software_of_others_and_mentions_may_not_be_sure(meaning: str, domain: str, wrong: int) -> None:
    """Both are nothing to find; the first may be shown as a question, and neither as found."""
    found = figures(outcomes([case(1, domain, meaning=Meaning(meaning))], INDEX))
    assert (0, wrong) == (found.true, found.wrong)


def test_the_gate_names_each_trap_that_is_taken_for_real() -> None:
    """The fault names the case, the indicator and the value, so that the data can be mended."""
    strong = case(1, "l4.example", None)
    listed = msgspec.structs.replace(case(2, "l3.example", None), id="package-names-2")
    honest = case(3, "l3.example", None)
    found = outcomes([strong, listed, honest], INDEX)
    said = list(gate.faults(found, 0.0, gate.Floor(cases=0, f1=0.0, recall=0.0, wrong=3)))
    assert any("case-1" in fault and "maker-4-l4.example" in fault for fault in said)
    assert any("package-names-2" in fault and "maker-3-l3.example" in fault for fault in said)
    assert not any("case-3" in fault for fault in said)
    assert any("3 exposures" in f for f in gate.faults(found, 0.0, gate.Floor(cases=0, f1=0.0, recall=0.0, wrong=2)))


def test_the_gate_does_not_let_figures_fall() -> None:
    """Fewer cases, a lower F1, a lower recall and a larger error are faults, each named."""
    found = outcomes([case(1, "l5.example"), case(2, "l2.example")], INDEX)
    said = " ".join(gate.faults(found, 0.2, gate.Floor(cases=1600, f1=0.9, recall=1.0, wrong=0)))
    for word in ("labelled cases", "F1 (recorded)", "calibration error"):
        assert word in said
    assert "recall" not in said


@given(st.lists(st.tuples(st.sampled_from([5, 4, 3, 2]), st.booleans()), min_size=1, max_size=40))
def test_probabilities_are_shares_drawn_towards_what_is_known(drawn: list[tuple[int, bool]]) -> None:
    """A measured probability lies between the share that was right and what is known without cases."""
    cases = [case(n, f"l{level}.example", "maker" if right else None) for n, (level, right) in enumerate(drawn)]
    for one in calibrate.calibrations(outcomes(cases, INDEX)):
        assert 0 < one.probability < 1
        assert one.right <= one.cases
        if one.cases and not one.kind:
            share, weight = one.right / one.cases, WEIGHT[one.level]
            assert min(share, weight) - 1e-4 <= one.probability <= max(share, weight) + 1e-4


def test_the_error_is_the_distance_of_what_is_said_from_what_is() -> None:
    """Two exposures said to be right in 25 of 100 cases, of which one is: off by a quarter."""
    sure = sureness(outcomes([case(1, "l2.example"), case(2, "l2.example", None)], INDEX))
    assert 0.25 == pytest.approx(calibration_error(sure))


FAULTY = [
    ('{"id":"a"}', "missing required field"),
    ("nonsense", "malformed"),
    (
        '{"id":"a","medium":"sbom","meaning":"component","label":"x","observables":[],"truth":{"party":null},"trap":"other","origin":"x"}',
        "needs observables",
    ),
    (
        '{"id":"a","medium":"sbom","meaning":"component","label":"x","observables":[["name","x"]],"truth":{"party":null},"origin":"x"}',
        "says in `trap`",
    ),
]


@pytest.mark.parametrize(("line", "said"), FAULTY)
def test_a_faulty_case_is_named_with_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    """Nobody searches thousands of lines for the one that is wrong."""
    (tmp_path / "some.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.jsonl:1: ") as raised:
        labels.read(tmp_path)
    assert said in str(raised.value)


def test_an_id_stands_once(tmp_path: Path) -> None:
    """Two cases of one id would be judged as one."""
    line = '{"id":"a","medium":"sbom","meaning":"component","label":"x","observables":[["name","x"]],"truth":{"party":"p"},"origin":"x"}\n'
    (tmp_path / "some.jsonl").write_text(line * 2, encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.jsonl:2: id 'a' is taken by some\.jsonl:1"):
        labels.read(tmp_path)


def test_a_benign_value_that_is_met_is_a_fault_unless_it_is_theirs(tmp_path: Path) -> None:
    """What a sample holds by chance may not be met; what is the party's is named, and must be met."""
    (tmp_path / "domains.txt").write_text("l4.example\nl3.example\nl2.example\nother.example\n", encoding="utf-8")
    (tmp_path / "theirs.txt").write_text("# known\nmaker l3.example\nmaker gone.example\n", encoding="utf-8")
    said = list(benign.faults(INDEX, tmp_path))
    assert any("'l4.example'" in fault for fault in said)
    assert any("gone.example" in fault for fault in said)
    assert not any("l3.example" in fault or "l2.example" in fault for fault in said)
