# SPDX-License-Identifier: Apache-2.0
"""Promises of reading YAML."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.readers import yamltext


def test_every_scalar_is_a_text() -> None:
    """Numbers, truths and dates stay as they are written."""
    assert yamltext.document("a: 1.10\nb: yes\nc: 2024-01-01\nd: ~\ne: [01, {f: 'x'}]") == {
        "a": "1.10",
        "b": "yes",
        "c": "2024-01-01",
        "d": "~",
        "e": ["01", {"f": "x"}],
    }


def test_several_documents_are_told_apart() -> None:
    """Each document of a text is yielded; an empty text is an empty document."""
    assert list(yamltext.documents("---\na: 1\n---\n- b\n")) == [{"a": "1"}, ["b"]]
    assert yamltext.document("") == {}


def test_alias_is_what_it_stands_for() -> None:
    """An alias gives the same value, and nothing is copied."""
    assert yamltext.document("a: &x [1]\nb: *x") == {"a": ["1"], "b": ["1"]}


def test_tags_make_nothing() -> None:
    """A tag that would make an object makes its text."""
    assert yamltext.document("a: !!python/object/apply:os.system ['true']") == {"a": ["true"]}


def test_bomb_of_aliases_is_refused() -> None:
    """Aliases of aliases that amount to billions of values are refused."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(SourceError, match="amount to too much"):
        yamltext.document("\n".join(lines))


@pytest.mark.parametrize("text", ["[" * 5000, "a: [1", "a: *b", "\tx: 1", "a: b: c", "a: \0"])
def test_faulty_text_is_refused_in_words(text: str) -> None:
    """What is no YAML, or too deep, is refused with its line."""
    with pytest.raises(SourceError):
        yamltext.document(text)
