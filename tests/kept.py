# SPDX-License-Identifier: Apache-2.0
"""Reports for a history: as small as can be, each with what it met, what it looked at, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.identity import stable_id
from debar.model.inventory import Observable, Skip, Source
from debar.model.measures import Organisation
from debar.model.results import (
    AssetCoverage,
    AssetEvidence,
    Brief,
    Coverage,
    Decision,
    DecisionState,
    Exposure,
    Finding,
    Identity,
    Match,
    Obligation,
    Position,
    Program,
    RegisterVersion,
    Report,
    SetAside,
)
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Force,
    Grade,
    Instrument,
    Kind,
    Looked,
    Meaning,
    MeasureStatus,
    Medium,
    Status,
    Validity,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MEASURE = "us-a-2024"
ORGANISATION = Organisation(name="us/company", jurisdictions=("us",), kinds=(AddresseeKind.COMPANY,))


def exposure(asset: str, *, media: Collection[Medium] = (Medium.INVENTORY,), level: int = 5) -> Exposure:
    """Give the exposure of a machine that has the product."""
    matches = tuple(
        Match(
            indicator="kaspersky-name",
            observable=Observable(Kind.NAME, "Kaspersky Endpoint Security"),
            source="src-000000000001",
            locator="1",
            technique="product equals",
            confidence=0.9,
            level=level,
            label="Kaspersky Endpoint Security",
            version="12",
            medium=medium,
            meaning=Meaning.INSTALLED,
            against="",
            count=1,
            first_seen="",
            last_seen="",
        )
        for medium in media
    )
    return Exposure(
        id=stable_id("exp", asset.casefold(), "kaspersky", "endpoint-security"),
        asset=asset,
        party="kaspersky",
        product="endpoint-security",
        version="12",
        identity=Identity(on="", dated=False, ties=(), host=""),
        meaning=Meaning.INSTALLED,
        level=level,
        confidence=0.9,
        techniques=("product equals",),
        matches=matches,
        first_seen="",
        last_seen="",
    )


def finding(met: Exposure, status: Status = Status.PROHIBITED, since: str = "2024-07-20T04:00:00Z") -> Finding:
    """Give what the law says of using it."""
    return Finding(
        id=stable_id("find", met.id, status, since),
        exposure=met.id,
        measure=MEASURE,
        provision=f"{MEASURE}#use",
        act=Act.USE,
        status=status,
        since=since,
        until=None,
        contract=None,
        exemption=None,
        waiver=None,
        missing=(),
        questions=(),
        grade=Grade.PRIMARY,
        doubts=(),
        pauses=(),
        reached=None,
        text="Nobody uses it.",
        action="Remove it.",
        consequence="",
        because=(),
    )


def looks(
    media: Mapping[str, Collection[Medium]], state: Looked = Looked.READ, readers: tuple[str, ...] = ("table",)
) -> tuple[AssetCoverage, ...]:
    """Give the coverage of assets, each with the kinds of evidence that were looked at."""
    return tuple(
        AssetCoverage(
            asset=asset,
            also=(),
            evidence={
                medium: AssetEvidence(state=state, observations=1, newest="", readers=readers) for medium in looked
            },
        )
        for asset, looked in sorted(media.items())
    )


def decision(met: Exposure, expires: str = "2024-12-31", state: Validity = Validity.VALID) -> DecisionState:
    """Give a decision on an exposure, with what became of it."""
    made = Decision(
        exposure=met.id,
        about=met.asset,
        verdict=Verdict.ACCEPTED,
        reason="moved in spring",
        requester="A. Meyer",
        created="2024-06-01",
        expires=expires,
    )
    return DecisionState(
        id=stable_id("decision", met.id, expires), decision=made, state=state, exposures=(met.id,), findings=(), text=""
    )


def obligation(met: Exposure, due: str | None = "2024-09-30T03:59:59.999999Z") -> Obligation:
    """Give what is to be done about an exposure."""
    return Obligation(
        id=stable_id("obl", met.id, due or ""),
        exposures=(met.id,),
        action="Remove it.",
        due=due,
        force=Force.MUST,
        findings=(),
    )


def report(
    day: str,
    *assets: str,
    looked: Collection[str] | None = None,
    media: Collection[Medium] = (Medium.INVENTORY,),
    aside: Collection[str] = (),
    status: Status = Status.PROHIBITED,
    decided: tuple[DecisionState, ...] = (),
    is_cut: bool = False,
    state: Looked = Looked.READ,
) -> Report:
    """Give a report about a day on which some assets have the product; looked at are those, unless others are named."""
    met = [exposure(asset, media=media) for asset in assets]
    seen = (*assets, *aside) if looked is None else looked
    skips = (Skip(source="a.csv", locator="", reason="not read: interrupted (SIGTERM)"),) if is_cut else ()
    held: dict[str, tuple[Position, ...]] = {
        one.id: (Position(act=Act.USE, status=status, since=None, until=None, becomes=None, findings=()),)
        for one in met
    }
    return Report(
        schema=1,
        program=Program(name="debar", version="0.1.0"),
        register=RegisterVersion(version="2024.10.01", sha256="ab" * 32, added=(), age=0, warning=""),
        as_of=day,
        known_on=None,
        organisation=ORGANISATION,
        assumed=False,
        measures={
            MEASURE: Brief(
                title="A ban",
                cite="A 1",
                authority="A",
                instrument=Instrument.DETERMINATION,
                status=MeasureStatus.ACTIVE,
                zone="America/New_York",
            )
        },
        names={"kaspersky": "Kaspersky", "kaspersky/endpoint-security": "Kaspersky Endpoint Security"},
        brands={},
        sources=(
            Source(id="src-000000000001", path="a.csv", reader="table", sha256="cd" * 32, size=1, observations=1),
        ),
        skips=skips,
        indicators={},
        exposures=tuple(met),
        set_aside=tuple(SetAside(exposure=exposure(asset, media=media), reason="false positive") for asset in aside),
        findings=tuple(finding(one, status) for one in met),
        positions=held,
        obligations=tuple(obligation(one) for one in met),
        coverage=Coverage(
            kinds_seen=("inventory",),
            kinds_missing=(),
            notes=(),
            stale_after=90,
            assets=looks(dict.fromkeys(seen, media), state),
        ),
        decisions=decided,
    )
