# SPDX-License-Identifier: Apache-2.0
"""Promises about lists that were uploaded to be asked for names: whatever one does, it does to the process that reads it."""

from __future__ import annotations

import io
import threading
import zipfile
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab.portfolio import Role
from debar.portfolio import listing, uploads
from debar.portfolio.limits_of_work import Limits
from debar.web.api import listed

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from served import Service

GB = 1 << 30
QUERY = {"queries": {"q": {"properties": {"name": "Hytera Communications"}}}}
LIST = b"name,country\nHytera Communications Corporation,CN\n"


def workbook() -> bytes:
    """Give a workbook whose sheet unpacks to 4 GB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            block = b"<row><c><v>name</v></c></row>" * 40_000
            for _ in range(200):
                sheet.write(block)
    return file.getvalue()


HOSTILE = {
    "nothing": b"",
    "noise": bytes(range(256)) * 100,
    "deep": b'{"a":' * 200_000,
    "deep lists": b"[" * 1_000_000,
    "entities": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><sdnList>&j;</sdnList>",
    "a file of the machine": b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><sdnList>&a;</sdnList>',
    "one line": b"name" + b"," * 5_000_000,
    "one cell": b'name\n"' + b"a" * 8_000_000,
    "many quotes": b"name\n" + b'"' * 3_000_000,
    "a workbook": workbook(),
}


@pytest.fixture
def program(service: Service) -> TestClient:
    """Give a program that may read."""
    return service.program(Role.VIEWER)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_list_is_none(service: Service, program: TestClient, what: str) -> None:
    """It is told to be none, the second time without being read, and the register is asked as before."""
    upload = uploads.put(service.portfolio, service.estate(), f"{what}.csv", [HOSTILE[what]])
    first = program.post(f"/match/{upload.id}", json=QUERY)
    assert first.status_code in (200, 422), first.text
    if first.status_code == 422:
        assert "no list of parties" in first.json()["detail"]
        assert "root:" not in first.text
    assert program.post(f"/match/{upload.id}", json=QUERY).json() == first.json()
    assert program.post("/match/register", json=QUERY).status_code == 200


def test_what_was_found_to_be_none_is_not_read_again(
    service: Service, program: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that costs too much costs it once."""
    read: list[Path] = []

    def ready(file: Path) -> bytes:
        read.append(file)
        raise SourceError("took more than 45 seconds")

    monkeypatch.setattr(listing, "ready", ready)
    upload = uploads.put(service.portfolio, service.estate(), "slow.csv", [LIST + b"slow,CN\n"])
    for _ in range(3):
        assert "45 seconds" in program.post(f"/match/{upload.id}", json=QUERY).json()["detail"]
    assert len(read) == 1


def test_only_one_is_read_at_a_time(service: Service, program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for a list while one is being read hears when to ask again, and everybody else is answered."""
    begun, over = threading.Event(), threading.Event()
    ready = listing.ready

    def slow(file: Path) -> bytes:
        begun.set()
        assert over.wait(30)
        return ready(file)

    monkeypatch.setattr(listing, "ready", slow)
    one, other = (
        uploads.put(service.portfolio, service.estate(), f"{name}.csv", [LIST + name.encode()]) for name in "ab"
    )
    found: list[int] = []
    thread = threading.Thread(
        target=lambda: found.append(service.program(Role.VIEWER).post(f"/match/{one.id}", json=QUERY).status_code)
    )
    thread.start()
    assert begun.wait(30)
    for upload in (one, other):
        answer = program.post(f"/match/{upload.id}", json=QUERY)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "3")
    assert program.post("/match/register", json=QUERY).status_code == 200
    over.set()
    thread.join(60)
    assert found == [200]
    assert program.post(f"/match/{one.id}", json=QUERY).status_code == 200
    assert program.post(f"/match/{other.id}", json=QUERY).status_code == 200


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(memory=GB, cpu=30, clock=1), "took more than 1 seconds"),
        (Limits(memory=1 << 20, cpu=30, clock=45), "used more than|ended without a word"),
    ],
    ids=["clock", "memory"],
)
def test_limits_hold(tmp_path: Path, limits: Limits, said: str) -> None:
    """A list that takes longer, or needs more, is told to."""
    file = tmp_path / "list.csv"
    file.write_bytes(b"name,country\n" + b"".join(b"Company %d of Somewhere,CN\n" % n for n in range(60_000)))
    with pytest.raises(SourceError, match=said):
        listing.ready(file, limits)


def test_lists_at_hand_are_few(service: Service, program: TestClient) -> None:
    """Lists that nobody asks for make room for others, and are read again when somebody does."""
    every = [uploads.put(service.portfolio, service.estate(), f"l{n}.csv", [LIST + b"n%d,CN\n" % n]) for n in range(8)]
    for upload in (*every, every[0]):
        answer = program.post(f"/match/{upload.id}", json=QUERY)
        assert answer.status_code == 200, answer.text
    assert len(listed._AT_HAND._held) <= listed._LISTS
