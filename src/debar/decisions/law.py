# SPDX-License-Identifier: Apache-2.0
"""Decisions that act on findings: an exemption that is claimed, a waiver that an authority granted, an acceptance.

Neither is a switch: both go through the law's own procedure (`obligations.applies`), limited to the scope and to the
days of the decision. A claim answers the conditions of an exemption, and nothing else: whom it is for, and for what, the
register says, and a fact that somebody stated goes before it. An acceptance is written beside the finding.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.decisions.effects import standing
from debar.decisions.scope import OF_LAW, acts_on_findings, by_exposure, covers, reaches_whatever_was_found
from debar.decisions.words import identity, scope_of, who
from debar.errors import UsageError, did_you_mean
from debar.model.measures import Waiver
from debar.model.vocab import Validity, Verdict
from debar.obligations.question import Claim, Grant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.model.measures import Provision
    from debar.model.results import Decision, Exposure, Finding
    from debar.register import Register

WHATEVER = ""
"""Stands for the exposure of what is owed whatever was found."""


def check(decisions: Sequence[Decision], register: Register, day: str, file: str = "") -> None:
    """Refuse decisions about what the register does not know; UsageError with every fault, and its line in the file.

    Those that have expired are left alone: what they were about may be gone from the law by now.
    """
    found = [
        (number, *fault)
        for number, decision in enumerate(decisions)
        if standing(decision, day) is not Validity.EXPIRED
        for fault in _unknown(decision, register)
    ]
    if found:
        places = _places(file, found)
        said = (f"{place}{text}" for place, (_, _, text) in zip(places, found, strict=True))
        raise UsageError("\n".join(said), hint="debar register list shows parties and measures, register show the rest")


def _places(file: str, found: Sequence[tuple[int, str, str]]) -> list[str]:
    """Give "file:line: " for each fault, as far as there is a file."""
    if not file:
        return [""] * len(found)
    from debar.register import yamlfile

    try:
        lines = yamlfile.lines(Path(file))
    except (OSError, yamlfile.YamlError):
        return [f"{file}: "] * len(found)
    return [f"{file}:{lines.line((number, field))}: " for number, field, _ in found]


def _unknown(decision: Decision, register: Register) -> Iterator[tuple[str, str]]:
    """Yield the parts of a decision that name nothing in the register: the field, and what to say."""
    party, _, product = decision.party.partition("/")
    if party and party not in register.parties:
        yield "party", f"no party is called {party!r}{did_you_mean(party, register.parties)}"
    elif product and product not in (known := [one.id for one in register.parties[party].products]):
        yield "party", f"{party} has no product {product!r}{did_you_mean(product, known)}"
    measure, _, provision = decision.measure.partition("#")
    if measure and measure not in register.measures:
        yield "measure", f"no measure is called {measure!r}{did_you_mean(measure, register.measures)}"
    elif provision and not _provisions(decision, register):
        known = [one.id for one in register.measures[measure].provisions]
        yield "measure", f"{measure} has no provision {provision!r}{did_you_mean(provision, known)}"
    elif measure and decision.exemption:
        known = [exemption.id for one in _provisions(decision, register) for exemption in one.exemptions]
        if decision.exemption not in known:
            said = (
                f"{decision.measure} knows no exemption {decision.exemption!r}{did_you_mean(decision.exemption, known)}"
            )
            yield "exemption", said


def _provisions(decision: Decision, register: Register) -> list[Provision]:
    """Give the provisions that a decision names."""
    measure, _, provision = decision.measure.partition("#")
    return [one for one in register.measures[measure].provisions if provision in ("", one.id)]


def grants(
    exposures: Iterable[Exposure], decisions: Iterable[Decision], register: Register, day: str
) -> dict[str, Grant]:
    """Give, by exposure, the waivers and claims that decisions which hold on a day make in its case.

    Those for what is owed whatever was found stand under WHATEVER.
    """
    holding = [one for one in decisions if one.verdict in OF_LAW and standing(one, day) is Validity.VALID]
    waivers = {identity(one): _waiver(one, register) for one in holding if one.verdict is Verdict.WAIVED}
    claims = {identity(one): _claim(one) for one in holding if one.verdict is Verdict.EXEMPT}
    here = {exposure.id: those for exposure, those in by_exposure(exposures, holding)}
    here[WHATEVER] = [one for one in holding if reaches_whatever_was_found(one)]
    found: dict[str, Grant] = {}
    for name, those in here.items():
        ids = sorted({identity(one) for one in those})
        found[name] = Grant(
            waivers=tuple(waivers[id_] for id_ in ids if id_ in waivers),
            claims=tuple(claims[id_] for id_ in ids if id_ in claims),
        )
    return found


def _waiver(decision: Decision, register: Register) -> Waiver:
    """Give the waiver that a decision records, for its days."""
    measure = decision.measure.partition("#")[0]
    paper = decision.document or decision.reference
    return Waiver(
        id=identity(decision),
        provisions=tuple(f"{measure}#{provision.id}" for provision in _provisions(decision, register)),
        granted_by=decision.granted_by,
        text=f"Waived by {decision.granted_by} ({paper}). {_answered_for(decision)}",
        applies_from=decision.created,
        applies_until=_day_after(decision.expires),
    )


def _claim(decision: Decision) -> Claim:
    """Give the claim that a decision makes, for its days."""
    return Claim(
        decision=identity(decision),
        provision=decision.measure,
        exemption=decision.exemption,
        since=decision.created,
        until=_day_after(decision.expires),
        text=f"Claimed: {_answered_for(decision)}",
    )


def _answered_for(decision: Decision) -> str:
    ticket = f" [{decision.ticket}]" if decision.ticket else ""
    said = who(decision).removeprefix("the decision of ").rstrip(",")
    return f"Recorded by {said}, on {decision.created}, until {decision.expires}: {decision.reason}{ticket}"


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def accepted(
    findings: Iterable[Finding], exposures: Iterable[Exposure], decisions: Iterable[Decision], day: str
) -> list[Finding]:
    """Give findings that say by which decision they are put up with; their status stays what the law makes it."""
    holding = [
        one
        for one in decisions
        if one.verdict is Verdict.ACCEPTED and acts_on_findings(one) and standing(one, day) is Validity.VALID
    ]
    if not holding:
        return list(findings)
    by_id: dict[str | None, list[Decision]] = defaultdict(list)
    by_id.update((exposure.id, found) for exposure, found in by_exposure(exposures, holding))
    by_id[None] = [one for one in holding if reaches_whatever_was_found(one)]
    return [_accepted(finding, by_id[finding.exposure]) for finding in findings]


def _accepted(finding: Finding, decisions: Sequence[Decision]) -> Finding:
    """Give one finding with the newest acceptance that is about it; a claim or waiver that it carries stays."""
    about = [one for one in decisions if covers(one, finding)]
    if not about or finding.decision:
        return finding
    newest = max(about, key=lambda one: (bool(one.exposure), one.created, one.expires, scope_of(one), identity(one)))
    return replace(finding, decision=identity(newest))
