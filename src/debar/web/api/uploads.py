# SPDX-License-Identifier: Apache-2.0
"""Uploads: any source of a scan, as the body of a request or in a form; streamed to the disk and read by a worker."""

from __future__ import annotations

import tempfile
from typing import IO, TYPE_CHECKING, Any

import msgspec
from fastapi import HTTPException, Request
from fastapi.responses import FileResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from debar.errors import UsageError
from debar.model.portfolio import Page, Upload
from debar.model.vocab.portfolio import JobState
from debar.portfolio import uploads
from debar.web.api import sent
from debar.web.api.answering import located
from debar.web.api.declared import Made, Operations, Paging, Raw
from debar.web.here import Here, Reading, Working
from debar.web.security.frame import large

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

_BLOCK = 1 << 20
_FILES = 200
"""In one form."""


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of uploads is about."""

    words: str = ""
    """Text that stands in their names."""
    state: tuple[JobState, ...] = ()
    """How far the reading of them is."""
    is_removed: bool = False
    """Those that were taken out or replaced, instead of those that count."""


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """What an upload is called."""

    name: str
    """With its folders; a newer upload of the same name takes the place of the older one."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A file that may have been sent before."""

    sha256: str
    """Of its content, in small hexadecimal digits."""
    name: str
    """What it is called now."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/uploads", has_days=False)
    def list_uploads(here: Reading, asked: Filters, page: Paging) -> Page[Upload]:
        """List uploads, the newest first."""
        return uploads.listed(
            here.estate, words=asked.words, states=asked.state, is_removed=asked.is_removed, **page.place
        )

    @operations.post("/uploads", raw=Raw(takes="application/octet-stream"), gives=Upload, asked=Named)
    @large
    async def send_upload(request: Request, here: Working) -> Response:
        """Send a file as the body of the request: it is on the disk when this answers, and will be read.

        The same content under the same name is the upload that is there, so sending it again changes nothing.
        """
        _check_length(request, here)
        named = sent.queried(request, Named, ())
        upload = await _streamed(here, named.name, request.stream())
        return _made(request, upload, "uploads", upload.id)

    @operations.post("/uploads/form", raw=Raw(takes="multipart/form-data"), gives=Page[Upload])
    @large
    async def send_uploads(request: Request, here: Working) -> Response:
        """Send files in a form, as browsers do, each under the name of its file."""
        _check_length(request, here)
        sent.queried(request, None, ())
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
            raise HTTPException(415, "send multipart/form-data")
        async with request.form(max_files=_FILES, max_fields=_FILES) as form:
            files = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            if not files:
                raise UsageError("the form holds no file", hint="send each file as a part with a file name")
            made = [await _streamed(here, part.filename or "", _blocks(part)) for part in files]
        return _made(request, Page(items=tuple(made), total=len(made)), "uploads")

    @operations.post("/uploads/known", gives=Upload)
    def send_known(here: Working, sent: Known) -> Made:
        """Send a file by its digest alone; 404 where it was never sent, and has to be sent whole."""
        made = uploads.again(here.portfolio, here.estate, sent.sha256, sent.name)
        return Made(made, ("uploads", made.id))

    @operations.get("/uploads/{upload}", has_days=False)
    def read_upload(here: Reading, upload: str) -> Upload:
        """Give an upload."""
        return uploads.one(here.estate, upload)

    @operations.get("/uploads/{upload}/content", has_days=False, raw=Raw(gives="application/octet-stream"), gives=bytes)
    def download_upload(here: Reading, upload: str) -> Response:
        """Give the file of an upload as it was sent."""
        found = uploads.one(here.estate, upload)
        return kept(str(uploads.content(here.estate, found)), found.name)

    @operations.delete("/uploads/{upload}", current=read_upload)
    def remove_upload(here: Working, upload: str) -> None:
        """Take an upload out of what counts; its file stays, because runs were made from it."""
        uploads.remove(here.portfolio, here.estate, upload)


def kept(path: str, name: str, media_type: str = "application/octet-stream") -> Response:
    """Give a file of the lake; never as something that a browser would open."""
    return FileResponse(
        path, media_type=media_type, filename=name.rpartition("/")[2], content_disposition_type="attachment"
    )


async def spooled(request: Request, most: int, what: str) -> IO[bytes]:
    """Give a body as a file without a name, which is gone when it is closed; 413 for a larger one."""
    file: IO[bytes] = await run_in_threadpool(tempfile.TemporaryFile)
    try:
        waiting = bytearray()
        async for block in _within(request, most, what):
            waiting += block
            if len(waiting) >= _BLOCK:
                await run_in_threadpool(file.write, bytes(waiting))
                waiting.clear()
        await run_in_threadpool(file.write, bytes(waiting))
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


async def _within(request: Request, most: int, what: str) -> AsyncIterator[bytes]:
    size = 0
    async for block in request.stream():
        size += len(block)
        if size > most:
            raise HTTPException(413, f"{what} has at most {most >> 20} MB")
        yield block


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what is in a file."""
    while block := file.read(_BLOCK):
        yield block


def _made(request: Request, value: Any, *at: str) -> Response:  # noqa: ANN401 - whatever was made
    headers = {"location": located(request, *at)}
    return Response(msgspec.json.encode(value), 201, headers, media_type="application/json")


async def _streamed(here: Here, name: str, blocks: AsyncIterator[bytes]) -> Upload:
    """Give the upload of some blocks, written as they come."""
    sink = await run_in_threadpool(uploads.begin, here.portfolio, here.estate, most=here.settings.largest_upload)
    try:
        uploads.called(name)  # before gigabytes are sent under a name that is none
        waiting = bytearray()
        async for block in blocks:
            waiting += block
            if len(waiting) >= _BLOCK:
                await run_in_threadpool(sink.write, bytes(waiting))
                waiting.clear()
        await run_in_threadpool(sink.write, bytes(waiting))
        return await run_in_threadpool(sink.end, name)
    finally:
        await run_in_threadpool(sink.close)


async def _blocks(part: UploadFile) -> AsyncIterator[bytes]:
    while block := await part.read(_BLOCK):
        yield block


def _check_length(request: Request, here: Here) -> None:
    """Refuse what says itself that it is too large, before any of it is sent."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said[:18]) > here.settings.largest_upload:
        raise HTTPException(413, f"an upload has at most {here.settings.largest_upload:,} bytes")
