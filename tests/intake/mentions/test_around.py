# SPDX-License-Identifier: Apache-2.0
"""Promises on names that stand around the main text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar.intake.flat import flat
from debar.intake.mentions import names
from debar.intake.mentions.around import LONGEST_HEAD, around
from debar.intake.mentions.topic import topic
from debar.intake.sentences import sentences
from debar.model.intake import Paper, Span
from debar.model.vocab.statements import PaperKind

if TYPE_CHECKING:
    from debar.intake.mentions.names import Gazetteer

BODY = "Operators shall take the equipment out of their networks by the end of the year."


def letter(
    head: str, publisher: str = "", kind: PaperKind = PaperKind.NEWS, form: str = "text", body: str = BODY
) -> Paper:
    """Give a paper with a head above its main text."""
    main = ((len(head), len(head) + len(body)),)
    return Paper(id="p", path="p", sha256="", text=head + body, publisher=publisher, kind=kind, form=form, main=main, paragraphs=main)  # fmt: skip


def about(paper: Paper, gazetteer: Gazetteer) -> tuple[str, str]:
    plain = flat(paper.text)
    found = names.find(plain, sentences(paper, plain), gazetteer)
    return topic(paper, found, plain, around(paper, gazetteer))[:2]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("GOVERNMENT OF INDIA\nTo all licensees\n", ("", "in")),
        ("Republic of Estonia\nMinister of Energy\n", ("", "ee")),
        ("Danish Schools Must Part With Dahua\nA trade paper\n", ("dahua", "dk")),
        ("Wellington, 3 May\n", ("", "nz")),
        ("To the Rector\n", ("", "")),
    ],
)
def test_a_letterhead_tells_what_the_letter_does_not(
    gazetteer: Gazetteer, head: str, expected: tuple[str, str]
) -> None:
    """A letter that names nobody is of the state, and about the supplier, at its head."""
    assert about(letter(head), gazetteer) == expected


def test_the_main_text_weighs_more(gazetteer: Gazetteer) -> None:
    """What a letter says outweighs its head; of a web page the lines above are menus."""
    body = "Sweden ordered operators to remove Huawei parts. Sweden's regulator said so."
    assert about(letter("Berlin\nZTE News\n", body=body), gazetteer) == ("huawei", "se")
    assert about(letter("GOVERNMENT OF INDIA\n", form="html"), gazetteer) == ("", "")


def test_only_the_lines_just_above_are_a_head(gazetteer: Gazetteer) -> None:
    """What stands far above the main text belongs to something else."""
    assert about(letter("India\n" + "x " * LONGEST_HEAD), gazetteer) == ("", "")


def test_who_publishes_tells_its_state_and_its_own_name(gazetteer: Gazetteer) -> None:
    """An authority publishes its own text, and a supplier writes about itself; an outlet's name tells neither."""
    assert about(letter("", "Bureau of Industry and Security"), gazetteer) == ("", "us")
    assert about(letter("", "Kaspersky Africa Partner Desk"), gazetteer) == ("kaspersky", "")
    assert about(letter("", "Estonian Energy Blog"), gazetteer) == ("", "")
    assert about(letter("", "Government of Estonia", PaperKind.OFFICIAL_RELEASE), gazetteer) == ("", "ee")


def test_a_title_in_the_head_counts_once(gazetteer: Gazetteer) -> None:
    """The title is weighed where titles are."""
    paper = letter("Poland decides\n\n")
    titled = around(paper, gazetteer)
    assert [one.jurisdiction for one, _ in titled] == ["pl"]
    assert around(replace(paper, title_span=Span(0, 14)), gazetteer) == []
