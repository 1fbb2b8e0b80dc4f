# SPDX-License-Identifier: Apache-2.0
"""How it stands by the runs of a history, and what is different between two of them, as text for people."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import IO, TYPE_CHECKING

from debar.model.vocab import Presence, Validity
from debar.writers import legal
from debar.writers.layout import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.results import ChangedFinding, Comparison, Course, History, Met, Pace, Progress, Side
    from debar.writers import Style

_BAR = 40
"""Columns of the longest bar."""
_SHOWN = 30
"""Lines that a part lists; JSON has all."""
_SOON = 30
"""Days before its end from which a decision is said to end soon."""
_WORDS = {
    Presence.OPEN: "open",
    Presence.NOT_LOOKED_AT: "not looked at again",
    Presence.SET_ASIDE: "set aside",
    Presence.GONE: "gone",
}


def write_history(history: History, out: IO[str], style: Style) -> None:
    """Write how it stands."""
    page = Page(out, style)
    page.title(f"debar {history.program.version}", f"history in {history.store}")
    known = f", with what was known on {history.known_on}" if history.known_on else ""
    page.field("on", f"{history.on}{known}")
    page.field("in short", _in_short(history))
    _progress(page, history)
    _exposures(page, history.exposures)
    _law(page, history)
    _decisions(page, history)
    _overdue(page, history)
    _runs(page, history)
    _listed(page, "What to know of this", list(history.notes))
    page.line()
    page.paragraph(legal.DISCLAIMER, style="dim")


def _in_short(history: History) -> str:
    """Give the answer in one sentence; clean only where somebody looked."""
    if not history.progress:
        return "no run is about that day or an earlier one"
    last = history.progress[-1]
    if last.remaining:
        unseen = f"; {last.not_looked_at} not looked at again" if last.not_looked_at else ""
        found = (
            f"{_count(last.remaining, 'exposure')} on {_count(last.assets, 'asset')} {_verb(last.remaining)}{unseen}"
        )
    elif history.runs[-1].is_complete and not history.runs[-1].skips:
        found = "nothing remains in what was looked at"
    else:
        found = "nothing is known to remain, but the last run did not read everything"
    return found + _until(history, last)


def _until(history: History, last: Progress) -> str:
    """Give how far the deadline is."""
    if not history.deadline:
        return ""
    days = (date.fromisoformat(history.deadline) - date.fromisoformat(history.on[:10])).days
    if days < 0 and last.remaining:
        return f"; the deadline, {history.deadline}, passed {_count(-days, 'day')} ago"
    return f"; {_count(days, 'day')} to the deadline, {history.deadline}" if days >= 0 else ""


def _progress(page: Page, history: History) -> None:
    """Draw what remained after each run, as bars, and say where that leads."""
    page.heading("Progress", "exposures that remain after each run")
    most = max((one.remaining for one in history.progress), default=0)
    for one in history.progress[-_SHOWN:]:
        bar = "#" * round(one.remaining / most * _BAR) if most else ""
        page.line(f"  {one.day}  {bar:<{_BAR}} {one.remaining:>6}  {_moves(one)}".rstrip())
    if history.pace:
        page.paragraph(pace_in_words(history.pace, history.deadline), indent=2)


def _moves(one: Progress) -> str:
    """Give what one run changed, which adds up to what remains, and how much of it nobody looked at."""
    moves = (
        (one.new, "new"),
        (one.came_back, "came back"),
        (one.restored, "counting again"),
        (-one.gone, "gone"),
        (-one.put_aside, "now set aside"),
    )
    standing = ((one.not_looked_at, "not looked at"), (one.set_aside, "set aside"))
    return ", ".join(
        [*(f"{count:+d} {word}" for count, word in moves if count), *(f"{n} {word}" for n, word in standing if n)]
    )


def pace_in_words(pace: Pace, deadline: str | None) -> str:
    """Give how fast it goes, and whether that suffices, in a sentence."""
    if pace.per_day <= 0:
        return f"Since {pace.from_day} they have not become fewer: no day can be estimated."
    rate = f"An estimate, not a promise: since {pace.from_day} they became fewer by {pace.per_day:g} a day"
    if not pace.done_on:
        return f"{rate}; at that rate it takes more than a century."
    fits = {True: f", by the deadline {deadline}", False: f", after the deadline {deadline}", None: ""}
    return f"{rate}; at that rate none would remain on {pace.done_on}{fits[pace.is_in_time]}."


def _exposures(page: Page, courses: Sequence[Course]) -> None:
    """List what remains, then what is gone."""
    counts = Counter(course.presence for course in courses)
    page.heading("Exposures", ", ".join(f"{counts[one]} {_WORDS[one]}" for one in _WORDS if counts[one]) or "none")
    ranked = sorted(courses, key=lambda course: (list(_WORDS).index(course.presence), course.asset, course.exposure))
    for course in ranked[:_SHOWN]:
        gone = f", gone since {course.gone_since}" if course.gone_since else ""
        back = f", came back on {', '.join(course.came_back)}" if course.came_back else ""
        page.paragraph(
            f"{course.exposure}  {course.asset}: {course.name}; {_WORDS[course.presence]}, first seen {course.first_seen},"
            f" last seen {course.last_seen}{gone}{back}",
            indent=2,
            hang=2,
        )
    _more(page, len(ranked))


def _law(page: Page, history: History) -> None:
    page.heading("What the law says", f"of what the last run found, on {history.on}")
    by_measure: dict[str, list[str]] = defaultdict(list)
    for one in history.standings:
        by_measure[one.measure].append(f"{one.findings} {one.status}")
    for measure, said in by_measure.items():
        page.paragraph(f"{measure}: {', '.join(said)}", indent=2)
    if not by_measure:
        page.paragraph("No finding is in force.", indent=2)


def _decisions(page: Page, history: History) -> None:
    if not history.decisions:
        return
    states = Counter(one.state for one in history.decisions)
    page.heading("Decisions", ", ".join(f"{count} {state}" for state, count in sorted(states.items())))
    for one in history.decisions[:_SHOWN]:
        left = (date.fromisoformat(one.expires) - date.fromisoformat(history.on[:10])).days
        end = (
            "ended" if one.state is Validity.EXPIRED else f"ends in {_count(left, 'day')}" if left <= _SOON else "until"
        )
        page.paragraph(f"{one.state}: {one.verdict}, {end}, {one.expires}: {one.about}", indent=2, hang=2)
    _more(page, len(history.decisions))


def _overdue(page: Page, history: History) -> None:
    if not history.overdue:
        return
    page.heading("Overdue", _count(len(history.overdue), "obligation"))
    for one in history.overdue[:_SHOWN]:
        owner = f" ({one.owner})" if one.owner else ""
        page.paragraph(f"{one.due[:10]}  {one.force}: {one.action}{owner}", indent=2, hang=12)
    _more(page, len(history.overdue))


def _runs(page: Page, history: History) -> None:
    page.heading("Runs", str(len(history.runs)))
    for run in history.runs[-_SHOWN:]:
        cut = "" if run.is_complete else ", interrupted"
        page.paragraph(
            f"{run.id}  about {run.as_of}, {run.organisation}, register {run.register}: {_count(run.exposures, 'exposure')},"
            f" {_count(run.assets, 'asset')} looked at{cut}",
            indent=2,
            hang=2,
        )


def write_comparison(found: Comparison, out: IO[str], style: Style) -> None:
    """Write what is different."""
    page = Page(out, style)
    page.title(f"debar {found.program.version}", "what is different")
    page.field("first", _side(found.before))
    page.field("second", _side(found.after))
    for title, some in (
        ("New", found.new),
        ("Came back", found.came_back),
        ("Counts again", found.restored),
        ("Gone, for somebody looked again", found.gone),
        ("Not looked at again, so nothing is known", found.not_looked_at),
    ):
        _listed(page, title, [_met(one) for one in some])
    _listed(
        page,
        "Changed",
        [
            f"{one.exposure}  {one.asset}: {one.name}; {one.what}: {one.before or '-'}, now {one.after or '-'}"
            for one in found.changed
        ],
    )
    _listed(page, "The law says otherwise", _findings(found.findings))
    _listed(page, "Decisions that ended", [f"{d.expires}  {d.verdict}: {d.about or d.exposure}" for d in found.expired])
    _listed(page, "What to know of this", list(found.notes))
    if not any(
        (found.new, found.came_back, found.restored, found.gone, found.not_looked_at, found.changed, found.findings)
    ):
        page.line()
        page.paragraph("Nothing is different in what was looked at.")
    page.line()
    page.paragraph(legal.DISCLAIMER, style="dim")


def _side(side: Side) -> str:
    run = f" ({side.run})" if side.run else ""
    return f"{side.name}{run}: on {side.as_of}, {side.organisation}, register {side.register}, {_count(side.exposures, 'exposure')}"


def _met(one: Met) -> str:
    said = f"; {', '.join(one.statuses)}" if one.statuses else ""
    return f"{one.exposure}  {one.asset}: {one.name}, level {one.level}{said}"


def _findings(findings: Sequence[ChangedFinding]) -> list[str]:
    """Give findings that changed alike in one line, with how many exposures they are about."""
    alike: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in findings:
        said = f"{one.before or 'not in force'}, now {one.after or 'not in force'}"
        alike[(one.provision, one.act, said, one.cause)].add(one.exposure)
    return [
        f"{provision} {act}: {said} (because of the {cause}; {_count(len(exposures), 'exposure')})"
        for (provision, act, said, cause), exposures in sorted(alike.items())
    ]


def _listed(page: Page, title: str, lines: list[str]) -> None:
    """Write a part with its lines; nothing where there are none."""
    if not lines:
        return
    page.heading(title, str(len(lines)))
    for line in lines[:_SHOWN]:
        page.paragraph(line, indent=2, hang=2)
    _more(page, len(lines))


def _more(page: Page, count: int) -> None:
    if count > _SHOWN:
        page.paragraph(f"and {count - _SHOWN} more; -o json has all", indent=2, style="dim")


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _verb(count: int) -> str:
    return "remains" if count == 1 else "remain"
