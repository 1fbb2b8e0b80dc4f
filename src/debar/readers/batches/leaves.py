# SPDX-License-Identifier: Apache-2.0
"""The columns of a file that hold texts, numbers or times, however deep they lie; and where a batch has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS, DEPTH = 10_000, 16
"""Columns of a file, counted with what lies in them, and levels of nesting; the widest tables of security logs have 1,500 and 8."""


class Leaf(NamedTuple):
    """A column of values."""

    name: str
    """With points between the levels: "id.orig_h"."""
    path: tuple[str, ...]
    type: pa.DataType
    is_list: bool
    """Whether a row may have several."""


def leaves(schema: pa.Schema) -> list[Leaf]:
    """Give the columns of values in order; SourceError for more, or deeper, than any table has.

    Columns of one level that share a name cannot be told apart and are left out, as are maps, unions and bare bytes.
    """
    found: list[Leaf] = []
    for name, leaf_type, path, is_list in _below(schema, (), 0, is_list=False):
        if len(found) >= COLUMNS:
            raise SourceError(f"more than {COLUMNS} columns", hint="leave columns out, and read what is left")
        found.append(Leaf(name, path, leaf_type, is_list))
    return found


def _below(
    fields: pa.Schema | pa.StructType, path: tuple[str, ...], depth: int, *, is_list: bool
) -> Iterator[tuple[str, pa.DataType, tuple[str, ...], bool]]:
    if depth >= DEPTH:
        raise SourceError(f"columns nested more than {DEPTH} deep", hint="flatten the columns, and read those")
    try:
        names = [field.name for field in fields]
    except UnicodeDecodeError as e:
        raise SourceError(f"the name of a column is no text: {e}", hint="write the file anew") from e
    single = {name for name in names if names.count(name) == 1} if len(names) < 100 else _single(names)
    for field in fields:
        if field.name not in single:
            continue
        inner, is_inner_list, way = field.type, is_list, (*path, field.name)
        while inner_type := _element(inner):
            inner, is_inner_list = inner_type, True
        if pa.types.is_struct(inner):
            yield from _below(inner, way, depth + 1, is_list=is_inner_list)
        elif is_value(inner):
            _expect_zone(inner)
            yield ".".join(way), inner, way, is_inner_list


def _expect_zone(kind: pa.DataType) -> None:
    """Raise SourceError for a damaged time zone; it is asked for only where values are written out."""
    try:
        _ = getattr(kind, "tz", None)
    except UnicodeDecodeError as e:
        raise SourceError(f"the name of a time zone is no text: {e}", hint="write the file anew") from e


def _single(names: list[str]) -> set[str]:
    """Give the names that stand once."""
    once: set[str] = set()
    twice: set[str] = set()
    for name in names:
        (twice if name in once else once).add(name)
    return once - twice


def _element(column: pa.DataType) -> pa.DataType | None:
    """Give the type of what lies in a list, or under an extension; nothing for a plain type."""
    if isinstance(column, pa.BaseExtensionType):
        return column.storage_type
    is_list = pa.types.is_list(column) or pa.types.is_large_list(column) or pa.types.is_fixed_size_list(column)
    return column.value_type if is_list else None


def without_views(column: pa.DataType) -> pa.DataType:
    """Give a type with other texts in place of views, which few functions of the library know."""
    types = pa.types
    if types.is_string_view(column) or types.is_binary_view(column):
        return pa.large_string() if types.is_string_view(column) else pa.large_binary()
    if types.is_struct(column):
        return pa.struct([field.with_type(without_views(field.type)) for field in column])
    if types.is_list(column) or types.is_large_list(column):
        make = pa.list_ if types.is_list(column) else pa.large_list
        return make(column.value_field.with_type(without_views(column.value_type)))
    return column


def is_text(column: pa.DataType) -> bool:
    """Tell that a column holds texts; bytes of any length are what older writers call them."""
    kind = column.value_type if pa.types.is_dictionary(column) else column
    types = pa.types
    is_string = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    return bool(is_string or types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind))


def is_value(column: pa.DataType) -> bool:
    """Tell that cells of a column can be written as text; bytes of one length are digests and addresses, and are not."""
    types = pa.types
    kind = column.value_type if types.is_dictionary(column) else column
    return (
        is_text(kind)
        or types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_decimal(kind)
        or types.is_timestamp(kind)
        or types.is_date(kind)
        or types.is_time(kind)
    )


def values(batch: pa.RecordBatch, leaf: Leaf) -> tuple[pa.Array, pa.Array | None]:
    """Give the values of a column, and the row of each where a row may have several; values that are null may be left out."""
    place = batch.schema.get_field_index(leaf.path[0])
    array, rows = batch.column(place), None
    for name in (*leaf.path[1:], ""):
        array, rows = _opened(array, rows)
        if name:
            array = pc.struct_field(array, [array.type.get_field_index(name)])
    return array, rows


def _opened(array: pa.Array, rows: pa.Array | None) -> tuple[pa.Array, pa.Array | None]:
    """Give what lies in lists and under extensions."""
    while _element(array.type):
        if isinstance(array, pa.ExtensionArray):
            array = array.storage
            continue
        parents = pc.list_parent_indices(array).cast(pa.int64())
        rows = parents if rows is None else rows.take(parents)
        array = pc.list_flatten(array)
    return array, rows
