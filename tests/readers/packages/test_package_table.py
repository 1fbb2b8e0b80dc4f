# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of tables that package managers print with a heading."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import named, sniff
from debar.readers.packages import package_table
from opened import observed, opened, values

DPKG = """\
Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name           Version      Architecture Description
+++-==============-============-============-=================================
ii  klnagent64     14.2.0-35148 amd64        Network agent
rc  kesl           12.0-1       amd64        Endpoint security
un  absent         <none>       <none>       (no description available)
iU  half:i386      1.0          i386         Unpacked only
"""
WINGET = """\
Name          Id                Version  Verfügbar Quelle
---------------------------------------------------------
7-Zip 24.08   7zip.7zip         24.08              winget
抖音 Douyin   ByteDance.Douyin  3.1      3.2       winget
Agent         {0A1B2C3D-0000-1111-2222-333344445555} 12.1
"""


def test_dpkg_letters_decide_the_meaning() -> None:
    """Ii is installed, rc and unfinished ones are left over, un is not there."""
    found, source = observed(package_table, DPKG)
    assert [(o.label, o.meaning) for o in found] == [
        ("klnagent64", Meaning.INSTALLED),
        ("kesl", Meaning.RESIDUE),
        ("half", Meaning.RESIDUE),
    ]
    assert (found[0].version, values(found[0], Kind.TEXT)) == ("14.2.0-35148", ["Network agent"])
    assert source.tally["packages not installed"] == 1


def test_winget_columns_are_cut_where_the_heading_begins() -> None:
    """Names with spaces and in wide characters stay whole, whichever language the heading is in."""
    found, _ = observed(package_table, WINGET)
    assert [(o.label, o.version) for o in found[:2]] == [("7-Zip 24.08", "24.08"), ("抖音 Douyin", "3.1")]
    assert values(found[1], Kind.PACKAGE) == ["ByteDance.Douyin"]
    assert values(found[1], Kind.PUBLISHER) == ["ByteDance"]


def test_what_winget_cut_off_is_no_identifier() -> None:
    """An identifier that ends in an ellipsis is not whole; the name's beginning still is a name."""
    text = "Name      Id        Version\n--------------------------\nLong na… Acme.Too… 1.0\n"
    ((program,), _) = observed(package_table, text.replace("Long na…", "Long na… ").replace("Too…", "Too…"))
    assert values(program, Kind.PACKAGE) == []
    assert values(program, Kind.NAME) == ["Long na"]


def test_snap_publisher_loses_its_mark() -> None:
    """The star or tick behind a publisher is the store's, and "-" is nobody; a disabled snap is left over."""
    text = "Name Version Rev Tracking Publisher Notes\ncore 16 1 stable canonical** base\nx 1 x1 - - disabled\n"
    found, _ = observed(package_table, text)
    assert [values(o, Kind.PUBLISHER) for o in found] == [["canonical"], []]
    assert [o.meaning for o in found] == [Meaning.INSTALLED, Meaning.RESIDUE]


def test_flatpak_list_is_read_with_and_without_heading() -> None:
    """A terminal gets a heading, a pipe gets tabs; the identifier is found in both."""
    piped = "OBS Studio\tcom.obsproject.Studio\t30.0.2\tstable\tflathub\tsystem\n"
    shown = "Name        Application ID         Version  Branch  Installation\nOBS Studio  com.obsproject.Studio  30.0.2   stable  system\n"
    for text in (piped, shown):
        ((program,), _) = observed(package_table, text)
        assert (program.label, program.version) == ("OBS Studio", "30.0.2")
        assert values(program, Kind.PACKAGE) == ["com.obsproject.Studio"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", [DPKG, WINGET])
def test_table_is_recognised_in_any_encoding(text: str, encoding: str) -> None:
    """PowerShell writes UTF-16 with a mark and CRLF."""
    content = text.replace("\n", "\r\n").encode(encoding)
    assert sniff.find_reader(opened(content, "pc7/list.txt"))[0] == named("package-table")
    assert observed(package_table, content)[0]


def test_rows_too_short_are_counted() -> None:
    """A line without the columns is no package and no crash."""
    found, source = observed(package_table, DPKG + "ii\nTotal\n")
    assert len(found) == 3
    assert source.tally["other lines"] == 2


def test_text_without_heading_is_an_error() -> None:
    """What is forced upon the reader and has no heading is told."""
    with pytest.raises(SourceError, match="no heading"):
        observed(package_table, "nothing\n" * 100)
