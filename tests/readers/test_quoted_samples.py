# SPDX-License-Identifier: Apache-2.0
"""Promises about what only quotes the output of a tool: programs, manuals, prose and schemas are not evidence."""

from __future__ import annotations

import pytest

from debar.readers import named, sniff
from opened import opened

OUTPUTS = {
    "nmap-text": "Nmap scan report for web01 (192.0.2.1)\nHost is up.\n",
    "snmp": "SNMPv2-MIB::sysDescr.0 = STRING: Example\n",
    "socket-list": "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n",
    "process-list": "USER       PID %CPU %MEM COMMAND\nroot         1  0.0  0.1 /sbin/init\n",
    "unit-list": "Module                  Size  Used by\nagent 16384 0\n",
    "device-list": "Handle 0x0001, DMI type 1, 27 bytes\n",
    "leases": "lease 192.0.2.7 {\n  hardware ethernet 00:00:5e:00:53:07;\n}\n",
    "apk": "P:agent\nV:1.0-r0\n",
    "dism": "Package Identity : Agent~31bf3856ad364e35~amd64~~1.0\n",
    "portage": 'declare -x EAPI="8"\n',
    "snap": "name: agent\nconfinement: strict\n",
    "package-info": "Name        : agent\nVersion     : 1.0\nRelease     : 1\n",
    "arp": "Address                  HWtype  HWaddress           Flags Mask            Iface\n",
}
"""Reader -> the beginning of what it reads."""
PROGRAMS = (
    'package parse\n\nimport "testing"\n\nconst sample = `\n',
    '"""Tests of a parser."""\n\nSAMPLE = """\n',
    "import re\nimport sys\n\nSAMPLE = '''\n",
    "#!/usr/bin/env python3\nSAMPLE = '''\n",
    "// A parser.\nlet sample = `\n",
    ".TH TOOL 1\n.SH EXAMPLES\n",
)


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_is_recognised_behind_a_prompt(name: str) -> None:
    """Who saved a terminal has the command before what it printed."""
    assert sniff.find_reader(opened(OUTPUTS[name], "web01/out.txt"))[0] == named(name)
    assert sniff.find_reader(opened(f"root@web01:~# tool\n{OUTPUTS[name]}", "web01/out.txt"))[0] == named(name)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", OUTPUTS)
def test_program_that_holds_a_sample_is_no_evidence(name: str, program: str) -> None:
    """What a test or a manual quotes is on no machine."""
    assert sniff.find_reader(opened(program + OUTPUTS[name], "web01/some.txt"))[0] is None


@pytest.mark.parametrize("name", sorted(set(OUTPUTS) - {"portage", "snap"}))
def test_sample_deep_in_prose_is_no_evidence(name: str) -> None:
    """A guide shows what a tool prints, after it has said what for."""
    guide = "This chapter says how the tool is used.\n\n" * 40
    assert sniff.find_reader(opened(guide + OUTPUTS[name], "web01/guide.txt"))[0] is None


@pytest.mark.parametrize(
    "text",
    [
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"columns": {"type": "object"}}}',
        '{"type": "object", "properties": {"hostIdentifier": {"type": "string"}, "snapshot": {"type": "array"}}}',
        '{"name": "users", "columns": {"id": "integer", "mail": "text"}}',
        '{"columns": ["a", "b"], "index": [0], "data": [[1, 2]]}',
    ],
)
def test_schema_with_columns_is_not_of_osquery(text: str) -> None:
    """A schema that describes a log, and a table that has columns, are no log."""
    reader, _ = sniff.find_reader(opened(text, "web01/some.json"))
    assert reader != named("osquery")


@pytest.mark.parametrize(
    "text",
    [
        '{"name":"pack","columns":{"name":"agent"},"action":"added","unixTime":1}\n',
        '{"snapshot":[{"name":"agent"}],"name":"pack","action":"snapshot","hostIdentifier":"pc1"}\n',
        '{"diffResults":{"added":[],"removed":""},"name":"pack","hostIdentifier":"pc1"}\n',
    ],
)
def test_log_of_osquery_is_recognised(text: str) -> None:
    """Each of its three forms, by what stands beside the results."""
    assert sniff.find_reader(opened(text, "web01/results.log"))[0] == named("osquery")


@pytest.mark.parametrize(
    "text",
    [
        "# frozen_string_literal: true\n\nmodule Gem\n  def specification\n    Gem::Specification.new(name)\n  end\nend\n",
        '"""Reads gems."""\nSAMPLE = """\nGem::Specification.new do |s|\n"""\n',
    ],
)
def test_program_that_speaks_of_gems_is_no_specification(text: str) -> None:
    """A specification has nothing but remarks, loads and assignments before it."""
    assert sniff.find_reader(opened(text, "web01/some.rb"))[0] is None
