# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Gemfile.lock."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import gemfile_lock
from opened import observed, values


def test_what_a_gem_requires_is_not_locked_by_it() -> None:
    """Only gems by four blanks are locked; sections without gems are passed over."""
    found, _ = observed(
        gemfile_lock,
        "GEM\n  remote: https://gems.till.example/\n  specs:\n    a (1.0)\n      b (~> 2)\n\nCHECKSUMS\n    c (3.0)\n",
    )
    assert [(o.label, values(o, Kind.REFERENCE_DOMAIN)) for o in found] == [("a", ["gems.till.example"])]


def test_gem_of_the_project_itself_has_a_name_and_no_package_url() -> None:
    """What lies in a folder of the project need not be the gem that the registry has under this name."""
    found, source = observed(gemfile_lock, "PATH\n  remote: .\n  specs:\n    till (1.2.0)\n      a (~> 1)\n")
    assert [(o.label, o.version, values(o, Kind.NAME), values(o, Kind.PURL)) for o in found] == [
        ("till", "1.2.0", ["till"], [])
    ]
    assert source.tally == {"own packages": 1}
