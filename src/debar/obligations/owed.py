# SPDX-License-Identifier: Apache-2.0
"""Duties that are owed whatever was found: their findings are about no exposure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Meaning
from debar.obligations.applies import applies
from debar.obligations.findings import granted_elsewhere
from debar.obligations.question import NO_PARTY, NOTHING, Matter, Subject, contexts
from debar.obligations.reach import Link

if TYPE_CHECKING:
    from debar.model.results import Finding
    from debar.obligations.question import Grant, Question
    from debar.register import Register

_NOTHING = Subject(exposure=None, party=NO_PARTY, product="", categories=(), meaning=Meaning.INSTALLED, level=5)
"""What such a duty is held against."""


def owed(register: Register, question: Question, grant: Grant = NOTHING) -> list[Finding]:
    """Give the findings of the duties that bind the organisation without any evidence, by measure, provision and act.

    Its facts, contracts and waivers count as for everything else, and so does what its people decided about them (`grant`);
    the targets do not.
    """
    found: list[Finding] = []
    question = msgspec.structs.replace(question, grant=grant)
    asker, elsewhere = question.organisation, granted_elsewhere(register)
    for measure in register.measures.values():
        for provision in (one for one in measure.provisions if one.owed):
            for contract, facts in contexts(asker, measure, provision, asker.facts):
                matter = Matter(
                    register=register,
                    measure=measure,
                    provision=provision,
                    subject=_NOTHING,
                    question=question,
                    contract=contract,
                    facts=facts,
                    waivers=elsewhere,
                )
                for act in provision.acts:
                    found += applies(matter, act, [Link()])
    return found
