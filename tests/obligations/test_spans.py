# SPDX-License-Identifier: Apache-2.0
"""Promises about time: how it is cut by interruptions, exemptions and waivers, and what each piece says."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law import (
    CONDITION,
    company,
    exemption,
    halt,
    measure,
    provision,
    question,
    register,
    said,
    subject,
    times,
    waiver,
)

from debar.model.measures import Condition, Exemption, Interruption, Measure, Organisation, Provision, Waiver
from debar.model.results import Finding
from debar.model.vocab import Act, AddresseeKind, Grade, Halt, Modality, Status
from debar.obligations.findings import decide
from debar.obligations.question import Question
from debar.obligations.spans import Span, cut

BANNED, OUT, OFF, OPEN = Status.PROHIBITED, Status.EXEMPT, Status.SUSPENDED, Status.UNDETERMINED
HALTING = [kind for kind in Halt if kind is not Halt.NON_ENFORCEMENT]

# ---- cutting

POINTS = st.integers(0, 12).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=30 * n))
BY: list[Interruption | Exemption | Waiver] = [halt(), exemption(id="one"), exemption(id="two"), waiver()]
STATUSES = (OFF, OUT, OUT, OUT)


@st.composite
def layers(draw: st.DrawFn) -> Span:
    """Give what lies over a time: sometimes for good, sometimes from ever, sometimes the wrong way round."""
    which = draw(st.integers(0, len(BY) - 1))
    until = draw(st.none() | POINTS)
    return Span(since=draw(POINTS), until=until, status=STATUSES[which], by=BY[which])


def stands(at: datetime, whole: Span, over: list[Span]) -> tuple[Status, object]:
    """Give the status of an instant and what brings it about: the first layer over it, or none."""
    for layer in over:
        if layer.since <= at and (layer.until is None or at < layer.until):
            return layer.status, layer.by
    return whole.status, None


@settings(max_examples=400)
@given(since=POINTS, until=st.none() | POINTS, over=st.lists(layers(), max_size=5))
def test_a_time_is_cut_into_exactly_itself(since: datetime, until: datetime | None, over: list[Span]) -> None:
    """No gap, no overlap, nothing outside; neighbours differ; every instant has the status of the strongest layer."""
    whole = Span(since=since, until=until, status=BANNED)
    pieces = cut(whole, BANNED, over)
    if until is not None and until <= since:
        assert [] == pieces
        return
    assert (since, until) == (pieces[0].since, pieces[-1].until)
    assert [p.until for p in pieces[:-1]] == [p.since for p in pieces[1:]]
    assert all(p.until is None or p.since < p.until for p in pieces)
    assert all(one.status is not two.status or one.by != two.by for one, two in pairwise(pieces))
    assert {len(pieces) > 1} == {p.is_part for p in pieces}
    edges = [at for layer in over for at in (layer.since, layer.until) if at]
    near = [at + timedelta(microseconds=step) for at in (since, *edges) for step in (-1, 0, 1)]
    for at in near:
        inside = [p for p in pieces if p.since <= at and (p.until is None or at < p.until)]
        assert len(inside) == (since <= at and (until is None or at < until))
        assert [stands(at, whole, over)] * len(inside) == [(p.status, p.by) for p in inside]


# ---- interruptions


def test_a_suspension_ends_by_itself() -> None:
    """The ban stands in the book meanwhile, and is back on the last day, as it was."""
    rule = provision(interruptions=(halt(applies_until="2025-09-01"),))
    assert [
        (BANNED, "2024-07-20", "2024-09-01"),
        (OFF, "2024-09-01", "2025-09-01"),
        (BANNED, "2025-09-01", None),
    ] == times(said(rule))


@pytest.mark.parametrize("kind", HALTING)
def test_an_interruption_without_an_end_is_for_good(kind: Halt) -> None:
    """A stay, an annulment, a withdrawal or a suspension without a day leaves nothing of the ban."""
    rule = provision(interruptions=(halt(kind),))
    assert [(BANNED, "2024-07-20", "2024-09-01"), (OFF, "2024-09-01", None)] == times(said(rule))


def test_a_provision_may_be_set_aside_before_it_begins() -> None:
    """What was never in force is one finding, and it is suspended."""
    rule = provision(interruptions=(halt(Halt.ANNULMENT, applies_from="2024-07-01"),))
    assert [(OFF, "2024-07-20", None)] == times(said(rule))


@pytest.mark.parametrize(("known_on", "pieces"), [("2024-08-14", 1), ("2024-08-15", 2), ("", 2)])
def test_an_interruption_counts_from_when_it_is_known(known_on: str, pieces: int) -> None:
    """As known before, the ban goes on."""
    found = said(provision(interruptions=(halt(),)), asked=question(known_on=known_on))
    assert pieces == len(found)


def test_an_unverified_interruption_lifts_nothing() -> None:
    """A rumour of a stay is no stay."""
    rule = provision(interruptions=(halt(Halt.STAY, grade=Grade.UNVERIFIED),))
    assert [(BANNED, "2024-07-20", None)] == times(said(rule))


def test_an_interruption_of_the_measure_is_one_of_every_provision() -> None:
    """A court that sets the measure aside sets all of it aside."""
    rules = (provision(), provision(id="duty", modality=Modality.REQUIRED))
    found = said(of=measure(*rules, interruptions=(halt(Halt.STAY),)))
    assert [
        (BANNED, "2024-07-20", "2024-09-01"),
        (OFF, "2024-09-01", None),
        (Status.REQUIRED, "2024-07-20", "2024-09-01"),
        (OFF, "2024-09-01", None),
    ] == times(found)


def test_an_interruption_speaks_its_own_words() -> None:
    """Text, grade and source are those of the interruption; what was open does not matter while it lasts."""
    rule = provision(conditions=(CONDITION,), interruptions=(halt(),))
    before, after = said(rule)
    assert (OPEN, ("purpose",)) == (before.status, before.missing)
    assert (OFF, (), "It is halted.", Grade.SECONDARY) == (after.status, after.missing, after.text, after.grade)
    assert ["Text order, sec-1", "Text notice"] == [b.citation for b in after.because]
    assert (None, None) == (after.exemption, after.waiver)


def test_days_of_an_interruption_are_those_of_the_authority() -> None:
    """It begins at midnight where the authority sits."""
    rule = provision(interruptions=(halt(),))
    _, after = said(of=measure(rule, authority="jp-office"))
    assert "2024-08-31T15:00:00Z" == after.since


@pytest.mark.parametrize("of_measure", [False, True])
@pytest.mark.parametrize("grade", list(Grade))
def test_what_is_not_enforced_is_still_the_law(of_measure: bool, grade: Grade) -> None:
    """The status stays in one piece; the finding tells since when, until when and in which words it is not enforced."""
    pause = halt(Halt.NON_ENFORCEMENT, applies_until="2025-01-01", grade=grade)
    rule = provision(interruptions=() if of_measure else (pause,))
    (finding,) = said(of=measure(rule, interruptions=(pause,) if of_measure else ()))
    assert [(BANNED, "2024-07-20", None)] == times([finding])
    assert [("2024-09-01T04:00:00Z", "2025-01-01T05:00:00Z", "It is halted.", grade)] == [
        (p.since, p.until, p.text, p.grade) for p in finding.pauses
    ]


def test_non_enforcement_without_an_end_that_is_not_known_yet() -> None:
    """An open end is none, and what nobody could know is not told."""
    rule = provision(interruptions=(halt(Halt.NON_ENFORCEMENT),))
    assert [None] == [p.until for f in said(rule) for p in f.pauses]
    assert [] == [p for f in said(rule, asked=question(known_on="2024-08-14")) for p in f.pauses]


@pytest.mark.parametrize(
    ("since", "until", "is_told"),
    [
        ("2024-01-01", "2024-07-20", False),
        ("2024-01-01", "2024-07-21", True),
        ("2024-12-31", "2025-06-01", True),
        ("2025-01-01", "2025-06-01", False),
        ("2024-01-01", "", True),
    ],
)
def test_a_pause_is_told_where_it_touches_the_law(since: str, until: str, is_told: bool) -> None:
    """Before the ban begins and after it ends there is nothing that could not be enforced."""
    pause = halt(Halt.NON_ENFORCEMENT, applies_from=since, applies_until=until)
    (finding,) = said(provision(applies_until="2025-01-01", interruptions=(pause,)))
    assert is_told == bool(finding.pauses)


def test_nothing_is_paused_where_the_case_is_out() -> None:
    """Who is exempt needs no leniency; the piece in which the ban holds tells of it."""
    pause = halt(Halt.NON_ENFORCEMENT, applies_from="2024-07-20")
    rule = provision(interruptions=(pause,), exemptions=(exemption(applies_until="2024-09-01"),))
    assert [(OUT, 0), (BANNED, 1)] == [(f.status, len(f.pauses)) for f in said(rule)]


# ---- exemptions with a time of their own


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("", "", [(OUT, "2024-07-20", None)]),
        ("2024-01-01", "2024-07-20", [(BANNED, "2024-07-20", None)]),
        ("2024-09-01", "", [(BANNED, "2024-07-20", "2024-09-01"), (OUT, "2024-09-01", None)]),
        ("", "2024-09-01", [(OUT, "2024-07-20", "2024-09-01"), (BANNED, "2024-09-01", None)]),
        (
            "2024-08-01",
            "2024-09-01",
            [(BANNED, "2024-07-20", "2024-08-01"), (OUT, "2024-08-01", "2024-09-01"), (BANNED, "2024-09-01", None)],
        ),
    ],
)
def test_an_exemption_takes_out_for_its_time(
    since: str, until: str, expected: list[tuple[Status, str, str | None]]
) -> None:
    """Before it and after it the ban holds."""
    assert expected == times(said(provision(exemptions=(exemption(applies_from=since, applies_until=until),))))


EXTENDED = provision(
    exemptions=(
        exemption(id="first", applies_until="2025-01-01"),
        exemption(id="later", applies_from="2025-01-01", applies_until="2026-01-01", known_from="2024-12-15"),
    )
)
"""An exemption that was extended a fortnight before it ran out."""


@pytest.mark.parametrize(("known_on", "end"), [("2024-12-14", "2025-01-01"), ("2024-12-15", "2026-01-01")])
def test_an_extension_counts_from_when_it_is_known(known_on: str, end: str) -> None:
    """As known before, the ban comes back on the old day."""
    found = said(EXTENDED, asked=question(known_on=known_on))
    pieces = times(found)
    assert (BANNED, end, None) == pieces[-1]
    assert [OUT] * (len(pieces) - 1) == [status for status, _, _ in pieces[:-1]]


def test_an_exemption_and_its_extension_are_two_findings() -> None:
    """Each names its own exemption, and each has an id of its own."""
    found = said(EXTENDED)
    assert ["first", "later", None] == [f.exemption for f in found]
    assert 3 == len({f.id for f in found})


def test_a_piece_of_time_keeps_its_id_when_a_later_one_is_cut_off() -> None:
    """What is extended later changes the id of nothing that came before."""
    before = said(EXTENDED, asked=question(known_on="2024-12-14"))
    after = said(EXTENDED)
    assert before[0].id == after[0].id


def test_what_only_an_answer_would_exempt_is_asked_in_every_piece_that_binds() -> None:
    """A dated exemption does not answer the question of another one."""
    asked = exemption(id="asked", conditions=(CONDITION,))
    found = said(provision(exemptions=(asked, exemption(id="dated", applies_until="2024-09-01"))))
    assert [(OUT, ()), (BANNED, ("purpose",))] == [(f.status, f.missing) for f in found]


@pytest.mark.parametrize(
    ("as_of", "missing"),
    [
        ("2024-07-31", ()),
        ("2024-08-01", ("purpose",)),
        ("2024-09-30", ("purpose",)),
        ("2024-10-01T03:59:59Z", ("purpose",)),
        ("2024-10-01", ()),
    ],
)
@pytest.mark.parametrize("by", ["exemption", "waiver"])
def test_what_is_over_is_not_asked_about(by: str, as_of: str, missing: tuple[str, ...]) -> None:
    """What might let somebody off is a question on the days on which it might, and on no other."""
    time = {"applies_from": "2024-08-01", "applies_until": "2024-10-01"}
    if by == "exemption":
        of = measure(provision(exemptions=(exemption(conditions=(CONDITION,), **time),)))
    else:
        of = measure(waivers=(waiver(conditions=(CONDITION,), **time),))
    (finding,) = said(of=of, asked=question(as_of=as_of))
    assert (BANNED, missing) == (finding.status, finding.missing)


# ---- waivers


def under(
    *waivers: Waiver, asked: Question | None = None, act: Act = Act.USE, of: Measure | None = None
) -> list[Finding]:
    """Give what the ban says under some waivers of its measure."""
    return said(of=of or measure(waivers=waivers), asked=asked, act=act)


def test_a_public_waiver_lets_everybody_off_from_its_day() -> None:
    """Nobody needs to hold it; the finding names the waiver and speaks its words."""
    found = under(waiver())
    assert [(BANNED, "2024-07-20", "2024-08-01"), (OUT, "2024-08-01", None)] == times(found)
    assert ("grace", None, "The Office waives it.", Grade.SECONDARY) == (
        found[1].waiver,
        found[1].exemption,
        found[1].text,
        found[1].grade,
    )


def test_a_waiver_expires() -> None:
    """On its last day the ban is back."""
    found = under(waiver(applies_until="2024-12-01"))
    assert [
        (BANNED, "2024-07-20", "2024-08-01"),
        (OUT, "2024-08-01", "2024-12-01"),
        (BANNED, "2024-12-01", None),
    ] == times(found)


def test_a_waiver_that_is_extended_later() -> None:
    """As known before the extension it runs out; after, the second one follows on the first."""
    grants = (
        waiver(applies_until="2025-01-01"),
        waiver(id="more", applies_from="2025-01-01", applies_until="2027-01-01", known_from="2024-12-01"),
    )
    ends = {known: times(under(*grants, asked=question(known_on=known)))[-1] for known in ("2024-11-30", "2024-12-01")}
    assert {"2024-11-30": (BANNED, "2025-01-01", None), "2024-12-01": (BANNED, "2027-01-01", None)} == ends


@pytest.mark.parametrize(
    ("change", "is_let_off"),
    [
        ({"holder": "asker"}, True),
        ({"holder": "somebody"}, False),
        ({"acts": (Act.USE, Act.RENEW)}, True),
        ({"acts": (Act.RENEW,)}, False),
        ({"provisions": ("us-order#ban",)}, True),
        ({"provisions": ("other",)}, False),
        ({"provisions": ("us-other#ban",)}, False),
        ({"grade": Grade.UNVERIFIED}, False),
        ({"known_from": "2024-09-15"}, True),
        ({"known_from": "2025-01-01"}, False),
    ],
)
def test_a_waiver_covers_what_it_grants(change: dict[str, object], is_let_off: bool) -> None:
    """Holder, act and provision must fit; nobody is let off by one that is unverified or not known yet."""
    found = under(waiver(**change), asked=question(known_on="2024-10-01"))
    assert is_let_off == any(f.waiver for f in found)


def test_a_waiver_is_of_a_provision_and_of_no_other() -> None:
    """A waiver of the ban leaves the duty beside it alone."""
    duty = provision(id="duty", modality=Modality.REQUIRED)
    found = said(of=measure(provision(), duty, waivers=(waiver(applies_from="2024-07-01"),)))
    assert [(OUT, "2024-07-20", None), (Status.REQUIRED, "2024-07-20", None)] == times(found)


@pytest.mark.parametrize(
    ("facts", "status", "missing"),
    [({"purpose": "yes"}, OUT, ()), ({"purpose": "no"}, BANNED, ()), ({}, BANNED, ("purpose",))],
)
def test_a_waiver_with_conditions_is_not_presumed(
    facts: dict[str, str], status: Status, missing: tuple[str, ...]
) -> None:
    """Whoever claims it must show that it fits; meanwhile the ban stands, and the question with it."""
    grant = waiver(conditions=(CONDITION,), applies_from="2024-07-01")
    (finding,) = under(grant, asked=question(company(facts=facts)))
    assert (status, missing) == (finding.status, finding.missing)


def own(*waivers: Waiver, name: str = "asker") -> Organisation:
    """Give a company with waivers in its own file."""
    return company(name=name, waivers=waivers)


@pytest.mark.parametrize(
    ("provisions", "holder", "is_let_off"),
    [
        (("us-order#ban",), "", True),
        (("us-order#ban",), "asker", True),
        (("us-order#ban",), "somebody", False),
        (("ban",), "", False),
        (("us-order#other",), "", False),
    ],
)
def test_an_organisation_brings_its_own_waivers(provisions: tuple[str, ...], holder: str, is_let_off: bool) -> None:
    """They name measure and provision in full, and are held by nobody else."""
    mine = own(waiver(provisions=provisions, holder=holder))
    assert is_let_off == any(f.waiver for f in under(asked=question(mine)))


def test_a_measure_may_waive_a_provision_of_another() -> None:
    """The waiver of another measure counts when it names measure and provision in full."""
    for name, is_let_off in (("us-order#ban", True), ("ban", False)):
        other = measure(provision(id="else", acts=(Act.RESELL,)), id="us-other", waivers=(waiver(provisions=(name,)),))
        assert is_let_off == any(f.waiver for f in said(more=(other,)))


@pytest.mark.parametrize("where", ["own file", "other measure"])
def test_the_question_of_a_waiver_from_elsewhere_is_asked(where: str) -> None:
    """What would let somebody off is asked in the waiver's own words, wherever the waiver stands."""
    licence = Condition(id="licence", fact="licence", needs="Is the licence paid for?")
    grant = waiver(provisions=("us-order#ban",), conditions=(licence,))
    if where == "own file":
        found = under(asked=question(own(grant)))
    else:
        found = said(more=(measure(provision(id="else", acts=(Act.RESELL,)), id="us-other", waivers=(grant,)),))
    assert [("Is the licence paid for?",)] == [f.questions for f in found]


# ---- which of them counts


def test_an_interruption_comes_before_an_exemption_and_that_before_a_waiver() -> None:
    """Where several lie over one another the finding names the strongest; each shows where it is alone."""
    rule = provision(
        interruptions=(halt(applies_from="2024-10-01", applies_until="2024-11-01"),),
        exemptions=(exemption(applies_from="2024-09-01", applies_until="2024-12-01"),),
    )
    found = said(of=measure(rule, waivers=(waiver(applies_from="2024-08-01", applies_until="2025-01-01"),)))
    assert [
        (BANNED, "2024-07-20", "2024-08-01"),
        (OUT, "2024-08-01", "2024-09-01"),
        (OUT, "2024-09-01", "2024-10-01"),
        (OFF, "2024-10-01", "2024-11-01"),
        (OUT, "2024-11-01", "2024-12-01"),
        (OUT, "2024-12-01", "2025-01-01"),
        (BANNED, "2025-01-01", None),
    ] == times(found)
    assert [None, "grace", None, None, None, "grace", None] == [f.waiver for f in found]
    assert [None, None, "training", None, "training", None, None] == [f.exemption for f in found]


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        (provision(modality=Modality.REQUIRED), Status.REQUIRED),
        (provision(modality=Modality.LICENCE_REQUIRED), Status.LICENCE_REQUIRED),
        (provision(conditions=(CONDITION,)), OPEN),
        (provision(grade=Grade.UNVERIFIED), OPEN),
        (provision(addressees=(AddresseeKind.SUPPLIER,), counterparties=(AddresseeKind.COMPANY,)), Status.UNAVAILABLE),
    ],
)
def test_whatever_a_provision_does_is_cut_alike(rule: Provision, status: Status) -> None:
    """Exemptions and interruptions take their time out of every status."""
    found = said(of=measure(rule, waivers=(waiver(),), interruptions=(halt(applies_from="2025-01-01"),)))
    assert [status, OUT, OFF] == [f.status for f in found]


def test_a_suspected_subject_is_exempt_where_a_known_one_would_be() -> None:
    """What is let off if it is there asks for no second look."""
    law, asked = register(measure(provision(exemptions=(exemption(),)))), question()
    assert [OUT] == [f.status for f in decide(law, subject(level=1), asked, (Act.USE,))]
