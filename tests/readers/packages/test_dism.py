# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what DISM prints."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers import named, sniff
from debar.readers.packages import dism
from opened import observed, opened, values


@pytest.mark.parametrize(
    ("field", "state", "meaning"),
    [
        ("Package Identity", "Installed", Meaning.INSTALLED),
        ("Paketidentität", "Installiert", Meaning.INSTALLED),
        ("Package Identity", "Superseded", Meaning.RESIDUE),
        ("Package Identity", "Install Pending", Meaning.RESIDUE),
    ],
)
def test_package_is_told_from_its_identity(field: str, state: str, meaning: Meaning) -> None:
    """Fields are translated, identities are not; what is not installed is left over."""
    text = f"\r\n{field} : OpenSSH-Server-Package~31bf3856ad364e35~amd64~de-DE~10.0.1.2\r\nX : {state}\r\n\r\n"
    assert sniff.find_reader(opened(text, "x.txt"))[0] == named("dism")
    ((package,), _) = observed(dism, text)
    assert (package.label, package.version, package.meaning) == ("OpenSSH-Server-Package", "10.0.1.2", meaning)


def test_driver_gives_file_and_provider() -> None:
    """Drivers of other makers are what matters in an image."""
    text = "Published Name : oem7.inf\nOriginal File Name : C:\\\\x\\\\klim6.inf\nProvider Name : AO Kaspersky Lab\nVersion : 30.6\n"
    ((driver,), source) = observed(dism, text.encode("utf-16"))
    assert (driver.label, driver.version) == ("klim6.inf", "30.6")
    assert values(driver, Kind.PUBLISHER) == ["AO Kaspersky Lab"]
    assert source.tally == {"drivers": 1}
