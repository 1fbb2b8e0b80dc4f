# SPDX-License-Identifier: Apache-2.0
"""Names that neither the register nor the lexicon knows: people, organisations, and the supplier of a paper.

A run of words in capitals is a name where it also stands inside a sentence, and never in small letters: headlines
capitalise every word, and each sentence its first.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.capitals import runs
from debar.intake.mentions.entries import PERSON, PRODUCT, SUPPLIER
from debar.intake.mentions.mention import Mention
from debar.intake.said.grammar import EMPTY, NEGATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.mentions.capitals import Read, Roles, Run
    from debar.intake.mentions.spelled import Word

ORGANISATION = "organisation"
_LEADING = 1000
"""Characters in which a paper has said whom it is about."""
_ENOUGH = 2
"""How often the name of a supplier must stand in a paper, and once at least beside words of what is done to it."""
_NAMED = 3
"""Letters of the first word of a supplier's name, where nothing but the paper knows it."""


class _Known(NamedTuple):
    """Known suppliers where a paper says whom it is about."""

    is_titled: bool
    often: int
    """How often the one that is named most stands in the lead."""


def find(flat: str, read: Sequence[Read], words: Roles) -> list[Mention]:
    """Give the names that are not known, in order.

    1. Runs of words in capitals.
    2. People, by what they are called beside their name, and by their last name from then on; organisations, by
       their last word.
    3. The supplier, where title and first paragraphs name none that is known, or name one in passing only.
    """
    every = [run for one in read for run in runs(flat, one, words)]  # 1.
    small = frozenset(word.text for one in read for word in one.words if word.text.islower())
    found = _people(flat, every, words)  # 2.
    taken = {one.start for one in found}
    rest = [run for run in every if run.words[0].start not in taken]
    found += [_mention(flat, run.words, ORGANISATION) for run in rest if _is_organisation(run, words)]
    known = _known(read)  # 3.
    if not known.is_titled:
        taken = {one.start for one in found}
        rest = [run for run in rest if run.words[0].start not in taken and run.words[0].folded not in small]
        found += _suppliers(flat, rest, words, known.often)
    return sorted(found)


def _people(flat: str, runs: Iterable[Run], words: Roles) -> list[Mention]:
    named: dict[str, str] = {}
    found: list[Mention] = []
    for run in runs:
        last = run.words[-1].folded
        if _is_person(run, words):
            id_ = " ".join(word.folded for word in run.words)
            named.setdefault(last, id_)
            found.append(_mention(flat, run.words, PERSON, named[last] if len(run.words) == 1 else id_))
        elif len(run.words) == 1 and last in named:
            found.append(_mention(flat, run.words, PERSON, named[last]))
    return found


def _is_person(run: Run, words: Roles) -> bool:
    """Tell whether a run is a person's name: what somebody is stands before it, or after it in apposition."""
    if any(word.folded in words.organisations or word.folded in words.forms for word in run.words):
        return False
    if not all(word.text.isalpha() and (not word.text.isupper() or len(word.text) == 1) for word in run.words):
        return False
    if run.before and run.before[-1] in words.roles:
        return True
    return len(run.words) > 1 and bool(set(run.after[:3]) & words.roles) and run.after[0] in {"a", "an", "the", "its"}


def _is_organisation(run: Run, words: Roles) -> bool:
    return len(run.words) > 1 and run.words[-1].folded in words.organisations


def _known(read: Iterable[Read]) -> _Known:
    """Tell whether a known supplier stands in the title, and how often one stands early in the main text."""
    read = tuple(read)
    first = next((one.words[0].start for one in read if not one.is_title and one.words), 0)
    named = [(one, known) for one in read for known in one.known if known.kind in (SUPPLIER, PRODUCT)]
    leading = Counter(known.group for one, known in named if not one.is_title and known.start < first + _LEADING)
    return _Known(any(one.is_title for one, _ in named), max(leading.values(), default=0))


def _suppliers(flat: str, runs: Sequence[Run], words: Roles, known: int) -> list[Mention]:
    """Give every mention of the one supplier that the paper is about, by the name that stands in it most often.

    Where a known one stands in the lead, another is the supplier only if a headline and more sentences name it.
    """
    by_first: dict[str, list[Run]] = {}
    for run in runs:
        by_first.setdefault(run.words[0].folded, []).append(run)
    weighed = {
        first: weight
        for first, group in by_first.items()
        if len(group) >= max(_ENOUGH, known + 1) and (not known or any(run.is_title for run in group))
        if _is_name(group, words) and (weight := _weight(group, words))
    }
    if not weighed:
        return []
    first = max(weighed, key=lambda name: (weighed[name], -by_first[name][0].words[0].start))
    id_ = _called(by_first[first], words).replace(" ", "-")
    return [
        _mention(flat, run.words, SUPPLIER, id_)._replace(is_told=run.is_told, group=id_) for run in by_first[first]
    ]


def _is_name(group: Sequence[Run], words: Roles) -> bool:
    """Tell whether a run is a name: it stands inside a sentence, or with the form of a company; letters alone are none."""
    if len(group[0].words[0].text) < _NAMED or group[0].words[0].folded in EMPTY | NEGATIONS:
        return False
    if any(_has_form(run, words) for run in group):
        return True
    return any(run.is_inside and not run.words[0].text.isupper() for run in group)


def _weight(group: Sequence[Run], words: Roles) -> int:
    """Give how much a name looks like that of a supplier whom a measure hits; 0 where nothing is done to it."""
    signs = sum(_is_hit(run, words) + _is_maker(run, words) for run in group)
    titles = 3 * any(run.is_title for run in group)
    return signs and 2 * signs + titles + len(group)


def _is_hit(run: Run, words: Roles) -> bool:
    ends = (run.before[-1:], run.before[-2:])
    return any(end in words.objects for end in ends) or bool(run.after and run.after[0] in words.goods)


def _is_maker(run: Run, words: Roles) -> bool:
    return (
        _has_form(run, words)
        or bool(run.before and run.before[-1] in words.makers)
        or bool(set(run.after[:4]) & words.makers)
    )


def _has_form(run: Run, words: Roles) -> bool:
    return any(word.folded in words.forms for word in run.words[1:])


def _called(group: Sequence[Run], words: Roles) -> str:
    """Give the name as the paper uses it most, without what only says which kind of company it is."""
    counted = Counter(" ".join(word.folded for word in _bare(run.words, words)) for run in group)
    return min(counted, key=lambda name: (-counted[name], len(name), name))


def _bare(name: tuple[Word, ...], words: Roles) -> tuple[Word, ...]:
    while len(name) > 1 and name[-1].folded in words.forms | words.goods:
        name = name[:-1]
    return name


def _mention(flat: str, name: Sequence[Word], kind: str, id_: str = "") -> Mention:
    start, end = name[0].start, name[-1].end
    text = flat[start:end]
    return Mention(start, end, kind, id_ or text.casefold(), text)
