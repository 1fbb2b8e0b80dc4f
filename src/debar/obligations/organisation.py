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
from debar.obligations.findings import SUPPLIES

if TYPE_CHECKING:
    from debar.register import Register

DEFAULT = "us/company"
_SHORT = re.compile(r"([a-z]{2}(?:\+[a-z]{2})*)/([a-z-]+(?:\+[a-z-]+)*)")
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


def answers(register: Register) -> dict[str, frozenset[str]]:
    """Give every fact that the register asks for, with the answers it knows; none for a fact that is a date."""
    found: dict[str, set[str]] = {SUPPLIES: {"yes", "no"}}
    for measure in register.measures.values():
        for provision in measure.provisions:
            for condition in (*provision.conditions, *(c for e in provision.exemptions for c in e.conditions)):
                found.setdefault(condition.fact, set()).update((condition.equals, "no"))
            if provision.deadline and not dates.is_date(provision.deadline.after):
                found.setdefault(provision.deadline.after, set())
    return {fact: frozenset(known) for fact, known in sorted(found.items())}


def check_facts(asking: Organisation, register: Register) -> None:
    """Refuse a fact or an answer that nothing in the register asks for: a slip must not lift a duty."""
    known = answers(register)
    for fact, answer in asking.facts.items():
        if fact not in known:
            raise UsageError(
                f"fact {fact!r} is not asked for by any measure{did_you_mean(fact, known)}",
                hint=f"known facts: {', '.join(known)}",
            )
        if known[fact] and answer not in known[fact]:
            raise UsageError(
                f"fact {fact}: the answer {answer!r} is not known{did_you_mean(answer, known[fact])}",
                hint=f"write one of: {', '.join(sorted(known[fact]))}",
            )
