# SPDX-License-Identifier: Apache-2.0
"""Text for people: what was found, why, what the law says on the day, what to do, what was not seen.

Colour only repeats what words already say. Everything that comes from an input is escaped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import IO, TYPE_CHECKING

from debar.model.vocab import Looked, Meaning, Validity, Verdict
from debar.writers import duties, legal, words
from debar.writers.layout import Page

if TYPE_CHECKING:
    from debar.model.results import Decision, Explanation, Exposure, Match, Report
    from debar.model.vocab import Medium
    from debar.writers import Style

LEVELS = {5: "proven", 4: "strong", 3: "moderate", 2: "weak", 1: "mention"}
_HINT = "debar why ID says why, what speaks against it, and what one more look would settle."
_ALMOST = 0.9995
_LIMITS = {
    Verdict.ACCEPTED: "an acceptance is no exemption: what the law demands stays",
    Verdict.CONFIRMED: "proven by whoever looked; the probability is that of the evidence",
}
_UNHEEDED = frozenset({Validity.EXPIRED, Validity.UNUSED})
_SHOWN_MATCHES = 4
_SHOWN_SKIPS = 20
_SHOWN_ASSETS = 6
MEANINGS = {
    Meaning.RUNNING: "running",
    Meaning.INSTALLED: "installed",
    Meaning.COMPONENT: "component of other software",
    Meaning.EMBEDDED: "embedded in another maker's product",
    Meaning.SERVICE_USE: "traffic to its service",
    Meaning.HARDWARE: "device",
    Meaning.PURCHASE: "bought",
    Meaning.CLIENT: "software of others that can talk to it",
    Meaning.RESIDUE: "left behind",
    Meaning.MENTION: "mentioned",
}


def write_report(report: Report, out: IO[str], style: Style) -> None:
    """Write the report of a scan."""
    page = Page(out, style)
    _head(page, report)
    _found(page, report)
    duties.write_obligations(page, report)
    duties.write_questions(page, report.questions)
    _decided(page, report)
    legal.law(page, report)
    _unread(page, report)
    _coverage(page, report)
    page.line()
    page.paragraph(legal.DISCLAIMER, style="dim")


def write_explanation(explanation: Explanation, out: IO[str], style: Style) -> None:
    """Write what the register says about a party."""
    legal.write_explanation(Page(out, style), explanation)


def _head(page: Page, report: Report) -> None:
    read = sum(source.observations for source in report.sources)
    page.title(f"debar {report.program.version}", legal.release(report.register))
    if report.register.warning:
        page.paragraph(f"warning: the register is {report.register.warning}", style="yellow")
    legal.question(page, report)
    page.field("in short", words.in_short(report))
    inputs, observations = words.counted(len(report.sources), "input"), words.counted(read, "observation")
    page.field("read", f"{inputs}, {observations}; {words.unread(report)}")


def _found(page: Page, report: Report) -> None:
    assets: dict[str, list[Exposure]] = defaultdict(list)
    for exposure in report.exposures:
        assets[exposure.asset].append(exposure)
    count = len(report.exposures)
    page.heading(
        "What was found", f"{count} exposure{'s' * (count != 1)} on {len(assets)} asset{'s' * (len(assets) != 1)}"
    )
    if not report.exposures:
        page.paragraph("Nothing, in what was looked at. See below for what was not looked at.")
    paths = {source.id: source.path for source in report.sources}
    for asset, exposures in assets.items():
        page.line()
        page.paragraph(asset, style="bold")
        for exposure in exposures:
            _exposure(page, report, exposure, paths)
    for aside in report.set_aside:
        page.line()
        page.paragraph(f"set aside on {aside.exposure.asset}: {aside.reason}", style="dim")
        for match in aside.exposure.matches[:_SHOWN_MATCHES]:
            page.paragraph(evidence(match, paths), indent=4, style="dim")
        page.paragraph(aside.exposure.id, indent=4, style="dim")
    if report.exposures or report.set_aside:
        page.line()
        page.paragraph(_HINT, style="dim")


def _exposure(page: Page, report: Report, exposure: Exposure, paths: dict[str, str]) -> None:
    name = report.names.get(f"{exposure.party}/{exposure.product}") or (
        f"{report.names.get(exposure.party, exposure.party)}, product not known"
    )
    page.paragraph(
        f"{name} {exposure.version}".rstrip() + f" - {MEANINGS[exposure.meaning]} - {sure(exposure)}",
        indent=2,
        style="red" if exposure.level >= 3 else "yellow",
    )
    # Several indicators may meet one value; a person wants to see the value once.
    told = list(dict.fromkeys(evidence(match, paths) for match in exposure.matches))
    for text in told[:_SHOWN_MATCHES]:
        page.paragraph(text, indent=6)
    if (more := len(told) - _SHOWN_MATCHES) > 0:
        page.paragraph(f"and {more} more; -o json has them all", indent=6, style="dim")
    for said in report.brands.get(exposure.party, ()):
        page.paragraph(f"{said.kind}: {said.text} ({said.grade})", indent=6, hang=4)
    if exposure.decision:
        page.paragraph(decision_in_words(exposure.decision), indent=6, hang=4, style="yellow")
    page.paragraph(f"{exposure.id}{_seen(exposure)}", indent=6, style="dim")


def _seen(exposure: Exposure) -> str:
    if not exposure.first_seen:
        return ""
    first, last = exposure.first_seen[:10], exposure.last_seen[:10]
    return f", seen {first}" if first == last else f", seen {first} to {last}"


def sure(exposure: Exposure) -> str:
    """Give how sure it is in a few words: the level, and the probability behind it."""
    return f"{exposure.level} {LEVELS[exposure.level]}, {percent(exposure.confidence)}"


def percent(probability: float) -> str:
    """Give a probability in words that never claim certainty."""
    if probability >= _ALMOST:
        return "over 99.9 %"
    if probability >= 0.99:
        return f"{int(probability * 1000) / 10:g} %"
    return f"{probability * 100:.0f} %" if probability >= 0.01 else "under 1 %"


def decision_in_words(decision: Decision) -> str:
    """Give who decided what, when, why, until when, and what that does not change."""
    limit = _LIMITS.get(decision.verdict, "")
    approved = f", approved by {decision.approver}" if decision.approver else ""
    ticket = f" [{decision.ticket}]" if decision.ticket else ""
    said = (
        f"{decision.verdict} by {decision.requester} on {decision.created}{approved}, until {decision.expires}:"
        f" {decision.reason}{ticket}"
    )
    return f"{said} ({limit})" if limit else said


def evidence(match: Match, paths: dict[str, str]) -> str:
    """Give a match in a line: what, how often, where, and what speaks against it there."""
    value = match.observable.value if len(match.observable.value) <= 80 else match.observable.value[:77] + "..."
    counts = [f"{match.count} times"] if match.count > 1 else []
    counts += [f"{match.others} times others like it"] if match.others else []
    times = f" ({', '.join(counts)})" if counts else ""
    label = f"{match.label}: " if match.label and match.label.casefold() not in value.casefold() else ""
    place = ", ".join(part for part in (paths.get(match.source, match.source), match.locator) if part)
    against = f" - but {match.against}" if match.against else ""
    return f"{label}{match.observable.kind} '{value}'{times} in {place}{against}"


def _decided(page: Page, report: Report) -> None:
    """Write which decisions hold no more, or never had anything to hold on to; those that hold stand where they do."""
    if not report.decisions:
        return
    counts = Counter(one.state for one in report.decisions)
    page.heading("What was decided", ", ".join(f"{counts[state]} {state}" for state in Validity if counts[state]))
    for one in report.decisions:
        if one.state in _UNHEEDED:
            page.paragraph(f"{one.state}: {one.text}", hang=4, style="yellow")


def _unread(page: Page, report: Report) -> None:
    if not report.skips:
        return
    page.heading("What could not be read", words.counted(len(report.skips), "place"))
    for skip in report.skips[:_SHOWN_SKIPS]:
        where = f"{skip.source}, {skip.locator}" if skip.locator else skip.source
        page.paragraph(f"{where}: {skip.reason}", hang=4)
    if (more := len(report.skips) - _SHOWN_SKIPS) > 0:
        page.paragraph(f"and {more} more; -o json has them all", style="dim")


def _coverage(page: Page, report: Report) -> None:
    page.heading("What was looked at", ", ".join(report.coverage.kinds_seen) or "nothing")
    _looked_at(page, report)
    told = {one.text for one in report.decisions if one.state in _UNHEEDED}
    for note in (note for note in report.coverage.notes if note not in told):
        page.paragraph(f"- {note}", hang=2)


def _looked_at(page: Page, report: Report) -> None:
    """Tell, by kind of evidence, how many assets it was read of, and of which it was not; the JSON has them all."""
    found: dict[Medium, dict[Looked, list[str]]] = {}
    for asset in report.coverage.assets:
        for medium, evidence in asset.evidence.items():
            found.setdefault(medium, {}).setdefault(evidence.state, []).append(asset.asset)
    for medium, states in sorted(found.items()):
        told = "; ".join(
            f"{len(states[state])} {state}{_names(states[state]) if state is not Looked.READ else ''}"
            for state in Looked
            if state in states
        )
        page.paragraph(f"{medium} of assets: {told}", hang=4)


def _names(assets: list[str]) -> str:
    return f" ({', '.join(assets)})" if len(assets) <= _SHOWN_ASSETS else ""
