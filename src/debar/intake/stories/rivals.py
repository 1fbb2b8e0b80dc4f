# SPDX-License-Identifier: Apache-2.0
"""Rival days that are seen without acts: papers give other days with the same words, and one looks like a slip.

Who reads acts misses some, and then one of two days belongs to nothing. Accounts of one thing betray themselves even so:

1. Neither paper gives the day of the other; both bind something by their day in one way, from and after it or by and
   until it; and the words around tell of the same deed.
2. The days differ as one slips: in the day, the month or the year alone, or by few days. Papers of one measure have
   many days; those that differ in more are rather two stages.
3. One day, from which something holds here and after which it holds there, is a boundary.

Where acts were read of both that can be compared, those decide (timing.py, bounds.py), and this is silent.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import log
from typing import TYPE_CHECKING

from debar.intake.stories.days import reach
from debar.intake.stories.families import family, is_binding, topic
from debar.intake.stories.slips import is_slip, is_typed_alike
from debar.intake.stories.worded import reader, worded
from debar.model.intake import Conflict, ConflictValue, Passage
from debar.model.vocab.statements import ConflictKind, DateRole, Severity, StatedAct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from debar.intake.examined import Examined
    from debar.intake.stories.days import Reach
    from debar.intake.stories.worded import Worded
    from debar.model.intake import StatedDate
    from debar.model.lexicon import Lexicon

_LONGEST = 1100
"""Days within which two days are accounts of one thing: three years, as far as phases of one measure lie."""
_DEED, _WORDS = 1.5, 3.0
"""What one deed around two dates weighs, and what it would weigh if all their words were the same."""
_ALIKE, _ENOUGH = 0.3, 0.75
"""What the words must weigh at least, and words and deeds together."""
_FEW, _MANY = 2, 4
"""Deeds of the richer one of two dates against which common ones are counted."""
_PAPERS, _MOST = 12, 500
"""Papers of which one day is compared, and days of a story: all are held against all."""
_BEGINS = frozenset({DateRole.FROM, DateRole.AFTER})
_ENDS = frozenset({DateRole.BY, DateRole.UNTIL, DateRole.BEFORE})
_ONWARD = frozenset({DateRole.FROM, DateRole.ON})
_LOOSE = frozenset({StatedAct.EFFECTIVE, StatedAct.PROHIBIT, StatedAct.COMPLY_DEADLINE})
"""Acts that name no deed."""


def rivals(
    examined: Sequence[Examined], dates: Mapping[str, Sequence[StatedDate]], lexicon: Lexicon
) -> Iterator[Conflict]:
    """Yield where papers give other days with the same words; `dates` are those of each paper on its own measure."""
    known = reader(lexicon)
    told = _few(day for one in examined for day in worded(one, dates.get(one.paper.id, ()), known))
    given = {one.paper.id: {day for date in one.seen.dates if (day := reach(date))} for one in examined}
    rare = _rare(told, len(examined))
    pairs: dict[ConflictKind, list[tuple[Worded, Worded]]] = {ConflictKind.BOUNDARY: [], ConflictKind.DATE: []}
    for one, other in combinations(told, 2):
        if one.document == other.document or not _may_be_one(one, other):
            continue
        if _is_boundary(one, other, told) or _is_boundary(other, one, told):
            pairs[ConflictKind.BOUNDARY].append((one, other))
        elif _is_slip(one, other, given) and _evidence(one, other, rare) >= _ENOUGH:
            pairs[ConflictKind.DATE].append((one, other))
    for kind, found in pairs.items():
        for group in _groups(found):
            yield _conflict(kind, group)


def _few(every: Iterable[Worded]) -> list[Worded]:
    """Give the days that are compared: of each day and role those of a few papers, and no more than fit in a moment."""
    often: Counter[tuple[Reach, DateRole]] = Counter()
    told: list[Worded] = []
    for one in every:
        often[one.day, one.role] += 1
        if often[one.day, one.role] <= _PAPERS and len(told) < _MOST:
            told.append(one)
    return told


def _rare(told: Sequence[Worded], papers: int) -> dict[str, float]:
    """Give how much each word counts: what stands in few papers tells more."""
    by_paper: dict[str, set[str]] = {}
    for one in told:
        by_paper.setdefault(one.document, set()).update(one.stems)
    counts = Counter(word for stems in by_paper.values() for word in stems)
    return {word: log((1 + papers) / (1 + count)) + 1 for word, count in counts.items()}


def _may_be_one(one: Worded, other: Worded) -> bool:
    """Tell whether nothing parts two days: neither what they speak of, nor acts that were read of both."""
    for dimension in {name for name, _ in one.scopes} & {name for name, _ in other.scopes}:
        if not any(scope in other.scopes for scope in one.scopes if scope[0] == dimension):
            return False
    return not (_families(one.acts) and _families(other.acts))


def _families(acts: Collection[StatedAct]) -> set[str]:
    """Give what acts are about, those that name no deed left out: they are compared by their words."""
    return {family(act) for act in acts if is_binding(act) and act not in _LOOSE}


def _is_boundary(one: Worded, other: Worded, told: Sequence[Worded]) -> bool:
    """Tell whether what holds from a day on in one paper holds after it in the other, and neither has it both ways."""
    if one.day != other.day or one.role not in _ONWARD or other.role is not DateRole.AFTER:
        return False
    if not _same_deed(one, other):
        return False
    roles = {(its.document, its.role) for its in told if its.day == one.day}
    return (one.document, DateRole.AFTER) not in roles and (other.document, DateRole.FROM) not in roles


def _is_slip(one: Worded, other: Worded, given: Mapping[str, Collection[Reach]]) -> bool:
    """Tell whether two days are bound in one way, are not both given by one paper, and differ as one slips."""
    if not any(one.role in roles and other.role in roles for roles in (_BEGINS, _ENDS)):
        return False
    if other.day in given[one.document] or one.day in given[other.document]:
        return False
    here, there = sorted((one.day.first, other.day.first))
    if {one.role, other.role} == _BEGINS and (there - here).days == 1:  # after the 31st is from the 1st
        return False
    return (there - here).days <= _LONGEST and is_slip(one.day, other.day) and is_typed_alike(one.day, other.day)


def _same_deed(one: Worded, other: Worded) -> bool:
    return not one.deeds or not other.deeds or not one.deeds.isdisjoint(other.deeds)


def _evidence(one: Worded, other: Worded, rare: Mapping[str, float]) -> float:
    """Give how much the words around two days say that they tell of one thing; 0 where they speak against it."""
    if not _same_deed(one, other):
        return 0.0
    least = min(sum(rare[word] for word in its.stems) for its in (one, other))
    words = _WORDS * sum(rare[word] for word in sorted(one.stems & other.stems)) / least if least else 0.0
    common = len(one.deeds & other.deeds)
    fewer, more = sorted((len(one.deeds), len(other.deeds)))
    share = 1.0 if common == fewer else common / max(_FEW, min(_MANY, more))
    return words + (_DEED * share if common else 0.0) if words >= _ALIKE else 0.0


def _groups(pairs: Sequence[tuple[Worded, Worded]]) -> Iterator[list[Worded]]:
    """Yield days that are rivals, directly or through others, in the order of papers and texts."""
    groups: list[dict[tuple[str, int], Worded]] = []
    for pair in pairs:
        new = {(one.document, one.span.start): one for one in pair}
        touched = [group for group in groups if group.keys() & new.keys()]
        groups = [group for group in groups if group not in touched]
        groups.append({key: one for group in (*touched, new) for key, one in group.items()})
    for group in groups:
        yield [group[key] for key in sorted(group)]


def _conflict(kind: ConflictKind, group: Sequence[Worded]) -> Conflict:
    readings: dict[tuple[Reach, str], list[Worded]] = {}
    for one in group:
        readings.setdefault((one.day, f"{one.role} {one.day.first.isoformat()}"), []).append(one)
    return Conflict(
        type=kind,
        severity=Severity.MATERIAL,
        topic=f"{'boundary' if kind is ConflictKind.BOUNDARY else 'date'} of {_topic(group)}",
        values=tuple(_value(reading, readings[day, reading]) for day, reading in sorted(readings)),
    )


def _topic(group: Sequence[Worded]) -> str:
    """Give what days are about: by an act that was read of one of them, else by the words that they share."""
    acts = sorted({act for one in group for act in one.acts if is_binding(act)}, key=lambda act: (act in _LOOSE, act))
    if acts:
        return topic(family(acts[0]), {acts[0]})
    shared = frozenset.intersection(*(one.deeds for one in group))
    return ", ".join(sorted(name.removeprefix("sense-") for name in shared)) or "what no act was read of"


def _value(reading: str, members: Sequence[Worded]) -> ConflictValue:
    bare = [one for one in members if not one.facts]
    return ConflictValue(
        value=reading,
        facts=tuple(dict.fromkeys(fact for one in members for fact in one.facts)),
        passages=tuple(Passage(document=one.document, start=one.span.start, end=one.span.end) for one in bare),
    )
