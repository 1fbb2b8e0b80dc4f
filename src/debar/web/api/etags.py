# SPDX-License-Identifier: Apache-2.0
"""Names of what is read (RFC 9110, 8.8.3): the same name is the same content, so nobody is sent or overwrites what they have not seen."""

from __future__ import annotations

import hashlib

from fastapi import HTTPException


def of(content: bytes) -> str:
    """Give the name of some content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def is_known(known: str, tag: str) -> bool:
    """Tell whether whoever asks has it already, by what If-None-Match says."""
    return known.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in known.split(","))


def check_match(wanted: str, tag: str) -> None:
    """Raise 412 where what is there is not what somebody means by If-Match."""
    if wanted.strip() != "*" and tag not in (one.strip() for one in wanted.split(",")):
        raise HTTPException(412, "it was changed since you have read it; read it again, and change that")
