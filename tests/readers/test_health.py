# SPDX-License-Identifier: Apache-2.0
"""Promises about states of protection: readers keep what a source says of them, under the name that the source gives."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debar import pipeline
from debar.model.measures import Organisation
from debar.model.vocab import AddresseeKind, Health, Kind
from debar.obligations.question import Question
from debar.readers.business import table
from debar.readers.inputs import Input
from debar.readers.inventory import glpi, osquery

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.register import Register

DATA = Path(__file__).parents[1] / "data" / "readers"
QUESTION = Question(
    organisation=Organisation(name="us/company", jurisdictions=("us",), kinds=(AddresseeKind.COMPANY,)),
    as_of="2024-10-01",
    known_on="",
)


def states(observations: list[Observation]) -> list[tuple[str, str, list[str]]]:
    """Give asset, label and what is said of its state, of each observation that says anything."""
    found = [(o.asset, o.label, [x.value for x in o.observables if x.kind is Kind.HEALTH]) for o in observations]
    return [one for one in found if one[2]]


def from_table(tmp_path: Path, register: Register, *rows: dict[str, str]) -> list[Observation]:
    """Give what a table of these rows says."""
    file, out = tmp_path / "export.csv", io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(out.getvalue(), encoding="utf-8")
    return list(table.read(Input(str(file), file, register.layouts)))


def test_a_console_export_tells_the_state_by_its_columns(tmp_path: Path, register: Register) -> None:
    """The name of the column stays with the cell, and blank cells say nothing."""
    first = {
        "Device name": "PC7",
        "Security product": "Sophos Endpoint Agent",
        "Protection state": "Healthy",
        "Signatures up to date": "Yes",
        "Last seen": "2024-09-19",
    }
    other = {**first, "Device name": "PC8", "Protection state": "-", "Signatures up to date": ""}
    found = from_table(tmp_path, register, first, other)
    assert [("PC7", "Sophos Endpoint Agent", ["Protection state=Healthy", "Signatures up to date=Yes"])] == states(
        found
    )
    assert ["2024-09-19", "2024-09-19"] == [o.observed_at for o in found]


def test_security_center_is_read_from_a_table(tmp_path: Path, register: Register) -> None:
    """What PowerShell writes of the class keeps its number."""
    row = {
        "displayName": "Windows Defender",
        "productState": "397568",
        "PSComputerName": "W2",
        "timestamp": "Thu, 19 Sep",
    }
    assert [("W2", "Windows Defender", ["productState=397568"])] == states(from_table(tmp_path, register, row))


def test_defender_is_read_from_its_own_status(tmp_path: Path, register: Register) -> None:
    """A status that names no product is that of the product whose fields it has."""
    row = {
        "PSComputerName": "W3",
        "AMRunningMode": "Normal",
        "RealTimeProtectionEnabled": "True",
        "AntivirusEnabled": "True",
    }
    from_table(tmp_path, register, row)
    found = pipeline.scan([str(tmp_path)], register, QUESTION)
    assert [("W3", "microsoft-defender", Health.HEALTHY)] == [(p.asset, p.product, p.state) for p in found.protection]


def test_a_firewall_tells_nothing_of_the_anti_virus(tmp_path: Path) -> None:
    """Osquery lists both under one name; only the anti-virus is asked."""
    rows = [
        {"name": "Norton 360", "type": kind, "state": "On", "signatures_up_to_date": "1", "remediation_path": "n.exe"}
        for kind in ("Firewall", "Antivirus")
    ]
    file = tmp_path / "products.json"
    file.write_text(json.dumps(rows))
    found = states(list(osquery.read(Input(str(file), file))))
    assert [["state=On", "signatures_up_to_date=1"]] == [said for _, _, said in found]


@pytest.mark.parametrize(
    ("sample", "product", "state"),
    [
        ("inventory/agent-status/bduitool.txt", "bitdefender-endpoint", Health.HEALTHY),
        ("inventory/agent-status/falconctl.txt", "crowdstrike-falcon", Health.HEALTHY),
        ("inventory/agent-status/mdatp-health.json", "microsoft-defender", Health.HEALTHY),
        ("inventory/agent-status/sentinelctl.txt", "sentinelone", Health.HEALTHY),
        ("inventory/agent-status/cytool-info.txt", "palo-alto-cortex-xdr", Health.INSTALLED),
    ],
)
def test_agents_are_believed_as_far_as_they_tell(sample: str, product: str, state: Health, register: Register) -> None:
    """What an agent says of itself is its state; one that gives only its version is there, and no more."""
    found = pipeline.scan([str(DATA / sample)], register, QUESTION)
    assert [(product, state)] == [(p.product, p.state) for p in found.protection]


def test_inventories_of_glpi_tell_the_state(register: Register) -> None:
    """Both agents say whether the product is on and new; false is said as well as true."""
    found = pipeline.scan([str(DATA / "inventory/glpi/glpi-agent-windows.json")], register, QUESTION)
    assert [("microsoft-defender", Health.UNHEALTHY, ("enabled=0", "uptodate=1"))] == [
        (p.product, p.state, p.says) for p in found.protection
    ]
    file = DATA / "inventory/glpi/ocs-windows.xml"
    assert [["enabled=1", "uptodate=1"]] == [said for _, _, said in states(list(glpi.read(Input(str(file), file))))]


def test_a_part_of_a_country_is_no_state_of_protection(tmp_path: Path, register: Register) -> None:
    """A column called State in a list of vendors says nothing of any product."""
    row = {"Vendor": "Acme", "State": "TX", "Amount": "1.00", "Date": "2024-01-01"}
    assert [] == states(from_table(tmp_path, register, row))
