# SPDX-License-Identifier: Apache-2.0
"""Workflows of GitHub Actions: the actions, workflows and images that they use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_USES = re.compile(r"""\s*(?:-\s+)?["']?(?:uses|image)["']?:\s+["']?([^\s"'#]+)""")
_ACTION = re.compile(r"([\w.-]+/[\w.-]+)(?:/[^@\s]*)?(?:@(\S+))?", re.ASCII)
_IMAGE = "docker://"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each use of an action, of a workflow elsewhere, or of an image."""
    listing = dependencies.Listing(source, source.asset)
    for number, line in source.lines():
        if not (used := _USES.match(line[: dependencies.LONGEST])):
            continue
        target, locator = used[1], f"line {number}"
        if target.startswith(("./", "../")) or "${{" in target:
            source.tally["local or computed"] += 1
        elif target.startswith(_IMAGE) or "image" in line.partition(":")[0]:
            source.tally["images"] += 1
            name, version = _image(target.removeprefix(_IMAGE))
            yield listing.package(locator, name, version, _observables(name))
        elif action := _ACTION.fullmatch(target):
            source.tally["packages"] += 1
            yield listing.package(locator, action[1], action[2] or "", dependencies.named("github", action[1]))
        else:
            source.lose(locator, "not an action")


def _image(reference: str) -> tuple[str, str]:
    """Give name and version of "host:5000/name:tag@sha256:..."."""
    name, _, digest = reference.partition("@")
    before, colon, tag = name.rpartition(":")
    return (before, tag) if colon and "/" not in tag else (name, digest)


def _observables(name: str) -> list[Observable]:
    """Give the package URL and name of an image, and its registry unless that is Docker's own."""
    host, slash, _ = name.partition("/")
    if not slash or ("." not in host and ":" not in host):
        return dependencies.named("docker", name)
    return [Observable(Kind.NAME, name), *dependencies.origin(f"https://{host}/")]
