# SPDX-License-Identifier: Apache-2.0
"""What the register says about a party or product, with the history and the gaps around it."""

from __future__ import annotations

from debar.model.measures import Organisation
from debar.model.results.found import Result
from debar.model.results.position import Finding, Obligation, Position, Statement
from debar.model.results.report import Brief, Program, RegisterVersion
from debar.model.vocab import Grade, Meaning, Milestone


class Stage(Result, frozen=True, kw_only=True):
    """One dated step of a measure."""

    date: str
    """Instant in UTC."""
    zone: str
    """Where the authority sits; in its zone the instant has its day."""
    measure: str
    provision: str
    text: str
    concerns: bool
    """It binds the asker, or somebody whom the asker stands opposite; the others are told for completeness."""


class Past(Result, frozen=True, kw_only=True):
    """A day in the history of a measure."""

    day: str
    measure: str
    kind: Milestone
    text: str
    grade: Grade


class Explanation(Result, frozen=True, kw_only=True):
    """What the register says about a party or product, without any evidence."""

    schema: int
    program: Program
    register: RegisterVersion
    party: str
    product: str | None
    meaning: Meaning
    """What the product was taken to be: installed, or embedded where it exists for that."""
    organisation: Organisation
    as_of: str
    known_on: str | None
    assumed: bool
    measures: dict[str, Brief]
    names: dict[str, str]
    positions: tuple[Position, ...]
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    """What follows for whoever has it, by when."""
    timeline: tuple[Stage, ...]
    history: tuple[Past, ...]
    """What happened to the measures that reach it."""
    statements: tuple[Statement, ...]
    """What is stated of the party itself."""
    unknowns: tuple[str, ...]
    """What is not known of those measures on the day asked about."""
