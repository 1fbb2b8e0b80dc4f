# SPDX-License-Identifier: Apache-2.0
"""Promises of saying what was and was not looked at, asset by asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import composed
from archived import DPKG
from debar.model.vocab import Looked, Medium
from debar.pipeline import Settings, scan

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import AssetCoverage, Report


def scanned(folder: Path, stale_after: int = 90) -> Report:
    """Scan with a limit of age, as on 1 October 2024."""
    return scan([str(folder)], composed.shipped(), composed.QUESTION, Settings(stale_after=stale_after))


def of(report: Report, asset: str) -> AssetCoverage:
    """Give what was looked at of one asset."""
    return next(a for a in report.coverage.assets if a.asset == asset)


def states(report: Report, asset: str) -> dict[Medium, Looked]:
    """Give what became of each kind of evidence about an asset."""
    return {medium: evidence.state for medium, evidence in of(report, asset).evidence.items()}


def log(day: str) -> bytes:
    """Give an osquery log with one program on one day."""
    return (
        (
            '{"hostIdentifier":"pc-1","calendarTime":"DAY UTC","name":"pack","action":"added",'
            '"columns":{"name":"Some Program","publisher":"Somebody","version":"1"}}\n'
        )
        .replace("DAY", day)
        .encode()
    )


def test_machine_lists_what_is_absent(tmp_path: Path) -> None:
    """A machine of which only packages are known has neither inventory, traffic nor files."""
    (tmp_path / "web01").mkdir()
    (tmp_path / "web01" / "status").write_bytes(DPKG)
    assert states(scanned(tmp_path), "web01") == {
        Medium.PACKAGES: Looked.READ,
        Medium.INVENTORY: Looked.ABSENT,
        Medium.FILES: Looked.ABSENT,
        Medium.NETWORK: Looked.ABSENT,
    }


def test_product_lists_no_evidence_of_machines(tmp_path: Path) -> None:
    """A product has an SBOM; it is no machine that could lack a network log."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    assert states(scanned(tmp_path, 9999), "shop@2") == {Medium.SBOM: Looked.READ}


def test_hollow_sbom_says_nothing(tmp_path: Path) -> None:
    """An SBOM without components was read and says nothing, which is not clean."""
    (tmp_path / "bom.json").write_bytes(b'{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": []}')
    report = scanned(tmp_path)
    assert [e.state for a in report.coverage.assets for e in a.evidence.values()] == [Looked.SILENT]
    assert any("says nothing" in note for note in report.coverage.notes)


SUBJECT = '"metadata":{"timestamp":"2023-11-02T12:17:53Z","component":{"type":"container","name":"shop","version":"2"}}'
XML_SUBJECT = '<component type="container"><name>shop</name><version>2</version></component>'
HOLLOW = {
    "subject.json": '{"bomFormat":"CycloneDX","specVersion":"1.4",' + SUBJECT + "}",
    "signed.json": '{"bomFormat":"CycloneDX","specVersion":"1.4","vulnerabilities":[{}],"components":[],'
    + SUBJECT
    + "}",
    "ancestor.json": '{"bomFormat":"CycloneDX","specVersion":"1.4",'
    + SUBJECT.replace('"version":"2"', '"version":"2","pedigree":{"ancestors":[{"type":"library","name":"old"}]}')
    + "}",
    "subject.xml": '<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><metadata>' + XML_SUBJECT + "</metadata></bom>",
    "tools.xml": '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><metadata><tools><components>'
    '<component type="application"><name>maker of BOMs</name></component></components></tools>'
    + XML_SUBJECT
    + "</metadata></bom>",
    "attested.json": '{"_type":"https://in-toto.io/Statement/v0.1","subject":[{"name":"shop@2","digest":{"sha256":"'
    + "ab" * 32
    + '"}}],"predicateType":"https://spdx.dev/Document","predicate":{"spdxVersion":"SPDX-2.3","name":"shop@2"}}',
    "scanned.json": '{"artifacts":[],"source":{"type":"image","target":{"userInput":"shop@2","imageID":"sha256:'
    + "ab" * 32
    + '"}},"distro":{"id":"debian","versionID":"12"},"descriptor":{"name":"syft"},"schema":{"version":"16.0.0",'
    '"url":"https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-16.0.0.json"}}',
}


@pytest.mark.parametrize("name", HOLLOW)
def test_hollow_sbom_with_a_subject_says_nothing(tmp_path: Path, name: str) -> None:
    """An SBOM that names what it is about and nothing in it says nothing, however old it is."""
    (tmp_path / name).write_text(HOLLOW[name])
    report = scanned(tmp_path)
    assert [s.observations > 0 for s in report.sources] == [True]
    assert states(report, "shop@2") == {Medium.SBOM: Looked.SILENT}
    assert f"says nothing, which is not the same as clean: {tmp_path / name}" in report.coverage.notes


def test_full_sbom_beside_a_hollow_one_tells(tmp_path: Path) -> None:
    """A product of which one SBOM is hollow and another is not was looked at; the hollow one is still named."""
    (tmp_path / "full.json").write_bytes(composed.CYCLONEDX)
    (tmp_path / "hollow.json").write_text(HOLLOW["subject.json"])
    report = scanned(tmp_path, 9999)
    assert states(report, "shop@2") == {Medium.SBOM: Looked.READ}
    assert any("says nothing" in note and "full.json" not in note for note in report.coverage.notes)


@pytest.mark.slow
def test_real_hollow_sboms_say_nothing(corpus: Path) -> None:
    """Of 67 real SBOMs all but the one that lists the others are hollow, and each is told as such."""
    report = scanned(corpus / "05-sbom-hollow-wild")
    silent = [a for a in report.coverage.assets if a.evidence[Medium.SBOM].state is Looked.SILENT]
    assert (66, 1) == (len(silent), len(report.coverage.assets) - len(silent))
    assert any("says nothing" in note and "and 46 more" in note for note in report.coverage.notes)


@pytest.mark.parametrize(
    ("day", "limit", "state"),
    [
        ("Mon Sep 30 10:00:00 2024", 90, Looked.READ),
        ("Mon Jul  1 10:00:00 2024", 90, Looked.STALE),
        ("Mon Jul  1 10:00:00 2024", 120, Looked.READ),
    ],
)
def test_old_evidence_is_stale(tmp_path: Path, day: str, limit: int, state: Looked) -> None:
    """Evidence older than the limit, counted from the day asked about, is stale; the limit is the user's."""
    (tmp_path / "osquery.log").write_bytes(log(day))
    assert states(scanned(tmp_path, limit), "pc-1")[Medium.INVENTORY] is state


def test_losses_are_told_of_the_asset(tmp_path: Path) -> None:
    """An asset whose log has a broken line was read with losses."""
    (tmp_path / "osquery.log").write_bytes(log("Mon Sep 30 10:00:00 2024") + b"{broken\n")
    assert states(scanned(tmp_path), "pc-1")[Medium.INVENTORY] is Looked.LOSSES


def test_unreadable_evidence_is_told_of_the_asset(tmp_path: Path) -> None:
    """A piece of evidence that was recognised and cannot be read counts as there, and not as read."""
    (tmp_path / "web01").mkdir()
    (tmp_path / "web01" / "bom.json").write_bytes(b'{"bomFormat": "CycloneDX", "components": [')
    assert states(scanned(tmp_path), "web01") == {Medium.SBOM: Looked.UNREADABLE}


def test_a_list_of_states_does_not_list_programs(tmp_path: Path) -> None:
    """An export of how protection does says nothing of what else is installed; a list of programs does."""
    (tmp_path / "states.csv").write_text(
        "Device name,Security product,Protection state,Signatures up to date,Last seen\n"
        "pc-1,Microsoft Defender Antivirus,Healthy,Yes,2024-09-19\n"
    )
    assert of(scanned(tmp_path), "pc-1").evidence[Medium.INVENTORY].readers == ()
    (tmp_path / "osquery.log").write_bytes(log("Thu Sep 19 10:00:00 2024"))
    assert of(scanned(tmp_path), "pc-1").evidence[Medium.INVENTORY].readers == ("osquery",)


def test_evidence_of_one_machine_meets_under_one_name(tmp_path: Path) -> None:
    """Traffic by an address and the lease of that address are one asset, with both listed."""
    (tmp_path / "dns.log").write_bytes(composed.ZEEK)
    (tmp_path / "dhcpd.leases").write_bytes(composed.LEASES)
    report = scanned(tmp_path)
    assert all(Medium.LEASES in a.evidence for a in report.coverage.assets if Medium.NETWORK in a.evidence)
    assert any(len(a.also) >= 1 for a in report.coverage.assets)
