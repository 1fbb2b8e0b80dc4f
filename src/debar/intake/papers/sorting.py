# SPDX-License-Identifier: Apache-2.0
"""What a unit of a text is by itself: a paragraph, an item, a heading, a line that says when, or clutter."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers import clutter
from debar.intake.papers.cues import CHANGED, PUBLISHED
from debar.intake.papers.days import days, grammar
from debar.intake.papers.once import once
from debar.intake.papers.units import Unit, is_item
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.papers.clutter import Patterns
    from debar.intake.papers.days import Grammar
    from debar.model.lexicon import Lexicon

STOP = ".!?:;…。！？"
CLOSING = "\"'”’»)]*_ "
WORD = re.compile(r"\w[\w'’.&-]{0,60}")
_TIME = re.compile(r"[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2})?(?:\s?[AaPp]\.\s?[Mm]\.)?")
_BYLINE = re.compile(
    r"(?:(?:written|posted|published|reported|authored|edited|reporting|story|words|text|report)\s{1,3})?(?:[Bb]y|BY|[Aa]uthor:|[Ff]rom|[Vv]on|[Pp]ar|[Pp]or)\s{1,3}"
    r"(?:[A-ZÀ-Þ][\w.'’-]{0,30}|and|&|in|for|de|van|von|of|the|\||/|,|-|–|@\w{1,30}|admin|staff|editor|team)"
    r"(?:[ ,]{1,3}(?:[A-ZÀ-Þ][\w.'’-]{0,30}|and|&|in|for|de|van|von|of|the|\||/|,|-|–|@\w{1,30}|admin|staff|editor|team)){0,14}[.,]?"
)
_SCRIPTS = (
    re.compile(r"[A-Za-zÀ-ɏ]"),
    re.compile(r"[\u0370-\u03ff]"),
    re.compile(r"[\u0400-\u04ff]"),
    re.compile(r"[\u0590-\u07ff]"),
    re.compile(r"[\u0900-\u0eff]"),
    re.compile(r"[\u3041-\u30ff]"),
    re.compile(r"[\u4e00-\u9fff]"),
    re.compile(r"[\uac00-\ud7a3]"),
)


class Sort(Enum):
    """What a unit is, as far as it tells by itself."""

    PROSE = auto()
    """A paragraph of sentences."""
    ITEM = auto()
    SHORT = auto()
    """A heading, a name, a label: what it is depends on where it stands."""
    DATE = auto()
    """A line that only says when, and perhaps by whom."""
    CLUTTER = auto()
    END = auto()
    """Clutter after which nothing of the text follows."""


class Known(NamedTuple):
    """What a lexicon tells about lines, compiled."""

    clutter: Patterns
    days: Grammar
    labels: re.Pattern[str]
    """Words that stand beside a date without making a sentence of it: published, updated, a weekday, a zone."""


_BESIDE = ("labels beside dates", PUBLISHED, CHANGED)
"""Purposes of words that stand beside a date without making a sentence of it."""


@once
def known(lexicon: Lexicon) -> Known:
    """Give what a lexicon tells about lines."""
    words = [word for one in lexicon.words if one.purpose in _BESIDE for word in one.words]
    words += [form for one in lexicon.languages for forms in one.weekdays for form in forms]
    return Known(
        clutter.patterns(lexicon), grammar(lexicon.languages), re.compile(phrases.any_of(words) if words else r"(?!)")
    )


def sorts(text: str, spans: Sequence[tuple[int, int]], lexicon: Lexicon) -> list[bool]:
    """Tell of each span whether it is text by itself: no clutter, and no line that only says when."""
    told = known(lexicon)
    found = [sort(text, Unit(*span, is_item=is_item(text, *span), is_first=True, is_last=True), told) for span in spans]
    first = next((n for n, kind in enumerate(found) if kind is Sort.PROSE), len(found))
    return [
        kind not in (Sort.CLUTTER, Sort.END) and (kind is not Sort.DATE or n > first) for n, kind in enumerate(found)
    ]


def sort(text: str, unit: Unit, told: Known) -> Sort:
    """Tell what a unit is by itself."""
    content = text[unit.start : unit.end]
    line = clutter.comparable(content)
    if _is_date_line(content, told):
        return Sort.DATE
    if (
        _is_all_clutter(line, told.clutter)
        or _is_switch(content)
        or _is_menu(content)
        or not any(map(str.isalnum, content[:2000]))
    ):
        return Sort.END if clutter.ends_text(line, told.clutter) else Sort.CLUTTER
    if len(content) <= 200 and _BYLINE.fullmatch(content):
        return Sort.CLUTTER
    if unit.is_item:
        return Sort.ITEM
    return Sort.PROSE if is_prose(content) else Sort.SHORT


def _is_all_clutter(line: str, patterns: Patterns) -> bool:
    """Tell whether a comparable line is clutter, or several pieces of it side by side."""
    if clutter.is_clutter(line, patterns):
        return True
    pieces = [piece.strip() for piece in line.split("|")]
    return 1 < len(pieces) <= 12 and all(not piece or clutter.is_clutter(piece, patterns) for piece in pieces)


def is_prose(content: str) -> bool:
    """Tell whether a unit is a paragraph of sentences: long, and closed by a full stop."""
    if len(content) >= 160:
        return True
    bare = content.rstrip(CLOSING)
    is_closed = bool(bare) and bare[-1] in STOP
    cjk = len(_SCRIPTS[6].findall(content)) + len(_SCRIPTS[5].findall(content))
    return is_closed and (len(content) >= 60 or cjk >= 20)


def _is_switch(content: str) -> bool:
    """Tell whether a line names languages in their own scripts, as switches of pages do."""
    return len(content) <= 1000 and sum(1 for script in _SCRIPTS if script.search(content)) >= 4


def _is_menu(content: str) -> bool:
    """Tell whether a line is a row of links: four or more names of a few words with one sign between them."""
    if len(content) > 600 or content.endswith("."):
        return False
    for sign in ("|", "·", "•", "»", "›", " > ", " / "):
        fewest = 4 if sign in "|·•" else 3
        if content.count(sign) + 1 < fewest:
            continue
        names = [name.strip() for name in content.split(sign)]
        if all(0 < len(name) <= 40 and not any(map(str.isdigit, name)) for name in names[:-1]):
            return True
    return False


def _is_date_line(content: str, told: Known) -> bool:
    """Tell whether a line is a date with nothing beside it but times, labels and a name or two."""
    if len(content) > 160 or content.rstrip()[-1:] in (";", ",") or not any(map(str.isdigit, content)):
        return False
    found = days(content, told.days)
    if not found:
        return False
    rest = content
    for day in reversed(found):
        rest = rest[: day.start] + " " + rest[day.end :]
    bare = told.labels.sub(" ", _TIME.sub(" ", phrases.small(rest)))
    # Small letters only to find the labels: which words begin with a capital tells names from sentences.
    words = [word for word in WORD.findall(rest) if word.lower() in set(WORD.findall(bare))]
    if content.rstrip(CLOSING).endswith((".", ":")) and len(words) > 2:
        return False
    small = [word for word in words if word[0].islower()]
    return len(words) <= 6 and len(small) <= 1
