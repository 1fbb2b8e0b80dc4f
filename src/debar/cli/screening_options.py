# SPDX-License-Identifier: Apache-2.0
"""The options of `debar screen`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.cli import dismissing, owning, progress_options, register_options
from debar.cli import options as shared

if TYPE_CHECKING:
    import argparse

FORMATS = ("terminal", "json", "csv")
REGISTER = "register"
"""What --list calls the parties of the register."""
LEVELS = ("same", "affiliate", "ownership", "similar", "any", "none")
DEFAULT = "ownership"
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

--rule RULE works out, for each party that a name is the name of, whether listed ones own enough of it: with the
arithmetic, and "undetermined" where a percentage or a date is not known. RULE is us-ofac-50, us-bis-affiliates,
eu-ownership, eu-ownership-2022 or uk-ownership; --blocked PARTY says who counts as listed.

exit status: 0 no hit at the threshold, and everything was read; 1 a hit at the threshold; 2 wrong usage; 3 something
could not be read, or there was nothing to read; 4 the register or the program is at fault.

examples:
  debar screen 'Hikvision Europe B.V.'
  debar screen ledger.csv --column Payee -o csv=hits.csv -o terminal
  debar screen vendors.xlsx --list sdn.csv --fail-on similar
  debar screen 'Sepura Ltd' --rule us-bis-affiliates --blocked hytera --on 2025-10-15
  debar screen --dismiss 'PAYPAL *KASPERSKY=kaspersky' --reason 'a tailor of that name' --by 'A. Meyer'"""


def parser() -> shared.Parser:
    """Give what reads the arguments."""
    made = shared.Parser(
        "screen", "Say whom names of suppliers mean: the same party, its brand, its owner, or another.", _EPILOG
    )
    made.add_argument(
        "names",
        metavar="NAMES",
        nargs="*",
        help="files of names, - for standard input, or names; without one, standard input",
    )
    group = made.add_argument_group("names")
    group.add_argument("--name", action="store_true", help="every argument is a name, whatever it looks like")
    group.add_argument(
        "--column",
        metavar="HEADER",
        default=None,
        help="column of the names, by its header or its number (default: told from headers and cells)",
    )
    _add_screening_options(made.add_argument_group("screening"))
    owning.add_options(made.add_argument_group("ownership"))
    dismissing.add_options(made.add_argument_group("dismissing"))
    shared.add_output_options(made, FORMATS)
    register_options.add_register_option(made, heeds_indicators=False)
    made.set_defaults(indicators=None)
    return made


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
        help=f"exit 1 at a hit in this relation or a surer one: {', '.join(LEVELS)} (default: {DEFAULT})",
    )
    progress_options.add_progress_options(group, "the reading of files")
