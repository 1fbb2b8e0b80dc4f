# SPDX-License-Identifier: Apache-2.0
"""What the books say was bought, from whom: tables of any origin."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader

ROWS = (
    Reader(
        "table",
        "debar.readers.business.table",
        "CSV and other delimited tables, by column layout",
        (Medium.INVENTORY, Medium.PURCHASES),
        "what the columns of a layout in the register hold: programs, publishers, sellers, items bought",
        "a table whose header no layout knows is not read",
    ),
)
