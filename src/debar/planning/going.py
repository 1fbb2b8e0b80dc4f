# SPDX-License-Identifier: Apache-2.0
"""Which exposures go, why and by when, and which are kept.

To decide one exposure:

1. what people accepted is kept while that decision holds; one that is about a measure accepts what that measure asks, and no more.
   What they hold an exemption or a waiver for, the findings say;
2. what was left behind goes: nobody needs a law for that;
3. of everything else, the findings on acts that end with its removal decide. One that is over decides nothing;
4. evidence that is weak, or of software of others, calls for a look and for nothing more;
5. where nothing but an open question is left, it is kept, with the question;
6. the date is the earliest that a finding sets which binds, or which takes something away. A finding that only advises,
   or says that use is at one's own risk, sets none.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.model.results import Kept
from debar.model.vocab import Act, Force, Meaning, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.model.results import Decision, Exposure, Finding, Report

_ENDED_BY_REMOVAL = frozenset(
    {
        Act.USE,
        Act.UPDATE,
        Act.OPERATE,
        Act.CONNECT,
        Act.INTEGRATE,
        Act.PERFORM,
        Act.PROVIDE,
        Act.ENGAGE,
        Act.HOST,
        Act.REMOVE,
        Act.REPLACE,
        Act.DIVERSIFY,
        Act.DISCONNECT,
        Act.BLOCK,
    }
)
_OF_PURCHASES = _ENDED_BY_REMOVAL | {Act.RENEW, Act.ACQUIRE}
_BINDING = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED})
_DATED = _BINDING | {Status.UNAVAILABLE}
_GOING = _DATED | {Status.AT_RISK, Status.ADVISED}
_WEAK = 2
"""Level up to which evidence calls for a look."""
_GRAVEST = (
    Status.PROHIBITED,
    Status.LICENCE_REQUIRED,
    Status.REQUIRED,
    Status.UNAVAILABLE,
    Status.AT_RISK,
    Status.ADVISED,
    Status.UNDETERMINED,
)


class Going(NamedTuple):
    """An exposure that a step settles."""

    exposure: Exposure
    is_look: bool
    """The step is a look, because nothing more can be justified."""
    due: str
    """Last day by law; empty where none is known."""
    force: Force
    owner: str
    why: str


def decide(report: Report, begins: str) -> tuple[list[Going], list[Kept]]:
    """Give what goes and what is kept, each in the order of the report; `begins` is the first day of the plan."""
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.exposure and not _is_over(finding, begins, report):
            findings[finding.exposure].append(finding)
    moments: dict[str, str] = {}
    owners: dict[str, str] = {}
    for obligation in sorted(report.obligations, key=lambda o: (o.due or "", o.id)):
        if obligation.due:  # the earliest comes first
            for id_ in obligation.findings:
                moments.setdefault(id_, obligation.due)
    for obligation in sorted(report.obligations, key=lambda o: o.id):
        if obligation.owner:
            for id_ in obligation.exposures:
                owners.setdefault(id_, obligation.owner)
    going: list[Going] = []
    kept: list[Kept] = []
    for exposure in report.exposures:
        found = _decide(exposure, findings[exposure.id], moments, report, begins)
        if isinstance(found, Kept):
            kept.append(found)
        else:
            going.append(found._replace(owner=owners.get(exposure.id, "")))
    return going, kept


def _decide(
    exposure: Exposure, findings: Sequence[Finding], moments: Mapping[str, str], report: Report, begins: str
) -> Going | Kept:
    # 1.
    accepted = [one for one in _acceptances(exposure, findings, report) if one.expires >= begins]
    if whole := next((one for one in accepted if not one.measure), None):
        return _kept(exposure, report, _accepted(whole, findings))
    # 2.
    is_weak = exposure.level <= _WEAK or exposure.meaning is Meaning.CLIENT
    if exposure.meaning is Meaning.RESIDUE and not is_weak:
        return Going(exposure, is_look=False, due="", force=Force.SHOULD, owner="", why="it was left behind")
    # 3.
    acts = _OF_PURCHASES if exposure.meaning is Meaning.PURCHASE else _ENDED_BY_REMOVAL
    own = [finding for finding in findings if finding.act in acts]
    asking = [f for f in own if f.status in _GOING and not any(_reaches(one, f) for one in accepted)]
    # 4.
    if is_weak and (asking or exposure.meaning in (Meaning.RESIDUE, Meaning.CLIENT) or _open(findings)):
        return Going(exposure, is_look=True, due="", force=Force.SHOULD, owner="", why=_weakness(exposure))
    if not asking:
        left = next((one for one in accepted if any(_reaches(one, f) for f in own)), None)
        return _kept(exposure, report, _accepted(left, own) if left else _why_kept(own, findings))
    # 6.
    dated = [(day, f) for f in asking if f.status in _DATED and (day := _due(f, moments, report))]
    binding = [one for one in dated if one[1].status in _BINDING]
    if exposure.meaning is Meaning.PURCHASE:  # what cannot be bought any more need not be ended by a day
        dated = binding
    due, first = min(binding or dated, key=lambda one: (one[0], one[1].id), default=("", _gravest(asking)))
    force = Force.MUST if any(f.status in _BINDING for f in asking) else Force.SHOULD
    return Going(exposure, is_look=False, due=due, force=force, owner="", why=_reason(first, report))


def _acceptances(exposure: Exposure, findings: Sequence[Finding], report: Report) -> list[Decision]:
    """Give what people accepted of an exposure, or of what the law says of it."""
    named = {finding.decision for finding in findings if finding.decision}
    told = [one.decision for one in report.decisions if one.id in named]
    every = ([exposure.decision] if exposure.decision else []) + told
    return [one for one in every if one.verdict is Verdict.ACCEPTED]


def _reaches(decision: Decision, finding: Finding) -> bool:
    return decision.measure in ("", finding.measure, finding.provision)


def _accepted(decision: Decision, findings: Sequence[Finding]) -> str:
    said = f"accepted until {decision.expires}: {decision.reason}"
    binds = any(finding.status in _BINDING for finding in findings)
    return f"{said}; what the law demands stays" if binds else said


def _is_over(finding: Finding, begins: str, report: Report) -> bool:
    return finding.until is not None and day_of(finding.until, report.measures[finding.measure].zone) < begins


def _due(finding: Finding, moments: Mapping[str, str], report: Report) -> str:
    """Give the last day that a finding leaves, by the earliest obligation that answers it."""
    moment = moments.get(finding.id)
    return day_of(moment, report.measures[finding.measure].zone) if moment else ""


@lru_cache(maxsize=4096)
def day_of(moment: str, zone: str) -> str:
    """Give the last day on which something that must be done by an instant is in time, where its authority sits.

    What begins to hold at midnight must be done the day before.
    """
    return (dates.key(moment) - timedelta(microseconds=1)).astimezone(dates.zone(zone)).date().isoformat()


@lru_cache(maxsize=4096)
def began_on(moment: str, zone: str) -> str:
    """Give the first day on which something holds, where its authority sits."""
    return dates.key(moment).astimezone(dates.zone(zone)).date().isoformat()


def _gravest(findings: Sequence[Finding]) -> Finding:
    return min(findings, key=lambda f: (_GRAVEST.index(f.status), f.since, f.id))


def _reason(finding: Finding, report: Report) -> str:
    brief = report.measures[finding.measure]
    return f"{finding.act}: {finding.status} from {began_on(finding.since, brief.zone)} ({brief.cite})"


def _weakness(exposure: Exposure) -> str:
    if exposure.meaning is Meaning.CLIENT:
        return "software of others that can talk to it; it contains nothing of it"
    return f"the evidence is weak (level {exposure.level}): it calls for a look, and not for more"


def _open(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.status is Status.UNDETERMINED]


def _why_kept(own: Sequence[Finding], findings: Sequence[Finding]) -> str:
    # 5.
    if questions := list(dict.fromkeys(q for f in _open(own) or _open(findings) for q in f.questions)):
        return f"undetermined: {'; '.join(sorted(questions))}"
    exempt = [f for f in own if f.status is Status.EXEMPT]
    if exempt:
        names = sorted({f.exemption or f.waiver or f.provision for f in exempt})
        return f"exempt: {', '.join(names)}"
    return "no measure in the register asks for its removal on this day"


def _kept(exposure: Exposure, report: Report, why: str) -> Kept:
    maker = report.names.get(exposure.party, exposure.party)
    what = report.names.get(f"{exposure.party}/{exposure.product}") or f"{maker}, product not known"
    return Kept(exposure=exposure.id, asset=exposure.asset, what=what, why=why)
