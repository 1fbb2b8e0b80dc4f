# SPDX-License-Identifier: Apache-2.0
"""Countries as lists write them, by name or by code, made ISO 3166 codes."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from debar.text import fold

_LONGEST = 80
"""Characters of the longest name of a country; what is remembered must not be large."""


@cache
def _codes() -> dict[str, str]:
    """Give codes by folded name, and by themselves."""
    found: dict[str, str] = {}
    for line in files("debar.lists").joinpath("countries.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, *names = line.split("\t")
            found.update({fold(name): code for name in (code, *names)})
    # What the European Union calls Greece and the United Kingdom, and what Kosovo has instead of a code.
    return found | {"el": "GR", "uk": "GB"}


def code(text: str) -> str:
    """Give the code of a country in capital letters, or nothing where a text names none."""
    return _known(text) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _known(text: str) -> str:
    return _codes().get(fold(text), "")
