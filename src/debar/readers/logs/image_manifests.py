# SPDX-License-Identifier: Apache-2.0
"""Container images that YAML asks for: Kubernetes manifests, Compose files, values of Helm charts.

Only the lines that name an image are looked at, and those that say whose it is: templates that are no YAML yet are read
as well, and anchors cost nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab import Meaning, Medium
from debar.readers import encodings
from debar.readers.loglines import images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_FIELD = re.compile(
    r"""( *)((?:- +)*)["']?([\w./-]{1,128})["']?:(?: +["']?([^"'#\s][^"'\s]{0,1023})?["']?)?\s*(?:#.*)?$"""
)
"""Indentation, dashes of a list, key, and a value of one word."""
_PLACED = re.compile(r"^\s+(?:resourceVersion|imageID|containerStatuses):", re.MULTILINE)
"""What a cluster adds to a manifest once it has it."""


class _Scope:
    """Where in a document a line stands: the service, workload or chart that asks for an image."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin another document."""
        self.keys: list[tuple[int, str]] = []
        self.name = self.namespace = ""
        self.parts: dict[str, str] = {}
        """Registry, repository and tag of an image that Helm values give apart."""

    def enter(self, indent: int, key: str) -> None:
        """Go to a key; what is as deep or deeper is left."""
        while self.keys and self.keys[-1][0] >= indent:
            self.keys.pop()
        if len(self.keys) < 64:  # levels of a manifest: below 20
            self.keys.append((indent, key))

    @property
    def parents(self) -> list[str]:
        """Give the keys above the present one, the outermost first."""
        return [key for _, key in self.keys[:-1]]

    @property
    def asset(self) -> str:
        """Give the service of a Compose file, or namespace and name of a workload."""
        parents = self.parents
        if parents[:1] == ["services"] and len(parents) > 1:
            return parents[1]
        return "/".join(filter(None, (self.namespace, self.name)))


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each image that a service or workload asks for."""
    is_placed = _PLACED.search(encodings.to_text(source.head())) is not None
    medium, meaning = (Medium.INVENTORY, Meaning.INSTALLED) if is_placed else (Medium.SBOM, Meaning.COMPONENT)
    seen, scope = images.Seen(source, medium, meaning), _Scope()
    for number, line in source.lines():
        if line.startswith("---"):
            scope.reset()
            continue
        found = _FIELD.match(line[:2048])
        if found is None:
            continue
        spaces, dashes, key, value = found.groups()
        scope.enter(len(spaces) + len(dashes), key)
        if text := _image(scope, key, value or ""):
            locator = f"line {number}"
            yield from seen.observations(locator, scope.asset, text, images.digest(text))


def _image(scope: _Scope, key: str, value: str) -> str:
    """Give the image that a line names, once enough of it is known; note whose it is."""
    parent = scope.parents[-1] if scope.parents else ""
    is_own = "template" not in scope.parents
    if key == "metadata" and is_own:
        scope.name = scope.namespace = ""
    elif key in {"name", "namespace"} and parent == "metadata" and is_own:
        setattr(scope, key, value)
    elif key in {"registry", "repository"} and "{{" not in value:
        scope.parts = {**({} if key == "registry" else scope.parts), key: value}
        if key == "repository":
            registry = scope.parts.pop("registry", "")
            return f"{registry}/{value}" if registry else value
    elif key in {"image", "imageID"} and value and not value.startswith(("{", "$", "&", "*")):
        return value
    return ""
