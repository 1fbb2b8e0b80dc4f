# SPDX-License-Identifier: Apache-2.0
"""Pages that stand alone: their templates, their policy, and what of a text may enter them."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from debar.text import printable

LOOK = Path(__file__).parent / "look"
"""What pages of all kinds show alike."""
_EMPTY = re.compile(r"\n[ \n]{1,400}\n")


def environment(folder: Path) -> Environment:
    """Give what fills the templates of a folder and those of `LOOK`, everything escaped; a name that one lacks is an error."""
    return Environment(
        loader=FileSystemLoader((folder, LOOK)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def policy(style: str, script: str) -> str:
    """Give what a page may do: its own style and script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'"
    )


def own(text: str) -> Markup:
    """Give a file of the program's own, which is markup already."""
    return Markup(text)  # noqa: S704 - the caller's promise


def lines(text: str) -> Markup:
    """Give the text of an input with its line ends, and nothing else of it that steers: at most one line stays empty."""
    shown = "\n".join(printable(line.expandtabs(4)) for line in text.splitlines())
    return escape(_EMPTY.sub("\n\n", shown) + ("\n" if text.endswith("\n") else ""))


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _shown(value: object) -> object:
    """Give what a template prints: text of inputs without characters that steer or hide."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
