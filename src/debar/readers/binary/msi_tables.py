# SPDX-License-Identifier: Apache-2.0
"""Tables of a Windows Installer database: properties of the product and of the package.

Streams of tables have names in an alphabet of 64 letters, two of them in a character; texts lie in one
pool and the tables have their numbers. After the description in the "MSI" pages of the Wine project's
and of Microsoft's documentation of the installer database.
"""

from __future__ import annotations

import codecs
from struct import unpack_from
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debar.readers.binary.compound import Compound, Entry

DATABASE, PATCH = (
    bytes.fromhex("84100c0000000000c000000000000046"),
    bytes.fromhex("86100c0000000000c000000000000046"),
)
"""Class identifiers {000C1084-0000-0000-C000-000000000046} and {000C1086-...}."""
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._"
_TABLE = "\u4840"
"""First character of the name of a table's stream."""
_TEXTS = 1 << 20
"""Texts looked at; large products have 200,000."""
_ROWS = 1 << 12
"""Properties looked at; large products have hundreds."""
_PROPERTIES = 1 << 8
"""Entries of a summary looked at."""
_TEXT, _SHORT = 30, 2
"""Types of property: VT_LPSTR and VT_I2."""
_TITLE, _SUBJECT, _AUTHOR, _COMMENTS, _CREATED_BY = 2, 3, 4, 6, 18
SUMMARY = {_TITLE: "title", _SUBJECT: "subject", _AUTHOR: "author", _COMMENTS: "comments", _CREATED_BY: "program"}


def name(text: str) -> str:
    """Give the name of a stream as the installer means it; tables begin with "!"."""
    found = []
    for letter in text:
        number = ord(letter) - 0x3800
        if letter == _TABLE:
            found.append("!")
        elif 0 <= number < 0x1000:
            found.append(_LETTERS[number & 63] + _LETTERS[number >> 6])
        elif 0x1000 <= number < 0x1040:
            found.append(_LETTERS[number - 0x1000])
        else:
            found.append(letter)
    return "".join(found)


def streams(file: Compound) -> dict[str, Entry]:
    """Give the streams of an installer by name."""
    return {name(entry.name): entry for entry in reversed(file.inside(file.entries[0]))}


def properties(file: Compound, found: dict[str, Entry]) -> dict[str, str]:
    """Give the table Property; empty when the installer has none."""
    if not {"!_StringPool", "!_StringData", "!Property"} <= found.keys():
        return {}
    pool, data, table = (file.content(found[key]) for key in ("!_StringPool", "!_StringData", "!Property"))
    if len(pool) < 4:
        return {}
    texts = _texts(pool, data)
    # The upper half of a pool's first number says how large the numbers of texts are.
    width = 3 if pool[3] & 0x80 else 2
    count = min(len(table) // (2 * width), _ROWS)
    numbers = [int.from_bytes(table[at * width : at * width + width], "little") for at in range(len(table) // width)]
    columns = len(table) // (2 * width)
    pairs = ((numbers[row], numbers[columns + row]) for row in range(count))
    return {texts[key]: texts[value] for key, value in pairs if key in texts and value in texts}


def _texts(pool: bytes, data: bytes) -> dict[int, str]:
    """Give the texts by number."""
    encoding = _encoding(unpack_from("<H", pool)[0])
    found: dict[int, str] = {}
    at, place = 4, 0
    for number in range(1, _TEXTS):
        if at + 4 > len(pool) or place > len(data):
            break
        length, references = unpack_from("<HH", pool, at)
        at += 4
        if not length and references and at + 4 <= len(pool):
            # A text of 64 KiB or more has its length in the place after.
            (length,) = unpack_from("<I", pool, at)
            at += 4
        found[number] = data[place : place + length].decode(encoding, "replace")
        place += length
    return found


def _encoding(page: int) -> str:
    """Give the codec of a Windows code page; the neutral one is ASCII, which Latin-1 includes."""
    word = "utf-8" if page == 65001 else f"cp{page}"
    try:
        codecs.lookup(word)
    except LookupError:
        return "latin-1"
    return word


def summary(data: bytes) -> dict[str, str]:
    """Give the texts of a summary information stream (MS-OLEPS) by the names above."""
    if len(data) < 48 or data[:2] != b"\xfe\xff":
        return {}
    (start,) = unpack_from("<I", data, 44)
    if start + 8 > len(data):
        return {}
    (count,) = unpack_from("<I", data, start + 4)
    places: dict[int, int] = {}
    for number in range(min(count, _PROPERTIES)):
        if start + 16 + 8 * number > len(data):
            break
        kind, at = unpack_from("<II", data, start + 8 + 8 * number)
        if start + at + 8 <= len(data):
            places[kind] = start + at
    encoding = "latin-1"
    if 1 in places and unpack_from("<I", data, places[1])[0] == _SHORT:
        encoding = _encoding(unpack_from("<H", data, places[1] + 4)[0])
    found = {}
    for kind, at in places.items():
        value, length = unpack_from("<II", data, at)
        if kind in SUMMARY and value == _TEXT:
            found[SUMMARY[kind]] = _decoded(data[at + 8 : at + 8 + length].partition(b"\0")[0], encoding)
    return found


def _decoded(data: bytes, encoding: str) -> str:
    """Give a text of a summary; msitools writes UTF-8 whatever code page it names."""
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return data.decode(encoding, "replace").strip()
