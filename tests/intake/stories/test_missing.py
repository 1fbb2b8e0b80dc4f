# SPDX-License-Identifier: Apache-2.0
"""Promises of what is told as missing: by no paper, by some, and against the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.intake.mentions.citations import Cited
from debar.intake.mentions.mention import Mention
from debar.intake.stories.missing import missing
from debar.model.intake import Span, StatedNumber
from debar.model.vocab.statements import PaperKind
from storied import examined, paper, stated

if TYPE_CHECKING:
    from debar.register import Register

KASPERSKY = "us-bis-icts-2021-002-kaspersky"
NEVER = "no paper gives "
UNTOLD = "no paper tells what the register holds: "


def test_a_bare_story_misses_everything(register: Register) -> None:
    """A ban on sales and no more lacks what a measure is written of, in the order in which it is written."""
    found = missing([stated("prohibit.sell")], [examined(paper("a", "Sales are banned."))], "", register)
    assert [one.removeprefix(NEVER) for one in found] == [
        "the citation of the instrument",
        "the official text itself",
        "legal names of the parties",
        "the addressees: whom it binds",
        "the day from which it applies",
        "time of day",
        "time zone",
        "exemptions",
        "resale, integration and licensing: whether they are covered",
        "an end date, if there is one",
        "penalties",
    ]


def test_a_full_text_misses_nothing(register: Register) -> None:
    """Whatever a paper gives is not told as missing, whether it stands in statements, names or words."""
    text = "Maker, Inc. From 12:00 a.m. EDT on 20 July agencies must not buy it. Violators face a fine."
    at = text.index("20 July")
    first = stated("prohibit.sell", "from 2024-07-20", subject="agencies")
    assert first.date is not None
    said = (
        replace(first, date=replace(first.date, span=Span(at, at + 7))),
        stated("prohibit.resell"),
        stated("exempt"),
        stated("prohibit.sell", "until 2026-07-20"),
    )
    one = examined(
        paper("a", text, kind=PaperKind.OFFICIAL_TEXT),
        *said,
        cites=(Cited(0, 1, "fr", "89 FR 52434"),),
        mentions=(Mention(0, 5, "supplier", "maker", "Maker"),),
    )
    assert [what for what in missing(said, [one], "", register) if what.startswith(NEVER)] == []


def test_a_stage_that_some_leave_out_is_told_with_those(register: Register) -> None:
    """Who does not mention a stage is named, in the order of names; who dates the whole ban has told its day."""
    said = (
        stated("prohibit.update", "from 2024-09-29", "a"),
        stated("prohibit.sell", "from 2024-07-20", "a"),
        stated("effective", "from 2024-07-20", "c"),
        stated("permit.use", "", "b"),
        stated("permit.use", "", "c", polarity="denied"),
        stated("supplier.layoff", "", "b", number=StatedNumber(text="50 jobs", op="=", value=50, unit="jobs", span=Span(0, 1))),
    )  # fmt: skip
    papers = [examined(paper(name)) for name in "cab"]
    assert [one for one in missing(said, papers, "", register) if not one.startswith(NEVER)] == [
        "number of people (dismissals): 2 of 3 papers do not mention it (a.txt, c.txt)",
        "sales from 2024-07-20: 1 of 3 papers do not mention it (b.txt)",
        "updates from 2024-09-29: 2 of 3 papers do not mention it (b.txt, c.txt)",
        "use permitted: 2 of 3 papers do not mention it (a.txt, c.txt)",
    ]


def test_what_the_register_holds_and_nobody_tells(register: Register) -> None:
    """Provisions that no statement is about are told with their words, and exemptions if nobody tells of any."""
    said = (stated("prohibit.sell"), stated("prohibit.use", polarity="denied"))
    found = [one for one in missing(said, [examined(paper("a"))], KASPERSKY, register) if one.startswith(UNTOLD)]
    told = " ".join(found)
    assert "resell prohibited from 2024-09-29T00:00-04:00" in told
    assert "threat-intelligence" in told
    assert "contract, acquire, renew prohibited" not in told
    assert "use permitted" not in told
    exempted = missing((*said, stated("exempt")), [examined(paper("a"))], KASPERSKY, register)
    assert "threat-intelligence products and services are outside" not in " ".join(exempted)


def test_a_denied_ban_tells_of_no_ban(register: Register) -> None:
    """Who says that updates are not banned has not told the ban on updates."""
    found = missing([stated("prohibit.update", polarity="denied")], [examined(paper("a"))], KASPERSKY, register)
    assert any("update prohibited" in one for one in found)


def test_the_order_of_papers_changes_nothing(register: Register) -> None:
    """What is missing is the same list whatever order papers and statements come in."""
    said = [
        stated("prohibit.sell", "from 2024-07-20", "a"),
        stated("prohibit.update", "", "b"),
        stated("exempt", "", "c"),
    ]
    papers = [examined(paper(name)) for name in "abc"]
    assert missing(said, papers, KASPERSKY, register) == missing(said[::-1], papers[::-1], KASPERSKY, register)


def test_of_many_papers_some_are_named(register: Register) -> None:
    """A list of hundreds of names helps nobody: ten are named, and all are counted."""
    papers = [examined(paper(f"{number:02}")) for number in range(12)]
    found = missing([stated("permit.use", "", "00")], papers, "", register)
    assert found[-1] == (
        "use permitted: 11 of 12 papers do not mention it"
        " (01.txt, 02.txt, 03.txt, 04.txt, 05.txt, 06.txt, 07.txt, 08.txt, 09.txt, 10.txt, ...)"
    )
