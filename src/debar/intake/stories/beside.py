# SPDX-License-Identifier: Apache-2.0
"""Files that lie beside papers and tell of a folder, not of a ban: a README, a licence, a list of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debar.model.intake import Paper

WHY = "no draft: a file of this name tells of the folder it lies in, and is no paper of a ban; rename it if it is one"
_NAMES = frozenset(
    {"readme", "read-me", "read_me", "licence", "license", "copying", "changelog", "contributing", "notice.md"}
)
"""Names of files, without their ending or with it, that say what they are in any folder."""


def is_beside(paper: Paper) -> bool:
    """Tell whether a paper is called as files are that tell of their folder."""
    name = paper.path.replace("\\", "/").rpartition("/")[2].casefold()
    return name in _NAMES or name.partition(".")[0] in _NAMES
