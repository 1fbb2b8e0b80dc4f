# SPDX-License-Identifier: Apache-2.0
"""Promises about accepted drafts: only what was chosen is written, nothing before all is chosen, and the register takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar.errors import UsageError
from debar.intake.drafts import accepting, reviewing
from debar.model.intake import Chosen
from debar.model.measures import Document, Measure, Party
from debar.model.vocab import Grade, MeasureStatus
from debar.model.vocab.statements import Choice, DateRole, PaperKind, StatedAct
from debar.register import load, yamlfile
from drafted import RIGHT, paper, reading, said, told

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.intake import Reading
    from debar.register import Register


def chosen(found: Reading, edits: dict[str, str] | None = None) -> dict[tuple[str, str], Chosen]:
    """Give choices about everything in a reading: edits, refusals where a value is empty, else acceptance."""
    right = RIGHT | (edits or {})
    made = {}
    for item in reviewing.items(found, found.stories[0]):
        path = item.line.path if item.line else ""
        choice, value = Choice.ACCEPT, right.get(path, "")
        if item.date:
            choice = Choice.NOT_A_FACT
        elif path in right:
            choice = Choice.EDIT if value else Choice.REJECT
        made[item.story, item.id] = Chosen(
            story=item.story, line=item.id, choice=choice, by="A. Meyer", at="2026-01-01T00:00:00Z", value=value
        )
    return made


def files(found: Reading, register: Register, edits: dict[str, str] | None = None) -> dict[str, str]:
    """Give the files by path."""
    return dict(accepting.files(found, found.stories[0], chosen(found, edits), register, "2026-01-02"))


def measure(made: dict[str, str]) -> Measure:
    """Give the measure among files."""
    (text,) = [text for path, text in made.items() if path.startswith("measures/")]
    return yamlfile.parse(text, Measure)


def test_the_register_takes_what_is_written(register: Register, tmp_path: Path) -> None:
    """Measure, documents and party go into a directory of one's own, and the whole check finds no fault in them."""
    for path, text in files(told(register), register).items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    wider = load.load(None, (tmp_path,))
    (mine,) = set(wider.measures) - set(register.measures)
    assert wider.measures[mine].status is MeasureStatus.DRAFT
    assert set(wider.parties) - set(register.parties) == {"acme"}


def test_what_somebody_looked_at_is_no_doubt_any_more(register: Register) -> None:
    """The doubt about the legal kind goes with the choice of one; what no paper gives stays noted."""
    made = measure(files(told(register), register))
    assert made.instrument == "determination"
    assert [doubt.about for doubt in made.notes] == ["measure"]


def test_only_what_was_accepted_is_written(register: Register) -> None:
    """Refused provisions go with the documents that only they cite; edits stand with who made them."""
    every = measure(files(told(register), register))
    assert [(one.id, one.applies_from) for one in every.provisions] == [
        ("prohibit-sell-from-2024-07-20", "2024-07-20"),
        ("prohibit-update-from-2024-09", "2024-09-29"),
    ]
    assert (every.cite, every.issued, every.authority) == ("", "2024-06-20", "us-bis")
    assert every.review.last == "2026-01-02"
    edited = every.provisions[1]
    assert edited.doubts[-1].text == "A. Meyer wrote 2024-09-29; papers give 2024-09."
    assert edited.text.endswith("Edited: 2024-09-29.")
    few = files(told(register), register, {"provisions[0]": ""})
    assert [one.id for one in measure(few).provisions] == ["prohibit-update-from-2024-09"]
    assert len(measure(few).documents) == 1
    assert len([path for path in few if path.startswith("documents/")]) == 1


def test_nothing_before_everything_is_chosen(register: Register) -> None:
    """One line or one date without a choice keeps all of it back, and that is said in numbers."""
    found = told(register)
    every = chosen(found)
    for key in every:
        with pytest.raises(UsageError, match=r"not complete: (1 lines and 0|0 lines and 1) dates"):
            accepting.files(
                found, found.stories[0], {k: v for k, v in every.items() if k != key}, register, "2026-01-02"
            )


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ({"provisions[0]": "", "provisions[1]": ""}, "no provision was accepted"),
        ({"authority": ""}, "authority was refused"),
        ({"title": ""}, "title was refused"),
        ({"issued": ""}, "issued was refused"),
        ({"instrument": ""}, "instrument was refused"),
        ({"jurisdiction": ""}, "jurisdiction was refused"),
        ({"targets": ""}, "targets was refused"),
        ({"authority": "us-bsi"}, "is not in the register; did you mean 'us-bis'"),
        ({"jurisdiction": "../x"}, "is no jurisdiction"),
        ({"provisions[0]": "soon"}, "is no day"),
    ],
)
def test_what_cannot_be_written_is_said(register: Register, edits: dict[str, str], said: str) -> None:
    """A measure needs its head, a provision, and an authority that the register knows; a log of others is no way around."""
    with pytest.raises(UsageError, match=said):
        files(told(register), register, edits)


def test_an_undecided_story_writes_nothing(register: Register) -> None:
    """A story without a draft cannot be written."""
    found = reading(register, [said(StatedAct.ANNOUNCE, "2024-06-20", DateRole.ON)])
    with pytest.raises(UsageError, match="drafts nothing"):
        accepting.files(found, found.stories[0], {}, register, "2026-01-02")


def test_a_party_goes_by_what_was_written(register: Register) -> None:
    """A party that the register lacks gets a file with the name as it was written; one that it has gets none."""
    made = files(told(register), register, {"targets": "Acme Networks Ltd"})
    party = yamlfile.parse(made["parties/acme-networks-ltd.yaml"], Party)
    assert (party.id, party.name) == ("acme-networks-ltd", "Acme Networks Ltd")
    assert {one.targets.parties for one in measure(made).provisions} == {("acme-networks-ltd",)}
    assert not [
        path for path in files(told(register), register, {"targets": "kaspersky"}) if path.startswith("parties/")
    ]


def test_ends_are_edited_as_ends(register: Register) -> None:
    """An edited deadline stays one, an edited last day ends after it, and both begin with the chosen day of issue."""
    issued = said(StatedAct.ISSUE, "2024-06-20", DateRole.ON)
    removed = said(StatedAct.REQUIRE_REMOVE, "2027", DateRole.BY)
    allowed = said(StatedAct.PERMIT_UPDATE, "2024-09", DateRole.UNTIL)
    found = reading(register, [issued, removed, allowed])
    edits = {"provisions[0]": "2024-09-28", "provisions[1]": "2027-12-31", "issued": "2024-06-21"}
    until, due = measure(files(found, register, edits)).provisions
    assert (until.applies_from, until.applies_until) == ("2024-06-21", "2024-09-29")
    assert due.deadline
    assert (due.applies_from, due.deadline.after) == ("2024-06-21", "2027-12-31")


def test_papers_become_documents_without_text(register: Register) -> None:
    """Of news only where and when it stood is kept; an official text is primary; hostile names and addresses are tamed."""
    one = paper(
        "a.txt",
        title="Ban\n- id: x\u202e\x1b[31m",
        publisher="",
        url="javascript:alert(1)",
        published=paper().published,
    )
    law = paper("law.txt", kind=PaperKind.OFFICIAL_TEXT, url="https://example.org/law")
    found = reading(
        register,
        [
            said(StatedAct.PROHIBIT_SELL, "2024-07-20", document=one.id),
            said(StatedAct.PROHIBIT_SELL, "2024-07-20", document=law.id),
        ],
        [one, replace(law, title="Order")],
    )
    made = files(found, register, {"provisions[1]": ""})
    documents = {path: yamlfile.parse(text, Document) for path, text in made.items() if path.startswith("documents/")}
    news, official = sorted(documents.values(), key=lambda document: document.grade is Grade.PRIMARY)
    assert (news.grade, news.publisher, news.licence) == (
        Grade.SECONDARY,
        "not told",
        "Copyright of the publisher; no text stored",
    )
    assert news.title.isprintable()
    assert news.url == f"https://address-not-known.invalid/sha256/{one.sha256}"
    assert (official.grade, official.url, official.licence) == (Grade.PRIMARY, "https://example.org/law", "")


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'[{"story": 1}]', b"\xff", b"[" * 9000])
def test_what_is_no_list_of_choices(content: bytes) -> None:
    """A file that no page saved is wrong usage with a hint."""
    with pytest.raises(UsageError, match="no list of choices"):
        accepting.read_list(content)


def test_a_large_list_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond any list of choices is refused."""
    monkeypatch.setattr(accepting, "LARGEST", 3)
    with pytest.raises(UsageError, match="larger"):
        accepting.read_list(b"[   ]")
