# SPDX-License-Identifier: Apache-2.0
"""Which acts of statements are about one thing, so that their days can be held against each other."""

from __future__ import annotations

import re

from debar.model.vocab.statements import StatedAct

FAMILIES: dict[StatedAct, str] = {
    StatedAct.PROHIBIT_SELL: "sales",
    StatedAct.PERMIT_SELL: "sales",
    StatedAct.PROHIBIT_UPDATE: "updates",
    StatedAct.PERMIT_UPDATE: "updates",
    StatedAct.SUPPLIER_STOP_UPDATES: "updates",
    StatedAct.PROHIBIT_USE: "use",
    StatedAct.PERMIT_USE: "use",
    StatedAct.REQUIRE_REMOVE: "removal",
    StatedAct.REQUIRE_REPLACE: "removal",
    StatedAct.SUPPLIER_EXIT: "the supplier's exit",
}
"""Acts that are two sides, or two wordings, of one thing; every other act is a family of its own."""
NAMES: dict[StatedAct, str] = {
    StatedAct.ANNOUNCE: "announcement",
    StatedAct.ISSUE: "the instrument itself",
    StatedAct.EFFECTIVE: "taking effect",
    StatedAct.PROHIBIT: "the ban as a whole",
    StatedAct.COMPLY_DEADLINE: "the deadline to comply",
    StatedAct.LIST: "the entry on a list",
    StatedAct.DELIST: "the removal from a list",
    StatedAct.SUPPLIER_LAYOFF: "dismissals",
    StatedAct.SUPPLIER_STOP_SALES: "the end of sales by the supplier",
    StatedAct.PERMIT_USE: "use",
    StatedAct.COURT_RULING: "the decision of the court",
    StatedAct.CHALLENGE: "the challenge in court",
    StatedAct.BACKGROUND: "the supplier's history",
}
"""Families in the words of a topic, where the act itself does not read well."""
BINDING = ("prohibit", "permit", "require", "effective", "comply_deadline", "exempt", "extend", "suspend", "revoke")
"""Beginnings of acts on whose days and being somebody acts."""
TOLD_ONCE = frozenset(
    {
        StatedAct.ISSUE,
        StatedAct.ANNOUNCE,
        StatedAct.LIST,
        StatedAct.DELIST,
        StatedAct.SANCTION,
        StatedAct.SUSPEND,
        StatedAct.REVOKE,
        StatedAct.EXTEND,
        StatedAct.SUPPLIER_LAYOFF,
    }
)
"""Events that happen once or seldom, so that near days of them are rival accounts of one."""
PUBLISHED = "published"
_MAKING = (
    (PUBLISHED, re.compile(r"\b(?:publish|print|gazett|post(?:ed|ing)?\b|appear|show(?:ed|n)? up|placed on|official journal)")),
    ("signed", re.compile(r"\b(?:sign(?:ed|s|ing)?\b|signature|promulgat|royal assent)")),
    ("adopted", re.compile(r"\b(?:adopt|pass(?:ed|es)?\b|approv|vot(?:e|ed|es|ing)\b)")),
)  # fmt: skip
"""Steps in which an instrument comes about; each has its own day, so that only like ones are compared."""


def family(act: StatedAct, nameless: str = "") -> str:
    """Give what an act is about; a deadline that names no act is about what it is given as."""
    if act is StatedAct.COMPLY_DEADLINE and nameless:
        return nameless
    return FAMILIES.get(act, str(act))


def topic(family_: str, acts: set[StatedAct]) -> str:
    """Give a family in words."""
    if len(acts) == 1 and family_ == str(next(iter(acts))):
        act = next(iter(acts))
        return NAMES.get(act, str(act).replace(".", ": ").replace("_", " "))
    return family_


def making(passage: str) -> str:
    """Give the step of an instrument of which a passage speaks; "made" where it names none."""
    return next((name for name, pattern in _MAKING if pattern.search(passage)), "made")


def is_binding(act: StatedAct) -> bool:
    """Tell whether somebody acts by the day of an act, or by whether it is so at all."""
    return act.startswith(BINDING)
