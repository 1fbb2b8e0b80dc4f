# SPDX-License-Identifier: Apache-2.0
"""Gathering what a proof is made of: the report, its inputs, the register, what people wrote, what made it."""

from __future__ import annotations

import hashlib
import re
import sysconfig
from importlib import metadata
from pathlib import Path
from platform import python_implementation, python_version
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar.cli import (
    decided_places,
    engines,
    output,
    recording,
    register_options,
    reported,
    scanning,
    storing,
)
from debar.cli import options as shared
from debar.errors import DebarError, RegisterError, UsageError
from debar.proof import evidence as evidences
from debar.proof import forms, inputs, registered
from debar.proof.held import Part, of_bytes
from debar.readers import walk
from debar.register import active, bundle, own, trust
from debar.release import VERSION, register_directory
from debar.writers import WRITERS, Style, load

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from debar.model.results import Report
    from debar.obligations.question import Question
    from debar.pipeline import Settings
    from debar.proof.evidence import Evidence
    from debar.register import Register

_FORMS = {"json": evidences.REPORT, "terminal": "report.txt", "html": "report.html"}
"""Forms of the report that a proof holds, where there is a writer for them."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Asked(NamedTuple):
    """What a proof is asked to answer, and with what."""

    question: Question
    settings: Settings
    register: Register


class Gathered(NamedTuple):
    """The report that is to be proven, and what it was made with."""

    report: Report
    register: Register
    settings: Settings
    was_written: bool


def asked(options: argparse.Namespace) -> Asked:
    """Give what the options ask, read before anything else is."""
    settings = msgspec.structs.replace(
        scanning.settings(options),
        is_digested=True,  # so that what is hashed later can be compared
    )
    found = Asked(shared.question(options), settings, register_options.register(options))
    for word in options.form or ():
        shared.check_word(word, found.register.forms, options.named["form"])
    return found


def gathered(options: argparse.Namespace, asked: Asked, scan: Callable[..., Report]) -> Gathered:
    """Give the report that `scan` makes of the sources, or the one that is named."""
    question, settings, register = asked
    found = reported.reported(options.source, register, question, settings, storing.store(options), scan)
    if found.was_written:
        shared.refuse_question(options)
        if found.report.register.sha256 != register.sha256:
            raise UsageError(
                f"the report rests on register {found.report.register.version}, and another one is in use",
                hint="name that one with --base-register and --register, or scan the sources anew",
            )
    return Gathered(found.report, register, settings, found.was_written)


def evidence(found: Gathered, options: argparse.Namespace, stale: str, spool: Path) -> Evidence:
    """Give everything that goes into a proof; the report is written into `spool`, for it can be larger than memory."""
    report = found.report
    key = hashlib.sha256(Path(options.key[0]).read_bytes()).hexdigest() if options.key else ""
    keeping = inputs.Keeping(options.with_inputs, never=key)
    kept = inputs.gathered(report, _places(found, options), keeping, was_written=found.was_written)
    bundled, base = _bundled(options)
    directories = [base, *(options.register or ())]
    proof, parts = registered.gathered(report.register, directories, own.files(options.indicators or ()), bundled)
    return evidences.Evidence(
        report=report,
        documents={**reports(report, spool), **_written(found, options)},
        inputs=kept,
        register=proof,
        register_parts=parts,
        forms=tuple(forms.filled(report, found.register, options.form or ())),
        tools=_tools(),
        stale=stale,
    )


def _places(found: Gathered, options: argparse.Namespace) -> dict[str, Path]:
    """Give where the inputs lie, by the paths that the report shows."""
    read = {source.path for source in found.report.sources}
    if found.was_written:
        return {path: Path(path) for path in read if path != "-" and Path(path).exists()}
    settings = found.settings
    here = [source for source in options.source or ["-"] if not engines.is_afar(options, source)]
    places = walk.find(here, (*settings.exclude, *settings.own)) if here else ()
    # Of a file tree only what was read is evidence: the rest of it may be a whole disk.
    return {
        place.path: Path(place.place)
        for place in places
        if isinstance(place, walk.Found) and place.place is not None and (not place.tree or place.path in read)
    }


def _bundled(options: argparse.Namespace) -> tuple[registered.Bundled, Path]:
    """Give where the register is from, and its directory; an import is proven anew where a key is trusted here."""
    named: Path | None = options.base_register
    imported = None if named else active.active(active.home())
    if imported is None:
        return registered.Bundled("named" if named else "shipped"), named or register_directory()
    keys = trust.key_directory()
    try:
        found = bundle.verify(imported, trust.keys([keys] if keys else []))
    except RegisterError:
        raise
    except DebarError:  # no key is trusted here: the bundle is in the proof, and its signature with it
        return registered.Bundled("imported"), imported
    return registered.Bundled("imported", found.key, found.manifest.built_at, found.sha256), imported


def reports(report: Report, spool: Path) -> dict[str, Part]:
    """Give the report in each form of a proof that there is a writer for; UsageError without room for it."""
    found = {}
    for writer in (one for one in WRITERS if one.name in _FORMS):
        file = spool / _FORMS[writer.name]
        try:
            with output.opened(file, writer.name) as out:
                load(writer.name).write_report(report, out, Style())
        except OSError as e:
            raise UsageError(f"{file}: {e.strerror or e}", hint="make room for the proof, or name another place") from e
        found[file.name] = Part(file.stat().st_size, file=file)
    return found


def _written(found: Gathered, options: argparse.Namespace) -> dict[str, Part]:
    """Give what people wrote: the organisation's file, decisions with what proves them, records.

    Of a report that was there before nobody knows what stood in these files then; what was used of them it holds itself.
    """
    if found.was_written:
        return {}
    word = getattr(options, "as") or ""
    files = {"records.yaml": recording.file(options)}
    if word.endswith((".yaml", ".yml")):
        files["organisation.yaml"] = Path(word)
    try:
        with decided_places.reading(options) as decided:
            files["decisions.yaml"] = decided
            written = {name: file.read_bytes() for name, file in files.items() if file}
            for decision in found.settings.decisions:
                if decided and decision.document:
                    text = (decided.parent / decision.document).read_bytes()
                    written[f"decided/{hashlib.sha256(text).hexdigest()}"] = text
    except OSError as e:
        raise UsageError(f"{e.filename}: {e.strerror}", hint="a proof holds it, so it has to be there") from e
    return {name: of_bytes(text) for name, text in written.items()}


def _tools() -> dict[str, Any]:
    """Give what made the proof: versions, and the kind of machine, but not which one."""
    libraries = {}
    for name in sorted({_library(line) for line in metadata.requires("debar") or ()}):
        try:
            libraries[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # one of an extra
            continue
    return {
        "debar": VERSION,
        "python": f"{python_implementation()} {python_version()}",
        "platform": sysconfig.get_platform(),
        "libraries": libraries,
    }


def _library(line: str) -> str:
    """Give the name that a requirement begins with."""
    found = _NAME.match(line)
    return found.group() if found else ""
