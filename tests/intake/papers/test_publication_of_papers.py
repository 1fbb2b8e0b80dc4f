# SPDX-License-Identifier: Apache-2.0
"""Promises of the day of publication, in papers headed as outlets, offices and firms head them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from debar.intake.papers import addresses, days, either, papers
from debar.register import load

ROOT = Path(__file__).parents[3]


class Headed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper, and the days that are right for it; none where two are possible."""

    form: str
    content: str
    published: str


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Papers of one title and one text."""

    title: str
    body: str
    papers: tuple[Headed, ...]


TABLES = tuple(
    msgspec.yaml.decode((ROOT / "tests" / "data" / "intake" / f"{name}.yaml").read_bytes(), type=Table)
    for name in ("publication", "publication-second", "publication-third", "publication-fourth", "publication-fifth")
)
LEXICON = load.load(ROOT / "register").lexicon


@pytest.mark.parametrize(
    ("table", "one"),
    [pytest.param(table, one, id=one.content.replace("{title}", "")[:60]) for table in TABLES for one in table.papers],
)
def test_the_day_of_publication_is_that_of_the_paper(table: Table, one: Headed) -> None:
    """It is the day on which it was first published, and never that of a change, a copy, a margin or a crawl."""
    paragraphs = "".join(f"<p>{each}</p>" for each in table.body.split("\n\n"))
    content = (
        one.content.replace("{title}", table.title).replace("{body}", table.body).replace("{paragraphs}", paragraphs)
    )
    (paper,) = papers(f"paper.{one.form}", content.encode(), LEXICON)
    found = paper.published
    if len(one.published) == len("2026-03"):
        assert (found.value, found.earliest[:7], found.latest[:7]) == ("", one.published, one.published)
    else:
        assert found.value in one.published.split("|"), found


def test_an_address_is_believed_where_it_bears_one_day() -> None:
    """Outlets file papers under year, month and day; months alone, numbers of papers and two days tell nothing."""
    assert addresses.day("https://x.example/news/2025/11/12/ban", "") == "2025-11-12"
    assert addresses.day("https://x.example/2025-11-12/ban", "") == "2025-11-12"
    assert addresses.day("", "read at x.example/2025/1/2/ban") == "2025-01-02"
    for address in (
        "x.example/2025/11/ban",
        "x.example/2025/13/12/ban",
        "x.example/2025/02/30/ban",
        "x.example/12/11/2025/",
    ):
        assert not addresses.day(address, "")
    assert not addresses.day("", "x.example/2025/11/12/ban x.example/2025/11/13/ban")
    assert not addresses.day("", "y" * 5000 + " x.example/2025/11/12/ban")


def test_a_deadline_does_not_tell_how_days_are_written() -> None:
    """10.03.2026 is no day in October because a duty ends in that month; what was announced near to it says more."""
    known = days.grammar(LEXICON.languages)
    values = ("2026-03-10", "2026-10-03")
    assert either.shown("10.03.2026", values, "Terminals have until 31 October 2026.", known) == "2026-03-10"
    assert either.shown("10/03/2026", values, "They met on October 1, 2026.", known) == "2026-10-03"
