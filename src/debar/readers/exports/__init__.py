# SPDX-License-Identifier: Apache-2.0
"""What an operating system itself lists of its programs, services and devices."""

from debar.readers.rows import Reader

ROWS: tuple[Reader, ...] = ()
