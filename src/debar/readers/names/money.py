# SPDX-License-Identifier: Apache-2.0
"""Sums of money as ledgers write them: 1.234,56 and (12.00) and £1,234, exact and with their currency."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 40
"""Characters of a cell that can be a sum."""
SYMBOLS = {"£": "GBP", "€": "EUR", "₹": "INR", "₩": "KRW", "₽": "RUB", "₴": "UAH", "₺": "TRY", "₫": "VND", "zł": "PLN"} | {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "S$": "SGD", "NZ$": "NZD",
    "R$": "BRL", "NT$": "TWD", "RMB": "CNY", "EURO": "EUR", "EUROS": "EUR",
}  # fmt: skip
"""Signs that stand for one currency; "$", "¥" and "kr" stand for several and stay as they are."""
_OPEN = frozenset({"$", "¥", "￥", "kr", "Kr", "KR"})
_CODE = r"[A-Z]{3}|EUROS?|(?:US|AU?|CA?|HK|S|NZ|R|NT)\$|[£€₹₩₽₴₺₫$¥￥]|zł|[Kk][Rr]\.?"
_GAP = "[ \u00a0\u2009\u202f]"
_QUOTES = "'\u2019"
"""What parts thousands in Switzerland."""
_SUM = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+\u2212\u2013])?{_GAP}*(?P<before>{_CODE})?{_GAP}*(?P<inner>[-+\u2212\u2013])?{_GAP}*"
    rf"(?P<number>(?:[0-9](?:[0-9.,{_QUOTES}]|{_GAP}(?=[0-9]))*|[.,][0-9]+))(?P<power>[eE][+-]?[0-9]{{1,2}})?"
    rf"{_GAP}*(?P<after>{_CODE})?{_GAP}*(?P<behind>[-\u2212\u2013])?(?P<close>\))?"
)
_SIMPLE = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?|-?[0-9]{1,3}((?:,[0-9]{3})+)\.[0-9]{2}", re.ASCII)
_CENTS = re.compile(r"(?:-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,4})\.[0-9]{2}\n)*+")
_MARKED = re.compile(r"(?:,(?=[0-9])|\.(?=[0-9]))")
_GROUPS = re.compile(rf"{_GAP}|[{_QUOTES}]")
_IN_HEADER = re.compile(rf"(?<![A-Za-z]){_CODE}(?![A-Za-z])")
_ISO = """AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HRK HUF IDR ILS INR ISK JPY KES KRW KZT LKR MAD
    MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR""".split()  # noqa: SIM905 - a list


class Sum(NamedTuple):
    """A sum of money."""

    amount: Decimal
    currency: str
    """ISO 4217 where the cell says one, or the sign as it stands there; empty where it says none."""


def mark(cells: Iterable[str]) -> str:
    """Give the decimal mark of a column, "." or ",", told from those cells that leave no doubt; empty when none does.

    A number with both marks ends with its decimals; so does one with a single mark that is not before three digits, or
    behind a nought or more than three digits.
    """
    votes = {".": 0, ",": 0}
    for cell in cells:
        number = _GROUPS.sub("", cell)
        marks = _MARKED.findall(number[:LONGEST])
        if not marks:
            continue
        last = marks[-1]
        whole, _, decimals = number.rpartition(last)
        before, after = _digits(whole), len(_digits(decimals))
        if len(set(marks)) > 1:
            votes[last] += marks.count(last) == 1
        elif len(marks) == 1 and (after != 3 or len(before) > 3 or before in ("", "0")):
            votes[last] += 1
        elif len(marks) > 1:
            votes["," if last == "." else "."] += 1
    if votes["."] == votes[","]:
        return ""
    return max(votes, key=lambda each: votes[each])


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def cents(cells: Sequence[str]) -> list[int] | None:
    """Give the hundredths of a column in which each sum is written like 1,234.56; nothing for any other column."""
    whole = "\n".join((*cells, ""))
    # A cell with a line feed in it is not two.
    if not _CENTS.fullmatch(whole) or whole.count("\n") != len(cells):
        return None
    return list(map(int, whole.replace(",", "").replace(".", "").split()))


def summed(text: str, decimal: str = "") -> Sum | None:
    """Give the sum in a cell, or nothing where it holds none; `decimal` is the decimal mark of the column, if known."""
    if len(text) > LONGEST:
        return None
    if simple := _SIMPLE.fullmatch(text):  # nearly every cell
        return Sum(Decimal(text.replace(",", "") if simple[1] else text), "")
    found = _SUM.fullmatch(text.strip())
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    signs = [bool(found["open"]), *(found[name] not in (None, "+") for name in ("sign", "inner", "behind"))]
    if sum(signs) > 1 or (found["before"] and found["after"]):
        return None
    bare = _bare(_GROUPS.sub("", found["number"]), decimal)
    if not bare:
        return None
    number = Decimal(bare + (found["power"] or ""))
    return Sum(-number if any(signs) else number, currency(found["before"] or found["after"] or ""))


def _bare(number: str, decimal: str) -> str:
    """Give a number with "." before its decimals and nothing else between its digits; nothing for what is no number."""
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number
    point, before = number[last], number[:last]
    if number.count(point) > 1:
        is_decimal = False
    elif "." in before or "," in before or len(number) - last != 4 or len(before) > 3 or before in ("", "0"):
        is_decimal = True
    else:
        is_decimal = decimal == point  # "1.234" alone is either; most columns of money have no thousandths
    whole, decimals = (before, number[last + 1 :]) if is_decimal else (number, "")
    groups = re.split("[.,]", whole)
    if len(groups) > 1 and not (len(groups[-1]) == 3 and all(2 <= len(group) <= 3 for group in groups[1:])):
        return ""
    if "." in whole and "," in whole:
        return ""
    return f"{''.join(groups) or '0'}{'.' if decimals else ''}{decimals}"


@lru_cache(maxsize=1024)
def currency(text: str) -> str:
    """Give the ISO code of what a cell calls its currency, or the word itself where it may mean several."""
    word = text.strip().rstrip(".")
    return (
        SYMBOLS.get(word) or SYMBOLS.get(word.upper()) or (word.upper() if word.isascii() and len(word) == 3 else word)
    )


def of_header(text: str) -> str:
    """Give the currency that the header of a column of sums names: "Amount (GBP)", "Net £"; else nothing."""
    for found in _IN_HEADER.finditer(text):
        word = found.group()
        if word not in _OPEN and (not word.isalpha() or word in _ISO):
            return currency(word)
    return ""
