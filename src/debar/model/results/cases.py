# SPDX-License-Identifier: Apache-2.0
"""Worked examples and what they expect."""

from __future__ import annotations

import msgspec

from debar.model.results.found import Result
from debar.model.vocab import Act, Category, Meaning, Status


class Expectation(Result, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a worked case expects of one act."""

    position: Status
    """On the day asked about."""
    provision: str = ""
    """measure#provision of a finding that must be there ..."""
    status: Status | None = None
    """... with this final status,"""
    since: str = ""
    until: str = ""
    exemption: str = ""
    """... taken out by this exemption,"""
    waiver: str = ""
    """... or by this waiver,"""
    missing: str = ""
    """... and asking this condition."""
    absent: tuple[str, ...] = ()
    """measure#provision that must not yield a finding for the act."""


class CaseExposure(Result, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The exposure a case is about; without a party and an origin it is about what is owed whatever was found."""

    party: str = ""
    product: str = ""
    meaning: Meaning = Meaning.INSTALLED
    origin: str = ""
    """Country of production, for a product of no party of the register ..."""
    categories: tuple[Category, ...] = ()
    """... and what it is for."""


class Case(Result, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worked example of a measure, written so that a lawyer can read it."""

    case: str
    as_of: str
    known_on: str = ""
    organisation: str
    """As on the command line: us/company."""
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    exposure: CaseExposure
    expect: dict[Act, Expectation]
    query: str = ""
    """Number of the acceptance query it answers, if any."""
