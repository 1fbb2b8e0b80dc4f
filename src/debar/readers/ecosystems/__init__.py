# SPDX-License-Identifier: Apache-2.0
"""What the package managers of programming languages lock, declare and install."""

from debar.readers.rows import Reader

ROWS: tuple[Reader, ...] = ()
