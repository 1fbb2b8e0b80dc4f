# SPDX-License-Identifier: Apache-2.0
"""Nouns of intake: papers, the statements in them, the stories they tell together, and the draft of a measure.

Offsets are code points in the text of a paper as decoded, half-open. Nothing here is established as true: a statement
is what a paper says, with the passage in which it says so.
"""

from debar.model.intake.papers import Paper, Passage, Published, Span
from debar.model.intake.readings import Changed, Chosen, Reading, Watched, Where
from debar.model.intake.statements import Proposal, Rejected, StatedDate, StatedNumber, Statement, Unexplained
from debar.model.intake.stories import Conflict, ConflictValue, Draft, DraftLine, Quote, Story

__all__ = [
    "Changed",
    "Chosen",
    "Conflict",
    "ConflictValue",
    "Draft",
    "DraftLine",
    "Paper",
    "Passage",
    "Proposal",
    "Published",
    "Quote",
    "Reading",
    "Rejected",
    "Span",
    "StatedDate",
    "StatedNumber",
    "Statement",
    "Story",
    "Unexplained",
    "Watched",
    "Where",
]
