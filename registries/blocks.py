# SPDX-License-Identifier: Apache-2.0
"""Entries of registries, and who stands behind the names in them, to indicators.

A prefix may have changed hands. Its history is cut into runs, each of one party:

1. What the older lists and the newest one print for a prefix is put in order of the days; a name that the registry
   withholds says nothing.
2. Names of one party that follow each other are one run: TP-Link Corporation and TP-Link Systems.
3. A run begins on the day of the first list that shows it, if an earlier list shows somebody else, and ends on the day
   of the first list that shows somebody else again.
4. A run that has ended supports no more than a look: addresses given out since are not the party's.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from debar.model.inventory import Indicator
from debar.model.vocab import Grade, Kind, Meaning, Operator
from debar.register import yamlfile
from debar.text import digits, fold
from registries import reading
from registries.sources import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from debar.model.measures import Party
    from registries.reading import Entry
    from registries.sources import Snapshot

WITHHELD = "private"
"""What the IEEE prints for a registrant who wants no name there."""
OWN = "registrant name"
"""Basis of an entry whose name is one of the party's own."""
_ENDED = 2
"""Level of a block that is no longer the party's."""
_TRAPS = 4
"""Counterexamples of a block, at most."""
_KINDS = {"ieee": Kind.MAC, "usb": Kind.HARDWARE_ID, "pci": Kind.HARDWARE_ID, "iana": Kind.OID}
_MEANS = {"ieee": Meaning.HARDWARE, "usb": Meaning.HARDWARE, "pci": Meaning.COMPONENT, "iana": Meaning.HARDWARE}
_NAMED = {"ieee": "address", "usb": "usb", "pci": "pci", "iana": "oid"}
_ELSE = {
    "ieee": "The block tells who made the network part, which may sit in a device of another brand; an address can be set at will.",
    "usb": "The number tells who made the part that answers, which may sit in a device of another brand.",
    "pci": "The number tells who made the card or chip, which may sit in a machine of another brand.",
    "iana": "A device of another brand gives the number if the supplier built it or wrote its software.",
}
_COMPONENT = "It tells the part inside a device, not the maker of the device."


class Name(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name as a registry prints it."""

    registry: Literal["ieee", "usb", "pci", "iana"]
    registrant: str


class Registrant(Name, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name in a registry, and the party behind it."""

    party: str
    device: str = ""
    """Only the device of this name, below a number of somebody else."""
    only: tuple[str, ...] = ()
    """Only these values, where the registry prints the name for others too."""
    product: str = ""
    level: int = 4
    meaning: Meaning | None = None
    """Instead of the usual one of the registry."""
    grade: Grade = Grade.PRIMARY
    basis: str = OWN
    valid_from: str = ""
    valid_until: str = ""
    note: str = ""


class Lookalike(Name, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name that may be taken for a party's and is not."""

    of: tuple[str, ...]


class Names(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of the names in the registries."""

    registrants: tuple[Registrant, ...]
    lookalikes: tuple[Lookalike, ...]

    @property
    def every(self) -> list[Name]:
        """Give the names of both kinds."""
        return [*self.registrants, *self.lookalikes]


class Report(NamedTuple):
    """What a build has to say."""

    indicators: dict[str, list[Indicator]]
    """Party -> its blocks, in the order of their ids."""
    unknown: list[str]
    """Names that hold a name of a party and stand neither among the registrants nor among the look-alikes."""
    unused: list[str]
    """Names that are written down and that no list prints."""


class _Run(NamedTuple):
    """A time in which a value was one party's."""

    value: str
    registrant: Registrant
    """As the last list of the run prints it."""
    former: tuple[str, ...]
    since: str
    until: str


def names(file: Path = HERE / "registrants.yaml") -> Names:
    """Give who stands behind the names in the registries."""
    return yamlfile.read(file, Names)


def build(snapshots: Sequence[Snapshot], known: Names, parties: Iterable[Party]) -> Report:
    """Give the blocks of every party; lists come newest first within a registry."""
    lists = [(one, reading.entries(one)) for one in snapshots]
    by_name: dict[tuple[str, str, str], Registrant] = {
        (one.registry, one.registrant, one.device): one for one in known.registrants
    }
    runs = list(_runs(lists, by_name))
    traps = _traps(lists, known)
    groups: dict[tuple[object, ...], list[_Run]] = {}
    for run in runs:
        r = run.registrant
        alike = (
            fold(r.registrant),
            fold(r.device),
            tuple(map(fold, run.former)),
            r.level,
            r.note,
            run.since,
            run.until,
        )
        groups.setdefault((r.party, r.registry, *alike), []).append(run)
    found: dict[str, list[Indicator]] = {}
    for group in groups.values():
        found.setdefault(group[0].registrant.party, []).append(_block(group, traps, lists))
    printed = {(one.source.registry, entry.registrant, entry.device) for one, listed in lists for entry in listed}
    return Report(
        indicators={party: sorted(blocks, key=lambda block: block.id) for party, blocks in sorted(found.items())},
        unknown=_unknown({name[:2] for name in printed}, known, parties),
        unused=[
            f"{one.registry}: {', '.join(filter(None, (one.registrant, device)))}"
            for one in known.every
            for device in (one.device if isinstance(one, Registrant) else "",)
            if (one.registry, one.registrant, device) not in printed
        ],
    )


def _runs(
    lists: Sequence[tuple[Snapshot, list[Entry]]], by_name: dict[tuple[str, str, str], Registrant]
) -> Iterator[_Run]:
    """Yield the runs of every value that was ever a party's, in the order of the values."""
    held: dict[tuple[str, str], list[tuple[str, Registrant | None, str]]] = {}
    for snapshot, entries in reversed(lists):  # 1.
        for value, registrant, device in entries:
            one = by_name.get((snapshot.source.registry, registrant, device))
            taken = one if one and (not one.only or value in one.only) else None
            if fold(registrant) != WITHHELD and (taken or not device):
                held.setdefault((snapshot.source.registry, value), []).append((snapshot.day, taken, registrant))
    for (_, value), history in sorted(held.items()):
        if not any(taken for _, taken, _ in history):
            continue
        runs = [
            (party, list(run)) for party, run in itertools.groupby(history, lambda at: at[1].party if at[1] else "")
        ]
        for number, (party, run) in enumerate(runs):  # 2.
            last = run[-1][1]
            if not party or not last:
                continue
            former = dict.fromkeys(name for _, _, name in run if fold(name) != fold(last.registrant))
            since = run[0][0] if number else ""  # 3.
            until = runs[number + 1][1][0][0] if number + 1 < len(runs) else ""
            yield _Run(value, last, tuple(former), last.valid_from or since, last.valid_until or until)


def _block(
    group: list[_Run], traps: dict[tuple[str, str], list[str]], lists: Sequence[tuple[Snapshot, list[Entry]]]
) -> Indicator:
    """Give the block of runs that say the same of their values."""
    run, one = group[0], group[0].registrant
    values = tuple(entry.value for entry in group)
    meaning = one.meaning or _MEANS[one.registry]
    address = next(snapshot.source.address for snapshot, _ in lists if snapshot.source.registry == one.registry)
    said = [_ELSE[one.registry], _COMPONENT if meaning is Meaning.COMPONENT and one.registry != "pci" else "", one.note]
    if run.until:
        said.append("Others have held it since.")
    alike = sorted({entry.registrant.registrant for entry in group})
    return Indicator(
        id="-".join((one.party, _NAMED[one.registry], _slug(one.device or one.registrant), *map(_formerly, run.former)))
        + (f"-until-{run.until[:4]}" if run.until else ""),
        party=one.party,
        product=one.product,
        kind=_KINDS[one.registry],
        operator=Operator.PREFIX,
        patterns=values,
        level=min(one.level, _ENDED) if run.until else one.level,
        meaning=meaning,
        valid_from=run.since,
        valid_until=run.until,
        examples=tuple(dict.fromkeys((_example(values[0]), _example(values[-1])))),
        counterexamples=tuple((traps.get((one.registry, one.party)) or _neighbour(values[-1], one, lists))[:_TRAPS]),
        falsepositives=" ".join(filter(None, said)),
        grade=one.grade,
        references=(
            address,
            *(f"registrant: {name}" for name in alike),
            *(f"formerly: {name}" for name in run.former),
            *((f"device: {one.device}",) if one.device else ()),
            *((f"basis: {one.basis}",) if one.basis != OWN else ()),
        ),
    )


def _formerly(name: str) -> str:
    return f"formerly-{_slug(name)}"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def _example(value: str) -> str:
    """Give something that lies below a value: an address of a block, a device of a vendor, a product of an enterprise."""
    if value.startswith(("usb:", "pci:")):
        return value if value.count(":") > 1 else f"{value}:1001"
    if "." in value:
        return f"{value}.2.1"
    plain = digits(value)
    return reading.prefix(plain + "5a17c3e09b42"[: 12 - len(plain)])


def _traps(lists: Sequence[tuple[Snapshot, list[Entry]]], known: Names) -> dict[tuple[str, str], list[str]]:
    """Give registry and party -> something of each look-alike of it."""
    first: dict[tuple[str, str], str] = {}
    for snapshot, entries in lists:
        for entry in entries:
            first.setdefault((snapshot.source.registry, entry.registrant), entry.value)
    found: dict[tuple[str, str], list[str]] = {}
    for one in known.lookalikes:
        value = first.get((one.registry, one.registrant))
        for party in one.of if value else ():
            found.setdefault((one.registry, party), []).append(_example(value or ""))
    return found


def _neighbour(value: str, one: Registrant, lists: Sequence[tuple[Snapshot, list[Entry]]]) -> list[str]:
    """Give something of whoever is registered next to a value, for a block that nobody looks alike."""
    entries = next(entries for snapshot, entries in lists if snapshot.source.registry == one.registry)
    others = [entry.value for entry in entries if not entry.device and entry.registrant != one.registrant]
    after = [other for other in others if other > value and not value.startswith(other)] or others
    return [_example(after[0])] if after else []


def _unknown(printed: set[tuple[str, str]], known: Names, parties: Iterable[Party]) -> list[str]:
    """Give the names that hold a party's name as whole words, and of which nothing is written down."""
    words = {
        f" {folded} "
        for party in parties
        for name in (party.name.partition(" (")[0], *party.legal_names, *party.aliases, *party.former_names)
        if (folded := fold(name)).isascii() and len(folded) > 2
    }
    written = {(one.registry, one.registrant) for one in known.every}
    found = []
    for registry, name in sorted(printed - written):
        folded = f" {fold(name)} "
        if any(word in folded for word in words):
            found.append(f"{registry}: {name}")
    return found
