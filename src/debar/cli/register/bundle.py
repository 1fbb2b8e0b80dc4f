# SPDX-License-Identifier: Apache-2.0
"""`debar register verify`, `import`, `pack` and `status`: the register as a signed file, and which one is in use."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from debar import dates
from debar.cli import options as shared
from debar.cli import output, register_options
from debar.errors import DebarError, RegisterError, UsageError
from debar.register import active, imported, load, trust
from debar.register import age as ages
from debar.register import bundle as bundles
from debar.release import VERSION, register_directory
from debar.writers.layout import Page

if TYPE_CHECKING:
    import argparse

    from debar.writers import Style

_EPILOG = """\
examples:
  openssl genpkey -algorithm ed25519 -out private.pem             a key to sign with; keep it secret
  openssl pkey -in private.pem -pubout -out team.pub              its public half, for everybody
  debar register pack register-2026.11.22.zip --key private.pem
  debar register verify register-2026.11.22.zip --key team.pub
  debar register import register-2026.11.22.zip --key team.pub    used from now on, by every verb
  debar register status"""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What is said about a bundle that was packed, verified or imported."""

    done: str
    """packed, verified or imported"""
    file: str
    directory: str
    """Where it was imported to; empty otherwise."""
    register: str
    sha256: str
    """Digest of the manifest."""
    built_at: str
    key: str
    schema: int
    files: int


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """Which register answers, how old it is, and what speaks against it."""

    origin: str
    """named (with --base-register), imported or shipped"""
    directory: str
    register: str
    sha256: str
    """Digest over names and contents of its files, as reports print it."""
    added: tuple[str, ...]
    """Directories that are added to it here."""
    built_at: str
    """Empty unless it was imported, as are the next two."""
    key: str
    schema: int | None
    age: int | None
    """Days; None for a version that is no date."""
    warnings: tuple[str, ...]
    proven: bool
    """False for an import that is not, or no longer, what a trusted key signed."""


def run_verify(arguments: list[str]) -> int:
    """`debar register verify FILE`."""
    return verify(_parser("verify", "Prove that a signed bundle is whole and by whom it is.").parse(arguments))


def run_import(arguments: list[str]) -> int:
    """`debar register import FILE`."""
    parser = _parser("import", "Prove a signed bundle and use its register from now on.")
    parser.add_argument("--older", action="store_true", help="also if it is older than the register in use")
    return import_(parser.parse(arguments))


def run_pack(arguments: list[str]) -> int:
    """`debar register pack FILE --key PRIVATE.pem`."""
    parser = _parser("pack", "Write a register as a signed bundle.")
    parser.add_argument(
        "--directory", metavar="DIR", type=Path, default=None, help="the register (default: the shipped one)"
    )
    return pack(parser.parse(arguments))


def run_status(arguments: list[str]) -> int:
    """`debar register status`."""
    parser = shared.Parser(
        "register status", "Say which register is in use, how old it is, and who signed it.", _EPILOG
    )
    _add_keys(parser)
    shared.add_output_options(parser)
    register_options.add_register_option(parser, heeds_indicators=False)
    return status(parser.parse(arguments))


def _parser(word: str, description: str) -> shared.Parser:
    parser = shared.Parser(f"register {word}", description, _EPILOG)
    parser.add_argument("file", metavar="FILE", nargs="?", help="the bundle, such as register-2026.11.22.zip")
    _add_keys(parser)
    shared.add_output_options(parser)
    return parser


def _add_keys(parser: shared.Parser) -> None:
    parser.add_argument(
        "--key",
        metavar="FILE",
        action="append",
        default=None,
        help="a public key to trust beside those in ~/.config/debar/keys; with pack: the private key to sign with",
    )


def verify(options: argparse.Namespace) -> int:
    """Prove a bundle and say what is in it; raises what `bundle.verify` raises."""
    targets = output.targets(options)
    file = _file(options)
    _tell(_proof("verified", file, bundles.verify(file, _trusted(options))), targets, options)
    return 0


def import_(options: argparse.Namespace) -> int:
    """Prove a bundle and make its register the active one; raises what `imported.import_bundle` raises."""
    targets = output.targets(options)
    file, keys, home = _file(options), _trusted(options), active.home()
    if home is None:
        raise UsageError("there is no home directory to import to", hint="set XDG_DATA_HOME")
    directory = imported.import_bundle(file, keys, home, older=options.older)
    _tell(_proof("imported", file, bundles.verify(directory, keys), directory), targets, options)
    return 0


def pack(options: argparse.Namespace) -> int:
    """Write a register as a bundle, signed with the private key that --key names; `file` is where to.

    Raises RegisterError for a register with any fault, a failing case among them, and UsageError for the rest.
    SOURCE_DATE_EPOCH in the environment stands for the present, so that two machines give the same file.
    """
    from debar import pipeline

    targets = output.targets(options)
    file = _file(options)
    if len(options.key or ()) != 1:
        raise UsageError("pack needs one --key", hint="openssl genpkey -algorithm ed25519 -out private.pem writes one")
    directory = options.directory or register_directory()
    if faults := pipeline.check(directory)[1]:
        raise RegisterError(faults, hint=f"{len(faults)} faults in {directory}")
    _tell(_proof("packed", file, bundles.pack(directory, Path(options.key[0]), file, _now())), targets, options)
    return 0


def status(options: argparse.Namespace) -> int:
    """Say which register is in use and how old it is; 4 when it is an import that cannot be proven any more."""
    targets = output.targets(options)
    found = _status(options)
    output.write(targets, options, lambda form, out, style: _write_status(found, form, out, style))
    return 0 if found.proven else RegisterError.exit_code


def _file(options: argparse.Namespace) -> Path:
    if not options.file:
        raise UsageError("no bundle is named", hint="name a file, such as register-2026.11.22.zip")
    return Path(options.file)


def _trusted(options: argparse.Namespace) -> tuple[trust.PublicKey, ...]:
    directory = trust.key_directory()
    return trust.keys([directory] if directory else [], [Path(file) for file in options.key or ()])


def _now() -> str:
    """Give the present, or what stands for it where builds are to be repeatable."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        when = datetime.fromtimestamp(int(said), UTC) if said else datetime.now(UTC)
    except (ValueError, OverflowError, OSError) as e:
        raise UsageError(f"SOURCE_DATE_EPOCH: {said!r} is no number of seconds", hint="unset it") from e
    return dates.stamp(when)


def _proof(done: str, file: Path, bundle: bundles.Bundle, directory: Path | None = None) -> Proof:
    manifest = bundle.manifest
    return Proof(
        done=done,
        file=str(file),
        directory=str(directory or ""),
        register=manifest.register,
        sha256=bundle.sha256,
        built_at=manifest.built_at,
        key=bundle.key,
        schema=manifest.schema,
        files=len(manifest.files),
    )


def _tell(proof: Proof, targets: list[output.Target], options: argparse.Namespace) -> None:
    output.write(targets, options, lambda form, out, style: _write_proof(proof, form, out, style))


def _write_proof(proof: Proof, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(proof, out, style)
        return
    page = Page(out, style)
    page.title(f"Register {proof.register}", f"{proof.done}: {proof.file}")
    page.field("files", str(proof.files))
    page.field("built at", proof.built_at)
    page.field("signed by", proof.key)
    page.field("digest", proof.sha256)
    page.field("schema", str(proof.schema))
    if proof.directory:
        page.field("active", proof.directory)


def _status(options: argparse.Namespace) -> Status:
    directory, why = active.choice(active.home())
    named, added = options.base_register, options.register or ()
    origin = "named" if named else "imported" if directory else "shipped"
    found = named or directory or register_directory()
    warnings = [why] if why and not named else []
    bundle = None
    if origin == "imported":
        try:
            bundle = bundles.verify(found, _trusted(options))
        except DebarError as e:
            warnings.append(e.message)
    version = _version(found)
    days = _age(version)
    if late := ages.warning(days or 0):
        warnings.append(late)
    return Status(
        origin=origin,
        directory=str(found),
        register=version,
        sha256=load.load(found, added).sha256 if added else load.digest(found),
        added=tuple(str(one) for one in added),
        built_at=bundle.manifest.built_at if bundle else "",
        key=bundle.key if bundle else "",
        schema=bundle.manifest.schema if bundle else None,
        age=days,
        warnings=tuple(warnings),
        proven=origin != "imported" or bundle is not None,
    )


def _version(directory: Path) -> str:
    try:
        return (directory / "VERSION").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as e:
        raise RegisterError([f"{directory}: no register here: {e}"]) from e


def _age(version: str) -> int | None:
    try:
        return ages.age(version, dates.now())
    except ValueError:
        return None


def _write_status(status: Status, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(status, out, style)
        return
    page = Page(out, style)
    origin = f"shipped with debar {VERSION}" if status.origin == "shipped" else status.origin
    page.title(f"Register {status.register}", origin)
    page.field("in", status.directory)
    for directory in status.added:
        page.field("with", directory)
    page.field("digest", status.sha256)
    if status.key:
        page.field("built at", status.built_at)
        page.field("signed by", status.key)
        page.field("schema", str(status.schema))
    else:
        page.field("signed by", "no key" if status.proven else "not proven here")
    page.field("age", "unknown: the version is no date" if status.age is None else f"{status.age} days")
    for warning in status.warnings:
        page.paragraph(f"warning: {warning}", hang=2, style="yellow")
