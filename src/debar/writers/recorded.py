# SPDX-License-Identifier: Apache-2.0
"""What people put on record, and what is due next, for a terminal or as JSON."""

from __future__ import annotations

from collections import Counter
from typing import IO, TYPE_CHECKING

from debar import dates
from debar.model.vocab import State
from debar.writers import json
from debar.writers.duties import status
from debar.writers.layout import Page
from debar.writers.legal import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.results import Obligation, Recorded
    from debar.register import Register
    from debar.writers import Style

_STATES = {"counts": "", "not yet": "dim", "unused": "yellow"}


def write_records(
    listed: Sequence[Recorded],
    obligations: Iterable[Obligation],
    register: Register,
    on: str,
    form: str,
    out: IO[str],
    style: Style,
) -> None:
    """Write every record with what it comes to, then what is due next."""
    due = sorted(
        (one for one in obligations if not one.action.startswith("Answer: ") and one.state is not State.STANDING),
        key=lambda one: (one.due or "9999", one.action),
    )
    if form == "json":
        json.write_document({"on": on, "records": listed, "obligations": due}, out, style)
        return
    page = Page(out, style)
    for one in listed:
        _record(page, one)
    counts = Counter(one.state for one in listed)
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no records"
    page.heading("In all", told)
    page.heading("What is due", "" if due else "nothing that the register knows of")
    write_next(page, due, register, on)


def _record(page: Page, one: Recorded) -> None:
    record = one.record
    about = ", ".join(record.provisions) or f"{len(record.exposures)} exposures"
    contract = f" for contract {record.contract}" if record.contract else ""
    page.paragraph(f"{record.on}  {about}{contract}", style="bold" if one.state == "counts" else _STATES[one.state])
    evidence = f"; {record.evidence} ({record.sha256[:12]})" if record.evidence else ""
    page.paragraph(f"{one.state}: {record.found} - {record.by}{evidence}", indent=2, hang=2)


def write_next(page: Page, obligations: Iterable[Obligation], register: Register, on: str) -> None:
    """Write what is due next, each with its day, its id and how far it is."""
    for obligation in obligations:
        when = _when(obligation, register, on)
        page.paragraph(f"{when:<14}{obligation.action}", hang=14)
        told = [obligation.id, *filter(None, [status(obligation)])]
        page.paragraph(", ".join(told), indent=14, style="dim")


def _when(obligation: Obligation, register: Register, on: str) -> str:
    if obligation.state is State.DONE and not obligation.repeats:
        return "done"
    if not obligation.due:
        return "no day known" if obligation.provisions else "any day"
    measure = register.measures[obligation.provisions[0].partition("#")[0]]
    zone = register.authorities[measure.authority].zone
    if obligation.state is State.OPEN and dates.key(obligation.due) < dates.ends(on, zone):
        return "now"  # it binds since then: a day on which it was due would have made it overdue
    return moment(obligation.due, zone)
