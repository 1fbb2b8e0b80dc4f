# SPDX-License-Identifier: Apache-2.0
"""`debar register timeline`: the stages of the law on a time axis."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar import dates
from debar.cli import options as shared
from debar.cli import output, register_options
from debar.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from debar.register import Register
    from debar.register.lanes import Chart
    from debar.writers import Style

_FORMATS = ("terminal", "svg", "html")
_EPILOG = """\
examples:
  debar register timeline kaspersky
  debar register timeline huawei -o svg=huawei.svg -o terminal
  debar register timeline --jurisdiction us --from 2024-01-01 --to 2027-12-31 -o html=us.html

-o takes terminal (default), svg (a picture) or html (a page with the picture and every stage with its sources)."""


def run(arguments: list[str]) -> int:
    """Draw."""
    parser = shared.Parser("register timeline", "Draw the stages of the law, all or those about a party.", _EPILOG)
    parser.add_argument("party", metavar="PARTY", nargs="?", default="", help="default: every measure of the register")
    parser.add_argument("--jurisdiction", metavar="J", default=None, help="only of this jurisdiction: us, eu, uk ...")
    parser.add_argument("--from", metavar="DAY", default=None, help="where the axis begins (default: before all)")
    parser.add_argument("--to", metavar="DAY", default=None, help="where it ends (default: after all and today)")
    parser.add_argument("--on", metavar="DAY", default=None, help="draw today's line on this day")
    shared.add_output_options(parser, _FORMATS)
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options, known=_FORMATS)
    since, until = _days(options)
    chart = _chart(register_options.register(options), options, since, until)
    output.write(targets, options, lambda form, out, style: _write(chart, form, out, style))
    return 0


def _days(options: argparse.Namespace) -> tuple[str, str]:
    """Give where the axis begins and ends, as far as that is said; UsageError when it has no length."""
    since, until = shared.when(options, "from"), shared.when(options, "to")
    if since and until and dates.begins(since, "UTC") >= dates.ends(until, "UTC"):
        raise UsageError(
            f"{options.named['from']} {since} does not lie before {options.named['to']} {until}",
            hint="exchange the two days",
        )
    return since, until


def _chart(register: Register, options: argparse.Namespace, since: str, until: str) -> Chart:
    from debar.obligations.spells import kin, spells
    from debar.register.lanes import Asked, chart

    if options.jurisdiction:
        known = {measure.jurisdiction for measure in register.measures.values()}
        shared.check_word(options.jurisdiction, sorted(known), options.named["jurisdiction"])
    party = register.party(options.party) if options.party else None
    about = f"{party.name} ({party.id})" if party else "every measure of the register"
    day = shared.when(options, "on")
    asked = Asked(
        about=f"{about}, {options.jurisdiction} only" if options.jurisdiction else about,
        today=day or dates.now(),
        is_today=not day,
        spells=spells(register, party) if party else None,
        kin=kin(register, party) if party else None,
        jurisdiction=options.jurisdiction or "",
        since=since,
        until=until,
    )
    return chart(register, asked)


def _write(chart: Chart, form: str, out: IO[str], style: Style) -> None:
    from debar.writers.timeline import page, svg, terminal

    if form == "svg":
        svg.write(chart, out)
    elif form == "html":
        page.write(chart, out)
    else:
        terminal.write(chart, out, style)
