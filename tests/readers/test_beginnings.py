# SPDX-License-Identifier: Apache-2.0
"""Promises of what the first characters of a text say of it."""

from __future__ import annotations

import pytest

from debar.readers import sniff
from opened import opened


@pytest.mark.parametrize(
    "head",
    [
        "[INFO] ready",
        "[2024-01-31 10:00] ready",
        "[notice] ready",
        "[Fri Jan 05] x",
        "[ section ]\nname = value",
        "[false-x",
    ],
)
def test_text_in_brackets_is_no_json(head: str) -> None:
    """A log or a settings file that begins with a bracket is text, and is not called malformed JSON."""
    reader, why = sniff.find_reader(opened(f"{head}\n" * 3, "x.log"))
    assert reader is None
    assert why.startswith("text that no reader knows")


@pytest.mark.parametrize(
    "head", ["[", "[]", "[ {}", '["a"', "[1, 2]", "[-1.5e3,2]", "[true]", "[null, 1]", "[[1]]", "{"]
)
def test_what_can_begin_json_is_told_as_such(head: str) -> None:
    """JSON that no reader knows is called so, also where it is cut off."""
    reader, why = sniff.find_reader(opened(head, "x.json"))
    assert reader is None
    assert why.startswith("JSON that no reader knows")
