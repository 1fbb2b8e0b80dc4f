# SPDX-License-Identifier: Apache-2.0
"""An input made of bytes, and all that a reader says about it."""

from __future__ import annotations

import io
import weakref
from typing import TYPE_CHECKING, Any

import msgspec

from debar.readers.inputs import Input

if TYPE_CHECKING:
    from types import ModuleType

    from debar.model.inventory import Observation
    from debar.model.vocab import Kind


def opened(content: bytes | str, path: str = "some/bom.json") -> Input:
    """Give an input with this content."""
    data = content.encode() if isinstance(content, str) else content
    source = Input(path, io.BytesIO(data))
    weakref.finalize(source, source._file.close)  # type: ignore[union-attr]
    return source


def observed(reader: ModuleType, content: object) -> tuple[list[Observation], Input]:
    """Read all of a text, of bytes, or of anything that JSON can say."""
    source = opened(content if isinstance(content, (bytes, str)) else msgspec.json.encode(content))
    found: list[Observation] = list(reader.read(source))
    return found, source


def values(observation: Observation, kind: Kind) -> list[str]:
    """Give the observables of one kind."""
    return [o.value for o in observation.observables if o.kind is kind]


def resolved(document: Any, pointer: str) -> Any:
    """Follow a JSON pointer."""
    for step in pointer.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document
