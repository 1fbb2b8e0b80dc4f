# SPDX-License-Identifier: Apache-2.0
"""Promises of dates in passages as many writers would put them, read the way a paper is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from debar.intake.examined import examine
from debar.intake.mentions import names
from debar.intake.papers import languages
from debar.model.intake import Paper, Published
from debar.register import load

if TYPE_CHECKING:
    from debar.intake.mentions.names import Gazetteer
    from debar.model.intake import StatedDate

ROOT = Path(__file__).parents[3]
FINENESS = {4: 1, 7: 2, 8: 2, 10: 4}
"""How fine a value is, by its length; a week is coarser than a day, and a month than a week."""


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A few sentences, and the dates that a careful reader finds in them."""

    text: str
    published: str
    dates: tuple[str, ...]
    is_left: bool = False


class Wanted(NamedTuple):
    """A date of a passage: where it stands, and what is right for it."""

    start: int
    end: int
    values: frozenset[str]
    roles: frozenset[str]
    is_optional: bool


BATCHES = ("dated-passages", "dated-passages-second", "dated-passages-third", "dated-passages-fourth")
PASSAGES = tuple(
    passage
    for name in BATCHES
    for passage in msgspec.yaml.decode(
        (ROOT / "tests" / "data" / "intake" / f"{name}.yaml").read_bytes(), type=tuple[Passage, ...]
    )
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Give what the register knows."""
    register = load.load(ROOT / "register")
    return names.gazetteer(register, register.lexicon)


def dates(passage: Passage, gazetteer: Gazetteer) -> tuple[StatedDate, ...]:
    text, day = passage.text, passage.published
    paragraphs = tuple((each.start(), each.end()) for each in re.finditer(r"[^\n]+", text))
    paper = Paper(
        id="paper", path="paper.txt", sha256="", text=text, main=((0, len(text)),), paragraphs=paragraphs,
        language=languages.language(text, gazetteer.lexicon), is_read=True,
        published=Published(value=day, earliest=day, latest=day),
    )  # fmt: skip
    return examine(paper, gazetteer).seen.dates


def wanted(passage: Passage) -> list[Wanted]:
    found, at = [], 0
    for line in passage.dates:
        words, _, rest = line.removeprefix("~").partition(" = ")
        values, _, roles = rest.partition(" ")
        start = passage.text.find(words, at)
        start = start if start >= 0 else passage.text.index(words)
        at = start + len(words)
        given = frozenset("" if value == "-" else value for value in values.split("|"))
        found.append(Wanted(start, at, given, frozenset(roles.split("|")) - {""}, line.startswith("~")))
    return found


def beside(one: Wanted, found: tuple[StatedDate, ...]) -> list[StatedDate]:
    return [each for each in found if each.span.start < one.end and one.start < each.span.end]


@pytest.mark.parametrize(
    "passage", [each for each in PASSAGES if not each.is_left], ids=lambda passage: passage.text[:50]
)
def test_each_date_of_a_passage_is_read(passage: Passage, gazetteer: Gazetteer) -> None:
    """Each date has a value and a role that are right for it, and nothing else is taken for a date."""
    found, every = dates(passage, gazetteer), wanted(passage)
    for one in every:
        near = [each for each in beside(one, found) if each.value in one.values]
        assert near or one.is_optional or ("" in one.values and not beside(one, found)), (one, found)
        assert not near or not one.roles or near[0].role.value in one.roles, (one, near)
    assert not [each for each in found if not any(each in beside(one, found) for one in every)]


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.text[:50])
def test_no_date_of_a_passage_is_more_exact_than_its_words(passage: Passage, gazetteer: Gazetteer) -> None:
    """Whatever is missed: no value is finer than the finest right one, nor of another year than the words state."""
    found = dates(passage, gazetteer)
    for one in wanted(passage):
        finest = max(_fineness(value) for value in one.values)
        years = set(re.findall(r"(?:19|20)\d\d", passage.text[one.start : one.end]))
        for each in beside(one, found):
            if each.value in one.values:
                continue
            assert not finest or _fineness(each.value) <= finest, each
            assert not years or not _fineness(each.value) or each.value[:4] in years, each


def test_most_passages_are_read_whole() -> None:
    """Those that are not stay in sight, and are few."""
    assert sum(each.is_left for each in PASSAGES) <= len(PASSAGES) // 10


def _fineness(value: str) -> int:
    if not value[:4].isdecimal():
        return 0
    return 3 if "W" in value else FINENESS.get(len(value), 5)
