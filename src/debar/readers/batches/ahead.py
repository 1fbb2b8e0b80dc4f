# SPDX-License-Identifier: Apache-2.0
"""The next batches are read while the last is looked at."""

from __future__ import annotations

import threading
from queue import Full, Queue
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

T = TypeVar("T")
AHEAD = 2
"""Batches that are read before they are asked for."""
_POLL = 0.05
"""Seconds after which whoever reads ahead asks whether it is still wanted."""
_END = object()


def ahead(things: Iterator[T]) -> Generator[T]:
    """Yield things in order, reading ahead in a thread; what it raises is raised here. The thread ends with the iterator."""
    queue: Queue[object] = Queue(AHEAD)
    ended = threading.Event()

    def put(thing: object) -> bool:
        while not ended.is_set():
            try:
                queue.put(thing, timeout=_POLL)
            except Full:
                continue
            return True
        return False

    def fill() -> None:
        last: object = _END
        try:
            for thing in things:
                if not put(thing):
                    return
        except BaseException as e:  # noqa: BLE001 - raised again by whoever asks
            last = _Raised(e)
        put(last)

    thread = threading.Thread(target=fill, name="ahead", daemon=True)
    thread.start()
    try:
        while (thing := queue.get()) is not _END:
            if isinstance(thing, _Raised):
                raise thing.error
            yield cast("T", thing)
    finally:
        ended.set()
        thread.join()


class _Raised:
    """What was raised in the thread."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
