# SPDX-License-Identifier: Apache-2.0
"""Promises about debar push: what is sent, what is not sent twice, and the exit code that says what came of it."""

from __future__ import annotations

import io
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import staffed
import worked
from debar.cli import main
from debar.client import calling
from debar.model.vocab.portfolio import Role
from debar.portfolio import jobs, uploads
from debar.store.places import place
from debar.web.app import application
from debar.web.settings import Settings
from paged import free_port, listening
from served import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.portfolio.databases import Portfolio

ESTATE = Path(__file__).parents[2] / "examples" / "estate" / "inventory"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give a service that listens on this machine, with somebody who does its work."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with staffed.staffed(place(str(tmp_path_factory.mktemp("pushed")))) as portfolio:
        app = application(portfolio, Settings(url=url, rate=0))
        worker = threading.Thread(target=_work, args=(portfolio, over := threading.Event()), daemon=True)
        worker.start()
        with listening(app, port):
            yield Service(app, portfolio, url)
        over.set()
        worker.join(20)


def _work(portfolio: Portfolio, over: threading.Event) -> None:
    while not over.wait(0.05):
        worked.at_once(portfolio)


@pytest.fixture
def keyed(served: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the arguments that name the service and the key of an analyst."""
    monkeypatch.setattr(calling, "pause", lambda seconds: time.sleep(min(seconds, 0.1)))
    file = tmp_path / "key"
    file.write_text(f"{served.key(Role.ANALYST)}\n", encoding="utf-8")
    return ["--to", served.url, "--key-file", str(file)]


def names(served: Service) -> dict[str, str]:
    """Give the uploads that count, with the ids that they have."""
    return {one.name: one.id for one in uploads.current(staffed.estate(served.portfolio, "alpha"))}


def test_a_folder_is_sent_and_what_is_due_is_told(
    served: Service, keyed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every file below it is sent under its way from there; waited for, the exit code says whether something is due."""
    folder = tmp_path / "evidence"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "programs.csv").write_bytes((ESTATE / "windows-programs.csv").read_bytes())
    (folder / "state.csv").write_bytes((ESTATE / "protection-state.csv").read_bytes())
    assert main(["push", str(folder), *keyed]) == 0
    assert names(served).keys() == {"evidence/deep/programs.csv", "evidence/state.csv"}
    assert "2 files sent to alpha, 0 of them were there" in capsys.readouterr().err
    before = names(served)
    assert main(["push", str(folder), *keyed, "--fail-on", "undetermined"]) == 1
    said = capsys.readouterr().err
    assert "2 of them were there" in said
    assert "exposures on" in said
    assert names(served) == before
    assert main(["push", str(folder), *keyed, "--fail-on", "none", "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_standard_input_is_sent(
    served: Service, keyed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What comes from a pipe has a name of its own; without one nothing is sent."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"a": 1}'), isatty=lambda: False))
    assert main(["push", "-", "--called", "images/alpine.json", *keyed]) == 0
    assert "images/alpine.json" in names(served)
    assert main(["push", "-", *keyed]) == 2
    assert "--called" in capsys.readouterr().err


def test_a_file_that_is_not_there(keyed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to send is 3, as it is of a scan."""
    assert main(["push", str(tmp_path / "nothing"), *keyed]) == 3
    assert "no such file" in capsys.readouterr().err


def test_a_viewer_sends_nothing(
    served: Service, keyed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that may not send is told so, and the status is that of a service that refuses."""
    (tmp_path / "key").write_text(served.key(Role.VIEWER), encoding="utf-8")
    (tmp_path / "x.csv").write_text("name\nx\n", encoding="utf-8")
    assert main(["push", str(tmp_path / "x.csv"), *keyed]) == 4
    assert "needs the permission to work" in capsys.readouterr().err


def test_another_organisation_is_not_there(keyed: list[str], tmp_path: Path) -> None:
    """A key opens its own organisation and no other."""
    (tmp_path / "x.csv").write_text("name\nx\n", encoding="utf-8")
    assert main(["push", str(tmp_path / "x.csv"), *keyed, "--organisation", "beta-2"]) == 4


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A service that is not there is told, with what to look at."""
    monkeypatch.setattr(calling, "pause", lambda _: None)
    monkeypatch.setenv("DEBAR_API_KEY", "debar_0123456789ab." + "s" * 43)
    (tmp_path / "x.csv").write_text("name\nx\n", encoding="utf-8")
    assert main(["push", str(tmp_path / "x.csv"), "--to", "http://127.0.0.1:9", "--organisation", "a"]) == 4
    assert "nobody answers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x"], "which service"),
        (["x", "--to", "https://debar.example.org"], "no key"),
        (["x", "--to", "http://debar.example.org", "--key-file", "key"], "clear"),
        (["x", "--to", "https://debar.example.org", "--key-file", "nothing"], "nothing"),
        (["x", "--to", "https://debar.example.org", "--key-file", "other"], "no key of debar"),
        (["x", "--timeout", "soon"], "--timeout"),
        (["x", "--fail-on", "all"], "--fail-on"),
        (["x", "--ca", "nothing"], "--ca"),
    ],
)
def test_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """What cannot be is told before anything is sent, and no key is ever shown."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DEBAR_API_KEY", raising=False)
    secret = "debar_0123456789ab." + "s" * 43
    (tmp_path / "key").write_text(secret, encoding="utf-8")
    (tmp_path / "other").write_text("hunter2", encoding="utf-8")
    assert main(["push", *arguments]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert secret not in shown.err + shown.out and "hunter2" not in shown.err


def test_jobs_come_to_their_end(served: Service) -> None:
    """Whatever was sent was read: nothing of it waits."""
    until = time.monotonic() + 60
    estate = staffed.estate(served.portfolio, "alpha")
    while jobs.listed(served.portfolio, estate, states=jobs.OPEN).total and time.monotonic() < until:
        time.sleep(0.1)
    assert jobs.listed(served.portfolio, estate, states=jobs.OPEN).total == 0
