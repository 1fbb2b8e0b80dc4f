# SPDX-License-Identifier: Apache-2.0
"""What was and was not looked at: a clean answer is worth only as much as this."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.model.results import AssetCoverage, AssetEvidence, Coverage
from debar.model.vocab import Looked, Medium
from debar.readers.sifting import LOOKED_THROUGH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from debar.identify import Walked
    from debar.observe import Evidence, Reading
    from debar.register import Register

WHAT_IS_MISSED = {
    Medium.SBOM: "no SBOM: components inside software that was built or bought were not looked at",
    Medium.PACKAGES: "no package database: packages installed by an operating system were not looked at",
    Medium.INVENTORY: "no endpoint inventory: programs, services and drivers on machines were not looked at",
    Medium.FILES: "no file tree: programs that no package database or inventory lists were not looked at",
    Medium.NETWORK: "no network log: traffic to a party's services was not looked at",
    Medium.PURCHASES: "no purchase record: what was bought, and through whom, was not looked at",
}
_OF_A_MACHINE = (Medium.PACKAGES, Medium.INVENTORY, Medium.FILES, Medium.NETWORK)
_OF_A_PRODUCT = (Medium.SBOM,)
_LOOKED = frozenset({"files", LOOKED_THROUGH})
"""Counts of sources of which it is no news that they say nothing."""
_NAMED = 20
"""Paths that a note names; the rest is counted, and stands in the list of sources."""


def coverage(
    reading: Reading,
    register: Register,
    as_of: str,
    *,
    stale_after: int,
    exclude: Sequence[str],
    foreign: Sequence[str],
    found: Collection[str] = (),
) -> Coverage:
    """Give what was looked at and what was not, by assets and in sentences.

    `stale_after` is in days before `as_of`; `exclude` are the patterns of what was left out; `foreign` are
    jurisdictions that the register knows nothing of, `found` the parties of which something was found.
    """
    seen = reading.media | ({Medium.FILES} if reading.trees else set())
    missing = [medium for medium in WHAT_IS_MISSED if medium not in seen]
    assets = tuple(_assets(reading, as_of, stale_after))
    notes = [
        *_notes(reading, missing, assets, stale_after),
        *(f"the register holds no measure of {place!r}: nothing can be said about its law" for place in foreign),
        *([f"left out as asked: {', '.join(exclude)}"] if exclude else []),
        *_looked_for(register, found),
    ]
    return Coverage(
        kinds_seen=tuple(sorted(seen)),
        kinds_missing=tuple(sorted(missing)),
        notes=tuple(notes),
        stale_after=stale_after,
        assets=assets,
    )


def _notes(
    reading: Reading, missing: Sequence[Medium], assets: Sequence[AssetCoverage], stale_after: int
) -> Iterator[str]:
    yield from (WHAT_IS_MISSED[medium] for medium in missing)
    empty = {s.path for s in reading.sources if not s.observations and s.counts.keys().isdisjoint(_LOOKED)}
    hollow = sorted(empty.union(reading.hollow))
    if hollow:
        yield f"says nothing, which is not the same as clean: {_listed(hollow)}"
    if stale := [a.asset for a in assets if any(e.state is Looked.STALE for e in a.evidence.values())]:
        yield f"older than {stale_after} days on the day asked about: {_listed(stale)}"
    if undated := sum(
        1
        for a in assets
        for e in a.evidence.values()
        if e.observations and not e.newest and e.state is not Looked.SILENT
    ):
        yield f"{undated} kinds of evidence about assets carry no date: how old they are is not known"
    if reading.skips:
        yield f"places that could not be read, listed as skips: {len(reading.skips):,}"
    yield from _sifted(reading)
    for tree in sorted(reading.trees):
        yield from _walked(tree)
    yield from (f"{source.path}: {source.remark}" for source in reading.sources if source.remark)
    if reading.trees and not reading.strings:
        yield "programs in file trees were not searched for strings of embedded engines; --strings does"
    if reading.passed_over:
        yield f"passed over as documentation: {_listed(sorted(reading.passed_over))}"


def _sifted(reading: Reading) -> Iterator[str]:
    """Yield how many lines of logs were looked through, and what is not known for that."""
    logs = [source for source in reading.sources if LOOKED_THROUGH in source.counts]
    if logs:
        lines = sum(source.counts[LOOKED_THROUGH] for source in logs)
        yield (
            f"{lines:,} lines of {len(logs)} large logs were looked through by their bytes, and only those parsed in which"
            " something stands that is looked for: faults of other lines are not known, nor the assets in them;"
            " --every-line tells both"
        )


def _walked(tree: Walked) -> Iterator[str]:
    """Yield what was looked at of a file tree."""
    yield f"file tree {tree.path}: {tree.files} files, of which {tree.looked_at} are of a kind that can tell a maker"
    if tree.kept:
        yield (
            f"file tree {tree.path}: {tree.kept} files were not opened, because they are unchanged since an earlier scan"
            f" kept what they say, the first of them at {tree.kept_since}"
        )
    if tree.network:
        yield f"file tree {tree.path}: lies in part on another machine: {_listed(tree.network)}"


def _looked_for(register: Register, found: Collection[str]) -> Iterator[str]:
    """Yield whom the patterns know, with the places where each hides from them, and who is known by name alone."""
    known = {indicator.party for indicator in register.indicators}
    told = known.union(found)
    yield from (spot for id_, party in sorted(register.parties.items()) if id_ in told for spot in party.blind_spots)
    yield f"looked for by its marks: {', '.join(sorted(known))}"
    by_name = sum(
        1 for id_, party in register.parties.items() if party.products and party.legal_names and id_ not in known
    )
    if by_name:
        yield (
            f"{by_name} other parties of the register are looked for by their exact legal names only, as makers and as"
            " sellers: nothing found of them says little"
        )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _assets(reading: Reading, as_of: str, stale_after: int) -> Iterator[AssetCoverage]:
    """Yield what was looked at of each asset, under its best name."""
    best = reading.names()
    looked: dict[str, dict[Medium, AssetEvidence]] = defaultdict(dict)
    spelling: dict[str, str] = {}
    oldest = (date.fromisoformat(as_of[:10]) - timedelta(days=stale_after)).isoformat()

    def called(asset: str) -> str:
        name = best.get(asset.casefold(), asset)
        return spelling.setdefault(name.casefold(), name)

    for medium, seen_assets in sorted(reading.evidence.items()):
        for asset, seen in sorted(seen_assets.items()) if medium is not Medium.PURCHASES else ():
            mine = looked[called(asset)]
            state = Looked.LOSSES if seen.is_lossy else Looked.SILENT if seen.is_silent else Looked.READ
            mine[medium] = _both(mine.get(medium), state, seen)
    for state, places in ((Looked.SILENT, reading.silent), (Looked.UNREADABLE, reading.unreadable)):
        for asset, medium in places:
            if medium is not Medium.PURCHASES:
                looked[called(asset)].setdefault(medium, AssetEvidence(state=state, observations=0, newest=""))
    also = _also(reading, best)
    for asset, media in sorted(looked.items()):
        yield AssetCoverage(
            asset=asset,
            also=tuple(sorted(also.get(asset.casefold(), ()))),
            evidence=dict(sorted(_complete(media, oldest, reading.sifted).items())),
        )


def _both(known: AssetEvidence | None, state: Looked, seen: Evidence) -> AssetEvidence:
    """Give one kind of evidence that came under several names of an asset."""
    if known is None:
        readers = tuple(sorted(seen.readers))
        return AssetEvidence(state=state, observations=seen.count, newest=seen.newest, readers=readers)
    return AssetEvidence(
        state=next(one for one in (Looked.LOSSES, Looked.READ, Looked.SILENT) if one in (known.state, state)),
        observations=known.observations + seen.count,
        newest=max(known.newest, seen.newest),
        readers=tuple(sorted(seen.readers.union(known.readers))),
    )


def _complete(
    media: Mapping[Medium, AssetEvidence], oldest: str, sifted: Collection[Medium]
) -> dict[Medium, AssetEvidence]:
    """Mark what is too old, and add what is absent: a machine has other evidence than a product."""
    found = {
        medium: replace(e, state=Looked.STALE)
        if e.newest and e.newest[:10] < oldest and e.state is not Looked.SILENT
        else e
        for medium, e in media.items()
    }
    for medium in _OF_A_PRODUCT if set(media) <= {Medium.SBOM} else _OF_A_MACHINE:
        state = Looked.LOOKED_THROUGH if medium in sifted else Looked.ABSENT
        found.setdefault(medium, AssetEvidence(state=state, observations=0, newest=""))
    return found


def _also(reading: Reading, best: Mapping[str, str]) -> dict[str, set[str]]:
    """Give the other names and identifiers of each asset, by its folded best name."""
    also: dict[str, set[str]] = defaultdict(set)
    for asset, _, value in reading.assets.identifiers():
        name = best.get(asset, asset).casefold()
        also[name] |= {other for other in (asset, value) if other != name}
    return also
