# SPDX-License-Identifier: Apache-2.0
"""Where decisions stand: in a file of the user's, or in the history, which keeps every text that they ever had.

In the history they have the same form. For the time in which somebody reads or changes them they lie in a file of their own.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from debar import dates
from debar.cli import storing
from debar.cli.replacing import alone
from debar.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

USUAL = ".debar-decisions.yaml"
"""In the current folder: decisions that stand here are heeded without being named."""
IN_STORE = "store:"
"""As the name of a file: the decisions that the history holds."""
_KIND = "decisions"
"""Of the entries of the log that hold them."""


def is_in_store(options: argparse.Namespace) -> bool:
    """Tell whether the history is named as where decisions stand."""
    return str(options.decisions or "") == IN_STORE


def named(options: argparse.Namespace) -> str:
    """Give what to call the place in a report; empty where there are no decisions."""
    if is_in_store(options):
        return f"the history in {storing.shown(options)}"
    file = _file(options)
    return str(file) if file else ""


@contextlib.contextmanager
def reading(options: argparse.Namespace) -> Iterator[Path | None]:
    """Give the file that decisions are read from, the usual one if it is there; None where there is none."""
    if not is_in_store(options):
        yield _file(options)
        return
    with storing.history(options) as ledger, _lying(options) as file:
        from debar.store import log  # heavy: loaded where a store is named

        with ledger.reading() as connection:
            text = log.newest(connection, _KIND)
        if text:
            file.write_text(text, encoding="utf-8", newline="")
        yield file if text else None


@contextlib.contextmanager
def writing(options: argparse.Namespace) -> Iterator[Path]:
    """Give the file to change; nobody else changes it meanwhile. What it holds at the end is kept, or nothing is."""
    if not is_in_store(options):
        file = options.decisions or Path(USUAL)
        with alone(file):
            yield file
        return
    with storing.history(options, makes=True) as ledger, _lying(options) as file, ledger.writing() as connection:
        from debar.store import log  # heavy: loaded where a store is named

        if text := log.newest(connection, _KIND):
            file.write_text(text, encoding="utf-8", newline="")
        yield file
        if (changed := file.read_bytes().decode("utf-8") if file.exists() else text) != text:
            log.add(connection, dates.present(), _KIND, changed)


def _file(options: argparse.Namespace) -> Path | None:
    file: Path | None = options.decisions
    return file or (Path(USUAL) if os.path.lexists(USUAL) else None)


@contextlib.contextmanager
def _lying(options: argparse.Namespace) -> Iterator[Path]:
    """Give a file in a folder of its own, which is gone afterwards; faults speak of the history."""
    with tempfile.TemporaryDirectory(prefix="debar-") as folder:
        file = Path(folder, USUAL)
        try:
            yield file
        except UsageError as e:
            raise UsageError(e.message.replace(str(file), named(options)), hint=e.hint) from e
