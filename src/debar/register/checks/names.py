# SPDX-License-Identifier: Apache-2.0
"""Ids and references: every name has the form of a name, stands once, and leads somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar import dates
from debar.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.register import Register

ID = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*")


def forms(register: Register) -> Iterator[str]:
    """Yield a fault for each id that has not the form of one, or stands twice."""
    groups: dict[str, Iterable[str]] = {
        "authority": register.authorities,
        "calendar": register.calendars,
        "party": register.parties,
        "document": register.documents,
        "measure": register.measures,
        "indicator": [i.id for i in register.indicators],
        "layout": [layout.id for layout in register.layouts],
    }
    for what, ids in groups.items():
        yield from (f"{what} {fault}" for fault in twice(ids))
        yield from (f"{what} {id_!r}: {form}" for id_ in ids if (form := fault_of_form(id_)))


def fault_of_form(id_: str) -> str:
    """Give what is wrong with the form of an id, or nothing."""
    return "" if ID.fullmatch(id_) else "an id is lower-case words joined by - or ."


def twice(ids: Iterable[str]) -> Iterator[str]:
    """Yield a fault for each id that stands more than once."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            yield f"{id_!r} stands twice"
        seen.add(id_)


def missing(what: str, id_: str, known: Iterable[str]) -> str:
    """Give the fault of a reference that leads nowhere."""
    return f"{what} {id_!r} is not in the register{did_you_mean(id_, list(known))}"


def authorities(register: Register) -> Iterator[str]:
    """Yield a fault for each authority without a real zone or calendar."""
    for authority in register.authorities.values():
        place = f"register/authorities/{authority.id}.yaml:1"
        try:
            dates.zone(authority.zone)
        except ValueError as e:
            yield f"{place}: {e}"
        if authority.calendar and authority.calendar not in register.calendars:
            yield f"{place}: {missing('calendar', authority.calendar, register.calendars)}"


def provisions(register: Register) -> set[str]:
    """Give every provision as measure#provision."""
    return {f"{m.id}#{p.id}" for m in register.measures.values() for p in m.provisions}
