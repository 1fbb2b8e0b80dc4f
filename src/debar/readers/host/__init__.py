# SPDX-License-Identifier: Apache-2.0
"""The machine that debar runs on, or the root of one, read-only."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader

ROWS = (
    Reader(
        "host",
        "debar.readers.host.linux",
        "This machine (Linux): host: or host:/ROOT",
        (Medium.INVENTORY, Medium.NETWORK),
        "its identity, devices, kernel modules, services, running programs, listening ports, contacted addresses and neighbours; its file tree is read beside it",
        "reads Linux only; programs of other users show only to root; on other systems export an inventory with osquery instead",
    ),
)
