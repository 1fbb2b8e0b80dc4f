# SPDX-License-Identifier: Apache-2.0
"""`debar serve`: as a process that somebody starts, uses and ends."""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from debar.cli import main
from debar.cli import serve as verb

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "seven quiet otters in a row"


class Served(NamedTuple):
    """A service that runs in a process of its own."""

    process: subprocess.Popen[str]
    url: str
    said: list[str]

    def heard(self, pattern: str) -> re.Match[str]:
        """Give what it said, once it says it."""
        for _ in range(600):
            for line in tuple(self.said):
                if found := re.search(pattern, line):
                    return found
            assert self.process.poll() is None, self.said
            time.sleep(0.05)
        raise AssertionError(self.said)

    def workers(self) -> list[int]:
        """Give the processes that it began."""
        found = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for file in found for pid in file.read_text().split()]


def begun(store: Path, *more: str) -> Served:
    """Begin a service on a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "debar", "serve", "--store", str(store), "--listen", f"127.0.0.1:{port}", *more]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEBAR_")}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)
    served = Served(process, f"http://127.0.0.1:{port}", [])

    def each() -> None:
        assert process.stderr
        with process.stderr:
            for line in process.stderr:
                served.said.append(line)

    threading.Thread(target=each, daemon=True).start()
    return served


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Give a new service."""
    found = begun(tmp_path / "store", "--workers", "1", "--processes", "1")
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.process.kill()
        found.process.wait(30)


@pytest.mark.slow
def test_a_service_is_begun_used_and_ended(served: Served, tmp_path: Path) -> None:
    """The first start prints a token by which the first account is made; SIGTERM ends it and its workers; the next has no token."""
    import httpx2

    served.heard(r"serving http")
    token = served.heard(r"/set-up\?token=(\S+)").group(1)
    with httpx2.Client(base_url=served.url, headers={"sec-fetch-site": "same-origin"}) as client:
        form = {
            "token": token,
            "name": "Ann",
            "email": "ann@example.org",
            "password": PASSWORD,
            "organisation": "Northwind",
        }
        assert client.post("/set-up", data=form).status_code == 303
        assert client.get("/account").status_code == 200
        assert client.get("/account", headers={"host": "evil.example"}).status_code == 421
    workers = served.workers()
    assert len(workers) == 1
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(30) == 0
    assert not any(is_alive(pid) for pid in workers)
    written = "".join(served.said)
    assert "POST /set-up 303" in written
    assert PASSWORD not in written
    assert written.count(token) == 1
    again = begun(tmp_path / "store", "--workers", "1", "--quiet")
    again.heard(r"serving http")
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(30) == 0
    assert "set-up" not in "".join(again.said)


@pytest.mark.slow
def test_a_worker_that_dies_is_begun_again(served: Served) -> None:
    """A killed worker is followed by another while the service goes on."""
    served.heard(r"serving http")
    (first,) = served.workers()
    os.kill(first, signal.SIGKILL)
    for _ in range(200):
        if (now := served.workers()) and now != [first] and is_alive(now[0]):
            break
        time.sleep(0.1)
    else:
        raise AssertionError("no other worker was begun")
    assert served.process.poll() is None


def is_alive(pid: int) -> bool:
    """Tell whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_address_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where something else listens, nothing is served, the message says where, and no log of requests is left behind."""
    before = logging.getLogger("debar.web").handlers
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--store", str(tmp_path / "x"), "--listen", f"127.0.0.1:{port}"]) == 2
    assert f"127.0.0.1:{port}: Address already in use" in capsys.readouterr().err
    assert logging.getLogger("debar.web").handlers == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--listen", "0.0.0.0:8300"), "by which address"),
        (("--listen", "[::]:8300"), "by which address"),
        (("--listen", "127.0.0.1:99999"), "no address and port"),
        (("--listen", "localhost"), "no address and port"),
        (("--url", "https://debar.example.org/sub"), "no address of a service"),
        (("--url", "ftp://debar.example.org"), "no address of a service"),
        (("--url", "https://user@debar.example.org"), "no address of a service"),
        (("--workers", "0"), "no number"),
        (("--workers", "1000"), "no number"),
        (("--rate", "-1"), "no number"),
        (("--behind", "proxy"), "no address"),
        (("--oidc-client-id", "debar"), "--oidc-issuer is not said"),
        (("--oidc-issuer", "http://id.example.org"), "no issuer"),
        (("--oidc-issuer", "https://id.example.org"), "--oidc-client-id is not said"),
        (("--oidc-client-secret-file", "/nowhere/secret"), "/nowhere/secret: No such file"),
        (("--data-root", "/nowhere"), "is no directory"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    """Options that cannot be meant are wrong usage, and no portfolio is made for them."""
    assert main(["serve", "--store", str(tmp_path / "store"), *arguments]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "store").exists()


def test_without_its_libraries_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the extra debar tells how to get it."""
    monkeypatch.setattr(verb, "find_spec", lambda name: None if name == "uvicorn" else object())
    assert main(["serve"]) == 4
    assert "uvicorn\n  hint: pip install 'debar[serve]'" in capsys.readouterr().err
