# SPDX-License-Identifier: Apache-2.0
"""Promises on who says what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debar.intake.said.speakers import speakers, utterances
from debar.model.lexicon import Lexicon
from debar.model.vocab.statements import PaperKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen
    from debar.register import Register

_TABLE = Path(__file__).parents[2] / "data" / "intake" / "speakers.tsv"
_ROWS = [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]


def _told(seen: Seen, register: Register) -> str:
    said = speakers(seen, register.lexicon)
    return " / ".join("+".join(chain) or "-" for chain in said)


@pytest.mark.parametrize(("text", "expected"), _ROWS, ids=[row[0][:60] for row in _ROWS])
def test_sentence(text: str, expected: str, see: Callable[..., Seen], register: Register) -> None:
    """Each sentence of the table has the speakers that a reader would name, and no others."""
    actual = _told(see(text.replace("¶", "\n")), register)

    assert actual == expected


def test_we_in_a_paper_of_the_company(see: Callable[..., Seen], register: Register) -> None:
    """Where a company speaks for itself, "we" is that company, and so is its name; in the news it is nobody known."""
    text = "We will appeal. Norvik makes cameras. The ban is wrong."

    assert _told(see(text, kind=PaperKind.COMPANY), register) == "Norvik / Norvik / -"
    assert _told(see(text), register) == "- / - / -"


def test_the_company_is_the_one_named_beside(see: Callable[..., Seen], register: Register) -> None:
    """Who "the company" is, the paragraph tells, and else the paper."""
    text = "Norvik leaves. Norvik makes cameras.\nThe company said it regrets."

    assert _told(see(text), register) == "- / - / Norvik"


def test_surnames_are_completed_as_the_paper_first_gives_them(see: Callable[..., Seen], register: Register) -> None:
    """A surname alone is completed by a name before it, a double one by its first half too, and a title is no first name."""
    text = "Ada M. Brekke leads it. Ola Brekke left. Minister Solberg came. Brekke said it goes. Solberg said so."
    assert _told(see(text), register).split(" / ")[-2:] == ["Ada M. Brekke", "Solberg"]
    text = "Ann Berg-Lie leads it. Berg-Lie said it goes. Berg said so."
    assert _told(see(text), register).split(" / ")[-2:] == ["Ann Berg-Lie", "Ann Berg"]


def test_lead_covers_the_second_paragraph(see: Callable[..., Seen], register: Register) -> None:
    """A paper that says at the top whom it repeats goes on repeating, until it names somebody else."""
    text = "Norvik leaves. This was reported by Wirebird News.\nIt goes in July. The ministry said so. Cameras go."

    assert _told(see(text), register) == ("Wirebird News / Wirebird News / Wirebird News / ministry / -")


def test_far_below_nothing_is_covered(see: Callable[..., Seen], register: Register) -> None:
    """What is reported further down covers the sentence before it alone."""
    text = "One.\nTwo.\nThree.\nNorvik leaves. This was reported by Wirebird News.\nIt goes in July."

    assert _told(see(text), register).endswith("Wirebird News / Wirebird News / -")


def test_no_words_no_speakers(see: Callable[..., Seen]) -> None:
    """Without words of saying nobody speaks."""
    assert speakers(see("Norvik said it leaves."), Lexicon()) == ((),)


def test_utterances_are_quotations_and_reported_speech(see: Callable[..., Seen], register: Register) -> None:
    """What is said is taken sentence by sentence: quotations, or what follows "that"."""
    seen = see("“We go. You stay,” Norvik said. Norvik added that “no” camera would be sold in the country.")
    said = utterances(seen, speakers(seen, register.lexicon))
    text = seen.paper.text

    assert [(text[one.start : one.end], one.speaker, one.is_direct) for one in said] == [
        ("We go.", "Norvik", True),
        ("You stay,", "Norvik", True),
        ("“no” camera would be sold in the country.", "Norvik", False),
        ("no", "Norvik", True),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet='Norvik said that, "“” .according to by The minister', max_size=300))
def test_one_chain_for_each_sentence(text: str, see: Callable[..., Seen], register: Register) -> None:
    """Whatever the text, each sentence has one chain, of names that are not empty."""
    seen = see(text)
    said = speakers(seen, register.lexicon)

    assert len(said) == len(seen.sentences)
    assert all(name for chain in said for name in chain)


@pytest.mark.parametrize("piece", ["said ", "a", "1", "Aa ", "according to ", "the ", ", ", "“said ", "X of the "])
def test_hostile_sentences_end(piece: str, see: Callable[..., Seen], register: Register) -> None:
    """A sentence without end is read as far as any other: only what stands near a verb counts."""
    seen = see(piece * (60_000 // len(piece)))

    assert len(speakers(seen, register.lexicon)) == len(seen.sentences)
