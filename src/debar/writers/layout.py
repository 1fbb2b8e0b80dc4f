# SPDX-License-Identifier: Apache-2.0
"""A page on a terminal: titles, fields and wrapped paragraphs, with every input escaped."""

from __future__ import annotations

import textwrap
from typing import IO, TYPE_CHECKING

from debar.text import printable

if TYPE_CHECKING:
    from debar.writers import Style

_CODES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "green": "32", "heading": "1;36"}
_FIELD = 10
_LONGEST = 1000
"""Characters of a paragraph; a person cannot read more, and the JSON has it all."""


class Page:
    """Writes to a stream; the state is where it writes and how wide."""

    def __init__(self, out: IO[str], style: Style) -> None:
        """Take the stream and how to draw."""
        self._out, self._style = out, style

    def line(self, text: str = "", style: str = "") -> None:
        """Write one line as it is, escaped."""
        text = printable(text)
        code = _CODES.get(style) if self._style.colour else None
        self._out.write(f"\x1b[{code}m{text}\x1b[0m\n" if code and text else f"{text}\n")

    def title(self, left: str, right: str) -> None:
        """Write the first line of a page."""
        self.line(f"{left} - {right}", style="bold")

    def heading(self, text: str, remark: str = "") -> None:
        """Write the heading of a part, set off by a blank line."""
        self.line()
        self.line(f"{text.upper()}{': ' if remark else ''}{remark}", style="heading")

    def field(self, name: str, text: str) -> None:
        """Write a name and its value."""
        self.paragraph(f"{name:<{_FIELD}}{text}", hang=_FIELD)

    def paragraph(self, text: str, *, indent: int = 0, hang: int = 0, style: str = "") -> None:
        """Write text wrapped to the width; lines after the first are indented by `hang` more."""
        lines = textwrap.wrap(
            printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]} [...]"),
            width=self._style.width,
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + (hang or 2)),
            break_on_hyphens=False,
        )
        for line in lines:
            self.line(line, style=style)
