# SPDX-License-Identifier: Apache-2.0
"""One file as the forms see it: its bytes, and its characters once somebody asks."""

from __future__ import annotations

import hashlib
from functools import cached_property

from debar.intake.papers.decoding import Decoded, decoded


class File:
    """A file that was handed in: what is costly of it is made once, on first use."""

    def __init__(self, path: str, content: bytes) -> None:
        """Take the file as the user named it, and what is in it."""
        self.path = path
        self.content = content

    @cached_property
    def sha256(self) -> str:
        """Give the digest."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def head(self) -> bytes:
        """Give the first bytes, by which most forms are told."""
        return self.content[: 1 << 16]

    @cached_property
    def _decoded(self) -> Decoded:
        return decoded(self.path, self.content)

    @property
    def text(self) -> str:
        """Give the file as characters; SourceError where it is no text."""
        return self._decoded.text

    @property
    def notes(self) -> tuple[str, ...]:
        """Give what was lost on the way to characters."""
        return self._decoded.notes
