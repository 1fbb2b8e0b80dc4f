# SPDX-License-Identifier: Apache-2.0
"""`debar read` over the papers on which its rules were made: papers a second, memory, and what a hostile paper costs.

Papers lie side by side in one folder, pages, mails and texts, as somebody saves them; what the command needs to start is
taken off. A hostile paper is a megabyte of one thing that reading works on; hostile folders hold thousands of papers.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import ROOT, Cost, Options, child, debar, environment, goal, table, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    "speakers": "SMITH: Yes.\n",
    "phases": "the second phase from June 20, ",
    "duties": "must not sell Kaspersky by ",
    "sayings": "said ",
    "suppliers": "Kaspersky ",
}
_FOLDERS = {
    "alike": lambda _: "Kaspersky sales are banned from July 20, 2024, the Commerce Department said.\n",
    "unlike": lambda n: f"Notice {n}. Item {n * 7919} of {n % 28 + 1} March {2000 + n % 25} is withdrawn.\n",
}
"""A paper of a folder by its number."""
_MANY = 10_000
PAPERS, SECONDS, MEMORY = 50.0, 20.0, 500.0
"""Goals: papers a second, of any size; seconds for a hostile megabyte; megabytes of memory for either."""


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
        for name, written in _FOLDERS.items():
            cost = _read(_filled(Path(folder, name), written))
            goal(f"{_MANY:,} small papers, {name} (s)", cost.wall, at_most=_MANY / PAPERS)
            goal(f"{_MANY:,} small papers, {name} (MB)", cost.peak, at_most=MEMORY)


def _gathered(sources: Iterable[Path], into: Path) -> list[Path]:
    """Copy papers into one folder, each under a name of its own."""
    into.mkdir()
    found = sorted(file for source in sources for file in source.rglob("*") if file.suffix in _FORMS and file.is_file())
    return [Path(shutil.copy(file, into / f"{number:04}{file.suffix}")) for number, file in enumerate(found)]


def _filled(folder: Path, written: Callable[[int], str]) -> Path:
    """Make a folder of many small papers."""
    folder.mkdir()
    for number in range(_MANY):
        (folder / f"{number:05}.txt").write_text(written(number), encoding="utf-8")
    return folder


def _bytes(papers: Iterable[Path]) -> int:
    return sum(paper.stat().st_size for paper in papers)


def _read(place: Path) -> Cost:
    return child([debar(), "read", str(place), "--quiet", "-o", "json"], environment(), allowed=(0, 3))
