# SPDX-License-Identifier: Apache-2.0
"""What a date is for its act, where the words beside the date do not say it alone.

The same words mean several things: a trade that ends on a day is told of that day, a duty that ends on it is due by it, and
in a row of a table no word stands beside the date at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.acts import columns, weighing
from debar.model.vocab.statements import DateRole, Precision, StatedAct

if TYPE_CHECKING:
    from debar.intake.acts.found import Read
    from debar.intake.seen import Seen
    from debar.model.intake import StatedDate

_BEGINS = re.compile(
    r"\b(?:begin|begins|beginning|start|starts|starting|commence|commences|commencing)(?: (?:on|at|in))?(?: the)? ?$"
)
"""What begins on a day holds from it."""
_HAS_UNTIL = re.compile(r"\b(?:have|has|had|given|gave|gives|get|gets|got)\b[^.;]{0,60}\b(?:until|till) $")
"""Who has until a day may use that day: it is no other way to say "by"."""
_OPENS = re.compile(r"\b(?:opens?|opened|opening)(?: on)?(?: the)? $")
_CLOSES = re.compile(r"\b(?:close|closes|closed|closing|shuts?|ends?|ended|due|deadline)\b")
"""Comments open from a day; those that close on a day are due by it."""
_ENDS = re.compile(r"\b(?:ends?|ended|ending|expir(?:e|es|ed|ing))(?: (?:on|in|at))?(?: the)? $")
_HAPPENING = ("supplier", "background")
_ALLOWING = ("permit", "exempt")
_BARE = re.compile(r"(?:^|[.:;|(\u2022*\u2013\u2014-]|\bor|\bthat's|\bthat is|\bi\.e\.,?) {0,80}$")
"""What stands before a date that no preposition governs."""
_BACK = re.compile(r"\b(?:earlier|ago|before|last|since)\b", re.IGNORECASE)
"""What lies behind, whatever day it comes to."""
_THAT_IS = re.compile(
    r"[^.;:()]{0,40}(?:, (?:(?:that is|that means|i\.e\.|namely|or|so)(?: to say)?,? )?(?:on|until|till|by|from|before)?"
    r"|that is,? (?:until|till|by|from|before))(?: the)? ?"
)
"""What parts a time from the same told as a day: has 60 days, that is until."""
_AT_ONCE = frozenset(
    {StatedAct.REQUIRE_REPORT, StatedAct.REQUIRE_CERTIFY, StatedAct.SUPPLIER_CONTEST, StatedAct.SUPPLIER_LAYOFF}
)
"""Acts that nobody goes on with: translations that put them "until" a day mean by it."""
_TURNING = frozenset({StatedAct.DENY, StatedAct.REVOKE, StatedAct.SUSPEND})
"""Acts that are done once, and hold from a day where the words say so."""


def role(read: Read, seen: Seen, act: StatedAct, date: StatedDate) -> DateRole | None:
    """Give the role of a date for its act, where it differs from how the date alone reads.

    1. What begins on a day, and what somebody has until one.
    2. The same day told once more beside it, in words that say more: "has 60 days, that is until 9 September".
    3. A day on which something ends.
    4. A day in a table, of which the head of its column tells.
    5. A day still to come, without any word before it: a ban holds from it, and a duty ends with it.
    """
    before = read.low[: date.span.start - read.sentence.start]
    if date.role is DateRole.ON and _BEGINS.search(before):  # 1.
        return DateRole.FROM
    if date.role is DateRole.UNTIL and _HAS_UNTIL.search(before):
        return None
    if date.role is DateRole.ON and act is StatedAct.CONSULT and _OPENS.search(before):
        return DateRole.FROM
    if date.role is DateRole.ON and act is StatedAct.CONSULT and _CLOSES.search(read.low):
        return DateRole.BY
    stated = _told_again(read, date) or _as_end(before, read, act, date)  # 2. 3.
    if stated is DateRole.ON and (head := columns.role_of(seen.paper.text, date.span.start)):  # 4.
        return head
    if stated is DateRole.ON and _is_bare(before, date, seen):  # 5.
        stated = _when_bare(act)
    found = _of_act(act, stated, date.precision)
    return None if found is date.role else found


def _told_again(read: Read, date: StatedDate) -> DateRole | None:
    """Give the role of the same day, told once more in words that say more."""
    end = date.span.end - read.sentence.start
    for place in read.places:
        is_same = place.date.value == date.value and place.date.role in (DateRole.BY, DateRole.UNTIL)
        if is_same and place.start > end and _THAT_IS.fullmatch(read.low, end, place.start):
            return place.date.role
    return None


def _as_end(before: str, read: Read, act: StatedAct, date: StatedDate) -> DateRole:
    """Give what the end of something is: of a duty the day by which, of a permission until when, of a trade a day."""
    if date.role is DateRole.UNTIL and _ENDS.search(before):
        return DateRole.BY if act.startswith("require") else DateRole.ON if act.startswith(_HAPPENING) else date.role
    if date.role is DateRole.BY and act.startswith(_ALLOWING) and "last day" in read.low:
        return DateRole.UNTIL
    return date.role


def _is_bare(before: str, date: StatedDate, seen: Seen) -> bool:
    """Tell whether a day after publication stands without a word that says what it is."""
    published = seen.paper.published
    last = published.value or published.latest
    is_to_come = bool(last) and date.value[: len(last)] > last
    return is_to_come and bool(_BARE.search(before)) and not _BACK.search(date.text)


def _when_bare(act: StatedAct) -> DateRole:
    if act.startswith("prohibit") or act is StatedAct.REQUIRE_BLOCK:
        return DateRole.FROM
    return DateRole.BY if act.startswith("require") else DateRole.ON


def _of_act(act: StatedAct, stated: DateRole, precision: Precision) -> DateRole:
    """Give the role that goes with an act.

    What takes effect on a day holds from it; a deadline "on" a day is by it; what "dates from" a day happened on it. What
    lasts until a day does; a report is handed in by it.
    """
    if stated is DateRole.ON and (act is StatedAct.EFFECTIVE or act.startswith("permit")):
        return DateRole.FROM
    if stated is DateRole.ON and precision is Precision.MODEL_YEAR and act.startswith(weighing.LASTING):
        return DateRole.FROM
    if stated is DateRole.ON and act is StatedAct.COMPLY_DEADLINE:
        return DateRole.BY
    if stated is DateRole.FROM and weighing.is_once(act) and act not in _TURNING:
        return DateRole.ON
    if stated is DateRole.UNTIL and act in _AT_ONCE:
        return DateRole.BY
    return stated
