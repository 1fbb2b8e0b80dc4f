# SPDX-License-Identifier: Apache-2.0
"""Plain text to a paper: its text is the decoded file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.papers import made

if TYPE_CHECKING:
    from debar.intake.papers.files import File
    from debar.model.intake import Paper
    from debar.model.lexicon import Lexicon


def read(file: File, lexicon: Lexicon) -> tuple[Paper, ...]:
    """Give the paper that a plain text is."""
    raw = made.Raw(path=file.path, sha256=file.sha256, form="text", text=file.text, notes=file.notes)
    return (made.paper(raw, lexicon),)
