# SPDX-License-Identifier: Apache-2.0
"""The register in a proof: its files as zip files that anybody can open, and the digest that reports name it by.

Its digest is one over the names and digests of the files that an answer can depend on: for each, in the order of their
paths, the name, a zero byte, and the 32 bytes of its SHA-256; before those of an added directory the word "added" and a
zero byte. Indicators of one's own come last: a SHA-256 over the digest so far, as hexadecimal text, and theirs.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import RegisterError
from debar.model.results import RegisterVersion, Result
from debar.proof.canonical import encoded
from debar.proof.held import Part, content, of_bytes
from debar.register import archive, folders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAME = "register.json"


class CountedFile(Result, frozen=True, kw_only=True):
    """One file that the digest of a register covers."""

    name: str
    sha256: str


class RegisterFolder(Result, frozen=True, kw_only=True):
    """One directory of the register, as a zip file of the proof."""

    file: str
    counted: tuple[CountedFile, ...]
    """In the order in which the digest covers them."""


class RegisterProof(Result, frozen=True, kw_only=True):
    """Which register the report rests on, whole."""

    register: RegisterVersion
    """As the report names it."""
    origin: str
    """shipped, imported, or named."""
    signed_by: str
    """Id of the trusted key that signed its bundle; empty where it did not come as one, or no key is trusted."""
    built_at: str
    manifest: str
    """Digest of what was signed; empty without a signature."""
    folders: tuple[RegisterFolder, ...]
    """The register itself, then what was added to it."""
    indicators: tuple[CountedFile, ...]
    """Indicators of one's own, in the order in which they were named."""


class Bundled(NamedTuple):
    """Where a register is from, and what was proven of its bundle."""

    origin: str
    signed_by: str = ""
    built_at: str = ""
    manifest: str = ""


def gathered(
    version: RegisterVersion, directories: Sequence[Path], indicators: Sequence[Path], bundled: Bundled
) -> tuple[RegisterProof, dict[str, Part]]:
    """Give what a proof says of a register, and its files; RegisterError unless they come to the digest of the report."""
    parts: dict[str, Part] = {}
    held = []
    for number, directory in enumerate(directories):
        name = f"register/added-{number}.zip" if number else "register/base.zip"
        files = archive.contents(directory)
        parts[name] = of_bytes(archive.zipped(files))
        held.append(RegisterFolder(file=name, counted=tuple(_counted(files))))
    own = []
    for number, file in enumerate(indicators, 1):
        name, data = f"register/indicators-{number}{file.suffix}", file.read_bytes()
        parts[name] = of_bytes(data)
        own.append(CountedFile(name=name, sha256=hashlib.sha256(data).hexdigest()))
    proof = RegisterProof(
        register=version,
        origin=bundled.origin,
        signed_by=bundled.signed_by,
        built_at=bundled.built_at,
        manifest=bundled.manifest,
        folders=tuple(held),
        indicators=tuple(own),
    )
    if digest(proof) != version.sha256:
        said = f"the register in use is not the one that the report rests on ({version.version}, {version.sha256})"
        raise RegisterError(
            [said], hint="name that one with --base-register, --register and --indicators, or scan anew"
        )
    return proof, {**parts, NAME: of_bytes(encoded(proof) + b"\n")}


def digest(proof: RegisterProof) -> str:
    """Give the digest that the files of a register come to."""
    whole = hashlib.sha256()
    for number, folder in enumerate(proof.folders):
        whole.update(b"added\0" if number else b"")
        for file in folder.counted:
            whole.update(file.name.encode() + b"\0" + bytes.fromhex(file.sha256))
    if proof.indicators:
        whole = hashlib.sha256(whole.hexdigest().encode())
        for file in proof.indicators:
            whole.update(bytes.fromhex(file.sha256))
    return whole.hexdigest()


def faults(proof: RegisterProof, parts: Mapping[str, Part]) -> Iterator[str]:
    """Yield in what the register of a proof is not what it is said to be."""
    for folder in proof.folders:
        if folder.file not in parts:
            yield f"{NAME}: names {folder.file}, which is missing"
            continue
        try:
            files = archive.unzipped(Path(folder.file), content(parts[folder.file], archive.WHOLE + 1))
        except RegisterError as e:
            yield from e.faults
            continue
        there = {name: hashlib.sha256(text).hexdigest() for name, text in files.items()}
        for file in folder.counted:
            if there.get(file.name) != file.sha256:
                yield f"{folder.file}: its file {file.name} is not the one that {NAME} names"
    try:
        found = digest(proof)
    except ValueError as e:
        yield f"{NAME}: {e}"
        return
    if found != proof.register.sha256:
        yield f"{NAME}: the register's files come to the digest {found}, and the report rests on {proof.register.sha256}"


def _counted(files: Mapping[str, bytes]) -> Iterator[CountedFile]:
    """Yield the files that the digest covers, in its order: that of `register/reading.py`."""
    for name, text in sorted(files.items(), key=lambda file: file[0].split("/")):
        words = name.split("/")
        is_read = words[0] in folders.PARTS and name.endswith(folders.COUNTED) and not any(w[0] == "." for w in words)
        if name == "VERSION" or (len(words) > 1 and is_read):
            yield CountedFile(name=name, sha256=hashlib.sha256(text).hexdigest())
