# SPDX-License-Identifier: Apache-2.0
"""Proofs: what a report rests on, signed; made by a worker, given away, and checked."""

from __future__ import annotations

import msgspec
from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from debar.model.deeds import Proof
from debar.model.exchanged import SigningKey
from debar.model.portfolio import Job, Page
from debar.portfolio import proofs
from debar.proof.verify import Verdict
from debar.web.api import sent
from debar.web.api.declared import Begun, Operations, Paging, Raw
from debar.web.api.uploads import blocks, kept, spooled
from debar.web.here import Reading, Working
from debar.web.security.frame import large

_MOST = 256 << 20
"""Bytes of a proof that is sent to be checked; a larger one is checked by debar prove verify."""


class NewProof(msgspec.Struct, frozen=True, kw_only=True):
    """What a proof is to hold."""

    forms: tuple[str, ...] = ()
    """Ids of forms to fill, beside those that are owed."""
    with_inputs: bool = False
    """With copies of the inputs."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/proofs")
    def list_proofs(here: Reading, page: Paging) -> Page[Proof]:
        """List the proofs that were made, the newest first."""
        return proofs.listed(here.estate, here.clock, **page.place)

    @operations.post("/proofs", status=202, gives=Job, has_days=True)
    def make_proof(here: Working, sent: NewProof) -> Begun:
        """Have a proof made of what is there on the day."""
        job = proofs.make(here.portfolio, here.estate, here.clock, forms=sent.forms, with_inputs=sent.with_inputs)
        return Begun(job)

    @operations.get("/proofs/key", has_days=False)
    def read_signing_key(here: Reading) -> SigningKey:
        """Give the public key by which anybody checks whose the proofs are."""
        id_, pem = proofs.public_key(here.estate)
        return SigningKey(id=id_, pem=pem.decode())

    @operations.get("/proofs/{proof}", has_days=False)
    def read_proof(here: Reading, proof: str) -> Proof:
        """Give a proof in figures."""
        return proofs.one(here.estate, proof)

    @operations.get("/proofs/{proof}/content", has_days=False, raw=Raw(gives="application/zip"), gives=bytes)
    def download_proof(here: Reading, proof: str) -> Response:
        """Give the file of a proof."""
        return kept(str(proofs.content(here.estate, proof)), f"{proof}.zip", "application/zip")

    @operations.get("/proofs/{proof}/check", has_days=False)
    def check_proof(here: Reading, proof: str) -> Verdict:
        """Say what a proof that was made here is worth now."""
        return proofs.check(here.estate, proof)

    @operations.post("/proofs/verify", status=200, raw=Raw(takes="application/octet-stream"), gives=Verdict)
    @large
    async def verify_proof(request: Request, here: Reading) -> Response:
        """Say what a proof is worth that is sent as a zip file; nothing of it is kept."""
        sent.queried(request, None, ())
        with await spooled(request, _MOST, "a proof that is sent") as file:
            verdict = await run_in_threadpool(proofs.verified, here.estate, blocks(file))
        return Response(msgspec.json.encode(verdict), 200, media_type="application/json")
