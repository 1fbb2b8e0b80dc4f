# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of CycloneDX protocol buffers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.boms import cyclonedx_messages
from debar.readers.sbom import cyclonedx_protobuf
from opened import observed, opened, values


def number(value: int) -> bytes:
    """Give a number as seven bits a byte."""
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def field(place: int, value: bytes | str | int) -> bytes:
    """Give a field: a number, a text, or a message."""
    if isinstance(value, int):
        return number(place << 3) + number(value)
    data = value.encode() if isinstance(value, str) else value
    return number(place << 3 | 2) + number(len(data)) + data


PART = field(8, "part") + field(9, "1.0") + field(16, "pkg:npm/part@1.0") + field(12, field(2, "ab12"))
DEVICE = field(1, 5) + field(8, "camera") + field(28, field(1, "Maker Inc") + field(3, field(2, "a@maker.example")))
METADATA = field(1, field(1, 1609459200)) + field(4, field(8, "shop") + field(9, "2"))
BOM = field(1, "1.6") + field(4, METADATA) + field(5, PART) + field(5, DEVICE) + field(6, field(4, "lookup"))


def test_components_services_and_subject_are_read() -> None:
    """The subject names the asset, and time, types and makers arrive."""
    reader, _ = sniff.find_reader(opened(BOM, "bom.cdx"))
    found, source = observed(cyclonedx_protobuf, BOM)
    assert reader and "cyclonedx-protobuf" == reader.name
    assert [
        ("/metadata/component", "shop", Meaning.COMPONENT),
        ("/components/0", "part", Meaning.COMPONENT),
        ("/components/1", "camera", Meaning.HARDWARE),
        ("/services/0", "lookup", Meaning.SERVICE_USE),
    ] == [(o.locator, o.label, o.meaning) for o in found]
    assert {("shop@2", "2021-01-01T00:00:00Z")} == {(o.asset, o.observed_at) for o in found}
    assert (["ab12"], ["Maker Inc"]) == (values(found[1], Kind.HASH), values(found[2], Kind.PUBLISHER))
    assert ["maker.example"] == values(found[2], Kind.MAINTAINER_DOMAIN)
    assert {"subjects": 1, "components": 2, "services": 1} == dict(source.tally)


def test_parts_of_one_message_are_merged() -> None:
    """A single message that comes in two parts is one, as the format demands."""
    found, _ = observed(
        cyclonedx_protobuf, field(1, "1.6") + field(4, field(4, field(8, "shop"))) + field(4, field(4, field(9, "2")))
    )
    assert [("shop", "2")] == [(o.label, o.version) for o in found]


def test_fields_that_are_not_known_are_passed() -> None:
    """Numbers, fixed values, texts and messages of a later version do not disturb."""
    unknown = (
        field(900, 7) + number(901 << 3 | 1) + b"12345678" + number(902 << 3 | 5) + b"1234" + field(903, b"\xff\x00")
    )
    found, source = observed(cyclonedx_protobuf, field(1, "1.9") + unknown + field(5, unknown + PART + unknown))
    assert (["part"], []) == ([o.label for o in found], source.losses)


@pytest.mark.parametrize(
    "fault",
    [
        field(5, PART)[:-3],
        number(5 << 3 | 2) + b"\xff" * 12,
        number(5 << 3 | 2) + number(1 << 60),
        number(5 << 3 | 3),
        number(9 << 3 | 1) + b"123",
        b"\x80",
    ],
    ids=["cut", "endless-number", "length-that-lies", "group", "cut-value", "cut-key"],
)
def test_what_stands_before_a_break_is_read(fault: bytes) -> None:
    """A break is told with its byte and costs what follows; when nothing came before it, there is nothing to read."""
    found, source = observed(cyclonedx_protobuf, BOM + fault)
    assert 4 == len([o for o in found if o.label])
    assert 1 == len(source.losses) and source.losses[0][0].startswith("byte ")
    with pytest.raises(SourceError):
        observed(cyclonedx_protobuf, field(1, "1.6") + fault)


def test_depth_has_an_end() -> None:
    """Components inside components inside components are followed as far as the format allows."""
    deep = field(8, "x")
    for _ in range(cyclonedx_messages.DEPTH + 20):
        deep = field(8, "x") + field(21, deep)
    with pytest.raises(SourceError, match="nested deeper"):
        observed(cyclonedx_protobuf, field(1, "1.6") + field(5, deep))


def test_a_time_outside_the_calendar_is_none() -> None:
    """A number of seconds that no date has is left out."""
    found, _ = observed(cyclonedx_protobuf, field(1, "1.6") + field(4, field(1, field(1, 1 << 60))) + field(5, PART))
    assert [""] == [o.observed_at for o in found]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    """Whatever follows the version, there are observations and losses, or a SourceError."""
    try:
        found, source = observed(cyclonedx_protobuf, field(1, "1.6") + content)
    except SourceError as e:
        assert e.message
    else:
        assert sum(source.tally.values()) >= len([o for o in found if not o.locator.startswith("/metadata/")])
