# SPDX-License-Identifier: Apache-2.0
"""Promises about drafts: what papers do not tell stays open, and only official text makes one verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar.intake.drafts import drafting, provisions
from debar.intake.mentions.citations import Cited
from debar.intake.mentions.mention import Mention
from debar.model.intake import Span
from debar.model.measures import Measure
from debar.model.vocab import AddresseeKind, Grade, Instrument, MeasureStatus
from debar.model.vocab.statements import DateRole, PaperKind, Precision, StatedAct, Trust
from debar.register import yamlfile
from drafted import Bare, examined, paper, reading, said, told

if TYPE_CHECKING:
    from debar.model.intake import Draft, DraftLine, Reading, Statement
    from debar.register import Register


def drafted(found: Reading) -> tuple[Draft, Measure]:
    """Give the draft of the only story, and the measure in it."""
    draft = found.stories[0].draft
    assert draft
    return draft, yamlfile.parse(draft.measure, Measure)


def line(draft: Draft, path: str) -> DraftLine:
    """Give the line of a path."""
    return next(one for one in draft.lines if one.path == path)


def test_a_draft_is_a_proposal(register: Register) -> None:
    """The measure has the status from which no finding is made, and a line for each field and provision."""
    draft, measure = drafted(told(register))
    assert measure.status is MeasureStatus.DRAFT
    assert draft.status == "reported"
    assert [one.path for one in draft.lines] == [
        *("title", "jurisdiction", "authority", "instrument", "targets", "issued", "cite"),
        *(f"provisions[{number}]" for number in range(len(measure.provisions))),
    ]
    assert len({one.id for one in draft.lines}) == len(draft.lines)
    assert measure.review.last == ""


def test_what_says_something_else_is_another_line(register: Register) -> None:
    """A choice about a line holds for what it said: with another value or another reading beside it, it is open again."""
    sales, one = said(StatedAct.PROHIBIT_SELL, "2024-07-20"), said(StatedAct.ISSUE, "2024-06-20", DateRole.ON)
    first = drafted(reading(register, [sales, one]))[0]
    copy = replace(one, id="copy", document="doc-2")
    assert [x.id for x in drafted(reading(register, [sales, one, copy]))[0].lines] == [x.id for x in first.lines]
    later = said(StatedAct.ISSUE, "2024-06-21", DateRole.ON, "doc-2")
    second = drafted(reading(register, [sales, one, later]))[0]
    assert {x.path for x, y in zip(first.lines, second.lines, strict=True) if x.id != y.id} == {"issued"}
    after = said(StatedAct.PROHIBIT_SELL, "2024-07-20", DateRole.AFTER, "doc-2")
    third = drafted(reading(register, [sales, one, after]))[0]
    assert {x.path for x, y in zip(first.lines, third.lines, strict=True) if x.id != y.id} == {"provisions[0]"}


def test_the_legal_kind_is_not_guessed(register: Register) -> None:
    """The line is open and what stands in the measure is a doubt; that something is only planned rests on who says so."""
    draft, measure = drafted(reading(register, [said(StatedAct.PROHIBIT_SELL, "2024-07-20")]))
    assert line(draft, "instrument").value == ""
    assert [doubt.grade for doubt in measure.notes if doubt.about == "instrument"] == [Grade.UNVERIFIED]
    planned = said(StatedAct.PROPOSE)
    draft, measure = drafted(reading(register, [said(StatedAct.PROHIBIT_SELL, "2027-01-01"), planned]))
    assert (line(draft, "instrument").value, line(draft, "instrument").facts) == ("proposal", (planned.id,))
    assert not [doubt for doubt in measure.notes if doubt.about == "instrument"]


def test_nothing_forbids_so_nothing_is_drafted(register: Register) -> None:
    """Events alone draft no measure."""
    assert reading(register, [said(StatedAct.ANNOUNCE, "2024-06-20", DateRole.ON)]).stories[0].draft is None


def test_a_headline_is_no_title(register: Register) -> None:
    """Without official text the measure is called what it is: told by papers."""
    draft, _ = drafted(told(register))
    assert line(draft, "title").value == "Measure on acme (US), as papers tell it"


def test_lines_show_what_stands_against_them(register: Register) -> None:
    """A provision has its statements, its conflicts and other readings; a month stays one."""
    draft, measure = drafted(told(register))
    sales, updates = line(draft, "provisions[0]"), line(draft, "provisions[1]")
    assert (sales.value, sales.alternatives, sales.conflicts) == (
        "2024-07-20",
        ("after 2024-07-20 (2024-07-21)",),
        (0,),
    )
    assert len(sales.facts) == 2
    assert (updates.value, updates.conflicts) == ("2024-09", ())
    assert (
        updates.text
        == "Whoever it binds must not update from 2024-09 on; no paper gives the day (papers: from 2024-09)."
    )
    assert [one.applies_from for one in measure.provisions] == ["2024-07-20", ""]
    doubts = [doubt for doubt in measure.provisions[0].doubts if doubt.about == "applies_from"]
    assert [[claim.value for claim in doubt.claims] for doubt in doubts] == [["from 2024-07-20", "after 2024-07-20"]]
    assert [claim.by for claim in doubts[0].claims] == ["Department of Trade", "papers that name nobody"]


def test_official_text_behind_every_stage_verifies(register: Register) -> None:
    """A draft is verified when official text gives the day of each stage, and reported when one lacks it."""
    official = said(StatedAct.PROHIBIT_SELL, "2024-07-20", trust=Trust.OFFICIAL_TEXT)
    assert drafted(reading(register, [official]))[0].status == "verified"
    assert drafted(reading(register, [official]))[1].provisions[0].grade is Grade.PRIMARY
    for other in (
        said(StatedAct.PROHIBIT_USE, "2024-07-20", trust=Trust.OFFICIAL_RELEASE),
        said(StatedAct.PROHIBIT_USE, trust=Trust.OFFICIAL_TEXT),
        said(StatedAct.PROHIBIT_USE, "2024-07", trust=Trust.OFFICIAL_TEXT),
    ):
        assert drafted(reading(register, [official, other]))[0].status == "reported"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([("2024-06-20", Trust.NEWS)], "2024-06-20"),
        ([("2024-06-20", Trust.NEWS), ("2024-06-21", Trust.NEWS)], ""),
        ([("2024-06-20", Trust.NEWS)] * 3 + [("2024-06-21", Trust.OFFICIAL_TEXT)], "2024-06-21"),
        ([("2024-06", Trust.NEWS)], ""),
    ],
)
def test_the_day_of_issue_is_no_vote(register: Register, days: list[tuple[str, Trust]], expected: str) -> None:
    """The day of issue is open where papers disagree, unless official text gives it."""
    told_ = [said(StatedAct.ISSUE, day, DateRole.ON, f"d{n}", trust=trust) for n, (day, trust) in enumerate(days)]
    draft, measure = drafted(reading(register, [said(StatedAct.PROHIBIT_SELL, "2024-07-20"), *told_]))
    issued = line(draft, "issued")
    assert (issued.value, measure.issued) == (expected, expected)
    assert set(issued.alternatives) == {day for day, _ in days} - {expected}


def test_an_announcement_stands_in_for_a_lacking_day_of_issue(register: Register) -> None:
    """Where no paper tells when it was issued, the day of its announcement is drafted; a denied one is none."""
    ban, told_ = said(StatedAct.PROHIBIT_SELL, "2024-07-20"), said(StatedAct.ANNOUNCE, "2024-06-20", DateRole.ON)
    assert drafted(reading(register, [ban, told_]))[1].issued == "2024-06-20"
    assert drafted(reading(register, [ban, replace(told_, polarity="denied")]))[1].issued == ""


def test_a_proposal_is_drafted_as_one(register: Register) -> None:
    """What papers call planned is a proposal, until one says that it was made."""
    planned = [said(StatedAct.PROHIBIT_SELL, "2027-01-01"), said(StatedAct.PROPOSE)]
    assert drafted(reading(register, planned))[1].instrument is Instrument.PROPOSAL
    made = [*planned, said(StatedAct.ISSUE, "2026-01-01", DateRole.ON)]
    assert drafted(reading(register, made))[1].instrument is Instrument.POLICY


def test_authority_and_citation_are_no_vote(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that all papers name is drafted; of several the one in official text; else none, and all are shown."""
    news, official = paper("news.txt"), paper("law.txt", kind=PaperKind.OFFICIAL_TEXT)

    def named(one: Bare, authority: str, cite: str) -> Bare:
        mention = Mention(0, 4, "authority", authority, authority, "us")
        return Bare(
            one.seen._replace(mentions=(mention,), citations=(Cited(0, 4, "fr", cite), Cited(5, 9, "cfr", "15 CFR 7")))
        )

    ban = said(StatedAct.PROHIBIT_SELL, "2024-07-20", document=news.id)
    for authorities, expected in (
        ({news.id: ("us-bis", "89 FR 1")}, ("us-bis", "89 FR 1")),
        ({news.id: ("us-bis", "89 FR 1"), official.id: ("us-fcc", "89 FR 2")}, ("us-fcc", "89 FR 2")),
    ):
        monkeypatch.setattr("drafted.examined", lambda one, known=authorities: named(examined(one), *known[one.id]))
        papers = [one for one in (news, official) if one.id in authorities]
        draft, measure = drafted(reading(register, [ban], papers))
        assert (measure.authority, measure.cite) == expected
        others = sorted({a for a, _ in authorities.values()} - {expected[0]})
        assert list(line(draft, "authority").alternatives) == others
    assert [(one.document, one.start, one.end) for one in line(draft, "authority").passages] == [
        (one.id, 0, 4) for one in (news, official)
    ]
    twins = {news.id: ("us-bis", "89 FR 1"), "doc-2": ("us-fcc", "89 FR 2")}
    monkeypatch.setattr("drafted.examined", lambda one: named(examined(one), *twins[one.id]))
    draft, measure = drafted(reading(register, [ban], [news, replace(news, id="doc-2")]))
    assert (measure.authority, measure.cite) == ("", "")
    assert line(draft, "cite").alternatives == ("89 FR 1", "89 FR 2")


@pytest.mark.parametrize(
    ("act", "subject", "kinds"),
    [
        (StatedAct.PROHIBIT_SELL, "Acme", (AddresseeKind.SUPPLIER,)),
        (StatedAct.PROHIBIT_USE, "Acme", (AddresseeKind.ANYONE,)),
        (StatedAct.PROHIBIT_USE, "federal agencies", (AddresseeKind.FEDERAL_AGENCY,)),
        (StatedAct.REQUIRE_REMOVE, "Mobile network operators", (AddresseeKind.CARRIER,)),
        (StatedAct.PROHIBIT_USE, "Defense contractors", (AddresseeKind.DEFENCE_CONTRACTOR,)),
        (StatedAct.PROHIBIT_USE, "Government contractors", (AddresseeKind.FEDERAL_CONTRACTOR,)),
        (StatedAct.PROHIBIT_PROVIDE, "Apple and Google", (AddresseeKind.APP_STORE,)),
        (StatedAct.PROHIBIT_SELL, "Pacmen", (AddresseeKind.ANYONE,)),
        (StatedAct.PROHIBIT_SELL, "", (AddresseeKind.ANYONE,)),
    ],
)
def test_addressees(register: Register, act: StatedAct, subject: str, kinds: tuple[AddresseeKind, ...]) -> None:
    """Whom papers name as bound is drafted; where they name nobody, anyone is written with the doubt that says so."""
    _, measure = drafted(reading(register, [said(act, "2024-07-20", subject=subject)]))
    provision = measure.provisions[0]
    assert provision.addressees == kinds
    unsaid = {AddresseeKind.ANYONE: ["addressees"], AddresseeKind.SUPPLIER: ["counterparties"]}
    assert [doubt.about for doubt in provision.doubts] == unsaid.get(kinds[0], [])
    is_supply = kinds == (AddresseeKind.SUPPLIER,)
    assert provision.counterparties == ((AddresseeKind.DOMESTIC_PERSON,) if is_supply else ())


def test_ends_and_deadlines(register: Register) -> None:
    """What must be done by a day has a deadline, what is allowed until one ends after it; both begin with the measure."""
    issued = said(StatedAct.ISSUE, "2024-06-20", DateRole.ON)
    removed = said(StatedAct.REQUIRE_REMOVE, "2027-12-31", DateRole.BY)
    allowed = said(StatedAct.PERMIT_UPDATE, "2024-09-28", DateRole.UNTIL)
    until, due = drafted(reading(register, [issued, removed, allowed]))[1].provisions
    assert due.deadline
    assert (due.deadline.after, due.applies_from, due.applies_until) == ("2027-12-31", "2024-06-20", "")
    assert "must remove by 2027-12-31 at the latest" in due.text
    assert (until.applies_from, until.applies_until, until.deadline) == ("2024-06-20", "2024-09-29", None)
    assert "may update until 2024-09-28" in until.text
    assert [doubt.about for doubt in until.doubts] == ["addressees", "applies_from", "applies_until"]
    assert [doubt.about for doubt in due.doubts] == ["addressees", "applies_from"]
    assert provisions.is_end(due) and provisions.is_end(until)


def test_no_two_papers_are_one_document() -> None:
    """Two papers of one publisher on one day become two documents, and one whose publisher nobody knows has a name."""
    one, two = paper("a.txt", "one", publisher="Daily"), paper("b.txt", "two", publisher="Daily")
    assert provisions.document(one, "us") != provisions.document(two, "us")
    assert provisions.document(one, "us").startswith("us-daily-2024-07-01-")
    assert provisions.document(replace(one, publisher="", path="x/../Ünïcode .html"), "").startswith(
        "xx-n-code-2024-07-01-"
    )
    assert provisions.document(replace(one, publisher="日本", path="日本"), "jp").startswith("jp-paper-2024-07-01-")


OTHERS = "Acme may not, among other activities, sell its routers or provide updates from 20 July 2024."
OPERATES = "Acme may not operate its cloud, sell its routers or provide updates from 20 July 2024."


@pytest.mark.parametrize(
    ("text", "acts"), [(OTHERS, ["contract", "update"]), (OPERATES, ["contract", "update", "operate"])]
)
def test_each_act_has_words_of_its_own(register: Register, text: str, acts: list[str]) -> None:
    """What only sums up the acts beside it - among other activities - is drafted as no further ban."""
    one = paper("doc.txt", text, id="doc-1")
    span = Span(0, len(text))
    found = [
        said(act, "2024-07-20", span=span)
        for act in (StatedAct.PROHIBIT_SELL, StatedAct.PROHIBIT_UPDATE, StatedAct.PROHIBIT_OPERATE)
    ]
    story = reading(register, found).stories[0]
    draft = drafting.draft(story, found, [examined(one)], register)  # type: ignore[list-item]
    assert draft
    measure = yamlfile.parse(draft.measure, Measure)
    assert sorted(str(provision.acts[0]) for provision in measure.provisions) == sorted(acts)


def instant(value: str, role: DateRole = DateRole.FROM, document: str = "doc-1", act: StatedAct = StatedAct.PROHIBIT_SELL) -> Statement:  # fmt: skip
    """Give a statement whose date is an instant."""
    one = said(act, value[:10], role, document)
    assert one.date
    return replace(one, date=replace(one.date, value=value, precision=Precision.INSTANT))


def test_an_hour_with_its_zone_is_kept(register: Register) -> None:
    """The line has the day, its words the hour, and the provision the instant: what begins and what ends then."""
    draft, measure = drafted(reading(register, [instant("2024-07-20T00:00-04:00"), said(StatedAct.PROHIBIT_SELL, "2024-07-20", document="doc-2")]))  # fmt: skip
    assert measure.provisions[0].applies_from == "2024-07-20T00:00-04:00"
    assert line(draft, "provisions[0]").value == "2024-07-20"
    assert "from 2024-07-20T00:00-04:00 on" in line(draft, "provisions[0]").text
    _, measure = drafted(reading(register, [instant("2024-09-29T00:00-04:00", DateRole.UNTIL, act=StatedAct.PERMIT_UPDATE)]))  # fmt: skip
    assert measure.provisions[0].applies_until == "2024-09-29T00:00-04:00"


def test_an_hour_that_others_do_not_give_is_not_theirs(register: Register) -> None:
    """From noon here and from the day there is drafted from the day; of two hours none is."""
    for other in (said(StatedAct.PROHIBIT_SELL, "2024-07-20", document="doc-2"), instant("2024-07-20T17:00-04:00", document="doc-2")):  # fmt: skip
        _, measure = drafted(reading(register, [instant("2024-07-20T12:00-04:00"), other]))
        assert measure.provisions[0].applies_from == "2024-07-20"


def test_an_hour_that_the_register_cannot_hold_is_said(register: Register) -> None:
    """Without a zone, or in a deadline, the day is written, and line and doubt have the hour."""
    one = said(StatedAct.PROHIBIT_SELL, "2024-07-20")
    assert one.date
    draft, measure = drafted(reading(register, [replace(one, date=replace(one.date, clock="00:00"))]))
    assert measure.provisions[0].applies_from == "2024-07-20"
    assert "an hour, 00:00, and no zone" in line(draft, "provisions[0]").text
    assert [doubt.about for doubt in measure.provisions[0].doubts if "no zone" in doubt.text] == ["applies_from"]
    _, measure = drafted(reading(register, [instant("2026-05-01T17:00-04:00", DateRole.BY, act=StatedAct.REQUIRE_REMOVE)]))  # fmt: skip
    (provision,) = measure.provisions
    assert provision.deadline
    assert provision.deadline.after == "2026-05-01"
    assert [doubt.about for doubt in provision.doubts if "17:00" in doubt.text] == ["deadline"]
