# SPDX-License-Identifier: Apache-2.0
"""Promises of knowing programs by their names and the texts in them."""

from __future__ import annotations

import pytest

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.binary import well_known


@pytest.mark.parametrize(
    ("file", "content", "name", "version"),
    [
        ("bash", b"\0@(#)Bash version 5.2.15(1) release GNU\0", "bash", "5.2.15"),
        ("python3.11", b"\x003.11.2\0", "python", "3.11.2"),
        ("libpython3.12.so.1.0", b"\x003.11.2\x003.12.10\0", "python", "3.12.10"),
        ("node", b"https://nodejs.org/dist node.js/v20.20.2\0", "node", "20.20.2"),
        ("postgres", b"\0PostgreSQL 15.18 (Debian 15.18-0+deb12u1)", "postgresql", "15.18"),
        ("openssl", b"\0OpenSSL 1.1.1w  11 Sep 2023\0", "openssl", "1.1.1w"),
        ("go", b"\0go1.19.8\0", "go", "1.19.8"),
        ("haproxy", b" version 2.6.12-1+deb12u4, released 2026/10/17\0", "haproxy", "2.6.12"),
    ],
)
def test_program_is_known_by_name_and_text(file: str, content: bytes, name: str, version: str) -> None:
    """A file that is called like a program and has its text is that program."""
    known = well_known.program(file)
    assert known is not None
    assert (known.name, known.version([content])) == (name, version)
    assert known.observables[0] == Observable(Kind.PURL, f"pkg:generic/{name}")


def test_name_alone_proves_nothing() -> None:
    """A file of that name without the text is something else, and most files are not in the table."""
    known = well_known.program("bash")
    assert known is not None
    assert known.version([b"another program, 5.2.15"]) == ""
    assert well_known.program("libexample.so.1") is None


def test_text_on_the_border_of_two_blocks_is_found() -> None:
    """Where a file is cut for reading makes no difference."""
    known = well_known.program("busybox")
    assert known is not None
    assert known.version([b"x" * 1000 + b"\0BusyBox v1.3", b"5.0 (Debian)"]) == "1.35.0"
