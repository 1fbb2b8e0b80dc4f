# SPDX-License-Identifier: Apache-2.0
"""Which provisions are about a party at all, whoever asks and whatever its products are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.measures import Organisation
from debar.model.vocab import Meaning
from debar.obligations.question import Matter, Question, Subject
from debar.obligations.reach import links

if TYPE_CHECKING:
    from debar.model.measures import Measure, Party, Provision
    from debar.register import Register

_ANYBODY = Organisation(name="", jurisdictions=(), kinds=())
_SOME_DAY = "2026-01-01"
"""Reach does not depend on the day that is asked about."""


def concerning(register: Register, party: Party) -> list[tuple[Measure, Provision]]:
    """Give the provisions that reach a party by name, tie or list, or by origin without a doubt, in register order."""
    question = Question(organisation=_ANYBODY, as_of=_SOME_DAY, known_on="")
    found = []
    for measure in register.measures.values():
        for provision in measure.provisions:
            meanings = provision.targets.meanings or (Meaning.INSTALLED,)
            subject = Subject(exposure=None, party=party.id, product="", categories=(), meaning=meanings[0], level=5)
            matter = Matter(
                register=register, measure=measure, provision=provision, subject=subject, question=question, facts={}
            )
            if any(not link.missing or link.claims for link in links(matter)):
                found.append((measure, provision))
    return found
