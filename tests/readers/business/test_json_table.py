# SPDX-License-Identifier: Apache-2.0
"""Promises of reading tables that come as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Medium
from debar.readers.business import json_table
from opened import opened, values

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.register import Register

LEDGER = [
    {"Supplier Name": "Vendor Ltd", "Narrative": "Licence", "Amount": 12.5, "Payment Date": "2024-07-01"},
    {"Supplier Name": "Other Ltd", "Amount": 10, "Payment Date": None, "Lines": [1, 2]},
]
PROGRAMS = [{"hostname": f"pc-{n}", "app": {"name": f"Program {n}", "version": f"1.{n}.0"}} for n in range(4)]


def read(content: object, register: Register) -> tuple[list[Observation], Input]:
    """Read a document with the layouts of the register."""
    source = opened(content if isinstance(content, bytes) else msgspec.json.encode(content), "some/rows.json")
    source.layouts = register.layouts
    return list(json_table.read(source)), source


def test_keys_that_a_layout_knows(register: Register) -> None:
    """Objects with the keys of a ledger are its rows; null and nested values are no cells."""
    found, _ = read(LEDGER, register)
    assert [(o.locator, o.medium, values(o, Kind.SUPPLIER), o.observed_at) for o in found] == [
        ("/0", Medium.PURCHASES, ["Vendor Ltd"], "2024-07-01"),
        ("/1", Medium.PURCHASES, ["Other Ltd"], ""),
    ]


def test_object_a_line(register: Register) -> None:
    """The same rows, an object a line, are read the same, by lines."""
    found, _ = read(b"\n".join(msgspec.json.encode(row) for row in LEDGER), register)
    assert [(o.locator, values(o, Kind.SUPPLIER)) for o in found] == [
        ("line 1", ["Vendor Ltd"]),
        ("line 2", ["Other Ltd"]),
    ]


def test_list_inside_an_answer(register: Register) -> None:
    """Interfaces wrap their rows; keys of an object inside a row are called after both."""
    found, source = read({"count": 4, "results": PROGRAMS}, register)
    assert next((o.locator, o.asset, o.version, values(o, Kind.NAME)) for o in found) == (
        "/results/0",
        "pc-0",
        "1.0.0",
        ["Program 0"],
    )
    assert "'app name' as name" in source.remarks[0]


def test_answer_of_odata(register: Register) -> None:
    """OData wraps its rows twice; an object with a list deep inside is a row itself, not an answer."""
    found, _ = read({"d": {"__count": "2", "results": LEDGER}}, register)
    assert [(o.locator, values(o, Kind.SUPPLIER)) for o in found] == [
        ("/d/results/0", ["Vendor Ltd"]),
        ("/d/results/1", ["Other Ltd"]),
    ]
    (_, row), _ = read(msgspec.json.encode({"d": {"results": LEDGER}}) + b"\n", register)
    assert row.locator == "/d/results/1"
    (row,), _ = read({**LEDGER[0], "address": {"contacts": [{"name": "x"}]}}, register)
    assert (row.locator, values(row, Kind.SUPPLIER)) == ("", ["Vendor Ltd"])


def test_other_documents_are_no_table(register: Register) -> None:
    """Objects whose keys say nothing of purchases or programs are not taken for rows."""
    content = [{"word": "a", "meaning": "b"}] * 5
    source = opened(msgspec.json.encode(content), "some/rows.json")
    source.layouts = register.layouts
    assert json_table.fits(source) == ""
    with pytest.raises(SourceError, match="word, meaning"):
        read(content, register)
