# SPDX-License-Identifier: Apache-2.0
"""Files on their way to a service: by their digest alone where it has them, else as a stream that never lies in memory."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from debar.client import calling, problems
from debar.errors import SourceError
from debar.model.portfolio import Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx2

T = TypeVar("T")
_BLOCK = 1 << 20
_PATIENCE = 300.0
"""Seconds that a service may take to put a large file on its disk."""


def digest(file: Path) -> str:
    """Give the SHA-256 of a file; SourceError where it cannot be read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as e:
        raise SourceError(e.strerror or str(e), path=str(file)) from e


def known(calls: calling.Calls, base: str, sha256: str, name: str) -> Upload | None:
    """Give the upload of a file by its digest alone; nothing where the service never had it."""
    try:
        return calls.ask("POST", f"{base}/uploads/known", Upload, sent={"sha256": sha256, "name": name})
    except problems.ProblemError as e:
        if e.status == 404:
            return None
        raise


def sent(
    calls: calling.Calls,
    base: str,
    file: Path | IO[bytes],
    name: str,
    told: Callable[[int], None] = lambda _: None,
) -> Upload:
    """Give the upload of a file that is sent whole; `told` hears of the bytes that went, and of 0 where it begins anew."""
    return posted(calls, f"{base}/uploads", file, Upload, name, told)


def posted(
    calls: calling.Calls,
    path: str,
    file: Path | IO[bytes],
    kind: type[T],
    name: str = "",
    told: Callable[[int], None] = lambda _: None,
) -> T:
    """Give what a service makes of a file that is the body of a request.

    A file is sent again where that may help; what comes from a pipe is sent once.
    """
    client = calls.opened()
    timeout = calling.http().Timeout(30.0, read=_PATIENCE, write=_PATIENCE)

    def send() -> httpx2.Response:
        told(0)
        return client.post(
            path,
            params={"name": name} if name else {},
            content=_blocks(file, told),
            headers={"content-type": "application/octet-stream", **_length(file)},
            timeout=timeout,
        )

    if isinstance(file, Path):
        return problems.decoded(calls.again(send), kind)
    try:
        response = send()
    except calling.http().TransportError as e:
        raise problems.away(e) from e
    if not response.is_success:
        raise problems.problem(response)
    return problems.decoded(response, kind)


def saved(calls: calling.Calls, path: str, to: Path) -> Path:
    """Put a file of the service where `to` says, whole or not at all, and give where it is; SourceError where it cannot lie there."""
    part = to.with_name(f"{to.name}.part")

    def take() -> httpx2.Response:
        with calls.opened().stream("GET", path) as response:
            if response.is_success:
                with part.open("wb") as out:
                    for block in response.iter_bytes(_BLOCK):
                        out.write(block)
            else:
                response.read()
            return response

    try:
        calls.again(take)
        part.replace(to)
    except OSError as e:
        raise SourceError(e.strerror or str(e), path=str(to)) from e
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return to


def _length(file: Path | IO[bytes]) -> dict[str, str]:
    if not isinstance(file, Path):
        return {}
    try:
        return {"content-length": str(file.stat().st_size)}
    except OSError as e:
        raise SourceError(e.strerror or str(e), path=str(file)) from e


def _blocks(file: Path | IO[bytes], told: Callable[[int], None]) -> Iterator[bytes]:
    if isinstance(file, Path):
        try:
            with file.open("rb") as opened:
                yield from _blocks(opened, told)
        except OSError as e:
            raise SourceError(e.strerror or str(e), path=str(file)) from e
        return
    while block := file.read(_BLOCK):
        yield block
        told(len(block))
