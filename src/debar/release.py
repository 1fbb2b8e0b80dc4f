# SPDX-License-Identifier: Apache-2.0
"""What this release is: the versions of program and schema, and the register that it ships with."""

from pathlib import Path

VERSION = "0.1.0"
"""Of the program; semantic versioning."""
SCHEMA = 1
"""Of everything that leaves debar as data; raised when a key changes its meaning."""


def register_directory() -> Path:
    """Give the directory of the shipped register: inside the package, or beside it in a checkout."""
    here = Path(__file__).resolve()
    shipped = here.parent / "_register"
    return shipped if shipped.is_dir() else here.parents[2] / "register"
