# SPDX-License-Identifier: Apache-2.0
"""Signed statements about software that carry an SBOM: in-toto statements, DSSE envelopes, Sigstore bundles.

The signature is not checked: who signed is another question than what is in the product.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components, records
from debar.readers.boms import cyclonedx_bom, spdx_graph, spdx_packages, syft_artifacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.readers.inputs import Input

    Told = Callable[[Input, bytes, str, str], Iterator[Observation]]

_FORMATS: tuple[tuple[frozenset[str], Told], ...] = (
    (frozenset({"bomFormat"}), cyclonedx_bom.told),
    (frozenset({"spdxVersion"}), spdx_packages.told),
    (frozenset({"@context", "@graph"}), spdx_graph.told),
    (frozenset({"artifacts", "source"}), syft_artifacts.told),
)
"""Keys that a predicate must have, and who reads it. What a statement calls its predicate differs by tool and year."""
SUBJECTS = 64
"""Subjects of one statement that are kept: an image has one for each name."""


def read(source: Input) -> Iterator[Observation]:
    """Yield what the SBOM in each statement says, then the subject of the statement; other predicates are counted."""
    for locator, document in records.objects(source):
        statement, at = _statement(source, document, locator)
        if not isinstance(statement, dict):
            continue
        source.tally["statements"] += 1
        yield from _told(source, statement, at)
    components.note_hollow(source)


def _statement(source: Input, document: dict[str, Any], at: str) -> tuple[Any, str]:
    """Give the statement that a document is or wraps, and where; nothing when it cannot be unwrapped."""
    for key in ("dsseEnvelope", "content", "dsse"):
        if isinstance(document.get(key), dict):
            document, at = document[key], f"{at}/{key}"
    if "payload" not in document:
        return document, at
    source.tally["signatures"] += len(records.listed(document.get("signatures")))
    at = f"{at}/payload"
    try:
        # Some writers leave out the padding, some use the alphabet for addresses.
        payload = str(document["payload"]).translate(str.maketrans("-_", "+/"))
        return msgspec.json.decode(base64.b64decode(payload + "=" * (-len(payload) % 4), validate=True)), at
    except (ValueError, *records.UNREADABLE) as e:  # base64 raises it for its own faults, and for text beyond ASCII
        source.lose(at, f"a payload that is no statement: {e}")
        return None, at


def _told(source: Input, statement: dict[str, Any], at: str) -> Iterator[Observation]:
    """Yield what the predicate says."""
    name, digests = _subjects(statement)
    predicate = _predicate(statement)
    for needed, told in _FORMATS:
        if isinstance(predicate, dict) and needed <= predicate.keys():
            asset = name or source.path
            for observation in told(source, msgspec.json.encode(predicate), f"{at}/predicate", name):
                asset = observation.asset
                yield observation
            if digests:
                yield _subject(source, f"{at}/subject", (asset, name), digests)
            return
    source.tally["other predicates"] += 1


def _predicate(statement: dict[str, Any]) -> Any:  # noqa: ANN401 - a predicate may be anything
    """Give the predicate; early versions of cosign put it as a text, or as an object, into "Data"."""
    predicate = statement.get("predicate")
    if isinstance(predicate, dict) and "Data" in predicate:
        predicate = predicate["Data"]
    if isinstance(predicate, str):
        try:
            return msgspec.json.decode(predicate)
        except records.UNREADABLE:
            return None
    return predicate


def _subjects(statement: dict[str, Any]) -> tuple[str, list[Observable]]:
    """Give the first name of what is attested, and the digests by which it is known elsewhere."""
    names: list[str] = []
    digests: list[Observable] = []
    for subject in records.listed(statement.get("subject"))[:SUBJECTS]:
        names += [name] if (name := records.texts(subject).get("name")) else []
        for algorithm, digest in records.texts(subject.get("digest") if isinstance(subject, dict) else None).items():
            if re.fullmatch("[0-9a-f]{32,128}", digest):
                digests.append(Observable(Kind.SERIAL, f"{algorithm}:{digest}"))
    return next(iter(names), ""), list(dict.fromkeys(digests))


def _subject(source: Input, locator: str, named: tuple[str, str], digests: list[Observable]) -> Observation:
    """Give the observation of what is attested, under the name that its SBOM gives it."""
    return Observation(
        source=source.id,
        locator=locator,
        asset=named[0],
        label=named[1] or named[0],
        medium=Medium.SBOM,
        meaning=Meaning.HARDWARE,
        observables=tuple(digests),
    )
