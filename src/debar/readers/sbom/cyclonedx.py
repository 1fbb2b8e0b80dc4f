# SPDX-License-Identifier: Apache-2.0
"""CycloneDX JSON 1.2 to 1.7, whatever it is a bill of: software, services, hardware, operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.boms import cyclonedx_bom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each component, service and subject of a CycloneDX JSON BOM."""
    yield from cyclonedx_bom.told(source, source.document())
