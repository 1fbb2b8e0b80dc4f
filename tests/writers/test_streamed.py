# SPDX-License-Identifier: Apache-2.0
"""Long JSON that is written as it is made, and addresses, lines and ids that other programs understand."""

from __future__ import annotations

import io
import json
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.writers import references, streamed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)


def written(document: Any) -> str:
    """Give the text of a document."""
    out = io.StringIO()
    streamed.write(document, out)
    return out.getvalue()


@given(st.dictionaries(st.text(max_size=8), st.lists(JSON, max_size=4), max_size=4))
def test_a_list_that_is_made_as_it_is_written_is_a_list(document: dict[str, list[Any]]) -> None:
    """Iterators, also inside objects of iterators, become the lists that they would have been."""
    opened = {key: iter(values) for key, values in document.items()}
    assert json.loads(written(opened)) == document
    nested = {"outer": iter([{"inner": iter(values)} for values in document.values()])}
    assert json.loads(written(nested)) == {"outer": [{"inner": values} for values in document.values()]}


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 600])
def test_every_element_once_and_on_its_line(count: int) -> None:
    """However many are encoded at once, each element is written once, in order, on a line of its own."""
    text = written({"n": iter(range(count))})
    assert json.loads(text) == {"n": list(range(count))}
    assert len(text.splitlines()) == (count + 2 if count else 1)


def test_lines() -> None:
    """One document a line, and no control character raw."""
    out = io.StringIO()
    streamed.write_lines(({"n": n, "t": "\x7f\u202e"} for n in range(300)), out)
    lines = out.getvalue().splitlines()
    assert [json.loads(line)["n"] for line in lines] == list(range(300))
    assert json.loads(lines[0])["t"] == "\x7f\u202e"
    assert "\u202e" not in out.getvalue()


@pytest.mark.parametrize(
    ("path", "uri", "is_relative", "member"),
    [
        ("a/b c.json", "a/b%20c.json", True, ""),
        ("./a/é.csv", "a/%C3%A9.csv", True, ""),
        ("a.zip!in/b.json", "a.zip", True, "in/b.json"),
        ("/srv/a#b.json", "file:///srv/a%23b.json", False, ""),
        ("C:\\srv\\a b.json", "file:///C:/srv/a%20b.json", False, ""),
        ("-", "standard-input", True, ""),
        ("../up.json", "../up.json", True, ""),
    ],
)
def test_places(path: str, uri: str, is_relative: bool, member: str) -> None:
    """A path becomes an address: relative where it is, of the archive for a member, percent-encoded."""
    assert references.place(path) == (uri, is_relative, member)


@pytest.mark.parametrize(
    ("locator", "line"),
    [("line 56", 56), ("sheet 1, line 7", 7), ("row 5", 0), ("/components/3", 0), ("byline 4", 0), ("", 0)],
)
def test_lines_of_locators(locator: str, line: int) -> None:
    """Only what is called a line is one: the row of a table may span several."""
    assert references.line_of(locator) == line


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_ids_are_those_of_the_standard(parts: list[str]) -> None:
    """A UUID is version 5 of the standard library, over the parts with their borders."""
    assert references.uuid_of(*parts) == str(
        uuid.uuid5(uuid.NAMESPACE_URL, "https://debar.invalid/" + "\x1f".join(parts))
    )


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        (" HTTP://a.example/a b ", "HTTP://a.example/a%20b"),
        ("javascript:alert(1)", ""),
        ("https:evil", ""),
    ],
)
def test_links(url: str, link: str) -> None:
    """Only addresses of the web are links, without anything that could end one."""
    assert references.link(url) == link


def test_times() -> None:
    """A time of the evidence is an instant; one without a zone, or none at all, is not guessed."""
    other = references.NEVER
    assert references.instant("2024-09-19", other) == datetime(2024, 9, 19, tzinfo=UTC)
    assert references.instant("2024-09-19T20:10:15+02:00", other) == datetime(2024, 9, 19, 18, 10, 15, tzinfo=UTC)
    assert references.instant("2024-09-19T20:10:15", other) is other
    assert references.instant("", other) is other
    assert references.asked_at("2024-10-05") == datetime(2024, 10, 5, 23, 59, 59, tzinfo=UTC)
    assert references.asked_at("2024-10-05T01:00Z") == datetime(2024, 10, 5, 1, tzinfo=UTC)
