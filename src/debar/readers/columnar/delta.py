# SPDX-License-Identifier: Apache-2.0
"""Delta Lake tables: the files that are part of the newest version, by the log in _delta_log.

The log is replayed from the last checkpoint on (Delta transaction log protocol, "Action Reconciliation"). What a
reader must know to read rightly and this one does not is a loss: files with deletion vectors, columns that are mapped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_COMMIT = re.compile(r"(\d{20})\.json")
_CHECKPOINT = re.compile(r"(\d{20})\.checkpoint(?:\.(\d{10})\.(\d{10})|\.[0-9A-Fa-f-]{36})?\.(parquet|json)")
_FEATURES = frozenset(
    {
        "columnMapping",
        "deletionVectors",
        "timestampNtz",
        "typeWidening",
        "typeWidening-preview",
        "v2Checkpoint",
        "vacuumProtocolCheck",
    }
)
"""What a table may ask of its readers: each is understood, or refused where it is used."""
_ASKED = ("add", "remove", "metaData", "protocol", "sidecar")
_FILES = 1 << 20


class _Log(msgspec.Struct):
    """What was found out of a log so far."""

    files: dict[tuple[str, str], dict[str, Any]] = msgspec.field(default_factory=dict)
    """Those that are part of the table, by path and deletion vector."""
    about: dict[str, Any] = msgspec.field(default_factory=dict)
    protocol: dict[str, Any] = msgspec.field(default_factory=dict)
    version: int = -1


def read(source: Input) -> Iterator[Observation]:
    """Yield what the rows of the newest version say, file by file; rows count from 1 in each.

    With a sieve only rows in which something may be found, and those that say who is there, are told.
    """
    from debar.readers.batches import lakes, reading  # heavy: loaded when such a folder turns up

    log = source.folder
    if log is None or log.name != "_delta_log":
        raise SourceError("no _delta_log", hint="name the folder that holds _delta_log")
    state = _replayed(log)
    _check(state)
    source.remarks.append(f"version {state.version} of the table")
    files: dict[str, tuple[str, Mapping[str, str | None]]] = {}
    for add in state.files.values():
        path = lakes.decoded(add["path"])
        if add.get("deletionVector"):
            source.lose(path[:200], f"rows were deleted from it by a deletion vector; {lakes.SPARK}")
        else:
            values = _block(add, "partitionValues").items()
            files[path] = ("parquet", {name: value if isinstance(value, str) else None for name, value in values})
    yield from reading.observations(source, lakes.tables(source, log.parent, files))


def _replayed(log: Path) -> _Log:
    """Give the state of the table after the newest commit."""
    names = sorted(entry.name for entry in log.iterdir())
    commits = {int(found[1]): name for name in names if (found := _COMMIT.fullmatch(name))}
    state = _Log()
    begin, checkpoint = _newest_checkpoint(names, max(commits, default=1 << 62))
    for name in checkpoint:
        _apply(state, _actions(log, name), log)
    state.version = begin
    for version in sorted(version for version in commits if version > begin):
        if version != state.version + 1:
            raise SourceError(
                f"version {state.version + 1} is not in its log", locator="_delta_log", hint="copy all of it"
            )
        _apply(state, _actions(log, commits[version]), log)
        state.version = version
    if not state.about:
        raise SourceError("a log that describes no table", locator="_delta_log", hint="copy all of it")
    return state


def _newest_checkpoint(names: Iterable[str], most: int) -> tuple[int, list[str]]:
    """Give the version of the newest whole checkpoint, and its files; -1 where there is none."""
    found: dict[tuple[int, int], list[str]] = {}
    for name in names:
        if (parts := _CHECKPOINT.fullmatch(name)) and int(parts[1]) <= most:
            found.setdefault((int(parts[1]), int(parts[3] or 0)), []).append(name)
    for (version, count), files in sorted(found.items(), reverse=True):
        # One of several parts is whole with all of them; of others any will do.
        if not count or len(files) == count:
            return version, files if count else files[:1]
    return -1, []


def _actions(log: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the actions in a file of the log."""
    from debar.readers.batches import lake_logs, lakes

    if name.endswith(".parquet"):
        yield from lake_logs.rows(log, name, _ASKED)
        return
    for number, line in enumerate(lakes.document(log, name).splitlines(), 1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=dict[str, Any])
            except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
                raise SourceError(f"not readable as JSON: {e}", locator=f"{name} line {number}") from e


def _apply(state: _Log, actions: Iterable[dict[str, Any]], log: Path) -> None:
    """Bring the state up to date."""
    from debar.readers.batches import lakes

    for action in actions:
        if add := _block(action, "add"):
            state.files[_key(add)] = add
            if len(state.files) > _FILES:
                raise SourceError(f"more than {_FILES} files", hint=lakes.SPARK)
        if remove := _block(action, "remove"):
            state.files.pop(_key(remove), None)
        state.about = _block(action, "metaData") or state.about
        state.protocol = _block(action, "protocol") or state.protocol
        if sidecar := _block(action, "sidecar"):
            _apply(state, _actions(log, f"_sidecars/{sidecar.get('path', '')}"), log)


def _block(action: dict[str, Any], name: str) -> dict[str, Any]:
    found = action.get(name)
    return found if isinstance(found, dict) else {}


def _key(file: dict[str, Any]) -> tuple[str, str]:
    """Give by what a file is known: the same one with other deletions is another."""
    vector = _block(file, "deletionVector")
    if not isinstance(file.get("path"), str):
        raise SourceError("a file without a path", locator="_delta_log")
    return file[
        "path"
    ], f"{vector.get('storageType')}{vector.get('pathOrInlineDv')}{vector.get('offset')}" if vector else ""


def _check(state: _Log) -> None:
    """Raise SourceError for a table that cannot be read rightly without knowing more."""
    from debar.readers.batches import lakes

    asked = set(state.protocol.get("readerFeatures") or ()) - _FEATURES
    settings = state.about.get("configuration") or {}
    if asked or state.protocol.get("minReaderVersion", 1) > 3:
        what = f"features that are not known: {', '.join(sorted(map(str, asked)))[:200]}"
    elif (settings.get("delta.columnMapping.mode") or "none") != "none":
        what = "columns that go by other names in its files (column mapping)"
    else:
        return
    raise SourceError(f"a table with {what}", locator="_delta_log", hint=lakes.SPARK)
