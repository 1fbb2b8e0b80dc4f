# SPDX-License-Identifier: Apache-2.0
"""Avro files for tests, and Iceberg tables made of them."""

from __future__ import annotations

import json
import struct
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SYNC = bytes(range(16))
LIST = {
    "type": "record",
    "name": "manifest_file",
    "fields": [
        {"name": "manifest_path", "type": "string"},
        {"name": "manifest_length", "type": "long"},
        {"name": "content", "type": "int"},
    ],
}
FILE = {
    "type": "record",
    "name": "r2",
    "fields": [
        {"name": "content", "type": "int"},
        {"name": "file_path", "type": "string"},
        {"name": "file_format", "type": "string"},
        {
            "name": "partition",
            "type": {"type": "record", "name": "r102", "fields": [{"name": "day", "type": ["null", "int"]}]},
        },
        {"name": "record_count", "type": "long"},
        {"name": "sizes", "type": {"type": "map", "values": "double"}},
        {"name": "split_offsets", "type": ["null", {"type": "array", "items": "long"}]},
    ],
}
ENTRY = {
    "type": "record",
    "name": "manifest_entry",
    "fields": [
        {"name": "status", "type": "int"},
        {"name": "snapshot_id", "type": ["null", "long"]},
        {"name": "data_file", "type": FILE},
    ],
}


def number(value: int) -> bytes:
    """Give a number as Avro writes it."""
    value = (value << 1) ^ (value >> 63)
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def written(schema: Any, value: Any) -> bytes:
    """Give a value as Avro writes it."""
    kind = schema["type"] if isinstance(schema, dict) else schema
    if isinstance(schema, list):
        at = next(n for n, each in enumerate(schema) if (each == "null") == (value is None))
        return number(at) + written(schema[at], value)
    if kind == "record":
        return b"".join(written(field["type"], value[field["name"]]) for field in schema["fields"])
    if kind in ("array", "map"):
        parts = value.items() if kind == "map" else [(None, each) for each in value]
        inner = schema["values" if kind == "map" else "items"]
        body = b"".join(
            (written("string", key) if kind == "map" else b"") + written(inner, each) for key, each in parts
        )
        return (number(len(value)) + body if value else b"") + number(0)
    if kind in ("string", "bytes"):
        data = value.encode() if kind == "string" else value
        return number(len(data)) + bytes(data)
    if kind in ("float", "double"):
        return struct.pack("<f" if kind == "float" else "<d", value)
    return b"" if kind == "null" else number(value)


def avro(schema: Any, values: Sequence[Any], codec: str = "deflate") -> bytes:
    """Give an Avro file of one block."""
    block = b"".join(written(schema, value) for value in values)
    if codec == "deflate":
        packer = zlib.compressobj(wbits=-15)
        block = packer.compress(block) + packer.flush()
    about = {"avro.schema": json.dumps(schema).encode(), "avro.codec": codec.encode()}
    head = written({"type": "map", "values": "bytes"}, about)
    return b"Obj\x01" + head + SYNC + number(len(values)) + number(len(block)) + block + SYNC


class Iceberg:
    """An Iceberg table while it is written."""

    def __init__(self, folder: Path, location: str = "s3://lake/ns/table") -> None:
        self.folder, self.location = folder, location
        self.snapshots: list[dict[str, Any]] = []
        (folder / "metadata").mkdir(parents=True)

    def snapshot(self, files: Sequence[tuple[str, int, int]], codec: str = "deflate") -> None:
        """Add a snapshot of files, each (path, status, content), and metadata in which it is current."""
        number_ = len(self.snapshots) + 1
        entries = [
            {
                "status": status,
                "snapshot_id": number_,
                "data_file": {
                    "content": content,
                    "file_path": path if ":" in path or path.startswith("/") else f"{self.location}/{path}",
                    "file_format": "PARQUET",
                    "partition": {"day": None},
                    "record_count": 1,
                    "sizes": {"a": 1.5},
                    "split_offsets": [4, 8],
                },
            }
            for path, status, content in files
        ]
        manifest, listed = f"metadata/m{number_}.avro", f"metadata/snap-{number_}.avro"
        (self.folder / manifest).write_bytes(avro(ENTRY, entries, codec))
        one = {"manifest_path": f"{self.location}/{manifest}", "manifest_length": 1, "content": 0}
        (self.folder / listed).write_bytes(avro(LIST, [one], codec))
        self.snapshots.append({"snapshot-id": number_, "manifest-list": f"{self.location}/{listed}"})
        about = {
            "format-version": 2,
            "location": self.location,
            "current-snapshot-id": number_,
            "snapshots": self.snapshots,
        }
        (self.folder / "metadata" / f"{number_:05}-abc.metadata.json").write_text(json.dumps(about))
