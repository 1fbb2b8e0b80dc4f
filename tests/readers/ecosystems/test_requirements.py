# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of requirements of pip."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import requirements
from opened import observed, values


def test_only_an_exact_version_is_a_version() -> None:
    """Ranges give no version; markers, extras and comments are no part of it."""
    found, _ = observed(requirements, "a==1.0\nb>=2\nc[x]===3.1 ; python_version == '3.8'\nd # ==4\ne (==5)\n")
    assert [(o.label, o.version) for o in found] == [("a", "1.0"), ("b", ""), ("c", "3.1"), ("d", ""), ("e", "5")]


def test_other_index_is_told() -> None:
    """An index besides PyPI is a place that packages come from."""
    found, _ = observed(
        requirements, "-i https://pypi.org/simple\n--extra-index-url https://pypi.till.example/simple\n"
    )
    assert [values(o, Kind.REFERENCE_DOMAIN) for o in found] == [["pypi.till.example"]]


def test_endless_continuation_is_bounded() -> None:
    """A requirement over many thousand lines does not fill the memory."""
    found, _ = observed(requirements, "a==1 \\\n" + "  --hash=sha256:00 \\\n" * 50_000)
    assert len(found) < 50_000
    assert found[0].label == "a"
