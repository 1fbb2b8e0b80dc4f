# SPDX-License-Identifier: Apache-2.0
"""A database that is restarted while people and programs ask: each answer is a right one or a clean refusal, and it goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import httpx2
import pytest

import composed
import staffed
from debar.model.vocab.portfolio import JobState, Role
from debar.portfolio import databases, jobs, keys, uploads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.store.places import Place
    from postgresql import Server

pytestmark = pytest.mark.slow
RESTARTS = 5
READERS = 8
PAGES = ("/exposures", "/uploads", "/decisions", "/measures")


@contextlib.contextmanager
def served(where: Place, server: Server, name: str, log: Path) -> Iterator[str]:
    """Give the address of a service of its own process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "debar", "serve", "--store", f"{server.url}/{name}", "--lake", str(where.lake)]
    command += ["--listen", f"127.0.0.1:{port}", "--rate", "0", "--workers", "1", "--quiet"]
    with log.open("wb") as out:
        running = subprocess.Popen(command, stderr=out, env={**os.environ, "DEBAR_CONFIG": os.devnull})
        try:
            url = f"http://127.0.0.1:{port}"
            _until(lambda: httpx2.get(f"{url}/readyz").status_code == 200)
            yield url
        finally:
            running.send_signal(signal.SIGTERM)
            assert running.wait(60) == 0


def _until(is_so: object, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(httpx2.HTTPError):
            if is_so():  # type: ignore[operator]
                return
        time.sleep(0.2)
    pytest.fail("it never came to that")


def test_restarts_under_load_are_clean(postgresql: Server, tmp_path: Path) -> None:
    """Only 200 and 503, never 500 or a broken answer; every upload that was acknowledged is there and was read, once."""
    where = postgresql.fresh("restarted", tmp_path / "lake")
    with staffed.staffed(where) as portfolio:
        secret = keys.make(portfolio, staffed.estate(portfolio), "load", Role.ANALYST, "2027-01-31")[1]
    statuses: list[int] = []
    acknowledged: list[str] = []
    is_over = threading.Event()

    def look(url: str) -> None:
        with httpx2.Client(base_url=url, headers={"x-api-key": secret}, timeout=60) as client:
            number = 0
            while not is_over.is_set():
                number += 1
                statuses.append(client.get(f"/api/v1/organisations/alpha{PAGES[number % len(PAGES)]}").status_code)

    def send(url: str) -> None:
        with httpx2.Client(base_url=url, headers={"x-api-key": secret}, timeout=60) as client:
            number = 0
            while not is_over.is_set():
                number += 1
                body = composed.CYCLONEDX + b" " * number
                place = f"/api/v1/organisations/alpha/uploads?name=bom-{number}.json"
                answer = client.post(place, content=body, headers={"content-type": "application/octet-stream"})
                statuses.append(answer.status_code)
                if answer.status_code < 300:
                    acknowledged.append(answer.json()["id"])
                time.sleep(0.2)

    with served(where, postgresql, "restarted", tmp_path / "log") as url:
        threads = [threading.Thread(target=look, args=[url]) for _ in range(READERS)]
        threads.append(threading.Thread(target=send, args=[url]))
        for thread in threads:
            thread.start()
        try:
            for _ in range(RESTARTS):
                time.sleep(1.5)
                postgresql.stop()
                time.sleep(1)
                postgresql.start()
                _until(lambda: httpx2.get(f"{url}/readyz").status_code == 200)
            time.sleep(1)
        finally:
            is_over.set()
            for thread in threads:
                thread.join()
        assert set(statuses) <= {200, 201, 503}
        assert {200, 503} <= set(statuses)
        with databases.opened(where) as portfolio:
            estate = staffed.estate(portfolio)
            _until(
                lambda: not any(one.state in jobs.OPEN for one in jobs.listed(portfolio, estate, page_size=1000).items)
            )
            there = {one.id: one.state for one in uploads.current(estate)}
            assert {there.get(id_) for id_ in acknowledged} == {JobState.DONE}
    assert "Traceback" not in (tmp_path / "log").read_text()
