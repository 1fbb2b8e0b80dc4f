# SPDX-License-Identifier: Apache-2.0
"""Structs as packed bytes in a column, and rows that go into a table many at a time."""

from __future__ import annotations

from base64 import b64encode
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import sqlalchemy as sa
import zstandard

from debar.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
_LEVEL = 3
"""Of zstd: rows are small and many."""
_LARGEST = 1 << 28
"""Bytes that a row may have, unpacked; a larger one is none of debar's."""
_AT_ONCE = 2_000
"""Rows that are handed to the database in one go."""


def pack(value: object) -> bytes:
    """Give a struct as MessagePack, packed."""
    return packer()(value)


def packer() -> Callable[[object], bytes]:
    """Give what packs many structs one after the other."""
    compressor, encoder = zstandard.ZstdCompressor(level=_LEVEL), msgspec.msgpack.Encoder()
    return lambda value: compressor.compress(encoder.encode(value))


def unpack(content: bytes, type_: type[T]) -> T:
    """Give the struct that was packed; StoreError for what is none."""
    try:
        plain = zstandard.ZstdDecompressor().decompress(bytes(content), max_output_size=_LARGEST)
        return msgspec.msgpack.decode(plain, type=type_)
    except (zstandard.ZstdError, msgspec.DecodeError) as e:
        raise StoreError(f"a row is none of debar's: {e}", hint="debar admin check tells what is whole") from e


def insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    """Put rows into a table, some thousand at a time."""
    every = iter(rows)
    while part := list(islice(every, _AT_ONCE)):
        if connection.dialect.name == "postgresql":
            connection.execute(_from_json(table), {"rows": _as_json(part)})
        else:
            connection.execute(sa.insert(table), part)


def _as_json(rows: list[dict[str, Any]]) -> str:
    """Give rows as one JSON array; bytes as base64."""
    return msgspec.json.encode(
        [
            {name: b64encode(value).decode() if isinstance(value, bytes) else value for name, value in row.items()}
            for row in rows
        ]
    ).decode()


def _from_json(table: sa.Table) -> sa.Insert:
    """Give the statement that inserts the rows of a JSON array: row by row, each would go to the server and back."""
    text = sa.cast(sa.bindparam("rows", type_=sa.Text()), sa.JSON)
    binary = {column.name for column in table.c if isinstance(column.type, sa.LargeBinary)}
    columns = [sa.column(c.name, sa.Text() if c.name in binary else c.type) for c in table.c]
    found = sa.func.json_to_recordset(text).table_valued(*columns).render_derived(with_types=True)
    values = [sa.func.decode(found.c[c.name], "base64") if c.name in binary else found.c[c.name] for c in table.c]
    return sa.insert(table).from_select([c.name for c in table.c], sa.select(*values))
