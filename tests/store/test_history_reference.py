# SPDX-License-Identifier: Apache-2.0
"""The reference of the history names every table, column and key, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from debar.model.results import history
from debar.model.results.found import Result
from debar.store import columns, tables
from debar.store.lake import SUFFIXES
from test_docs import rows, section

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "store.md").read_text(encoding="utf-8")
NOUNS = [
    kind for kind in vars(history).values()
    if isinstance(kind, type) and issubclass(kind, Result) and kind.__module__ == history.__name__
]  # fmt: skip


@pytest.mark.parametrize("kind", NOUNS, ids=lambda kind: kind.__name__)
def test_every_key_is_described(kind: type[Result]) -> None:
    """Each noun of the answers has its table, with its keys in their order."""
    described = [cells[0].strip("`") for cells in rows(section(PAGE, f"### {kind.__name__}"))[1:]]
    assert described == list(kind.__struct_encode_fields__)


def test_every_column_and_table_is_described() -> None:
    """Folders of the lake, their columns, and the tables of the ledger."""
    for name, schema in (("observations", columns.OBSERVATIONS), ("findings", columns.FINDINGS)):
        assert [cells[0].strip("`") for cells in rows(section(PAGE, f"### {name}"))[1:]] == schema.names
    folders = [cells[0].strip("`") for cells in rows(section(PAGE, "## Files").partition("### ")[0])[1:]]
    assert folders == list(SUFFIXES)
    made = {name for name in tables.RUNS.metadata.tables if name != tables.VERSION.name}
    assert {cells[0].strip("`") for cells in rows(section(PAGE, "## Tables"))[1:]} == made
