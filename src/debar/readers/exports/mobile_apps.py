# SPDX-License-Identifier: Apache-2.0
"""Apps on phones as their own tools list them: pm list packages, dumpsys package, ideviceinstaller."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.machine import listings
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_LISTED = re.compile(r"package:(?:(/\S+\.apk|/\S+)=)?([A-Za-z_][\w.]*)(.*)")
_VERSION_CODE = re.compile(r"\bversionCode:(\d+)")
_DUMPED = re.compile(r" {2}Package \[([A-Za-z_][\w.]*)\] \([0-9a-f]+\):")
_FIELD = re.compile(r" {4,6}(codePath|versionName|pkg)=(.*)")
_APPLE = re.compile(r'\s*([A-Za-z0-9][\w-]*(?:\.[\w-]+)+)(?:, "?([^",]*)"?, "?([^"]*)"?| - (.+?)(?: (\d[\w.]*))?)\s*')


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each app; who installed it is no maker, so installers are left out."""
    pending: dict[str, str] = {}
    first = 0
    for number, line in source.lines():
        if opened := _DUMPED.fullmatch(line.rstrip()):
            if pending:
                yield from _observed(source, first, _dumped(pending))
            pending, first = {"id": opened[1]}, number
        elif pending:
            if field := _FIELD.fullmatch(line.rstrip()):
                pending.setdefault(field[1], field[2].strip())
        elif found := _LISTED.fullmatch(line.strip()):
            yield from _observed(source, number, _listed(found))
        elif found := _APPLE.fullmatch(line):
            name = found[3] or found[4] or ""
            observables = [
                Observable(Kind.APP_ID, found[1]),
                Observable(Kind.BUNDLE, found[1]),
                *listings.told(Kind.NAME, name),
            ]
            yield from _observed(source, number, Thing("", name, observables, found[2] or found[5] or ""))
    if pending:
        yield from _observed(source, first, _dumped(pending))


def _observed(source: Input, number: int, thing: Thing) -> Iterator[Observation]:
    source.tally["apps"] += 1
    yield from listings.observation(source, "", thing._replace(locator=f"line {number}"))


def _listed(found: re.Match[str]) -> Thing:
    version = _VERSION_CODE.search(found[3])
    observables = [Observable(Kind.APP_ID, found[2]), *([Observable(Kind.PATH, found[1])] if found[1] else [])]
    return Thing("", found[2], observables, version[1] if version else "")


def _dumped(fields: dict[str, str]) -> Thing:
    path = fields.get("codePath", "")
    observables = [Observable(Kind.APP_ID, fields["id"]), *([Observable(Kind.PATH, path)] if path else [])]
    return Thing("", fields["id"], observables, fields.get("versionName", ""))
