# SPDX-License-Identifier: Apache-2.0
"""Files that somebody chose in a form: taken one after the other, beside the loop that answers others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from starlette.concurrency import run_in_threadpool

from debar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import Request
    from starlette.datastructures import UploadFile

_BLOCK = 1 << 18
FIELD = "file"
T = TypeVar("T")


async def files(request: Request, take: Callable[[str, Iterator[bytes]], T], *, most: int, hint: str) -> list[T]:
    """Give what `take` makes of each file, from its name and its blocks; UsageError with `hint` where none was chosen."""
    async with request.form(max_files=most) as form:
        found = [one for one in form.getlist(FIELD) if not isinstance(one, str) and one.filename]
        if not found:
            raise UsageError("no file was chosen", hint=hint)
        return await run_in_threadpool(lambda: [take(one.filename or "", _blocks(one)) for one in found])


def _blocks(file: UploadFile) -> Iterator[bytes]:
    while block := file.file.read(_BLOCK):
        yield block
