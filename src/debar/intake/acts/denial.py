# SPDX-License-Identifier: Apache-2.0
"""Whether a text says that an act is not done: by words around it."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"(?:\b(?:not|no|never|neither|nor|without|nothing in [a-z' ]{1,40}|cannot|nobody|none)|n't"
    r"|(?<![a-z] )\bnothing (?:about|under|of|on) [a-z' ]{1,40})"
    r"(?! only| least| later| more than| longer)(?: [a-z'-]{1,20}){0,3} {0,3}$"
)
"""A negation at most three words before the words of an act: "does not by itself ban"."""
_REPORTED = re.compile(
    r"\b(?:den(?:y|ies|ied) (?:that|reports|rumou?rs|having|being)|reject(?:s|ed) (?:the )?(?:claims?|suggestions?|reports?) (?:that|of)"
    r"|contrary to (?:what|reports|claims|some)|(?:false|untrue|not true|a myth|wrong) that|instead of|rather than|stops? short of"
    r"|stopped short of|far from)\b[^,;:.]{0,60}$"
)
"""Words that take back what follows them in their clause."""
_LACKING = re.compile(r"\bwithout(?= [a-z' -]{1,60}$)")
_FINITE = re.compile(r"(?:may|must|shall|can|cannot|could|will|would|should)\b")
"""Verbs that what is lacking does not govern: "devices without approval may not be sold" is a ban like any other."""
_INSIDE = re.compile(r"\b(?:not|never|no longer)\b|n't\b")
_LABELLED = re.compile(
    r"(?:a )?(?:common )?(?:myth|fiction|false claim|rumou?r|misconception|fake news)(?: [0-9]{1,2})? {0,2}[:–—-] "
)
"""What a list of questions and answers writes before a sentence that it goes on to correct."""
_CLAIMED = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|rumou?rs?|myths?|misconceptions?|posts?|allegations?|alleg(?:es|ed)|reports?|reported|reportedly"
    r"|(?:many|some|people|several|others) (?:[a-z]{2,12} )?(?:say|think|believe|assume|wrote|write|read|said|assumed|believed)"
    r"|(?:it is|it's|was|is) (?:[a-z]{2,12} )?(?:said|believed|assumed|thought))\b"
)
"""Words by which a sentence tells what others say."""
_NOT_SO = re.compile(
    r"(?:but |no, |in fact,? |actually,? |well, )?(?:it|they|that|this|these|those|he|she|(?:this|that|the|these|those|both) [a-z]{3,14})"
    r" (?:won't|will not|does not|doesn't|do not|don't|did not|didn't|has not|hasn't|have not|haven't"
    r"|(?:is|are|was|were)(?: not|n't)(?: (?:so|true|correct|right|accurate|the case|what (?:it|they) (?:say|says|said)))?"
    r"|(?:is|are|was|were) (?:[a-z]{2,12} )?(?:false|wrong|untrue|incorrect|mistaken|inaccurate|a myth|a misreading|a mistake|nonsense))\W{0,4}$"
    r"|(?:(?:that is |that's )?(?:simply |plainly |just )?(?:false|wrong|untrue|incorrect|not true|not so|not correct))\W{0,4}$"
)
"""A sentence that only takes back the one before it: "It won't.", "That is not the case.", "False."."""
_LOOK = 90
"""Characters before an act that are looked at."""
_OWN_NEGATION = ("prohibit", "permit", "supplier", "revoke", "suspend", "deny", "exempt", "condemn", "recommend")
"""Acts whose own words hold a negation: "may not sell" forbids, "will not be penalised" permits."""


def is_denied(sentence: str, start: int, end: int, act: str) -> bool:
    """Tell whether the words of an act in a sentence in small letters are denied."""
    before = sentence[max(0, start - _LOOK) : start]
    if _FINITE.match(sentence, start):
        before = _LACKING.sub("lacking", before)
    if _BEFORE.search(before) or _REPORTED.search(before):
        return True
    return not act.startswith(_OWN_NEGATION) and bool(_INSIDE.search(sentence, start, end))


def is_taken_back(sentence: str, following: str) -> bool:
    """Tell whether a sentence is denied as a whole: it is labelled as a myth, or tells a claim that the next one takes back."""
    return bool(_LABELLED.match(sentence)) or bool(_CLAIMED.search(sentence) and _NOT_SO.match(following))
