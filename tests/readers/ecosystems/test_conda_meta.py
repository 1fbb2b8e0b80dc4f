# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of metadata of installed conda packages."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import conda_meta
from opened import observed, values


def test_usual_channel_says_nothing() -> None:
    """A package of Anaconda's own channel has no reference; one from elsewhere has."""
    fields = {"name": "zlib", "version": "1.2.13", "build": "h0_0", "build_number": 0, "depends": []}
    usual, _ = observed(conda_meta, {**fields, "channel": "https://repo.anaconda.com/pkgs/main"})
    other, _ = observed(conda_meta, {**fields, "channel": "https://conda.till.example/main"})
    assert values(usual[0], Kind.REFERENCE_DOMAIN) == []
    assert values(other[0], Kind.REFERENCE_DOMAIN) == ["conda.till.example"]


def test_time_of_the_build_is_told_in_seconds_or_milliseconds() -> None:
    """Both ways in which conda-build wrote times give an instant; an impossible one gives none."""
    told = [
        observed(conda_meta, {"name": "a", "timestamp": at})[0][0].observed_at
        for at in (1666731660132, 1666731660, -1e30, "soon")
    ]
    assert told == ["2022-10-25T21:01:00Z", "2022-10-25T21:01:00Z", "", ""]
