# SPDX-License-Identifier: Apache-2.0
"""Turns of phrase in a sentence that say who speaks: "X said", "according to X", "reported by X, citing Y", "told X".

Verbs in quotations are left alone: what somebody says of others' words is theirs to answer for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.said.authors import author
from debar.intake.said.following import after
from debar.intake.said.grammar import BY_AUTHOR, IN, MARKS, OBJECTS
from debar.intake.said.opinions import is_held, opinion
from debar.intake.said.phrases import Frame, Phrase, Words, is_capital, words
from debar.intake.said.quotes import between
from debar.intake.said.verbs import after_quotation, is_audience, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.said.quotes import Quoted
    from debar.intake.said.words import Speech

_LABEL = 90
"""Characters of a name and a colon that begin a line."""
_FROM = 3
"""Words before "it follows" in "from the letter it follows"."""
_OWN = frozenset({"our", "my", "this", "these"})
_WRITTEN = ("document", "matter")
_TOLD = ("authority", "company", "outlet", "source")
_PLACES = {"aside": "outer", "according": "outer", "cite": "origin", "shown": "through"}
"""Where who stands behind such words has its place in the chain."""
_ASIDE = frozenset(",\u2013\u2014(") | MARKS
"""Before "so the ministry"."""
_STAMP = re.compile(
    r"[\[(]?\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?[\])]?[ \t]{0,4}[|\u2013\u2014-]?[ \t]{1,4}"
)
"""The time of an entry of a live page."""
_INITIALS = re.compile(r"(?:[A-Z]\. ?){1,3}[A-Z][\w'-]+ *\Z")
_ASKS = re.compile(
    r"(?:(?:Question|Q)\W{1,3})?(?:(?:And|But|So|Then|Well)\b,? )?"
    r"(?:What|Who|Whom|Whose|When|Where|Why|How|Which|Does|Do|Did|Is|Are|Was|Were|Will|Would|Can|Could|Should|Has|Have|Must)\b"
)
"""Who asks what others say does not tell it."""
_NOBODY = Words((), (), (), ())


class Framed(NamedTuple):
    """A sentence in words, with the turns of phrase in it in order."""

    words: Words
    frames: tuple[Frame, ...]


def frames(flat: str, small: str, span: tuple[int, int], quoted: Sequence[Quoted], speech: Speech) -> Framed:
    """Give the turns of phrase of a sentence; `small` is the text in small letters, of the same length."""
    start, end = span
    sentence: Words | None = None
    found: list[Frame] = []
    if flat[end - 1] == "?" and _ASKS.match(flat, start, end) and not between(quoted, start, end):
        return Framed(_NOBODY, ())
    for match in speech.triggers.finditer(small, start, end):
        if between(quoted, match.start(), match.start() + 1) or _is_in_name(flat, match, start, speech):
            continue
        if match.lastgroup == "opinion" and not is_held(small, start, match.start(), match.end()):
            continue
        sentence = sentence or words(flat, start, end)
        at = bisect_left(sentence.starts, match.start())
        stop = bisect_left(sentence.starts, match.end())
        if at < len(sentence.starts) and sentence.starts[at] == match.start():
            found += _read(match.lastgroup or "", sentence, (at, stop), found, speech)
    is_spoken = any(frame.place == "speaker" for frame in found)
    for closing in [one.end for one in quoted if start < one.end < end - 1 and not is_spoken]:
        sentence = sentence or words(flat, start, end)
        found += after_quotation(sentence, bisect_left(sentence.starts, closing), speech)
    if phrase := _label(flat, start, end, speech):
        sentence = sentence or words(flat, start, end)
        found.insert(0, Frame(0, "outer", phrase, holds=True))
    return Framed(sentence or _NOBODY, tuple(found))


def _is_in_name(flat: str, match: re.Match[str], start: int, speech: Speech) -> bool:
    """Tell whether a verb of several meanings belongs to a name: United States, Washington Post."""
    return match.start() > start and flat[match.start()].isupper() and match.group() in speech.say_that


def _read(
    group: str, sentence: Words, place: tuple[int, int], known: Sequence[Frame], speech: Speech
) -> tuple[Frame, ...]:
    """Give what the words of one trigger say."""
    at = place[0]
    held = opinion(sentence, at, speech) if sentence.small[at] in speech.opinions else ()
    if held or group == "opinion":
        return held
    if group == "say":
        return said(sentence, place, known, speech)
    if group == "pronoun":  # in her words
        return (Frame(at, "outer", Phrase(at + 1, at + 2, "pronoun", at + 1)),)
    return _followed(sentence, at, speech) if group == "follows" else _cited(group, sentence, place, speech)


def _cited(group: str, sentence: Words, place: tuple[int, int], speech: Speech) -> tuple[Frame, ...]:
    """Give who stands behind words such as "according to", "citing" and "seen by"."""
    at, stop = place
    phrase = _object(sentence, stop) or after(sentence, stop, speech)
    if phrase and phrase.kind in _WRITTEN and group != "aside":
        if _is_own(sentence, phrase):
            return ()
        phrase = author(sentence, phrase, speech) or phrase
    if phrase is None or phrase.kind == "matter" or not _is_meant(group, sentence, place, phrase, speech):
        return ()
    return (Frame(at, _PLACES[group], phrase),)


def _is_meant(group: str, sentence: Words, place: tuple[int, int], phrase: Phrase, speech: Speech) -> bool:
    """Tell whether whoever stands behind words such as "according to" is a speaker there."""
    at, stop = place
    begins_name = is_capital(sentence.text[phrase.first])
    if group == "aside":  # the ban, so the ministry, holds
        return (
            at > 0
            and sentence.text[at - 1] in _ASIDE
            and (_closes(sentence, phrase.last) or sentence.small[phrase.last] in IN)
            and phrase.kind != "document"
        )
    if group == "according":  # "per user, per year" has no article and no name
        is_bare = sentence.small[at] == "per" and phrase.first == stop and not begins_name
        return not is_bare or phrase.kind == "document"
    if group == "cite":
        return phrase.kind not in ("document", "pronoun")
    is_somebody = phrase.kind in ("outlet", "person", "company") or (phrase.kind == "name" and begins_name)
    return is_somebody and not is_audience(sentence, phrase, speech)


def _is_own(sentence: Words, phrase: Phrase) -> bool:
    """Tell whether a document is the paper's own: our alert, this notice."""
    return not _OWN.isdisjoint(sentence.small[max(0, phrase.first - 1) : phrase.first + 1])


def _object(sentence: Words, at: int) -> Phrase | None:
    """Give "him" after "according to"; "her office" is another."""
    if sentence.small[at : at + 1] == () or sentence.small[at] not in OBJECTS or not _closes(sentence, at + 1):
        return None
    return Phrase(at, at + 1, "pronoun", at)


def _closes(sentence: Words, at: int) -> bool:
    """Tell whether a phrase ends where a clause or sentence does."""
    return at >= len(sentence.text) or not sentence.text[at][0].isalnum()


def _followed(sentence: Words, at: int, speech: Speech) -> tuple[Frame, ...]:
    """Give who speaks in "From the statement of X it follows that"."""
    if at < _FROM or sentence.small[0] not in BY_AUTHOR | {"judging"}:
        return ()
    phrase = after(sentence, 2 if sentence.small[1] == "by" else 1, speech)
    if phrase is None or not (phrase.kind in _WRITTEN or (sentence.small[0] == "from" and phrase.kind in _TOLD)):
        return ()
    phrase = author(sentence, phrase, speech) or phrase
    return (Frame(at, "outer", phrase),) if phrase.kind != "matter" else ()


def _is_again(flat: str, label: str) -> bool:
    """Tell whether a label stands in a text twice, as the names of those do who speak in a transcript."""
    return flat.find(label, flat.find(label) + len(label)) >= 0


def _label(flat: str, start: int, end: int, speech: Speech) -> Phrase | None:
    """Give the speaker whose name and a colon begin a line: "Reuters: the ban comes today", "RAIMONDO: We ...".

    A time may stand before it, and what somebody is behind the name.
    """
    stamp = _STAMP.match(flat, start, end)
    begin = stamp.end() if stamp else start
    colon = flat.find(":", begin, min(end, begin + _LABEL))
    if colon <= begin or colon + 2 >= end or not flat[colon + 1].isspace():
        return None
    head = words(flat, start, colon)
    phrase = after(head, bisect_left(head.starts, begin), speech)
    if phrase is None or phrase.kind in ("document", "matter", "pronoun") or not is_capital(head.text[phrase.first]):
        return None
    if phrase.last != len(head.small):
        is_office = phrase.kind == "person" and head.text[phrase.last] in (",", "(")
        is_quoted = flat[colon + 1 : colon + 3].strip() in MARKS
        return phrase if is_office and (is_quoted or stamp) else None
    if (
        phrase.kind == "name"
        and not _is_again(flat, flat[begin : colon + 1])
        and not _INITIALS.match(flat, begin, colon)
    ):
        return None  # "Removal: ..." heads an item, "NEW DELHI: ..." begins an article
    return phrase
