# SPDX-License-Identifier: Apache-2.0
"""`debar watch`: what is new in a folder of saved notices and news."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output, progress_options, register_options
from debar.errors import UsageError
from debar.model.intake import Watched
from debar.release import VERSION
from debar.writers import json

if TYPE_CHECKING:
    from debar.model.intake import Reading
    from debar.watched import Watch
    from debar.writers import Style

FORMATS = ("terminal", "json")
_EPILOG = """\
DIR is a folder into which notices, articles and feeds are saved. New and changed files are read; what is new in each
story is told: statements, lines of the draft, conflicts, dates that nobody has explained. What was seen is kept in a
file, and only once the answer is written, so that nothing new goes by untold.

exit status: 0 nothing is new; 1 something is; 2 wrong usage; 3 a paper could not be read; 4 the register or the
program is at fault.

examples:
  debar watch notices/
  debar watch notices/ --state /var/lib/debar/notices.msgpack -o json || mail -s 'new notices' team"""


def run(arguments: list[str]) -> int:
    """Tell what is new, keep what was seen, and give the exit code."""
    options = _parser().parse(arguments)
    from debar.cli.scanning import followed  # help loads none of it
    from debar.intake import reading, watching

    targets = output.targets(options, FORMATS)
    folder: Path = options.folder
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder", hint="name a folder of saved papers")
    place: Path = options.state or folder / watching.USUAL
    register = register_options.register(options)
    before = watching.load(place, watching.made_by(VERSION, register.sha256))
    answers = dict(before.answers)

    def look(watch: Watch) -> Reading:
        return reading.read_files([str(folder)], register, watch, answers)

    found, is_whole = followed(options, look)
    now = watching.state(found, answers, str(folder))
    told = Watched(
        schema=reading.SCHEMA,
        debar=VERSION,
        register=register.version,
        is_first=not before.made_by,
        changes=watching.changes(before, now),
        skips=found.skips,
    )
    output.write(targets, options, lambda form, out, style: _write(told, form, out, style))
    if not is_whole:
        return 3
    _keep(place, watching.encoded(now))
    return 3 if found.skips else int(bool(told.changes))


def _parser() -> shared.Parser:
    found = shared.Parser("watch", "Say what is new in a folder of notices and news.", _EPILOG)
    found.add_argument("folder", metavar="DIR", type=Path, help="folder of saved papers")
    found.add_argument(
        "--state", metavar="FILE", type=Path, default=None, help="where what was seen is kept (default: in the folder)"
    )
    progress_options.add_progress_options(found)
    shared.add_output_options(found, FORMATS)
    register_options.add_register_option(found, heeds_indicators=False)
    found.set_defaults(indicators=None)
    return found


def _write(told: Watched, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document(told, out, style)
    else:
        from debar.writers.intake import watched

        watched.write(told, out, style)


def _keep(place: Path, content: bytes) -> None:
    """Keep the state; UsageError where that cannot be done."""
    from debar.intake import watching

    try:
        watching.keep(place, content)
    except OSError as e:
        raise UsageError(f"{place}: {e.strerror}", hint="name a file that can be written, with --state") from e
