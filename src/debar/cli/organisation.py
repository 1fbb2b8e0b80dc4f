# SPDX-License-Identifier: Apache-2.0
"""`debar organisation`: the few questions on which something hangs, and the file that answers them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar import decisions as deciding
from debar.cli import asking as conversation
from debar.cli import options as shared
from debar.cli import output, reading_options, register_options, reported, storing
from debar.cli.replacing import replace_file
from debar.errors import UsageError, did_you_mean
from debar.model.measures import Contract, Organisation, System
from debar.obligations.findings import assess
from debar.obligations.kinds import KINDS
from debar.obligations.organisation import check_facts
from debar.obligations.owed import owed
from debar.obligations.plan import plan
from debar.obligations.question import Question
from debar.obligations.questions import askable, questions
from debar.text import printable
from debar.writers import duties, json
from debar.writers.layout import Page

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.model.results import OpenQuestion, Report
    from debar.register import Register
    from debar.writers import Style

WORDS = ("init", "questions")
_EPILOG = """\
debar organisation init writes a file that says who asks, for --as. It asks what the law needs to know and no file
shows: with a report, a run or sources, what leaves findings of it undetermined, the most first; without, what the
measures ask of organisations of this kind. Each question says why it matters and what would follow from each answer.
Enter leaves it open; open questions stand in the file as remarks. Where a contract's clause or a system decides,
it asks for each of them. Without a terminal, or with --answers or --fact, nothing is asked.

debar organisation questions lists what is open in a report, a run or sources, with everything that hangs on it.

exit status: 0 written, or listed; 2 wrong usage, or the file is there already.

examples:
  debar organisation init                            on a terminal: who we are, then the questions
  debar organisation init report.json --as us/federal-contractor --contract depot-2019 --contract portal-2024
  debar organisation init report.json --as us/federal-agency --system 'mission=files-*' --fact identified_on=2024-10-01
  debar organisation questions report.json"""


class _Known(NamedTuple):
    """What is known before anything is asked."""

    start: Organisation | None
    """Null where nobody has said who asks."""
    report: Report | None
    facts: dict[str, str]
    """Of the command line."""


def run(arguments: list[str]) -> int:
    """Write the file of an organisation, or list what is open, and give 0."""
    options = _parser().parse(arguments)
    targets = output.targets(options)
    register = register_options.register(options)
    word, *sources = options.words or [""]
    if word not in WORDS:
        raise UsageError(
            f"debar organisation {word}: no such word{did_you_mean(word, WORDS)}" if word else "no word is given",
            hint=f"write debar organisation {' or '.join(WORDS)}",
        )
    stated = _stated(options)
    known = _known(options, sources, register)
    if word == "questions":
        if known.report is None:
            raise UsageError("no report is named", hint="debar organisation questions REPORT, or the sources of a scan")
        start = known.start or known.report.organisation
        opened = _opened(start, known.report, register)
        output.write(targets, options, lambda form, out, style: _write_questions(opened, form, out, style))
        return 0
    file: Path = options.out
    _expect_room(file, is_forced=options.force)
    asking, asked = _answered(options, known, stated, register)
    left = _opened(asking, known.report, register)
    from debar.writers import organisation as writer  # YAML is loaded only where a file is written

    replace_file(file, writer.text(asking, {**_reasons(asking, register), **asked}, left, KINDS))
    output.write(targets, options, lambda form, out, style: _write(file, asking, left, form, out, style))
    return 0


def _expect_room(file: Path, *, is_forced: bool) -> None:
    """Raise UsageError for a file that cannot be written, before somebody has answered a dozen questions."""
    if os.path.lexists(file) and not is_forced:
        raise UsageError(f"{file}: is there already", hint="--out names another file, --force replaces it")
    folder = Path(os.path.realpath(file)).parent
    wrong = [
        said
        for is_wrong, said in (
            (file.is_dir(), "is a directory"),
            (not folder.is_dir(), "there is no such folder"),
            (not os.access(folder, os.W_OK), "its folder cannot be written to"),
        )
        if is_wrong
    ]
    if wrong:
        raise UsageError(f"{file}: {wrong[0]}", hint="--out names a file in a directory that can be written")


def _parser() -> shared.Parser:
    parser = shared.Parser(
        "organisation", "Ask what the law needs to know of an organisation, and write it down.", _EPILOG
    )
    parser.add_argument(
        "words", metavar="WORD SOURCE", nargs="*", help=f"{' or '.join(WORDS)}; then a report, or what to scan"
    )
    group = parser.add_argument_group("the file")
    group.add_argument(
        "--out", metavar="FILE", type=Path, default=Path("organisation.yaml"), help="default: organisation.yaml"
    )
    group.add_argument("--force", action="store_true", help="replace a file that is there")
    group.add_argument("--called", metavar="NAME", default=None, help="name of the organisation")
    group.add_argument(
        "--contract",
        metavar="ID",
        action="append",
        default=None,
        help="a contract with a government; may be given several times",
    )
    group.add_argument(
        "--system",
        metavar="ID=GLOB",
        action="append",
        default=None,
        help="a part of the estate, and the assets in it; may be given several times",
    )
    group.add_argument(
        "--answers",
        metavar="FILE",
        type=Path,
        default=None,
        help="a YAML file of answers, one FACT: ANSWER in each line",
    )
    shared.add_question_options(parser)
    shared.add_output_options(parser)
    group = parser.add_argument_group("scanning")
    reading_options.add_reading_options(group)
    register_options.add_register_option(group)
    return parser


class _Stated(NamedTuple):
    """What options say of the organisation beside --as."""

    facts: dict[str, str]
    contracts: tuple[str, ...]
    systems: dict[str, tuple[str, ...]]


def _stated(options: argparse.Namespace) -> _Stated:
    systems: dict[str, tuple[str, ...]] = {}
    for text in options.system or ():
        id_, equals, glob = text.partition("=")
        if not (id_.strip() and equals and glob.strip()):
            raise UsageError(
                f"{options.named['system']}: {text!r} is not ID=GLOB", hint="for instance mission='files-*'"
            )
        systems[id_.strip()] = (*systems.get(id_.strip(), ()), glob.strip())
    return _Stated(_answers(options), tuple(dict.fromkeys(options.contract or ())), systems)


def _answers(options: argparse.Namespace) -> dict[str, str]:
    """Give the answers of a file; UsageError with the line of what is none."""
    if options.answers is None:
        return {}
    from debar.register import yamlfile

    try:
        return yamlfile.read(options.answers, dict[str, str])
    except OSError as e:
        raise UsageError(
            f"{options.named['answers']}: {options.answers}: {e.strerror}", hint="name a file of answers"
        ) from e
    except yamlfile.YamlError as e:
        message = f"{options.named['answers']}: {options.answers}:{e.line}: {e.message}"
        raise UsageError(message, hint="write one FACT: ANSWER in each line") from e


def _known(options: argparse.Namespace, sources: Sequence[str], register: Register) -> _Known:
    """Give the report that is named, or one on the sources; and who asks, where anybody has said so."""
    question = shared.question(options)
    check_facts(question.organisation, register)
    start, facts = (
        None if question.is_default else question.organisation,
        question.organisation.facts if options.fact else {},
    )
    if not sources:
        return _Known(start, None, facts)
    settings = reading_options.settings(options)
    report = reported.reported(sources, register, question, settings, storing.store(options)).report
    return _Known(start or (None if report.assumed else report.organisation), report, facts)


def _opened(asking: Organisation, report: Report | None, register: Register) -> tuple[OpenQuestion, ...]:
    """Give what is open for an organisation: in a report as if it had asked, or whatever it has."""
    if report is None:
        return askable(register, asking)
    question = Question(organisation=asking, as_of=report.as_of, known_on=report.known_on or "")
    made = tuple(state.decision for state in report.decisions)
    grants = deciding.grants(report.exposures, made, register, report.as_of[:10])
    findings = [
        *assess(report.exposures, register, question, grants),
        *owed(register, question, grants[deciding.WHATEVER]),
    ]
    known = tuple(one.record for one in report.records)
    todo = plan(findings, report.exposures, register, question, known)
    return questions(findings, report.exposures, todo, register, asking)


def _reasons(asking: Organisation, register: Register) -> dict[str, OpenQuestion]:
    """Give the questions behind the facts that are known, so that the file says why they stand there."""
    stated = {fact for facts in _facts(asking) for fact in facts}
    bare = replace(asking, facts={}, systems=(), contracts=())
    return {question.fact: question for question in askable(register, bare, stated) if question.fact in stated}


def _facts(asking: Organisation) -> list[dict[str, str]]:
    return [asking.facts, *(one.facts for one in asking.contracts), *(one.facts for one in asking.systems)]


def _answered(
    options: argparse.Namespace, known: _Known, stated: _Stated, register: Register
) -> tuple[Organisation, dict[str, OpenQuestion]]:
    """Give the organisation with all that is known of it, and the questions that were asked."""
    is_asked = sys.stdin.isatty() and sys.stdout.isatty() and not options.fact and not options.answers
    talk = conversation.Talk(lambda prompt: input(printable(prompt)), _tell)
    if known.start is None and not is_asked:
        raise UsageError(
            "nobody said what the organisation is", hint="--as JURISDICTION/KIND says it, such as us/company"
        )
    try:
        asking = known.start or conversation.who(talk, register, options.called or "")
    except EOFError as e:
        raise UsageError("nobody said what the organisation is", hint="--as JURISDICTION/KIND says it") from e
    asking = _joined(asking, stated, options.called or asking.name, known.facts)
    check_facts(asking, register)
    if not is_asked:
        return asking, {}
    return conversation.answers(
        talk, asking, lambda one: _opened(one, known.report, register), lambda one: check_facts(one, register)
    )


def _tell(text: str) -> None:
    for line in text.split("\n"):
        print(printable(line))


def _joined(asking: Organisation, stated: _Stated, name: str, facts: dict[str, str]) -> Organisation:
    """Give an organisation with what options say of it; what it has of its own stays."""
    contracts = {one.id for one in asking.contracts}
    systems = {one.id for one in asking.systems}
    return replace(
        asking,
        name=name,
        facts=asking.facts | stated.facts | facts,
        contracts=(
            *asking.contracts,
            *(Contract(id=id_, facts={}) for id_ in stated.contracts if id_ not in contracts),
        ),
        systems=(
            *asking.systems,
            *(System(id=id_, assets=globs, facts={}) for id_, globs in stated.systems.items() if id_ not in systems),
        ),
    )


def _write_questions(opened: Sequence[OpenQuestion], form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document(opened, out, style)
        return
    page = Page(out, style)
    if not opened:
        page.paragraph(f"Nothing: {duties.NOT_ASKED}.")
    duties.write_questions(page, opened, shown=len(opened))


def _write(
    file: Path, asking: Organisation, left: Sequence[OpenQuestion], form: str, out: IO[str], style: Style
) -> None:
    if form == "json":
        json.write_document({"file": str(file), "organisation": asking, "questions": left}, out, style)
        return
    page = Page(out, style)
    stated = sum(len(facts) for facts in _facts(asking))
    page.paragraph(f"{file}: {stated} facts stated, {len(left)} questions open")
    for question in left[: conversation.MOST]:
        page.paragraph(f"{question.fact}: {question.why}", indent=2, hang=2, style="dim")
