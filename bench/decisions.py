# SPDX-License-Identifier: Apache-2.0
"""The legal procedure: case by case, and as an interval join over columns for many exposures, askers and days."""

from __future__ import annotations

import time
from itertools import product
from typing import TYPE_CHECKING

import pyarrow as pa

from bench.measure import BrokenError, Options, alternate, table, title
from debar import pipeline
from debar.model.vocab import Act, Meaning
from debar.obligations.applies import applies
from debar.obligations.organisation import organisation
from debar.obligations.question import Matter, Question, subject_of
from debar.register.load import load

if TYPE_CHECKING:
    from debar.register import Register

Case = tuple[Matter, Act]
ROUNDS = 3
ENOUGH = 1.0
"""Seconds that one measurement lasts at least."""
ORGANISATIONS = ("us/company", "us/reseller+integrator", "us/federal-agency")
DAYS = ("2024-07-19", "2024-10-01")
EXPOSURES = 20_000
CUSTOMERS = 20
MEANINGS = (Meaning.INSTALLED, Meaning.EMBEDDED, Meaning.HARDWARE, Meaning.PURCHASE)


def run(options: Options) -> None:
    """Measure decisions per second: all cases, those that yield a finding, and the interval join."""
    rounds = options.rounds or ROUNDS
    register = load()
    cases = _cases(register)
    yielding = [(matter, act) for matter, act in cases if applies(matter, act)]
    if not yielding:
        raise BrokenError("no provision applies to anything")

    def measured(some: list[Case]) -> float:
        done = 0
        began = time.process_time()
        while (spent := time.process_time() - began) < ENOUGH:
            for matter, act in some:
                applies(matter, act)
            done += len(some)
        return done / spent

    exposures, questions = _estate(register), _customers()
    provisions = sum(len(m.provisions) for m in register.measures.values())
    asked = len(exposures) * provisions * len(questions)

    def joined(*, in_force: bool) -> float:
        began = time.process_time()
        found, _ = pipeline.decisions(exposures, register, questions, threads=1)
        return (len(found) if in_force else asked) / (time.process_time() - began)

    figures = alternate(
        rounds,
        {
            "procedure, every case": lambda: measured(cases),
            "procedure, with a finding": lambda: measured(yielding),
            "join, (exposure, provision, asker and day)": lambda: joined(in_force=False),
            "join, findings in force given": lambda: joined(in_force=True),
        },
    )
    title(
        "decisions",
        f"{len(cases):,} cases, {len(yielding):,} with a finding, {len(Act)} acts known; join of {len(exposures):,}"
        f" exposures, {provisions} provisions, {len(questions)} askers and days, on one thread, rules made anew",
        rounds,
    )
    table("decisions per second", figures)


def _cases(register: Register) -> list[Case]:
    subjects = [
        subject_of(register.parties["kaspersky"], line, meaning)
        for line in ("", *(item.id for item in register.parties["kaspersky"].products))
        for meaning in MEANINGS
    ]
    asking = [
        Question(organisation=organisation(kind), as_of=day, known_on="") for kind, day in product(ORGANISATIONS, DAYS)
    ]
    return [
        (
            Matter(
                register=register,
                measure=measure,
                provision=provision,
                subject=subject,
                question=question,
                facts=question.organisation.facts,
            ),
            act,
        )
        for measure in register.measures.values()
        for provision in measure.provisions
        for act in provision.acts
        for subject, question in product(subjects, asking)
    ]


def _estate(register: Register) -> pa.Table:
    """Give exposures of every party in turn, each on an asset of its own."""
    lines = [(p.id, line.id) for p in register.parties.values() for line in p.products]
    rows = [(*lines[n % len(lines)], MEANINGS[n % len(MEANINGS)].value, 5, f"host-{n}") for n in range(EXPOSURES)]
    return pa.table(dict(zip(("party", "product", "meaning", "level", "asset"), zip(*rows, strict=True), strict=True)))


def _customers() -> list[Question]:
    """Give customers of a few kinds, each asking about each day."""
    return [
        Question(organisation=organisation(ORGANISATIONS[n % len(ORGANISATIONS)]), as_of=day, known_on="")
        for n in range(CUSTOMERS)
        for day in DAYS
    ]
