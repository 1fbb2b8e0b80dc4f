# SPDX-License-Identifier: Apache-2.0
"""What each page of the service costs whoever looks at it, in headless Chromium, against budgets in the manner of Lighthouse.

A visit with an empty cache on a narrow screen, with a processor that is made four times as slow, over loopback. The portfolio is that
of `make demo-web`; --files DIR keeps it there.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.measure import ROOT, Options, goal, title

ROUNDS = 3
SLOWER = 4
_KILO = 1000
_SIZES = ("html", "css", "js")


class Budget(NamedTuple):
    """What no page may exceed."""

    html: float = 100 * _KILO
    css: float = 10 * _KILO
    js: float = 60 * _KILO
    requests: float = 6
    elements: float = 1500
    fcp: float = 1800
    lcp: float = 2500
    tbt: float = 200
    cls: float = 0.1


HEADS = {"html": "HTML kB", "css": "CSS kB", "js": "JS kB", "requests": "requests", "elements": "elements",
         "fcp": "FCP ms", "lcp": "LCP ms", "tbt": "TBT ms", "cls": "CLS"}  # fmt: skip
"""Sizes as gzip would send them; first and largest contentful paint, total blocking time, and cumulative layout shift."""


def run(options: Options) -> None:
    """Look at every page, and print what it cost."""
    sys.path.insert(0, str(ROOT / "examples" / "service"))
    pictures = importlib.import_module("pictures")

    rounds = options.rounds or ROUNDS
    title("pages", f"each page with an empty cache, 390 wide, a processor {SLOWER} times as slow", rounds)
    with tempfile.TemporaryDirectory() as place:
        folder = options.files[0] if options.files else Path(place)
        try:
            with pictures.shown(folder) as service:
                told = {**service._asdict(), "rounds": rounds, "slower": SLOWER}
                figures = json.loads(pictures.browsed(ROOT / "bench" / "pages.cjs", told))
        except FileNotFoundError as e:
            print(f"pages: left out; {e}")
            return
    _table(figures)


def _table(figures: dict[str, list[dict[str, float]]]) -> None:
    """Print a line for each page, and whether the largest of all keeps within the budget."""
    middle = {
        name: {head: statistics.median(visit[head] for visit in visits) for head in HEADS} for name, visits in figures.items()
    }  # fmt: skip
    print(f"| | {' | '.join(HEADS.values())} |\n|---|{'---|' * len(HEADS)}")
    for name, visit in middle.items():
        print(f"| {name} | {' | '.join(_cell(head, visit[head]) for head in HEADS)} |")
    for head, most in Budget()._asdict().items():
        scale = _KILO if head in _SIZES else 1
        goal(f"{HEADS[head]}, the largest", max(visit[head] for visit in middle.values()) / scale, at_most=most / scale)


def _cell(head: str, value: float) -> str:
    if head in _SIZES:
        return f"{value / _KILO:.1f}"
    return f"{value:.2f}" if head == "cls" else f"{value:.0f}"
