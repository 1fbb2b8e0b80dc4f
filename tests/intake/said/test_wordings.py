# SPDX-License-Identifier: Apache-2.0
"""Promises on utterances in two wordings, as translations there and back have them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.examined import Examined
from debar.intake.said.alike import likeness, meanings, said
from debar.intake.said.clusters import clusters
from debar.intake.said.speakers import speakers, utterances
from debar.model.lexicon import Lexicon, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.intake.seen import Seen
    from debar.register import Register

_TABLE = Path(__file__).parents[2] / "data" / "intake" / "wordings.tsv"
_FOUND = 0.75
"""Share of the pairs of the table that are found at least."""


class _Told(NamedTuple):
    speaker: str
    pairs: list[tuple[str, str]]


def _stories() -> Iterator[_Told]:
    """Yield who speaks in the table, with what is said in two wordings."""
    for block in _TABLE.read_text(encoding="utf-8").split("# ")[1:]:
        speaker, *lines = block.splitlines()
        halves = (line.split(" | ") for line in lines if line)
        yield _Told(speaker, [(one, other) for one, other in halves])


def _examined(seen: Seen, register: Register) -> Examined:
    chains = speakers(seen, register.lexicon)
    return Examined(seen, (), (), (), chains, utterances(seen, chains))


def _paper(told: _Told, side: int) -> str:
    return "\n".join(f"\u201c{pair[side].rstrip('.')},\u201d said {told.speaker}." for pair in told.pairs)


def test_two_wordings_are_one(see: Callable[..., Seen], register: Register) -> None:
    """Of what one person is quoted with in two papers, most is found to be one, and nothing is that is not."""
    found = wanted = 0
    for told in _stories():
        papers = [_examined(see(_paper(told, side), id_="ab"[side]), register) for side in (0, 1)]
        starts = [[_paper(told, side).index(pair[side].rstrip(".")) for pair in told.pairs] for side in (0, 1)]
        number = {("ab"[side], start): at for side in (0, 1) for at, start in enumerate(starts[side])}
        wanted += len(told.pairs)
        for quote in clusters(papers, register.lexicon):
            which = [number[span.document, span.start] for span in quote.spans]
            assert all(one == other for one, other in combinations(which, 2)), quote.text
            found += len(which) == len(papers)

    assert found >= _FOUND * wanted


def test_a_word_may_have_several_meanings() -> None:
    """A word that stands in two groups is like words of both, and those are not like one another."""
    groups = (("order", "decision"), ("order", "purchase"))
    lexicon = Lexicon(words=tuple(Words(id=one[1], purpose="same-meaning", words=one) for one in groups))
    meant = meanings(lexicon)
    order, decision, purchase = (
        said(f"The {word} surprised dealers badly", "Ada", meant) for word in ("order", "decision", "purchase")
    )

    assert likeness(order, decision, {}) == likeness(order, purchase, {}) == 1.0
    assert likeness(decision, purchase, {}) < 1.0


def test_commonplaces_of_a_ban_tell_little(register: Register) -> None:
    """Two statements of one person that share only what everybody says of a ban are two."""
    meant = meanings(register.lexicon)
    one = said("The ban protects users of the software in our country, nothing less", "Ada Brekke", meant)
    other = said("A ban on software alone helps no user; the country wants engineers", "Ada Brekke", meant)

    assert likeness(one, other, {}) == 0.0


def test_one_wording_may_hold_two_sentences(see: Callable[..., Seen], register: Register) -> None:
    """A short quotation of two sentences is one utterance with the wording of another paper that makes one of them."""
    texts = (
        "“We are not tearing anything off the roof. We are changing the lock,” said Ada Brekke.",
        "“We do not tear anything from the roof, we change the lock,” said Ada Brekke.",
    )
    papers = [_examined(see(text, id_=id_), register) for text, id_ in zip(texts, "ab", strict=True)]

    assert [[span.document for span in quote.spans] for quote in clusters(papers, register.lexicon)] == [
        ["a", "a", "b"]
    ]


def test_the_nearest_of_one_person_are_one(see: Callable[..., Seen], register: Register) -> None:
    """What is too unlike by itself is one where each is the nearest of all that one person says, and only of one person."""
    (told,) = (one for one in _stories() if one.speaker == "Kaspersky")
    one, same = (_examined(see(_paper(told, side), id_="ab"[side]), register) for side in (0, 1))
    strange = _examined(see(_paper(told._replace(speaker="Ada Brekke"), 1), id_="b"), register)

    assert [len(quote.spans) for quote in clusters([one, same], register.lexicon)].count(2) >= 2
    assert all(len(quote.spans) == 1 for quote in clusters([one, strange], register.lexicon))


def test_what_only_one_paper_prints_finds_no_fellow(see: Callable[..., Seen], register: Register) -> None:
    """Papers that quote one person with different things have no utterance in common."""
    for told in _stories():
        for number in range(len(told.pairs) - 1):
            texts = (told.pairs[number][0], told.pairs[number + 1][1])
            papers = [
                _examined(see(f"\u201c{text}\u201d said {told.speaker}.", id_=id_), register)
                for text, id_ in zip(texts, "ab", strict=True)
            ]
            assert [len(quote.spans) for quote in clusters(papers, register.lexicon)] == [1, 1], texts
