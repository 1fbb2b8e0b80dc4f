# SPDX-License-Identifier: Apache-2.0
"""Ids and references: every name has the form of a name, stands once, and leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from debar.errors import did_you_mean
from debar.register.checks.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from debar.register.shape import Where

ID = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*")
FACT = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def form(id_: str) -> Iterator[Fault]:
    """Yield the fault of an id that has not the form of one."""
    if not ID.fullmatch(id_):
        yield Fault(("id",), f"{id_!r}: an id is lower-case words joined by - or .")


def twice(what: str, at: Where, ids: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for each id of a sequence of parts that stands a second time."""
    for number, id_ in enumerate(ids):
        if id_ in ids[:number]:
            yield Fault((*at, number, "id"), f"{what} {id_!r} stands twice")


def repeated(words: Iterable[str]) -> list[str]:
    """Give the words that stand more than once."""
    return [word for word, count in Counter(words).items() if count > 1]


def missing(at: Where, what: str, id_: str, known: Iterable[str]) -> Fault:
    """Give the fault of a reference that leads nowhere."""
    names = list(known)
    return Fault(at, f"{what} {id_!r} is not in the register{did_you_mean(id_, names)}", id_.partition("#")[0])


def references(at: Where, what: str, ids: Iterable[str], known: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each of several references that leads nowhere."""
    yield from (missing((*at, n), what, id_, known) for n, id_ in enumerate(ids) if id_ not in known)
