# SPDX-License-Identifier: Apache-2.0
"""The account of one exposure: how its three answers come about, and what speaks against them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from debar.match.confidence import WEIGHT, combined, level_of
from debar.match.looks import looks
from debar.model.results import Evidence, Reckoning, Share, Why
from debar.model.vocab import Grade, Meaning, Medium, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.match.compile import Index
    from debar.model.inventory import Calibration
    from debar.model.results import Exposure, IndicatorBrief, Match, Report, Statement
    from debar.register import Register

_LONG = 80
_AGAINST = frozenset({Verdict.FALSE_POSITIVE, Verdict.NOT_THE_PARTY, Verdict.REPLACED})


def account(
    exposure: Exposure,
    set_aside: str,
    report: Report,
    register: Register,
    index: Index,
    ties: Iterable[Statement] = (),
    notes: Sequence[str] = (),
) -> Why:
    """Give why something is an exposure of a report, or why it was set aside.

    `ties` are those of its party on the day of the evidence, `notes` what is to be said of decisions on it.
    """
    paths = {source.id: source.path for source in report.sources}
    measured = {(c.level, c.kind): c for c in register.calibrations}
    return Why(
        schema=report.schema,
        program=report.program,
        register=report.register,
        as_of=report.as_of,
        exposure=exposure,
        set_aside=set_aside,
        names={
            key: report.names[key]
            for key in (exposure.party, f"{exposure.party}/{exposure.product}")
            if key in report.names
        },
        ties=tuple(ties),
        meaning=_meaning(exposure),
        version=_version(exposure, register),
        reckoning=_reckoning(exposure),
        evidence=tuple(
            Evidence(
                match=match,
                path=paths.get(match.source, match.source),
                indicator=report.indicators.get(match.indicator),
                measured=_measured(report.indicators.get(match.indicator), match, measured),
            )
            for match in exposure.matches
        ),
        against=tuple(dict.fromkeys((*_against(exposure, set_aside, report, paths), *notes))),
        looks=looks(exposure, index, report.as_of[:10]),
    )


def _measured(
    brief: IndicatorBrief | None, match: Match, measured: dict[tuple[int, str], Calibration]
) -> Calibration | None:
    """Give the cases that a probability rests on: those of the kind at its level, else those of the level."""
    level = brief.level if brief else match.level
    return measured.get((level, match.observable.kind)) or measured.get((level, ""))


def _meaning(exposure: Exposure) -> str:
    """Give why an exposure is taken for what it is: of the matches that are sure enough, which says so."""
    floor = min(3, exposure.matches[0].level)
    counts = Counter(match.meaning for match in exposure.matches if match.level >= floor)
    saying = next((m for m in exposure.matches if m.meaning is exposure.meaning and m.level >= floor), None)
    said = f"{said_of(saying)} says so" if saying else "nothing that was found says more"
    others = [f"{meaning} ({count})" for meaning, count in sorted(counts.items()) if meaning is not exposure.meaning]
    more = f"; others say {', '.join(others)}, and what lies nearest to running it counts" if others else ""
    weaker = sum(match.level < floor for match in exposure.matches)
    left = f"; {weaker} weaker match{'es' * (weaker != 1)} did not count for it" if weaker else ""
    return f"{said}{more}{left}"


def _version(exposure: Exposure, register: Register) -> str:
    """Give the other number of the version that was found, where files carry another than what is sold."""
    party = register.parties.get(exposure.party)
    product = next((p for p in party.products if p.id == exposure.product), None) if party else None
    for pair in product.versions if product else ():
        if exposure.version and exposure.version == pair.inside:
            return f"version {pair.inside} inside is sold as {pair.sold} ({pair.reference})"
        if exposure.version and exposure.version == pair.sold:
            return f"version {pair.sold} is {pair.inside} in its files ({pair.reference})"
    return ""


def _reckoning(exposure: Exposure) -> Reckoning:
    """Give how the level and the probability come about, medium by medium."""
    by_medium: dict[Medium, list[Match]] = {}
    for match in exposure.matches:
        by_medium.setdefault(match.medium, []).append(match)
    shares = []
    doubt = 1.0
    for medium, matches in sorted(by_medium.items()):
        best = max(matches, key=lambda m: (m.level, m.confidence))
        doubt *= 1 - WEIGHT[best.level]
        shares.append(
            Share(
                medium=medium,
                indicator=best.indicator,
                level=best.level,
                weight=WEIGHT[best.level],
                probability=max(m.confidence for m in matches),
            )
        )
    level, probability = combined(exposure.matches)
    weight = round(1 - doubt, 4)
    return Reckoning(
        shares=tuple(shares),
        weight=weight,
        level=level_of(weight),
        probability=probability,
        held=_held(exposure, level),
    )


def _held(exposure: Exposure, level: int) -> str:
    """Give why an exposure has another level than its evidence comes to."""
    if exposure.level == level:
        return ""
    if exposure.decision and exposure.level == max(WEIGHT):
        return "somebody looked and confirmed it, which proves it; the probability stays that of the evidence"
    if exposure.meaning is Meaning.RESIDUE:
        return f"what is left behind calls for a look, and counts as {exposure.level} at most"
    if exposure.meaning is Meaning.CLIENT:
        return f"software of others that can talk to it proves no use, and counts as {exposure.level} at most"
    return "the report was written by other rules"


def _against(exposure: Exposure, set_aside: str, report: Report, paths: dict[str, str]) -> Iterator[str]:
    """Yield what speaks against an exposure, the gravest first."""
    if set_aside:
        yield f"it does not count: {set_aside}"
    elif exposure.decision and exposure.decision.verdict in _AGAINST:
        yield f"{exposure.decision.requester} decided on {exposure.decision.created}: {exposure.decision.reason}"
    for match in exposure.matches:
        if match.against:
            yield f"{said_of(match)}: {match.against}, so that it is weak at most"
    yield from _beside(exposure, report, paths)
    yield from _of_the_day(exposure, report)
    media = {match.medium for match in exposure.matches}
    if len(media) == 1:
        yield f"all of it is evidence of one kind ({next(iter(media))}), and nothing independent agrees"
    weak = list(dict.fromkeys(said_of(match) for match in _telling(exposure) if match.level <= 2))
    if weak:
        more = f" and {len(weak) - 3} more" if len(weak) > 3 else ""
        yield f"others have it too, or anybody may choose it: {', '.join(weak[:3])}{more}"
    yield from _of_indicators(exposure, report)


def _beside(exposure: Exposure, report: Report, paths: dict[str, str]) -> Iterator[str]:
    """Yield what else was recognised in the same places, and what was set aside on the same asset."""
    places = {(match.source, match.locator) for match in exposure.matches}
    for other in (*report.exposures, *(aside.exposure for aside in report.set_aside)):
        shared = next((m for m in other.matches if (m.source, m.locator) in places), None)
        if other.party != exposure.party and shared:
            place = ", ".join(part for part in (paths.get(shared.source, shared.source), shared.locator) if part)
            yield f"{place} also points to {report.names.get(other.party, other.party)} ({other.id})"
    for aside in report.set_aside:
        one = aside.exposure
        if one.asset == exposure.asset and one.party == exposure.party and one.matches != exposure.matches:
            yield f"set aside on the same asset: {aside.reason}"


def _of_the_day(exposure: Exposure, report: Report) -> Iterator[str]:
    """Yield what the dates of the evidence leave open."""
    if not exposure.last_seen:
        yield f"no source says when it was seen: it is taken to be there on {exposure.identity.on or report.as_of[:10]}"
        return
    days = (date.fromisoformat(report.as_of[:10]) - date.fromisoformat(exposure.last_seen[:10])).days
    if days > report.coverage.stale_after:
        yield f"it was last seen on {exposure.last_seen[:10]}, {days} days before the day asked about"


def _of_indicators(exposure: Exposure, report: Report) -> Iterator[str]:
    """Yield what the register says against its own indicators."""
    for id_ in dict.fromkeys(match.indicator for match in _telling(exposure)):
        brief = report.indicators.get(id_)
        if brief is None:
            continue
        if brief.grade is Grade.UNVERIFIED:
            yield f"nobody has checked the source of {id_}"
        said = brief.falsepositives.strip()
        if said.rstrip(".").casefold() not in ("", "none known"):
            yield f"what else can look like {id_}: {said[:1].lower() if said[1:2].islower() else said[:1]}{said[1:]}"


def _telling(exposure: Exposure) -> Iterator[Match]:
    """Yield the matches that are no mentions; of mentions alone all."""
    real = [match for match in exposure.matches if match.meaning is not Meaning.MENTION]
    yield from real or exposure.matches


def said_of(match: Match) -> str:
    """Give a match in a few words: kind and value."""
    value = match.observable.value
    return f"{match.observable.kind} '{value if len(value) <= _LONG else value[: _LONG - 3] + '...'}'"
