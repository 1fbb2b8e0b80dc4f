# SPDX-License-Identifier: Apache-2.0
"""`debar prove`: everything that a report rests on, in one folder or zip file that anybody can check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output, proving, scan, scanning, verifying
from debar.errors import UsageError

if TYPE_CHECKING:
    import argparse

_EPILOG = """\
SOURCE is what debar scan takes, or a report or kept run whose inputs are still where they were. The proof
holds the report, the digest of every input, the register, the organisation, decisions, coverage, statutory
forms as far as evidence fills them, and a chained, signed log of all of it.

Without a key a proof is unsigned: --verify then says so. A register that is more than 100 days old on the
day asked about proves nothing, unless --allow-stale is said, and the proof tells it.

Options of scanning are those of debar scan. A scan that a signal ended is not proven.

exit status: 0 made, or intact; 1 made, and something due that --fail-on names; 2 wrong usage; 3 an input
could not be read, or is not what was read; 4 the register or the program is at fault; 5 proof is broken,
each thing named.

examples:
  debar prove --new-key private.pem                             a key to sign with, and private.pub for others
  debar prove /srv/evidence --as northwind.yaml --key private.pem --out proof.zip
  debar prove --verify proof.zip --key private.pub
  debar prove /srv/evidence --key private.pem --out proof-2.zip --after proof.zip
  debar prove --verify proof.zip proof-2.zip --key private.pub  a series: none between them is missing
  debar prove report.json --form us-far-52.204-25-report-first  a statutory report alone, as Markdown"""


def run(arguments: list[str]) -> int:
    """Make a proof, check one, fill forms, or make a key; give the exit code."""
    options = _parser().parse(arguments)
    targets = output.targets(options)
    proving.time(options)  # a wrong one ends no long scan
    if options.fail_on:
        shared.check_word(options.fail_on, scan.LEVELS, options.named["fail_on"])
    if options.new_key:
        proving.new_key(options.new_key)
        return 0
    if options.verify:
        if options.out:
            raise UsageError("--verify reads a proof, and --out writes one", hint="give one of the two")
        return verifying.verify(options, targets)
    if options.inputs:
        raise UsageError("--inputs goes with --verify", hint="--with-inputs copies the inputs into a proof")
    if options.out:
        return proving.prove(options, targets)
    if options.form:
        return proving.fill(options, targets)
    raise UsageError(
        "there is no place for the proof", hint="--out DIR or --out FILE.zip names it; --form prints a form"
    )


def _parser() -> shared.Parser:
    parser = shared.Parser("prove", "Write down what a report rests on so that anybody can check it.", _EPILOG)
    parser.add_argument(
        "source",
        metavar="SOURCE",
        nargs="*",
        help="what to scan, or a report or run; with --verify: proofs, oldest first",
    )
    _add_proof_options(parser)
    shared.add_question_options(parser)
    shared.add_output_options(parser)
    group = parser.add_argument_group("scanning")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        default=None,
        help=f"exit 1 when something of this is due: {', '.join(scan.LEVELS)} (default: none)",
    )
    scanning.add_options(group)
    return parser


def _add_proof_options(parser: argparse.ArgumentParser) -> None:
    """Add where the proof goes, who signs it, and how one is checked."""
    group = parser.add_argument_group("proof")
    group.add_argument(
        "--out",
        metavar="DIR|FILE.zip",
        type=Path,
        default=None,
        help="where to write it: whole or not at all, and never over something else",
    )
    group.add_argument(
        "--key",
        metavar="FILE",
        action="append",
        default=None,
        help="the private key to sign with; with --verify: a public key to trust beside those in ~/.config/debar/keys",
    )
    group.add_argument(
        "--new-key",
        metavar="FILE",
        type=Path,
        default=None,
        help="make a key to sign with, and its public half in .pub",
    )
    group.add_argument(
        "--form", metavar="ID", action="append", default=None, help="fill this form too; without --out print it alone"
    )
    group.add_argument("--with-inputs", action="store_true", help="copy the inputs into the proof")
    group.add_argument(
        "--after", metavar="PROOF", type=Path, default=None, help="the proof before this one: its log is gone on from"
    )
    group.add_argument(
        "--allow-stale",
        action="store_true",
        help="also with a register that is too old to say much; the proof tells it",
    )
    group.add_argument(
        "--time", metavar="WHEN", default=None, help="instant to write as the time of the proof (default: the clock's)"
    )
    group.add_argument("--verify", action="store_true", help="check proofs instead, without a network")
    group.add_argument(
        "--inputs", action="store_true", help="with --verify: also whether the inputs are still what was read"
    )
