# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 YAML: the JSON form, written as YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.readers import components, records, yamltext
from debar.readers.boms import spdx_packages
from debar.readers.boms.spdx_packages import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_ABSENT = ("", "~", "null", "Null", "NULL")
"""What YAML reads as no value; every scalar comes as text."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package, in document order; SourceError when it is no YAML."""
    document, at = yamltext.of(source), ""
    if isinstance(document, dict) and isinstance(document.get("Document"), dict):
        document, at = document["Document"], "/Document"
    if not isinstance(document, dict):
        raise SourceError("not a readable SPDX document: its top is no mapping")
    creation = records.texts(document.get("creationInfo"))
    frame = spdx_packages.Frame(source, records.texts(document).get("name", ""), creation.get("created", ""))
    for number, loose in enumerate(records.listed(document.get("packages"))):
        source.tally["components"] += 1
        locator = f"{at}/packages/{number}"
        if not isinstance(loose, dict):
            source.lose(locator, f"a mapping was expected, found {type(loose).__name__}")
            continue
        known = {key: value for key, value in loose.items() if value not in _ABSENT}
        yield frame.observation(components.converted(source, known, Package, locator), locator)
