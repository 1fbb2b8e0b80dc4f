# SPDX-License-Identifier: Apache-2.0
"""`debar explain`: what the register says about a party or product."""

from __future__ import annotations

from debar.cli import options as shared
from debar.cli import output, register_options
from debar.model.vocab import Act, Meaning
from debar.obligations.explain import explain
from debar.writers import load as load_writer

_EPILOG = """\
examples:
  debar explain kaspersky                                     every act, for a US company, now
  debar explain kaspersky --act contract --as us/supplier --on 2024-07-19T23:59-04:00
  debar explain kaspersky/threat-intelligence --as us/federal-agency --on 2024-10-01
  debar explain kaspersky --as us/equipment-maker --on 2024-08-15 --known-on 2024-08-15
  debar explain origin:TW/router                              any maker's router that was produced in Taiwan"""


def run(arguments: list[str]) -> int:
    """Explain, write every output, and give 0."""
    parser = shared.Parser("explain", "Say what the register holds about a party or one product of it.", _EPILOG)
    parser.add_argument(
        "what",
        metavar="PARTY[/PRODUCT]",
        help="such as kaspersky, kaspersky/endpoint-security, or origin:TW/router for any maker",
    )
    parser.add_argument("--act", metavar="ACT", default=None, help=f"only this act: {', '.join(Act)}")
    parser.add_argument(
        "--meaning",
        metavar="MEANING",
        default=None,
        help="what the product is to you: installed (default), embedded, component ...",
    )
    shared.add_question_options(parser)
    shared.add_output_options(parser)
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options)
    if options.act:
        shared.check_word(options.act, list(Act), options.named["act"])
    if options.meaning:
        shared.check_word(options.meaning, list(Meaning), options.named["meaning"])
    party, _, product = options.what.partition("/")
    explanation = explain(
        party,
        product,
        register_options.register(options),
        shared.question(options),
        acts=(Act(options.act),) if options.act else tuple(Act),
        meaning=Meaning(options.meaning) if options.meaning else None,
    )
    output.write(
        targets, options, lambda form, out, style: load_writer(form).write_explanation(explanation, out, style)
    )
    return 0
