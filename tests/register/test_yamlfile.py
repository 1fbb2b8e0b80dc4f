# SPDX-License-Identifier: Apache-2.0
"""Promises about strict YAML: no guesses, and each fault with its line."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.model.vocab import Grade
from debar.register import yamlfile


class Thing(msgspec.Struct, forbid_unknown_fields=True):
    """What the tests read."""

    country: str = ""
    version: str = ""
    time: str = ""
    day: str = ""
    count: int = 0
    flag: bool = False
    grade: Grade = Grade.PRIMARY
    words: list[str] = []
    facts: dict[str, str] = {}
    parts: list["Thing"] = []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("country: NO", Thing(country="NO")),
        ("country: no", Thing(country="no")),
        ("country: ~", Thing(country="~")),
        ("country: null", Thing(country="null")),
        ("version: 1.10", Thing(version="1.10")),
        ("version: 0x1F", Thing(version="0x1F")),
        ("version: 1_000", Thing(version="1_000")),
        ("time: 12:30", Thing(time="12:30")),
        ("day: 2024-07-20", Thing(day="2024-07-20")),
        ("count: 4", Thing(count=4)),
        ("flag: true", Thing(flag=True)),
        ("facts: {on: yes, off: n, 1: 2}", Thing(facts={"on": "yes", "off": "n", "1": "2"})),
        ("words: [NO, 1.10, 12:30, on]", Thing(words=["NO", "1.10", "12:30", "on"])),
        ("country: ''", Thing(country="")),
        ("country:", Thing(country="")),
        ("\ufeffcountry: NO", Thing(country="NO")),
        ("country: >-\n  two\n  lines", Thing(country="two lines")),
    ],
)
def test_a_scalar_stays_what_was_written(text: str, expected: Thing) -> None:
    """Neither Norway nor versions, times, dates and switches are guessed at."""
    assert expected == yamlfile.parse(text, Thing)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("country: a\n\ncountry: b", 3, "'country' stands twice"),
        ("facts:\n  on: a\n  on: b", 3, "'on' stands twice"),
        ("words: &a [x]\nparts: [{words: *a}]", 1, "anchors"),
        ("country: a\nversion:\n\t- b", 3, "not YAML"),
        ("country: a\n  version: b", 2, "not YAML"),
        ("country: [a\n", 2, "not YAML"),
        ("country: a\ngrade: primery", 2, "primery"),
        ("country: a\n\nstaff: 3\n", 3, "unknown field `staff`"),
        ("parts:\n  - country: a\n  - country: b\n    staff: 3", 4, "unknown field `staff`"),
        ("parts:\n  - country: a\n  - country: b\n    grade: x", 4, "'x'"),
        ("words:\n  - a\n  - {b: c}", 3, "Expected `str`, got `object`"),
        ("count: many", 1, "Expected `int`"),
        ("country: a\nflag: maybe", 2, "Expected `bool`"),
        ("- a", 1, "Expected `object`, got `array`"),
        ("? [a]\n: b", 1, "a key must be a plain word"),
        ("country: a\n---\ncountry: b", 2, "not YAML"),
        ("country: !!python/object/apply:os.system [x]", 1, "Expected `str`"),
        ("country: \x00", 1, "not YAML"),
    ],
)
def test_a_fault_has_its_line(text: str, line: int, told: str) -> None:
    """Equal keys, anchors, tabs, unknown fields, wrong words: refused, with the line they stand on."""
    with pytest.raises(yamlfile.YamlError) as e:
        yamlfile.parse(text, Thing)
    assert line == e.value.line
    assert told in e.value.message


def test_aliases_never_expand() -> None:
    """A document that would grow out of all proportion is refused at its first alias."""
    bomb = "words: &a [x, x]\n" + "".join(f"k{n}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
    with pytest.raises(yamlfile.YamlError, match="anchors"):
        yamlfile.parse(bomb, dict[str, list[str]])


def test_what_is_nested_too_deep_is_told() -> None:
    """A hostile depth is a fault of the file like any other."""
    with pytest.raises(yamlfile.YamlError):
        yamlfile.parse("words: " + "[" * 5000, Thing)
    with pytest.raises(yamlfile.YamlError):
        yamlfile.parse("words: " + "[" * 5000 + "]" * 5000, Thing)


def test_another_encoding_is_told(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused instead of misread."""
    file = tmp_path / "a.yaml"
    file.write_bytes("country: Österreich".encode("latin-1"))
    with pytest.raises(yamlfile.YamlError, match="not UTF-8"):
        yamlfile.read(file, Thing)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes anything but a value or a fault."""
    try:
        yamlfile.parse(text, Thing)
    except yamlfile.YamlError as e:
        assert e.line >= 1


@given(
    st.dictionaries(
        st.text("abcdefgh", min_size=1),
        st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=20),
        min_size=1,
    )
)
def test_quoted_words_come_back(words: dict[str, str]) -> None:
    """A value in double quotes is read as it was written."""
    text = "".join(f"{key}: {msgspec.json.encode(value).decode()}\n" for key, value in words.items())
    assert words == yamlfile.parse(text, dict[str, str])
