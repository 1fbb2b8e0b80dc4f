# SPDX-License-Identifier: Apache-2.0
"""Evidence: proofs are made, downloaded, and checked, also those that somebody else sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from debar.errors import NotThereError
from debar.model.deeds import Proof
from debar.portfolio import proofs
from debar.portfolio.register_of import register_of
from debar.web.here import Here, Reading, Working
from debar.web.pages import asked, chosen, showing
from debar.web.pages.sheets import every, sheet
from debar.web.security.frame import large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.proof.verify import Verdict

router = APIRouter(prefix="/o/{organisation}")
LARGEST_FORM = 1 << 30
"""Bytes of a proof that is sent to be checked."""


@router.get("/evidence")
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show the proofs that were made."""
    return _shown(request, here)


@router.get("/evidence.csv")
def as_csv(here: Reading) -> Response:
    """Give the same list as a file."""
    rows = every(lambda token: proofs.listed(here.estate, here.clock, page_token=token))
    return sheet(here, "evidence", rows, Proof)


def _shown(
    request: Request, here: Here, verdict: Verdict | None = None, about: str = "", *, status: int = 200
) -> HTMLResponse:
    rows = proofs.listed(here.estate, here.clock, page_token=asked.text(request, "page"), page_size=asked.SIZE)
    forms = [(form.id, form.title) for form in register_of(here.estate).forms.values()]
    return showing.page(
        request, here, "evidence.html", status=status, section="evidence", rows=rows, forms=forms, verdict=verdict, about=about,
        has_key=proofs.public_key(here.estate)[0],
    )  # fmt: skip


@router.post("/evidence")
async def make(request: Request, here: Working) -> RedirectResponse:
    """Have a proof made."""
    form = await request.form()
    forms = [str(one) for one in form.getlist("form")]
    await run_in_threadpool(
        proofs.make, here.portfolio, here.estate, here.clock, forms=forms, with_inputs=bool(form.get("inputs"))
    )
    return showing.back(request, here, "evidence", said="queued")


@router.get("/evidence/key.pem")
def public_key(here: Reading) -> Response:
    """Give the public key by which others check the proofs of the organisation."""
    id_, pem = proofs.public_key(here.estate)
    if not id_:
        raise NotThereError("no proof was made yet, so there is no key", hint="make a proof first")
    return _file(pem, f"{here.estate.organisation}.pem", "application/x-pem-file")


@router.post("/evidence/verify", max_body_size=LARGEST_FORM)
@large
async def verify(request: Request, here: Reading) -> Response:
    """Say what a proof is worth that somebody sends; nothing of it is kept."""

    def look(name: str, blocks: Iterator[bytes]) -> tuple[Verdict, str]:
        return proofs.verified(here.estate, blocks), name

    ((verdict, name),) = await chosen.files(request, look, most=1, hint="choose the zip file of a proof")
    return await run_in_threadpool(_shown, request, here, verdict, name)


@router.get("/evidence/{proof}")
def one(request: Request, here: Reading, proof: str) -> HTMLResponse:
    """Show one proof, and what it is worth now."""
    row = proofs.one(here.estate, proof)
    verdict = proofs.check(here.estate, proof)
    return showing.page(request, here, "proof.html", section="evidence", row=row, verdict=verdict)


@router.get("/evidence/{proof}/proof.zip")
def download(here: Reading, proof: str) -> FileResponse:
    """Give a proof as a file."""
    row = proofs.one(here.estate, proof)
    return FileResponse(
        proofs.content(here.estate, proof), media_type="application/zip", filename=f"{here.estate.organisation}-{row.as_of[:10]}-{proof}.zip"
    )  # fmt: skip


def _file(content: bytes, name: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
