# SPDX-License-Identifier: Apache-2.0
"""How a scan goes about it, apart from what is scanned and for whom."""

from __future__ import annotations

from pathlib import Path

import msgspec

from debar.model.inventory import Layout
from debar.model.results import Decision, Record
from debar.readers.lined import SIFTED


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to scan, apart from what and for whom."""

    strict: bool = False
    """The first input that cannot be read ends the scan."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of files to leave out; the report says so."""
    engine: str = "inline"
    """inline or duckdb: where matching runs."""
    stale_after: int = 90
    """Days after which evidence says too little about the day in question."""
    sifted_from: int = SIFTED
    """Bytes on disk from which only those lines of a log are read that may matter; less than 0 for every line."""
    is_digested: bool = False
    """Logs of which only some lines are read are digested as well."""
    workers: int = 0
    """Threads that look through logs, and processes that read file trees; 0 for one for each processor."""
    is_incremental: bool = False
    """Files of trees that are unchanged since the last such scan are not opened again."""
    verifies_cache: bool = False
    """They are, and each of which something else was kept than it says is reported."""
    strings: bool = False
    """Programs in file trees are searched for strings of embedded engines as well; it reads every byte of them."""
    layouts: tuple[Layout, ...] = ()
    """Column layouts of the user's own, beside those of the register."""
    decisions: tuple[Decision, ...] = ()
    """What people decided about exposures."""
    decided_in: str = ""
    """File that the decisions stand in: told in the report, and no evidence itself."""
    records: tuple[Record, ...] = ()
    """What people put on record of duties."""
    recorded_in: str = ""
    """File that the records stand in: told in the report, and no evidence itself."""
    configured: tuple[str, ...] = ()
    """What files of the project set, in words: it narrows or turns what was asked, so the report says so first."""

    @property
    def own(self) -> tuple[str, ...]:
        """Give the names of files that are no evidence wherever they lie."""
        return tuple(Path(file).name for file in (self.decided_in, self.recorded_in) if file)

    @property
    def used(self) -> tuple[str, ...]:
        """Give what the report says of the files that it heeds."""
        files = (("decisions", self.decided_in, self.decisions), ("records", self.recorded_in, self.records))
        return tuple(f"{what} were taken from {file}: {len(rows)}" for what, file, rows in files if file)
