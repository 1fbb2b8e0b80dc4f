# SPDX-License-Identifier: Apache-2.0
"""Where in a text what a tool printed must stand: near its beginning, and not in a program or manual that quotes it."""

from __future__ import annotations

LINES = 24
"""Lines that may stand before: a prompt, a banner, the date; manuals and prose show samples further down."""
NO_PROGRAM = (
    r"(?!#!|//|/\*|\"\"\"|'''|#include\b|<\?php|\.\\\"|'\\\"|\.(?:TH|Dd|\\)\b"
    r"|# ?(?:-\*-|SPDX|Copyright|frozen_string|coding[:=])"
    r"|(?:package|import|from|use|module|namespace|const|let|var|require|describe) ?[\w('\"{*][^\n]*(?:;|\bimport\b.*|[)}])?[ \t\r]*\n"
    r"(?:[ \t\r]*\n|import\b|from\b|use\b|const\b|require\b|//))"
)
r"""Stands behind \A: refuses source code and manual pages by how they begin."""


def early(pattern: str) -> str:
    """Give an expression for what begins a line among the first of a text that is no program."""
    return rf"\A{NO_PROGRAM}(?:.*\n){{0,{LINES}}}?(?:{pattern})"
