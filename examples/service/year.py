# SPDX-License-Identifier: Apache-2.0
"""The demo organisation in a portfolio, carried through its year: `make demo-web` serves what this makes.

    python examples/service/year.py DIR

It does what people would do, one after the other, on the days on which they would: files are sent, runs made, a waiver is asked for,
approved and expires, a duty is put on record, a plan and a proof are made, papers are read and one of them becomes law.
"""

from __future__ import annotations

import secrets
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
from msgspec.structs import replace

from debar.model.deeds import Ask
from debar.model.portfolio import Clock
from debar.model.vocab import MeasureStatus, Verdict
from debar.model.vocab.portfolio import JobKind, Role
from debar.model.vocab.statements import Choice
from debar.obligations.organisation import organisation
from debar.portfolio import (
    additions,
    asking,
    databases,
    drafted,
    errands,
    estates,
    exposures,
    holding,
    membership,
    newly,
    papers,
    people,
    plans,
    proofs,
    remarks,
    running,
    tenants,
    uploads,
)
from debar.portfolio.tables import UPLOADS
from debar.store.places import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.portfolio import Job
    from debar.model.viewed import ExposureRow
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

EXAMPLES = Path(__file__).resolve().parents[1]
ACCOUNTS = "accounts.txt"
PORTFOLIO = "portfolio"
URL = "http://127.0.0.1:8300"
NORTHWIND, HARBORLINE = "northwind", "harborline"
_WAITING = ("reception-pc", "endpoint-security")
"""What has to wait, and on which machine."""
_WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "islet", "juniper", "kelp", "lark")


class Worker(NamedTuple):
    """Somebody who works on it."""

    email: str
    name: str
    role: Role


ANN = Worker("ann@northwind.example", "Ann Meyer", Role.ADMIN)
BEN = Worker("ben@northwind.example", "Ben Kim", Role.ANALYST)
MIA = Worker("mia@northwind.example", "Mia Torres", Role.APPROVER)
VIC = Worker("vic@northwind.example", "Vic Lund", Role.VIEWER)
ORDER = b"""Oregon orders companies to stop using Kaspersky software

7 October 2024

SALEM - The Department of Harvest Safety of Oregon has prohibited the use of Kaspersky software. From 1 December 2024 companies in
Oregon may not use Kaspersky products. The department does not exist; this paper was composed for the demonstration.
"""
"""A notice of an authority that there is not, about a measure that no register has."""
AUTHORITY = """\
id: us-or-dhs
name: Department of Harvest Safety
short: DHS
jurisdiction: us-or
zone: America/Los_Angeles
"""
_LINES = {"authority": "us-or-dhs", "instrument": "determination", "cite": "", "issued": "2024-10-07"}
"""What somebody who has read the notice writes into lines of the draft; an empty value refuses the line."""


def make(folder: Path) -> str:
    """Make the portfolio, and give what is to be told of its accounts."""
    with databases.opened(Place("", folder / PORTFOLIO, str(folder)), makes=True) as portfolio:
        told = _people(portfolio)
        _northwind(portfolio)
        _harborline(portfolio)
    return told


def _people(portfolio: Portfolio) -> str:
    """Make the organisations and their people; give who they are, with their passwords."""
    lines = []
    for number, one in enumerate((ANN, BEN, MIA, VIC)):
        password = "-".join([*secrets.SystemRandom().sample(_WORDS, 4), str(secrets.randbelow(90) + 10)])
        person = people.add(
            portfolio, estates.PROGRAM, email=one.email, name=one.name, password=password, is_operator=not number
        )
        if not number:
            ids = (
                (NORTHWIND, "Northwind Orchards Cooperative", "us+us-or/reseller"),
                (
                    HARBORLINE,
                    "Harborline Systems",
                    "us/federal-contractor",
                ),
            )
            for id_, name, asker in ids:
                tenants.add(
                    portfolio,
                    estates.PROGRAM,
                    name=name,
                    id_=id_,
                    facts=replace(organisation(asker), name=name),
                    admin=person.id,
                )
        else:
            membership.join(
                portfolio, estates.behind(portfolio, NORTHWIND), email=one.email, name=one.name, role=one.role
            )
        lines.append(f"  {one.role.value:<9} {one.name:<11} {one.email:<24} {password}")
    membership.join(portfolio, estates.behind(portfolio, HARBORLINE), email=BEN.email, name=BEN.name, role=Role.VIEWER)
    return "\n".join(lines) + "\n"


def _northwind(portfolio: Portfolio) -> None:
    """Carry the organisation through its year."""
    ann, ben, mia = (_as(portfolio, one, NORTHWIND) for one in (ANN, BEN, MIA))
    _june(portfolio, ben, mia)
    _september(portfolio, ben, mia)
    _october(portfolio, ben, ann)


def _june(portfolio: Portfolio, ben: Estate, mia: Estate) -> None:
    _tell("June: every file is sent, and one machine has to wait")
    _send(portfolio, ben, EXAMPLES / "estate", "2024-06-25T08:00:00Z")
    _run(portfolio, ben, "2024-06-25")
    found = _found(ben, Clock(as_of="2024-06-25"))
    wait = next(one.id for one in found if (one.asset, one.product) == _WAITING)
    remark = "The front desk closes for the harvest festival only; nothing is done before."
    remarks.add(ben, wait, remark, at="2024-06-25T13:05:00Z")
    wanted = _waiver(wait, "the front desk has no other licence before October", "2024-06-25", "2024-09-30", "NW-112")
    request = asking.ask(portfolio, ben, wanted, at="2024-06-25T13:10:00Z")
    asking.approve(portfolio, mia, request, "agreed, and not one day longer", at="2024-06-26T09:30:00Z")
    _run(portfolio, ben, "2024-07-25")


def _september(portfolio: Portfolio, ben: Estate, mia: Estate) -> None:
    _tell("September: one server is done, and another waiver is refused")
    status = (EXAMPLES / "estate/hosts/files-01/var/lib/dpkg/status").read_text()
    left = "\n\n".join(
        p for p in status.split("\n\n") if not p.startswith(("Package: kesl\n", "Package: klnagent64\n"))
    )
    _put(portfolio, ben, "hosts/files-01/var/lib/dpkg/status", left.encode(), "2024-09-20T08:00:00Z")
    _run(portfolio, ben, "2024-09-20")
    kiosk = next(one.id for one in _found(ben, Clock(as_of="2024-09-20")) if one.asset == "kiosk-07")
    more = _waiver(kiosk, "nobody knows the machine", "2024-09-20", "2025-03-31")
    refused = asking.ask(portfolio, ben, more, at="2024-09-20T10:00:00Z")
    asking.refuse(portfolio, mia, refused, "find the machine first", at="2024-09-21T08:15:00Z")


def _october(portfolio: Portfolio, ben: Estate, ann: Estate) -> None:
    _tell("October: the waiver has ended; a plan, a proof, and news")
    _run(portfolio, ben, "2024-10-05")
    october = Clock(as_of="2024-10-05")
    plans.make(portfolio, ben, october, begins="2024-10-07")
    proofs.make(portfolio, ben, october)
    for file in sorted((EXAMPLES / "notices").iterdir()):
        if file.suffix != ".md":
            papers.put(portfolio, ben, file.name, [file.read_bytes()])
    papers.put(portfolio, ben, "oregon.txt", [ORDER])
    _work(portfolio, JobKind.PLAN, JobKind.PROOF, JobKind.INTAKE)
    newly.look(ann, at="2024-10-07T16:00:00Z", day="2024-10-07")
    _legislate(portfolio, ann)
    _run(portfolio, ben, "2024-10-08")
    newly.look(ann, at="2024-10-08T12:00:00Z", day="2024-10-08")
    later = next(one.id for one in _found(ben, Clock(as_of="2024-10-08")) if one.asset == "backup-02")
    ask = _waiver(later, "the rest of the settings goes with the disks", "2024-10-08", "2024-12-31", "NW-140")
    asking.ask(portfolio, ben, ask, at="2024-10-08T14:00:00Z")


def _waiver(exposure: str, reason: str, day: str, expires: str, ticket: str = "") -> Ask:
    return Ask(
        verdict=Verdict.ACCEPTED, exposures=(exposure,), reason=reason, ticket=ticket, created=day, expires=expires
    )


def _legislate(portfolio: Portfolio, ann: Estate) -> None:
    """Look through the draft of one paper, accept it, and say that it counts."""
    additions.put(portfolio, ann, {"authorities/us-or-dhs.yaml": AUTHORITY})
    _work(portfolio, JobKind.INTAKE)
    row = next(row for row in drafted.listed(ann).items if row.has_draft and not row.measure and row.documents == 1)
    for item in drafted.one(ann, row.id).items:
        path, choice, value = item.line.path if item.line else "", Choice.ACCEPT, ""
        if path in _LINES:
            value = _LINES[path]
            choice = Choice.EDIT if value else Choice.REJECT
        drafted.choose(ann, row.id, item.id, Choice.NOT_A_FACT if item.date else choice, value=value)
    path = drafted.accept(portfolio, ann, row.id)
    _work(portfolio, JobKind.INTAKE)
    additions.set_status(
        portfolio, ann, path, MeasureStatus.ACTIVE, "read the order on the department's site, 8 October"
    )


def _harborline(portfolio: Portfolio) -> None:
    """Let a second organisation find something, so that there is more than one to look at."""
    _tell("A supplier looks at what it ships")
    ann = _as(portfolio, ANN, HARBORLINE)
    _send(portfolio, ann, EXAMPLES / "estate/sbom", "2024-09-02T08:00:00Z")
    for day in ("2024-09-02", "2024-10-05"):
        _run(portfolio, ann, day)


def _found(estate: Estate, clock: Clock) -> Sequence[ExposureRow]:
    return exposures.listed(estate, clock, page_size=100).items


def _as(portfolio: Portfolio, one: Worker, organisation_: str) -> Estate:
    caller = people.caller(portfolio, people.by_email(portfolio, one.email).id)
    if caller is None:
        raise LookupError(one.email)
    return estates.behind(portfolio, organisation_, caller)


def _send(portfolio: Portfolio, estate: Estate, folder: Path, at: str) -> None:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".md":
            _put(portfolio, estate, str(file.relative_to(folder)), file.read_bytes(), at)


def _put(portfolio: Portfolio, estate: Estate, name: str, content: bytes, at: str) -> None:
    """Send a file, and have it read; it counts as sent on the day of the story."""
    upload = uploads.put(portfolio, estate, name, [content])
    with estate.writing() as connection:
        connection.execute(sa.update(UPLOADS).where(UPLOADS.c.id == upload.id).values(added_at=at))
    _work(portfolio, JobKind.READ)


def _run(portfolio: Portfolio, estate: Estate, day: str) -> None:
    if running.run(portfolio, estate, on=day, at=f"{day}T12:00:00Z") is None:
        raise LookupError(f"no run on {day}")


def _work(portfolio: Portfolio, *kinds: JobKind) -> None:
    """Do what waits, as a worker would."""
    while job := holding.take(portfolio, "the demonstration", kinds):
        holding.end(portfolio, job, "the demonstration", **_done(portfolio, job))


def _done(portfolio: Portfolio, job: Job) -> dict[str, str]:
    work = import_module(errands.KINDS[job.kind].module).work
    about = {"at": "2024-10-05T14:00:00Z"} if job.kind is JobKind.PROOF else {}
    caller = people.caller(portfolio, job.created_by) or estates.PROGRAM
    estate = estates.behind(portfolio, job.organisation, caller)
    result, says = work(portfolio, estate, job.about, lambda *_: None, **about)
    return {"result": result, "says": says}


def _tell(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


def main() -> int:
    """Make the portfolio below a folder, unless it is there, and tell the accounts."""
    folder = Path(sys.argv[1])
    accounts = folder / ACCOUNTS
    if not accounts.exists():  # written last: what an interruption has left is begun anew
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
        print("Carrying the demo organisation through its year (half a minute):", file=sys.stderr)
        told = make(folder)
        accounts.touch(mode=0o600)
        accounts.write_text(told, encoding="utf-8")
    print(f"\nAccounts, for {URL}/sign-in:\n\n{accounts.read_text(encoding='utf-8')}")
    print(f"Begin at {URL}/o/{NORTHWIND}/?as-of=2024-10-05, after the last deadline. Ctrl-C ends it.\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
