# SPDX-License-Identifier: Apache-2.0
"""A report in a form of the user's own: a Jinja template, filled in a sandbox (`writers/sandbox.py`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from debar.errors import UsageError, did_you_mean
from debar.model.results import Exposure, Finding, Match, Obligation, Report
from debar.text import printable
from debar.writers import cases, legal, words
from debar.writers.sandbox import Faulty, compiled, limited

if TYPE_CHECKING:
    from debar.writers import Style

SIZE = 1 << 20
"""Bytes of a template."""
ESCAPED = (".html", ".htm", ".xhtml", ".xml", ".svg")
"""Ends of names, before .j2 and its like, of templates whose values are escaped by themselves."""
_SUFFIXES = (".j2", ".jinja", ".jinja2")
_NAMES = ("report", "answer", "disclaimer", "findings", "exposures")
"""What a template may name."""
_UNKNOWN = re.compile(r"'(\w+)' is undefined|has no attribute '(\w+)'")
_HINT = "the how-to page on reports for machines shows a template, and report.schema.json has every key of `report`"


def write_report(report: Report, out: IO[str], style: Style) -> None:
    """Fill the template in; UsageError with its file and line for whatever is wrong with it."""
    file = Path(style.template)
    name = printable(str(file))
    try:
        template = compiled(_text(file, name), name, _filters(report), is_escaped=is_escaped(name))
        for text in limited(template.generate(_values(report)), name):
            out.write(text)
    except Faulty as e:
        where = f"{name}:{e.line}" if e.line else name
        raise UsageError(f"{where}: {printable(e.message)}{_meant(e.message)}", _HINT) from e


def _meant(message: str) -> str:
    """Give "; did you mean ...?" for a name that a template got wrong, or nothing."""
    if not (found := _UNKNOWN.search(message)):
        return ""
    nouns = (Report, Exposure, Match, Finding, Obligation)
    fields = dict.fromkeys(field for noun in nouns for field in noun.__struct_fields__)
    return did_you_mean(found[1] or found[2], (*_NAMES, *fields))


def _text(file: Path, name: str) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(SIZE + 1)
        if len(content) > SIZE:
            raise UsageError(f"{name}: is longer than {SIZE:,} bytes", hint="a template holds the form, not the data")
        return content.decode("utf-8")
    except OSError as e:
        raise UsageError(f"{name}: {e.strerror}", hint="--template names a file with a Jinja template") from e
    except UnicodeDecodeError as e:
        raise UsageError(f"{name}: no UTF-8 at byte {e.start}", hint="a template is a text in UTF-8") from e


def is_escaped(name: str) -> bool:
    """Tell whether what a template makes is HTML or XML, by its name: letter.html.j2 is."""
    plain = name.lower()
    for suffix in _SUFFIXES:
        plain = plain.removesuffix(suffix)
    return plain.endswith(ESCAPED)


def _values(report: Report) -> dict[str, Any]:
    """Give what a template may name."""
    return {
        "report": report,
        "answer": words.in_short(report),
        "disclaimer": legal.DISCLAIMER,
        "findings": cases.findings_of(report),
        "exposures": {exposure.id: exposure for exposure in report.exposures},
    }


def _filters(report: Report) -> dict[str, Any]:
    """Give the filters beside those of Jinja itself."""

    def product(exposure: Exposure) -> str:
        return cases.thing(exposure, report)

    def day(stamp: str | None, measure: str = "") -> str:
        return legal.moment(stamp, cases.zone_of(report, measure)) if stamp else ""

    return {"printable": printable, "product": product, "day": day}
