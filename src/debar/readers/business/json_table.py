# SPDX-License-Identifier: Apache-2.0
"""Tables as JSON: objects whose keys a layout knows as columns, or whose columns can be guessed."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from debar.errors import SourceError
from debar.readers import places, records
from debar.readers.tables import guesses, table_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def fits(source: Input) -> str:
    """Give why the objects of a document are rows of a table, or nothing."""
    try:
        ahead = list(islice(rows_of(source), guesses.SAMPLE))
    except SourceError:
        return ""
    # What was lost while looking is lost again, and told, while reading.
    source.forget()
    header = _names(row for _, row in ahead)
    if table_columns.fit(header, source.layouts):
        return "keys that a column layout knows"
    guess = _guess(header, ahead)
    return guesses.told(guess) if guess else ""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each object that says something, in order."""
    rows = rows_of(source)
    ahead = list(islice(rows, guesses.SAMPLE))
    header = _names(row for _, row in ahead)
    fit = table_columns.fit(header, source.layouts)
    if fit is None and (guess := _guess(header, ahead)):
        source.remarks.append(guesses.told(guess))
        fit = table_columns.fit(header, [guess.layout])
    if fit is None:
        raise SourceError(
            f"no column layout knows these keys: {', '.join(header)[:200]}",
            hint="name the columns with --columns ROLE=HEADER, or add a layout to register/layouts",
        )
    source.fitted.add(fit.layout.id)
    stem = places.stem(source.path)
    for locator, row in chain(ahead, rows):
        source.tally["rows"] += 1
        cells = [row.get(name, "") for name in header]
        if found := table_columns.observation(source, locator, cells, fit, stem):
            yield found


def rows_of(source: Input) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (locator, row); an object with one list of objects in it, as interfaces answer, is that list."""
    found = records.objects(source)
    ahead = list(islice(found, 2))
    # A document of one line with a line feed behind it looks like a log of one object.
    is_alone = len(ahead) == 1 and not ahead[0][0].startswith("/")
    for locator, value in chain(ahead, found):
        pointer, inner = _wrapped(value) if is_alone else ("", [])
        if inner:
            yield from ((f"{pointer}/{number}", _flat(row)) for number, row in enumerate(inner))
        else:
            yield locator, _flat(value)


def _wrapped(value: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """Give the pointer to the one list of objects in an answer, and the list.

    OData puts it one level deeper, {"d": {"results": [...]}}; a row with a list inside an object is no answer.
    """
    holders = [("", value)]
    if value and all(isinstance(inner, dict) for inner in value.values()):
        holders += [(f"/{key}", inner) for key, inner in value.items()]
    lists = [
        (f"{pointer}/{key}", inner)
        for pointer, holder in holders
        for key, inner in holder.items()
        if isinstance(inner, list) and inner
    ]
    if len(lists) == 1 and all(isinstance(row, dict) for row in lists[0][1]):
        return lists[0]
    return "", []


def _flat(row: dict[str, Any]) -> dict[str, str]:
    """Give the scalars of an object as text; those of an object inside it are called "outer inner"."""
    found = records.texts(row)
    for key, value in row.items():
        if isinstance(value, dict):
            found.update({f"{key} {name}": text for name, text in records.texts(value).items()})
    return found


def _names(rows: Iterator[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _guess(header: list[str], ahead: list[tuple[str, dict[str, str]]]) -> guesses.Guess | None:
    guess = guesses.guess([header, *([row.get(name, "") for name in header] for _, row in ahead)])
    return guess if guess and guess.header == 1 else None
