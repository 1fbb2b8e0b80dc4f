# SPDX-License-Identifier: Apache-2.0
"""A small composed register with one of everything that an export has to tell apart, and hostile words in it."""

from __future__ import annotations

import io
import json
from typing import Any

import msgspec

from debar.model.measures import (
    Authority,
    Calendar,
    Citation,
    Condition,
    Deadline,
    Document,
    Exemption,
    Holiday,
    Interruption,
    Measure,
    Party,
    Product,
    Provision,
    Relation,
    Review,
    Target,
    Waiver,
)
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Grade,
    Halt,
    Instrument,
    MeasureStatus,
    Modality,
    RelationKind,
    Tie,
)
from debar.register import Register
from debar.writers.register import Part, load

ON = "2024-10-01"
HOSTILE = "=cmd|' /C calc'!A0\nBEGIN:VEVENT\r\nSUMMARY:mine; a,b\\c <script>alert(1)</script> \x07\x1b[31m\u202eevil\u2028 €ß漢字"
REVIEW = Review(last="2024-06-20", every=90)
CITED = (Citation(document="order", at="sec-1", quote="shall not use"), Citation(document="report"))
PROVISION = Provision(
    id="ban",
    modality=Modality.PROHIBITED,
    acts=(Act.USE, Act.RESELL),
    addressees=(AddresseeKind.COMPANY,),
    targets=Target(parties=("maker",), extends_to=(Tie.SUBSIDIARIES,), categories=(Category.ANTI_VIRUS,)),
    applies_from="2024-11-01",
    applies_until="2026-11-01",
    known_from="2024-06-20",
    text="Companies must not use it.",
    grade=Grade.PRIMARY,
    citations=CITED,
)
MEASURE = Measure(
    id="us-order",
    title="Order",
    authority="us-office",
    jurisdiction="us",
    instrument=Instrument.REGULATION,
    status=MeasureStatus.ACTIVE,
    cite="1 FR 1",
    issued="2024-06-20",
    summary="A ban.",
    documents=("order", "report"),
    provisions=(PROVISION,),
    review=REVIEW,
)
YES = Condition(id="purpose", fact="purpose", equals="yes", needs="Is it used for the purpose?")
DOCUMENTS = {
    "order": Document(
        id="order",
        title="Order",
        publisher="Office",
        url="https://example.com/order",
        grade=Grade.PRIMARY,
        cite="1 FR 1",
    ),
    "report": Document(
        id="report", title="Report", publisher="Paper", url="https://example.com/report?a=1&b=2", grade=Grade.SECONDARY
    ),
    "odd": Document(id="odd", title="Odd", publisher="?", url="javascript:alert(1)\r\nX:y", grade=Grade.SECONDARY),
}
HOLIDAYS = Calendar(
    id="us-days", name="Days", jurisdiction="us", holidays=(Holiday(name="Armistice", month=11, day=11),)
)
AUTHORITIES = {
    "us-office": Authority(
        id="us-office", name="Office", short="Office", jurisdiction="us", zone="America/New_York", calendar="us-days"
    ),
    "uk-office": Authority(id="uk-office", name="UK Office", short="UKO", jurisdiction="uk", zone="Europe/London"),
}


def provision(**changes: Any) -> Provision:
    """Give the ban, changed."""
    return msgspec.structs.replace(PROVISION, **changes)


def measure(*provisions: Provision, **changes: Any) -> Measure:
    """Give the order with these provisions, changed."""
    return msgspec.structs.replace(MEASURE, provisions=provisions or (PROVISION,), **changes)


def relation(kind: RelationKind, to: str, **changes: Any) -> Relation:
    """Give a tie that somebody has seen, changed."""
    return msgspec.structs.replace(Relation(kind=kind, to=to, text=f"{kind} of {to}", grade=Grade.PRIMARY), **changes)


def party(id_: str, *relations: Relation, **changes: Any) -> Party:
    """Give a party with a product, changed."""
    plain = Party(
        id=id_,
        name=id_.capitalize(),
        country="NO",
        products=(Product(id="shield", name="Shield", categories=(Category.ANTI_VIRUS,)),),
        relations=relations,
        citations=CITED,
    )
    return msgspec.structs.replace(plain, **changes)


def register(*measures: Measure, parties: tuple[Party, ...] = (), version: str = "2024.06.20") -> Register:
    """Give a register of these measures and parties; of the maker alone when none is given."""
    return Register(
        version=version,
        sha256="0" * 64,
        added=(),
        authorities=AUTHORITIES,
        calendars={HOLIDAYS.id: HOLIDAYS},
        parties={p.id: p for p in parties or (party("maker"),)},
        documents=DOCUMENTS,
        measures={m.id: m for m in measures},
        indicators=(),
        layouts=(),
    )


def part(whole: Register, on: str = ON, **narrowed: str) -> Part:
    """Give all of a register, asked about on a day."""
    pairs = frozenset(f"{m.id}#{p.id}" for m in whole.measures.values() for p in m.provisions)
    return Part(whole, tuple(whole.measures.values()), pairs, tuple(whole.parties.values()), on, narrowed)


def written(form: str, chosen: Part) -> str:
    """Give what a format writes."""
    out = io.StringIO(newline="")
    load(form).write(chosen, out)
    return out.getvalue()


def entities(chosen: Part) -> list[dict[str, Any]]:
    """Give the FollowTheMoney entities of a part."""
    return [json.loads(line) for line in written("ftm", chosen).split("\n") if line]


def everything() -> Register:
    """Give a register with one of everything, hostile words in every text that is free."""
    exemption = Exemption(
        id="training",
        text=HOSTILE,
        conditions=(YES,),
        applies_until="2025-01-01T12:30-05:00",
        grade=Grade.PRIMARY,
        citations=(Citation(document="odd"), *CITED),
    )
    halt = Interruption(
        id="pause", kind=Halt.SUSPENSION, text=HOSTILE, applies_from="2024-12-01", applies_until="2025-02-01",
        known_from="2024-06-20", grade=Grade.PRIMARY,
    )  # fmt: skip
    duty = provision(
        id="remove", modality=Modality.REQUIRED, acts=(Act.REMOVE,), applies_from="2024-06-20",
        deadline=Deadline(after="2024-11-08", amount=1, unit="business-days"), text=HOSTILE,
    )  # fmt: skip
    waiver = Waiver(
        id="grace", provisions=("ban",), granted_by="Office", text=HOSTILE, applies_from="2024-06-20",
        applies_until="2025-03-01", holder="Bank", grade=Grade.SECONDARY,
    )  # fmt: skip
    order = measure(
        provision(exemptions=(exemption,), interruptions=(halt,), conditions=(YES,)), duty, waivers=(waiver,),
        title=HOSTILE, cite=HOSTILE, summary=HOSTILE,
    )  # fmt: skip
    bill = measure(
        provision(targets=Target(origins=("foreign",))), id="uk-bill", authority="uk-office", jurisdiction="uk",
        instrument=Instrument.PROPOSAL,
    )  # fmt: skip
    listing = measure(id="us-list", instrument=Instrument.LIST_ENTRY, title="List")
    maker = party(
        "maker", relation(RelationKind.LISTED, "us-list", valid_from="2024-06-24", text=HOSTILE), name=HOSTILE
    )
    return register(order, bill, listing, parties=(maker, party("child", relation(RelationKind.SUBSIDIARY, "maker"))))
