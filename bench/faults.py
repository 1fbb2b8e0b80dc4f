# SPDX-License-Identifier: Apache-2.0
"""The service killed at random moments, again and again: what was acknowledged is there, once, and nothing by halves.

A server takes uploads and decisions without a pause, and notes each where it was told that it is kept. It, a worker, or a copy
at work is killed (SIGKILL); the server is started again. In the end everything is looked at.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from bench.measure import Options, title
from debar.errors import DebarError
from debar.model.deeds import Ask
from debar.model.vocab import Verdict
from debar.model.vocab.portfolio import JobKind, JobState, Permission, Role
from debar.portfolio import asking, databases, estates, jobs, membership, people, tenants, uploads
from debar.portfolio.crew import Crew
from debar.portfolio.tables import ASKED, FOREVER, HELD, JOBS, RAN, READINGS, UPLOADS
from debar.store import checking, runs
from debar.store.places import place
from debar.store.tables import LOG, RUNS

if TYPE_CHECKING:
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

KILLS = 100
ID = "acme"
NAMES = 40
"""Names that uploads have: a newer one takes the place of an older one."""
WORKERS = 2
_LONGEST = 4.0
"""Seconds between two kills at most: workers have to come to their work."""
_PATIENCE = 300


class Counted(NamedTuple):
    """What came of it."""

    kills: dict[str, int]
    """By what was killed."""
    uploads: int
    decisions: int
    """Acknowledged before, between and after the kills."""
    runs: int
    lost: tuple[str, ...]
    halves: tuple[str, ...]
    twice: tuple[str, ...]
    open: int
    """Jobs that never ended."""


def run(options: Options) -> None:
    """Kill, look, and print what was found."""
    kills = options.rounds or KILLS
    title("faults", f"{kills} kills at random moments while uploads and decisions come in", 1)
    with tempfile.TemporaryDirectory() as folder:
        found = fault(Path(folder), kills, seed=0)
    print("killed         ", ", ".join(f"{what}: {count}" for what, count in sorted(found.kills.items())))
    print(f"acknowledged    uploads: {found.uploads}, decisions: {found.decisions}; runs: {found.runs}")
    for what, those in (("lost", found.lost), ("by halves", found.halves), ("done twice", found.twice)):
        print(f"{what:<15} {len(those)}", *those[:5], sep="\n  " if those else " ")
    print(f"never ended     {found.open}")


def fault(folder: Path, kills: int, seed: int) -> Counted:
    """Give what came of so many kills of a service in a folder."""
    rng = random.Random(seed)
    store, told = folder / "portfolio", folder / "told"
    told.touch()
    _make(store)
    counts: dict[str, int] = {}
    server = _begin(store, told, 0)
    for number in range(kills):
        time.sleep(rng.uniform(0.05, _LONGEST))
        what, pid = _chosen(server.pid, rng)
        counts[what] = counts.get(what, 0) + 1
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        if what == "server":
            server.wait()
            server = _begin(store, told, number + 1)
    time.sleep(2)
    server.kill()
    server.wait()
    return _looked(store, told, counts)


def serve(store: str, told: str, seed: str) -> None:
    """Take uploads and decisions until somebody ends it, and note each that is kept; the work of the server that is killed."""
    rng = random.Random(seed)
    handle = os.open(told, os.O_WRONLY | os.O_APPEND)
    with databases.opened(place(store)) as portfolio, Crew(portfolio, WORKERS):
        analyst, approver = (_as(portfolio, role) for role in (Role.ANALYST, Role.APPROVER))
        while True:
            with contextlib.suppress(DebarError):
                if rng.random() < 0.7:
                    name, content = f"host-{rng.randrange(NAMES)}.json", _bom(rng)
                    upload = uploads.put(portfolio, analyst, name, [content[:50], content[50:]])
                    line = ["upload", upload.id, hashlib.sha256(content).hexdigest()]
                else:
                    request = asking.ask(portfolio, analyst, _ask(rng))
                    os.write(handle, (json.dumps(["asked", request]) + "\n").encode())
                    asking.approve(portfolio, approver, request, "agreed")
                    line = ["approved", request]
                os.write(handle, (json.dumps(line) + "\n").encode())
            time.sleep(rng.uniform(0, 0.4))


def _make(store: Path) -> None:
    with databases.opened(place(str(store)), makes=True) as portfolio:
        tenants.add(portfolio, estates.PROGRAM, name="Acme", id_=ID)
        estate = estates.behind(portfolio, ID)
        for role in (Role.ANALYST, Role.APPROVER):
            membership.join(portfolio, estate, email=f"{role.value}@acme.example", name=f"The {role.value}", role=role)


def _as(portfolio: Portfolio, role: Role) -> Estate:
    person = people.by_email(portfolio, f"{role.value}@acme.example")
    caller = people.caller(portfolio, person.id)
    if caller is None:
        raise LookupError(role)
    return estates.entered(portfolio, caller, ID, Permission.READ)


def _bom(rng: random.Random) -> bytes:
    host = f"host-{rng.randrange(NAMES)}"
    part = rng.choice(["AO Kaspersky Lab", "Hangzhou Hikvision Digital Technology Co., Ltd.", "Example GmbH"])
    parts = [
        {"type": "application", "name": f"part-{n}", "version": str(rng.random()), "publisher": part}
        for n in range(rng.randrange(1, 200))
    ]
    about = {"timestamp": "2024-07-01T10:00:00Z", "component": {"type": "application", "name": host, "version": "1"}}
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": about, "components": parts}
    return json.dumps(bom).encode()


def _ask(rng: random.Random) -> Ask:
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 90 * 24 * 3600))
    asset = f"machine-{rng.randrange(1 << 48):x}"
    return Ask(verdict=Verdict.ACCEPTED, assets=(asset,), party="kaspersky", reason="is replaced soon", expires=today)


def _begin(store: Path, told: Path, seed: int) -> subprocess.Popen[bytes]:
    """Start a server, and wait until its workers are there."""
    command = [sys.executable, "-m", "bench.faults", str(store), str(told), str(seed)]
    server = subprocess.Popen(command, cwd=Path(__file__).parents[1], stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while len(_children(server.pid)) < WORKERS and time.monotonic() < end and server.poll() is None:
        time.sleep(0.02)
    return server


def _chosen(server: int, rng: random.Random) -> tuple[str, int]:
    """Give what of a service is killed now: it, a worker, or a copy at work, which is waited for a little."""
    what = rng.choice(("server", "worker", "copy"))
    if what == "server":
        return what, server
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        workers = _children(server)
        found = workers if what == "worker" else [copy for worker in workers for copy in _children(worker)]
        if found:
            time.sleep(rng.uniform(0, 0.05))
            return what, rng.choice(found)
        time.sleep(0.002)
    return "server", server


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _looked(store: Path, told: Path, kills: dict[str, int]) -> Counted:
    """Let everything come to its end, and look at it."""
    said = [json.loads(line) for line in told.read_text().splitlines()]
    with databases.opened(place(str(store))) as portfolio:
        estate = estates.behind(portfolio, ID)
        with Crew(portfolio, WORKERS):
            end = time.monotonic() + _PATIENCE
            while (still := _open(portfolio)) and time.monotonic() < end:
                time.sleep(0.1)
        return Counted(
            kills=kills,
            uploads=sum(what == "upload" for what, *_ in said),
            decisions=sum(what == "approved" for what, *_ in said),
            runs=_runs(estate),
            lost=tuple(_lost(estate, said)),
            halves=tuple(_halves(portfolio, estate)),
            twice=tuple(_twice(portfolio, estate)),
            open=still,
        )


def _open(portfolio: Portfolio) -> int:
    return sum(count for (_, state), count in jobs.counts(portfolio).items() if state in jobs.OPEN)


def _runs(estate: Estate) -> int:
    with estate.reading() as connection:
        return len(connection.execute(sa.select(RUNS.c.id)).all())


def _lost(estate: Estate, said: list[list[str]]) -> list[str]:
    """Give what was acknowledged and is not there."""
    with estate.reading() as connection:
        sent = {row.id: row for row in connection.execute(sa.select(UPLOADS))}
        states: dict[str, set[str]] = {}
        for row in connection.execute(sa.select(ASKED)):
            states.setdefault(str(row.request), set()).add(row.state)
    found = []
    for what, id_, *rest in said:
        if what == "upload":
            file = uploads.content(estate, uploads.one(estate, id_)) if id_ in sent else None
            if file is None or hashlib.sha256(file.read_bytes()).hexdigest() != rest[0]:
                found.append(f"upload {id_}")
        elif id_ not in states or (what == "approved" and states[id_] != {"approved"}):
            found.append(f"{what} {id_}")
    return found


def _halves(portfolio: Portfolio, estate: Estate) -> list[str]:
    """Give what is there in part: broken chains and files, rows that are not those of their run, what nobody has read."""
    del portfolio
    found = list(checking.check(estate.ledger).faults)
    with estate.reading() as connection:
        every = runs.kept(estate.ledger, connection)
        for one in every:
            rows = sa.and_(HELD.c.first_run <= one.seq, HELD.c.last_run >= one.seq, HELD.c.number == 0)
            held = connection.execute(sa.select(sa.func.count()).where(rows)).scalar()
            if held != len(runs.report(estate.ledger, one.run).exposures):
                found.append(f"{one.run.id}: {held} rows for {one.run.exposures} exposures")
        current = connection.execute(sa.select(UPLOADS).where(UPLOADS.c.removed_at == "")).all()
        last = connection.execute(sa.select(RAN.c.body).order_by(RAN.c.run.desc()).limit(1)).scalar() or "[]"
        read = set(connection.execute(sa.select(READINGS.c.sha256)).scalars())
        ends = connection.execute(sa.select(sa.func.max(HELD.c.last_run))).scalar()
    found += [f"{row.id} is {row.state}" for row in current if row.state != JobState.DONE or row.sha256 not in read]
    if {row.id for row in current} != set(json.loads(last)):
        found.append("the last run is not made from what is there")
    return found + ([] if ends in (None, FOREVER) else ["no row of the last run is open"])


def _twice(portfolio: Portfolio, estate: Estate) -> list[str]:
    """Give what happened more than once."""
    about = (JOBS.c.about, sa.func.count())
    reads = sa.select(*about).where(JOBS.c.kind == JobKind.READ).group_by(JOBS.c.about).having(sa.func.count() > 1)
    with portfolio.reading() as connection:
        found = [f"read twice: {row.about}" for row in connection.execute(reads)]
    with estate.reading() as connection:
        said = [json.loads(body) for body in connection.execute(sa.select(LOG.c.body)).scalars()]
    seen: set[tuple[str, str]] = set()
    for entry in said:
        key = (entry.get("action", "run"), entry.get("about", entry.get("id", "")))
        if key in seen:
            found.append(f"{key[0]} twice: {key[1]}")
        seen.add(key)
    return found


if __name__ == "__main__":
    serve(*sys.argv[1:])
