# SPDX-License-Identifier: Apache-2.0
"""tar as a stream: members one after another, wherever the stream comes from."""

from __future__ import annotations

import tarfile
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, cast

from debar.errors import SourceError
from debar.readers import systems
from debar.readers.members import Budget, Lost, Member, Metered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

LOOKED_AT = 100_000
"""Members among which the folders of a system are looked for; the largest packages have some ten thousand files."""
_LONGEST = 1 << 20
"""Bytes of a header that goes before a member (long names, attributes); real ones stay below 64 KiB."""
_BEFORE = frozenset(
    {tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
)


class Header(tarfile.TarInfo):
    """A header that does not claim more for itself than a name needs: the library reads it into memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Header:
        """Give the header in a block of 512 bytes; HeaderError where it would be too large."""
        found = super().frombuf(buf, encoding, errors)
        if found.type in _BEFORE and found.size > _LONGEST:
            raise tarfile.HeaderError("a name or its attributes are too long")
        return found


def tops(source: Input) -> set[str]:
    """Give the first steps of the names among the first LOOKED_AT members: what lies at the top."""
    found: set[str] = set()
    try:
        with source.stream() as stream, tarfile.open(fileobj=stream, mode="r|", tarinfo=Header) as archive:
            for entry in islice(archive, LOOKED_AT):
                found.add(entry.name.removeprefix("./").partition("/")[0])
                if systems.is_root(found):
                    break
    except (tarfile.TarError, EOFError, ValueError, OSError, SourceError):
        pass  # whoever reads the members says so
    return found


def contents(stream: BinaryIO, budget: Budget) -> Iterator[Member | Lost]:
    """Yield every regular file of a stream of tar; a fault ends it and is told."""
    last = ""
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=Header, errorlevel=0) as archive:
            for entry in archive:
                last = entry.name
                budget.member()
                if not entry.isreg() or (file := archive.extractfile(entry)) is None:
                    continue
                yield Member(entry.name, cast("BinaryIO", Metered(cast("BinaryIO", file), budget)), is_seekable=False)
    except SourceError:
        raise
    except (tarfile.TarError, EOFError, ValueError, OSError) as e:
        yield Lost(last, f"the tar file breaks off after this: {e}")
