# SPDX-License-Identifier: Apache-2.0
"""Which column of a table holds the names, and which the sums, their currency and the days.

Who names a file says that names stand in it, so that a column need only look like one: this is less strict than the
guesses of a scan, and the answer tells which column was taken and which others might have been meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab import Kind
from debar.readers.names import money, numbers
from debar.readers.tables import table_columns
from debar.readers.tables.guesses import SAMPLE, TOLD, TOLD_NAME, WORDS_OF_ROLES, roles_of
from debar.readers.tables.table_columns import BLANK, HEADER_ROWS, cell
from debar.text import fold
from debar.text import header as folded

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from debar.model.inventory import Layout


def _words(text: str) -> frozenset[str]:
    return frozenset(map(folded, text.split()))


_NAMED = _words(
    """name names name1 company companies organisation organization organisations organizations entity entities firm business
    party parties partner client customer firma firmen unternehmen gesellschaft nom société entreprise raisonsociale empresa
    empresas razónsocial nombre ragionesociale azienda nome bedrijf naam nazwa şirket unvan название наименование компания
    организация фирма 公司 公司名称 公司名稱 名称 名稱 企业 企業 会社 会社名 회사 회사명 업체 업체명"""
)
_CURRENCIES = _words(
    """currency currencies ccy curr cur currencycode isocurrency währung waehrung währg whrg waers devise moneda divisa valuta
    waluta moeda валюта 币种 幣別 通貨 통화"""
)
_ASIDE = _words(
    "id ids no nr number num code codes key ref reference type typ category group class status country city address"
    " email phone vat tax iban bic nummer konto kategorie land ort"
)
"""Words of columns about a supplier that are not its name."""
_AROUND = _words("the of to or and full legal trading registered main paid by invoice der des le la de del da di 1 2")
"""Words that stand beside those."""
_CALLED = WORDS_OF_ROLES["supplier"] | WORDS_OF_ROLES["publisher"] | _NAMED
_KNOWN = frozenset().union(*WORDS_OF_ROLES.values()) | _NAMED | _CURRENCIES
_CODE = re.compile(r"[A-Z]{3}|[£€$¥]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TITLE = 200
"""Longest title of a column, characters."""


class Columns(NamedTuple):
    """Where a table has what; -1 for what it has not."""

    titles: tuple[str, ...]
    """Of all columns; "column 2" where there is no header."""
    row: int
    """Row of the header, from 1; 0 where there is none."""
    name: int
    amount: int = -1
    currency: int = -1
    day: int = -1
    others: tuple[int, ...] = ()
    """Columns that might have been meant for names as well."""
    money: str = ""
    """Currency that the header of the sums names."""
    numbers: tuple[tuple[int, str], ...] = ()
    """Columns of numbers of public registers, each with the kind of its numbers."""


def chosen(rows: Sequence[Sequence[str]], wanted: str = "", layouts: Iterable[Layout] = ()) -> Columns | None:
    """Give the columns of a table by its first rows; nothing where none holds names, or none is the wanted one.

    `wanted` is a header, compared without case, blanks and punctuation, or the number of a column from 1.
    """
    if wanted:
        return _wanted(rows, wanted)
    known = [layout for layout in layouts if Kind.SUPPLIER in layout.columns]
    needed = table_columns.needed(known)
    for number, cells in enumerate(rows[:HEADER_ROWS], 1):
        below = rows[number : number + SAMPLE]
        places = _places(cells, below)
        if fit := table_columns.fit(cells, known, needed):
            first = [at for at, kind in fit.values if kind is Kind.SUPPLIER and _has_letters(below, at)]
            places = list(dict.fromkeys((*first, *places)))
        if places:
            return _columns(cells, number, places, below)
    return _alone(rows)


def told(columns: Columns) -> str:
    """Give which columns were taken, and for what, in words."""
    parts = [f"{_title(columns, columns.name)} as name"]
    for place, what in ((columns.amount, "amount"), (columns.currency, "currency"), (columns.day, "date")):
        parts += [f"{_title(columns, place)} as {what}"] if place >= 0 else []
    said = f"columns were taken: {', '.join(parts)}"
    parts_of_numbers = ", ".join(f"{_title(columns, at)} as number ({kind})" for at, kind in columns.numbers)
    said += f", {parts_of_numbers}" if parts_of_numbers else ""
    if columns.others:
        others = ", ".join(_title(columns, at) for at in columns.others[:TOLD])
        said += f"; names may also stand in {others}, which was not looked at: --column names the one that is meant"
    return said


def listed(rows: Sequence[Sequence[str]]) -> str:
    """Give the columns of a table, each with its number, for the message that none of them holds names."""
    head = max(rows[:HEADER_ROWS], key=lambda cells: sum(bool(one.strip()) for one in cells), default=())
    some = [f"{number} {title.strip()[:TOLD_NAME]!r}" for number, title in enumerate(head, 1) if title.strip()]
    more = f" and {len(some) - 5 * TOLD} more" if len(some) > 5 * TOLD else ""
    return ", ".join(some[: 5 * TOLD]) + more or "none"


def _title(columns: Columns, at: int) -> str:
    return repr(columns.titles[at][:TOLD_NAME])


def _wanted(rows: Sequence[Sequence[str]], wanted: str) -> Columns | None:
    name = folded(wanted)
    is_place = wanted.isascii() and wanted.isdecimal()
    for number, cells in enumerate(rows[:HEADER_ROWS], 1):
        if is_place and not _is_header(cells):
            continue  # a cell with this number is no header
        if name and (places := [at for at, title in enumerate(cells) if folded(title[:_TITLE]) == name]):
            below = rows[number : number + SAMPLE]
            # Two columns of one name are often a number and a name.
            places.sort(key=lambda at: not _has_letters(below, at))
            return _columns(cells, number, places[:1], below)
    width = max(map(len, rows), default=0)
    if not (is_place and 1 <= int(wanted[:6]) <= width):
        return None
    place = int(wanted) - 1
    # Somebody who counts columns may have a header all the same.
    for number, cells in enumerate(rows[:HEADER_ROWS], 1):
        if place < len(cells) and _is_header(cells):
            return _columns(cells, number, [place], rows[number : number + SAMPLE])
    return Columns(tuple(f"column {number}" for number in range(1, width + 1)), 0, place)


def _columns(cells: Sequence[str], row: int, places: Sequence[int], below: Sequence[Sequence[str]]) -> Columns:
    """Give the columns of a table whose header and names are known."""
    roles = roles_of(cells, [line for line in below if any(map(str.strip, line))])
    amount = next((at for at in roles.get("amount", ()) if at != places[0]), -1)
    day = next((at for at in roles.get("date", ()) if at not in (places[0], amount)), -1)
    currency = next((at for at in range(len(cells)) if at not in (amount, day) and _is_currency(cells, below, at)), -1)
    registers = tuple(_numbers(cells, below, {places[0], amount, currency, day}))
    kept = {amount, day, currency, *(at for at, _ in registers)}
    return Columns(
        tuple(title.strip() or f"column {number}" for number, title in enumerate(cells, 1)),
        row,
        places[0],
        amount,
        currency,
        day,
        tuple(at for at in places[1:] if at not in kept),
        money.of_header(cells[amount]) if amount >= 0 else "",
        registers,
    )


def _numbers(cells: Sequence[str], below: Sequence[Sequence[str]], taken: Container[int]) -> Iterator[tuple[int, str]]:
    """Yield the columns that are called a number of a public register and have such numbers in most cells."""
    for at, title in enumerate(cells):
        kind = numbers.called(title) if at not in taken else ""
        found = [text for line in below if kind and not numbers.is_none(text := cell(line, at))]
        if found and sum(bool(numbers.number(kind, text)) for text in found) * 2 >= len(found):
            yield at, kind


def _is_currency(cells: Sequence[str], below: Sequence[Sequence[str]], at: int) -> bool:
    """Tell that a column is called a currency, and has one in nearly every cell."""
    if _spelt(cells[at]).isdisjoint(_CURRENCIES):
        return False
    found = [text for line in below if (text := cell(line, at)) not in BLANK]
    return bool(found) and sum(_CODE.fullmatch(text.upper()) is not None for text in found) * 10 >= len(found) * 8


def _places(cells: Sequence[str], below: Sequence[Sequence[str]]) -> list[int]:
    """Give the columns that may hold names, the likeliest first; none for a row that is no header."""
    if not _is_header(cells):
        return []
    filled = [line for line in below if any(map(str.strip, line))]
    roles = roles_of(cells, filled)
    ranked: dict[int, tuple[bool, int, int]] = {}
    for at, title in enumerate(cells):
        words = _spelt(title)
        # A header without rows, or before a row that is too long to be looked at, has nothing but its words.
        is_supplier = at in roles.get("supplier", ()) or not (filled or words.isdisjoint(WORDS_OF_ROLES["supplier"]))
        kinds = (is_supplier, not words.isdisjoint(_NAMED), at in roles.get("publisher", ()))
        if any(kinds) and _has_letters(below, at) and (kinds[0] or words.isdisjoint(_ASIDE)):
            ranked[at] = (not words.isdisjoint(_ASIDE), kinds.index(True), at)
    return sorted(ranked, key=lambda at: ranked[at])


def _is_header(cells: Sequence[str]) -> bool:
    """Tell that a row names columns, and one of them for a party: no name of a company such as "Partner Systems Ltd"."""
    titles = [title for title in cells if title.strip()]
    if not titles or any(len(title) > _TITLE or not any(map(str.isalpha, title)) for title in titles):
        return False
    spelt = [_spelt(title) for title in titles]
    called = [words for words in spelt if not words.isdisjoint(_CALLED)]
    # The joined form of a title of several words is one of its spellings and no word.
    known = sum(not words.isdisjoint(_KNOWN) for words in spelt)
    is_plain = any(len(words - _CALLED - _ASIDE - _AROUND) <= (len(words) > 1) for words in called)
    return is_plain or (bool(called) and known > 1)


def _spelt(title: str) -> frozenset[str]:
    """Give the words of a title, and all of them as one."""
    return frozenset((*fold(_HUMP.sub(" ", title[:_TITLE])).split(), folded(title[:_TITLE])))


def _has_letters(below: Sequence[Sequence[str]], at: int) -> bool:
    """Tell that names can stand in a column; one without rows may have any."""
    found = [text for line in below if (text := cell(line, at)) not in BLANK]
    return sum(any(map(str.isalpha, text[:100])) for text in found) * 2 >= len(found)


def _alone(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Give the only column of a list of names that has no header."""
    filled = [line for line in rows if any(map(str.strip, line))]
    if not filled or any(len(line) > 1 for line in filled) or not _has_letters(filled, 0):
        return None
    return Columns(("column 1",), 0, 0)
