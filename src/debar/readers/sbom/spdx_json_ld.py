# SPDX-License-Identifier: Apache-2.0
"""SPDX 3 JSON-LD: one observation for each package of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.boms import spdx_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package of an SPDX 3 document, in the order of its graph."""
    yield from spdx_graph.told(source, source.document())
