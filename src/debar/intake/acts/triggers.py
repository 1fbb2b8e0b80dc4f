# SPDX-License-Identifier: Apache-2.0
"""Words that say that an act is done, by the patterns of the lexicon."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.acts import denial
from debar.model.vocab.statements import StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.intake.acts.patterns import Compiled, Ready

_WORD = re.compile(r"(?<![a-z0-9])[a-z0-9]")
_LINKS = re.compile(r"(?:,|/|\band/or\b|\band\b|\bor\b|\bnor\b|\bas well as\b)")
_BREAKS = re.compile(
    r"\b(?:but|while|which|who|that|because|although|after|before|until|from|by|starting|effective|is|are|was|were|will"
    r"|would|must|may|can|has|have|had|said|says|since|when|where|unless|if)\b|[;:(]"
)
_DATED = re.compile(
    r"\b(?:(?:starting |beginning |effective |as )?(?:from|by|after|until|till|before|on|in|as of|since|of|effective|starting|no later than|at)"
    r" (?:the |about |late |early |mid-? ?|end of |about ){0,3})?[09]{2,200}"
)
"""A date, as it stands in a masked sentence, with the words that lead to it."""
_ACROSS = re.compile(r"[09]{3},? (?:and|or) ")
"""What goes on behind a date: "forbidden from 1 March and updates from 1 June" is found by its row of deeds."""
_LEAD = re.compile(
    r"[^a-z0-9]{0,6}(?:(?:on|by|from|as of|until|before|after|no later than|since|in|week of|starting|with effect from) )?(?:the )?[09]{3,60}[^a-z0-9]{1,20}"
)
"""A date before what stands at the beginning otherwise: "1 July: remove all cameras"."""
_CLAUSE_ENDS = re.compile(r"\b(?:but|while|which|who|that|because|until|since|when|where)\b|[;:(,]")
_REACH = 90
"""Characters behind a deed within which another one is still governed by the same words: "selling X or providing Y"."""
_MOST = 150
"""Findings in one sentence; the longest of any law has a third of them, and more are made to keep a reader busy."""
_OVERRIDING = frozenset(
    {
        StatedAct.PROPOSE, StatedAct.REVOKE, StatedAct.SUSPEND, StatedAct.EXTEND, StatedAct.LIST, StatedAct.DELIST,
        StatedAct.COURT_RULING, StatedAct.CHALLENGE, StatedAct.RECOMMEND_REPLACE, StatedAct.EXEMPT, StatedAct.PERMIT_USE,
        StatedAct.PERMIT_UPDATE, StatedAct.SUPPLIER_CONTEST, StatedAct.INITIAL_NOTICE,
    }
)  # fmt: skip
"""What is done about a ban, rather than the ban: "lifted its ban on sales" bans nothing."""


class Trigger(NamedTuple):
    """Words of an act in a text."""

    start: int
    end: int
    act: StatedAct
    weight: int
    is_denied: bool
    pattern: str
    """Id of the pattern."""
    frame: int
    """Where the words begin that govern it: of several deeds in a row it is the same."""


def find(sentence: str, ready: Ready) -> tuple[Trigger, ...]:
    """Give the words of acts in a sentence in small letters, in order.

    1. Each pattern is asked at the words with which it can begin.
    2. A deed in what it finds completes its act; deeds in a row are one act each.
    3. A weaker finding inside a stronger one goes, and so does one that a stronger one overrides.
    """
    found: list[Trigger] = []
    for one, match in islice(matches(sentence, ready), _MOST):  # 1.
        found += _triggers(one, match, sentence, ready)  # 2.
    return tuple(_kept(found))  # 3.


def bare(sentence: str, kind: str, ready: Ready) -> list[Trigger]:
    """Give the deeds at the beginning of an item, where the head of its list says that they are forbidden or demanded."""
    acts = ready.acts.get(kind, {})
    inside = [
        (m.start(), m.end(), acts[word])
        for m in ready.deeds.finditer(sentence, 0, _REACH)
        if (word := " ".join(m[0].split())) in acts
    ]
    deeds = _each_once(_row(inside, sentence, acts, ready)) if inside else []
    return [Trigger(start, end, act, 4, False, "list", deeds[0][0]) for start, end, act in deeds]


def matches(sentence: str, ready: Ready) -> Iterator[tuple[Compiled, re.Match[str]]]:
    """Yield what patterns find, each from left to right without overlap with itself."""
    ends: dict[str, int] = {}
    first = lead.end() if (lead := _LEAD.match(sentence)) else 0
    for one in ready.at_start:
        if match := one.expression.match(sentence, first):
            yield one, match
    for word in _WORD.finditer(sentence):
        at = word.start()
        for one in (*ready.by_prefix.get(sentence[at : at + 3], ()), *ready.anywhere):
            if ends.get(one.pattern.id, 0) > at:
                continue
            if match := one.expression.match(sentence, at):
                ends[one.pattern.id] = match.end()
                yield one, match


def _triggers(one: Compiled, match: re.Match[str], sentence: str, ready: Ready) -> Iterator[Trigger]:
    """Yield the acts of one finding."""
    pattern = one.pattern
    start, end = match.span()
    acts = ready.acts.get(pattern.act.partition(".")[0], {}) if one.is_completed else {}
    is_denied = pattern.is_denied or denial.is_denied(sentence, start, end, pattern.act)
    plain = Trigger(start, end, pattern.act, pattern.weight, is_denied, pattern.id, start)
    if not one.is_completed:
        yield plain
        return
    deeds = [] if _ACROSS.search(match[0]) else _deeds(sentence, match, acts, ready)
    for number, (first, last, act) in enumerate(deeds):
        yield plain._replace(act=act, start=start if not number else first, end=max(end, last) if not number else last)


def _deeds(
    sentence: str, match: re.Match[str], acts: dict[str, StatedAct], ready: Ready
) -> list[tuple[int, int, StatedAct]]:
    """Give the deeds in a finding, and those in a row behind it: "selling X, providing updates or licensing Y"."""
    inside = [
        (m.start(), m.end(), acts[word])
        for m in ready.deeds.finditer(sentence, match.start(), match.end())
        if (word := " ".join(m[0].split())) in acts
    ]
    if not inside:
        return []
    found = [_heavier(inside[-1], sentence, acts, ready)] if len(inside) == 1 else _row(inside, sentence, acts, ready)
    at = max(found[-1][1], match.end())
    for m in ready.deeds.finditer(sentence, at, at + 4 * _REACH):
        is_linked = (word := " ".join(m[0].split())) in acts and _LINKS.search(sentence, at, m.start())
        if not is_linked and m.start() - at <= _REACH:
            continue  # what breaks the row here does so before the next deed as well
        between = _DATED.sub(" ", sentence[at : m.start()])
        if len(between) > _REACH or _BREAKS.search(between):
            break
        if is_linked:
            deed = _heavier((m.start(), m.end(), acts[word]), sentence, acts, ready)
            found.append(deed)
            at = deed[1]
    return _each_once(found)


def _row(
    inside: list[tuple[int, int, StatedAct]], sentence: str, acts: dict[str, StatedAct], ready: Ready
) -> list[tuple[int, int, StatedAct]]:
    """Give deeds that stand in a row inside a finding: the first, and each that a comma or conjunction joins to it."""
    found = [_heavier(inside[0], sentence, acts, ready)]
    for deed in inside[1:]:
        between = sentence[found[-1][1] : deed[0]]
        if deed[0] >= found[-1][1] and _LINKS.search(between):
            found.append(_heavier(deed, sentence, acts, ready))
    return found


def _heavier(
    deed: tuple[int, int, StatedAct], sentence: str, acts: dict[str, StatedAct], ready: Ready
) -> tuple[int, int, StatedAct]:
    """Give the noun of a deed that a verb leads to which says little: to provide updates is to update."""
    start, end, act = deed
    if not ready.light.fullmatch(sentence, start, end):
        return deed
    for m in ready.deeds.finditer(sentence, end, end + _REACH):
        between = sentence[end : m.start()]
        if _CLAUSE_ENDS.search(between):
            break
        word = " ".join(m[0].split())
        if word in acts and acts[word] is not act and acts[word] in _NOUNS:
            return start, m.end(), acts[word]
    return deed


_NOUNS = frozenset({StatedAct.PROHIBIT_UPDATE, StatedAct.PERMIT_UPDATE, StatedAct.PROHIBIT_SELL})
"""Deeds that verbs which say little carry: updates are provided, agreements are offered."""


def _each_once(found: list[tuple[int, int, StatedAct]]) -> list[tuple[int, int, StatedAct]]:
    once: dict[StatedAct, tuple[int, int, StatedAct]] = {}
    for deed in found:
        once.setdefault(deed[2], deed)
    return list(once.values())


_STRETCH = 64
"""Characters of a stretch of a sentence."""


def _kept(found: Iterable[Trigger]) -> list[Trigger]:
    """Give the findings that stand, in order."""
    ordered = sorted(found, key=lambda t: (-t.weight, t.start, -t.end, t.pattern, t.act))
    kept: list[Trigger] = []
    # Only what overlaps can make one go: those kept are looked up by the stretches of the sentence that they touch.
    touching: dict[int, list[Trigger]] = {}
    for one in ordered:
        stretches = range(one.start // _STRETCH, one.end // _STRETCH + 1)
        if not any(_goes(one, other) for stretch in stretches for other in touching.get(stretch, ())):
            kept.append(one)
            for stretch in stretches:
                touching.setdefault(stretch, []).append(one)
    return sorted(kept, key=lambda t: (t.start, t.end, t.act))


def _goes(one: Trigger, stronger: Trigger) -> bool:
    """Tell whether a finding says nothing beside one that is as strong or stronger."""
    if one.end <= stronger.start or stronger.end <= one.start:
        return False
    if one.act == stronger.act:
        return True
    if one.act is StatedAct.PROHIBIT and stronger.act.startswith("prohibit."):
        return True
    is_inside = stronger.start <= one.start and one.end <= stronger.end
    if one.frame == stronger.frame and one.pattern == stronger.pattern:
        return False
    if stronger.weight == one.weight:
        return False
    return is_inside or (
        stronger.act in _OVERRIDING and one.act.startswith(("prohibit", "require", "announce", "effective", "issue"))
    )
