# SPDX-License-Identifier: Apache-2.0
"""What the words at a date make of it: from, after, before, by, until or on."""

from __future__ import annotations

import re

from debar.model.vocab.statements import DateRole

_REACH = 80
"""Characters before a date in which the words that govern it stand."""
_LEAD = r"(?:[ ,:(]{1,3}(?:this time|the|about|around|approximately|roughly|at least|midnight|noon|day|date|close of business|close of play|close of trading|end of business|cob|end of the day|of|on|or|fiscal|calendar|year|years|model|local time|[0-9]{1,2}(?::[0-9]{2})? ?[ap]\.?m\.?(?: [a-z]{2,10} time)?|early|mid|late|(?:end|start|beginning|close|middle) of|\W)){0,4}[ :,(\"“'-]{0,3}$"
"""What may stand between a preposition and its date."""
_EFFECT = (
    r"(?:take[sn]?|taking|took|com(?:e|es|ing)|came|go|goes|went|enter(?:s|ed|ing)?|put|becomes?|became|becoming|in) "
    r"(?:legal |full |in(?:to)? ){0,2}(?:effect|force|operation|effective|applicable)(?: in (?:the )?[a-z]{2,14})?|kick(?:s|ed)? in|entry into (?:force|effect):?"
)
"""What begins to hold on its date, whichever preposition the date has."""
_RULE = r"(?:ban|bans|stop|stops|halt|freeze|rules?|prohibitions?|restrictions?|measures?|requirements?|orders?|stages?|moratorium|law|curbs|sanctions|obligations?|phase|year [0-9]{4}|period|fiscal [0-9]{4}, which)"
"""What holds from the day on which it begins; an auction that begins on a day is on that day."""
_OCCASION = r" (?:(?:the )?(?:start|beginning|opening|end|close) of [^,.;]{2,30}|[^,.;]{0,30}\b(?:year|term|season|semester|session|quarter|holidays|elections?|deadline)|[^,.;]{2,40} (?:begins?|starts?|opens?|resumes?|ends?|closes?))(?= (?:(?:on|in|at) |\()|, )"
"""What happens on a date that bounds something else: before the autumn term begins on 1 September."""
_BEFORE = tuple(
    (role, re.compile(rf"(?:{pattern}){_LEAD}"))
    for role, pattern in (
        (DateRole.FROM, r"(?:\bnot\b|n't\b|\bnever\b|\bno [a-z]{1,12}\b(?<!no longer))[^,;.]{0,50} (?:until|till|earlier than|sooner than)(?: after)?|\bnot (?:until|before)|\bno (?:earlier|sooner) than"),
        (DateRole.BY, r"\b(?:(?:no|not|any) later than|at the latest(?: by| on)?|(?:on|at|by|in) or (?:before|prior to|by)|on and before|by(?: the time [^,.;]{2,40} (?:begins?|starts?|opens?|resumes?|ends?)(?= (?:on|in|at)))?|deadlines?(?: of| is| was| for [^,.;:]{1,40}(?: is| was| of|:))?|cut-?off(?: date)?(?: of| is)?|due(?: date)?(?: on| by| is| of)?|(?:must|have to|has to|should|are to|is to) to|within|not after)"),
        (DateRole.FROM, rf"\b(?:(?:on|in|from|at) (?:or|and) after|w\.?e\.?f\.?|(?:as|with effect|effective)(?: as)? (?:of|from|on)|effective(?:ly)?(?: date)?(?: is| as of| in)?|starting(?: date)?(?: on| in| from| with| as of| at)?|start date(?: is| of)?|(?:start|begin)s? with|{_RULE}[^,;.]{{0,40}} (?:to start|to begin|starts?|begins?|started|began)(?: on| in| from| with)?|beginning(?: on| in| from| with| as of)?|commenc(?:ing|es?)(?: on| in| from)?|ever since|once(?= (?:the )?$)|since(?: [a-z'-]{1,16}){1,7}(?= \($)|since(?: at least)?|from(?: and after)?(?: on| the beginning of)?|onwards? from|(?:dating|dates|dated|date(?= from| back)) (?:back )?(?:to|from)|going back to|{_EFFECT}(?: (?:on|in|at|from|as of))?)"),
        (DateRole.UNTIL, r"\b(?:in no case|never|not) beyond"),
        (DateRole.AFTER, r"\b(?:after(?!,)|following|later than|beyond|(?<!minute )(?<!minutes )(?<!hour )(?<!this )past|post-)"),
        (DateRole.BEFORE, rf"\b(?:(?:before|prior to|ahead of){_OCCASION}|before|prior to|ahead of|in advance of|earlier than|pre-)"),
        (DateRole.UNTIL, r"\b(?:(?:until|till)" + _OCCASION + r"|(?:until|till)(?: [a-z'-]{1,16}){1,5}(?= (?:on|in) )|until|till|'til|(?:mov|push|postpon|shift|delay|defer|put)[a-z]{1,4} [^,.;]{0,40} to|up (?:to|until|till)(?: and including)?|to and including|through(?: to)?|thru|(?<!quarter )(?<!year )(?<!half )ending(?: on| in| at)?|until(?: [a-z'-]{1,16}){1,7}(?= \($)|ends (?:on|in|at)|ended (?:on|in)|expir(?:e|es|ed|ing|y)(?: date)?(?: on| in| at)?|valid to|extended (?:by [^,.;]{1,20} )?to|extension to|lasting to|(?:given|gives?|gave|granted|grants?|period|time|term|respite|reprieve|grace|prolongation) (?:[a-z'-]{2,14} ){0,3}to|runs? (?:to|through)|(?:until|to) and including|no longer than)"),
    )
)  # fmt: skip
_AFTER = (
    (DateRole.BY, re.compile(r"(?:'s?)?,? (?:at the (?:very )?latest|or (?:earlier|sooner|before)\b|(?:[a-z-]{1,20} ){0,2}(?:deadline|cut-?off|due date|target date)\b)|(?::| -| –| —) (?:(?:[a-z]{1,12} ){0,2}deadline|(?:the )?last day)\b| is the last day\b")),
    (DateRole.FROM, re.compile(r",? (?:onwards?\b|on(?=,)|(?:and|or) (?:after|later|beyond|thereafter|onwards?|newer|subsequent)\b|forward\b|effective date\b|start(?:ing)? date\b)|: (?:entry into (?:force|effect)|effective|takes? effect|enters? into|comes? into)\b")),
    (DateRole.UNTIL, re.compile(r",? (?:inclusive\b|expir(?:y|ation)\b)")),
)  # fmt: skip


_EVENT = re.compile(
    r"(?<='s)(?: [a-z]{1,16}){0,2} [a-z]{3,16}|(?:'s)? (?:announcement|decision|vote|ruling|order|ban|determination|statement|notice|meeting|hearing|directive)\b"
)
"""After yesterday's announcement, since the June 20 order: the date is that of the event, and no bound."""


_FROM_PAPER = re.compile(
    r"\b(?:letter|circular|communication|communiqu[eé]|decree|statement|decision|notice|report|ruling|article|message|release|interview|e-?mail|memo|post|document|verdict|judgment|opinion|figures|data|draft|version|text|entry|bulletin|broadcast|survey|study) from (?:the )?$"
)
"""The letter from 3 December: that it is of that day, as translations put it, and not that it holds from then on."""


def role_at(low: str, start: int, end: int, first: int, last: int) -> DateRole:
    """Give what the words before a date, else those after it, make of it; its sentence stands between two offsets."""
    before = _WIDE.sub(" ", low[max(first, start - 2 * _REACH) : start])[-_REACH:]
    found: tuple[int, DateRole] | None = None
    for role, pattern in _BEFORE:
        match = pattern.search(before)
        if match and (found is None or match.start() < found[0]):
            found = (match.start(), role)
    if _EVENT.match(low, end, last) and not (found and found[1] in (DateRole.BY, DateRole.UNTIL)):
        return DateRole.ON
    if found and _FROM_PAPER.search(before):
        return DateRole.ON
    if found and found[1] is not DateRole.FROM:
        return found[1]
    for role, pattern in _AFTER:
        if pattern.match(low, end, last):
            return role
    return found[1] if found else DateRole.ON


_WIDE = re.compile(r" {2,200}")
"""Columns and hard-wrapped lines."""
_ROW = re.compile(r" {0,2}(?:[:|–—-] {0,3}| {2,24}|(?=[A-Z“\"]))")
"""What stands between the date at the head of a row and what is to be done."""
_ROW_SAYS = re.compile(
    r"(?P<start>\b(?:no (?:new|more|further|longer)|bans?|banned|barred|prohibit(?:ed|ion|s)|forbidden|unlawful|takes? effect|enters? into force|applies)\b)"
    r"|(?P<end>\b(?:to be (?:[a-z]{2,14} ){0,2}?[a-z]{3,14}(?:ed|n|t)|must|have to|has to|due|deadline|(?:closing|last|final|due|target) (?:day|date)|cut-?off|free of|completion|hand in|uninstall|remove|replace|delete|last [^.;:]{1,40} (?:removed|replaced|gone|out|off|dismantled))\b)"
)
_ROW_REACH = 90


def of_row(flat: str, low: str, start: int, end: int, first: int, last: int) -> DateRole | None:
    """Give what a row of a table or list makes of the date at its head: "8 May 2026 | Inventory to be handed in" is by it."""
    if low[first:start].strip(" -•*·|"):
        return None
    head = _ROW.match(flat, end, last)
    says = _ROW_SAYS.search(low, head.end(), min(last, head.end() + _ROW_REACH)) if head else None
    if says is None:
        return None
    return DateRole.FROM if says["start"] else DateRole.BY


_RANGE = re.compile(r",? {0,3}(?:to|until|till|through|thru|and|-|–|—) {0,3}(?:the )?")
_PERIOD = re.compile(r"\b(?:period|term|window|phase|interval)(?: of| from)? ?$|[:(] ?$")
_LIST = re.compile(
    r",? {0,3}(?:and|or|,|as well as|to|through|until|-|–|—|and on|or on|and then) {0,3}(?:on |the |by )?"
)


def is_range(gap: str, role: DateRole, before: str) -> bool:
    """Tell whether two dates with a gap between them are the ends of one time: from, between or a dash joins them."""
    if not _RANGE.fullmatch(gap):
        return False
    joint = gap.replace(",", "").split()[0] if gap.strip() else ""
    if joint == "and":
        return before.rstrip().endswith("between") or " between the" in before[-14:]
    is_told = role is DateRole.FROM or bool(_PERIOD.search(before))
    return is_told or joint in ("-", "–", "—", "through", "thru", "until", "till")


_AGAIN = re.compile(
    r" {0,3}\( {0,2}(?:i\.e\.,? |that is,? |the )?|,? (?:i\.e\.|that is|namely|in other words|meaning),? (?:the )?"
)
"""Before the end of the financial year (June 30); no later than 45 days after the notice, i.e. 26 July."""


def is_named_again(gap: str) -> bool:
    """Tell whether a date in brackets, or after "that is", says once more which day the one before it is, so that it bounds the same thing."""
    return bool(_AGAIN.fullmatch(gap))


def is_list(gap: str) -> bool:
    """Tell whether two dates are told in one breath, so that the year of the second is that of the first as well."""
    return bool(_LIST.fullmatch(gap))
