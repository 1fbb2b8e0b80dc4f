# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of charts of Helm."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import helm_chart
from opened import observed, values


def test_chart_beside_is_ones_own() -> None:
    """A chart in a folder beside is no part from elsewhere."""
    found, source = observed(
        helm_chart,
        "apiVersion: v2\nname: a\nversion: 1.0\ndependencies:\n- {name: b, repository: 'file://../b'}\n- {name: c, repository: 'oci://charts.till.example/c'}\n- {}\n",
    )
    assert [(o.label, values(o, Kind.REFERENCE_DOMAIN)) for o in found] == [("a", []), ("c", ["charts.till.example"])]
    assert source.tally["own packages"] == 1
    assert source.losses == [("/dependencies/2", "a chart without a name")]
