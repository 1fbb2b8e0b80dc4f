# SPDX-License-Identifier: Apache-2.0
"""What would follow from each answer to a question of the register."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.model.measures import Condition, Measure, Provision  # noqa: TC001 - fields of a tuple
from debar.model.results import Outcome
from debar.model.vocab import Instrument
from debar.obligations import conditions
from debar.obligations.findings import PRODUCED_IN, SUPPLIES
from debar.obligations.reach import MADE_WHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.register import Register

_SHOWN = 3
"""Provisions that a sentence names; the question lists them all."""
OTHERWISE = "anything else"


class Use(NamedTuple):
    """One place where a fact decides something."""

    measure: Measure
    provision: Provision
    condition: Condition | None
    """Null where it only gives a deadline its day, or tells an origin."""
    is_lifting: bool = False
    """It decides about an exemption or a waiver."""

    @property
    def name(self) -> str:
        """measure#provision."""
        return f"{self.measure.id}#{self.provision.id}"


def uses(register: Register) -> dict[str, list[Use]]:
    """Give, by fact, every place in the register where it decides something."""
    found: dict[str, list[Use]] = defaultdict(list)
    for measure in register.measures.values():
        for provision in measure.provisions:
            for fact, use in _of_provision(measure, provision):
                found[fact].append(use)
    return found


def _of_provision(measure: Measure, provision: Provision) -> Iterator[tuple[str, Use]]:
    for condition in provision.conditions:
        yield condition.fact, Use(measure, provision, condition)
    own = {*provision.conditions}
    for condition in conditions.of_provision(measure, provision):
        if condition not in own:
            yield condition.fact, Use(measure, provision, condition, is_lifting=True)
    if provision.deadline and not dates.is_date(provision.deadline.after):
        yield provision.deadline.after, Use(measure, provision, None)


def fact_of(provision: Provision, measure: Measure, missing: str) -> str:
    """Give the fact behind an open question of a finding, or nothing where no fact answers it."""
    if missing == SUPPLIES:
        return SUPPLIES
    if missing == MADE_WHERE:
        return PRODUCED_IN
    every = conditions.of_provision(measure, provision)
    return next((condition.fact for condition in every if condition.id == missing), "")


def form(decided: Iterable[Use], fact: str) -> str:
    """Give how an answer is written: a word, date, number or country."""
    if fact == PRODUCED_IN:
        return "country"
    asked = [use.condition for use in decided]
    if any(one and one.above for one in asked):
        return "number"
    return "date" if fact != SUPPLIES and all(not one or one.not_before or one.before for one in asked) else "word"


def words(decided: Iterable[Use], fact: str) -> tuple[str, ...]:
    """Give the words that can answer it, "no" last; none for a date, number or country."""
    if fact == SUPPLIES:
        return ("yes", "no")
    if form(decided := tuple(decided), fact) != "word":
        return ()
    known = {use.condition.equals for use in decided if use.condition}
    return (*sorted(known - {"no"}), "no")


def outcomes(decided: Sequence[Use], fact: str) -> tuple[Outcome, ...]:
    """Give what would follow from each answer; of dates and numbers, from those on either side of each border."""
    if fact == PRODUCED_IN:
        said = f"tells whether what goes by origin reaches it: {_several([_short(use) for use in decided])}"
        return (Outcome(answer="the country", says=said),)
    if fact == SUPPLIES:
        return (
            Outcome(answer="yes", says="you integrate it: what is said of integrating holds for you"),
            Outcome(answer="no", says="nothing is said about integrating it"),
        )
    found = [Outcome(answer=answer, says=_says(decided, answer)) for answer in words(decided, fact)]
    found += _bordered(decided)
    dated = [use for use in decided if use.condition is None]
    if dated:
        found.append(Outcome(answer="the day", says=_several([_counted(use) for use in dated])))
    return tuple(found)


def _says(decided: Sequence[Use], answer: str) -> str:
    fulfilled = [use for use in decided if use.condition and use.condition.equals == answer and not _is_bordered(use)]
    if fulfilled:
        return _several([_effect(use) for use in fulfilled])
    only_lifting = all(use.is_lifting for use in decided if use.condition)
    return "the case is not taken out" if only_lifting else "what asks for another answer does not apply"


def _bordered(decided: Iterable[Use]) -> Iterator[Outcome]:
    """Yield what follows beyond each border of a date or number."""
    by_border: dict[str, list[str]] = defaultdict(list)
    for use in decided:
        if use.condition and _is_bordered(use):
            by_border[_border(use.condition)].append(_effect(use))
    for border, effects in by_border.items():
        yield Outcome(answer=border, says=_several(effects))
    if by_border:
        yield Outcome(answer=OTHERWISE, says="what asks for it does not apply")


def _is_bordered(use: Use) -> bool:
    asked = use.condition
    return bool(asked and (asked.not_before or asked.before or asked.above))


def _border(condition: Condition) -> str:
    if condition.above:
        return f"more than {condition.above}"
    since, until = condition.not_before, condition.before
    if since and until:
        return f"from {since}, before {until}"
    return f"{since} or later" if since else f"before {until}"


def _effect(use: Use) -> str:
    """Give what a provision would do, if nothing else takes the case out."""
    if use.is_lifting:
        return f"exempt: {_short(use)}"
    proposed = use.measure.instrument is Instrument.PROPOSAL
    word = "proposed" if proposed else use.provision.modality.replace("-", " ")
    return f"{word}: {_short(use)}"


def _short(use: Use) -> str:
    return f"{', '.join(use.provision.acts)} [{use.name}]"


def _counted(use: Use) -> str:
    deadline = use.provision.deadline
    if deadline is None:  # a use without a condition is that of a deadline
        return _short(use)
    unit = deadline.unit.replace("-", " ")
    unit = unit.removesuffix("s") if deadline.amount == 1 else unit
    when = f"{deadline.amount} {unit} after it" if deadline.amount else "by that day"
    return f"due {when}: {_short(use)}"


def _several(phrases: Iterable[str]) -> str:
    """Give the first few of some phrases, and how many there are besides."""
    each = list(dict.fromkeys(phrases))
    more = [f"and {len(each) - _SHOWN} more"] if len(each) > _SHOWN else []
    return "; ".join([*each[:_SHOWN], *more])
