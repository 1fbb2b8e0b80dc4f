# SPDX-License-Identifier: Apache-2.0
"""In which language a text is: by its script, and by its function words where scripts are shared."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from debar.intake.flat import flat
from debar.intake.papers.once import once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.model.lexicon import Language, Lexicon

_WORD = re.compile(r"[^\W\d_]{1,40}(?:'[^\W\d_]{1,40})?")
_SAMPLE = 40_000
"""Characters that tell the language of any text."""
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("", re.compile(r"[\u0590-\u074f\u0900-\u0dff\u0e00-\u0eff]")),
)
"""Scripts of one language, Japanese first because it writes Chinese characters too; "" for those not told further."""
_LETTER = re.compile(r"[^\W\d_]")
_FEWEST = 4
"""Function words from which a language is told at all."""


def language(text: str, lexicon: Lexicon) -> str:
    """Give the ISO code of the language of a text; empty when it cannot be told."""
    sample = flat(text[:_SAMPLE]).lower()
    letters = len(_LETTER.findall(sample))
    for code, script in _SCRIPTS:
        # Latin words (names, products) stand in texts of every script; kana make up a third of a Japanese text.
        if letters and len(script.findall(sample)) > letters * (0.1 if code == "ja" else 0.3):
            return code
    counts = Counter(_WORD.findall(sample))
    scores = {code: sum(counts[word] for word in words) for code, words in _words(lexicon.languages).items()}
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
    if not best or best[0][1] < _FEWEST or best[0][1] < sum(counts.values()) * 0.08:
        return ""
    if len(best) > 1 and best[1][1] >= best[0][1] * 0.9:
        return ""
    return best[0][0]


def called(code: str, languages: Sequence[Language]) -> str:
    """Give the name of a language for people."""
    return next((one.name for one in languages if one.id == code), code)


def is_read(code: str, languages: Sequence[Language]) -> bool:
    """Tell whether acts are looked for in a language; where it could not be told they are."""
    return not code or not languages or any(one.id == code and one.is_read for one in languages)


@once
def _words(languages: tuple[Language, ...]) -> Mapping[str, frozenset[str]]:
    return {one.id: frozenset(one.words) for one in languages}
