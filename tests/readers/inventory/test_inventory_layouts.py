# SPDX-License-Identifier: Apache-2.0
"""Promises of the column layouts for tables that inventory tools export."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers.business import table
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from debar.register import Register

EXPORTS: dict[str, tuple[Meaning, dict[str, str], tuple[str, str, str], dict[Kind, list[str]]]] = {
    "intune-devices": (
        Meaning.HARDWARE,
        {
            "Device name": "PC7",
            "Managed by": "Intune",
            "Ownership": "Corporate",
            "Compliance": "Compliant",
            "OS": "Windows",
            "OS version": "10.0.22631",
            "Last check-in": "2024-05-02 09:30:11",
            "Manufacturer": "LENOVO",
            "Model": "21CB",
            "Serial number": "PF3ABC",
            "Wi-Fi MAC": "02005E005307",
        },
        ("PC7", "PC7", ""),
        {Kind.HOSTNAME: ["PC7"], Kind.SERIAL: ["PF3ABC"], Kind.PUBLISHER: ["LENOVO"], Kind.MODEL: ["21CB"]},
    ),
    "defender-software": (
        Meaning.INSTALLED,
        {
            "DeviceId": "ab12",
            "RbacGroupName": "all",
            "DeviceName": "pc7.example.org",
            "OSPlatform": "Windows11",
            "SoftwareVendor": "kaspersky",
            "SoftwareName": "endpoint_security",
            "SoftwareVersion": "12.3.0.493",
            "NumberOfWeaknesses": "0",
            "DiskPaths": "C:\\V",
            "RegistryPaths": "HKLM\\V",
            "EndOfSupportStatus": "None",
        },
        ("pc7.example.org", "endpoint_security", "12.3.0.493"),
        {
            Kind.NAME: ["endpoint_security"],
            Kind.PUBLISHER: ["kaspersky"],
            Kind.PATH: ["C:\\V"],
            Kind.REGISTRY: ["HKLM\\V"],
        },
    ),
    "sccm-cmpivot-software": (
        Meaning.INSTALLED,
        {
            "Device": "PC7",
            "ARPDisplayName": "Agent",
            "ProductName": "Agent x64",
            "ProductVersion": "14.2",
            "Publisher": "AO Vendor",
            "InstallDate": "x",
            "SoftwareCode": "{A}",
        },
        ("PC7", "Agent", "14.2"),
        {Kind.NAME: ["Agent", "Agent x64"], Kind.PUBLISHER: ["AO Vendor"], Kind.PRODUCT_CODE: ["{A}"]},
    ),
    "jamf-applications": (
        Meaning.INSTALLED,
        {"Computer Name": "mac14", "Application Title": "Guard.app", "Application Version": "22.0"},
        ("mac14", "Guard.app", "22.0"),
        {Kind.NAME: ["Guard.app"]},
    ),
    "jamf-computers": (
        Meaning.HARDWARE,
        {
            "Computer Name": "mac14",
            "Serial Number": "C02X",
            "MAC Address": "02:00:5E:00:53:14",
            "Model": "MacBook Air",
            "Jamf Pro Computer ID": "3",
            "Operating System": "macOS 14",
        },
        ("mac14", "mac14", ""),
        {Kind.HOSTNAME: ["mac14"], Kind.SERIAL: ["C02X"], Kind.MODEL: ["MacBook Air"], Kind.NAME: ["macOS 14"]},
    ),
    "kandji-applications": (
        Meaning.INSTALLED,
        {
            "device__name": "mac14",
            "serial_number": "C02X",
            "name": "Guard",
            "version": "22.0",
            "bundle_id": "com.vendor.guard",
            "path": "/Applications/Guard.app",
        },
        ("mac14", "Guard", "22.0"),
        {Kind.NAME: ["Guard"], Kind.BUNDLE: ["com.vendor.guard"], Kind.PATH: ["/Applications/Guard.app"]},
    ),
    "ninja-software": (
        Meaning.INSTALLED,
        {
            "deviceId": "4",
            "deviceName": "PC7",
            "name": "Agent",
            "publisher": "AO Vendor",
            "version": "14.2",
            "location": "C:\\V",
            "productCode": "{A}",
        },
        ("PC7", "Agent", "14.2"),
        {Kind.NAME: ["Agent"], Kind.PUBLISHER: ["AO Vendor"], Kind.PATH: ["C:\\V"], Kind.PRODUCT_CODE: ["{A}"]},
    ),
    "pdq-applications": (
        Meaning.INSTALLED,
        {
            "Computer Name": "PC7",
            "Application Name": "Agent",
            "Application Version": "14.2",
            "Application Publisher": "AO Vendor",
        },
        ("PC7", "Agent", "14.2"),
        {Kind.NAME: ["Agent"], Kind.PUBLISHER: ["AO Vendor"]},
    ),
    "tanium-applications": (
        Meaning.INSTALLED,
        {
            "Computer Name": "PC7",
            "Name": "Agent",
            "Version": "14.2",
            "Silent Uninstall String": "MsiExec",
            "Uninstallable": "Is Uninstallable",
            "Count": "1",
        },
        ("PC7", "Agent", "14.2"),
        {Kind.NAME: ["Agent"]},
    ),
    "qualys-software": (
        Meaning.INSTALLED,
        {
            "Asset Name": "PC7",
            "Full Name": "Vendor Agent 14.2",
            "Publisher": "AO Vendor",
            "Product": "Agent",
            "Version": "14.2",
            "Category": "Security",
            "Lifecycle Stage": "GA",
        },
        ("PC7", "Vendor Agent 14.2", "14.2"),
        {Kind.NAME: ["Vendor Agent 14.2", "Agent"], Kind.PUBLISHER: ["AO Vendor"]},
    ),
    "nessus-findings": (
        Meaning.MENTION,
        {
            "Plugin ID": "20284",
            "CVE": "",
            "Risk": "None",
            "Host": "192.0.2.7",
            "Protocol": "tcp",
            "Port": "445",
            "Name": "Vendor Anti-Virus Detection",
            "Synopsis": "x",
            "Description": "x",
            "Solution": "x",
            "Plugin Output": "Version 8.0",
        },
        ("192.0.2.7", "Vendor Anti-Virus Detection", ""),
        {Kind.TEXT: ["Vendor Anti-Virus Detection", "Version 8.0"]},
    ),
    "lansweeper-assets": (
        Meaning.HARDWARE,
        {
            "AssetName": "cam1",
            "AssetTypename": "IP camera",
            "IPAddress": "192.0.2.31",
            "Mac": "02:00:5E:00:53:31",
            "Manufacturer": "Hikvision",
            "Model": "DS-2CD",
            "Serialnumber": "D9J2",
            "Lastseen": "2024-05-02 09:30:11",
        },
        ("cam1", "cam1", ""),
        {Kind.HOSTNAME: ["cam1"], Kind.SERIAL: ["D9J2"], Kind.PUBLISHER: ["Hikvision"], Kind.MODEL: ["DS-2CD"]},
    ),
    "snipe-assets": (
        Meaning.HARDWARE,
        {
            "ID": "1",
            "Company": "Example",
            "Name": "cam1",
            "Asset Tag": "IT-7",
            "Model": "DS-2CD",
            "Model No.": "DS-2CD2143",
            "Category": "Cameras",
            "Manufacturer": "Hikvision",
            "Serial": "D9J2",
            "Supplier": "Shop Ltd",
        },
        ("cam1", "DS-2CD", ""),
        {
            Kind.SERIAL: ["D9J2"],
            Kind.PUBLISHER: ["Hikvision"],
            Kind.MODEL: ["DS-2CD", "DS-2CD2143"],
            Kind.SUPPLIER: ["Shop Ltd"],
        },
    ),
    "glpi-software": (
        Meaning.INSTALLED,
        {
            "Nom": "Agent",
            "Entité": "Root",
            "Éditeur": "AO Vendor",
            "Versions - Nom": "14.2",
            "Nombre d'installations": "7",
        },
        ("export", "Agent", "14.2"),
        {Kind.NAME: ["Agent"], Kind.PUBLISHER: ["AO Vendor"]},
    ),
    "glpi-computers": (
        Meaning.HARDWARE,
        {
            "Name": "PC7",
            "Status": "",
            "Manufacturer": "LENOVO",
            "Serial number": "PF3ABC",
            "Type": "Notebook",
            "Model": "X1",
            "Operating System - Name": "Windows",
            "Last update": "2024-05-02 09:30",
        },
        ("PC7", "PC7", ""),
        {Kind.HOSTNAME: ["PC7"], Kind.SERIAL: ["PF3ABC"], Kind.PUBLISHER: ["LENOVO"], Kind.MODEL: ["X1"]},
    ),
    "ocs-computers": (
        Meaning.HARDWARE,
        {
            "Account info: TAG": "hq",
            "Last inventory": "2024-05-02",
            "Computer": "PC7",
            "User": "x",
            "Operating system": "ALT Linux",
            "RAM (MB)": "1",
        },
        ("PC7", "PC7", ""),
        {Kind.HOSTNAME: ["PC7"], Kind.NAME: ["ALT Linux"]},
    ),
    "fleet-hosts": (
        Meaning.HARDWARE,
        {
            "hostname": "web01",
            "uuid": "4C4C4544",
            "osquery_version": "5.12",
            "os_version": "Ubuntu 22.04",
            "hardware_vendor": "LENOVO",
            "hardware_model": "X1",
            "hardware_serial": "PF3ABC",
            "primary_ip": "192.0.2.2",
            "primary_mac": "02:00:5e:00:53:01",
        },
        ("web01", "web01", ""),
        {
            Kind.HOSTNAME: ["web01"],
            Kind.SERIAL: ["PF3ABC", "4C4C4544"],
            Kind.MAC: ["02:00:5e:00:53:01"],
            Kind.NAME: ["Ubuntu 22.04"],
        },
    ),
    "wazuh-packages": (
        Meaning.INSTALLED,
        {
            "agent.name": "web01",
            "package.vendor": "AO Vendor",
            "package.name": "agent",
            "package.version": "14.2",
            "package.type": "deb",
        },
        ("web01", "agent", "14.2"),
        {Kind.NAME: ["agent"], Kind.PUBLISHER: ["AO Vendor"]},
    ),
}
"""Layout -> (meaning, header and one row, (asset, label, version), some of what it says)."""


@pytest.mark.parametrize("layout", EXPORTS)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_export_is_read_by_its_own_layout(layout: str, delimiter: str, register: Register) -> None:
    """Of all layouts of the register that of the tool knows the header best, whatever its delimiter and mark."""
    meaning, row, told, kinds = EXPORTS[layout]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(row)
    content = text.getvalue()
    assert table.fits(content, register.layouts)
    source = Input("exports/export.csv", io.BytesIO(content.encode("utf-8-sig")), register.layouts)
    (o,) = table.read(source)
    assert told == (o.asset, o.label, o.version)
    assert o.meaning is meaning
    assert kinds == {kind: [x.value for x in o.observables if x.kind is kind] for kind in kinds}


@pytest.mark.parametrize("layout", EXPORTS)
def test_layout_names_its_source(layout: str, register: Register) -> None:
    """Whoever doubts a column can look it up."""
    (found,) = (known for known in register.layouts if known.id == layout)
    assert found.reference
