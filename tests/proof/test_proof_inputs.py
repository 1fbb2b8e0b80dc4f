# SPDX-License-Identifier: Apache-2.0
"""Inputs are hashed as they are, and refused when they are not what was read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from debar.errors import SourceError
from debar.model.inventory import Source
from debar.model.results import Report
from debar.proof import inputs

if TYPE_CHECKING:
    from pathlib import Path


def source(path: str, data: bytes | None) -> Source:
    """Give a source as a report lists it; without a digest where there is none."""
    sha256 = hashlib.sha256(data).hexdigest() if data is not None else ""
    return Source(id=f"src-{path}", path=path, reader="table", sha256=sha256, size=len(data or b""), observations=1)


def reporting(report: Report, *sources: Source) -> Report:
    """Give a report on other sources."""
    return msgspec.structs.replace(report, sources=sources)


@pytest.fixture(scope="module")
def report(made: Path) -> Report:
    """Give the report of the proof."""
    return msgspec.json.decode((made / "proof" / "report.json").read_bytes(), type=Report)


def test_every_file_is_hashed_and_copied_under_its_digest(tmp_path: Path, report: Report) -> None:
    """Sources, and files that were found and not read, are listed; of one content there is one copy."""
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(b"same" if name != "c" else b"other")
    told = reporting(report, source("a", b"same"), source("b", None))
    kept = inputs.gathered(told, {name: tmp_path / name for name in ("a", "b", "c")}, inputs.Keeping(is_asked=True))
    digests = {"same": hashlib.sha256(b"same").hexdigest(), "other": hashlib.sha256(b"other").hexdigest()}
    assert [(one.path, one.sha256, one.reader) for one in kept.inputs] == [
        ("a", digests["same"], "table"),
        ("b", digests["same"], "table"),
        ("c", digests["other"], ""),
    ]
    assert sorted(kept.parts) == sorted(f"inputs/{digest}" for digest in digests.values())


def test_members_folders_and_streams(tmp_path: Path, report: Report) -> None:
    """A member is covered by its archive, a folder that is one input by its files, a stream by the word of the scan."""
    (tmp_path / "a.zip").write_bytes(b"zip")
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "part-0").write_bytes(b"rows")
    told = reporting(report, source("a.zip!bom.json", b"bom"), source("lake", None), source("-", b"piped"))
    places = {"a.zip": tmp_path / "a.zip", "lake": tmp_path / "lake"}
    kept = inputs.gathered(told, places)
    assert {one.path: one.state for one in kept.inputs} == {
        "-": inputs.TOLD,
        "a.zip": inputs.HASHED,
        "a.zip!bom.json": inputs.INSIDE,
        "lake/part-0": inputs.HASHED,
    }
    assert kept.parts == {}


def test_an_input_that_is_not_what_was_read_proves_nothing(tmp_path: Path, report: Report) -> None:
    """Every input that changed or is gone is named, all at once."""
    (tmp_path / "a").write_bytes(b"now")
    told = reporting(report, source("a", b"then"), source("b", b"gone"))
    with pytest.raises(SourceError) as refused:
        inputs.gathered(told, {"a": tmp_path / "a"})
    assert "a: changed since it was read" in refused.value.message
    assert "b: is not there any more" in refused.value.message
