# SPDX-License-Identifier: Apache-2.0
"""The row of a reader, and the marks by which content tells which row it is for.

A mark is data: it is compiled when an input of its form is first looked at, so that a table of many
formats costs a run only what it meets.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from debar.model.vocab import Medium


class Form(Enum):
    """What of an input a mark is compared with."""

    BYTES = "first bytes"
    JSON = "the text of a JSON document's beginning"
    KEYS = "keys of a JSON document, or of its first element or line"
    XML = "the text of an XML document's beginning"
    TEXT = "the text of any other beginning"


class Mark(NamedTuple):
    """One way to recognise a format."""

    form: Form
    pattern: str
    """A regular expression, with ^ and $ at lines; of BYTES, for the first 512 as Latin-1; see below for KEYS."""
    why: str
    """What to tell the user that was seen."""
    needs: str = ""
    """Plain text that must stand there before the expression is tried."""
    name: str = ""
    """Expression that the file's base name must match as well: for formats whose text alone is too plain."""
    first: bytes = b""
    offset: int = 0
    fits: str = ""
    """Module whose fits(source) has the last word: for formats inside a container that many share."""
    keys: tuple[str, ...] = ()
    """Keys that must all be there; key=VALUE when the raw value must begin with VALUE."""


class Reader(NamedTuple):
    """One row of the table."""

    name: str
    """Shown to users, and used as a scheme: cyclonedx:bom.json."""
    module: str
    """Loaded on first use."""
    title: str
    media: tuple[Medium, ...]
    extracts: str
    """What it takes out of an input."""
    limits: str
    """What it does not see."""
    marks: tuple[Mark, ...] = ()
    """Any one of them suffices."""
    tree_names: str = ""
    """Expression for base names under which installed software carries this format in a file tree."""
    tree_folders: tuple[str, ...] = ()
    """Names of folders each of whose files is of this format, whatever it is called."""
    tree_paths: tuple[str, ...] = ()
    """Patterns of the folders in which a system keeps it; elsewhere in a tree it is a copy or a test's, and not read."""
    in_trees: bool = False
    """Also read in file trees, where it is told from its first bytes or from those names alone."""
    holds: bool = False
    """Holds files: the module has members(source) instead of read(source)."""


def magic(first: bytes, why: str, *, offset: int = 0, pattern: str = "", fits: str = "") -> Mark:
    """Give a mark of bytes at an offset, or an expression for the first block; a module may have to confirm it."""
    return Mark(Form.BYTES, pattern, why, first=first, offset=offset, fits=fits)


def json(pattern: str, why: str, *, needs: str = "", name: str = "") -> Mark:
    """Give a mark in the text of JSON."""
    return Mark(Form.JSON, pattern, why, needs=needs, name=name)


def keys(*names: str, why: str) -> Mark:
    """Give a mark of keys that a JSON object has, wherever in the document they stand."""
    return Mark(Form.KEYS, "", why, keys=names)


def xml(pattern: str, why: str, *, needs: str = "") -> Mark:
    """Give a mark in the text of XML."""
    return Mark(Form.XML, pattern, why, needs=needs)


def text(pattern: str, why: str, *, needs: str = "", name: str = "") -> Mark:
    r"""Give a mark in any other text; \A is its first character that is no blank."""
    return Mark(Form.TEXT, pattern, why, needs=needs, name=name)
