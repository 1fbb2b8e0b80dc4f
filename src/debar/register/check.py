# SPDX-License-Identifier: Apache-2.0
"""Whether a register holds together; every fault is found, with its file and line, before anything is said.

1. shape      every file is exactly its struct, every id is its file's name and stands once   (reading)
2. names      ids have the form of ids and name one thing, every reference resolves           (names)
3. sources    every provision is cited, every quote stands in the stored text, no fact is
              graded better than its best source, no document lies unused                     (sources)
4. dates      they are dates, times have a zone, intervals are in order, nothing was known
              before the act of the authority                                                  (times)
5. rules      no act is both forbidden and allowed, what restates is the same rule, an
              instrument does what it can, exemptions exempt what is in, questions are
              questions, deadlines can be counted                  (measures, provisions, contradictions)
6. parties    ties lead to parties and listings to lists, holidays recur, patterns compile,
              levels follow grades, forms are demanded, no removal waits for itself, words of the
              lexicon prove themselves
                   (parties, calendars, indicators, logs, forms, protection, lexicon)
7. across     no circle of successors, no fact asked in two ways, no name of two parties       (across)
8. freshness  a review that is long overdue                                                   (measures)
9. cases      examples of indicators and of logs and worked cases need the matching and the procedure:
              `pipeline.check` adds them
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from debar.register import folders, phrases, reading
from debar.register.checks import across, names, sources
from debar.register.checks.calendars import authority_faults, calendar_faults
from debar.register.checks.faults import Fault
from debar.register.checks.forms import form_faults
from debar.register.checks.indicators import embedding_faults, indicator_faults, layout_faults
from debar.register.checks.lexicon import act_faults, clutter_faults, language_faults, outlet_faults, words_faults
from debar.register.checks.logs import field_layout_faults, line_layout_faults
from debar.register.checks.measures import freshness, measure_faults
from debar.register.checks.parties import party_faults
from debar.register.checks.protection import protector_faults, removal_faults, state_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from debar.model.lexicon import Lexicon
    from debar.register import Register
    from debar.register.reading import Reading

T = TypeVar("T")
Found = tuple[str, str, Fault]
"""Part and id of a noun, and a fault of it."""


def faults(directory: Path, today: date, added: Sequence[Path] = ()) -> tuple[Register, list[str]]:
    """Give the register and each fault of it as "file:line: what"; `today` decides what is overdue."""
    read = reading.reading(directory, added)
    stored, unread = sources.texts(read.folders)
    measures = read.register.measures.values()
    overdue = (("measures", measure.id, fault) for measure in measures for fault in freshness(measure, today))
    found = chain(_every(read, stored), overdue)
    return read.register, [*read.faults, *unread, *_taken(read), *_placed(read, found)]


def added(read: Reading) -> list[str]:
    """Give the faults of what was added to a register, without those that come with time."""
    stored, unread = sources.texts(read.folders[1:])
    shipped, _ = sources.texts(read.folders[:1])
    every = _every(read, shipped | stored)
    ours = ((part, id_, fault) for part, id_, fault in every if read.places.of(part, id_).folder in read.folders[1:])
    return [*unread, *_taken(read), *_placed(read, ours)]


def _placed(read: Reading, found: Iterable[Found]) -> Iterator[str]:
    """Yield faults with file and line; not those of references to what could not be read, which are no faults yet."""
    for part, id_, fault in found:
        if fault.missing not in read.unread:
            yield read.places.fault(read.places.of(part, id_), fault.at, fault.said)


def _taken(read: Reading) -> Iterator[str]:
    """Yield a fault for each id that names things of two parts: `debar register show` could show but one."""
    for id_, places in read.places.by_id().items():
        first, *others = sorted(places, key=lambda place: read.folders.index(place.folder))
        for place in others:
            other = f"{first.name}:{read.places.line(first, ('id',))}"
            yield read.places.fault(place, ("id",), f"id {id_!r} is taken by {other}")


def _added_last(read: Reading) -> Register:
    """Give a register in which what was added comes after the rest: where two disagree, the addition is at fault."""

    def ordered(part: str, nouns: dict[str, T]) -> dict[str, T]:
        return dict(sorted(nouns.items(), key=lambda noun: read.folders.index(read.places.of(part, noun[0]).folder)))

    register = read.register
    measures, parties = ordered("measures", register.measures), ordered("parties", register.parties)
    return structs.replace(register, measures=measures, parties=parties)


def _every(read: Reading, stored: dict[str, str]) -> Iterator[Found]:
    """Yield the faults of every noun."""
    register = _added_last(read)
    provisions = {f"{m.id}#{p.id}": p for m in register.measures.values() for p in m.provisions}
    # What a file that could not be read rests on is not known.
    rested_on = frozenset(register.documents) if read.unread else across.rested_on(register)
    for a in register.authorities.values():
        yield from _of("authorities", a.id, authority_faults(a, register))
    for c in register.calendars.values():
        yield from _of("calendars", c.id, calendar_faults(c, register, stored))
    for d in register.documents.values():
        yield from _of("documents", d.id, sources.document_faults(d, stored, rested_on))
    for m in register.measures.values():
        yield from _of("measures", m.id, measure_faults(m, register, stored, provisions))
    for p in register.parties.values():
        yield from _of("parties", p.id, party_faults(p, register, stored))
    for f in register.forms.values():
        yield from _of("forms", f.id, form_faults(f, register, stored))
    for i in register.indicators:
        yield from _of("indicators", i.id, indicator_faults(i, register))
    for e in register.embeddings:
        yield from _of("embeddings", e.id, embedding_faults(e, register))
    for layout in register.layouts:
        yield from _of("layouts", layout.id, layout_faults(layout))
    for line in register.log_layouts.lines:
        yield from _of(folders.LINES, line.id, line_layout_faults(line))
    for field in register.log_layouts.fields:
        yield from _of(folders.FIELDS, field.id, field_layout_faults(field))
    yield from _of_protection(register)
    yield from _of_lexicon(register.lexicon)
    for found in (across.circles(register), across.restated_circles(register), across.facts(register)):
        yield from (("measures", id_, fault) for id_, fault in found)
    yield from (("parties", id_, fault) for id_, fault in across.shared_names(register))


def _of_protection(register: Register) -> Iterator[Found]:
    for protector in register.protectors:
        yield from _of("protection", protector.id, protector_faults(protector, register))
    for state in register.state_fields:
        yield from _of(folders.STATES, state.id, state_faults(state, register))
    for removal in register.removals:
        yield from _of(folders.REMOVALS, removal.id, removal_faults(removal, register))


def _of_lexicon(lexicon: Lexicon) -> Iterator[Found]:
    lists = phrases.lists(lexicon.words)
    acts, clutter, languages, outlets, words = folders.LEXICON
    for act in lexicon.acts:
        yield from _of(acts, act.id, act_faults(act, lists))
    for line in lexicon.clutter:
        yield from _of(clutter, line.id, clutter_faults(line, lists))
    for language in lexicon.languages:
        yield from _of(languages, language.id, language_faults(language))
    for outlet in lexicon.outlets:
        yield from _of(outlets, outlet.id, outlet_faults(outlet))
    for one in lexicon.words:
        yield from _of(words, one.id, words_faults(one))


def _of(part: str, id_: str, found: Iterable[Fault]) -> Iterator[Found]:
    yield from ((part, id_, fault) for fault in chain(names.form(id_), found))
