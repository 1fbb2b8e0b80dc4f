# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of status outputs of agents."""

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.inventory import STATUS_JSON, STATUSES, agent_status
from opened import observed, opened, values

KESL = "Name:          Kaspersky Endpoint Security 11.2.0 for Linux\nVersion:       11.2.0.4528\nPolicy:  Not applied\n"
RUSSIAN = "Название:   Kaspersky Endpoint Security 11.1.0 для Linux\nВерсия:   11.1.0.3013\n"
AGENT = (
    "Starting utility 'klnagchk'...\nChecking command line options...OK\nCurrent device is 'web01'\n"
    "Network Agent version is '13.2.2.1263'\nAdministration Server address: '{server}'\n"
)


@pytest.mark.parametrize(
    ("text", "label", "version"),
    [
        (KESL, "Kaspersky Endpoint Security 11.2.0 for Linux", "11.2.0.4528"),
        (KESL.replace("\n", "\r\n"), "Kaspersky Endpoint Security 11.2.0 for Linux", "11.2.0.4528"),
        (RUSSIAN, "Kaspersky Endpoint Security 11.1.0 для Linux", "11.1.0.3013"),
        (
            '{"Name": "Kaspersky Endpoint Security 12 for Linux", "Version": "12.0.0.1"}',
            "Kaspersky Endpoint Security 12 for Linux",
            "12.0.0.1",
        ),
        ('cid="0", aid="1", version = 7.10.16303.0\n', "CrowdStrike Falcon Sensor", "7.10.16303.0"),
        ("aid is not set.\nversion=7.29.18202.0\n", "CrowdStrike Falcon Sensor", "7.29.18202.0"),
        ('healthy : true\nlicensed : true\napp_version : "101.24.1"\n', "Microsoft Defender for Endpoint", "101.24.1"),
        ("\x1b[1m TeamViewer   \x1b[0m 15.53.6  (DEB) \n", "TeamViewer", "15.53.6"),
    ],
)
def test_product_and_version_are_told_in_any_form(text: str, label: str, version: str) -> None:
    """Each output is recognised by its content, in the languages and forms that the tool has."""
    reader, why = sniff.find_reader(opened(text))
    assert (reader.name if reader else why) == "agent-status"
    (o,) = observed(agent_status, text)[0]
    assert (o.label, o.version, o.meaning) == (label, version, Meaning.INSTALLED)
    assert values(o, Kind.NAME) == [label]
    assert len(values(o, Kind.PUBLISHER)) == 1


def test_network_agent_names_its_host_and_its_server() -> None:
    """The host becomes the asset; a server that is named by an address only betrays nobody."""
    machine, agent = observed(agent_status, AGENT.format(server="ksc.vendor.example"))[0]
    assert {machine.asset, agent.asset} == {"web01"}
    assert values(machine, Kind.HOSTNAME) == ["web01"]
    assert values(agent, Kind.REFERENCE_DOMAIN) == ["ksc.vendor.example"]
    agent = observed(agent_status, AGENT.format(server="192.0.2.1"))[0][-1]
    assert values(agent, Kind.REFERENCE_DOMAIN) == []


def test_processes_of_an_agent_are_told_with_their_paths() -> None:
    """A table of processes names the files that run."""
    text = "   Name   PID  User  Status   Command\n   pmd   1092  root  Running   /opt/traps/bin/pmd\n   x  \n"
    agent, process = observed(agent_status, text)[0]
    assert (agent.label, agent.version) == ("Cortex XDR", "")
    assert (process.locator, values(process, Kind.PROCESS)) == ("line 2", ["pmd"])
    assert values(process, Kind.PATH) == ["/opt/traps/bin/pmd"]


@pytest.mark.parametrize(
    "text",
    [
        "I have Kaspersky at home. Version: 1.0\n",
        "Product: Kaspersky\n",
        "DisplayName    : Kaspersky Endpoint Security\nDisplayVersion : 12.3\n",
        "PSComputerName:PC-1\nDisplayName: Kaspersky Endpoint Security\nDisplayVersion: 12.3\n",
        '{"DisplayName": "Kaspersky Endpoint Security for Windows", "DisplayVersion": "12.3.0.493"}',
        "version = 1.2.3\n",
        "Name  PID  User  Status  Command\n",
        '{"product": "Kaspersky"}',
        "TeamViewer was here",
    ],
)
def test_text_that_only_mentions_an_agent_is_not_claimed(text: str) -> None:
    """Prose, configuration files and other tables are left to others."""
    reader, _ = sniff.find_reader(opened(text))
    assert reader is None or reader.name != "agent-status"


def test_output_of_no_known_agent_is_refused() -> None:
    """A reader that was forced onto another text says so."""
    with pytest.raises(SourceError):
        observed(agent_status, "nothing of the kind")


def test_every_mark_has_its_product() -> None:
    """What is recognised can be read."""
    assert {key for key, _, _ in (*STATUSES, *STATUS_JSON)} <= set(agent_status._AGENTS)
