# SPDX-License-Identifier: Apache-2.0
"""What a form is filled for, and what an element of it is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.results import Result

if TYPE_CHECKING:
    from debar.model.measures import Measure
    from debar.model.results import Exposure, Obligation, Report
    from debar.register import Register


class Value(Result, frozen=True, kw_only=True):
    """One thing that evidence says."""

    text: str
    exposures: tuple[str, ...] = ()
    """Ids of the exposures that it is from."""
    source: str = ""
    """The file and place that it is from, or the part of the report."""


class Case(NamedTuple):
    """What a form is filled for."""

    report: Report
    register: Register
    measure: Measure
    contract: str
    exposures: tuple[Exposure, ...]
    """Those whose findings make the form due; without any, those of the parties that its provision names."""
    is_found: bool
    """There are such findings."""
    advised: tuple[Obligation, ...]
    """What of the report's obligations changes what is there, and is no paper."""
