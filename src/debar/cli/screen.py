# SPDX-License-Identifier: Apache-2.0
"""`debar screen`: names, one or a million, against the parties of the register or of another list."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec import structs

from debar.cli import dismissing, output, owning, register_options, screening_options
from debar.cli import options as shared
from debar.cli.screening_options import DEFAULT, FORMATS, LEVELS, REGISTER
from debar.errors import SourceError, UsageError
from debar.model.vocab.names import NameRelation

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.decisions.dismissed import Dismissed
    from debar.model.screened import Screening
    from debar.screen.index import NameIndex
    from debar.watched import Watch
    from debar.writers import Style

_OF_SCANS = frozenset({"prohibited", "required", "at-risk", "undetermined"})
"""What somebody may always want scans to fail on."""
_ORDER = tuple(NameRelation)
_ENDINGS = """.csv .tsv .tab .txt .xlsx .xlsm .xls .parquet .pq .json .jsonl .ndjson .arrow .feather .orc .gz .zst .bz2 .xz
    .zip .pdf .docx .ods .xml .html .yaml .yml""".split()  # noqa: SIM905 - one line is enough for them
"""What the names of files end with; a company that is called so is asked for with --name."""


def run(arguments: list[str]) -> int:
    """Screen names, or keep that hits were dismissed; write every output and give the exit code."""
    options = screening_options.parser().parse(arguments)
    # What a scan fails on, or is strict about, is another matter: of those two only the command line counts.
    options.strict = options.strict and "--strict" in arguments
    if not options.named["fail_on"].startswith("-") and options.fail_on in _OF_SCANS:
        options.fail_on = None
    level = shared.check_word(options.fail_on or DEFAULT, LEVELS, options.named["fail_on"])
    targets = output.targets(options, FORMATS)
    threshold, day = _threshold(options), shared.when(options, "on")[:10] or datetime.now(UTC).date().isoformat()
    shared.when(options, "until")  # a day that is none is told, also where nothing is dismissed
    if options.dismiss:
        return dismissing.dismiss(options, _index(options), threshold, day, targets)
    names, files = _parted(options)
    rules, index = owning.rules(options), _index(options)
    owners = owning.owners(options, index, rules) if rules or options.blocked else None
    dismissed = dismissing.dismissed(options, index.kept.name, day)
    answer, is_whole = _answered(options, index, dismissed, (names, files), (day, threshold))
    if owners:
        answer = owning.with_owners(answer, owners, index, day)
    answer = structs.replace(answer, notes=(*shared.told(options), *answer.notes))
    output.write(targets, options, lambda form, out, style: _write(answer, form, out, style))
    return exit_code(answer, level) if is_whole else 3


def exit_code(answer: Screening, level: str) -> int:
    """Give 1 when there is a hit in a relation at least as sure as the level, else 0."""
    if level == "none":
        return 0
    counts = _ORDER if level == "any" else _ORDER[: _ORDER.index(NameRelation(level)) + 1]
    return int(any(hit.relation in counts for one in answer.names for hit in one.hits))


def _threshold(options: argparse.Namespace) -> float:
    from debar.screen.screening import THRESHOLD

    if not options.threshold:
        return THRESHOLD
    try:
        found = float(options.threshold)
    except ValueError:
        found = -1.0
    if not 0 < found <= 1:
        raise UsageError(
            f"{options.named['threshold']}: {options.threshold!r} is no score",
            hint=f"above 0, up to 1; the default is {THRESHOLD:g}",
        )
    return found


def _parted(options: argparse.Namespace) -> tuple[list[str], list[str]]:
    """Give the names and the files among the arguments; UsageError where there is neither."""
    words = options.names
    if not words and sys.stdin.isatty():
        raise UsageError("nothing to screen", hint="name a file or a company, or pipe names in")
    if options.name:
        files: list[str] = []
    else:
        files = [word for word in words or ["-"] if word == "-" or _is_file(word)]
    names = [word for word in words if word not in files]
    if any(not name.strip() for name in names):
        raise UsageError("an empty text is no name", hint="name a file or a company; was a variable not set?")
    return names, files


def _is_file(word: str) -> bool:
    """Tell whether an argument is a file, there or not, and no name."""
    try:
        if os.path.lexists(word):
            return not os.path.isdir(word) or os.sep in word  # noqa: PTH112 - a name with a NUL inside raises
        above = os.path.dirname(word)  # noqa: PTH120
        is_path = above.startswith((".", os.sep, "~")) or (bool(above) and os.path.isdir(above))  # noqa: PTH112
    except ValueError:
        return False
    return is_path or os.path.splitext(word)[1].lower() in _ENDINGS  # noqa: PTH122


def _index(options: argparse.Namespace) -> NameIndex:
    from debar.screened import lists

    if options.list == REGISTER:
        return lists.of_register(register_options.register(options))
    return lists.of_file(Path(options.list))


def _answered(
    options: argparse.Namespace,
    index: NameIndex,
    dismissed: Dismissed | None,
    words: tuple[Sequence[str], Sequence[str]],
    asked: tuple[str, float],
) -> tuple[Screening, bool]:
    """Give the answer on names and files, and whether all of these were read."""
    from debar.screened.distinct import Distinct
    from debar.screened.joined import Asked, screening

    (names, files), (day, threshold) = words, asked
    found, how = Distinct(), Asked(day, threshold, options.strict)
    for name in names:
        found.name(name)
    if not files:
        return screening(index, found, how, dismissed), True
    from debar.cli.scanning import followed  # for files only: loading what it takes is slower than a name
    from debar.screened import files as reading

    notes: list[str] = []
    register = register_options.register(options) if options.list == REGISTER else None
    layouts = register.layouts if register else ()

    def screened(watch: Watch) -> tuple[Screening, int]:
        read = reading.read(files, found, options.column or "", layouts, stdin=sys.stdin.buffer, watch=watch)
        notes.extend(read.notes)
        if not found.names and read.faults:
            raise read.faults[0]
        if not found.names:
            raise SourceError("no name was in what was read", hint="nothing is said of an empty list; was it cut off?")
        notes.extend(f"not read: {reading.said(fault)}" for fault in read.faults)
        return screening(index, found, how, dismissed, notes=notes, check=watch.check), len(read.faults)

    (answer, faults), is_over = followed(options, screened)
    return answer, is_over and not faults


def _write(answer: Screening, form: str, out: IO[str], style: Style) -> None:
    from debar.writers import json, screened, screened_table

    if form == "json":
        json.write_document(answer, out, style)
    else:
        {"terminal": screened, "csv": screened_table}[form].write(answer, out, style)
