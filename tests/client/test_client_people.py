# SPDX-License-Identifier: Apache-2.0
"""Promises about the client as a person uses it: what keys may not do, files that come back, and work that is followed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

import staffed
import worked
from debar.client import Client, ProblemError, calling
from debar.errors import SourceError, UsageError
from debar.model.deeds import Ask
from debar.model.vocab import Verdict
from debar.model.vocab.portfolio import Asking, JobState, Role
from debar.portfolio import people, running
from debar.portfolio.estates import PROGRAM
from served import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from served import Service

URL = "http://127.0.0.1:8300"
PASSWORD = "a long enough word"
ESTATE = Path(__file__).parents[2] / "examples" / "estate" / "inventory"


class Through(httpx2.BaseTransport):
    """Requests of the client, given to the application as it is under test, which hears no more than they hold."""

    def __init__(self, service: Service) -> None:
        """Take the service."""
        self._client = service.nobody()
        del self._client.headers["sec-fetch-site"]

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Give what the application answers."""
        self._client.cookies.clear()
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        found = self._client.request(request.method, str(request.url), content=request.read(), headers=headers)
        return httpx2.Response(found.status_code, headers=list(found.headers.multi_items()), content=found.content)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give the seconds that would have been waited."""
    found: list[float] = []
    monkeypatch.setattr(calling, "pause", found.append)
    return found


def person(service: Service, email: str) -> Client:
    """Give the client of somebody who signs in."""
    people.set_password(service.portfolio, PROGRAM, people.by_email(service.portfolio, email).id, PASSWORD)
    return Client(URL, transport=Through(service)).sign_in(email, PASSWORD)


def member(service: Service, role: Role) -> Client:
    """Give the client of the person with a role."""
    return person(service, staffed.address("alpha", role))


@pytest.fixture
def program(service: Service) -> Iterator[Client]:
    """Give a client with the key of an analyst."""
    with Client(URL, service.key(Role.ANALYST), transport=Through(service)) as found:
        yield found


def soon() -> str:
    """Give a day in a month."""
    return (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


def test_what_one_asks_for_another_approves(service: Service, program: Client) -> None:
    """A key asks and withdraws; a person approves what it asked for, and ends it; no key does."""
    worked.send(service.portfolio, service.estate(), {"programs.csv": (ESTATE / "windows-programs.csv").read_bytes()})
    worked.at_once(service.portfolio)
    assert running.run(service.portfolio, service.estate())
    first, second, third = [one.id for one in program.exposures()][:3]

    def wanted(id_: str) -> Ask:
        return Ask(verdict=Verdict.FALSE_POSITIVE, exposures=(id_,), reason="looked at", expires=soon())

    made = program.ask(wanted(first))
    with pytest.raises(ProblemError) as raised:
        program.approve(made.id)
    assert raised.value.status == 403
    with member(service, Role.APPROVER) as approver:
        assert approver.me().csrf
        assert approver.approve(made.id, "seen").state is Asking.APPROVED
        assert approver.end(made.id, "it came back").answer
        assert approver.refuse(program.ask(wanted(second)).id, "look again").state is Asking.REFUSED
        assert program.withdraw(program.ask(wanted(third)).id).state is Asking.WITHDRAWN
        approver.sign_out()
        with pytest.raises(ProblemError) as raised:
            approver.overview()
        assert raised.value.status == 401
    assert program.me().csrf == ""


def test_an_admin_looks_after_the_organisation(service: Service) -> None:
    """Members, keys, facts and the log, as on the pages."""
    with member(service, Role.ADMIN) as admin:
        joined = admin.add_member("new@alpha.example", Role.VIEWER, "Nell New")
        assert admin.set_role(joined.person, Role.ANALYST) == admin.member(joined.person)
        admin.remove_member(joined.person)
        assert joined.person not in [one.person for one in admin.members()]
        made = admin.make_key("agent", Role.VIEWER, soon())
        assert admin.key(made.key.prefix) == made.key
        with Client(URL, made.secret, transport=Through(service)) as program:
            assert program.tenant().id == "alpha"
            admin.revoke_key(made.key.prefix)
            with pytest.raises(ProblemError, match="401"):
                program.tenant()
        assert admin.set_facts(admin.facts()) == admin.facts()
        assert admin.rename("Firm Alpha").name == admin.tenant().name == "Firm Alpha"
        assert {"member.role", "key.made", "organisation.renamed"} <= {one.action for one in admin.changes(page_size=2)}
        assert not list(admin.folders())
        assert not list(admin.hooks())


def test_whoever_runs_the_whole(service: Service) -> None:
    """They make accounts and organisations, and see of none what it holds."""
    with person(service, OPERATOR) as operator:
        made = operator.make_account("ann@gamma.example", "Ann Admin", password=PASSWORD)
        assert operator.make_organisation("Gamma", admin=made.id).id == "gamma"
        assert "gamma" in [one.id for one in operator.tenants()]
        assert operator.account(made.id) in list(operator.accounts())
        assert not operator.change_account(made.id, is_active=False).is_active
        assert made.id in {one.about for one in operator.shared_changes()}
        with pytest.raises(UsageError, match="which organisation"):
            operator.overview()


def test_a_wrong_password_opens_nothing(service: Service) -> None:
    """It is told, and nothing is asked under it."""
    with (
        Client(URL, transport=Through(service)) as client,
        pytest.raises(ProblemError, match="do not belong") as raised,
    ):
        client.sign_in(staffed.address("alpha", Role.VIEWER), "wrong")
    assert raised.value.status == 403


def test_files_come_back(program: Client, tmp_path: Path) -> None:
    """What was sent comes back as it was, whole or not at all."""
    upload = program.upload(ESTATE / "protection-state.csv")
    assert (
        program.download_upload(upload.id, tmp_path / "back.csv").read_bytes()
        == (ESTATE / "protection-state.csv").read_bytes()
    )
    paper = program.send_paper(ESTATE / "protection-state.csv", "notice.txt")
    assert program.download_paper(paper.sha256, str(tmp_path / "notice.txt")).stat().st_size == paper.size
    program.remove_paper(paper.sha256)
    with pytest.raises(ProblemError, match="404"):
        program.download_proof("proof-1", tmp_path / "proof.zip")
    with pytest.raises(SourceError):
        program.download_upload(upload.id, tmp_path / "nowhere" / "back.csv")
    with pytest.raises(SourceError):
        program.verify_proof(tmp_path / "nothing.zip")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["back.csv", "notice.txt"]
    assert not program.verify_proof(ESTATE / "protection-state.csv").intact


def test_two_runs_are_compared(service: Service, program: Client) -> None:
    """What a later run found that the earlier had not is new, and runs are named by id or from the last."""
    names = [("programs.csv", "windows-programs.csv"), ("state.csv", "protection-state.csv")]
    for name, file in names:
        worked.send(service.portfolio, service.estate(), {f"second/{name}": (ESTATE / file).read_bytes()})
        worked.at_once(service.portfolio)
        running.run(service.portfolio, service.estate())
    kept = list(program.runs())
    assert len(kept) > 1
    found = program.compare_runs(kept[1].id)
    assert (found.before.run, found.after.run) == (kept[1].id, kept[0].id)
    assert program.compare_runs().new == found.new
    for word in ("latest~99", "run-0000", "x" * 900):
        with pytest.raises(ProblemError) as raised:
            program.compare_runs(word)
        assert raised.value.status == 422


def test_jobs_are_followed(pauses: list[float]) -> None:
    """Each event is a job; a stream that ends or breaks is opened again, and what is refused is told."""

    def event(state: str) -> bytes:
        job = '{"id":"j","organisation":"a","kind":"run","about":"","created_by":"","created_at":"","state":"%s"}'
        return b"retry: 3000\n\n: nothing new\n\nid: j\nevent: x\ndata: " + (job % state).encode() + b"\n\n"

    answers: list[httpx2.Response | Exception] = [
        httpx2.Response(200, content=event("queued") + event("running")),
        httpx2.ReadError("cut"),
        httpx2.Response(503),
        httpx2.Response(200, content=event("done")),
        httpx2.Response(401),
    ]

    def handle(_: httpx2.Request) -> httpx2.Response:
        one = answers.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    heard: list[JobState] = []
    client = Client(URL, "k", organisation="a", transport=httpx2.MockTransport(handle))
    with client, pytest.raises(ProblemError) as raised:
        for job in client.follow():
            heard.append(job.state)  # noqa: PERF401 - those before the fault are kept
    assert raised.value.status == 401
    assert heard == [JobState.QUEUED, JobState.RUNNING, JobState.DONE]
    assert len(pauses) == 4
