# SPDX-License-Identifier: Apache-2.0
"""Exposures with their evidence as columns of JSON, small enough for a page that holds a hundred thousand of them.

Whatever is said many times stands once in a list, and the columns hold places in it. Nothing in the text can
end the element that it stands in.
"""

from __future__ import annotations

from array import array
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from debar.text import printable
from debar.writers.outline.found import product, what
from debar.writers.terminal import LEVELS, decision_in_words, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.results import Exposure, Match, Report
    from debar.writers.outline import Outline
    from debar.writers.outline.law import Law
    from debar.writers.outline.reasons import Reason

MATCHES = 60
"""Of one exposure; a person reads no more, and the JSON report has them all."""
_AT_ONCE = 8192
_ESCAPES = (
    (b"<", rb"\u003c"),
    (b">", rb"\u003e"),
    (b"&", rb"\u0026"),
    ("\u2028".encode(), rb"\u2028"),
    ("\u2029".encode(), rb"\u2029"),
)
"""What could end a script element or begin a comment in it, or end a line for a script."""

_PLURALS = {"party": "parties"}
Pool = dict[str, int]
"""Texts with their places."""


def columns(report: Report, outline: Outline) -> Iterator[str]:
    """Yield the data of a page: first the lists, then the columns, in pieces."""
    yield '{"law":' + encoded(_law(outline.law))
    yield ',"tasks":' + encoded([(task.force, task.when, task.action) for task in outline.tasks])
    yield ',"sources":' + encoded([(printable(source.path), source.sha256) for source in report.sources])
    yield ',"indicators":' + encoded([
        (printable(id_), brief.grade, printable(brief.falsepositives), [printable(r) for r in brief.references])
        for id_, brief in report.indicators.items()
    ])  # fmt: skip
    yield ',"id":'
    yield from _texts(printable(exposure.id) for exposure in report.exposures)
    yield from _exposures(report, outline)
    yield from _matches(report)
    yield ',"locator":'
    yield from _texts(printable(m.locator) for e in report.exposures for m in islice(e.matches, MATCHES))
    yield "}"


def encoded(value: object) -> str:
    """Give a value as JSON that may stand in an element of a page."""
    text = msgspec.json.encode(value)
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text.decode("utf-8")


def _texts(texts: Iterable[str]) -> Iterator[str]:
    """Yield a long list of texts, some at a time."""
    found = iter(texts)
    before = "["
    while many := list(islice(found, _AT_ONCE)):
        yield before + encoded(many)[1:-1]
        before = ","
    yield "[]" if before == "[" else "]"


def _numbers(name: str, column: array[int]) -> Iterator[str]:
    yield f',"{name}":['
    for begin in range(0, len(column), _AT_ONCE):
        yield ("," if begin else "") + ",".join(map(str, column[begin : begin + _AT_ONCE]))
    yield "]"


def _pool(name: str, pool: Pool) -> Iterator[str]:
    yield f',"{name}":'
    yield from _texts(map(printable, pool))


def _exposures(report: Report, outline: Outline) -> Iterator[str]:
    """Yield what each exposure is: the texts, and for each a column of places."""
    pools: dict[str, Pool] = {name: {"": 0} for name in ("asset", "party", "thing", "means", "sure", "day", "more")}
    places = {name: array("L") for name in (*pools, "last", "group", "level")}
    for exposure in report.exposures:
        told = {
            "asset": exposure.asset,
            "party": report.names.get(exposure.party, exposure.party),
            "thing": product(report, exposure),
            "means": what(exposure),
            "sure": f"{LEVELS[exposure.level]}, {percent(exposure.confidence)}",
            "day": exposure.first_seen[:10],
            "more": _more(report, exposure),
        }
        for name, text in told.items():
            places[name].append(pools[name].setdefault(text, len(pools[name])))
        places["last"].append(pools["day"].setdefault(exposure.last_seen[:10], len(pools["day"])))
        places["group"].append(outline.law.of[exposure.id])
        places["level"].append(exposure.level)
    for name, pool in pools.items():
        yield from _pool(_PLURALS.get(name, f"{name}s"), pool)
    for name, column in places.items():
        yield from _numbers(name, column)
    yield from _duties(report, outline)


def _duties(report: Report, outline: Outline) -> Iterator[str]:
    """Yield the sets of tasks that some exposure has, and the set of each exposure."""
    place = {task.id: at for at, task in enumerate(outline.tasks)}
    sets: dict[tuple[int, ...], int] = {(): 0}
    known: list[tuple[int, ...]] = [()]
    of: dict[str, int] = {}
    for obligation in sorted(report.obligations, key=lambda obligation: place[obligation.id]):
        for id_ in obligation.exposures:
            longer = (*known[of.get(id_, 0)], place[obligation.id])
            if (found := sets.setdefault(longer, len(sets))) == len(known):
                known.append(longer)
            of[id_] = found
    yield ',"duties":' + encoded(list(sets))
    yield from _numbers("duty", array("L", (of.get(exposure.id, 0) for exposure in report.exposures)))


def _more(report: Report, exposure: Exposure) -> str:
    """Give what else is to be known of an exposure, a line for each thing."""
    lines = [f"{said.kind}: {said.text} ({said.grade})" for said in report.brands.get(exposure.party, ())]
    lines += exposure.identity.ties
    if exposure.identity.host:
        lines.append(f"inside {exposure.identity.host}")
    if exposure.decision:
        lines.append(decision_in_words(exposure.decision))
    return "\n".join(printable(line) for line in lines)


def _matches(report: Report) -> Iterator[str]:
    """Yield what was matched, and for each match its place among that, its source and how often it was seen."""
    indicators = {id_: at for at, id_ in enumerate(report.indicators)}
    sources = {source.id: at for at, source in enumerate(report.sources)}
    shapes: dict[tuple[object, ...], int] = {}
    shape, source, times, shown, others = (array("L") for _ in range(5))
    for exposure in report.exposures:
        shown.append(min(len(exposure.matches), MATCHES))
        others.append(len(exposure.matches) - shown[-1])
        for match in islice(exposure.matches, MATCHES):
            shape.append(shapes.setdefault(_key(match), len(shapes)))
            # 0 is a source that is not in the report's list.
            source.append(sources.get(match.source, -1) + 1)
            times.append(match.count + match.others)
    yield ',"shapes":['
    for at, key in enumerate(shapes):
        indicator, kind, value, label, against, confidence, technique = key
        row = (
            indicators.get(str(indicator), -1),
            kind,
            printable(str(value)),
            printable(_apart(str(label), str(value))),
        )
        sure = percent(confidence) if isinstance(confidence, float) else ""
        yield ("," if at else "") + encoded((*row, printable(str(against)), sure, technique))
    yield "]"
    for name, column in {"shape": shape, "source": source, "times": times, "shown": shown, "others": others}.items():
        yield from _numbers(name, column)


def _key(match: Match) -> tuple[object, ...]:
    observable = match.observable
    return (
        match.indicator,
        observable.kind,
        observable.value,
        match.label,
        match.against,
        match.confidence,
        match.technique,
    )


def _apart(label: str, value: str) -> str:
    """Give what a thing calls itself, where that is not what was matched anyway."""
    return "" if label.casefold() in value.casefold() else label


def _law(law: Law) -> dict[str, object]:
    cites = {measure.id: measure.cite for measure in law.measures}
    return {
        "reasons": [_reason(reason, cites[reason.measure]) for reason in law.reasons],
        "groups": [
            (
                group.status,
                group.changes,
                [(", ".join(one.acts), one.status, one.text, one.reasons) for one in group.standings],
                group.others,
            )
            for group in law.groups
        ],
    }


def _reason(reason: Reason, cite: str) -> tuple[object, ...]:
    passages = [(p.citation, p.quote, p.publisher, p.grade, p.url) for p in reason.passages]
    what = (cite, reason.provision, reason.status, ", ".join(reason.acts), reason.span, reason.text)
    return (*what, reason.remarks, reason.questions, reason.doubts, reason.support, passages)
