# SPDX-License-Identifier: Apache-2.0
"""Promises about a service of several processes: whoever is asked answers as the one process would."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx2
import pytest

import staffed
from debar.errors import UsageError
from debar.model.vocab.portfolio import Role
from debar.portfolio import databases, keys, people, sessions, tenants
from debar.store.places import place
from debar.web import serving
from debar.web.together import Together
from paged import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.portfolio.databases import Portfolio

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="one process is asked elsewhere")]
PROCESSES = 3
ASKED = 40
"""Times that something is asked by a connection of its own: one of three processes is left out once in ten million times."""

TRUSTED = httpx2.create_ssl_context()
"""Reading whom to trust takes longer than most answers, and nobody is asked for it here."""


class Several(NamedTuple):
    """A service of several processes, and its portfolio opened beside it."""

    process: subprocess.Popen[bytes]
    url: str
    portfolio: Portfolio

    def asked(self, path: str, times: int = ASKED, **headers: str) -> list[httpx2.Response]:
        """Give what it answers to many who ask the same."""
        return [httpx2.get(f"{self.url}{path}", headers=headers, timeout=30, verify=TRUSTED) for _ in range(times)]

    def servers(self) -> list[int]:
        """Give the processes that answer, without the first."""
        files = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        below = {int(pid) for file in files for pid in file.read_text().split()}
        return sorted(pid for pid in below if is_serving(pid))


def is_serving(pid: int) -> bool:
    """Tell whether a process is there, and answers beside another."""
    try:
        return b"debar.web.beside" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def is_gone(pid: int) -> bool:
    """Tell whether a process is no longer there."""
    return not is_serving(pid)


def has_one(several: Several) -> bool:
    """Tell whether one process answers beside the first."""
    return len(several.servers()) == 1


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Several]:
    """Give the service."""
    folder, port = tmp_path_factory.mktemp("several") / "p", free_port()
    with staffed.staffed(place(str(folder))) as portfolio:
        command = [sys.executable, "-m", "debar", "serve", "--store", str(folder), "--listen", f"127.0.0.1:{port}"]
        command += ["--processes", str(PROCESSES), "--workers", "1", "--quiet", "--rate", "20"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        found = Several(process, f"http://127.0.0.1:{port}", portfolio)
        try:
            until(lambda: len(found.servers()) == PROCESSES - 1)
            until(lambda: _answers(found))
            yield found
        finally:
            process.terminate()
            process.wait(60)


def _answers(several: Several) -> bool:
    with contextlib.suppress(httpx2.HTTPError):
        return all(one.status_code == 200 for one in several.asked("/readyz", 20))
    return False


def signed_in(portfolio: Portfolio, role: Role = Role.ADMIN) -> str:
    """Give the cookie of somebody who is signed in."""
    person = people.by_email(portfolio, staffed.address("alpha", role))
    return f"debar-session={sessions.begin(portfolio, person.id).token}"


def test_a_change_is_in_the_next_answer_of_every_process(several: Several) -> None:
    """Whichever process is asked after a change tells it, though all of them had kept the page; and so of a session that ended."""
    estate = staffed.estate(several.portfolio)
    cookie = signed_in(several.portfolio, Role.VIEWER)
    for number in range(3):
        name = f"Firm number {number}"
        tenants.rename(several.portfolio, estate, name)
        for answer in several.asked("/o/alpha/", ASKED, cookie=cookie):
            assert name in answer.text
        time.sleep(2)  # for the rate
    sessions.end(several.portfolio, cookie.partition("=")[2])
    assert {one.status_code for one in several.asked("/o/alpha/", cookie=cookie)} == {303}


def test_a_rate_is_that_of_all_processes(several: Several) -> None:
    """Two hundred requests at once are two hundred, whichever process takes them; the next is one too many."""
    soon = "2026-12-31" if time.gmtime().tm_year < 2026 else f"{time.gmtime().tm_year + 1}-01-31"
    _, secret = keys.make(several.portfolio, staffed.estate(several.portfolio), "quick", Role.VIEWER, _soon(soon))
    begun = time.monotonic()
    answers = several.asked("/api/v1/organisations/alpha/exposures", 420, **{"x-api-key": secret})
    took = time.monotonic() - begun
    passed = sum(one.status_code == 200 for one in answers)
    assert 200 <= passed <= 200 + 20 * took + 1
    assert {one.status_code for one in answers} == {200, 429} or took > 10


def _soon(day: str) -> str:
    from datetime import UTC, datetime, timedelta

    return min(day, (datetime.now(UTC) + timedelta(days=30)).date().isoformat())


def test_a_lock_is_that_of_all_processes(several: Several) -> None:
    """An account is locked after ten wrong passwords, however they are spread."""
    form, same = {"email": "nobody@example.org", "password": "wrong"}, {"sec-fetch-site": "same-origin"}
    answers = [
        httpx2.post(f"{several.url}/sign-in", data=form, headers=same, timeout=60, verify=TRUSTED).status_code
        for _ in range(14)
    ]
    assert answers == [403] * 10 + [429] * 4


def test_figures_are_those_of_all_processes(several: Several) -> None:
    """Whoever is asked for figures tells what all have answered."""
    time.sleep(5)

    def counted() -> int:
        text = httpx2.get(f"{several.url}/metrics").text
        line = next(line for line in text.splitlines() if 'route="/healthz",status="200"' in line)
        return int(line.rpartition(" ")[2])

    several.asked("/healthz", 1)
    time.sleep(2.5)
    before = counted()
    several.asked("/healthz", 30)
    until(lambda: counted() == before + 30, 15)
    assert "debar_workers 1" in httpx2.get(f"{several.url}/metrics").text


def test_a_process_that_is_killed_is_begun_again(several: Several) -> None:
    """The others answer meanwhile, and soon there are as many as before."""
    victim, *others = several.servers()
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in several.servers() and len(several.servers()) == PROCESSES - 1)
    assert set(others) <= set(several.servers())
    until(lambda: _answers(several))


def test_they_end_together(tmp_path: Path) -> None:
    """Asked to end, or killed: no process is left, and nothing of what they shared is where they ended by themselves."""
    with staffed.staffed(place(str(tmp_path / "p"))):
        pass
    for sent in (signal.SIGTERM, signal.SIGKILL):
        command = [sys.executable, "-m", "debar", "serve", "--store", str(tmp_path / "p"), "--quiet", "--workers", "1"]
        command += ["--listen", f"127.0.0.1:{free_port()}", "--processes", "2"]
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
        found = Several(process, "", None)  # type: ignore[arg-type]  # nobody asks it
        until(partial(has_one, found))
        time.sleep(1)
        (other,) = found.servers()
        process.send_signal(sent)
        assert process.wait(60) == (0 if sent is signal.SIGTERM else -signal.SIGKILL)
        until(partial(is_gone, other))
        if sent is signal.SIGTERM:
            assert not list(tmp_path.glob("debar-*"))


def test_an_address_that_is_taken_is_refused_to_several_as_well() -> None:
    """That sockets share an address does not let two services share it."""
    with serving.several(serving.Address("127.0.0.1", 0), 3) as first:
        port = first[0].getsockname()[1]
        assert {one.getsockname()[1] for one in first} == {port}
        with pytest.raises(UsageError, match="in use"), serving.several(serving.Address("127.0.0.1", port), 2):
            pass
        again = serving.another(first[1])
        assert again.getsockname()[1] == port
        again.close()


def test_a_portfolio_opened_twice_is_one(tmp_path: Path) -> None:
    """What one process has looked up of a caller is over when another has changed it."""
    with staffed.staffed(place(str(tmp_path))) as one, databases.opened(place(str(tmp_path))) as other:
        begun = sessions.begin(one, people.by_email(one, staffed.address("alpha", Role.VIEWER)).id)
        for portfolio in (one, other, one):
            assert sessions.caller(portfolio, begun.token)
        sessions.end(other, begun.token)
        assert sessions.caller(one, begun.token) is None
        assert Together().servers() == [os.getpid()]
