# SPDX-License-Identifier: Apache-2.0
"""`debar config`: what is set, for all verbs or as one of them takes it, and where it comes from."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from debar.cli import VERBS, configured, output
from debar.cli import options as shared
from debar.cli.keys import EACH_TIME, KEYS, Form
from debar.cli.register import WORDS
from debar.errors import UsageError, did_you_mean
from debar.release import SCHEMA
from debar.writers.layout import Page

if TYPE_CHECKING:
    from debar.cli.configured import File
    from debar.writers import Style

_SILENT = frozenset({"config", "version"})
"""Verbs that nobody sets anything for."""
_OTHERS = frozenset({configured.VARIABLE, "DEBAR_TRACEBACK"})
"""Variables that stand for no option."""
_EPILOG = """\
An option stands on the command line, else in the environment as DEBAR_NAME, else in a file, else it has its default.
Of files the nearest wins, key by key: debar.toml or .debar.toml in the current folder and above it up to the root of
its Git repository; then debar/config.toml in $XDG_CONFIG_HOME or ~/.config. DEBAR_CONFIG names the only one to use.

exit status: 0 it was told, or the file has no fault; 2 wrong usage, or a fault of a file.

examples:
  debar config                                 every file that counts, and what is set
  debar config scan                            each option of debar scan with its value, and where that comes from
  debar config scan -- --fail-on none          the same with something on the command line
  debar config --check debar.toml              every key of a file, for every verb"""


class Setting(NamedTuple):
    """The value of an option, or of a key that a file sets."""

    verb: str
    """Empty for one that stands above all tables of a file."""
    key: str
    value: list[str] | str | bool | None
    origin: str
    where: str


def run(arguments: list[str]) -> int:
    """Tell what is set, or check a file."""
    own, words = _parted(arguments)
    options = _parser().parse(own)
    targets = output.targets(options)
    if options.check:
        files = _to_check(options.verb)
        for file in files:
            _check(file)
        found = _of_files(files)
    else:
        files = configured.files()
        found = _of_verb(options.verb, words) if options.verb else [*_of_environment(), *_of_files(files)]
    output.write(targets, options, lambda form, out, style: _write(found, files, form, out, style))
    return 0


def _parted(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Give what is said to this verb, and behind -- what would be said to the one that is asked about."""
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def _parser() -> shared.Parser:
    parser = shared.Parser("config", "Say what is set, and where it comes from.", _EPILOG, heeds_files=False)
    parser.add_argument(
        "verb", metavar="VERB", nargs="*", help="a verb, such as scan, or register list; with --check: a file"
    )
    parser.add_argument("--check", action="store_true", help="check a file for all verbs, and list what it sets")
    shared.add_output_options(parser)
    return parser


def _of_verb(words: list[str], arguments: list[str]) -> list[Setting]:
    """Give each option of a verb with the value that it has, behind these arguments."""
    parser = _parser_of(words)
    parser.want_nothing()
    options = parser.parse(arguments)
    return [
        Setting(" ".join(words), action.dest, _plain(getattr(options, action.dest)), *options.origins[action.dest])
        for action in parser.options()
    ]


def _parser_of(words: list[str]) -> shared.Parser:
    """Give what knows the options of a verb: the verb itself is asked, and stops before it does anything."""
    verb, *rest = words
    known = [one.name for one in VERBS if one.name not in _SILENT]
    shared.check_word(verb, known, "debar config")
    if verb == "register":
        shared.check_word(rest[0] if rest else "", [word.name for word in WORDS], "debar config register")
    try:
        import_module(f"debar.cli.{verb}").run([*rest, shared.ASKED])
    except shared.AskedError as e:
        return e.parser
    raise UsageError(f"debar {' '.join(words)} has no options")


def _of_environment() -> list[Setting]:
    """Give what is set in the environment, which comes before every file."""
    return [
        Setting("", key, _plain(text), "environment", name)
        for key in sorted({*KEYS, *EACH_TIME})
        if (text := os.environ.get(name := f"DEBAR_{key.upper()}", ""))
    ]


def _strange() -> list[str]:
    """Give variables that look like options and are none: a slip there says nothing by itself."""
    known = {f"DEBAR_{key.upper()}" for key in (*KEYS, *EACH_TIME)} | _OTHERS
    return sorted(name for name in os.environ if name.startswith("DEBAR_") and name not in known)


def _of_files(files: list[File]) -> list[Setting]:
    """Give what files set, each key and table as the nearest has it."""
    found: dict[tuple[str, str], Setting] = {}
    for file in files:
        for table, values in configured.read(file).items():
            for key, value in values.items():
                held = _held(KEYS[key].form, value.texts)
                origin = "project" if value.is_of_project else "file"
                found.setdefault((table, key), Setting(table, key, _plain(held), origin, value.where))
    return sorted(found.values(), key=lambda one: (one.verb, one.key))


def _held(form: Form, texts: tuple[str, ...]) -> list[str] | str | bool:
    """Give what a file sets, in the form of its key."""
    if form is Form.SWITCH:
        return texts[0] == "1"
    return [*texts] if form in (Form.TEXTS, Form.PATHS) else texts[0]


def _plain(value: Any) -> list[str] | str | bool | None:  # noqa: ANN401 - whatever an option holds
    """Give the value of an option as JSON has it, without passwords."""
    if value is None or isinstance(value, bool):
        return value
    return [shared.said(one) for one in value] if isinstance(value, list) else shared.said(value)


def _to_check(names: list[str]) -> list[File]:
    """Give the files that are to be checked: those that are named, else all that count."""
    return [configured.named(Path(name)) for name in names] or configured.files()


def _check(file: File) -> None:
    """Raise UsageError for any fault of a file: its keys, its tables, and words that a verb does not take."""
    for table, values in configured.read(file).items():
        verbs = _tables(table) if values else []
        options = [{action.dest: action for action in _parser_of(words).options()} for words in verbs]
        if table:
            configured.expect_options(table, values, {key for known in options for key in known})
        for known in options:
            for key, value in values.items():
                if key in known:
                    shared.value_of(known[key], f"{value.where}: {key}", value.texts)


def _tables(table: str) -> list[list[str]]:
    """Give the verbs, each with its word, that a table is about."""
    every = [[verb.name] for verb in VERBS if verb.name not in _SILENT | {"register"}]
    every += [["register", word.name] for word in WORDS]
    return [words for words in every if table in ("", words[0])]


def _write(found: list[Setting], files: list[File], form: str, out: IO[str], style: Style) -> None:
    told = [
        {"path": configured.shown(file), "kind": file.place.value, "is_there": file.path.exists()} for file in files
    ]
    if form == "json":
        from debar.writers import json

        settings = [one._asdict() for one in found]
        document = {"schema": SCHEMA, "files": told, "settings": settings, "unknown_variables": _strange()}
        json.write_document(document, out, style)
        return
    page = Page(out, style)
    page.heading("Files", "the nearest first" if told else "none")
    for file in told:
        page.line(f"{file['kind']:<9}{file['path']}{'' if file['is_there'] else ' (not there)'}")
    page.heading("Set", "" if found else "nothing")
    is_one = len({one.verb for one in found}) == 1
    names = [one.key if is_one or not one.verb else f"[{one.verb}] {one.key}" for one in found]
    width = max(map(len, names), default=0) + 2
    for name, one in zip(names, found, strict=True):
        origin = f"{one.origin} {one.where}".strip()
        page.paragraph(f"{name:<{width}}{shared.said(one.value) or '-'}  ({origin})", hang=width)
    for name in _strange():
        page.line()
        page.paragraph(
            f"{name} is no option{did_you_mean(name, (f'DEBAR_{key.upper()}' for key in KEYS))}", style="red"
        )
