# SPDX-License-Identifier: Apache-2.0
"""CycloneDX files to observations, against the reference library of the format, over the same files.

Both loops open, read and decode every file. debar also digests it; the library builds its whole
object model. The two do not the same work: each does what an inventory needs from it.
"""

from __future__ import annotations

import json
import time
import warnings
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from cyclonedx.model.bom import Bom

from bench.measure import ROOT, BrokenError, Options, alternate, goal, ratio, table, title
from debar.errors import SourceError
from debar.readers import load, named, sniff
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

ROUNDS = 5
REPEATED = 200
"""How often the files of the example are read when there are no others."""
FORMATS = {"cyclonedx": "JSON", "cyclonedx-xml": "XML"}


class Document(NamedTuple):
    """One file that both sides can read."""

    file: Path
    reader: str


def run(options: Options) -> None:
    """Find the files, leave out what the library rejects, then measure both sides."""
    warnings.simplefilter("ignore")
    rounds = options.rounds or ROUNDS
    documents, rejected = _accepted(_documents(options.files or _default()))
    if not documents:
        raise BrokenError("no CycloneDX file was found that both sides can read")
    title("reading", "loops over files, imports outside", rounds)
    print(f"  {rejected} files that cyclonedx-python-lib rejects are left out on both sides")
    candidates: dict[str, Callable[[], float]] = {}
    for reader, name in FORMATS.items():
        if part := [document for document in documents if document.reader == reader]:
            size = sum(document.file.stat().st_size for document in part)
            print(f"  {name}: {len(part)} files, {size / 1e6:.1f} MB, {observations(part):,} observations")
            candidates[f"debar, {name}"] = lambda part=part: _timed(observations, part)  # type: ignore[misc]
            candidates[f"library, {name}"] = lambda part=part: _timed(_models, part)  # type: ignore[misc]
    figures = alternate(rounds, candidates)
    table("seconds of CPU", figures)
    sides = {
        side: [sum(values) for values in zip(*(v for k, v in figures.items() if k.startswith(side)), strict=True)]
        for side in ("debar", "library")
    }
    for name in FORMATS.values():
        if f"debar, {name}" in figures:
            print(f"  {name} alone: {ratio(figures[f'library, {name}'], figures[f'debar, {name}']):.1f} times faster")
    goal("times faster, all files together,", ratio(sides["library"], sides["debar"]), at_least=50)


def observations(documents: Iterable[Document]) -> int:
    """Read files as debar does and give how many observations they hold."""
    count = 0
    for file, reader in documents:
        count += sum(1 for _ in load(named(reader))(Input(str(file), file)))
    return count


def _models(documents: Iterable[Document]) -> int:
    """Read files as the library does and give how many components stand at the top of them."""
    return sum(len(_model(document).components) for document in documents)


def _model(document: Document) -> Bom:
    if document.reader == "cyclonedx":
        model: Bom = Bom.from_json(json.loads(document.file.read_bytes()))  # type: ignore[attr-defined]
    else:
        model = Bom.from_xml(ET.fromstring(document.file.read_bytes()))  # type: ignore[attr-defined]
    return model


def _timed(read: Callable[[Sequence[Document]], int], documents: Sequence[Document]) -> float:
    began = time.process_time()
    read(documents)
    return time.process_time() - began


def _default() -> list[Path]:
    """Give the corpus beside the checkout, else the example."""
    return sorted((ROOT.parent / "shared" / "corpus").glob("0[1-5]*")) or [ROOT / "examples" / "estate"]


def _documents(folders: Sequence[Path]) -> list[Document]:
    found = []
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if not file.is_file():
                continue
            try:
                reader, _ = sniff.find_reader(Input(str(file), file))
            except SourceError:
                continue
            if reader and reader.name in FORMATS:
                found.append(Document(file, reader.name))
    return found * REPEATED if folders == [ROOT / "examples" / "estate"] else found


def _accepted(documents: Sequence[Document]) -> tuple[list[Document], int]:
    """Give the files that both sides read, and how many the library rejects."""
    kept = []
    verdicts: dict[Document, bool] = {}
    for document in documents:
        if document not in verdicts:
            verdicts[document] = _is_accepted(document)
        if verdicts[document]:
            kept.append(document)
    return kept, sum(not accepted for accepted in verdicts.values())


def _is_accepted(document: Document) -> bool:
    try:
        _model(document)
    except Exception:  # noqa: BLE001 - whatever the library raises is a rejection
        return False
    observations([document])  # a file that only debar rejects is a fault and must be seen
    return True
