# SPDX-License-Identifier: Apache-2.0
"""The service under load: fifty people look at every page and list while five programs send files.

The portfolio is that of `python -m bench portfolio --files DIR`, a million exposures in fifty organisations. Locust asks, from processes
of its own on loopback; it is no part of debar and is installed apart: `python3 -m venv locust && locust/bin/pip install locust`,
then named by BENCH_LOCUST=locust/bin/locust.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import ROOT, Options, goal, title
from bench.portfolio import CLOCK, DAY
from debar.errors import ConflictError
from debar.model.vocab.portfolio import Role
from debar.portfolio import databases, estates, exposures, keys, membership, people, sessions, tenants, views
from debar.store.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.portfolio.databases import Portfolio

READERS, SENDERS = 50, 5
SECONDS = 120
PORT = 8391
THINK = 5.0
"""Seconds that a page is looked at, on average, in the first of the two rounds; in the other nobody looks at anything."""
_ON = f"as-of={DAY}"
PAGES = {
    "overview": f"/?{_ON}",
    "measures": f"/measures?{_ON}",
    "exposures": f"/exposures?{_ON}",
    "exposures, prohibited": f"/exposures?{_ON}&status=prohibited",
    "exposures, by last seen": f"/exposures?{_ON}&sort=-last_seen",
    "exposures by party": f"/exposures?{_ON}&group=party",
    "exposures by asset": f"/exposures?{_ON}&group=asset",
    "one exposure": f"/exposures/{{exposure}}?{_ON}",
    "assets": f"/assets?{_ON}",
    "parties": f"/parties?{_ON}",
    "duties": f"/duties?{_ON}",
    "decisions": f"/decisions?{_ON}",
    "plan": f"/plan?{_ON}",
    "evidence": f"/evidence?{_ON}",
    "uploads": f"/uploads?{_ON}",
    "documents": f"/documents?{_ON}",
    "register": f"/register?{_ON}",
    "settings": f"/settings?{_ON}",
    "members": f"/settings/members?{_ON}",
    "audit": f"/audit?{_ON}",
    "API: exposures": f"{{api}}/exposures?as_of={DAY}",
    "API: assets": f"{{api}}/assets?as_of={DAY}",
    "API: measures": f"{{api}}/measures?as_of={DAY}",
}


def run(options: Options) -> None:
    """Prepare who asks, serve, ask in two rounds, and print."""
    locust = os.environ.get("BENCH_LOCUST") or shutil.which("locust")
    if not options.files or not locust:
        print("service: left out; it needs --files DIR of bench portfolio, and Locust (BENCH_LOCUST names it)")
        return
    folder = options.files[0]
    title("service", f"{READERS} readers and {SENDERS} senders, {SECONDS} s for each round", 1)
    with databases.opened(Place("", folder, str(folder))) as portfolio:
        told = _told(portfolio)
    with _serving(folder) as pid:
        for name, think in ((f"{THINK:.0f} s for each page", THINK), ("without a pause", 0.0)):
            _round(locust, name, {**told, "think": think}, pid)


def _round(locust: str, name: str, told: dict[str, Any], pid: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        file, out = Path(place) / "told.json", Path(place) / "out"
        file.write_text(json.dumps(told), encoding="utf-8")
        command = [locust, "--locustfile", str(ROOT / "bench" / "readers.py"), "--headless", "--host", _url()]
        command += ["--users", str(READERS + SENDERS), "--spawn-rate", "10", "--run-time", f"{SECONDS}s"]
        command += ["--csv", str(out), "--only-summary", "--loglevel", "ERROR"]
        largest = 0
        cpu = _cpu(pid)
        with (Path(place) / "said").open("w", encoding="utf-8") as said:
            asking = subprocess.Popen(
                command, env={**os.environ, "BENCH_SERVICE": str(file)}, stdout=subprocess.DEVNULL, stderr=said
            )
            while asking.poll() is None:
                time.sleep(1)
                largest = max(largest, _memory(pid))
        cpu = _cpu(pid) - cpu
        complaint = (Path(place) / "said").read_text(encoding="utf-8")[-2000:]
        rows = list(csv.DictReader(Path(f"{out}_stats.csv").read_text(encoding="utf-8").splitlines()))
    print(f"  {name}")
    print(f"  {'ms':<26}{'asked':>8}{'failed':>8}{'at the server':>16}{'until it was there':>20}")
    print(f"  {'':<42}{'median':>8}{'p95':>8}{'median':>12}{'p95':>8}")
    server = [row for row in rows if row["Type"] == "SERVER"]
    if not server:
        raise SystemExit(f"Locust was answered nothing:\n{complaint}")
    there = {row["Name"]: row for row in rows if row["Type"] in ("GET", "POST")}
    for row in server:
        _print(row["Name"], row, there[row["Name"]])
    (total,) = [row for row in rows if row["Name"] == "Aggregated"]
    asked = sum(int(row["Request Count"]) for row in server)
    worst = [max(float(row[part]) for row in server if row["Name"] in PAGES) for part in ("50%", "95%")]
    print(
        f"  {asked / SECONDS:.1f} answers a second; {cpu / SECONDS:.0%} of a processor in the server; {total['Failure Count']} failed"
    )
    goal("ms of the slowest page, at the median", worst[0], at_most=150)
    goal("ms of the slowest page, at p95", worst[1], at_most=400)
    goal("MB of memory, all processes", largest / 1e6, at_most=1000)


def _print(name: str, row: dict[str, str], there: dict[str, str]) -> None:
    told = f"{float(row['50%']):>8.0f}{float(row['95%']):>8.0f}{float(there['50%']):>12.0f}{float(there['95%']):>8.0f}"
    print(f"  {name:<26}{row['Request Count']:>8}{there['Failure Count']:>8}{told}")


def _told(portfolio: Portfolio) -> dict[str, Any]:
    """Give an account and a session in each organisation, and a key in some."""
    until = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    found: list[dict[str, str]] = []
    made: list[dict[str, str]] = []
    for number, tenant in enumerate(tenants.listed(portfolio)):
        own = estates.behind(portfolio, tenant.id)
        email = f"reader-{number}@example.org"
        with contextlib.suppress(ConflictError):
            membership.join(portfolio, own, email=email, name=f"Reader {number}", role=Role.ADMIN)
        begun = sessions.begin(portfolio, people.by_email(portfolio, email).id)
        views.work(portfolio, own, DAY)  # as a worker does after each run
        exposure = exposures.listed(own, CLOCK, page_size=1).items[0].id
        found.append({"organisation": tenant.id, "token": begun.token, "exposure": exposure})
        if number < SENDERS:
            _, secret = keys.make(portfolio, own, "load", Role.ANALYST, until)
            made.append({"organisation": tenant.id, "key": secret})
    return {"readers": READERS, "senders": SENDERS, "pause": 2, "sessions": found, "keys": made, "pages": PAGES}


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[int]:
    """Give the process that serves."""
    command = [sys.executable, "-m", "debar", "serve", "--store", str(folder), "--listen", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen([*command, "--rate", "0", "--quiet", "--workers", "1"])
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{_url()}/healthz", timeout=5):
                break
            time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def _url() -> str:
    return f"http://127.0.0.1:{PORT}"


def _memory(pid: int) -> int:
    """Give the bytes of memory of a process and all below it, what they share counted once."""
    found = 0
    for one in _family(pid):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                found += int(line.split()[1]) * 1024 if line.startswith("Pss:") else 0
    return found


def _cpu(pid: int) -> float:
    """Give the seconds of a processor that the processes which answer have had, without the workers."""
    found = 0.0
    for one in _family(pid):
        with contextlib.suppress(OSError):
            if b"debar.portfolio.working" not in Path(f"/proc/{one}/cmdline").read_bytes():
                fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
                found += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def _family(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        files = Path(f"/proc/{pid}/task").glob("*/children")  # a thread begins those that come in the place of others
        below = [child for file in files for child in file.read_text().split()]
        return [pid, *(one for child in below for one in _family(int(child)))]
    return []
