# SPDX-License-Identifier: Apache-2.0
"""Options that verbs share: each once, each also as an environment variable."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from msgspec.structs import replace

from debar import dates
from debar.cli import configured
from debar.errors import UsageError, did_you_mean
from debar.obligations.organisation import DEFAULT, organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.cli.configured import Value
    from debar.model.measures import Organisation
    from debar.obligations.question import Question

ASKED = "--asked"
"""Given to a verb alone, this very text, to be told which options it has instead of having anything done."""
_UNSAID = object()
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})
_PASSWORD = re.compile(r"(://[^/@\s:]*:)[^/@\s]*(@)")
"""The password in the address of a database."""


class Origin(NamedTuple):
    """Where the value of an option comes from."""

    kind: str
    """option, environment, project, file or default."""
    where: str = ""
    """The option as it is written, the variable, or file and line."""


class AskedError(Exception):
    """Somebody only asked which options a verb has."""

    def __init__(self, parser: Parser) -> None:
        """Take what knows them."""
        super().__init__("nothing is done")
        self.parser = parser


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks through UsageError, and reads DEBAR_* and configuration files for every option."""

    def __init__(self, verb: str, description: str, epilog: str = "", *, heeds_files: bool = True) -> None:
        """Take the verb, what it does, and examples."""
        super().__init__(
            prog=f"debar {verb}",
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self._verb, self._heeds_files = verb.split(maxsplit=1)[0], heeds_files

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing and leaving."""
        raise UsageError(message, hint=f"{self.prog} --help explains every option")

    def parse(self, arguments: list[str]) -> argparse.Namespace:
        """Give the options: from the command line, else from the environment, else from files, else the defaults.

        `named` in the result tells, by option, what a complaint about its value should call it, and `origins` where
        its value comes from.
        """
        if arguments and arguments[-1] is ASKED:
            raise AskedError(self)
        actions = self.options()
        # Of what may be given several times no value is said by default anyway.
        unsaid = {action.dest: _UNSAID for action in actions if not isinstance(action, argparse._AppendAction)}  # noqa: SLF001 - argparse has no public name for it
        options = argparse.Namespace(named={}, origins={}, **unsaid)
        self.parse_intermixed_args(arguments, options)  # options may stand between arguments
        files = configured.settings(self._verb, [action.dest for action in actions]) if self._heeds_files else {}
        for action in actions:
            _settle(action, options, files.get(action.dest))
        return options

    def options(self) -> list[argparse.Action]:
        """Give the options, but for --help."""
        return [action for action in self._actions if action.option_strings and action.dest != "help"]

    def want_nothing(self) -> None:
        """Let every argument that is no option be left out, for whoever asks only about options."""
        for action in self._actions:
            if not action.option_strings:
                action.nargs, action.required, action.choices = "*", False, None


def _settle(action: argparse.Action, options: argparse.Namespace, value: Value | None) -> None:
    """Settle the value of one option: said on the command line, else in the environment, else in a file."""
    dest, flag, name = action.dest, action.option_strings[-1], f"DEBAR_{action.dest.upper()}"
    text = os.environ.get(name, "")
    options.named[dest] = flag
    if getattr(options, dest) not in (_UNSAID, None):
        options.origins[dest] = Origin("option", flag)
    elif text:
        options.named[dest] = name
        texts = text.split(",") if isinstance(action, argparse._AppendAction) else [text]  # noqa: SLF001
        setattr(options, dest, value_of(action, name, texts))
        options.origins[dest] = Origin("environment", name)
    elif value:
        options.named[dest] = f"{value.where}: {dest}"
        setattr(options, dest, value_of(action, options.named[dest], value.texts))
        options.origins[dest] = Origin("project" if value.is_of_project else "file", value.where)
    else:
        setattr(options, dest, action.default)
        options.origins[dest] = Origin("default")


def value_of(action: argparse.Action, name: str, texts: Sequence[str]) -> object:
    """Give what a variable or a file says as the value of an option."""
    text = texts[0]
    if isinstance(action, argparse._StoreTrueAction):  # noqa: SLF001
        if text.lower() not in _TRUE | _FALSE:
            raise UsageError(f"{name}: {text!r} is neither true nor false", hint="write 1 or 0")
        return text.lower() in _TRUE
    for value in texts if action.choices else ():
        check_word(value, action.choices or (), name)
    if isinstance(action, argparse._AppendAction):  # noqa: SLF001
        return [Path(value) for value in texts] if action.type is Path else [*texts]
    return Path(text) if action.type is Path else text


def told(options: argparse.Namespace) -> tuple[str, ...]:
    """Give what files of the project settled, in words: it came with the files, and the report says so."""
    return tuple(
        f"{origin.where} of the project sets {dest} = {said(getattr(options, dest))}"
        for dest, origin in sorted(options.origins.items())
        if origin.kind == "project"
    )


def said(value: object) -> str:
    """Give the value of an option as it would be written; a password in an address is left out."""
    if isinstance(value, list | tuple):
        return ", ".join(map(said, value))
    text = str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
    return _PASSWORD.sub(r"\1***\2", text)


def check_word(word: str, known: Iterable[str], what: str) -> str:
    """Give the word when it is known; UsageError with the nearest one otherwise."""
    names = list(known)
    if word not in names:
        raise UsageError(f"{what}: {word!r} is not known{did_you_mean(word, names)}", hint=f"known: {', '.join(names)}")
    return word


def add_question_options(parser: argparse.ArgumentParser) -> None:
    """Add who asks, about which day, with whose knowledge."""
    group = parser.add_argument_group("who asks, and about when")
    group.add_argument(
        "--as",
        dest="as",
        metavar="ORG",
        default=None,
        help="organisation: us/company, us/reseller+integrator, us/federal-agency ... or a YAML file"
        f" (default: {DEFAULT})",
    )
    group.add_argument(
        "--fact",
        metavar="NAME=ANSWER",
        action="append",
        default=None,
        help="answer one of the questions of debar register facts; may be given several times",
    )
    group.add_argument(
        "--on",
        metavar="WHEN",
        default=None,
        help="2024-07-19 (its last instant where the authority sits) or 2024-07-20T03:30Z (default: now, to the quarter of an hour)",
    )
    group.add_argument(
        "--known-on",
        metavar="WHEN",
        default=None,
        help="leave out what the public could not know then (default: nothing is left out)",
    )


def add_output_options(parser: argparse.ArgumentParser, formats: Sequence[str] = ("terminal", "json")) -> None:
    """Add where the answer goes and in which form; the first format is the default."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "-o",
        "--output",
        metavar="FORMAT[=FILE]",
        action="append",
        default=None,
        help=f"{formats[0]} (default) or {', '.join(formats[1:])}, to standard output or to a file;"
        " may be given several times",
    )
    group.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="default: auto; NO_COLOR is honoured"
    )


def question(options: argparse.Namespace) -> Question:
    """Give the question that the options ask; UsageError for a date that is none."""
    from debar.obligations.question import Question

    return Question(
        organisation=_organisation(options),
        as_of=when(options, "on") or dates.now(),
        known_on=when(options, "known_on"),
        is_default=getattr(options, "as") is None,
    )


def _organisation(options: argparse.Namespace) -> Organisation:
    try:
        found = organisation(getattr(options, "as") or DEFAULT)
    except UsageError as e:
        raise UsageError(f"{options.named['as']}: {e.message}", hint=e.hint) from e
    return replace(found, facts=found.facts | _facts(options)) if options.fact else found


def _facts(options: argparse.Namespace) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in options.fact:
        name, equals, answer = text.partition("=")
        if not name or not equals or not answer:
            hint = "write --fact NAME=ANSWER; debar register facts lists every name with its answers"
            raise UsageError(f"{options.named['fact']}: {text!r} is no answer to a question", hint=hint)
        if found.setdefault(name, answer) != answer:
            raise UsageError(f"{options.named['fact']}: {name} has two answers", hint="give each fact once")
    return found


def when(options: argparse.Namespace, option: str) -> str:
    """Give the day or instant that an option holds, or nothing; UsageError for what is neither."""
    text = getattr(options, option)
    if not text:
        return ""
    try:
        when = dates.parse(text)
        return text if not isinstance(when, datetime) else dates.stamp(when)
    except (ValueError, OverflowError) as e:
        hint = "write 2024-07-19, or an instant with its zone: 2024-07-20T03:30Z"
        raise UsageError(f"{options.named[option]}: {e}", hint=hint) from e


def refuse_question(options: argparse.Namespace) -> None:
    """Raise UsageError for a question on the command line beside a report that has answered its own."""
    for option in ("as", "fact", "on", "known_on"):
        if getattr(options, option) and options.named[option].startswith("-"):
            raise UsageError(
                f"{options.named[option]}: a report has its own question", hint="name its sources to ask another one"
            )


def is_coloured(options: argparse.Namespace) -> bool:
    """Tell whether to colour what goes to standard output."""
    if options.color != "auto":
        return bool(options.color == "always")
    return not os.environ.get("NO_COLOR") and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
