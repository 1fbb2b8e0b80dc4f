# SPDX-License-Identifier: Apache-2.0
"""What a person has to look at in a story: the lines of its draft, and the dates that no statement explains.

A reading is complete when each of them has a choice. Nothing is taken over before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.model.vocab import Instrument
from debar.model.vocab.statements import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from debar.model.intake import Chosen, DraftLine, Reading, Story, Unexplained

    Choices = Mapping[tuple[str, str], Chosen]
    """What holds for (story, line)."""


_JURISDICTION = re.compile(r"[a-z]{2}(?:-[a-z0-9]{1,12})?")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 400
"""Characters of what somebody writes into a line."""
_STAGE, _SOURCES = "provisions", " (papers: "
"""How the place of a stage begins, and what its sentence says of papers."""
_OF_HEAD = "it tells of the measure as a whole: accept, edit or reject it"
_ONE_LINE = f"{{}} is one line of at most {LONGEST} characters"


class Item(NamedTuple):
    """One thing to look at."""

    story: str
    id: str
    text: str
    value: str
    line: DraftLine | None
    """The line of the draft; None for a date."""
    date: Unexplained | None


def items(reading: Reading, story: Story) -> tuple[Item, ...]:
    """Give what there is to look at in a story: lines first, then dates in the order of the papers."""
    lines = story.draft.lines if story.draft else ()
    own = frozenset(story.documents)
    return (
        *(Item(story.id, line.id, line.text, line.value, line, None) for line in lines),
        *(
            Item(story.id, date.id, f"a date that no statement explains: {date.text}", date.value, None, date)
            for date in reading.unexplained_dates
            if date.document in own
        ),
    )


def left(every: Sequence[Item], chosen: Choices) -> tuple[Item, ...]:
    """Give what nobody has decided yet."""
    return tuple(item for item in every if (item.story, item.id) not in chosen)


def called(item: Item) -> str:
    """Give what a person calls an item: a stage by its sentence, a part of the head by its name, a date by its value."""
    if item.line is None:
        return item.value or "?"
    return item.line.text.partition(_SOURCES)[0].rstrip(".") if item.line.path.startswith(_STAGE) else item.line.path


def fault(item: Item, choice: Choice, value: str) -> str:
    """Give why a choice cannot be made about an item; empty when it can."""
    if choice not in (Choice.ACCEPT, Choice.EDIT):
        is_head = item.line is not None and not item.line.path.startswith(_STAGE)
        return _OF_HEAD if is_head and choice is not Choice.REJECT else ""
    if item.date:
        return "a date by itself is no line of a measure: say not-a-fact, other-measure or reject"
    if choice is Choice.EDIT:
        return _misfit(item.line.path if item.line else "", value.strip())
    if not item.value:
        return "it has no value: edit it, or reject it"
    if misfit := _misfit(item.line.path if item.line else "", item.value):
        return f"{misfit}: edit it, or reject it"
    return ""


def name_fault(name: str) -> str:
    """Give why somebody cannot be called so; empty when it is a name on one line."""
    return "" if name and len(name) <= LONGEST and name.isprintable() else _ONE_LINE.format("a name")


def reason_fault(reason: str) -> str:
    """Give why something cannot be the reason of a choice; empty when it can, as it can be left out."""
    return "" if not reason or name_fault(reason) == "" else _ONE_LINE.format("a reason")


def worded(chosen: Chosen) -> str:
    """Give a choice in words: what, with which value, by whom, and why."""
    value = f" {chosen.value}" if chosen.value else ""
    return f"{chosen.choice}{value} by {chosen.by}{f': {chosen.reason}' if chosen.reason else ''}"


def _misfit(path: str, value: str) -> str:
    """Give why a value cannot stand in a line of a draft; empty where it can."""
    if not value:
        return "an edit needs the value that is right"
    if len(value) > LONGEST or not value.isprintable():
        return _ONE_LINE.format("a value")
    fits, what = _FITS.get("provisions" if path.startswith("provisions") else path, (str.isprintable, ""))
    return "" if fits(value) else f"{value!r} is no {what}"


def is_time(value: str) -> bool:
    """Tell whether a provision can begin or end then: on a day, or at an instant with its zone."""
    try:
        return bool(dates.parse(value))
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    return dates.is_date(value) and is_time(value)


_FITS: dict[str, tuple[Callable[[str], object], str]] = {
    "provisions": (is_time, "day such as 2024-07-20, and no instant with its zone such as 2024-07-20T00:00-04:00"),
    "issued": (_is_day, "day such as 2024-07-20, which a measure needs"),
    "jurisdiction": (_JURISDICTION.fullmatch, "jurisdiction such as us, eu or us-tx"),
    "authority": (_ID.fullmatch, "id of an authority such as us-bis"),
    "targets": (lambda value: any(c.isalnum() for c in value), "name of anybody"),
    "instrument": (lambda value: value in set(Instrument), f"kind of instrument: {', '.join(Instrument)}"),
}
"""What a value of a line must be, and how that is called."""
