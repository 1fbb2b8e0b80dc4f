# SPDX-License-Identifier: Apache-2.0
"""Forms: the provision that demands them is there, and every element that is said to be asked for is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.vocab import Modality
from debar.register.checks import names
from debar.register.checks.faults import Fault, under
from debar.register.checks.sources import cited

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.measures import Form
    from debar.register import Register


def form_faults(form: Form, register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the faults of a form: a provision that is none or demands nothing, elements without a passage."""
    measure = register.measures.get(form.measure)
    if measure is None:
        yield names.missing(("measure",), "measure", form.measure, register.measures)
    else:
        provisions = {provision.id: provision for provision in measure.provisions}
        if form.provision not in provisions:
            yield names.missing(("provision",), "provision", form.provision, provisions)
        elif provisions[form.provision].modality is not Modality.REQUIRED:
            yield Fault(("provision",), f"provision {form.provision} requires nothing, so it demands no form")
    yield from cited(form.citations, register, stored, form.grade)
    yield from names.twice("element", ("elements",), [element.id for element in form.elements])
    if not form.elements:
        yield Fault(("elements",), "a form has at least one element")
    for number, element in enumerate(form.elements):
        at = ("elements", number)
        yield from under(at, names.form(element.id))
        if not names.ID.fullmatch(element.origin):
            yield Fault((*at, "from"), f"{element.origin!r}: a filler is lower-case words joined by -")
        yield from under(at, cited(element.citations, register, stored), f"element {element.id}")
        if not element.citations and not form.citations:
            yield Fault(at, f"element {element.id}: no passage asks for it; cite one here or for the form")
