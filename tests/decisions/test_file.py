# SPDX-License-Identifier: Apache-2.0
"""The file of decisions: read strictly, each fault with its line, and all of them at once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from agreed import decision
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar import decisions
from debar.errors import UsageError
from debar.model.vocab import Verdict
from debar.register.dump import dump

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import Decision

BLOCK = dump([decision(Verdict.ACCEPTED)])
PROVISION = "us-dhs-bod-17-01#remove"
EXEMPT = decision(Verdict.EXEMPT, measure=PROVISION, exemption="national-security-systems")
WAIVED = decision(Verdict.WAIVED, measure=PROVISION, granted_by="Office", reference="letter 4 of 2 May 2024")


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    """What a decision says comes back, whatever characters it has; a file of remarks only holds none."""
    file = tmp_path / "d.yaml"
    odd = replace(
        decision(Verdict.ACCEPTED, assets=("[a-c]*", "ö: #*"), party="maker"),
        reason='a "b": #c\n\x85d',
        requester="Łukasz \U0001f600",
        ticket="- x",
    )
    for one in (odd, EXEMPT, WAIVED):
        file.unlink(missing_ok=True)
        file.write_text(decisions.amended(file, one), encoding="utf-8")
        assert (one,) == decisions.read(file)
    file.write_text(decisions.HEADER)
    assert () == decisions.read(file)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (BLOCK.replace("accepted", "accepts"), 3, "did you mean 'accepted'?"),
        (BLOCK.replace("expires:", "expirs:"), 8, "did you mean 'expires'?"),
        (BLOCK.replace("expires:", "expirs:"), 1, "expires is missing"),
        (BLOCK.replace("reason: looked", 'reason: " "'), 4, "reason is empty"),
        (BLOCK.replace("reason: looked", "reason: [looked]"), 4, "Expected `str`"),
        (BLOCK.replace("requester: A. Meyer", 'requester: ". -"'), 5, "requester is empty"),
        (BLOCK.replace("approver: B. Kim", "approver: MEYER A"), 6, "nobody approves what he asked for"),
        (BLOCK.replace("approver: B. Kim", "approver: a.meyer@example.org"), 6, "nobody approves what he asked for"),
        (BLOCK.replace("  approver: B. Kim\n", ""), 1, "accepted needs an approver"),
        (BLOCK.replace("2024-12-31", "2024-02-31"), 8, "'2024-02-31' is neither a date nor an instant"),
        (BLOCK.replace("2024-12-31", "2024-12-31T00:00Z"), 8, "is no day"),
        (BLOCK.replace("2024-12-31", "2024-08-31"), 8, "before it was decided on 2024-09-01"),
        (BLOCK.replace("2024-12-31", "2029-09-02"), 8, "2029-09-01 is the latest: 5 years after its day"),
        (BLOCK.replace("2024-12-31", "9999-12-31"), 8, "outside the years"),
        (BLOCK.replace("exp-", "exposure-"), 1, "is no id of an exposure"),
        (BLOCK.replace('  expires: "2024-12-31"\n', ""), 1, "expires is missing"),
        (BLOCK + "# remark\n" + BLOCK.replace("accepted", "replaced"), 10, "replaced contradicts accepted on the same"),
        ("verdict: accepted\n", 1, "array"),
        ("- accepted\n", 1, "object"),
        (BLOCK + BLOCK[:20], 9, "verdict is missing"),
        (BLOCK + "  assets: kiosk-*\n", 9, "assets is a list of patterns: [kiosk-*]"),
        (BLOCK + "  purl: left-pad\n", 9, "'left-pad' is no package URL"),
        (BLOCK + "  purl: pkg:npm/*\n", 9, "is no package URL"),
        (BLOCK + "  party: The Maker\n", 9, "is no party or party/product"),
        (BLOCK + "  measure: a#b#c\n", 9, "is no measure or measure#provision"),
        (BLOCK + "  exemption: e\n", 9, "only exempt has exemption, and this is accepted"),
        (BLOCK + "  granted_by: e\n", 9, "only waived has granted_by, and this is accepted"),
        (BLOCK + "  document: ../letter.pdf\n", 9, "leads out of the folder"),
        (BLOCK + "  document: /etc/passwd\n", 9, "leads out of the folder"),
        (BLOCK + "  document: letter.pdf\n", 9, "its sha256 is missing"),
        (BLOCK + f"  sha256: {'0' * 64}\n", 9, "the digest of no document"),
        (BLOCK + f"  document: letter.pdf\n  sha256: {'0' * 64}\n", 9, "its document letter.pdf is not there"),
        (BLOCK + "  document: letter.pdf\n  sha256: abc\n", 10, "is no SHA-256 digest"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_has_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    """Each fault is told with file and line, like those of the register."""
    file = tmp_path / "d.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as caught:
        decisions.read(file)
    assert any(f"d.yaml:{line}: " in row and said in row for row in caught.value.message.splitlines())


@pytest.mark.parametrize(
    ("field", "said"),
    [("by", "write requester, and as approver"), ("on", "write created"), ("until", "write expires")],
)
def test_fields_of_former_releases_say_what_to_write_now(tmp_path: Path, field: str, said: str) -> None:
    """Nothing of an old file is taken for something else, or left out without a word."""
    file = tmp_path / "d.yaml"
    file.write_text(BLOCK + f"  {field}: 2024-01-01\n")
    with pytest.raises(UsageError, match=f"d.yaml:9: {field} is no field any more: {said}"):
        decisions.read(file)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """A writer can mend all of them in one go: of each block, of each field, with unknown ones."""
    file = tmp_path / "d.yaml"
    old = (
        "- exposure: exp-aaaaaaaaaaaa\n  verdict: acceptd\n  by: A\n  on: 2024-01-01\n  until: 2024-02-01\n  reson: r\n"
    )
    file.write_text(old + BLOCK.replace("looked", "''").replace("2024-12-31", "soon"))
    with pytest.raises(UsageError) as caught:
        decisions.read(file)
    told = caught.value.message.splitlines()
    assert [1, 1, 1, 1, 2, 3, 4, 5, 6, 10, 14] == [int(row.partition("d.yaml:")[2].partition(":")[0]) for row in told]


@pytest.mark.parametrize(
    ("one", "field", "said"),
    [
        (replace(EXEMPT, measure=""), "measure", "exempt names the provision"),
        (replace(EXEMPT, measure="us-dhs-bod-17-01"), "measure", "exempt names the provision"),
        (replace(EXEMPT, exemption=""), "exemption", "exempt names the exemption"),
        (replace(WAIVED, measure=""), "measure", "waived names what was waived"),
        (replace(WAIVED, granted_by=" "), "granted_by", "waived names the authority"),
        (replace(WAIVED, reference=" "), "document", "waived needs its paper"),
        (replace(WAIVED, approver=""), "approver", "waived needs an approver"),
        (
            decision(Verdict.FALSE_POSITIVE, assets=("lab-*",)),
            "",
            "assets alone, or a whole party, would also set aside",
        ),
        (decision(Verdict.REPLACED, assets=("lab-*",)), "", "assets alone"),
        (decision(Verdict.FALSE_POSITIVE, party="maker"), "", "or a whole party"),
        (decision(Verdict.NOT_THE_PARTY, party="maker", assets=("lab-*", "*")), "", "or a whole party"),
        (decision(Verdict.NOT_THE_PARTY, party="maker", measure="m"), "measure", "whatever a measure says"),
        (decision(Verdict.CONFIRMED, party="maker", measure="m"), "measure", "whatever a measure says"),
        (decision(Verdict.ACCEPTED, exposure=""), "", "it does not say what it is about"),
        (decision(Verdict.ACCEPTED, assets=("a", " ")), "assets", "a pattern of assets is empty"),
    ],
)
def test_each_verdict_needs_what_it_rests_on(one: Decision, field: str, said: str) -> None:
    """A waiver its authority and paper, an exemption its provision, a verdict that hides something a narrow scope."""
    found = dict(decisions.faults(one))
    assert said in found[field]


@pytest.mark.parametrize(
    "one",
    [
        EXEMPT,
        WAIVED,
        decision(Verdict.CONFIRMED, approver=""),
        decision(Verdict.ACCEPTED, assets=("lab-*",)),
        decision(Verdict.ACCEPTED, measure="us-dhs-bod-17-01"),
        decision(Verdict.FALSE_POSITIVE, purl="pkg:maven/org.example/*@2"),
        decision(Verdict.ACCEPTED, created="2024-02-29", expires="2029-02-28"),
        decision(Verdict.ACCEPTED, created="2024-02-29", expires="2024-02-29"),
    ],
)
def test_what_is_in_order_has_no_fault(one: Decision) -> None:
    """Whoever confirms needs nobody's leave; five years are counted from a leap day as well."""
    assert [] == list(decisions.faults(one))


def test_a_document_is_the_one_that_was_decided_on(tmp_path: Path) -> None:
    """Its digest is that of the file beside the decisions; a link out of the folder is none, whatever it leads to."""
    (tmp_path / "ours").mkdir()
    paper = tmp_path / "ours" / "letter.pdf"
    paper.write_bytes(b"granted")
    one = replace(WAIVED, document="letter.pdf", sha256=hashlib.sha256(b"granted").hexdigest())
    file = tmp_path / "ours" / "d.yaml"
    file.write_text(dump([one]))
    assert (one,) == decisions.read(file)
    paper.write_bytes(b"granted to somebody else")
    with pytest.raises(UsageError, match=r"is another one: its digest is [0-9a-f]{64}"):
        decisions.read(file)
    paper.rename(tmp_path / "letter.pdf")
    paper.symlink_to(tmp_path / "letter.pdf")
    with pytest.raises(UsageError, match="leads out of the folder"):
        decisions.read(file)


def test_decisions_one_after_the_other_are_no_fault(tmp_path: Path) -> None:
    """One exposure may have many decisions, on days of their own; and two that agree on the same."""
    file = tmp_path / "d.yaml"
    later = decision(Verdict.REPLACED, created="2025-01-01", expires="2025-02-01")
    file.write_text(BLOCK + dump([later, decision(Verdict.CONFIRMED)]))
    assert 3 == len(decisions.read(file))


@given(st.text(alphabet="-: \n[]{}'\"#&*!|>%@`aeo01,?", max_size=60))
def test_whatever_a_file_holds_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """A file that is no list of decisions is wrong usage, and never anything else."""
    file = tmp_path_factory.mktemp("d") / "d.yaml"
    file.write_text(text)
    try:
        assert () == decisions.read(file)
    except UsageError as e:
        assert "d.yaml:" in e.message
