# SPDX-License-Identifier: Apache-2.0
"""Copies of a file with faults, drawn by chance: of bytes, of words, of lines, of encoding, and of JSON's types."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

TOKENS = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\n", b"\r\n", b"\t", b'"', b"'", b"\\", b"\\ud800", b"{", b"}", b"[",
    b"]", b"<", b">", b"&", b"]]>", b",", b";", b":", b"null", b"true", b"-1", b"1e999", b"9" * 400, b"9" * 5000,
    b"#fields\t", b"#separator ", b"\\x", b"%", b"@", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", "\u202e".encode(), b"()" * 20,
    b" " * 200, b" " * 20_000, b"a" * 20_000, b"[" * 3000, b"{" * 3000, b'{"a":' * 3000, b"<a>" * 3000, b"- " * 200,
    b"0000-00-00", b"9999-12-31T23:59:59-23:59", b"http://[", b"https://[::1", b"pkg:", b"cpe:/", b"::", b"256.1.1.1",
    b"1.2.3.4/99", b"\x00" * 64, b"\xff" * 16, b"[]", b"{}", b'""', b"0", b"inf", b"nan", "\u00b2\u0663".encode(), b"#",
    b"==", b"&a [*a]", b"*a", b"!!python/x", b"'''", b'"""', b"${a:${a}}",
)  # fmt: skip
SIZES = tuple(bytes.fromhex(size) for size in ("ffffffff", "00000000", "ffffff7f", "00000080", "7fffffff", "ff" * 8))
"""Lengths, counts and offsets as binary formats write them."""
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1e308, 1.5, "", "\0", "x", [], {}, [[]], [None], [1], ["a"], {"a": 1}, {"": []},
    [{"name": 1}], {"name": []}, "http://[", "\u00b2", "9" * 400, [[["a"]]], "2024-99-99T00:00:00Z",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32")
LARGEST = 1 << 22
"""Bytes at which a copy is damaged no further."""
_WORD = re.compile(rb"[A-Za-z0-9_.+:-]+")


def copy(content: bytes, chance: random.Random) -> bytes:
    """Give content with one to six faults."""
    kind = chance.randrange(10)
    if kind < 4 and content[:1] in (b"{", b"[") and (changed := _retyped(content, chance)):
        return changed
    if kind == 9:
        text = content.decode("latin-1")
        return chance.choice((content.replace(b"\n", b"\r\n"), text.encode(), text.encode(chance.choice(ENCODINGS))))
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        if len(data) < LARGEST:
            _damage(data, chance)
    return bytes(data)


def _damage(data: bytearray, chance: random.Random) -> None:
    """Cut, double, move, replace or insert a piece; half of the faults are near the beginning, where headers are."""
    start = chance.randrange(min(len(data), chance.choice((600, len(data)))) + 1)
    end = min(len(data), start + chance.choice((1, 2, 8, 40, 200)))
    match chance.randrange(12):
        case 0:
            del data[start:]
        case 1:
            del data[start:end]
        case 2:
            data[start:start] = data[start:end] * chance.choice((1, 2, 50, 500))
        case 3:
            data[start:end] = chance.randbytes(end - start)
        case 4:
            data[start:start] = chance.choice(TOKENS)
        case 5:
            size = chance.choice(SIZES)
            data[start : start + len(size)] = size
        case 6:
            data[start : start + 1] = bytes(byte ^ 1 << chance.randrange(8) for byte in data[start : start + 1])
        case 7 | 8:
            begin, close = data.find(b"\n", start), data.find(b"\n", end)
            data[begin:begin] = data[begin:close] * chance.choice((1, 100)) if 0 < begin < close else b"\n"
        case _:
            if word := _WORD.search(data, start):
                data[word.start() : word.end()] = chance.choice(TOKENS)


def _retyped(content: bytes, chance: random.Random) -> bytes:
    """Give a JSON document, or one of its first lines, with up to three values of another type; nothing for no JSON."""
    lines = content.split(b"\n")
    try:
        return json.dumps(_changed(json.loads(content), chance)).encode()
    except (ValueError, RecursionError):
        at = chance.randrange(min(len(lines), 20))
    try:
        lines[at] = json.dumps(_changed(json.loads(lines[at]), chance)).encode()
    except (ValueError, RecursionError):
        return b""
    return b"\n".join(lines)


def _changed(document: Any, chance: random.Random) -> Any:
    for _ in range(chance.randint(1, 3)):
        above: Any = None
        key: Any = None
        node = document
        for _ in range(chance.randint(1, 9)):
            if not isinstance(node, (dict, list)) or not node:
                break
            above, key = node, chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node))
            node = above[key]
        if above is None:
            return deepcopy(chance.choice(VALUES))
        above[key] = deepcopy(chance.choice(VALUES))
    return document
