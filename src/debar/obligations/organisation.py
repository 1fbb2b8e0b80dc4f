# SPDX-License-Identifier: Apache-2.0
"""Who asks: from the short form "us/reseller+integrator", or from a YAML file with facts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from debar import dates
from debar.errors import UsageError, did_you_mean
from debar.model.measures import Organisation
from debar.model.vocab import AddresseeKind
from debar.obligations import conditions
from debar.obligations.findings import PRODUCED_IN, SUPPLIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.measures import Owner, Waiver
    from debar.obligations.question import Question
    from debar.register import Register

DEFAULT = "us/company"
_COUNTRY = re.compile(r"[A-Z]{2}")
_SHORT = re.compile(r"([a-z]{2}(?:-[a-z]{2,3})?(?:\+[a-z]{2}(?:-[a-z]{2,3})?)*)/([a-z-]+(?:\+[a-z-]+)*)")
_OFFERED = [kind.value for kind in AddresseeKind if kind not in (AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON)]
_HINT = f"write JURISDICTION/KIND[+KIND], such as us/company; kinds: {', '.join(_OFFERED)}"


def organisation(text: str) -> Organisation:
    """Give the organisation that a word or a file describes; UsageError says what is wrong with it."""
    if text.endswith((".yaml", ".yml")):
        return _from_file(Path(text))
    short = _SHORT.fullmatch(text)
    if not short:
        raise UsageError(f"{text!r} does not describe an organisation", hint=f"{_HINT}, or name a YAML file")
    return Organisation(
        name=text,
        jurisdictions=tuple(short.group(1).split("+")),
        kinds=tuple(_kind(word) for word in short.group(2).split("+")),
    )


def _kind(word: str) -> AddresseeKind:
    if word not in _OFFERED:
        raise UsageError(f"no kind of organisation is called {word!r}{did_you_mean(word, _OFFERED)}", hint=_HINT)
    return AddresseeKind(word)


def _from_file(file: Path) -> Organisation:
    from debar.register import yamlfile  # YAML is loaded only for organisations that have a file

    try:
        return yamlfile.read(file, Organisation)
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint=_HINT) from e
    except yamlfile.YamlError as e:
        hint = "an organisation has name, jurisdictions, kinds and facts; see docs/reference/organisation.md"
        raise UsageError(f"{file}:{e.line}: {e.message}", hint=hint) from e


def answers(register: Register, granted: Iterable[Waiver] = ()) -> dict[str, frozenset[str]]:
    """Give every fact that the register asks for, with the answers it knows; none for a date, a number or a country.

    With those that waivers granted to the organisation ask for.
    """
    found: dict[str, set[str]] = {SUPPLIES: {"yes", "no"}, PRODUCED_IN: set()}
    asked = [condition for waiver in granted for condition in waiver.conditions]
    for measure in register.measures.values():
        for provision in measure.provisions:
            asked += conditions.of_provision(measure, provision)
            if provision.deadline and not dates.is_date(provision.deadline.after):
                found.setdefault(provision.deadline.after, set())
    for condition in asked:
        free = condition.not_before or condition.before or condition.above
        found.setdefault(condition.fact, set()).update(() if free else (condition.equals, "no"))
    return {fact: frozenset(known) for fact, known in sorted(found.items())}


def check_facts(asking: Organisation, register: Register) -> None:
    """Refuse a fact or an answer that nothing in the register asks for: a slip must not lift a duty.

    The same for the provisions and documents that the organisation's waivers name, and for their days.
    """
    stated = (asking.facts, *(s.facts for s in asking.systems), *(c.facts for c in asking.contracts))
    # Most ask without a fact: they do not pay for a walk through the register.
    known, days = (answers(register, asking.waivers), _days(register)) if any(stated) else ({}, set())
    for fact, answer in (pair for facts in stated for pair in facts.items()):
        _check_fact(fact, answer, known)
        if fact in days:
            conditions.first_day(fact, answer)
    if not asking.jurisdictions or not asking.kinds:
        raise UsageError("an organisation has at least one jurisdiction and one kind", hint=_HINT)
    for parts, named in ((asking.waivers, "waiver"), (asking.systems, "system"), (asking.contracts, "contract")):
        _check_ids([part.id for part in parts], named)
    provisions = (
        {f"{m.id}#{p.id}" for m in register.measures.values() for p in m.provisions} if asking.waivers else set()
    )
    for waiver in asking.waivers:
        _check_waiver(waiver, provisions, register)
    for row in asking.owners:
        _check_owner(row, register)


def _days(register: Register) -> set[str]:
    """Give the facts whose answers are days or years."""
    provisions = [(m, p) for m in register.measures.values() for p in m.provisions]
    events = {p.deadline.after for _, p in provisions if p.deadline and not dates.is_date(p.deadline.after)}
    asked = (c for m, p in provisions for c in conditions.of_provision(m, p))
    return events | {c.fact for c in asked if c.not_before or c.before}


def _check_ids(ids: list[str], named: str) -> None:
    """Refuse an id that is empty or stands twice: findings, records and reports tell the parts of an organisation by it."""
    if not all(id_.strip() for id_ in ids):
        raise UsageError(f"a {named} has no id", hint="give it a name of your own")
    if len(set(ids)) < len(ids):
        raise UsageError(f"two {named}s have one id", hint=f"give each {named} of the organisation an id of its own")


def _check_waiver(waiver: Waiver, provisions: set[str], register: Register) -> None:
    for named in waiver.provisions:
        if named not in provisions:
            raise UsageError(
                f"a waiver names {named!r}, which is no provision{did_you_mean(named, provisions)}",
                hint="write measure#provision; debar register show MEASURE lists them",
            )
    for day in filter(None, (waiver.applies_from, waiver.applies_until, waiver.known_from)):
        try:
            dates.parse(day)
        except ValueError as e:
            raise UsageError(f"waiver {waiver.id}: {e}", hint="write it as a date: 2024-10-01") from e
    if waiver.applies_until and waiver.applies_until <= waiver.applies_from:
        raise UsageError(
            f"waiver {waiver.id}: applies_until {waiver.applies_until} is not after applies_from {waiver.applies_from}",
            hint="a waiver ends after it begins",
        )
    for document in (citation.document for citation in waiver.citations):
        if document not in register.documents:
            raise UsageError(
                f"waiver {waiver.id} cites {document!r}, which is no document of the register"
                f"{did_you_mean(document, register.documents)}",
                hint="leave the citation out, and put into the text where the waiver is to be found",
            )


def _check_owner(row: Owner, register: Register) -> None:
    if not row.owner.strip():
        raise UsageError("an owner has no name", hint="write owner: and who does it")
    for measure in row.measures:
        if measure not in register.measures:
            raise UsageError(
                f"owner {row.owner}: {measure!r} is no measure{did_you_mean(measure, register.measures)}",
                hint="debar register list names them",
            )


def _check_fact(fact: str, answer: str, known: dict[str, frozenset[str]]) -> None:
    if fact not in known:
        raise UsageError(
            f"fact {fact!r} is not asked for by any measure{did_you_mean(fact, known)}",
            hint="debar register facts lists every fact with its question and answers",
        )
    if fact == PRODUCED_IN and not _COUNTRY.fullmatch(answer):
        raise UsageError(f"fact {fact}: {answer!r} is no country", hint="write its ISO 3166 code, such as CN")
    if known[fact] and answer not in known[fact]:
        raise UsageError(
            f"fact {fact}: the answer {answer!r} is not known{did_you_mean(answer, known[fact])}",
            hint=f"write one of: {', '.join(sorted(known[fact]))}",
        )


def unknown_jurisdictions(register: Register, question: Question) -> list[str]:
    """Give the organisation's jurisdictions that no measure is of; UsageError when that is all of them.

    Without a measure every act would look permitted, which nobody has said.
    """
    known = {measure.jurisdiction for measure in register.measures.values()}
    foreign = [place for place in question.organisation.jurisdictions if place not in known]
    if len(foreign) == len(question.organisation.jurisdictions):
        raise UsageError(
            f"the register holds no measure of {', '.join(foreign) or 'no jurisdiction'}",
            hint=f"nothing can be said about its law; known: {', '.join(sorted(known))}",
        )
    return foreign
