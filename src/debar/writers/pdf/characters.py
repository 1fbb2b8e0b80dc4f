# SPDX-License-Identifier: Apache-2.0
"""Characters that the typesetter's fonts have; of a document that is kept, every character must be in a font inside it."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from debar.text import printable

HAD = (
    "\n\x20-\x7e\xa0-\xac\xae-\u02ff"  # Latin
    "\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff\u05d0-\u05ea"  # Greek, Cyrillic, Hebrew
    "\u1e00-\u1f15"  # Latin with several marks
    "\u2010-\u2027\u2030-\u2040\u2074-\u208e\u20a0-\u20c0\u2126-\u2151\u2190-\u22ff\u2500-\u2606"  # signs
)
"""What both fonts have, as ranges of an expression; a test sets every one of them."""
_MISSING = re.compile(f"[^{HAD}]")


def settable(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can say
    """Give a value of which every text can be set; a character that no font has becomes its number."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else _MISSING.sub(_numbered, _shown(value))
    if isinstance(value, dict):
        return {name: settable(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [settable(one) for one in value]
    return value


def _shown(text: str) -> str:
    return "\n".join(printable(line) for line in normalize("NFC", text).split("\n"))


def _numbered(found: re.Match[str]) -> str:
    return f"[U+{ord(found.group()):04X}]"
