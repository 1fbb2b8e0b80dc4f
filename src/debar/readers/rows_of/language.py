# SPDX-License-Identifier: Apache-2.0
"""Rows of the readers of programming languages, by language, and the words that they share."""

from __future__ import annotations

from debar.model.vocab import Medium
from debar.readers.rows import Mark, Reader

LOCKED, INSTALLED, FILES = (Medium.SBOM,), (Medium.PACKAGES,), (Medium.FILES,)
BOTH = (Medium.PACKAGES, Medium.SBOM)
NAMES = "locked packages: name, version, package URL, registry or repository unless it is the usual one"
MAKERS = "name, version, package URL, authors and maintainers, addresses, description"
DECLARED = "a version is told only where it is exact; what the required packages require themselves does not stand here"
NOBODY = "names no makers"


def row(
    name: str,
    title: str,
    media: tuple[Medium, ...],
    extracts: str,
    limits: str,
    *marks: Mark,
    tree_names: str = "",
    tree_folders: tuple[str, ...] = (),
) -> Reader:
    """Give a row whose module is called after it."""
    module = f"debar.readers.ecosystems.{name.replace('-', '_')}"
    return Reader(
        name, module, title, media, extracts, limits, marks, tree_names, tree_folders, in_trees=bool(tree_names)
    )
