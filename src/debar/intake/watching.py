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
from debar.model.intake import Changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from debar.model.intake import DraftLine, Reading, Story

USUAL = ".debar-watch.msgpack"
"""In the watched folder: the state that is used when none is named."""
LARGEST = 1 << 28
"""Bytes of a state; a larger one is not read."""
_DIGEST = hashlib.sha256().digest_size


class Told(msgspec.Struct, frozen=True):
    """What one story came to: each thing that can be new, by its key, in words."""

    statements: dict[str, str] = {}
    lines: dict[str, str] = {}
    conflicts: dict[str, str] = {}


class State(msgspec.Struct, frozen=True):
    """What an earlier look came to."""

    made_by: str
    """Release of the program and digest of the register."""
    answers: dict[str, Answer]
    papers: dict[str, str]
    """Digests by path."""
    stories: dict[str, Told]
    """By supplier and jurisdiction."""
    dates: dict[str, str]
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
    return State(
        made_by=made_by(reading.debar, reading.sha256),
        answers=answers,
        papers={names[paper.id]: paper.sha256 for paper in reading.documents},
        stories=_stories(reading),
        dates={
            date.id: f"{date.text} ({date.value or '?'}) in {names[date.document]}"
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
    what: str, story: str, before: Mapping[str, str], now: Mapping[str, str], *, shown: bool
) -> Iterator[Changed]:
    """Yield what differs between two mappings; values are told where they are words and no digests."""
    for key in sorted({*before, *now}):
        old, new = before.get(key), now.get(key)
        if old == new:
            continue
        kind = "new" if old is None else "gone" if new is None else "changed"
        text = (new or old or "") if shown else key
        yield Changed(kind=kind, what=what, story=story, text=text, before=(old or "") if shown and new else "")


def _key(story: Story) -> str:
    named = "/".join(part for part in (story.supplier, story.jurisdiction) if part)
    return named or f"papers {', '.join(sorted(story.documents))}"


def _stories(reading: Reading) -> dict[str, Told]:
    """Give what stories came to; two of one supplier and jurisdiction stand together, for either may take in new papers."""
    found: dict[str, Told] = {}
    for story in reading.stories:
        key, told = _key(story), _told(story, reading)
        before = found.get(key, Told())
        found[key] = Told(
            statements=before.statements | told.statements,
            lines=before.lines | told.lines,
            conflicts=before.conflicts | told.conflicts,
        )
    return found


def _told(story: Story, reading: Reading) -> Told:
    lines = story.draft.lines if story.draft else ()
    return Told(
        statements=dict(_statements(reading, set(story.facts))),
        lines=dict(_line(line) for line in lines),
        conflicts={
            f"{one.type} {one.topic}": f"{one.topic}: {' | '.join(value.value for value in one.values)}"
            for one in story.conflicts
        },
    )


def _line(line: DraftLine) -> tuple[str, str]:
    """Give a line by its place in the measure; one of a provision by its words, for places move when one comes in."""
    said = f"{line.value or '(open)'}: {line.text}"
    return (line.text if line.path.startswith("provisions") else line.path), said


def _statements(reading: Reading, own: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield acts with their dates, each once however many papers say so."""
    for fact in reading.facts:
        if fact.id in own and fact.date and fact.date.value:
            said = f"{fact.act} {fact.date.role} {fact.date.value}{'' if fact.polarity == 'asserted' else ' (denied)'}"
            yield said, said
