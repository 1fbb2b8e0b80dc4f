# SPDX-License-Identifier: Apache-2.0
"""One more decision in a file: what somebody wrote stays, and an older decision on the same ends before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agreed import decision, exposure
from msgspec.structs import replace

from debar import decisions
from debar.errors import UsageError
from debar.model.vocab import Verdict
from debar.register.dump import dump

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = dump([decision(Verdict.ACCEPTED)])
WRITTEN = """\
# ours
- exposure: exp-aaaaaaaaaaaa   # first
  verdict: accepted
  reason: known
  requester: B
  approver: C
  created: 2024-01-01
  expires: 2024-03-01   # reviewed in spring

  # the second
- {exposure: exp-bbbbbbbbbbbb, verdict: replaced, reason: r, requester: C, approver: D, created: 2024-01-01, expires: 2024-03-01}
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
    new = replace(decision(Verdict.FALSE_POSITIVE), exposure=exposure_id, created="2024-03-01")
    file.write_text(decisions.amended(file, new))
    assert ["2024-02-29", "2024-12-31"] == [d.expires for d in decisions.read(file) if d.exposure == exposure_id]
    assert "# reviewed in spring" in file.read_text()


def test_a_decision_of_the_same_day_is_turned_into_a_remark(tmp_path: Path) -> None:
    """What never held on a day of its own is no decision any more, and is still there to read."""
    file = tmp_path / "d.yaml"
    file.write_text(WRITTEN)
    new = replace(decision(Verdict.FALSE_POSITIVE), exposure="exp-aaaaaaaaaaaa", created="2024-01-01")
    file.write_text(decisions.amended(file, new))
    assert ["exp-bbbbbbbbbbbb", "exp-aaaaaaaaaaaa"] == [d.exposure for d in decisions.read(file)]
    assert "#   expires: 2024-03-01   # reviewed in spring\n\n  # the second\n- {exposure" in file.read_text()


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


def test_a_decision_that_agrees_leaves_the_other_alone(tmp_path: Path) -> None:
    """Somebody looked, and it is put up with: both stand, in the days that they name."""
    file = tmp_path / "d.yaml"
    file.write_text(BLOCK)
    file.write_text(decisions.amended(file, decision(Verdict.CONFIRMED, approver="")))
    assert ["2024-12-31"] * 2 == [d.expires for d in decisions.read(file)]


def test_a_wide_decision_makes_way_for_one_of_the_same_scope_only(tmp_path: Path) -> None:
    """Scopes are the same when every part is; the case of patterns counts for nothing."""
    file = tmp_path / "d.yaml"
    wide = decision(Verdict.ACCEPTED, assets=("Lab-*",), party="maker")
    file.write_text(decisions.amended(file, wide))
    later = replace(wide, created="2024-10-01", assets=("lab-*",))
    file.write_text(decisions.amended(file, later))
    file.write_text(decisions.amended(file, replace(later, assets=("lab-1*",))))
    assert ["2024-09-30", "2024-12-31", "2024-12-31"] == [d.expires for d in decisions.read(file)]
