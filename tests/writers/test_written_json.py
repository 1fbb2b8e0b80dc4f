# SPDX-License-Identifier: Apache-2.0
"""Promises about reports as JSON."""

from __future__ import annotations

import io

import msgspec
import pytest
from bench.made import large_report

import reported
from debar.model.results import Report
from debar.writers import Style, json

MANY = 300
"""Exposures: enough for every long list of a report to be written in several parts."""


def written(report: Report) -> str:
    out = io.StringIO()
    json.write_report(report, out, Style())
    return out.getvalue()


@pytest.mark.parametrize("make", [reported.nothing, reported.full, reported.hostile, lambda: large_report(MANY)])
def test_parts_are_the_whole(make: object) -> None:
    """A report that is written in parts has the bytes of one that is written at once, and reads back as what it was."""
    report = make()  # type: ignore[operator]
    whole = io.StringIO()
    json.write_document(report, whole, Style())
    assert written(report) == whole.getvalue()
    assert msgspec.json.decode(written(report), type=Report) == report
