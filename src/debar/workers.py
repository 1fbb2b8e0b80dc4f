# SPDX-License-Identifier: Apache-2.0
"""Processes that do a part of the work each, and give their answers in the order of the questions.

They are copies of this process, so that nothing has to be sent but questions and answers, and no other program is
started. A process with several threads is not copied: a lock that another thread holds would be held for ever. A
copy that dies costs the questions it had: whoever asked answers them.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections import deque
from struct import Struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    _Asked = TypeVar("_Asked")

_HAND = 4
"""Questions that a worker has in hand, so that it never waits while this process does something else."""
_AHEAD = 64
"""Questions asked before the first of them is answered: one large file must not fill the memory with what follows it."""
_PIPE = 1 << 20
"""Bytes of answers that wait in a pipe."""
_ROOM = 1 << 15
"""Bytes of questions that a worker has in hand beside the first: they lie in its pipe, so that asking never waits."""
_LENGTH = Struct("<I")


def processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_work() -> bool:
    """Tell whether this process may be copied: only where the system tells how many threads it has, and it has one."""
    if sys.platform != "linux":
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - names only
    except OSError:
        return False


_ENDS: set[int] = set()
"""Ends of pipes to all copies of this process. No other copy may hold them: who waits for the end of a pipe would wait."""


def copied(work: Callable[[], None]) -> int:
    """Copy this process, and give the number of the copy, which does the work and ends; its faults are silent.

    Ends of pipes that the copy has no business with are closed in it, but for those of its own work.
    """
    if pid := os.fork():
        return pid
    try:
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_DFL)
        for end in _ENDS:
            os.close(end)
        _ENDS.clear()
        work()
    except BaseException:  # noqa: BLE001, S110 - whoever waits sees that nothing comes, and does the work itself
        pass
    finally:
        os._exit(0)


class _Worker:
    """One copy of this process, and what it has in hand."""

    def __init__(self, work: Callable[[bytes], bytes]) -> None:
        asked, self.questions = os.pipe()
        self.answers, told = os.pipe()
        self.hand: deque[tuple[int, int]] = deque()
        """Number and bytes of each question that is not answered."""
        self._partial = bytearray()
        _ENDS.update(self.ends)
        try:
            self.pid = copied(lambda: _serve(work, asked, told))
        except OSError:
            self._close()
            raise
        finally:
            os.close(asked)
            os.close(told)
        _widen(self.answers)

    @property
    def ends(self) -> tuple[int, int]:
        return self.questions, self.answers

    def has_room(self, question: bytes) -> bool:
        """Tell whether asking would not wait: a worker without questions reads, others leave them in the pipe."""
        bytes_in_hand = sum(size for _, size in self.hand) + len(question)
        return not self.hand or (len(self.hand) < _HAND and bytes_in_hand <= _ROOM)

    def ask(self, number: int, question: bytes) -> bool:
        """Send a question; tell whether the worker lives to hear it."""
        try:
            _write(self.questions, _LENGTH.pack(len(question)) + question)
        except OSError:
            return False
        self.hand.append((number, len(question)))
        return True

    def hear(self) -> list[tuple[int, bytes]] | None:
        """Give (number, answer) of what has come in; nothing when the worker is dead."""
        data = os.read(self.answers, _PIPE)
        if not data:
            return None
        self._partial += data
        found = []
        while len(self._partial) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._partial)[0]
            if len(self._partial) < end:
                break
            found.append((self.hand.popleft()[0], bytes(self._partial[_LENGTH.size : end])))
            del self._partial[:end]
        return found

    def end(self) -> None:
        """Tell the worker that no question follows, and wait for its end."""
        self._close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def _close(self) -> None:
        _ENDS.difference_update(self.ends)
        for end in self.ends:
            os.close(end)


class Workers:
    """Some copies of this process, while there are questions."""

    def __init__(self, work: Callable[[bytes], bytes], count: int) -> None:
        """Start that many, or as many as the system lets; `work` answers one question and raises nothing."""
        self._living: list[_Worker] = []
        with contextlib.suppress(OSError):
            for _ in range(count):
                self._living.append(_Worker(work))

    def answers(self, asked: Iterable[tuple[_Asked, bytes]]) -> Iterator[tuple[_Asked, bytes | None]]:
        """Yield each thing with the answer to its question, in order; without one where the worker died over it.

        Things without a question (empty bytes) come by in their place, without an answer.
        """
        rest = enumerate(asked)
        waiting = next(rest, None)
        things: deque[tuple[int, _Asked]] = deque()
        known: dict[int, bytes | None] = {}
        while waiting or things:
            while waiting and len(things) < _AHEAD:
                number, (thing, question) = waiting
                if question and (worker := self._free(question)):
                    if not worker.ask(number, question):
                        known[number] = None
                elif question and self._living:
                    break
                else:
                    known[number] = None
                things.append((number, thing))
                waiting = next(rest, None)
            if things[0][0] in known:
                number, thing = things.popleft()
                yield thing, known.pop(number)
            else:
                known.update(self._heard())

    def close(self) -> None:
        """End all of them."""
        for worker in self._living:
            worker.end()
        self._living.clear()

    def _free(self, question: bytes) -> _Worker | None:
        """Give the worker that has least in hand, if it can take a question without making this process wait."""
        worker = min(self._living, key=lambda one: len(one.hand), default=None)
        return worker if worker and worker.has_room(question) else None

    def _heard(self) -> Iterator[tuple[int, bytes | None]]:
        """Wait for the next answers; questions that a dead worker had have none."""
        busy = {worker.answers: worker for worker in self._living if worker.hand}
        ready, _, _ = select.select(list(busy), [], [])
        for end in ready:
            worker = busy[end]
            if (heard := worker.hear()) is None:
                yield from ((number, None) for number, _ in worker.hand)
                self._living.remove(worker)
                worker.end()
            else:
                yield from heard


def _serve(work: Callable[[bytes], bytes], asked: int, told: int) -> None:
    """Answer questions until there are none."""
    _widen(told)
    with os.fdopen(asked, "rb") as questions:
        while len(head := questions.read(_LENGTH.size)) == _LENGTH.size:
            answer = work(questions.read(_LENGTH.unpack(head)[0]))
            _write(told, _LENGTH.pack(len(answer)) + answer)


def _write(end: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(end, view) :]


def _widen(end: int) -> None:
    """Let a pipe hold an answer, so that a worker goes on while nobody reads it."""
    import fcntl  # where processes are copied there is one

    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, _PIPE)
