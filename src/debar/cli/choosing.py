# SPDX-License-Identifier: Apache-2.0
"""Asking a person about lines of a draft and dates of papers, one after the other, each with what stands behind it."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Literal

from debar import dates
from debar.cli.replacing import alone
from debar.model.intake import Chosen, Span
from debar.model.vocab.statements import Choice
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from debar.intake.drafts.reviewing import Item
    from debar.model.intake import Reading, Story

KEYS = {
    "a": Choice.ACCEPT,
    "r": Choice.REJECT,
    "e": Choice.EDIT,
    "n": Choice.NOT_A_FACT,
    "o": Choice.OTHER_MEASURE,
}
_OF_STAGES = "[a]ccept [r]eject [e]dit [n]ot a fact [o]ther measure [s]kip [b]ack [q]uit: "
_OF_HEAD = "[a]ccept [r]eject [e]dit [s]kip [b]ack [q]uit: "
_OF_DATES = "[n]ot a fact [o]ther measure [r]eject [s]kip [b]ack [q]uit: "
_WHY = "why (Enter for no reason): "
_ROOM, _LONGEST = 90, 500
"""Characters around a date, and of a passage."""
_NARROW = 40
"""Columns below which words are broken rather than lines wrapped."""


def go_through(reading: Reading, story: Story, log: Path, by: str, ask: Callable[[str], str] = input) -> bool:
    """Ask about everything in a story that has no choice, keep each answer, and tell whether to go on."""
    from debar.intake.drafts import choices, reviewing

    every = reviewing.items(reading, story)
    kept = choices.newest(choices.read(log))
    left = reviewing.left(every, kept)
    if left:
        say("")
        about = f"{story.supplier or 'no supplier named'} / {story.jurisdiction or 'nowhere named'}: {story.title}"
        for line in _wrapped(about):
            say(line)
    at = 0
    while at < len(left):
        say(f"\n({at + 1} of {len(left)})")
        for told in shown(left[at], reading, story):
            for line in _wrapped(told):
                say(line)
        if before := kept.get((story.id, left[at].id)):
            for line in _wrapped(f"    chosen: {reviewing.worded(before)}"):
                say(line)
        try:
            made = _asked(left[at], by, ask)
        except (EOFError, KeyboardInterrupt):
            say("")
            return False
        if made == "b":  # what is chosen there now takes the place of what was
            at = max(0, at - 1)
            continue
        if isinstance(made, Chosen):
            with alone(log):
                choices.add(log, [made])
            kept[story.id, made.line] = made
        at += 1
    return True


def _asked(item: Item, by: str, ask: Callable[[str], str]) -> Chosen | Literal["s", "b"]:
    """Give the choice about an item, or that it is left for later, or that the one before is meant. EOFError ends the review."""
    from debar.intake.drafts import reviewing

    prompt = _OF_DATES if item.date else _OF_STAGES if _is_stage(item) else _OF_HEAD
    while True:
        word = ask(prompt).strip().lower()[:1]
        if word == "q":
            raise EOFError
        if word == "s":
            return "s"
        if word == "b":
            return "b"
        if word not in KEYS:
            continue
        value = ask("right value: ").strip() if KEYS[word] is Choice.EDIT else ""
        if fault := reviewing.fault(item, KEYS[word], value):
            say(f"  {fault}")
            continue
        reason = "" if KEYS[word] is Choice.ACCEPT else _reason(ask)
        return Chosen(
            story=item.story, line=item.id, choice=KEYS[word], by=by, at=dates.present(), value=value, reason=reason
        )


def _reason(ask: Callable[[str], str]) -> str:
    """Give why somebody chose so; whatever is taken over as it stands needs no reason, and nothing must have one."""
    from debar.intake.drafts import reviewing

    while fault := reviewing.reason_fault(said := ask(_WHY).strip()):
        say(f"  {fault}")
    return said


def _is_stage(item: Item) -> bool:
    return item.line is not None and item.line.path.startswith("provisions")


def shown(item: Item, reading: Reading, story: Story) -> Iterator[str]:
    """Yield what a person needs to decide about an item: its passages, other readings, conflicts."""
    value = item.value or "(open)"
    yield f"{item.line.path}: {value}  ({item.text})" if item.line and not _is_stage(item) else f"{value}  {item.text}"
    names = {paper.id: paper.path for paper in reading.documents}
    texts = {paper.id: paper.text for paper in reading.documents}
    facts = {fact.id: fact for fact in reading.facts}
    for fact in (facts[id_] for id_ in (item.line.facts if item.line else ()) if id_ in facts):
        by = f", {' via '.join(fact.said_by)}" if fact.said_by else ""
        yield f"    {names[fact.document]}{by}: {_passage(texts[fact.document], fact.span)}"
    for passage in item.line.passages if item.line else ():
        words = _passage(texts[passage.document], Span(passage.start, passage.end))
        yield f"    {names[passage.document]}: {words}"
    if item.date:
        yield f"    {names[item.date.document]}: {_passage(texts[item.date.document], item.date.span, _ROOM)}"
    for other in item.line.alternatives if item.line else ():
        yield f"    others: {other}"
    for conflict in (story.conflicts[at] for at in (item.line.conflicts if item.line else ())):
        yield f"    conflict ({conflict.severity}): {conflict.topic}: {' | '.join(one.value for one in conflict.values)}"
        if conflict.official:
            yield f"        official: {conflict.official}"


def _passage(text: str, span: Span, room: int = 0) -> str:
    words = " ".join(text[max(0, span.start - room) : span.end + room].split())
    return f"...{words if len(words) <= _LONGEST else words[:_LONGEST] + ' [...]'}..."


def _wrapped(text: str) -> list[str]:
    """Give a line in as many as the terminal is wide for, between words; escaped first, for an escape takes room."""
    return textwrap.wrap(
        printable(text.lstrip(" ")),
        width=max(_NARROW, shutil.get_terminal_size().columns - 1),
        initial_indent=" " * (len(text) - len(text.lstrip(" "))),
        subsequent_indent=" " * (len(text) - len(text.lstrip(" ")) + 4),
        break_on_hyphens=False,
    )


def say(text: str) -> None:
    """Write a line to standard output, with what comes from papers escaped."""
    print("\n".join(printable(line) for line in text.split("\n")))
