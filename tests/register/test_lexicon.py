# SPDX-License-Identifier: Apache-2.0
"""Promises of the lexicon: it loads with the register, patterns prove themselves, and none can be read for ever."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from debar.errors import RegisterError
from debar.model.lexicon import Words
from debar.register import check, load, phrases

if TYPE_CHECKING:
    from pathlib import Path

    from debar.register import Register

ACTS, CLUTTER, WORDS = "lexicon/acts/acts.yaml", "lexicon/clutter.yaml", "lexicon/words/words.yaml"
OUTLETS, LANGUAGE = "lexicon/outlets.yaml", "lexicon/languages/xx.yaml"
FILES = {
    ACTS: """\
- id: banned-to-sell
  act: prohibit.sell
  pattern: <banned> <3>from selling
  weight: 6
  examples: [It is banned with effect from selling.]
  counterexamples: [It is banned.]
""",
    CLUTTER: """\
- id: share
  pattern: share (?:this|it)
  examples: [Share this]
  counterexamples: [They share this view.]
""",
    WORDS: """\
- id: banned
  purpose: forbidding
  words: [banned, barred]
""",
    OUTLETS: """\
- id: gazette
  name: The Gazette
  kind: news
  hosts: [gazette.example]
""",
    LANGUAGE: f"""\
id: xx
name: Ex
words: [le, la]
months: {[[f"m{n}"] for n in range(12)]}
weekdays: {[[f"d{n}"] for n in range(7)]}
""",
}
LISTS = {"banned": Words(id="banned", purpose="forbidding", words=("banned", "barred", "bans*"))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register with one noun of each part of the lexicon."""
    home: Path = small.write(tmp_path / "register")
    for name, content in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content)
    return home


def test_what_the_others_break_is_whole(folder: Path) -> None:
    """The small lexicon has no fault, and holds one of each."""
    register, faults = check.faults(folder, small.TODAY)
    assert [] == faults
    lexicon = register.lexicon
    assert [1] * 5 == [
        len(part) for part in (lexicon.acts, lexicon.clutter, lexicon.words, lexicon.outlets, lexicon.languages)
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (ACTS, "weight: 6", "weight: 10", "weight 10 is not one of 1 to 9"),
        (ACTS, "It is banned with effect from selling.", "It is sold.", "the pattern does not find 'It is sold.'"),
        (ACTS, "[It is banned.]", "[It is barred from selling.]", "the pattern finds 'It is barred from selling.'"),
        (ACTS, "counterexamples: [It is banned.]", "counterexamples: []", "at least one sentence of each kind"),
        (ACTS, "<banned> <3>", "<baned> <3>", "<baned> is no list of words"),
        (ACTS, "<banned> <3>", "<banned> <21>", "<21> spans more than 20 words"),
        (ACTS, "from selling\n", "(?:[a-z]{1,9}){1,9} selling\n", "a repeat inside a repeat"),
        (ACTS, "from selling\n", "from [a-z ]* selling\n", "a repeat without bound"),
        (ACTS, "from selling\n", "<19><19><19><19>selling\n", "can share out a text in"),
        (ACTS, "from selling\n", "From selling\n", "small letters"),
        (ACTS, "from selling\n", "(from selling\n", "no regular expression"),
        (ACTS, "<banned> <3>from selling", "(?:from selling)?", "fits everything"),
        (CLUTTER, "[They share this view.]", "[Share it]", "the pattern finds 'Share it'"),
        (WORDS, "[banned, barred]", "[]", "a list of words without words"),
        (WORDS, "[banned, barred]", "[banned, banned]", "'banned' stands twice"),
        (WORDS, "[banned, barred]", "[banned, '']", "'' is no word"),
        (OUTLETS, "hosts: [gazette.example]", "hosts: []", "it has neither"),
        (OUTLETS, "gazette.example", "Gazette/Example", "is no host"),
        (LANGUAGE, "words: [le, la]", "words: []", "there are none"),
        (LANGUAGE, "['m3'], ", "", "11 months: there are 12"),
        (LANGUAGE, "['d3']", "[]", "has no name"),
        (LANGUAGE, "['d3']", "[Day]", "small letters"),
        (LANGUAGE, "id: xx", "id: yy", "must equal the file's name"),
    ],
)
def test_a_fault_is_told_with_its_place(folder: Path, file: str, old: str, new: str, said: str) -> None:
    """Each is one line, and names the file."""
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    faults = check.faults(folder, small.TODAY)[1]
    assert any(said in fault and f"register/{file}:" in fault for fault in faults), faults


def test_an_id_stands_once_in_its_part(folder: Path) -> None:
    """Two patterns may not share an id; a pattern and a list of words may."""
    (folder / "lexicon/acts/more.yaml").write_text(FILES[ACTS])
    (folder / WORDS).write_text(f"{FILES[WORDS]}- id: share\n  purpose: other\n  words: [a]\n")
    faults = check.faults(folder, small.TODAY)[1]
    assert ["id 'banned-to-sell' is taken by register/lexicon/acts/acts.yaml:1"] == [
        f.split(": ", 1)[1] for f in faults
    ]


def test_a_file_of_no_part_is_told(folder: Path) -> None:
    """A folder whose name is misspelt would otherwise be left out silently."""
    (folder / "lexicon/act").mkdir()
    (folder / "lexicon/act/a.yaml").write_text("[]\n")
    assert any("is no part of the lexicon" in fault for fault in check.faults(folder, small.TODAY)[1])


def test_an_added_directory_adds_words(folder: Path, tmp_path: Path) -> None:
    """What an organisation adds is proven when it is loaded, and may use lists that ship."""
    own = tmp_path / "own"
    (own / "lexicon/acts").mkdir(parents=True)
    (own / "lexicon/acts/own.yaml").write_text(FILES[ACTS].replace("banned-to-sell", "own-pattern"))
    assert ["banned-to-sell", "own-pattern"] == [act.id for act in load.load(folder, [own]).lexicon.acts]


@pytest.mark.parametrize("word", ["ban", "no", "sale", "must", "order", "a", "0000", '"', ","])
def test_every_pattern_that_ships_comes_to_an_end(register: Register, word: str) -> None:
    """Each is bounded, and is through with a text that was made to slow it: one of its words again and again."""
    lists = phrases.lists(register.lexicon.words)
    text = " ".join([word] * 700)
    for pattern in [one.pattern for part in (register.lexicon.acts, register.lexicon.clutter) for one in part]:
        assert phrases.fault(pattern, lists) == ""
        found = re.search(phrases.expression(pattern, lists), text)
        assert found is None or len(found[0]) <= len(text)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("<banned> <2>sale", "banned of the sale", True),
        ("<banned> <2>sale", "banned in all of the sale", False),
        ("<banned> <9>sale", "banned while it is on sale", False),
        ("<banned> <9>sale", "banned until 5 may the sale", True),
        ("<banned> sale", "banned      sale", True),
        ("<banned> sale", "unbanned sale", False),
        ("<banned> sale", "banned sales", False),
        ("<forbidding> sale", "barred sale", True),
        ("comments ?[(]3[)]", "comments(3)", True),
        ("<banned> sale", "banshee sale", True),
    ],
)
def test_a_pattern_means_what_it_says(pattern: str, text: str, found: object) -> None:
    """Lists are whole words, gaps end with a clause, spaces are any number of spaces."""
    expression = phrases.expression(pattern, phrases.lists(LISTS.values()))
    assert found is bool(re.search(expression, text))


@given(st.text())
def test_small_letters_keep_their_place(text: str) -> None:
    """Offsets in the text in small letters are those in the text."""
    assert len(text) == len(phrases.small(text))


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        (
            "pattern: <banned> <3>from selling",
            "pattern: (<banned> selling",
            "3",
            "no regular expression of bounded repeats",
        ),
        (
            "pattern: <banned> <3>from selling",
            "pattern: '[[a] selling'",
            "3",
            "no regular expression of bounded repeats",
        ),
        (
            "pattern: <banned> <3>from selling",
            "pattern: '(?>(?:a{1,9}b){1,9}) selling'",
            "3",
            "a repeat inside a repeat",
        ),
        ("act: prohibit.sell", "act: prohibit.sel", "2", "did you mean 'prohibit.sell'"),
        ("weight: 6", "is_denied: perhaps", "4", "is_denied"),
        ("It is banned with effect from selling.", "It is banned from buying.", "5", "the pattern does not find"),
    ],
)
def test_a_lexicon_of_ones_own_is_refused_with_its_place(folder: Path, tmp_path: Path, old: str, new: str, place: str, said: str) -> None:  # fmt: skip
    """What cannot be read is named by file and line, with every verb and before any text is read."""
    own = tmp_path / "own"
    for name in (ACTS, WORDS):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
    assert old in FILES[ACTS]
    (own / ACTS).write_text(FILES[ACTS].replace(old, new).replace("id: banned-to-sell", "id: own-to-sell"))
    with pytest.raises(RegisterError) as caught:
        load.load(folder, (own,))
    assert f"acts.yaml:{place}:" in caught.value.message
    assert said in caught.value.message
    assert "debar register check" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("purpose", "means", "said"),
    [
        ("addressee", "everybody", "cannot mean 'everybody'"),
        ("deed", "selling", "did you mean 'sell'"),
        ("doing", "jump", "one of fund"),
        ("demanded", "removal", "did you mean 'remove'"),
        ("scope", "public", "who:public"),
    ],
)
def test_a_list_means_a_word_that_is_known(folder: Path, purpose: str, means: str, said: str) -> None:
    """A list whose meaning nothing knows would fail, or be left out unseen, when a paper is read."""
    (folder / WORDS).write_text(
        FILES[WORDS] + f"- id: own\n  purpose: {purpose}\n  means: {means}\n  words: [somebody]\n"
    )
    faults = check.faults(folder, small.TODAY)[1]
    assert any("words.yaml:6" in str(one) and said in str(one) for one in faults), [str(one) for one in faults]
