# SPDX-License-Identifier: Apache-2.0
"""Which folders are one table of many files: such a folder is read as one input, by the file that begins its log.

Its files alone would tell rows that were deleted, or replaced, long since.
"""

from __future__ import annotations

import os
import re
from typing import NamedTuple

DELTA, ICEBERG = "delta", "iceberg"
"""Names of the readers."""
_LOGS = {
    "_delta_log": (DELTA, re.compile(r"\d{20}\.(?:json|checkpoint\..*)")),
    "metadata": (ICEBERG, re.compile(r".+\.metadata\.json(?:\.gz)?")),
}
"""Folders with the log of a table, and names of the files in them."""


class Lake(NamedTuple):
    """A folder that is one table."""

    reader: str
    place: str
    """A file of its log, which stands for all of it."""


def lake(place: str, names: set[str]) -> Lake | None:
    """Give the table that a folder with these names in it is; nothing for any other folder."""
    for name, (reader, files) in _LOGS.items():
        if name not in names:
            continue
        log = os.path.join(place, name)  # noqa: PTH118 - a walk meets thousands of folders
        try:
            own = [] if os.path.islink(log) else os.listdir(log)  # noqa: PTH114, PTH208 - as above
        except OSError:
            continue
        if found := min((one for one in own if files.fullmatch(one)), default=""):
            return Lake(reader, os.path.join(log, found))  # noqa: PTH118 - as above
    return None
