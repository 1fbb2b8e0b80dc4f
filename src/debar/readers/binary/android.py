# SPDX-License-Identifier: Apache-2.0
"""The parts of an Android app: its manifest in binary XML, classes of its code, certificates of its signers.

After Android's ResourceTypes.h, "Dalvik executable format" and "APK signature scheme".
"""

from __future__ import annotations

from array import array
from struct import unpack_from
from sys import byteorder
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.binary.pieces import Pieces

_POOL, _MAP, _START = 0x0001, 0x0180, 0x0102
"""Types of chunks: texts, numbers of attributes, beginning of an element."""
_CHUNKS = 1 << 16
"""Chunks of a manifest looked at; the largest seen has 3,000 elements."""
_TEXTS = 1 << 16
_CHARACTERS = 1 << 24
"""Characters of all texts together: they may lie over one another, and so be more than the file is."""
_ATTRIBUTES = 64
_UTF8 = 1 << 8
_ATTRIBUTE_NAMES = {0x01010001: "label", 0x01010003: "name", 0x0101021C: "versionName", 0x01010024: "value"}
"""Numbers of the framework's attributes; shrinkers remove the names and leave these."""
_CLASSES = 1 << 16
"""Classes of one code file: the format has no more."""
_LONGEST_NAME = 512
_DEPTH = 4
"""Steps of a package's name that are kept: enough to tell whose it is."""
_BLOCK = b"APK Sig Block 42"
_SCHEMES = frozenset({0x7109871A, 0xF05368C0, 0x1B93AD61})
"""Signature schemes 2, 3 and 3.1."""
_BLOCK_SIZE = 1 << 24
_SIGNERS = 16


class Element(NamedTuple):
    """One element of a manifest with its texts."""

    name: str
    attributes: dict[str, str]


def elements(data: bytes) -> Iterator[Element]:
    """Yield the elements of a manifest, in order, with those attributes that are texts."""
    texts: list[str] = []
    numbers: array[int] = array("I")
    at = 8
    for _ in range(_CHUNKS):
        if at + 8 > len(data):
            return
        kind, header, size = unpack_from("<HHI", data, at)
        if size < 8 or header < 8:
            return
        chunk = data[at : at + size]
        if kind == _POOL:
            texts = _pool(chunk)
        elif kind == _MAP:
            numbers = _words(chunk[header : header + (len(chunk) - header) // 4 * 4])
        elif kind == _START and len(chunk) >= header + 20:
            yield _element(chunk, header, texts, numbers)
        at += size


def _pool(chunk: bytes) -> list[str]:
    if len(chunk) < 28:
        return []
    count, _, flags, start = unpack_from("<IIII", chunk, 8)
    count = min(count, _TEXTS, (len(chunk) - 28) // 4)
    offsets = unpack_from(f"<{count}I", chunk, 28)
    read = _short if flags & _UTF8 else _wide
    found: list[str] = []
    left = _CHARACTERS
    for offset in offsets:
        found.append(read(chunk, start + offset))
        left -= len(found[-1])
        if left < 0:
            break
    return found


def _short(chunk: bytes, at: int) -> str:
    """Give a text in UTF-8, before which stand its lengths in characters and in bytes."""
    for _ in range(2):
        if at + 2 > len(chunk):
            return ""
        size, at = (chunk[at], at + 1) if chunk[at] < 0x80 else ((chunk[at] & 0x7F) << 8 | chunk[at + 1], at + 2)
    return chunk[at : at + size].decode("utf-8", "replace")


def _wide(chunk: bytes, at: int) -> str:
    """Give a text in UTF-16, before which stands its length in characters."""
    if at + 4 > len(chunk):
        return ""
    size, more = unpack_from("<HH", chunk, at)
    at, size = (at + 4, (size & 0x7FFF) << 16 | more) if size & 0x8000 else (at + 2, size)
    return chunk[at : at + 2 * size].decode("utf-16-le", "replace")


def _words(data: bytes) -> array[int]:
    found = array("I", data)
    if byteorder == "big":
        found.byteswap()
    return found


def _element(chunk: bytes, header: int, texts: list[str], numbers: array[int]) -> Element:
    _, name, start, size, count = unpack_from("<IIHHH", chunk, header)
    attributes: dict[str, str] = {}
    for number in range(min(count, _ATTRIBUTES) if size >= 20 else 0):
        at = header + start + number * size
        if at + 20 > len(chunk):
            break
        _, key, raw, _, kind, value = unpack_from("<IIIHxBI", chunk, at)
        text = raw if raw != 0xFFFFFFFF else value if kind == 3 else -1
        word = _ATTRIBUTE_NAMES.get(numbers[key], "") if key < len(numbers) else ""
        word = word or (texts[key] if key < len(texts) else "")
        if word and 0 <= text < len(texts):
            attributes.setdefault(word, texts[text])
    return Element(texts[name] if name < len(texts) else "", attributes)


def packages(code: bytes) -> set[str]:
    """Give the packages of the classes that a code file defines, cut after a few steps, as com.example.part."""
    if len(code) < 112 or code[:4] != b"dex\n":
        return set()
    texts, types, classes = (_table(code, at, width) for at, width in ((56, 1), (64, 1), (96, 8)))
    found: set[str] = set()
    folders: set[bytes] = set()
    for kind in classes[::8]:
        text = types[kind] if kind < len(types) else len(texts)
        if text >= len(texts):
            continue
        # A class is Lcom/example/part/Name; behind its length, whose bytes but the last have the highest bit.
        at = texts[text] + 1
        while at < len(code) and code[at - 1] >= 0x80:
            at += 1
        end = code.find(b"\0", at, at + _LONGEST_NAME)
        if code[at : at + 1] == b"L" and end > 0:
            folders.add(code[at + 1 : end].rpartition(b"/")[0])
    for folder in folders:
        steps = folder.decode("utf-8", "replace").split("/")[:_DEPTH]
        # Shrinkers rename packages to single letters, which betray nobody.
        if len(steps) > 1 and len(steps[0]) > 1:
            found.add(".".join(steps))
    return found


def _table(code: bytes, at: int, width: int) -> array[int]:
    """Give a table of numbers whose count and place stand in the header."""
    count, start = unpack_from("<II", code, at)
    count = min(count, _CLASSES * 64) * width * 4
    data = code[start : start + count]
    return _words(data[: len(data) // 4 * 4])


def certificates(pieces: Pieces, directory: int) -> Iterator[bytes]:
    """Yield the signers' certificates of the block before the directory of the archive, one for each signer."""
    if directory < 32 or pieces.at(directory - 16, 16) != _BLOCK:
        return
    (size,) = unpack_from("<Q", pieces.at(directory - 24, 8))
    if not 24 <= size <= min(_BLOCK_SIZE, directory - 8):
        return
    block = pieces.at(directory - size, size - 24)
    at = 0
    while at + 12 <= len(block):
        length, scheme = unpack_from("<QI", block, at)
        if length < 4 or at + 8 + length > len(block):
            return
        if scheme in _SCHEMES:
            yield from _leaves(block[at + 12 : at + 8 + length])
        at += 8 + length


def _leaves(scheme: bytes) -> Iterator[bytes]:
    """Yield the first certificate of each signer: signers, signed data, digests and certificates all have lengths."""
    for signer in _prefixed(next(_prefixed(scheme), b"")):
        signed = list(_prefixed(next(_prefixed(signer), b"")))
        if len(signed) > 1:
            yield from list(_prefixed(signed[1]))[:1]


def _prefixed(data: bytes) -> Iterator[bytes]:
    """Yield values one after another, each behind its length."""
    at = 0
    for _ in range(_SIGNERS):
        if at + 4 > len(data):
            return
        (size,) = unpack_from("<I", data, at)
        yield data[at + 4 : at + 4 + size]
        at += 4 + size
