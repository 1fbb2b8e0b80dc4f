# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Windows objects as delimited text."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind
from debar.readers.exports import windows_csv
from opened import observed, values


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_told_by_their_names(delimiter: str) -> None:
    """Any order, any delimiter of Export-Csv, and the line with the type above."""
    header = delimiter.join(f'"{name}"' for name in ("PathName", "Name", "DisplayName", "StartMode", "PSComputerName"))
    row = delimiter.join(f'"{cell}"' for cell in ('""C:\\Lab\\avp.exe"" -r', "avp", "Engine", "Auto", "WS-1"))
    found, _ = observed(windows_csv, f"#TYPE Microsoft.X\r\n{header}\r\n{row}\r\n")
    assert [(o.asset, o.locator, o.label) for o in found[:1]] == [("WS-1", "row 3", "Engine")]
    assert values(found[0], Kind.PATH) == ["C:\\Lab\\avp.exe"]
    assert values(found[0], Kind.SERVICE) == ["avp"]


def test_lists_of_wmic_are_parted() -> None:
    """Wmic writes several addresses as {a;b}."""
    found, _ = observed(
        windows_csv, "Node,DNSHostName,IPAddress,MACAddress\r\r\nWS-1,WS-1,{10.1.2.3;fe80::1},E8:6A:64:11:22:33\r\r\n"
    )
    assert values(found[-1], Kind.ADDRESS) == ["10.1.2.3"]
    assert values(found[-1], Kind.MAC) == ["e8:6a:64:11:22:33"]


def test_overlong_cell_costs_its_row() -> None:
    """A cell beyond the limit is told, and the rows after it are read."""
    found, source = observed(
        windows_csv, "Node,Name,Vendor,Version\nWS-1,A,V,1\nWS-1," + "x" * (windows_csv.CELL + 9) + ",V,1\nWS-1,B,V,1\n"
    )
    assert [o.label for o in found] == ["A", "B"]
    assert [place for place, _ in source.losses] == ["row 3"]


def test_tasklist_of_a_german_machine_is_read() -> None:
    """The CSV form of tasklist has its header in the language of Windows."""
    found, _ = observed(windows_csv, '"Abbildname","PID","Sitzungsname"\r\n"agent.exe","12","Services"\r\n')
    assert [values(o, Kind.PROCESS) for o in found] == [["agent.exe"]]
