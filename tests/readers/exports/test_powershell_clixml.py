# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of PowerShell objects in XML."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.exports import powershell_clixml
from opened import observed, values

ROOT = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">{}</Objs>'


def test_texts_before_and_after_a_list_are_one_object() -> None:
    """An object inside an object does not part the outer one; its own properties are not the outer's."""
    (program,), source = observed(
        powershell_clixml,
        ROOT.format(
            '<Obj RefId="0"><Props><S N="DisplayName">Agent</S>'
            '<Obj N="Other" RefId="1"><Props><S N="Publisher">Inner Inc</S></Props></Obj>'
            '<Obj N="Comments" RefId="2"><LST><S>one</S><S>two</S></LST></Obj>'
            '<S N="Publisher">Example_x0020_Lab</S></Props></Obj>'
        ),
    )
    assert values(program, Kind.PUBLISHER) == ["Example Lab"]
    assert values(program, Kind.TEXT) == ["one", "two"]
    assert source.tally["objects"] == 1


def test_list_of_objects_is_read_one_by_one() -> None:
    """What was piped as an array is a list inside one object."""
    one = '<Obj RefId="{0}"><MS><S N="DisplayName">P{0}</S><S N="Publisher">Lab</S></MS></Obj>'
    found, _ = observed(
        powershell_clixml, ROOT.format(f'<Obj RefId="9"><LST>{"".join(one.format(n) for n in range(3))}</LST></Obj>')
    )
    assert [o.label for o in found] == ["P0", "P1", "P2"]


def test_declared_entities_are_refused() -> None:
    """No export declares entities; one that does may grow without end."""
    with pytest.raises(SourceError):
        observed(powershell_clixml, '<!DOCTYPE Objs [<!ENTITY a "b">]>' + ROOT.format('<Obj><S N="X">&a;</S></Obj>'))


def test_broken_xml_gives_what_stood_before() -> None:
    """The objects before the fault were read when the error is raised."""
    whole = '<Obj RefId="0"><MS><S N="HotFixID">KB1</S><S N="CSName">WS-1</S></MS></Obj>'
    with pytest.raises(SourceError, match="not well-formed"):
        observed(powershell_clixml, ROOT.format(whole)[:-7] + "<Obj>")
