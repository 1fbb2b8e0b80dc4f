# SPDX-License-Identifier: Apache-2.0
"""Logs and tables that are kept by columns: files of warehouses, lakes and data frames."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, magic

_MEDIA = (Medium.NETWORK, Medium.INVENTORY, Medium.PURCHASES, Medium.SBOM, Medium.FILES, Medium.LEASES)
_COLUMNS = (
    "logs whose columns a field layout or Zeek knows, tables by column layout or guess, columns in columns by their"
    " path; of rows that point to nobody, who is there and until which day"
)
_LIMITS = "addresses kept as numbers or as bytes are not read, nor maps, unions and encrypted columns"
ROWS: tuple[Reader, ...] = (
    Reader(
        "parquet",
        "debar.readers.columnar.parquet",
        "Parquet",
        _MEDIA,
        _COLUMNS,
        f"{_LIMITS}; column chunks of more than 1 GiB are not read",
        marks=(magic(b"PAR1", "first bytes of a Parquet file"),),
    ),
    Reader(
        "arrow",
        "debar.readers.columnar.arrow",
        "Arrow files and streams, Feather",
        _MEDIA,
        "as parquet",
        f"{_LIMITS}; batches of more than 1 GiB are not read",
        marks=(
            magic(b"ARROW1\0\0", "first bytes of an Arrow file"),
            magic(b"FEA1", "first bytes of a Feather file"),
            magic(b"\xff\xff\xff\xff", "first bytes of an Arrow stream", fits="debar.readers.columnar.arrow"),
        ),
    ),
    Reader(
        "orc",
        "debar.readers.columnar.orc",
        "ORC",
        _MEDIA,
        "as parquet",
        f"{_LIMITS}; stripes of more than 1 GiB are not read",
        marks=(magic(b"ORC", "first bytes of an ORC file"),),
    ),
    Reader(
        "delta",
        "debar.readers.columnar.delta",
        "Delta Lake tables: the folder with _delta_log",
        _MEDIA,
        "as parquet, from the files of the newest version, with the values by which they are parted",
        f"{_LIMITS}; files with deletion vectors, and tables with column mapping, are not read; not inside archives",
    ),
    Reader(
        "iceberg",
        "debar.readers.columnar.iceberg",
        "Iceberg tables: the folder with metadata and data",
        _MEDIA,
        "as parquet, from the files of the current snapshot, Parquet or ORC",
        f"{_LIMITS}; rows that delete files take out are not left out, so files that they name are not read",
    ),
)
