# SPDX-License-Identifier: Apache-2.0
"""What Homebrew says is installed: the receipt in each program's folder, and `brew info --json=v2`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components, places, records
from debar.readers.databases.installations import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_OWN_TAP = "homebrew/"
"""Owner of Homebrew's own collections; the owner of another is who makes or packs the program."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each installed formula and cask, in file order."""
    shelf = Shelf(source)
    for place, document in records.objects(source):
        if "homebrew_version" in document:
            yield from _receipt(source, shelf, place, document)
            continue
        for number, formula in enumerate(records.listed(document.get("formulae"))):
            yield from _formula(source, shelf, f"{place}/formulae/{number}", formula)
        for number, cask in enumerate(records.listed(document.get("casks"))):
            yield from _cask(source, shelf, f"{place}/casks/{number}", cask)


def _receipt(source: Input, shelf: Shelf, place: str, receipt: dict[str, Any]) -> Iterator[Observation]:
    """Read INSTALL_RECEIPT.json; the program's name stands in the receipt's own path, else in its recipe's."""
    origin = receipt.get("source")
    fields = records.texts(origin)
    versions = records.texts(origin.get("versions")) if isinstance(origin, dict) else {}
    name, version = _place(source.path)
    recipe = fields.get("path", "")
    name = name or (places.stem(recipe) if recipe.endswith(".rb") else "")
    if not name:
        source.lose(place, "a receipt that does not say of which program")
        return
    source.tally["packages"] += 1
    version = version or fields.get("version") or versions.get("stable", "")
    yield shelf.installed(place, name, version, [Observable(Kind.PACKAGE, name), *_tap(fields.get("tap", ""))])


def _place(path: str) -> tuple[str, str]:
    """Give name and version of Cellar/NAME/VERSION/INSTALL_RECEIPT.json or Caskroom/NAME/.metadata/INSTALL_RECEIPT.json."""
    steps = places.parts(path)
    if len(steps) < 4 or steps[-4] not in {"Cellar", "Caskroom"}:
        return "", ""
    return steps[-3], "" if steps[-2].startswith(".") else steps[-2]


def _formula(source: Input, shelf: Shelf, place: str, formula: object) -> Iterator[Observation]:
    fields = records.texts(formula)
    if not (name := fields.get("name", "")) or not isinstance(formula, dict):
        source.lose(place, "a formula without a name")
        return
    installed = [records.texts(entry) for entry in records.listed(formula.get("installed"))]
    if not installed:
        source.tally["packages not installed"] += 1
        return
    source.tally["packages"] += 1
    urls = formula.get("urls")
    stable = records.texts(urls.get("stable")) if isinstance(urls, dict) else {}
    found = [Observable(Kind.PACKAGE, name), *_told(fields), *components.reference(stable.get("url", ""))]
    yield shelf.installed(place, name, installed[-1].get("version", ""), found)


def _cask(source: Input, shelf: Shelf, place: str, cask: object) -> Iterator[Observation]:
    fields = records.texts(cask)
    if not (token := fields.get("token", "")) or not isinstance(cask, dict):
        source.lose(place, "a cask without a token")
        return
    if "installed" not in fields:
        source.tally["packages not installed"] += 1
        return
    source.tally["packages"] += 1
    names = cask.get("name")
    shown = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    found = [Observable(Kind.PACKAGE, token), *(Observable(Kind.NAME, name) for name in shown if name)]
    found += [*_told(fields), *components.reference(fields.get("url", ""))]
    yield shelf.installed(place, shown[0] if shown else token, fields["installed"], found)


def _told(fields: dict[str, str]) -> Iterator[Observable]:
    """Yield what formulae and casks say alike."""
    yield from _tap(fields.get("tap", ""))
    yield from components.reference(fields.get("homepage", ""))
    yield from components.prose(fields.get("desc", ""))


def _tap(tap: str) -> list[Observable]:
    """Give the project on GitHub that a collection which is not Homebrew's own stands for."""
    owner, slash, name = tap.partition("/")
    if not slash or tap.lower().startswith(_OWN_TAP):
        return []
    return [Observable(Kind.PURL, f"pkg:github/{owner}/homebrew-{name}")]
