# SPDX-License-Identifier: Apache-2.0
"""What is asked for, as decisions: one for each exposure that is named, or one for a scope; with everything wrong told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from msgspec.structs import asdict, replace

from debar import dates
from debar import decisions as deciding
from debar.errors import UsageError
from debar.model.results import Decision
from debar.portfolio import names
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import HELD, PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.deeds import Ask
    from debar.portfolio.estates import Estate

MOST = 500
"""Exposures that one request may name; for more there are scopes."""
_LONGEST = 400
"""Characters of a part of a scope, or of a name."""
_SCOPE = ("party", "measure", "exemption", "granted_by", "reference", "ticket")
_SAME = frozenset({*_SCOPE, "verdict", "assets", "purl", "reason"})
"""Fields that a decision takes over as they were asked for."""


def worded(estate: Estate, wanted: Ask, at: str) -> list[Decision]:
    """Give what is asked for at an instant, without anybody who agrees; UsageError with everything that is wrong with it."""
    decisions = list(_decisions(estate, _plain(wanted), at))
    sound([replace(one, approver="") for one in decisions], is_asked=True)
    if decisions[0].expires < at[:10]:
        raise UsageError(f"expires: {decisions[0].expires} has passed", hint="name the last day on which it holds")
    deciding.check(decisions, register_of(estate), at[:10])
    return decisions


def sound(decisions: Sequence[Decision], *, is_asked: bool = False) -> None:
    """Raise UsageError with the faults of decisions; of what is only asked for, nobody knows yet who agrees."""
    said = {
        f"{field}: {text}".removeprefix(": "): None
        for one in decisions
        for field, text in deciding.faults(one)
        if not (is_asked and field == "approver")
    }
    if said:
        raise UsageError("\n".join(said), hint="a decision has a scope, a verdict, a reason and a last day")


def day(text: str, what: str) -> str:
    """Give a day; UsageError for what is none."""
    try:
        dates.parse(text)
    except ValueError as e:
        raise UsageError(f"{what}: {e}", hint="write a day such as 2027-01-31") from e
    if not dates.is_date(text):
        raise UsageError(f"{what}: {text!r} is no day", hint="write a day such as 2027-01-31")
    return text


def _plain(wanted: Ask) -> Ask:
    """Give what is asked for with its texts as they can be kept and shown."""
    texts = {name: names.text(getattr(wanted, name), name, _LONGEST) for name in _SCOPE}
    texts |= {"purl": names.text(wanted.purl, "purl"), "reason": names.text(wanted.reason, "the reason")}
    if max(len(wanted.exposures), len(wanted.assets)) > MOST:
        raise UsageError(f"more than {MOST} at once", hint="decide on a party, a product or patterns of assets")
    return replace(
        wanted, **texts, assets=tuple(names.text(one, "a pattern of assets", _LONGEST) for one in wanted.assets)
    )


def _decisions(estate: Estate, wanted: Ask, at: str) -> Iterator[Decision]:
    """Yield one decision for each exposure that is named, or one for the whole scope."""
    said = {name: value for name, value in asdict(wanted).items() if name in _SAME}
    days = {"created": day(wanted.created or at[:10], "created"), "expires": day(wanted.expires, "expires")}
    with estate.reading() as connection:
        document = _document(connection, wanted.document)
        about = _about(connection, wanted.exposures)
    whole = Decision(**{**said, **days, **document}, requester=estate.caller.name)
    yield from (replace(whole, exposure=id_, about=text) for id_, text in about.items())
    if not about:
        yield whole


def _document(connection: sa.Connection, sha256: str) -> dict[str, str]:
    """Give the paper of a decision: its name here, and its digest."""
    if not sha256:
        return {}
    name = connection.execute(sa.select(PAPERS.c.name).where(PAPERS.c.sha256 == sha256)).scalar()
    if name is None:
        raise UsageError("document: no such paper is here", hint="upload it first, or write where it is: reference")
    bare = name.replace("\\", "/").rpartition("/")[2].replace(":", "_").strip(". ")
    return {"document": bare or sha256, "sha256": sha256}


def _about(connection: sa.Connection, exposures: Sequence[str]) -> dict[str, str]:
    """Give what exposures are, by their ids, for a reader; UsageError for one that was never found."""
    query = sa.select(HELD.c.exposure, HELD.c.asset, HELD.c.party, HELD.c.product).where(HELD.c.exposure.in_(exposures))
    rows = connection.execute(query.order_by(HELD.c.last_run)).all() if exposures else []
    found = {row.exposure: f"{row.party}{'/' * bool(row.product)}{row.product} on {row.asset}" for row in rows}
    if missing := [id_ for id_ in exposures if id_ not in found]:
        raise UsageError(f"no exposure is called {missing[0][:40]!r}", hint="choose from the list of exposures")
    return {id_: found[id_] for id_ in exposures}
