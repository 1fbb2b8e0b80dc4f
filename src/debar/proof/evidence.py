# SPDX-License-Identifier: Apache-2.0
"""What a proof consists of: every file of it, the log that names them in order, and the statement over all.

1. the files: report, inputs, register, organisation, decisions, coverage, forms, tools
2. the log: what was asked, what it rests on, each input, each form, each file of (1), in a chain
3. SHA256SUMS over the files of (1) and the log, for whoever has nothing but sha256sum
4. the statement over the files of (1), the log and the sums; signed where there is a key
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec

from debar.model.results import Result
from debar.proof import log, registered
from debar.proof.canonical import encoded
from debar.proof.held import Part, measured, of_bytes
from debar.proof.rendered import form_page
from debar.proof.statement import Digest, Predicate, Statement, Subject, enveloped, pae
from debar.register import trust
from debar.release import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sized
    from pathlib import Path

    from debar.model.results import Report
    from debar.proof.forms import FilledForm
    from debar.proof.inputs import Kept
    from debar.proof.registered import RegisterProof

LOG, SUMS, ENVELOPE, SIGNER = "log.jsonl", "SHA256SUMS", "statement.dsse.json", "signer.pub"
REPORT, INPUTS, ORGANISATION, COVERAGE, TOOLS, README = (
    "report.json",
    "inputs.json",
    "organisation.json",
    "coverage.json",
    "tools.json",
    "README.md",
)
FORMS = "forms"
"""Folder of the statutory reports."""
NAMED, MACHINE = "named by whoever made it", "told by the clock of the machine"
"""Whose word the time of a proof is."""


class After(Result, frozen=True, kw_only=True):
    """The proof that one follows."""

    head: str
    """Hash of the last line of its log, from which the chain goes on."""
    envelope: str
    """Digest of its envelope."""
    time: str


class Evidence(NamedTuple):
    """What is to be proven."""

    report: Report
    documents: dict[str, Part]
    """Files as they are: the report in its forms, what people wrote."""
    inputs: Kept
    register: RegisterProof
    register_parts: dict[str, Part]
    forms: tuple[FilledForm, ...]
    tools: dict[str, Any]
    stale: str
    """Why the register would have been refused; empty where it would not."""


class Counted(Protocol):
    """What of a report the log counts: a report, or as much of one as was read."""

    @property
    def exposures(self) -> Sized:
        """What was found."""

    @property
    def set_aside(self) -> Sized:
        """What does not count."""

    @property
    def obligations(self) -> Sized:
        """What is to be done."""

    @property
    def findings(self) -> Iterable[Any]:
        """Each with its status."""


class Making(NamedTuple):
    """How a proof is made."""

    time: str
    """Instant in UTC."""
    clock: str
    """Whose word that is."""
    key: Path | None = None
    """File of the private key; a proof without one is unsigned."""
    after: After | None = None


def parts(evidence: Evidence, making: Making) -> dict[str, Part]:
    """Give the files of a proof, by name. The same evidence, time and key give the same bytes.

    UsageError for a key that is none; OSError for a file that cannot be read.
    """
    # 1. the files
    files = dict(sorted(_files(evidence, making).items()))
    sums = {name: measured(part) for name, part in files.items()}
    # 2. the log
    said = [*_said(evidence, making), *((log.FILE, _file(name, sums[name])) for name in files)]
    text, head = log.chained([*said, (log.CLOSED, {"files": len(files)})], making.time, _previous(making))
    digests = {name: found.sha256 for name, found in sums.items()} | {LOG: hashlib.sha256(text).hexdigest()}
    # 3. the sums
    listed = listing(digests)
    digests[SUMS] = hashlib.sha256(listed).hexdigest()
    # 4. the statement
    payload = encoded(
        Statement(
            subject=tuple(Subject(name=n, digest=Digest(sha256=d)) for n, d in sorted(digests.items())),
            predicate=Predicate(entries=len(said) + 1, head=head, time=making.time),
        )
    )
    key, signature = trust.sign(making.key, pae(payload)) if making.key else (None, b"")
    envelope = enveloped(payload, key.id if key else "", signature)
    return {**files, LOG: of_bytes(text), SUMS: of_bytes(listed), ENVELOPE: of_bytes(envelope)}


def listing(digests: Mapping[str, str]) -> bytes:
    """Give digests as sha256sum writes and reads them, in the order of names."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()) if name != SUMS).encode("ascii")


def _previous(making: Making) -> str:
    return making.after.head if making.after else log.NONE


def _files(evidence: Evidence, making: Making) -> dict[str, Part]:
    report = evidence.report
    told: dict[str, object] = {
        INPUTS: evidence.inputs.inputs,
        ORGANISATION: report.organisation,
        COVERAGE: {"coverage": report.coverage, "skips": report.skips},
        TOOLS: evidence.tools,
    }
    documents: dict[str, bytes] = {}
    for form, name in zip(evidence.forms, form_names(evidence.forms), strict=True):
        told[f"{FORMS}/{name}.json"] = form
        documents[f"{FORMS}/{name}.md"] = form_page(form).encode("utf-8")
    if making.key:
        documents[SIGNER] = trust.pem(trust.sign(making.key, b"")[0])
    documents |= {name: encoded(one) + b"\n" for name, one in told.items()}
    documents[README] = _README.encode("utf-8")
    return {
        **evidence.documents,
        **{name: of_bytes(data) for name, data in documents.items()},
        **evidence.inputs.parts,
        **evidence.register_parts,
    }


def form_names(forms: tuple[FilledForm, ...]) -> list[str]:
    """Give the names of the files of forms: their ids, with a number where contracts have one each."""
    counts = Counter(form.form for form in forms)
    seen: Counter[str] = Counter()
    names = []
    for form in forms:
        seen[form.form] += 1
        names.append(f"{form.form}-{seen[form.form]}" if counts[form.form] > 1 else form.form)
    return names


def _said(evidence: Evidence, making: Making) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the log says before it names the files."""
    report = evidence.report
    yield (
        log.BEGUN,
        {
            "schema": SCHEMA,
            "program": msgspec.to_builtins(report.program),
            "clock": making.clock,
            "after": msgspec.to_builtins(making.after),
            "as_of": report.as_of,
            "known_on": report.known_on,
            "assumed": report.assumed,
            "organisation": report.organisation.name,
            "stale_register": evidence.stale,
        },
    )
    yield "register", register_said(evidence.register)
    for one in evidence.inputs.inputs:
        yield log.INPUT, msgspec.to_builtins(one)
    looked = report.coverage
    yield (
        "coverage",
        {
            "sources": len(report.sources),
            "skips": len(report.skips),
            "assets": len(looked.assets),
            "kinds_seen": list(looked.kinds_seen),
            "kinds_missing": list(looked.kinds_missing),
        },
    )
    yield "findings", findings_said(report)
    for form, name in zip(evidence.forms, form_names(evidence.forms), strict=True):
        yield "form", form_said(form, name)


def findings_said(report: Counted) -> dict[str, Any]:
    """Give what the log says of what was found."""
    statuses = Counter(str(finding.status) for finding in report.findings)
    return {
        "exposures": len(report.exposures),
        "set_aside": len(report.set_aside),
        "obligations": len(report.obligations),
        "statuses": dict(sorted(statuses.items())),
    }


def register_said(register: RegisterProof) -> dict[str, Any]:
    """Give what the log says of a register."""
    return {
        "version": register.register.version,
        "sha256": register.register.sha256,
        "age": register.register.age,
        "origin": register.origin,
        "signed_by": register.signed_by,
        "manifest": register.manifest,
    }


def form_said(form: FilledForm, name: str) -> dict[str, Any]:
    """Give what the log says of a form."""
    left = sum(not element.values for element in form.elements)
    return {"name": name, "state": form.state, "elements": len(form.elements), "empty": left}


def _file(name: str, found: Any) -> dict[str, Any]:  # noqa: ANN401 - Measured
    return {"name": name, "sha256": found.sha256, "size": found.size}


_README = f"""\
# Proof of a scan

Everything that one report of debar rests on, named by digests, chained, and signed where `{SIGNER}` is here.

| file | what it is |
|---|---|
| `{REPORT}`, `report.txt`, `report.html` | the report, for machines and for people |
| `{INPUTS}` | path, size and SHA-256 of every input; `inputs/` has copies where they were asked for |
| `{registered.NAME}`, `register/` | the register of the law that answered: version, signature, and its files |
| `{ORGANISATION}`, `organisation.yaml` | who asked, with the facts that were stated |
| `decisions.yaml`, `records.yaml` | what people decided and recorded, where there is such a file |
| `{COVERAGE}` | what was and was not looked at |
| `forms/` | statutory reports as far as evidence fills them; empty where it does not |
| `{TOOLS}` | the versions of what made it |
| `{LOG}` | the evidence log: each line carries the SHA-256 of the line before |
| `{SUMS}` | the digests of all files, for sha256sum |
| `{ENVELOPE}` | an in-toto statement over all files in a DSSE envelope |

`debar prove --verify` checks it, without a network. Without debar: `sha256sum -c {SUMS}` checks the files;
the reference page "The format of a proof" of debar tells how to check the log and the signature with openssl.

A proof shows what was read, by which rules, and what came of it. It does not show that everything was read that
should have been: `{COVERAGE}` says what was not. It is not legal advice.
"""
