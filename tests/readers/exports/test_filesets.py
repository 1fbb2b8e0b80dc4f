# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of filesets of AIX, software of HP-UX and VIBs of ESXi."""

from __future__ import annotations

from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.exports import filesets
from opened import observed, values


def test_columns_of_lslpp_are_told_by_its_header() -> None:
    """Lslpp -L -c has other columns than lslpp -l -c, and its rows have no path."""
    found, _ = observed(
        filesets,
        "#Package Name:Fileset:Level:State:PTF Id:Fix State:Type:Description:Destination Dir.\n"
        "Agent:Agent.rte:1.2.0.0: : :C: :Example agent: \n",
    )
    assert [(o.label, o.version, values(o, Kind.NAME), o.medium) for o in found] == [
        ("Agent.rte", "1.2.0.0", ["Example agent"], Medium.PACKAGES)
    ]


def test_header_of_another_language_changes_nothing() -> None:
    """The rows of lslpp -l -c are the same on a French machine."""
    rows = "/usr/lib/objrepos:Agent.rte:1.2.0.0::{}:I:Agent : the best:\n"
    french, _ = observed(filesets, "#Ens. fich.:Niveau:ID cor:Etat:Type:Description\n" + rows.format("VALIDE"))
    english, _ = observed(filesets, "#Fileset:Level:PTF Id:State:Type:Description\n" + rows.format("COMMITTED"))
    assert french == english
    assert french[0].label == "Agent.rte"


def test_long_names_and_titles_go_on_in_the_next_line() -> None:
    """Lslpp -l breaks what does not fit; what is broken itself was left behind."""
    found, _ = observed(
        filesets,
        "  Fileset                      Level  State      Description\n  " + "-" * 76 + "\nPath: /usr/lib/objrepos\n"
        "  Example_Management_Agent.client.rte\n                             3.7.1.0  COMMITTED  Management\n"
        "                                                  Endpoint\n"
        "  Other.rte                  1.0.0.0  BROKEN     Other\n",
    )
    assert [(o.label, o.version, values(o, Kind.NAME), o.meaning) for o in found] == [
        ("Example_Management_Agent.client.rte", "3.7.1.0", ["Management Endpoint"], Meaning.INSTALLED),
        ("Other.rte", "1.0.0.0", ["Other"], Meaning.RESIDUE),
    ]


def test_target_of_swlist_is_the_host() -> None:
    """Remarks name the machine; a row without a version is none."""
    found, _ = observed(
        filesets, '# Contacting target "hp01"...\n#\n# Target:  hp01:/\n#\n  Agent  A.1  Example agent\n  x\n'
    )
    assert [(o.asset, o.label, o.version) for o in found] == [("hp01", "Agent", "A.1")]


def test_vendors_of_vibs_are_makers() -> None:
    """The table of esxcli is as wide as its cells."""
    found, _ = observed(
        filesets,
        "Name   Version  Vendor   Acceptance Level\n-----  -------  -------  ----------------\nagent  1.0-1    Example  VMwareCertified\n",
    )
    assert [(o.label, o.version, values(o, Kind.PUBLISHER)) for o in found] == [("agent", "1.0-1", ["Example"])]


def test_legends_below_the_columns_are_no_packages() -> None:
    """Lslpp -L has a column more than -l, names the uninstaller, and explains its codes."""
    found, source = observed(
        filesets,
        "  Fileset                      Level  State  Type  Description (Uninstaller)\n  " + "-" * 76 + "\n"
        "  Agent.rte                  1.0.0.0    C     R    Example agent (/usr/bin/rpm)\n"
        "  Old.rte                 10.20.30.40    ?     F    Old agent\n"
        "  Blank.rte                  1.0.0.0          F    State not given\n\n\n"
        "State codes:\n A -- Applied.\n ? -- Inconsistent State...Run lppchk -v.\n\nType codes:\n F -- Installp Fileset\n",
    )
    assert [(o.label, o.version, values(o, Kind.NAME), o.meaning) for o in found] == [
        ("Agent.rte", "1.0.0.0", ["Example agent"], Meaning.INSTALLED),
        ("Old.rte", "10.20.30.40", ["Old agent"], Meaning.RESIDUE),
        ("Blank.rte", "1.0.0.0", ["State not given"], Meaning.INSTALLED),
    ]
    assert source.tally == {"packages": 3}
