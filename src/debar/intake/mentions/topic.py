# SPDX-License-Identifier: Apache-2.0
"""What a whole paper is about: the supplier, and the jurisdiction whose measure on it the paper tells."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.asides import ELSEWHERE, HOME, MAKER
from debar.intake.mentions.entries import AUTHORITY, CITY, LAW_OF, PLACE, PRODUCT, SEAT, SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debar.intake.mentions.mention import Mention
    from debar.model.intake import Paper

_TITLE, _FIRST, _LEAD, _BODY = 15.0, 5.0, 3.0, 1.0
"""What a name weighs by where it stands: headlines name whom a measure hits and who takes it, the first sentences say it
again, and what others did stands further down."""
_TOLD = 2.0
"""How much more it weighs in a sentence of the main text that speaks of a measure; titles do, with or without such words."""
_BEGINNING, _LEADING = 300, 700
"""Characters from the first of the main text that are its first sentences, and its lead."""
_SEAT, _CITY, _AUTHORITY = 1.2, 0.1, 1.5
"""Of places: a government or its authority acts, a country may just be where somebody lives, a city mostly is."""
_SITTER, _SITTING = 1.0, (" in ", " from ", " at ")
"""In a seat of government others sit as well."""
_MAKER = 0.4
"""A demonym beside a word for a maker more often says where that maker is at home: German operators, Chinese firm."""
_ELSEWHERE = 0.3
"""A place with whose measure this one is compared: follows Australia."""
_SUBNATIONAL = 0.5
"""States and provinces are where people live, unless the sentence says that they rule."""
HEAD = 3.0
"""What a name around the main text weighs at least where it stands in the letterhead, or publishes."""
_DATELINE = 45
"""Characters from the first of the main text in which a place may only say where the reporter sat."""


_FILED = re.compile(r"[ ,.]{0,3}(?:[\u2014\u2013(]|--? )|[^\u2014\u2013.]{0,30}(?: [\u2014\u2013]|\) ?-) ")
"""The dash, or the agency in brackets, after the place where a report was filed."""


_STOP = re.compile(r"[.!?][\"\u201d')]{0,2}\s")
"""The end of a sentence, well enough for the first one."""
_WORD = re.compile(r"[a-z]{2,40}")
_BESIDE = re.compile(r"(?:, ?|/| ?& ?|,? (?:and|or) )(?:the |of |in )?")
"""What stands between two places of one list."""
_SUPPLIERS = frozenset({SUPPLIER, PRODUCT})
_RULERS = frozenset({PLACE, AUTHORITY})


class _Weighed(NamedTuple):
    weight: float
    first: int


class Topic(NamedTuple):
    """What a paper is about, and how much speaks for it."""

    supplier: str
    jurisdiction: str
    suppliers: Mapping[str, float]
    """Whom it names, as shares of all that it says of suppliers."""
    places: Mapping[str, float]
    """Who may rule, as shares of all that it says of rulers."""
    is_sure: bool
    """Whether title, first sentence or letterhead name the place, and not in passing: what others do stands further down."""
    is_compared: bool = False
    """Whether the place is named only where somebody else acts, or is told of it: the one that rules is named by no word."""


def topic(
    paper: Paper,
    mentions: Sequence[Mention],
    flat: str,
    around: Sequence[tuple[Mention, float]] = (),
    federal: frozenset[str] = frozenset(),
) -> Topic:
    """Give supplier and jurisdiction of a paper; each empty where nothing tells it.

    `around` holds names that stand around the main text, and what each weighs; `federal` words that speak of a federation.

    1. The supplier that title, lead and sentences on measures name most.
    2. Where it is at home: no place of a measure on it, while another place is named.
    3. The place that title, lead and sentences on measures name most, by itself or by its authorities.
    4. Only the place where the supplier is at home is left: it rules if a headline or an authority says so.
    5. A state that is named further down is where somebody else has a measure, if title or first sentence speak of the
       federation.
    """
    suppliers = _weighed(paper, ((one, one.group or one.id, 1.0) for one in mentions if one.kind in _SUPPLIERS))
    suppliers = _with(suppliers, around, _SUPPLIERS, frozenset())
    supplier = _most(suppliers)  # 1.
    mentions = _listed(mentions, flat)
    homes = _homes(supplier, mentions)  # 2.
    rulers = [(one, one.jurisdiction, _ruling(one, paper, flat)) for one in mentions if _is_ruler(one)]
    away = [told for told in rulers if told[2] and told[1] not in homes]
    own = [
        told for told in rulers if told[0].aside != MAKER and (told[0].kind == AUTHORITY or _is_titled(told[0], paper))
    ]
    places = _with(_weighed(paper, away), around, _RULERS, homes) or _weighed(paper, own)  # 3. 4.
    place = _most(places)
    ahead = {told[1] for told in (away or own) if _is_ahead(told[0], paper, flat)}
    ahead |= {one.jurisdiction for one, weight in around if one.kind in _RULERS and weight >= HEAD}
    if place not in ahead and "-" in place and not federal.isdisjoint(_first_words(paper, flat)):  # 5.
        place = place.partition("-")[0]
        return Topic(supplier, place, _shares(suppliers), {place: 1.0}, is_sure=False)
    is_compared = all(told[0].aside == ELSEWHERE and told[0].form != LAW_OF for told in rulers if told[1] == place)
    is_compared &= all(one.jurisdiction != place for one, _ in around)
    return Topic(supplier, place, _shares(suppliers), _shares(places), place in ahead, is_compared)


def is_late(paper: Paper, flat: str, words: Sequence[str]) -> bool:
    """Tell whether title or lead say that the paper looks back at a measure that took effect before."""
    first = paper.paragraphs[0][0] if paper.paragraphs else 0
    said = f"{paper.title} {flat[first : first + _LEADING]}".casefold()
    return any(word in said for word in words)


def _with(
    weighed: dict[str, _Weighed],
    around: Sequence[tuple[Mention, float]],
    kinds: frozenset[str],
    homes: frozenset[str],
) -> dict[str, _Weighed]:
    """Give what is named in a paper with what stands around it."""
    found = dict(weighed)
    for one, weight in around:
        id_ = one.jurisdiction if one.kind in _RULERS else one.group or one.id
        if one.kind in kinds and id_ not in homes:
            before = found.get(id_, _Weighed(0.0, one.start))
            found[id_] = _Weighed(before.weight + weight, before.first)
    return found


def _listed(mentions: Sequence[Mention], flat: str) -> list[Mention]:
    """Give mentions in which a place beside one that only is somebody's home is one too: controlled by China or Russia."""
    told: list[Mention] = []
    for one in mentions:
        before = told[-1] if told else None
        is_beside = before is not None and bool(_BESIDE.fullmatch(flat, before.end, one.start))
        is_home = one.kind == PLACE and before is not None and before.aside == HOME and is_beside
        told.append(one._replace(aside=HOME) if is_home else one)
    return told


def _weighed(paper: Paper, named: Iterable[tuple[Mention, str, float]]) -> dict[str, _Weighed]:
    """Give what is named with what all its mentions weigh together, and where it is named first."""
    title_end = paper.title_span.end if paper.title_span else 0
    title_start = paper.title_span.start if paper.title_span else 0
    first = paper.paragraphs[0][0] if paper.paragraphs else 0
    weighed: dict[str, _Weighed] = {}
    for one, id_, factor in named:
        is_title = title_start <= one.start < title_end
        weight = _TITLE if is_title else _standing(one.start - first)
        if one.is_told and not is_title:
            weight *= _TOLD
        before = weighed.get(id_, _Weighed(0.0, one.start))
        weighed[id_] = _Weighed(before.weight + weight * factor, before.first)
    return weighed


def _standing(offset: int) -> float:
    """Give what a name weighs so many characters into the main text."""
    return _FIRST if offset < _BEGINNING else _LEAD if offset < _LEADING else _BODY


def _shares(weighed: Mapping[str, _Weighed]) -> dict[str, float]:
    total = sum(one.weight for one in weighed.values()) or 1.0
    return {id_: one.weight / total for id_, one in weighed.items() if one.weight}


def _is_ahead(one: Mention, paper: Paper, flat: str) -> bool:
    """Tell whether a place stands in the title or the first sentence, other than in passing, or as a city only."""
    if one.aside or one.form == CITY:
        return False
    first, last = _first_sentence(paper, flat)
    return _is_in_title(one, paper) or first <= one.start < last


def _first_words(paper: Paper, flat: str) -> list[str]:
    """Give the words of title and first sentence, in small letters."""
    first, last = _first_sentence(paper, flat)
    return _WORD.findall(f"{paper.title} {flat[first:last]}".casefold())


def _first_sentence(paper: Paper, flat: str) -> tuple[int, int]:
    first = paper.paragraphs[0][0] if paper.paragraphs else 0
    stop = _STOP.search(flat, first + _DATELINE, first + _BEGINNING)
    return first, stop.start() if stop else min(len(flat), first + _BEGINNING)


def _most(weighed: Mapping[str, _Weighed]) -> str:
    return max(weighed, key=lambda id_: (weighed[id_].weight, -weighed[id_].first, id_)) if weighed else ""


def _homes(supplier: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Give where a supplier is at home: what the register says of it, else what words beside demonyms say most."""
    known = {one.jurisdiction for one in mentions if one.kind in _SUPPLIERS and one.group == supplier}
    if known - {""}:
        return frozenset(known)
    makers = Counter(one.jurisdiction for one in mentions if one.aside in (HOME, MAKER))
    # Where somebody rules, makers are at home as well: a place that is named by itself in a sentence on the measure is none.
    rulers = Counter(one.jurisdiction for one in mentions if one.kind in _RULERS and one.is_told and not one.aside)
    left = {place: count for place, count in makers.items() if count > rulers[place]}
    return frozenset([max(left, key=lambda place: (left[place], place))] if left else ())


def _is_titled(one: Mention, paper: Paper) -> bool:
    return one.is_told and _is_in_title(one, paper)


def _is_in_title(one: Mention, paper: Paper) -> bool:
    title = paper.title_span
    return title is not None and title.start <= one.start < title.end


def _is_ruler(one: Mention) -> bool:
    return bool(one.jurisdiction) and one.kind in _RULERS and one.aside != HOME


def _ruling(one: Mention, paper: Paper, flat: str) -> float:
    """Give how much a place or authority tells who rules; 0 for the place from which a reporter wrote."""
    if one.kind == AUTHORITY:
        return _AUTHORITY * (_ELSEWHERE if one.aside == ELSEWHERE else 1.0)
    first = paper.paragraphs[0][0] if paper.paragraphs else 0
    if first <= one.start < first + _DATELINE and _is_dateline(flat[one.end : one.end + _DATELINE]):
        return 0.0
    factor = {SEAT: _SEAT, CITY: _CITY}.get(one.form, 1.0)
    if one.form == SEAT and flat.endswith(_SITTING, 0, one.start):
        factor = _SITTER
    factor *= {MAKER: _MAKER, ELSEWHERE: _ELSEWHERE}.get(one.aside, 1.0)
    if "-" in one.jurisdiction and one.form != SEAT and not one.is_told and not _is_in_title(one, paper):
        factor *= _SUBNATIONAL
    return factor


def _is_dateline(after: str) -> bool:
    """Tell whether a place is followed by a dash or an agency, as where a report was filed."""
    return bool(_FILED.match(after))
