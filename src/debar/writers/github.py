# SPDX-License-Identifier: Apache-2.0
"""Annotations of a GitHub job: workflow commands on standard output, the gravest first, and one that sums up.

GitHub shows ten of each kind for a step; what is beyond them is only counted.
"""

from __future__ import annotations

from itertools import islice
from typing import IO, TYPE_CHECKING

from debar.text import printable
from debar.writers import cases, references, words
from debar.writers.sarif.rules import LEVELS, level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Skip
    from debar.model.results import Report
    from debar.writers import Style
    from debar.writers.cases import Judged

SHOWN = 10
"""Annotations of one kind that GitHub shows for a step."""
_KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write at most ten commands of each kind, the last of them all a notice of how many there are."""
    kept: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
    counts = dict.fromkeys(kept, 0)
    # A place of the ten errors belongs to what was not read, and one of the ten notices to the sum.
    for skip in report.skips:
        counts["error"] += 1
        if len(kept["error"]) < SHOWN // 2:
            kept["error"].append(_unread(skip))
    paths = {source.id: source.path for source in report.sources}
    for judged in _gravest_first(report):
        kind = _KINDS[level(judged.worst)]
        counts[kind] += 1
        if len(kept[kind]) < SHOWN - (kind == "notice"):
            kept[kind].append(_annotation(kind, judged, report, paths))
    for lines in kept.values():
        out.writelines(f"{line}\n" for line in islice(lines, SHOWN))
    out.write(f"{_sum(report, counts)}\n")


def _gravest_first(report: Report) -> Iterator[Judged]:
    """Yield what GitHub is told, in the order of its gravity and then of the report."""
    found = [judged for judged in cases.judged(report) if judged.worst.finding.status in LEVELS]
    yield from sorted(found, key=lambda judged: cases.rank(judged.worst)[:2])


def _annotation(kind: str, judged: Judged, report: Report, paths: dict[str, str]) -> str:
    exposure, worst = judged.exposure, judged.worst
    best = max(exposure.matches, key=lambda match: (match.level, match.confidence))
    title = f"{cases.cite(report, judged.measure)}: {cases.sentence(worst, report)}"
    lines = [f"{cases.thing(exposure, report)} on {exposure.asset}: {worst.finding.text}", worst.finding.action]
    lines += [*worst.finding.questions, f"{exposure.id}, {worst.finding.id}"]
    return command(
        kind,
        "\n".join(line for line in lines if line),
        file=_file(paths.get(best.source, best.source)),
        line=str(references.line_of(best.locator) or 1),
        title=title,
    )


def _unread(skip: Skip) -> str:
    where = f"{skip.source} {skip.locator}".strip()
    line = str(references.line_of(skip.locator) or 1)
    return command("error", f"{where}: {skip.reason}", file=_file(skip.source), line=line, title="could not be read")


def _file(path: str) -> str:
    """Give the file itself: a member of an archive is none that GitHub could open."""
    return path.partition("!")[0]


def _sum(report: Report, counts: dict[str, int]) -> str:
    told = ", ".join(f"{count} {kind}{'s' * (count != 1)}" for kind, count in counts.items() if count)
    found = f"{len(report.exposures)} exposures on {cases.assets(report)} assets"
    return command(
        "notice",
        f"{words.in_short(report)}\n{found}; {told or 'nothing to annotate'}; {words.unread(report)}",
        title=f"debar, as of {report.as_of}",
    )


def command(kind: str, message: str, **properties: str) -> str:
    """Give a workflow command in one line: what would end it, or begin another, is escaped."""
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {told}::{_data(message)}"


def _data(text: str) -> str:
    """Give a message as the toolkit of GitHub's actions escapes it; control characters are shown."""
    shown = "\n".join(printable(line) for line in text.split("\n"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
