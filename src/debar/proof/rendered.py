# SPDX-License-Identifier: Apache-2.0
"""Filled forms and the first page of a proof as Markdown, in which nothing that an input says has a meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.proof.forms import due_day
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.proof.cases import Value
    from debar.proof.forms import FilledElement, FilledForm

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$@#]|^[-+=]|:(?=//)|(?<=www)\.)")
"""What Markdown, as GitHub and others read it, could take for a mark, a link or a mention."""
_LISTED = 50
"""Values of one element that a page names; the JSON has them all."""
_IDS = 5
"""Exposures that a page names of one value."""
NOT_ADVICE = "This is not legal advice. Nothing here is signed or sent by debar; a person answers for what is."


def form_page(form: FilledForm) -> str:
    """Give a filled form as Markdown."""
    return "\n".join(_form(form)) + "\n"


def plain(text: str) -> str:
    """Give any text so that Markdown and HTML show it as it is, in one line."""
    return _SPECIAL.sub(r"\\\1", printable(" ".join(text.split())))


def _form(form: FilledForm) -> Iterator[str]:
    yield f"# {plain(form.title)}"
    yield ""
    yield f"- **For**: {plain(form.organisation)}"
    if form.contract:
        yield f"- **Contract**: {plain(form.contract)}"
    yield f"- **To**: {plain(form.to)}"
    yield f"- **As of**: {plain(form.as_of)}"
    yield f"- **State**: {form.state}{f', by {due_day(form)} ({form.zone})' if form.due else ''}"
    yield f"- **Demanded by**: {plain(form.provision)} of {plain(form.measure)} ({plain('; '.join(form.cite))})"
    yield f"- **Wording of the form**: {form.grade}"
    for question in form.questions:
        yield f"- **Open**: {plain(question)}"
    if form.note:
        yield f"- **Note**: {plain(form.note)}"
    yield ""
    yield f"Empty where no evidence tells it. {NOT_ADVICE}"
    for number, element in enumerate(form.elements, 1):
        yield ""
        yield from _element(number, element)


def _element(number: int, element: FilledElement) -> Iterator[str]:
    yield f"## {number}\\. {plain(element.asks)}"
    yield ""
    for value in element.values[:_LISTED]:
        yield f"- {plain(value.text)}{_origin(value)}"
    if len(element.values) > _LISTED:
        yield f"- and {len(element.values) - _LISTED} more, which the JSON of this form lists"
    if element.unknown:
        yield f"- **Not known**: {plain(element.unknown)}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"
    if element.cite:
        yield ""
        yield f"Asked for by {plain('; '.join(element.cite))}"


def _origin(value: Value) -> str:
    """Give where a value is from, in brackets."""
    ids = [*value.exposures[:_IDS]]
    if len(value.exposures) > _IDS:
        ids.append(f"and {len(value.exposures) - _IDS} more")
    said = ", ".join(part for part in (*ids, value.source) if part)
    return f" \\[{plain(said)}\\]" if said else ""
