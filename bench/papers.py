# SPDX-License-Identifier: Apache-2.0
"""`debar read` over the papers on which its rules were made: papers a second, memory, and what a hostile paper costs.

Papers lie side by side in one folder, pages, mails and texts, as somebody saves them; what the command needs to start is
taken off. A hostile paper is a megabyte of one thing that reading works on.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import ROOT, Cost, Options, child, debar, environment, goal, table, title

if TYPE_CHECKING:
    from collections.abc import Iterable

ROUNDS = 3
_PAPERS = ROOT / "quality" / "intake" / "tuned"
_FORMS = (".txt", ".html", ".eml", ".xml", ".pdf")
_MEGABYTE = 1_000_000
_HOSTILE = {
    "days": "June 20 ",
    "lines of days": "June 20\n",
    "short lines": "ab c\n",
    "acts": "ban use ",
    "statements": "Kaspersky sales are banned from July 20, the Commerce Department said on Thursday.\n\n",
    "brackets": "(a) ",
    "quotation marks": '"',
    "digits": "1",
    "tags": "<p>a ",
}
PAPERS, SECONDS, MEMORY = 50.0, 20.0, 500.0
"""Goals: papers a second, seconds for a hostile megabyte, megabytes of memory for either."""


def run(options: Options) -> None:
    """Read all papers and one of them in turns, then each hostile one."""
    rounds = options.rounds or ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        papers = _gathered(options.files or (_PAPERS,), Path(folder, "papers"))
        title("papers", f"{len(papers)} notices, articles and mails, {_bytes(papers):,} bytes", rounds)
        costs = [(_read(Path(folder, "papers")), _read(papers[0])) for _ in range(rounds)]
        rates = [len(papers) / (every.wall - one.wall) for every, one in costs]
        table("", {"papers a second": rates, "the command for one (s)": [one.wall for _, one in costs]})
        goal("papers a second", sorted(rates)[rounds // 2], at_least=PAPERS)
        goal("peak memory (MB)", max(every.peak for every, _ in costs), at_most=MEMORY)
        for name, repeated in _HOSTILE.items():
            file = Path(folder, "hostile.txt")
            file.write_text(repeated * (_MEGABYTE // len(repeated)), encoding="utf-8")
            cost = _read(file)
            goal(f"a megabyte of {name} (s)", cost.wall, at_most=SECONDS)
            goal(f"a megabyte of {name} (MB)", cost.peak, at_most=MEMORY)


def _gathered(sources: Iterable[Path], into: Path) -> list[Path]:
    """Copy papers into one folder, each under a name of its own."""
    into.mkdir()
    found = sorted(file for source in sources for file in source.rglob("*") if file.suffix in _FORMS and file.is_file())
    return [Path(shutil.copy(file, into / f"{number:04}{file.suffix}")) for number, file in enumerate(found)]


def _bytes(papers: Iterable[Path]) -> int:
    return sum(paper.stat().st_size for paper in papers)


def _read(place: Path) -> Cost:
    return child([debar(), "read", str(place), "--quiet", "-o", "json"], environment(), allowed=(0, 3))
