# SPDX-License-Identifier: Apache-2.0
"""The answer on many names: hits joined back to rows and sums, dismissed ones set aside, in the order of what matters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from debar.model.screened import ListRelease, NameHit, ScreenedName, Screening
from debar.model.vocab.names import NameRelation
from debar.release import SCHEMA
from debar.screen.screening import THRESHOLD, Screener
from debar.screened.ties import Owners
from debar.watched import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from debar.decisions.dismissed import Dismissed
    from debar.screen.index import NameIndex
    from debar.screened.distinct import Distinct, Spent

LIMIT = 100
"""Parties that are told of a name: all of them, as far as anybody reads."""
ORDER = tuple(NameRelation)
_BATCH = 1 << 14
"""Names between two looks at whether somebody asked for the end."""


class Asked(NamedTuple):
    """How names are screened."""

    on: str
    """The day asked about: 2024-07-19."""
    threshold: float = THRESHOLD
    strict: bool = False
    """The same company only: another one of its group is none."""


def screening(
    index: NameIndex,
    found: Distinct,
    asked: Asked,
    dismissed: Dismissed | None = None,
    *,
    notes: Sequence[str] = (),
    check: Callable[[], None] = lambda: None,
) -> Screening:
    """Give the answer on distinct names.

    `check` may raise Interrupted between batches of them: the answer is then on those that were looked at, and says so.
    """
    screener, owners = Screener(index), Owners(index, asked.on)
    set_aside = _setting_aside(index, dismissed) if dismissed else _nothing_set_aside
    texts, every, ended = list(found.names), list[ScreenedName](), list[str]()
    try:
        for begin in range(0, len(texts), _BATCH):
            some = texts[begin : begin + _BATCH]
            check()
            answers = screener.screen(some, threshold=asked.threshold, limit=LIMIT, strict=asked.strict)
            for name, told in zip(some, answers, strict=True):
                numbers = found.names[name].numbers
                hits = _surest(screener.numbered(numbers), told) if numbers else told
                wider = owners.widened(hits, strict=asked.strict) if hits else hits
                every.append(_screened(name, found.names[name], *set_aside(name, wider)))
    except Interrupted as e:
        ended.append(f"{len(texts) - len(every):,} of {len(texts):,} names were {e.reason}")
    every.sort(key=_rank)
    return Screening(
        schema=str(SCHEMA),
        list=ListRelease(index.kept.name, index.kept.version),
        threshold=asked.threshold,
        names=tuple(every),
        notes=(*notes, *found.notes(), *ended, *(f"list: {note}" for note in index.kept.notes)),
    )


def _surest(sure: Mapping[str, NameHit], hits: Sequence[NameHit]) -> Sequence[NameHit]:
    """Give the hits of a name, of a party that has a number beside it that one alone."""
    return (*sure.values(), *(hit for hit in hits if hit.party not in sure))


def _nothing_set_aside(_: str, hits: Sequence[NameHit]) -> tuple[Sequence[NameHit], Sequence[NameHit]]:
    return hits, ()


def _setting_aside(
    index: NameIndex, dismissed: Dismissed
) -> Callable[[str, Sequence[NameHit]], tuple[Sequence[NameHit], Sequence[NameHit]]]:
    """Give what parts the hits of a name: those that count, and those that somebody dismissed, each with who and why."""
    places = {word: at for at, word in enumerate(index.kept.ids)}

    def parted(name: str, hits: Sequence[NameHit]) -> tuple[Sequence[NameHit], Sequence[NameHit]]:
        kept: list[NameHit] = []
        aside: list[NameHit] = []
        for hit in hits:
            standing = dismissed.standing(name, index.party(places[hit.party])) if hit.party in places else None
            told = structs.replace(hit, remarks=(standing.text, *hit.remarks)) if standing else hit
            (aside if standing and standing.holds else kept).append(told)
        return kept, aside

    return parted


def _screened(name: str, spent: Spent, hits: Sequence[NameHit], dismissed: Sequence[NameHit]) -> ScreenedName:
    return ScreenedName(
        name=name,
        rows=spent.rows,
        amounts=spent.written(),
        first=spent.first,
        last=spent.last,
        places=spent.stands(),
        hits=tuple(sorted(hits, key=lambda hit: (ORDER.index(hit.relation), -hit.score))),
        dismissed=tuple(dismissed),
    )


def _rank(one: ScreenedName) -> tuple[int, float, Decimal, int, str]:
    """Give what puts the names that matter first: relation, score, what was spent, rows."""
    best = one.hits[0] if one.hits else one.dismissed[0] if one.dismissed else None
    relation = len(ORDER) + (not one.dismissed) if not one.hits or best is None else ORDER.index(best.relation)
    # Currencies cannot be added up; the largest sum says enough about an order.
    most = max((abs(Decimal(amount)) for amount in one.amounts.values()), default=Decimal(0))
    return relation, -(best.score if best else 0.0), -most, -one.rows, one.name
