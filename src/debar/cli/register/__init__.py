# SPDX-License-Identifier: Apache-2.0
"""`debar register`: the law as data - read it, search it, compare two days, draw it, export it, import a newer one."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from debar.errors import UsageError, did_you_mean


class Word(NamedTuple):
    """One row of the table of what can be done with the register."""

    name: str
    module: str
    """Loaded when it is asked for."""
    help: str
    function: str = "run"
    """Of the module; takes the arguments and gives the exit code."""


WORDS = (
    Word("list", "listing", "the measures and parties, all or those of a party, jurisdiction or day"),
    Word("show", "show", "one measure, party, document or indicator, whole"),
    Word("search", "search", "measures, provisions and parties by words"),
    Word("facts", "facts", "the questions that measures ask about you, and the answers they know"),
    Word("diff", "diff", "what changed in law, and in what was known, between two days"),
    Word("timeline", "timeline", "the stages of the law on an axis, all or those about a party"),
    Word("export", "export", "a calendar of coming dates, or the register in open formats"),
    Word("check", "check", "every fault of a register, with file and line"),
    Word("status", "bundle", "which register is in use, how old it is, who signed it", "run_status"),
    Word("verify", "bundle", "whether a signed bundle is whole and by whom it is", "run_verify"),
    Word("import", "bundle", "use the register of a signed bundle from now on", "run_import"),
    Word("pack", "bundle", "write a register as a signed bundle", "run_pack"),
)
_EXAMPLES = """\
examples:
  debar register list --party huawei --on 2026-07-01
  debar register show us-bis-icts-2021-002-kaspersky
  debar register diff --from 2024-06-20 --to 2024-09-30
  debar register timeline kaspersky -o svg=kaspersky.svg
  debar register export -o ics=bans.ics

debar register WORD --help explains each of them."""


def run(arguments: list[str]) -> int:
    """Do what the first word says."""
    if not arguments:
        raise UsageError("debar register: what to do is not said", hint="debar register --help lists the words")
    if arguments[0] in ("-h", "--help"):
        print(_help(), flush=True)
        return 0
    first, *rest = arguments
    names = [word.name for word in WORDS]
    if first not in names:
        raise UsageError(
            f"debar register: {first!r} is not known{did_you_mean(first, names)}",
            hint="debar register --help lists all",
        )
    word = next(word for word in WORDS if word.name == first)
    code: int = getattr(import_module(f"debar.cli.register.{word.module}"), word.function)(rest)
    return code


def _help() -> str:
    words = "\n".join(f"  {word.name:<12}{word.help}" for word in WORDS)
    return f"""\
usage: debar register WORD [options]

The law as dated, cited, graded data: what debar works with.

words:
{words}

{_EXAMPLES}"""
