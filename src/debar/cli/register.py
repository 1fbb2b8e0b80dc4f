# SPDX-License-Identifier: Apache-2.0
"""`debar register`: list, show or check the law and the identifiers."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output
from debar.errors import RegisterError, UsageError, did_you_mean
from debar.register.load import load
from debar.release import register_directory
from debar.writers.layout import Page

if TYPE_CHECKING:
    from debar.model.measures import Measure
    from debar.register import Register
    from debar.writers import Style

_EPILOG = """\
examples:
  debar register list                                      measures and parties
  debar register show us-bis-icts-2021-002-kaspersky       one measure with its provisions and sources
  debar register show kaspersky                            one party with its names and products
  debar register check ./register                          every fault of a register, with file and line"""


def run(arguments: list[str]) -> int:
    """List, show or check."""
    parser = shared.Parser("register", "List, show or check the law and the identifiers.", _EPILOG)
    parser.add_argument("what", choices=("list", "show", "check"))
    parser.add_argument("id", metavar="ID|DIR", nargs="?", help="what to show, or the directory to check")
    shared.add_output_options(parser)
    shared.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options)
    if options.what == "check":
        return _check(Path(options.id) if options.id else options.register or register_directory())
    register = load(options.register)
    if options.what == "list":
        output.write(targets, options, lambda form, out, style: _list(register, form, out, style))
        return 0
    noun = _find(register, options.id)
    output.write(targets, options, lambda form, out, style: _show(noun, form, out, style))
    return 0


def _list(register: Register, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document([*map(_measure_row, register.measures.values()), *_party_rows(register)], out, style)
        return
    page = Page(out, style)
    page.heading("Measures", f"{len(register.measures)}, register {register.version}")
    for measure in register.measures.values():
        page.line(f"{measure.id}")
        page.paragraph(f"{measure.title} - {measure.cite}, {measure.instrument}, {measure.status}", indent=4, hang=1)
    page.heading("Parties", f"{len(register.parties)}, {len(register.indicators)} indicators")
    for party in register.parties.values():
        page.line(f"{party.id:<28}{party.name}")


def _measure_row(measure: Measure) -> dict[str, object]:
    return {
        "id": measure.id,
        "kind": "measure",
        "title": measure.title,
        "cite": measure.cite,
        "jurisdiction": measure.jurisdiction,
        "instrument": measure.instrument,
        "status": measure.status,
        "issued": measure.issued,
        "provisions": len(measure.provisions),
    }


def _party_rows(register: Register) -> list[dict[str, object]]:
    return [
        {
            "id": party.id,
            "kind": "party",
            "title": party.name,
            "country": party.country,
            "products": len(party.products),
            "indicators": sum(i.party == party.id for i in register.indicators),
        }
        for party in register.parties.values()
    ]


def _find(register: Register, id_: str | None) -> object:
    """Give what an id names; UsageError for none and for an unknown one."""
    if not id_:
        raise UsageError("show needs an id", hint="debar register list shows every id")
    everything = {
        **register.authorities,
        **register.parties,
        **register.documents,
        **register.measures,
        **{i.id: i for i in register.indicators},
        **{layout.id: layout for layout in register.layouts},
    }
    if id_ not in everything:
        raise UsageError(
            f"{id_!r} is not in the register{did_you_mean(id_, everything)}",
            hint="debar register list shows every id",
        )
    return everything[id_]


def _show(noun: object, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(noun, out, style)
        return
    import msgspec
    import yaml

    page = Page(out, style)
    text = yaml.safe_dump(_stated(msgspec.to_builtins(noun)), sort_keys=False, allow_unicode=True, width=100)
    for line in text.splitlines():
        page.line(line)


def _stated(data: object) -> object:
    """Give data without what is empty: a person reads what is said."""
    if isinstance(data, dict):
        return {key: _stated(value) for key, value in data.items() if value not in ("", None, [], {}, False)}
    return [_stated(value) for value in data] if isinstance(data, list) else data


def _check(directory: Path) -> int:
    from debar import pipeline

    register, found, cases = pipeline.check(directory)
    if found:
        raise RegisterError(found, hint=f"{len(found)} faults in {directory}")
    provisions = sum(len(m.provisions) for m in register.measures.values())
    print(
        f"register {register.version}: {len(register.measures)} measures, {provisions} provisions,"
        f" {len(register.parties)} parties, {len(register.indicators)} indicators, {len(register.documents)} documents,"
        f" {len(register.layouts)} layouts, {cases} cases: no fault"
    )
    return 0
