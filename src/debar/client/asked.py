# SPDX-License-Identifier: Apache-2.0
"""What can be asked of lists, as the API names it: keyword arguments of the methods of the client, checked by type checkers.

A test compares each with the operation that it belongs to, so none lacks what the service takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

Words = str | Sequence[str]
"""One value, or several of which any will do."""


class Days(TypedDict, total=False):
    """About which day, and with whose knowledge."""

    as_of: str
    """Day or instant; today where none is named."""
    known_on: str
    """Day after which nothing was known; everything that is known where none is named."""


class Pages(TypedDict, total=False):
    """How a list comes; it is walked to its end in any case."""

    page_size: int
    """Rows that are sent at once."""


class DaysPages(Days, Pages, total=False):
    """Of a list about a day."""


class ExposuresNarrowed(DaysPages, total=False):
    """Which exposures."""

    status: Words
    act: str
    party: str
    product: str
    measure: str
    measure_says: Words
    asset: str
    pattern: str
    meaning: Words
    level: int
    due_before: str
    obligation: str
    decision: str
    words: str
    aside: bool


class ExposuresAsked(ExposuresNarrowed, total=False):
    """Which exposures, in which order."""

    sort: str


class AssetsAsked(DaysPages, total=False):
    """Which assets."""

    words: str
    pattern: str
    status: Words
    exposed: bool
    gaps: bool
    medium: str
    looked: str
    sort: str


class PartiesAsked(DaysPages, total=False):
    """Which parties."""

    words: str
    status: Words
    measure: str
    sort: str


class MeasuresAsked(DaysPages, total=False):
    """Which measures."""

    words: str
    status: Words
    jurisdiction: str
    party: str
    sort: str


class ObligationsAsked(DaysPages, total=False):
    """Which obligations."""

    state: Words
    force: str
    owner: str
    measure: str
    due_before: str
    words: str
    sort: str


class DecisionsAsked(DaysPages, total=False):
    """Which requests for decisions."""

    state: Words
    standing: Words
    verdict: str
    requester: str
    exposure: str
    measure: str
    expires_before: str
    words: str
    sort: str


class RecordsAsked(DaysPages, total=False):
    """Which records."""

    measure: str
    exposure: str
    state: str
    words: str


class SourcesAsked(DaysPages, total=False):
    """Which sources."""

    words: str
    faulty: bool


class UploadsAsked(Pages, total=False):
    """Which uploads."""

    words: str
    state: Words
    is_removed: bool


class JobsAsked(Pages, total=False):
    """Which jobs."""

    kind: str
    state: Words


class PapersAsked(Pages, total=False):
    """Which papers."""

    words: str


class MessagesAsked(Pages, total=False):
    """Which messages."""

    hook: str


class ChangesAsked(Pages, total=False):
    """Which changes of an audit log."""

    by: str
    action: str
    about: str
    words: str
    since: str
    until: str


class NamesAsked(TypedDict, total=False):
    """How names are compared."""

    limit: int
    threshold: float
    cutoff: float
    algorithm: str
