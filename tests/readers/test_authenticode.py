# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of signatures of Windows programs."""

from __future__ import annotations

import pytest

from debar.readers.binary import authenticode, der, pe_image, pieces
from signing import NAMES, sample, signed


def entries(place: str) -> list[tuple[int, bytes]]:
    """Give the entries of a program's certificate table."""
    import io

    file = pieces.Pieces(io.BytesIO(sample(place)))
    image = pe_image.read(file)
    assert image is not None
    return authenticode.table(file, image)


def test_signed_digest_is_named_with_its_algorithm() -> None:
    """What was signed is a digest of the file."""
    (mark,) = authenticode.marks(entries("pe/run_code_on_dllmain_x86.dll"))
    assert (mark.digest[0], len(mark.digest[1]), mark.signer.is_sound) == ("sha256", 32, True)


def test_signature_over_something_else_is_not_checked() -> None:
    """Signed data without a digest of a file says nothing of this one."""
    (mark,) = authenticode.marks([(0, signed(b"content"))])
    assert (mark.signer.subjects, mark.signer.is_sound, mark.digest) == (NAMES, None, ("", b""))


def test_program_without_signature_has_no_entries() -> None:
    """Most programs are not signed."""
    assert entries("pe/_win32sysloader.pyd") == []


def test_rubbish_in_the_table_is_refused() -> None:
    """An entry that is no signed data is told."""
    with pytest.raises(der.BrokenError):
        list(authenticode.marks([(0, b"\x30\x82\xff\xff rubbish")]))
