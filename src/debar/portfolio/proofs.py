# SPDX-License-Identifier: Apache-2.0
"""Proofs: made by a worker from the report that a clock means, checked once, kept, and given away.

Each follows the one before it: its log goes on from there, so that none can be taken out unseen. They are signed with the key of
the organisation, whose public half whoever checks them has to be given otherwise than with the proof.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import ConflictError, EvidenceError, LimitError, NotThereError, UsageError
from debar.model.deeds import Proof, ProofAsked
from debar.model.vocab.portfolio import JobKind, Permission
from debar.portfolio import jobs, paging, proving, views
from debar.portfolio.given import is_known
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import PROOFS
from debar.proof import placed, verify
from debar.proof.evidence import MACHINE, After, Making, parts
from debar.register import trust
from debar.store import keeping, lake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from debar.model.portfolio import Clock, Job, Page
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.proof.verify import Verdict
    from debar.register.trust import PublicKey

KIND = "proofs"
LARGEST = 1 << 32
"""Bytes of a proof that somebody sends to have it checked."""
_NAME = "proof.zip"


def make(
    portfolio: Portfolio, estate: Estate, clock: Clock, *, forms: Sequence[str] = (), with_inputs: bool = False
) -> Job:
    """Have a proof made of what a clock means; UsageError for a form that there is none of, and before anything was found."""
    estate.needs(Permission.WORK)
    known = register_of(estate).forms
    if strange := [form for form in forms if form not in known]:
        raise UsageError(f"no form is called {strange[0][:60]!r}", hint=f"known: {', '.join(known)}")
    if views.view(estate, clock).run is None:
        raise UsageError("there is nothing yet to prove", hint="upload a source, or ask about a later day")
    asked = ProofAsked(
        as_of=clock.as_of, known_on=clock.known_on, forms=tuple(forms), with_inputs=with_inputs, by=estate.caller.id
    )
    return jobs.add(portfolio, estate, JobKind.PROOF, msgspec.json.encode(asked).decode())


def work(
    _portfolio: Portfolio, estate: Estate, about: str, told: Callable[[int, int, str], None], *, at: str = ""
) -> tuple[str, str]:
    """Make a proof, check it, and keep it; give (its id, what is in it)."""
    asked = msgspec.json.decode(about, type=ProofAsked)
    with estate.reading() as connection:
        before = _newest(connection)
    when = at or dates.present()
    after = After(head=before.head, envelope=before.envelope, time=before.at) if before else None
    told(0, 3, "gathering what it rests on")
    verdicts: list[Verdict] = []
    with placed.beside(_place(estate)) as spool:
        evidence = proving.evidence(estate, asked, spool)
        told(1, 3, "writing it")
        making = Making(when, MACHINE, key(estate), after)
        out = spool / _NAME
        placed.put(parts(evidence, making), out, lambda file: verdicts.append(_intact(file)))
        told(2, 3, "keeping it")
        kept = lake.finish(estate.place.lake, KIND, out, 0)
    verdict, proven = verdicts[0], evidence.report
    proof = Proof(
        id=f"prf-{secrets.token_hex(8)}",
        by=asked.by,
        at=when,
        sha256=kept.sha256,
        size=kept.size,
        as_of=proven.as_of,
        known_on=proven.known_on or "",
        head=verdict.head,
        envelope=verdict.envelope,
        after=verdict.after,
        key=verdict.key,
        files=verdict.files,
        inputs=verdict.inputs,
        register=proven.register.version,
        stale=evidence.stale,
        forms=tuple(form.form for form in evidence.forms),
        exposures=len(proven.exposures),
    )
    with estate.writing() as connection:
        last = _newest(connection)
        if (last.id if last else "") != (before.id if before else ""):
            raise ConflictError("another proof was made meanwhile", hint="make it again, so that it follows that one")
        seq = views.seen(connection, estate, asked.clock).seq
        keeping.add_files(connection, [kept])
        number = (connection.execute(sa.select(sa.func.max(PROOFS.c.number))).scalar() or 0) + 1
        row = {
            "id": proof.id,
            "number": number,
            "run": seq,
            "by": asked.by,
            "at": when,
            "sha256": kept.sha256,
            "size": kept.size,
        }
        connection.execute(sa.insert(PROOFS), {**row, "body": msgspec.json.encode(proof).decode()})
        said = {"sha256": kept.sha256, "head": proof.head, "as_of": proof.as_of, "for": asked.by}
        estate.log(connection, "proof.made", proof.id, said)
    return proof.id, f"{proof.files} files, {proof.inputs} inputs, {proof.exposures:,} exposures"


def listed(estate: Estate, clock: Clock, *, page_token: str = "", page_size: int = paging.USUAL) -> Page[Proof]:
    """Give the proofs that were made by the day of knowledge, the newest first."""
    query = sa.select(PROOFS.c.at, PROOFS.c.body).order_by(PROOFS.c.number.desc())
    with estate.reading() as connection:
        found = [_proof(row) for row in connection.execute(query) if is_known(row.at, clock.known_on)]
    wanted = paging.asked(("proofs",), clock.known_on, page_token, page_size)
    places = {one.id: place for place, one in enumerate(found)}
    return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda row: row.id, places.get)


def one(estate: Estate, id_: str) -> Proof:
    """Give a proof; NotThereError for none."""
    with estate.reading() as connection:
        row = connection.execute(sa.select(PROOFS).where(PROOFS.c.id == id_)).first()
    if row is None:
        raise NotThereError("there is no such proof")
    return _proof(row)


def content(estate: Estate, id_: str) -> Path:
    """Give the file of a proof, to be given away."""
    return lake.path(estate.place.lake, KIND, one(estate, id_).sha256)


def check(estate: Estate, id_: str) -> Verdict:
    """Say what a proof that was made here is worth now."""
    found = verify.verify(content(estate, id_), verify.Trust(_keys(estate)))
    return msgspec.structs.replace(found, proof=id_)


def verified(estate: Estate, blocks: Iterable[bytes]) -> Verdict:
    """Say what a proof is worth that somebody sends as a zip file; nothing of it is kept. LimitError for one too large."""
    refusal = LimitError(f"a proof has at most {LARGEST:,} bytes", hint="check it with debar prove")
    with lake.partial(estate.place.lake, KIND) as file:
        lake.fill(file, blocks, LARGEST, refusal)
        found = verify.verify(file, verify.Trust(_keys(estate)))
    return msgspec.structs.replace(found, proof="")


def tidy(estate: Estate, before: float) -> None:
    """Remove what proofs that were never finished have left, if it is older than a time."""
    for folder in (estate.place.lake / KIND).glob(f".{_NAME}.*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_mtime < before:
                shutil.rmtree(folder)


def public_key(estate: Estate) -> tuple[str, bytes]:
    """Give id and PEM of the key that proves whose proofs these are; nothing before the first was made."""
    found = _keys(estate)
    return (found[0].id, trust.pem(found[0])) if found else ("", b"")


def key(estate: Estate) -> Path:
    """Give the private key of the organisation, and make it where there is none."""
    file = estate.place.lake / "keys" / "proofs.pem"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        partial = file.with_name(f".{secrets.token_hex(4)}.pem")
        _, public = trust.new_pair(partial)
        try:
            # The first to have made one wins: a link is made once or not at all.
            file.hardlink_to(partial)
            file.with_suffix(".pub").write_bytes(public.read_bytes())
        except FileExistsError:
            pass
        finally:
            partial.unlink()
            public.unlink()
    return file


def _keys(estate: Estate) -> list[PublicKey]:
    file = estate.place.lake / "keys" / "proofs.pem"
    return [trust.sign(file, b"")[0]] if file.exists() else []


def _place(estate: Estate) -> Path:
    """Give a name beside which a proof is put together."""
    folder = estate.place.lake / KIND
    folder.mkdir(parents=True, exist_ok=True)
    return folder / _NAME


def _intact(file: Path) -> Verdict:
    """Give what checking a proof says before anybody has it; EvidenceError for one that is not what was meant."""
    verdict = verify.verify(file)
    if not verdict.intact:
        lines = [f"{fault.name}: {fault.what}" for fault in verdict.faults]
        raise EvidenceError("\n".join(lines), hint="no proof was made, because something changed meanwhile: try again")
    return verdict


def _newest(connection: sa.Connection) -> Proof | None:
    row = connection.execute(sa.select(PROOFS.c.body).order_by(PROOFS.c.number.desc()).limit(1)).first()
    return _proof(row) if row else None


def _proof(row: Any) -> Proof:  # noqa: ANN401 - a row of the table of proofs
    return msgspec.json.decode(row.body, type=Proof)
