# SPDX-License-Identifier: Apache-2.0
"""The answer on names for people: whom each means and why, what was spent, and what was looked at.

Colour only repeats what words already say. Everything that comes from a file is escaped.
"""

from __future__ import annotations

from collections import Counter
from typing import IO, TYPE_CHECKING

from debar.model.vocab.names import NameRelation
from debar.release import VERSION
from debar.writers.layout import Page
from debar.writers.legal import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.owned import Owned
    from debar.model.screened import NameHit, ScreenedName, Screening
    from debar.writers import Style

_HEADINGS = {
    NameRelation.SAME: ("Same party", "the name, or a number, of the party itself"),
    NameRelation.AFFILIATE: ("Same brand", "of the group as it seems; the name is no proof of it"),
    NameRelation.OWNERSHIP: ("Known by an owner", "the name of another party that is tied to it"),
    NameRelation.SIMILAR: ("Alike", "somebody has to look"),
    NameRelation.DIFFERENT: ("Somebody else", "alike, and known to be another"),
}
_RED = frozenset({NameRelation.SAME, NameRelation.AFFILIATE, NameRelation.OWNERSHIP})
_NAME, _SHOWN, _SOURCES = 120, 100, 3
"""Characters of a name, names of each relation, and sources of a hit that are shown; the JSON has them all."""


def write(screening: Screening, out: IO[str], style: Style) -> None:
    """Write the answer, what matters most first."""
    page = Page(out, style)
    page.title(f"debar {VERSION}", f"list {screening.list.name}, version {screening.list.version}")
    page.field("in short", _in_short(screening))
    groups = _grouped(screening.names)
    for relation, names in groups.items():
        heading, remark = _HEADINGS[relation]
        page.heading(heading, f"{_counted(len(names), 'name')}; {remark}")
        for one in names[:_SHOWN]:
            _name(page, one, relation)
        if (more := len(names) - _SHOWN) > 0:
            page.line()
            page.paragraph(f"and {more:,} more; -o json and -o csv have them all", style="dim")
    for answer in screening.owned:
        _owned(page, answer)
    _dismissed(page, screening.names)
    _coverage(page, screening)
    page.line()
    page.paragraph(DISCLAIMER, style="dim")


def _in_short(screening: Screening) -> str:
    """Give the answer in one sentence: the surest relation first."""
    counts = Counter(one.hits[0].relation for one in screening.names if one.hits)
    aside = sum(1 for one in screening.names if one.dismissed)
    dismissed = f"; hits of {_counted(aside, 'name')} were dismissed earlier" if aside else ""
    looked = _counted(len(screening.names), "name")
    if not counts:
        return f"nothing was found among {looked}, in what was looked at{dismissed}"
    told = ", ".join(f"{counts[relation]:,} {relation}" for relation in NameRelation if counts[relation])
    return f"of {looked}: {told}{dismissed}"


def _grouped(names: Iterable[ScreenedName]) -> dict[NameRelation, list[ScreenedName]]:
    """Give names with hits by the relation of their best one, in the order of relations."""
    found: dict[NameRelation, list[ScreenedName]] = {relation: [] for relation in NameRelation}
    for one in names:
        if one.hits:
            found[one.hits[0].relation].append(one)
    return {relation: some for relation, some in found.items() if some}


def _name(page: Page, one: ScreenedName, relation: NameRelation) -> None:
    page.line()
    page.paragraph(short(one.name), style="bold")
    if said := _rows(one):
        page.paragraph(said, indent=2, style="dim")
    for hit in one.hits:
        _hit(page, hit, "red" if relation in _RED else "yellow")


def _hit(page: Page, hit: NameHit, style: str) -> None:
    page.paragraph(f"{hit.relation}: {hit.party} ({hit.listed_name}), score {hit.score:.2f}", indent=2, style=style)
    for agreement in hit.evidence:
        page.paragraph(f"{agreement.how}: {agreement.text}", indent=6, hang=4)
    if said := _unmatched(hit):
        page.paragraph(said, indent=6, hang=4)
    for remark in hit.remarks:
        page.paragraph(f"note: {remark}", indent=6, hang=4)
    for source in hit.because[:_SOURCES]:
        page.paragraph(f"because: {source}", indent=6, hang=4, style="dim")
    if (more := len(hit.because) - _SOURCES) > 0:
        page.paragraph(f"and {_counted(more, 'source')} more; -o json has them all", indent=6, style="dim")


def _unmatched(hit: NameHit) -> str:
    sides = (("only in the name", hit.unmatched.query), ("only in the list", hit.unmatched.listed))
    return "; ".join(f"{side}: {', '.join(map(repr, words))}" for side, words in sides if words)


def _rows(one: ScreenedName) -> str:
    """Give in how many rows a name stands, what was spent, when, and where; nothing for a name of no file."""
    if not one.places:
        return ""
    spent = [f"{_thousands(amount)} {currency}".rstrip() for currency, amount in one.amounts.items()]
    when = [one.first if one.first == one.last else f"{one.first} to {one.last}"] if one.first else []
    where = ", ".join(one.places) + (", ..." if one.rows > len(one.places) else "")
    return "; ".join((_counted(one.rows, "row"), *spent, *when, where))


def _thousands(amount: str) -> str:
    whole, point, decimals = amount.partition(".")
    return f"{int(whole):,}{point}{decimals}" if len(whole) < 30 and whole not in ("-0", "-") else amount


def _owned(page: Page, one: Owned) -> None:
    page.heading(f"Owned by listed parties: {one.party}", f"{one.rule} on {one.on}: {one.status}")
    for line in one.lines:
        page.paragraph(line, indent=2, hang=2)
    for point in one.missing:
        page.paragraph(f"not known: {point}", indent=2, hang=2, style="yellow")


def _dismissed(page: Page, names: Sequence[ScreenedName]) -> None:
    aside = [(one, hit) for one in names for hit in one.dismissed]
    if not aside:
        return
    page.heading("Dismissed earlier", f"{_counted(len(aside), 'hit')}, while the list says the same of the party")
    for one, hit in aside[:_SHOWN]:
        page.paragraph(f"{short(one.name)} - {hit.relation}: {hit.party} ({hit.listed_name})", hang=4)
        page.paragraph(hit.remarks[0] if hit.remarks else "", indent=4, style="dim")
    if (more := len(aside) - _SHOWN) > 0:
        page.paragraph(f"and {more:,} more; -o json has them all", style="dim")


def _coverage(page: Page, screening: Screening) -> None:
    rows = sum(one.rows for one in screening.names)
    looked = f"{_counted(len(screening.names), 'name')} in {_counted(rows, 'row')}"
    page.heading("What was looked at", looked)
    page.paragraph(
        f"- list {screening.list.name}, version {screening.list.version}; hits from a score of {screening.threshold:g}",
        hang=2,
    )
    for note in screening.notes:
        page.paragraph(f"- {note}", hang=2)


def short(name: str) -> str:
    """Give a name as far as a person reads it."""
    return name if len(name) <= _NAME else f"{name[:_NAME]} [...]"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
