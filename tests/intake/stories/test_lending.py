# SPDX-License-Identifier: Apache-2.0
"""Promises of what siblings lend: a day of announcement, a window, a year; and that they must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar.intake.examined import examine
from debar.intake.mentions import names
from debar.intake.papers import datelines, publication
from debar.intake.stories.grouping import Group
from debar.intake.stories.lending import lent
from debar.model.intake import Published, Span
from debar.model.vocab.statements import PaperKind, Precision
from storied import paper

if TYPE_CHECKING:
    from debar.intake.examined import Examined
    from debar.intake.mentions.names import Gazetteer
    from debar.register import Register

ANNOUNCED = "On June 20, 2024, the US Commerce Department announced a ban on Kaspersky software."
BORROWING = (
    "In June, the US Commerce Department announced a ban on Kaspersky."
    " The next day, the US Treasury imposed sanctions on managers of the company."
)
YEARLESS = "Sales of Kaspersky software in the United States are banned from July 20."


@pytest.fixture(scope="module")
def gazetteer(register: Register) -> Gazetteer:
    """Give what to look for in texts."""
    return names.gazetteer(register, register.lexicon)


def told(gazetteer: Gazetteer, *papers: tuple[str, str, str]) -> dict[str, Examined]:
    """Give papers by name after lending; each is given by name, text and day of publication."""
    made = tuple(examine(paper(name, text, when), gazetteer) for name, text, when in papers)
    return {one.paper.id: one for one in lent(Group("kaspersky", "us", made), gazetteer)}


def values(one: Examined) -> dict[str, tuple[str, str]]:
    text = one.paper.text
    return {text[date.span.start : date.span.end]: (date.value, date.basis.value) for date in one.seen.dates}


def test_the_day_of_announcement_is_lent_and_marked(gazetteer: Gazetteer) -> None:
    """The next day counts from the day that a sibling gives; the month of the paper itself stays a month."""
    found = told(gazetteer, ("a", ANNOUNCED, "2024-07-16"), ("b", BORROWING, "2024-07-17"))
    dates = values(found["b"])
    assert dates["The next day"] == ("2024-06-21", "sibling")
    assert [value for words, (value, _) in dates.items() if "June" in words] == ["2024-06"]


def test_siblings_that_differ_lend_nothing(gazetteer: Gazetteer) -> None:
    """Of two days of announcement nobody knows which; the next day stays open."""
    other = ANNOUNCED.replace("June 20", "June 18")
    found = told(gazetteer, ("a", ANNOUNCED, "2024-07-16"), ("b", BORROWING, "2024-07-17"), ("c", other, "2024-07-16"))
    assert values(found["b"])["The next day"][0] == ""


def test_how_often_a_day_is_said_does_not_count(gazetteer: Gazetteer) -> None:
    """Two papers against one are no majority."""
    other = ANNOUNCED.replace("June 20", "June 18")
    three = [("a", ANNOUNCED, "2024-07-16"), ("d", ANNOUNCED, "2024-07-15"), ("c", other, "2024-07-16")]
    found = told(gazetteer, *three, ("b", BORROWING, "2024-07-17"))
    assert values(found["b"])["The next day"][0] == ""


def test_an_official_release_lends_before_news(gazetteer: Gazetteer) -> None:
    """Whoever made it known knows the day, whatever news say."""
    official = examine(replace(paper("a", ANNOUNCED, "2024-06-20"), kind=PaperKind.OFFICIAL_RELEASE), gazetteer)
    news = examine(paper("c", ANNOUNCED.replace("June 20", "June 18"), "2024-07-16"), gazetteer)
    open_ = examine(paper("b", BORROWING, "2024-07-17"), gazetteer)
    found = lent(Group("kaspersky", "us", (official, news, open_)), gazetteer)
    assert values(found[2])["The next day"] == ("2024-06-21", "sibling")


def test_a_day_that_the_paper_itself_excludes_is_not_lent(gazetteer: Gazetteer) -> None:
    """A paper that says May does not count from 20 June."""
    may = BORROWING.replace("In June", "In May")
    found = told(gazetteer, ("a", ANNOUNCED, "2024-07-16"), ("b", may, "2024-07-17"))
    assert values(found["b"])["The next day"][0] == ""


def test_a_day_of_another_states_law_is_not_lent(gazetteer: Gazetteer) -> None:
    """What Canada announced is no announcement of the American measure."""
    canada = "On June 18, 2024, the government of Canada announced a ban on Kaspersky software."
    found = told(gazetteer, ("a", ANNOUNCED, "2024-07-16"), ("b", BORROWING, "2024-07-17"), ("c", canada, "2024-07-16"))  # fmt: skip
    assert values(found["b"])["The next day"] == ("2024-06-21", "sibling")


def test_a_window_is_lent_to_papers_of_unknown_day(gazetteer: Gazetteer) -> None:
    """Two siblings within days lend the weeks in which they were written, with the reason; and so a year."""
    found = told(gazetteer, ("a", ANNOUNCED, "2024-07-16"), ("b", YEARLESS, ""), ("c", ANNOUNCED, "2024-07-18"))
    when = found["b"].paper.published
    assert (when.value, when.earliest, when.latest) == ("", "2024-07-15", "2024-07-21")
    assert "2 papers of the same story" in when.basis
    assert [value for value, _ in values(found["b"]).values()] == ["2024-07-20"]


def test_siblings_of_a_fortnight_lend_a_window(gazetteer: Gazetteer) -> None:
    """Fourteen days apart is one wave of news still."""
    found = told(gazetteer, ("a", ANNOUNCED, "2024-07-02"), ("b", YEARLESS, ""), ("c", ANNOUNCED, "2024-07-16"))
    when = found["b"].paper.published
    assert (when.earliest, when.latest) == ("2024-07-01", "2024-07-21")


@pytest.mark.parametrize("siblings", [("2024-07-16",), ("2024-07-16", "2024-07-31")])
def test_too_few_or_too_distant_siblings_lend_no_window(gazetteer: Gazetteer, siblings: tuple[str, ...]) -> None:
    """One sibling may be a late one, and siblings of months apart are no wave of news."""
    papers = [(f"a{number}", ANNOUNCED, when) for number, when in enumerate(siblings)]
    assert told(gazetteer, *papers, ("b", YEARLESS, ""))["b"].paper.published == Published()


def test_siblings_of_two_years_lend_no_year(gazetteer: Gazetteer) -> None:
    """Around the turn of a year nobody knows which one a date without a year is of."""
    dateless = "The US Commerce Department restricts Kaspersky software."
    found = told(gazetteer, ("a", dateless, "2024-12-28"), ("b", YEARLESS, ""), ("c", dateless, "2025-02-20"))
    assert [value for value, _ in values(found["b"]).values()] == ["XXXX-07-20"]
    known = told(gazetteer, ("a", dateless, "2024-02-28"), ("b", YEARLESS, ""), ("c", dateless, "2024-05-20"))
    assert [value for value, _ in values(known["b"]).values()] == ["2024-07-20"]


def test_what_a_paper_states_is_never_changed(gazetteer: Gazetteer) -> None:
    """A stated year stays, whatever siblings say."""
    stated = YEARLESS.replace("July 20", "July 20, 2023")
    found = told(gazetteer, ("a", ANNOUNCED, "2024-07-16"), ("b", stated, ""), ("c", ANNOUNCED, "2024-07-18"))
    (date,) = found["b"].seen.dates
    assert (date.value, date.precision) == ("2023-07-20", Precision.DAY)


def test_a_paper_that_needs_nothing_is_left_as_it_is(gazetteer: Gazetteer) -> None:
    """Only papers that gain are examined again, and a paper alone has nobody to borrow from."""
    made = tuple(examine(paper(name, ANNOUNCED, "2024-07-16"), gazetteer) for name in "ab")
    assert all(one is other for one, other in zip(lent(Group("kaspersky", "us", made), gazetteer), made, strict=True))
    alone = (examine(paper("b", BORROWING), gazetteer),)
    assert lent(Group("kaspersky", "us", alone), gazetteer)[0] is alone[0]


def test_a_dateline_takes_its_year_from_siblings(gazetteer: Gazetteer) -> None:
    """A dateline without year, and a day that can be read in two ways, become days beside papers of the same weeks."""
    text = f"WASHINGTON, July 17 (Sample) - {BORROWING}"
    made = examine(paper("b", text, ""), gazetteer)
    at = Span(text.index("July"), text.index("July") + 7)
    open_ = replace(made.paper, published=Published(basis=datelines.NO_YEAR, span=at))
    both = replace(
        made.paper,
        id="c",
        published=Published(
            earliest="2024-07-05", latest="2024-05-07", basis=f"a line, {publication.TWO_WAYS}", span=at
        ),
    )
    first = examine(paper("a", ANNOUNCED, "2024-07-16"), gazetteer)
    group = Group("kaspersky", "us", (first, examine(open_, gazetteer), examine(both, gazetteer)))
    placed = {one.paper.id: one.paper.published for one in lent(group, gazetteer)}
    assert placed[open_.id].value == "2024-07-17"
    assert placed["c"].value == "2024-07-05"
    assert "same story" in placed[open_.id].basis
