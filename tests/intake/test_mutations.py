# SPDX-License-Identifier: Apache-2.0
"""Promises about what one changed word of a paper must change in the whole reading, and what it must not."""

import re

import pytest

from debar.intake.reading import read
from debar.model.intake import Paper, Reading, Statement
from debar.model.vocab.statements import ConflictKind, DateBasis, DateRole, StatedAct
from debar.register import Register

WIRE = """\
US bars sales of Kaspersky antivirus software

Harbour Wire
June 21, 2024

WASHINGTON - On June 20, 2024, the U.S. Commerce Department announced a ban on Kaspersky antivirus software in the United States.

From July 20, 2024, Kaspersky may not sell its software to new customers in the United States. From September 29, 2024, the company may no longer \
provide software updates to American users.

People and businesses that go on using the products they have will not be penalised, the department said.

Kaspersky denied that its software threatens national security. "Our products have never helped any state to spy on anybody," the company said in a statement.
"""
SIDEBAR = """
Share this article

Recent Posts

Ten headphones for the office, tested and ranked

8 hours ago

This role-playing game turns 20 and is as popular as ever

Exactly 20 years ago, on November 23, 2004, the game was released and soon became

15 hours ago

Leave a Comment

Your email address will not be published. Required fields are marked *
"""
CANADA = "Canada banned Kaspersky from government mobile devices on October 30, 2023."
QUOTED = """\
"On June 20, 2024, the U.S. Commerce Department announced a ban on Kaspersky antivirus software in the United States," said Orla Brandt, an analyst at Fennel Research.\
"""


def told(register: Register, *texts: str) -> Reading:
    """Read texts of papers, as files that were saved one after the other."""
    return read([(f"{number:02}.txt", text.encode()) for number, text in enumerate(texts)], register)


def changed(text: str, before: str, after: str) -> str:
    """Give a text with one place changed; a place that is not there would make a test promise nothing."""
    assert text.count(before) == 1, f"{before!r} must stand once in the text"
    return text.replace(before, after)


def stated(reading: Reading, act: StatedAct, document: str = "") -> list[Statement]:
    """Give the statements of an act."""
    return [one for one in reading.facts if one.act is act and (not document or one.document == document)]


def dated(reading: Reading, act: StatedAct, value: str) -> Statement:
    """Give the one statement that puts an act on a day."""
    found = [one for one in stated(reading, act) if one.date and one.date.value == value]
    assert found, f"no {act} on {value} in {[(one.act.value, one.date and one.date.value) for one in reading.facts]}"
    return found[0]


def every_value(reading: Reading) -> set[str]:
    """Give the value of every date, explained or not."""
    explained = {one.date.value for one in reading.facts if one.date}
    return explained | {one.value for one in reading.unexplained_dates}


def paper(reading: Reading) -> Paper:
    """Give the first paper."""
    return reading.documents[0]


def tale(reading: Reading) -> list[tuple[str, str, str, str]]:
    """Give what is told, without where it stands."""
    return sorted(
        (one.act.value, one.date.value if one.date else "", one.polarity, "|".join(one.said_by))
        for one in reading.facts
    )


def drafted(reading: Reading) -> tuple[str, list[tuple[str, str]]]:
    """Give the status of the one draft, and its lines without the ids of the papers that they rest on."""
    (story,) = reading.stories
    assert story.draft is not None
    return story.draft.status, [(line.path, line.value) for line in story.draft.lines if "document" not in line.path]


def test_unchanged_article_tells_its_stages(register: Register) -> None:
    """What the changes below start from: an announcement and two stages, by the day, and use that is permitted."""
    reading = told(register, WIRE)
    assert paper(reading).published.value == "2024-06-21"
    stages = {(one.act, one.date.value) for one in reading.facts if one.date}
    assert stages == {
        (StatedAct.ANNOUNCE, "2024-06-20"),
        (StatedAct.PROHIBIT_SELL, "2024-07-20"),
        (StatedAct.PROHIBIT_UPDATE, "2024-09-29"),
    }
    assert [one.polarity for one in stated(reading, StatedAct.PERMIT_USE)] == ["asserted"]
    assert drafted(reading)[0] == "reported"


@pytest.mark.parametrize(
    ("act", "day", "value"),
    [
        (StatedAct.PROHIBIT_SELL, "July 20, 2024", "2024-07-20"),
        (StatedAct.PROHIBIT_UPDATE, "September 29, 2024", "2024-09-29"),
    ],
)
def test_from_and_after_are_a_day_apart(act: StatedAct, day: str, value: str, register: Register) -> None:
    """From a day on, and after it, are told apart, keep the day, and stand against each other if papers differ."""
    later = changed(WIRE, f"From {day}", f"After {day}")
    assert dated(told(register, WIRE), act, value).date.role is DateRole.FROM  # type: ignore[union-attr]
    assert dated(told(register, later), act, value).date.role is DateRole.AFTER  # type: ignore[union-attr]
    conflicts = [one for story in told(register, WIRE, later).stories for one in story.conflicts]
    assert ConflictKind.BOUNDARY in {one.type for one in conflicts}


def test_same_boundary_is_no_conflict(register: Register) -> None:
    """Papers that agree on every day stand against each other nowhere."""
    again = changed(WIRE, "Harbour Wire", "Sentinel Daily")
    assert [one.type for story in told(register, WIRE, again).stories for one in story.conflicts] == []


def test_announcement_inside_a_quotation_is_what_its_speaker_says(register: Register) -> None:
    """Moved into quotation marks, the announcement has the speaker as its origin, and keeps its day."""
    announcement = next(line for line in WIRE.splitlines() if line.startswith("WASHINGTON"))
    quoted = changed(WIRE, announcement, QUOTED)
    assert "Brandt" not in " ".join(dated(told(register, WIRE), StatedAct.ANNOUNCE, "2024-06-20").said_by)
    moved = dated(told(register, quoted), StatedAct.ANNOUNCE, "2024-06-20")
    assert "Brandt" in " ".join(moved.said_by)
    assert "Orla Brandt" in {quote.speaker for story in told(register, quoted).stories for quote in story.quotes}


def test_today_inside_a_quotation_is_not_the_day_of_the_article(register: Register) -> None:
    """What was said of today, when the ban was announced, is not dated by an article of weeks later."""
    later = changed(WIRE, "June 21, 2024", "July 16, 2024")
    quote = '\n"Today\'s ban on Kaspersky follows a long and thorough investigation," the department said when it announced the ban.\n'
    values = every_value(told(register, later + quote))
    assert "2024-07-16" not in values


def test_year_left_out_is_implied_and_said_to_be(register: Register) -> None:
    """Without its year, a day takes the nearest one to the publication, and says that it did."""
    reading = told(register, changed(WIRE, "From July 20, 2024", "From July 20"))
    date = dated(reading, StatedAct.PROHIBIT_SELL, "2024-07-20").date
    assert date is not None
    assert date.basis is DateBasis.IMPLIED_YEAR
    before = dated(told(register, WIRE), StatedAct.PROHIBIT_SELL, "2024-07-20").date
    assert before is not None
    assert before.basis is DateBasis.EXPLICIT


def test_year_that_nothing_tells_is_not_made_up(register: Register) -> None:
    """Where neither the text nor a date line tells a year, no date gets one."""
    reading = told(register, re.sub(r",? 2024", "", WIRE))
    assert not [value for value in every_value(reading) if re.match(r"\d{4}", value)]


def test_sidebar_of_the_crawl_changes_nothing(register: Register) -> None:
    """Teasers with times of the day on which a page was saved are no main text, date no paper and tell nothing."""
    plain, crawled = told(register, WIRE), told(register, WIRE + SIDEBAR)
    assert tale(crawled) == tale(plain)
    assert paper(crawled).published.value == paper(plain).published.value
    assert not {value for value in every_value(crawled) if value.startswith("2004")}
    assert drafted(crawled) == drafted(plain)


def test_penalised_is_the_opposite_of_not_penalised(register: Register) -> None:
    """Without its "not", the sentence permits nothing any more."""
    reversed_ = changed(WIRE, "will not be penalised", "will be penalised")
    assert not [one for one in stated(told(register, reversed_), StatedAct.PERMIT_USE) if one.polarity == "asserted"]
    story = told(register, WIRE, reversed_).stories
    assert {ConflictKind.ACT, ConflictKind.POLARITY} & {one.type for one in story[0].conflicts}


def test_ban_of_another_country_stays_out_of_the_story(register: Register) -> None:
    """One sentence on Canada adds statements on Canada, and no line to the draft for the United States."""
    plain, mentioned = told(register, WIRE), told(register, f"{WIRE}\n{CANADA}\n")
    assert "2023-10-30" in every_value(mentioned)
    (story,) = mentioned.stories
    ours = {one.id: one for one in mentioned.facts if one.id in story.facts}
    assert not [one for one in ours.values() if one.date and one.date.value == "2023-10-30"]
    assert story.jurisdiction == plain.stories[0].jurisdiction == "us"
    assert drafted(mentioned) == drafted(plain)


def test_one_article_ten_times_is_one_origin(register: Register) -> None:
    """Copies are put together, and neither origins, quotations nor the draft grow by them."""
    once, often = told(register, WIRE), told(register, *[WIRE] * 10)
    (one,), (many,) = once.stories, often.stories
    assert len(many.documents) == 10
    assert len(many.origins) == len(one.origins)
    assert len(many.quotes) == len(one.quotes)
    assert [len(copies) for copies in many.copies] == [10]
    assert many.conflicts == one.conflicts == ()
    assert drafted(often) == drafted(once)
