# SPDX-License-Identifier: Apache-2.0
"""The command line: one file for each verb, loaded when it is called.

exit 0  nothing due, and every input was read
exit 1  something is due at the threshold
exit 2  wrong usage
exit 3  an input could not be read, or there was nothing to scan
exit 4  the register or the program is at fault
exit 5  proof is broken
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import NamedTuple

from debar.errors import DebarError, UsageError, did_you_mean


class Verb(NamedTuple):
    """One row of the table of verbs."""

    name: str
    help: str


COLLECTED = (100_000, 50, 50)
"""How rarely cycles are looked for: what a scan makes holds none, and the default would search a growing heap for them."""
VERBS = (
    Verb("scan", "find a party's technology in files, and say what the law demands about it"),
    Verb("report", "write a report in other forms, for people and for programs, without looking at anything again"),
    Verb("why", "say why something is an exposure, what speaks against it, and what would settle it"),
    Verb("decide", "keep what people decided about exposures, or list the decisions"),
    Verb("organisation", "ask what the law needs to know of an organisation, and write it down"),
    Verb("record", "put on record what somebody did for a duty, or list what is due next"),
    Verb("status", "tell how it stands by the runs that were kept, against a deadline"),
    Verb("diff", "tell what is different between two runs, or two reports"),
    Verb("prove", "write down what a report rests on, signed, and check such a proof"),
    Verb("plan", "order the removal of what was found in waves, without leaving a machine bare"),
    Verb("screen", "say whom names of suppliers mean, and why: one name, or a ledger of them"),
    Verb("read", "say what notices and news tell of a measure, where they disagree, and draft it"),
    Verb("review", "accept or refuse what was read of papers, line by line, and write down what was accepted"),
    Verb("watch", "say what is new in a folder of notices and news since it was last looked at"),
    Verb("serve", "serve pages and an API for many people, over one portfolio of organisations"),
    Verb("push", "send evidence to a service of debar, and say what comes of it"),
    Verb("explain", "say what the register holds about a party or product, without any files"),
    Verb("register", "the law as data: list, show, search, compare, draw, export, check, import"),
    Verb("identify", "say what each file is taken for, and why, without reading it"),
    Verb("admin", "look after a portfolio of debar serve: accounts, organisations, keys, backups"),
    Verb("config", "say what is set in files and in the environment, and where each value comes from"),
    Verb("formats", "list the formats that debar reads and writes"),
    Verb("version", "print the versions of program, register and schema"),
    Verb("completion", "print a completion script for bash, zsh or fish"),
)
_EXAMPLES = """\
examples:
  debar scan examples/estate                        everything below a directory, for a US company, now
  debar scan bom.json --as us/federal-contractor    one SBOM, for another kind of organisation
  debar explain kaspersky --act resell --on 2024-10-01
  debar scan . -o json=report.json -o terminal      the same report twice

Every option can also be set in the environment: --fail-on as DEBAR_FAIL_ON, -o as DEBAR_OUTPUT.
debar works offline: it opens no connection, but to a postgresql:// history or a service that you name.
Its reports are not legal advice."""


def main(argv: list[str] | None = None) -> int:
    """Run one verb and give the exit code; the only place that catches a DebarError."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        return _run(arguments)
    except DebarError as e:
        where = ": ".join(part for part in (getattr(e, "path", ""), getattr(e, "locator", "")) if part)
        _complain(f"{where}: {e.message}" if where else e.message, e.hint)
        return e.exit_code
    except BrokenPipeError:
        # The reader of our output went away (debar ... | head): nothing left to say, and not a fault.
        _forget_output()
        return 0
    except KeyboardInterrupt:
        _complain("interrupted", "")
        return 130
    except OSError as e:
        _complain(f"the system refused: {e.strerror or e}", "is the disk full, or the output closed?")
        _forget_output()
        return DebarError.exit_code
    except Exception as e:
        if os.environ.get("DEBAR_TRACEBACK"):
            raise
        _complain(
            f"a fault of debar itself: {type(e).__name__}: {e}", "DEBAR_TRACEBACK=1 shows where; please report it"
        )
        return DebarError.exit_code


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_help(), flush=True)
        return 0 if arguments else UsageError.exit_code
    word, *rest = arguments
    if word in ("-V", "--version"):
        word = "version"
    if word not in (verb.name for verb in VERBS):
        names = [verb.name for verb in VERBS]
        raise UsageError(f"no verb is called {word!r}{did_you_mean(word, names)}", hint="debar --help lists the verbs")
    gc.set_threshold(*COLLECTED)
    code: int = import_module(f"debar.cli.{word}").run(rest)
    sys.stdout.flush()
    return code


def _help() -> str:
    verbs = "\n".join(f"  {verb.name:<14}{verb.help}" for verb in VERBS)
    return f"""\
usage: debar VERB [options]

What a ban on a technology supplier demands of you on a date, where you have that supplier's
technology, and what to do by when - from the files you already have.

verbs:
{verbs}

{_EXAMPLES}"""


def _forget_output() -> None:
    """Let what is still buffered go nowhere, so that leaving does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str, hint: str) -> None:
    from debar.text import printable

    lines = [f"debar: error: {printable(line)}" for line in message.splitlines() or [""]]
    if hint:
        lines.append(f"  hint: {printable(hint)}")
    print("\n".join(lines), file=sys.stderr)
