# SPDX-License-Identifier: Apache-2.0
"""Days of papers by which something is bound, each with the words around it, whatever act they were read as."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.acts import patterns
from debar.intake.acts.senses import stem
from debar.intake.mentions.entries import AUTHORITY, PLACE, PRODUCT, SUPPLIER
from debar.intake.placed import begun, sentence_at, stated
from debar.intake.stories.days import Reach, published, reach
from debar.intake.stories.families import is_binding
from debar.intake.stories.weighed import scoped, scopes_of, words
from debar.model.vocab.statements import DateBasis, DateRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.intake.acts.senses import Senses
    from debar.intake.examined import Examined
    from debar.model.intake import Span, StatedDate, Statement
    from debar.model.lexicon import Lexicon
    from debar.model.vocab.statements import StatedAct

_MOST = 60
"""Dates of a paper that are looked at: whoever lists more lists other things."""
_NAMES = frozenset({SUPPLIER, PRODUCT, PLACE, AUTHORITY})
_DEEDS = frozenset({
    "sense-sell", "sense-buy", "sense-use", "sense-update", "sense-install", "sense-import", "sense-provide",
    "sense-fund", "sense-integrate", "sense-resell", "sense-licensing", "sense-remove", "sense-replace",
    "sense-report", "sense-certify", "sense-block", "sense-exit", "sense-layoff", "sense-list", "sense-delist",
    "sense-sue", "sense-pausing", "sense-extend", "sense-revoke",
})  # fmt: skip
"""Senses of words that tell what is banned or demanded; others tell only that something is."""
_WRITTEN = frozenset({DateBasis.EXPLICIT, DateBasis.IMPLIED_YEAR})
"""Of days that stand in the text: who counts from another one may count otherwise and mean the same."""
_WORD = re.compile(r"[a-z][a-z'-]{2,30}")
_PLAIN = frozenset({
    "according", "after", "all", "also", "and", "any", "april", "are", "august", "been", "before", "both", "can",
    "could", "date", "dates", "day", "days", "december", "did", "does", "each", "end", "february", "for", "friday",
    "from", "had", "has", "have", "her", "his", "into", "its", "january", "july", "june", "march", "may", "monday",
    "month", "months", "more", "most", "must", "not", "november", "october", "off", "only", "onto", "other", "out",
    "over", "said", "saturday", "say", "says", "september", "shall", "should", "since", "such", "sunday", "than",
    "that", "the", "their", "then", "there", "they", "this", "thursday", "till", "told", "tuesday", "under", "until",
    "upon", "was", "wednesday", "were", "what", "when", "which", "who", "will", "with", "would", "year", "years",
})  # fmt: skip
"""Words that stand beside any date."""


class Worded(NamedTuple):
    """A day in a paper, with what stands around it."""

    document: str
    span: Span
    day: Reach
    role: DateRole
    acts: frozenset[StatedAct]
    facts: tuple[str, ...]
    """Statements that were read of it."""
    deeds: frozenset[str] = frozenset()
    """What its words have to do with."""
    stems: frozenset[str] = frozenset()
    scopes: frozenset[tuple[str, str]] = frozenset()


class Reader(NamedTuple):
    """What words are looked up in."""

    senses: Senses
    scopes: Mapping[str, tuple[str, str]]


def reader(lexicon: Lexicon) -> Reader:
    """Give what words are looked up in."""
    return Reader(patterns.ready(lexicon).senses, scopes_of(lexicon.words))


def worded(one: Examined, dates: Sequence[StatedDate], known: Reader) -> Iterator[Worded]:
    """Yield the days of a paper from which, or by which, something is so; of events that are told it gives none.

    1. Days only, and such as are written out: those that are counted are as good as what they are counted from.
    2. What is denied, or dates something that binds nobody, is left out; of other days the role tells that they bind, or
       that they lie ahead.
    3. The words are those between the dates beside it, in its sentence; names of who and where say nothing.
    """
    out = published(one.paper.published)
    said: dict[Span, list[Statement]] = {}
    for fact in one.statements:
        if fact.date:
            said.setdefault(fact.date.span, []).append(fact)
    for date in sorted(dates, key=lambda date: date.span)[:_MOST]:
        day = reach(date)
        if day is None or day.days() > 1 or date.basis not in _WRITTEN:  # 1.
            continue
        facts = said.get(date.span, [])
        role = next((fact.date.role for fact in facts if fact.date), date.role)
        is_bound = any(is_binding(fact.act) for fact in facts)
        is_ahead = out is not None and day.first > out.last
        if facts and (not is_bound or any(fact.polarity == "denied" for fact in facts)):  # 2.
            continue
        if is_bound or role is not DateRole.ON or is_ahead:
            acts, ids = frozenset(fact.act for fact in facts), tuple(fact.id for fact in facts)
            yield from _beside(one, Worded(one.paper.id, date.span, day, role, acts, ids), known)  # 3.


def _beside(one: Examined, told: Worded, known: Reader) -> Iterator[Worded]:
    """Yield a day with the words around it; nothing where it stands in no sentence."""
    seen = one.seen
    number = sentence_at(seen.sentences, told.span.start, told.span.end)
    if number < 0:
        return
    sentence = seen.sentences[number]
    others = [date.span for date in stated(seen.dates, sentence.start, sentence.end)]
    first = max([sentence.start, *(span.end for span in others if span.end <= told.span.start)])
    last = min([sentence.end, *(span.start for span in others if span.start >= told.span.end)])
    text = words(f"{seen.flat[first : told.span.start]} . {seen.flat[told.span.end : last]}")
    mentions = [name for name in begun(seen.mentions, sentence.start, sentence.end) if name.kind in _NAMES]
    names = {word for name in mentions for word in words(seen.flat[name.start : name.end]).split()}
    found = [word for word in _WORD.findall(text) if word not in _PLAIN and word not in names]
    yield told._replace(
        deeds=frozenset(sense for word in found for sense in known.senses.of(word)) & _DEEDS,
        stems=frozenset(stem(word) for word in found),
        scopes=scoped(text, known.scopes),
    )
