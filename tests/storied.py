# SPDX-License-Identifier: Apache-2.0
"""Statements and papers made by hand, for tests of what papers tell together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.examined import Examined
from debar.intake.flat import flat
from debar.intake.mentions.mention import Mention
from debar.intake.seen import Seen
from debar.model.intake import Paper, Published, Span, StatedDate, Statement
from debar.model.vocab.statements import DateBasis, DateRole, PaperKind, Precision, StatedAct

if TYPE_CHECKING:
    from debar.intake.mentions.citations import Cited
    from debar.model.intake import StatedNumber

_PRECISION = {4: Precision.YEAR, 7: Precision.MONTH}


def dated(value: str, role: str = "on", text: str = "", precision: Precision | None = None) -> StatedDate:
    """Give a date as a statement has it."""
    return StatedDate(
        value=value,
        role=DateRole(role),
        precision=precision or _PRECISION.get(len(value), Precision.DAY),
        basis=DateBasis.EXPLICIT,
        text=text or value,
        span=Span(0, 1),
    )


def stated(
    act: str,
    when: str = "",
    document: str = "a",
    *,
    polarity: str = "asserted",
    subject: str = "",
    said_by: tuple[str, ...] = (),
    number: StatedNumber | None = None,
    part: str = "",
) -> Statement:
    """Give a statement; `when` is a role and a value, such as "from 2024-07-20", and `part` what it is about."""
    role, _, value = when.rpartition(" ")
    date = dated(value, role or "on") if when else None
    told = "-".join((document, act, when.replace(" ", "."), polarity, subject, part, number.text if number else ""))
    return Statement(
        id=told,
        document=document,
        act=StatedAct(act),
        subject=subject,
        object=part,
        date=date,
        number=number,
        polarity=polarity,
        said_by=said_by,
        span=Span(0, 0),
    )


def paper(
    name: str,
    text: str = "",
    published: str = "",
    kind: PaperKind = PaperKind.NEWS,
) -> Paper:
    """Give a paper whose whole text is its main text."""
    whole = ((0, len(text)),) if text else ()
    return Paper(
        id=name,
        path=f"{name}.txt",
        sha256="",
        title=name,
        published=Published(value=published) if published else Published(),
        kind=kind,
        main=whole,
        paragraphs=whole,
        text=text,
    )


def examined(
    one: Paper,
    *statements: Statement,
    supplier: str = "",
    place: str = "",
    cites: tuple[Cited, ...] = (),
    mentions: tuple[Mention, ...] = (),
) -> Examined:
    """Give a paper as examined, with a mention of a supplier and of a place if they are named."""
    named = [
        Mention(0, 1, "supplier", supplier, supplier, group=supplier) if supplier else None,
        Mention(0, 1, "place", place, place, jurisdiction=place) if place else None,
    ]
    seen = Seen(
        paper=one,
        flat=flat(one.text),
        sentences=(),
        quotes=(),
        dates=(),
        mentions=(*(name for name in named if name), *mentions),
        numbers=(),
        citations=cites,
    )
    return Examined(seen, (), statements, (), (), ())
