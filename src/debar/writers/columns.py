# SPDX-License-Identifier: Apache-2.0
"""The columns of a report as a table: one row for each finding, and one for each exposure without any.

What is owed whatever was found has rows at the end, in which no exposure is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.writers import cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.results import Exposure, Finding, Obligation, Report

Value = str | float | int | None
Row = tuple[Value, ...]


class Column(NamedTuple):
    """One column: its name, what its cells are, and what they tell."""

    name: str
    kind: str
    tells: str


COLUMNS = (
    Column("as_of", "text", "day or instant that was asked about"),
    Column("organisation", "text", "who asked"),
    Column("register", "text", "version of the register that answered"),
    Column("exposure", "text", "id of the exposure; empty for what is owed whatever was found"),
    Column("asset", "text", "what has it: a host, a product, a place of purchases"),
    Column("party", "text", "id of the supplier"),
    Column("party_name", "text", "what people call the supplier"),
    Column("product", "text", "id of the supplier's product; empty where the evidence does not tell"),
    Column("product_name", "text", "what people call the product"),
    Column("version", "text", "version as the evidence gives it"),
    Column("meaning", "text", "what it is to the organisation: installed, embedded, hardware ..."),
    Column("level", "count", "how well it is supported: 5 proven, 4 strong, 3 moderate, 2 weak, 1 mention"),
    Column("probability", "number", "that it is the supplier's, from labelled cases"),
    Column("first_seen", "text", "first time in the evidence; empty where it gives none"),
    Column("last_seen", "text", "last time in the evidence"),
    Column("matches", "count", "in how many places it was recognised"),
    Column("source", "text", "path of the input with the best of them"),
    Column("locator", "text", "place inside that input"),
    Column("verdict", "text", "what a person decided about it, while that holds; empty where nobody did"),
    Column("measure", "text", "id of the measure; empty, like all that follow, where no measure is about it"),
    Column("citation", "text", "how the measure is cited"),
    Column("provision", "text", "id of the provision"),
    Column("act", "text", "what would be done with it: use, resell, report ..."),
    Column("status", "text", "legal position of that act: prohibited, required, undetermined ..."),
    Column("time", "text", "now, later or past: where the finding stands to the day asked about"),
    Column("since", "text", "instant in UTC from which it holds"),
    Column("until", "text", "first instant at which it no longer holds; empty for open-ended"),
    Column("contract", "text", "contract of the organisation that it is about"),
    Column("exemption", "text", "exemption of the law that takes the case out"),
    Column("waiver", "text", "waiver that takes the case out"),
    Column("questions", "text", "what is to be answered first, joined by ' | '"),
    Column("grade", "text", "how well the law is supported: primary, secondary, unverified"),
    Column("action", "text", "what to do about it"),
    Column("due", "text", "earliest instant by which an obligation from it is due; empty where none is"),
    Column("finding", "text", "id of the finding; the same in every report"),
    Column("url", "text", "web address of the first passage behind it"),
)
OF_EXPOSURE = 19
"""Columns that tell of the exposure; the others tell of the finding."""


def rows(report: Report) -> Iterator[tuple[Row, Row]]:
    """Yield the rows in the order of the report, each in two parts: what it says of the exposure, and of the finding.

    Rows of one exposure share the first part, the very same one.
    """
    found, when = cases.findings_of(report), cases.timing(report)
    paths = {source.id: source.path for source in report.sources}
    due = _dues(report.obligations)
    head = (report.as_of, report.organisation.name, report.register.version)
    without = tuple("" for _ in COLUMNS[OF_EXPOSURE:])
    for exposure in report.exposures:
        about = head + _of_exposure(exposure, report, paths)
        findings = found.get(exposure.id)
        if not findings:
            yield about, without
        for finding in findings or ():
            yield about, _of_finding(finding, report, when, due)
    about = head + _NOTHING
    for finding in report.findings:
        if finding.exposure is None:
            yield about, _of_finding(finding, report, when, due)


_EMPTY: dict[str, Value] = {"text": "", "count": 0, "number": 0.0}
_NOTHING: Row = tuple(_EMPTY[column.kind] for column in COLUMNS[3:OF_EXPOSURE])
"""Of an exposure, in rows about what is owed whatever was found."""


def _dues(obligations: tuple[Obligation, ...]) -> dict[str, str]:
    """Give by finding the first day of any obligation that comes from it."""
    due: dict[str, str] = {}
    for obligation in obligations:
        for finding in obligation.findings if obligation.due else ():
            due[finding] = min(obligation.due or "", due.get(finding, obligation.due or ""))
    return due


def _of_exposure(exposure: Exposure, report: Report, paths: dict[str, str]) -> Row:
    best = max(exposure.matches, key=lambda match: (match.level, match.confidence))
    return (
        exposure.id,
        exposure.asset,
        exposure.party,
        report.names.get(exposure.party, exposure.party),
        exposure.product,
        report.names.get(f"{exposure.party}/{exposure.product}", exposure.product),
        exposure.version,
        exposure.meaning.value,
        exposure.level,
        exposure.confidence,
        exposure.first_seen,
        exposure.last_seen,
        len(exposure.matches),
        paths.get(best.source, best.source),
        best.locator,
        exposure.decision.verdict.value if exposure.decision else "",
    )


def _of_finding(finding: Finding, report: Report, when: Callable[[Finding], cases.Time], due: dict[str, str]) -> Row:
    return (
        finding.measure,
        cases.cite(report, finding.measure),
        finding.provision,
        finding.act.value,
        finding.status.value,
        when(finding).value,
        finding.since,
        finding.until or "",
        finding.contract or "",
        finding.exemption or "",
        finding.waiver or "",
        " | ".join(finding.questions),
        finding.grade.value,
        finding.action,
        due.get(finding.id, ""),
        finding.id,
        finding.because[0].url if finding.because else "",
    )
