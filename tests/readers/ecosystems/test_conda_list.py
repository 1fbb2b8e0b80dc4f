# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what conda lists."""

from __future__ import annotations

from debar.readers.ecosystems import conda_list
from opened import observed


def test_export_is_read() -> None:
    """Lines of conda list --export give name and version."""
    found, _ = observed(conda_list, "# platform: linux-64\nidna=3.7=pypi_0\nzlib=1.2.13=h5eee18b_0\n")
    assert [(o.label, o.version, o.observables[0].value) for o in found] == [
        ("idna", "3.7", "pkg:pypi/idna"),
        ("zlib", "1.2.13", "pkg:conda/zlib"),
    ]


def test_line_of_one_word_is_a_loss() -> None:
    """What is no package is told with its line."""
    found, source = observed(conda_list, "# packages in environment at /x:\nword\nhttps://conda.till.example/x\n")
    assert found == []
    assert [locator for locator, _ in source.losses] == ["line 2", "line 3"]
