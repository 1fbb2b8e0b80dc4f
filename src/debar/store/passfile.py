# SPDX-License-Identifier: Apache-2.0
"""Passwords of PostgreSQL where its own programs look for them: PGPASSWORD, and the file that PGPASSFILE names or ~/.pgpass.

An address on the command line is seen by everybody on the machine; so none needs a password in it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

_PART = re.compile(r"((?:\\.|[^:\\])*)(?::|$)")
_PARTS = 5
_LARGEST = 1 << 20


class Login(NamedTuple):
    """What a password is for, as the lines of the file say it."""

    host: str
    port: str
    database: str
    user: str


def password(login: Login) -> str:
    """Give the password for a login; empty where none is kept."""
    if said := os.environ.get("PGPASSWORD"):
        return said
    named = os.environ.get("PGPASSFILE")
    try:
        file = Path(named) if named else Path.home() / ".pgpass"
        with file.open(encoding="utf-8") as lines:
            text = lines.read(_LARGEST)
    except (OSError, UnicodeError, RuntimeError):
        return ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        found = [re.sub(r"\\(.)", r"\1", part) for part in _PART.findall(line)[:_PARTS]]
        if len(found) == _PARTS and all(wanted in ("*", is_) for wanted, is_ in zip(found, login, strict=False)):
            return found[-1]
    return ""
