# SPDX-License-Identifier: Apache-2.0
"""Promises of the values of dates: as exact as their words, and nothing that no text gives."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debar.intake.said.quotes import Quoted
from debar.model.vocab.statements import DateBasis, DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dated_words import Read
    from debar.model.intake import StatedDate

TABLE = Path(__file__).parents[2] / "data" / "intake" / "dates.tsv"
with TABLE.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['sentence'][:40]}-{row['words']}")
def test_each_expression_comes_to_what_the_table_says(row: dict[str, str], read: Read) -> None:
    """Value, role, precision and basis are those of the table; a row without words holds no date at all."""
    found = read(row["sentence"], row["published"])
    if not row["words"]:
        assert found == ()
        return
    told = {each.text: (each.value, each.role.value, each.precision.value, each.basis.value) for each in found}
    assert told.get(row["words"]) == (row["value"], row["role"], row["precision"], row["basis"]), told


def values(found: Sequence[StatedDate]) -> list[str]:
    return [each.value for each in found]


def quote(text: str) -> tuple[Quoted, ...]:
    return (Quoted(text.index("“") + 1, text.index("”")),)


def test_today_in_a_quotation_is_never_the_day_of_the_paper(read: Read) -> None:
    """Without knowing when it was said, today is no day."""
    text = "“The measures announced today are unfair,” the firm said."
    (date,) = read(text, "2024-07-16", quotes=quote(text))
    assert (date.value, date.basis) == ("", DateBasis.QUOTE)


def test_today_in_a_quotation_about_the_announcement_is_its_day(read: Read) -> None:
    """A quotation that speaks of what was announced today is of the day of the announcement."""
    text = "“The measures announced today are unfair,” the firm said."
    (date,) = read(text, "2024-07-16", quotes=quote(text), issued="2024-06-20")
    assert (date.value, date.basis) == ("2024-06-20", DateBasis.QUOTE)
    assert "2024-06-20" in date.anchor


def test_what_a_sibling_lends_is_said_to_be_lent(read: Read) -> None:
    """The day of an announcement from another paper gives basis sibling."""
    text = "“The measures announced today are unfair,” the firm said."
    (date,) = read(text, "2024-07-16", quotes=quote(text), issued="2024-06-20", is_sibling=True)
    assert (date.value, date.basis) == ("2024-06-20", DateBasis.SIBLING)


def test_small_talk_in_a_quotation_is_not_the_announcement(read: Read) -> None:
    """Today in a quotation that names no measure stays open even if the announcement is known."""
    text = "“I feel fine today,” the owner said."
    (date,) = read(text, "2024-07-16", quotes=quote(text), issued="2024-06-20")
    assert date.value == ""


def test_a_quotation_counts_from_when_it_was_said(read: Read) -> None:
    """A day told with the verb of saying is what yesterday in the quotation counts from."""
    text = "“We were told yesterday,” the owner said on July 10, 2024."
    assert values(read(text, "2024-07-16", quotes=quote(text))) == ["2024-07-09", "2024-07-10"]


def test_an_explicit_date_in_a_quotation_is_explicit(read: Read) -> None:
    """A quotation changes nothing of a date that says all of itself."""
    text = "“We leave on July 20, 2024,” the owner said."
    (date,) = read(text, "2024-07-16", quotes=quote(text))
    assert (date.value, date.basis) == ("2024-07-20", DateBasis.EXPLICIT)


def test_the_next_day_counts_from_an_announcement(read: Read) -> None:
    """It is the day after the last announcement before it, and open where that is only a month."""
    text = "It was announced in June. The next day, sanctions followed."
    assert values(read(text, "2024-07-16"))[-1] == ""
    assert values(read(text, "2024-07-16", announced=((20, "2024-06"),)))[-1] == ""
    lent = read(text, "2024-07-16", announced=((20, "2024-06"),), issued="2024-06-20", is_sibling=True)[-1]
    assert (lent.value, lent.basis) == ("2024-06-21", DateBasis.SIBLING)


def test_the_next_day_is_not_borrowed_from_another_month(read: Read) -> None:
    """A lent day outside the month that the paper tells is not what the next day counts from."""
    text = "It was announced in June. The next day, sanctions followed."
    assert values(read(text, "2024-07-16", issued="2024-05-20"))[-1] == ""


def test_no_publication_leaves_the_year_open(read: Read) -> None:
    """A day without a year in a paper without publication is a day of a year that nobody tells."""
    assert values(read("It stops on July 20.")) == ["XXXX-07-20"]
    assert values(read("It stops in the third quarter of this year.")) == [""]


def test_a_full_date_beside_it_lends_its_year(read: Read) -> None:
    """Without publication the full dates of a paper tell the year if all of them tell the same."""
    assert values(read("It was listed on June 20, 2024. Sales stop on July 20.")) == ["2024-06-20", "2024-07-20"]
    two = "It was listed on June 20, 2024, after a ban of September 13, 2017. Sales stop on July 20."
    assert values(read(two))[-1] == "XXXX-07-20"
    apart = "It was listed on June 20, 2024, and sales stop on July 20.\nThe first ban was of September 13, 2017."
    assert values(read(apart))[1] == "2024-07-20"


def test_a_lent_year_is_a_siblings(read: Read) -> None:
    """A year that siblings lend is used only where publication is unknown, and told."""
    (lent,) = read("It stops on July 20.", year=2024)
    assert (lent.value, lent.basis) == ("2024-07-20", DateBasis.SIBLING)
    (own,) = read("It stops on July 20.", "2023-07-01", year=2024)
    assert (own.value, own.basis) == ("2023-07-20", DateBasis.IMPLIED_YEAR)


def test_a_window_gives_only_what_all_its_days_give(read: Read) -> None:
    """On a window of days, Tuesday is a day if all of them mean the same Tuesday, and yesterday is none."""
    assert values(read("The firm said so on Tuesday.", "2024-07-16/2024-07-19")) == ["2024-07-16"]
    assert values(read("The firm said so on Tuesday.", "2024-07-15/2024-07-19")) == [""]
    assert values(read("The firm said so yesterday.", "2024-07-16/2024-07-19")) == [""]
    assert values(read("It stops on July 20.", "2024-07-15/2024-07-19")) == ["2024-07-20"]


def test_an_older_story_keeps_its_year(read: Read) -> None:
    """In a paragraph that tells of September 2017, December is that of 2017, unless the verb looks ahead."""
    text = "The first order came in September 2017. In December it was made law."
    assert values(read(text, "2024-07-16")) == ["2017-09", "2017-12"]
    ahead = "The first order came in September 2017. A new one will come in December."
    assert values(read(ahead, "2024-07-16")) == ["2017-09", "2024-12"]
    apart = "The first order came in September 2017.\nIn June a new one was announced."
    assert values(read(apart, "2024-07-16")) == ["2017-09", "2024-06"]


def test_the_weekday_beside_it_tells_the_year(read: Read) -> None:
    """A day of the week holds in few years, and outweighs nearness."""
    assert values(read("Hearings: Tuesday, March 4.", "2024-07-16")) == ["2025-03-04"]
    assert values(read("Hearings: Monday, March 4.", "2024-07-16")) == ["2024-03-04"]


def test_the_order_of_other_dates_tells_an_ambiguous_one(read: Read) -> None:
    """03/04/2024 is read as the other dates of the paper are, or as the day that is written out beside it."""
    assert values(read("Sent 03/04/2024, received 04/25/2024.")) == ["2024-03-04", "2024-04-25"]
    assert values(read("Sent 03/04/2024, received 25/04/2024.")) == ["2024-04-03", "2024-04-25"]
    assert values(read("Sent 03/04/2024. It was April 3, 2024.")) == ["2024-04-03", "2024-04-03"]
    (open_,) = read("Sent 03/04/2024.")
    assert (open_.value, open_.anchor) == ("", "2024-03-04 or 2024-04-03")


def test_a_part_of_a_week_is_the_day_told_beside_it(read: Read) -> None:
    """The end of this week is the one day in it that the paragraph gives, and a week where it gives none or two."""
    text = "It will begin at the end of this week. “Starting July 20, we wind down,” the firm said."
    first = read(text, "2024-07-16")[0]
    assert (first.value, first.precision, first.basis) == ("2024-07-20", Precision.DAY, DateBasis.EVENT)
    two = "It will begin at the end of this week, on July 19 or July 20."
    assert values(read(two, "2024-07-16"))[0] == "2024-W29"


def test_a_time_to_act_counts_from_the_issuance(read: Read) -> None:
    """Within 90 days is a day once it is known when the measure was issued, and business days stay a number."""
    assert values(read("Agencies must comply within 90 days.", issued="2024-06-20")) == ["2024-09-18"]
    assert values(read("Agencies must comply within 90 business days.", issued="2024-06-20")) == ["P90D"]
    assert values(read("Whoever discovers it must report within 90 days.", issued="2024-06-20")) == ["P90D"]
    assert values(read("It must report within 90 days of the order.", issued="2024-06-20")) == ["2024-09-18"]


def test_a_time_to_act_of_several_announcements_stays_open(read: Read) -> None:
    """Where several announcements could start it, no day is made up."""
    announced = ((0, "2024-05-01"), (1, "2024-06-20"))
    text = "It was told.\nAgencies must comply within 90 days."
    assert values(read(text, announced=announced, issued="2024-06-20")) == ["P90D"]


def test_publication_of_the_text_itself_is_the_day_of_the_paper(read: Read) -> None:
    """Only a text that speaks of itself counts from its own publication; news about it does not."""
    official = "This Notice binds carriers. Petitions are due within 30 days of publication."
    assert values(read(official, "2025-12-22")) == ["2026-01-21"]
    news = "The notice binds carriers. Petitions are due within 30 days of publication."
    assert values(read(news, "2025-12-22")) == ["P30D"]


def test_a_month_after_something_told_now_is_a_month_before_the_paper(read: Read) -> None:
    """It is leaving a month after the ban was announced: the ban was announced a month before."""
    (date,) = read("It is leaving the market a month after the ban was announced.", "2024-07-16")
    assert (date.value, date.precision) == ("2024-06", Precision.MONTH)


def test_a_bound_counts_exactly(read: Read) -> None:
    """A year after a bound is that day of the next year; a year after what happened is a year."""
    bound = "It holds for new plants from May 1, 2025 and for old ones a year later."
    assert values(read(bound, "2024-07-16")) == ["2025-05-01", "2026-05-01"]
    told = "It was listed on June 20, 2023. A year later, it was banned."
    assert values(read(told, "2024-07-16")) == ["2023-06-20", "2024"]


def test_midnight_stays_a_day(read: Read) -> None:
    """Midnight on a day is its beginning to some and its end to others: the day is kept, and the words in the anchor."""
    (date,) = read("It ends at midnight EDT on July 20, 2024.")
    assert (date.value, date.precision) == ("2024-07-20", Precision.DAY)
    assert "midnight" in date.anchor


def test_days_at_the_ends_of_calendars(read: Read) -> None:
    """Years that no text means give no value instead of an error."""
    assert values(read("It was 9999 years ago.", "2024-07-16")) == ["P9999Y"]
    assert values(read("It comes 30 days after December 31, 2099.", "2024-07-16")) == ["P30D", "2099-12-31"]


def test_roles_are_exchanged_with_their_words(read: Read) -> None:
    """Swapping from and after in a sentence swaps the roles, and nothing else."""
    before = read("Sales end after July 20 and updates from September 29.", "2024-07-16")
    after = read("Sales end from July 20 and updates after September 29.", "2024-07-16")
    assert [each.role for each in before] == [DateRole.AFTER, DateRole.FROM]
    assert [each.role for each in after] == [DateRole.FROM, DateRole.AFTER]
    assert values(before) == values(after)


def test_a_time_to_act_counts_from_the_day_told_in_its_sentence(read: Read) -> None:
    """The one day told before it in the sentence outweighs announcements elsewhere in the paper."""
    text = "The order was made on June 25, 2025, and must be obeyed no later than 120 days after the day on which it was made."
    (_, deadline) = read(text, "2025-07-01", announced=((0, "2025-01-01"), (1, "2025-02-02")))
    assert (deadline.value, deadline.role) == ("2025-10-23", DateRole.BY)
    assert "June 25, 2025" in deadline.anchor


def test_the_week_after_is_a_week(read: Read) -> None:
    """What is told of the week after an order is no day of it."""
    (date,) = read("In the week after the order, sales rose.", issued="2021-11-04")
    assert (date.value, date.precision) == ("2021-W45", Precision.WEEK)


def test_a_rule_that_is_still_to_come_starts_nothing(read: Read) -> None:
    """A time after the publication of a final rule stays a time, whatever was announced before."""
    text = "Imports end 90 days after the final rule is published."
    assert values(read(text, "2026-03-03", issued="2026-02-24")) == ["P90D"]
