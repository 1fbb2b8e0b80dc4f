# SPDX-License-Identifier: Apache-2.0
"""Promises on who is named as the origin of what passages of many manners say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from quality.intake.naming import is_same

from debar.intake.said.speakers import speakers
from debar.model.vocab.statements import PaperKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.intake.seen import Seen
    from debar.register import Register

_TABLE = Path(__file__).parents[2] / "data" / "intake" / "origins.tsv"
_HANDS = _TABLE.with_name("origins-many-hands.tsv")
_RIGHT, _FOUND = 0.94, 0.9
"""Shares of what many hands wrote: passages that are right, and of those that somebody says, those whose origin is found."""
_LINES = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("%")]
_PIECE = re.compile(r"([^{}]*)\{([^{}]*)\}")


class _Piece(NamedTuple):
    start: int
    end: int
    names: list[str]


def _pieces(line: str) -> Iterator[tuple[str, _Piece]]:
    """Yield the passages of a line, each with its place in the text they make, and the names that are right."""
    at = 0
    for match in _PIECE.finditer(line):
        yield match[1], _Piece(at, at + len(match[1]), match[2].split("|"))
        at += len(match[1])


def _chain(seen: Seen, register: Register, piece: _Piece) -> tuple[str, ...]:
    said = speakers(seen, register.lexicon)
    within = [
        chain
        for chain, one in zip(said, seen.sentences, strict=True)
        if one.start < piece.end
        and one.end > piece.start
        and seen.flat[max(one.start, piece.start) : piece.end].strip()
    ]
    return max(within, key=len, default=())


def _is_right(chain: tuple[str, ...], names: list[str]) -> bool:
    return any(is_same(name, names) for name in chain) if chain else "" in names


def _read(line: str, see: Callable[..., Seen], register: Register) -> list[tuple[str, tuple[str, ...], list[str]]]:
    """Give the passages of a line, each with the chain that is told of it and the names that are right."""
    body, _, paper = line.partition("@")
    kind, _, publisher = paper.partition(":")
    pieces = list(_pieces(body.replace("¶", "\n")))
    text = "".join(passage for passage, _ in pieces)
    seen = see(text, kind=PaperKind(kind) if kind else PaperKind.NEWS, publisher=publisher)

    return [(text[piece.start : piece.end], _chain(seen, register, piece), piece.names) for _, piece in pieces]


@pytest.mark.parametrize("line", _LINES, ids=[line[:50] for line in _LINES])
def test_passage(line: str, see: Callable[..., Seen], register: Register) -> None:
    """Each passage has the origin that a careful reader names, or none where the paper itself speaks."""
    assert [one for one in _read(line, see, register) if not _is_right(one[1], one[2])] == []


def test_passages_by_many_hands(see: Callable[..., Seen], register: Register) -> None:
    """Of passages by many hands most have the right origin, and few have one where the paper itself speaks."""
    lines = [line for line in _HANDS.read_text(encoding="utf-8").splitlines() if not line.startswith("%")]
    told = [one for line in lines for one in _read(line, see, register)]
    right = [one for one in told if _is_right(one[1], one[2])]
    said = [one for one in told if "" not in one[2]]

    assert len(right) >= _RIGHT * len(told)
    assert sum(bool(chain) and _is_right(chain, names) for _, chain, names in said) >= _FOUND * len(said)
    assert sum(bool(chain) for _, chain, names in told if names == [""]) <= 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Question by Deputy Ada Brekke\nWhen do cameras go?\nReply\nThey go in July.", "- / Ada Brekke / - / -"),
        ("Statement of the Trade Ministry\nCameras go.\nThey stay off.", "- / Trade Ministry / Trade Ministry"),
        ("Ada Brekke:\nCameras go.\nKim Solberg:\nThey stay.", "- / Ada Brekke / - / Kim Solberg"),
        ("Question of the day\nCameras go.", "- / -"),
    ],
)
def test_headings(text: str, expected: str, see: Callable[..., Seen], register: Register) -> None:
    """Who stands in a heading speaks up to the next one."""
    said = speakers(see(text), register.lexicon)

    assert " / ".join("+".join(chain) or "-" for chain in said) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Trade Ministry's notice of May provides that cameras go.", "Trade Ministry"),
        ("A report by the Trade Ministry says that cameras go.", "Trade Ministry"),
        ("According to information from the portal Wirebird, cameras go.", "Wirebird"),
        ("According to the data, cameras go.", "-"),
        ("The bill says that cameras go.", "-"),
        ("The order says that cameras go.", "the order"),
        ("From the letter of the Trade Ministry it follows that cameras go.", "Trade Ministry"),
        ("From the data it follows that cameras go.", "-"),
        ("Trade Ministry officials spoke. Its report says that cameras go.", "- / -"),
    ],
)
def test_documents_speak_by_their_author(
    text: str, expected: str, see: Callable[..., Seen], register: Register
) -> None:
    """A document stands for who made it; a matter such as data says nothing by itself."""
    said = speakers(see(text), register.lexicon)

    assert " / ".join("+".join(chain) or "-" for chain in said) == expected
