# SPDX-License-Identifier: Apache-2.0
"""From what the user named to files: directories are walked, in order, each file once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.readers import named, places, systems
from debar.readers.lake_folders import DELTA, ICEBERG, lake

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DOCUMENTATION = ("readme", "license", "licence", "notice", "changelog", "copying", "authors", "contributing")
"""Names of files that tell about a folder; unrecognised ones are passed over, not skipped."""
_CONFIGURATION = frozenset({"debar.toml", ".debar.toml"})
"""Names of files that tell debar what is wanted of a folder; the same holds for them."""


TREE = "tree"
"""Scheme of a folder that is the file tree of an installed system, or a part of one."""
HOST = "host"
"""Scheme of the machine that debar runs on: host: or host:/ROOT."""
_OF_LAKES = frozenset({"", DELTA, ICEBERG})
"""Schemes under which a folder may be one table."""
_VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})
"""Folders that hold history, not evidence of what is there now."""


class Found(NamedTuple):
    """One file to read."""

    path: str
    """As shown: what the user named, or below it."""
    place: str | None
    """Where it lies on disk; None for standard input and for the machine itself."""
    scheme: str
    """Reader that the user forces, or empty."""
    named: bool
    """The user named this very file."""
    tree: str = ""
    """The file tree of an installed system that it belongs to; empty for evidence that somebody collected."""
    asset: str = ""
    """What the file speaks of, where the place tells."""
    inside: str = ""
    """Where it lies in its own system, from the root; empty for evidence."""
    address: str = ""
    """Address in storage, of a file that is not on disk."""
    stored: int = 0
    """Bytes of such a file."""

    @property
    def file(self) -> Path | None:
        """Give the file on disk; a tree has so many that it is made only for those that are read."""
        return None if self.place is None else Path(self.place)


class Fault(NamedTuple):
    """One place that could not be listed."""

    path: str
    reason: str
    locator: str = ""
    hint: str = ""


def find(sources: Sequence[str], exclude: Sequence[str] = ()) -> Iterator[Found | Fault]:
    """Yield every file that the sources mean, in the order of sources and then of names.

    A file is read once, by the first way that leads to it; a loop of links ends there too.
    One source of many that is not there is a fault; SourceError when none is there, UsageError for
    an unknown scheme.
    """
    seen: set[tuple[int, int]] = set()
    named_sources = [_scheme(source) for source in sources]
    if all(path != "-" and scheme != HOST and not _exists(path) for scheme, path in named_sources):
        missing = ", ".join(places.shown(path) for _, path in named_sources)
        hint = "name a file, a directory, or - for standard input"
        raise SourceError("no such file or directory", path=missing, hint=hint)
    tops = [os.path.realpath(path or "/") for _, path in named_sources if path != "-"]
    for scheme, path in named_sources:
        if path == "-":
            yield Found("-", None, scheme, named=True)
        elif scheme == HOST:
            # The machine itself, then its files: what is installed is told by both.
            yield Found(f"{HOST}:{path.rstrip('/')}", None, HOST, named=True, asset=systems.host(path or "/"))
            yield from _below(path or "/", TREE, exclude, seen, tops)
        else:
            yield from _below(path, scheme, exclude, seen, tops)


def _below(
    path: str, scheme: str, exclude: Sequence[str], seen: set[tuple[int, int]], tops: Sequence[str]
) -> Iterator[Found | Fault]:
    """Yield a file, or the files below a folder."""
    start = Path(path)
    try:
        about = start.stat()
    except (OSError, ValueError) as e:
        yield Fault(places.shown(path), getattr(e, "strerror", None) or str(e))
        return
    if start.is_dir():
        yield from _Walk(exclude, seen, tops).files(start, path, scheme)
    elif scheme == TREE:
        yield Fault(places.shown(path), "not a folder, so no file tree")
    elif (about.st_dev, about.st_ino) not in seen:
        seen.add((about.st_dev, about.st_ino))
        yield Found(places.shown(path), str(start), scheme, named=True)


def _exists(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:  # a NUL inside
        return False


def size(place: Found | Fault) -> int:
    """Give the bytes of a file on disk or in storage; nothing for what is not there."""
    if isinstance(place, Fault) or place.file is None:
        return 0 if isinstance(place, Fault) else place.stored
    try:
        return place.file.stat().st_size
    except OSError:
        return 0


def is_documentation(path: str) -> bool:
    """Tell whether a file's name says that it is about its folder and no evidence."""
    name = Path(path).name.lower()
    return name in _CONFIGURATION or name.startswith(_DOCUMENTATION)


def _scheme(source: str) -> tuple[str, str]:
    """Split "cyclonedx:bom.json"; a Windows drive letter and the name of an existing file are no scheme."""
    if source.partition(":")[0].lower() == HOST and not os.path.lexists(source):
        return HOST, source.partition(":")[2]
    head, colon, rest = source.partition(":")
    if not colon or not rest or len(head) < 2 or not head.replace("-", "").isalpha() or os.path.lexists(source):
        return "", source
    return (TREE if head.lower() == TREE else named(head.lower()).name), rest


class _Folder(NamedTuple):
    """A folder that is still to be listed."""

    place: str
    path: str
    """As shown."""
    tree: str
    asset: str
    inside: str = ""
    """Where it lies in its own system; empty for the root."""


def _in_its_system(folder: _Folder, names: set[str]) -> _Folder:
    """Give a folder as part of the system that it belongs to: its own where a tree, or another root, begins here."""
    if not folder.tree and systems.is_tree(folder.path, names):
        folder = folder._replace(tree=folder.path, asset=systems.host(folder.place))
    if folder.tree == folder.path:
        return folder._replace(inside=systems.inside(os.path.realpath(folder.place), names))
    if folder.tree and systems.is_root(names):
        # A container or a chroot: what is installed in it is not installed on the machine.
        return folder._replace(tree=folder.path, asset=f"{folder.asset}:{folder.inside}", inside="")
    return folder


class _Walk:
    """One walk below a directory; a stack instead of recursion, for trees of any depth."""

    def __init__(self, exclude: Sequence[str], seen: set[tuple[int, int]], tops: Sequence[str]) -> None:
        self.exclude, self.seen, self.tops = exclude, seen, tops
        self._pseudo: frozenset[int] | None = None
        """Devices of file systems that hold no files, once any device was met."""
        self._known: set[int] = set()
        """Devices of file systems that hold files."""

    def files(self, top: Path, label: str, scheme: str) -> Iterator[Found | Fault]:
        """Yield the files below a directory, folder by folder, in the order of names."""
        path = label.rstrip("/") or "/"
        tree = path if scheme == TREE else ""
        pending = [_Folder(str(top), path, tree, systems.host(str(top)) if tree else "")]
        while pending:
            folder = pending.pop()
            try:
                entries = sorted(os.scandir(folder.place), key=lambda entry: entry.name)
            except OSError as e:
                yield Fault(places.shown(folder.path), f"directory cannot be listed: {e.strerror}")
                continue
            names = {entry.name for entry in entries}
            folder = _in_its_system(folder, names)
            if not folder.tree and scheme in _OF_LAKES and (table := lake(folder.place, names)):
                yield Found(places.shown(folder.path), table.place, table.reader, named=folder.path == path)
                continue
            if names >= systems.LAYOUT:
                entries = [entry for entry in entries if entry.name == "oci-layout"]
            elif folder.tree == folder.path:
                entries = [entry for entry in entries if entry.name not in systems.PSEUDO]
            below: list[_Folder] = []
            if folder.tree:
                yield from self._of_tree(folder, entries, below)
            else:
                yield from self._listed(folder, entries, scheme, below)
            pending += reversed(below)

    def _listed(
        self, folder: _Folder, entries: Sequence[os.DirEntry[str]], scheme: str, below: list[_Folder]
    ) -> Iterator[Found | Fault]:
        """Yield the files of one folder, and add the folders in it to those below."""
        for entry in entries:
            path = f"{folder.path.rstrip('/')}/{entry.name}"
            if entry.name in _VERSION_CONTROL or any(Path(path).match(pattern) for pattern in self.exclude):
                continue
            if entry.is_symlink() and (fault := self._outside(entry, path)):
                yield fault
                continue
            try:
                about = entry.stat()
            except OSError as e:
                yield Fault(places.shown(path), f"cannot be looked at: {e.strerror}")
                continue
            if (about.st_dev, about.st_ino) in self.seen:
                continue
            self.seen.add((about.st_dev, about.st_ino))
            if entry.is_dir():
                below.append(_Folder(entry.path, path, "", ""))
            else:
                yield Found(places.shown(path), entry.path, scheme, named=False)

    def _of_tree(
        self, folder: _Folder, entries: Sequence[os.DirEntry[str]], below: list[_Folder]
    ) -> Iterator[Found | Fault]:
        """Yield the files of one folder of a tree, and add the folders in it to those below.

        Links are passed over: what they point to is in the tree itself, or belongs to another system. What the list
        of a folder says is believed, without asking for each file: a tree has a hundred thousand.
        """
        prefix = f"{folder.path.rstrip('/')}/"
        for entry in entries:
            path = prefix + entry.name
            if self.exclude and any(Path(path).match(pattern) for pattern in self.exclude):
                continue
            if entry.is_file(follow_symlinks=False):
                yield Found(
                    places.shown(path),
                    entry.path,
                    "",
                    False,
                    folder.tree,
                    folder.asset,
                    f"{folder.inside}/{entry.name}",
                )
            elif entry.is_dir(follow_symlinks=False) and entry.name not in _VERSION_CONTROL:
                try:
                    about = entry.stat(follow_symlinks=False)
                except OSError as e:
                    yield Fault(places.shown(path), f"cannot be looked at: {e.strerror}")
                    continue
                if (about.st_dev, about.st_ino) not in self.seen and not self._is_pseudo(about):
                    self.seen.add((about.st_dev, about.st_ino))
                    below.append(_Folder(entry.path, path, folder.tree, folder.asset, f"{folder.inside}/{entry.name}"))

    def _is_pseudo(self, about: os.stat_result) -> bool:
        """Tell whether a folder is of a file system that holds no files: those of the kernel, wherever they are mounted."""
        device = about.st_dev
        if device in self._known:
            return False
        if self._pseudo is None:
            self._pseudo = systems.pseudo_devices()
        if device in self._pseudo:
            return True
        self._known.add(device)
        return False

    def _outside(self, entry: os.DirEntry[str], path: str) -> Fault | None:
        """Give the fault of a link that leads out of everything that was named."""
        target = os.path.realpath(entry.path)
        if any(target == top or target.startswith(top.rstrip(os.sep) + os.sep) for top in self.tops):
            return None
        return Fault(
            places.shown(path),
            "a link that leads outside what was named",
            hint="name its target as well to have it read",
        )
