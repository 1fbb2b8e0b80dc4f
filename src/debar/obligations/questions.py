# SPDX-License-Identifier: Apache-2.0
"""What nobody has answered: each fact once, with what hangs on it, the most first."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from debar.model.results import OpenQuestion
from debar.model.vocab import Instrument, MeasureStatus, Status
from debar.obligations.demands import FORCE
from debar.obligations.findings import PRODUCED_IN, SUPPLIES, SUPPLIES_QUESTION
from debar.obligations.outcomes import Use, fact_of, form, outcomes, uses, words
from debar.obligations.plan import provisions_of
from debar.obligations.question import is_among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from debar.model.measures import Organisation
    from debar.model.results import Exposure, Finding, Obligation
    from debar.register import Register

_ORIGIN_QUESTION = "In which country were the devices produced?"
_DAY_QUESTION = "On which day was this: {event}? A deadline counts from it."
_LAST_QUESTION = "On which day was this last done: {action} The next time counts from it."


class _Open(msgspec.Struct):
    """What hangs on one fact; it grows."""

    undetermined: int = 0
    exempting: int = 0
    undated: int = 0
    exposures: set[str] = msgspec.field(default_factory=set)
    provisions: set[str] = msgspec.field(default_factory=set)


def questions(
    findings: Iterable[Finding],
    exposures: Iterable[Exposure],
    obligations: Iterable[Obligation],
    register: Register,
    asking: Organisation,
    weights: Mapping[str, int] = MappingProxyType({}),
) -> tuple[OpenQuestion, ...]:
    """Give the facts that leave findings undetermined, might exempt from them, or leave their duties without a day.

    Questions that no fact answers, such as whether a weak sign is right, are not among them: evidence settles those.
    `weights` says of exposures, by their ids, how many each of them stands for.
    """
    provisions, opened = provisions_of(register), defaultdict[str, _Open](_Open)
    undated = {id_ for one in obligations if not one.due and one.provisions for id_ in one.findings}
    for (name, status, missing, is_undated), many in _alike(findings, undated).items():
        measure, provision = register.measures[name.partition("#")[0]], provisions[name]
        for fact in {fact_of(provision, measure, one) for one in missing} - {""}:
            hangs = _hangs(opened[fact], name, many)
            is_open, count = status == Status.UNDETERMINED, _weight(many, weights)
            hangs.undetermined += count * is_open
            hangs.exempting += count * (not is_open)
        if is_undated and status in _DUTIES and provision.deadline:
            _hangs(opened[provision.deadline.after], name, many).undated += _weight(many, weights)
    assets = {exposure.id: exposure.asset for exposure in exposures}
    decided = uses(register)
    found = [_question(fact, hangs, decided, asking, assets, weights) for fact, hangs in opened.items()]
    return tuple(sorted(found, key=lambda one: (-one.undetermined, -one.exempting, -one.undated, one.fact)))


_DUTIES = frozenset({Status.REQUIRED.value, Status.ADVISED.value})
_DEMANDING = frozenset(status.value for status in FORCE)


def _weight(exposures: Collection[str | None], weights: Mapping[str, int]) -> int:
    return sum(weights.get(one or "", 1) for one in exposures) if weights else len(exposures)


def _alike(
    findings: Iterable[Finding], undated: Collection[str]
) -> dict[tuple[str, str, tuple[str, ...], bool], list[str | None]]:
    """Give the exposures of findings on which something may hang, by all that decides it; there may be millions."""
    found: dict[tuple[str, str, tuple[str, ...], bool], list[str | None]] = defaultdict(list)
    for finding in findings:
        status, is_undated = finding.status._value_, finding.id in undated
        if is_undated or (finding.missing and status in _DEMANDING):
            found[finding.provision, status, finding.missing, is_undated].append(finding.exposure)
    return found


def _hangs(hangs: _Open, provision: str, exposures: Iterable[str | None]) -> _Open:
    """Give what hangs on a fact with more findings."""
    hangs.provisions.add(provision)
    hangs.exposures.update(filter(None, exposures))
    return hangs


def askable(register: Register, asking: Organisation, facts: Iterable[str] = ()) -> tuple[OpenQuestion, ...]:
    """Give the questions of the measures that may bind an organisation, whatever it has; those that decide most first.

    What it has answered is left out. What only a waiver or exemption asks is left out too, unless it is among `facts`.
    """
    wanted = set(facts)
    found = []
    for fact, every in uses(register).items():
        binding = [use for use in every if _binds(use, asking)]
        deciding = [use for use in binding if use.condition and not use.is_lifting]
        if fact in asking.facts or not (deciding or (fact in wanted and binding)):
            continue
        hangs = _Open(provisions={use.name for use in binding})
        found.append(_question(fact, hangs, {fact: binding}, asking, {}, {}))
    return tuple(sorted(found, key=lambda one: (-len(one.provisions), one.fact)))


def _binds(use: Use, asking: Organisation) -> bool:
    measure, provision = use.measure, use.provision
    is_live = measure.status is MeasureStatus.ACTIVE and measure.instrument is not Instrument.PROPOSAL
    return is_live and is_among((*provision.addressees, *provision.counterparties), asking, measure)


def _question(
    fact: str,
    hangs: _Open,
    decided: Mapping[str, Sequence[Use]],
    asking: Organisation,
    assets: Mapping[str, str],
    weights: Mapping[str, int],
) -> OpenQuestion:
    """Give a question with its reasons: only what it decides here counts."""
    mine = [use for use in decided.get(fact, ()) if use.name in hangs.provisions]
    said = next((use.condition.needs for use in mine if use.condition), "")
    asked = said or {SUPPLIES: SUPPLIES_QUESTION, PRODUCED_IN: _ORIGIN_QUESTION}.get(fact)
    asked = asked or _day_question(fact, mine)
    is_of_contracts = any(use.measure.instrument is Instrument.CLAUSE for use in mine)
    return OpenQuestion(
        fact=fact,
        question=asked,
        answers=words(mine, fact),
        form=form(mine, fact),
        why=_why(mine, hangs, weights),
        provisions=tuple(sorted(hangs.provisions)),
        measures=tuple(sorted({name.partition("#")[0] for name in hangs.provisions})),
        outcomes=outcomes(mine, fact),
        undetermined=hangs.undetermined,
        exposures=_weight(hangs.exposures, weights),
        exempting=hangs.exempting,
        undated=hangs.undated,
        contracts=tuple(c.id for c in asking.contracts if fact not in c.facts) if is_of_contracts else (),
        systems=tuple(
            system.id
            for system in asking.systems
            if fact not in system.facts and _touches(system.assets, (assets[id_] for id_ in hangs.exposures))
        ),
    )


def _day_question(fact: str, decided: Iterable[Use]) -> str:
    """Ask for the day from which deadlines count: of an event, or the last on which something was done that recurs."""
    for use in decided:
        if use.provision.deadline and use.provision.deadline.resets:
            return _LAST_QUESTION.format(action=use.provision.action)
    return _DAY_QUESTION.format(event=fact.removesuffix("_on").replace("_", " "))


def _touches(patterns: Sequence[str], assets: Iterable[str]) -> bool:
    return any(fnmatchcase(asset, pattern) for asset in assets for pattern in patterns)


def _why(decided: Sequence[Use], hangs: _Open, weights: Mapping[str, int]) -> str:
    """Give in a sentence what hangs on a fact: how much, and under which law."""
    cites = list(dict.fromkeys(use.measure.cite for use in decided))
    under = f" under {'; '.join(cites[:2])}{f' and {len(cites) - 2} more' if len(cites) > 2 else ''}" if cites else ""
    on = f" on {_many(_weight(hangs.exposures, weights), 'exposure')}" if hangs.exposures else ""
    parts = [f"{_many(hangs.undetermined, 'finding')}{on} cannot be decided without it"] if hangs.undetermined else []
    parts += [f"it might take the case out of {_many(hangs.exempting, 'finding')}"] if hangs.exempting else []
    parts += [f"{_many(hangs.undated, 'duty', 'duties')} without a day"] if hangs.undated else []
    return ("; ".join(parts) or f"it decides {_many(len(hangs.provisions), 'provision')}") + under


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"
