# SPDX-License-Identifier: Apache-2.0
"""Iceberg tables: the files of the current snapshot, by the metadata in the folder.

Metadata name a list of manifests, these the files (Apache Iceberg table specification, "Scan Planning"). Deleted rows
are not left out: a file from which some were deleted is a loss. Columns go by the names that they have in each file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_METADATA = re.compile(r"v?(\d+)(?:-[\w-]+)?(?:\.gz)?\.metadata\.json(?:\.gz)?")
_DELETED = 2
"""Status of an entry that tells of a file that is no longer part."""
_DATA, _POSITIONS = 0, 1
"""What a file of a manifest holds; anything else says which rows of others are deleted by what they hold."""
_FILES = 1 << 20


class _Planned(msgspec.Struct):
    """The files of a snapshot."""

    data: dict[str, str] = msgspec.field(default_factory=dict)
    """Format by path, as the manifests write it."""
    deletes: list[dict[str, Any]] = msgspec.field(default_factory=list)


def read(source: Input) -> Iterator[Observation]:
    """Yield what the rows of the current snapshot say, file by file; rows count from 1 in each.

    With a sieve only rows in which something may be found, and those that say who is there, are told.
    """
    from debar.readers.batches import lakes, reading  # heavy: loaded when such a folder turns up

    metadata = source.folder
    if metadata is None or metadata.name != "metadata":
        raise SourceError("no metadata", hint="name the folder that holds metadata and data")
    top, about = metadata.parent, _about(metadata)
    location = _text(about, "location")
    planned = _planned(top, about, location)
    spoilt = _spoilt(planned, top, location)
    files: dict[str, tuple[str, Mapping[str, str | None]]] = {}
    for path, form in planned.data.items():
        name = lakes.relative(path, location)
        if spoilt is None or path in spoilt:
            source.lose(name[:200], f"rows were deleted from it by another file; {lakes.SPARK}")
        else:
            files[name] = (form, {})
    yield from reading.observations(source, lakes.tables(source, top, files))


def _about(metadata: Path) -> dict[str, Any]:
    """Give the newest metadata: those that a hint names, else those of the highest number."""
    from debar.readers.batches import lakes

    names = {entry.name: int(found[1]) for entry in metadata.iterdir() if (found := _METADATA.fullmatch(entry.name))}
    hint = (
        lakes.document(metadata, "version-hint.text").decode("utf-8", "replace").strip()
        if (metadata / "version-hint.text").is_file()
        else ""
    )
    hinted = [name for name, number in names.items() if hint.isdecimal() and number == int(hint[:18])]
    name = max(hinted or names, key=lambda name: (names[name], name), default="")
    if not name:
        raise SourceError("no metadata of a table", locator="metadata", hint="copy all of it")
    try:
        return msgspec.json.decode(lakes.document(metadata, name), type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
        raise SourceError(f"not readable as JSON: {e}", locator=f"metadata/{name}") from e


def _planned(top: Path, about: dict[str, Any], location: str) -> _Planned:
    """Give the files that the current snapshot is made of."""
    from debar.readers.batches import lakes

    current = about.get("current-snapshot-id")
    snapshots = [s for s in about.get("snapshots") or () if isinstance(s, dict) and s.get("snapshot-id") == current]
    planned = _Planned()
    if current in (None, -1):
        return planned
    if not snapshots:
        raise SourceError("metadata without their own snapshot", locator=f"snapshot {current}", hint="copy all of it")
    for manifest in _manifests(top, snapshots[0], location):
        for entry in _entries(top, manifest, location):
            file = entry.get("data_file")
            if entry.get("status") == _DELETED or not isinstance(file, dict):
                continue
            if file.get("content", _DATA) == _DATA:
                planned.data[_text(file, "file_path")] = _text(file, "file_format").lower()
            else:
                planned.deletes.append(file)
            if len(planned.data) + len(planned.deletes) > _FILES:
                raise SourceError(f"more than {_FILES} files", hint=lakes.SPARK)
    return planned


def _manifests(top: Path, snapshot: dict[str, Any], location: str) -> Iterator[str]:
    if isinstance(own := snapshot.get("manifests"), list):
        yield from (path for path in own if isinstance(path, str))
        return
    for entry in _entries(top, _text(snapshot, "manifest-list"), location):
        yield _text(entry, "manifest_path")


def _entries(top: Path, path: str, location: str) -> Iterator[dict[str, Any]]:
    from debar.readers.batches import avro, lakes

    name = lakes.relative(path, location)
    try:
        yield from avro.records(lakes.document(top, name))
    except SourceError as e:
        raise SourceError(e.message, locator=f"{name[:200]} {e.locator}".rstrip(), hint=e.hint) from e


def _spoilt(planned: _Planned, top: Path, location: str) -> frozenset[str] | None:
    """Give the paths of files from which rows were deleted; nothing where those may be any."""
    from debar.readers.batches import lake_logs, lakes

    found: set[str] = set()
    for file in planned.deletes:
        if file.get("content") != _POSITIONS:
            return None
        if named := file.get("referenced_data_file"):
            found.add(str(named))
        elif str(file.get("file_format")).lower() == "parquet":
            path = lakes.relative(_text(file, "file_path"), location)
            found.update(
                str(row["file_path"]) for row in lake_logs.rows(top, path, ("file_path",)) if "file_path" in row
            )
        else:
            return None
    return frozenset(found)


def _text(block: dict[str, Any], name: str) -> str:
    found = block.get(name)
    if not isinstance(found, str):
        raise SourceError(
            f"no {name} where the metadata of a table have one", locator="metadata", hint="copy all of it"
        )
    return found
