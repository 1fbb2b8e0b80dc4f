# SPDX-License-Identifier: Apache-2.0
"""Exposures and decisions on them, made for tests of what people decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from debar.identity import stable_id
from debar.model.inventory import Observable
from debar.model.results import Decision, Exposure, Identity, Match, SetAside
from debar.model.vocab import Kind, Meaning, Medium, Verdict

DAY = "2024-10-01"
ABOUT_THINGS = (
    Verdict.CONFIRMED,
    Verdict.FALSE_POSITIVE,
    Verdict.NOT_THE_PARTY,
    Verdict.ACCEPTED,
    Verdict.REPLACED,
)
MATCH = Match(
    indicator="maker-name", observable=Observable(Kind.NAME, "Maker Shield"), source="src-1", locator="/0",
    technique="name phrase", confidence=0.9, level=4, label="Maker Shield", version="1", medium=Medium.INVENTORY,
    meaning=Meaning.INSTALLED, against="", count=1, first_seen="2024-08-01", last_seen="2024-08-01",
)  # fmt: skip


def exposure(
    asset: str = "alpha",
    *,
    seen: str = "2024-08-01",
    meaning: Meaning = Meaning.INSTALLED,
    party: str = "maker",
    purl: str = "",
) -> Exposure:
    """Give an exposure of one match."""
    match = replace(MATCH, first_seen=seen, last_seen=seen, meaning=meaning, purl=purl)
    return Exposure(
        id=stable_id("exp", asset, party, "shield"), asset=asset, party=party, product="shield", version="1",
        identity=Identity(on=seen or DAY, dated=bool(seen), ties=(), host=""), meaning=meaning, level=4, confidence=0.9,
        techniques=("name phrase",), matches=(match,), first_seen=seen, last_seen=seen,
    )  # fmt: skip


def decision(verdict: Verdict, asset: str = "alpha", /, **fields: Any) -> Decision:
    """Give a decision on the exposure of an asset, unless the fields name another scope."""
    is_wide = not {"assets", "purl", "party", "measure"}.isdisjoint(fields)
    stated: dict[str, Any] = {
        "exposure": "" if is_wide else exposure(asset).id,
        "about": "" if is_wide else "Shield",
        "reason": "looked",
        "requester": "A. Meyer",
        "approver": "B. Kim",
        "created": "2024-09-01",
        "expires": "2024-12-31",
    }
    return Decision(verdict=verdict, **(stated | fields))


ASSETS = st.sampled_from(["alpha", "beta", "gamma", "delta"])
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 12, 31)).map(lambda day: day.isoformat())
TERMS = st.tuples(DAYS, DAYS).map(lambda days: {"created": min(days), "expires": max(days)})
SCOPES = st.one_of(
    ASSETS.map(lambda asset: {"exposure": exposure(asset).id}),
    st.sampled_from(["*a", "alph?", "b*", "*"]).map(lambda glob: {"assets": (glob,), "party": "maker"}),
    st.just({"party": "maker/shield"}),
)
EXPOSURES = st.lists(
    st.builds(lambda a, d: exposure(a, seen=d), ASSETS, st.one_of(st.just(""), DAYS)), unique_by=lambda e: e.id
)
ASIDE = st.lists(
    st.builds(
        lambda a, m, r: SetAside(exposure=exposure(a, meaning=m), reason=r),
        ASSETS,
        st.sampled_from([Meaning.MENTION, Meaning.EMBEDDED]),
        st.sampled_from(["mention only", "not known"]),
    ),
    max_size=4,
)
STANCES = st.sampled_from(
    [(Verdict.CONFIRMED, Verdict.ACCEPTED), (Verdict.FALSE_POSITIVE, Verdict.NOT_THE_PARTY), (Verdict.REPLACED,)]
)
DECISIONS = STANCES.flatmap(
    lambda verdicts: st.lists(
        st.builds(
            lambda verdict, scope, term: decision(verdict, **{"exposure": "", "about": "", **scope, **term}),
            st.sampled_from(verdicts),
            SCOPES,
            TERMS,
        ),
        max_size=6,
    )
)
"""Decisions of any scope and time that agree with each other about the world."""
