# SPDX-License-Identifier: Apache-2.0
"""Go modules as the build information of a program tells them, in a binary or printed by "go version -m"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MODULES = 100_000
"""Modules of one program that are looked at; the largest known, of Kubernetes distributions, have about 2,000."""
_DEVELOPMENT = "(devel)"
"""What the build information has for the version of a module that was built from a working copy."""
_LOOSE = "command-line-arguments"
"""What Go calls a program that was built from files outside of every module."""
_LIBRARY = "stdlib"
"""What vulnerability databases call the standard library of Go as a module."""
_COMPILER = re.compile(r"\Ago\tgo(\d[\w.-]*)")
_PATH = re.compile(r"^path\t(\S+)", re.MULTILINE)
_MAIN = re.compile(r"^mod\t", re.MULTILINE)
_STATED = re.compile(
    r"-X[ =][\\'\"]{0,2}([\w./~-]{1,300})\.(?:[a-z]\w*)?(?:[vV]er(?:sion)?|[tT]ag)=(?:\S{1,200}/)?v?(\d+\.\d+\.\d+[\w.+-]*)",
    re.ASCII,
)
"""A package, and a version that whoever built the program had the linker write into it: -X main.version=v1.2.3."""
_LINKED = re.compile(rb"\x00(v\d{1,4}\.\d{1,6}\.\d{1,6}(?:[-+][\w.+-]{1,60})?)(?=\x00)")
"""Such a version where it stands in the program: texts of the linker end with NUL, those of the compiler do not."""
_FLAGS = re.compile(r"^build\t-ldflags=(.{1,8192})", re.MULTILINE)
_COMMIT = re.compile(r"^build\tvcs\.revision=([0-9a-f]{12})", re.MULTILINE)
_TIME = re.compile(r"^build\tvcs\.time=(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", re.MULTILINE)


class Module(NamedTuple):
    """One module that a program was built of."""

    number: int
    """Of its line in the build information, from 1."""
    name: str
    version: str
    is_main: bool
    """It is the module of the program itself."""
    replaces: str = ""
    """Name of the module whose place this one takes, or empty."""
    folder: str = ""
    """Where its code lay when the program was built, if in a folder instead of the module's own place."""

    @property
    def observables(self) -> list[Observable]:
        """Give the package URL and path of the module, and of the module that it takes the place of."""
        if self.name == _LIBRARY:
            return [Observable(Kind.PURL, f"pkg:golang/{_LIBRARY}")]
        found = observables(self.name)
        if self.folder:
            found.append(Observable(Kind.PATH, self.folder))
        return found + observables(self.replaces) if self.replaces else found


def modules(text: str, data: Iterable[bytes] = ()) -> Iterator[Module]:
    """Yield the modules of a build information: lines of "mod", "dep" and "=>" with tabs between path, version and sum.

    A replaced module is not part of the program; the module in its place is, unless it is a folder: then
    the replaced one is all that is known. The standard library counts as a module, too. A program that was built
    outside of modules has the path of its package alone. `data` are the program's constants, looked at only
    when its version stands nowhere else.
    """
    if compiler := _COMPILER.search(text):
        yield Module(1, _LIBRARY, compiler[1], is_main=False)
    path = _PATH.search(text)
    if path and path[1] != _LOOSE and not _MAIN.search(text):
        name = path[1][: dependencies.LONGEST]
        yield Module(text.count("\n", 0, path.start()) + 1, name, _built(text, name, data), is_main=True)
    for module in parsed(enumerate(text.split("\n"), 1)):
        if module.version or module.folder:
            yield module
        elif module.is_main:
            yield module._replace(version=_built(text, module.name, data))
        else:
            yield module._replace(version=_stated(text, module.name))


def parsed(lines: Iterable[tuple[int, str]]) -> Iterator[Module]:
    """Yield the modules of numbered lines of one program, in their order."""
    waiting: Module | None = None
    count = 0
    for number, line in lines:
        word, _, rest = line.strip().partition("\t")
        name, _, rest = rest.partition("\t")
        name, version = name[: dependencies.LONGEST], rest.partition("\t")[0][: dependencies.LONGEST]
        if word not in ("mod", "dep", "=>") or not name:
            continue
        if word == "=>":
            waiting = waiting and _replaced(waiting, number, name, version)
            continue
        if waiting:
            yield waiting
        count += 1
        if count > MODULES:
            return
        waiting = Module(number, name, "" if version == _DEVELOPMENT else version, word == "mod")
    if waiting:
        yield waiting


def _replaced(module: Module, number: int, name: str, version: str) -> Module:
    """Give what takes the place of a module: another one, or the same from a folder."""
    if name.startswith((".", "/", "\\")):
        return module._replace(folder=name)
    return Module(number, name, version, module.is_main, module.name)


def _built(text: str, name: str, data: Iterable[bytes]) -> str:
    """Give the version of a program that was built from a working copy: the one stated, else that of the commit.

    The latter is written as Go does: v0.0.0, the time, the first twelve digits of the commit.
    """
    if stated := _stated(text, name) or _stated(text, "") or _linked(text, data):
        return stated
    commit, time = _COMMIT.search(text), _TIME.search(text)
    return f"v0.0.0-{''.join(time.groups())}-{commit[1]}" if commit and time else ""


def _stated(text: str, name: str) -> str:
    """Give the version that the linker was told for a package below a module; "main" is the program's own package."""
    flags = _FLAGS.search(text)
    for package, version in _STATED.findall(flags[1]) if flags else ():
        if not name or package == name or package.startswith(f"{name}/"):
            return f"v{version}"
    return ""


def _linked(text: str, data: Iterable[bytes]) -> str:
    """Give the version that the linker wrote into the program, where its flags are not told; nothing if there are two."""
    if _FLAGS.search(text):
        return ""
    found = {version for block in data for version in _LINKED.findall(block)}
    return found.pop().decode() if len(found) == 1 else ""


def observables(module: str) -> list[Observable]:
    """Give the package URL, path and host of a module; the host is a reference unless it is a forge of everybody."""
    return (
        dependencies.named("golang", module) + dependencies.origin(f"//{module}")
        if "." in module
        else (dependencies.named("golang", module))
    )
