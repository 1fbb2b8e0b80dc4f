# SPDX-License-Identifier: Apache-2.0
"""Promises about files: what is sent is what comes back, whichever way it was sent, and nothing that was refused is kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from debar.model.vocab.portfolio import JobKind, Role
from debar.portfolio import jobs, papers
from debar.web.app import application
from debar.web.settings import Settings

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from served import Service

HERE = "/api/v1/organisations/alpha"
CONTENT = bytes(range(256)) * 20_000


@pytest.fixture
def program(service: Service) -> TestClient:
    """Give a program that may send."""
    return service.program(Role.ANALYST)


def test_a_body_comes_back_as_it_was_sent(service: Service, program: TestClient) -> None:
    """The file is known by its digest, is read by a job, and comes back as a file that no browser opens."""
    made = program.post(f"{HERE}/uploads", params={"name": "a/ä b.bin"}, content=CONTENT)
    assert made.status_code == 201, made.text
    upload = made.json()
    assert (upload["name"], upload["sha256"], upload["size"]) == (
        "a/ä b.bin",
        hashlib.sha256(CONTENT).hexdigest(),
        len(CONTENT),
    )
    assert program.get(made.headers["location"]).json()["id"] == upload["id"]
    back = program.get(f"{made.headers['location']}/content")
    assert back.content == CONTENT
    assert back.headers["content-disposition"].startswith("attachment")
    assert back.headers["content-type"] == "application/octet-stream"
    waiting = jobs.listed(service.portfolio, service.estate(), kind=JobKind.READ).items
    assert [job.about for job in waiting] == [upload["id"]]
    again = program.post(f"{HERE}/uploads", params={"name": "a/ä b.bin"}, content=CONTENT)
    assert again.json() == upload
    assert program.delete(made.headers["location"]).status_code == 204
    assert program.get(f"{HERE}/uploads").json()["total"] == 0
    assert program.get(f"{HERE}/uploads", params={"is_removed": "true"}).json()["total"] == 1


def test_a_form_sends_several(program: TestClient) -> None:
    """Each part with a file name becomes an upload; other fields are left out."""
    files = [("file", ("one.csv", b"a\n1\n")), ("file", ("two.csv", b"b\n2\n"))]
    made = program.post(f"{HERE}/uploads/form", files=files, data={"csrf": "x"})
    assert made.status_code == 201, made.text
    assert [one["name"] for one in made.json()["items"]] == ["one.csv", "two.csv"]


def test_a_digest_stands_for_a_file(program: TestClient) -> None:
    """What was sent once is named by its digest; what never was has to be sent."""
    content = b"known\n"
    program.post(f"{HERE}/uploads", params={"name": "known.txt"}, content=content)
    digest = hashlib.sha256(content).hexdigest()
    made = program.post(f"{HERE}/uploads/known", json={"sha256": digest, "name": "other.txt"})
    assert (made.status_code, made.json()["size"]) == (201, len(content))
    missing = program.post(f"{HERE}/uploads/known", json={"sha256": "0" * 64, "name": "other.txt"})
    assert missing.status_code == 404


def test_what_is_too_large_is_refused_and_not_kept(service: Service) -> None:
    """By its length before anything is sent, and by what comes where no length is said."""
    settings = Settings(url=service.url, rate=0, largest_upload=2_000_000)
    program = service._replace(app=application(service.portfolio, settings)).program(Role.ANALYST)
    before = program.get(f"{HERE}/uploads").json()["total"]
    whole = program.post(f"{HERE}/uploads", params={"name": "x"}, content=b"a" * 2_000_001)
    assert whole.status_code == 413
    pieces = program.post(f"{HERE}/uploads", params={"name": "x"}, content=(b"a" * 100_000 for _ in range(21)))
    assert pieces.status_code in (413, 429), pieces.text
    assert program.get(f"{HERE}/uploads").json()["total"] == before


def test_a_paper_is_kept_under_its_digest(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same content again is the same paper; it comes back, and is taken out of what is read."""
    content = b"<p>The ministry prohibits the sale from 1 May 2027.</p>"
    made = program.post(f"{HERE}/papers", params={"name": "notice.html"}, content=content)
    assert made.status_code == 201, made.text
    assert made.json()["sha256"] == hashlib.sha256(content).hexdigest()
    assert program.post(f"{HERE}/papers", params={"name": "again.html"}, content=content).json() == made.json()
    assert program.get(f"{made.headers['location']}/content").content == content
    assert program.get(f"{HERE}/stories").status_code == 200
    assert program.delete(made.headers["location"]).status_code == 204
    monkeypatch.setattr(papers, "LARGEST", 1 << 20)
    large = program.post(f"{HERE}/papers", params={"name": "large"}, content=b"a" * ((1 << 20) + 1))
    assert large.status_code == 413


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_proof_is_refused(program: TestClient, content: bytes) -> None:
    """A proof that is none is a problem of whoever sent it, or a verdict that says so."""
    answer = program.post(f"{HERE}/proofs/verify", content=content)
    assert answer.status_code in (200, 422), answer.text
    assert answer.status_code == 422 or answer.json()["intact"] is False


def test_a_viewer_sends_nothing(service: Service) -> None:
    """Whoever may only read is refused before anything is read."""
    viewer = service.program(Role.VIEWER)
    for path in ("uploads?name=x", "uploads/form", "papers?name=x"):
        assert viewer.post(f"{HERE}/{path}", content=b"x").status_code == 403
