# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of tables that Windows tools print."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind
from debar.readers.exports import windows_tables
from opened import observed, values


def test_numbers_stand_to_the_right_of_their_column() -> None:
    """A number that begins before its header belongs to it all the same."""
    found, _ = observed(
        windows_tables,
        "Image Name                     PID Session Name\n========================= ======== ============\n"
        "avp.exe                   11223344 Services\nTwo words.exe                    1 Console\n",
    )
    assert [values(o, Kind.PROCESS) for o in found] == [["avp.exe"], ["Two words.exe"]]


@pytest.mark.parametrize("name", ["Abbildname", "Nom de l'image", "Nombre de imagen", "Имя образа"])
def test_headers_of_other_languages_are_known(name: str) -> None:
    """Tasklist translates its header, and nothing below it."""
    found, _ = observed(
        windows_tables,
        f"{name:<25} {'PID':>8}\n{'=' * 25} {'=' * 8}\n{'klnagent.exe':<25} {'3680':>8}\n".encode("utf-16"),
    )
    assert [o.label for o in found] == ["klnagent.exe"]


def test_filters_are_services_and_drivers() -> None:
    """The filter manager knows a filter by the name of its service."""
    (found,), _ = observed(
        windows_tables,
        "Filter Name   Num Instances    Altitude    Frame\n-----------  -------------  ------------  -----\n"
        "klif                   7       325300         0\n",
    )
    assert values(found, Kind.SERVICE) == values(found, Kind.DRIVER) == ["klif"]


def test_several_tables_follow_one_another() -> None:
    """Each header says what the rows below it are; a header is no row."""
    found, source = observed(
        windows_tables,
        "\r\nName   Version Source ProviderName\r\n----   ------- ------ ------------\r\nAgent  1.0            msi\r\n\r\n"
        "Status   Name     DisplayName\r\n------   ----     -----------\r\nRunning  avp      Engine\r\n",
    )
    assert [(o.label, o.version) for o in found] == [("Agent", "1.0"), ("Engine", "")]
    assert source.tally["rows"] == 2


def test_table_of_wmic_has_no_rule() -> None:
    """Wmic heads columns with names of properties only."""
    found, _ = observed(
        windows_tables,
        "Name                 Vendor        Version\r\r\nTwo words           Example Lab   1.0    \r\r\n".encode(
            "utf-16"
        ),
    )
    assert [(o.label, values(o, Kind.PUBLISHER), o.version) for o in found] == [("Two words", ["Example Lab"], "1.0")]
