# SPDX-License-Identifier: Apache-2.0
"""Whether the words around a date look back or ahead, and which year or day that makes most likely."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.dating.reckoning import last_of_month, years_around
from debar.model.vocab.statements import DateRole

if TYPE_CHECKING:
    from datetime import date

    from debar.intake.dating.expression import DateWords

_REACH = 70
"""Characters on either side of a date in which a verb may tell its time."""
FARTHEST = 290
"""Days, about nine months and a half: beyond that a date without year would be given with one."""
_AGAINST = 2.4
"""How much farther a date may seem that lies where the verb does not look: 150 days ahead of a past tense is
farther than 215 days behind it, and two days are not worth the doubt."""
_NEVER = 12.0
_NEAR = 3
DONE = -2
"""How verbs lean that tell what was done: twice as far."""
TO_COME = 2
"""How verbs lean that tell what may or must be done up to a date."""
_BOUNDS = (DateRole.BY, DateRole.UNTIL)
_OPEN = (DateRole.FROM, DateRole.AFTER, DateRole.BEFORE)
"""Roles beside which a participle tells nothing: not designated as trusted after June 15."""
_OPENING = re.compile(
    r"[\W\d_]{0,6}(?:(?:on|in|early|late|early in|late in|back|then|and|but|earlier|later)[ ,]{1,3}){0,3}(?:the )?"
)
_CLAUSE = re.compile(r"\b(?:when|which|that|who|if|unless|as|once)\b|[;:]")
_SINCE = re.compile(r"\bsince (?:at least |early |late |mid-)?(?:the )?$")
_YEAR = 366
_AHEAD = (
    r"\b(?:will|shall|must|would|should|'ll|won't|cannot|can't|may|can|could)\b(?: not| no longer| also| then| only| have| soon)*"
    r"(?: be| have been)?(?: (?:\w{1,20}ed|said|told|made|held|put|taken|given|sent|sold|brought|bought|heard|cut|shut|kept|left|paid|drawn|found|set)\b)?"
    r"|\b(?:is|are|was|were|be|been|set|due|expected|scheduled|planned|plans?|slated|likely|about|agreed|decided|ordered|required|forced|told|has|have|had|given|going|time|deadline) to\b(?: be \w{1,20}ed\b)?"
    r"|\b(?:takes?|taking|to take|come|comes|coming|enters?|entering|goes|going) (?:full )?(?:in(?:to)? )?(?:effect|force)\b|\bkicks? in\b"
    r"|\btakes? office\b|\bhappens\b"
    r"|\b(?:postponement|delay|deferral|extension|postpone|defer|extend) (?:to|until|till)\b"
    r"|\b(?:is|are) (?:[a-z]{2,14} )?(?:[a-z]{2,18}ed|struck|held|made|put|cut|taken|given|drawn|withdrawn|sold|bought|sent|shut|lost|set|brought)\b"
    r"|\b(?:meets|votes|convenes|decides|opens|closes|resumes|lapses|kicks off)\b"
    r"|\b(?:set|fixed|slated|scheduled|planned|booked|pencilled in|down) for\b"
    r"|\b(?:moved|extended|postponed|delayed|deferred|pushed|put off|prolonged|shifted|brought forward)\b(?: [a-z'-]{1,16}){0,6} (?:to|until|till)\b"
    r"|\b(?:has|have) until\b|\bdeadline\b(?! (?:passed|lapsed|expired|came|went|was missed))|\bexpires?\b|\bends\b|\bbegins?\b|\bstarts?\b|\bupcoming\b|\bfrom now\b|\bdue\b|\bscheduled\b|\bexpected\b|\bplanned\b"
)
_BEHIND = (
    r"\b(?:said|told|was|were|had|did|took|came|went|began|gave|made|found|became|put|saw|wrote|ago|previously|held|met|sent|won|lost|struck|set out|drew|ran|left|fell|rose|broke|spoke|stood|bought|built|brought|caught|chose|drove|fought|got|grew|knew|led|paid|quit|sold|sought|threw|withdrew|hit|kept|bore|bit|sat|dealt|meant|felt|heard|shook|sank|swore|wound|spent|lent)\b"
    r"|\b(?!(?:need|speed|feed|seed|indeed|united|based|embed|exceed|proceed|related|limited|so-called|unprecedented|hundred)\b)[a-z]{2,18}ed\b"
)
_DONE = (
    r"\b(?:was|were|had been) (?:[a-z]{2,14} ){0,1}(?!(?:scheduled|planned|expected|slated|supposed|intended|delayed|postponed|extended|deferred|promised|announced)\b)"
    r"(?:[a-z]{2,18}ed|made|given|held|struck|sent|taken|brought)\b(?! (?:to|that|it)\b)(?=[^.;:]{0,60}$)(?![^.;:]{0,60} (?:that|which|who|when|and|but|until|while) )"
)
_FINITE = re.compile(
    r"\b(?<!\bis )(?<!\bare )(?<!\bbe )(?!(?:scheduled|planned|expected|slated|supposed|intended|delayed|postponed|extended|deferred|promised|announced|moved|need|indeed|based|used|related)\b)"
    r"(?:[a-z]{2,16}ed|left|ran|fell|went|came|began|took|won|lost|quit|sold|bought|broke|withdrew|shut down|struck|gave|held)\b(?: [a-z'-]{1,16}){0,5} (?:in|on|late in|early in|at the end of|at the beginning of) {0,2}$"
)
"""A verb that tells what was done, with the preposition of the date after it."""
_MODAL = re.compile(r"\b(?:will|shall|must|would|should|may|can|could|won't|cannot|to be|if|unless|any|not to)\b|'ll\b")
_CUE = re.compile(f"(?P<done>{_DONE})|(?P<ahead>{_AHEAD})|(?P<behind>{_BEHIND})")
_LEANS = {"ahead": 1, "behind": -1, "done": DONE}


_OF_PAPER = re.compile(
    r"\b(?:(?:according to|per|after|since|following|with) (?:[^ ,;]{1,20} ){1,5}|(?:letter|circular|statement|decision|report|article|message|release|interview|memo|post|order|ruling|edition|issue|announcement|meeting|session|vote) )(?:of|from) (?:last |this )?$"
)
"""According to the paper of Saturday: what is out is of the last such day, whatever it says."""
_SAYS = re.compile(
    r"(?:, | - | – | — )(?!which|who|and|but|when)(?:[a-z.'’-]{1,20} ){1,6}?(?:said|says|confirmed|reported|wrote|added|announced|told|stated|explained|noted|argued|warned|insisted|stressed|recalled|claimed|declared|posted|pointed)\b"
)
"""Who says it, behind what is said."""
_PRESENT = re.compile(
    r"\b(?:disappears?|vanish(?:es)?|stops?|ceases?|leaves?|closes?|opens?|shuts?|switch(?:es)? off|falls?|loses?|goes|moves?|applies|apply|gets?|turns?|cuts?|drops?|returns?|arrives?|follows?|reports?|launch(?:es)?|expires?|ends?|begins?|starts?|steps?|comes?|rolls?|resumes?|decides?|votes?|hears?|rules?|meets?|reviews?|publish(?:es)?|becomes?|is up|is over|are over|lapses?|runs out|elapses?)\b(?: [a-z'-]{1,16}){0,6} (?:on|in|by|at) (?:the )?$"
)
"""A verb in the present, which with a date tells what is planned."""


def lean(words: DateWords, low: str, first: int, last: int) -> int:
    """Give 1 where the words around a date look ahead, -1 where they look back, -2 where they tell what was done; else 0.

    The verb next before the date tells; without one, the first after it; without one, its role.
    """
    plain = _plain(words, low, max(first, words.start - _REACH))
    if plain:
        return plain
    first = max(first, low.rfind(";", first, words.start))
    cues = list(_CUE.finditer(low, max(first, words.start - _REACH), words.start))
    before = [match.lastgroup for match in cues]
    is_done = words.role is DateRole.ON and _FINITE.search(low, max(first, words.start - _REACH), words.start)
    if is_done and not _MODAL.search(low, max(first, words.start - 2 * _REACH), min(last, words.end + _REACH)):
        return DONE
    present = _PRESENT.search(low, max(first, words.start - _REACH), words.start) if words.role is DateRole.ON else None
    if before and present and before[-1] != "ahead" and present.start() >= cues[-1].end():
        return 1  # The president signed it in April, so the clock stops on 21 October.
    if before:
        return _with_role(_LEANS[before[-1] or "ahead"], words.role)
    return _after(words, low, first, last)


def _plain(words: DateWords, low: str, reach: int) -> int:
    """Give how the words directly before a date lean, whatever the verbs are; 0 where they tell nothing."""
    if words.role is DateRole.FROM and _SINCE.search(low, reach, words.start):
        return DONE
    if words.weekday < 0:
        return 0
    if words.role in _BOUNDS and low.endswith(("until ", "till "), reach, words.start):
        return TO_COME  # "were given until Friday": the time that was given ends later.
    return -1 if words.role is DateRole.ON and _OF_PAPER.search(low, reach, words.start) else 0


def _after(words: DateWords, low: str, first: int, last: int) -> int:
    """Give how what stands after a date leans, where nothing before it tells."""
    after = _CUE.search(low, words.end, min(last, words.end + _REACH))
    if after and _SAYS.match(low, words.end, after.end() + 1):
        after = None  # "... on the 15th, Google confirmed": that it was said tells nothing of when it is done.
    if not after and words.role is DateRole.ON and _PRESENT.search(low, max(first, words.start - _REACH), words.start):
        return _with_role(1, words.role)
    if (
        after
        and after.lastgroup == "behind"
        and words.role is DateRole.ON
        and _OPENING.fullmatch(low, first, words.start)
        and not _CLAUSE.search(low, words.end, after.start())
    ):
        return DONE  # On 1 October, the agency installed: nothing else can be meant by a date that opens its sentence.
    leans = _LEANS[after.lastgroup or "ahead"] if after else 0
    return 1 if leans == 0 and words.role in _BOUNDS else _with_role(max(leans, -1), words.role)


def _with_role(leans: int, role: DateRole) -> int:
    """Give how verbs lean with the role: what may be done until May is to come, and what was done is done on its day."""
    if leans > 0 and role in _BOUNDS:
        return TO_COME
    if role is DateRole.BEFORE and leans == 0:
        return 1
    if leans < 0 and role in _OPEN:
        return 0
    return leans if role is DateRole.ON else max(leans, -1)


def nearest_day(near: date, words: DateWords, leaning: int) -> date | None:
    """Give the day of that month and day nearest to a date, the side to which words lean seeming nearer; None if far.

    A day of the week that is told beside it holds in one year of six only.
    """
    days = list(years_around(near, words.month, words.day))
    fitting = [each for each in days if each.weekday() == words.weekday]
    return _nearest(near, [(each, each) for each in fitting or days], leaning)


def nearest_month(near: date, month: int, leaning: int, length: int = 1) -> date | None:
    """Give the first day of the nearest such month, or of the nearest such months if more, as `nearest_day` does."""
    spans = [(each, last_of_month(each.replace(month=month + length - 1))) for each in years_around(near, month, 1)]
    return _nearest(near, spans, leaning)


def _nearest(near: date, spans: list[tuple[date, date]], leaning: int) -> date | None:
    best: tuple[float, date] | None = None
    for first, last in spans:
        away = (first - near).days if first > near else (last - near).days if last < near else 0
        is_against = away * leaning < 0 and abs(away) > _NEAR
        cost = abs(away) * ((_NEVER if abs(leaning) > 1 else _AGAINST) if is_against else 1.0)
        if abs(away) <= (_YEAR if abs(leaning) > 1 else FARTHEST) and (best is None or cost < best[0]):
            best = (cost, first)
    return best[1] if best else None
