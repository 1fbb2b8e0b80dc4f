# SPDX-License-Identifier: Apache-2.0
"""The words of the lexicon by which speakers are found, sorted once for looking up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers.once import once
from debar.intake.said.grammar import NATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.lexicon import Lexicon, Words

_PURPOSES = frozenset(
    {
        "say", "say-that", "say-whom", "say-participle", "say-passive", "cite", "according", "shown-to", "between",
        "not-saying", "in-own-words", "aside", "follows", "speech", "legal-form", "motion", "before-place", "opinion", "speaker", "title", "name-end", "not-a-speaker", "audience",
    }
)  # fmt: skip
_AGENTS, _AGENT = ("ers", "ors", "ists", "ians"), 5
_NEVER = re.compile(r"(?!)")


class Speech(NamedTuple):
    """Words of saying."""

    say: frozenset[str]
    say_that: frozenset[str]
    say_whom: frozenset[str]
    between: frozenset[str]
    not_saying: frozenset[str]
    titles: frozenset[str]
    not_speakers: frozenset[str]
    audience: frozenset[str]
    passive: frozenset[str]
    participles: frozenset[str]
    days: frozenset[str]
    """Names of months and weekdays."""
    before_places: frozenset[str]
    """North, New: what follows is no surname."""
    speeches: frozenset[str]
    """What headings stand over: question, reply, statement."""
    motions: frozenset[str]
    """What courts reject: appeals, petitions."""
    opinions: frozenset[str]
    """Nouns for what somebody holds: view, claim."""
    legal_forms: frozenset[str]
    nouns: Mapping[str, str]
    """Kind of speaker by noun."""
    ends: Mapping[str, str]
    """Kind of speaker by the last word of a name."""
    outlets: frozenset[str]
    """Names of outlets in small letters."""
    triggers: re.Pattern[str]
    """Any words that could say who speaks, in small letters: named groups say, cite, according, shown, pronoun."""

    def is_nation(self, word: str) -> bool:
        """Tell whether a word in small letters says where somebody is from, and names nobody: Chinese."""
        return word in self.not_speakers and word.endswith(NATIONS)

    def kind(self, word: str) -> str:
        """Give the kind of speaker for which a noun in small letters stands; empty when it stands for none.

        English forms nouns for people who do something without end: traders, distributors, lobbyists.
        """
        if found := self.nouns.get(word):
            return found
        return "source" if len(word) > _AGENT and word.endswith(_AGENTS) and word.isalpha() else ""


@once
def speech(lexicon: Lexicon) -> Speech:
    """Give the words of saying of a lexicon."""
    words = tuple(one for one in lexicon.words if one.purpose in _PURPOSES)
    outlets = frozenset(
        name.lower() for outlet in lexicon.outlets for name in (outlet.name, *outlet.names) if len(name) > 1
    )
    days = frozenset(
        day
        for language in lexicon.languages
        if language.is_read
        for forms in (*language.months, *language.weekdays)
        for day in forms
    )
    of = {purpose: frozenset(_of(words, purpose)) for purpose in _PURPOSES}
    verbs = of["say"] | of["say-that"] | of["say-participle"]
    return Speech(
        say=of["say"],
        say_that=of["say-that"],
        say_whom=of["say-whom"],
        between=of["between"],
        not_saying=of["not-saying"],
        titles=of["title"],
        not_speakers=of["not-a-speaker"],
        audience=of["audience"],
        passive=of["say-passive"],
        participles=of["say-participle"],
        before_places=of["before-place"],
        days=days,
        motions=of["motion"],
        speeches=of["speech"],
        opinions=of["opinion"],
        legal_forms=of["legal-form"],
        nouns={word: one.means for one in words if one.purpose == "speaker" for word in one.words},
        ends={word: one.means for one in words if one.purpose == "name-end" for word in one.words},
        outlets=outlets,
        triggers=_triggers(
            {
                "pronoun": of["in-own-words"],
                "follows": of["follows"],
                "aside": of["aside"],
                "shown": of["shown-to"],
                "cite": of["cite"],
                "according": of["according"],
                "say": verbs | of["say-passive"],
                "opinion": of["opinion"],
            }
        ),
    )


def _of(words: Iterable[Words], purpose: str) -> Iterable[str]:
    return (word for one in words if one.purpose == purpose for word in one.words)


def _triggers(groups: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """Give one expression for all triggers, the longest of a group first."""
    parts = []
    for name, words in groups.items():
        longest = sorted(words, key=lambda word: (-len(word), word))
        if longest:
            parts.append(f"(?P<{name}>{'|'.join(re.escape(word) for word in longest)})")
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(parts)})(?![\w'-])") if parts else _NEVER
