# SPDX-License-Identifier: Apache-2.0
"""What stands in the document: the outline of a report as plain words and numbers, of which a template makes pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from debar import dates
from debar.text import printable
from debar.writers import legal, words
from debar.writers.outline.decided import decided
from debar.writers.outline.found import rows, worded
from debar.writers.pdf.characters import settable
from debar.writers.references import link

if TYPE_CHECKING:
    from debar.model.results import Report
    from debar.writers.outline import Outline
    from debar.writers.outline.reasons import Reason
    from debar.writers.outline.stages import Axis, Due
    from debar.writers.outline.todo import Task

ALL, FIRST = 1_000, 200
"""Up to so many exposures all are listed on paper, of more only the first: nobody reads them there."""
_LABEL = 0.16
"""Share of the axis that the label of a day takes."""
_ASIDES, _SKIPS, _SOURCES = 200, 200, 500


def content(report: Report, outline: Outline) -> dict[str, Any]:
    """Give the data of the template, in characters that its fonts have."""
    told = {
        **_title(report, outline),
        "tasks": [_task(task) for task in outline.tasks],
        "axis": _axis(outline.axis),
        **_found(report, outline),
        **_law(outline),
        **_decided(report),
        **_protected(outline),
        **_looked(report, outline),
    }
    return {name: settable(value) for name, value in told.items()}


def _title(report: Report, outline: Outline) -> dict[str, Any]:
    when = dates.begins(report.as_of, "UTC")
    read = f"{words.counted(len(report.sources), 'input')}; {words.unread(report)}"
    tally = outline.tally
    asker = outline.asker + (" (assumed: nobody said who asks)" if report.assumed else "")
    return {
        "title": f"debar report, {report.organisation.name}, {report.as_of}",
        "date": (when.year, when.month, when.day),
        "program": f"{report.program.name} {report.program.version}",
        "running": f"debar report, {report.organisation.name}, {report.as_of}",
        "digest": f"register {report.register.version} ({report.register.sha256[:12]})",
        "answer": outline.answer,
        "tone": outline.tone,
        "tone-words": worded(outline.tone) if report.exposures else "",
        "warnings": [
            *([f"The register is {report.register.warning}."] if report.register.warning else []),
            *(alert.text for alert in outline.alerts),
        ],
        "facts": [
            ("For", asker),
            ("On", outline.day),
            ("By", f"{outline.release}; SHA-256 {report.register.sha256}"),
            ("Read", read),
            ("With", f"{report.program.name} {report.program.version}"),
        ],
        "numbers": [
            (f"{tally.exposures:,}", f"exposure{_s(tally.exposures)} on {words.counted(tally.assets, 'asset')}"),
            (str(outline.duties), f"{'duty' if outline.duties == 1 else 'duties'} in law, {outline.late} overdue"),
            (str(len(outline.questions)), f"question{_s(len(outline.questions))} left open"),
            (str(outline.missing), f"gap{_s(outline.missing)} in what was looked at"),
        ],
        "disclaimer": legal.DISCLAIMER,
    }


def _s(count: int) -> str:
    return "s" * (count != 1)


def _task(task: Task) -> dict[str, Any]:
    more = f" and {task.more:,} more assets" if task.more else ""
    named = f": {', '.join(task.assets)}{more}" if task.assets else ""
    whence = f" From {'; '.join(task.measures)}." if task.measures else ""
    about = f"{words.counted(task.exposures, 'exposure')}{named}.{whence}"
    if task.is_owed:
        about = f"Whatever was found: {', '.join(task.provisions)}.{whence}"
    return {"force": task.force, "when": task.when, "action": task.action, "about": about, "notes": task.notes}


def _axis(axis: Axis) -> dict[str, Any]:
    blocks = [
        {
            "head": f"{block.cite} - {block.title}",
            "lanes": [
                {
                    "name": lane.name.replace("-", " "),
                    "acts": lane.acts,
                    "bars": [
                        {
                            "status": bar.status,
                            "begins": bar.begins,
                            "ends": bar.ends,
                            "is_open": bar.is_open,
                            "said": f"{words.STATUSES[bar.status]}, {bar.text}{words.for_exposures(bar.exposures)}",
                        }
                        for bar in lane.bars
                    ],
                }
                for lane in block.lanes
            ],
        }
        for block in axis.blocks
    ]
    dues = _apart(axis)
    said = "; ".join(bar["said"] for block in blocks for lane in block["lanes"] for bar in lane["bars"])  # type: ignore[index]
    return {
        "today": axis.today,
        "day": axis.day,
        "ticks": msgspec.to_builtins(axis.ticks),
        "dues": [{"at": due.at, "day": due.day, "row": row} for due, row in dues],
        "due_rows": max((row for _, row in dues), default=0) + 1,
        "blocks": blocks,
        "told": f"Stages of the law on a time axis, with a line on {axis.day}. {said}",
        "left_out": axis.left_out,
    }


def _apart(axis: Axis) -> list[tuple[Due, int]]:
    """Give each day with the first row in which its label stands clear of those before it."""
    ends: list[float] = []
    placed = []
    for due in axis.dues:
        row = next((row for row, end in enumerate(ends) if end < due.at), len(ends))
        ends[row : row + 1] = [due.at + _LABEL]
        placed.append((due, row))
    return placed


def _found(report: Report, outline: Outline) -> dict[str, Any]:
    tally = outline.tally
    most = max((count.count for count in tally.statuses), default=1)
    most_listed = ALL if tally.exposures <= ALL else FIRST
    listed = "Every exposure"
    if tally.exposures > most_listed:
        listed = (
            f"The gravest {most_listed:,} of {tally.exposures:,} exposures; the reports in HTML and JSON have them all"
        )
    where = f"{words.counted(tally.exposures, 'exposure')} on {words.counted(tally.assets, 'asset')}"
    return {
        "found": f"{where}, of {', '.join(tally.parties)}. Each has its gravest status.",
        "statuses": [
            {"status": one.status, "text": one.text, "count": f"{one.count:,}", "share": max(one.count / most, 0.005)}
            for one in tally.statuses
        ],
        "listed": listed,
        "rows": [
            (row.asset, row.thing, row.means, f"sure: {row.sure}", row.status, row.text, row.seen, row.id, row.changes)
            for row in rows(report, outline.law, most_listed, 0)
        ],
    }


def _law(outline: Outline) -> dict[str, Any]:
    return {
        "measures": [
            {
                "title": measure.title,
                "about": f"{measure.cite} - {measure.authority}, {measure.instrument}",
                "reasons": [_reason(outline.law.reasons[place]) for place in measure.reasons],
            }
            for measure in outline.law.measures
        ],
        "questions": msgspec.to_builtins(outline.questions),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    idle = "" if reason.is_in_force else ", not in force on that day"
    return {
        "status": reason.status,
        "words": words.STATUSES[reason.status],
        "acts": ", ".join(reason.acts),
        "span": reason.span + idle,
        "text": reason.text,
        "remarks": reason.remarks,
        "questions": reason.questions,
        "doubts": reason.doubts,
        "support": f"{_about(reason)}; {reason.support}",
        "provision": reason.provision,
        "passages": [{**msgspec.to_builtins(passage), "url": link(passage.url)} for passage in reason.passages],
    }


def _about(reason: Reason) -> str:
    return words.counted(reason.exposures, "exposure") if reason.exposures else "whatever was found"


def _decided(report: Report) -> dict[str, Any]:
    judged = decided(report)
    more = len(judged.asides) - _ASIDES
    return {
        "decisions": msgspec.to_builtins(judged.decisions),
        "records": msgspec.to_builtins(judged.records),
        "asides": msgspec.to_builtins(judged.asides[:_ASIDES]),
        "more_asides": f"and {more:,} more in the JSON report" if more > 0 else "",
    }


def _protected(outline: Outline) -> dict[str, Any]:
    known = outline.protected
    machines = words.counted(known.machines, "machine")
    more = known.without - len(known.bare)
    return {
        "bare_told": f"{known.without:,} of {machines} on which something was found:"
        " no other protection reports healthy",
        "bare": [(one.asset, one.text) for one in known.bare],
        "more_bare": f"and {more:,} more; debar plan names them all" if more > 0 else "",
        "shields": [(one.asset, one.name, one.state, one.says, one.where) for one in known.shields[:_SKIPS]],
    }


def _looked(report: Report, outline: Outline) -> dict[str, Any]:
    more = len(report.skips) - _SKIPS
    skips = [
        f"{skip.source}{f', {skip.locator}' if skip.locator else ''}: {skip.reason}" for skip in report.skips[:_SKIPS]
    ]
    told = f"{words.counted(len(report.sources), 'input')}, with the digests of their bytes."
    if len(report.sources) > _SOURCES:
        told += f" The first {_SOURCES:,} are listed; the JSON report has them all."
    return {
        "missing": ", ".join(report.coverage.kinds_missing) or "no kind of evidence is missing altogether",
        "seen": ", ".join(report.coverage.kinds_seen) or "nothing",
        "gaps": [
            {
                "medium": gap.medium,
                "text": gap.text,
                "is_gap": gap.is_gap,
                "assets": gap.assets,
                "which": ", ".join(gap.names)
                + (f" and {gap.assets - len(gap.names):,} more" if gap.assets > len(gap.names) else ""),
            }
            for gap in outline.gaps
        ],
        "skips": [*skips, *([f"and {more:,} more in the JSON report"] if more > 0 else [])],
        "all_skips": len(report.skips),
        "notes": report.coverage.notes,
        "sources_told": told,
        "sources": [
            (printable(source.path), source.reader, f"{source.observations:,}", source.sha256 or "only parts were read")
            for source in report.sources[:_SOURCES]
        ],
    }
