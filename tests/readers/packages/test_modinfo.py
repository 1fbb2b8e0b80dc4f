# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what modinfo prints."""

from __future__ import annotations

from debar.model.vocab import Kind, Medium
from debar.readers.packages import modinfo
from opened import observed, values


def test_module_gives_every_author_and_its_signer() -> None:
    """A field may repeat; the medium is what files say of themselves."""
    text = (
        "filename:       /lib/modules/6.1/extra/klflt.ko.xz\nversion:        1.0\nauthor:         A Person <a@maker.example>\n"
        "author:         Second\nsigner:         Maker signing key\nsignature:      5B:25\n\t\t6A:05:0C\nname:           klflt\n"
        "filename:       (builtin)\nname:           unix\n"
    )
    (module, builtin), source = observed(modinfo, text)
    assert (module.label, module.version, module.medium) == ("klflt", "1.0", Medium.FILES)
    assert values(module, Kind.DRIVER) == ["klflt.ko.xz"]
    assert values(module, Kind.PUBLISHER) == ["A Person", "Second"]
    assert values(module, Kind.SIGNER) == ["Maker signing key"]
    assert (builtin.label, values(builtin, Kind.PATH), values(builtin, Kind.DRIVER)) == ("unix", [], [])
    assert source.tally == {"modules": 2}
