# SPDX-License-Identifier: Apache-2.0
"""A report as Markdown of GitHub's kind: for a ticket, a wiki or a pull request."""

from __future__ import annotations

from itertools import chain, islice
from typing import IO, TYPE_CHECKING, NamedTuple

from debar.writers import cases, legal, terminal, words
from debar.writers.markup import code, head, link, row, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.results import Exposure, Finding, Report
    from debar.writers import Style
    from debar.writers.cases import Judged, Owed

_SHOWN_ASSETS = 6
_EVIDENCE = 2
"""Places of an exposure that are named; their count stands beside them."""


class Measure(NamedTuple):
    """What one measure comes to: its cases together, where they say the same."""

    id: str
    groups: dict[tuple[str, str], tuple[Finding, set[str], int]]
    """By what is said and the provision behind it: a finding, the acts, and how many exposures."""


def write_report(report: Report, out: IO[str], _style: Style) -> None:
    """Write the whole report."""
    for part in (_head, todo, _found, law, questions, decided, _recorded, _aside, _protected, _looked, _sources):
        out.writelines(part(report))
    out.write(f"\n---\n\n{text(legal.DISCLAIMER)}\n")


def _head(report: Report) -> Iterator[str]:
    yield f"# debar: {text(words.in_short(report))}\n\n"
    yield from about(report)


def about(report: Report) -> Iterator[str]:
    """Yield who asks, about which day, of which register."""
    kinds = ", ".join(report.organisation.kinds)
    assumed = " (assumed: nobody said who asks)" if report.assumed else ""
    yield head("", "")
    yield row(("for", f"{text(report.organisation.name)} - {kinds}{assumed}"))
    yield row(("on", text(legal.day_asked(report))))
    yield row(("register", text(legal.release(report.register).removeprefix("register "))))
    if report.register.warning:
        yield row(("**warning**", text(f"the register is {report.register.warning}")))
    observations = sum(source.observations for source in report.sources)
    inputs = f"{words.counted(len(report.sources), 'input')}, {words.counted(observations, 'observation')}"
    yield row(("read", f"{inputs}; {words.unread(report)}"))
    found = words.counted(len(report.exposures), "exposure")
    yield row(("found", f"{found} on {words.counted(cases.assets(report), 'asset')}"))


def todo(report: Report) -> Iterator[str]:
    """Yield what to do by when."""
    yield "\n## What to do\n\n"
    if not report.obligations:
        yield "Nothing that the register knows of.\n"
        return
    by_id = {exposure.id: exposure.asset for exposure in report.exposures}
    yield head("", "by when", "what", "state", "for")
    for obligation in report.obligations:
        assets = list(dict.fromkeys(by_id[id_] for id_ in obligation.exposures if id_ in by_id))
        more = f" and {len(assets) - _SHOWN_ASSETS} more" if len(assets) > _SHOWN_ASSETS else ""
        force = "**must**" if obligation.force == "must" else "should"
        when = legal.due(obligation, report).removesuffix(": ")
        state = ", ".join(filter(None, (obligation.state, obligation.repeats, text(obligation.owner))))
        about = ", ".join(map(code, assets[:_SHOWN_ASSETS])) + more
        yield row((force, text(when), text(obligation.action), state, about or text(report.organisation.name)))


def _found(report: Report) -> Iterator[str]:
    yield "\n## What was found\n\n"
    if not report.exposures:
        yield "Nothing, in what was looked at. See below for what was not looked at.\n"
        return
    yield from exposures(report, report.exposures)


def exposures(report: Report, many: Sequence[Exposure]) -> Iterator[str]:
    """Yield a table of exposures."""
    paths = {source.id: source.path for source in report.sources}
    yield head("asset", "what", "how sure", "evidence", "decided", "id")
    for exposure in many:
        thing = f"{cases.thing(exposure, report)} {exposure.version}".rstrip()
        decided = text(terminal.decision_in_words(exposure.decision)) if exposure.decision else ""
        seen = dict.fromkeys(terminal.evidence(match, paths) for match in islice(exposure.matches, 50))
        told = "<br>".join(map(code, list(seen)[:_EVIDENCE]))
        rest = len(exposure.matches) - _EVIDENCE
        yield row(
            (
                code(exposure.asset),
                f"{text(thing)}, {terminal.MEANINGS[exposure.meaning]}",
                terminal.sure(exposure),
                told + (f"<br>and {rest} more" if rest > 0 else ""),
                decided,
                code(exposure.id),
            )
        )


def law(report: Report) -> Iterator[str]:
    """Yield what each measure says, with its sources."""
    yield "\n## What the law says\n"
    found = _measures(report)
    if not found:
        yield "\nNo measure of the register is about what was found.\n"
    for measure in found:
        brief = report.measures.get(measure.id)
        yield f"\n### {text(brief.title if brief else measure.id)}\n\n"
        if brief:
            yield f"{text(brief.cite)}, {text(brief.authority)}\n\n"
        yield head("acts", "position", "exposures", "what it says", "sources")
        for (said, _), (finding, acts, count) in measure.groups.items():
            sources = [link(because.citation, because.url) for because in finding.because[:3]]
            support = f"{finding.grade} source{'' if finding.grade == 'primary' else ', see the passages'}"
            says = " ".join(filter(None, (text(finding.text), *map(text, finding.doubts[:2]))))
            yield row((", ".join(sorted(acts)), text(said), str(count), says, "<br>".join((*sources, support))))


def _measures(report: Report) -> list[Measure]:
    found: dict[str, Measure] = {}
    every: Iterator[Judged | Owed] = chain(cases.judged(report), cases.owed(report))
    for one in every:
        groups = found.setdefault(one.measure, Measure(one.measure, {})).groups
        for case in one.cases:
            said = cases.sentence(case, report).partition(": ")[2]
            key = said, case.finding.provision
            finding, acts, count = groups.get(key, (case.finding, set(), 0))
            is_first = case.finding.act in acts or not acts
            groups[key] = finding, acts | {case.finding.act.value}, count + (is_first and finding.exposure is not None)
    return sorted(found.values(), key=lambda measure: measure.id)


def questions(report: Report) -> Iterator[str]:
    """Yield the questions that leave findings open, those on which most hangs first."""
    if not report.questions:
        return
    yield "\n## What is to be answered\n\n"
    yield head("question", "answers", "findings that wait for it", "fact")
    for asked in report.questions:
        waiting = asked.undetermined + asked.exempting + asked.undated
        yield row((text(asked.question), ", ".join(asked.answers) or asked.form, str(waiting), code(asked.fact)))


def decided(report: Report) -> Iterator[str]:
    """Yield what became of the decisions of people."""
    if not report.decisions:
        return
    yield "\n## What people decided\n\n"
    yield head("", "decision", "reason given", "until")
    for one in report.decisions:
        why = ", ".join(filter(None, (one.decision.reason, one.decision.ticket)))
        yield row((f"**{one.state}**", text(one.text), text(why), text(one.decision.expires)))


def _recorded(report: Report) -> Iterator[str]:
    if not report.records:
        return
    yield "\n## What is on record\n\n"
    yield head("", "on", "by", "for", "what came of it", "evidence")
    for one in report.records:
        record = one.record
        shown = f"{text(record.evidence)} {code(record.sha256)}" if record.evidence else ""
        about = text(record.about or ", ".join(record.provisions))
        yield row((f"**{one.state}**", text(record.on), text(record.by), about, text(record.found), shown))


def _protected(report: Report) -> Iterator[str]:
    if not report.protection:
        return
    paths = {source.id: source.path for source in report.sources}
    yield "\n## What protects the assets\n\n"
    yield head("asset", "product", "reports", "as of", "told in")
    for one in report.protection:
        told = code(", ".join(filter(None, (paths.get(one.source, one.source), one.locator))))
        says = "; ".join((one.state, *map(text, one.says)))
        yield row((code(one.asset), text(one.name), says, text(one.as_of[:10]), told))


def _aside(report: Report) -> Iterator[str]:
    if not report.set_aside:
        return
    yield "\n## What was set aside\n\n"
    yield head("asset", "what", "why", "id")
    for aside in report.set_aside:
        thing = text(cases.thing(aside.exposure, report))
        yield row((code(aside.exposure.asset), thing, text(aside.reason), code(aside.exposure.id)))


def _looked(report: Report) -> Iterator[str]:
    yield from unread(report, len(report.skips))
    yield "\n## What was looked at\n\n"
    yield f"Evidence of these kinds was read: {', '.join(report.coverage.kinds_seen) or 'none'}."
    yield f" None was there of these: {', '.join(report.coverage.kinds_missing) or 'none'}.\n\n"
    for note in report.coverage.notes:
        yield f"- {text(note)}\n"


def unread(report: Report, most: int) -> Iterator[str]:
    """Yield what could not be read, so many of it."""
    if not report.skips:
        return
    yield f"\n## What could not be read: {words.counted(len(report.skips), 'place')}\n\n"
    yield head("input", "place", "why")
    for skip in report.skips[:most]:
        yield row((code(skip.source), code(skip.locator) if skip.locator else "", text(skip.reason)))


def _sources(report: Report) -> Iterator[str]:
    yield "\n## Inputs\n\n"
    yield head("path", "read as", "observations", "SHA-256")
    for source in report.sources:
        digest = code(source.sha256) if source.sha256 else "not digested"
        yield row((code(source.path), source.reader, f"{source.observations:,}", digest))
