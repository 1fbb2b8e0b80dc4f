# SPDX-License-Identifier: Apache-2.0
"""Promises held against real files from public repositories; skipped where they are not at hand."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from debar.model.measures import Organisation
from debar.model.vocab import AddresseeKind, Kind
from debar.obligations.question import Question
from debar.observe import Reading
from debar.pipeline import scan
from debar.readers import walk

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
SETS = (
    *SBOMS,
    "06-endpoint-raw-glpi-agent",
    "06b-endpoint-programs-csv",
    "07-endpoint-inventory-glpi",
    "08-endpoint-wazuh",
    "09-package-databases",
    "10-net-zeek-brim",
    "11-net-zeek-slips",
    "12-net-suricata",
    "13-net-zeek-baselines",
    "14-net-nmap",
    "15-net-pcap",
    "16-net-other-logs",
    "20-lists-watchman",
    "21-lists-opensanctions",
    "22-entities-ftm",
    "30-ledger-uk-councils",
    "31-ledger-uk-lambeth-oxford",
    "32-ledger-us-sf",
    "33-tenders-ted",
    "50-reference",
)
SKIPPED = {
    "01-sbom-wild": 1,  # a list of the files
    "02-sbom-lab-containers": 0,
    "03-sbom-samples": 2,  # two texts that bear the ending of an SBOM
    "04-sbom-conformance-valid": 1,  # a header without rows
    "05-sbom-hollow-wild": 0,
    "06-endpoint-raw-glpi-agent": 17,  # routing tables, firewall states, release names, expected results, a reply of a server
    "07-endpoint-inventory-glpi": 0,
    "08-endpoint-wazuh": 1,  # a log of logins
    "10-net-zeek-brim": 0,
    "11-net-zeek-slips": 3,  # a configuration, and two logs that name nothing
    "12-net-suricata": 0,
    "13-net-zeek-baselines": 19,  # tables cut to columns without a header, placeholders instead of times
    "14-net-nmap": 1,  # an inclusion probe
    "15-net-pcap": 25,  # the expected texts beside the captures
    "16-net-other-logs": 2,  # a log of logins, a log of a desktop
    "30-ledger-uk-councils": 0,
    "31-ledger-uk-lambeth-oxford": 0,
}
"""Files that are no instance of a format, and what they are."""
CLEAN = (*SBOMS, "20-lists-watchman", "33-tenders-ted", "50-reference")
"""Sets in which nobody has anything of Kaspersky's: names, mentions and look-alikes at most."""
READ = ("CycloneDX ", "SPDX ", "Syft ")
PARTS = (
    "components",
    "nested components",
    "subjects",
    "components below the subject",
    "components of relatives and tools",
)
"""What the reference counts in XML: every element of that name."""
MISCOUNTED = frozenset(
    {
        "SPDXRdfExample-v2.2.spdx.rdf",
        "SPDXRdfExample-v2.3.spdx.rdf",
        "file_to_test_rdf_parser.rdf.xml",
        "SPDXXMLExample-v2.2.spdx.xml",
    }
)
"""Where the reference counts something else: verification codes beside packages, or takes XML for RDF."""
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
        if row["format"].startswith(READ) and row["components"] and "/invalid-" not in row["file"]:
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
        if path.rpartition("/")[2] in MISCOUNTED:
            continue
        parts = PARTS if form.startswith("CycloneDX XML") else ("components",)
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
        if e.party == "kaspersky"
    ]
    assert [] == found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["20-lists-watchman", "33-tenders-ted", "50-reference"])
def test_lists_of_names_are_nobodys_technology(name: str, scanned: Callable[[str], Report]) -> None:
    """Lists of sanctioned names, tenders found by a bare word, and tables of identifiers expose no party at level 3 or more."""
    found = [(e.asset, e.party, e.level, e.matches[0].observable.value) for e in scanned(name).exposures]
    assert [] == [one for one in found if one[2] >= 3]


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


FOUND = (
    ("07-endpoint-inventory-glpi", "kaspersky", "Kaspersky Endpoint Security"),
    ("16-net-other-logs", "amcrest", "9c:8e:cd:26:6a:00"),
    ("01-sbom-wild", "tencent", "pkg:golang/github.com/tencentcloud/"),
    ("02-sbom-lab-containers", "tencent", "pkg:golang/github.com/tencentcloud/"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "party", "value"), FOUND)
def test_what_is_there_is_found(name: str, party: str, value: str, scanned: Callable[[str], Report]) -> None:
    """A product only in an anti-virus entry, a camera only in a lease, modules only in images: each is found."""
    values = [m.observable.value for e in scanned(name).exposures if e.party == party for m in e.matches]
    assert any(found.startswith(value) for found in values)


@pytest.mark.slow
@pytest.mark.parametrize("agent", ["Bitdefender", "SentinelOne", "Cortex XDR", "Microsoft Defender"])
def test_agents_of_machines_are_read(agent: str, corpus: Path, register: Register) -> None:
    """The anti-virus agents in the outputs of their own tools are observed by name."""
    reading = Reading(register)
    places = walk.find([str(corpus / "06-endpoint-raw-glpi-agent")])
    names = {o.value for one in reading.observations(places) for o in one.observables if o.kind is Kind.NAME}
    assert any(agent.casefold() in name.casefold() for name in names)


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_no_reader_fails(name: str, corpus: Path, register: Register) -> None:
    """Whatever is in a set of real files, broken ones among them, no reader gives up for a fault of its own."""
    reading = Reading(register)
    for _ in reading.observations(walk.find([str(corpus / name)])):
        pass
    assert [] == [skip for skip in reading.skips if "failed" in skip.reason or "too deep or too large" in skip.reason]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "most"), SKIPPED.items())
def test_hardly_any_instance_is_skipped(name: str, most: int, corpus: Path, register: Register) -> None:
    """Of the files of a set no more are left unread than those that are no instance of a format."""
    reading = Reading(register)
    for _ in reading.observations(walk.find([str(corpus / name)])):
        pass
    whole = sorted({skip.source for skip in reading.skips if not skip.locator})
    assert len(whole) <= most, whole
