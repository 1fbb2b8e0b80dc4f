# SPDX-License-Identifier: Apache-2.0
"""What the package managers of programming languages lock, declare and install."""

from debar.readers.rows import Reader
from debar.readers.rows_of import compiled, java, javascript, others, python, scripted

ROWS: tuple[Reader, ...] = (
    *python.ROWS,
    *javascript.ROWS,
    *java.ROWS,
    *compiled.ROWS,
    *scripted.ROWS,
    *others.ROWS,
    *javascript.LAST,
)
