# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of JSON logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.loglines import fieldlogs
from debar.readers.logs import jsonlog
from opened import opened, values

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.register import Register

LOOKUP = {"T": "2020-08-31T16:43:37Z", "QH": "www.example.com", "QT": "A", "IP": "10.0.0.5"}


def read(content: object, register: Register) -> tuple[list[Observation], Input]:
    """Read a log by the layouts of the register."""
    source = opened(content if isinstance(content, (str, bytes)) else msgspec.json.encode(content), "logs/query.json")
    source.log_layouts = register.log_layouts
    return list(jsonlog.read(source)), source


@pytest.mark.parametrize(
    ("content", "locator"),
    [
        (msgspec.json.encode(LOOKUP) + b"\n" + msgspec.json.encode(LOOKUP) + b"\n", "line 2"),
        ([LOOKUP, LOOKUP], "/1"),
        ({"records": [LOOKUP, LOOKUP]}, "/records/1"),
        (msgspec.json.format(msgspec.json.encode(LOOKUP)) * 2, "line 6"),
    ],
    ids=["lines", "array", "wrapped", "one after another"],
)
def test_entries_may_follow_each_other_in_any_way(content: object, locator: str, register: Register) -> None:
    """The locator leads to each."""
    found, source = read(content, register)
    assert [["www.example.com"]] * 2 == [values(o, Kind.DOMAIN) for o in found]
    assert (locator, "10.0.0.5", 2) == (found[1].locator, found[1].asset, source.tally["entries"])


def test_fields_lie_at_any_depth_under_any_spelling(register: Register) -> None:
    """Names are compared without case and punctuation; a list gives each of its values."""
    question = {"name": "www.example.com", "type": "A"}
    answers = [{"data": "192.0.2.1"}, {"data": "cdn.example.net"}, {"data": "v=spf1 -all"}]
    (found,), _ = read({"@timestamp": "2024-05-01T10:00:00Z", "dns": {"question": question, "resolved_ip": ["192.0.2.9"]},
                        "source": {"ip": "10.0.0.5"}, "answers": answers}, register)  # fmt: skip
    assert ["192.0.2.9", "192.0.2.1"] == values(found, Kind.IP)


def test_entries_of_other_kinds_are_counted(register: Register) -> None:
    """An entry whose fields no layout knows costs nothing else."""
    found, source = read(
        [LOOKUP, {"level": "info", "msg": "started"}, {**LOOKUP, "QH": None}, {**LOOKUP, "QH": [[]]}], register
    )
    assert (1, 4, 3) == (len(found), source.tally["entries"], source.tally["entries of other kinds"])


def test_values_of_wrong_types_are_no_names(register: Register) -> None:
    """Numbers, booleans and junk are read past; what is no host name is no observable."""
    found, _ = read(
        [{**LOOKUP, "QH": 7.5}, {**LOOKUP, "QH": "two words"}, {**LOOKUP, "QH": "a\0b"}, {**LOOKUP, "IP": 7}], register
    )
    assert ["7.5", "www.example.com"] == [o.label for o in found]


def test_a_broken_line_costs_itself(register: Register) -> None:
    """The lines around it are read."""
    line = msgspec.json.encode(LOOKUP).decode()
    found, source = read(f"{line}\n{line[:20]}\n[1]\n{line}\n", register)
    assert (2, 2) == (len(found), len(source.losses))


def test_a_broken_document_is_a_fault(register: Register) -> None:
    """What stood before the break is not kept back."""
    pretty = msgspec.json.format(msgspec.json.encode(LOOKUP)).decode()
    with pytest.raises(SourceError, match="JSON"):
        read(pretty + pretty[:-10], register)


def test_depth_and_width_are_bounded() -> None:
    """A bottomless or endless entry gives no more fields than the bound, and ends."""
    deep: dict[str, object] = {}
    inner = deep
    for _ in range(5000):
        inner["a"] = {}
        inner = inner["a"]  # type: ignore[assignment]
    assert {} == fieldlogs.flat(deep)
    assert fieldlogs.FIELDS >= len(fieldlogs.flat({str(n): "x" for n in range(10 * fieldlogs.FIELDS)}))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_entry_is_survived(value: object) -> None:
    """Whatever is in an entry, its fields are texts."""
    assert all(isinstance(text, str) for text in fieldlogs.flat({"a": value}).values())


def test_half_a_character_in_objects_of_several_lines() -> None:
    """An object with half a character, which no report can hold, is lost on its own."""
    whole = '{\n "ts": "2024-07-01T10:00:00Z",\n "client": "192.0.2.9",\n "query": "example.org"\n}\n'
    content = whole + whole.replace("example.org", "\\ud800") + whole
    source = opened(content)
    list(jsonlog.read(source))
    assert [locator for locator, _ in source.losses] == ["line 6"]
