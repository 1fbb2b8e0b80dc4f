# SPDX-License-Identifier: Apache-2.0
"""`debar register`: list, show or check the law and the identifiers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from debar.cli import options as shared
from debar.errors import RegisterError, UsageError, did_you_mean
from debar.register.load import load
from debar.release import register_directory
from debar.writers import Style
from debar.writers.layout import Page

if TYPE_CHECKING:
    import argparse

    from debar.register import Register

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
    parser.add_argument("-o", "--output", choices=("terminal", "json"), default="terminal", help="default: terminal")
    shared.add_register_option(parser)
    options = parser.parse(arguments)
    if options.what == "check":
        return _check(Path(options.id) if options.id else options.register or register_directory())
    register = load(options.register)
    if options.what == "show":
        if not options.id:
            raise UsageError("show needs an id", hint="debar register list shows every id")
        return _show(register, options)
    return _list(register, options)


def _list(register: Register, options: argparse.Namespace) -> int:
    rows = [
        {"id": m.id, "kind": "measure", "title": m.title, "cite": m.cite, "jurisdiction": m.jurisdiction,
         "instrument": m.instrument, "status": m.status, "issued": m.issued, "provisions": len(m.provisions)}
        for m in register.measures.values()
    ] + [
        {"id": p.id, "kind": "party", "title": p.name, "country": p.country, "products": len(p.products),
         "indicators": sum(i.party == p.id for i in register.indicators)}
        for p in register.parties.values()
    ]  # fmt: skip
    if options.output == "json":
        return _json(rows)
    page = Page(sys.stdout, Style())
    page.heading("Measures", f"{len(register.measures)}, register {register.version}")
    for measure in register.measures.values():
        page.line(f"{measure.id}")
        page.paragraph(f"{measure.title} - {measure.cite}, {measure.instrument}, {measure.status}", indent=4, hang=1)
    page.heading("Parties", f"{len(register.parties)}, {len(register.indicators)} indicators")
    for party in register.parties.values():
        page.line(f"{party.id:<28}{party.name}")
    return 0


def _show(register: Register, options: argparse.Namespace) -> int:
    everything = {
        **register.authorities, **register.parties, **register.documents, **register.measures,
        **{i.id: i for i in register.indicators}, **{layout.id: layout for layout in register.layouts},
    }  # fmt: skip
    noun = everything.get(options.id)
    if noun is None:
        raise UsageError(
            f"{options.id!r} is not in the register{did_you_mean(options.id, everything)}",
            hint="debar register list shows every id",
        )
    if options.output == "json":
        return _json(noun)
    import msgspec
    import yaml

    text = yaml.safe_dump(msgspec.to_builtins(noun), sort_keys=False, allow_unicode=True, width=100)
    page = Page(sys.stdout, Style())
    for line in text.splitlines():
        page.line(line)
    return 0


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


def _json(noun: object) -> int:
    from debar.writers import json

    json.write_document(noun, sys.stdout, Style())
    return 0
