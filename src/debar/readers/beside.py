# SPDX-License-Identifier: Apache-2.0
"""Blocks of a log looked through by threads, beside one that reads and decompresses.

What reads, decompresses and looks gives up the interpreter's lock, so that these use several cores.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from debar.readers.sifting import Lines, Raw

_TOGETHER = 4
"""Blocks that are handed over at once: each time costs about a tenth of what looking through a block does."""


class _Some(NamedTuple):
    """Blocks that stand together, and the fault behind them."""

    raws: list[Raw]
    fault: SourceError | None = None


@contextmanager
def side_by_side(raws: Iterator[Raw], look: Callable[[Raw], Lines], threads: int) -> Iterator[Iterator[Lines]]:
    """Open the blocks of a log, looked through by several threads, in order; one more thread reads ahead.

    A fault of reading comes where it lies, after everything before it. One thread is no more than this one.
    """
    if threads <= 1:
        yield map(look, raws)
        return
    from concurrent.futures import ThreadPoolExecutor  # slow to import, and for large logs only

    with ThreadPoolExecutor(1) as reading, ThreadPoolExecutor(threads) as looking:

        def in_order() -> Iterator[Lines]:
            ahead = reading.submit(_some, raws)
            waiting: deque[Future[list[Lines]]] = deque()
            some = _Some([])
            while some.fault is None:
                while len(waiting) <= threads and (some := ahead.result()).raws:
                    ahead = reading.submit(_some, raws)
                    waiting.append(looking.submit(_looked, look, some.raws))
                if not waiting:
                    break
                yield from waiting.popleft().result()
            for each in waiting:
                yield from each.result()
            if some.fault is not None:
                raise some.fault

        yield in_order()


def _some(raws: Iterator[Raw]) -> _Some:
    """Give the next blocks; none at the end."""
    some: list[Raw] = []
    try:
        some.extend(islice(raws, _TOGETHER))
    except SourceError as e:
        return _Some(some, e)
    return _Some(some)


def _looked(look: Callable[[Raw], Lines], raws: list[Raw]) -> list[Lines]:
    return list(map(look, raws))
