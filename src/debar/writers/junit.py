# SPDX-License-Identifier: Apache-2.0
"""A report as JUnit XML: one suite for each measure, one case for each asset, and one for each input that was not read."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import IO, TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from debar.model.vocab import Status
from debar.text import printable
from debar.writers import cases, legal, words
from debar.writers.cases import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.results import Report
    from debar.writers import Style
    from debar.writers.cases import Case, Judged

FAILING = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED})
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no form for."""


class _Test(NamedTuple):
    """One case: its name, and what became of it."""

    name: str
    outcome: str
    """failure, skipped, error, or nothing when it passed."""
    kind: str
    message: str
    text: str


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the suites; each holds what it counts."""
    suites = {f"{id_}: {cases.cite(report, id_)}": tests for id_, tests in _measures(report).items()}
    suites |= {"no measure of the register": _unjudged(report), "inputs": _inputs(report)}
    every = [test for tests in suites.values() for test in tests]
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(f"<testsuites {_attributes(name=f'debar, as of {report.as_of}')} {_counts(every, of_all=True)}>\n")
    for name, tests in suites.items():
        _suite(name, tests, report, out)
    out.write("</testsuites>\n")


def _measures(report: Report) -> dict[str, list[_Test]]:
    """Give the cases of each measure, by asset."""
    found: dict[str, dict[str, list[Judged]]] = defaultdict(lambda: defaultdict(list))
    for judged in cases.judged(report):
        found[judged.measure][judged.exposure.asset].append(judged)
    tests = {
        measure: [_test(asset, _told(many, report), report) for asset, many in assets.items()]
        for measure, assets in found.items()
    }
    for owed in cases.owed(report):
        name = report.organisation.name
        test = _test(name, [(case, name) for case in owed.cases], report)
        tests.setdefault(owed.measure, []).append(_seen(test, owed.kept))
    return dict(sorted(tests.items()))


def _seen(test: _Test, kept: Kept) -> _Test:
    """Give the case of what is owed whatever was found: it fails when its day has passed, and not because nobody knows."""
    if test.outcome != "failure" or kept is Kept.LATE:
        return test
    if kept is Kept.DONE:
        return test._replace(outcome="", kind="", message="", text="")
    return test._replace(outcome="skipped", message=f"{test.message}; {cases.UNRECORDED}")


def _told(many: Iterable[Judged], report: Report) -> list[tuple[Case, str]]:
    """Give every case with what it is about."""
    return [
        (case, f"{judged.exposure.id} {cases.thing(judged.exposure, report)}")
        for judged in many
        for case in judged.cases
    ]


def _test(name: str, told: Sequence[tuple[Case, str]], report: Report) -> _Test:
    worst = min((case for case, _ in told), key=cases.rank)
    outcome = _outcome(worst)
    if not outcome:
        return _Test(name, "", "", "", "")
    same = [(case, about) for case, about in told if _outcome(case) == outcome]
    lines = [
        f"{about} - {cases.sentence(case, report)}."
        f" {' '.join((case.finding.action or case.finding.text, *case.finding.questions))}"
        for case, about in same
    ]
    message = cases.sentence(worst, report)
    if outcome == "skipped":
        asked = dict.fromkeys(question for case, _ in same for question in case.finding.questions)
        message = f"open questions: {' '.join(asked)}" if asked else message
    return _Test(name, outcome, words.STATUSES[worst.finding.status], message, "\n".join(lines))


def _outcome(case: Case) -> str:
    """Give what a case counts as: only what binds on the day fails, and what nobody has answered is skipped."""
    if case.time is cases.Time.LATER:
        return ""
    if case.finding.status is Status.UNDETERMINED:
        return "skipped"
    return "failure" if case.finding.status in FAILING else ""


def _unjudged(report: Report) -> list[_Test]:
    return [
        _Test(f"{exposure.asset}: {cases.thing(exposure, report)}", "", "", "", "")
        for exposure in cases.unjudged(report)
    ]


def _inputs(report: Report) -> list[_Test]:
    """Give one case for each place that was not read, and one for all that were."""
    found = [
        _Test(f"{skip.source} {skip.locator}".strip(), "error", "unread", skip.reason, skip.reason)
        for skip in report.skips
    ]
    if not report.sources:
        found.append(_Test("inputs", "error", "unread", "nothing was looked at", "nothing was looked at"))
    else:
        found.append(_Test(f"{len(report.sources)} inputs were read", "", "", "", ""))
    return found


def _suite(name: str, tests: Sequence[_Test], report: Report, out: IO[str]) -> None:
    out.write(f"  <testsuite {_attributes(name=name)} {_counts(tests)}>\n")
    about = {
        "asOf": report.as_of,
        "organisation": report.organisation.name,
        "register": report.register.version,
        "registerSha256": report.register.sha256,
        "disclaimer": legal.DISCLAIMER,
    }
    out.write("    <properties>\n")
    for key, value in about.items():
        out.write(f"      <property {_attributes(name=key, value=value)}/>\n")
    out.write("    </properties>\n")
    for test in tests:
        head = f"    <testcase {_attributes(name=test.name, classname=name)}"
        if not test.outcome:
            out.write(f"{head}/>\n")
            continue
        kind = {} if test.outcome == "skipped" else {"type": test.kind}
        said = _attributes(message=test.message, **kind)
        out.write(
            f"{head}>\n      <{test.outcome} {said}>{escape(_allowed(test.text))}</{test.outcome}>\n    </testcase>\n"
        )
    out.write("  </testsuite>\n")


def _counts(tests: Iterable[_Test], *, of_all: bool = False) -> str:
    """Give the counts; the outermost element has none of what was skipped in the schema that Jenkins uses."""
    outcomes = [test.outcome for test in tests]
    counts = {"tests": len(outcomes), "failures": outcomes.count("failure"), "errors": outcomes.count("error")}
    skipped = {} if of_all else {"skipped": outcomes.count("skipped")}
    return _attributes(**{name: str(count) for name, count in (counts | skipped).items()})


def _attributes(**values: str) -> str:
    return " ".join(f"{name}={quoteattr(_allowed(value))}" for name, value in values.items())


def _allowed(text: str) -> str:
    """Give a text of characters that XML has; control characters are shown, line ends in a text stay."""
    return _NO_XML.sub("\ufffd", "\n".join(printable(line) for line in text.split("\n")))
