# SPDX-License-Identifier: Apache-2.0
"""What servers, gateways and devices write by the line: name look-ups, requests, connections, tables."""

from debar.readers.rows import Reader

ROWS: tuple[Reader, ...] = ()
