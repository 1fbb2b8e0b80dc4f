# SPDX-License-Identifier: Apache-2.0
"""Promises of the canonical text: every struct comes back from it, by the strict reading and by any other."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from debar.model.inventory import Embedding, FieldLayout, Indicator, Layout, LineLayout
from debar.model.measures import Authority, Calendar, Document, Measure, Organisation, Party
from debar.model.results import Case
from debar.register import folders, yamlfile
from debar.register.dump import WIDTH, dump

REGISTER = Path(__file__).parents[2] / "register"
KINDS: dict[str, Any] = {
    "authorities": Authority,
    "calendars": Calendar,
    "cases": tuple[Case, ...],
    "documents": Document,
    "embeddings": tuple[Embedding, ...],
    "indicators": tuple[Indicator, ...],
    "layouts": Layout,
    "layouts/fields": FieldLayout,
    "layouts/lines": LineLayout,
    "measures": Measure,
    "parties": Party,
}
TRICKY = [
    "", " ", "a ", " a", "NO", "yes", "Off", "~", "null", "1.10", "12:30", "0x1F", "1_000", ".5", "+.inf", "2024-07-20",
    "2024-07-20T00:00-04:00", "a: b", "a:", "a #b", "#a", "- a", "-", "? a", "[a", "{a}", "a, b", "'a'", '"a"', "a'b\"c\\d",
    "%a", "@a", "`a", "!a", "&a", "*a", "|", ">", "a\nb", "a\n", "\n", "\ta", "a\tb", "\r", "\x00", "\x7f", "\x85",
    "\u2028", "\ufeff", "\u202e", "\xa0", "\U0001f600", "\U000e0041", "\uffff", "Лаборатория Касперского", "卡巴斯基",
    "קספרסקי", "<<", "=", "---", "...", "--- a", "a  b", "word " * 40, "word " * 40 + "a", ("two  spaces " * 20).strip(),
    "x" * 200, "x" * 200 + " " + "y" * 200, "a: " + "long " * 40 + "b", "# " + "long " * 40 + "b", "é" * 120 + " b",
]  # fmt: skip
TEXTS = st.sampled_from(TRICKY) | st.text(max_size=12) | st.text("ab :#-'\"\n,[]{}", max_size=150)


@cache
def values(kind: Any) -> st.SearchStrategy[Any]:
    """Give values of a type of the model."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return st.one_of(*(st.none() if one is NoneType else values(one) for one in inner))
    if origin is tuple:
        return st.lists(values(inner[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(values(inner[0]), values(inner[1]), max_size=2)
    if issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if issubclass(kind, msgspec.Struct):
        fields = msgspec.structs.fields(kind)
        optional = {
            f.name: st.just(f.default) | values(f.type)
            for f in fields
            if not f.required and f.default is not msgspec.NODEFAULT
        }
        return st.builds(kind, **{f.name: values(f.type) for f in fields} | optional)
    return {str: TEXTS, bool: st.booleans(), int: st.integers(-(2**63), 2**63)}[kind]


def expect_back(noun: Any, kind: Any) -> None:
    """Expect that a value comes back from its text: read strictly, and with all the guesses of YAML 1.1."""
    text = dump(noun)
    assert noun == yamlfile.parse(text, kind)
    assert noun == msgspec.convert(yaml.load(text, yaml.CSafeLoader), kind)
    assert text == dump(yamlfile.parse(text, kind))


@settings(max_examples=30)
@given(values(Party))
def test_any_party_comes_back(party: Party) -> None:
    """Whatever its names, ties and products are."""
    expect_back(party, Party)


@settings(max_examples=30)
@given(values(Measure))
def test_any_measure_comes_back(measure: Measure) -> None:
    """Whatever its provisions, history and notes are."""
    expect_back(measure, Measure)


@pytest.mark.parametrize(
    "kind", [Authority, Calendar, Document, Layout, LineLayout, FieldLayout, Organisation, Indicator, tuple[Case, ...]]
)
@settings(max_examples=10)
@given(st.data())
def test_anything_else_comes_back(kind: Any, data: st.DataObject) -> None:
    """So does every other noun, one in a file or many."""
    expect_back(data.draw(values(kind).filter(lambda noun: noun != ())), kind)


@pytest.mark.parametrize("text", TRICKY, ids=ascii)
def test_any_text_comes_back(text: str) -> None:
    """As a value, as an item, as a key and in the middle of others, near the edge of the line and far from it."""
    for name in ("a", "a" * 100):
        party = Party(id=text, name=name, aliases=(text, name, text), identifiers={text: text, name: "b"}, note=text)
        expect_back(party, Party)


@pytest.mark.parametrize("part", sorted(KINDS))
def test_every_file_of_the_register_comes_back(part: str) -> None:
    """Each file says the same when it is written anew, in lines that are no longer than they must be."""
    for file in sorted((REGISTER / part).rglob("*.yaml")):
        if folders.part(file.relative_to(REGISTER)) != part:
            continue
        noun = yamlfile.read(file, KINDS[part])
        text = dump(noun)
        assert noun == yamlfile.parse(text, KINDS[part]), file.name
        for line in text.splitlines():
            if re.search(r'"(?:[^"\\]|\\.)*\\[rnu]', line):
                continue  # a text with characters that do not print is quoted, and stands in one line
            assert len(line) <= WIDTH or " " not in line.strip().removeprefix("- ").partition(" ")[2].strip('"'), (
                file.name,
                line,
            )


def test_the_form_is_canonical() -> None:
    """Fields stand in their order, defaults are left out, dates are quoted, short lists stand in one line."""
    file = REGISTER / "parties/../calendars/us-federal.yaml"
    calendar = yamlfile.read(file, Calendar)
    head = dump(calendar).splitlines()
    assert [
        "id: us-federal",
        "name: Legal public holidays of the United States",
        "jurisdiction: us",
        "holidays:",
    ] == head[:4]
    party = Party(
        id="maker",
        name="Maker: the company",
        country="NO",
        aliases=("Maker", "Мейкер", "3:16"),
        legal_names=tuple(f"Maker Number {n} Incorporated" for n in range(4)),
        note="It makes what others only sell, in more places than one can count, and under more names than this line is long.",
    )
    assert dump(party).splitlines() == [
        "id: maker",
        'name: "Maker: the company"',
        'country: "NO"',
        "legal_names:",
        "  - Maker Number 0 Incorporated",
        "  - Maker Number 1 Incorporated",
        "  - Maker Number 2 Incorporated",
        "  - Maker Number 3 Incorporated",
        'aliases: [Maker, Мейкер, "3:16"]',
        "note: >-",
        "  It makes what others only sell, in more places than one can count, and under more names than this line is",
        "  long.",
    ]


def test_what_is_empty_and_needed_is_written() -> None:
    """A required list without items, a required text without words."""
    calendar = Calendar(id="", name="", jurisdiction="", holidays=())
    assert 'id: ""\nname: ""\njurisdiction: ""\nholidays: []\n' == dump(calendar)
    assert "" == dump([])
    assert "- id: a\n  name: b\n" == dump([Party(id="a", name="b")])
