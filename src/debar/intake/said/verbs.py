# SPDX-License-Identifier: Apache-2.0
"""Verbs of saying: whether something is said by one, and by whom."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from debar.intake.said.authors import author
from debar.intake.said.following import after
from debar.intake.said.grammar import (
    BE,
    CLAUSE,
    CLOSES_INVERSION,
    EVENTS,
    MARKS,
    PAIRS,
)
from debar.intake.said.hearing import HEARD, heard
from debar.intake.said.meaning import has_complement, is_pointing_back, is_said
from debar.intake.said.phrases import Frame
from debar.intake.said.preceding import before
from debar.intake.said.subjects import first, inside, inside_them, inverted, preceding, step_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.said.phrases import Phrase, Words
    from debar.intake.said.words import Speech

_QUOTING = frozenset(("quoted", "quotes", "quoting", "cited", "cites", "citing"))
_AS_SAYING = frozenset((("as", "saying"), ("as", "stating"), ("as", "telling")))
_SETTLING = ("decide", "agree", "propose", "determine", "want", "know")
"""Who decides this says nothing of what stands before."""
_COURTS = frozenset({"court", "judge", "tribunal", "bench", "judges", "justices", "panel"})
_RULES = ("rul", "reject", "dismiss", "denied", "denies", "declare", "decide")
"""What courts do in words."""
_QUOTED = 24
"""Words from "quoted" to "as saying"."""
_WHEN = 7
"""Words from a participle to "by"."""
_EARLY = 4
"""Words before the verb where a sentence begins with "about this writes"."""


def said(sentence: Words, place: tuple[int, int], known: Sequence[Frame], speech: Speech) -> tuple[Frame, ...]:
    """Give who speaks by the verb in some words; `known` are the turns of phrase before it."""
    at, stop = place
    small = sentence.small
    verb = " ".join(small[at:stop])
    if verb in _QUOTING and (quoting := _quoted(sentence, at, stop, speech)):
        return quoting
    if verb in speech.passive and (by := _by(sentence, at, stop, speech)):
        return _passive(sentence, at, by, speech)
    if verb in HEARD and (where := heard(sentence, at, stop, speech)):
        return (Frame(at, "speaker", where),)
    if verb in speech.participles:
        return _participle(sentence, verb, place, known, speech)
    if is_said(sentence, verb, place, speech):
        return _active(sentence, verb, place, known, speech)
    return ()


def _participle(
    sentence: Words, verb: str, place: tuple[int, int], known: Sequence[Frame], speech: Speech
) -> tuple[Frame, ...]:
    """Give who speaks by a form in -ing: "is warning that", or ", adding that"."""
    at, stop = place
    if (being := _being(sentence, place, speech)) is not None:
        return _active(sentence, verb, (being, stop), known, speech)
    phrase = first(sentence, at, speech) if at and sentence.small[at - 1] == "," and not known else None
    return (Frame(at, "speaker", phrase),) if phrase else ()


def _being(sentence: Words, place: tuple[int, int], speech: Speech) -> int | None:
    """Give where "is" stands before a participle that tells what somebody is saying: "the ministry is warning that"."""
    at, stop = place
    back = at - 1
    while back > 0 and sentence.small[back] in speech.between:
        back -= 1
    is_said = back > 0 and sentence.small[back] in BE and has_complement(sentence.small, at, stop, speech)
    return back if is_said else None


def _by(sentence: Words, at: int, stop: int, speech: Speech) -> int:
    """Give where "by" stands after a participle, over when and where it was: "was made public on Tuesday by"; 0 if nowhere."""
    small = sentence.small
    if small[stop : stop + 1] == ("by",):
        return stop
    if small[stop : stop + 1] == ("in",) and at and small[at - 1] in BE:  # it is said in the message of X
        written = after(sentence, stop + 1, speech)
        if written and written.kind in ("document", "matter"):
            return stop
    back = at - 1
    while back > 0 and small[back] in speech.between:
        back -= 1
    if back < 0 or small[back] not in BE:
        return 0
    for place in range(stop, min(stop + _WHEN, len(small))):
        if small[place] == "by":
            return place
        if small[place] in CLAUSE or not small[place].isalnum():
            return 0
    return 0


def _active(
    sentence: Words, verb: str, place: tuple[int, int], known: Sequence[Frame], speech: Speech
) -> tuple[Frame, ...]:
    """Give the subject of a verb of saying, and who is told."""
    at, stop = place
    small = sentence.small
    is_telling = verb in speech.say_whom and verb in speech.say  # "told X" has an object, and no subject, after it
    turned = None if is_telling else inverted(sentence, at, stop, speech)
    if turned and is_pointing_back(small, at):
        return (Frame(at, "outer", turned, is_backward=True),)  # about this writes X
    phrase = turned or inside_them(sentence, at, speech) or preceding(sentence, at, speech)
    phrase = phrase or inside(sentence, at, speech) or _shared(sentence, at, known, speech)
    if phrase and small[phrase.first] == "it" and small[at : stop + 1] == ("says", "in"):  # it says in the order
        written = after(sentence, stop + 1, speech)
        phrase = written if written and written.kind == "document" else phrase
    if phrase is None or not EVENTS.isdisjoint(small[max(0, phrase.first - 2) : phrase.first]):
        return ()  # after X announced a ban: an event, and nobody's words
    if phrase.kind in ("document", "matter"):
        phrase = author(sentence, phrase, speech) or phrase
    if phrase.kind == "matter" or _is_ruling(sentence, verb, phrase):
        return ()
    tells_before = (
        small[stop : stop + 1] == ("this",)
        and not verb.startswith(_SETTLING)
        and not (CLOSES_INVERSION | {"based"}).isdisjoint(small[stop + 1 : stop + 2])
    )
    speaker = Frame(at, "speaker", phrase, is_backward=tells_before)
    told = after(sentence, stop, speech) if verb in speech.say_whom else None
    if told and told.kind in ("outlet", "name", "person") and not is_audience(sentence, told, speech):
        return speaker, Frame(stop, "through", told)
    return (speaker,)


def after_quotation(sentence: Words, closing: int, speech: Speech) -> tuple[Frame, ...]:
    """Give who speaks by whatever verb stands between a quotation and its speaker: "...", calmed the minister."""
    at = closing + 1
    while at < len(sentence.small) and sentence.small[at] in PAIRS:
        at += 1
    if (
        at >= len(sentence.small)
        or not sentence.small[at].endswith(("ed", "es", "s"))
        or sentence.small[at] in speech.not_saying
    ):
        return ()
    phrase = inverted(sentence, at, at + 1, speech)
    is_speaker = phrase is not None and phrase.kind in ("person", "spokesperson", "company", "authority", "source")
    return (Frame(at, "speaker", phrase),) if phrase and is_speaker else ()


def _is_ruling(sentence: Words, verb: str, phrase: Phrase) -> bool:
    """Tell whether a court does something by what it says, and tells nothing: "the court ruled that the order is void"."""
    is_court = not _COURTS.isdisjoint(sentence.small[phrase.first : phrase.last])
    return is_court and verb.startswith(_RULES) and MARKS.isdisjoint(sentence.text)


def _shared(sentence: Words, at: int, known: Sequence[Frame], speech: Speech) -> Phrase | None:
    """Give the subject of the sentence for its second verb: "X welcomed it and said"."""
    back = step_back(sentence, at, speech)
    if known or back is None or back < 0 or sentence.small[back] not in ("and", "but"):
        return None
    return first(sentence, back, speech)


def is_audience(sentence: Words, phrase: Phrase, speech: Speech) -> bool:
    """Tell whether somebody is only told, and prints nothing."""
    return sentence.small[phrase.last - 1] in speech.audience or phrase.kind in ("authority", "pronoun", "source")


def _quoted(sentence: Words, at: int, stop: int, speech: Speech) -> tuple[Frame, ...]:
    """Give who is quoted, and by whom: "Reuters quoted X as saying", "X was quoted by Reuters as saying"."""
    small = sentence.small
    if _AS_SAYING.isdisjoint(pairwise(small[stop : stop + _QUOTED])):
        return ()
    if at > 0 and small[at - 1] in BE:
        origin = before(sentence, at - 1, speech)
        through = after(sentence, stop + 1, speech) if small[stop : stop + 1] == ("by",) else None
    else:
        origin, through = after(sentence, stop, speech), preceding(sentence, at, speech)
    return tuple(Frame(at, place, one) for place, one in (("speaker", origin), ("through", through)) if one)


def _passive(sentence: Words, at: int, stop: int, speech: Speech) -> tuple[Frame, ...]:
    """Give who said what was said: "was first reported by X"; a notice "published by X" is no saying."""
    small = sentence.small
    back = at - 1
    while back >= 0 and small[back] in speech.between:
        back -= 1
    is_told = back < 0 or small[back] in BE or small[back] in (",", "as") or small[at - 1] == "first"
    phrase = after(sentence, stop + 1, speech) if is_told else None
    if phrase and small[stop] == "in":
        is_written = phrase.kind in ("document", "matter")
        maker = author(sentence, phrase, speech) if is_written else None
        phrase = maker or (phrase if phrase.kind == "document" else None)
    if phrase is None or (small[stop - 1] in speech.days and phrase.kind == "name"):
        return ()
    if phrase.kind == "authority" and small[at] == "published":  # a notice is, and nobody says a thing by it
        return ()
    begins = small[0] in ("this", "it") or small[:2] in (("the", "news"), ("the", "information"))
    return (
        Frame(at, "outer" if phrase.kind == "outlet" else "speaker", phrase, is_backward=begins and back <= _EARLY),
    )
