# SPDX-License-Identifier: Apache-2.0
"""The plan of a removal: waves of steps, what would be bare without them, and what would be late."""

from __future__ import annotations

import msgspec

from debar.model.measures import Organisation
from debar.model.results.found import Result
from debar.model.results.protection import Protection
from debar.model.results.report import Program, RegisterVersion
from debar.model.vocab import Force, Grade, Shelter, Task


class Step(Result, frozen=True, kw_only=True):
    """One thing to do on one asset."""

    id: str
    asset: str
    action: Task
    what: str
    """In words, of the asset as "it", so that what is alike reads alike."""
    after: tuple[str, ...]
    """Ids of steps that come before it, on the same day or earlier."""
    why: str
    on: str
    """Day on which it is planned."""
    due: str
    """Last day on which it is in time; empty where no date is known."""
    owner: str
    """Who does it, where an obligation names somebody."""
    force: Force | None
    """How strongly the law asks for it; null for a step that only serves another."""
    exposures: tuple[str, ...]
    """Ids of the exposures that it settles; each stands in one step."""


class Wave(Result, frozen=True, kw_only=True):
    """Steps that belong together: what is due at the same time, and what can be done without waiting for the rest of it."""

    no: int
    title: str
    begins: str = msgspec.field(name="from")
    until: str
    due: str
    assets: int
    steps: tuple[Step, ...]


class Unprotected(Result, frozen=True, kw_only=True):
    """A machine that would be left bare, were its product removed on the first day."""

    asset: str
    products: tuple[str, ...]
    """What protects it now and goes, as people call it."""
    shelter: Shelter
    why: str
    others: tuple[Protection, ...]
    """Other products there, none of which is known to protect it."""


class Covered(Result, frozen=True, kw_only=True):
    """A machine on which another product reports healthy."""

    asset: str
    by: Protection


class Late(Result, frozen=True, kw_only=True):
    """An asset whose exposures are not settled by the day on which that is due."""

    asset: str
    exposures: tuple[str, ...]
    due: str
    done: str
    """Day on which the last of them is settled by this plan."""
    days: int
    force: Force


class Kept(Result, frozen=True, kw_only=True):
    """An exposure that no step settles, with the reason."""

    exposure: str
    asset: str
    what: str
    """What is kept, as people call it."""
    why: str


class Starved(Result, frozen=True, kw_only=True):
    """A product that gets no updates any more."""

    party: str
    product: str
    name: str
    since: str
    """First day on which updates were not available."""
    days: int
    """From then to the day on which the plan begins."""
    assets: tuple[str, ...]
    provision: str
    grade: Grade


class Residue(Result, frozen=True, kw_only=True):
    """One thing to look for after the removal of a product."""

    product: str
    kind: str
    look: str
    grade: Grade
    references: tuple[str, ...]


class Simulated(Result, frozen=True, kw_only=True):
    """What would become of the plan with another capacity."""

    capacity: int | None
    """Visits of machines on one working day; null for as many as there are."""
    late: int
    """Assets that are late."""
    days_late: int
    """Days by which the latest of them is."""
    until: str
    """Day of the last visit."""


class Answer(Result, frozen=True, kw_only=True):
    """What a plan says to one element that a law wants in it."""

    id: str
    asks: str
    says: tuple[str, ...]
    """From the evidence; empty where it has nothing."""
    missing: str
    """Who must fill it in, and with what, where the evidence does not."""


class Template(Result, frozen=True, kw_only=True):
    """The elements that a law wants in a plan."""

    form: str
    title: str
    cite: str
    demanded: bool
    """The law demands it of the organisation; otherwise it serves as a list of what a plan should hold."""
    grade: Grade
    elements: tuple[Answer, ...]


class Plan(Result, frozen=True, kw_only=True):
    """In which order what must go goes, so that nothing stands bare and the dates are kept."""

    schema: int
    program: Program
    register: RegisterVersion
    organisation: Organisation
    as_of: str
    begins: str
    deadline: str
    """Day that was asked for; empty when only the law's count."""
    capacity: int | None
    calendar: str
    """Which days count as working days."""
    healthy_within: int
    """Days within which a product must have reported healthy to count."""
    names: dict[str, str]
    waves: tuple[Wave, ...]
    unprotected: tuple[Unprotected, ...]
    covered: tuple[Covered, ...]
    late: tuple[Late, ...]
    kept: tuple[Kept, ...]
    without_updates: tuple[Starved, ...]
    residue: tuple[Residue, ...]
    simulated: tuple[Simulated, ...]
    least: Simulated | None
    """The smallest capacity with which no more is late than with any; null when nothing has to be visited."""
    templates: tuple[Template, ...]
    notes: tuple[str, ...]
