# SPDX-License-Identifier: Apache-2.0
"""The summary of a GitHub job: the answer, what to do, the gravest of what was found, and what was not looked at.

GitHub takes at most 1 MiB for a step: what does not fit is left out row by row, and counted.
"""

from __future__ import annotations

from itertools import chain
from typing import IO, TYPE_CHECKING

from debar.writers import cases, legal, markdown, words
from debar.writers.markup import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.results import Exposure, Report
    from debar.writers import Style

SIZE = 1 << 20
"""Bytes that GitHub accepts for one step."""
_SHOWN = 100
"""Exposures, and places that could not be read, that a person looks at in a summary."""
_KEPT = 4096
"""Bytes kept for what ends the page."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the summary; it is to be added to the file that GITHUB_STEP_SUMMARY names."""
    end = f"\n{text(legal.DISCLAIMER)}\n"
    for part in _within(SIZE - _KEPT, _parts(report)):
        out.write(part)
    out.write(end)


def _parts(report: Report) -> Iterator[str]:
    yield f"## debar: {text(words.in_short(report))}\n\n"
    yield from chain(markdown.about(report), markdown.unread(report, _SHOWN), markdown.todo(report))
    gravest = _gravest(report)
    if gravest:
        yield f"\n## The gravest {len(gravest)} of {len(report.exposures)} exposures\n\n"
        yield from markdown.exposures(report, gravest)
    yield from chain(markdown.questions(report), markdown.decided(report), _missing(report))


def _gravest(report: Report) -> list[Exposure]:
    """Give the exposures with the gravest cases, then those of which the evidence is best."""
    worst: dict[str, tuple[bool, int]] = {}
    for judged in cases.judged(report):
        place = cases.rank(judged.worst)[:2]
        worst[judged.exposure.id] = min(place, worst.get(judged.exposure.id, place))
    last = (True, len(cases.GRAVITY))
    ordered = sorted(
        report.exposures, key=lambda exposure: (*worst.get(exposure.id, last), -exposure.level, exposure.id)
    )
    return ordered[:_SHOWN]


def _missing(report: Report) -> Iterator[str]:
    missing = ", ".join(report.coverage.kinds_missing)
    yield f"\nNo evidence was there of these kinds: {missing or 'none is missing'}. The JSON report has every note.\n"


def _within(size: int, parts: Iterable[str]) -> Iterator[str]:
    """Yield parts as long as there is room for them; then how many lines were left out."""
    left_out = 0
    for part in parts:
        size -= len(part.encode("utf-8", "backslashreplace"))
        if size < 0 or left_out:
            left_out += part.count("\n")
            continue
        yield part
    if left_out:
        yield f"\n{left_out} lines were left out: GitHub takes no more.\n"
