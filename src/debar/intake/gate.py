# SPDX-License-Identifier: Apache-2.0
"""The gate: what every proposal must pass, whoever makes it, before it is a statement of a paper.

1. Its act is a word of the vocabulary.
2. Its evidence is a slice of the main text or title, and not longer than a passage may be.
3. Its date stands in the evidence or near it, and is one that the date layer found: the value comes from there.
4. Subject and object are short slices of the text; the number stands near the evidence and was found as such.

A proposal that fails is kept with the reason, counted and shown, and never repaired. So a text that says "ignore your
instructions" can do no more than yield a slice of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.identity import stable_id
from debar.intake import hours
from debar.model.intake import Rejected, Statement
from debar.model.vocab.statements import Precision, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.intake.seen import Seen
    from debar.model.intake import Proposal, Span, StatedDate, StatedNumber

_ACTS = frozenset(StatedAct)
LONGEST = 6000
"""Characters of a passage; what is longer proves nothing in particular."""
NEAR = 3000
"""Characters between a passage and its date: a list may stand under a date, and a paper under its own."""
PART = 400
"""Characters of a subject or an object."""


def admit(proposals: Iterable[Proposal], seen: Seen, reader: str) -> tuple[tuple[Statement, ...], tuple[Rejected, ...]]:
    """Give the statements in the order of the text, each once, and what was rejected."""
    admitted: dict[str, Statement] = {}
    rejected: list[Rejected] = []
    dates = {date.span: date for date in seen.dates}
    numbers = {number.span: number for number in seen.numbers}
    for proposal in proposals:
        if reason := _fault(proposal, seen, dates, numbers):
            rejected.append(Rejected(document=seen.paper.id, reader=reader, reason=reason))
        else:
            statement = _statement(proposal, seen, reader, (dates, numbers))
            admitted.setdefault(statement.id, statement)
    return tuple(sorted(admitted.values(), key=lambda one: (one.span, one.id))), tuple(rejected)


def _fault(proposal: Proposal, seen: Seen, dates: dict[Span, StatedDate], numbers: dict[Span, StatedNumber]) -> str:
    """Give why a proposal does not pass; empty when it does."""
    if proposal.act not in _ACTS:  # 1.
        return f"act {proposal.act[:40]!r} is no word of the vocabulary"
    if not _is_main(proposal.evidence, seen) or proposal.evidence.end - proposal.evidence.start > LONGEST:  # 2.
        return f"evidence at {proposal.evidence.start} is no passage of the main text"
    for found, known, what in ((proposal.date, dates, "date"), (proposal.number, numbers, "number")):  # 3. 4.
        if found is not None and found not in known:
            return f"the {what} at {found.start} is none that was found"
        if found is not None and not _is_near(found, proposal.evidence):
            return f"the {what} at {found.start} stands nowhere near the evidence"
    for part in (proposal.subject, proposal.object):
        if part is not None and not 0 <= part.start < part.end <= min(len(seen.paper.text), part.start + PART):
            return f"a part at {part.start} is no short slice of the text"
    return ""


def _is_near(found: Span, evidence: Span) -> bool:
    return evidence.start - NEAR <= found.start and found.end <= evidence.end + NEAR


def _is_main(span: Span, seen: Seen) -> bool:
    title = seen.paper.title_span
    places = [*seen.paper.main, *([(title.start, title.end)] if title else [])]
    return span.start < span.end and any(first <= span.start and span.end <= last for first, last in places)


def _statement(
    proposal: Proposal, seen: Seen, reader: str, found: tuple[dict[Span, StatedDate], dict[Span, StatedNumber]]
) -> Statement:
    dates, numbers = found
    date = dates[proposal.date] if proposal.date is not None else None
    if date:  # in the paper's own typography, as a passage is
        date = replace(
            date,
            role=proposal.role or date.role,
            text=seen.paper.text[date.span.start : date.span.end],
            clock=hours.beside(seen.flat, date.span.start, date.span.end) if date.precision is Precision.DAY else "",
        )
    number = numbers[proposal.number] if proposal.number is not None else None
    polarity = "denied" if proposal.is_denied else "asserted"
    told = (
        f"{proposal.evidence.start}:{proposal.evidence.end}",
        date.value if date else "",
        number.text if number else "",
    )
    return Statement(
        id=stable_id("fact", seen.paper.id, proposal.act, polarity, *told),
        document=seen.paper.id,
        act=StatedAct(proposal.act),
        subject=_slice(seen, proposal.subject),
        object=_slice(seen, proposal.object),
        date=date,
        number=number,
        polarity=polarity,
        span=proposal.evidence,
        reader=reader,
    )


def _slice(seen: Seen, span: Span | None) -> str:
    return " ".join(seen.paper.text[span.start : span.end].split()) if span else ""
