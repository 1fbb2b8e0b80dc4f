# SPDX-License-Identifier: Apache-2.0
"""What is new in a folder of papers since it was last looked at.

What was read is kept with the answer of each file, so that only new and changed files are read again. The kept state
belongs to one release of the program and one register; with another, everything is read anew.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar.errors import UsageError
from debar.intake.files import Answer
from debar.intake.shown import Shown, published
from debar.model.intake import Changed, Passage, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from debar.model.intake import ConflictValue, DraftLine, Reading, Story

USUAL = ".debar-watch.msgpack"
"""In the watched folder: the state that is used when none is named."""
LARGEST = 1 << 28
"""Bytes of a state; a larger one is not read."""
_DIGEST = hashlib.sha256().digest_size


_AROUND = 120
"""Characters around a date that no statement explains."""


class Thing(msgspec.Struct, frozen=True):
    """One thing that can be new or other, in words, and where papers say so; by its words it is compared."""

    text: str
    where: tuple[Where, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What one story came to: each thing that can be new, by its key."""

    statements: dict[str, Thing] = {}
    lines: dict[str, Thing] = {}
    conflicts: dict[str, Thing] = {}


class State(msgspec.Struct, frozen=True):
    """What an earlier look came to."""

    made_by: str
    """Release of the program and digest of the register."""
    answers: dict[str, Answer]
    papers: dict[str, Thing]
    """Digests by path."""
    stories: dict[str, Told]
    """By supplier and jurisdiction."""
    dates: dict[str, Thing]
    """Dates that no statement explains."""


_EMPTY = State("", {}, {}, {}, {})


def load(file: Path, made_by: str) -> State:
    """Give the state in a file; an empty one where there is none, and of another release what it told without answers."""
    try:
        if not file.exists():
            return _EMPTY
        if file.stat().st_size > LARGEST:
            raise UsageError(f"{file}: larger than {LARGEST >> 20} MB", hint="name another state, with --state")
        state = _decoded(file.read_bytes())
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="name a state that can be read, with --state") from e
    except (msgspec.MsgspecError, RecursionError) as e:
        raise UsageError(f"{file}: no state of debar watch", hint="name another one, with --state, or delete it") from e
    return state if state.made_by == made_by else msgspec.structs.replace(state, answers={})


def state(reading: Reading, answers: dict[str, Answer], folder: str = "") -> State:
    """Give what the reading of a folder comes to, to be kept; papers go by their way in it, however it is named."""
    names = {paper.id: paper.path.removeprefix(folder).lstrip("/\\") for paper in reading.documents}
    shown = Shown({paper.id: paper for paper in reading.documents}, names)
    return State(
        made_by=made_by(reading.debar, reading.sha256),
        answers=answers,
        papers={
            names[paper.id]: Thing(paper.sha256, (Where(names[paper.id], published(paper)),))
            for paper in reading.documents
        },
        stories=_stories(reading, shown),
        dates={
            date.id: Thing(
                f"{date.text} ({date.value or '?'}) in {names[date.document]}",
                shown.where([Passage(document=date.document, start=date.span.start, end=date.span.end)], _AROUND),
            )
            for date in reading.unexplained_dates
        },
    )


def made_by(release: str, register: str) -> str:
    """Give what a state belongs to."""
    return f"{release} {register}"


def encoded(kept: State) -> bytes:
    """Give a state as the content of a file: its digest, by which damage is seen, and then the state."""
    content = msgspec.msgpack.encode(kept)
    return hashlib.sha256(content).digest() + content


def _decoded(content: bytes) -> State:
    digest, kept = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(kept).digest() != digest:
        raise msgspec.DecodeError("damaged, or none")
    return msgspec.msgpack.decode(kept, type=State)


def keep(file: Path, content: bytes) -> None:
    """Put a state in the place of the former one, whole; of two that do so at once, the later one stays.

    It is written beside it under a name that nobody knows beforehand: whoever saves papers into the folder could else
    put a link there that leads elsewhere.
    """
    number, partial = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    try:
        with os.fdopen(number, "wb") as out:
            out.write(content)
        Path(partial).replace(file)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def changes(before: State, now: State) -> tuple[Changed, ...]:
    """Give what is new, other or gone, papers first, then story by story."""
    return (
        *_between("paper", "", before.papers, now.papers, shown=False),
        *(
            change
            for key in sorted({*before.stories, *now.stories})
            for change in _of_story(key, before.stories.get(key), now.stories.get(key))
        ),
        *_between("date to explain", "", before.dates, now.dates, shown=True),
    )


def _of_story(key: str, before: Told | None, now: Told | None) -> Iterator[Changed]:
    if before is None or now is None:
        yield Changed(kind="new" if before is None else "gone", what="story", story=key)
    before, now = before or Told(), now or Told()
    yield from _between("statement", key, before.statements, now.statements, shown=True)
    yield from _between("line of the draft", key, before.lines, now.lines, shown=True)
    yield from _between("conflict", key, before.conflicts, now.conflicts, shown=True)


def _between(
    what: str, story: str, before: Mapping[str, Thing], now: Mapping[str, Thing], *, shown: bool
) -> Iterator[Changed]:
    """Yield what differs between two mappings; values are told where they are words and no digests."""
    for key in sorted({*before, *now}):
        old, new = before.get(key), now.get(key)
        held = new or old
        if held is None or (old and new and old.text == new.text):
            continue
        yield Changed(
            kind="new" if old is None else "gone" if new is None else "changed",
            what=what,
            story=story,
            text=held.text if shown else key,
            before=old.text if shown and new and old else "",
            passages=held.where,
        )


def _key(story: Story) -> str:
    named = "/".join(part for part in (story.supplier, story.jurisdiction) if part)
    return named or f"papers {', '.join(sorted(story.documents))}"


def _stories(reading: Reading, shown: Shown) -> dict[str, Told]:
    """Give what stories came to; two of one supplier and jurisdiction stand together, for either may take in new papers."""
    found: dict[str, Told] = {}
    for story in reading.stories:
        key, told = _key(story), _told(story, reading, shown)
        before = found.get(key, Told())
        found[key] = Told(
            statements=before.statements | told.statements,
            lines=before.lines | told.lines,
            conflicts=before.conflicts | told.conflicts,
        )
    return found


def _told(story: Story, reading: Reading, shown: Shown) -> Told:
    lines = story.draft.lines if story.draft else ()
    said = {
        fact.id: Passage(document=fact.document, start=fact.span.start, end=fact.span.end) for fact in reading.facts
    }
    return Told(
        statements=_statements(reading, set(story.facts), shown),
        lines=dict(_line(line, said, shown) for line in lines),
        conflicts={
            f"{one.type} {one.topic}": Thing(
                f"{one.topic}: {' | '.join(value.value for value in one.values)}",
                shown.where(_first(value, said) for value in one.values),
            )
            for one in story.conflicts
        },
    )


def _first(value: ConflictValue, said: Mapping[str, Passage]) -> Passage:
    """Give where a side of a conflict is told first."""
    return said[value.facts[0]] if value.facts else value.passages[0]


def _line(line: DraftLine, said: Mapping[str, Passage], shown: Shown) -> tuple[str, Thing]:
    """Give a line by its place in the measure; one of a provision by its words, for places move when one comes in."""
    words = f"{line.value or '(open)'}: {line.text}"
    where = shown.where([*(said[id_] for id_ in line.facts if id_ in said), *line.passages])
    return (line.text if line.path.startswith("provisions") else line.path), Thing(words, where)


def _statements(reading: Reading, own: Iterable[str], shown: Shown) -> dict[str, Thing]:
    """Give acts with their dates, each once however many papers say so."""
    found: dict[str, list[Passage]] = {}
    for fact in reading.facts:
        if fact.id in own and fact.date and fact.date.value:
            said = f"{fact.act} {fact.date.role} {fact.date.value}{'' if fact.polarity == 'asserted' else ' (denied)'}"
            passage = Passage(document=fact.document, start=fact.span.start, end=fact.span.end)
            found.setdefault(said, []).append(passage)
    return {said: Thing(said, shown.where(passages)) for said, passages in found.items()}
