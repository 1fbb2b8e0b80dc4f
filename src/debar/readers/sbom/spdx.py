# SPDX-License-Identifier: Apache-2.0
"""SPDX 2.1 to 2.3 JSON: one observation for each package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.boms import spdx_packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package of an SPDX 2 JSON document, in its order."""
    yield from spdx_packages.told(source, source.document())
