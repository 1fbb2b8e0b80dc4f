# SPDX-License-Identifier: Apache-2.0
"""Plain lists that package managers print, a package a line; each is known by the shape of its lines."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.databases.installations import Shelf
from debar.readers.databases.package_lines import APK, DEB, RPM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_LOOKED_AT = 64
"""Lines by which the shape is told: headings and notes are fewer."""
_LINE = 4096
"""Characters of a line that are compared; names, versions and comments are far shorter."""


class _Shape(NamedTuple):
    """How the lines of one list look."""

    title: str
    line: str
    """An expression for the whole line: name and version, and where there are any state, origin and text."""
    present: str = ""
    """Expression for states of what is on the machine; empty where the list has nothing else."""
    residue: str = ""
    """Expression for states of what was left behind."""


_NAME = r"(?P<name>[A-Za-z0-9@_][\w@.+-]*?)"
_SHAPES = (
    _Shape(
        "nix store",
        r"/nix/store/[0-9a-z]{32}-(?P<name>[\w?=.+-]+?)(?:-(?P<version>\d[\w?=.+-]*?))?(?P<state>\.drv)?$",
        # what ends so is a recipe, which may never have been built
        present="(?!.drv)",
    ),
    _Shape("rpm -qa", rf"(?P<name>\S+)-(?P<version>[^\s-]+-[^\s-]+)\.{RPM}(?:[ \t]{{2,}}.*)?$"),
    # dnf puts "@" before the repository that an installed package came from; yum before 3.2.20 writes the word
    _Shape(
        "dnf list",
        rf"(?P<name>\S+)\.{RPM}[ \t]+(?P<version>\S+-\S+)[ \t]+(?P<state>\S+)$",
        present="@|installed$",
    ),
    # apt names "now" among the suites whatever the user's language
    _Shape(
        "apt list",
        rf"(?P<name>[a-z0-9][a-z0-9+.-]*)/(?P<state>\S+) (?P<version>\S+) {DEB}(?: \[.*\])?$",
        present=r"(?:\S*,)?now(?:,|$)",
    ),
    _Shape(
        "apk list",
        rf"{_NAME}-(?P<version>\d[^\s-]*-r\d+) {APK} \{{(?P<origin>[^}}]*)\}} \([^)]*\)(?: \[(?P<state>.*)\])?$",
        present="installed$",
    ),
    _Shape("apk info", rf"{_NAME}-(?P<version>\d[^\s-]*-r\d+)(?: - (?P<text>.*))?$"),
    _Shape("opkg list-installed", r"(?P<name>[A-Za-z0-9][\w.+-]*) - (?P<version>\S+)$"),
    _Shape(
        "dpkg-query -W",
        rf"(?P<name>[a-z0-9][a-z0-9+.-]*)(?::{DEB})?(?:\t{DEB})?\t(?P<version>\d\S*)(?:\t(?P<state>.*))?$",
        residue=".*config-files$",
    ),
    _Shape("guix package -I", r"(?P<name>\S+)\t(?P<version>\S+)\t\S+\t/gnu/store/\S+$"),
    _Shape(
        "xbps-query -l",
        r"(?P<state>ii|uu|hr|\?\?) (?P<name>\S+)-(?P<version>[^\s-]+_\d+)[ \t]+(?P<text>.*)$",
        residue="(?!ii)",
    ),
    _Shape("pacman -Q", r"(?P<name>[a-z0-9@_+][\w@.+-]*) (?P<version>(?:\d+:)?[\w.+~]+-\d+(?:\.\d+)?)(?: \[.*\])?$"),
    _Shape(
        "qlist -Iv",
        r"(?:[a-z0-9]+-[a-z0-9]+|virtual)/(?P<name>[\w+-]+?)-(?P<version>\d[\w.]*(?:-r\d+)?)(?::\S+)?$",
    ),
    # what was asked for by name, without versions
    _Shape("world", r"(?:[a-z0-9]+-[a-z0-9]+|virtual)/(?P<name>[\w+-]+)(?::\S+)?$"),
    _Shape("pkg info", rf"{_NAME}-(?P<version>\d[\w.,+]*)[ \t]+(?P<text>\S.*)$"),
    _Shape("choco list", r"(?P<name>[A-Za-z0-9][\w.-]*)[ |](?P<version>\d[\w.+-]*)$"),
    _Shape("brew list", r"(?P<name>[a-z0-9][\w@.+-]*) (?P<version>\d[\w.+,-]*)(?: \d[\w.+, -]*)?$"),
    _Shape(
        "port installed",
        r"  (?P<name>\S+) @(?P<version>\S+)(?: \((?P<state>active)\))?$",
        residue="(?!active)",
    ),
    _Shape("nix-env -q", rf"{_NAME}-(?P<version>\d[\w.+-]*)$"),
)
"""The first of those that fit most lines is it, so narrower shapes stand before wider ones."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package that is on the machine, in file order; other lines are counted."""
    shape, line_of = _shape(source)
    shelf = Shelf(source)
    for number, line in _joined(source):
        found = line_of.match(line[:_LINE])
        if found is None:
            source.tally["other lines"] += 1
            continue
        fields = {key: value for key, value in found.groupdict().items() if value is not None}
        meaning = _meaning(shape, fields.get("state", ""))
        if meaning is None:
            source.tally["packages not installed"] += 1
            continue
        source.tally["packages"] += 1
        yield shelf.installed(
            f"line {number}", fields["name"], fields.get("version", ""), _observables(fields), meaning
        )


def _shape(source: Input) -> tuple[_Shape, re.Pattern[str]]:
    """Give the shape that most of the first lines have."""
    lines = [line[:_LINE] for _, line in islice(_joined(source), _LOOKED_AT)]
    best, best_fits = _SHAPES[0], 0
    for shape in _SHAPES:
        fits = sum(map(bool, map(re.compile(shape.line).match, lines)))
        if fits > best_fits:
            best, best_fits = shape, fits
    if not best_fits:
        raise SourceError("no line is a package as any package manager lists it")
    return best, re.compile(best.line)


def _joined(source: Input) -> Iterator[tuple[int, str]]:
    """Yield (number, line) without blank ones; yum breaks a line that is too long after the name."""
    held, at = "", 0
    for number, line in source.lines():
        text = line.rstrip()
        if held and " " not in held and text.startswith(" "):
            held, at = f"{held} {text.lstrip()}", number
            continue
        if held:
            yield at, held
        held, at = text, number
    if held:
        yield at, held


def _meaning(shape: _Shape, state: str) -> Meaning | None:
    """Give what a package of this state is on the machine, or nothing when it is not there."""
    if shape.residue and re.match(shape.residue, state):
        return Meaning.RESIDUE
    return Meaning.INSTALLED if re.match(shape.present, state) else None


def _observables(fields: dict[str, str]) -> Iterator[Observable]:
    """Yield every value of a package that can betray its maker."""
    yield Observable(Kind.PACKAGE, fields["name"])
    if origin := fields.get("origin"):
        yield Observable(Kind.PACKAGE, origin)
    yield from components.prose(fields.get("text", ""))
