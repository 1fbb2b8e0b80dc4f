# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of printed tables of container images."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.logs import image_tables
from opened import observed, values


def test_columns_stand_where_the_header_has_them() -> None:
    """Cells may have single spaces and may be empty."""
    found, source = observed(
        image_tables,
        "CONTAINER ID   IMAGE          COMMAND      STATUS       PORTS     NAMES\n"
        'f1e2d3c4b5a6   a/b:3          "sh -c x"    Up 3 hours             agent\n'
        '01e2d3c4b5a6   1234567890ab   "sh"         Up 2 hours             odd\n',
    )
    assert [("agent", "a/b", "3")] == [(o.asset, o.label, o.version) for o in found]
    assert (2, 1) == (source.tally["rows"], source.tally["images without a name"])


def test_several_images_stand_in_a_cell() -> None:
    """A workload of two containers has two."""
    found, _ = observed(
        image_tables,
        "NAMESPACE   NAME   READY   CONTAINERS   IMAGES            SELECTOR\n"
        "shop        web    2/2     a,b          x/a:1,nginx:2     app=web\n",
    )
    assert ["pkg:docker/x/a", "pkg:docker/nginx"] == [values(o, Kind.PURL)[0] for o in found]
    assert {"shop/web"} == {o.asset for o in found}


def test_a_second_header_begins_another_table() -> None:
    """Outputs of several commands are kept in one file."""
    found, _ = observed(
        image_tables,
        "REPOSITORY   TAG    IMAGE ID       SIZE\na/b          1      a6bd71f48f68   1MB\n\n"
        "IMAGE        TAG    IMAGE ID       SIZE\nc/d          2      a6bd71f48f68   1MB\n",
    )
    assert ["a/b", "c/d"] == [o.label for o in found]


def test_rows_without_a_header_are_a_fault() -> None:
    """Nothing says what is where."""
    with pytest.raises(SourceError, match="header"):
        observed(image_tables, "nginx   latest   a6bd71f48f68\n")
