# SPDX-License-Identifier: Apache-2.0
"""What people write to name things: one line that can be shown, and an address of mail."""

from __future__ import annotations

import re
import unicodedata

from debar.errors import UsageError

_LONGEST = 200
_ADDRESS = re.compile(r"[^\s@\"<>(),;:\\\[\]]{1,64}@[^\s@\"<>(),;:\\\[\]]{1,189}")


def name(text: str, what: str) -> str:
    """Give a name without space around it; UsageError for none, for a long one, and for what cannot be seen."""
    found = unicodedata.normalize("NFC", text).strip()
    if not found:
        raise UsageError(f"{what} has no name", hint="write how people call it")
    if len(found) > _LONGEST:
        raise UsageError(f"the name of {what} has more than {_LONGEST} characters", hint="write a shorter one")
    # Controls, marks of direction and lone surrogates make a name look like another one, or like none.
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in found):
        raise UsageError(f"the name of {what} holds characters that cannot be seen", hint="type it anew")
    return found


def email(text: str) -> str:
    """Give an address of mail in small letters; UsageError for what is none."""
    found = unicodedata.normalize("NFC", text).strip().casefold()
    if not _ADDRESS.fullmatch(found) or any(unicodedata.category(sign)[0] == "C" for sign in found):
        raise UsageError(f"{found[:80]!r} is no address of mail", hint="write NAME@HOST")
    return found


def text(said: str, what: str, most: int = 4000) -> str:
    """Give a text of one or more lines without space around it; UsageError for a long one, and for what cannot be seen."""
    found = unicodedata.normalize("NFC", said.replace("\r\n", "\n")).strip()
    if len(found) > most:
        raise UsageError(f"{what} has more than {most:,} characters", hint="write less, or name a paper")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in found):
        raise UsageError(f"{what} holds characters that cannot be seen", hint="type it anew")
    return found
