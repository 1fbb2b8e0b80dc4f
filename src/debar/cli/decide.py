# SPDX-License-Identifier: Apache-2.0
"""`debar decide`: keep what a person decided about an exposure, and list what was decided."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec import structs

from debar import decisions as deciding
from debar.cli import options as shared
from debar.cli import output, reading_options, register_options, reported
from debar.errors import UsageError
from debar.model.results import Decision
from debar.model.vocab import Verdict
from debar.obligations.organisation import DEFAULT, organisation
from debar.obligations.question import Question
from debar.pipeline import Settings
from debar.register.dump import dump
from debar.writers import json
from debar.writers.layout import Page
from debar.writers.terminal import decision_in_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.model.results import Report
    from debar.register import Register
    from debar.writers import Style

_EPILOG = f"""\
A verdict is one of:
  confirmed       somebody looked: it is there, and it is the party's. It counts as proven.
  false-positive  somebody looked: it is not there, or not the party's. It is set aside, with the reason.
  replaced        it was there. It is set aside until evidence is newer than the decision.
  accepted        it is there, and put up with. It stays an exposure: an acceptance is no exemption.

Nothing that was set aside disappears: reports show it with who decided, when, why, and until when.
After its last day a decision has no effect, and the exposure is back.

The decisions stand in {reading_options.USUAL}, or in the file that --decisions names. EXPOSURE is what debar why
takes, in the REPORT that debar scan -o json wrote, or in sources that are scanned anew.
Without --verdict the decisions are listed, and with a report also which of them found nothing there.

examples:
  debar decide exp-59a4 report.json --verdict false-positive --by 'A. Meyer' --until 2025-06-30 \\
    --reason 'a proxy category list, no product'
  debar decide report.json                           what was decided, and whether it holds"""

_EFFECTS = {
    Verdict.CONFIRMED: "Reports call it proven until {until}; its probability stays that of the evidence.",
    Verdict.FALSE_POSITIVE: "Reports set it aside until {until}, and go on to show it there.",
    Verdict.REPLACED: "Reports set it aside until {until}, unless evidence is newer than the decision.",
    Verdict.ACCEPTED: "Reports show the acceptance until {until}. It changes nothing of what the law demands.",
}


def run(arguments: list[str]) -> int:
    """Write a decision or list them, and give 0."""
    parser = shared.Parser("decide", "Keep what a person decided about an exposure, or list the decisions.", _EPILOG)
    parser.add_argument(
        "words",
        metavar="EXPOSURE REPORT",
        nargs="*",
        help="the exposure, then the report that it stands in; without --verdict only a report",
    )
    group = parser.add_argument_group("the decision")
    group.add_argument("--verdict", metavar="VERDICT", default=None, help=", ".join(Verdict))
    group.add_argument("--reason", metavar="TEXT", default=None, help="why, for whoever reads it in a year")
    group.add_argument("--by", metavar="NAME", default=None, help="who decided")
    group.add_argument("--until", metavar="DAY", default=None, help="last day on which it holds")
    group.add_argument("--on", metavar="DAY", default=None, help="day of the decision (default: today)")
    group.add_argument(
        "--replace-decision", action="store_true", help="end another decision that holds at the same time"
    )
    reading_options.add_decisions_option(group)
    shared.add_output_options(parser)
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options)
    today = datetime.now(UTC).date().isoformat()
    on, until = _day(options, "on") or today, _day(options, "until")
    register = register_options.register(options)
    if options.verdict:
        shared.check_word(options.verdict, list(Verdict), options.named["verdict"])
        decision = _decide(options, register, on, until)
        output.write(targets, options, lambda form, out, style: _write(decision, form, out, style))
        return 0
    if any(options.named[name].startswith("-") and getattr(options, name) for name in ("reason", "until")):
        raise UsageError("a decision needs --verdict", hint=f"one of {', '.join(Verdict)}")
    listed = _listed(options, register, on)
    output.write(targets, options, lambda form, out, style: _write_list(listed, form, out, style))
    return 0


def _day(options: argparse.Namespace, option: str) -> str:
    """Give the day that an option names, or nothing; UsageError for an instant, which is no day."""
    text = shared.when(options, option)
    if "T" in text:
        raise UsageError(f"{options.named[option]}: {text!r} is no day", hint="write 2025-06-30")
    return text


def _decide(options: argparse.Namespace, register: Register, on: str, until: str) -> Decision:
    """Write one decision to its file, and give it; UsageError for whatever is missing, unknown or already decided."""
    for name, value in (("--reason", options.reason), ("--by", options.by), ("--until", until)):
        if not (value or "").strip():
            raise UsageError(
                f"a decision needs {name}",
                hint="who decided, why, and until when is kept: --by NAME --reason TEXT --until DAY",
            )
    if until < on:
        raise UsageError(f"--until: {until} lies before the day of the decision, {on}", hint="name a later day")
    if not options.words:
        raise UsageError("no exposure is named", hint="debar decide EXPOSURE REPORT --verdict ...")
    report = _reported(options.words[1:], register, on)
    exposure, _ = reported.meant(options.words[0], report)
    decision = Decision(
        exposure=exposure.id,
        about=reported.about(exposure, report),
        verdict=Verdict(options.verdict),
        reason=options.reason.strip(),
        by=options.by.strip(),
        on=on,
        until=until,
    )
    file = options.decisions or Path(reading_options.USUAL)
    known = deciding.read(file) if file.exists() else ()
    standing = next((one for one in known if deciding.meets(one, decision)), None)
    if standing and not options.replace_decision:
        raise UsageError(
            f"{standing.by} decided on {exposure.id} already: {standing.verdict}, from {standing.on} until {standing.until}",
            hint="--replace-decision ends that one the day before; --on names a later day",
        )
    replace_file(file, deciding.amended(file, decision))
    return decision


def _reported(sources: list[str], register: Register, on: str) -> Report:
    """Give the report that is named, or one on the sources; what is an exposure depends on nobody who asks."""
    question = Question(organisation=organisation(DEFAULT), as_of=on, known_on="")
    return reported.reported(sources, register, question, Settings()).report


def _listed(options: argparse.Namespace, register: Register, on: str) -> list[tuple[Decision, str]]:
    """Give the decisions that are kept, each with its state; "unused" is one that finds nothing in the report named."""
    found = [(one, deciding.state(one, on)) for one in reading_options.decisions(options)]
    if not options.words:
        return found
    report = _reported(options.words, register, on)
    there = {e.id for e in report.exposures} | {aside.exposure.id for aside in report.set_aside}
    return [(one, state if one.exposure in there or state != "valid" else "unused") for one, state in found]


def replace_file(file: Path, text: str) -> None:
    """Put a file in the place of another in one step, so that it is there whole or as it was."""
    file = Path(os.path.realpath(file))  # a link stays a link
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with partial.open("x", encoding="utf-8", newline="") as out:
            out.write(text)
        if file.exists():
            shutil.copymode(file, partial)
        partial.replace(file)
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="name a file in a directory that can be written") from e
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


def _write(decision: Decision, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document(decision, out, style)
        return
    page = Page(out, style)
    for line in dump([decision]).splitlines():
        page.line(line)
    page.line()
    page.paragraph(_EFFECTS[decision.verdict].format(until=decision.until), style="dim")


def _write_list(listed: Sequence[tuple[Decision, str]], form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document([{"state": state, **structs.asdict(one)} for one, state in listed], out, style)
        return
    page = Page(out, style)
    for one, state in listed:
        page.paragraph(f"{one.exposure}  {one.about}".rstrip(), style="bold" if state == "valid" else "dim")
        page.paragraph(f"{state}: {decision_in_words(one)}", indent=2, hang=2)
    counts = Counter(state for _, state in listed)
    page.heading("In all", ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no decisions")
