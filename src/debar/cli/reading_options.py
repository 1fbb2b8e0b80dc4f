# SPDX-License-Identifier: Apache-2.0
"""Options of reading sources: what is left out, how tables are taken, what is stale, and what people decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from debar.cli import decided_places, recording, storing
from debar.cli.options import check_word, told
from debar.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from debar.model.inventory import Layout
    from debar.model.results import Decision
    from debar.pipeline import Settings


def add_reading_options(group: argparse._ArgumentGroup) -> None:
    """Add how sources are read; `settings` gives what these come to."""
    group.add_argument(
        "--exclude",
        metavar="GLOB",
        action="append",
        help="leave files out; the report says so; may be given several times",
    )
    add_columns_option(group)
    group.add_argument(
        "--strings",
        action="store_true",
        help="also search the programs of file trees for strings of embedded engines, which reads every byte of them",
    )
    group.add_argument(
        "--stale-after",
        metavar="DAYS",
        default="90",
        help="call evidence stale that is older than this on the day asked about (default: 90)",
    )
    add_decisions_option(group)
    recording.add_records_option(group)
    storing.add_store_options(group)


def add_decisions_option(group: argparse._ArgumentGroup) -> None:
    """Add where the decisions of people stand."""
    group.add_argument(
        "--decisions",
        metavar="FILE",
        type=Path,
        default=None,
        help=f"what people decided about exposures (default: {decided_places.USUAL} in the current folder, if it is"
        f" there), or {decided_places.IN_STORE} for those that the history of --store holds; debar decide writes it",
    )


def settings(options: argparse.Namespace, *, strict: bool = False, engine: str = "inline") -> Settings:
    """Give how to scan by the options of reading; UsageError for a number of days that is none, or a faulty file."""
    from debar.pipeline import Settings  # only where something is scanned

    if not options.stale_after.isdecimal() or len(options.stale_after) > 5:
        raise UsageError(
            f"{options.named['stale_after']}: {options.stale_after!r} is no number of days", hint="90, for instance"
        )
    return Settings(
        strict=strict,
        exclude=tuple(options.exclude or ()),
        engine=engine,
        stale_after=int(options.stale_after),
        strings=options.strings,
        layouts=layouts(options),
        decisions=decisions(options),
        decided_in=decided_places.named(options),
        configured=told(options),
        records=recording.records(options),
        recorded_in=str(recording.file(options) or ""),
    )


def decisions(options: argparse.Namespace) -> tuple[Decision, ...]:
    """Give the decisions in force or not, of the file in use or of the history; UsageError with every fault of them."""
    with decided_places.reading(options) as file:
        if file is None:
            return ()
        from debar import decisions as deciding  # only where there are some

        try:
            return deciding.read(file)
        except UsageError as e:
            raise UsageError(
                f"{options.named['decisions']}: {e.message}" if options.decisions else e.message, e.hint
            ) from e


def add_columns_option(group: argparse._ArgumentGroup) -> None:
    """Add how the user names the columns of a table that debar guesses wrongly, or not at all."""
    group.add_argument(
        "--columns",
        metavar="ROLE=HEADER",
        action="append",
        help="what a column of your tables carries: supplier=Payee, purchase=Details, name, publisher, asset, date ...;"
        " may be given several times, and holds for tables that have all of these columns",
    )


def layouts(options: argparse.Namespace) -> tuple[Layout, ...]:
    """Give the layout that the named columns amount to; UsageError for an unknown role."""
    if not options.columns:
        return ()
    from debar.readers.tables import guesses  # only where columns were named

    pairs = []
    for text in options.columns:
        role, equals, column = text.partition("=")
        if not equals or not column.strip():
            raise UsageError(
                f"{options.named['columns']}: {text!r} is not ROLE=HEADER", hint="for instance supplier='Payee name'"
            )
        pairs.append((check_word(role.strip(), guesses.ROLES, options.named["columns"]), column.strip()))
    return (guesses.given(pairs),)
