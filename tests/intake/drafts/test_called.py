# SPDX-License-Identifier: Apache-2.0
"""Promises on how items of a review are called in what a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.drafts import reviewing
from debar.intake.reading import read

if TYPE_CHECKING:
    from debar.register import Register

PAPER = b"""Norway bars DJI from police

Oslo, 4 May 2026

The police in Norway may not use drones of DJI from 1 June 2026, the ministry of justice said. The list was seen on 2 May 2026 by us.
"""


def test_stages_are_called_by_what_they_say(register: Register) -> None:
    """A stage is called by its sentence, never by its place in a list; the head of a measure by its name."""
    found = read([("01.txt", PAPER)], register)
    items = reviewing.items(found, found.stories[0])
    names = [reviewing.called(one) for one in items]
    assert not [name for name in names if "[" in name or "papers:" in name]
    assert any(name.startswith("Whoever it binds must not") for name in names)
    assert "issued" in names or "title" in names
    dates = [one for one in items if one.date]
    assert [reviewing.called(one) for one in dates] == [one.value or "?" for one in dates]
