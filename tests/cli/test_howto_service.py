# SPDX-License-Identifier: Apache-2.0
"""What the pages about the service show can be typed: each command runs, or stands in a list with the reason why not here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import worked
from debar.client import Client
from debar.model.deeds import Ask
from debar.model.portfolio import Clock
from debar.model.vocab import Verdict
from debar.model.vocab.portfolio import Asking, Role
from debar.obligations.organisation import organisation
from debar.portfolio import databases, estates, exposures, keys, people, running, tenants
from debar.portfolio.estates import PROGRAM
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to"
PAGES = ("serve", "api", "push", "run-the-service", "tell-people")
ESTATE = ROOT / "examples" / "estate"
LEFT_OUT = {
    r"pip install|python3 -m venv": "packages come from a registry; the wheel is installed by tests of its own",
    r"systemctl|cp deploy/debar.service": "it needs systemd, and whoever runs the machine",
    r"podman": "it needs a container runtime and images",
    r"postgresql://": "it needs a server, which the tests of the store and of the portfolio have",
}
"""Commands that are not run, by what stands in them, and why."""
PASSWORD = "seven quiet otters in a row"
SOON = (datetime.now(UTC) + timedelta(days=180)).date().isoformat()
SYFT = '#!/bin/sh\nprintf \'{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": []}\'\n'
UUIDGEN = f"#!{sys.executable}\nimport uuid\nprint(uuid.uuid4())\n"


class Command(NamedTuple):
    """A command of a page."""

    page: str
    line: str

    @property
    def reason(self) -> str:
        """Give why it is not run; empty where it is."""
        return next((why for part, why in LEFT_OUT.items() if re.search(part, self.line)), "")


def commands() -> list[Command]:
    """Give the commands of all pages, in order."""
    found = []
    for page in PAGES:
        text = (HOW_TO / f"{page}.md").read_text(encoding="utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            lines = re.sub(r"\\\n\s*", "", block).splitlines()
            found += [Command(page, line) for line in lines if line.strip()]
    return found


COMMANDS = commands()
RUN = [one for one in COMMANDS if not one.reason]


class Town(NamedTuple):
    """A service that answers, and what its pages take for granted: files, a key, programs."""

    root: Path
    url: str
    environment: dict[str, str]
    exposure: str

    def typed(self, line: str) -> str:
        """Give a command with places and addresses of this town."""
        places = {
            "https://debar.example.org": self.url,
            "http://127.0.0.1:8300": self.url,
            "exp-0123456789ab": self.exposure,
            "2027-05-31": SOON,  # a day to come
            **{f"/{name}": f"{self.root}/{name}" for name in ("srv", "etc", "backups")},
        }
        pattern = "|".join(rf"(?<![\w.]){re.escape(word)}" for word in places)
        return re.sub(pattern, lambda found: places[found.group()], line)


def free() -> int:
    """Give a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def begun(line: str, town: Path, environment: dict[str, str]) -> tuple[subprocess.Popen[str], list[str]]:
    """Begin a service, and give it when it answers, with what it said."""
    said: list[str] = []
    process = subprocess.Popen(
        ["sh", "-c", f"exec {line}"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=town,
        start_new_session=True,
    )

    def each() -> None:
        assert process.stderr
        with process.stderr:
            for one in process.stderr:
                said.append(one)  # noqa: PERF402 - as they come

    threading.Thread(target=each, daemon=True).start()
    until = time.monotonic() + 60
    while not any("serving http" in one for one in tuple(said)):
        assert process.poll() is None, said
        assert time.monotonic() < until, said
        time.sleep(0.05)
    return process, said


def ended(process: subprocess.Popen[str]) -> int:
    """End a service as whoever runs it does, and give how it ended."""
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(60)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Give the service with an organisation that has a run, a key in a file, and copies of what the pages name."""
    root = tmp_path_factory.mktemp("town")
    for name in ("srv", "etc/debar", "backups", "bin"):
        (root / name).mkdir(parents=True)
    shutil.copytree(ROOT / "deploy", root / "deploy")
    shutil.copytree(ESTATE / "inventory", root / "srv" / "evidence")
    for name, text in (("syft", SYFT), *([("uuidgen", UUIDGEN)] if not shutil.which("uuidgen") else [])):
        (root / "bin" / name).write_text(text, encoding="utf-8")
        (root / "bin" / name).chmod(0o755)
    for name in ("oidc-secret", "mail-password"):
        (root / "etc" / "debar" / name).write_text("word\n", encoding="utf-8")
    with databases.opened(place(str(root / "srv" / "debar")), makes=True) as portfolio:
        ann = people.add(portfolio, PROGRAM, email="ann@example.org", name="Ann", password=PASSWORD)
        tenants.add(portfolio, PROGRAM, name="Northwind", admin=ann.id, facts=organisation("us/federal-contractor"))
        estate = estates.behind(portfolio, "northwind")
        secret = keys.make(portfolio, estate, "agent", Role.ANALYST, SOON)[1]
        worked.send(portfolio, estate, {"programs.csv": (ESTATE / "inventory" / "windows-programs.csv").read_bytes()})
        worked.at_once(portfolio)
        running.run(portfolio, estate)
        row = exposures.listed(
            estate, Clock(as_of=datetime.now(UTC).date().isoformat()), exposures.Filters(), page_size=1
        ).items[0]
    (root / "etc" / "debar" / "key").write_text(f"{secret}\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEBAR_", "XDG_"))}
    path = os.pathsep.join((str(root / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {
        **kept,
        "PATH": path,
        "KEY": secret,
        "DEBAR_API_KEY": secret,
        "IMAGE": "shop:1",
        "NAME": "shop",
        "HOME": str(root),
    }
    url = f"http://127.0.0.1:{free()}"
    line = f"debar serve --store {root}/srv/debar --listen {url[7:]} --workers 1 --processes 1 --quiet"
    process, said = begun(line, root, environment)
    yield Town(root, url, environment, row.id)
    assert ended(process) == 0, said


def test_pages_have_commands() -> None:
    """Each page shows some, each reason is one that is needed, and each page but one has some that run."""
    assert {one.page for one in COMMANDS} == set(PAGES)
    assert {one.reason for one in COMMANDS} - {""} == set(LEFT_OUT.values())
    assert {one.page for one in RUN} == set(PAGES)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(RUN)), ids=[f"{one.page}: {one.line[:40]}" for one in RUN])
def test_a_command_runs(town: Town, number: int) -> None:
    """It ends well; a service that it begins answers, and ends well when it is asked to."""
    one = RUN[number]
    before = _before(one)
    where = town.root / "deploy" if "secrets" in one.line else town.root
    if before:
        done = _run(town.typed(before), town, where)
        assert done.returncode == 0, done.stderr
    if one.line.startswith("debar serve"):
        # On a port that is free and a store of its own; options that are given twice count as they are given last.
        line = one.line.partition("#")[0].replace("/srv/debar", "/srv/begun")
        line = line if "--url" in line else town.typed(line)
        for name in ("/srv", "/etc"):
            line = re.sub(rf"(?<=[ =]){name}/", f"{town.root}{name}/", line)
        process, said = begun(
            f"{line} --listen 127.0.0.1:{free()} --workers 1 --processes 1", town.root, town.environment
        )
        assert ended(process) == 0, said
        return
    done = _run(town.typed(one.line), town, where)
    assert done.returncode == 0, (done.stdout, done.stderr)
    if "curl" in one.line:
        assert done.stdout


def _before(one: Command) -> str:
    """Give what whoever types a command has done before."""
    if "/backups/newest" in one.line:
        return (
            "rm -rf /srv/drill /backups/newest.tar.zst; debar admin backup /backups/newest.tar.zst --store /srv/debar"
        )
    if "/srv/drill" in one.line:
        return ""
    if "database-password" in one.line and not one.line.startswith("install"):
        return "test -f secrets/database-password"
    return ""


def _run(line: str, town: Town, where: Path) -> subprocess.CompletedProcess[str]:
    if "curl" in line and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    # What a program would hear as a status, the shell hears as an exit code.
    line = line.replace("curl ", "curl -sS --fail-with-body --max-time 60 ")
    return subprocess.run(
        ["sh", "-ec", line], capture_output=True, text=True, check=False, timeout=120, env=town.environment, cwd=where
    )


def blocks(page: str) -> list[str]:
    """Give the programs that a page shows."""
    text = (HOW_TO / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_the_client_of_the_page_works(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The programs that the page shows run as they stand, one after the other."""
    monkeypatch.chdir(town.root)
    (town.root / "bom.json").write_text(
        '{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1}', encoding="utf-8"
    )
    found = blocks("api")
    assert found
    names: dict[str, object] = {"key": town.environment["KEY"]}
    for block in found:
        exec(compile(town.typed(block), "api.md", "exec"), names)  # the page is ours
    assert "Kaspersky" in capsys.readouterr().out
    approved = names["approved"]
    assert callable(approved)
    with Client(town.url, town.environment["KEY"]) as client:
        wanted = Ask(verdict=Verdict.FALSE_POSITIVE, exposures=(town.exposure,), reason="looked at", expires=SOON)
        assert approved(town.url, "ann@example.org", PASSWORD, client.ask(wanted).id) == Asking.APPROVED


def test_the_receiver_of_the_page_believes_only_us() -> None:
    """A message as it is signed is ours; one that was changed, is old, or is of another key is not."""
    (block,) = blocks("tell-people")
    names: dict[str, object] = {}
    exec(compile(block, "tell-people.md", "exec"), names)  # the page is ours
    is_ours = names["is_ours"]
    assert callable(is_ours)
    secret, body = "whsec_" + base64.b64encode(b"k" * 32).decode(), b'{"type": "run.finished"}'

    def headers(at: float, text: bytes = body, key: bytes = b"k" * 32) -> dict[str, str]:
        said = f"msg-1.{int(at)}.".encode() + text
        signature = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        return {
            "webhook-id": "msg-1",
            "webhook-timestamp": str(int(at)),
            "webhook-signature": f"v1,AAAA v1,{signature}",
        }

    now = time.time()
    assert is_ours(secret, headers(now), body)
    assert not is_ours(secret, headers(now), body + b" ")
    assert not is_ours(secret, headers(now - 3600), body)
    assert not is_ours(secret, headers(now, key=b"x" * 32), body)
