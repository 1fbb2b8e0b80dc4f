# SPDX-License-Identifier: Apache-2.0
"""Whether a portfolio is whole: the chain of each log, the databases themselves, and every file by its hash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from debar.errors import DebarError
from debar.portfolio import audit, estates
from debar.portfolio.tables import TENANTS
from debar.store import checking, lake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.store.ledger import Ledger

_NAMED = re.compile(r"([0-9a-f]{64})(?:\.[a-z0-9.]{1,20})?")


class Checked(NamedTuple):
    """What a check found."""

    organisations: int
    runs: int
    files: int
    faults: tuple[str, ...]
    """What was changed, removed or added, one line each."""


def check(portfolio: Portfolio, told: Callable[[str], None] = lambda _: None) -> Checked:
    """Look at everything that a portfolio holds; `told` hears the name of each organisation before it is looked at.

    1. What all share: the database, and the chain of its log.
    2. Each organisation: the database, the chain of its log, its runs and their files, as `debar status --check` looks.
    3. Every other file beside it that is named by its hash.
    """
    faults = [f"portfolio: {fault}" for fault in (*_damage(portfolio.common), *_told(audit.breaks, portfolio))]  # 1.
    with portfolio.reading() as connection:
        ids = connection.execute(sa.select(TENANTS.c.id).order_by(TENANTS.c.id)).scalars().all()
    runs = files = 0
    for id_ in ids:
        told(id_)
        try:
            estate = estates.behind(portfolio, id_)
            faults += (f"{id_}: {fault}" for fault in _damage(estate.ledger))
            found = checking.check(estate.ledger)  # 2.
        except DebarError as e:
            faults += (f"{id_}: {line}" for line in e.message.splitlines())
            continue
        others, wrong = _files(estate)  # 3.
        runs, files = runs + found.runs, files + found.files + others
        faults += (f"{id_}: {fault}" for fault in (*found.faults, *wrong))
    return Checked(len(ids), runs, files, tuple(faults))


def _told(breaks: Callable[[Portfolio], list[str]], portfolio: Portfolio) -> list[str]:
    try:
        return breaks(portfolio)
    except DebarError as e:
        return [e.message]


def _damage(database: Ledger) -> Iterator[str]:
    """Yield what the database says of itself; a server looks after its own."""
    if database.place.server:
        return
    with database.reading() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    yield from (f"database: {line}" for line in said if line != "ok")


def _files(estate: Estate) -> tuple[int, list[str]]:
    """Give how many files are named by their hash that no run speaks of, and which of them are not what they are named."""
    found, wrong = 0, []
    for file in _beside(estate.place.lake):
        found += 1
        name = _NAMED.fullmatch(file.name)
        if name and lake.digest(file) != name.group(1):
            wrong.append(f"{file.relative_to(estate.place.lake)}: was changed since it was kept")
    return found, wrong


def _beside(home: Path) -> Iterator[Path]:
    for folder in sorted(home.iterdir()):
        if folder.is_dir() and folder.name not in lake.SUFFIXES:
            yield from (file for file in sorted(folder.rglob("*")) if file.is_file() and _NAMED.fullmatch(file.name))
