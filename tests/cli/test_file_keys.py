# SPDX-License-Identifier: Apache-2.0
"""Promises about the table of keys: every option of every verb may stand in a file, in the form that it takes."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from test_options import ALL

from debar.cli import scan, screening_options
from debar.cli.keys import EACH_TIME, KEYS, Form


def test_levels_of_files_are_those_of_verbs() -> None:
    """Every level that a verb takes for --fail-on may stand in a file, and no other."""
    assert set(KEYS["fail_on"].words) == {*scan.LEVELS, *screening_options.LEVELS}


def test_a_key_is_an_option() -> None:
    """Each option of each verb is a key of files, or is about one call; and nothing else is either."""
    options = {action.dest for _, action in ALL}
    assert options == KEYS.keys() | EACH_TIME
    assert not KEYS.keys() & EACH_TIME


@pytest.mark.parametrize(("verb", "action"), ALL, ids=[f"{verb}-{action.dest}" for verb, action in ALL])
def test_a_key_holds_what_its_option_takes(verb: str, action: argparse.Action) -> None:
    """Switches are true or false, and only what may be given several times is a list."""
    key = KEYS.get(action.dest)
    if key is None:
        assert action.dest in EACH_TIME, verb
        return
    assert (key.form is Form.SWITCH) == (action.nargs == 0)
    assert (key.form in (Form.TEXTS, Form.PATHS)) == isinstance(action, argparse._AppendAction)
    if action.type is Path:
        assert key.form in (Form.PATH, Form.PATHS)
