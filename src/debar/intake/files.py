# SPDX-License-Identifier: Apache-2.0
"""Files that a user names to their papers, examined by as many processes as there are processors."""

from __future__ import annotations

import hashlib
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar import workers
from debar.errors import SourceError
from debar.intake.examined import Examined, examine
from debar.intake.papers import papers
from debar.model.inventory import Skip
from debar.readers import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.intake.mentions.names import Gazetteer
    from debar.watched import Watch

LARGEST = 64 << 20
"""Bytes of a file; no notice or article comes near it."""
_FEW = 8
"""Files below which copies of this process cost more than they save."""


class Answer(msgspec.Struct, frozen=True):
    """What became of one file: its papers, or why there are none."""

    examined: tuple[Examined, ...] = ()
    fault: str = ""


class _Question(NamedTuple):
    path: str
    """As shown."""
    place: bytes | None
    """Where it lies, in the bytes that the system has: not every name is text."""


_QUESTIONS = msgspec.msgpack.Decoder(_Question)
_ANSWERS = msgspec.msgpack.Decoder(Answer)


def examined(
    sources: Sequence[str], gazetteer: Gazetteer, watch: Watch, kept: dict[str, Answer] | None = None
) -> tuple[list[Examined], list[Skip]]:
    """Give the papers of files and folders in the order of names, and what could not be read.

    Files that `kept` has an answer for, by path and content, are not read again; it then holds the answers of the
    files that are there, and no others. SourceError when nothing is there; Interrupted, from the watch, ends the
    reading between two files.
    """
    places = [_readable(place) for place in walk.find(sources) if not _is_hidden(place)]
    watch.found(places)
    found: list[Examined] = []
    skips: list[Skip] = []
    known = _known(places, kept)
    answers = _answers([place for place in places if place.path not in known], gazetteer)
    for place in places:
        answer = known[place.path][1] if place.path in known else next(answers)[1]
        watch.begun(place)
        found += answer.examined
        if answer.fault:
            skips.append(Skip(source=place.path, locator="", reason=answer.fault))
        known[place.path] = known.get(place.path, (_key(place) if kept is not None else "", answer))
    if kept is not None:
        kept.clear()
        kept.update({key: answer for key, answer in known.values() if key})
    return found, skips


def _is_hidden(place: walk.Found | walk.Fault) -> bool:
    """Tell whether a file of a folder is none of its papers: what programs keep there, debar among them."""
    return isinstance(place, walk.Found) and not place.named and place.path.rpartition("/")[2].startswith(".")


def _readable(place: walk.Found | walk.Fault) -> walk.Found | walk.Fault:
    """Give a place, or why it is not read: a pipe that lies in a folder may never say anything; one that is named is meant."""
    if isinstance(place, walk.Fault) or place.named or place.file is None or place.file.is_file():
        return place
    return walk.Fault(place.path, "no regular file")


def _known(places: Iterable[walk.Found | walk.Fault], kept: dict[str, Answer] | None) -> dict[str, tuple[str, Answer]]:
    """Give the answers that are at hand, by path, each with its key."""
    if not kept:
        return {}
    keys = ((place.path, _key(place)) for place in places)
    return {path: (key, kept[key]) for path, key in keys if key in kept}


def _key(place: walk.Found | walk.Fault) -> str:
    """Give what an answer depends on, as a digest; empty for what cannot be looked at twice."""
    if isinstance(place, walk.Fault) or place.place is None:
        return ""
    try:
        content = _content(os.fsencode(place.place))
    except OSError:
        return ""
    return hashlib.sha256(place.path.encode("utf-8", "surrogatepass") + b"\0" + content).hexdigest()


def answered(path: str, content: bytes, gazetteer: Gazetteer) -> Answer:
    """Give what becomes of one file."""
    try:
        return Answer(tuple(examine(paper, gazetteer) for paper in papers(path, content, gazetteer.lexicon)))
    except SourceError as e:
        place = f"{e.locator}: " if e.locator else ""
        return Answer(fault=f"{place}{e.message}{f' ({e.hint})' if e.hint else ''}")
    except RecursionError:
        return Answer(fault="nested too deep to be read")


def _answers(
    places: Sequence[walk.Found | walk.Fault], gazetteer: Gazetteer
) -> Iterator[tuple[walk.Found | walk.Fault, Answer]]:
    """Yield each place with its answer, in order."""
    count = workers.processors()
    if len(places) < _FEW or count < 2 or not workers.can_work():
        for place in places:
            yield place, _looked(place, gazetteer)
        return
    # What is made of the lexicon once is made here, before there are copies that would each make it.
    answered("", b"Nothing.", gazetteer)
    team = workers.Workers(lambda question: msgspec.msgpack.encode(_of(_QUESTIONS.decode(question), gazetteer)), count)
    try:
        for place, told in team.answers((one, _asked(one)) for one in places):
            yield place, _ANSWERS.decode(told) if told is not None else _looked(place, gazetteer)
    finally:
        team.close()


def _asked(place: walk.Found | walk.Fault) -> bytes:
    """Give the question to a copy; none for what this process looks at itself."""
    if isinstance(place, walk.Found) and place.place is not None:
        return msgspec.msgpack.encode(_Question(place.path, os.fsencode(place.place)))
    return b""


def _looked(place: walk.Found | walk.Fault, gazetteer: Gazetteer) -> Answer:
    if isinstance(place, walk.Fault):
        return Answer(fault=place.reason)
    return _of(_Question(place.path, None if place.place is None else os.fsencode(place.place)), gazetteer)


def _of(question: _Question, gazetteer: Gazetteer) -> Answer:
    try:
        content = _content(question.place)
    except OSError as e:
        return Answer(fault=e.strerror or str(e))
    if len(content) > LARGEST:
        return Answer(fault=f"larger than {LARGEST >> 20} MB, which no notice or article is")
    return answered(question.path, content, gazetteer)


def _content(place: bytes | None) -> bytes:
    """Give the content of a file or of standard input, and one byte more than is allowed of what is too large."""
    if place is None:
        return sys.stdin.buffer.read(LARGEST + 1)
    with open(place, "rb") as file:  # noqa: PTH123 - a name that is no text is opened too
        return file.read(LARGEST + 1)
