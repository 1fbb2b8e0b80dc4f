# SPDX-License-Identifier: Apache-2.0
"""Promises about the file of records: read strictly, added to without losing a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.errors import UsageError
from debar.model.results import Record
from debar.records import HEADER, amended, faults, read
from debar.register import yamlfile
from debar.register.dump import dump

if TYPE_CHECKING:
    from pathlib import Path

LOOK = Record(on="2024-09-01", by="A. Meyer", found="no new order", provisions=("us-far-52.204-30#review-sam",))
GOOD = """\
# Looks at SAM.gov.
- on: 2024-09-01
  by: A. Meyer
  found: no new order
  provisions: [us-far-52.204-30#review-sam]
"""


def written(folder: Path, text: str) -> Path:
    """Give a file of records with this text."""
    file = folder / "records.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_is_what_it_says(tmp_path: Path) -> None:
    """Blocks in their order; a file of remarks alone holds none."""
    assert read(written(tmp_path, GOOD)) == (LOOK,)
    assert read(written(tmp_path, "# nothing yet\n\n")) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("by: A. Meyer", "by: ' '", ":3: by is empty"),
        ("found: no new order", "found: ''", ":4: found is empty"),
        ("on: 2024-09-01", "on: 2024-02-30", ":2: '2024-02-30' is neither a date nor an instant"),
        ("on: 2024-09-01", "on: 2024-09-01T10:00Z", ":2: '2024-09-01T10:00Z' is no day, such as 2024-10-01"),
        ("[us-far-52.204-30#review-sam]", "[review-sam]", ":5: 'review-sam' is no provision"),
        ("provisions: [us-far-52.204-30#review-sam]", "exposures: [exp-1]", ":5: 'exp-1' is no id of an exposure"),
        ("  provisions: [us-far-52.204-30#review-sam]\n", "", ":2: it is about nothing"),
        ("by: A. Meyer", "by: A. Meyer\n  evidence: sam.pdf", ":4: evidence and sha256 go together"),
        ("by: A. Meyer", "by: A. Meyer\n  evidence: a\n  sha256: ABC", ":5: 'ABC' is no SHA-256 digest"),
        ("by: A. Meyer", "bye: A. Meyer", ":3: "),
        ("  found: no new order\n", "", ":2: "),
        (GOOD, GOOD + GOOD, ":7: the same record stands above"),
    ],
)
def test_every_fault_has_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    """What is wrong is told with file and line, and with what a record has."""
    file = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(UsageError) as e:
        read(file)
    assert e.value.message.startswith(f"{file}{told}")
    assert "debar record writes one" in e.value.hint


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Two faults are two lines, in their order."""
    with pytest.raises(UsageError) as e:
        read(written(tmp_path, GOOD.replace("A. Meyer", "''").replace("2024-09-01", "soon")))
    assert [line.split(":")[1] for line in e.value.message.splitlines()] == ["2", "3"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With what makes one."""
    with pytest.raises(UsageError) as e:
        read(tmp_path / "none.yaml")
    assert "debar record makes the file" == e.value.hint


def test_the_first_record_makes_the_file(tmp_path: Path) -> None:
    """With remarks that say what it is."""
    assert amended(tmp_path / "new.yaml", LOOK) == HEADER + dump([LOOK])


@pytest.mark.parametrize("end", ["", "\n", "\n\n# the end\n"])
@pytest.mark.parametrize("indent", ["", "  "])
def test_what_is_there_stays(tmp_path: Path, indent: str, end: str) -> None:
    """Remarks, order and indentation stay as somebody wrote them."""
    text = (
        "".join(f"{indent if line.startswith(('-', ' ')) else ''}{line}\n" for line in GOOD.splitlines()).rstrip("\n")
        + end
    )
    file = written(tmp_path, text)
    later = replace(LOOK, on="2024-12-01")
    after = amended(file, later)
    assert after.startswith(text)
    assert yamlfile.parse(after, tuple[Record, ...]) == (LOOK, later)


def test_the_same_record_twice_is_refused(tmp_path: Path) -> None:
    """Two people on one day are two records; one person twice the same is a slip."""
    file = written(tmp_path, GOOD)
    with pytest.raises(UsageError, match="this very record"):
        amended(file, LOOK)
    assert "B. Kim" in amended(file, replace(LOOK, by="B. Kim"))


def test_a_form_that_takes_no_blocks_is_refused(tmp_path: Path) -> None:
    """Nothing is written into what would not say it."""
    flow = '[{on: "2024-09-01", by: A, found: B, provisions: [us-far-52.204-30#review-sam]}]\n'
    with pytest.raises(UsageError, match="cannot be added"):
        amended(written(tmp_path, flow), LOOK)


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@given(TEXTS, TEXTS)
def test_whatever_is_written_is_read_back(by: str, found: str) -> None:
    """No word of a person can break the file, or become another word."""
    record = replace(LOOK, by=by, found=found)
    assert yamlfile.parse(HEADER + dump([record]), tuple[Record, ...]) == (record,)
    assert [field for field, _ in faults(record)] == [
        field for field, text in (("by", by), ("found", found)) if not text.strip()
    ]
