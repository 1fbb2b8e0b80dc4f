# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of tables that Windows tools print."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.exports import windows_tables
from opened import observed, opened, values


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


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "Filter Name                     Num Instances    Altitude    Frame",
            "klbackupflt                             7       400410.7       0",
        ),
        (
            "Filtername                      Anzahl Instanzen    Höhe    Rahmen",
            "klbackupflt                             7       400410.7       0",
        ),
        (
            "フィルター名                    インスタンス数        高度      フレーム",
            "klbackupflt                             7       400410.7       0",
        ),
    ],
)
def test_filters_are_loaded_at_a_height_in_any_language(header: str, row: str) -> None:
    """The filter manager translates its header; what stands below is the same everywhere."""
    source = opened(f"\n{header}\n{'-' * 30}  {'-' * 13}  {'-' * 12}  {'-' * 5}\n{row}\n".encode("utf-16"))
    reader, _ = sniff.find_reader(source)
    assert reader is not None
    assert reader.name == "windows-tables"
    (found,) = windows_tables.read(source)
    assert [(o.kind, o.value) for o in found.observables] == [
        (Kind.SERVICE, "klbackupflt"),
        (Kind.DRIVER, "klbackupflt"),
        (Kind.ALTITUDE, "400410.7"),
    ]
    assert found.meaning is Meaning.RUNNING


def test_table_that_only_looks_like_filters_names_none() -> None:
    """A table of four columns whose third is no height of a filter is of no known class."""
    found, source = observed(
        windows_tables,
        f"A     B    C    D\n{'-' * 20}  ---  ------------  -----\n{'queue':<20}    1         12345     0\n",
    )
    assert found == []
    assert source.tally["objects of no known class"] == 1


def test_driver_runs_if_its_state_says_so() -> None:
    """Driverquery /v lists drivers that are loaded and drivers that are not."""
    rule = f"{'=' * 12} {'=' * 22} {'=' * 10}"
    found, _ = observed(
        windows_tables,
        f"Module Name  Display Name           State\n{rule}\n"
        "klif         Kaspersky Lab Driver   Running\nklhk         Kaspersky Lab Helper   Stopped\n",
    )
    assert [(o.label, o.meaning) for o in found] == [
        ("Kaspersky Lab Driver", Meaning.RUNNING),
        ("Kaspersky Lab Helper", Meaning.INSTALLED),
    ]


def test_services_of_a_process_are_told_one_by_one() -> None:
    """Tasklist /svc names all services that a process holds, and "N/A" where it holds none."""
    rule = f"{'=' * 25} {'=' * 8} {'=' * 30}"
    found, _ = observed(
        windows_tables,
        f"Image Name                     PID Services\n{rule}\n"
        "avp.exe                       1234 AVP21.3, AVPSUS\ncmd.exe                          7 N/A\n",
    )
    assert [values(o, Kind.SERVICE) for o in found] == [["AVP21.3", "AVPSUS"], []]
