# SPDX-License-Identifier: Apache-2.0
"""Avro files, as the lists of files of an Iceberg table are kept (Apache Avro specification 1.11, "Object Container Files").

Written for files of some thousand records that are decoded whole; every length is held against the bytes that are there.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC = b"Obj\x01"
_SYNC = 16
BLOCK = 1 << 26
"""Bytes of one block after decompression; writers make blocks of 64 KiB."""
_DEPTH = 32
_MANY = 1 << 20
"""Records of one block, and elements of one list, which may each take no byte at all."""
_FORMS = {"boolean": "?", "float": "<f", "double": "<d"}
"""Types of a fixed length."""
_PRIMITIVES = frozenset({"null", "int", "long", "enum", "string", "bytes", *_FORMS})
_FAULTS = (
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
    RecursionError,
    pa.ArrowException,
    OSError,
)


def records(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the records of a file in order; SourceError for one that is not Avro, or is cut off."""
    cursor = _Cursor(data)
    try:
        if data[: len(_MAGIC)] != _MAGIC:
            raise ValueError("its first bytes are others")
        cursor.at = len(_MAGIC)
        about = cursor.value({"type": "map", "values": "bytes"}, {}, 0)
        schema = msgspec.json.decode(about["avro.schema"])
        names: dict[str, Any] = {}
        _learn(schema, names, 0)
        codec = about.get("avro.codec", b"null").decode()
        sync = cursor.take(_SYNC)
        while cursor.at < len(data):
            count, size = cursor.long(), cursor.long()
            block = _Cursor(_plain(cursor.take(size), codec))
            if not 0 <= count <= _MANY:
                raise ValueError(f"a block of {count} records")
            for _ in range(count):
                yield block.value(schema, names, 0)
            if cursor.take(_SYNC) != sync:
                raise ValueError("a block does not end where it says")
    except _FAULTS as e:
        raise SourceError(f"not readable as Avro: {e}", locator=f"byte {cursor.at}", hint="copy it again") from e


def _plain(block: bytes, codec: str) -> bytes:
    """Give a block as it was before compression; ValueError for one that is too large, or in a way of others."""
    if codec == "null":
        return block
    if codec == "deflate":
        opened = zlib.decompressobj(-15)
        plain = opened.decompress(block, BLOCK)
        if opened.unconsumed_tail:
            raise ValueError("a block of more than 64 MiB")
        return plain
    if codec == "snappy":
        size = _Cursor(block).unsigned()
        if size > BLOCK:
            raise ValueError("a block of more than 64 MiB")
        return bytes(pa.decompress(block[:-4], decompressed_size=size, codec="snappy", asbytes=True))
    if codec == "zstandard":
        with pa.CompressedInputStream(pa.BufferReader(block), "zstd") as stream:
            plain = stream.read(BLOCK + 1)
        if len(plain) > BLOCK:
            raise ValueError("a block of more than 64 MiB")
        return bytes(plain)
    raise ValueError(f"compressed with {codec[:40]}")


def _learn(schema: Any, names: dict[str, Any], depth: int) -> None:  # noqa: ANN401 - JSON of any shape
    """Note the types that a schema names, under their names with and without a namespace."""
    if depth > _DEPTH:
        raise ValueError("nested too deep")
    if isinstance(schema, list):
        for each in schema:
            _learn(each, names, depth + 1)
    elif isinstance(schema, dict):
        if "name" in schema:
            names[schema["name"]] = names[f"{schema.get('namespace', '')}.{schema['name']}"] = schema
        for field in schema.get("fields", ()):
            _learn(field["type"], names, depth + 1)
        for key in ("items", "values", "type"):
            if isinstance(schema.get(key), dict | list):
                _learn(schema[key], names, depth + 1)


class _Cursor:
    """A place in some bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        if not 0 <= count <= len(self.data) - self.at:
            raise ValueError("cut off")
        self.at += count
        return self.data[self.at - count : self.at]

    def unsigned(self) -> int:
        number = shift = 0
        while shift < 70:
            byte = self.data[self.at]
            self.at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7
        raise ValueError("a number of more than 64 bits")

    def long(self) -> int:
        number = self.unsigned()
        return (number >> 1) ^ -(number & 1)

    def value(self, schema: Any, names: dict[str, Any], depth: int) -> Any:  # noqa: ANN401 - whatever the schema says
        """Give the next value of a type."""
        if depth > _DEPTH:
            raise ValueError("nested too deep")
        if isinstance(schema, list):
            return self.value(schema[self.long()], names, depth + 1)
        kind = schema["type"] if isinstance(schema, dict) else schema
        if isinstance(kind, dict | list):
            return self.value(kind, names, depth + 1)
        if kind == "record":
            return {field["name"]: self.value(field["type"], names, depth + 1) for field in schema["fields"]}
        if kind in ("array", "map"):
            return self._several(schema, names, depth)
        if kind == "fixed":
            return self.take(schema["size"])
        return self._plain(kind) if kind in _PRIMITIVES else self.value(names[kind], names, depth + 1)

    def _plain(self, kind: str) -> Any:  # noqa: ANN401 - as above
        if kind in ("int", "long", "enum"):
            return self.long()
        if kind in ("string", "bytes"):
            found = self.take(self.long())
            return found.decode() if kind == "string" else found
        if kind == "null":
            return None
        form = _FORMS[kind]
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def _several(self, schema: dict[str, Any], names: dict[str, Any], depth: int) -> Any:  # noqa: ANN401 - as above
        pairs: list[tuple[str, Any]] = []
        is_map = schema["type"] == "map"
        inner = schema["values" if is_map else "items"]
        while count := self.long():
            if count < 0:
                self.long()  # the bytes of what follows, for whoever passes over it
            if len(pairs) + abs(count) > _MANY:
                raise ValueError("a list of more than a million")
            for _ in range(abs(count)):
                key = self._plain("string") if is_map else ""
                pairs.append((key, self.value(inner, names, depth + 1)))
        return dict(pairs) if is_map else [value for _, value in pairs]
