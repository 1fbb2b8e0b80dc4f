# SPDX-License-Identifier: Apache-2.0
"""Promises of the check of layouts of logs: each fault has its place and says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import small
from debar.register import check, load

if TYPE_CHECKING:
    from pathlib import Path

LINE = """\
id: log-own
title: Own log
medium: network
meaning: service-use
patterns: ['(?P<client>[^ ]+) asks (?P<name>[^ ]+)']
asset: [client]
label: [name]
columns: {domain: [name]}
examples:
  - line: 10.0.0.5 asks a.example
    values: {domain: [a.example]}
counterexamples: [starting]
"""
FIELD = """\
id: log-fields
title: Own fields
medium: network
meaning: service-use
required: [[question], [client]]
asset: [client]
label: [question]
columns: {domain: [question]}
examples:
  - line: '{"question": "a.example", "client": "10.0.0.5"}'
    values: {domain: [a.example]}
counterexamples: ['{}']
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Give a small register with a layout of each kind."""
    folder: Path = small.write(tmp_path / "register")
    for name, text in (("lines/log-own", LINE), ("fields/log-fields", FIELD)):
        file = folder / f"layouts/{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def test_layouts_of_logs_stand_beside_those_of_tables(base: Path) -> None:
    """Each kind in a folder of its own, and none is taken for another."""
    register = load.load(base)
    assert ["programs"] == [layout.id for layout in register.layouts]
    assert ["log-own"] == [layout.id for layout in register.log_layouts.lines]
    assert ["log-fields"] == [layout.id for layout in register.log_layouts.fields]
    assert [] == check.faults(base, small.TODAY)[1]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("lines/log-own", "['(?P<client>", "['(?P<client", "is no regular expression"),
        ("lines/log-own", "['(?P<client>", "['^(?P<client>", "begins with an anchor"),
        ("lines/log-own", "(?P<name>[^ ]+)'", "(?P<name>[^ ]+)( x)?'", "has a group without a name"),
        (
            "lines/log-own",
            "'(?P<client>[^ ]+) asks (?P<name>[^ ]+)'",
            "'(?P<client>a?)(?P<name>b?)'",
            "fits an empty line",
        ),
        (
            "lines/log-own",
            "asset: [client]",
            "asset: [clint]",
            "group 'clint' is not in the register; did you mean 'client'?",
        ),
        ("lines/log-own", "columns: {domain", "columns: {domian", "did you mean 'domain'?"),
        ("lines/log-own", "columns: {domain: [name]}", "columns: {}", "columns names no column"),
        ("lines/log-own", "counterexamples: [starting]", "counterexamples: []", "needs at least one example"),
        ("lines/log-own", "columns:", "forms: {client: url}\ncolumns:", "form of 'client', which no column is"),
        ("fields/log-fields", "[[question], [client]]", "[]", "needs at least one group of fields"),
        ("fields/log-fields", "[[question], [client]]", "[[question], ['--']]", "a group of fields without a name"),
        ("fields/log-fields", "medium: network", "medium: netwrk", "did you mean 'network'?"),
    ],
)
def test_a_fault_has_its_place(base: Path, file: str, old: str, new: str, said: str) -> None:
    """File and line come first."""
    small.change(base, f"layouts/{file}.yaml", old, new)
    faults = check.faults(base, small.TODAY)[1]
    assert any(said in fault for fault in faults), faults
    assert all(fault.startswith(f"register/layouts/{file}.yaml:") for fault in faults)
