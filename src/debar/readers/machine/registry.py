# SPDX-License-Identifier: Apache-2.0
"""Keys of a Windows registry as observations: programs, services, drivers, devices, and the machine itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import listings, registry_keys
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.machine.registry_keys import Key, Rule

KEYS = 1 << 10
"""Keys of one vendor that are kept; a product's keys are told from each other by their first hundreds."""
_DRIVERS = frozenset({"1", "2"})
"""Types of services that are drivers (SERVICE_KERNEL_DRIVER and SERVICE_FILE_SYSTEM_DRIVER in winnt.h)."""
_INDIRECT = ("@", "ms-resource:")
"""What stands before the place of a text instead of the text."""


def observations(source: Input, keys: Iterable[Key], host: str = "") -> Iterator[Observation]:
    """Yield one observation for each key that says something, then one of the machine."""
    known: dict[Observable, str] = {}
    of_vendors: Counter[str] = Counter()
    for found in keys:
        rule = registry_keys.rule(found.path.lower())
        if rule is None:
            continue
        key = found if rule.each else found._replace(values={n.lower(): texts for n, texts in found.values.items()})
        if rule.thing == registry_keys.MACHINE:
            for observable in _carried(rule, key):
                known.setdefault(observable, key.locator)
            continue
        if rule.thing == registry_keys.OF_VENDORS and not _has_room(source, of_vendors, key):
            continue
        yield from _things(source, host, rule, key)
    if known:
        yield from listings.machine(source, next(iter(known.values())), host, known)


def _has_room(source: Input, of_vendors: Counter[str], key: Key) -> bool:
    """Tell whether a vendor's keys are still few enough to be kept one by one."""
    steps = key.path.lower().split("\\")
    vendor = steps[min(steps.index("software") + 1, len(steps) - 1)] if "software" in steps else ""
    of_vendors[vendor] += 1
    if of_vendors[vendor] > KEYS:
        source.tally["keys of vendors beyond the first 1024"] += 1
        return False
    return True


def _things(source: Input, host: str, rule: Rule, key: Key) -> Iterator[Observation]:
    if rule.each:
        for name, texts in key.values.items():
            yield from _one_of_many(source, host, rule, key, name, texts)
        return
    found = list(_observables(rule, key))
    # A key without values, such as a folder's, says nothing where its own name is no identifier.
    if not found or (not key.values and rule.own is Kind.PRODUCT_CODE):
        source.tally[f"{rule.thing} without a name"] += 1
        return
    source.tally[rule.thing] += 1
    yield from listings.observation(
        source,
        host,
        Thing(
            key.locator,
            _label(rule, key, found),
            [*found, Observable(Kind.REGISTRY, key.path)],
            next((text for name in rule.version if (text := _text(key, name))), ""),
            # Windows starts nothing from a service's key that has no type: it was left behind.
            Meaning.RESIDUE if _is_left_behind(rule, key) else rule.meaning,
        ),
    )


def _is_left_behind(rule: Rule, key: Key) -> bool:
    return rule.own is Kind.SERVICE and "type" not in key.values and "servicedll" not in key.values


def _label(rule: Rule, key: Key, found: list[Observable]) -> str:
    kinds = {o.kind: o.value for o in reversed(found)}
    if rule.thing == registry_keys.OF_VENDORS:
        return kinds.get(Kind.NAME) or key.path[key.path.lower().index("software\\") + len("software\\") :]
    own = "" if rule.own is None else _subject(rule, key.path)
    return kinds.get(Kind.NAME) or own or kinds.get(Kind.FILE) or kinds.get(Kind.DRIVER) or _subject(rule, key.path)


def _one_of_many(
    source: Input, host: str, rule: Rule, key: Key, name: str, texts: tuple[str, ...]
) -> Iterator[Observation]:
    """Yield what one value of a list starts, or forces browsers to install."""
    command = " ".join(texts)
    if not name or not command:
        return
    if rule.thing == "browser extensions":
        extension = command.partition(";")[0]
        label, found = extension, [Observable(Kind.EXTENSION, extension)]
    else:
        label, found = name, [Observable(Kind.NAME, name), *listings.told(Kind.PATH, command)]
    source.tally[rule.thing] += 1
    yield from listings.observation(
        source, host, Thing(f"{key.locator} value {name!r}", label, [*found, Observable(Kind.REGISTRY, key.path)])
    )


def _observables(rule: Rule, key: Key) -> Iterator[Observable]:
    """Yield every value of a key that can betray a maker, and what its own name is."""
    name = _subject(rule, key.path)
    if rule.thing == registry_keys.FILTERS and "altitude" in key.values:
        yield from (Observable(kind, name) for kind in (Kind.SERVICE, Kind.DRIVER))
    if rule.own is Kind.PRODUCT_CODE:
        yield from listings.told(Kind.PRODUCT_CODE, name)
    elif rule.own:
        yield Observable(rule.own, name)
    carried = list(_carried(rule, key))
    yield from carried
    # Without a path Windows loads the file of the driver's name.
    if rule.own is Kind.SERVICE and _text(key, "type") in _DRIVERS and not _text(key, "imagepath"):
        yield Observable(Kind.DRIVER, f"{name}.sys")
    if rule.thing == registry_keys.OF_VENDORS and not carried:
        yield Observable(Kind.REGISTRY, key.path)
    if "\\enum\\" in key.path.lower():
        yield from listings.told(Kind.HARDWARE_ID, key.path)


def _carried(rule: Rule, key: Key) -> Iterator[Observable]:
    for value, kind in rule.kinds.items():
        for text in key.values.get(value, ()):
            if kind is Kind.NAME and text.startswith(_INDIRECT) and ";" not in text:
                continue
            # The digest of a file is written after four zeros in these keys.
            yield from listings.told(kind, text.removeprefix("0000") if kind is Kind.HASH else text)


def _subject(rule: Rule, path: str) -> str:
    """Give the name that a key is about: its own, or its parent's where its own is the same everywhere."""
    steps = path.split("\\")
    if rule.thing == registry_keys.FILTERS:  # an instance is below the service of its filter
        return steps[[step.lower() for step in steps].index("services") + 1]
    is_inner = steps[-1].lower() in {"installproperties", "parameters"}
    return steps[-2] if is_inner and rule.own and len(steps) > 1 else steps[-1]


def _text(key: Key, name: str) -> str:
    return next(iter(key.values.get(name, ())), "").strip()
