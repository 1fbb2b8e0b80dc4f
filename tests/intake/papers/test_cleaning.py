# SPDX-License-Identifier: Apache-2.0
"""What a page wears around a text is taken off, and nothing of the text."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import printed as samples
from debar.intake.papers import papers

if TYPE_CHECKING:
    from debar.model.intake import Paper
    from debar.register import Register

LEAD = "The ministry said on Tuesday that public bodies may no longer buy routers of Exampleco after a review."
MORE = "The company rejected the decision and said that it would go to court over it before the year is out."


def read(register: Register, text: str) -> Paper:
    (paper,) = papers("text", text.encode(), register.lexicon)
    return paper


def paragraphs(paper: Paper) -> list[str]:
    return [" ".join(paper.text[start:end].split()) for start, end in paper.paragraphs]


def test_article(register: Register) -> None:
    """Title and date line are no main text; paragraphs and items are, each by itself."""
    paper = read(register, samples.ARTICLE)
    assert paper.title == "Country bars Exampleco routers from public networks"
    assert paper.published.value == "2024-07-18"
    found = paragraphs(paper)
    assert len(found) == 5
    assert found[2] == "- new contracts are barred from 1 September 2024"
    assert found[-1].startswith("The company rejected")


@pytest.mark.parametrize(
    "line", ["The auction begins on November 10, 2024.", "DATES: This rule is effective July 6, 2026."]
)
def test_a_short_sentence_with_a_day_is_never_left_out(register: Register, line: str) -> None:
    """However much it looks like a label by its shape, a day that a sentence tells stays in the text."""
    head = "Country bars routers\n\n18 July 2024\n\n"
    assert line in paragraphs(read(register, f"{head}{LEAD}\n\n{MORE}\n\n{LEAD}\n\n{line}\n"))
    assert "Posted by Ann Li" not in paragraphs(read(register, f"{head}{LEAD}\n\n{MORE}\n\nPosted by Ann Li\n"))


def test_a_sidebar_changes_nothing(register: Register) -> None:
    """What is appended by the page when it is crawled changes neither main text nor the day of publication."""
    bare, worn = read(register, samples.ARTICLE), read(register, samples.ARTICLE + samples.TAIL)
    assert (worn.main, worn.published, worn.title) == (bare.main, bare.published, bare.title)


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "Facebook | X | LinkedIn",
        "English Deutsch Français Español",
        "한국어Русский日本語EnglishΕλληνικά",
        "Home > News > Technology",
        "World | Politics | Business | Tech",
        "We earlier reported that a farm in another state had been sold.",
        "Read more: Five questions on the order",
        "Photo: Sample Agency",
        "Advertisement",
        "4 min read",
        "Sign up for our newsletter and get the news every morning.",
        "We use cookies to make this site work.",
        "----------",
        "By Jane Sample, Technology Editor",
    ],
)
def test_clutter_within_a_text_goes(register: Register, line: str) -> None:
    """A line of clutter between two paragraphs is left out, and the text around it stays."""
    assert paragraphs(read(register, f"Country bars routers\n\n{LEAD}\n\n{line}\n\n{MORE}\n")) == [LEAD, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "No new contracts.",
        "Q: Is use banned?",
        "What the order does",
        "June 28, 2024",
        "• Dahua",
        "“We are staying,” she said.",
        "Related measures were adopted in Canada.",
        "About 900 cameras were found.",
        "Supplier | date of the order | who must act",
    ],
)
def test_short_lines_of_a_text_stay(register: Register, line: str) -> None:
    """Headings, questions, items, short paragraphs and dates between paragraphs are text."""
    assert line in paragraphs(read(register, f"Country bars routers\n\n{LEAD}\n\n{line}\n\n{MORE}\n"))


def test_a_text_without_title(register: Register) -> None:
    """Where the first line is a paragraph there is no title."""
    paper = read(register, f"{LEAD}\n{MORE}\n")
    assert (paper.title, paper.title_span) == ("", None)
    assert paragraphs(paper) == [LEAD, MORE]


def test_a_title_under_a_letterhead(register: Register) -> None:
    """The name of a ministry, an address and a number stand before the title and are none."""
    text = f"MINISTRY OF EXAMPLES\n45 Sample Street\nRef. 24-117\n\nRouters of Exampleco are to be phased out\n\n{LEAD}\n\n{MORE}\n"
    assert read(register, text).title == "Routers of Exampleco are to be phased out"


def test_hard_wraps_are_one_paragraph(register: Register) -> None:
    """Lines broken at a width are one paragraph; items and indented lines begin a new one."""
    text = (
        "Routers are to go\n\nThe ministry said on Tuesday that public bodies may no longer buy routers\nof the company, after a review that lasted for more than a year and was\n"
        "asked for by parliament.\n- no new contracts may be signed from 1 September, and none of the old\n  ones be renewed\n- the rest by 2026\n"
    )
    assert [one[:24] for one in paragraphs(read(register, text))] == [
        "The ministry said on Tue",
        "- no new contracts may b",
        "- the rest by 2026",
    ]


def test_related_posts_in_the_middle_do_not_end_a_text(register: Register) -> None:
    """A box with other articles early on leaves the rest of the article in."""
    body = "\n\n".join([MORE] * 6)
    assert (
        paragraphs(read(register, f"Country bars routers\n\n{LEAD}\n\nRelated articles\n\n{body}\n")).count(MORE) == 6
    )


@pytest.mark.parametrize(
    ("head", "value", "earliest", "latest"),
    [
        ("2024-07-18", "2024-07-18", "2024-07-18", "2024-07-18"),
        ("marry 16.07.2024, 11:00 AM", "2024-07-16", "2024-07-16", "2024-07-16"),
        ("Published July 16, 2024 | Updated July 20, 2024", "2024-07-16", "2024-07-16", "2024-07-16"),
        ("16. Juli 2024", "2024-07-16", "2024-07-16", "2024-07-16"),
        ("2024年7月20日", "2024-07-20", "2024-07-20", "2024-07-20"),
        ("Posted on 03/04/2024", "", "2024-03-04", "2024-04-03"),
        ("30 February 2024", "", "", ""),
        ("July 2024", "", "2024-07-01", "2024-07-31"),
        ("State Gazette I, 14.10.2025, 6", "2025-10-14", "2025-10-14", "2025-10-14"),
        ("OFFICIAL GAZETTE OF EXAMPLIA, Part I, No. 171 of 6 March 2026", "2026-03-06", "2026-03-06", "2026-03-06"),
        (
            "Sample & Sons Weekly (English edition, proofread) 25.03.2025 at 07.30",
            "2025-03-25",
            "2025-03-25",
            "2025-03-25",
        ),
        ("Recorded 19 May 2025", "2025-05-19", "2025-05-19", "2025-05-19"),
        ("24/02/25, 16:05", "2025-02-24", "2025-02-24", "2025-02-24"),
        ("(171034 GMT JUL 24)", "2024-07-17", "2024-07-17", "2024-07-17"),
        ("20 of February of 2025, 6:42 p. m.", "2025-02-20", "2025-02-20", "2025-02-20"),
        ("Tabled\n22 July 2025\nAnswered\n19 August 2025", "2025-08-19", "2025-08-19", "2025-08-19"),
        ("Passed 09.10.2025 No. 21", "", "", ""),
    ],
)
def test_publication(register: Register, head: str, value: str, earliest: str, latest: str) -> None:
    """A date line gives the day; one that can be read in two ways gives both; a month gives its days."""
    published = read(register, f"Country bars routers now\n\n{head}\n\n{LEAD}\n\n{MORE}\n").published
    assert (published.value, published.earliest, published.latest) == (value, earliest, latest)


def test_a_dateline(register: Register) -> None:
    """A dateline with a year gives the day; one without gives only its place, and no year is made up."""
    paper = read(
        register, f"Country bars routers now\n\nBERLIN, July 11, 2024 (Sample Press) -- {LEAD} By 2026 all must go.\n"
    )
    assert (paper.published.value, paper.publisher) == ("2024-07-11", "Sample Press")
    paper = read(
        register,
        f"Country bars routers now\n\nBERLIN, July 11 (Sample Press) -- {LEAD} By January 1, 2026 all must go.\n",
    )
    assert (paper.published.value, paper.published.earliest, paper.published.latest) == ("", "", "")
    assert paper.published.span is not None
    assert paper.text[paper.published.span.start : paper.published.span.end] == "July 11"


def test_updated_is_not_published(register: Register) -> None:
    """A day of an update is taken only where nothing else is said, and is named as such."""
    text = f"Country bars routers now\n\n{LEAD}\n\n{MORE}\n\nLast updated: 20 July 2024\n"
    assert read(register, text).published.basis.endswith("when it was updated")
    assert read(register, text.replace("\n\nThe min", "\n\n18 July 2024\n\nThe min", 1)).published.value == "2024-07-18"


def test_origin_is_kept(register: Register) -> None:
    """A credit of the source is no main text and is not lost."""
    paper = read(register, f"Country bars routers now\n\n{LEAD}\n\n{MORE}\n\nSource: www.sample.example\n")
    assert paragraphs(paper) == [LEAD, MORE]
    assert "names as its source: www.sample.example" in paper.notes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Country bars routers\n\n{LEAD} “For immediate release,” read the paper.", "news"),
        (f"FOR IMMEDIATE RELEASE\n\nMinistry of Examples\n\nCountry bars routers\n\n{LEAD}", "official-release"),
        (f"Press release\n\nExampleco will appeal the order\n\n{LEAD}", "company"),
        (
            f"Country bars routers\n\n{LEAD}\n\nAttorney advertising. Prior results do not guarantee a similar outcome.",
            "law-firm",
        ),
        (
            (
                "Ministry of Examples\n\nDirection on routers\n\n1. This Direction is made pursuant to the Act.\n\n2. A public body shall not buy routers.\n\n"
                "3. Routers in use shall be removed.\n\n4. It is hereby ordered that reports are made. A body must not delay."
            ),
            "official-release",
        ),
    ],
)
def test_kinds(register: Register, text: str, kind: str) -> None:
    """What a text says of itself is weak: it never becomes official text by that."""
    assert read(register, text).kind.value == kind


def test_seeds(register: Register) -> None:
    """Five real articles: main text at least .98 in precision and recall, titles exact, no wrong day."""
    folder = Path(os.environ.get("DEBAR_CORPUS") or Path(__file__).parents[3] / ".." / "shared" / "corpus") / "seeds"
    if not folder.is_dir():
        pytest.skip("no corpus: the five articles are not there (DEBAR_CORPUS names the folder)")
    for gold in json.loads((folder / "seeds-gold.json").read_text(encoding="utf-8"))["articles"]:
        (paper,) = papers(gold["file"], (folder / gold["file"]).read_bytes(), register.lexicon)
        title = range(gold["title"]["start"] or 0, gold["title"]["end"] or 0)
        expected = {n for n in range(*gold["main"]) if n not in title and not paper.text[n].isspace()}
        found = {n for start, end in paper.main for n in range(start, end) if not paper.text[n].isspace()}
        assert len(expected & found) >= 0.98 * max(len(expected), len(found)), gold["id"]
        assert paper.title == (gold["title"]["text"] or "")
        assert paper.published.value in ("", gold["published"]["value"])
        assert paper.published.value or gold["published"]["precision"].startswith(("window", "day (implied"))
