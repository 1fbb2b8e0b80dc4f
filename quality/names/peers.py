# SPDX-License-Identifier: Apache-2.0
"""Other systems, run in the same process on the same names; none of them is needed, and what is missing is said.

nomenklatura's logic-v2 is in `logic.py`; rapidfuzz compares with every name of a list.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from quality.names.systems import SHOWN, Ranked, System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from debar.model.listed import PartyList

_NAMES = 4 * SHOWN
"""Names of a list that are looked at for one name: several may be of one party."""
_CUTOFF = 60
"""Of 100: score from which rapidfuzz gives names back; what is of use lies far above."""
NEEDED = {"nomenklatura": "pip install nomenklatura==4.17.4", "rapidfuzz": "pip install rapidfuzz"}
"""What peers need, and how to have it."""


def missing() -> list[str]:
    """Give what to install for the peers that are not there."""
    return [f"{name} is not installed and is left out: {how}" for name, how in NEEDED.items() if not find_spec(name)]


def installed() -> Iterator[System]:
    """Yield the peers that are there."""
    if find_spec("nomenklatura"):
        from quality.names.logic import logic_v2

        yield logic_v2()
    if find_spec("rapidfuzz"):
        yield from fuzzy()


def fuzzy() -> Iterator[System]:
    """Yield two of rapidfuzz's ratios; it ships no threshold, and 85 of 100 is what its users take."""
    from rapidfuzz import fuzz, utils

    def in_order(name: str) -> str:
        return " ".join(sorted(utils.default_process(name).split()))

    # The ratio of sorted words is token_sort_ratio, and the words of a list are sorted once.
    yield _fuzzy("token_sort", fuzz.ratio, in_order, is_bulk=True)
    yield _fuzzy("WRatio", fuzz.WRatio, utils.default_process, is_bulk=False)


def _fuzzy(name: str, scorer: Callable[..., float], prepared: Callable[[str], str], *, is_bulk: bool) -> System:
    from rapidfuzz import process

    def prepare(parties: PartyList) -> Callable[[Sequence[str]], list[tuple[Ranked, ...]]]:
        listed = [(party.id, name.text) for party in parties.parties for name in party.names]
        choices = [prepared(text) for _, text in listed]

        def one(text: str) -> tuple[Ranked, ...]:
            found = process.extract(
                prepared(text), choices, scorer=scorer, processor=None, score_cutoff=_CUTOFF, limit=_NAMES
            )
            best: dict[str, Ranked] = {}
            for _, score, position in found:
                party, spelling = listed[position]
                best.setdefault(party, Ranked(party, score / 100, listed=spelling))
            return tuple(best.values())

        return lambda names: [one(text) for text in names]

    def pair(query: str, listed: str) -> float:
        return float(scorer(prepared(query), prepared(listed))) / 100

    return System(name, 0.85, prepare, pair, is_bulk=is_bulk)
