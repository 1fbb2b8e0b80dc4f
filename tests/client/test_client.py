# SPDX-License-Identifier: Apache-2.0
"""Promises about the client: it gives the nouns of debar, asks again where that helps, and does nothing twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx2
import pytest

import worked
from debar.client import Client, ProblemError, calling, sending
from debar.errors import SourceError, UsageError
from debar.model.deeds import Ask
from debar.model.portfolio import Job, Upload
from debar.model.viewed import ExposureRow
from debar.model.vocab import Verdict
from debar.model.vocab.portfolio import JobState, Role
from debar.portfolio import running, uploads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served import Service

KEY = "debar_0123456789ab." + "s" * 43
URL = "http://127.0.0.1:8300"


class Through(httpx2.BaseTransport):
    """Requests of the client, given to the application as it is under test."""

    def __init__(self, service: Service) -> None:
        """Take the service."""
        self._client = service.nobody()
        self.asked: list[tuple[str, str]] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Give what the application answers."""
        self.asked.append((request.method, request.url.path))
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        found = self._client.request(request.method, str(request.url), content=request.read(), headers=headers)
        return httpx2.Response(found.status_code, headers=list(found.headers.items()), content=found.content)


def answering(*answers: httpx2.Response | Exception) -> tuple[httpx2.MockTransport, list[httpx2.Request]]:
    """Give what answers in this order, and what it was asked."""
    waiting, asked = list(answers), list[httpx2.Request]()

    def handle(request: httpx2.Request) -> httpx2.Response:
        request.read()
        asked.append(request)
        one = waiting.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    return httpx2.MockTransport(handle), asked


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the seconds that would have been waited."""
    found: list[float] = []
    monkeypatch.setattr(calling, "pause", found.append)
    return found


@pytest.fixture
def client(service: Service) -> Iterator[Client]:
    """Give a client with the key of an analyst."""
    with Client(URL, service.key(Role.ANALYST), transport=Through(service)) as found:
        yield found


def test_rows_are_nouns_over_all_pages(service: Service, client: Client) -> None:
    """A list is walked to its end, and its rows are structs."""
    from pathlib import Path

    estate = Path(__file__).parents[2] / "examples" / "estate" / "inventory" / "windows-programs.csv"
    worked.send(service.portfolio, service.estate(), {"programs.csv": estate.read_bytes()})
    worked.at_once(service.portfolio)
    assert running.run(service.portfolio, service.estate())
    every = list(client.exposures(page_size=1))
    assert every and all(isinstance(one, ExposureRow) for one in every)
    assert len({one.id for one in every}) == len(every) == client.overview().counts.exposures
    assert client.exposure(every[0].id).row == every[0]
    assert [one.exposures for one in client.exposure_groups("status")]
    assert {one.party for one in client.parties()} == {one.party for one in every}
    assert list(client.assets())
    assert list(client.measures())
    assert list(client.sources())
    assert list(client.runs())
    assert client.report().exposures
    assert client.coverage().run
    assert client.remark(every[0].id, "seen").text == "seen"
    assert [one.text for one in client.remarks(every[0].id)] == ["seen"]
    wanted = Ask(
        verdict=Verdict.CONFIRMED, exposures=(every[0].id,), reason="seen on the machine", expires="2027-06-30"
    )
    assert client.reach(wanted) == 1
    assert client.decision(client.ask(wanted).id).count == 1


def test_the_organisation_is_that_of_the_key(service: Service, client: Client) -> None:
    """Nobody has to name it; another one is not there."""
    assert client.organisation == "alpha"
    assert client.tenant().id == "alpha"
    assert client.me().roles == {"alpha": Role.ANALYST}
    with (
        Client(URL, service.key(), organisation="beta-2", transport=Through(service)) as other,
        pytest.raises(ProblemError) as raised,
    ):
        other.overview()
    assert raised.value.status == 404
    assert raised.value.problem.instance.endswith("/beta-2/overview")


def test_a_file_is_sent_once(service: Service, tmp_path: Path) -> None:
    """What the service has already is named by its digest, and not sent again."""
    file = tmp_path / "bom.json"
    file.write_bytes(b"{}" * 1_000_000)
    through, went = Through(service), list[int]()
    with Client(URL, service.key(Role.ANALYST), transport=through) as client:
        first = client.upload(file, "a/bom.json", went.append)
        assert sum(went) == first.size == 2_000_000
        second = client.upload(file, "b/bom.json", went.append)
        assert sum(went) == 2_000_000
        assert (second.sha256, second.name) == (first.sha256, "b/bom.json")
        assert client.upload(str(file), "a/bom.json").id == first.id
        assert client.uploaded(first.id) == first
        client.remove_upload(first.id)
        assert first.id not in [one.id for one in client.uploads()]
    assert [path.rpartition("/")[2] for method, path in through.asked if method == "POST"] == [
        "known",
        "uploads",
        "known",
        "known",
    ]
    assert uploads.content(service.estate(), first).read_bytes() == file.read_bytes()


def test_what_a_file_lacks(client: Client, tmp_path: Path) -> None:
    """A file that is not there is an error of the file, a stream without a name one of usage."""
    with pytest.raises(SourceError):
        client.upload(tmp_path / "nothing")
    with pytest.raises(UsageError), (tmp_path / "x").open("w+b") as opened:
        client.upload(opened)


def test_names_are_matched(client: Client) -> None:
    """Names are compared with the parties of the register."""
    found = client.match({"q": "Kaspersky Lab", "n": "Northwind Traders of Nowhere"}, limit=1)
    assert found.responses["q"].results[0].id == "kaspersky"
    assert found.responses["q"].results[0].match
    assert found.responses["n"].results == ()
    assert client.catalog().current[0] == "register"


def test_asked_again_where_that_helps(pauses: list[float]) -> None:
    """Nobody, too often, and a database that is away: asked again, under the same key; the service says when."""
    job = {
        "id": "job-1",
        "organisation": "a",
        "kind": "run",
        "about": "",
        "state": "queued",
        "created_by": "",
        "created_at": "",
    }
    transport, asked = answering(
        httpx2.ConnectError("no"),
        httpx2.Response(503, headers={"retry-after": "7"}),
        httpx2.Response(429, headers={"retry-after": "soon"}),
        httpx2.Response(202, json=job),
    )
    with Client(URL, KEY, organisation="a", transport=transport) as client:
        assert client.make_run().id == "job-1"
    assert len({request.headers["idempotency-key"] for request in asked}) == 1
    assert len(asked) == 4
    assert pauses[1] == 7
    assert 0.25 <= pauses[0] <= 0.5 and 1 <= pauses[2] <= 2


def test_given_up_in_the_end(pauses: list[float]) -> None:
    """Where nothing helps the problem is told, as the service tells it or as far as it is known."""
    transport, asked = answering(*[httpx2.ReadTimeout("slow")] * 3)
    with (
        Client(URL, KEY, organisation="a", retries=2, transport=transport) as client,
        pytest.raises(ProblemError) as raised,
    ):
        client.overview()
    assert (raised.value.status, raised.value.exit_code, len(asked)) == (503, 4, 3)
    assert "slow" in raised.value.message
    transport, _ = answering(httpx2.Response(502, text="<html>"))
    with (
        Client(URL, KEY, organisation="a", retries=0, transport=transport) as client,
        pytest.raises(ProblemError) as raised,
    ):
        client.overview()
    assert raised.value.status == 502


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 413, 422, 500])
def test_not_asked_again_where_it_does_not(status: int) -> None:
    """What is refused once is refused again: it is told at once, with its hint."""
    problem = {
        "type": "about:blank",
        "title": "T",
        "status": status,
        "detail": "d",
        "instance": "/",
        "hint": "h",
        "new": 1,
    }
    transport, asked = answering(httpx2.Response(status, json=problem))
    with Client(URL, KEY, organisation="a", transport=transport) as client, pytest.raises(ProblemError) as raised:
        client.overview()
    assert (raised.value.status, raised.value.hint, len(asked)) == (status, "h", 1)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"<html>", b'{"counts": 1}'])
def test_a_strange_answer_is_a_problem(content: bytes) -> None:
    """What is no answer of debar is told as that, and nothing is made of it."""
    transport, _ = answering(httpx2.Response(200, content=content))
    with (
        Client(URL, KEY, organisation="a", transport=transport) as client,
        pytest.raises(ProblemError, match="release"),
    ):
        client.overview()


@pytest.mark.parametrize(
    "url",
    [
        "http://debar.example.org",
        "ftp://x",
        "debar.example.org",
        "https://",
        "https://a:b@c",
        "https://x?y=1",
        "https://[",
        "",
    ],
)
def test_a_key_goes_over_https(url: str) -> None:
    """No key is sent in clear to another machine, nor to what is no address."""
    with pytest.raises(UsageError):
        Client(url, KEY)


def test_a_key_follows_nobody() -> None:
    """An answer that leads elsewhere is a problem: the key is not sent there."""
    transport, asked = answering(httpx2.Response(307, headers={"location": "https://elsewhere.example"}))
    with Client(URL, KEY, organisation="a", transport=transport) as client, pytest.raises(ProblemError):
        client.overview()
    assert len(asked) == 1


def test_what_is_sent_carries_the_key_and_says_who_asks() -> None:
    """The key stands in a header, never in an address."""
    transport, asked = answering(httpx2.Response(200, json={"items": [], "next_page_token": "", "total": 0}))
    with Client(f"{URL}/", KEY, organisation="a b", transport=transport) as client:
        assert list(client.exposures(status=("prohibited", "required"), aside=True, party="")) == []
    (request,) = asked
    assert request.headers["x-api-key"] == KEY
    assert request.headers["user-agent"].startswith("debar/")
    assert (
        str(request.url) == f"{URL}/api/v1/organisations/a%20b/exposures?status=prohibited&status=required&aside=true"
    )


def test_jobs_are_waited_for(pauses: list[float]) -> None:
    """Until a job is over it is looked at, less and less often; whoever waits hears how far it is."""

    def job(state: str, done: int = 0) -> httpx2.Response:
        said = {"id": "j", "organisation": "a", "kind": "run", "about": "", "created_by": "", "created_at": ""}
        return httpx2.Response(200, json={**said, "state": state, "done": done, "of": 9})

    transport, _ = answering(job("queued"), job("running", 3), job("running", 6), job("done", 9))
    heard: list[Job] = []
    with Client(URL, KEY, organisation="a", transport=transport) as client:
        assert client.wait("j", told=heard.append).state is JobState.DONE
    assert [one.done for one in heard] == [0, 3, 6]
    assert pauses == sorted(pauses)


def test_a_stream_is_sent_once(pauses: list[float]) -> None:
    """What comes from a pipe cannot be sent again: where it fails that is told."""
    import io

    transport, asked = answering(httpx2.ReadError("gone"))
    with Client(URL, KEY, organisation="a", transport=transport) as client, pytest.raises(ProblemError, match="gone"):
        client.upload(io.BytesIO(b"abc"), "stdin.json")
    assert len(asked) == 1


def test_a_file_that_is_sent_again_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is sent again from its beginning, with its length."""
    file = tmp_path / "x"
    file.write_bytes(b"a" * 3_000_000)
    upload = {"id": "u", "name": "x", "sha256": sending.digest(file), "size": 3_000_000, "added_by": "", "added_at": ""}
    transport, asked = answering(
        httpx2.Response(404, json={"type": "about:blank", "title": "", "status": 404, "detail": "", "instance": ""}),
        httpx2.WriteError("cut"),
        httpx2.Response(201, json=upload),
    )
    went: list[int] = []
    with Client(URL, KEY, organisation="a", transport=transport) as client:
        assert isinstance(client.upload(file, told=went.append), Upload)
    assert [request.headers.get("content-length") for request in asked[1:]] == ["3000000", "3000000"]
    assert json.loads(asked[0].content)["name"] == "x"
    assert asked[2].content == file.read_bytes()
    assert went.count(0) == 2
