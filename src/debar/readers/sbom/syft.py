# SPDX-License-Identifier: Apache-2.0
"""Syft JSON: what Syft found in an image or a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.boms import syft_artifacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield the image if there is one, its distribution, and each artifact, in the order of the document."""
    yield from syft_artifacts.told(source, source.document())
