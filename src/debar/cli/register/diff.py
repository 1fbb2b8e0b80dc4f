# SPDX-License-Identifier: Apache-2.0
"""`debar register diff`: what changed in law, and in what could be known of it, between two days."""

from __future__ import annotations

from itertools import groupby
from typing import IO, TYPE_CHECKING

from debar import dates
from debar.cli import options as shared
from debar.cli import output, register_options
from debar.errors import UsageError
from debar.model.measures import Organisation
from debar.model.vocab import Change, Grade, Status
from debar.writers import legal
from debar.writers.layout import Page

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from debar.register import Register
    from debar.register.diff import Difference, Item
    from debar.register.standing import State
    from debar.writers import Style

_EPILOG = """\
examples:
  debar register diff --from 2024-06-20 --to 2024-09-30
  debar register diff --from 2024-08-15 --to 2024-10-01 --party kaspersky
  debar register diff --from 2025-12-01 --to 2026-08-31 --jurisdiction us -o json

A day ends where each authority sits. What nobody could know by the end of the later day is not in the answer."""
_WORDS = {
    Change.BEGINS: "begins",
    Change.ENDS: "ends",
    Change.DUE: "last day",
    Change.EXEMPT: "exemption begins",
    Change.EXEMPT_ENDS: "exemption ends",
    Change.HALTED: "halted",
    Change.RETURNS: "returns",
    Change.NOT_ENFORCED: "not enforced",
    Change.ENFORCED: "enforced again",
    Change.LISTED: "listed",
    Change.DELISTED: "off the list",
    Change.TIED: "tie begins",
    Change.UNTIED: "tie ends",
}
_BINDING = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED})
_DAY = 14
"""Columns of the day before each change."""


def run(arguments: list[str]) -> int:
    """Compare two days."""
    parser = shared.Parser(
        "register diff", "Say what changed in law, and became known of it, between two days.", _EPILOG
    )
    parser.add_argument("--from", metavar="DAY", default=None, help="the earlier day: 2024-06-20, or an instant")
    parser.add_argument("--to", metavar="DAY", default=None, help="the later day; itself included")
    parser.add_argument("--party", metavar="PARTY", default=None, help="only what is about this party")
    parser.add_argument("--jurisdiction", metavar="J", default=None, help="only of this jurisdiction: us, eu, uk ...")
    shared.add_output_options(parser)
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options)
    since, until = _days(options)
    register = register_options.register(options)
    found = _difference(register, options, since, until)
    output.write(targets, options, lambda form, out, style: _write(found, register, form, out, style))
    return 0


def _days(options: argparse.Namespace) -> tuple[str, str]:
    """Give the two days; UsageError when one is missing or is none, or when they stand the wrong way round."""
    for option in ("from", "to"):
        if not getattr(options, option):
            raise UsageError(f"{options.named[option]} is missing", hint="write --from 2024-06-20 --to 2024-09-30")
    since, until = shared.when(options, "from"), shared.when(options, "to")
    if dates.ends(since, "UTC") > dates.ends(until, "UTC"):
        raise UsageError(
            f"{options.named['from']} {since} lies after {options.named['to']} {until}", hint="exchange the two days"
        )
    return since, until


def _difference(register: Register, options: argparse.Namespace, since: str, until: str) -> Difference:
    from debar.obligations.brief import release_of
    from debar.obligations.question import Question
    from debar.obligations.spells import kin, spells
    from debar.register.diff import About, difference

    if options.jurisdiction:
        known = {measure.jurisdiction for measure in register.measures.values()}
        shared.check_word(options.jurisdiction, sorted(known), options.named["jurisdiction"])
    about = None
    if party := register_options.party(options, register):
        about = About(
            party=party.id,
            kin=kin(register, party),
            earlier=spells(register, party, since),
            later=spells(register, party, until),
        )
    nobody = Organisation(name="", jurisdictions=(), kinds=())
    release = release_of(register, Question(organisation=nobody, as_of=until, known_on=until))
    return difference(register, release, since, until, about=about, jurisdiction=options.jurisdiction or "")


def _write(found: Difference, register: Register, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(found, out, style)
        return
    page = Page(out, style)
    _head(page, found, register)
    _part(page, "Took effect", f"after {found.since}, up to the end of {found.until}", found.took_effect)
    _part(page, "Announced", "became known in between, takes effect later", found.announced)
    _part(page, "Learned late", f"became known in between, had taken effect by {found.since}", found.learned_late)
    _part(page, "No change of law", "what else happened or became known in between", found.no_change)
    page.line()
    page.paragraph(legal.DISCLAIMER, style="dim")


def _head(page: Page, found: Difference, register: Register) -> None:
    page.title(f"debar {found.program.version}", f"register {found.register.version}")
    narrowed = [f"{register.parties[found.party].name} ({found.party})"] if found.party else []
    narrowed += [f"jurisdiction {found.jurisdiction}"] if found.jurisdiction else []
    page.field("about", ", ".join(narrowed) or "every measure and party of the register")
    whole = " (its last instant, where each authority sits)"
    page.field("from", found.since + whole * dates.is_date(found.since))
    page.field("to", found.until + whole * dates.is_date(found.until))
    page.field("in force", f"on {found.since}, as known then: {_counts(found.before)}")
    page.field("", f"on {found.until}, as known then: {_counts(found.after)}")


def _counts(state: State) -> str:
    does = ", ".join(f"{count} {status}" for status, count in state.does.items())
    others = {
        "only restate others": state.restating,
        "uncertain": state.uncertain,
        "not enforced": state.not_enforced,
    }
    of_them = ", ".join(f"{count} {words}" for words, count in others.items() if count)
    beside = [f"{state.suspended} suspended"] * bool(state.suspended) + [f"{state.proposed} proposed"] * bool(
        state.proposed
    )
    text = f"{_many(state.in_force, 'provision')} of {_many(state.measures, 'measure')}"
    text += f" ({does})" if does else ""
    text += f"; of them {of_them}" if of_them else ""
    return text + (f"; beside them {', '.join(beside)}" if beside else "")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _part(page: Page, title: str, remark: str, items: Sequence[Item]) -> None:
    page.heading(title, f"{len(items)}, {remark}" if items else "none")
    for (day, measure, cite), same in groupby(items, key=lambda item: (item.day, item.measure, item.cite)):
        whose = f"{cite} [{measure}]" if measure else "ties between parties"
        page.paragraph(f"{_on(day):<{_DAY}}{whose}", hang=_DAY, style="bold")
        _changes(page, same)


def _changes(page: Page, items: Iterable[Item]) -> None:
    """Write changes of one day; those that say the same of several provisions stand together."""
    alike: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        alike.setdefault((_what(item), item.text, item.part or "", _notes(item)), []).append(item)
    for (what, text, part, notes), same in alike.items():
        names = ", ".join(f"#{item.provision.partition('#')[2]}" for item in same if item.provision)
        named = "".join(f" [{name}]" for name in (names, part) if name)
        page.paragraph(f"{what}: {text}{named}{notes}", indent=_DAY, hang=2, style=_colour(same[0]))


def _on(day: str) -> str:
    return legal.moment(f"{day}T00:00:00+00:00", "UTC")


def _notes(item: Item) -> str:
    """Give how sure a change is, since when it is known, and why it is less than it seems."""
    notes = [
        item.grade if item.grade is not Grade.PRIMARY else "",
        "sources disagree" if item.disputed else "",
        f"known only since {_on(item.known_only_since)}" if item.known_only_since else "",
        item.remark or "",
    ]
    said = "; ".join(note for note in notes if note)
    return f" ({said})" if said else ""


def _what(item: Item) -> str:
    if item.change is Change.EVENT:
        return item.part or "event"
    word = _WORDS[item.change]
    if item.does is Status.PROPOSED:
        return f"{word}: proposed, without legal effect - {', '.join(item.acts)}"
    if item.change is Change.BEGINS and item.restates:
        return f"restates {', '.join(item.restates)}, nothing new is demanded"
    if item.change in (Change.BEGINS, Change.ENDS) and item.does:
        return f"{word}: {item.does} - {', '.join(item.acts)}"
    return word


def _colour(item: Item) -> str:
    if item.remark or item.restates or item.change is Change.EVENT or item.does is Status.PROPOSED:
        return "dim"
    if item.grade is Grade.UNVERIFIED or item.disputed or item.change in (Change.HALTED, Change.NOT_ENFORCED):
        return "yellow"
    if item.change in (Change.ENDS, Change.EXEMPT, Change.DELISTED):
        return "green"
    is_binding = item.change is Change.BEGINS and item.does in _BINDING
    return "red" if is_binding or item.change in (Change.RETURNS, Change.LISTED, Change.EXEMPT_ENDS) else ""
