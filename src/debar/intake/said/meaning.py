# SPDX-License-Identifier: Apache-2.0
"""Whether a verb tells that something is said, by what stands around it: most verbs of saying have other meanings too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.said.grammar import CLAUSE, COMPLEMENTS, DETERMINERS, MARKS, PAIRS, POINTS_BACK, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.said.phrases import Words
    from debar.intake.said.words import Speech

_REJECTING = ("dismiss", "reject", "den")
_FIGURES = listed("cost costs number figure price total bill share date deadline damage losses value count toll")
"""What somebody puts at a figure."""
_JUDGING = listed(
    "calls called call finds found find considers considered consider deems deemed deem labels labelled labeled brands"
    " branded judges judged regards regarded regard views viewed sees saw see describes described describe"
)
_JUDGED = tuple(sorted(listed("ful able ible ary ous ive less ed al ic ate ent ant air ong ight")))
"""Ends of words by which something is judged: called the ban belated, finds the period inadequate."""
_JUDGED_WORDS = 3
_AHEAD = 9
"""Words in which what is said begins."""
_OBJECT = 6
"""Words of the object of a verb."""
_EARLY = 4
"""Words before the verb where a sentence begins with "about this writes"."""


def is_pointing_back(small: Sequence[str], at: int) -> bool:
    """Tell whether a sentence points to the one before it: "about this writes X"."""
    return at < _EARLY and not POINTS_BACK.isdisjoint(small[:at])


def is_said(sentence: Words, verb: str, place: tuple[int, int], speech: Speech) -> bool:
    """Tell whether something is said by a verb, and it does not mean something else here."""
    at, stop = place
    small = sentence.small
    if verb not in speech.say and verb not in speech.say_that:
        return False
    if (at and small[at - 1] in DETERMINERS - POINTS_BACK) or _is_something_else(small, verb, stop, speech):
        return False
    if verb in speech.say_that:
        is_noun = stop < len(small) and (small[stop] in speech.say or small[stop] in speech.say_that)  # reports state
        return not is_noun and (is_pointing_back(small, at) or has_complement(small, at, stop, speech))
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


def has_complement(small: Sequence[str], at: int, stop: int, speech: Speech) -> bool:
    """Tell whether what is said follows a verb that has other meanings too, or stands around it between commas."""
    if stop >= len(small):
        return at > 0
    is_around = at > 0 and (
        small[at - 1] in MARKS or small[at - 1] == "," or (small[0] in ("as", "how") and at < 2 * _EARLY)
    )
    is_between = at > 1 and not {",", "\u201d", '"'}.isdisjoint(small[max(0, at - _OBJECT) : at])
    calls_for = small[at].startswith("call") and "for" in small[stop : stop + 4]
    if is_around or calls_for or (is_between and small[stop] in MARKS | {",", ".", "citing"}):
        return True
    if small[at] in speech.say_whom:
        return "that" in small[stop : stop + _OBJECT + 1]
    ahead = small[stop : stop + _AHEAD]
    is_figured = "at" in ahead and not _FIGURES.isdisjoint(ahead)
    if small[at] in ("put", "puts") or (small[at] in _JUDGING and _is_judged(small, stop)):  # puts the date at
        return small[at] in _JUDGING or is_figured
    return small[stop] in COMPLEMENTS or "that" in ahead or ":" in ahead or not (MARKS - {"'"}).isdisjoint(ahead)


def _is_judged(small: Sequence[str], stop: int) -> bool:
    """Tell whether a verb judges something: "called the step unlawful", "finds the period too short", "sees it as theft"."""
    end = stop
    while end < len(small) and end - stop < _AHEAD and small[end][0].isalnum() and small[end] not in CLAUSE - {"as"}:
        end += 1
    said = small[stop:end]
    is_it = small[stop : stop + 1] in (("it",), ("him",), ("her",), ("them",))
    if is_it and len(said) > 1 and said[1].endswith(_JUDGED):
        return True
    if len(said) < _JUDGED_WORDS or small[stop] not in DETERMINERS | {"it", "him", "her", "them"}:
        return False
    return not {"too", "as"}.isdisjoint(said[1:]) or (len(said) > 2 and said[-1].endswith(_JUDGED))
