# SPDX-License-Identifier: Apache-2.0
"""`debar register search`: measures, provisions and parties by words."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar import dates
from debar.cli import options as shared
from debar.cli import output, register_options
from debar.errors import UsageError, did_you_mean
from debar.model.measures import Organisation
from debar.model.results import Program
from debar.release import SCHEMA, VERSION
from debar.writers.layout import Page

if TYPE_CHECKING:
    from debar.register import Register
    from debar.register.search import Hit
    from debar.writers import Style

_EPILOG = """\
examples:
  debar register search updates                   everything that speaks of updates
  debar register search kaspersky resale          all words must occur
  debar register search 华为                      names of any script

A word is found at the beginning of another one; case and accents make no difference."""
_SHOWN = 20


def run(arguments: list[str]) -> int:
    """Search."""
    from debar.register.search import search, words_of

    parser = shared.Parser("register search", "Find measures, provisions and parties by words.", _EPILOG)
    parser.add_argument("words", metavar="WORD", nargs="+", help="all must occur, in any order")
    shared.add_output_options(parser)
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options)
    words = words_of(" ".join(options.words))
    if not words:
        raise UsageError(f"{' '.join(options.words)!r} has no word in it", hint="debar register list shows everything")
    register = register_options.register(options)
    hits = search(register, words)
    hint = "" if hits else _hint(register, words)
    output.write(targets, options, lambda form, out, style: _write(register, words, hits, hint, form, out, style))
    return 0


def _hint(register: Register, words: list[str]) -> str:
    """Give what may have been meant, or which words do occur, when nothing has all of them."""
    from debar.register.search import search, vocabulary

    counts = {word: len(search(register, [word])) for word in words}
    known = vocabulary(register) if 0 in counts.values() else []
    said = [
        f"{word!r} occurs {f'in {count}' if count else f'nowhere{did_you_mean(word, known)}'}"
        for word, count in counts.items()
    ]
    return "; ".join(said)


def _write(
    register: Register, words: list[str], hits: list[Hit], hint: str, form: str, out: IO[str], style: Style
) -> None:
    if form == "json":
        from debar.obligations.brief import release_of
        from debar.obligations.question import Question
        from debar.writers import json

        nobody = Organisation(name="", jurisdictions=(), kinds=())
        document = {
            "schema": SCHEMA,
            "program": Program(name="debar", version=VERSION),
            "register": release_of(register, Question(organisation=nobody, as_of=dates.now(), known_on="")),
            "words": words,
            "hits": hits,
            "hint": hint or None,
        }
        json.write_document(document, out, style)
        return
    page = Page(out, style)
    page.heading("Found", f"{len(hits)}, register {register.version}")
    if hint:
        page.paragraph(f"Nothing has all of these words: {hint}")
    for hit in hits[:_SHOWN]:
        _hit(page, hit)
    if (more := len(hits) - _SHOWN) > 0:
        page.line()
        page.paragraph(f"and {more} more; -o json has them all, more words leave fewer", style="dim")


def _hit(page: Page, hit: Hit) -> None:
    page.line()
    page.line(f"{hit.id}  ({hit.kind})", style="bold")
    page.paragraph(hit.title, indent=4, hang=1)
    for place in hit.places:
        if place.field not in ("id", "name", "title", "text"):
            page.paragraph(f"{place.field}: {place.context}", indent=4, hang=1, style="dim")
