# SPDX-License-Identifier: Apache-2.0
"""What the package managers of programming languages lock, declare and install."""

from debar.readers.language_rows import compiled, java, javascript, others, python, scripted
from debar.readers.rows import Reader

ROWS: tuple[Reader, ...] = (
    *python.ROWS,
    *javascript.ROWS,
    *java.ROWS,
    *compiled.ROWS,
    *scripted.ROWS,
    *others.ROWS,
    *javascript.LAST,
)
