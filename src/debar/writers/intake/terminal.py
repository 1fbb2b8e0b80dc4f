# SPDX-License-Identifier: Apache-2.0
"""What papers say, on a terminal: each story with its draft, its conflicts, and what nobody has explained yet.

Colour only repeats what words already say. Everything that comes from a paper is escaped.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.model.vocab.statements import Severity, VsRegister
from debar.release import VERSION
from debar.writers.intake.compared import compared
from debar.writers.intake.gaps import gap
from debar.writers.layout import Page
from debar.writers.legal import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.model.intake import Conflict, ConflictValue, Draft, DraftLine, Paper, Reading, Statement, Story
    from debar.writers import Style

_DAY, _LABEL = 10, 12
"""Columns of a day and of the name of a line."""
_TRUST = {
    "reported": ", not verified: no official text is behind every stage",
    "verified": ": what bears the form of official text gives every stage; whether it is that text, only its source tells",
}
_PASSAGE, _FACTS, _QUEUE = 160, 12, 20
"""Characters of a passage, statements of a story that contradict the register, and dates of the queue that are shown."""


def write(reading: Reading, out: IO[str], style: Style) -> None:
    """Write the reading, story by story."""
    page = Page(out, style)
    page.title(f"debar {VERSION}", f"register {reading.register}")
    page.field("in short", _in_short(reading))
    names = _names(reading.documents)
    facts = {fact.id: fact for fact in reading.facts}
    for story in reading.stories:
        _story(page, story, names, facts, reading)
    _unread(page, reading)
    page.line()
    page.paragraph(
        "This helps a person read; it does not replace reading. A draft binds nobody, and debar accepts nothing by itself.",
        style="dim",
    )
    page.paragraph(DISCLAIMER, style="dim")


def _in_short(reading: Reading) -> str:
    material = sum(c.severity is Severity.MATERIAL for story in reading.stories for c in story.conflicts)
    parts = [
        _counted(len(reading.documents), "paper"),
        _counted(len(reading.stories), "story", "stories"),
        _counted(len(reading.facts), "statement"),
        _counted(material, "material conflict"),
        f"{_counted(len(reading.unexplained_dates), 'date')} not explained yet",
    ]
    if reading.skips:
        parts.append(f"{_counted(len(reading.skips), 'file')} not read")
    return ", ".join(parts)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _names(documents: Sequence[Paper]) -> dict[str, str]:
    """Give short names of papers: the last part of their paths, with a number where two are alike."""
    found: dict[str, str] = {}
    taken: dict[str, int] = {}
    for paper in documents:
        name = paper.path.replace("\\", "/").rpartition("/")[2] or paper.path
        taken[name] = taken.get(name, 0) + 1
        found[paper.id] = name if taken[name] == 1 else f"{name} ({taken[name]})"
    return found


def _story(
    page: Page, story: Story, names: Mapping[str, str], facts: Mapping[str, Statement], reading: Reading
) -> None:
    place = f" / {story.jurisdiction.upper()}" if story.jurisdiction else ""
    page.heading(f"{story.supplier or 'no supplier named'}{place}")
    page.paragraph(story.title, style="bold")
    papers = {paper.id: paper for paper in reading.documents}
    for number, id_ in enumerate(story.documents):
        page.field("" if number else "papers", _paper(papers[id_], names))
        for note in papers[id_].notes:
            page.paragraph(note, indent=12, hang=2, style="dim")
    page.field("origins", ", ".join(story.origins) or "nobody is named")
    page.field("register", story.measure or "holds no measure that this could be")
    if story.draft:
        _draft(page, story, story.draft, facts, names)
    for conflict in story.conflicts:
        _conflict(page, conflict, facts, names)
    _contradicted(page, story, facts, names)
    _missing(page, story, names, papers)
    _queue(page, story, names, reading)


def _paper(paper: Paper, names: Mapping[str, str]) -> str:
    said = paper.published
    when = said.value or (f"{said.earliest} to {said.latest}" if said.earliest or said.latest else "no day known")
    read = "" if paper.is_read else ", dates only: its language is not read"
    return f"{names[paper.id]} ({paper.kind}, {when}{read})"


def _draft(page: Page, story: Story, draft: Draft, facts: Mapping[str, Statement], names: Mapping[str, str]) -> None:
    """Write the lines that a person accepts or not: those about the whole measure, then what it forbids and demands."""
    page.line()
    trust = _TRUST.get(draft.status, "")
    page.paragraph(f"draft: {draft.status}{trust}", style="bold")
    for line in draft.lines:
        mark = "!" if any(story.conflicts[at].severity is Severity.MATERIAL for at in line.conflicts) else " "
        others = f" - others: {'; '.join(line.alternatives)}" if line.alternatives else ""
        by = _by(line, facts, names)
        value = line.value or "(open)"
        is_stage = line.path.startswith("provisions")
        said = f"{value:<{_DAY}}  {line.text}" if is_stage else f"{line.path:<{_LABEL}}  {value}"
        hang = _DAY if is_stage else _LABEL
        page.paragraph(f"{mark} [ ] {said}{others}{f'  <{by}>' if by else ''}", indent=2, hang=hang + 8)


def _by(what: DraftLine | ConflictValue, facts: Mapping[str, Statement], names: Mapping[str, str]) -> str:
    """Give the papers behind a line of the draft, or behind one reading of a conflict."""
    papers = {facts[id_].document for id_ in what.facts if id_ in facts}
    papers |= {passage.document for passage in what.passages}
    return ", ".join(sorted(names[id_] for id_ in papers))


def _conflict(page: Page, conflict: Conflict, facts: Mapping[str, Statement], names: Mapping[str, str]) -> None:
    page.line()
    style = "red" if conflict.severity is Severity.MATERIAL else "yellow"
    page.paragraph(f"conflict ({conflict.type}, {conflict.severity}): {conflict.topic}", style=style)
    for value in conflict.values:
        page.paragraph(f"{value.value}: {_by(value, facts, names)}", indent=4, hang=4)
    page.paragraph(f"official: {conflict.official or 'no official text at hand'}", indent=4, hang=4, style="dim")


def _contradicted(page: Page, story: Story, facts: Mapping[str, Statement], names: Mapping[str, str]) -> None:
    """Write how statements stand to the measure of the register, and those that it contradicts, with its words."""
    said = compared(story, facts)
    if not said:
        return
    page.line()
    page.paragraph(f"against {story.measure}: of the statements about it, {said}", style="bold")
    wrong = [facts[id_] for id_ in story.facts if id_ in facts and facts[id_].vs_register is VsRegister.CONTRADICTS]
    for fact in wrong[:_FACTS]:
        by = f" ({' via '.join(fact.said_by)})" if fact.said_by else ""
        page.paragraph(
            f"contradicted: {names[fact.document]}{by}: {fact.act} {_when(fact)}", indent=2, hang=4, style="red"
        )
        page.paragraph(f"register: {fact.official}", indent=4, hang=4, style="dim")
    if len(wrong) > _FACTS:
        page.paragraph(f"and {len(wrong) - _FACTS} more; -o json has them all", indent=2, style="dim")


def _missing(page: Page, story: Story, names: Mapping[str, str], papers: Mapping[str, Paper]) -> None:
    """Write what no paper gives, and what only some do."""
    if not story.missing:
        return
    page.line()
    page.paragraph("not found in any paper, or not in all:", style="bold")
    by_path = {papers[id_].path: names[id_] for id_ in story.documents}
    for one in story.missing:
        page.paragraph(gap(one, by_path), indent=2, hang=4)


def _when(fact: Statement) -> str:
    return f"{fact.date.role} {fact.date.value or fact.date.text}" if fact.date else "(no day)"


def _queue(page: Page, story: Story, names: Mapping[str, str], reading: Reading) -> None:
    """Write the dates of a story that belong to no statement: somebody must look at each."""
    own = [date for date in reading.unexplained_dates if date.document in story.documents]
    if not own:
        return
    text = {paper.id: paper.text for paper in reading.documents}
    page.line()
    page.paragraph(f"dates not explained yet ({len(own)}):", style="bold")
    for date in own[:_QUEUE]:
        around = _around(text[date.document], date.span.start, date.span.end)
        page.paragraph(f"{names[date.document]}: {date.value or '?'}  {around}", indent=2, hang=4)
    if len(own) > _QUEUE:
        page.paragraph(f"and {len(own) - _QUEUE} more; -o html and -o json have them all", indent=2, style="dim")


def _around(text: str, start: int, end: int) -> str:
    """Give a slice of a text with some of what stands around it."""
    room = max(10, (_PASSAGE - (end - start)) // 2)
    before, after = text[max(0, start - room) : start], text[end : end + room]
    return f"...{' '.join(before.split())} [{' '.join(text[start:end].split())}] {' '.join(after.split())}..."


def _unread(page: Page, reading: Reading) -> None:
    if reading.skips:
        page.heading("not read", _counted(len(reading.skips), "file"))
        for skip in reading.skips:
            page.paragraph(f"{skip.source}: {skip.reason}", indent=2, hang=4)
    for note in reading.notes:
        page.paragraph(note, indent=2, hang=4)
    if reading.rejected:
        page.line()
        page.paragraph(
            f"{_counted(len(reading.rejected), 'proposal')} did not pass the gate; -o json has the reasons", style="dim"
        )
