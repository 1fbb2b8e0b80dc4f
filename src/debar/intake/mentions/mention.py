# SPDX-License-Identifier: Apache-2.0
"""One name in a text, and what its sentence says of it."""

from __future__ import annotations

from typing import NamedTuple


class Mention(NamedTuple):
    """A name in a text."""

    start: int
    end: int
    kind: str
    """supplier, product, authority, place, outlet, person, organisation."""
    id: str
    """Id of the party, authority or jurisdiction; the name itself where the register has none."""
    name: str
    jurisdiction: str = ""
    """Of an authority or place, the jurisdiction; of a supplier or product, where its maker is at home."""
    form: str = "name"
    """Of a place: name, demonym, seat (a capital, an administration), city or law-of (a list or act of it). Of an authority: name, or office of any state."""
    aside: str = ""
    """home: the place only says where somebody is at home, made or talks. maker: it stands beside a word for a maker."""
    is_told: bool = False
    """Whether its sentence speaks of a measure; of a state or province, of one that it takes itself."""
    group: str = ""
    """Of a supplier, the party under whose name measures on it are told: ByteDance for TikTok Canada."""
