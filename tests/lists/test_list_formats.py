# SPDX-License-Identifier: Apache-2.0
"""Promises of opening lists: formats are told by content, and whatever is wrong is said with its file and place."""

import gzip
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listed_samples import DATA, read, written

from debar.errors import SourceError
from debar.lists import FORMATS, open_list

SAMPLES = {
    "ofac/SDN.CSV": "OFAC Specially Designated Nationals (SDN)",
    "ofac/CONS_PRIM.CSV": "OFAC consolidated list (non-SDN)",
    "ofac-xml/SDN.XML": "OFAC sanctions list",
    "csl/consolidated.csv": "US Consolidated Screening List",
    "csl/consolidated.json": "US Consolidated Screening List",
    "ftm/entities.ftm.json": "FollowTheMoney entities (some.dat)",
    "opensanctions/targets.simple.csv": "OpenSanctions targets (some.dat)",
    "uk/UK-Sanctions-List.csv": "UK Sanctions List",
    "uk/ConList.csv": "UK Consolidated List of OFSI",
    "eu/list.csv": "EU consolidated list of financial sanctions",
    "eu-xml/list.xml": "EU consolidated list of financial sanctions",
    "plain/suppliers.csv": "some.dat",
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_format_is_told_by_content(sample: str, tmp_path: Path) -> None:
    """A list under a name that says nothing is read as what it is."""
    assert open_list(written(tmp_path, (DATA / sample).read_bytes(), "some.dat")).name == SAMPLES[sample]


@pytest.mark.parametrize("sample", SAMPLES)
def test_compressed_list_is_the_same_list(sample: str, tmp_path: Path) -> None:
    """A list is read through gzip; only its digest is that of the file as it lies there."""
    plain = open_list(written(tmp_path, (DATA / sample).read_bytes(), "some.dat"))
    packed = open_list(written(tmp_path, gzip.compress((DATA / sample).read_bytes()), "some.dat"))
    assert packed.parties == plain.parties


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("sample", ["uk/UK-Sanctions-List.csv", "eu/list.csv", "plain/suppliers.csv", "ofac/SDN.CSV"])
def test_encoding_changes_nothing(sample: str, encoding: str, tmp_path: Path) -> None:
    """A table in UTF-16 or with a byte-order mark names the same parties."""
    data = (DATA / sample).read_bytes()
    there = read(tmp_path, data.decode("utf-8-sig").encode(encoding), "some.dat")
    assert there.parties == read(tmp_path, data, "some.dat").parties


def test_windows_letters_are_read(tmp_path: Path) -> None:
    """A table that is no UTF-8 is taken for the letters of Windows."""
    found = read(tmp_path, "name;country\nMüller Société;Türkei\n".encode("cp1252"))
    assert [party.names[0].text for party in found.parties] == ["Müller Société"]


def test_version_is_the_day_that_the_list_says_or_its_digest(tmp_path: Path) -> None:
    """Without a day in it, a list goes by the first digits of the digest of its file."""
    text = b"name\nExample Works\n"
    assert open_list(DATA / "uk/UK-Sanctions-List.csv").version == "2026-02-13"
    assert open_list(DATA / "uk/ConList.csv").version == "2025-12-15"
    assert open_list(DATA / "eu/list.csv").version == "2026-08-05"
    assert open_list(DATA / "eu-xml/list.xml").version == "2026-08-05"
    assert open_list(DATA / "ofac-xml/SDN.XML").version == "2026-06-22"
    assert read(tmp_path, text).version == sha256(text).hexdigest()[:12]


def test_version_of_several_files_changes_with_each(tmp_path: Path) -> None:
    """The version of an OFAC list is that of all of its files."""
    folder = Path(copytree(DATA / "ofac", tmp_path / "ofac"))
    before = open_list(folder / "SDN.CSV").version
    with (folder / "ALT.CSV").open("a") as file:
        file.write('36,1,"aka","SOME NAME",-0- \n')
    after = open_list(folder / "SDN.CSV").version
    assert (len(after), after != before) == (12, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "nothing is in it"),
        (b" \n\n", "nothing is in it"),
        (b'{"a": 1}', "JSON that is no list which debar knows"),
        (b"<html><body/></html>", "XML that is no list which debar knows"),
        (b"query,party_id\na,1\nb,2\nc,3\n", "no column of names is known in it; it begins with: query, party_id"),
        (b"name,country\n", "names nobody"),
        (b"name\n-\n...\n", "names nobody"),
        (b"PK\x03\x04 no archive", "an archive that is no workbook"),
    ],
)
def test_what_is_no_list_is_refused_with_its_file(text: bytes, message: str, tmp_path: Path) -> None:
    """The error names the file, what is wrong, and what to do."""
    path = written(tmp_path, text)
    with pytest.raises(SourceError) as raised:
        open_list(path)
    assert (raised.value.message, raised.value.path, bool(raised.value.hint)) == (message, str(path), True)


def test_missing_file_is_an_error_with_its_file(tmp_path: Path) -> None:
    """A file that is not there, and a folder, are told like any file that cannot be read."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(SourceError) as raised:
            open_list(path)
        assert raised.value.path == str(path)


def test_each_format_has_a_name_of_its_own() -> None:
    """Names of formats are told to users, so no two are the same."""
    found = [row.name for row in FORMATS]
    assert sorted(set(found)) == sorted(found)


@given(
    data=st.binary(max_size=400),
    begin=st.sampled_from([b"", b"name;alias\n", b'{"id":"","schema":"","properties":{', b"36,"]),
)
def test_any_bytes_are_a_list_or_an_error(data: bytes, begin: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever is in a file, it is read or refused; no other error leaves, and every party has a name."""
    path = written(tmp_path_factory.mktemp("any"), begin + data)
    try:
        found = open_list(path)
    except SourceError as e:
        assert e.path == str(path)
    else:
        assert all(party.names for party in found.parties)
