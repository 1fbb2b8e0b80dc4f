# SPDX-License-Identifier: Apache-2.0
"""Promises of the column layouts of tables that operating systems and management services export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.model.vocab import Kind
from debar.readers import load, sniff
from opened import opened, values

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.register import Register

TABLES = {
    "autoruns": (
        "Time,Entry Location,Entry,Enabled,Category,Profile,Description,Signer,Company,Image Path,Version,Launch String\n"
        "20240101-000000,HKLM\\X\\Run,AVP,enabled,Logon,System-wide,Tray,(Verified) Example Lab,Example Lab,"
        "c:\\lab\\avpui.exe,1.2,c:\\lab\\avpui.exe -x\n"
    ),
    "sigcheck": (
        "Path,Verified,Date,Publisher,Company,Description,Product,Product Version,File Version,Machine Type\n"
        "c:\\lab\\a.exe,Signed,1:00 01/01/2024,Example Lab,Example Lab,Tray,AVP,1.2,1.2.0,64-bit\n"
    ),
    "driverquery": (
        '"Module Name","Display Name","Description","Driver Type","Start Mode","State","Path"\n'
        '"klif","AVP","d","File System","System","Running","C:\\Windows\\system32\\DRIVERS\\klif.sys"\n'
    ),
    "windows-driver-signing": (
        '"DeviceName","InfName","IsSigned","Manufacturer"\n"AVP","oem1.inf","TRUE","Example Lab"\n'
    ),
    "mdm-apps": "Device Friendly Name,Application Name,Package ID,Version\nphone1,AVP,com.vendor.app,1.2\n",
}
EXPECTED = {
    "autoruns": (Kind.PUBLISHER, ["Example Lab"]),
    "sigcheck": (Kind.SIGNER, ["Example Lab"]),
    "driverquery": (Kind.SERVICE, ["klif"]),
    "windows-driver-signing": (Kind.PUBLISHER, ["Example Lab"]),
    "mdm-apps": (Kind.APP_ID, ["com.vendor.app"]),
}


def read(register: Register, content: str) -> list[Observation]:
    """Recognise a table and read it."""
    source = opened(content, "export.csv")
    source.layouts = register.layouts
    reader, why = sniff.find_reader(source)
    assert reader is not None, why
    assert reader.name == "table"
    return list(load(reader)(source))


@pytest.mark.parametrize("layout", TABLES)
def test_table_is_known_by_its_columns(register: Register, layout: str) -> None:
    """Each layout finds the thing's name and what betrays its maker."""
    (found,) = read(register, TABLES[layout])
    kind, expected = EXPECTED[layout]
    assert "AVP" in {found.label, *values(found, Kind.NAME)}
    assert values(found, kind) == expected
