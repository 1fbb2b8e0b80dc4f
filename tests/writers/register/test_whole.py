# SPDX-License-Identifier: Apache-2.0
"""The register as one document: what was written can be read back, and the schema describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import exported
import jsonschema_rs
import msgspec
from exported import part, written

from debar.writers.register.whole import Whole, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.register import Register

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "docs" / "reference" / "register.schema.json"


def schema() -> dict[str, Any]:
    """Give the JSON Schema of the document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Whole)}


def test_the_schema_is_up_to_date(accepted: Callable[[Path, str], None]) -> None:
    """The committed schema is the one that the structs amount to, and is a schema."""
    accepted(SCHEMA, json.dumps(schema(), indent=2, ensure_ascii=False) + "\n")
    assert jsonschema_rs.meta.is_valid(schema())


def test_it_can_be_read_back() -> None:
    """What is written, hostile words included, is read back as the very same structs."""
    chosen = part(exported.everything())
    assert msgspec.json.decode(written("json", chosen), type=Whole) == whole(chosen)
    assert whole(chosen).parties[0].name == exported.HOSTILE


def test_no_control_character_leaves() -> None:
    """Characters that steer a terminal are written as JSON escapes."""
    assert not {"\x07", "\x1b", "\u202e", "\u2028", "\r"} & set(written("json", part(exported.everything())))


def test_a_part_brings_what_it_refers_to() -> None:
    """A chosen measure comes with its authority, that one's calendar, and every document that it or its parties cite."""
    chosen = part(exported.everything(), jurisdiction="us")
    found = whole(chosen._replace(measures=(chosen.register.measures["us-order"],), parties=()))
    assert [authority.id for authority in found.authorities] == ["us-office"]
    assert [calendar.id for calendar in found.calendars] == ["us-days"]
    assert {document.id for document in found.documents} == {"odd", "order", "report"}
    assert found.narrowed == {"jurisdiction": "us"}


def test_twice_the_same_bytes() -> None:
    """The same register gives the same bytes."""
    assert written("json", part(exported.everything())) == written("json", part(exported.everything()))


def test_the_register_of_the_program(register: Register) -> None:
    """The shipped register is written whole, fits the schema, and is read back as it was."""
    text = written("json", part(register))
    validator = jsonschema_rs.validator_for(schema())
    assert [] == [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(json.loads(text))]
    found = msgspec.json.decode(text, type=Whole)
    assert (found.version, found.sha256) == (register.version, register.sha256)
    assert {m.id: m for m in found.measures} == register.measures
    assert {p.id: p for p in found.parties} == register.parties
    assert {d.id: d for d in found.documents} == register.documents
    assert {a.id: a for a in found.authorities} == register.authorities
    assert {c.id: c for c in found.calendars} == register.calendars
