# SPDX-License-Identifier: Apache-2.0
"""Promises about spellings: whatever becomes comparable to a pattern is found by bytes."""

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from values import indicator

from debar.match import bulk
from debar.match.compile import compile_index
from debar.match.kernel import meet
from debar.match.spellings import spelled
from debar.model.vocab import Kind, Operator

WORDS = [
    "zte",
    "касперский",
    "卡巴斯基",
    "カスペルスキー",
    "카스퍼스키",
    "éclair",
    "straße",
    "αιών",
    "σοφός",
    "ﬁx",
    "萤石",
]


@st.composite
def disguised(draw: st.DrawFn) -> tuple[str, str]:
    """Give a word, and the same word with letters replaced by others that may become them."""
    word = draw(st.sampled_from(WORDS))
    letters = [draw(st.sampled_from(FORMS.get(letter, [letter]))) for letter in word]
    text = "".join(letters)
    return word, draw(st.sampled_from([text, unicodedata.normalize("NFD", text), unicodedata.normalize("NFKC", text)]))


def _forms() -> dict[str, list[str]]:
    """Give for each letter of the words the characters whose folded form begins with it."""
    found: dict[str, list[str]] = {letter: [letter, letter.upper()] for word in WORDS for letter in word}
    for n in (*range(0x80, 0xD800), *range(0xE000, 0x20000)):
        folded = unicodedata.normalize("NFKC", chr(n)).casefold()
        if folded and folded[0] in found:
            found[folded[0]].append(chr(n))
    return found


FORMS = _forms()


INDEXES = {
    kind: compile_index([indicator(kind, operator, word) for word in WORDS])
    for kind, operator in ((Kind.NAME, Operator.PHRASE), (Kind.MODEL, Operator.REGEX))
}


@pytest.mark.parametrize("kind", [Kind.NAME, Kind.MODEL])
@settings(max_examples=300)
@given(data=st.lists(disguised(), min_size=1, max_size=4))
def test_no_letter_hides_a_value(kind: Kind, data: list[tuple[str, str]]) -> None:
    """Wide, circled, joined, taken apart or capital: what reads as the word is found as by asking each value."""
    index = INDEXES[kind]
    values = [text for _, text in data]
    batch = bulk.kernel(index, kind, pa.array(values))
    expected = [(row, position) for row, value in enumerate(values) for position in meet(index.tables[kind], value)]
    assert expected == list(zip(batch["row"].to_pylist(), batch["indicator"].to_pylist(), strict=True))


@pytest.mark.parametrize("word", [w for w in WORDS if w != "éclair"])
def test_words_of_other_scripts_are_looked_for(word: str) -> None:
    """A word in another script has an expression, so that not every value in that script is asked."""
    found = spelled(compile_index([indicator(Kind.NAME, Operator.PHRASE, word)]), Kind.NAME)
    assert (False, False) == (found.all_doubtful, found.foreign_doubtful)


def test_a_short_word_is_looked_for_as_a_word() -> None:
    """Three letters stand inside many words; with its edges, the word itself is rare."""
    found = spelled(compile_index([indicator(Kind.NAME, Operator.PHRASE, "zte")]), Kind.NAME)
    assert b"[^a-z0-9]zte[^a-z0-9]" in found.expressions


def test_an_ordinary_word_is_not_looked_for() -> None:
    """Of a phrase, the word is looked for that other values rarely hold."""
    found = spelled(compile_index([indicator(Kind.NAME, Operator.PHRASE, "acme security technology")]), Kind.NAME)
    assert any(b"acme" in e for e in found.expressions)
    assert not any(b"security" in e or b"technology" in e for e in found.expressions)


@pytest.mark.parametrize(
    ("kind", "operator", "pattern"),
    [
        (Kind.MODEL, Operator.REGEX, r"\d{4}"),
        (Kind.NAME, Operator.REGEX, "(?i)x"),
        (Kind.MAC, Operator.PREFIX, "aa:b"),
        (Kind.IP, Operator.WITHIN, "::/0"),
        (Kind.REGISTRY, Operator.REGEX, "klm"),
    ],
)
def test_what_is_certain_of_nothing_makes_every_value_doubtful(kind: Kind, operator: Operator, pattern: str) -> None:
    """Where no bytes are certain, every value is asked rather than lost."""
    assert spelled(compile_index([indicator(kind, operator, pattern)]), kind).all_doubtful
