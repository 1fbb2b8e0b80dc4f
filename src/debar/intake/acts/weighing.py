# SPDX-License-Identifier: Apache-2.0
"""How well words of an act and a date belong together. Every number was set by reading, and is checked by `quality.intake`."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.acts import clauses
from debar.model.vocab.statements import DateRole, Precision, StatedAct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.acts.clauses import Cut
    from debar.intake.acts.triggers import Trigger
    from debar.model.intake import StatedDate

BASE, EACH = 2.0, 0.4
"""What words of an act bring by themselves, and by each point of their weight in the lexicon."""
ENOUGH = 2.8
"""From here on the two belong together; below, the date stays for a person to look at."""
ALONE = 0.9
"""What less is enough where a sentence names one act and a bound: "by", "from" and "until" must bound something."""
ALONE_PLAIN = 0.3
"""And where the date bounds nothing: "the cabinet barred the maker last week"."""
LETTERS = 60
"""Characters between the two that cost one point: most sentences hold the two within two such distances."""
BOUND_LETTERS = 85
"""The same for dates that bound something: "from", "by" and "until" reach farther than "on"."""
FITS = 0.9
"""A bound with what is forbidden, demanded or allowed; "on" with what happens once."""
UNFIT = -1.6
"""A bound with what happens once: nobody announces until a day."""
PLAIN_DAY = -0.4
"""A day without a bound with what lasts: it may be the day of something else in the sentence."""
BESIDE = 1.0
"""Nothing but a preposition between them: "announced on Thursday"."""
FRONTED = 1.3
"""A date that opens its clause belongs to what follows there: "From July 20, ..."."""
TAKEN = -1.4
"""What happens once has its date beside it already."""
BEHIND = -0.9
"""Otherwise what is said of a date stands before it."""
JOINED = -0.9
"""And the more so where a conjunction stands between them."""
ACROSS_QUOTE = -1.4
"""One of them in a quotation, the other outside."""
OUTSIDE = -2.5
"""A date in a relative clause, and an act behind that clause."""
OF_SAYING = -2.0
"""A date between somebody who says something and what he says: "said on Monday that it would close"."""
IN_BRACKETS = -1.5
"""A date in brackets belongs to what stands before them."""
TIMELINE = 2.5
"""A line that begins with a date and a colon is about that date."""
_WEAK = 3
WEAK_WORD = -1.3
"""A mere noun such as "removal" beside a day that bounds nothing."""
POSSESSIVE = -2.5
"""A date that only tells which thing is meant: "last year's defence act"."""
_MOST = 2 * FITS - UNFIT + FRONTED + TIMELINE + BESIDE
"""What words around the two can bring at most."""
_NEAR = 14
"""Characters at most that a preposition and an article take up."""
_OPENS = re.compile(
    r"[^a-z0-9]{0,6}(?:(?:and|but|then|also|already|only|later|earlier|just|back|starting|beginning|effective|early|late) ){0,3}"
    r"(?:in|on|from|by|as of|as from|effective|effective from|starting|starting from|starting on|beginning|after|before|within|no later than|not later than|since|until"
    r"|at|with effect from|for|during|under|up to|through|of)?,? {0,3}(?:the |about |around |late |early |mid-? ?|midnight |noon |the end of |at the latest |end ){0,3}$"
)
_THAT = re.compile(r",? (?:that|it|he|she|they|the) ")
_SAYS = re.compile(
    r"\b(?:said|says|told|wrote|stated|added|explained|reported|noted|insisted|promised|informed)\b[^.;]{0,60}$"
)
"""Verbs of saying before a date, and the word behind it that begins what is said."""
_RELATIVE = re.compile(r", (?:which|who|whom|whose)$")
_BOUNDS = frozenset({DateRole.FROM, DateRole.AFTER, DateRole.BY, DateRole.UNTIL, DateRole.BEFORE})
LASTING = ("prohibit", "require", "permit", "comply_deadline", "effective", "exempt", "recommend")
"""Beginnings of acts that go on."""
_DUE = frozenset(
    {
        StatedAct.REQUIRE_REPORT,
        StatedAct.CONSULT,
        StatedAct.CHALLENGE,
        StatedAct.EXTEND,
        StatedAct.SUSPEND,
        StatedAct.PROPOSE,
    }
)
"""Acts that happen once and yet are bounded: comments are due by a day, deadlines are moved to one."""
_MADE = frozenset({StatedAct.ISSUE, StatedAct.ANNOUNCE})
_ENDS = frozenset({DateRole.BY, DateRole.BEFORE, DateRole.UNTIL, DateRole.AFTER})
"""Bounds that no instrument is made in: "under a notice issued by 31 March" tells which notice is meant."""
_SAYS_DEADLINE = frozenset({"comply-deadline", "must-comply"})
"""Patterns that go with a plain day: "the deadline is 31 December"."""
_FREE = ("supplier", "background", "legal_basis", "sanction")
"""Acts that go with any role."""
_ASIDE = frozenset({StatedAct.DENY, StatedAct.CONDEMN, StatedAct.LEGAL_BASIS, StatedAct.DISCLOSE, StatedAct.WARN})
_FAR = -1.2
"""An utterance far from its date: who denies something on a day says so beside it."""


class Place(NamedTuple):
    """A date in its sentence."""

    date: StatedDate
    start: int
    """Offset in the sentence."""
    end: int
    is_fronted: bool
    is_timeline: bool
    is_in_brackets: bool
    is_quoted: bool
    aside: int
    """Where the relative clause ends in which it stands: "the maker, which in 2022 moved, promised"; 0 for none."""


def place(date: StatedDate, sentence: str, offset: int, opened: Sequence[Cut], *, is_quoted: bool) -> Place:
    """Give where a date stands in a sentence in small letters; `opened` are the borders with which clauses open."""
    start, end = date.span.start - offset, date.span.end - offset
    number = bisect_right(opened, start, key=attrgetter("end"))
    opening = opened[number - 1].end if number else 0
    before = sentence[opening:start]
    is_fronted = bool(_OPENS.fullmatch(before))
    return Place(
        date=date,
        start=start,
        end=end,
        is_fronted=is_fronted,
        is_timeline=is_fronted and bool(re.match(r" {0,3}(?::|[\u2013\u2014|]|- )", sentence[end : end + 6])),
        is_in_brackets=sentence.rfind("(", 0, start) > sentence.rfind(")", 0, start),
        is_quoted=is_quoted,
        aside=_aside(sentence, end, opened[:number][-1:]),
    )


def _aside(sentence: str, end: int, opening: Sequence[Cut]) -> int:
    """Give where a relative clause ends that opens before a date; 0 where there is none."""
    if not any(_RELATIVE.search(sentence, cut.start, cut.end) for cut in opening):
        return 0
    comma = sentence.find(", ", end)
    return max(0, comma)


def score(trigger: Trigger, place: Place, sentence: str, borders: Sequence[Cut], *, is_quoted: bool) -> float:
    """Give how well an act and a date belong together; offsets of both are those of the sentence."""
    act, role = trigger.act, place.date.role
    found = BASE + EACH * trigger.weight + _fit(act, role, place.date.precision)
    gap = max(0, place.start - trigger.end, trigger.start - place.end)
    found -= gap / (BOUND_LETTERS if role in _BOUNDS else LETTERS)
    crossed = clauses.apart((trigger.start, trigger.end), (place.start, place.end), borders) if gap else 0.0
    is_behind = trigger.start >= place.end
    if trigger.weight <= _WEAK and act.startswith(("prohibit", "require")) and role not in _BOUNDS:
        found += WEAK_WORD
    is_its_own = trigger.end > place.start and trigger.start <= place.end + _NEAR
    if _is_possessive(place, sentence) and not is_its_own:
        found += POSSESSIVE
    if trigger.pattern in _SAYS_DEADLINE and role is DateRole.ON:
        found += FITS - UNFIT
    if is_behind and place.is_timeline:
        return found - 0.5 * crossed + TIMELINE
    if is_behind and place.is_fronted:
        found += FRONTED
        crossed = max(0.0, crossed - clauses.STRONG)
    elif is_behind:
        found += BEHIND
        if re.search(r"\b(?:and|or)\b", sentence[place.end : trigger.start]):
            found += JOINED
    if place.aside and trigger.start > place.aside:
        found += OUTSIDE
    if gap <= _NEAR and not crossed:
        found += BESIDE
    if is_behind and not act.startswith("supplier") and _is_of_saying(place, sentence):
        found += OF_SAYING
    if is_behind and place.is_in_brackets:
        found += IN_BRACKETS
    if is_quoted != place.is_quoted:
        found += ACROSS_QUOTE
    if act in _ASIDE and gap > LETTERS:
        found += _FAR
    return found - crossed


def is_in_reach(trigger: Trigger, place: Place) -> bool:
    """Tell whether an act and a date can belong together at all, whatever stands around them, as far apart as they are."""
    gap = max(0, place.start - trigger.end, trigger.start - place.end)
    return BASE + EACH * trigger.weight + _MOST - gap / BOUND_LETTERS >= ENOUGH - ALONE


def enough(trigger: Trigger, place: Place, every: Sequence[Trigger]) -> float:
    """Give from where on an act and a date belong together, among all acts of their sentence."""
    others = [one for one in every if one.act != trigger.act and one.act not in _ASIDE]
    if others or not trigger.act.startswith(LASTING):
        return ENOUGH
    return ENOUGH - (ALONE if place.date.role in _BOUNDS else ALONE_PLAIN)


def is_once(act: StatedAct) -> bool:
    """Tell whether an act happens once, on one day."""
    return not act.startswith((*LASTING, *_FREE)) and act not in _DUE


def _is_of_saying(place: Place, sentence: str) -> bool:
    return bool(_THAT.match(sentence, place.end)) and bool(
        _SAYS.search(sentence, max(0, place.start - 80), place.start)
    )


def _is_possessive(place: Place, sentence: str) -> bool:
    return sentence.startswith(("'s ", "'s,"), place.end) or place.date.text.endswith(("'s", "\u2019s"))


def _fit(act: StatedAct, role: DateRole, precision: Precision) -> float:
    """Give how an act goes with the role of a date."""
    if precision is Precision.MODEL_YEAR and not act.startswith(LASTING):
        return 2 * UNFIT
    if act.startswith(_FREE):
        return 0.0
    if act.startswith(LASTING):
        return _lasting(act, role, precision)
    return _once(act, role)


def _lasting(act: StatedAct, role: DateRole, precision: Precision) -> float:
    """Give the same of what lasts."""
    if role in _BOUNDS:
        return FITS
    if act is StatedAct.COMPLY_DEADLINE:
        return UNFIT
    return PLAIN_DAY if precision is Precision.DAY and act is not StatedAct.EFFECTIVE else 0.0


def _once(act: StatedAct, role: DateRole) -> float:
    """Give the same of what happens once."""
    if act in _DUE and not (act is StatedAct.CHALLENGE and role is DateRole.FROM):
        return FITS if role in _BOUNDS else FITS / 2
    if act in _MADE and role in _ENDS:
        return 2 * UNFIT
    return UNFIT if role in _BOUNDS else FITS
