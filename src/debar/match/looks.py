# SPDX-License-Identifier: Apache-2.0
"""What one more look would settle: signs of the same party that were not met, and where a person finds them.

Nothing here is written for one exposure or one supplier. The signs are the register's indicators, how to look for
a kind of sign is a row of `ways.WAYS`, and what it would come to is what matching itself would make of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.match.confidence import combined
from debar.match.contrary import untimely
from debar.match.exposures import CAPS
from debar.match.ways import KINDS, OF_THE_MAKER, SELDOM, WAYS
from debar.model.results import Look
from debar.model.vocab import Grade, Held, Kind, Meaning, Operator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.match.compile import Index
    from debar.match.ways import Way
    from debar.model.inventory import Indicator
    from debar.model.results import Exposure, Match

SHOWN = 3
"""Looks that are told, and values that each of them names."""
_LONG = 70
_PLACES = {Meaning.SERVICE_USE: "the client {asset}", Meaning.PURCHASE: "the machines of whoever received it ({asset})"}
_WORTH = {5: "would prove it", 4: "would be strong evidence", 3: "would be some evidence", 2: "would be a weak sign"}
_IDLE = frozenset({Meaning.MENTION, Meaning.RESIDUE, Meaning.CLIENT})
"""Meanings of signs that settle nothing."""
_PROGRAM = re.compile(r"[^\\/]+\.(?:exe|sys|dll|msi|dylib|kext|app|so|jar|apk)", re.IGNORECASE)
_FILE = re.compile(r"(?<=[\\/])[^\\/]+\.\w{1,5}$")
_THINGS = (Kind.DRIVER, Kind.FILE, Kind.PROCESS, Kind.PATH, Kind.SERVICE)
_SYSTEM = (
    ("windows", re.compile(r"^[a-z]:[\\/]|\\|\.(?:exe|sys|dll|msi)$|^(?:hklm|hkcu|hkey_)", re.IGNORECASE)),
    ("mac", re.compile(r"^/(?:Applications|Library)/|\.(?:app|kext|dylib)\b")),
    ("linux", re.compile(r"^/(?:opt|usr|etc|var|bin|lib)/|\.(?:service|so)\b|^pkg:(?:deb|rpm|apk)/")),
)
_OF_ONE_SYSTEM = {
    Kind.PACKAGE: "linux",
    **{kind: way.systems for kind, way in WAYS.items() if way.systems in ("windows", "mac")},
}


def looks(exposure: Exposure, index: Index, day: str) -> tuple[Look, ...]:
    """Give the looks that would settle most, best first.

    1. A product of others of which nobody knows whether it holds the party's technology is opened.
    2. Otherwise the signs of the party that were not met are tried: one of each kind, the best of it.
    3. Told are those that raise the level, or tell a product that is not known.
    """
    if opened := tuple(_inside(exposure, index)):
        return opened[:SHOWN]  # 1.
    best: dict[Kind, tuple[tuple[int, ...], Look]] = {}
    for indicator in _signs(exposure, index, day):
        look = _look(exposure, indicator, index)
        if look is None or not (look.together > exposure.level or _tells_product(indicator, exposure)):
            continue  # 3.
        rank = _rank(look, indicator, exposure)
        if indicator.kind not in best or rank < best[indicator.kind][0]:
            best[indicator.kind] = (rank, look)
    ranked = sorted(best.values(), key=lambda found: (found[0], found[1].indicator))
    return tuple(look for _, look in ranked[:SHOWN])


def _rank(look: Look, indicator: Indicator, exposure: Exposure) -> tuple[int, ...]:
    """Give how much a look settles and how easily it is done, the best first."""
    return (
        _is_seldom(indicator.kind, _systems(exposure)),
        -look.together,
        -_tells_product(indicator, exposure),
        -look.level,
        KINDS[exposure.meaning].index(indicator.kind),
        indicator.operator is Operator.REGEX,
        indicator.product != exposure.product,
    )


def _tells_product(indicator: Indicator, exposure: Exposure) -> bool:
    return bool(indicator.product and not exposure.product)


def _is_seldom(kind: Kind, systems: Sequence[str]) -> bool:
    return kind in SELDOM and not any(system in WAYS[kind].systems.split() for system in systems)


def _inside(exposure: Exposure, index: Index) -> Iterator[Look]:
    """Yield how to open the products of others that were met, where it is not known what they hold."""
    met = {match.indicator: match for match in exposure.matches}
    told: set[str] = set()
    for position, embedding in index.embeddings.items():
        match = met.get(index.indicators[position].id)
        if match is None or embedding.held is not Held.UNKNOWN or not embedding.giveaway or embedding.id in told:
            continue
        told.add(embedding.id)
        yield Look(
            text=f"look inside {embedding.host}: {embedding.giveaway}",
            otherwise="without it, nothing is inferred either way",
            kind=match.observable.kind,
            indicator=match.indicator,
            level=embedding.level,
            together=embedding.level,
        )


def _signs(exposure: Exposure, index: Index, day: str) -> Iterator[Indicator]:
    """Yield the signs of the same party, and product where it is known, that could be looked for and were not met."""
    kinds = set(KINDS[exposure.meaning])
    systems = _systems(exposure)
    seen: dict[Kind, int] = {}
    for match in exposure.matches:
        seen[match.observable.kind] = max(seen.get(match.observable.kind, 0), match.level)
    for position, indicator in enumerate(index.indicators):
        if (
            indicator.party == exposure.party
            and indicator.kind in kinds
            and _is_about(indicator, exposure)
            and indicator.level > seen.get(indicator.kind, 1)
            and (indicator.meaning or WAYS[indicator.kind].meaning) not in _IDLE
            and position not in index.embeddings
            and indicator.grade is not Grade.UNVERIFIED
            and not untimely(indicator, day)
            and _is_of(indicator, systems)
        ):
            yield indicator


def _is_about(indicator: Indicator, exposure: Exposure) -> bool:
    """Tell whether a sign is one of the same product, or of the party where that says enough.

    What was bought may be on no machine at all, and what is built in brings few of its maker's signs with it.
    """
    if not exposure.product or indicator.product:
        return indicator.product in ("", exposure.product or indicator.product)
    if exposure.meaning in (Meaning.EMBEDDED, Meaning.COMPONENT):
        return indicator.kind in OF_THE_MAKER
    return exposure.meaning is not Meaning.PURCHASE


def _look(exposure: Exposure, indicator: Indicator, index: Index) -> Look | None:
    """Give one look, and what it would come to."""
    way = WAYS[indicator.kind]
    values = _values(indicator, _systems(exposure))
    if not values:
        return None
    # What is short enough to be read at a glance goes first, in the order of the register.
    shown = " or ".join(f"'{_cut(value)}'" for value in sorted(values, key=lambda v: len(v) > _LONG)[:SHOWN])
    together = _together(exposure, indicator, way)
    place = _PLACES.get(exposure.meaning, "{asset}").format(asset=exposure.asset)
    ask = way.ask.format(place=place, thing=_thing(exposure, index) if "{thing}" in way.ask else "")
    further = f", {together} with what is there" if together != indicator.level else ""
    return Look(
        text=f"{ask}: {shown} {_WORTH[indicator.level]} (level {indicator.level}{further})",
        otherwise=way.otherwise,
        kind=indicator.kind,
        indicator=indicator.id,
        level=indicator.level,
        together=together,
    )


def _together(exposure: Exposure, indicator: Indicator, way: Way) -> int:
    """Give the level of an exposure once a sign is met as well, by the rules of matching."""
    meaning = indicator.meaning or way.meaning
    further = replace(exposure.matches[0], level=indicator.level, medium=way.medium, meaning=meaning)
    level, _ = combined((*_counting(exposure.matches), further))
    strongest = max(match.level for match in exposure.matches)
    is_told = indicator.level >= min(3, strongest)  # a weaker sign does not change what the thing is
    return level if is_told else min(level, CAPS.get(exposure.meaning, level))


def _counting(matches: Iterable[Match]) -> Iterator[Match]:
    """Yield the matches that count: a mention that stands alone adds nothing."""
    yield from (match for match in matches if match.meaning is not Meaning.MENTION)


def _thing(exposure: Exposure, index: Index) -> str:
    """Give a file of the exposure to look at: one that was seen, else one that the party's products have."""
    seen = [m.observable.value for kind in _THINGS for m in exposure.matches if m.observable.kind is kind]
    for value in seen:
        if program := _PROGRAM.fullmatch(re.split(r"[\\/]", value.rstrip("\\/"))[-1]):
            return _cut(program.group())
    path = next((m.observable.value for m in exposure.matches if m.observable.kind is Kind.PATH), "")
    if path:
        return f"a program in {_cut(_FILE.sub('', path))}"
    systems = _systems(exposure)
    usual = (
        value
        for indicator in index.indicators
        if indicator.party == exposure.party and indicator.product == exposure.product
        if indicator.kind in (Kind.DRIVER, Kind.PROCESS, Kind.FILE) and indicator.operator is Operator.EQUALS
        for value in _values(indicator, systems)
        if _PROGRAM.fullmatch(value)
    )
    program_name = next(usual, "")
    return f"one of its programs, such as {program_name}" if program_name else "one of its programs"


def _values(indicator: Indicator, systems: Sequence[str]) -> list[str]:
    """Give what a person would see where an indicator is met, as far as it fits the systems."""
    is_readable = indicator.operator not in (Operator.REGEX, Operator.WITHIN)
    every = indicator.patterns if is_readable else indicator.examples
    return [value for value in every if not systems or not (own := _system(value)) or own in systems]


def _cut(value: str) -> str:
    return value if len(value) <= _LONG else f"{value[:_LONG]}..."


def _is_of(indicator: Indicator, systems: Sequence[str]) -> bool:
    """Tell whether systems have such a sign; those that nobody knows may have any."""
    own = WAYS[indicator.kind].systems
    return not own or not systems or any(system in own.split() for system in systems)


def _systems(exposure: Exposure) -> list[str]:
    """Give the systems that the evidence tells; none where it does not."""
    found = {_OF_ONE_SYSTEM.get(m.observable.kind) or _system(m.observable.value) for m in exposure.matches}
    return sorted(found - {""})


def _system(value: str) -> str:
    """Give the system that a path or name is of, or nothing."""
    return next((name for name, pattern in _SYSTEM if pattern.search(value)), "")
