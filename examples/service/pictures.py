# SPDX-License-Identifier: Apache-2.0
"""Pictures of the pages with the demo organisation in them, as the documents show them: `make pictures`.

    python examples/service/pictures.py DIR PICTURES

DIR is where `year.py` has made the portfolio, or makes it. It needs Chromium and Node.js with its modules (`make tools`).
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import uvicorn
import year

from debar.model.portfolio import Clock
from debar.portfolio import databases, drafted, estates, exposures, jobs, people, sessions, tenants
from debar.portfolio.crew import Crew
from debar.store.places import Place
from debar.web.app import application
from debar.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.portfolio.databases import Portfolio

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / ".venv" / "node" / "node_modules"
DAY = "2024-10-05"
WIDTHS = (1440, 390)
_EMPTY = "quiet-harbour"
"""An organisation that has sent nothing yet."""
_PATIENCE = 30.0


class Shown(NamedTuple):
    """The service with the demo organisation, on a port of this machine."""

    address: str
    token: str
    """Of the session of an admin."""
    pages: dict[str, str]
    """Addresses of the pages, by what they are called."""


@contextlib.contextmanager
def shown(folder: Path) -> Iterator[Shown]:
    """Serve the portfolio of the demonstration below a folder, and make it where there is none."""
    if not (folder / year.ACCOUNTS).exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / year.ACCOUNTS).write_text(year.make(folder), encoding="utf-8")
    place = folder / year.PORTFOLIO
    with databases.opened(Place("", place, str(place))) as portfolio:
        _quiet(portfolio)
        token = sessions.begin(portfolio, people.by_email(portfolio, year.ANN.email).id).token
        _settled(portfolio)
        with _listening(portfolio) as address:
            yield Shown(address, token, pages(portfolio))


def pages(portfolio: Portfolio) -> dict[str, str]:
    """Give the address of every page that is shown."""
    estate = estates.behind(portfolio, year.NORTHWIND)
    base, on = f"/o/{year.NORTHWIND}", f"?as-of={DAY}"
    sections = ("measures", "exposures", "assets", "parties", "duties", "decisions", "plan", "evidence", "uploads",
                "documents", "register", "settings", "audit")  # fmt: skip
    found = exposures.listed(estate, Clock(as_of=DAY)).items
    exposure = next(row.id for row in found if row.asset == "reception-pc")
    story = max(drafted.listed(estate).items, key=lambda row: row.documents)
    return {
        "overview": f"{base}/{on}",
        **{name: f"{base}/{name}{on}" for name in sections},
        "exposure": f"{base}/exposures/{exposure}{on}",
        "story": f"{base}/documents/{story.id}{on}",
        "organisations": f"/{on}",
        "empty": f"/o/{_EMPTY}/",
    }


def _settled(portfolio: Portfolio) -> None:
    """Have worked on what waits, so that nothing is shown as being on its way."""
    with Crew(portfolio, 1):
        until = time.monotonic() + _PATIENCE
        while any(state in jobs.OPEN for _, state in jobs.counts(portfolio)) and time.monotonic() < until:
            time.sleep(0.2)


def _quiet(portfolio: Portfolio) -> None:
    if any(one.id == _EMPTY for one in tenants.listed(portfolio)):
        return
    admin = people.by_email(portfolio, year.ANN.email).id
    tenants.add(portfolio, estates.PROGRAM, name="Quiet Harbour", id_=_EMPTY, admin=admin)


@contextlib.contextmanager
def _listening(portfolio: Portfolio) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = application(portfolio, Settings(url=address, rate=0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    until = time.monotonic() + _PATIENCE
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the service does not answer")
        time.sleep(0.02)
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join()


def browsed(script: Path, told: Mapping[str, object]) -> str:
    """Give what a script says that looks at pages in headless Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium or not MODULES.is_dir():
        raise FileNotFoundError("Chromium, Node.js or its modules are not installed (make tools)")
    command = ["node", str(script), chromium, json.dumps(told)]
    env = {
        **os.environ,
        "NODE_PATH": str(MODULES),
        "LANGUAGE": "en_GB",
        "LANG": "en_GB.UTF-8",
    }  # days as the pages write them
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env, text=True).stdout  # noqa: S603 - our own script


def main() -> int:
    """Make every picture."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    with shown(folder) as service:
        shots = [
            {"path": path, "to": str(out / f"{name}-{width}.png"), "width": width, "scheme": "light"}
            for name, path in service.pages.items()
            for width in WIDTHS
        ]
        dark = {"path": service.pages["overview"], "to": str(out / "overview-1440-dark.png"), "width": 1440}
        told = {"address": service.address, "token": service.token, "shots": [*shots, {**dark, "scheme": "dark"}]}
        print(browsed(Path(__file__).with_suffix(".cjs"), told), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
