# SPDX-License-Identifier: Apache-2.0
"""Promises about strict YAML: no guesses, and each fault with its line and the word that was meant."""

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.model.inventory import Indicator
from debar.model.measures import Measure, Party
from debar.model.results import Case
from debar.model.vocab import Grade
from debar.register import shape, yamlfile


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
        ("country: a\nversion: é\ntime: b\x00", 3, "not YAML: control characters are not allowed"),
        ("count: 123456789012345678901234567890" + "0" * 4300, 1, "out of range"),
        ("facts:\n  a: b\n  c: [d]", 3, "Expected `str`, got `array` - at $.facts.c"),
    ],
)
def test_a_fault_has_its_line(text: str, line: int, told: str) -> None:
    """Equal keys, anchors, tabs, unknown fields, wrong words: refused, with the line they stand on."""
    with pytest.raises(yamlfile.YamlError) as e:
        yamlfile.parse(text, Thing)
    assert line == e.value.line
    assert told in e.value.message


MEANT: list[tuple[str, Any, int, str]] = [
    ("id: a\nnam: b", Party, 2, "Object contains unknown field `nam`; did you mean 'name'?"),
    (
        "id: a\nname: b\nproducts:\n- id: c\n  name: d\n  categories:\n  - ai\n  - anti-virsu",
        Party,
        8,
        "Invalid enum value 'anti-virsu' - at $.products[0].categories[1]; did you mean 'anti-virus'?",
    ),
    (
        "id: a\nname: b\nrelations:\n- to: c\n  kind:\n    parrent",
        Party,
        5,
        "Invalid enum value 'parrent' - at $.relations[0].kind; did you mean 'parent'?",
    ),
    (
        "- case: a\n  expect:\n    use: {position: permitted}\n    renew:\n      position: prohibted",
        tuple[Case, ...],
        5,
        "Invalid enum value 'prohibted' - at $[0].expect.renew.position; did you mean 'prohibited'?",
    ),
    (
        "- case: a\n  expect:\n    use: {position: permitted}\n    renw: {position: permitted}",
        tuple[Case, ...],
        4,
        "Invalid enum value 'renw' - at $[0].expect.renw; did you mean 'renew'?",
    ),
    (
        "- id: a\n  meaning: instaled",
        tuple[Indicator, ...],
        2,
        "Invalid enum value 'instaled' - at $[0].meaning; did you mean 'installed'?",
    ),
    (
        "id: a\nprovisions:\n- deadline: {after: a, amount: 1, unti: days}",
        Measure,
        3,
        "Object contains unknown field `unti` - at $.provisions[0].deadline; did you mean 'unit'?",
    ),
    ("id: a\nname: b\nperson: maybe", Party, 3, "Expected `bool`, got `str` - at $.person"),
    ("id: a\nname: b\nwxyz: c", Party, 3, "Object contains unknown field `wxyz`"),
]


@pytest.mark.parametrize(("text", "kind", "line", "told"), MEANT, ids=[told for *_, told in MEANT])
def test_a_wrong_word_or_field_is_corrected(text: str, kind: Any, line: int, told: str) -> None:
    """The nearest of those that can stand there is offered; the line is that of the word, also inside mappings."""
    with pytest.raises(yamlfile.YamlError) as e:
        yamlfile.parse(text, kind)
    assert (line, told) == (e.value.line, e.value.message)


@pytest.mark.parametrize(
    "key",
    [
        "x - at `$.country`",
        "x - at `$.nothing",
        "x - at `$.country",
        "x - at `$.country.more",
        "x - at `$.parts[0].words[9]",
        "x - at `$.facts[...]",
        "x` - at `key` in `$.facts",
        "`",
        "'",
    ],
)
def test_a_key_that_looks_like_a_place_leads_nowhere_else(key: str) -> None:
    """Words of the document are never taken for what the reading says about it without being looked up there."""
    with pytest.raises(yamlfile.YamlError, match="unknown field"):
        yamlfile.parse(msgspec.json.encode({"country": "a", key: "b"}).decode(), Thing)


WORDS = st.sampled_from(["a", "b", "x - at `$.a`", "primary", "primery", "1", "", "`", "'\"", "$", "[...]", ".a[0]"])
DOCUMENTS = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*Thing.__struct_fields__, "z"]) | WORDS, inner, max_size=3)
    ),
    max_leaves=12,
)


@given(DOCUMENTS)
def test_every_fault_of_shape_has_a_place_that_is_there(document: Any) -> None:
    """Whatever a document holds, what is said about it names a place that can be followed in it."""
    try:
        msgspec.convert(document, Thing, strict=False)
    except msgspec.ValidationError as e:
        at, message = shape.fault(str(e), Thing, document)
        assert message
        for step in at:
            document = document[step]


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


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (b"", 1, "the file is empty"),
        (b"\xff\xfec\x00:\x00", 1, "not UTF-8: invalid start byte"),
        ("country: a\ntime: \u00e9".encode("latin-1"), 2, "not UTF-8: unexpected end of data"),
        (b"country: a\n\x00", 2, "not YAML: control characters are not allowed"),
        (b"country: " + b"a" * (yamlfile.LARGEST + 1), 1, "larger than 4 MiB"),
        (b"%TAG ! tag:yaml.org,2002:\n---\n!x {}\n---\n", 4, "not YAML: but found another document"),
        (b"country: !!binary eA==\nflag: !!bool maybe\n", 2, "Expected `bool`, got `str` - at $.flag"),
        (b"<<: {country: a}\n", 1, "Object contains unknown field `<<`"),
    ],
    ids=["empty", "utf-16", "latin-1", "nul", "huge", "documents", "tags", "merge"],
)
def test_a_hostile_file_is_a_fault(tmp_path: Path, content: bytes, line: int, told: str) -> None:
    """Whatever lies in a file, there is a line and a reason."""
    file = tmp_path / "a.yaml"
    file.write_bytes(content)
    with pytest.raises(yamlfile.YamlError) as e:
        yamlfile.read(file, Thing)
    assert (line, told) == (e.value.line, e.value.message)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Only a regular file is opened."""
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(yamlfile.YamlError, match="no regular file"):
        yamlfile.read(tmp_path / "a.yaml", Thing)


LINED = "country: a\nfacts:\n  b: c\n  'd': >-\n    e\nparts:\n  - country: f\n    words: [g,\n      h]\n  - {}\n"


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ((), 1),
        (("country",), 1),
        (("facts",), 2),
        (("facts", "d"), 4),
        (("parts",), 6),
        (("parts", 0), 7),
        (("parts", 0, "words"), 8),
        (("parts", 0, "words", 1), 9),
        (("parts", 1), 10),
        (("parts", 1, "grade"), 10),
        (("parts", 2), 6),
        (("version",), 1),
        (("facts", "z", "y", 3), 2),
        (("country", "z"), 1),
        (("facts", 0), 2),
        (("parts", "z"), 6),
    ],
)
def test_a_place_has_a_line(tmp_path: Path, at: shape.Where, line: int) -> None:
    """It is that of its key or item, or of the nearest one around it that was written."""
    (tmp_path / "a.yaml").write_text(LINED)
    assert line == yamlfile.lines(tmp_path / "a.yaml").line(at)


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
