# SPDX-License-Identifier: Apache-2.0
"""The hard procedure: every provision of the register against every act, product and kind of exposure."""

from __future__ import annotations

import time
from itertools import product
from typing import TYPE_CHECKING

from bench.measure import BrokenError, Options, alternate, table, title
from debar.model.vocab import Act, Meaning
from debar.obligations.applies import applies
from debar.obligations.organisation import organisation
from debar.obligations.question import Question, subject_of
from debar.register.load import load

if TYPE_CHECKING:
    from debar.model.measures import Measure, Provision
    from debar.obligations.question import Subject

Case = tuple["Measure", "Provision", Act, "Subject", Question]
ROUNDS = 7
ENOUGH = 1.0
"""Seconds that one measurement lasts at least."""
ORGANISATIONS = ("us/company", "us/reseller+integrator", "us/federal-agency")


def run(options: Options) -> None:
    """Measure decisions per second, all cases and only those that yield a finding."""
    rounds = options.rounds or ROUNDS
    register = load()
    provisions = [(m, p, act) for m in register.measures.values() for p in m.provisions for act in p.acts]
    subjects = [
        subject_of(party, line, meaning)
        for party in register.parties.values()
        for line in ("", *(item.id for item in party.products))
        for meaning in Meaning
    ]
    questions = [
        Question(organisation=organisation(kind), as_of=day, known_on="")
        for kind, day in product(ORGANISATIONS, ("2024-07-19", "2024-10-01"))
    ]
    cases: list[Case] = [(m, p, act, s, q) for (m, p, act), s, q in product(provisions, subjects, questions)]
    yielding = [(m, p, act, s, q) for m, p, act, s, q in cases if applies(register, m, p, act, subject=s, question=q)]
    if not yielding:
        raise BrokenError("no provision applies to anything")

    def measured(some: list[Case]) -> float:
        done = 0
        began = time.process_time()
        while (spent := time.process_time() - began) < ENOUGH:
            for m, p, act, s, q in some:
                applies(register, m, p, act, subject=s, question=q)
            done += len(some)
        return done / spent

    figures = alternate(
        rounds,
        {
            "every case": lambda: measured(cases),
            "cases with a finding": lambda: measured(yielding),
        },
    )
    title("decisions", f"{len(cases):,} cases, {len(yielding):,} with a finding, {len(Act)} acts known", rounds)
    table("decisions per second", figures)
