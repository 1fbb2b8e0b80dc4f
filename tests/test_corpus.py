# SPDX-License-Identifier: Apache-2.0
"""Promises held against real files from public repositories; skipped where they are not at hand."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from debar.model.measures import Organisation
from debar.model.vocab import AddresseeKind
from debar.obligations.question import Question
from debar.pipeline import scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from debar.model.results import Report
    from debar.register import Register

SBOMS = (
    "01-sbom-wild",
    "02-sbom-lab-containers",
    "03-sbom-samples",
    "04-sbom-conformance-valid",
    "05-sbom-hollow-wild",
    "05-sbom-malformed",
)
CLEAN = (*SBOMS, "20-lists-watchman", "33-tenders-ted", "50-reference")
"""Sets in which nobody has anything of Kaspersky's: names, mentions and look-alikes at most."""
READ = ("CycloneDX JSON 1.", "CycloneDX XML 1.", "SPDX JSON 2.2", "SPDX JSON 2.3")
PARTS = (
    "components",
    "nested components",
    "subjects",
    "components below the subject",
    "components of relatives and tools",
)
"""What the reference counts in XML: every element of that name."""
QUESTION = Question(
    organisation=Organisation(name="us/federal-agency", jurisdictions=("us",), kinds=(AddresseeKind.FEDERAL_AGENCY,)),
    as_of="2024-10-01",
    known_on="",
)


@pytest.fixture(scope="session")
def scanned(corpus: Path, register: Register) -> Callable[[str], Report]:
    """Give the report on one set of the corpus, scanned once."""
    reports: dict[str, Report] = {}

    def report(name: str) -> Report:
        if name not in reports:
            reports[name] = scan([str(corpus / name)], register, QUESTION)
        return reports[name]

    return report


def counted(corpus: Path, name: str) -> dict[str, tuple[str, int]]:
    """Give format and number of components that the corpus states of the files of a set that are read."""
    with (corpus / "sbom-formats.open.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["set"] == name]
    found = {}
    for row in rows:
        if row["format"].startswith(READ) and "/invalid-bomformat-" not in row["file"]:
            path = corpus / row["file"]
            path = path if path.is_file() else corpus / row["file"].replace("/open/", "/", 1)
            found[str(path)] = (row["format"], int(row["components"]))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", SBOMS)
def test_every_component_is_counted(name: str, corpus: Path, scanned: Callable[[str], Report]) -> None:
    """No component of a real SBOM is lost: the counts are those that others took from the same files."""
    report = scanned(name)
    counts = {source.path: source.counts for source in report.sources}
    wrong = {}
    for path, (form, expected) in counted(corpus, name).items():
        parts = PARTS if "XML" in form else ("components",)
        actual = sum(counts[path].get(part, 0) for part in parts) if path in counts else -1
        if expected != actual:
            wrong[path] = f"{form}: {expected} expected, {actual} read"
    assert {} == wrong


@pytest.mark.slow
@pytest.mark.parametrize("name", CLEAN)
def test_look_alikes_are_no_exposures(name: str, scanned: Callable[[str], Report]) -> None:
    """Lists, names and other people's software never become an exposure."""
    found = [
        (e.asset, e.product, e.level, e.matches[0].indicator, e.matches[0].observable.value)
        for e in scanned(name).exposures
    ]
    assert [] == found


@pytest.mark.slow
@pytest.mark.parametrize("name", CLEAN)
def test_every_file_is_read_or_told(name: str, corpus: Path, scanned: Callable[[str], Report]) -> None:
    """Each file of a set is a source, a skip with a reason, or named as documentation; none is passed over in silence."""
    report = scanned(name)
    files = {str(path) for path in (corpus / name).rglob("*") if path.is_file()}
    told = {s.path for s in report.sources} | {s.source for s in report.skips}
    notes = "\n".join(report.coverage.notes)
    assert [] == sorted(path for path in files - told if path not in notes)
    assert all(skip.reason for skip in report.skips)
