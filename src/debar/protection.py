# SPDX-License-Identifier: Apache-2.0
"""What protects the assets of a scan beside the products that are to go, taken from what passes by anyway.

A product is told by how inventories call it, and its state only by fields that say so: presence is no protection.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar import text
from debar.match.compile import Index, compile_index
from debar.match.kernel import meet
from debar.model.inventory import Indicator
from debar.model.results import Protection
from debar.model.vocab import Health, Kind, Meaning, Medium

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from debar.model.inventory import Observation, Sign
    from debar.model.protected import Protector, StateField
    from debar.register import Register

_OF_A_MACHINE = frozenset({Medium.INVENTORY, Medium.PACKAGES, Medium.FILES})
"""Evidence of what is on a machine; what an SBOM declares or a wire carries protects nothing."""
_PRESENT = frozenset({Meaning.INSTALLED, Meaning.RUNNING})
_REMEMBERED = 1 << 16
"""Values whose answer is kept; a fleet's machines have the same programs by the thousand."""
OTHER = "other"
"""What a name means that holds the name of a product, and is something else: its manager, its firewall."""
_WORST = (Health.UNHEALTHY, Health.UNKNOWN, Health.INSTALLED, Health.HEALTHY)
"""Which of two states of the same moment is believed: the one that promises less."""


class _Met(NamedTuple):
    """A product on an asset, as one observation says it."""

    asset: str
    product: int
    name: str
    says: tuple[str, ...]
    as_of: str
    source: str
    locator: str


class Protecting:
    """Looks at the observations of one scan as they pass, and keeps those of products that protect."""

    def __init__(self, register: Register) -> None:
        """Take the register's products and fields of states."""
        self._protectors = register.protectors
        self._fields = register.state_fields
        self._index = index_of(register.protectors)
        numbers = {one.id: n for n, one in enumerate(register.protectors)}
        self._of = [numbers.get(indicator.product, -1) for indicator in self._index.indicators]
        """By indicator of the index: which product it means, or -1."""
        self._known: dict[Kind, dict[str, int]] = {kind: {} for kind in self._index.tables}
        self._met: dict[tuple[str, int, tuple[str, ...]], _Met] = {}

    def past(self, observations: Iterable[Observation]) -> Iterator[Observation]:
        """Yield the observations as they are, and note what protects."""
        for observation in observations:
            if observation.medium in _OF_A_MACHINE and observation.meaning in _PRESENT:
                self._note(observation)
            yield observation

    def found(self, names: Mapping[str, str]) -> tuple[Protection, ...]:
        """Give each product of each asset once, by what was said of it last; `names` gives the best name by folded ones."""
        together: dict[tuple[str, int], list[_Met]] = defaultdict(list)
        for met in self._met.values():
            asset = names.get(met.asset.casefold(), met.asset)
            together[asset.casefold(), met.product].append(met._replace(asset=asset))
        return tuple(self._told(together[key]) for key in sorted(together))

    def _note(self, observation: Observation) -> None:
        product = next((n for o in observation.observables if (n := self._product(o.kind, o.value)) >= 0), -1)
        if product < 0:
            return
        says = tuple(o.value for o in observation.observables if o.kind is Kind.HEALTH)
        key = observation.asset, product, says
        known = self._met.get(key)
        if known is None or known.as_of < observation.observed_at:
            self._met[key] = _Met(
                observation.asset,
                product,
                observation.label,
                says,
                observation.observed_at,
                observation.source,
                observation.locator,
            )

    def _product(self, kind: Kind, value: str) -> int:
        """Give which product a value tells, or -1."""
        known = self._known.get(kind)
        if known is None:
            return -1
        found = known.get(value)
        if found is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            positions = meet(self._index.tables[kind], value)
            found = known[value] = self._of[positions[0]] if positions else -1
        return found

    def _told(self, every: list[_Met]) -> Protection:
        """Give what is known of one product on one asset: the last that was said of its state; of one moment the worst.

        What carries no day may be later than all that does, so it counts as well; a day is preferred where both promise the same.
        """
        telling = [met for met in every if met.says] or every
        latest = max(met.as_of for met in telling)
        product = self._protectors[every[0].product]
        last = [met for met in telling if met.as_of in (latest, "")]
        told = [(state_of(met.says, product.id, self._fields), met) for met in last]
        state, met = min(
            told, key=lambda one: (_WORST.index(one[0]), not one[1].as_of, one[1].source, one[1].locator, one[1].name)
        )
        return Protection(
            asset=max((one.asset for one in every), key=lambda name: name),  # small letters before capitals
            product=product.id,
            name=product.name,
            state=state,
            says=met.says,
            as_of=met.as_of,
            source=met.source,
            locator=met.locator,
        )


def index_of(protectors: Iterable[Protector]) -> Index:
    """Give the index of how products that protect are called, and of longer names that mean something else."""
    return compile_index(
        _indicator(one, sign, patterns, means)
        for one in protectors
        for sign in one.signs
        for patterns, means in ((sign.patterns, one.id), (sign.counterexamples, OTHER))
        if patterns
    )


def _indicator(one: Protector, sign: Sign, patterns: tuple[str, ...], means: str) -> Indicator:
    return Indicator(
        id=f"{one.id}-{sign.kind}",
        party=one.id,
        product=means,
        kind=sign.kind,
        operator=sign.operator,
        patterns=patterns,
        level=1,
        examples=(),
        counterexamples=(),
        falsepositives="",
        grade=one.grade,
        references=one.references,
    )


def state_of(says: Iterable[str], product: str, fields: Iterable[StateField]) -> Health:
    """Give what fields and their values come to for a product; whatever is not known makes nothing healthy.

    1. A value that is bad makes it unhealthy, whatever else is said.
    2. A product that stands back for another one is only there.
    3. A value without a known meaning leaves it unknown.
    4. It is healthy when a field says that it is at work; that its signatures are new does not suffice.
    """
    meanings = {_meaning(one, product, fields) for one in says}
    for health in (Health.UNHEALTHY, Health.INSTALLED, Health.UNKNOWN, Health.HEALTHY):
        if health in meanings:
            return health
    return Health.INSTALLED


def _meaning(said: str, product: str, fields: Iterable[StateField]) -> Health | None:
    """Give what one field says; nothing for one that is in order and does not tell whether the product works."""
    name, _, value = said.partition("=")
    field = next((f for f in fields if _is_of(f, name, product)), None)
    if field is None:
        return Health.UNKNOWN
    value = text.fold(value)
    if field.mask:
        value = str(int(value) & field.mask) if value.isdecimal() and len(value) < 20 else ""
    if value in map(text.fold, field.unhealthy):
        return Health.UNHEALTHY
    if value in map(text.fold, field.stands_back):
        return Health.INSTALLED
    if value in map(text.fold, field.healthy):
        return Health.HEALTHY if field.is_enough else None
    return Health.UNKNOWN


def _is_of(field: StateField, name: str, product: str) -> bool:
    """Tell whether a field goes by a name, and is asked of a product."""
    return text.header(name) in map(text.header, field.fields) and (not field.protectors or product in field.protectors)
