# SPDX-License-Identifier: Apache-2.0
"""Everything that was read, what people chose about it, and what changed since the last look."""

from __future__ import annotations

import msgspec

from debar.model.intake.papers import Paper
from debar.model.intake.statements import Rejected, Statement, Unexplained
from debar.model.intake.stories import Story
from debar.model.inventory import Skip
from debar.model.vocab.statements import Choice


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was read out of some papers."""

    schema: int
    debar: str
    register: str
    sha256: str
    """Digest of the register."""
    documents: tuple[Paper, ...] = ()
    facts: tuple[Statement, ...] = ()
    unexplained_dates: tuple[Unexplained, ...] = ()
    stories: tuple[Story, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    skips: tuple[Skip, ...] = ()
    """Files that could not be read."""
    notes: tuple[str, ...] = ()


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """One choice of a person, as the log keeps it."""

    story: str
    line: str
    """Id of a line of the draft, or of an unexplained date."""
    choice: Choice
    by: str
    at: str
    """When, as a UTC instant."""
    value: str = ""
    """Given with an edit."""
    reason: str = ""
    digest: str = ""
    """Of this choice and all before it."""


class Where(msgspec.Struct, frozen=True):
    """A passage in words, with the paper that has it."""

    document: str
    """Its way in the folder."""
    published: str = ""
    """The day of the paper, or the window in which it must lie; empty where nothing tells."""
    text: str = ""
    """The passage; empty for a paper as a whole."""


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is new, other or gone in a folder of papers."""

    kind: str
    """new, changed or gone."""
    what: str
    """paper, story, statement, line of the draft, conflict, date to explain."""
    story: str = ""
    """supplier/jurisdiction."""
    text: str = ""
    before: str = ""
    """What it was, where it changed."""
    passages: tuple[Where, ...] = ()
    """Where papers say so: of a conflict one for each reading; of what is gone, where they did."""


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What changed in a folder since it was last looked at."""

    schema: int
    debar: str
    register: str
    is_first: bool
    """Nothing was kept of an earlier look."""
    changes: tuple[Changed, ...] = ()
    skips: tuple[Skip, ...] = ()
