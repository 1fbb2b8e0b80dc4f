# SPDX-License-Identifier: Apache-2.0
"""Promises of mails within a mail, of days of the week in a wave of news, and of rows of tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from debar.intake.dating import values, words
from debar.intake.sentences import sentences
from debar.model.intake import Paper, Published
from debar.model.vocab.statements import DateBasis
from debar.register import load

ROOT = Path(__file__).parents[3]
LANGUAGES = words.of_paper(load.load(ROOT / "register").lexicon.languages, "en")
HEAD = "From: A. Lehto\nSent: Tuesday, 2 December 2025 14:03\nTo: Purchasing\n\n"
WEEK = Published(earliest="2024-07-15", latest="2024-07-21", basis="2 papers of the same story")


def read(text: str, published: Published, **lent: Any) -> dict[str, tuple[str, str]]:
    """Give each expression of a text with its value and role."""
    paragraphs = tuple((each.start(), each.end()) for each in re.finditer(r"[^\n]+", text))
    paper = Paper(id="paper", path="paper.txt", sha256="", text=text, main=((0, len(text)),), paragraphs=paragraphs)
    flat = text.replace("\n", " ")
    parted = sentences(paper, flat)
    context = values.Context(published=published, sentences=parted, text=text)._replace(**lent)
    found = values.resolve(words.find(flat, parted, LANGUAGES), flat, context)
    return {one.text: (one.value, one.role.value) for one in found}


def on(day: str) -> Published:
    return Published(value=day, earliest=day, latest=day)


def test_a_mail_within_a_mail_is_seen_from_the_day_on_which_it_was_sent() -> None:
    """What stands before its head is seen from the outer mail, what stands after it from the inner one."""
    found = read(f"We heard of it yesterday.\n\n{HEAD}The units are off as of tomorrow.", on("2025-12-09"))
    assert found["yesterday"] == ("2025-12-08", "on")
    assert found["tomorrow"] == ("2025-12-03", "from")


def test_a_head_later_than_the_paper_is_no_mail_that_was_passed_on() -> None:
    """A mail cannot hold one that was sent after it."""
    assert read(f"{HEAD}The units are off as of tomorrow.", on("2025-11-03"))["tomorrow"][0] == "2025-11-04"


def test_a_day_that_is_called_a_date_and_stands_in_no_head_changes_nothing() -> None:
    """A notice with a line for its date is no mail."""
    assert read("Date: 2 December 2025\n\nSales end tomorrow.", on("2025-12-09"))["tomorrow"][0] == "2025-12-10"


@pytest.mark.parametrize(("reply", "value"), [("Thanks, I saw it yesterday.", "2025-09-09"), ("> It fell yesterday.", "2025-09-07")])  # fmt: skip
def test_what_is_quoted_with_angles_ends_where_they_end(reply: str, value: str) -> None:
    """An answer below the quoted lines is of the outer mail."""
    text = f"On Mon, 8 Sep 2025 at 09:12, P. Aalto wrote:\n> The board has met.\n\n{reply}"
    assert read(text, on("2025-09-10"))["yesterday"][0] == value


def test_a_thousand_mails_within_a_mail_are_each_seen_from_their_own_day() -> None:
    """The last one wins where many follow one another."""
    heads = "".join(f"On {day % 28 + 1} Sep 2025, A wrote: > done. " for day in range(1000))
    assert read(f"{heads}It fell yesterday.", on("2025-10-10"))["yesterday"][0] == "2025-09-19"


def test_a_day_of_the_week_in_a_paper_that_siblings_place_is_that_of_their_wave() -> None:
    """Seen from Monday the last Tuesday lies before the wave; only one lies in it."""
    assert read("It said so on Tuesday.", WEEK, is_sibling=True)["Tuesday"][0] == "2024-07-16"
    assert read("It said so on Tuesday.", WEEK)["Tuesday"][0] == ""


def test_a_day_of_the_week_to_come_stays_open_in_a_wave() -> None:
    """The Tuesday on which it will be said may lie after the wave."""
    assert read("It will be said on Tuesday.", WEEK, is_sibling=True)["Tuesday"][0] == ""


@pytest.mark.parametrize(
    ("issued", "value"), [("2025-01-14", "2025-01-14"), ("2025-01-07", "2025-01-21"), ("2025-01-15", "2025-01-21")]
)
def test_last_tuesday_is_the_one_of_the_announcement(issued: str, value: str) -> None:
    """Of the two that it can be, siblings tell which; a day that is neither tells nothing."""
    found = read("Since last Tuesday our phones ring.", on("2025-01-23"), is_sibling=True, issued=issued)
    assert found["last Tuesday"][0] == value


def test_the_announcement_decides_only_where_a_sibling_tells_it() -> None:
    """What the paper tells itself is read in its own words."""
    assert (
        read("Since last Tuesday our phones ring.", on("2025-01-23"), issued="2025-01-14")["last Tuesday"][0]
        == "2025-01-21"
    )


@pytest.mark.parametrize(
    ("row", "role"),
    [
        ("8 May 2026: Inventory to be handed in", "by"),
        ("8 May 2026   Last day for new cameras", "by"),
        ("• 8 May 2026 – No new licences", "from"),
        ("8 May 2026 | Import banned", "from"),
        ("8 May 2026: Petition filed", "on"),
        ("8 May 2026 must be a mistake", "on"),
        ("Sales were banned", ""),
    ],
)
def test_a_row_tells_what_its_date_bounds(row: str, role: str) -> None:
    """At the head of a row, what is to be done is due by the date, and what is forbidden is so from it on."""
    assert read(row, on("2026-03-02")).get("8 May 2026", ("", ""))[1] == role


def test_what_is_lent_names_the_sibling() -> None:
    """Whoever reviews it sees on what it rests."""
    text = "It said so on Tuesday."
    flat = text
    paper = Paper(id="paper", path="p.txt", sha256="", text=text, main=((0, len(text)),), paragraphs=((0, len(text)),))
    parted = sentences(paper, flat)
    (found,) = values.resolve(
        words.find(flat, parted, LANGUAGES), flat, values.Context(published=WEEK, sentences=parted, is_sibling=True)
    )
    assert (found.basis, "same story" in found.anchor) == (DateBasis.SIBLING, True)
