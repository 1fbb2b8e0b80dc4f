# SPDX-License-Identifier: Apache-2.0
"""The one natural way of a paper: read, examined, told with its siblings, drafted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from debar import workers
from debar.identity import stable_id
from debar.intake import files
from debar.intake.acts import guessing
from debar.intake.examined import Examined
from debar.intake.mentions import names
from debar.intake.stories import grouping, telling
from debar.intake.stories.telling import Told
from debar.model.intake import Reading, Story, Unexplained
from debar.model.inventory import Skip
from debar.model.vocab.statements import DateRole, Precision
from debar.release import VERSION
from debar.watched import UNWATCHED, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from debar.intake.mentions.names import Gazetteer
    from debar.intake.stories.grouping import Group
    from debar.register import Register

SCHEMA = 1
_FEW = 8
"""Papers below which copies of this process cost more than they save."""
_TOLD = msgspec.msgpack.Decoder(tuple[Story, tuple[Examined, ...]])


def read_files(
    sources: Sequence[str], register: Register, watch: Watch = UNWATCHED, kept: dict[str, files.Answer] | None = None
) -> Reading:
    """Give what the papers in files and folders say; SourceError when none of them is there.

    `kept` holds what became of files in an earlier reading, and afterwards what became of those that are there now.

    1. Files become papers, each examined by itself; what cannot be read becomes a skip.
    2. Papers that tell of one measure are put together, and each group tells its story.
    """
    gazetteer = names.gazetteer(register, register.lexicon)
    examined, skips = files.examined(sources, gazetteer, watch, kept)  # 1.
    kept_once, notes = _once(examined)
    return _reading(_told(kept_once, gazetteer, register, is_shared=True), register, skips, notes)  # 2.


def read(contents: Iterable[tuple[str, bytes]], register: Register) -> Reading:
    """Give the same of contents that are at hand, each with the name by which it is called."""
    gazetteer = names.gazetteer(register, register.lexicon)
    examined: list[Examined] = []
    skips: list[Skip] = []
    for path, content in contents:
        answer = files.answered(path, content, gazetteer)
        examined += answer.examined
        if answer.fault:
            skips.append(Skip(source=path, locator="", reason=answer.fault))
    kept_once, notes = _once(examined)
    return _reading(_told(kept_once, gazetteer, register), register, skips, notes)


def _once(examined: Iterable[Examined]) -> tuple[list[Examined], tuple[str, ...]]:
    """Give papers each once, and what is said of others: files of one name and content are one paper; some hold too much."""
    found: dict[str, Examined] = {}
    notes = []
    for one in examined:
        if one.paper.id in found:
            notes.append(f"{one.paper.path}: the same file as {found[one.paper.id].paper.path}, and read once")
        else:
            found[one.paper.id] = one
            if len(one.seen.dates) > guessing.MOST:
                notes.append(
                    f"{one.paper.path}: has {len(one.seen.dates):,} dates, of which the last are read by rules alone"
                )
    return list(found.values()), tuple(notes)


def _told(
    examined: Sequence[Examined], gazetteer: Gazetteer, register: Register, *, is_shared: bool = False
) -> list[Told]:
    """Tell the story of each group, each by a copy of this process if shared.

    Those of one supplier and jurisdiction are counted from the earliest paper on.
    """
    groups = sorted(grouping.groups(examined, gazetteer), key=_begun)
    counts: Counter[tuple[str, str]] = Counter()
    ordinals = []
    for group in groups:
        key = (group.supplier, group.jurisdiction)
        ordinals.append(counts[key])
        counts[key] += 1

    def tell(number: int) -> Told:
        return telling.tell(groups[number], gazetteer, register, ordinals[number])

    count = min(workers.processors(), len(groups))
    if not is_shared or len(examined) < _FEW or count < 2 or not workers.can_work():
        return [tell(number) for number in range(len(groups))]
    return _by_copies(tell, len(groups), count)


def _by_copies(tell: Callable[[int], Told], stories: int, count: int) -> list[Told]:
    """Give what is told of each group, by copies of this process that know the groups already."""
    team = workers.Workers(lambda question: msgspec.msgpack.encode(tell(int(question))), count)
    try:
        answers = team.answers((number, b"%d" % number) for number in range(stories))
        # What a copy died over is told here.
        return [tell(number) if answer is None else Told(*_TOLD.decode(answer)) for number, answer in answers]
    finally:
        team.close()


def _begun(group: Group) -> tuple[str, str]:
    """Give the first day on which a paper of a group was out, and a name for those out on one day."""
    days = [one.paper.published.value or one.paper.published.earliest for one in group.papers]
    return min((day for day in days if day), default="9999"), min(one.paper.path for one in group.papers)


def _reading(told: Sequence[Told], register: Register, skips: Sequence[Skip], notes: tuple[str, ...]) -> Reading:
    """Put the parts together: papers in the order of their names, stories in that of their first paper."""
    every = sorted((one for story in told for one in story.papers), key=lambda one: (one.paper.path, one.paper.id))
    place = {one.paper.id: number for number, one in enumerate(every)}
    return Reading(
        schema=SCHEMA,
        debar=VERSION,
        register=register.version,
        sha256=register.sha256,
        documents=tuple(one.paper for one in every),
        facts=tuple(statement for one in every for statement in one.statements),
        unexplained_dates=tuple(date for one in every for date in unexplained(one)),
        stories=tuple(
            sorted((one.story for one in told), key=lambda story: min(place[id_] for id_ in story.documents))
        ),
        rejected=tuple(one for paper in every for one in paper.rejected),
        skips=tuple(skips),
        notes=notes,
    )


def unexplained(one: Examined) -> tuple[Unexplained, ...]:
    """Give the dates of a paper that belong to none of its statements; how long something lasted is no date."""
    taken = {statement.date.span for statement in one.statements if statement.date}
    text = one.paper.text
    return tuple(
        Unexplained(
            document=one.paper.id,
            value=date.value,
            span=date.span,
            text=text[date.span.start : date.span.end],
            hint=_hint(date.value, one.paper.published.earliest),
            id=stable_id("date", one.paper.id, str(date.span.start), str(date.span.end)),
        )
        for date in one.seen.dates
        if date.span not in taken and not (date.precision is Precision.DURATION and date.role is DateRole.ON)
    )


def _hint(value: str, published: str) -> str:
    """Give what a date may be that lies more than a year before its paper; a guess for a person, and no more."""
    if not published or not value[:4].isdigit() or value >= f"{int(published[:4]) - 1:04}{published[4:]}"[: len(value)]:
        return ""
    return "more than a year before the paper: history, most likely"
