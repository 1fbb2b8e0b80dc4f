# SPDX-License-Identifier: Apache-2.0
"""JSON with stable keys: the same input and the same question give the same bytes."""

from __future__ import annotations

from itertools import islice
from json import dumps
from typing import IO, TYPE_CHECKING

import msgspec

from debar.model.results import Coverage, Report
from debar.text import STEERING as _STEERING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from debar.model.results import Explanation
    from debar.writers import Style

_AT_ONCE = 64
"""Elements of a long list that are written together."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the report as one indented document; keys stand in the order of the structs.

    It has the bytes that `write_document` gives, and little of a long list in memory at once.
    """
    for piece in _told(report, "\n"):
        out.write(piece)
    out.write("\n")


def _told(value: object, line: str) -> Iterator[str]:
    """Yield the text of a value whose lines begin with `line`; of a long list or mapping, some elements at a time."""
    if isinstance(value, tuple) and len(value) > _AT_ONCE:
        yield from _pieces("[", (value[at : at + _AT_ONCE] for at in range(0, len(value), _AT_ONCE)), line)
        yield f"{line}]"
    elif isinstance(value, dict) and len(value) > _AT_ONCE:
        every = iter(value.items())
        yield from _pieces("{", iter(lambda: dict(islice(every, _AT_ONCE)), {}), line)
        yield f"{line}}}"
    elif isinstance(value, Report | Coverage):
        before = "{"
        for field in msgspec.structs.fields(value):
            yield f'{before}{line}  "{field.encode_name}": '
            yield from _told(getattr(value, field.name), f"{line}  ")
            before = ","
        yield f"{line}}}"
    else:
        yield _laid_out(value, line)


def _pieces(begin: str, parts: Iterator[object], line: str) -> Iterator[str]:
    """Yield the elements of parts of a list or mapping, without the brackets of each part."""
    before = begin
    for part in parts:
        yield before + _laid_out(part, line)[1 : -len(line) - 1]
        before = ","


def _laid_out(value: object, line: str) -> str:
    """Give the text of a value whose lines begin with `line`; within strings there is no line feed."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode("utf-8")
    return escaped(text.replace("\n", line))


def write_explanation(explanation: Explanation, out: IO[str], style: Style) -> None:
    """Write the explanation as one indented document."""
    write_document(explanation, out, style)


def write_document(noun: object, out: IO[str], _style: Style) -> None:
    """Write anything made of structs; control characters leave as JSON escapes."""
    out.write(escaped(msgspec.json.format(msgspec.json.encode(noun), indent=2).decode("utf-8")))
    out.write("\n")


def escaped(text: str) -> str:
    """Give JSON with every control character escaped: it allows some, that a terminal should not see."""
    return text if text.isascii() and "\x7f" not in text else _STEERING.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    # What lies below is the layout's own line feed: within strings such characters are escaped already.
    return character if character < "\x7f" else dumps(character)[1:-1]
