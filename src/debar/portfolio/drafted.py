# SPDX-License-Identifier: Apache-2.0
"""Stories that papers tell, and the drafts in them: looked through line by line, and accepted by a person as a whole.

Every choice is kept, with who made it; a later one about the same line takes the place of an earlier one. What is accepted
goes to the additions as a draft: no paper makes law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import ConflictError, NotThereError, UsageError
from debar.model.deeds import StoryItem, StoryRow, StoryTold
from debar.model.intake import Chosen, Passage
from debar.model.vocab.portfolio import Permission
from debar.model.vocab.statements import Choice
from debar.portfolio import additions, names, paging, papers
from debar.portfolio.register_of import register_of, texts
from debar.portfolio.tables import CHOSEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.drafts.reviewing import Choices, Item
    from debar.model.intake import Reading, Story
    from debar.model.portfolio import Page
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

_OF_DATES = (Choice.NOT_A_FACT, Choice.OTHER_MEASURE, Choice.REJECT)
_OF_HEAD = (Choice.ACCEPT, Choice.EDIT, Choice.REJECT)


def listed(estate: Estate, *, page_token: str = "", page_size: int = paging.USUAL) -> Page[StoryRow]:
    """Give the stories of the papers, in the order of their first papers."""
    found = list(rows(estate))
    wanted = paging.asked(("stories",), "", page_token, page_size)
    return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda row: row.id)


def rows(estate: Estate) -> Iterator[StoryRow]:
    """Yield every story."""
    read = papers.read(estate)
    if read.reading is None:
        return
    with estate.reading() as connection:
        chosen, added = _newest(connection), texts(connection)
    for story in read.reading.stories:
        yield _row(read.reading, story, chosen, frozenset(added))


def one(estate: Estate, story: str) -> StoryTold:
    """Give one story with everything that somebody has to look at; NotThereError for none."""
    reading, found, is_current = _story(estate, story)
    from debar.intake.drafts import reviewing

    with estate.reading() as connection:
        every, added = _choices(connection, story), texts(connection)
        chosen = _newest(connection)
    facts = {fact.id: fact for fact in reading.facts}
    own = frozenset(found.documents)
    return StoryTold(
        row=_row(reading, found, chosen, frozenset(added)),
        story=found,
        papers=tuple(paper for paper in reading.documents if paper.id in own),
        facts=tuple(facts[id_] for id_ in (*found.facts, *found.others) if id_ in facts),
        items=tuple(_item(item, reading, chosen) for item in reviewing.items(reading, found)),
        history=every,
        is_current=is_current,
    )


def choose(estate: Estate, story: str, line: str, choice: Choice, *, value: str = "", reason: str = "") -> Chosen:
    """Keep what somebody chose for a line of a draft, or for a date; UsageError for what cannot be chosen there."""
    estate.needs(Permission.WORK)
    from debar.intake.drafts import reviewing

    reading, found, _ = _story(estate, story)
    item = next((one for one in reviewing.items(reading, found) if one.id == line), None)
    if item is None:
        raise NotThereError("the story has no such line", hint="the papers were read anew: look at it again")
    value, reason = names.text(value, "a value"), names.text(reason, "a reason")
    if fault := reviewing.fault(item, choice, value) or reviewing.reason_fault(reason):
        raise UsageError(fault, hint=item.text)
    made = Chosen(
        story=story, line=line, choice=choice, by=estate.caller.name, at=dates.present(), value=value, reason=reason
    )
    with estate.writing() as connection:
        seq = (connection.execute(sa.select(sa.func.max(CHOSEN.c.seq))).scalar() or 0) + 1
        body = msgspec.json.encode(made).decode()
        row = {"seq": seq, "story": story, "by": estate.caller.id, "at": made.at, "body": body}
        connection.execute(sa.insert(CHOSEN), row)
        said = {"line": line, "choice": choice.value, "value": value, "reason": reason, "text": item.text}
        estate.log(connection, "draft.chosen", story, said)
    return made


def accept(portfolio: Portfolio, estate: Estate, story: str) -> str:
    """Write the measure that a person has put together from a story, and give its path; it stays a draft.

    Raises UsageError while something is open, and with every fault that the register finds; ConflictError where such a
    measure is there already, and where the papers are being read anew.
    """
    estate.needs(Permission.ADMINISTER)
    from debar.intake.drafts import accepting

    reading, found, is_current = _story(estate, story)
    if not is_current:
        raise ConflictError("the papers are being read anew", hint="wait until that is done, and look at it again")
    with estate.reading() as connection:
        chosen = _newest(connection)
    files = accepting.files(reading, found, chosen, register_of(estate), dates.present()[:10])
    additions.put(portfolio, estate, {file.path: file.text for file in files}, is_new=True)
    with estate.writing() as connection:
        estate.log(connection, "draft.accepted", story, {"files": [file.path for file in files]})
    return files[-1].path


def _story(estate: Estate, story: str) -> tuple[Reading, Story, bool]:
    read = papers.read(estate)
    found = next((one for one in read.reading.stories if one.id == story), None) if read.reading else None
    if read.reading is None or found is None:
        raise NotThereError("there is no such story", hint="the papers were read anew: look at the list again")
    return read.reading, found, read.is_current


def _row(reading: Reading, story: Story, chosen: Choices, added: frozenset[str]) -> StoryRow:
    from debar.intake.drafts import reviewing

    items = reviewing.items(reading, story)
    path = next((p for p in sorted(added) if story.draft and p.endswith(f"/{story.draft.id}.yaml")), "")
    return StoryRow(
        id=story.id,
        title=story.title,
        supplier=story.supplier,
        jurisdiction=story.jurisdiction,
        measure=story.measure,
        documents=len(story.documents),
        facts=len(story.facts),
        conflicts=len(story.conflicts),
        lines=len(items),
        left=len(reviewing.left(items, chosen)),
        has_draft=story.draft is not None,
        accepted=path,
    )


def _item(item: Item, reading: Reading, chosen: Choices) -> StoryItem:
    return StoryItem(
        id=item.id,
        text=item.text,
        value=item.value,
        line=item.line,
        date=item.date,
        passages=_passages(item, reading),
        choices=tuple(map(str, _open(item))),
        chosen=chosen.get((item.story, item.id)),
    )


def _open(item: Item) -> Sequence[Choice]:
    """Give what can be chosen for something."""
    if item.line is None:
        return _OF_DATES
    can = tuple(Choice) if item.line.path.startswith("provisions") else _OF_HEAD
    return can if item.value else tuple(one for one in can if one is not Choice.ACCEPT)


def _passages(item: Item, reading: Reading) -> tuple[Passage, ...]:
    """Give where papers say what a line says."""
    if item.date:
        return (Passage(document=item.date.document, start=item.date.span.start, end=item.date.span.end),)
    if item.line is None:
        return ()
    meant = frozenset(item.line.facts)
    said = (
        Passage(document=fact.document, start=fact.span.start, end=fact.span.end)
        for fact in reading.facts
        if fact.id in meant
    )
    return tuple(dict.fromkeys((*said, *item.line.passages)))


def _choices(connection: sa.Connection, story: str) -> tuple[Chosen, ...]:
    query = sa.select(CHOSEN.c.body).where(CHOSEN.c.story == story).order_by(CHOSEN.c.seq)
    return tuple(msgspec.json.decode(body, type=Chosen) for body in connection.execute(query).scalars())


def _newest(connection: sa.Connection) -> Choices:
    """Give the choice that holds for each line of each story: the last."""
    rows = connection.execute(sa.select(CHOSEN.c.body).order_by(CHOSEN.c.seq)).scalars()
    every = (msgspec.json.decode(body, type=Chosen) for body in rows)
    return {(one.story, one.line): one for one in every}
