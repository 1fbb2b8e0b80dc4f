# SPDX-License-Identifier: Apache-2.0
"""Indicators of an organisation's own: YAML as in the register, or STIX 2.1 bundles, from files and folders.

What reads and checks them is imported on use: a scan that gives the same ones again needs none of it (`tried.py`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from debar.errors import RegisterError
from debar.model.inventory import Indicator
from debar.register import folders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from debar.register import Register
    from debar.register.checks.faults import Fault

_READ = (".yaml", ".json")


class Content(NamedTuple):
    """What a file holds, as far as what is read from it depends on that."""

    suffix: str
    sha256: bytes


def with_indicators(register: Register, paths: Sequence[Path]) -> Register:
    """Give the register with the indicators of some files and folders; RegisterError with every fault of them.

    Its digest then covers their contents, so that a report says on what it rests. One that is there already, word for
    word, is passed over: what was exported can be given back.
    """
    added: dict[str, Indicator] = {}
    faults: list[str] = []
    told: list[Content] = []
    known = {indicator.id: indicator for indicator in register.indicators}
    for file in _files(paths, faults):
        try:
            content = _content(file)
        except OSError as e:
            faults.append(f"{_shown(file)}:1: {e.strerror}")
            continue
        told.append(_of(file, content))
        for place, indicator, fault in _read(file, content, register):
            if fault:
                faults.append(f"{place}: {fault}")
            elif indicator and known.get(indicator.id, added.get(indicator.id, indicator)) != indicator:
                faults.append(f"{place}: id {indicator.id!r} is taken by another one")
            elif indicator and indicator.id not in known:
                added[indicator.id] = indicator
    if faults:
        raise RegisterError(faults, hint="indicators are written as in the register: debar register show lists some")
    return joined(register, added.values(), paths, told)


def contents(paths: Sequence[Path]) -> list[Content]:
    """Give what the files hold that are meant, in order; nothing where one of them is missing or cannot be opened."""
    faults: list[str] = []
    try:
        found = [_of(file, _content(file)) for file in _files(paths, faults)]
    except OSError:
        return []
    return [] if faults else found


def files(paths: Sequence[Path]) -> list[Path]:
    """Give the files that are meant, in order."""
    return list(_files(paths, []))


def joined(
    register: Register, added: Iterable[Indicator], paths: Sequence[Path], contents: Iterable[Content]
) -> Register:
    """Give the register with indicators that some files hold, under a digest that covers these files."""
    whole = hashlib.sha256(register.sha256.encode())
    for content in contents:
        whole.update(content.sha256)
    return structs.replace(
        register,
        indicators=tuple(sorted((*register.indicators, *added), key=lambda i: i.id)),
        added=(*register.added, *(folders.printable(path.resolve().name) for path in paths)),
        sha256=whole.hexdigest(),
    )


def _files(paths: Sequence[Path], faults: list[str]) -> Iterator[Path]:
    """Yield the files that are meant, in order; a folder without any is a fault."""
    for path in paths:
        if path.is_file():
            yield path
            continue
        found = sorted(file for file in path.rglob("*") if file.suffix in _READ and file.is_file())
        if not found:
            what = "has no .yaml or .json file" if path.is_dir() else "is no file or folder"
            faults.append(f"{_shown(path)}: {what}")
        yield from found


def _content(file: Path) -> bytes:
    """Give the bytes of a file, as far as any is read; the limits of each format lie below."""
    from debar.register import stix

    with file.open("rb") as opened:
        return opened.read(stix.LARGEST + 1)


def _of(file: Path, content: bytes) -> Content:
    return Content(file.suffix, hashlib.sha256(content).digest())


def _read(file: Path, content: bytes, register: Register) -> Iterator[tuple[str, Indicator | None, str]]:
    """Yield (place, indicator, fault) of each thing in a file; either of the last two is empty."""
    from debar.register import yamlfile

    if file.suffix == ".json":
        yield from _from_stix(file, content, register)
        return
    try:
        many, lines = yamlfile.read_with_lines(file, tuple[Indicator, ...])
    except yamlfile.YamlError as e:
        yield f"{_shown(file)}:{e.line}", None, e.message
        return
    for number, indicator in enumerate(many):
        yield f"{_shown(file)}:{lines.line((number, 'id'))}", indicator, ""
        for fault in _faults(indicator, register):
            yield f"{_shown(file)}:{lines.line((number, *fault.at))}", None, fault.said


def _from_stix(file: Path, content: bytes, register: Register) -> Iterator[tuple[str, Indicator | None, str]]:
    from debar.register import stix

    if len(content) > stix.LARGEST:
        yield _shown(file), None, f"larger than {stix.LARGEST >> 20} MiB"
        return
    try:
        found, faults = stix.indicators(content, register)
    except ValueError as e:
        yield _shown(file), None, str(e)
        return
    yield from ((_shown(file), None, fault) for fault in faults)
    for place, indicator in found:
        yield f"{_shown(file)} {place}", indicator, ""
        for fault in _faults(indicator, register):
            if fault.at != ("examples",):  # patterns of others come without
                yield f"{_shown(file)} {place}", None, fault.said


def _faults(indicator: Indicator, register: Register) -> Iterator[Fault]:
    from debar.register.checks import names
    from debar.register.checks.indicators import indicator_faults

    yield from names.form(indicator.id)
    yield from indicator_faults(indicator, register)


def _shown(path: Path) -> str:
    return folders.printable(str(path))
