# SPDX-License-Identifier: Apache-2.0
"""What the books say was bought, from whom: tables of any origin."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, magic

_MEDIA = (Medium.INVENTORY, Medium.PURCHASES, Medium.SBOM, Medium.FILES, Medium.NETWORK, Medium.LEASES)
_TABLES = (
    "what the columns of a layout in the register hold: programs, publishers, sellers, items bought; columns of"
    " other tables of purchases and programs are guessed from names and cells, and the report says so"
)
ROWS = (
    Reader(
        "table",
        "debar.readers.business.table",
        "CSV and other delimited tables, by column layout",
        _MEDIA,
        _TABLES,
        "a table of neither purchases nor programs, whose header no layout knows, is not read",
    ),
    Reader(
        "workbook",
        "debar.readers.business.workbook",
        "Workbooks, .xlsx and .xls, by column layout",
        _MEDIA,
        "as table, from each sheet",
        "as table; formulas give the value that was saved; workbooks with a password cannot be read",
        marks=(
            magic(b"PK\x03\x04", "a workbook in a ZIP", fits="debar.readers.tables.workbooks"),
            magic(b"\xd0\xcf\x11\xe0", "a workbook of before 2007", fits="debar.readers.tables.workbooks"),
        ),
    ),
    Reader(
        "json-table",
        "debar.readers.business.json_table",
        "Tables as JSON objects, by column layout",
        _MEDIA,
        "as table, with keys for columns; keys of an object inside are called OUTER INNER",
        "as table",
    ),
)
