# SPDX-License-Identifier: Apache-2.0
"""Whether the parts of a proof say the same: statement, log, sums, inputs, register, organisation, report, forms.

The digests of a proof only say that nobody changed it. These checks say that it is one: that the log is about these
files, and the report about this register, these inputs and this organisation.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

import msgspec

from debar import dates
from debar.model.results import RegisterVersion, Result
from debar.proof import held, log, registered
from debar.proof.canonical import MalformedError, decoded
from debar.proof.evidence import (
    COVERAGE,
    ENVELOPE,
    FORMS,
    INPUTS,
    LOG,
    ORGANISATION,
    REPORT,
    SUMS,
    After,
    findings_said,
    form_said,
    listing,
    register_said,
)
from debar.proof.forms import FilledForm
from debar.proof.inputs import COPIES, InputProof
from debar.proof.registered import RegisterProof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from debar.proof.held import Part
    from debar.proof.log import Chain, Entry
    from debar.proof.statement import Statement

_DOCUMENT = 256 << 20


class _Source(msgspec.Struct, frozen=True):
    """What of a source of the report has to agree with the list of inputs."""

    path: str
    sha256: str


class _Finding(msgspec.Struct, frozen=True, gc=False):
    """What of a finding the log counts."""

    status: str


class _Report(msgspec.Struct, frozen=True):
    """What of a report has to agree with the rest of the proof."""

    register: RegisterVersion
    organisation: msgspec.Raw
    coverage: msgspec.Raw
    skips: msgspec.Raw
    sources: tuple[_Source, ...]
    as_of: str
    exposures: tuple[msgspec.Raw, ...]
    set_aside: tuple[msgspec.Raw, ...]
    obligations: tuple[msgspec.Raw, ...]
    findings: tuple[_Finding, ...]


class _Coverage(Result, frozen=True, kw_only=True):
    coverage: Any
    skips: Any


def faults(statement: Statement, chain: Chain, parts: Mapping[str, Part]) -> Iterator[str]:
    """Yield each disagreement as "name: what"."""
    yield from _statement(statement, chain)
    yield from _ends(chain)
    yield from _listed(statement, chain, parts)
    inputs = _read(parts, INPUTS, tuple[InputProof, ...])
    register = _read(parts, registered.NAME, RegisterProof)
    report = _report(parts)
    yield from _unreadable(parts, inputs, register, report)
    if inputs is not None:
        yield from _inputs(inputs, chain.entries, parts)
    if register is not None:
        yield from registered.faults(register, parts)
        yield from _logged(chain.entries, "register", register_said(register), registered.NAME)
    yield from _forms(chain.entries, report, parts)
    if report is not None:
        yield from _reported(report, inputs, register, chain.entries, parts)


def _statement(statement: Statement, chain: Chain) -> Iterator[str]:
    """Yield in what statement and log disagree."""
    said = statement.predicate
    names = [subject.name for subject in statement.subject]
    if names != sorted(set(names)):
        yield f"{ENVELOPE}: its subjects do not stand once each, in order"
    yield from (f"{name}: {fault}" for name in names if (fault := held.misnamed(name)))
    if said.head != chain.head:
        yield f"{LOG}: its last line is not the head that was signed: lines were cut off, added or changed"
    if said.entries != len(chain.entries):
        yield f"{LOG}: has {len(chain.entries)} entries, and the statement says {said.entries}"
    if dates.seen(said.time) != said.time or not said.time.endswith("Z"):
        yield f"{ENVELOPE}: its time {said.time!r} is no instant in UTC"
    for entry in chain.entries:
        if entry.time != said.time:
            yield f"{LOG}: entry {entry.seq} is of {entry.time}, and the statement of {said.time}"


def _ends(chain: Chain) -> Iterator[str]:
    """Yield what is wrong with the first and the last entry."""
    if not chain.entries:
        return
    first, last = chain.entries[0], chain.entries[-1]
    if first.kind != log.BEGUN:
        yield f"{LOG}: does not begin with an entry {log.BEGUN!r}"
    else:
        try:
            after = msgspec.convert(first.body.get("after"), After | None)
        except msgspec.ValidationError as e:
            yield f"{LOG}: entry 0: {e}"
        else:
            if first.previous != (after.head if after else log.NONE):
                yield f"{LOG}: entry 0 does not carry the head of the proof that it says it follows"
    files = sum(entry.kind == log.FILE for entry in chain.entries)
    if last.kind != log.CLOSED or last.body != {"files": files}:
        yield f"{LOG}: does not end with an entry {log.CLOSED!r} over {files} files: it was cut off"


def _listed(statement: Statement, chain: Chain, parts: Mapping[str, Part]) -> Iterator[str]:
    """Yield in what the lists of files disagree: that of the statement, of the log, and of the sums."""
    said = {subject.name: subject.digest.sha256 for subject in statement.subject}
    logged = {str(e.body.get("name")): e.body.get("sha256") for e in chain.entries if e.kind == log.FILE}
    for name in sorted({*said, *logged} - {LOG, SUMS}):
        if said.get(name) != logged.get(name):
            yield f"{name}: the log and the statement disagree about it"
    sizes = {str(e.body.get("name")): e.body.get("size") for e in chain.entries if e.kind == log.FILE}
    yield from (
        f"{name}: the log says that it has {sizes[name]} bytes, and it has {parts[name].size}"
        for name in sorted(sizes.keys() & parts.keys())
        if sizes[name] != parts[name].size
    )
    if SUMS in parts and held.content(parts[SUMS], _DOCUMENT) != listing(said):
        yield f"{SUMS}: does not list what the statement does"


def _unreadable(parts: Mapping[str, Part], *found: object) -> Iterator[str]:
    """Yield the files that have to be there and readable, and are not."""
    for name, one in zip((INPUTS, registered.NAME, REPORT), found, strict=True):
        if one is None:
            yield f"{name}: {'cannot be read as what it is' if name in parts else 'is missing'}"


def _inputs(inputs: tuple[InputProof, ...], entries: Iterable[Entry], parts: Mapping[str, Part]) -> Iterator[str]:
    """Yield in what the list of inputs, the log and the copies disagree."""
    if [msgspec.to_builtins(one) for one in inputs] != [e.body for e in entries if e.kind == log.INPUT]:
        yield f"{INPUTS}: does not list the inputs that the log names"
    copies = {one.copy for one in inputs if one.copy}
    for one in inputs:
        if one.copy and (one.copy != f"{COPIES}/{one.sha256}" or one.copy not in parts):
            yield f"{INPUTS}: the copy of {one.path} is not there under its digest"
    yield from (f"{n}: is the copy of no input" for n in parts if n.startswith(f"{COPIES}/") and n not in copies)


def _logged(entries: Iterable[Entry], kind: str, expected: dict[str, Any], name: str) -> Iterator[str]:
    """Yield that the one entry of a kind does not say what a file does."""
    if [entry.body for entry in entries if entry.kind == kind] != [expected]:
        yield f"{name}: the log says something else of it"


def _forms(entries: Iterable[Entry], report: _Report | None, parts: Mapping[str, Part]) -> Iterator[str]:
    """Yield in what the log, the forms and the report disagree."""
    logged = {f"{FORMS}/{entry.body.get('name')}.json": entry.body for entry in entries if entry.kind == "form"}
    there = {name for name in parts if name.startswith(f"{FORMS}/") and name.endswith(".json")}
    yield from (f"{name}: the log and the files disagree about it" for name in sorted(there ^ logged.keys()))
    for name in sorted(there & logged.keys()):
        form = _read(parts, name, FilledForm)
        if form is None:
            yield f"{name}: cannot be read as what it is"
        elif logged[name] != form_said(form, name.removeprefix(f"{FORMS}/").removesuffix(".json")):
            yield f"{name}: the log says something else of it"
        elif report is not None and form.as_of != report.as_of:
            yield f"{name}: is of another day than the report"


def _reported(
    report: _Report,
    inputs: tuple[InputProof, ...] | None,
    register: RegisterProof | None,
    entries: Iterable[Entry],
    parts: Mapping[str, Part],
) -> Iterator[str]:
    """Yield in what the report and the rest disagree."""
    if register is not None and register.register != report.register:
        yield f"{REPORT}: rests on another register than {registered.NAME} names"
    if _plain(report.organisation) != _read(parts, ORGANISATION, object):
        yield f"{ORGANISATION}: is not the organisation of the report"
    looked = _read(parts, COVERAGE, _Coverage)
    if looked is None or (looked.coverage, looked.skips) != (_plain(report.coverage), _plain(report.skips)):
        yield f"{COVERAGE}: is not the coverage of the report"
    yield from _logged(entries, "findings", findings_said(report), REPORT)
    begun = next((entry.body for entry in entries if entry.kind == log.BEGUN), {})
    if begun.get("as_of") != report.as_of:
        yield f"{REPORT}: is of another day than the log says"
    known = {one.path: one.sha256 for one in inputs or ()}
    paths = sorted(known)
    for source in report.sources if inputs is not None else ():
        is_held = source.path in known or _has_below(paths, f"{source.path.rstrip('/')}/")
        if not is_held or (source.sha256 and known.get(source.path, source.sha256) != source.sha256):
            yield f"{INPUTS}: does not hold {source.path} as the report read it"


def _has_below(paths: Sequence[str], folder: str) -> bool:
    """Tell whether one of many sorted paths lies in a folder: that of an input which is one."""
    place = bisect_left(paths, folder)
    return place < len(paths) and paths[place].startswith(folder)


def _plain(raw: msgspec.Raw) -> object:
    """Give what a part of the report holds; something that nothing equals where that cannot be read."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return object()


def _report(parts: Mapping[str, Part]) -> _Report | None:
    try:
        return msgspec.json.decode(held.mapped(parts[REPORT]), type=_Report)
    except (ValueError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError):
        return None


def _read(parts: Mapping[str, Part], name: str, kind: Any) -> Any:  # noqa: ANN401 - any struct
    try:
        text = held.content(parts[name], _DOCUMENT)
        return decoded(text.removesuffix(b"\n"), kind) if text.endswith(b"\n") else None
    except (MalformedError, KeyError):
        return None
