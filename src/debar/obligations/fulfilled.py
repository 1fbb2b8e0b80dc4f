# SPDX-License-Identifier: Apache-2.0
"""Which records of people speak of which duty: what was put on record counts from its day on, and for what it names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar.model.results import Recorded
from debar.model.vocab import Act, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.measures import Provision
    from debar.model.results import Exposure, Finding, Obligation, Record

_ANSWERABLE = frozenset({Status.REQUIRED, Status.ADVISED})
"""What a record can say was done; that one abstained is seen from evidence, and a question is answered by a fact."""
_SEEN = frozenset({Act.REMOVE, Act.REPLACE, Act.DISCONNECT})
"""Acts of which newer evidence says that they were not done, or not for good."""


class Kept(NamedTuple):
    """Records that count on a day, by what they are about."""

    by_provision: Mapping[str, tuple[Record, ...]]
    by_exposure: Mapping[str, tuple[Record, ...]]
    """Those about certain exposures; the same records as above, and those that no provision demands."""


def kept(records: Iterable[Record], day: str) -> Kept:
    """Give the records that count on a day, in order of their days; what lies ahead of it does not."""
    by_provision: dict[str, list[Record]] = defaultdict(list)
    by_exposure: dict[str, list[Record]] = defaultdict(list)
    for record in sorted((one for one in records if one.on <= day), key=lambda one: one.on):
        for provision in record.provisions:
            by_provision[provision].append(record)
        for exposure in record.exposures:
            by_exposure[exposure].append(record)
    return Kept(
        {name: tuple(many) for name, many in by_provision.items()},
        {name: tuple(many) for name, many in by_exposure.items()},
    )


def days(records: Kept, provision: str, contract: str) -> list[str]:
    """Give the days on which a duty was done under a contract, whatever it was done for, in order."""
    every = records.by_provision.get(provision, ())
    return [record.on for record in every if record.contract in ("", contract)]


def days_about(records: Kept, provision: str, contract: str, exposure: Exposure | None) -> list[str]:
    """Give the same for an exposure alone: what was reported of another thing sets no clock for this one.

    A record that names no exposure may be about any.
    """
    every = records.by_provision.get(provision, ())
    return [
        record.on
        for record in every
        if record.contract in ("", contract) and (not record.exposures or _is_about(record, exposure))
    ]


def done(finding: Finding, exposure: Exposure | None, records: Kept) -> str:
    """Give the last day on which a duty that is owed once was done for an exposure, or nothing.

    Without an exposure it is owed whatever was found, and whoever did it has done it.
    """
    if finding.status not in _ANSWERABLE:
        return ""
    every = records.by_provision.get(finding.provision, ())
    fitting = [
        record.on for record in every if record.contract in ("", finding.contract or "") and _is_about(record, exposure)
    ]
    last = max(fitting, default="")
    is_back = exposure and finding.act in _SEEN and exposure.last_seen[:10] > last
    return "" if is_back else last


def _is_about(record: Record, exposure: Exposure | None) -> bool:
    return exposure is None or exposure.id in record.exposures


def is_answerable(finding: Finding) -> bool:
    """Tell whether a record can say that what a finding demands was done."""
    return finding.status in _ANSWERABLE


def looked(exposure: Exposure, records: Kept) -> str:
    """Give the last day on which somebody looked at an exposure without being told to by a provision."""
    return max((r.on for r in records.by_exposure.get(exposure.id, ()) if not r.provisions), default="")


def recorded(
    records: Iterable[Record], obligations: Iterable[Obligation], provisions: Mapping[str, Provision], day: str
) -> tuple[Recorded, ...]:
    """Give every record with what it comes to on a day, by day."""
    obligations = tuple(obligations)
    found = [
        Recorded(record=record, state=_state(record, ids, provisions, day), obligations=ids)
        for record in records
        for ids in [tuple(o.id for o in obligations if _answers(record, o)) if record.on <= day else ()]
    ]
    return tuple(sorted(found, key=lambda one: (one.record.on, one.record.provisions, one.record.by, one.record.found)))


def _state(record: Record, answered: tuple[str, ...], provisions: Mapping[str, Provision], day: str) -> str:
    if record.on > day:
        return "not yet"
    followed = {
        f"{name.split('#')[0]}#{first}"
        for name, provision in provisions.items()
        if provision.deadline
        for first in provision.deadline.follows
    }
    return "counts" if answered or not followed.isdisjoint(record.provisions) else "unused"


def _answers(record: Record, obligation: Obligation) -> bool:
    """Tell whether an obligation was done because of a record, or was done again since."""
    if not obligation.done or record.contract not in ("", obligation.contract):
        return False
    if not record.provisions:
        return not obligation.provisions and not set(record.exposures).isdisjoint(obligation.exposures)
    if set(record.provisions).isdisjoint(obligation.provisions):
        return False
    return (
        bool(obligation.repeats) or not record.exposures or not set(record.exposures).isdisjoint(obligation.exposures)
    )
