# SPDX-License-Identifier: Apache-2.0
"""Options that verbs share: each once, each also as an environment variable."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from msgspec.structs import replace

from debar import dates
from debar.cli import config
from debar.errors import UsageError, did_you_mean
from debar.obligations.organisation import DEFAULT, organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.inventory import Layout
    from debar.model.measures import Organisation, Party
    from debar.obligations.question import Question
    from debar.register import Register

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks through UsageError, and reads DEBAR_* and the configuration file for every option."""

    def __init__(self, verb: str, description: str, epilog: str = "") -> None:
        """Take the verb, what it does, and examples."""
        super().__init__(
            prog=f"debar {verb}",
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing and leaving."""
        raise UsageError(message, hint=f"{self.prog} --help explains every option")

    def parse(self, arguments: list[str]) -> argparse.Namespace:
        """Give the options: from the command line, else from the environment, else the configuration file, else the defaults.

        `named` in the result tells, by option, what a complaint about its value should call it.
        """
        options = argparse.Namespace(named={})
        self.parse_args(arguments, options)
        configured, file = config.settings()
        for action in self._actions:
            if not action.option_strings or action.dest == "help":
                continue
            options.named[action.dest] = action.option_strings[-1]
            name = f"DEBAR_{action.dest.upper()}"
            text = os.environ.get(name, "")
            if not text and action.dest in configured:
                text, name = configured[action.dest], f"{file}: {action.dest}"
            if text and getattr(options, action.dest) == action.default:
                options.named[action.dest] = name
                setattr(options, action.dest, _from_environment(action, name, text))
        return options


def _from_environment(action: argparse.Action, name: str, text: str) -> object:
    """Give what a variable says as the value of an option."""
    if isinstance(action, argparse._StoreTrueAction):  # noqa: SLF001 - argparse has no public name for it
        if text.lower() not in _TRUE | _FALSE:
            raise UsageError(f"{name}: {text!r} is neither true nor false", hint="write 1 or 0")
        return text.lower() in _TRUE
    values = text.split(",") if isinstance(action, argparse._AppendAction) else [text]  # noqa: SLF001
    for value in values if action.choices else ():
        check_word(value, action.choices or (), name)
    if isinstance(action, argparse._AppendAction):  # noqa: SLF001
        return [Path(value) for value in values] if action.type is Path else values
    return Path(text) if action.type is Path else text


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


def add_columns_option(group: argparse._ArgumentGroup) -> None:
    """Add how the user names the columns of a table that debar guesses wrongly, or not at all."""
    group.add_argument(
        "--columns",
        metavar="ROLE=HEADER",
        action="append",
        help="what a column of your tables carries: supplier=Payee, purchase=Details, name, publisher, asset, date ...;"
        " may be given several times, and holds for tables that have all of these columns",
    )


def layouts(options: argparse.Namespace) -> tuple[Layout, ...]:
    """Give the layout that the named columns amount to; UsageError for an unknown role."""
    if not options.columns:
        return ()
    from debar.readers.tables import guesses  # only where columns were named

    pairs = []
    for text in options.columns:
        role, equals, column = text.partition("=")
        if not equals or not column.strip():
            raise UsageError(
                f"{options.named['columns']}: {text!r} is not ROLE=HEADER", hint="for instance supplier='Payee name'"
            )
        pairs.append((check_word(role.strip(), guesses.ROLES, options.named["columns"]), column.strip()))
    return (guesses.given(pairs),)


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


def add_register_option(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add which register to use, and what an organisation adds to it."""
    parser.add_argument(
        "--register",
        metavar="DIR",
        type=Path,
        action="append",
        default=None,
        help="add the measures, parties and indicators of a directory; may be given several times",
    )
    parser.add_argument(
        "--base-register",
        metavar="DIR",
        type=Path,
        default=None,
        help="use this register instead of the imported or shipped one",
    )


def register(options: argparse.Namespace) -> Register:
    """Give the register that the options ask for; RegisterError with every fault of it."""
    from debar.register import active
    from debar.register.load import digest, load

    base, added = base_register(options), options.register or ()
    law = load(base, added)
    if base and not options.base_register:
        active.expect_unaltered(active.home(), digest(base) if added else law.sha256)
    return law


def party(options: argparse.Namespace, law: Register) -> Party | None:
    """Give the party that --party names, or none; UsageError for one that the register does not know."""
    if not options.party:
        return None
    try:
        return law.party(options.party)
    except UsageError as e:
        raise UsageError(f"{options.named['party']}: {e.message}", hint=e.hint) from e


def base_register(options: argparse.Namespace) -> Path | None:
    """Give the directory of the register that others are added to: named, imported, or none for the shipped one."""
    from debar.register import active

    named: Path | None = options.base_register
    return named or active.active(active.home())


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


def is_coloured(options: argparse.Namespace) -> bool:
    """Tell whether to colour what goes to standard output."""
    if options.color != "auto":
        return bool(options.color == "always")
    return not os.environ.get("NO_COLOR") and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
