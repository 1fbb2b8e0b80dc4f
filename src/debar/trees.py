# SPDX-License-Identifier: Apache-2.0
"""Files of trees read ahead: by several processes at once, and only those that changed since an earlier scan.

What a file says is told in the order of the walk and is the same whoever read it: this process, another, or an
earlier scan.
"""

from __future__ import annotations

import marshal
import os
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar.errors import SourceError
from debar.identify import is_worth_a_look, unforeseen
from debar.identity import stable_id
from debar.readers import load, walk
from debar.readers.inputs import NAMED
from debar.seen import stamp_of
from debar.told import MOST, Told
from debar.workers import Workers, can_work, processors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeGuard

    from debar.identify import Identified, Identifying
    from debar.model.inventory import Observation
    from debar.readers.rows import Reader
    from debar.seen import Seen

CHANGED = "it changed while it was read: what is told of it may be of neither state"
BEGIN = 64
"""Files of trees that must be there before other processes are started for them."""
_WINDOW = 256
"""Places of which the largest files are read first: one that is begun last would be waited for alone."""
_TOGETHER, _BYTES = 32, 1 << 23
"""Files, and bytes of them, after which one question ends."""


class _Window(NamedTuple):
    """Places in the order of the walk, and what is known of them by their place here."""

    places: list[walk.Found | walk.Fault]
    told: dict[int, Told]


class Trees(NamedTuple):
    """How the files of trees are read."""

    workers: int = 0
    """Processes that read; 0 for as many as there are processors, 1 for this one alone."""
    seen: Seen | None = None
    """What an earlier scan kept."""

    def __call__(
        self, found: Iterable[walk.Found | walk.Fault], identifying: Identifying
    ) -> Iterator[tuple[walk.Found | walk.Fault, Told | None]]:
        """Yield each place, in order, and what it says if it is a file of a tree."""
        is_whole = False
        try:
            for place, told in self._read(found, identifying):
                if self.seen is not None and told is not None and isinstance(place, walk.Found):
                    yield from self.seen.kept(place, told)
                else:
                    yield place, told
            is_whole = True
        finally:
            if self.seen is not None:
                self.seen.store(is_whole=is_whole)

    def _read(
        self, found: Iterable[walk.Found | walk.Fault], identifying: Identifying
    ) -> Iterator[tuple[walk.Found | walk.Fault, Told | None]]:
        rest = iter(found)
        count = self.workers or processors()
        first: list[walk.Found | walk.Fault] = []
        files = 0
        if count > 1:
            for place in rest:
                first.append(place)
                files += _is_of_a_tree(place)
                if files >= BEGIN:
                    break
        if files < BEGIN or not can_work():
            for place in chain(first, rest):
                yield place, self._told(place, identifying)
            return
        identifying.prepare()
        team = Workers(lambda question: _answered(question, identifying), count)
        try:
            yield from self._shared(chain(first, rest), identifying, team)
        finally:
            team.close()

    def _told(self, place: walk.Found | walk.Fault, identifying: Identifying) -> Told | None:
        if not _is_of_a_tree(place):
            return None
        return self._earlier(place) or tell(place, identifying)

    def _earlier(self, place: walk.Found) -> Told | None:
        return self.seen.told(place) if self.seen else None

    def _shared(
        self, found: Iterable[walk.Found | walk.Fault], identifying: Identifying, team: Workers
    ) -> Iterator[tuple[walk.Found | walk.Fault, Told | None]]:
        for (window, asked, is_last), answer in team.answers(self._questions(found)):
            if answer:
                window.told.update(zip(asked, msgspec.msgpack.decode(answer, type=tuple[Told, ...]), strict=True))
            if is_last:
                for number, place in enumerate(window.places):
                    if _is_of_a_tree(place):
                        yield place, window.told.pop(number, None) or tell(place, identifying)
                    else:
                        yield place, None

    def _questions(
        self, found: Iterable[walk.Found | walk.Fault]
    ) -> Iterator[tuple[tuple[_Window, list[int], bool], bytes]]:
        """Yield (window, the files of it that are asked for, whether they are the last of it) and the question."""
        rest = iter(found)
        while places := list(islice(rest, _WINDOW)):
            window, sizes = _Window(places, {}), list[tuple[int, int]]()
            for number, place in enumerate(places):
                if _is_of_a_tree(place):
                    if told := self._earlier(place):
                        window.told[number] = told
                    else:
                        sizes.append((-_size(place), number))
            for asked in _together(sorted(sizes)):
                # Names of files need not be text, which marshal alone of all bears; it stays between these processes.
                question = marshal.dumps([tuple(places[number]) for number in asked])
                yield (window, asked, False), question
            yield (window, [], True), b""


def _together(sizes: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the numbers of files that are read together; `sizes` are below zero, largest files first."""
    together, total = list[int](), 0
    for size, number in sizes:
        together.append(number)
        total -= size
        if total >= _BYTES or len(together) >= _TOGETHER:
            yield together
            together, total = [], 0
    if together:
        yield together


def _size(place: walk.Found) -> int:
    try:
        return os.lstat(place.place or "").st_size
    except OSError:
        return 0


def tell(place: walk.Found, identifying: Identifying) -> Told:
    """Give what a file of a tree says, read now; a fault is a part of it."""
    if not is_worth_a_look(place):
        return Told(is_worth=False)
    before = stamp_of(place)
    told, faults = Told(), []
    for one in identifying.file(place):
        if isinstance(one, walk.Fault):
            faults.append((one.locator, one.reason, one.hint))
        elif one.reader is None or one.reader.holds:
            return Told(is_left=True)
        else:
            told = _read(one, one.reader)
    after = stamp_of(place)
    if told.reader and before != after:
        lost = (*told.lost, ("", CHANGED))[:NAMED]
        counts = {**told.counts, "broken places": told.counts.get("broken places", 0) + 1}
        return msgspec.structs.replace(told, lost=lost, counts=counts, faults=tuple(faults))
    return msgspec.structs.replace(told, faults=tuple(faults))


def _read(one: Identified, reader: Reader) -> Told:
    source = one.source
    fault: tuple[str, str, str] | None = None
    observations: list[Observation] = []
    source.id = stable_id("src", source.path, reader.name)
    try:
        for observation in load(reader)(source):
            observations.append(observation)
            if len(observations) > MOST:
                return Told(is_left=True)
    except SourceError as e:
        fault = (e.locator, e.message, e.hint)
    except Exception as e:  # noqa: BLE001 - one file never ends a scan
        unknown = unforeseen(e)
        fault = (unknown.locator, unknown.message, unknown.hint)
    return Told(
        reader=reader.name,
        why=one.why,
        size=source.size,
        lost=tuple(source.losses[:NAMED]),
        counts=dict(source.tally),
        remarks=tuple(source.remarks),
        fitted=tuple(sorted(source.fitted)),
        is_hollow=source.is_hollow,
        observations=tuple(observations),
        fault=fault,
    )


def _answered(question: bytes, identifying: Identifying) -> bytes:
    """Answer a question, in another process."""
    told = [tell(walk.Found(*place), identifying) for place in marshal.loads(question)]  # noqa: S302 - see _questions
    try:
        return msgspec.msgpack.encode(told)
    except UnicodeEncodeError:  # a name that is no text stands in what was told
        return msgspec.msgpack.encode([one if is_text(one) else Told(is_left=True) for one in told])


def is_text(told: Told) -> bool:
    """Tell whether all that a file said is text that can be written down."""
    try:
        msgspec.msgpack.encode(told)
    except UnicodeEncodeError:
        return False
    return True


def _is_of_a_tree(place: walk.Found | walk.Fault) -> TypeGuard[walk.Found]:
    return isinstance(place, walk.Found) and bool(place.tree) and place.place is not None
