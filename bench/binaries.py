# SPDX-License-Identifier: Apache-2.0
"""Windows programs to signers and companies, against LIEF over the same files.

`python -m bench binaries --files DIR`: DIR holds programs, for instance unpacked wheels for Windows of PyPI. LIEF
is no dependency: without it debar alone is measured. The two do not the same work: LIEF builds a model of the
whole program; debar takes out who made it. Both compare the digest of a signed file with the signed one.
"""

from __future__ import annotations

import importlib
import io
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.measure import BrokenError, Options, alternate, goal, table, title
from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.files import pe
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

ROUNDS = 5
GOAL = 105
"""Programs that debar is to read in a second."""
_ESCAPED = str.maketrans("", "", "\\")


class Told(NamedTuple):
    """What one side says of a program."""

    company: str
    signers: tuple[str, ...]
    is_sound: bool


def run(options: Options) -> None:
    """Find the programs, compare what both sides say of them, then measure both."""
    files = [file for folder in options.files for file in sorted(folder.rglob("*")) if _is_program(file)]
    if not files:
        raise BrokenError("no Windows program was found; name a folder with --files")
    rounds = options.rounds or ROUNDS
    title("binaries", "loops over files, imports outside", rounds)
    ours = [_ours(file) for file in files]
    signed = sum(bool(told.signers) for told in ours)
    size = sum(file.stat().st_size for file in files)
    print(f"  {len(files)} programs, {size / 1e6:.1f} MB, {signed} signed, {_tampered(ours)} that do not match")
    copies = [told for file, told in zip(files, ours, strict=True) if told.signers for told in _tampered_copy(file)]
    print(f"  {_tampered(copies)} of {len(copies)} copies with one changed bit are told as tampered")
    candidates: dict[str, Callable[[], float]] = {"debar": lambda: _timed(_ours, files)}
    try:
        lief: Any = importlib.import_module("lief")
    except ImportError:
        print("  LIEF is not installed; debar alone is measured")
    else:
        theirs = [_theirs(lief, file) for file in files]
        _compare(files, ours, theirs)
        candidates["LIEF"] = lambda: _timed(lambda file: _theirs(lief, file), files)
    figures = alternate(rounds, candidates)
    table("seconds of CPU", figures)
    goal(f"seconds for {GOAL} programs", min(figures["debar"]) * GOAL / len(files), at_most=1)


def _compare(files: Sequence[Path], ours: Sequence[Told], theirs: Sequence[Told]) -> None:
    """Print how many programs both sides tell alike, and each that they do not."""
    same = 0
    for file, mine, other in zip(files, ours, theirs, strict=True):
        if mine == other:
            same += 1
        else:
            print(f"  differs: {file.name}: debar {mine}, LIEF {other}")
    print(f"  {same} of {len(files)} equal: company, first signer, and whether the signature fits")


def _is_program(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return stream.read(2) == b"MZ"


def _ours(file: Path) -> Told:
    return _said(Input(str(file), file))


def _said(source: Input) -> Told:
    try:
        program = next(iter(pe.read(source)), None)
    except SourceError:
        program = None
    found = program.observables if program else ()
    company = next((o.value for o in found if o.kind is Kind.PUBLISHER), "")
    signers = tuple(o.value for o in found if o.kind is Kind.SIGNER)
    return Told(company, signers[:1], not source.tally["signatures that do not match"])


def _theirs(lief: Any, file: Path) -> Told:
    program = lief.PE.parse(str(file))
    if program is None:
        return Told("", (), is_sound=True)
    fits = program.verify_signature() == lief.PE.Signature.VERIFICATION_FLAGS.OK
    signers = [s.cert.subject for signature in program.signatures for s in signature.signers if s.cert]
    return Told(_company(program), tuple(_common_name(s) for s in signers[:1] if fits), fits or not signers)


def _company(program: Any) -> str:
    manager: Any = program.resources_manager if program.has_resources else None
    if manager is None or not manager.has_version:
        return ""
    versions = manager.version if isinstance(manager.version, list) else [manager.version]
    for version in versions:
        tables = version.string_file_info.children if version.string_file_info else ()
        entries = {entry.key: entry.value for table in tables for entry in table.entries}
        if entries.get("CompanyName", "").strip():
            return str(entries["CompanyName"]).strip()
    return ""


def _common_name(subject: str) -> str:
    r"""Give the common name of a subject as LIEF writes it: C=US, O=Vendor, CN=Vendor\\, Inc."""
    return subject.rpartition("CN=")[2].partition(", ST=")[0].translate(_ESCAPED).strip()


def _tampered_copy(file: Path) -> Iterator[Told]:
    """Yield what is said of a copy with one bit changed after its first third, well before the signature."""
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    yield _said(Input(str(file), io.BytesIO(content), rewindable=True))


def _tampered(told: Iterable[Told]) -> int:
    return sum(not one.is_sound for one in told)


def _timed(read: Callable[[Path], Told], files: Sequence[Path]) -> float:
    began = time.process_time()
    for file in files:
        read(file)
    return time.process_time() - began
