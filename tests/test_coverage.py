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


def test_evidence_of_one_machine_meets_under_one_name(tmp_path: Path) -> None:
    """Traffic by an address and the lease of that address are one asset, with both listed."""
    (tmp_path / "dns.log").write_bytes(composed.ZEEK)
    (tmp_path / "dhcpd.leases").write_bytes(composed.LEASES)
    report = scanned(tmp_path)
    assert all(Medium.LEASES in a.evidence for a in report.coverage.assets if Medium.NETWORK in a.evidence)
    assert any(len(a.also) >= 1 for a in report.coverage.assets)
