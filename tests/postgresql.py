# SPDX-License-Identifier: Apache-2.0
"""A real PostgreSQL, started for the tests that ask for it and thrown away after them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import sqlalchemy as sa

from debar.store.places import Place, place

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)

UNSYNCED = "-c fsync=off -c full_page_writes=off"
"""No test takes the power away: what the server wrote outlives it, also where it is killed."""


class Server(NamedTuple):
    """A server on the loopback; it runs as an unprivileged user, as PostgreSQL demands."""

    url: str
    control: tuple[str, ...]
    options: tuple[str, ...]

    def start(self) -> None:
        """Start it, and wait until it answers."""
        _run(*self.control, *self.options, "start")

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        _run(*self.control, "-m", "immediate", "stop")

    def fresh(self, name: str, lake: Path) -> Place:
        """Give a new database, with a directory for files."""
        engine = sa.create_engine(place(f"{self.url}/postgres", "x").server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return place(f"{self.url}/{name}", str(lake))


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Server]:
    """Give a running server; the test is left out where PostgreSQL is not installed."""
    if not FOLDERS:
        pytest.skip("no PostgreSQL: /usr/lib/postgresql/*/bin is not there (Debian: apt-get install postgresql)")
    home = Path(tempfile.mkdtemp(prefix="debar-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "nobody", "nogroup")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = ("-U", "debar", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    _run(str(FOLDERS[0] / "initdb"), "-D", str(home / "data"), *made)
    server = Server(
        f"postgresql://debar@127.0.0.1:{port}",
        (str(FOLDERS[0] / "pg_ctl"), "-D", str(home / "data"), "-w"),
        (
            "-o",
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={home} {UNSYNCED}",
            "-l",
            str(home / "log"),
        ),
    )
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _run(*command: str) -> None:
    as_whom = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*as_whom, *command], check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)
