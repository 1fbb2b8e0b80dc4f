# SPDX-License-Identifier: Apache-2.0
"""Files to structs, and the compiled form that makes the second load quick."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from debar.errors import RegisterError
from debar.model.inventory import Indicator, Layout
from debar.model.measures import Authority, Calendar, Document, Measure, Party
from debar.register import Register
from debar.release import VERSION, register_directory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.results import Case

T = TypeVar("T", Authority, Calendar, Document, Measure, Party, Layout)
_COUNTED = (".yaml", ".txt")
_PARTS = ("authorities", "calendars", "documents", "indicators", "layouts", "measures", "parties")


def load(directory: Path | None = None, added: Sequence[Path] = ()) -> Register:
    """Give the register in a directory with those added to it, from its compiled form when no file changed since.

    Raises RegisterError with every fault found. Without a directory it is the shipped register.
    """
    directory = directory or register_directory()
    compiled = _compiled_file((directory, *added))
    if compiled and (register := _decoded(compiled)):
        return register
    register, faults = read(directory, added)
    if faults:
        raise RegisterError(faults)
    if compiled:
        _store(compiled, register)
    return register


def read(directory: Path, added: Sequence[Path] = ()) -> tuple[Register, list[str]]:
    """Give the register as far as its files can be read, and each fault as "file:line: what".

    An added directory has the same folders and needs no VERSION; an id that stands in two is a fault.
    """
    faults: list[str] = []
    if not (directory / "VERSION").is_file():
        return _EMPTY, [f"{directory}: no register here: the file VERSION is missing"]
    faults += [f"{one}: no register here: it has none of {', '.join(_PARTS)}" for one in added if not _is_register(one)]
    every = (directory, *added)
    indicators = [i for _, many in _files(every, "indicators", tuple[Indicator, ...], faults) for i in many]
    register = Register(
        version=(directory / "VERSION").read_text(encoding="utf-8").strip(),
        sha256=digest(*every),
        added=tuple(one.resolve().name for one in added),
        authorities=_by_id(every, "authorities", Authority, faults),
        calendars=_by_id(every, "calendars", Calendar, faults),
        parties=_by_id(every, "parties", Party, faults),
        documents=_by_id(every, "documents", Document, faults),
        measures=_by_id(every, "measures", Measure, faults),
        indicators=tuple(sorted(indicators, key=lambda i: i.id)),
        layouts=tuple(_by_id(every, "layouts", Layout, faults).values()),
    )
    return register, faults


def _is_register(directory: Path) -> bool:
    return any((directory / part).is_dir() for part in _PARTS)


def cases(*directories: Path) -> tuple[list[tuple[str, Case]], list[str]]:
    """Give the worked cases of some directories, each with its file, and the faults of their files."""
    from debar.model.results import Case

    faults: list[str] = []
    files = _files(directories, "cases", tuple[Case, ...], faults)
    return [(_name(file), case) for file, many in files for case in many], faults


def digest(*directories: Path) -> str:
    """Give the digest over names and contents of all files that an answer can depend on."""
    whole = hashlib.sha256()
    for directory in directories:
        for file in _sources(directory):
            whole.update(f"{file.relative_to(directory).as_posix()}\0".encode())
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


_EMPTY = Register(
    version="",
    sha256="",
    added=(),
    authorities={},
    calendars={},
    parties={},
    documents={},
    measures={},
    indicators=(),
    layouts=(),
)


def _sources(directory: Path) -> list[Path]:
    found = [file for file in (directory / "VERSION",) if file.is_file()]
    for part in _PARTS:
        found += [file for file in (directory / part).rglob("*") if file.suffix in _COUNTED]
    return sorted(found)


def _name(file: Path) -> str:
    """Give a register file as messages name it, from the register's own folder on: register/measures/us/x.yaml."""
    parts = file.parts
    start = next((n for n in range(len(parts) - 1, 0, -1) if parts[n] in (*_PARTS, "cases")), 1)
    return "/".join(parts[start - 1 :])


def _files(directories: Sequence[Path], part: str, kind: type[Any], faults: list[str]) -> Iterator[tuple[Path, Any]]:
    """Yield each file of a part with the struct it holds; what cannot be read becomes a fault."""
    from debar.register import yamlfile  # only when there is no compiled form

    for file in (file for directory in directories for file in sorted((directory / part).rglob("*.yaml"))):
        try:
            yield file, yamlfile.read(file, kind)
        except yamlfile.YamlError as e:
            faults.append(f"{_name(file)}:{e.line}: {e.message}")
        except OSError as e:
            faults.append(f"{_name(file)}:1: {e.strerror}")


def _by_id(directories: Sequence[Path], part: str, kind: type[T], faults: list[str]) -> dict[str, T]:
    """Give the structs of a part by id; the id must be the file's name, and stand once."""
    found: dict[str, T] = {}
    files: dict[str, Path] = {}
    for file, noun in _files(directories, part, kind, faults):
        if noun.id != file.stem:
            faults.append(f"{_name(file)}:1: id {noun.id!r} must equal the file's name {file.stem!r}")
        if noun.id in found:
            faults.append(f"{_name(file)}:1: id {noun.id!r} is taken by {_name(files[noun.id])}")
            continue
        found[noun.id], files[noun.id] = noun, file
    return dict(sorted(found.items()))


def _compiled_file(directories: Sequence[Path]) -> Path | None:
    """Give where the compiled form belongs: its name changes when any file or the program does."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - no home is no error
    if not os.path.isabs(home):  # noqa: PTH117
        return None
    state = hashlib.sha256(f"{VERSION}\0{directories}".encode())
    pending = [str(directory) for directory in directories]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in sorted(entries, key=lambda e: e.name):
                    if entry.is_dir():
                        pending.append(entry.path)
                    elif entry.name.endswith(_COUNTED) or entry.name == "VERSION":
                        about = entry.stat()
                        state.update(f"{entry.path}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
        except OSError:
            return None
    return Path(home, "debar", f"register-{state.hexdigest()[:24]}.msgpack")


def _decoded(compiled: Path) -> Register | None:
    """Give the compiled register if it is there, whole, and nobody else could have written it."""
    try:
        with compiled.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            return msgspec.msgpack.decode(file.read(), type=Register)
    except (OSError, msgspec.MsgspecError):
        return None


def _store(compiled: Path, register: Register) -> None:
    """Keep the compiled register for the next run; a cache that cannot be written is no error."""
    partial = compiled.with_suffix(f".{os.getpid()}")
    try:
        compiled.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial.write_bytes(msgspec.msgpack.encode(register))
        partial.replace(compiled)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink()
