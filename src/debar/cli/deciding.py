# SPDX-License-Identifier: Apache-2.0
"""One decision of people: what the options of `debar decide` say, checked against a report and the file that it joins."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar import decisions as deciding
from debar.cli import decided_places, reported, storing
from debar.cli import options as shared
from debar.cli.replacing import replace_file
from debar.errors import UsageError
from debar.model.results import Decision
from debar.model.vocab import Verdict
from debar.obligations.organisation import DEFAULT, organisation
from debar.obligations.question import Question
from debar.pipeline import Settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.model.results import Exposure, Report
    from debar.register import Register

_NEEDED = ("reason", "requester", "approver", "expires")
_SCOPE = ("asset", "purl", "party", "measure")
"""Options that no setting made long ago may fill: what is decided is what somebody wrote just now."""
_OPTIONS = {"assets": "--asset", "granted_by": "--granted-by", "created": "--on", "sha256": "--document"}
"""Options that are not called like the field that they fill."""


class Made(NamedTuple):
    """A decision that was written."""

    decision: Decision
    exposures: tuple[str, ...]
    """Ids of those in the report that it is about."""


def add_decision_options(parser: argparse.ArgumentParser) -> None:
    """Add what a decision says."""
    group = parser.add_argument_group("what it is about, beside or instead of one exposure")
    group.add_argument(
        "--asset", metavar="GLOB", action="append", help="assets, such as 'kiosk-*'; may be given several times"
    )
    group.add_argument(
        "--purl", metavar="PURL", default=None, help="a package, with or without its version; * for any characters"
    )
    group.add_argument("--party", metavar="PARTY", default=None, help="a party, or party/product")
    group.add_argument(
        "--measure", metavar="MEASURE", default=None, help="only what this measure, or measure#provision, says of it"
    )
    group = parser.add_argument_group("the decision")
    group.add_argument("--verdict", metavar="VERDICT", default=None, help=", ".join(Verdict))
    group.add_argument("--reason", metavar="TEXT", default=None, help="why, for whoever reads it in a year")
    group.add_argument("--requester", metavar="NAME", default=None, help="who asks for it")
    group.add_argument(
        "--approver", metavar="NAME", default=None, help="another person, who agrees; not needed to confirm"
    )
    group.add_argument("--ticket", metavar="ID", default=None, help="where it was discussed")
    group.add_argument("--expires", metavar="DAY", default=None, help="last day on which it holds")
    group.add_argument("--on", metavar="DAY", default=None, help="day of the decision, or of the list (default: today)")
    group.add_argument("--exemption", metavar="ID", default=None, help="exempt: the exemption of the provision")
    group.add_argument("--granted-by", metavar="WHO", default=None, help="waived: the authority")
    group.add_argument(
        "--document", metavar="FILE", default=None, help="the paper, beside the decisions or below; its digest is kept"
    )
    group.add_argument("--reference", metavar="TEXT", default=None, help="the paper, where it is no file here")
    group.add_argument(
        "--replace-decision", action="store_true", help="end another decision on the same that holds at the same time"
    )


def made(options: argparse.Namespace, register: Register, on: str, expires: str) -> Made:
    """Write one decision to its file, and give it; UsageError for whatever is missing, unknown, or said otherwise already.

    1. Everything that a decision needs is there, and in order.
    2. It is about something that was found, and about what the register knows.
    3. Nothing in the file says otherwise of the same on the same days.
    """
    verdict = Verdict(options.verdict)
    _expect_all(options, verdict)
    words, has_exposure = list(options.words), _names_exposure(options)
    if has_exposure and not words:
        raise UsageError(
            "no exposure is named", hint="debar decide EXPOSURE REPORT --verdict ..., or --party, --asset, --purl"
        )
    report = look(words[1:] if has_exposure else words, register, on, storing.store(options))
    decision = replace(_decision(options, verdict), created=on, expires=expires)
    if has_exposure:
        exposure, _ = reported.meant(words[0], report)
        decision = replace(decision, exposure=exposure.id, about=reported.about(exposure, report))
    _expect_sound(decision)  # 1.
    every = [*report.exposures, *(aside.exposure for aside in report.set_aside)]
    deciding.check([decision], register, on)  # 2.
    reached = _reached(decision, every, report, register)
    with decided_places.writing(options) as file:
        known = deciding.read(file) if file.exists() else ()
        _expect_room(options, decision, known, every)  # 3.
        replace_file(file, deciding.amended(file, decision))
    return Made(decision, reached)


def look(sources: list[str], register: Register, on: str, store: storing.Store | None = None) -> Report:
    """Give the report that is named, or one on the sources; what is an exposure depends on nobody who asks."""
    question = Question(organisation=organisation(DEFAULT), as_of=on, known_on="")
    return reported.reported(sources, register, question, Settings(), store).report


def day(options: argparse.Namespace, option: str) -> str:
    """Give the day that an option names, or nothing; UsageError for an instant, which is no day."""
    text = shared.when(options, option)
    if "T" in text:
        raise UsageError(f"{options.named[option]}: {text!r} is no day", hint="write 2025-06-30")
    return text


def _expect_all(options: argparse.Namespace, verdict: Verdict) -> None:
    """Raise UsageError for the first thing that nobody said, and for a scope that nobody said here."""
    for name in _SCOPE:
        if getattr(options, name) and not options.named[name].startswith("-"):
            raise UsageError(
                f"{options.named[name]}: what a decision is about is said on the command line",
                hint=f"unset it, and write --{name} where it is meant",
            )
    for name in _NEEDED:
        is_free = name == "approver" and verdict is Verdict.CONFIRMED
        if not is_free and not (getattr(options, name) or "").strip():
            raise UsageError(
                f"a decision needs --{name}",
                hint="who asked, who agreed, why, and until when is kept:"
                " --requester NAME --approver NAME --reason TEXT --expires DAY",
            )


def _names_exposure(options: argparse.Namespace) -> bool:
    """Tell whether the first word is an exposure: a measure alone stands before a report, or an exposure before both."""
    if options.asset or options.purl or options.party:
        return False
    words = options.words
    return not (options.measure and (not words or words[0] == "-" or os.path.lexists(words[0])))


def _decision(options: argparse.Namespace, verdict: Verdict) -> Decision:
    """Give the decision that the options describe, apart from the exposure and the days."""
    document, sha256 = _document(options)
    return Decision(
        assets=tuple(options.asset or ()),
        purl=_said(options.purl),
        party=_said(options.party),
        measure=_said(options.measure),
        verdict=verdict,
        exemption=_said(options.exemption),
        granted_by=_said(options.granted_by),
        document=document,
        sha256=sha256,
        reference=_said(options.reference),
        reason=_said(options.reason),
        requester=_said(options.requester),
        approver=_said(options.approver),
        ticket=_said(options.ticket),
        created="",
        expires="",
    )


def _said(text: str | None) -> str:
    return (text or "").strip()


def _document(options: argparse.Namespace) -> tuple[str, str]:
    """Give the path of the paper from the folder of the decisions, and its digest."""
    if not options.document:
        return "", ""
    if decided_places.is_in_store(options):
        raise UsageError(
            f"{options.named['document']}: the history holds no papers",
            hint="--reference says where the paper is to be found",
        )
    file = options.decisions or Path(decided_places.USUAL)
    paper = Path(options.document)
    try:
        digest = deciding.digest(paper)
        inner = os.path.relpath(paper.resolve(), Path(os.path.realpath(file)).parent)
    except (OSError, ValueError) as e:
        said = getattr(e, "strerror", "") or e
        raise UsageError(
            f"{options.named['document']}: {paper}: {said}",
            hint="--reference says where a paper is that is no file here",
        ) from e
    return Path(inner).as_posix(), digest


def _expect_sound(decision: Decision) -> None:
    """Raise UsageError with every fault of a decision, each with the option that it came from."""
    said = [f"{_option(field)}{text}" for field, text in deciding.faults(decision)]
    if said:
        raise UsageError("\n".join(said), hint="debar decide --help says what each verdict needs")


def _option(field: str) -> str:
    return f"{_OPTIONS.get(field, f'--{field}')}: " if field else ""


def _reached(decision: Decision, exposures: Sequence[Exposure], report: Report, register: Register) -> tuple[str, ...]:
    """Give the ids of the exposures that a decision is about; UsageError where there is none, and nothing is owed without.

    One about what is owed whatever was found is about those exposures alone of which its measure says something.
    """
    found = sorted({one.id for one in exposures if deciding.reaches(decision, one)})
    if _is_about_what_is_owed(decision, register):
        said = {finding.exposure for finding in report.findings if deciding.covers(decision, finding)}
        return tuple(id_ for id_ in found if id_ in said)
    if not found:
        raise UsageError(
            f"nothing that was found is in the scope: {deciding.scope_of(decision)}",
            hint="debar scan lists every exposure; of a purl all evidence of an exposure has to be",
        )
    return tuple(found)


def _is_about_what_is_owed(decision: Decision, register: Register) -> bool:
    """Tell whether a decision is about a duty that is owed whatever was found."""
    if not deciding.reaches_whatever_was_found(decision):
        return False
    measure, _, provision = decision.measure.partition("#")
    return any(one.owed and provision in ("", one.id) for one in register.measures[measure].provisions)


def _expect_room(
    options: argparse.Namespace, decision: Decision, known: Sequence[Decision], exposures: Sequence[Exposure]
) -> None:
    """Raise UsageError where another decision says otherwise of the same, and is not to be ended."""
    standing = next((one for one in known if deciding.meet(one, decision)), None)
    if standing and not options.replace_decision:
        raise UsageError(
            f"{standing.requester} decided on {deciding.scope_of(standing)} already: {standing.verdict},"
            f" from {standing.created} until {standing.expires}",
            hint="--replace-decision ends that one the day before; --on names a later day",
        )
    reached = [one for one in exposures if deciding.reaches(decision, one)]
    for one in known:
        if deciding.contradict(one, decision) and deciding.overlap(one, decision) and not deciding.meet(one, decision):
            day_of_both = max(one.created, decision.created)
            deciding.decided(reached, [], [one, decision], day_of_both)  # raises where both are about one exposure
