# SPDX-License-Identifier: Apache-2.0
"""The option that names the file of records, and what stands in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from debar.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from debar.model.results import Record

USUAL = ".debar-records.yaml"
"""File of records that is used when none is named."""


def add_records_option(group: argparse._ArgumentGroup) -> None:
    """Add where the records of people stand."""
    group.add_argument(
        "--records",
        metavar="FILE",
        type=Path,
        default=None,
        help=f"what people put on record of duties (default: {USUAL} in the current folder, if it is there);"
        " debar record writes it",
    )


def file(options: argparse.Namespace) -> Path | None:
    """Give the file of records that is named, or the usual one if it is there."""
    named: Path | None = options.records
    return named or (Path(USUAL) if os.path.lexists(USUAL) else None)


def records(options: argparse.Namespace) -> tuple[Record, ...]:
    """Give the records of the file in use; UsageError with every fault of it, and for none where it is not just being made."""
    named = file(options)
    if named is None or (getattr(options, "makes_records", False) and not os.path.lexists(named)):
        return ()
    from debar import records as recorded  # only where there is a file

    try:
        return recorded.read(named)
    except UsageError as e:
        raise UsageError(f"{options.named['records']}: {e.message}" if options.records else e.message, e.hint) from e
