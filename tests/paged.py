# SPDX-License-Identifier: Apache-2.0
"""The service with something in it, as people see it: sources uploaded and worked out, and a server for real browsers."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import socket
import subprocess
import threading
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from served import Service, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.portfolio.databases import Portfolio

ROOT = Path(__file__).parents[1]
ESTATE = ROOT / "examples" / "estate"
SOURCES = ("inventory/windows-programs.csv", "inventory/protection-state.csv", "sbom/orchard-portal.cdx.json")
DAY = "2024-10-05"
MODULES = ROOT / ".venv" / "node" / "node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
NEEDS_A_BROWSER = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("node") and (MODULES / "puppeteer-core").is_dir()),
    reason="Chromium, Node.js or its modules are not installed (make tools)",
)
_PATIENCE = 120.0


@contextlib.contextmanager
def peopled(folder: Path, **settings: Any) -> Iterator[Service]:
    """Give the service with sources of the demo organisation in `alpha`, and runs about today and an earlier day."""
    from debar.obligations.organisation import organisation
    from debar.portfolio import running, tenants, uploads
    from debar.portfolio.register_of import register_of

    with serving(folder, **settings) as service:
        estate = service.estate()
        tenants.set_facts(service.portfolio, estate, organisation("us/reseller"), register_of(estate))
        for name in SOURCES:
            uploads.put(service.portfolio, service.estate(), name, [(ESTATE / name).read_bytes()])
        with working(service.portfolio):
            settled(service.portfolio, service)
            running.run(service.portfolio, service.estate(), on=DAY)
        yield service


@contextlib.contextmanager
def working(portfolio: Portfolio) -> Iterator[None]:
    """Have a worker work meanwhile, in a process of its own as they do."""
    from debar.portfolio.crew import Crew

    with Crew(portfolio, 1):
        yield


def settled(portfolio: Portfolio, service: Service, organisation: str = "alpha") -> None:
    """Wait until nothing is left to be worked on."""
    from debar.portfolio import jobs

    until = time.monotonic() + _PATIENCE
    estate = service.estate(organisation)
    while jobs.listed(portfolio, estate, states=jobs.OPEN).items:
        assert time.monotonic() < until, jobs.listed(portfolio, estate, page_size=9).items
        time.sleep(0.1)


def free_port() -> int:
    """Give a port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def listening(app: Any, port: int) -> Iterator[None]:
    """Have an application answer on a port."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + _PATIENCE
    while not server.started:
        assert time.monotonic() < until, "the server does not start"
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
        with warnings.catch_warnings():
            # A browser that goes away in the midst of its events leaves the loop a connection which it did not live to close.
            warnings.simplefilter("ignore", ResourceWarning)
            del server, thread  # the server still knows that connection
            gc.collect()


def browsed(script: Path, *arguments: str, steps: Sequence[object] = ()) -> Any:
    """Run a script in a browser, and give what it tells."""
    done = subprocess.run(
        ["node", str(script), CHROMIUM, *arguments, json.dumps(list(steps))],
        capture_output=True,
        check=False,
        env={**os.environ, "NODE_PATH": str(MODULES)},
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def tokens(service: Service, *emails: str) -> list[str]:
    """Give the tokens by which browsers of some people are signed in."""
    from debar.portfolio import people, sessions

    return [sessions.begin(service.portfolio, people.by_email(service.portfolio, one).id).token for one in emails]
