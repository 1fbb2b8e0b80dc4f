# SPDX-License-Identifier: Apache-2.0
"""Who follows a scan while it goes on, and may end it at a clean point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Interrupted(BaseException):
    """Somebody asked for the end of a scan. It is no fault of an input, so whoever forgives those lets it through."""

    def __init__(self, why: str) -> None:
        """Take who asked, in a word."""
        super().__init__(why)
        self.why = why

    @property
    def reason(self) -> str:
        """Give why an input was not read, or not to its end."""
        return f"not read: interrupted ({self.why})"


def _nothing(_: Any) -> None:  # noqa: ANN401 - whatever it is told
    """Take no notice."""


def _unasked() -> None:
    """Go on."""


class Watch(NamedTuple):
    """What is told of a scan; each of these may raise Interrupted."""

    check: Callable[[], None] = _unasked
    """Asked while folders are listed."""
    found: Callable[[Sequence[Any]], None] = _nothing
    """All places that were found (`walk.Found`, `walk.Fault`), before the first is read."""
    begun: Callable[[Any], None] = _nothing
    """The place that comes next; those before it are done with."""
    reading: Callable[[str], None] = _nothing
    """Path of the input that is read, which may lie inside an archive."""
    passed: Callable[[int], None] = _nothing
    """Bytes of the file on disk that were read so far."""


UNWATCHED = Watch()
