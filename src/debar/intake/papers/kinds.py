# SPDX-License-Identifier: Apache-2.0
"""What kind of paper a paper is: by who publishes it, and only weakly by what it says of itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.intake.flat import flat
from debar.intake.papers import publishers
from debar.intake.papers.printed import HEADERS, is_gazette
from debar.model.vocab.statements import PaperKind
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.lexicon import Lexicon

_SECTION = re.compile(
    r"^\s{0,12}(?:§{1,2} ?[0-9]|(?:Sec(?:tion|\.)|Article|Art\.|Clause|Direction|Paragraph) ?[0-9IVX]{1,6}\b|[0-9]{1,2}\.(?:[0-9]{1,2}\.?)? {1,4}[A-Z(]|\([0-9a-z]{1,3}\) {1,4}\w)",
    re.MULTILINE,
)
_OFFICIAL = frozenset({PaperKind.OFFICIAL_TEXT, PaperKind.OFFICIAL_RELEASE})
_HEAD = 1500
"""Characters of a text in which it says what it is."""


def kind(
    form: str, address: str, text: str, around: Sequence[str], lexicon: Lexicon, sender: str = "", publisher: str = ""
) -> tuple[PaperKind, str]:
    """Give the kind of a paper, and why it is taken for that.

    1. The form of the official gazette: its XML, or the whole of how it is printed. Its head alone anybody quotes.
    2. The outlet to which the address belongs; of an authority's, the form tells an instrument from a release.
    3. What the text says of itself, which anybody can write: it never makes an official text.
    """
    if form == "federal-register":  # 1.
        return PaperKind.OFFICIAL_TEXT, "it has the form in which the Federal Register is published"
    if is_printed(text, address, publisher, lexicon):
        return PaperKind.OFFICIAL_TEXT, "it has the whole form in which the Federal Register is printed"
    if known := publishers.outlet(address, lexicon):  # 2.
        where = f"its address belongs to {known.name}"
        if known.kind is PaperKind.OFFICIAL_RELEASE and is_instrument(text):
            return PaperKind.OFFICIAL_TEXT, f"{where}, and it is written as an instrument is"
        return known.kind, where
    if known := publishers.outlet(sender, lexicon):  # 3.
        return known.kind, f"by its own word: it says that it was sent by {known.name}"
    return _own_word(text, around, lexicon)


def is_printed(text: str, address: str, publisher: str, lexicon: Lexicon) -> bool:
    """Tell whether a text has the printed form of the gazette, and neither publisher nor address is somebody else's."""
    known = publishers.outlet(address, lexicon)
    is_elsewhere = bool(address) and (known is None or known.kind not in _OFFICIAL)
    return not is_elsewhere and is_gazette(text, publisher)


def is_instrument(text: str) -> bool:
    """Tell whether a text is written as an instrument is: under the headers of a notice, or in numbered sections that order."""
    if len(set(HEADERS.findall(text[:20_000]))) >= 3:
        return True
    orders = len(
        re.findall(r"\b(?:shall|must|may not|hereby|is prohibited|are prohibited|pursuant to)\b", flat(text[:40_000]))
    )
    return len(_SECTION.findall(text[:40_000])) >= 3 and orders >= 3


def _own_word(text: str, around: Sequence[str], lexicon: Lexicon) -> tuple[PaperKind, str]:
    """Give the kind that a text claims for itself."""
    words = {one.id: one.words for one in lexicon.words}
    head = flat(text[:_HEAD]).lower()
    beside = head + "\n" + flat("\n".join(around)[:6000]).lower()
    if said := _first(words.get("paper-law-firm", ()), beside + flat(text[-1500:]).lower()):
        return PaperKind.LAW_FIRM, f'it says "{said}"'
    is_release = _first(words.get("paper-release", ()), _lines(text[:_HEAD]))
    authority = _first(words.get("paper-authority", ()), head[:500] if not is_release else head)
    if is_instrument(text) and _first(words.get("paper-authority", ()), head):
        return (
            PaperKind.OFFICIAL_RELEASE,
            "by its own word: it is written as an instrument is, and nothing shows that it is one",
        )
    if is_release and authority:
        return PaperKind.OFFICIAL_RELEASE, f'by its own word: it calls itself "{is_release}" and names "{authority}"'
    if is_release or _first(words.get("paper-company", ()), beside):
        return PaperKind.COMPANY, "by its own word: it speaks for a company"
    return PaperKind.NEWS, "nothing shows that it is anything else"


def _lines(head: str) -> str:
    """Give the first lines of a text that are short, which is where releases say what they are."""
    return "\n".join(flat(line).lower() for line in head.splitlines() if len(line) <= 90)


def _first(words: Sequence[str], text: str) -> str:
    match = _any_of(tuple(words)).search(text)
    return match.group() if match else ""


@lru_cache(maxsize=16)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(phrases.any_of(words) if words else r"(?!)")
