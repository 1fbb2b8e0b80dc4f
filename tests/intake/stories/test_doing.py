# SPDX-License-Identifier: Apache-2.0
"""Promises of whether something is banned, and of what some assert and others deny."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar.intake.stories.doing import acts, polarities
from debar.intake.stories.weighed import Weighed, weigh
from debar.model.intake import Span
from debar.model.lexicon import Words
from debar.model.vocab.statements import ConflictKind, Severity
from storied import examined, paper, stated

if TYPE_CHECKING:
    from debar.model.intake import Conflict, Statement

SCOPES = (
    Words(id="public", purpose="scope", means="who:public", words=("agencies",)),
    Words(id="everyone", purpose="scope", means="who:everyone", words=("individuals",)),
    Words(id="new", purpose="scope", means="stock:new", words=("new models",)),
    Words(id="existing", purpose="scope", means="stock:existing", words=("existing",)),
    Words(id="total", purpose="scope", means="extent:total", words=("government-wide",)),
)


def weighed(*statements: Statement) -> tuple[Weighed, ...]:
    return weigh(statements, (), SCOPES)


def sides(conflict: Conflict) -> list[set[str]]:
    return [{fact.split("-")[0] for fact in value.facts} for value in conflict.values]


def test_a_banned_use_and_a_permitted_use_are_a_conflict() -> None:
    """Whether use is banned decides what everybody must do; a paper that says both stands on both sides."""
    (found,) = acts(weighed(stated("prohibit.use", "", "a"), stated("permit.use", "", "a"), stated("permit.use", "", "b")))  # fmt: skip
    assert (found.type, found.severity) == (ConflictKind.ACT, Severity.MATERIAL)
    assert [value.value for value in found.values] == ["use banned", "use permitted"]
    assert sides(found) == [{"a"}, {"a", "b"}]


def test_a_denied_ban_is_a_permission_and_the_other_way_round() -> None:
    """No ban on use stands against a ban on it, and so does use that is not allowed against use that is."""
    (found,) = acts(weighed(stated("prohibit.use", "", "a"), stated("prohibit.use", "", "b", polarity="denied")))
    assert sides(found) == [{"a"}, {"b"}]
    (other,) = acts(weighed(stated("permit.use", "", "a"), stated("permit.use", "", "b", polarity="denied")))
    assert sides(other) == [{"b"}, {"a"}]


@pytest.mark.parametrize(
    ("allowed", "banned"),
    [
        ("until 2024-09-29", "from 2024-09-29"),
        ("until 2024-09-29", "after 2024-09-29"),
        ("", "from 2024-09-29"),
    ],
)
def test_what_is_allowed_before_it_is_banned_is_one_rule(allowed: str, banned: str) -> None:
    """Updates until a day and none from it on do not contradict each other, nor do updates "for now"."""
    assert list(acts(weighed(stated("permit.update", allowed, "a"), stated("prohibit.update", banned, "b")))) == []


def test_a_ban_that_begins_before_the_permission_ends_is_a_conflict() -> None:
    """Allowed until September and banned from July on cannot both be."""
    said = weighed(stated("permit.update", "until 2024-09-29", "a"), stated("prohibit.update", "from 2024-07-20", "b"))
    assert len(list(acts(said))) == 1


@pytest.mark.parametrize(
    ("banned", "is_conflict"), [("", True), ("from 2024-09-29", True), ("before 2024-01-15", False)]
)
def test_what_is_allowed_from_a_day_on_contradicts_a_ban_that_is_not_over(banned: str, *, is_conflict: bool) -> None:
    """Sales are allowed from July on, say some; a ban without a day or of September contradicts that, an older one does not."""
    said = weighed(stated("permit.sell", "from 2024-07-20", "a"), stated("prohibit.sell", banned, "b"))
    assert bool(list(acts(said))) is is_conflict


def test_use_may_go_on_for_good() -> None:
    """A permission to use without a date is no grace period, so that a ban on use from a day on contradicts it."""
    assert len(list(acts(weighed(stated("permit.use", "", "a"), stated("prohibit.use", "from 2024-09-29", "b"))))) == 1


@pytest.mark.parametrize(
    ("banned", "allowed"),
    [("agencies", "individuals"), ("agencies", ""), ("new models", "existing products")],
)
def test_other_people_and_other_things_are_no_conflict(banned: str, allowed: str) -> None:
    """A ban for agencies leaves everybody else free; one on new models leaves the old ones."""
    said = weighed(stated("prohibit.use", "", "a", part=banned), stated("permit.use", "", "b", part=allowed))
    assert list(acts(said)) == []


def test_that_it_is_not_banned_denies_a_ban_for_agencies_too() -> None:
    """Who says that nobody is banned contradicts who says that agencies are."""
    said = weighed(stated("prohibit.use", "", "a", part="agencies"), stated("prohibit.use", "", "b", polarity="denied"))
    assert len(list(acts(said))) == 1


def test_no_general_ban_denies_no_particular_one() -> None:
    """Who denies a government-wide ban has not said that nobody is banned."""
    said = weighed(stated("prohibit.use", "", "a"), stated("prohibit.use", "", "b", polarity="denied", part="government-wide"))  # fmt: skip
    assert list(acts(said)) == []
    order = weighed(stated("require.remove", "", "a"), stated("require.remove", "", "b", polarity="denied", part="government-wide"))  # fmt: skip
    assert list(polarities(order)) == []


def test_asserted_here_and_denied_there_is_a_polarity() -> None:
    """Suspended and not suspended, or to be removed and not: material, since somebody goes by it."""
    (found,) = polarities(weighed(stated("suspend", "", "a"), stated("suspend", "", "b", polarity="denied")))
    assert (found.type, found.severity) == (ConflictKind.POLARITY, Severity.MATERIAL)
    assert sides(found) == [{"a"}, {"b"}]


def test_removing_and_replacing_are_one_duty() -> None:
    """Who denies that it must be removed contradicts who says that it must be replaced."""
    said = weighed(stated("require.replace", "by 2025-04", "a"), stated("require.remove", "", "b", polarity="denied"))
    assert len(list(polarities(said))) == 1


@pytest.mark.parametrize("act", ["extend", "exempt", "prohibit", "supplier.contest", "announce", "deny"])
def test_what_nobody_goes_by_or_happens_twice_is_none(act: str) -> None:
    """A deadline put off once and not again, or a company that appeals here and not there, is no contradiction."""
    assert list(polarities(weighed(stated(act, "", "a"), stated(act, "", "b", polarity="denied")))) == []


def test_bans_have_no_polarity_of_their_own() -> None:
    """One disagreement is told once: bans that are denied are told as acts."""
    assert list(polarities(weighed(stated("prohibit.use", "", "a"), stated("prohibit.use", "", "b", polarity="denied")))) == []  # fmt: skip


def test_a_paper_that_asserts_and_denies_denies() -> None:
    """A judgment that tells of the motion for a stay, and dismisses it, suspends nothing."""
    both = (stated("suspend", "", "a"), stated("suspend", "", "a", polarity="denied"))
    assert list(polarities(weighed(*both))) == []
    (found,) = polarities(weighed(*both, stated("suspend", "", "b")))
    assert sides(found) == [{"b"}, {"a"}]


def test_one_denial_of_the_same_thing_is_enough() -> None:
    """An order that one denies stands against it, whatever others deny of other things."""
    said = (
        stated("require.remove", "", "a", part="new models"),
        stated("require.remove", "", "b", polarity="denied", part="existing"),
        stated("require.remove", "", "c", polarity="denied", part="new models"),
    )
    (found,) = polarities(weighed(*said))
    assert sides(found) == [{"a"}, {"c"}]


def test_a_paper_alone_is_in_no_conflict_with_itself() -> None:
    """A paper that tells who is banned and who may go on knows of both; another one that knows of one only differs."""
    both = (stated("prohibit.use", "", "a"), stated("permit.use", "", "a"))
    assert list(acts(weighed(*both))) == []
    (found,) = acts(weighed(*both, stated("prohibit.use", "", "b")))
    assert sides(found) == [{"a", "b"}, {"a"}]


def spoken(*said: tuple[Statement, str]) -> tuple[Weighed, ...]:
    """Give statements each of which is the whole text of its paper."""
    papers = [examined(paper(one.document, text)) for one, text in said]
    return weigh([replace(one, span=Span(0, len(text))) for one, text in said], papers, SCOPES)


FROZEN = (stated("suspend", "", "a"), "A court suspended the decree.")
GONE = (stated("require.remove", "", "a"), "Operators must remove the antennas.")


@pytest.mark.parametrize(
    ("asserted", "denied", "count"),
    [
        (FROZEN, "The court did not suspend the decree.", 1),
        (FROZEN, "An appeal does not suspend the decree.", 0),
        ((FROZEN[0], "The appeal suspends the decree."), "An appeal does not suspend the decree.", 1),
        ((FROZEN[0], "The union asked the court to suspend the decree."), "The court did not suspend the decree.", 0),
        ((FROZEN[0], "A suspension would leave users without help."), "The court did not suspend the decree.", 0),
        (FROZEN, "The court did not suspend the other decree.", 0),
        (GONE, "Operators do not have to remove the antennas.", 1),
        (GONE, "No operator is obliged to remove the antennas.", 1),
        (GONE, "Nobody here wants to remove the antennas.", 0),
        (GONE, "We are not tearing down antennas.", 0),
    ],
)
def test_what_is_denied_is_what_was_asserted(asserted: tuple[Statement, str], denied: str, count: int) -> None:
    """A wish is no duty, what is asked for no event, what appeals do by law no ruling, another decree another one."""
    other = (stated(asserted[0].act, "", "b", polarity="denied"), denied)
    assert len(list(polarities(spoken(asserted, other)))) == count


def test_who_says_so_is_not_whom_it_binds() -> None:
    """That agencies say what everybody may do makes it no rule for agencies."""
    ban = (stated("prohibit.sell", "", "a"), "Shops may not sell it.")
    free = (stated("permit.sell", "", "b", said_by=("agencies",)), "Shops may go on selling it, agencies said.")
    assert len(list(acts(spoken(ban, free)))) == 1
