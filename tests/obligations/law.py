# SPDX-License-Identifier: Apache-2.0
"""A small composed law for the tests of obligations: one authority, one supplier, one measure at a time."""

from __future__ import annotations

from typing import Any

import msgspec

from debar.model.measures import (
    Authority,
    Citation,
    Condition,
    Document,
    Exemption,
    Measure,
    Organisation,
    Party,
    Product,
    Provision,
    Review,
    Target,
)
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Grade,
    Instrument,
    Meaning,
    MeasureStatus,
    Modality,
)
from debar.obligations.question import Question, Subject, subject_of
from debar.register import Register

MAKER = Party(
    id="maker",
    name="Maker",
    products=(
        Product(id="shield", name="Maker Shield", categories=(Category.ANTI_VIRUS, Category.CYBERSECURITY)),
        Product(id="course", name="Maker Course", categories=(Category.SECURITY_TRAINING,)),
        Product(id="toolkit", name="Maker Toolkit", categories=(Category.LIBRARY,)),
    ),
)
OTHER = Party(id="other", name="Other")
DOCUMENTS = {
    id_: Document(
        id=id_, title=f"Text {id_}", publisher="Office", url=f"https://example.com/{id_}", grade=Grade.PRIMARY
    )
    for id_ in ("order", "notice")
}
PROVISION = Provision(
    id="ban",
    modality=Modality.PROHIBITED,
    acts=(Act.USE,),
    addressees=(AddresseeKind.COMPANY,),
    targets=Target(parties=("maker",)),
    applies_from="2024-07-20",
    known_from="2024-06-20",
    text="Companies must not use it.",
    action="Stop using it.",
    grade=Grade.PRIMARY,
    citations=(Citation(document="order", at="sec-1", quote="shall not use"),),
)
CONDITION = Condition(id="purpose", fact="purpose", equals="yes", needs="Is it used for the purpose?")
EXEMPTION = Exemption(
    id="training",
    text="Training is outside.",
    grade=Grade.SECONDARY,
    citations=(Citation(document="notice"),),
)


def provision(**changes: Any) -> Provision:
    """Give the ban on use, changed."""
    return msgspec.structs.replace(PROVISION, **changes)


def exemption(**changes: Any) -> Exemption:
    """Give an exemption for everybody, changed."""
    return msgspec.structs.replace(EXEMPTION, **changes)


def measure(*provisions: Provision, **changes: Any) -> Measure:
    """Give an active regulation with these provisions, changed."""
    plain = Measure(
        id="us-order",
        title="Order",
        authority="us-office",
        jurisdiction="us",
        instrument=Instrument.REGULATION,
        status=MeasureStatus.ACTIVE,
        cite="1 FR 1",
        issued="2024-06-20",
        summary="A ban.",
        documents=("order", "notice"),
        provisions=provisions or (PROVISION,),
        review=Review(last="2024-06-20", every=90),
    )
    return msgspec.structs.replace(plain, **changes)


def register(*measures: Measure) -> Register:
    """Give a register of these measures."""
    zones = {"us-office": "America/New_York", "jp-office": "Asia/Tokyo"}
    return Register(
        version="2024.06.20",
        sha256="",
        authorities={
            id_: Authority(id=id_, name=id_, short=id_, jurisdiction=id_[:2], zone=zone) for id_, zone in zones.items()
        },
        parties={"maker": MAKER, "other": OTHER},
        documents=DOCUMENTS,
        measures={m.id: m for m in measures},
        indicators=(),
        layouts=(),
    )


def company(
    *kinds: AddresseeKind, jurisdictions: tuple[str, ...] = ("us",), facts: dict[str, str] | None = None
) -> Organisation:
    """Give a company, or an organisation of other kinds, with its answers."""
    return Organisation(
        name="asker", jurisdictions=jurisdictions, kinds=kinds or (AddresseeKind.COMPANY,), facts=facts or {}
    )


def question(organisation: Organisation | None = None, as_of: str = "2024-10-01", known_on: str = "") -> Question:
    """Give a question of a company on 1 October 2024, changed."""
    return Question(organisation=organisation or company(), as_of=as_of, known_on=known_on)


def subject(
    product: str = "shield",
    *,
    meaning: Meaning = Meaning.INSTALLED,
    level: int = 5,
    exposure: str | None = None,
    party: Party = MAKER,
) -> Subject:
    """Give the installed shield, changed."""
    return subject_of(party, product, meaning, level=level, exposure=exposure)
