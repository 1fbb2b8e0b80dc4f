# SPDX-License-Identifier: Apache-2.0
"""One paper examined: everything that can be said of it without its siblings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.intake import gate, readers
from debar.intake.dating import values, words
from debar.intake.dating.words import DateWords
from debar.intake.flat import flat as made_plain
from debar.intake.mentions import citations, names, numbers
from debar.intake.placed import sentence_at
from debar.intake.said import quotes, speakers
from debar.intake.said.speakers import Utterance
from debar.intake.seen import Seen
from debar.intake.sentences import sentences
from debar.model.intake import Paper, Rejected, Statement
from debar.model.vocab.statements import DateBasis, DateRole, Precision, StatedAct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.mentions.names import Gazetteer
    from debar.model.intake import Published, StatedDate
    from debar.model.lexicon import Lexicon

ANNOUNCING = frozenset({StatedAct.ANNOUNCE, StatedAct.ISSUE, StatedAct.LIST, StatedAct.COURT_RULING})
"""Acts that other dates count from: the next day, within 30 days."""


class Examined(NamedTuple):
    """A paper, what was found in it, and the statements it makes."""

    seen: Seen
    words: tuple[DateWords, ...]
    statements: tuple[Statement, ...]
    rejected: tuple[Rejected, ...]
    speakers: tuple[tuple[str, ...], ...]
    """Of each sentence, origin first."""
    utterances: tuple[Utterance, ...]
    is_renamed: bool = False
    """Whether siblings told of names in it after its statements were read."""

    @property
    def paper(self) -> Paper:
        """Give the paper."""
        return self.seen.paper


def examine(paper: Paper, gazetteer: Gazetteer) -> Examined:
    """Give a paper examined by itself.

    1. Sentences, quotations, names, numbers and citations are found, and who speaks in each sentence.
    2. Words of dates are found, and worked out as far as publication tells.
    3. Acts are read; what is announced on a day gives others something to count from, and 2 and 3 are done once more.
    4. Each statement is given who says it.
    """
    flat = made_plain(paper.text)
    parted = sentences(paper, flat)  # 1.
    seen = Seen(
        paper=paper,
        flat=flat,
        sentences=parted,
        quotes=quotes.quotes(paper, flat),
        dates=(),
        mentions=names.find(flat, parted, gazetteer),
        numbers=numbers.find(flat, parted, gazetteer.counting),
        citations=citations.find(flat, parted),
    )
    said = speakers.speakers(seen, gazetteer.lexicon)
    found = words.find(flat, parted, words.of_paper(gazetteer.lexicon.languages, paper.language))  # 2.
    unread = Examined(seen, found, (), (), said, speakers.utterances(seen, said))
    return _dated(unread, gazetteer, values.Context(), before=())


def examine_again(one: Examined, gazetteer: Gazetteer, published: Published, issued: str, year: int) -> Examined:
    """Give a paper with what its siblings lend; what does not rest on dates stays as it was found."""
    paper = replace(one.paper, published=published)
    lent = values.Context(issued=issued, is_sibling=True, year=year)
    return _dated(
        one._replace(seen=one.seen._replace(paper=paper)), gazetteer, lent, before=() if one.is_renamed else (one,)
    )


def _dated(one: Examined, gazetteer: Gazetteer, lent: values.Context, *, before: Sequence[Examined]) -> Examined:
    """Give a paper with its dates worked out and its acts read: steps 2 to 4; `before` is how it was read already."""
    seen, found = one.seen, one.words
    own = lent._replace(
        published=seen.paper.published, quotes=seen.quotes, sentences=seen.sentences, text=seen.paper.text
    )
    seen = seen._replace(dates=values.resolve(found, seen.flat, own))  # 2.
    read = _stated(one._replace(seen=seen), before, gazetteer.lexicon)  # 3. 4.
    announced = _announced(read.statements)
    if announced and any(_is_open(date) for date in seen.dates):
        days = [value for _, value in announced if len(value) == 10]
        own = own._replace(announced=announced, issued=own.issued or (max(days) if days else ""))
        seen = seen._replace(dates=values.resolve(found, seen.flat, own))
        read = _stated(one._replace(seen=seen), (*before, read), gazetteer.lexicon)
    return read


def _stated(one: Examined, before: Sequence[Examined], lexicon: Lexicon) -> Examined:
    """Give a paper with its statements; what an earlier reading took from the same dates is not read again."""
    for earlier in before:
        if earlier.seen == one.seen:
            return earlier
    statements, rejected = _read(one.seen, lexicon)  # 3.
    spoken = tuple(_spoken(statement, one.seen, one.speakers) for statement in statements)  # 4.
    return one._replace(statements=spoken, rejected=rejected, is_renamed=False)


def _read(seen: Seen, lexicon: Lexicon) -> tuple[tuple[Statement, ...], tuple[Rejected, ...]]:
    """Give what readers propose and the gate admits; of a paper in a language that is not read, nothing."""
    if not seen.paper.is_read:
        return (), ()
    proposed = readers.proposed(seen, lexicon)
    admitted: list[Statement] = []
    rejected = list(proposed.doubted)
    for name, proposals in proposed.by_reader:
        passed, failed = gate.admit(proposals, seen, name)
        admitted += passed
        rejected += failed
    return tuple(sorted(admitted, key=lambda one: (one.span, one.id))), tuple(rejected)


def _announced(statements: Sequence[Statement]) -> tuple[tuple[int, str], ...]:
    """Give where and when something is announced, in order."""
    return tuple(
        (one.date.span.start, one.date.value)
        for one in statements
        if one.act in ANNOUNCING
        and one.date
        and one.date.value
        and one.date.role is DateRole.ON
        and one.date.precision is not Precision.DURATION
        and not one.date.value.startswith("X")
    )


def _is_open(date: StatedDate) -> bool:
    return not date.value or date.basis in (DateBasis.EVENT, DateBasis.QUOTE)


def _spoken(statement: Statement, seen: Seen, said: Sequence[tuple[str, ...]]) -> Statement:
    """Give a statement with who says the sentence in which it stands."""
    number = sentence_at(seen.sentences, statement.span.start, statement.span.end)
    return replace(statement, said_by=said[number]) if number >= 0 else statement
