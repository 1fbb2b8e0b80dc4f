# SPDX-License-Identifier: Apache-2.0
"""A group of papers to a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.identity import stable_id
from debar.intake.drafts import drafting
from debar.intake.said import clusters
from debar.intake.stories import against, binding, conflicts, lending
from debar.intake.stories import missing as gaps
from debar.intake.stories.beside import WHY, is_beside
from debar.model.intake import Story

if TYPE_CHECKING:
    from debar.intake.examined import Examined
    from debar.intake.mentions.names import Gazetteer
    from debar.intake.stories.grouping import Group
    from debar.model.intake import Statement
    from debar.register import Register


class Told(NamedTuple):
    """A story, and its papers with their statements as the story makes them."""

    story: Story
    papers: tuple[Examined, ...]


def tell(group: Group, gazetteer: Gazetteer, register: Register, ordinal: int = 0) -> Told:
    """Give the story that a group of papers tells; `ordinal` tells groups of one supplier and jurisdiction apart.

    1. Papers lend each other years and days.
    2. Each statement is bound to a measure, and held against the register.
    3. Utterances that are one, and papers that repeat one another, are put together.
    4. What papers disagree on, and what none of them gives.
    5. The draft.
    """
    group = group._replace(papers=lending.lent(group, gazetteer))  # 1.
    measure = binding.measure(group, register)
    at_home = binding.homes(group)
    papers = tuple(
        _compared(binding.bound(group, one, register, measure, at_home), measure, register) for one in group.papers
    )  # 2.
    statements = [statement for one in papers for statement in one.statements]
    own = [one for one in statements if _is_own(one, group, measure)]
    dates = {one.paper.id: binding.open_dates(group, one, measure, at_home) for one in papers}
    copies = clusters.copies(papers)  # 3.
    story = Story(
        id=_id(group, ordinal),
        title=_title(papers),
        supplier=group.supplier,
        jurisdiction=group.jurisdiction,
        measure=measure,
        documents=tuple(one.paper.id for one in papers),
        origins=clusters.origins(papers, copies),
        copies=copies,
        quotes=clusters.clusters(papers, gazetteer.lexicon),
        conflicts=conflicts.conflicts(own, papers, measure, register, dates),  # 4.
        missing=gaps.missing(own, papers, measure, register),
        facts=tuple(one.id for one in own),
        others=tuple(one.id for one in statements if not _is_own(one, group, measure)),
    )
    if all(is_beside(one.paper) for one in papers):
        return Told(replace(story, conflicts=(), missing=(WHY,)), papers)
    return Told(replace(story, draft=drafting.draft(story, own, papers, register)), papers)  # 5.


def _compared(one: Examined, measure: str, register: Register) -> Examined:
    return one._replace(statements=tuple(against.compared(said, measure, register) for said in one.statements))


def _is_own(statement: Statement, group: Group, measure: str) -> bool:
    """Tell whether a statement is about the measure of its story; one that names none is."""
    return statement.measure in ("", measure, f"{group.jurisdiction}/{group.supplier}")


def _id(group: Group, ordinal: int) -> str:
    """Give an id that stays when another paper joins the story, so that what was decided about its lines stays too."""
    if group.supplier and group.jurisdiction:
        return stable_id("story", group.supplier, group.jurisdiction, str(ordinal))
    return stable_id("story", group.supplier, group.jurisdiction, *sorted(one.paper.id for one in group.papers))


def _title(papers: tuple[Examined, ...]) -> str:
    """Give the title of the first paper that has one."""
    return next((one.paper.title for one in papers if one.paper.title), "")
