# SPDX-License-Identifier: Apache-2.0
"""Options of the history: where runs are kept, and the words that stand for one of them."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import StoreError, UsageError
from debar.text import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.model.results import Report
    from debar.store.keeping import Keeping
    from debar.store.ledger import Ledger

_RUN = re.compile(r"latest(?:~[0-9]{1,6})?|run-[0-9a-f]{1,12}")


class Store(NamedTuple):
    """A history as the user named it; nothing of it is opened yet."""

    where: str
    lake: str


def add_store_options(group: argparse._ArgumentGroup) -> None:
    """Add where the history lies."""
    group.add_argument(
        "--store",
        metavar="WHERE",
        default=None,
        help="history of runs, a directory or postgresql://... (default: none): debar scan keeps its run there; to other"
        " verbs latest, latest~1 or run-... as the only SOURCE is a run that was kept",
    )
    group.add_argument(
        "--lake",
        metavar="DIR",
        default=None,
        help="with a postgresql:// history: directory of the files of its runs",
    )


def store(options: argparse.Namespace) -> Store | None:
    """Give the history that the options name, or nothing."""
    if not options.store:
        if options.lake and options.named["lake"].startswith("-"):
            raise UsageError("--lake goes with --store postgresql://...", hint="name the history as well")
        return None
    server = "://" in options.store
    return Store(options.store, (options.lake or "") if server or options.named["lake"].startswith("-") else "")


def required(options: argparse.Namespace) -> Store:
    """Give the history that the options name; UsageError where they name none."""
    found = store(options)
    if found is None:
        raise UsageError("no history is named", hint="--store DIR names it; debar scan --store DIR keeps a run there")
    return found


def shown(options: argparse.Namespace) -> str:
    """Give the history that the options name as it may be printed, without a password."""
    from debar.store import places  # heavy: loaded where a store is named

    found = required(options)
    return places.place(found.where, found.lake).shown


@contextlib.contextmanager
def history(options: argparse.Namespace, *, makes: bool = False) -> Iterator[Ledger]:
    """Give the history that the options name, opened; UsageError where they name none."""
    from debar.store import ledger, places  # heavy: loaded where a store is named

    found = required(options)
    with ledger.opened(places.place(found.where, found.lake), makes=makes) as opened:
        yield opened


def is_run(word: str, named: Store | None) -> bool:
    """Tell whether a word stands for a run; where no history is named, a file of that name is the file."""
    return _RUN.fullmatch(word) is not None and (named is not None or not Path(word).exists())


class Kept(NamedTuple):
    """A run that was kept."""

    id: str
    report: Report
    met_before: frozenset[str]
    """Ids of the exposures that earlier runs met."""


def kept(word: str, named: Store | None) -> Kept:
    """Give the run that a word stands for; UsageError where there is none, or no history is named."""
    if named is None:
        raise UsageError(f"{word}: no history is named", hint="--store DIR says where runs are kept")
    from debar.store import ledger, places, runs  # heavy: loaded where a store is named

    with ledger.opened(places.place(named.where, named.lake)) as history:
        run = runs.meant(history, word)
        return Kept(run.id, runs.report(history, run), runs.met_before(history, run))


class Keeper:
    """What becomes of a scan's run: kept where a history is named, else nothing."""

    def __init__(self, run: Keeping | None = None, where: str = "") -> None:
        """Take the run on its way into a history, and where that lies."""
        self._run, self._where = run, where
        self._fault: StoreError | None = None
        self._id = ""
        self.passing: Callable[[Iterable[Observation]], Iterable[Observation]] = run.passing if run else iter

    def keep(self, report: Report) -> None:
        """Keep the report; a fault waits until the report was written as well."""
        try:
            self._id = self._run.keep(report).id if self._run else ""
        except StoreError as e:
            self._fault = e

    def tell(self, *, quiet: bool) -> None:
        """Say that the run was kept, or raise StoreError."""
        if self._fault:
            raise StoreError(f"the run was not kept: {self._fault.message}", self._fault.hint)
        if self._id and not quiet:
            print(f"debar: note: kept as {self._id} in {printable(self._where)}", file=sys.stderr)


@contextlib.contextmanager
def keeping(options: argparse.Namespace) -> Iterator[Keeper]:
    """Give what keeps the run of a scan; the history is opened first, so that a wrong one ends no long scan."""
    named = store(options)
    if named is None:
        yield Keeper()
        return
    from debar.store import keeping as kept  # heavy: loaded where a store is named
    from debar.store import places

    place = places.place(named.where, named.lake)
    with kept.keeping(place) as run:
        yield Keeper(run, place.shown)
