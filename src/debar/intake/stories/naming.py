# SPDX-License-Identifier: Apache-2.0
"""The proper names of papers that are read together: what one shows to be a name, is one in all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.mentions.proper import LONGEST, capitals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.seen import Seen

_SMALL = re.compile(r"[^\W\d_]{5,40}")
_SHORTEST = 5
"""Letters of a word that is a name because nobody writes it in small letters: shorter ones begin sentences too often."""


def named(every: Sequence[Seen]) -> list[set[str]]:
    """Give the proper names of each paper.

    A word is a name if it stands in capitals inside a sentence of some paper, or is a longer one that no paper writes in
    small letters.
    """
    found = [capitals(seen) for seen in every]
    sure = {name for one in found for name in one.names}
    small = {word for seen in every for word in _SMALL.findall(seen.flat[:LONGEST]) if word.islower()}
    return [
        {
            word.name
            for word in one.found
            if word.name in sure or (len(word.name) >= _SHORTEST and word.name not in small)
        }
        for one in found
    ]
