# SPDX-License-Identifier: Apache-2.0
"""`debar screen`: names, one or a million, against the parties of the register or of another list."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from debar.cli import dismissing, output, register_options
from debar.cli import options as shared
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

FORMATS = ("terminal", "json", "csv")
REGISTER = "register"
"""What --list calls the parties of the register."""
LEVELS = ("same", "affiliate", "ownership", "similar", "any", "none")
_DEFAULT = "ownership"
_OF_SCANS = frozenset({"prohibited", "required", "at-risk", "undetermined"})
"""What somebody may always want scans to fail on."""
_ORDER = tuple(NameRelation)
_ENDINGS = """.csv .tsv .tab .txt .xlsx .xlsm .xls .parquet .pq .json .jsonl .ndjson .arrow .feather .orc .gz .zst .bz2 .xz
    .zip .pdf .docx .ods .xml .html .yaml .yml""".split()  # noqa: SIM905 - one line is enough for them
"""What the names of files end with; a company that is called so is asked for with --name."""
_EPILOG = f"""\
NAMES is a file with a column of names - a ledger, a vendor master, a plain list; CSV, workbook, Parquet, Arrow, ORC or
JSON -, - for standard input, or a name itself. Each distinct name is looked at once, and joined back to its rows.

A name stands in one of these relations to a party:
  same        the name, or a number, of the party itself
  affiliate   it carries the brand beside words of its own: of the group as it seems, and no proof of it
  ownership   the name of another party, to which this one is tied; with the tie, its dates and its source
  similar     spelled alike: somebody has to look
  different   alike, and known to be somebody else

--dismiss NAME=PARTY keeps that somebody looked and found another company; it holds while the list says the same of the
party. Dismissals stand in {dismissing.USUAL}, or in the file that --dismissed names.

exit status: 0 no hit at the threshold, and everything was read; 1 a hit at the threshold; 2 wrong usage; 3 something
could not be read, or there was nothing to read; 4 the register or the program is at fault.

examples:
  debar screen 'Hikvision Europe B.V.'
  debar screen ledger.csv --column Payee -o csv=hits.csv -o terminal
  debar screen vendors.xlsx --list sdn.csv --fail-on similar
  debar screen 'Dahua Bank' --dismiss 'Dahua Bank=dahua' --reason 'a bank in Taiwan' --by 'A. Meyer'"""


def run(arguments: list[str]) -> int:
    """Screen names, or keep that hits were dismissed; write every output and give the exit code."""
    options = _parser().parse(arguments)
    # What a scan fails on, or is strict about, is another matter: of those two only the command line counts.
    options.strict = options.strict and "--strict" in arguments
    if not options.named["fail_on"].startswith("-") and options.fail_on in _OF_SCANS:
        options.fail_on = None
    level = shared.check_word(options.fail_on or _DEFAULT, LEVELS, options.named["fail_on"])
    targets = output.targets(options, FORMATS)
    threshold, day = _threshold(options), shared.when(options, "on")[:10] or datetime.now(UTC).date().isoformat()
    shared.when(options, "until")  # a day that is none is told, also where nothing is dismissed
    if options.dismiss:
        return dismissing.dismiss(options, _index(options), threshold, day, targets)
    names, files = _parted(options)
    index = _index(options)
    dismissed = dismissing.dismissed(options, index.kept.name, day)
    answer, is_whole = _answered(options, index, dismissed, (names, files), (day, threshold))
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
            hint=f"0.5 to 1; the default is {THRESHOLD:g}",
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
    from debar.cli.scan import followed  # for files only: loading what it takes is slower than a name
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


def _parser() -> shared.Parser:
    parser = shared.Parser(
        "screen", "Say whom names of suppliers mean: the same party, its brand, its owner, or another.", _EPILOG
    )
    parser.add_argument(
        "names",
        metavar="NAMES",
        nargs="*",
        help="files of names, - for standard input, or names; without one, standard input",
    )
    group = parser.add_argument_group("names")
    group.add_argument("--name", action="store_true", help="every argument is a name, whatever it looks like")
    group.add_argument(
        "--column",
        metavar="HEADER",
        default=None,
        help="column of the names, by its header or its number (default: told from headers and cells)",
    )
    _add_screening_options(parser.add_argument_group("screening"))
    dismissing.add_options(parser.add_argument_group("dismissing"))
    shared.add_output_options(parser, FORMATS)
    register_options.add_register_option(parser, heeds_indicators=False)
    parser.set_defaults(indicators=None)
    return parser


def _add_screening_options(group: argparse._ArgumentGroup) -> None:
    """Add against what names are screened, and what counts as a hit."""
    group.add_argument(
        "--list",
        metavar="FILE",
        default=REGISTER,
        help="list of parties: OFAC, CSL, UK, EU, FollowTheMoney, or any table of names (default: register, its parties)",
    )
    group.add_argument(
        "--threshold",
        metavar="SCORE",
        default=None,
        help="score from which a hit is told, 0 to 1 (default: the one that was measured)",
    )
    group.add_argument(
        "--strict", action="store_true", help="the same company only: another one of its group is no hit"
    )
    group.add_argument(
        "--on", metavar="DAY", default=None, help="day on which ties and dismissals are looked up (default: today)"
    )
    group.add_argument(
        "--fail-on",
        metavar="RELATION",
        default=None,
        help=f"exit 1 at a hit in this relation or a surer one: {', '.join(LEVELS)} (default: {_DEFAULT})",
    )
    group.add_argument(
        "--progress",
        choices=("auto", "plain", "json", "none"),
        default="auto",
        help="how far the reading of files is, on standard error",
    )
    group.add_argument("--quiet", action="store_true", help="no progress and no notes on standard error")
