# SPDX-License-Identifier: Apache-2.0
"""The figures as tables for people: debar's beside those of its peers, with the goals."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.names.corpus import Corpus
    from quality.names.measure import Measured
    from quality.names.rates import Figure

TITLES = {
    "suppliers": "supplier cases against the parties they name",
    "register": "supplier cases against the register",
    "retrieval": "altered names against real lists",
    "alerts": "real suppliers, at the shipped threshold",
    "pairs": "public pairs, as legal entities (strict)",
}
_WIDTH = 68
_FOLD = "fold"
"""In the keys of figures that were measured in folds."""


def write(measured: Sequence[Measured], corpus: Corpus, out: IO[str], *, brief: bool = False) -> None:
    """Write a table for each part that was measured; if brief, only figures that have a goal."""
    out.write(f"\nnames of suppliers: corpus {corpus.name}")
    out.write(f"; not measured for want of {', '.join(corpus.missing)}\n" if corpus.missing else "\n")
    for part, title in TITLES.items():
        every = [row for row in _rows(measured) if row.key.startswith(f"{part}.")]
        rows = [row for row in every if _FOLD not in row.key and (row.goal is not None or not brief)]
        if rows:
            _table(title, rows, measured, out)
        folds = [row for row in every if _FOLD in row.key]
        if folds and not brief:
            _folds(folds, out)


def _rows(measured: Sequence[Measured]) -> Iterator[Figure]:
    """Yield every figure once, in the order in which the first system to have it has it."""
    seen = set()
    for one in measured:
        for figure in one.figures:
            if figure.key not in seen:
                seen.add(figure.key)
                yield figure


def _table(title: str, rows: Sequence[Figure], measured: Sequence[Measured], out: IO[str]) -> None:
    out.write(f"\n{title:<{_WIDTH}}" + "".join(f"{one.system.name:>11}" for one in measured) + f"{'goal':>10}\n")
    for row in rows:
        out.write(f"{row.text[: _WIDTH - 2]:<{_WIDTH}}")
        for one in measured:
            value = next((figure.value for figure in one.figures if figure.key == row.key), None)
            out.write(f"{'-' if value is None else _number(value):>11}")
        own = next((figure for figure in measured[0].figures if figure.key == row.key), row)
        out.write(f"{_goal(own)}\n")


def _folds(rows: Sequence[Figure], out: IO[str]) -> None:
    """Write a line for each fold; each is judged by the threshold that the others choose."""
    lines: dict[str, dict[str, float]] = {}
    for row in rows:
        fold, _, what = row.text.partition(": ")
        lines.setdefault(fold, {})[what] = row.value
    heads = list(dict.fromkeys(what for line in lines.values() for what in line))
    out.write(f"\n{'  in folds':<24}" + "".join(f"{head:>36}" for head in heads) + "\n")
    for fold, line in lines.items():
        cells = (_number(line[head]) if head in line else "-" for head in heads)
        out.write(f"  {fold:<22}" + "".join(f"{cell:>36}" for cell in cells) + "\n")


def _goal(figure: Figure) -> str:
    if figure.goal is None:
        return ""
    said = f"{'<=' if figure.is_most else '>='} {figure.goal:g}"
    return f"{said:>10}" + ("" if figure.is_reached else "  short of it")


def _number(value: float) -> str:
    return f"{value:.3f}" if value < 1 or value != int(value) else f"{value:.0f}"


def alerts(measured: Measured, known: dict[tuple[str, str], str], out: IO[str]) -> None:
    """Write every real supplier that is taken for a party of the register, and what explains it."""
    for name, hit in measured.alerts:
        why = known.get((name, hit.party), "UNEXPLAINED")
        out.write(f"alert: {name} -> {hit.party} {hit.relation} {hit.score:.3f} ({hit.listed}): {why}\n")


def remarks(measured: Measured, out: IO[str]) -> None:
    """Write each case that was missed or wrongly flagged."""
    out.writelines(f"{remark}\n" for remark in measured.remarks)
