# SPDX-License-Identifier: Apache-2.0
"""Hives of the Windows registry as they lie on the disk: SOFTWARE, SYSTEM, NTUSER.DAT, Amcache.hve and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.readers.binary import hives
from debar.readers.binary.hives import BrokenError, Hive, Node
from debar.readers.machine import registry, registry_keys
from debar.readers.machine.registry_keys import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

# A hive does not say where it is mounted; the keys at its top do.
_ROOTS = (
    (frozenset({"microsoft", "classes"}), "HKEY_LOCAL_MACHINE\\SOFTWARE"),
    (frozenset({"select"}), "HKEY_LOCAL_MACHINE\\SYSTEM"),
    (frozenset({"software", "control panel"}), "HKEY_CURRENT_USER"),
    (frozenset({"software", "environment"}), "HKEY_CURRENT_USER"),
)
_HOST = ("control\\computername\\computername", "services\\tcpip\\parameters")
_HOST_VALUES = ("computername", "nv hostname", "hostname")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each key that says something of software or devices, then one of the machine."""
    hive = Hive(source.content())
    try:
        root = hive.node(hive.root)
        tops = {child.name.lower(): child for child in _children(source, hive, root)}
    except BrokenError as e:
        raise SourceError(f"the root of the hive cannot be read: {e}", locator=f"byte {hives.BINS}") from e
    mount = next((path for names, path in _ROOTS if names <= tops.keys()), root.name or "ROOT")
    current = _current_set(hive, tops)
    others = sum(name.startswith("controlset") and name != current for name in tops)
    if others and current:
        source.tally["other control sets"] += others
    keys = _keys(source, hive, root, mount, current)
    yield from registry.observations(source, keys, _host(source, hive, tops.get(current)))


def _current_set(hive: Hive, tops: dict[str, Node]) -> str:
    """Give the name of the set of a SYSTEM hive that the machine ran with."""
    values = _folded(hive, tops["select"]) if "select" in tops else {}
    number = next(iter(values.get("current", ())), "")
    return f"controlset{number.zfill(3)}" if number else ""


def _host(source: Input, hive: Hive, control_set: Node | None) -> str:
    """Give the machine's name, which only a SYSTEM hive holds."""
    for path in _HOST if control_set else ():
        node = control_set
        for step in path.split("\\"):
            below = _children(source, hive, node) if node else ()
            node = next((child for child in below if child.name.lower() == step), None)
        values = _folded(hive, node) if node else {}
        if host := next((texts[0] for name in _HOST_VALUES if (texts := values.get(name)) and texts[0]), ""):
            return host
    return ""


def _keys(source: Input, hive: Hive, root: Node, mount: str, current: str) -> Iterator[Key]:
    """Yield the keys that mean something; a stack instead of recursion, and no key twice."""
    pending = [(root, mount, 0)]
    seen = {root.offset}
    while pending:
        node, path, depth = pending.pop()
        source.tally["keys"] += 1
        if registry_keys.rule(path.lower()):
            yield Key(f"byte {hives.BINS + node.offset}", path, dict(_values(hive, node)))
        if depth >= hives.DEPTH or len(seen) >= hives.KEYS or not registry_keys.is_worth_entering(path.lower()):
            continue
        below = []
        for child in _children(source, hive, node):
            name = child.name
            if depth == 0 and name.lower().startswith("controlset") and current:
                if name.lower() != current:
                    continue
                name = "CurrentControlSet"  # which is what Windows calls it while it runs
            if child.offset not in seen:
                seen.add(child.offset)
                below.append((child, f"{path}\\{name}", depth + 1))
        pending += reversed(below)


def _children(source: Input, hive: Hive, node: Node) -> Iterator[Node]:
    """Yield the keys below a key; a broken one is lost, not its neighbours."""
    try:
        offsets = hive.below(node)
    except BrokenError as e:
        source.lose(f"byte {hives.BINS + node.offset}", f"keys below {node.name!r}: {e}")
        return
    for offset in offsets:
        try:
            yield hive.node(offset)
        except BrokenError as e:
            source.lose(f"byte {hives.BINS + offset}", str(e))


def _values(hive: Hive, node: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        yield from hive.values(node)
    except BrokenError:
        return


def _folded(hive: Hive, node: Node) -> dict[str, tuple[str, ...]]:
    return {name.lower(): texts for name, texts in _values(hive, node)}
