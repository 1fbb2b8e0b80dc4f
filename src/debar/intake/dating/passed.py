# SPDX-License-Identifier: Apache-2.0
"""Mails within a mail: what stands in them is seen from the day on which they were sent, not from that of the outer one."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating.reckoning import as_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from debar.intake.dating.context import Scene, Told

_HEADER = re.compile(r"(?:^|[ >])(?:date|sent|datum|gesendet|fecha|enviado|envoy[ée]|data|inviato|skickat|sendt) ?: {0,3}(?:[a-zà-ÿ]{2,10},? )?$")  # fmt: skip
_OTHER_HEADER = re.compile(r"(?:^|[ >])(?:from|to|subject|cc|von|an|betreff|de|para|asunto|à|a|objet|da|oggetto|från|till|ämne) ?: ")  # fmt: skip
_WROTE = re.compile(r"[^!?>]{0,90}\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|skrev|napisał\(a\)|napisał) ?:")
_ON = re.compile(r"(?:^|[ >])(?:on|am|le|el|il|den|w dniu) (?:[a-zà-ÿ]{2,10}\.?,? )?$")
_REACH = 260
"""Characters beside the day of a mail in which its other headers stand."""
_LONGEST = 4000
"""Characters after which what is quoted with angles ends, so that work stays linear in the text."""
_REPLY = re.compile(r"\n[ \t\r]{0,8}\n(?![ \t]{0,6}>)")
"""Where what is quoted with angles ends: a line without one after an empty line."""


class Passed(NamedTuple):
    """What was sent on another day than the paper: from one offset to another."""

    start: int
    end: int
    sent: date


def passed_on(at: Scene, told: Sequence[Told]) -> tuple[Passed, ...]:
    """Give the mails within a paper, in order: each until the next begins, or until its quoted lines end."""
    if at.window is None:
        return ()
    found: list[Passed] = []
    for one in told:
        sent = as_day(one.answer.value) if one.words.year else None
        if sent is None or sent > at.window[1] or not (end := _head(at.low, one.words.start, one.words.end)):
            continue
        if found:
            found[-1] = found[-1]._replace(end=min(found[-1].end, one.words.start))
        found.append(Passed(end, _until(at.context.text or at.flat, end), sent))
    return tuple(found)


def _head(low: str, start: int, end: int) -> int:
    """Give where the head of a mail ends that bears a date; 0 where the date stands in none."""
    before = low[max(0, start - _REACH) : start]
    if _HEADER.search(before) and (_OTHER_HEADER.search(before) or _OTHER_HEADER.search(low, end, end + _REACH)):
        return end
    wrote = _WROTE.match(low, end) if _ON.search(before) else None
    return wrote.end() if wrote else 0


def _until(text: str, start: int) -> int:
    """Give where a mail ends that begins at an offset: that of the text, if its lines bear no angles."""
    if not text[start : start + 12].lstrip().startswith(">"):
        return len(text)
    most = min(len(text), start + _LONGEST)
    reply = _REPLY.search(text, start + 12, most)
    return reply.start() if reply else most


def scene_at(offset: int, at: Scene, passed: Sequence[Passed]) -> Scene:
    """Give what is known where an offset stands: within a mail, the day on which that was sent."""
    number = bisect_right(passed, offset, key=lambda one: one.start) - 1
    if number < 0 or offset >= passed[number].end:
        return at
    return at._replace(window=(passed[number].sent, passed[number].sent), sent="the mail")
