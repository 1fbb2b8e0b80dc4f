# SPDX-License-Identifier: Apache-2.0
"""The loops that `bench trees` measures, one in a process: over all files below some folders, in the order of names.

Run by the interpreter that has the library: `trees_peers.py KIND [RULES] DIR...`. Company and signer print one line of
JSON: seconds of CPU, files with a company, files with a signature.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    _Maker = Callable[[str], tuple[str, bool]]


def main(kind: str, *arguments: str) -> None:
    """Run the loop of one kind."""
    if kind in {"yara", "strings"}:
        (yara if kind == "yara" else strings)(*arguments)
        return
    read = MAKERS[kind]()
    programs = [path for path in files(arguments) if is_program(path)]
    for path in programs[:9]:
        read(path)  # loads what is loaded when it is needed
    began = time.process_time()
    told = [read(path) for path in programs]
    spent = time.process_time() - began
    print(json.dumps([spent, sum(bool(company) for company, _ in told), sum(signed for _, signed in told)]))


def files(folders: Sequence[str]) -> Iterator[str]:
    """Yield the files below folders."""
    for top in folders:
        for folder, below, names in os.walk(top):
            below.sort()
            for name in sorted(names):
                path = f"{folder}/{name}"
                if os.path.isfile(path) and not os.path.islink(path):  # noqa: PTH113, PTH114 - strings, as they come
                    yield path


def is_program(path: str) -> bool:
    """Tell whether a file begins as Windows programs do."""
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read(2) == b"MZ"


def yara(rules: str, *folders: str) -> None:
    """Print the files in which a rule matches, as YARA-X reads them: whole, by its own means."""
    import yara_x  # type: ignore[import-not-found]

    with open(rules, encoding="utf-8") as file:  # noqa: PTH123
        scanner = yara_x.Scanner(yara_x.compile(file.read()))
    for path in files(folders):
        if scanner.scan_file(path).matching_rules:
            print(path)


def strings(wanted: str, *folders: str) -> None:
    """Print the files that debar's search finds a string in."""
    from pathlib import Path

    from debar.readers.binary import literals, pieces
    from debar.workers import Workers, processors

    looked_for = tuple(Path(wanted).read_text("utf-8").splitlines())
    literals.prepared(looked_for)

    def work(question: bytes) -> bytes:
        found = []
        for path in os.fsdecode(question).split("\0"):
            search = literals.Search(looked_for)
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123
                for at, block in pieces.Pieces(file).sweep(search.margin):
                    search.look(block, at)
            found += [path] if search.places() else []
        return os.fsencode("\n".join(found))

    every = sorted(files(folders), key=os.path.getsize, reverse=True)
    few = (every[at : at + 4] for at in range(0, len(every), 4))
    team = Workers(work, processors())
    for _, answer in team.answers((None, os.fsencode("\0".join(paths))) for paths in few):
        if answer:
            print(os.fsdecode(answer))
    team.close()


def debar() -> _Maker:
    """Give debar's parts that read company and signers, without a digest of the file."""
    from pathlib import Path

    from debar.readers.binary import authenticode, pe_image, pe_version, pieces
    from debar.readers.inputs import Input

    def read(path: str) -> tuple[str, bool]:
        with pieces.opened(Input(path, Path(path), is_digested=False)) as file:
            image = pe_image.read(file)
            if image is None:
                return "", False
            texts = [pe_version.read(resource) for resource in pe_image.versions(file, image)]
            company = next((one["CompanyName"] for one in texts if "CompanyName" in one), "")
            return company, any(mark.signer.subjects for mark in authenticode.marks(authenticode.table(file, image)))

    return read


def debar_checked() -> _Maker:
    """Give debar's reader as a scan uses it: all that it tells, with the signature checked."""
    from pathlib import Path

    from debar.model.vocab import Kind
    from debar.readers.files import pe
    from debar.readers.inputs import Input

    def read(path: str) -> tuple[str, bool]:
        found = [o for one in pe.read(Input(path, Path(path), is_digested=False)) for o in one.observables]
        company = next((o.value for o in found if o.kind is Kind.PUBLISHER), "")
        return company, any(o.kind is Kind.SIGNER for o in found)

    return read


def pefile() -> _Maker:
    """Give pefile's fast mode with version resources; of a signature it tells only where it lies."""
    import pefile as library  # type: ignore[import-not-found]

    resources = [library.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]]

    def read(path: str) -> tuple[str, bool]:
        program = library.PE(path, fast_load=True)
        try:
            program.parse_data_directories(resources)
            tables = [
                t for many in getattr(program, "FileInfo", ()) for i in many for t in getattr(i, "StringTable", ())
            ]
            companies = (table.entries.get(b"CompanyName", b"").decode("utf-8", "replace").strip() for table in tables)
            return next(filter(None, companies), ""), program.OPTIONAL_HEADER.DATA_DIRECTORY[4].Size > 0
        finally:
            program.close()

    return read


def lief(*, is_checked: bool = False) -> _Maker:
    """Give LIEF's reader, which leaves out all parts but resources and signatures."""
    import lief as library  # type: ignore[import-not-found]

    library.logging.disable()
    config = library.PE.ParserConfig()
    for name in dir(config):
        if name.startswith("parse_"):
            setattr(config, name, name in {"parse_signature", "parse_rsrc"})

    def read(path: str) -> tuple[str, bool]:
        program = library.PE.parse(path, config)
        signers = [s.cert.subject for one in program.signatures for s in one.signers if s.cert]
        if is_checked and signers and program.verify_signature() != library.PE.Signature.VERIFICATION_FLAGS.OK:
            signers = []
        return _company(program), bool(signers)

    return read


def _company(program: Any) -> str:
    manager = program.resources_manager if program.has_resources else None
    versions = manager.version if manager is not None and manager.has_version else ()
    for version in versions:
        for one in version.string_file_info.children if version.string_file_info else ():
            for entry in one.entries:
                if entry.key == "CompanyName" and entry.value.strip():
                    return str(entry.value).strip()
    return ""


MAKERS: dict[str, Callable[[], _Maker]] = {
    "debar": debar,
    "debar-checked": debar_checked,
    "pefile": pefile,
    "lief": lief,
    "lief-checked": lambda: lief(is_checked=True),
}

if __name__ == "__main__":
    main(*sys.argv[1:])
