# SPDX-License-Identifier: Apache-2.0
"""Promises about command lines, certificates and identifiers that operating systems list."""

import pytest

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.machine import listings


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ('"C:\\Program Files\\Lab\\a.exe" -r', "C:\\Program Files\\Lab\\a.exe"),
        ("C:\\Program Files\\Lab\\a.exe -r", "C:\\Program Files\\Lab\\a.exe"),
        ("\\??\\C:\\Windows\\system32\\drivers\\klif.sys", "C:\\Windows\\system32\\drivers\\klif.sys"),
        ("C:\\Lab\\icon.exe,0", "C:\\Lab\\icon.exe"),
        ("C:\\Program Files\\example.executables\\Lab", "C:\\Program Files\\example.executables\\Lab"),
        ("", ""),
        ('"', ""),
    ],
)
def test_program_of_a_command_line(command: str, path: str) -> None:
    """Quotation marks, arguments and what the kernel writes before a path are no part of it."""
    assert listings.program(command) == path


def test_packed_product_code_is_the_code_itself() -> None:
    """Windows Installer swaps digits where it stores a code; what is no code gives nothing."""
    assert listings.unpacked("EFA2107E79BDB8B459319EC8C0A3CA3E") == "{E7012AFE-DB97-4B8B-9513-E98C0C3AACE3}"
    assert listings.unpacked("7-Zip") == ""


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("CN=AO Kaspersky Lab, O=AO Kaspersky Lab, L=Moscow", [(Kind.SIGNER, "AO Kaspersky Lab")]),
        ('CN="A, Inc.", O="A, Inc.", OU=O=x', [(Kind.SIGNER, "A, Inc.")]),
        (
            "Developer ID Application: Lab UK Limited (2Y8XE5CQ94)",
            [(Kind.SIGNER, "Lab UK Limited"), (Kind.TEAM_ID, "2Y8XE5CQ94")],
        ),
        ("Software Signing", [(Kind.SIGNER, "Software Signing")]),
    ],
)
def test_signer_is_whom_a_certificate_names(subject: str, found: list[tuple[Kind, str]]) -> None:
    """Person and organisation, once if they are the same; of Apple's subjects the name and the team."""
    assert [(o.kind, o.value) for o in dict.fromkeys(listings.told(Kind.SIGNER, subject))] == found


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.MAC, "ff:ff:ff:ff:ff:ff"),
        (Kind.MAC, "01:00:5e:00:00:01"),
        (Kind.MAC, "02:42:ac:11:00:02"),
        (Kind.ADDRESS, "127.0.0.1"),
        (Kind.ADDRESS, "192.168.122.1"),
        (Kind.SERIAL, "To be filled by O.E.M."),
        (Kind.HOSTNAME, "localhost"),
        (Kind.NAME, "@%SystemRoot%\\system32\\x.dll,-100"),
        (Kind.PUBLISHER, "N/A"),
    ],
)
def test_what_says_nothing_is_left_out(kind: Kind, value: str) -> None:
    """Addresses, serial numbers and names that everybody has would join strangers."""
    assert list(listings.told(kind, value)) == []


def test_installer_is_told_by_its_product() -> None:
    """MsiExec is Microsoft's whatever it installs."""
    assert list(listings.told(Kind.PATH, "MsiExec.exe /X{e7012afe-db97-4b8b-9513-e98c0c3aace3}")) == [
        Observable(Kind.PRODUCT_CODE, "{E7012AFE-DB97-4B8B-9513-E98C0C3AACE3}")
    ]
