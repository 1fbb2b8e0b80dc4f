# SPDX-License-Identifier: Apache-2.0
"""`python -m quality.intake.pages DIR`: the main text of web pages, as a public benchmark measures it.

DIR is a checkout of the article extraction benchmark of Scrapinghub, which is not part of the project: `ground-truth.json` gives
the text of each page, `html/` the pages, compressed. A folder of pages in `html/` and of their texts in `txt/`, as the source
distribution of newspaper4k has them below tests/data, is measured likewise. Without DIR, it is the pages of the tuned set.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.intake.papers import papers
from debar.register import load
from quality.intake import corpus as sets
from quality.intake.located import locate
from quality.intake.shingles import mean, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.intake import Paper
    from debar.model.lexicon import Lexicon

REGISTER = Path(__file__).parents[2] / "register"
TRUTH = "ground-truth.json"
GOAL = 0.955
PAGES = (".html", ".htm")


def main() -> int:
    """Print precision, recall and F1; give 1 when the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m quality.intake.pages", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the benchmark; default: the tuned set")
    folder = parser.parse_args().folder
    lexicon = load.load(REGISTER).lexicon
    start = perf_counter()
    found = list(_given(folder, lexicon) if folder else _own(lexicon))
    seconds = perf_counter() - start
    precision, recall, f1 = mean([overlap(true, told) for true, told in found])
    print(f"{len(found)} pages: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} (goal {GOAL})")
    print(f"{1000 * seconds / max(len(found), 1):.0f} ms a page")
    return int(f1 < GOAL)


def _given(folder: Path, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield for each page of a folder its text and what was taken for it, by the form that the folder has."""
    return _pairs(folder, lexicon) if (folder / "txt").is_dir() else _benchmark(folder, lexicon)


def _pairs(folder: Path, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield for each text of a folder the text, and what was taken for it in the page of that name."""
    for text in sorted((folder / "txt").glob("*.txt")):
        page = folder / "html" / f"{text.stem}.html"
        if page.exists():
            yield text.read_text(encoding="utf-8"), _main(papers(page.name, page.read_bytes(), lexicon))


def _benchmark(folder: Path, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield for each page of the benchmark its text and what was taken for it."""
    try:
        truth = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        message = f"{folder / TRUTH} cannot be read: {fault}"
        raise SourceError(message, hint="give a checkout of the article extraction benchmark") from fault
    for key in sorted(truth):
        content = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        yield truth[key].get("articleBody", ""), _main(papers(f"{key}.html", content, lexicon))


def _own(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the same of the pages that the project wrote itself."""
    corpus = sets.read(sets.TUNED)
    gold = {f"{story.story}/{paper.file}": paper for story in corpus.stories for paper in story.documents}
    for name, content in sets.contents(corpus):
        if name.endswith(PAGES):
            read = papers(name, content, lexicon)
            spans = locate(gold[name], read[0].text).main
            yield " ".join(read[0].text[span.start : span.end] for span in spans), _main(read)


def _main(read: tuple[Paper, ...]) -> str:
    return " ".join(paper.text[start:end] for paper in read for start, end in paper.main)


if __name__ == "__main__":
    sys.exit(main())
