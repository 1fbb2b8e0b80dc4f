# SPDX-License-Identifier: Apache-2.0
"""`debar register export`: a calendar of coming dates, or the register in open formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar import dates
from debar.cli import options as shared
from debar.cli import output, register_options
from debar.model.vocab import RelationKind
from debar.writers.register import FORMATS, Part, load

if TYPE_CHECKING:
    import argparse

    from debar.model.measures import Measure, Party, Provision
    from debar.register import Register

_EPILOG = "\n".join((
    "formats:",
    *(f"  {row.name:<6}{row.title}" for row in FORMATS),
    """
examples:
  debar register export -o ics=bans.ics
  debar register export --party hikvision -o csv=hikvision.csv -o odrl=hikvision.jsonld
  debar register export --jurisdiction us --on 2026-07-01 -o json=us.json

The calendar has the dates after --on, the other formats what applies on that day when it is given.""",
))  # fmt: skip


def run(arguments: list[str]) -> int:
    """Write every output that was asked for."""
    parser = shared.Parser(
        "register export", "Write a calendar of coming dates, or the register in open formats.", _EPILOG
    )
    parser.add_argument("--party", metavar="PARTY", default=None, help="only what is about this party and its ties")
    parser.add_argument("--jurisdiction", metavar="J", default=None, help="only of this jurisdiction: us, eu, uk ...")
    parser.add_argument("--on", metavar="DAY", default=None, help="the day that is asked about (default: now)")
    names = [row.name for row in FORMATS]
    parser.add_argument(
        "-o",
        "--output",
        metavar="FORMAT[=FILE]",
        action="append",
        default=None,
        help=f"{', '.join(names)} (default: {names[0]}), to standard output or to a file; may be given several times",
    )
    parser.set_defaults(color="never")
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options, names)
    register = register_options.register(options)
    parts = {target.format: part(register, options, target.format) for target in targets}
    output.write(targets, options, lambda form, out, _: load(form).write(parts[form], out))
    return 0


def part(register: Register, options: argparse.Namespace, form: str) -> Part:
    """Give what the options leave of a register; UsageError for a party, jurisdiction or day that is none."""
    party = register_options.party(options, register)
    day = shared.when(options, "on")
    # The dates to come are of provisions that may not apply yet.
    on = "" if form == "ics" else day
    pairs = _pairs(register, party, _jurisdiction(register, options), on)
    narrowed = {"party": party.id if party else "", "jurisdiction": options.jurisdiction or "", "on": on}
    narrowed = {name: value for name, value in narrowed.items() if value}
    measures = _measures(register, pairs, party, narrowed)
    return Part(
        register=register,
        measures=measures,
        provisions=frozenset(f"{measure.id}#{provision.id}" for measure, provision in pairs),
        parties=_parties(register, measures, party) if narrowed else tuple(register.parties.values()),
        on=day or dates.now(),
        narrowed=narrowed,
    )


def _jurisdiction(register: Register, options: argparse.Namespace) -> str:
    if not options.jurisdiction:
        return ""
    known = sorted({measure.jurisdiction for measure in register.measures.values()})
    return shared.check_word(options.jurisdiction, known, options.named["jurisdiction"])


def _pairs(register: Register, party: Party | None, jurisdiction: str, on: str) -> list[tuple[Measure, Provision]]:
    """Give the provisions that are about a party, of a jurisdiction, and apply on a day; each only if it is given."""
    from debar.obligations.concern import concerning

    pairs = concerning(register, party) if party else [(m, p) for m in register.measures.values() for p in m.provisions]
    return [
        (measure, provision)
        for measure, provision in pairs
        if jurisdiction in ("", measure.jurisdiction) and (not on or _applies(register, measure, provision, on))
    ]


def _applies(register: Register, measure: Measure, provision: Provision, on: str) -> bool:
    zone = register.authorities[measure.authority].zone
    begins, asked = dates.begins(provision.applies_from, zone), dates.ends(on, zone)
    return begins <= asked and (not provision.applies_until or asked < dates.begins(provision.applies_until, zone))


def _measures(
    register: Register, pairs: list[tuple[Measure, Provision]], party: Party | None, narrowed: dict[str, str]
) -> tuple[Measure, ...]:
    """Give the measures of some provisions, with the lists on which a party stands."""
    if not narrowed:
        return tuple(register.measures.values())
    ids = {measure.id for measure, _ in pairs}
    if party:
        ids |= {relation.to for relation in party.relations if relation.kind is RelationKind.LISTED}
    jurisdiction = narrowed.get("jurisdiction", "")
    return tuple(m for m in register.measures.values() if m.id in ids and jurisdiction in ("", m.jurisdiction))


def _parties(register: Register, measures: tuple[Measure, ...], party: Party | None) -> tuple[Party, ...]:
    """Give a party with those that it is tied to, or else whoever the measures name or list."""
    if party:
        ids = {party.id, *(relation.to for relation in party.relations)}
        ids |= {p.id for p in register.parties.values() if any(r.to == party.id for r in p.relations)}
    else:
        targets = [provision.targets for measure in measures for provision in measure.provisions]
        lists = {list_ for target in targets for list_ in target.lists} | {measure.id for measure in measures}
        ids = {id_ for target in targets for id_ in target.parties}
        ids |= {p.id for p in register.parties.values() if any(r.to in lists for r in p.relations)}
    return tuple(p for p in register.parties.values() if p.id in ids)
