# SPDX-License-Identifier: Apache-2.0
"""The elements that laws want in a plan, filled from the evidence, and empty where it says nothing.

Which elements there are is data (`register/forms`); what of a plan answers one is a filler, by the name that the data gives.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar.model.results import Answer, Template
from debar.model.vocab import Act, Meaning, Status, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.model.measures import Element, Form
    from debar.model.results import Covered, Exposure, Report, Starved, Unprotected, Wave
    from debar.register import Register

_NOBODY = "not known: the evidence does not tell it; whoever answers for the plan must fill it in"
_DEMANDING = frozenset({Status.REQUIRED})
_SHOWN = 20
"""Machines that an answer names; the plan has them all."""


class Material(NamedTuple):
    """What a filler may use."""

    report: Report
    going: Sequence[Exposure]
    waves: Sequence[Wave]
    unprotected: Sequence[Unprotected]
    covered: Sequence[Covered]
    without_updates: Sequence[Starved]


def templates(register: Register, material: Material) -> tuple[Template, ...]:
    """Give the forms of plans that are demanded; where none is, one that serves as a list: of the asker's places, or the fullest."""
    forms = [form for form in register.forms.values() if _is_plan(form, register)]
    demanded = [form for form in forms if _is_demanded(form, material.report)]
    places = material.report.organisation.jurisdictions
    near = [form for form in forms if register.measures[form.measure].jurisdiction in places] or forms
    lists = sorted(near, key=lambda form: (-len(form.elements), form.id))[:1]
    return tuple(_filled(form, register, material, is_demanded=form in demanded) for form in demanded or lists)


def _is_plan(form: Form, register: Register) -> bool:
    """Tell whether a form is a plan: the provision behind it asks for one, or for the move itself."""
    measure = register.measures.get(form.measure)
    provision = next((p for p in measure.provisions if p.id == form.provision), None) if measure else None
    return provision is not None and not {Act.PLAN, Act.DIVERSIFY}.isdisjoint(provision.acts)


def _is_demanded(form: Form, report: Report) -> bool:
    wanted = f"{form.measure}#{form.provision}"
    return any(f.provision == wanted and f.status in _DEMANDING for f in report.findings)


def _filled(form: Form, register: Register, material: Material, *, is_demanded: bool) -> Template:
    return Template(
        form=form.id,
        title=form.title,
        cite=register.measures[form.measure].cite,
        demanded=is_demanded,
        grade=form.grade,
        elements=tuple(_answer(element, material) for element in form.elements),
    )


def _answer(element: Element, material: Material) -> Answer:
    filler = FILLERS.get(element.origin)
    says = tuple(filler(material)) if filler else ()
    return Answer(id=element.id, asks=element.asks, says=says, missing="" if says else _NOBODY)


def _organisation(material: Material) -> list[str]:
    """Give the name, unless it is only what --as said: us/federal-agency is nobody's name."""
    asker = material.report.organisation
    unnamed = {f"{place}/{kind}" for place in asker.jurisdictions for kind in asker.kinds}
    return [asker.name] if asker.name and asker.name not in unnamed and not material.report.assumed else []


def _products(material: Material) -> list[str]:
    return sorted({_called(exposure, material.report) for exposure in material.going})


def _endpoints(material: Material) -> list[str]:
    machines: dict[str, set[str]] = defaultdict(set)
    for exposure in material.going:
        if exposure.meaning in (Meaning.INSTALLED, Meaning.RUNNING, Meaning.HARDWARE):
            machines[_called(exposure, material.report)].add(exposure.asset.casefold())
    return [f"{name}: {len(assets)}" for name, assets in sorted(machines.items())]


def _methods(material: Material) -> list[str]:
    kinds = ", ".join(material.report.coverage.kinds_seen)
    readers = sorted({source.reader for source in material.report.sources})
    if not readers:
        return []
    program, register = material.report.program, material.report.register
    read = f"{len(material.report.sources)} sources read ({', '.join(readers)})"
    said = [f"{program.name} {program.version} with register {register.version}: {read}"]
    return [*said, f"kinds of evidence: {kinds}"] if kinds else said


def _systems(material: Material) -> list[str]:
    return [
        f"{system.id}: {', '.join(f'{name} {value}' for name, value in sorted(system.facts.items()))}"
        for system in material.report.organisation.systems
        if system.facts
    ]


def _purchases(material: Material) -> list[str]:
    return sorted(
        {
            f"{match.label} ({exposure.asset}{f', {match.last_seen[:10]}' if match.last_seen else ''})"
            for exposure in material.going
            if exposure.meaning is Meaning.PURCHASE
            for match in exposure.matches
        }
    )


def _timeline(material: Material) -> list[str]:
    return [
        f"wave {wave.no}, {wave.begins} to {wave.until}: {wave.title}, {wave.assets} asset{'s' * (wave.assets != 1)}"
        + (f", due {wave.due}" if wave.due else "")
        for wave in material.waves
    ]


def _replacements(material: Material) -> list[str]:
    products: dict[str, set[str]] = defaultdict(set)
    for one in material.covered:
        products[one.by.name].add(one.asset)
    return [f"{name}: reports healthy on {len(assets)} of the machines" for name, assets in sorted(products.items())]


def _replacing(material: Material) -> list[str]:
    days = sorted(step.on for wave in material.waves for step in wave.steps if step.action is Task.REPLACE_FIRST)
    assets = f"{len(days)} machine{'s' * (len(days) != 1)}"
    return [f"{assets}: replacements in place from {days[0]} to {days[-1]}, before anything is removed"] if days else []


def _gaps(material: Material) -> list[str]:
    bare = [one.asset for one in material.unprotected]
    more = f" and {len(bare) - _SHOWN} more" if len(bare) > _SHOWN else ""
    said = [f"no protection is confirmed on {', '.join(bare[:_SHOWN])}{more}"] if bare else []
    said += [f"{one.name} gets no updates since {one.since}: on {len(one.assets)}" for one in material.without_updates]
    return said + [note for note in material.report.coverage.notes if note.startswith("no ")]


def _called(exposure: Exposure, report: Report) -> str:
    maker = report.names.get(exposure.party, exposure.party)
    return report.names.get(f"{exposure.party}/{exposure.product}") or f"{maker}, product not known"


FILLERS: dict[str, Callable[[Material], Sequence[str]]] = {
    "organisation": _organisation,
    "products": _products,
    "endpoints": _endpoints,
    "methods": _methods,
    "systems": _systems,
    "purchases": _purchases,
    "timeline": _timeline,
    "protection": _replacements,
    "replacement-timeline": _replacing,
    "gaps": _gaps,
}
"""What answers an element, by the name that the register gives; any other name waits for a person."""
