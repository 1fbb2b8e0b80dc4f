# SPDX-License-Identifier: Apache-2.0
"""Promises of a statement held against the register: which verdict, on which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar.intake.stories.against import compared
from debar.model.vocab import Grade, Instrument
from debar.model.vocab.statements import Precision, VsRegister
from storied import dated, stated

if TYPE_CHECKING:
    from debar.register import Register

KASPERSKY = "us-bis-icts-2021-002-kaspersky"
WARNING = "de-bsi-2022-03-15-kaspersky-warnung"
PROPOSAL = "eu-csa2-proposal"
AGREES, IMPRECISE, CONTRADICTS = VsRegister.AGREES, VsRegister.IMPRECISE, VsRegister.CONTRADICTS
NOT_COVERED = VsRegister.NOT_COVERED


@pytest.mark.parametrize(
    ("act", "when", "verdict"),
    [
        ("announce", "on 2024-06-20", AGREES),
        ("announce", "on 2024-06", AGREES),
        ("announce", "on 2024-06-21", CONTRADICTS),
        ("announce", "on 2024-09-21", NOT_COVERED),
        ("announce", "", AGREES),
        ("announce", "on XXXX-06-20", IMPRECISE),
        ("issue", "on 2024-06-24", AGREES),
        ("prohibit.sell", "", IMPRECISE),
        ("prohibit.sell", "from 2024-07-20", AGREES),
        ("prohibit.sell", "after 2024-07-19", AGREES),
        ("prohibit.sell", "after 2024-07-20", IMPRECISE),
        ("prohibit.sell", "from 2024-07", IMPRECISE),
        ("prohibit.sell", "from 2024-07-21", CONTRADICTS),
        ("prohibit.sell", "from 2024-08", CONTRADICTS),
        ("prohibit.update", "from 2024-09-29", AGREES),
        ("permit.update", "until 2024-09-29", AGREES),
        ("permit.update", "until 2024-09-28", AGREES),
        ("permit.update", "until 2024-12-31", CONTRADICTS),
        ("prohibit.use", "", CONTRADICTS),
        ("prohibit.use", "from 2024-09-29", CONTRADICTS),
        ("permit.use", "", AGREES),
        ("permit.use", "until 2024-09-29", CONTRADICTS),
        ("require.remove", "", CONTRADICTS),
        ("recommend.replace", "before 2024-09-29", AGREES),
        ("effective", "from 2024-07-20", IMPRECISE),
        ("effective", "from 2024-08-20", CONTRADICTS),
        ("prohibit", "", IMPRECISE),
        ("supplier.exit", "from 2024-07-20", NOT_COVERED),
        ("sanction", "on 2024-06-21", NOT_COVERED),
        ("list", "on 2024-06-20", NOT_COVERED),
        ("prohibit.import", "", NOT_COVERED),
    ],
)
def test_a_statement_against_the_determination(register: Register, act: str, when: str, verdict: VsRegister) -> None:
    """Each act and day as the gold annotation of real articles has it: only the wording moves a day to imprecise."""
    found = compared(stated(act, when), KASPERSKY, register)
    assert found.vs_register is verdict
    assert bool(found.official) == (verdict is not NOT_COVERED)


def test_a_part_of_the_month_that_misses_the_day_is_imprecise(register: Register) -> None:
    """Late June is not 20 June, and nobody would call it wrong."""
    late = dated("2024-06", text="late June 2024", precision=Precision.PART_OF_MONTH)
    assert compared(replace(stated("announce"), date=late), KASPERSKY, register).vs_register is IMPRECISE


def test_denials_turn_the_verdict(register: Register) -> None:
    """Use is not banned agrees with a permission; use is not allowed contradicts it."""
    assert compared(stated("prohibit.use", polarity="denied"), KASPERSKY, register).vs_register is AGREES
    assert compared(stated("permit.use", polarity="denied"), KASPERSKY, register).vs_register is CONTRADICTS
    assert compared(stated("announce", polarity="denied"), KASPERSKY, register).vs_register is CONTRADICTS


def test_a_removal_that_nobody_demands_is_not_covered_where_use_is_not_told_of(register: Register) -> None:
    """Only a permission to use says that nothing need be removed; a measure without one is silent."""
    measure = register.measures[KASPERSKY]
    silent = replace(measure, provisions=tuple(one for one in measure.provisions if one.id != "continued-use"))
    known = replace(register, measures={KASPERSKY: silent})
    assert compared(stated("require.remove"), KASPERSKY, known).vs_register is NOT_COVERED
    assert compared(stated("effective", polarity="denied"), KASPERSKY, register).vs_register is NOT_COVERED


def test_a_legal_basis_agrees_by_the_name_of_the_programme(register: Register) -> None:
    """The programme that the determination is made under is named in its relations or title."""
    agreeing = stated("legal_basis", part="the ICTS Program")
    assert compared(agreeing, KASPERSKY, register).vs_register is AGREES
    assert compared(stated("legal_basis", part="the Jones Act"), KASPERSKY, register).vs_register is NOT_COVERED


def test_a_warning_told_as_a_ban_is_contradicted(register: Register) -> None:
    """A warning binds nobody, so that whoever calls it a ban is wrong; that it warns is right."""
    found = compared(stated("prohibit.use"), WARNING, register)
    assert found.vs_register is CONTRADICTS
    assert "binds nobody" in found.official
    assert compared(stated("warn"), WARNING, register).vs_register is AGREES


def test_a_proposal_told_as_law_is_imprecise(register: Register) -> None:
    """What a proposal would ban is told as if it did; that it is proposed is right."""
    assert compared(stated("prohibit.use"), PROPOSAL, register).vs_register is IMPRECISE
    assert compared(stated("propose"), PROPOSAL, register).vs_register is AGREES


@pytest.mark.parametrize("about", ["de/huawei", "us/huawei", "no-such-measure"])
def test_a_statement_on_another_measure_is_not_compared(register: Register, about: str) -> None:
    """What is said of another supplier or place is held against nothing of this one."""
    found = compared(replace(stated("prohibit.use"), measure=about), KASPERSKY, register)
    assert (found.vs_register, found.official) == (NOT_COVERED, "")


@pytest.mark.parametrize("about", ["us/kaspersky", KASPERSKY, ""])
def test_a_statement_on_the_measure_of_the_story_is(register: Register, about: str) -> None:
    """By id, by place and supplier, or because it names none."""
    assert compared(replace(stated("prohibit.use"), measure=about), KASPERSKY, register).vs_register is CONTRADICTS


def test_without_a_measure_nothing_is_compared(register: Register) -> None:
    """A story that the register does not hold has no verdicts."""
    assert compared(stated("prohibit.use"), "", register).vs_register is NOT_COVERED


def test_what_the_register_has_not_verified_confirms_and_contradicts_nothing(register: Register) -> None:
    """Of an unverified provision the words are shown, and no verdict is drawn from them."""
    measure = register.measures[KASPERSKY]
    doubted = replace(measure, provisions=tuple(replace(one, grade=Grade.UNVERIFIED) for one in measure.provisions))
    weak = replace(register, measures={KASPERSKY: doubted})
    for said in (stated("prohibit.use"), stated("prohibit.sell", "from 2024-07-20")):
        found = compared(said, KASPERSKY, weak)
        assert found.vs_register is NOT_COVERED
        assert "unverified" in found.official


def test_days_are_those_of_the_authoritys_zone(register: Register) -> None:
    """An instant counts as the day that it is where the authority sits, whatever offset it is written with."""
    measure = register.measures[KASPERSKY]
    moved = tuple(
        replace(one, applies_from="2024-07-20T04:00Z") if one.id == "new-agreements" else one for one in measure.provisions
    )  # fmt: skip
    utc = replace(register, measures={KASPERSKY: replace(measure, provisions=moved)})
    assert compared(stated("prohibit.sell", "from 2024-07-20"), KASPERSKY, utc).vs_register is AGREES
    late = tuple(replace(one, applies_from="2024-07-20T03:59Z") for one in moved)
    eve = replace(register, measures={KASPERSKY: replace(measure, provisions=late)})
    assert compared(stated("prohibit.sell", "from 2024-07-20"), KASPERSKY, eve).vs_register is CONTRADICTS


def test_every_measure_can_be_compared_with_every_act(register: Register) -> None:
    """No measure of the register and no act of the vocabulary makes the comparison fail."""
    for id_, measure in register.measures.items():
        assert measure.instrument in Instrument
        for act in ("prohibit.use", "require.remove", "require.report", "effective", "issue", "list", "permit.use"):
            for when in ("", "from 2025-01-01", "by 2026", "until 2024-09"):
                assert compared(stated(act, when), id_, register).vs_register in VsRegister


def test_the_four_verdicts_are_written_as_reports_write_them() -> None:
    """Whoever reads the JSON meets these words and no others."""
    assert list(VsRegister) == ["agrees", "imprecise", "contradicts", "not covered"]
