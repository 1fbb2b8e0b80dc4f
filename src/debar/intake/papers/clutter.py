# SPDX-License-Identifier: Apache-2.0
"""Lines that pages wear around a text, told by the patterns of the lexicon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.flat import flat
from debar.intake.papers.once import once
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.lexicon import Clutter, Lexicon

_LONGEST = 600
"""Characters of a line that can be clutter by its words; longer ones are text."""


class Patterns(NamedTuple):
    """Patterns of the lexicon, compiled."""

    clutter: re.Pattern[str]
    ending: re.Pattern[str]
    """Those after which nothing of the text follows."""


@once
def patterns(lexicon: Lexicon) -> Patterns:
    """Give the patterns of a lexicon, compiled."""
    lists = phrases.lists(lexicon.words)

    def compiled(clutter: Sequence[Clutter]) -> re.Pattern[str]:
        return _one_of(tuple(phrases.expression(one.pattern, lists) for one in clutter))

    return Patterns(compiled(lexicon.clutter), compiled([one for one in lexicon.clutter if one.ends_text]))


def _one_of(of: tuple[str, ...]) -> re.Pattern[str]:
    # Without any pattern nothing matches.
    return re.compile("|".join(f"(?:{pattern})" for pattern in of) or r"(?!)")


def comparable(line: str) -> str:
    """Give a line as patterns see it: small letters, plain typography, one space where there were several."""
    return " ".join(flat(line[: _LONGEST + 1]).lower().split())


def is_clutter(line: str, of: Patterns) -> bool:
    """Tell whether a comparable line is clutter as a whole."""
    return len(line) <= _LONGEST and of.clutter.fullmatch(line) is not None


def ends_text(line: str, of: Patterns) -> bool:
    """Tell whether nothing of a text follows a comparable line."""
    return len(line) <= _LONGEST and of.ending.fullmatch(line) is not None
