# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of names without a header."""

from pathlib import Path

import pytest
from listed_samples import read

from debar.errors import SourceError
from debar.lists.lines import fits


def test_each_line_is_a_name(tmp_path: Path) -> None:
    """Commas are part of names, quotes are not, empty lines and repetitions are nothing."""
    found = read(tmp_path, 'Example Works Co., Ltd.\n\n"Other Works, Inc."\nSome Works\nsome works\n')
    assert [[name.text for name in party.names] for party in found.parties] == [
        ["Example Works Co., Ltd."],
        ["Other Works, Inc."],
        ["Some Works", "some works"],
    ]
    assert found.notes == ("it has no header: each line was taken for a name",)


@pytest.mark.parametrize(
    "text",
    [
        "One,CN\nTwo,RU\nThree,US\nFour,GB\n",
        "One|CN\nTwo|RU\n",
        "# a comment\nOne\n",
        "One\tCN\nTwo\tRU\n",
        "<html>\n",
        "x" * 2000,
        "",
    ],
)
def test_tables_and_programs_are_no_lists_of_names(text: str) -> None:
    """A table whose columns nobody knows is not read as names by mistake."""
    assert fits(text) is False


def test_table_without_a_header_is_refused_with_a_way_out(tmp_path: Path) -> None:
    """The error says what a list needs."""
    with pytest.raises(SourceError, match="no column of names is known") as raised:
        read(tmp_path, "One,CN\nTwo,RU\nThree,US\nFour,GB\n")
    assert raised.value.hint == (
        "name a file of a list, a table with a column that is called name, or names one on each line"
    )
