# SPDX-License-Identifier: Apache-2.0
"""Zip files and folders hold what was put, whoever reads them, and names never lead elsewhere."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import UsageError
from debar.proof import held, placed, stored, verify

NAMES = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}(/[a-z0-9][a-z0-9._-]{0,8})?", fullmatch=True)
FILES = st.dictionaries(NAMES, st.binary(max_size=50), max_size=6)


def prefixes(files: dict[str, bytes]) -> bool:
    """Tell whether a name is the folder of another one."""
    return any(other.startswith(f"{name}/") for name in files for other in files)


@given(FILES)
def test_a_zip_file_reads_back_here_and_elsewhere(files: dict[str, bytes]) -> None:
    """What was written is read back without a fault, and Python's own zipfile reads the same and finds every checksum right."""
    out = io.BytesIO()
    stored.write(out, {name: held.of_bytes(data) for name, data in files.items()})
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
    with TemporaryDirectory() as top:
        path = Path(top, "proof.zip")
        path.write_bytes(out.getvalue())
        found = stored.read(path)
        assert found.faults == ()
        assert {name: held.content(part, 100) for name, part in found.parts.items()} == files


@given(FILES.filter(lambda files: not prefixes(files)))
def test_a_folder_holds_what_was_put(files: dict[str, bytes]) -> None:
    """A folder that was put is read back as it was."""
    with TemporaryDirectory() as top:
        placed.put({name: held.of_bytes(data) for name, data in files.items()}, Path(top, "proof"))
        found = held.in_folder(Path(top, "proof"))
        assert {name: held.content(part, 100) for name, part in found.parts.items()} == files
        assert found.faults == ()
        assert [file.name for file in Path(top).iterdir()] == ["proof"]


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a//b", ".x", "a/.b", "-x", "a b", "a\\b", "ä", "a/b/c/d", "x" * 121, "", "a:b", "a/.."]
)
def test_a_name_never_leads_elsewhere(name: str) -> None:
    """Names that lead out of a proof, hide, or surprise some file system are none of a proof."""
    assert held.misnamed(name)


def test_a_proof_that_does_not_fit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a zip file can hold is refused before a byte is written, with what to do."""
    monkeypatch.setattr(stored, "LARGEST", 100)
    with pytest.raises(UsageError, match="too large for a zip file"):
        placed.put({"a": held.of_bytes(bytes(100))}, tmp_path / "proof.zip")
    monkeypatch.setattr(placed, "MEMBERS", 1)
    with pytest.raises(UsageError, match="too large"):
        placed.put({"a": held.of_bytes(b""), "b": held.of_bytes(b"")}, tmp_path / "proof")
    assert list(tmp_path.iterdir()) == []


def composed_zip(members: list[tuple[str, bytes, int]], gap: bytes = b"", shift: int = 0) -> bytes:
    """Give a zip file whose records fit one another, with its members in any order, with any checksum, gap or offset."""
    body, rows = b"", b""
    for name, data, crc in members:
        member = stored._Member(name.encode(), crc, len(data), len(body))
        rows += stored._row(member._replace(offset=member.offset + shift))
        body += stored._local(member) + data
    return body + gap + rows + stored._end(len(members), len(rows), len(body) + len(gap))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (composed_zip([("b", b"2", zlib.crc32(b"2")), ("a", b"1", zlib.crc32(b"1"))]), "do not stand in the order"),
        (composed_zip([("a", b"1", zlib.crc32(b"1"))], gap=b"hidden"), "has 6 bytes too many"),
        (composed_zip([("a", b"1", zlib.crc32(b"1"))], shift=4), "stands at byte 4 of the zip file, and 0 is due"),
    ],
    ids=["order", "gap", "offset"],
)
def test_a_zip_file_that_fits_itself_has_one_form_all_the_same(tmp_path: Path, content: bytes, said: str) -> None:
    """What another program could have written as well, with the same files in it, is told."""
    (tmp_path / "proof.zip").write_bytes(content)
    assert any(said in fault for fault in stored.read(tmp_path / "proof.zip").faults)


def test_a_checksum_that_fits_its_records_but_not_its_bytes_is_told(made: Path, tmp_path: Path) -> None:
    """The checksum in a zip file is compared with the bytes, not only with its other copy."""
    parts = stored.read(made / "proof.zip").parts
    members = [(name, held.content(part, 1 << 30), part.crc or 0) for name, part in parts.items()]
    assert composed_zip(members) == (made / "proof.zip").read_bytes()
    name, data, crc = members[-1]
    (tmp_path / "proof.zip").write_bytes(composed_zip([*members[:-1], (name, data, crc ^ 1)]))
    (fault,) = verify.verify(tmp_path / "proof.zip").faults
    assert (fault.name, fault.what) == (name, "its checksum in the zip file is not that of its bytes")
