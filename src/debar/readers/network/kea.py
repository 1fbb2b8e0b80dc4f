# SPDX-License-Identifier: Apache-2.0
"""Leases as Kea's control channel gives them: answers to lease4-get-all, lease6-get-all and their kin, JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.readers import identifiers, instants, records
from debar.readers.machine import hosts, leased

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_DECLINED = 1
"""State of an address that somebody else uses (Kea's reference manual, "lease4-add")."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each lease, in file order."""
    try:
        whole = msgspec.json.decode(source.document())
    except records.UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e
    answers = (
        [("", whole)]
        if isinstance(whole, dict)
        else [(f"/{n}", answer) for n, answer in enumerate(records.listed(whole))]
    )
    for place, answer in answers:
        inner = answer.get("arguments") if isinstance(answer, dict) else None
        leases = inner.get("leases") if isinstance(inner, dict) else None
        for number, lease in enumerate(leases if isinstance(leases, list) else []):
            locator = f"{place}/arguments/leases/{number}"
            if found := _lease(locator, lease):
                source.tally["leases"] += 1
                yield leased.observation(source, found)
            elif isinstance(lease, dict) and lease.get("state") == _DECLINED:
                source.tally["addresses declined"] += 1
            else:
                source.lose(locator, "a lease without an address")


def _lease(locator: str, lease: Any) -> leased.Lease | None:  # noqa: ANN401 - whatever JSON can say
    fields = records.texts(lease)
    address = identifiers.address(fields.get("ip-address", ""))
    if not address or fields.get("state") == str(_DECLINED):
        return None
    return leased.Lease(
        locator,
        address,
        mac=fields.get("hw-address", ""),
        name=hosts.plain(fields.get("hostname", "")).rstrip("."),
        since=instants.epoch(fields.get("cltt", "")),
    )
