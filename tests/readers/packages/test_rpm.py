# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of RPM databases, in each of their forms, sound and broken."""

from __future__ import annotations

import sqlite3
import struct
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import load, named, sniff
from debar.readers.databases import rpm_headers
from debar.readers.packages import rpm
from opened import observed, opened, values

if TYPE_CHECKING:
    from pathlib import Path

NAME, VERSION, RELEASE, EPOCH, SUMMARY, VENDOR, PACKAGER, URL, FOLDERS = (
    1000,
    1001,
    1002,
    1003,
    1004,
    1011,
    1015,
    1020,
    1118,
)
STRING, STRINGS, TRANSLATED, INT = 6, 8, 9, 4


def header(*fields: tuple[int, int, bytes, int]) -> bytes:
    """Make a header of (tag, type, value, count)."""
    index, store = b"", b""
    for tag, kind, value, count in fields:
        index += struct.pack(">IIII", tag, kind, len(store), count)
        store += value
    return struct.pack(">II", len(fields), len(store)) + index + store


AGENT = header(
    (NAME, STRING, b"klnagent64\0", 1),
    (VERSION, STRING, b"14.2.0\0", 1),
    (RELEASE, STRING, b"35148\0", 1),
    (EPOCH, INT, struct.pack(">I", 3), 1),
    (SUMMARY, TRANSLATED, b"Network agent\0Administrationsagent\0", 2),
    (VENDOR, STRING, b"AO Kaspersky Lab\0", 1),
    (PACKAGER, STRING, b"Support <support@kaspersky.com>\0", 1),
    (URL, STRING, b"https://support.kaspersky.com/klnagent\0", 1),
    (FOLDERS, STRINGS, b"/usr/bin/\0/opt/kaspersky/klnagent64/\0/opt/\0", 3),
)
LONG = header((NAME, STRING, b"long\0", 1), (SUMMARY, STRING, b"x" * 2000 + b"\0", 1))
PLAIN = header((NAME, STRING, b"plain\0", 1), (VERSION, STRING, b"1\0", 1), (RELEASE, STRING, b"2\0", 1))


def ndb(*blobs: bytes) -> bytes:
    """Make a file Packages.db."""
    slots = struct.pack("<4sIIIIIII", b"RpmP", 0, 1, 1, len(blobs) + 1, 0, 0, 0)
    data = b""
    for number, blob in enumerate(blobs, 1):
        slots += struct.pack("<4sIII", b"Slot", number, (4096 + len(data)) // 16, 0)
        data += struct.pack("<4sIII", b"BlbS", number, 1, len(blob)) + blob
        data += b"\0" * (-len(data) % 16)
    return slots.ljust(4096, b"\0") + data


def berkeley(*blobs: bytes, order: str = "<", page: int = 512) -> bytes:
    """Make a Berkeley DB hash table whose values lie on chains of pages, after its record of the last number."""
    pages = [b"", b""]
    items = [b"\1" + struct.pack(f"{order}I", 0), b"\1" + struct.pack(f"{order}I", len(blobs))]
    for number, blob in enumerate(blobs, 1):
        parts = [blob[at : at + page - 26] for at in range(0, len(blob), page - 26)]
        items += [
            b"\1" + struct.pack(f"{order}I", number),
            b"\3\0\0\0" + struct.pack(f"{order}II", len(pages), len(blob)),
        ]
        for at, part in enumerate(parts):
            following = len(pages) + 1 if at < len(parts) - 1 else 0
            first = struct.pack(f"{order}8xIIIHHBB", len(pages), 0, following, 1, len(part), 0, 7)
            pages.append((first + part).ljust(page, b"\0"))
    table, starts, end = bytearray(page), [], page
    for item in items:
        end -= len(item)
        table[end : end + len(item)] = item
        starts.append(end)
    table[:26] = struct.pack(f"{order}8xIIIHHBB", 1, 0, 0, len(items), end, 0, 13)
    table[26 : 26 + 2 * len(starts)] = struct.pack(f"{order}{len(starts)}H", *starts)
    pages[1] = bytes(table)
    meta = struct.pack(f"{order}8xIIIIBBBBII", 0, 0x061561, 9, page, 0, 8, 0, 0, 0, len(pages) - 1)
    pages[0] = meta.ljust(page, b"\0")
    return b"".join(pages)


def sqlite(folder: Path, *blobs: bytes, more: str = "") -> bytes:
    """Make a file rpmdb.sqlite."""
    path = folder / "rpmdb.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)")
    connection.executemany("INSERT INTO Packages(blob) VALUES (?)", [(blob,) for blob in blobs])
    connection.executescript(more)
    connection.commit()
    connection.close()
    return path.read_bytes()


@pytest.mark.parametrize("form", ["sqlite", "ndb", "berkeley", "berkeley of a big-endian machine"])
def test_every_form_of_the_database_gives_the_same_packages(form: str, tmp_path: Path) -> None:
    """Whichever library keeps them, the packages and what betrays their makers are the same."""
    content = {
        "sqlite": lambda: sqlite(tmp_path, AGENT, PLAIN),
        "ndb": lambda: ndb(AGENT, PLAIN),
        "berkeley": lambda: berkeley(AGENT, PLAIN),
        "berkeley of a big-endian machine": lambda: berkeley(AGENT, PLAIN, order=">"),
    }[form]()
    (agent, plain), source = observed(rpm, content)
    assert (agent.label, agent.version, agent.meaning) == ("klnagent64", "3:14.2.0-35148", Meaning.INSTALLED)
    assert (plain.label, plain.version) == ("plain", "1-2")
    assert values(agent, Kind.PACKAGE) == ["klnagent64"]
    assert values(agent, Kind.PUBLISHER) == ["AO Kaspersky Lab", "Support"]
    assert values(agent, Kind.MAINTAINER_DOMAIN) == ["kaspersky.com"]
    assert values(agent, Kind.REFERENCE_DOMAIN) == ["support.kaspersky.com"]
    assert values(agent, Kind.PATH) == ["/opt/kaspersky/klnagent64/"]
    assert values(agent, Kind.TEXT) == ["Network agent"]
    assert (source.tally["packages"], source.losses) == (2, [])


@pytest.mark.parametrize("name", ["Packages", "Packages.db", "rpmdb.sqlite"])
def test_each_form_is_recognised(name: str, tmp_path: Path) -> None:
    """A database is told from its first bytes; one of SQLite by its name as well, for much else is SQLite."""
    content = {"Packages": berkeley(PLAIN), "Packages.db": ndb(PLAIN), "rpmdb.sqlite": sqlite(tmp_path, PLAIN)}[name]
    source = opened(content, f"web01/var/lib/rpm/{name}")
    reader, _ = sniff.find_reader(source)
    assert reader == named("rpm")
    assert [o.asset for o in load(reader)(source)] == ["web01"]


def test_sqlite_file_of_rpm_is_told_from_its_schema(tmp_path: Path) -> None:
    """Whatever it is called, a SQLite file is rpm's when it has the table of headers."""
    assert rpm.fits(opened(sqlite(tmp_path, PLAIN)))
    assert not rpm.fits(opened(b"SQLite format 3\0" + b"\0" * 4000))


def test_vendor_with_an_address_gives_both() -> None:
    """SUSE writes its address behind its name."""
    suse = header((NAME, STRING, b"a\0", 1), (VENDOR, STRING, b"SUSE LLC <https://www.suse.com/>\0", 1))
    ((package,), _) = observed(rpm, ndb(suse))
    assert values(package, Kind.PUBLISHER) == ["SUSE LLC"]
    assert values(package, Kind.REFERENCE_DOMAIN) == ["www.suse.com"]


def test_trusted_key_is_no_package() -> None:
    """A key says whose packages would be let in; it is left behind and has no package name."""
    key = header((NAME, STRING, b"gpg-pubkey\0", 1), (SUMMARY, STRING, b"Some Vendor public key\0", 1))
    ((found,), source) = observed(rpm, ndb(key))
    assert (found.label, found.meaning) == ("Some Vendor public key", Meaning.RESIDUE)
    assert values(found, Kind.PACKAGE) == []
    assert source.tally == {"keys": 1}


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\0" * 8,
        struct.pack(">II", 0xFFFFFFFF, 0xFFFFFFFF),
        AGENT[:-10],
        struct.pack(">II", 1, 0x7FFFFFFF) + b"\0" * 32,
    ],
    ids=["empty", "no entries", "entries without end", "truncated", "store larger than the header"],
)
def test_broken_header_is_refused(blob: bytes) -> None:
    """Sizes that lie are found out before anything is read by them."""
    with pytest.raises(rpm_headers.FaultyHeaderError):
        rpm_headers.header(blob)


def test_offsets_outside_the_header_give_nothing() -> None:
    """A tag that points outside, or runs over the end, is left out and the others stay."""
    blob = bytearray(header((NAME, STRING, b"a\0", 1), (VENDOR, STRING, b"x\0", 1), (URL, STRING, b"no end", 1)))
    blob[8 + 16 + 8 : 8 + 16 + 12] = b"\xff\xff\xff\xff"
    assert rpm_headers.header(bytes(blob)) == {"name": ["a"], "url": []}


def test_one_broken_header_costs_itself_only(tmp_path: Path) -> None:
    """A faulty package is lost with its place, and the next one is read."""
    found, source = observed(rpm, sqlite(tmp_path, b"rubbish", PLAIN))
    assert [o.label for o in found] == ["plain"]
    assert source.losses == [("package 1", "shorter than a header's first bytes")]


def test_chain_of_pages_in_a_circle_ends() -> None:
    """A value whose pages lead back to themselves is lost, once."""
    content = bytearray(berkeley(LONG, PLAIN))
    content[2 * 512 + 16 : 2 * 512 + 20] = struct.pack("<I", 2)
    found, source = observed(rpm, bytes(content))
    assert [o.label for o in found] == ["plain"]
    assert source.losses == [("page 1", "a value that is not whole")]


def test_berkeley_index_that_overlaps_is_lost() -> None:
    """Parts of a page that lie over each other are an attack on the memory, not a table."""
    content = bytearray(berkeley(PLAIN))
    content[512 + 26 : 512 + 28] = struct.pack("<H", 30)
    found, source = observed(rpm, bytes(content))
    assert found == []
    assert ("page 1", "an index that points outside its page") in source.losses


def test_truncated_berkeley_table_gives_what_is_there() -> None:
    """A file cut off inside a chain loses that package and is no crash."""
    found, source = observed(rpm, berkeley(PLAIN, LONG)[: 512 * 4])
    assert [o.label for o in found] == ["plain"]
    assert source.losses


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"RpmP\0\0", "ends inside its header"),
        (struct.pack("<4sIIII", b"RpmP", 7, 0, 0, 0), "version 7"),
        (b"rubbish", "not a Berkeley DB"),
        (struct.pack("<12xIII48x", 0x061561, 9, 3), "cannot have 3 bytes"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "not readable as a SQLite database"),
    ],
    ids=["truncated", "later version", "no table", "page of three bytes", "broken pages"],
)
def test_what_is_no_database_is_told(content: bytes, message: str) -> None:
    """Nothing readable is an error that says why."""
    with pytest.raises(SourceError, match=message):
        observed(rpm, content)


def test_slots_that_lie_are_lost() -> None:
    """A slot that points outside the file, or to another package's blob, is lost."""
    content = bytearray(ndb(PLAIN, AGENT))
    content[32 + 8 : 32 + 12] = struct.pack("<I", 0xFFFFFF)
    found, source = observed(rpm, bytes(content))
    assert [o.label for o in found] == ["klnagent64"]
    assert source.losses == [("byte 32", "a slot that points to no package")]


def test_view_in_place_of_the_table_is_refused(tmp_path: Path) -> None:
    """A view is code of whoever wrote the database; it is never run."""
    content = sqlite(
        tmp_path,
        more="""DROP TABLE Packages;
        CREATE VIEW Packages AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS hnum, x AS blob FROM n;""",
    )
    with pytest.raises(SourceError, match="without the table Packages"):
        observed(rpm, content)


def test_database_is_not_changed_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    """A database in write-ahead mode, as rpm writes it, is read without a log beside it and stays as it is."""
    content = sqlite(tmp_path, PLAIN, more="PRAGMA journal_mode = WAL;")
    found, _ = observed(rpm, content)
    assert [o.label for o in found] == ["plain"]
    assert (tmp_path / "rpmdb.sqlite").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["rpmdb.sqlite"]


def test_broken_page_ends_the_table_with_a_loss(tmp_path: Path) -> None:
    """Packages before a broken page are kept."""
    content = bytearray(sqlite(tmp_path, *[PLAIN + b"\0" * 3000] * 40))
    content[4096 * 12 :] = b"\xff" * (len(content) - 4096 * 12)
    found, source = observed(rpm, bytes(content))
    assert 0 < len(found) < 40
    assert "the rest is not readable" in source.losses[-1][1]
