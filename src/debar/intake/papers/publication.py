# SPDX-License-Identifier: Apache-2.0
"""When a paper was published: as it says itself, as its metadata say, or open. Never by the clock, never by a sidebar."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating.reckoning import last_of_month
from debar.intake.flat import flat
from debar.intake.papers import addresses, datelines, either, signing
from debar.intake.papers.cues import ISSUE, OTHER, cues, is_changed, is_published
from debar.intake.papers.days import days, grammar
from debar.intake.papers.printed import GAZETTE
from debar.model.intake import Published, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.intake.papers.cleaning import Cleaned
    from debar.intake.papers.cues import Cues
    from debar.intake.papers.days import Day, Grammar
    from debar.model.lexicon import Lexicon

_MONTH = re.compile(r"(?P<name>[^\W\d_]{3,12})\.?,? (?P<year>(?:19|20)[0-9]{2})")
_LINE = re.compile(r"[^\n]{1,240}")
_SAID, _SURE, _BARE, _HEAD, _UPDATED, _TAIL = range(6)
"""How sure a line is: it says "published"; it stands between title and text; it says only a day; it says a day beside
other things at the head; it says "updated"; it stands after the text, where pages print the day on which they are read."""
_LABELLED = re.compile(r"(?:published|posted|issued|released|recorded|aired|dated|date)\b:? ", re.IGNORECASE)
_STATE = re.compile(
    r"\W{0,3}(?:as of|as at|status|stand|état au|stan na(?: dzień)?|embargo\w{0,3} until|under embargo until|for release(?: on| at)?)\W{1,3}(?:of )?(?:the )?$",
    re.IGNORECASE,
)
"""A line that says only up to when its text holds: no day of publication, but better than none."""
_HOURS = " ).],:0123456789hapmGMTCE"
"""What a time of day is written in, beside the day."""
_SHORT = 160
"""Characters beyond which a line is no line of a head."""
_SMALL = 5
"""Words that begin small from which on a line with a full stop tells something."""
_HEADS = 3
"""Paragraphs of the text that may still be part of its head."""
TWO_WAYS = "which can be read in two ways"
"""End of the basis of a day such as 03/04/2024."""


def published(
    text: str,
    parts: Cleaned,
    stated: Published | None,
    claimed: Published | None,
    lexicon: Lexicon,
    language: str,
    address: str,
) -> Published:
    """Give when a paper was published.

    1. A header of mail, a feed or a gazette says it for others.
    2. The head of the Federal Register within the text.
    3. A line of the text that says when, and nothing else; "updated" counts only where nothing else is said.
    4. Metadata of the page; then a day at the head beside other things; then the address under which it is filed.
    5. The place and day before the first words, as agencies write them, or the day with which an instrument ends; last of
       all a month that stands alone.
    """
    if stated is not None:  # 1.
        return stated
    every, known = grammar(lexicon.languages), cues(lexicon)
    head = text[:4000]
    if match := GAZETTE.search(flat(head)):  # 2.
        group = "day" if match["day"] else "day2"
        for day in days(match[group], every):
            at = match.start(group)
            return _of(day, _Reading(text, parts, every, "month", known), at, "the head of the Federal Register")
    first = either.of_place(address, language) or either.order_of(text)
    reading = _Reading(text, parts, every, first, known)
    told = sorted((*_lines(reading), *_heads(reading)), key=lambda one: one[0] if one[1].value else max(one[0], _HEAD))
    best = told[0] if told else (_TAIL, Published())
    if best[1].value and best[0] <= _SURE:  # 3.
        return best[1]
    if claimed is not None or best[0] <= _BARE:  # 4.
        return claimed or best[1]
    if filed := addresses.day(address, text[: reading.body]):
        return Published(value=filed, earliest=filed, latest=filed, basis="the address of the page")
    return _at_edges(reading, lexicon, best[1] if told else None)  # 5.


def _at_edges(at: _Reading, lexicon: Lexicon, told: Published | None) -> Published:
    """Give the day before the first words of a paper, else what its lines tell less surely, else the day with which it ends."""
    dateline = _dateline(at, lexicon)
    if told and not dateline.value:
        return told
    return dateline if dateline.span else _last(at)


def _last(at: _Reading) -> Published:
    """Give the day with which a paper ends, else the month that stands alone at its head."""
    signed = signing.day(at.text, at.body, at.known, at.first)
    return _of(signed.day, at, signed.start, signed.basis) if signed else _month(at)


class _Reading(NamedTuple):
    """What is needed to read the lines of a paper."""

    text: str
    parts: Cleaned
    known: Grammar
    first: str
    """What comes first in 03/04/2024."""
    cues: Cues

    @property
    def body(self) -> int:
        """Give where the main text begins."""
        return self.parts.kept[0][0] if self.parts.kept else len(self.text)


def _lines(at: _Reading) -> Iterator[tuple[int, Published]]:
    """Yield the days of lines that say only when, and how sure it is that the paper was published then."""
    # An instrument that was filed with the gazette ends with the day on which it was signed.
    signed = at.parts.kept[-1][1] if at.parts.kept and "[FR Doc" in at.text[-3000:] else len(at.text)
    for start, end in at.parts.dates:
        if start >= signed:
            continue
        is_byline = start < at.body and (at.parts.title is None or start >= at.parts.title[1])
        for day in days(at.text[start:end], at.known, at.first):
            before = _before(at.text, start, start + day.start)
            if OTHER.search(before) and not is_published(before, at.cues):
                if _STATE.fullmatch(before.lstrip()):
                    yield _UPDATED, _of(day, at, start, "a line that says as of when the text holds")
                continue
            if is_changed(before, at.cues):
                is_tail = bool(at.parts.kept) and start > at.parts.kept[-1][1]
                yield _UPDATED + is_tail, _of(day, at, start, "a line of the page that says when it was updated")
            elif start < at.body or is_published(before, at.cues):
                rank = _SAID if is_published(before, at.cues) else _SURE if is_byline else _BARE
                yield rank, _of(day, at, start, "a line of the page")
            else:
                yield _TAIL, _of(day, at, start, "a line of the page")


def _before(text: str, start: int, at: int) -> str:
    """Give the words before a day: of its line, or of the line above where that is a label of one or two words."""
    if text[start:at].strip(" \t|:-"):
        return text[start:at]
    above = text[max(0, start - 40) : start].rstrip().rpartition("\n")[2]
    return f"{above} " if len(above.split()) <= 2 and not any(map(str.isdigit, above)) else ""


def _heads(at: _Reading) -> Iterator[tuple[int, Published]]:
    """Yield the days of lines at the head that say other things as well: a number of a gazette, a section, an author."""
    prose = [
        start
        for start, end in at.parts.kept
        if end - start > (_SHORT if at.text[end - 1] not in ".;:," else _SHORT // 2)
    ]
    last = min([*prose[:1], *(start for start, _ in at.parts.kept[_HEADS:][:1]), len(at.text)])
    # "Recorded 19 May 2025. The transcript was made by ..." is part of the head as well.
    last += _SHORT // 2 if _LABELLED.match(at.text, last) else 0
    taken = frozenset(start for start, _ in at.parts.dates)
    for match in _LINE.finditer(at.text, 0, min(last, 6000)):
        line, start = match.group(), match.start()
        if start in taken or start + len(line) - len(line.lstrip()) in taken:
            continue
        for day in days(line, at.known, at.first):
            before = line[: day.start]
            after = line[day.end :]
            is_short = len(line) <= _SHORT or bool(_LABELLED.match(line))
            is_end = not before.strip() or len(after.split()) <= 5 or after.lstrip()[:1] in tuple("|,;-–—•·/\xa0")
            if ISSUE.search(before):
                yield _SAID, _of(day, at, start, "the number of the gazette")
            elif is_changed(before, at.cues):
                yield _UPDATED, _of(day, at, start, "a line of the page that says when it was updated")
            elif _STATE.fullmatch(before) and not after.strip(_HOURS):
                yield _UPDATED, _of(day, at, start, "a line at the head that says as of when the text holds")
            elif (
                not OTHER.search(before)
                and is_short
                and (is_published(before, at.cues) or (is_end and not _is_told(line)))
            ):
                yield (
                    (_SURE if is_published(before, at.cues) else _HEAD),
                    _of(day, at, start, "a line at the head of the text"),
                )
            break


def _is_told(line: str) -> bool:
    """Tell whether a short line is a sentence, whose day is that of what it tells."""
    return line.rstrip().endswith(".") and sum(word[0].islower() for word in line.split()) >= _SMALL


def _month(at: _Reading) -> Published:
    """Give the month that a line at the head gives alone."""
    for match in _LINE.finditer(at.text, 0, min(at.body, 4000)):
        month = _MONTH.fullmatch(re.split(r"[|–—·]", match.group())[-1].strip())
        if month and (number := at.known.months.get(month["name"].lower())):
            first = date(int(month["year"]), number, 1)
            span = Span(match.start(), match.end())
            return Published(earliest=first.isoformat(), latest=last_of_month(first).isoformat(), basis="a line of the page that gives a month", span=span)  # fmt: skip
    return Published()


def _of(day: Day, at: _Reading, start: int, basis: str) -> Published:
    """Give a day that is sure, or the window of the two that a writing can mean."""
    values = day.values
    first, last = start + day.start, start + day.end
    if len(values) > 1 and (one := either.beside(at.text, first, last, values, at.known)):
        values, basis = (one,), f"{basis}; what stands beside it shows this reading of it"
    if len(values) > 1 and (one := either.shown(at.text[first:last], values, at.text, at.known, at.cues)):
        values, basis = (one,), f"{basis}; other days of the paper show this reading of it"
    is_sure = len(values) == 1
    return Published(
        value=values[0] if is_sure else "",
        earliest=values[0],
        latest=values[-1],
        basis=basis if is_sure else f"{basis}, {TWO_WAYS}",
        span=Span(start + day.start, start + day.end),
    )


def _dateline(at: _Reading, lexicon: Lexicon) -> Published:
    """Give the day of a dateline; where neither it nor the report tells the year, only where it stands."""
    line = datelines.find(at.text, at.parts, at.known)
    if line is None:
        return Published()
    basis = "the dateline"
    value = line.value
    if not value and (value := datelines.own_year(at.text, line, at.known, lexicon.languages)):
        basis = "the dateline; its year from other lines of the report"
    if not value:
        return Published(basis=datelines.NO_YEAR, span=line.span)
    return Published(value=value, earliest=value, latest=value, basis=basis, span=line.span)
