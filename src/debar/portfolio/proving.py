# SPDX-License-Identifier: Apache-2.0
"""What goes into a proof of an organisation: the report, its inputs as they were sent, the register, and what people wrote."""

from __future__ import annotations

import hashlib
import sysconfig
from importlib import metadata
from platform import python_implementation, python_version
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa

from debar.errors import EvidenceError
from debar.portfolio import papers, reports, uploads
from debar.portfolio.register_of import base, base_names, laid, named, register_of, texts
from debar.portfolio.tables import RAN, UPLOADS
from debar.portfolio.views import meant
from debar.proof import evidence as evidences
from debar.proof import forms, inputs, registered
from debar.proof.held import Part, of_bytes
from debar.register import age
from debar.register.dump import dump
from debar.release import VERSION, register_directory
from debar.store import lake
from debar.writers import WRITERS, Style, load

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.deeds import ProofAsked
    from debar.model.results import RegisterVersion, Report
    from debar.portfolio.estates import Estate
    from debar.proof.evidence import Evidence

_WRITTEN = {"json": evidences.REPORT, "terminal": "report.txt", "html": "report.html"}
"""Forms of the report that a proof holds."""
_LIBRARIES = ("msgspec", "sqlalchemy", "zstandard", "cryptography")


def evidence(estate: Estate, asked: ProofAsked, spool: Path) -> Evidence:
    """Give everything that goes into a proof; the report is written into `spool`, for it can be larger than memory."""
    report = reports.report(estate, asked.clock)
    register = register_of(estate)
    keeping = inputs.Keeping(asked.with_inputs)
    with estate.reading() as connection:
        places = _places(estate, connection, asked)
        added = {path: text for path, text in texts(connection).items() if named(path) not in base_names()}
    directories = [base(), *([laid(estate, added)] if added else [])]
    bundled = registered.Bundled("shipped" if directories[0] == register_directory() else "imported")
    proof, register_parts = registered.gathered(report.register, directories, (), bundled)
    return evidences.Evidence(
        report=report,
        documents={**_reports(report, spool), **_people(estate, report)},
        inputs=inputs.gathered(report, places, keeping),
        register=proof,
        register_parts=register_parts,
        forms=tuple(forms.filled(report, register, asked.forms)),
        tools=_tools(),
        stale=_stale(report.register),
    )


def _places(estate: Estate, connection: sa.Connection, asked: ProofAsked) -> dict[str, Path]:
    """Give where the inputs of the run that is meant lie, by the names that the report shows."""
    run = meant(connection, asked.clock)
    made = connection.execute(sa.select(RAN.c.body).where(RAN.c.run == (run.seq if run else 0))).scalars()
    ids = {id_ for body in made for id_ in msgspec.json.decode(body, type=list[str])}
    found = {}
    for row in connection.execute(sa.select(UPLOADS.c.id, UPLOADS.c.name, UPLOADS.c.sha256)):
        if row.id in ids:
            found[row.name] = lake.path(estate.place.lake, uploads.KIND, row.sha256)
    return found


def _reports(report: Report, spool: Path) -> dict[str, Part]:
    """Give the report in each form of a proof."""
    found = {}
    for writer in (one for one in WRITERS if one.name in _WRITTEN):
        file = spool / _WRITTEN[writer.name]
        try:
            with file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
                load(writer.name).write_report(report, out, Style())
        except OSError as e:
            raise lake.no_room(spool, e) from e
        found[file.name] = Part(file.stat().st_size, file=file)
    return found


def _people(estate: Estate, report: Report) -> dict[str, Part]:
    """Give what people wrote: decisions with the papers that prove them, and records."""
    decisions = [one.decision for one in report.decisions]
    records = [one.record for one in report.records]
    written = {}
    if decisions:
        written["decisions.yaml"] = dump(decisions).encode()
    if records:
        written["records.yaml"] = dump(records).encode()
    for sha256 in sorted({one.sha256 for one in decisions if one.sha256}):
        text = papers.content(estate, sha256).read_bytes()
        if hashlib.sha256(text).hexdigest() != sha256:
            raise EvidenceError(f"paper {sha256}: was changed since it was sent", hint="take it from a backup")
        written[f"decided/{sha256}"] = text
    return {name: of_bytes(text) for name, text in written.items()}


def _stale(register: RegisterVersion) -> str:
    """Give why the register says too little about the day; empty where it does not."""
    if register.age is not None and register.age <= age.AGE_LIMIT:
        return ""
    told = "of unknown age" if register.age is None else f"{register.age} days old on the day asked about"
    return f"the register {register.version} is {told}"


def _tools() -> dict[str, Any]:
    """Give what made the proof: versions, and the kind of machine, but not which one."""
    return {
        "debar": VERSION,
        "python": f"{python_implementation()} {python_version()}",
        "platform": sysconfig.get_platform(),
        "libraries": {name: metadata.version(name) for name in _LIBRARIES},
    }
