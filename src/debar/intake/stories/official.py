# SPDX-License-Identifier: Apache-2.0
"""What official texts say on a conflict: those among the papers of the story, else the register, with the citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.stories import provisions
from debar.intake.stories.days import worded
from debar.model.vocab.statements import ConflictKind, PaperKind, StatedAct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.intake.examined import Examined
    from debar.model.intake import Conflict, Statement
    from debar.model.measures import Measure
    from debar.register import Register

_OFFICIAL = {PaperKind.OFFICIAL_TEXT: "official text", PaperKind.OFFICIAL_RELEASE: "official release"}
_LONGEST = 300
"""Characters of a passage that are shown."""
_MAKING = frozenset({StatedAct.ISSUE, StatedAct.ANNOUNCE})
_MADE_BY = frozenset(act for act in StatedAct if act in _MAKING or act.startswith("prohibit"))


def official(
    conflict: Conflict, statements: Mapping[str, Statement], examined: Sequence[Examined], measure: str, register: Register
) -> str:  # fmt: skip
    """Give what an official text says on a conflict; empty where none does.

    1. What an official paper of the story says itself, the text of the instrument before a release.
    2. What the register holds on it.
    """
    ids = dict.fromkeys(id_ for value in conflict.values for id_ in value.facts)
    members = [statements[id_] for id_ in ids]
    papers = {one.paper.id: one for one in examined if one.paper.kind in _OFFICIAL}
    for kind in _OFFICIAL:  # 1.
        said = [one for one in members if one.document in papers and papers[one.document].paper.kind is kind]
        if said:
            return "; ".join(sorted({_said(one, papers[one.document]) for one in said}))
    known = register.measures.get(measure)
    return _registered(conflict, {one.act for one in members}, known, register) if known else ""  # 2.


def _said(statement: Statement, one: Examined) -> str:
    """Give what an official paper says, in its own words."""
    span = statement.span
    passage = " ".join(one.paper.text[span.start : span.end].split())
    short = passage if len(passage) <= _LONGEST else passage[: _LONGEST - 1] + "…"
    day = f"{worded(statement.date)}: " if statement.date else ""
    return f"{day}“{short}” ({_OFFICIAL[one.paper.kind]}, {one.paper.title or one.paper.path})"


def _registered(conflict: Conflict, acts: set[StatedAct], measure: Measure, register: Register) -> str:
    """Give what the register says on the acts of a conflict."""
    if conflict.type is ConflictKind.PARTY:
        authority = register.authorities.get(measure.authority)
        return f"{authority.name} ({measure.cite})" if authority and acts & _MADE_BY else ""
    if acts & _MAKING and not acts - _MAKING:
        published = f", published {measure.published}" if measure.published else ""
        return f"issued {measure.issued}{published} ({measure.cite})"
    found = {one.id: one for act in sorted(acts) for one in provisions.on(act, measure)}
    return "; ".join(provisions.words(one, measure) for one in found.values())
