# SPDX-License-Identifier: Apache-2.0
"""What was and was not looked at: a clean answer is worth only as much as this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.results import Coverage
from debar.model.vocab import Medium

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.observe import Reading
    from debar.register import Register

WHAT_IS_MISSED = {
    Medium.SBOM: "no SBOM: components inside software that was built or bought were not looked at",
    Medium.PACKAGES: "no package database: packages installed by an operating system were not looked at",
    Medium.INVENTORY: "no endpoint inventory: programs, services and drivers on machines were not looked at",
    Medium.NETWORK: "no network log: traffic to a party's services was not looked at",
    Medium.PURCHASES: "no purchase record: what was bought, and through whom, was not looked at",
}


def coverage(reading: Reading, register: Register, exclude: Sequence[str], foreign: Sequence[str]) -> Coverage:
    """Give what was looked at and what was not; a clean answer is worth only as much as this."""
    missing = [medium for medium in WHAT_IS_MISSED if medium not in reading.media]
    notes = [WHAT_IS_MISSED[medium] for medium in missing]
    hollow = [source.path for source in reading.sources if not source.observations]
    if hollow:
        notes.append(f"says nothing, which is not the same as clean: {', '.join(sorted(hollow))}")
    if reading.skips:
        notes.append(f"{len(reading.skips)} places could not be read; they are listed as skips")
    notes += [f"the register holds no measure of {place!r}: nothing can be said about its law" for place in foreign]
    if reading.passed_over:
        notes.append(f"passed over as documentation: {', '.join(sorted(reading.passed_over))}")
    if exclude:
        notes.append(f"left out as asked: {', '.join(exclude)}")
    notes += [spot for party in register.parties.values() for spot in party.blind_spots]
    notes.append(f"looked for: {', '.join(sorted({i.party for i in register.indicators}))}")
    return Coverage(
        kinds_seen=tuple(sorted(reading.media)),
        kinds_missing=tuple(sorted(missing)),
        notes=tuple(notes),
    )
