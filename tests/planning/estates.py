# SPDX-License-Identifier: Apache-2.0
"""Small reports for plans: machines with products, findings about them, and what else protects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar.model.inventory import Observable, Source
from debar.model.measures import Organisation
from debar.model.results import (
    AssetCoverage,
    AssetEvidence,
    Brief,
    Coverage,
    Decision,
    Exposure,
    Finding,
    Identity,
    Match,
    Obligation,
    Program,
    Protection,
    RegisterVersion,
    Report,
)
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Force,
    Grade,
    Health,
    Instrument,
    Kind,
    Looked,
    Meaning,
    MeasureStatus,
    Medium,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ZONE = "America/New_York"
MEASURE = "us-order"


class Thing(NamedTuple):
    """One exposure as a test states it."""

    asset: str
    product: str
    due: str = ""
    """Day from which the act is not lawful, in New York; the last day in time is the one before."""
    status: Status = Status.PROHIBITED
    act: Act = Act.USE
    meaning: Meaning = Meaning.INSTALLED
    level: int = 4
    party: str = "kaspersky"
    decision: Decision | None = None
    owner: str = ""


def exposure(thing: Thing) -> Exposure:
    """Give the exposure of a thing; its id is made of what it is."""
    match = Match(
        indicator="kaspersky-name",
        observable=Observable(Kind.NAME, thing.product),
        source="src-1",
        locator="row 2",
        technique="name phrase",
        confidence=0.9,
        level=thing.level,
        label=thing.product,
        version="",
        medium=Medium.PURCHASES if thing.meaning is Meaning.PURCHASE else Medium.INVENTORY,
        meaning=thing.meaning,
        against="",
        count=1,
        first_seen="",
        last_seen="",
    )
    return Exposure(
        id=f"exp-{thing.asset}-{thing.product}-{thing.meaning}",
        asset=thing.asset,
        party=thing.party,
        product=thing.product,
        version="",
        identity=Identity(on="2024-09-20", dated=True, ties=(), host=""),
        meaning=thing.meaning,
        level=thing.level,
        confidence=0.9,
        techniques=("name phrase",),
        matches=(match,),
        first_seen="",
        last_seen="",
        decision=thing.decision,
    )


def finding(thing: Thing, *, until: str | None = None, questions: tuple[str, ...] = ()) -> Finding:
    """Give what the law says of a thing."""
    return Finding(
        id=f"fin-{thing.asset}-{thing.product}-{thing.meaning}-{thing.act}",
        exposure=exposure(thing).id,
        measure=MEASURE,
        provision=f"{MEASURE}#{thing.act}",
        act=thing.act,
        status=thing.status,
        since=f"{thing.due or '2024-06-20'}T04:00:00Z",
        until=until,
        contract=None,
        exemption="library" if thing.status is Status.EXEMPT else None,
        waiver=None,
        missing=questions,
        questions=questions,
        grade=Grade.PRIMARY,
        doubts=(),
        pauses=(),
        reached=None,
        text="",
        action="Remove it.",
        consequence="",
        because=(),
    )


def protection(
    asset: str, state: Health = Health.HEALTHY, as_of: str = "2024-10-01", product: str = "sentinelone"
) -> Protection:
    """Give a product of others on an asset."""
    says = () if state is Health.INSTALLED else (f"state={state}",)
    return Protection(
        asset=asset,
        product=product,
        name=product.title(),
        state=state,
        says=says,
        as_of=as_of,
        source="src-1",
        locator="row 2",
    )


def report(
    things: Sequence[Thing],
    *,
    protections: Sequence[Protection] = (),
    looked: Sequence[str] | None = None,
    findings: Sequence[Finding] | None = None,
) -> Report:
    """Give a report on things; `looked` are the assets whose programs were listed, all when not given."""
    own = [finding(thing) for thing in things] if findings is None else list(findings)
    due = {f.id: thing for f, thing in zip(own, things, strict=False)} if findings is None else {}
    seen = dict.fromkeys(thing.asset for thing in things) if looked is None else dict.fromkeys(looked)
    return Report(
        schema=1,
        program=Program(name="debar", version="0.1.0"),
        register=RegisterVersion(version="2026.11.22", sha256="0" * 64, added=(), age=0, warning=""),
        as_of="2024-10-05",
        known_on=None,
        organisation=Organisation(name="Orchard Agency", jurisdictions=("us",), kinds=(AddresseeKind.COMPANY,)),
        assumed=False,
        measures={
            MEASURE: Brief(
                title="Order",
                cite="1 FR 1",
                authority="us-office",
                instrument=Instrument.REGULATION,
                status=MeasureStatus.ACTIVE,
                zone=ZONE,
            )
        },
        names={"kaspersky": "Kaspersky", "kaspersky/endpoint-security": "Kaspersky Endpoint Security"},
        brands={},
        sources=(Source(id="src-1", path="programs.csv", reader="table", sha256="", size=1, observations=1),),
        skips=(),
        indicators={},
        exposures=tuple(exposure(thing) for thing in things),
        set_aside=(),
        findings=tuple(own),
        positions={},
        obligations=tuple(_obligation(f, due.get(f.id)) for f in own),
        coverage=Coverage(
            kinds_seen=("inventory",),
            kinds_missing=(),
            notes=("no SBOM: components were not looked at",),
            stale_after=90,
            assets=tuple(_looked(asset) for asset in seen),
        ),
        protection=tuple(protections),
    )


def _obligation(one: Finding, thing: Thing | None) -> Obligation:
    dated = thing is None or bool(thing.due)
    return Obligation(
        id=f"obl-{one.id}",
        exposures=(one.exposure,) if one.exposure else (),
        action=one.action,
        due=one.since if dated else None,
        force=Force.MUST if one.status in (Status.PROHIBITED, Status.REQUIRED) else Force.SHOULD,
        findings=(one.id,),
        owner=thing.owner if thing else "",
    )


def _looked(asset: str) -> AssetCoverage:
    evidence = AssetEvidence(state=Looked.READ, observations=1, newest="2024-09-20", readers=("table",))
    return AssetCoverage(asset=asset, also=(), evidence={Medium.INVENTORY: evidence})


def shuffled(found: Report, order: Sequence[int]) -> Report:
    """Give a report with its parts in another order; `order` holds numbers that are sorted by."""

    def mixed(parts: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(
            part for _, part in sorted(zip([*order] * len(parts), parts, strict=False), key=lambda one: one[0])
        )

    return msgspec.structs.replace(
        found,
        exposures=mixed(found.exposures),
        findings=mixed(found.findings),
        obligations=mixed(found.obligations),
        protection=mixed(found.protection),
        coverage=msgspec.structs.replace(found.coverage, assets=mixed(found.coverage.assets)),
    )
