# SPDX-License-Identifier: Apache-2.0
"""`debar admin`: accounts, organisations and keys of a portfolio; back it up, restore it, and see whether it is whole."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.cli import options as shared
from debar.cli import output, storing
from debar.cli.admin import asking
from debar.cli.admin.organisations import NOBODY
from debar.errors import UsageError
from debar.model.vocab.portfolio import Role

if TYPE_CHECKING:
    import argparse

_EPILOG = """\
what can be done:
  user add EMAIL NAME          make an account; --operator for one that runs the whole, --password-file gives a password
  user list
  user password EMAIL          another password, from --password-file; every session of the account ends
  user close EMAIL             nobody signs in with it any more; user open EMAIL takes that back
  user unlock EMAIL            forget failed attempts to sign in
  organisation add NAME        make an organisation; --admin EMAIL is who administers it, --as says what the law asks
  organisation list
  organisation members ID
  organisation role ID EMAIL   make somebody a member with a --role, or change it; --role none takes them out
  key make ID NAME             a key for programs, with a --role, until the day that --expires names; it is shown once
  key list ID
  key revoke ID PREFIX
  backup TO                    a new directory, or a new file called .tar.zst, while the service runs
  restore FROM                 from such a backup into a --store that is empty
  check                        the chain of every log, and every file by its hash

The portfolio is the one of debar serve: --store DIR, or --store postgresql://... with --lake DIR. A password is
read from the first line of a file, or of standard input with --password-file -; it never stands on the command
line. Whatever is changed stands in the audit log with the name of the account of the system that called debar.

exit status: 0 done; 2 wrong usage; 4 there is no such thing, or it is taken; 5 check found something changed.

examples:
  debar admin user add ann@example.org 'Ann Meyer' --operator --password-file secret.txt --store /srv/debar
  debar admin organisation add Northwind --admin ann@example.org --as us/federal-contractor --store /srv/debar
  debar admin key make northwind pipeline --role analyst --expires 2027-06-30 --store /srv/debar
  debar admin backup /backups/2026-11-23.tar.zst --store /srv/debar"""


class Word(NamedTuple):
    """One row of the table of what can be done."""

    words: tuple[str, ...]
    module: str
    """Loaded when it is asked for."""
    function: str
    takes: tuple[str, ...] = ()


WORDS = (
    Word(("user", "add"), "users", "add", ("EMAIL", "NAME")),
    Word(("user", "list"), "users", "listed"),
    Word(("user", "password"), "users", "password", ("EMAIL",)),
    Word(("user", "close"), "users", "close", ("EMAIL",)),
    Word(("user", "open"), "users", "reopen", ("EMAIL",)),
    Word(("user", "unlock"), "users", "unlock", ("EMAIL",)),
    Word(("organisation", "add"), "organisations", "add", ("NAME",)),
    Word(("organisation", "list"), "organisations", "listed"),
    Word(("organisation", "members"), "organisations", "members", ("ID",)),
    Word(("organisation", "role"), "organisations", "role", ("ID", "EMAIL")),
    Word(("key", "make"), "keys", "make", ("ID", "NAME")),
    Word(("key", "list"), "keys", "listed", ("ID",)),
    Word(("key", "revoke"), "keys", "revoke", ("ID", "PREFIX")),
    Word(("backup",), "copies", "backup", ("TO",)),
    Word(("restore",), "copies", "restore", ("FROM",)),
    Word(("check",), "copies", "check"),
)


def run(arguments: list[str]) -> int:
    """Do what the words say."""
    options = _parser().parse(arguments)
    output.targets(options)
    _check(options)
    word, given = _meant(options.words)
    code: int = getattr(import_module(f"debar.cli.admin.{word.module}"), word.function)(options, *given)
    return code


def _parser() -> shared.Parser:
    parser = shared.Parser("admin", "Look after a portfolio: accounts, organisations, keys, backups.", _EPILOG)
    parser.add_argument("words", metavar="WHAT", nargs="+", help="what to do, and with what")
    group = parser.add_argument_group("where it lies")
    storing.add_store_options(group)
    group = parser.add_argument_group("with what")
    group.add_argument("--operator", action="store_true", help="user add: the account runs the whole")
    group.add_argument(
        "--password-file", metavar="FILE", type=Path, default=None, help="file whose first line is a password, or -"
    )
    group.add_argument("--id", metavar="ID", default=None, help="organisation add: its id (default: from its name)")
    group.add_argument(
        "--as", metavar="WHO", default=None, help="organisation add: us/company, us/federal-agency ... or a YAML file"
    )
    group.add_argument(
        "--admin", metavar="EMAIL", default=None, help="organisation add: the account that administers it"
    )
    roles = (*(role.value for role in Role), NOBODY)
    group.add_argument("--role", choices=roles, default=None, help="organisation role, key make: what they may")
    group.add_argument("--expires", metavar="DATE", default=None, help="key make: last day on which it opens anything")
    shared.add_output_options(parser)
    return parser


def _check(options: argparse.Namespace) -> None:
    """Refuse a value that is none, whatever is asked."""
    shared.when(options, "expires")
    asking.organisation_of(options)


def _meant(words: list[str]) -> tuple[Word, list[str]]:
    """Give what is to be done, and with what; UsageError for what cannot be."""
    for word in WORDS:
        if tuple(words[: len(word.words)]) == word.words:
            given = words[len(word.words) :]
            if len(given) != len(word.takes):
                expected = " ".join((*word.words, *word.takes))
                raise UsageError(f"debar admin {' '.join(words)}: write debar admin {expected}")
            return word, given
    known = sorted({word.words[0] for word in WORDS})
    shared.check_word(words[0], known, "debar admin")
    seconds = [word.words[1] for word in WORDS if word.words[0] == words[0]]
    if len(words) == 1:
        raise UsageError(f"debar admin {words[0]}: what to do is not said", hint=f"one of {', '.join(seconds)}")
    shared.check_word(words[1], seconds, f"debar admin {words[0]}")
    raise AssertionError(words)
