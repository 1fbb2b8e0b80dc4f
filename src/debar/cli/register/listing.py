# SPDX-License-Identifier: Apache-2.0
"""`debar register list`: measures and parties, all or those of a party, jurisdiction or day."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar import dates
from debar.cli import options as shared
from debar.cli import output, register_options
from debar.writers.layout import Page

if TYPE_CHECKING:
    import argparse

    from debar.model.measures import Measure, Party, Provision
    from debar.register import Register
    from debar.writers import Style

_EPILOG = """\
examples:
  debar register list                               everything
  debar register list --party huawei                measures about a party, named or through a tie or list
  debar register list --jurisdiction au --on 2025-05-01"""


def run(arguments: list[str]) -> int:
    """List."""
    parser = shared.Parser("register list", "List measures and parties.", _EPILOG)
    parser.add_argument("--party", metavar="PARTY", default=None, help="only measures that are about this party")
    parser.add_argument("--jurisdiction", metavar="J", default=None, help="only of this jurisdiction: us, eu, uk ...")
    parser.add_argument(
        "--on", metavar="DAY", default=None, help="only measures of which something applies on that day"
    )
    shared.add_output_options(parser)
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options)
    register = register_options.register(options)
    measures = chosen(register, options)
    narrowed = options.party or options.jurisdiction or options.on
    parties = [] if narrowed else list(register.parties.values())
    output.write(targets, options, lambda form, out, style: _list(register, measures, parties, form, out, style))
    return 0


def chosen(register: Register, options: argparse.Namespace) -> list[Measure]:
    """Give the measures that the options leave; UsageError for a party, jurisdiction or day that is none."""
    from debar.obligations.concern import concerning

    found = list(register.measures.values())
    if options.jurisdiction:
        known = {m.jurisdiction for m in found}
        shared.check_word(options.jurisdiction, sorted(known), options.named["jurisdiction"])
        found = [m for m in found if m.jurisdiction == options.jurisdiction]
    if party := register_options.party(options, register):
        about = {m.id for m, _ in concerning(register, party)}
        found = [m for m in found if m.id in about]
    if day := shared.when(options, "on"):
        found = [m for m in found if any(_applies(register, m, p, day) for p in m.provisions)]
    return found


def _applies(register: Register, measure: Measure, provision: Provision, day: str) -> bool:
    zone = register.authorities[measure.authority].zone
    begins, asked = dates.begins(provision.applies_from, zone), dates.ends(day, zone)
    return begins <= asked and (not provision.applies_until or asked < dates.begins(provision.applies_until, zone))


def _list(
    register: Register, measures: list[Measure], parties: list[Party], form: str, out: IO[str], style: Style
) -> None:
    if form == "json":
        from debar.writers import json

        rows = [*(_measure_row(m, register) for m in measures), *(_party_row(p, register) for p in parties)]
        json.write_document(rows, out, style)
        return
    page = Page(out, style)
    page.heading("Measures", f"{len(measures)}, register {register.version}")
    for measure in measures:
        page.line(f"{measure.id}")
        place = f"{measure.jurisdiction}, {register.authorities[measure.authority].short}, {measure.issued}"
        words = f"{measure.title} - {measure.cite}, {measure.instrument}, {measure.status} ({place})"
        page.paragraph(words, indent=4, hang=1)
    if not parties:
        return
    page.heading("Parties", f"{len(parties)}, {len(register.indicators)} indicators")
    for party in parties:
        page.line(f"{party.id:<28}{party.name}")


def _measure_row(measure: Measure, register: Register) -> dict[str, object]:
    return {
        "id": measure.id,
        "kind": "measure",
        "title": measure.title,
        "cite": measure.cite,
        "authority": register.authorities[measure.authority].short,
        "jurisdiction": measure.jurisdiction,
        "instrument": measure.instrument,
        "status": measure.status,
        "issued": measure.issued,
        "provisions": len(measure.provisions),
    }


def _party_row(party: Party, register: Register) -> dict[str, object]:
    return {
        "id": party.id,
        "kind": "party",
        "title": party.name,
        "country": party.country,
        "products": len(party.products),
        "relations": len(party.relations),
        "indicators": sum(i.party == party.id for i in register.indicators),
    }
