# SPDX-License-Identifier: Apache-2.0
"""Measures of the register that papers may be about, and how well what they say fits each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab.parties import RelationKind
from debar.model.vocab.statements import MEANS, Precision

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from debar.intake.examined import Examined
    from debar.model.intake import Statement
    from debar.model.measures import Measure, Party, Target
    from debar.register import Register

_CITED, _MADE, _STAGE, _PAST, _MONTH, _ACT, _AUTHORITY = 20.0, 3.0, 2.0, 1.0, 0.5, 0.5, 0.5
"""What speaks for a measure: its citation decides; then the day it was made, a day from which it holds, a day of its
history. A month that holds one of these, its acts and its authority only tell between measures whose days fit."""
_LEAST = 2.0
"""A day of the law itself must fit, or two of the history."""
_SECTION = re.compile(r"\bsec\. ?")


class _Days(NamedTuple):
    made: frozenset[str]
    stages: frozenset[str]
    past: frozenset[str]


def members(supplier: str, register: Register) -> frozenset[str]:
    """Give the ids of parties whose measures are told under the name of one."""
    listed = register.lexicon.words
    return frozenset(
        {supplier, *(word for one in listed if one.purpose == "group" and one.means == supplier for word in one.words)}
    )


def candidates(supplier: str, jurisdiction: str, register: Register) -> tuple[Measure, ...]:
    """Give the measures of a jurisdiction that hit a supplier: by name, by their list, or by where it is from and what it makes."""
    if not supplier or not jurisdiction:
        return ()
    ids = members(supplier, register)
    parties = [register.parties[id_] for id_ in sorted(ids) if id_ in register.parties]
    listed = {tie.to for party in parties for tie in party.relations if tie.kind == RelationKind.LISTED}
    return tuple(
        measure
        for measure in register.measures.values()
        if measure.jurisdiction == jurisdiction
        and (measure.id in listed or any(_is_hit(one.targets, ids, parties) for one in measure.provisions))
    )


def _is_hit(targets: Target, ids: Collection[str], parties: Sequence[Party]) -> bool:
    """Tell whether targets name a party, or the country of one that makes what they are about."""
    if set(targets.parties) & set(ids):
        return True
    return any(
        party.country in targets.origins
        and any(set(product.categories) & set(targets.categories) for product in party.products)
        for party in parties
    )


def best(measures: Sequence[Measure], papers: Iterable[Examined]) -> str:
    """Give the id of the measure that papers fit best; empty when none fits, or two fit equally."""
    papers = tuple(papers)
    statements = [statement for one in papers for statement in one.statements]
    cited = {cited.value for one in papers for cited in one.seen.citations}
    authorities = {mention.id for one in papers for mention in one.seen.mentions if mention.kind == "authority"}
    fits = sorted(((_fit(measure, statements, cited, authorities), measure.id) for measure in measures), reverse=True)
    if not fits or fits[0][0] < _LEAST or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return ""
    return fits[0][1]


def is_cited(measure: Measure, cited: Collection[str]) -> bool:
    """Tell whether one of the citations is that of a measure."""
    own = {_SECTION.sub("section ", part.strip()) for part in measure.cite.split(";")}
    return bool(own & set(cited))


def _fit(
    measure: Measure, statements: Sequence[Statement], cited: Collection[str], authorities: Collection[str]
) -> float:
    """Give how well statements fit a measure: each of its days counts once, however many papers repeat it."""
    days = _days(measure)
    stated = {one.date.value for one in statements if one.date and one.date.precision is Precision.DAY}
    months = {one.date.value for one in statements if one.date and one.date.precision is Precision.MONTH}
    weight = _MADE * len(days.made & stated) + _STAGE * len(days.stages & stated) + _PAST * len(days.past & stated)
    weight += _MONTH * len(months & {day[:7] for day in days.made | days.stages})
    weight += _CITED * is_cited(measure, cited)
    if weight < _LEAST:
        return 0.0
    acts = {act for provision in measure.provisions for act in provision.acts}
    told = {one.act for one in statements if one.act in MEANS and acts & set(MEANS[one.act][1])}
    return weight + _ACT * len(told) + _AUTHORITY * (measure.authority in authorities)


def _days(measure: Measure) -> _Days:
    """Give the days of a measure, each in the first of the groups to which it belongs."""
    made = {measure.issued[:10], measure.published[:10]} - {""}
    stages = {provision.applies_from[:10] for provision in measure.provisions} - made - {""}
    past = {event.day[:10] for event in measure.history} - made - stages - {""}
    return _Days(frozenset(made), frozenset(stages), frozenset(past))
