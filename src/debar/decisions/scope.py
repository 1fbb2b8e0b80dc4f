# SPDX-License-Identifier: Apache-2.0
"""What a decision is about: which exposures and findings are in its scope, and which decisions contradict each other.

Every part of a scope that is stated has to fit. A decision that names one exposure is narrower than any other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fnmatch import fnmatchcase, translate
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from debar.model.vocab import Kind, Verdict
from debar.text import purl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.model.results import Decision, Exposure, Finding, Match

SETS_ASIDE = frozenset({Verdict.FALSE_POSITIVE, Verdict.NOT_THE_PARTY, Verdict.REPLACED})
"""Verdicts after which an exposure does not count."""
OF_LAW = frozenset({Verdict.EXEMPT, Verdict.WAIVED})
"""Verdicts that act on findings, through the law's own procedure, and leave what is there alone."""
_STANCES = {
    Verdict.CONFIRMED: "it is there",
    Verdict.ACCEPTED: "it is there",
    Verdict.FALSE_POSITIVE: "it is not the party's",
    Verdict.NOT_THE_PARTY: "it is not the party's",
    Verdict.REPLACED: "it is gone",
}
"""What a verdict says of the world: two that say the same stand side by side."""


def acts_on_findings(decision: Decision) -> bool:
    """Tell whether a decision is about what the law says, rather than about what is there."""
    return decision.verdict in OF_LAW or bool(decision.measure)


def reaches(decision: Decision, exposure: Exposure) -> bool:
    """Tell whether an exposure is in the scope of a decision."""
    return (
        (not decision.exposure or decision.exposure == exposure.id)
        and (not decision.party or decision.party in (exposure.party, f"{exposure.party}/{exposure.product}"))
        and (not decision.assets or _names(decision.assets).match(exposure.asset.casefold()) is not None)
        and (not decision.purl or _is_all_of(decision.purl, exposure))
    )


@lru_cache(maxsize=4096)
def _names(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Give what fits any of some patterns of folded names; a large estate is held against each of them many times."""
    return re.compile("|".join(translate(pattern.casefold()) for pattern in patterns))


def reaches_whatever_was_found(decision: Decision) -> bool:
    """Tell whether a decision is about a measure and nothing narrower: then also about what is owed without any exposure."""
    return bool(decision.measure) and not (decision.exposure or decision.assets or decision.purl or decision.party)


def covers(decision: Decision, finding: Finding) -> bool:
    """Tell whether a finding is of the measure or provision that a decision names; every one, where it names none."""
    return decision.measure in ("", finding.measure, finding.provision)


def same_scope(decision: Decision, other: Decision) -> bool:
    """Tell whether two decisions are about exactly the same."""
    return scope(decision) == scope(other)


def scope(decision: Decision) -> tuple[object, ...]:
    """Give all that a decision is about, to be compared: the order and case of patterns count for nothing."""
    patterns = frozenset(pattern.casefold() for pattern in decision.assets)
    return decision.exposure, patterns, decision.purl.casefold(), decision.party, decision.measure, decision.exemption


def overlap(decision: Decision, other: Decision) -> bool:
    """Tell whether two decisions hold on the same day."""
    return max(decision.created, other.created) <= min(decision.expires, other.expires)


def contradict(decision: Decision, other: Decision) -> bool:
    """Tell whether two decisions cannot both be right about one thing on one day."""
    one, another = stance(decision), stance(other)
    return bool(one and another) and one != another


def stance(decision: Decision) -> str:
    """Give what a decision says of the world; nothing for one about what the law says."""
    return "" if acts_on_findings(decision) else _STANCES[decision.verdict]


def meet(decision: Decision, other: Decision) -> bool:
    """Tell whether one of two decisions has to make way for the other: the same scope and days, and no two answers."""
    alike = decision.verdict is other.verdict or contradict(decision, other)
    return alike and same_scope(decision, other) and overlap(decision, other)


def by_exposure(
    exposures: Iterable[Exposure], decisions: Sequence[Decision]
) -> Iterator[tuple[Exposure, list[Decision]]]:
    """Yield each exposure with the decisions whose scope it is in, where there are any."""
    named: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.exposure:
            named[decision.exposure].append(decision)
    wide = [decision for decision in decisions if not decision.exposure]
    for exposure in exposures:
        if found := [one for one in (*named.get(exposure.id, ()), *wide) if reaches(one, exposure)]:
            yield exposure, found


def _is_all_of(wanted: str, exposure: Exposure) -> bool:
    """Tell whether all evidence of an exposure is of a package: evidence of anything else is not decided along with it."""
    return all(_is_of(wanted, match) for match in exposure.matches)


def _is_of(wanted: str, match: Match) -> bool:
    found = match.observable.value if match.observable.kind is Kind.PURL else match.purl
    if not found:
        return False
    name, version = parted(wanted)
    its_name, its_version = parted(found)
    return fnmatchcase(its_name, name) and (not version or fnmatchcase(its_version, version))


def parted(url: str) -> tuple[str, str]:
    """Give the name of a package URL, from its type on, and its version; without qualifiers, in small letters."""
    bare = url.partition("?")[0].partition("#")[0]
    at = bare.rfind("@")
    is_versioned = at > bare.rfind("/") and at > 0
    return purl(bare), unquote(bare[at + 1 :]).lower() if is_versioned else ""
