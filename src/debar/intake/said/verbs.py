# SPDX-License-Identifier: Apache-2.0
"""Verbs of saying: whether something is said by one, and by whom."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from debar.intake.said.authors import author
from debar.intake.said.following import after
from debar.intake.said.grammar import BE, CLAUSE, CLOSES_INVERSION, COMPLEMENTS, EVENTS, MARKS, PAIRS, POINTS_BACK
from debar.intake.said.phrases import Frame
from debar.intake.said.preceding import before
from debar.intake.said.subjects import first, inside, inside_them, inverted, preceding, step_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.said.phrases import Phrase, Words
    from debar.intake.said.words import Speech

_QUOTING = frozenset(("quoted", "quotes", "quoting", "cited", "cites", "citing"))
_AS_SAYING = frozenset((("as", "saying"), ("as", "stating"), ("as", "telling")))
_REJECTING = ("dismiss", "reject", "den")
_AHEAD = 9
"""Words in which what is said begins."""
_OBJECT = 6
"""Words of the object of a verb."""
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
    if verb in speech.participles:
        phrase = first(sentence, at, speech) if at and small[at - 1] == "," and not known else None
        return (Frame(at, "speaker", phrase),) if phrase else ()
    if _is_said(sentence, verb, place, speech):
        return _active(sentence, verb, place, known, speech)
    return ()


def _by(sentence: Words, at: int, stop: int, speech: Speech) -> int:
    """Give where "by" stands after a participle, over when and where it was: "was made public on Tuesday by"; 0 if nowhere."""
    small = sentence.small
    if small[stop : stop + 1] == ("by",):
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
    if turned and _is_pointing_back(small, at):
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
    if phrase.kind == "matter":
        return ()
    tells_before = small[stop : stop + 1] == ("this",) and not (CLOSES_INVERSION | {"based"}).isdisjoint(
        small[stop + 1 : stop + 2]
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


def _shared(sentence: Words, at: int, known: Sequence[Frame], speech: Speech) -> Phrase | None:
    """Give the subject of the sentence for its second verb: "X welcomed it and said"."""
    back = step_back(sentence, at, speech)
    if known or back is None or back < 0 or sentence.small[back] not in ("and", "but"):
        return None
    return first(sentence, back, speech)


def is_audience(sentence: Words, phrase: Phrase, speech: Speech) -> bool:
    """Tell whether somebody is only told, and prints nothing."""
    return sentence.small[phrase.last - 1] in speech.audience or phrase.kind in ("authority", "pronoun", "source")


def _is_pointing_back(small: Sequence[str], at: int) -> bool:
    return at < _EARLY and not POINTS_BACK.isdisjoint(small[:at])


def _is_said(sentence: Words, verb: str, place: tuple[int, int], speech: Speech) -> bool:
    """Tell whether something is said by a verb, and it does not mean something else here."""
    at, stop = place
    small = sentence.small
    if verb not in speech.say and verb not in speech.say_that:
        return False
    if _is_something_else(small, verb, stop, speech):
        return False
    if verb in speech.say_that:
        is_noun = stop < len(small) and (small[stop] in speech.say or small[stop] in speech.say_that)  # reports state
        return not is_noun and (_is_pointing_back(small, at) or _has_complement(small, at, stop, speech))
    return True


def _is_something_else(small: Sequence[str], verb: str, stop: int, speech: Speech) -> bool:
    """Tell whether what follows a verb of saying shows another meaning."""
    follows = small[stop] if stop < len(small) else ""
    if follows == "nothing":
        return True
    if follows == "to" and verb == "said":  # is said to be, and not: said to journalists
        return speech.audience.isdisjoint(small[stop : stop + 3])
    if verb.startswith("add"):  # adds it to a list
        return "to" in small[stop : stop + _OBJECT] and COMPLEMENTS.isdisjoint(small[stop : stop + 3])
    if verb in speech.say_whom:  # told its departments to stop: an order
        ahead = small[stop : stop + _OBJECT + 1]
        end = next((place for place, word in enumerate(ahead) if word == "that" or word in MARKS | PAIRS), len(ahead))
        return "to" in ahead[:end]
    return verb.startswith(_REJECTING) and not speech.motions.isdisjoint(small[stop : stop + _OBJECT])


def _has_complement(small: Sequence[str], at: int, stop: int, speech: Speech) -> bool:
    """Tell whether what is said follows a verb that has other meanings too, or stands around it between commas."""
    if stop >= len(small):
        return at > 0
    is_around = at > 0 and (
        small[at - 1] in MARKS or small[at - 1] == "," or (small[0] in ("as", "how") and at < 2 * _EARLY)
    )
    is_between = at > 1 and not {",", "\u201d", '"'}.isdisjoint(small[max(0, at - _OBJECT) : at])
    if is_around or (is_between and small[stop] in MARKS | {",", ".", "citing"}):
        return True
    if small[at].startswith("call") and "for" in small[stop : stop + 4]:
        return True
    if small[at] in speech.say_whom:
        return "that" in small[stop : stop + _OBJECT + 1]
    ahead = small[stop : stop + _AHEAD]
    return small[stop] in COMPLEMENTS or "that" in ahead or ":" in ahead or not (MARKS - {"'"}).isdisjoint(ahead)


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
    if phrase is None or (small[stop - 1] in speech.days and phrase.kind == "name"):
        return ()
    if phrase.kind == "authority" and small[at] == "published":  # a notice is, and nobody says a thing by it
        return ()
    begins = small[0] in ("this", "it") or small[:2] in (("the", "news"), ("the", "information"))
    return (
        Frame(at, "outer" if phrase.kind == "outlet" else "speaker", phrase, is_backward=begins and back <= _EARLY),
    )
