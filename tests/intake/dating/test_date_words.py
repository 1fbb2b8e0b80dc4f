# SPDX-License-Identifier: Apache-2.0
"""Laws of the words of dates: where they are found, and what never makes them more than they are."""

from __future__ import annotations

import re
from calendar import month_name
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.dating import values, words
from debar.intake.sentences import Sentence
from debar.model.intake import Published
from debar.model.vocab.statements import Precision

if TYPE_CHECKING:
    from dated_words import Read
    from debar.intake.dating.words import DateWords
    from debar.model.intake import StatedDate
    from debar.model.lexicon import Language

MONTHS = list(month_name)[1:]
PIECES = (
    "July 20", "20 June 2024", "in June", "by the end of 2027", "last October", "the next day", "within 30 days of", "on Tuesday", "today",
    "2024-07-20", "03/04/2024", "Q3 2025", "model year 2027", "a year later", "that date", "until", "from", "and", ",", ".", "the ban", "20 years ago",
    "12:00 AM EDT on September 29", "July 20-22", "mid-2026", "“", "”", "2017", "7.20", "99", "\n", "Mar", "May", "(", "no later than",
)  # fmt: skip
FORMATS = ("{month} {day}, {year}", "{day} {month} {year}", "the {day}th of {month} {year}", "{month} {day} {year}")
LONGEST = {
    "year": 4, "fiscal-year": 4, "model-year": 4, "season": 4, "part-of-year": 4, "month": 7, "part-of-month": 7,
    "quarter": 7, "half": 7, "week": 8, "day": 10, "instant": 22, "duration": 8,
}  # fmt: skip


def find(text: str, languages: dict[str, Language], *ids: str) -> tuple[DateWords, ...]:
    return words.find(text, (Sentence(0, len(text), 1),), tuple(languages[each] for each in ids or ("en",)))


def resolved(text: str, languages: dict[str, Language], published: str = "2024-07-16") -> tuple[StatedDate, ...]:
    sentences = (Sentence(0, len(text), 1),)
    context = values.Context(Published(value=published, earliest=published, latest=published), sentences=sentences)
    return values.resolve(find(text, languages), text, context)


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_expressions_stand_in_order_and_apart(pieces: list[str], languages: dict[str, Language]) -> None:
    """Whatever is put together: expressions are in order, none overlaps another, each has its value."""
    text = " ".join(pieces)
    found = find(text, languages)
    dates = resolved(text, languages)
    assert len(dates) == len(found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert [date.text for date in dates] == [text[each.start : each.end] for each in found]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_value_is_more_exact_than_its_precision(pieces: list[str], languages: dict[str, Language]) -> None:
    """A value is never longer than its precision allows."""
    for date in resolved(" ".join(pieces), languages):
        assert len(date.value) <= LONGEST[date.precision.value], date


@given(text=st.text(max_size=300))
def test_any_text_can_be_read(text: str, languages: dict[str, Language]) -> None:
    """No text raises an error, in one language or all."""
    resolved(text, languages)
    find(text, languages, *languages)


@given(
    day=st.integers(1, 28), month=st.integers(1, 12), year=st.integers(1990, 2049), form=st.sampled_from(FORMATS)
)  # fmt: skip
def test_a_written_day_is_that_day(day: int, month: int, year: int, form: str, languages: dict[str, Language]) -> None:
    """A day with its year gives that day, whenever the paper was published."""
    text = "Sales stop on " + form.format(day=day, month=MONTHS[month - 1], year=year) + "."
    (date,) = resolved(text, languages)
    assert date.value == f"{year:04d}-{month:02d}-{day:02d}"


@given(day=st.integers(1, 28), month=st.integers(1, 12), year=st.integers(2000, 2049))
def test_a_stated_year_never_changes_the_day(day: int, month: int, year: int, languages: dict[str, Language]) -> None:
    """With and without its year, an expression has the same month and day."""
    name = MONTHS[month - 1]
    (without,) = resolved(f"Sales stop on {name} {day}.", languages)
    (with_year,) = resolved(f"Sales stop on {name} {day}, {year}.", languages)
    assert without.value[4:] == with_year.value[4:]
    assert with_year.value[:4] == f"{year:04d}"


@given(day=st.integers(1, 28), month=st.integers(1, 12), shift=st.integers(0, 700))
def test_an_implied_year_is_near(day: int, month: int, shift: int, languages: dict[str, Language]) -> None:
    """A year that nobody states is that of publication or one beside it."""
    published = f"{2023 + shift // 365:04d}-{shift % 12 + 1:02d}-{shift % 28 + 1:02d}"
    (date,) = resolved(f"Sales stop on {MONTHS[month - 1]} {day}.", languages, published)
    assert abs(int(date.value[:4]) - int(published[:4])) <= 1


@pytest.mark.parametrize(
    "text",
    ["July 20, 2024", "late June 2024", "the end of 2027", "Q3 2025", "model year 2027", "2024-07-20",
     "the week of July 15, 2024", "20 years ago", "last October", "the third quarter of 2025", "within 30 days of"],
)  # fmt: skip
def test_an_expression_is_found_in_its_own_words(text: str, languages: dict[str, Language]) -> None:
    """An expression by itself is the same expression: nothing outside of it makes its value."""
    (alone,) = find(text, languages)
    (inside,) = [each for each in find(f"Dealers stop, {text} some law.", languages) if each.form == alone.form]
    assert (inside.year, inside.month, inside.day, inside.number, inside.precision) == (
        alone.year, alone.month, alone.day, alone.number, alone.precision,
    )  # fmt: skip
    assert (alone.start, alone.end) == (0, len(text))


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "Verkauf ab 20. Juli 2024 verboten.", "2024-07-20"),
        ("de", "Im März 2025 war das so.", "2025-03"),
        ("fr", "La vente cesse le 1er juillet 2024.", "2024-07-01"),
        ("es", "La venta cesa el 20 de julio de 2024.", "2024-07-20"),
        ("it", "La vendita cessa il 20 luglio 2024.", "2024-07-20"),
        ("nl", "De verkoop stopt op 20 juli 2024.", "2024-07-20"),
        ("pl", "Sprzedaż kończy się 20 lipca 2024 r.", "2024-07-20"),
        ("ru", "Продажи прекратятся 20 июля 2024 года.", "2024-07-20"),
        ("uk", "Продаж припиниться 20 липня 2024 року.", "2024-07-20"),
        ("pt", "A venda cessa em 20 de julho de 2024.", "2024-07-20"),
        ("sv", "Försäljningen upphör den 20 juli 2024.", "2024-07-20"),
        ("lt", "Prekyba baigiasi 2024-07-20.", "2024-07-20"),
        ("zh", "销售于2024年7月20日停止。", "2024-07-20"),
        ("ja", "2024年7月20日に販売終了。", "2024-07-20"),
        ("ko", "2024년 7월 20일 판매 중단.", "2024-07-20"),
    ],
)
def test_months_of_other_languages(language: str, text: str, value: str, languages: dict[str, Language]) -> None:
    """A paper in another language gives its dates, by that language's names of months."""
    told = words.of_paper(tuple(languages.values()), language)
    sentences = (Sentence(0, len(text), 1),)
    found = words.find(text, sentences, told)
    assert [each.value for each in values.resolve(found, text, values.Context(sentences=sentences))] == [value]


def test_an_english_paper_holds_no_other_names(languages: dict[str, Language]) -> None:
    """Names of months of other languages are looked for only where the paper is in that language or in none known."""
    every = tuple(languages.values())
    assert [each.id for each in words.of_paper(every, "en")] == ["en"]
    assert [each.id for each in words.of_paper(every, "de")] == ["de", "en"]
    assert len(words.of_paper(every, "")) == len(every)
    assert words.of_paper(every, "")[0].id == "en"


@pytest.mark.parametrize(
    "piece", ["a", "1", '"', " ", "may ", "20 ", "2024-", "1,", "(1", "a-1", "twenty ", "no ", "www.", "in the end of "]
)
def test_long_runs_are_read_in_one_go(piece: str, languages: dict[str, Language]) -> None:
    """Half a million characters of one kind, without an end of sentence, hold no date and end."""
    assert find(piece * (500_000 // len(piece)), languages) == ()


def test_many_dates_in_one_sentence_are_all_found(languages: dict[str, Language]) -> None:
    """What has no full stop for long is looked through in pieces, and each count is found and worked out."""
    text = "within 30 days " * 4000
    assert len(resolved(text, languages)) >= 3900


def test_hard_wraps_and_odd_spaces_part_nothing(read: Read) -> None:
    """A line end or a no-break space inside a date is a space."""
    assert [each.value for each in read("Sales stop on July\u00a020, 2024.")] == ["2024-07-20"]
    wrapped = "Sales stop on September 13,  2017, by law."
    assert [each.value for each in read(wrapped)] == ["2017-09-13"]


def test_precision_of_words_needs_no_value(languages: dict[str, Language]) -> None:
    """What words say is known without any context: a month is a month."""
    (each,) = find("It was told so in June.", languages)
    assert (each.month, each.year, each.precision) == (6, 0, Precision.MONTH)
    assert re.fullmatch(r"June", "It was told so in June."[each.start : each.end])
