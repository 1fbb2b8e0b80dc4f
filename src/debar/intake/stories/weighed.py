# SPDX-License-Identifier: Apache-2.0
"""A statement with what is needed for comparing it: its words, the days it means, whom and what it is about."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.flat import flat
from debar.intake.stories.days import Reach, Turn, published, turn
from debar.model.intake import ConflictValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debar.intake.examined import Examined
    from debar.model.intake import Paper, Statement
    from debar.model.lexicon import Words

LONGEST_PASSAGE = 2000
"""Characters of a passage that are looked at for its scope; the gate admits longer ones."""
_NARROWING = ("who", "network")
"""Dimensions of which a rule that names none means all."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+){0,4}")


class Weighed(NamedTuple):
    """A statement with what it comes to."""

    statement: Statement
    passage: str
    """Its words in small letters, spaces as one."""
    turn: Turn | None
    scopes: frozenset[tuple[str, str]]
    """Dimension and value: ("network", "core"), ("who", "public")."""
    named: frozenset[tuple[str, str]]
    """Those of them that its subject or object names, and not only words around."""
    written: Reach | None = None
    """The days on which its paper may have been published."""

    @property
    def document(self) -> str:
        """Give the paper that says so."""
        return self.statement.document


def weigh(statements: Iterable[Statement], examined: Sequence[Examined], lists: Sequence[Words]) -> tuple[Weighed, ...]:
    """Give the statements for comparing, in the order of papers and texts, whatever order they came in."""
    papers = {one.paper.id: one.paper for one in examined}
    scopes = scopes_of(lists)
    ordered = sorted(statements, key=lambda one: (one.document, one.span, one.id))
    return tuple(_weighed(one, papers.get(one.document), scopes) for one in ordered)


def scopes_of(lists: Sequence[Words]) -> dict[str, tuple[str, str]]:
    """Give what words say of a scope; `means` of such a list is written dimension:value."""
    found: dict[str, tuple[str, str]] = {}
    for one in lists:
        if one.purpose == "scope":
            dimension, _, value = one.means.partition(":")
            found |= dict.fromkeys(one.words, (dimension, value))
    return found


def _weighed(statement: Statement, paper: Paper | None, scopes: dict[str, tuple[str, str]]) -> Weighed:
    span = statement.span
    passage = words(paper.text[span.start : min(span.end, span.start + LONGEST_PASSAGE)]) if paper else ""
    # Subject and object tell whom and what an act is about; a passage may speak of others too.
    named = scoped(words(f"{statement.subject} . {statement.object}"), scopes)
    dimensions = {dimension for dimension, _ in named}
    around = {scope for scope in scoped(_unsaid(passage, statement), scopes) if scope[0] not in dimensions}
    written = published(paper.published) if paper else None
    return Weighed(statement, passage, turn(statement, passage), named | around, named, written)


def _unsaid(passage: str, statement: Statement) -> str:
    """Give a passage without the names of those who say so: "the ministry said" tells nothing of whom a rule binds."""
    for name in statement.said_by:
        if name:
            passage = passage.replace(words(name), " . ")
    return passage


def words(text: str) -> str:
    """Give a text in small letters with its typography plain and single spaces."""
    return " ".join(flat(text).casefold().split())


def scoped(passage: str, scopes: Mapping[str, tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Give what the words and pairs of words of a passage say of its scope."""
    found = [match.group() for match in _WORD.finditer(passage)]
    pairs = [f"{one} {two}" for one, two in pairwise(found)]
    return frozenset(scopes[word] for word in (*found, *pairs) if word in scopes)


def differ(one: Weighed, other: Weighed) -> bool:
    """Tell whether two statements are about different things: both say of what, and name nothing in common."""
    for dimension in {dimension for dimension, _ in one.scopes} & {dimension for dimension, _ in other.scopes}:
        if not any(scope in other.scopes for scope in one.scopes if scope[0] == dimension):
            return True
    return False


def is_narrower(one: Weighed, other: Weighed) -> bool:
    """Tell whether only one of two statements says of whom or of which part it speaks, and that is not everyone."""
    for dimension in _NARROWING:
        ours, theirs = ({value for known, value in said.scopes if known == dimension} for said in (one, other))
        if bool(ours) != bool(theirs) and "everyone" not in ours | theirs:
            return True
    return False


def value(reading: str, members: Iterable[Weighed]) -> ConflictValue:
    """Give one of the readings of a conflict, with the statements that have it in order."""
    return ConflictValue(value=reading, facts=tuple(dict.fromkeys(one.statement.id for one in members)))
