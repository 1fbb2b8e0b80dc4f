# SPDX-License-Identifier: Apache-2.0
"""Papers, statements and stories made by hand, for tests of what is done with them after they were read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.identity import stable_id
from debar.intake.drafts import drafting
from debar.intake.seen import Seen
from debar.model.intake import (
    Conflict,
    ConflictValue,
    Paper,
    Published,
    Reading,
    Span,
    StatedDate,
    Statement,
    Story,
    Unexplained,
)
from debar.model.vocab.statements import (
    ConflictKind,
    DateBasis,
    DateRole,
    Precision,
    Severity,
    StatedAct,
    Trust,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.register import Register

TEXT = "Acme Routers may not be sold from 20 July 2024. Updates end after 29 September 2024. The shop opened in May."
RIGHT = {
    "authority": "us-bis",
    "instrument": "determination",
    "cite": "",
    "issued": "2024-06-20",
    "provisions[1]": "2024-09-29",
}
"""What a person writes into lines of the usual reading; an empty value refuses the line."""
PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def paper(name: str = "one.txt", text: str = TEXT, **fields: object) -> Paper:
    """Give a paper whose whole text is its main text."""
    made = {
        "id": stable_id("doc", name, text),
        "path": f"papers/{name}",
        "sha256": "0" * 64,
        "title": f"On {name}",
        "publisher": name.partition(".")[0].title(),
        "published": Published(value="2024-07-01", earliest="2024-07-01", latest="2024-07-01"),
        "language": "en",
        "main": ((0, len(text)),),
        "paragraphs": ((0, len(text)),),
        "text": text,
    }
    return Paper(**(made | fields))  # type: ignore[arg-type]


def dated(value: str, role: DateRole = DateRole.FROM, *, at: tuple[int, int] = (34, 46)) -> StatedDate:
    """Give a date of a precision that its value has."""
    return StatedDate(
        value=value,
        role=role,
        precision=PRECISIONS.get(len(value), Precision.DURATION),
        basis=DateBasis.EXPLICIT,
        text=value,
        span=Span(*at),
    )


def said(
    act: StatedAct, value: str = "", role: DateRole = DateRole.FROM, document: str = "doc-1", **fields: object
) -> Statement:
    """Give a statement of a paper."""
    date = dated(value, role) if value else None
    made: dict[str, object] = {
        "id": stable_id("fact", document, act, value, role, *(f"{k}={v}" for k, v in sorted(fields.items()))),
        "document": document,
        "act": act,
        "date": date,
        "span": Span(0, 47),
        "measure": "us/acme",
        "trust": Trust.NEWS,
    }
    return Statement(**(made | fields))  # type: ignore[arg-type]


class Bare(NamedTuple):
    """What drafting asks of an examined paper."""

    seen: Seen

    @property
    def paper(self) -> Paper:
        """Give the paper."""
        return self.seen.paper


def examined(one: Paper) -> Bare:
    """Give a paper in which nothing was found."""
    return Bare(Seen(one, one.text, (), (), (), (), (), ()))


def reading(
    register: Register,
    statements: Sequence[Statement] = (),
    papers: Sequence[Paper] = (),
    conflicts: Sequence[Conflict] = (),
    **fields: object,
) -> Reading:
    """Give a reading of one story with its draft; without papers, of those that statements name."""
    own = tuple(statements)
    known = tuple(papers) or tuple(paper(f"{id_}.txt", id=id_) for id_ in sorted({one.document for one in own}))
    story = Story(
        id="story-000000000001",
        title="Routers of Acme may not be sold",
        supplier="acme",
        jurisdiction="us",
        documents=tuple(one.id for one in known),
        origins=("Department of Trade",),
        facts=tuple(one.id for one in own),
        conflicts=tuple(conflicts),
        missing=("no paper gives the citation of the instrument",),
    )
    draft = drafting.draft(story, own, [examined(one) for one in known], register)  # type: ignore[misc]
    made: dict[str, object] = {
        "schema": 1,
        "debar": "0.0.0",
        "register": "2026.01.01",
        "sha256": "1" * 64,
        "documents": known,
        "facts": own,
        "stories": (replace(story, draft=draft),),
    }
    return Reading(**(made | fields))  # type: ignore[arg-type]


def told(register: Register) -> Reading:
    """Give a reading with everything that a person has to decide about: lines, a conflict, a date."""
    one, two = paper(), paper("two.txt")
    sales = said(StatedAct.PROHIBIT_SELL, "2024-07-20", document=one.id, said_by=("Department of Trade",))
    later = said(StatedAct.PROHIBIT_SELL, "2024-07-20", DateRole.AFTER, document=two.id)
    update = said(StatedAct.PROHIBIT_UPDATE, "2024-09", DateRole.FROM, document=one.id, span=Span(48, 85))
    issued = said(StatedAct.ISSUE, "2024-06-20", DateRole.ON, document=one.id)
    conflict = Conflict(
        type=ConflictKind.BOUNDARY,
        severity=Severity.MATERIAL,
        topic="boundary of sales",
        values=(
            ConflictValue(value="from 2024-07-20", facts=(sales.id,)),
            ConflictValue(value="after", facts=(later.id,)),
        ),
    )
    at = TEXT.index("May")
    open_ = Unexplained(document=one.id, value="2024-05", span=Span(at, at + 3), text="May", id="date-000000000001")
    return reading(register, (sales, later, update, issued), (one, two), (conflict,), unexplained_dates=(open_,))
