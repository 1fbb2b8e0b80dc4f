# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what go version -m prints."""

from __future__ import annotations

from debar.model.vocab import Meaning
from debar.readers.ecosystems import go_version
from opened import observed


def test_programs_are_told_apart() -> None:
    """Modules of several programs in one print carry the program's name."""
    found, _ = observed(
        go_version,
        "/usr/bin/a: go1.22\n\tpath\tm.example/a\n\tmod\tm.example/a\tv1.0.0\th1:x\n\tdep\tx.example/x\tv1.2.3\n"
        "/usr/bin/b: go1.22\n\tmod\tm.example/b\t(devel)\n\tdep\tx.example/x\tv1.2.3\n\t=>\ty.example/y\tv2.0.0\n",
    )
    assert [(o.label, o.version, o.meaning) for o in found] == [
        ("m.example/a", "v1.0.0", Meaning.INSTALLED),
        ("a: x.example/x", "v1.2.3", Meaning.COMPONENT),
        ("m.example/b", "", Meaning.INSTALLED),
        ("b: y.example/y", "v2.0.0", Meaning.COMPONENT),
    ]
    assert [o.locator for o in found] == ["line 3", "line 4", "line 6", "line 8"]
