# SPDX-License-Identifier: Apache-2.0
"""Making a proof: what it needs is gathered from files, register and scan, written, and checked once."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from debar import dates
from debar.cli import gathering, output, scan, scanning
from debar.cli import options as shared
from debar.errors import EvidenceError, SourceError, UsageError
from debar.model.results import Result
from debar.obligations.brief import release_of
from debar.proof import evidence as evidences
from debar.proof import forms, placed, rendered, verify
from debar.proof.inputs import LATER
from debar.register import age, trust
from debar.text import printable
from debar.writers import Style, json
from debar.writers.layout import Page

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from debar.cli.gathering import Gathered
    from debar.model.results import RegisterVersion, Report
    from debar.proof.evidence import Evidence, Making
    from debar.proof.verify import Verdict


_LATER = (
    "inputs carry no digest of when they were read: nobody can tell whether they were changed between the report and"
    " the proof (debar scan --digest takes those of large logs)"
)


class Made(Result, frozen=True, kw_only=True):
    """What is said of a proof that was made."""

    proof: str
    signed: str
    key: str
    time: str
    head: str
    files: int
    entries: int
    inputs: int
    later: int
    """Inputs that were hashed when they were proven: the report has no digest of when they were read."""
    register: str
    stale: str
    """Why the register would have been refused; empty where it would not."""
    forms: tuple[forms.FilledForm, ...]


def new_key(file: Path) -> None:
    """Make a pair of keys, and say where they are."""
    key, public = trust.new_pair(file)
    print(f"made key {key.id}: keep {printable(str(file))} secret, and give {printable(str(public))} to whoever checks")


def fill(options: argparse.Namespace, targets: list[output.Target]) -> int:
    """Write the forms that are named, and no proof."""
    with _gathered(options, lambda _: None) as found:
        filled = forms.filled(found.report, found.register, options.form)
        wanted = [form for form in filled if form.form in options.form]

        def writing(form: str, out: IO[str], style: Style) -> None:
            if form == "json":
                json.write_document(wanted, out, style)
            else:
                out.write("\n".join(map(rendered.form_page, wanted)))

        output.write(targets, options, writing)
    return scan.exit_code(found.report, options.fail_on or "none")


def prove(options: argparse.Namespace, targets: list[output.Target]) -> int:
    """Make a proof, check it, and say what is in it; 3 when an input could not be read."""
    # What can be refused is refused before anything is read.
    placed.expect_free(options.out)
    making = _making(options)
    with _gathered(options, lambda register: _stale(register, options)) as found:
        stale = _stale(found.report.register, options)
        with placed.beside(options.out) as spool:
            evidence = gathering.evidence(found, options, stale, spool)
            verdicts: list[Verdict] = []
            placed.put(evidences.parts(evidence, making), options.out, lambda proof: verdicts.append(_intact(proof)))
        made = _made(verdicts[0], evidence, making, options.out)
        output.write(targets, options, lambda form, out, style: _write(made, form, out, style))
    return scan.exit_code(found.report, options.fail_on or "none")


@contextmanager
def _gathered(options: argparse.Namespace, check: Callable[[RegisterVersion], object]) -> Iterator[Gathered]:
    """Give what there is to prove; `check` looks at the register before a scan with it. SourceError after a signal."""
    asked = gathering.asked(options)
    with scanning.running(options, "prove", options.source or ["-"], asked.register, asked.settings) as run:

        def scanned(*given: Any, **more: Any) -> Report:  # noqa: ANN401 - what pipeline.scan takes
            check(release_of(asked.register, asked.question))
            report = run.scan(*given, **more)
            if not run.is_whole:
                raise SourceError("interrupted: half of what there is proves nothing, so nothing was written")
            return report

        yield gathering.gathered(options, asked, scanned)
        run.is_over = True


def _intact(proof: Path) -> Verdict:
    """Give what checking a proof says that is not where it belongs yet; EvidenceError for one that is not what was meant."""
    verdict = verify.verify(proof)
    if not verdict.intact:
        lines = [f"{fault.name}: {fault.what}" for fault in verdict.faults]
        raise EvidenceError("\n".join(lines), hint="no proof was made, because something changed meanwhile: try again")
    return verdict


def _stale(register: RegisterVersion, options: argparse.Namespace) -> str:
    """Give why the register is too old to prove anything on the day asked about; UsageError unless that is allowed."""
    days = register.age
    if days is not None and days <= age.AGE_LIMIT:
        return ""
    told = "of unknown age: its version is no date" if days is None else f"{days} days old on the day asked about"
    said = f"the register {register.version} is {told}"
    if not options.allow_stale:
        limit = f"above {age.AGE_LIMIT} days nothing is proven with it"
        raise UsageError(
            f"{said}; {limit}", hint="import a newer register; --allow-stale proves it all the same, and says so"
        )
    return said


def _making(options: argparse.Namespace) -> Making:
    """Give when and by whom a proof is made, and what it follows."""
    if len(options.key or ()) > 1:
        raise UsageError("a proof is signed with one key", hint="name one --key")
    key = Path(options.key[0]) if options.key else None
    if key:
        trust.sign(key, b"")  # a wrong key ends no long scan
    when, clock = time(options)
    after = _after(options)
    if after and dates.key(when) < dates.key(after.time):
        raise UsageError(
            f"{options.after} was made on {after.time}, which is after {when}", hint="a proof follows one that is older"
        )
    return evidences.Making(when, clock, key, after)


def time(options: argparse.Namespace) -> tuple[str, str]:
    """Give the time of the proof, and whose word that is."""
    said, named = shared.when(options, "time"), options.named["time"]
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not said and not epoch:
        return dates.present(), evidences.MACHINE
    if not said:
        try:
            said = dates.stamp(datetime.fromtimestamp(int(epoch), UTC))
        except (ValueError, OverflowError, OSError) as e:
            raise UsageError(f"SOURCE_DATE_EPOCH: {epoch!r} is no number of seconds", hint="unset it") from e
    if not isinstance(dates.parse(said), datetime):
        raise UsageError(f"{named}: {said!r} is a date, not an instant", hint="write 2026-11-22T10:00:00Z")
    return said, evidences.NAMED


def _after(options: argparse.Namespace) -> evidences.After | None:
    """Give the proof that this one follows; EvidenceError for one that is broken: nothing can be built on it."""
    if not options.after:
        return None
    found = verify.verify(options.after)
    if not found.intact:
        lines = [f"{options.after}: {fault.name}: {fault.what}" for fault in found.faults]
        raise EvidenceError("\n".join(lines), hint="name the proof before this one as it was made")
    return evidences.After(head=found.head, envelope=found.envelope, time=found.time)


def _made(verdict: Verdict, evidence: Evidence, making: Making, out: Path) -> Made:
    return Made(
        proof=str(out),
        signed="signed" if making.key else verify.UNSIGNED,
        key=verdict.key,
        time=verdict.time,
        head=verdict.head,
        files=verdict.files,
        entries=verdict.entries,
        inputs=verdict.inputs,
        later=sum(one.state == LATER for one in evidence.inputs.inputs),
        register=evidence.register.register.version,
        stale=evidence.stale,
        forms=evidence.forms,
    )


def _write(made: Made, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document(made, out, style)
        return
    page = Page(out, style)
    page.title("Proof", made.proof)
    page.field("files", str(made.files))
    page.field("inputs", str(made.inputs))
    page.field("register", made.register)
    page.field("time", made.time)
    page.field("signed", f"with key {made.key}" if made.key else "no: --key FILE signs, --new-key FILE makes a key")
    page.field("head", made.head)
    if made.later:
        page.paragraph(f"warning: {made.later} {_LATER}", hang=2, style="yellow")
    if made.stale:
        page.paragraph(f"warning: {made.stale}", hang=2, style="yellow")
    if made.forms:
        page.heading("Forms", "empty where no evidence tells it")
    for one in made.forms:
        left = sum(bool(element.unknown) for element in one.elements)
        state = f"{one.state}{f', by {forms.due_day(one)}' if one.due else ''}{f', contract {one.contract}' if one.contract else ''}"
        page.paragraph(f"{one.form}: {state}; {left} of {len(one.elements)} elements are for a person", hang=2)
