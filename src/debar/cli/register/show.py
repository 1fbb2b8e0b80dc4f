# SPDX-License-Identifier: Apache-2.0
"""`debar register show`: one noun of the register, whole."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output, register_options
from debar.errors import UsageError, did_you_mean
from debar.model.inventory import Embedding, Indicator
from debar.model.measures import Provision
from debar.register.dump import dump
from debar.writers.layout import Page

if TYPE_CHECKING:
    import msgspec

    from debar.register import Register
    from debar.writers import Style

_EPILOG = """\
examples:
  debar register show us-bis-icts-2021-002-kaspersky               one measure with its provisions and sources
  debar register show us-bis-icts-2021-002-kaspersky#updates       one provision
  debar register show kaspersky                                    one party with its names, ties and products
  debar register show us-bis-icts-2021-002-kaspersky -o yaml=ours.yaml     the same as a file to begin your own from"""
FORMATS = ("terminal", "json", "yaml")


def run(arguments: list[str]) -> int:
    """Show what an id names."""
    parser = shared.Parser("register show", "Show one noun of the register, whole.", _EPILOG)
    parser.add_argument("id", metavar="ID", help="of a measure, provision, party, document, authority, indicator ...")
    shared.add_output_options(parser, FORMATS)
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options, FORMATS)
    noun = find(register_options.register(options), options.id)
    output.write(targets, options, lambda form, out, style: _show(noun, form, out, style))
    return 0


def find(register: Register, id_: str) -> msgspec.Struct:
    """Give what an id names; UsageError for an unknown one."""
    everything: dict[str, msgspec.Struct] = {
        **register.authorities,
        **register.calendars,
        **register.parties,
        **register.documents,
        **register.measures,
        **{f"{m.id}#{p.id}": p for m in register.measures.values() for p in m.provisions},
        **{e.id: e for e in register.embeddings},
        **{i.id: i for i in register.indicators},
        **{layout.id: layout for layout in register.layouts},
    }
    if id_ not in everything:
        raise UsageError(
            f"{id_!r} is not in the register{did_you_mean(id_, everything)}",
            hint="debar register list shows every measure and party; debar register search finds words",
        )
    return everything[id_]


def _show(noun: msgspec.Struct, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(noun, out, style)
        return
    # Of these a file holds many, as a list.
    text = dump([noun] if isinstance(noun, Embedding | Indicator | Provision) else noun)
    if form == "yaml":
        out.write(text)
        return
    page = Page(out, style)
    for line in text.splitlines():
        page.line(line)
