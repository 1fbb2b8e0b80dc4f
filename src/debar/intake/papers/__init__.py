# SPDX-License-Identifier: Apache-2.0
"""Files to papers: one module and one row for each form, told by content."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers import marks
from debar.intake.papers.decoding import refuse_other
from debar.intake.papers.files import File

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.model.intake import Paper
    from debar.model.lexicon import Lexicon


class Form(NamedTuple):
    """A form of file: how it is told, and the module whose `read` makes papers of it."""

    name: str
    is_it: Callable[[File], bool]
    module: str


FORMS = (
    Form("PDF", marks.is_pdf, "debar.intake.papers.pdf"),
    Form("Federal Register XML", marks.is_gazette, "debar.intake.papers.gazette"),
    Form("RSS, RDF or Atom feed", marks.is_feed, "debar.intake.papers.feed"),
    Form("mail", marks.is_mail, "debar.intake.papers.mail"),
    Form("HTML", marks.is_html, "debar.intake.papers.page"),
    Form("plain text", marks.is_anything, "debar.intake.papers.plain"),
)
"""The first that knows a file reads it, so that plain text stands last."""


def papers(path: str, content: bytes, lexicon: Lexicon) -> tuple[Paper, ...]:
    """Give the papers in one file, in order; SourceError for what cannot be read.

    A feed or a gazette holds several. `path` is how the user named the file and says nothing about its form.
    """
    refuse_other(path, content)
    file = File(path, content)
    form = next(form for form in FORMS if form.is_it(file))
    read: Callable[[File, Lexicon], tuple[Paper, ...]] = import_module(form.module).read
    return read(file, lexicon)
