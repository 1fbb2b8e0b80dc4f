# SPDX-License-Identifier: Apache-2.0
"""The lexicon: patterns that are read in bounded time and prove themselves, languages that are whole, lists of words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.errors import did_you_mean
from debar.model.vocab import AddresseeKind
from debar.model.vocab.statements import StatedAct
from debar.register import phrases
from debar.register.checks import names
from debar.register.checks.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.lexicon import ActPattern, Clutter, Language, Outlet, Words

_MONTHS, _DAYS = 12, 7
_DEEDS = tuple(sorted(act.partition(".")[2] for act in StatedAct if act.startswith("prohibit.")))
_MEANINGS: dict[str, tuple[str, ...]] = {
    "addressee": tuple(AddresseeKind),
    "deed": _DEEDS,
    "doing": _DEEDS,
    "demanded": tuple(sorted(act.partition(".")[2] for act in StatedAct if act.startswith("require."))),
}
"""What lists of a purpose can mean, where that is a word of the vocabulary."""
_SCOPE = re.compile(r"[a-z-]+:[a-z-]+")
_WEIGHTS = range(1, 10)


def act_faults(act: ActPattern, lists: Mapping[str, Words]) -> Iterator[Fault]:
    """Yield the faults of a pattern of an act: a weight that is none, and what its sentences do not prove."""
    if act.weight not in _WEIGHTS:
        yield Fault(("weight",), f"weight {act.weight} is not one of 1 to 9")
    yield from _proven(act, lists, whole=False)


def clutter_faults(clutter: Clutter, lists: Mapping[str, Words]) -> Iterator[Fault]:
    """Yield the faults of a pattern of lines."""
    yield from _proven(clutter, lists, whole=True)


def _proven(noun: ActPattern | Clutter, lists: Mapping[str, Words], *, whole: bool) -> Iterator[Fault]:
    """Yield what is wrong with a pattern, or each sentence of it that it finds and must not, or the other way round."""
    if said := phrases.fault(noun.pattern, lists):
        yield Fault(("pattern",), f"pattern {noun.pattern[:60]!r}: {said}")
        return
    for field in ("examples", "counterexamples"):
        if not getattr(noun, field):
            yield Fault((field,), "a pattern proves itself by at least one sentence of each kind")
    compiled = re.compile(phrases.expression(noun.pattern, lists))
    find = compiled.fullmatch if whole else compiled.search
    for number, sentence in enumerate(noun.examples):
        if not find(phrases.small(sentence)):
            yield Fault(("examples", number), f"the pattern does not find {sentence!r}")
    for number, sentence in enumerate(noun.counterexamples):
        if find(phrases.small(sentence)):
            yield Fault(("counterexamples", number), f"the pattern finds {sentence!r}")


def language_faults(language: Language) -> Iterator[Fault]:
    """Yield the faults of a language: words that do not tell it, a year or a week that is not whole."""
    if not language.words:
        yield Fault(("words",), "a language is told by its words: there are none")
    for field, count in (("months", _MONTHS), ("weekdays", _DAYS)):
        found = getattr(language, field)
        if len(found) != count:
            yield Fault((field,), f"{len(found)} {field}: there are {count}")
        for number, forms in enumerate(found):
            if not forms:
                yield Fault((field, number), "has no name")
            if any(form != form.lower() for form in forms):
                yield Fault((field, number), "names are compared in small letters")


def outlet_faults(outlet: Outlet) -> Iterator[Fault]:
    """Yield the faults of an outlet: nothing to know it by, a host that is no host."""
    if not outlet.hosts and not outlet.names:
        yield Fault((), "an outlet is known by a host or by a name: it has neither")
    for number, host in enumerate(outlet.hosts):
        if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*", host):
            yield Fault(("hosts", number), f"{host!r} is no host: example.com, or gov for all of them")


def words_faults(words: Words) -> Iterator[Fault]:
    """Yield the faults of a list of words: none, an empty one, one that stands twice."""
    if not words.words:
        yield Fault(("words",), "a list of words without words")
    for number, word in enumerate(words.words):
        if not word.strip() or word != word.strip():
            yield Fault(("words", number), f"{word!r} is no word")
    if said := _meaning_fault(words):
        yield Fault(("means",), said)
    for word in names.repeated(words.words):
        yield Fault(("words",), f"{word!r} stands twice")


def _meaning_fault(words: Words) -> str:
    """Give why a list of a purpose cannot mean what it says; empty where it can, or where any word will do."""
    if words.purpose == "scope":
        return "" if _SCOPE.fullmatch(words.means) else f"{words.means!r} is no scope: write who:public or network:core"
    known = _MEANINGS.get(words.purpose)
    if known is None or words.means in known:
        return ""
    near = did_you_mean(words.means, known)
    return f"a list of the purpose {words.purpose} cannot mean {words.means!r}{near or ': one of ' + ', '.join(known)}"
