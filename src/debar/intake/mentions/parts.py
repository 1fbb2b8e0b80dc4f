# SPDX-License-Identifier: Apache-2.0
"""Who does an act to what: the spans of subject and object around the words of an act.

    Commerce      banned      the sale of Kaspersky products in the US      active: before and after
    Kaspersky     is barred   from signing new agreements                   passive, and what it is kept from
    Sales         are banned  by the department                             passive: before is what it is done to
    the US's      ban on      the use of TikTok                             noun: after on, of or against

A span is an exact slice of the text: a pronoun stays one, for whom it means is another question.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.mentions.entries import AUTHORITY, PERSON, PLACE, PRODUCT, SEAT, SUPPLIER
from debar.intake.placed import begun, stated
from debar.model.intake import Span

if TYPE_CHECKING:
    from debar.intake.mentions.mention import Mention
    from debar.intake.seen import Seen
    from debar.intake.sentences import Sentence

_LONGEST = 12
"""Words of a part; what is longer is a clause."""
_REACH = 220
"""Characters around the words of an act in which its parts stand."""
_BREAK = re.compile(
    r"[;:!?]\s|(?<![A-Z])\.\s|[\"\u201c\u201d\u00ab\u00bb()\u2014]| \u2013 | - |,\s"
    r"|\s(?:which|that|who|whom|because|while|although|but|whereas|if|when|unless|as|so|after|before|until|since|following|due to"
    r"|effective|starting|beginning|(?<!ed\s)(?<!made\s)(?<!sold\s)(?<!built\s)by|no later than|within|from|over|amid|citing|said|says|takes?|took|comes?|came|enters?|entered|appl(?:y|ies|ied)|will|would|can|could|is|are|was|were|and (?:will|would|is|has|must|may))\s",
    re.IGNORECASE,
)
"""Where a part ends: at a mark, at the beginning of another clause, at what says when or why."""
_CLAUSE = re.compile(
    r"[;:!?,]\s|(?<![A-Z])\.\s|[\"\u201c\u201d\u00ab\u00bb()\u2014]| \u2013 | - "
    r"|\s(?:that|which|who|because|while|although|but|whereas|if|when|unless|after|before|since|as|and|announced|said|says|where)\s",
    re.IGNORECASE,
)
"""Where the clause of an act begins."""
_HELPERS = re.compile(
    r"(?:\s|^)(?:has|have|had|having|will|would|shall|may|might|must|can|could|should|cannot|is|are|was|were|be|been|being|do|does|did|not|no"
    r"|longer|also|now|then|officially|formally|effectively|today|yesterday|already|therefore|thus|both|all|to|get|got|completely|fully"
    r"|immediately|permanently|temporarily|finally|recently|subsequently|soon|only|still|never|ever|n't|intends?|plans?|decided|moved"
    r"|required|ordered|told|expected|set|going|unable|able|allowed|permitted|said|its|decision|reportedly)$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets|got)\b(?:\s(?:not|now|also|officially|formally|already|to|\w{3,12}ly|being|been))"
                      r"{0,3}\s?$", re.IGNORECASE)  # fmt: skip
_PASSIVE_WITHIN = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\b\s(?:\w{1,12}\s){0,3}\w{2,16}(?:ed|en|ut|own)\b", re.IGNORECASE
)
_KEPT_FROM = re.compile(r"\s{0,3}(?:from|to)\s", re.IGNORECASE)
_BY = re.compile(r"[^.;]{0,80}?\sby\s(?=the\b|[A-Z])")
_ONTO = re.compile(
    r"\s{0,3}(?:(?:and|or)\s\w{3,14}\s(?=of\s|on\s))?(?:(?:on|of|against|for|from|about|with|down|off|up|out)\s){1,2}",
    re.IGNORECASE,
)
"""What joins an act to what it is done to."""
_NO_OBJECT = re.compile(
    r"(?:in|at|as|that|because|is|are|was|were|will|would|has|have|had|want|wants|to|and|or|until|after|before|by|based|made|it|if|when|since"
    r"|during|under|following|this|there|which|who|according|also|but|not|where|while|said|says|into|within|starting|effective|down|than)\b",
    re.IGNORECASE,
)
"""Words that begin another part of the sentence."""
_NO_SUBJECT = re.compile(
    r"(?:that|which|who|with|in|on|at|and|or|but|following|after|before|according|as|for|from|to|of|by|under|about|because|if|announced|so|along"
    r"|impending|exercise|difficult|has|have|is|are|was|were|will|when|while|also|not|earlier|then|according|between|during|until|a new)\b",
    re.IGNORECASE,
)
_VERB = re.compile(r"\s(?:was|were|is|are|has|have|had|made|said|will|[a-z]{3,14}ed)\b(?!-)")
"""A verb inside what stands before an act: two clauses, and no subject."""
_ARTICLES = frozenset({"the", "a", "an", "new", "this"})
_DETERMINER = re.compile(
    r"(?:the|a|an|its|their|his|her|our|these|those|this|all|any|no|every|each|it|they|we|he|she|both|some|most)\b",
    re.IGNORECASE,
)
_SHORTEST, _PLAIN = 8, 3
"""Words of a subject at most, and of one that begins with a small letter and no article: federal agencies, local operators."""
_WORD = re.compile(r"\S+")
_ACTORS = frozenset({SUPPLIER, PRODUCT, AUTHORITY, PLACE, PERSON, "organisation"})
_THINGS = frozenset({SUPPLIER, PRODUCT})


_GOODS = re.compile(
    r"(?:'s)?(?:\s(?!(?:will|would|said|says|can|could|has|had|have|is|was|are|and|but|for|from|who|that|may|must|with|not|after|until|into|when)\b)"
    r"[a-z][a-z\-]{2,20}){0,2}"
)


def parts(seen: Seen, sentence: Sentence, start: int, end: int) -> tuple[Span | None, Span | None]:
    """Give subject and object of the act whose words stand at an offset; None for what the sentence does not name.

    1. What stands before the words, in their clause, and what after them.
    2. In the passive, what stands before is what it is done to, unless it is kept from something: then that is.
    3. Where no object stands after the words, it is the supplier or product that the rest of the sentence names.
    """
    before = _before(seen, sentence, start)  # 1.
    after = _after(seen, sentence, end)
    if not _is_passive(seen.flat, sentence, start, end):
        return before, after or _named(seen, sentence, start, end)  # 3.
    if _KEPT_FROM.match(seen.flat, end, sentence.end):  # 2.
        return before, after
    by = _BY.match(seen.flat, end, min(sentence.end, end + _REACH))
    return (_phrase(seen, by.end(), sentence.end) if by else None), before


def _is_passive(flat: str, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a form of to be stands before the words of an act, or within them before a participle."""
    before = flat[max(sentence.start, start - 48) : start]
    return bool(_PASSIVE.search(before) or _PASSIVE_WITHIN.search(flat[start:end]))


def _before(seen: Seen, sentence: Sentence, start: int) -> Span | None:
    """Give what stands before the words of an act in their clause, without helping verbs; else the last name before them."""
    first = max(sentence.start, start - _REACH)
    begins = [match.end() for match in _CLAUSE.finditer(seen.flat, first, start)]
    begin = begins[-1] if begins else first
    end = start
    while end > begin and (helper := _HELPERS.search(seen.flat[max(begin, end - 24) : end].rstrip())):
        end = max(begin, end - 24) + helper.start()
    span = _trimmed(seen.flat, begin, end)
    if span and _is_noun_phrase(seen, span):
        return span
    return _last_named(seen, first, end)


def _is_noun_phrase(seen: Seen, span: Span) -> bool:
    """Tell whether words before a verb look like who does it: few, and begun by a name, an article or a pronoun."""
    words = _WORD.findall(seen.flat, span.start, span.end)
    if len(words) > _SHORTEST or _NO_SUBJECT.match(seen.flat, span.start, span.end):
        return False
    if _VERB.search(seen.flat, span.start, span.end) or words[-1].casefold() in _ARTICLES:
        return False
    return words[0][0].isupper() or bool(_DETERMINER.match(seen.flat, span.start, span.end)) or len(words) <= _PLAIN


def _last_named(seen: Seen, start: int, end: int) -> Span | None:
    named = [one for one in begun(seen.mentions, start, end) if one.end <= end and one.kind in _ACTORS]
    acting = [one for one in named if one.kind != PLACE or one.form == SEAT] or named
    return Span(acting[-1].start, acting[-1].end) if acting else None


def _after(seen: Seen, sentence: Sentence, end: int) -> Span | None:
    """Give what stands after the words of an act, past what joins it: ban on, sale and distribution of, wind down."""
    onto = _ONTO.match(seen.flat, end, sentence.end)
    span = _phrase(seen, onto.end() if onto else end, sentence.end)
    return None if span is None or _NO_OBJECT.match(seen.flat, span.start, span.end) else span


def _phrase(seen: Seen, start: int, end: int) -> Span | None:
    """Give the words from an offset to where they break off: at a clause, a mark or a date."""
    last = min(end, start + _REACH)
    dates = [date.span.start for date in stated(seen.dates, start, last)]
    last = min([last, *dates])
    found = _BREAK.search(seen.flat, start + 1, last)
    words = list(_WORD.finditer(seen.flat, start, found.start() if found else last))[:_LONGEST]
    return _trimmed(seen.flat, words[0].start(), words[-1].end()) if words else None


_LOOSE = re.compile(r"(?:\s(?:on|in|of|at|to|and|or|the|a|an|with|for|by|from|after|until|before|as))+$", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]\.[A-Z]\.$")
_SIGNS = " ,.;:-\u2013\u2014\"'\u201c\u201d\u00ab\u00bb()"


def _trimmed(flat: str, start: int, end: int) -> Span | None:
    """Give a slice without the marks around it, and without a preposition or article that leads nowhere."""
    while start < end and flat[start] in _SIGNS:
        start += 1
    while end > start and flat[end - 1] in _SIGNS and not _INITIALS.search(flat, max(start, end - 4), end):
        end -= 1
    if loose := _LOOSE.search(flat[max(start, end - 60) : end]):
        end -= len(loose.group())
    return Span(start, end) if start < end else None


def _named(seen: Seen, sentence: Sentence, start: int, end: int) -> Span | None:
    """Give the supplier or product that stands within the words of an act, or that the rest of the sentence names first."""
    last = min(sentence.end, end + _REACH)
    named = [one for one in begun(seen.mentions, start, last) if one.kind in _THINGS]
    return _around(seen, named[0], sentence) if named else None


def _around(seen: Seen, name: Mention, sentence: Sentence) -> Span:
    """Give a name with the one or two words in small letters that say what of it: Kaspersky's antivirus products."""
    found = _GOODS.match(seen.flat, name.end, sentence.end)
    end = found.end() if found else name.end
    span = _phrase(seen, name.start, end)
    return span if span and span.end > name.end else Span(name.start, name.end)
