# SPDX-License-Identifier: Apache-2.0
"""What of a report answers an element of a form: one function for each name that a form may give.

A filler gives what evidence says, each value with where it is from. It gives nothing where there is nothing, and never
a negative: that something was not found is told as what was looked at, for a person to conclude from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.proof import course, found

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.proof.cases import Case, Value

UNKNOWN = "for a person to fill in: no file that was read can tell it"


class Filler(NamedTuple):
    """How one name of a form is answered."""

    values: Callable[[Case], tuple[Value, ...]]
    unknown: str
    """What a person has to fill in where there are no values."""
    beside: str = ""
    """What is left to a person where there are some; empty where evidence completes it."""
    is_of_form: bool = False
    """It looks at what the form is about besides its exposures: measure, contract, whether findings make it due."""


def _none(_case: Case) -> tuple[Value, ...]:
    return ()


def _left(values: Callable[[Case], tuple[Value, ...]], unknown: str, *, is_of_form: bool = False) -> Filler:
    """Give a filler that evidence alone never completes."""
    return Filler(values, unknown, unknown, is_of_form)


_NIL = "nothing was found, which is no proof that nothing is there: see what was looked at, and confirm or correct"
_WHICH = "which of these it is about: strike out what was neither provided nor used"
_ENDPOINTS = (
    "whether each of these is an endpoint, and those of which nothing but a purchase or a list of parts tells: they are"
    " not counted"
)
FILLERS: dict[str, Filler] = {
    "human": Filler(_none, UNKNOWN),
    "organisation": Filler(found.organisation, "the name of the organisation: its file states it (--as FILE.yaml)"),
    "contracts": Filler(
        found.contracts,
        "the contract: the organisation's file names none, or does not say which (contracts)",
        is_of_form=True,
    ),
    "suppliers": Filler(found.suppliers, "who supplied it: no purchase that was read names a supplier of it"),
    "purchases": _left(found.purchases, "agreements that no purchase record shows"),
    "parties": Filler(found.parties, _NIL),
    "brands": Filler(found.parties, _NIL),
    "models": Filler(found.models, "the model number: evidence tells the maker only", _WHICH),
    "items": Filler(found.items, _NIL, _WHICH),
    "products": Filler(found.products, _NIL),
    "exposures": Filler(found.exposures, _NIL),
    "endpoints": Filler(found.endpoints, _NIL, _ENDPOINTS),
    "endpoints-per-product": Filler(found.endpoints_per_product, _NIL, _ENDPOINTS),
    "methods": Filler(found.methods, "how it was searched for", is_of_form=True),
    "inquiry": _left(found.inquiry, "any other inquiry, and who conducted it", is_of_form=True),
    "gaps": _left(found.gaps, "anything else that is known to stand in the way, or not to have been looked at"),
    "mitigation": _left(course.mitigation, "what was done about it so far"),
    "timeline": _left(
        course.timeline, "the days on which it will be removed: debar plan works them out", is_of_form=True
    ),
    "replacement-timeline": Filler(_none, "the days on which replacements will be in place: debar plan works them out"),
    "protection": _left(course.protection, "which product replaces it"),
    "systems": _left(course.systems, "what the endpoints are for"),
    "progress": _left(course.progress, "how far the plan of action was carried out"),
    "waivers": Filler(
        course.waivers, "whether an exemption is held: the organisation's file names none (waivers)", is_of_form=True
    ),
    "representation": _left(
        course.representation, '"does" or "does not": for whoever signs to decide', is_of_form=True
    ),
    "completion": _left(
        course.completion, "whether the removal is complete: for whoever signs to declare", is_of_form=True
    ),
}
"""Name in a form -> how it is answered; a form with another name has that element left to a person."""
