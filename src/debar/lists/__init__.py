# SPDX-License-Identifier: Apache-2.0
"""Files of lists: one file and one row for each format, told by content, never by the name of the file.

A format is one function `read` that gives a PartyList, in the module that its row names; the module is loaded when
the first such list turns up. The first row that fits reads the list, so special formats stand before general ones.
"""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.errors import SourceError
from debar.lists import tables
from debar.readers import encodings
from debar.readers.inputs import Input
from debar.text import header as folded
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from debar.lists.tables import Header
    from debar.model.listed import PartyList


class Form(Enum):
    """What a list is written in."""

    TABLE = "a table with a header: delimited text, a workbook or Parquet"
    TEXT = "text without a header"
    JSON = "JSON"
    XML = "XML"


class Format(NamedTuple):
    """One row of the table."""

    name: str
    title: str
    module: str
    """Loaded on first use; has read(source), of tables read(source, table)."""
    form: Form
    marks: tuple[str, ...] = ()
    """What a list must have: columns of a TABLE, texts that stand at the beginning of JSON and XML.

    Where there are none, the module tells: fits(text) of a TEXT, is_header(header) of a TABLE.
    """


FORMATS = (
    Format(
        "ofac",
        "OFAC: SDN.CSV, CONS_PRIM.CSV with ALT.CSV, ADD.CSV and SDN_COMMENTS.CSV beside it",
        "debar.lists.ofac",
        Form.TEXT,
    ),
    Format("ofac-xml", "OFAC: SDN.XML, CONSOLIDATED.XML", "debar.lists.ofac_xml", Form.XML, ("sdnList", "sdnEntry")),
    Format(
        "csl",
        "US Consolidated Screening List, consolidated.csv",
        "debar.lists.csl",
        Form.TABLE,
        ("source", "entity_number", "name", "alt_names", "source_list_url"),
    ),
    Format(
        "csl-json",
        "US Consolidated Screening List, consolidated.json",
        "debar.lists.csl_json",
        Form.JSON,
        ('"source"', '"alt_names"', '"source_list_url"'),
    ),
    Format(
        "ftm",
        "FollowTheMoney entities, entities.ftm.json",
        "debar.lists.ftm",
        Form.JSON,
        ('"id"', '"schema"', '"properties"'),
    ),
    Format(
        "opensanctions",
        "OpenSanctions, targets.simple.csv",
        "debar.lists.opensanctions",
        Form.TABLE,
        ("id", "schema", "name", "aliases", "countries", "dataset"),
    ),
    Format("uk", "UK Sanctions List", "debar.lists.uk", Form.TABLE, ("Unique ID", "Name 6", "Name 1")),
    Format(
        "uk-ofsi",
        "UK Consolidated List of OFSI, ConList.csv",
        "debar.lists.uk",
        Form.TABLE,
        ("Group ID", "Name 6", "Name 1"),
    ),
    Format(
        "eu",
        "EU consolidated list of financial sanctions, CSV 1.1",
        "debar.lists.eu",
        Form.TABLE,
        ("Entity_LogicalId", "NameAlias_WholeName"),
    ),
    Format(
        "eu-xml",
        "EU consolidated list of financial sanctions, XML 1.1",
        "debar.lists.eu_xml",
        Form.XML,
        ("export", "sanctionEntity"),
    ),
    Format("plain", "any table with a column of names", "debar.lists.plain", Form.TABLE),
    Format("lines", "names, one on each line", "debar.lists.lines", Form.TEXT),
)
_HINT = "name a file of a list, a table with a column that is called name, or names one on each line"


def open_list(source: Path) -> PartyList:
    """Give the list in a file; SourceError with the file and place where it is none, or cannot be read.

    Rows and entries that cannot be read are left out, and told in its notes.
    """
    there = Input(str(source), source)
    try:
        return _read(there)
    except SourceError as e:
        raise SourceError(e.message, path=e.path or str(source), locator=e.locator, hint=e.hint or _HINT) from e


def _read(source: Input) -> PartyList:
    is_binary = source.head().startswith(tables.BINARY)
    text = "" if is_binary else encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")
    if not is_binary and not text:
        raise SourceError("nothing is in it")
    if text.startswith(("{", "[", "<")):
        return _document(source, text)
    headers = tables.headers(source)
    for format_ in FORMATS:
        if format_.form is Form.TEXT and text and _called(format_, "fits")(text):
            return _whole(format_, source)
        if format_.form is Form.TABLE and (header := _header(format_, headers)):
            return _whole(format_, source, tables.opened(source, header))
    first = next((", ".join(filter(None, header.cells)) for header in headers), "")
    raise SourceError(f"no column of names is known in it; it begins with: {printable(first[:200])}", locator="row 1")


def _document(source: Input, text: str) -> PartyList:
    """Give the list in JSON or XML, told by the texts that stand at its beginning."""
    form = Form.XML if text.startswith("<") else Form.JSON
    for format_ in FORMATS:
        if format_.form is form and all(mark in text for mark in format_.marks):
            return _whole(format_, source)
    raise SourceError(f"{form.value} that is no list which debar knows", locator="line 1")


def _header(format_: Format, headers: Sequence[Header]) -> Header | None:
    """Give the first row that has the columns of a format."""
    if not format_.marks:
        is_header = _called(format_, "is_header")
        return next((header for header in headers if is_header(header)), None)
    needed = frozenset(map(folded, format_.marks))
    return next((header for header in headers if needed <= header.columns), None)


def _whole(format_: Format, *given: object) -> PartyList:
    found: PartyList = _called(format_, "read")(*given)
    return found


def _called(format_: Format, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module(format_.module), name)
    return found
