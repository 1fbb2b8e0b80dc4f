# SPDX-License-Identifier: Apache-2.0
"""Checking a proof, without a network and without believing anything in it before it is proven.

1. form       a folder or a zip file, names, no links, nothing that no proof has      (held, stored)
2. envelope   DSSE around an in-toto statement, each in its one canonical form        (statement)
3. signature  by a trusted key; else by the key in the proof, which proves only that
              whoever made it still had that key; else there is none
4. files      every subject is there with its digest, and nothing else is
5. log        each line follows from the one before, the last is the head             (log)
6. agreement  log, sums, inputs, register, organisation, report and forms say the same  (agreement)
7. inputs     where asked for: the files that were read are still the same            (inputs)

Every step names everything that it finds. A step that another one's faults leave nothing to look at is passed over.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from debar import dates
from debar.errors import UsageError
from debar.model.results import Result
from debar.proof import agreement, held, inputs, log, stored
from debar.proof.canonical import MalformedError, decoded
from debar.proof.evidence import ENVELOPE, INPUTS, LOG, SIGNER
from debar.proof.inputs import InputProof
from debar.proof.statement import opened, pae
from debar.register import trust

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from debar.proof.held import Held, Part
    from debar.proof.statement import Opened
    from debar.register.trust import PublicKey

DOCUMENT = 256 << 20
"""Bytes of a log, an envelope or a list of inputs that are read; one of a million inputs is smaller."""
TRUSTED, UNTRUSTED, UNSIGNED, WRONG = "by a trusted key", "by a key that nobody here trusts", "unsigned", "wrong"
"""How a proof is signed."""


class Fault(Result, frozen=True, kw_only=True):
    """One thing that is not as it was when the proof was made."""

    step: str
    """Which step of the check found it."""
    name: str
    """The file; empty for the proof as a whole."""
    what: str


class Verdict(Result, frozen=True, kw_only=True):
    """What checking a proof came to."""

    proof: str
    intact: bool
    signed: str
    """by a trusted key, by a key that nobody here trusts, unsigned, or wrong."""
    key: str
    """Id of the key that signed it; empty where none did."""
    time: str
    head: str
    """Hash of the last line of the log: what a later proof goes on from."""
    envelope: str
    """SHA-256 of the envelope: the shortest name for all that is in it."""
    after: str
    """Head of the proof that it follows; empty for the first."""
    files: int
    entries: int
    inputs: int
    """Inputs that it lists."""
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]
    """What to know of a proof that is intact: that it is unsigned, say."""


class Trust(NamedTuple):
    """Whose signatures count."""

    keys: Sequence[PublicKey] = ()
    is_demanded: bool = False
    """Somebody named a key: a proof that it did not sign is broken."""


_NOBODY = Trust()


def verify(proof: Path, trusted: Trust = _NOBODY, places: Mapping[str, Path] | None = None) -> Verdict:
    """Give what a proof is worth. `places` has the inputs that are to be looked at again, by path, where they are.

    UsageError for a place at which there is nothing, or that cannot be read.
    """
    try:
        return _checked(proof, trusted, places)
    except OSError as e:
        raise UsageError(f"{e.filename or proof}: {e.strerror or e}", hint="name a proof that can be read") from e


def _checked(proof: Path, trusted: Trust, places: Mapping[str, Path] | None) -> Verdict:
    # 1. form
    where = _held(proof)
    faults = [_fault("form", text) for text in where.faults]
    if not where.is_readable:
        return _verdict(proof, faults)
    # 2. envelope
    seal, found = _envelope(where.parts)
    faults += found
    # 3. signature
    signed, remarks, found = _signature(seal, where.parts, trusted) if seal else (WRONG, (), [])
    faults += found
    # 4. files
    faults += list(_files(seal, where.parts)) if seal else []
    # 5. log
    chain = log.read(held.content(where.parts[LOG], DOCUMENT)) if LOG in where.parts else None
    faults += [Fault(step="log", name=LOG, what=text) for text in (chain.faults if chain else ())]
    # 6. agreement
    if seal and chain:
        faults += [_fault("agreement", text) for text in agreement.faults(seal.statement, chain, where.parts)]
    # 7. inputs
    known = _inputs(where.parts)
    if places is not None:
        faults += [_fault("inputs", text) for text in inputs.changed(known, places)]
    verdict = _verdict(proof, faults, seal, chain, signed=signed, remarks=remarks)
    envelope = held.measured(where.parts[ENVELOPE]).sha256 if seal else ""
    return structs.replace(verdict, inputs=len(known), envelope=envelope)


def series(verdicts: Sequence[Verdict]) -> list[Fault]:
    """Give a fault for each proof that does not follow the one named before it, or says that it was made before that."""
    faults = []
    for earlier, later in pairwise(verdicts):
        if not earlier.head or later.after != earlier.head:
            what = f"does not follow {earlier.proof}: a proof between them is missing, or this is another series"
            faults.append(Fault(step="series", name=later.proof, what=what))
        elif earlier.intact and later.intact and dates.key(later.time) < dates.key(earlier.time):
            what = f"says that it was made on {later.time}, before {earlier.proof}, which it follows"
            faults.append(Fault(step="series", name=later.proof, what=what))
    return faults


def recorded(proof: Path) -> tuple[InputProof, ...]:
    """Give the inputs that a proof lists; none where that cannot be read. UsageError where there is no proof."""
    try:
        return _inputs(_held(proof).parts)
    except OSError as e:
        raise UsageError(f"{e.filename or proof}: {e.strerror or e}", hint="name a proof that can be read") from e


def _held(proof: Path) -> Held:
    """Give what is in a folder or zip file."""
    if not proof.exists():
        raise UsageError(f"{proof}: no such file or directory", hint="name the folder or zip file of a proof")
    if not (proof.is_dir() or proof.is_file()):  # nobody would ever write into a pipe
        raise UsageError(f"{proof}: is neither a file nor a folder", hint="name the folder or zip file of a proof")
    return held.in_folder(proof) if proof.is_dir() else stored.read(proof)


def _fault(step: str, text: str) -> Fault:
    """Give a fault from "name: what"."""
    name, _, what = text.partition(": ")
    return Fault(step=step, name=name.strip(": "), what=what or text.strip(": "))


def _envelope(parts: Mapping[str, Part]) -> tuple[Opened | None, list[Fault]]:
    if ENVELOPE not in parts:
        return None, [Fault(step="envelope", name=ENVELOPE, what="is missing: nothing says what belongs to the proof")]
    try:
        return opened(held.content(parts[ENVELOPE], DOCUMENT)), []
    except MalformedError as e:
        return None, [Fault(step="envelope", name=ENVELOPE, what=str(e))]


def _signature(seal: Opened, parts: Mapping[str, Part], trusted: Trust) -> tuple[str, tuple[str, ...], list[Fault]]:
    """Give how a proof is signed, what to say of that, and what is wrong with it."""
    enclosed = trust.from_pem(held.content(parts[SIGNER], 1024)) if SIGNER in parts else None
    if seal.signature is None:
        return _without(enclosed, trusted)
    said = seal.signature.keyid
    mine = [key for key in trusted.keys if key.id == said]
    candidates = mine or [key for key in (enclosed,) if key and key.id == said]
    if not any(trust.fits(key, seal.raw, pae(seal.payload)) for key in candidates):
        what = f"the signature is not one of key {said} over this statement"
        return WRONG, (), [Fault(step="signature", name=ENVELOPE, what=what)]
    if enclosed is None or enclosed.id != said:
        return WRONG, (), [Fault(step="signature", name=SIGNER, what="is not the key that signed")]
    if mine:
        return TRUSTED, (), []
    if trusted.keys:
        known = ", ".join(key.id for key in trusted.keys)
        what = f"signed with key {said}, which nobody here trusts; trusted: {known}"
        return UNTRUSTED, (), [Fault(step="signature", name=ENVELOPE, what=what)]
    return UNTRUSTED, (_UNTRUSTED.format(key=said),), []


def _without(enclosed: PublicKey | None, trusted: Trust) -> tuple[str, tuple[str, ...], list[Fault]]:
    """Give the same for a proof without a signature: broken only where there should be one."""
    if not (trusted.is_demanded or enclosed):
        return UNSIGNED, (_UNSIGNED,), []
    what = "carries no signature" + (f", though {SIGNER} says that it was signed" if enclosed else "")
    return WRONG, (), [Fault(step="signature", name=ENVELOPE, what=what)]


_UNSIGNED = "intact but unsigned: nothing was damaged since it was made; whoever changes one thing on purpose can make the rest fit"
_UNTRUSTED = (
    "signed with key {key}, and no key is trusted here: compare its id with what the signer tells you, or name the"
    " signer's public key with --key"
)


def _files(seal: Opened, parts: Mapping[str, Part]) -> Iterable[Fault]:
    """Yield a fault for each file that was changed, removed, added or renamed, by what the statement says."""
    said = {subject.name: subject.digest.sha256 for subject in seal.statement.subject}
    there = {name: held.measured(part) for name, part in parts.items()}
    missing = {name: digest for name, digest in said.items() if name not in there}
    added = [name for name in there if name not in said and name != ENVELOPE]
    for name, found in there.items():
        part = parts[name]
        if found.size != part.size:
            yield Fault(step="files", name=name, what="was cut off")
        elif part.crc is not None and found.crc != part.crc:
            yield Fault(step="files", name=name, what="its checksum in the zip file is not that of its bytes")
        if name in said and found.sha256 != said[name]:
            yield Fault(step="files", name=name, what=f"was changed: {said[name]} was signed, {found.sha256} is there")
    for name in added:
        was = next((old for old, digest in missing.items() if digest == there[name].sha256), "")
        what = f"was renamed: it was {was}" if was else "was added: the statement does not name it"
        yield Fault(step="files", name=name, what=what)
        missing.pop(was, None)
    yield from (Fault(step="files", name=name, what="is missing") for name in missing)


def _inputs(parts: Mapping[str, Part]) -> tuple[InputProof, ...]:
    try:
        return decoded(held.content(parts[INPUTS], DOCUMENT).removesuffix(b"\n"), tuple[InputProof, ...])
    except (MalformedError, KeyError):
        return ()


def _verdict(
    proof: Path,
    faults: Sequence[Fault],
    seal: Opened | None = None,
    chain: log.Chain | None = None,
    *,
    signed: str = WRONG,
    remarks: tuple[str, ...] = (),
) -> Verdict:
    """Give what the steps came to."""
    first = chain.entries[0].previous if chain and chain.entries else log.NONE
    return Verdict(
        proof=str(proof),
        intact=not faults,
        signed=signed,
        key=seal.signature.keyid if seal and seal.signature else "",
        time=seal.statement.predicate.time if seal else "",
        head=chain.head if chain else "",
        envelope="",
        after="" if first == log.NONE else first,
        files=len(seal.statement.subject) if seal else 0,
        entries=len(chain.entries) if chain else 0,
        inputs=0,
        faults=tuple(dict.fromkeys(faults)),
        remarks=remarks if not faults else (),
    )
