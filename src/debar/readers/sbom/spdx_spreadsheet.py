# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 spreadsheets, .xlsx and .xls: a sheet of packages, and one of their identifiers elsewhere."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from debar import text
from debar.readers.boms import spdx_packages
from debar.readers.boms.spdx_packages import Checksum, Reference
from debar.readers.tables import workbooks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

OLD = 1 << 26
"""Largest .xls that is looked at, bytes."""
CELL = 1 << 15
"""Characters of a cell: as many as a cell can have."""
_PACKAGES, _REFERENCES = "packageinfo", "externalrefs"
_DOCUMENT = ("documentinfo", "origins", "creationinfo")
_TEXTS = {
    "packagename": "name",
    "packageversion": "version_info",
    "packagefilename": "package_file_name",
    "packagesupplier": "supplier",
    "packageoriginator": "originator",
    "homepage": "homepage",
    "packagedownloadlocation": "download_location",
    "sourceinfo": "source_info",
    "packagecopyrighttext": "copyright_text",
    "summary": "summary",
    "description": "description",
    "comments": "comment",
    "primarypurpose": "primary_package_purpose",
}
"""Headers without case, spaces and punctuation."""
_Rows = list[tuple[int, dict[str, str]]]


def fits(source: Input) -> bool:
    """Tell whether a workbook is an SPDX document: it has a sheet "Package Info" and one "Per File Info"."""
    head = source.head()
    if head.startswith(b"PK"):
        if b"[Content_Types].xml" not in head and b"xl/" not in head:
            return False
        try:
            with source.glance() as file, zipfile.ZipFile(file) as archive, archive.open("xl/workbook.xml") as part:
                book = part.read(1 << 20)
        except Exception:  # noqa: BLE001 - whatever a broken archive makes of the library: then it is no workbook of ours
            return False
        return b'"Package Info"' in book and b'"Per File Info"' in book
    # Names of sheets stand in the stream of the workbook, a byte for each character.
    data = source.content() if len(head) < 1 << 16 else _beginning(source)
    return b"Package Info" in data and b"Per File Info" in data


def _beginning(source: Input) -> bytes:
    with source.stream() as stream:
        return stream.read(OLD)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row of the sheet "Package Info"."""
    sheets = _sheets(source)
    document = next((rows[0][1] for name in _DOCUMENT if (rows := sheets.get(name, []))), {})
    frame = spdx_packages.Frame(source, document.get("documentname", ""), _instant(document.get("created", "")))
    references: dict[str, list[Reference]] = {}
    owner = text.header("Package ID")
    for _, row in sheets.get(_REFERENCES, []):
        reference = Reference(row.get("type", ""), row.get("locator", ""))
        references.setdefault(row.get(owner, ""), []).append(reference)
    for number, row in sheets.get(_PACKAGES, []):
        source.tally["components"] += 1
        package = spdx_packages.package((field, row[header]) for header, field in _TEXTS.items() if row.get(header))
        # "SHA1: digest", one a line or separated by commas
        sums = row.get("packagechecksum", "").replace(",", "\n").splitlines()
        package.checksums = [Checksum(one.rpartition(":")[2].strip()) for one in sums if one.strip()]
        package.external_refs = references.get(row.get("spdxidentifier", ""), [])
        package.attribution_texts = [row["attributiontext"]] if row.get("attributiontext") else None
        yield frame.observation(package, f"sheet Package Info row {number}")


def _sheets(source: Input) -> dict[str, _Rows]:
    """Give the rows of each sheet that is needed, by the sheet's name without case and spaces."""
    return {
        name: _table(rows)
        for title, rows in workbooks.sheets(source)
        if (name := text.header(title)) in {_PACKAGES, _REFERENCES, *_DOCUMENT}
    }


def _table(rows: Iterable[list[str]]) -> _Rows:
    """Give rows by header; a row without any text is none."""
    headers: list[str] = []
    found: _Rows = []
    for number, cells in enumerate(rows, 1):
        if not any(cells):
            continue  # a sheet of a few bytes may have a million of them
        texts = [cell[:CELL].strip() for cell in cells]
        if not headers:
            headers = [text.header(one) for one in texts]
        elif any(texts):
            row: dict[str, str] = {}
            for header, one in zip(headers, texts, strict=False):
                if one:
                    row.setdefault(header, one)
            found.append((number, row))
    return found


def _instant(moment: str) -> str:
    """Give a moment as sheets have it, "2010-01-29 18:30:22", as SPDX writes it."""
    return f"{moment[:19].replace(' ', 'T')}Z" if moment[10:11] == " " else moment
