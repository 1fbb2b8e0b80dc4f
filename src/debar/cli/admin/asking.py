# SPDX-License-Identifier: Apache-2.0
"""What the words of `debar admin` share: the portfolio, who changes it, and how the answer is written."""

from __future__ import annotations

import contextlib
import getpass
import sys
from typing import TYPE_CHECKING

from debar.cli import output, storing
from debar.errors import UsageError
from debar.obligations.organisation import organisation
from debar.writers import json
from debar.writers.layout import Page

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from debar.model.measures import Organisation
    from debar.model.portfolio import Caller
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.store.places import Place


def place(options: argparse.Namespace) -> Place:
    """Give where the portfolio lies that the options name."""
    from debar.store import places  # heavy: loaded where a store is named

    if not options.store:
        raise UsageError("no portfolio is named", hint="--store DIR names it, or DEBAR_STORE")
    named = storing.required(options)
    return places.place(named.where, named.lake)


@contextlib.contextmanager
def portfolio(options: argparse.Namespace, *, makes: bool = False) -> Iterator[Portfolio]:
    """Give the portfolio that the options name, opened."""
    at = place(options)
    from debar.portfolio import databases  # heavy: loaded where a store is named

    with databases.opened(at, makes=makes) as found:
        yield found


def by() -> Caller:
    """Give who changes something, as the audit log calls them: the account of the system."""
    from debar.model.portfolio import Caller

    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as containers have
        name = "somebody"
    return Caller(id=f"system:{name}", name=f"{name}, with debar admin")


def estate(found: Portfolio, id_: str) -> Estate:
    """Give an organisation to whoever runs the whole."""
    from debar.portfolio import estates

    return estates.behind(found, id_, by())


def organisation_of(options: argparse.Namespace) -> Organisation | None:
    """Give who asks the law as the options say it; UsageError for what describes nobody."""
    text = getattr(options, "as")
    if not text:
        return None
    try:
        return organisation(text)
    except UsageError as e:
        raise UsageError(f"{options.named['as']}: {e.message}", hint=e.hint) from e


def password(options: argparse.Namespace, *, is_needed: bool = False) -> str:
    """Give the password that stands in the first line of a file; nothing where none is named."""
    file: Path | None = options.password_file
    if file is None:
        if is_needed:
            raise UsageError("no password is given", hint="--password-file FILE, or - for standard input")
        return ""
    try:
        if str(file) == "-":
            return str(sys.stdin.readline()).rstrip("\r\n")
        with file.open(encoding="utf-8") as opened:
            return opened.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"{options.named['password_file']}: {file}: cannot be read: {e}") from e


def tell(options: argparse.Namespace, document: object, lines: Iterable[str]) -> None:
    """Write the answer: as JSON, or line by line for people."""
    said = list(lines)

    def write(form: str, out: object, style: object) -> None:
        if form == "json":
            json.write_document(document, out, style)  # type: ignore[arg-type]
            return
        page = Page(out, style)  # type: ignore[arg-type]
        for line in said:
            page.line(line)

    output.write(output.targets(options), options, write)


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows with their columns in line."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
