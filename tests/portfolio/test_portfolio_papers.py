# SPDX-License-Identifier: Apache-2.0
"""Promises from a paper to law: read, looked through by a person, accepted as a draft, and counting only when somebody says so."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import acted
import pytest
from acted import CLOCK, DAY

import staffed
import worked
from debar import dates
from debar.errors import ConflictError, ForbiddenError, LimitError, NotThereError, UsageError
from debar.model.portfolio import Clock
from debar.model.vocab import MeasureStatus, Status
from debar.model.vocab.portfolio import JobKind, Role
from debar.model.vocab.statements import Choice
from debar.portfolio import additions, asking, audit, drafted, estates, jobs, laws, newly, papers, running, sweeping
from debar.portfolio import register_of as register_of_module
from debar.portfolio.register_of import register_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.model.deeds import StoryTold
    from debar.portfolio.databases import Portfolio

PAPER = (
    b"Estonia bans Kaspersky software\n\n10 September 2024\n\n"
    b"TALLINN - The Ministry of Digital Affairs of Estonia has prohibited the use of Kaspersky software. "
    b"From 1 October 2024 companies in Estonia may not use Kaspersky products.\n"
)
AUTHORITY = {
    "authorities/ee-mda.yaml": "id: ee-mda\nname: Ministry of Digital Affairs\nshort: MDA\njurisdiction: ee\nzone: Europe/Tallinn\n"
}
RIGHT = {"authority": "ee-mda", "instrument": "determination", "cite": "", "issued": "2024-09-10"}
"""What a person writes into lines of the draft; an empty value refuses the line."""


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio in which something was found, and a paper sent."""
    with acted.found(tmp_path) as found:
        papers.put(found, acted.analyst(found), "estonia.txt", [PAPER[:100], PAPER[100:]])
        yield found


def told(portfolio: Portfolio) -> StoryTold:
    """Give the story of the paper, which was read."""
    worked.at_once(portfolio)
    (row,) = drafted.listed(acted.admin(portfolio)).items
    return drafted.one(acted.admin(portfolio), row.id)


def chosen(portfolio: Portfolio) -> str:
    """Look through everything, as a person does; give the id of the story."""
    additions.put(portfolio, acted.admin(portfolio), AUTHORITY)
    story = told(portfolio)
    for item in story.items:
        path, choice = item.line.path if item.line else "", Choice.ACCEPT
        value = RIGHT.get(path, "")
        if path in RIGHT:
            choice = Choice.EDIT if value else Choice.REJECT
        drafted.choose(
            acted.analyst(portfolio), story.row.id, item.id, Choice.NOT_A_FACT if item.date else choice, value=value
        )
    return story.row.id


def accepted(portfolio: Portfolio) -> str:
    """Give the path of the measure that was accepted."""
    return drafted.accept(portfolio, acted.admin(portfolio), chosen(portfolio))


def test_a_paper_is_read_with_its_passages(portfolio: Portfolio) -> None:
    """Each line of the draft names the words that it rests on; nobody has chosen yet."""
    story = told(portfolio)
    (paper,) = story.papers
    (line,) = [item for item in story.items if item.line and item.line.path == "provisions[0]"]
    said = [paper.text[one.start : one.end] for one in line.passages]
    assert any("may not use Kaspersky products" in text for text in said)
    assert (line.value, story.row.supplier, story.row.jurisdiction) == ("2024-10-01", "kaspersky", "ee")
    assert (story.row.left, story.row.lines, story.is_current) == (len(story.items), len(story.items), True)


def test_the_same_paper_again_is_the_same_and_may_be_taken_out(portfolio: Portfolio) -> None:
    """It is read once; without it there is no story, and its file stays for what rests on it."""
    again = papers.put(portfolio, acted.analyst(portfolio), "other name.txt", [PAPER])
    assert [one.name for one in papers.listed(acted.admin(portfolio)).items] == ["estonia.txt"]
    worked.at_once(portfolio)
    papers.remove(portfolio, acted.analyst(portfolio), again.sha256)
    assert not papers.read(acted.admin(portfolio)).is_current
    worked.at_once(portfolio)
    assert drafted.listed(acted.admin(portfolio)).total == 0
    assert papers.content(acted.admin(portfolio), again.sha256).read_bytes() == PAPER
    with pytest.raises(NotThereError):
        papers.content(staffed.estate(portfolio, "beta-2"), again.sha256)


def test_what_is_no_paper_is_told(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that nobody can read is a skip of the reading; one that is too large is not taken."""
    papers.put(portfolio, acted.analyst(portfolio), "noise.pdf", [bytes(range(256)) * 40])
    worked.at_once(portfolio)
    reading = papers.read(acted.admin(portfolio)).reading
    assert reading
    assert [skip.source for skip in reading.skips] == ["noise.pdf"]
    assert len(reading.stories) == 1
    monkeypatch.setattr(papers, "LARGEST", 10)
    with pytest.raises(LimitError):
        papers.put(portfolio, acted.analyst(portfolio), "large.txt", [b"x" * 11])
    with pytest.raises(ForbiddenError):
        papers.put(portfolio, staffed.estate(portfolio, "alpha", Role.VIEWER), "a.txt", [b"x"])


def test_every_choice_is_kept_and_the_last_one_holds(portfolio: Portfolio) -> None:
    """With who made it; what cannot be chosen of a line is refused, and so is a line that there is not."""
    story = told(portfolio)
    line = next(item for item in story.items if item.line and item.line.path == "issued")
    for value in ("2024-09-09", "2024-09-10"):
        drafted.choose(acted.analyst(portfolio), story.row.id, line.id, Choice.EDIT, value=value, reason="the gazette")
    after = drafted.one(acted.admin(portfolio), story.row.id)
    assert [one.value for one in after.history] == ["2024-09-09", "2024-09-10"]
    assert next(item.chosen for item in after.items if item.id == line.id) == after.history[-1]
    assert after.history[-1].by == acted.analyst(portfolio).caller.name
    with pytest.raises(UsageError, match="is no day"):
        drafted.choose(acted.analyst(portfolio), story.row.id, line.id, Choice.EDIT, value="soon")
    with pytest.raises(NotThereError):
        drafted.choose(acted.analyst(portfolio), story.row.id, "line-none", Choice.ACCEPT)
    logged = audit.listed(portfolio, acted.admin(portfolio), audit.Filters(action="draft.chosen")).items
    assert [change.detail["value"] for change in logged] == ["2024-09-10", "2024-09-09"]


@pytest.mark.slow
def test_nothing_is_accepted_before_everything_was_looked_at(portfolio: Portfolio) -> None:
    """What is open is told; who may not add to the register accepts nothing at all."""
    story = told(portfolio).row.id
    with pytest.raises(UsageError, match="not complete"):
        drafted.accept(portfolio, acted.admin(portfolio), story)
    story = chosen(portfolio)
    with pytest.raises(ForbiddenError):
        drafted.accept(portfolio, acted.approver(portfolio), story)


@pytest.mark.slow
def test_what_was_accepted_is_a_draft_and_hits_nobody(portfolio: Portfolio) -> None:
    """It stands in the register with the grade of the paper; no finding is made from it, and who would be hit is told."""
    path = accepted(portfolio)
    one = additions.one(acted.admin(portfolio), path)
    assert (one.status, one.part, "grade: secondary" in one.text) == (MeasureStatus.DRAFT, "measures", True)
    assert running.run(portfolio, estates.behind(portfolio, "alpha"), on=DAY)
    assert not any(one.id in row.measures for row in acted.rows(portfolio).values())
    would = newly.would(acted.admin(portfolio), CLOCK, path)
    assert [(hit.measure, hit.newly) for hit in would.measures] == [(one.id, would.exposures)]
    assert would.exposures > 0
    assert newly.listed(acted.admin(portfolio), CLOCK).total == 0


@pytest.mark.slow
def test_a_measure_that_somebody_lets_count_hits_what_is_there(portfolio: Portfolio) -> None:
    """From paper to assets: who is newly hit is told once, by measure, with from what to what."""
    path = accepted(portfolio)
    admin, worker = acted.admin(portfolio), estates.behind(portfolio, "alpha")
    newly.look(worker, day=DAY)
    would = newly.would(admin, CLOCK, path)
    additions.set_status(portfolio, admin, path, MeasureStatus.ACTIVE, "read it in the state gazette")
    assert running.run(portfolio, worker, on=DAY)
    hit = newly.look(worker, day=DAY)
    assert hit
    assert hit.measures == would.measures
    assert newly.one(admin, hit.id) == hit == newly.listed(admin, CLOCK).items[0]
    assert newly.look(worker, day=DAY) is None
    mine = additions.one(admin, path).id
    reached = [row for row in acted.rows(portfolio, measure=mine).values()]
    assert len(reached) == hit.exposures
    assert {row.status for row in reached} == {Status.PROHIBITED}
    logged = audit.listed(portfolio, admin, audit.Filters(action="register.status")).items
    assert logged[0].detail["reason"] == "read it in the state gazette"


def test_an_addition_that_the_register_does_not_take_is_refused_whole(portfolio: Portfolio) -> None:
    """Every fault is told, and nothing of it stays; nothing is written outside of the register either."""
    admin = acted.admin(portfolio)
    broken = {**AUTHORITY, "measures/ee/ee-nothing.yaml": "id: ee-nothing\ntitle: x\n"}
    with pytest.raises(UsageError, match="ee-nothing"):
        additions.put(portfolio, admin, broken)
    for path in (
        "../x.yaml",
        "measures/../../x.yaml",
        "/etc/x.yaml",
        "measures/x.txt",
        "VERSION",
        "measures/ee/.x.yaml",
    ):
        with pytest.raises(UsageError, match="is no file of a register"):
            additions.put(portfolio, admin, {path: "id: x\n"})
    with pytest.raises(UsageError, match="a line of 900,006 characters"):
        additions.put(portfolio, admin, {"parties/x.yaml": f"name: {'x' * 900_000}\n"})
    with pytest.raises(ForbiddenError):
        additions.put(portfolio, acted.analyst(portfolio), AUTHORITY)
    assert additions.listed(admin) == ()
    assert register_of(admin).added == ()


@pytest.mark.slow
def test_what_is_needed_is_not_taken_out(portfolio: Portfolio) -> None:
    """An authority of whom there is a measure, and a measure that a decision is about, stay until nothing needs them."""
    path = accepted(portfolio)
    admin = acted.admin(portfolio)
    with pytest.raises(ConflictError, match="the rest needs it"):
        additions.remove(portfolio, admin, next(iter(AUTHORITY)))
    mine = additions.one(admin, path).id
    wanted = acted.accepted(party="kaspersky", measure=mine, created="", expires=dates.present()[:10])
    request = asking.ask(portfolio, acted.analyst(portfolio), wanted)
    asking.approve(portfolio, acted.approver(portfolio), request)
    with pytest.raises(ConflictError, match="a decision is about it"):
        additions.remove(portfolio, admin, path)
    asking.end(portfolio, acted.approver(portfolio), request, "a mistake")
    additions.remove(portfolio, admin, path)
    assert [one.path for one in additions.listed(admin)] == list(AUTHORITY)


def test_an_organisation_sees_its_own_additions_alone(portfolio: Portfolio) -> None:
    """The register of another one is the shipped one."""
    additions.put(portfolio, acted.admin(portfolio), AUTHORITY)
    assert "ee-mda" in register_of(acted.admin(portfolio)).authorities
    assert "ee-mda" not in register_of(staffed.estate(portfolio, "beta-2")).authorities


def test_what_changed_in_law_between_two_days(portfolio: Portfolio) -> None:
    """As `debar register diff` tells it, with what the organisation adds and lets count."""
    admin = acted.admin(portfolio)
    found = laws.changed(admin, "2024-06-20", "2024-09-30", party="kaspersky")
    assert found.took_effect
    assert (found.since, found.until, found.party) == ("2024-06-20", "2024-09-30", "kaspersky")
    for since, until, more in (
        ("2024-09-30", "2024-06-20", {}),
        ("then", "now", {}),
        ("2024-06-20", "2024-09-30", {"jurisdiction": "atlantis"}),
        ("2024-06-20", "2024-09-30", {"party": "nobody at all"}),
    ):
        with pytest.raises(UsageError):
            laws.changed(admin, since, until, **more)
    used = laws.in_use(admin, Clock(as_of=DAY))
    assert (used.origin, used.additions, used.release.version) == ("shipped", (), register_of(admin).version)


def test_papers_that_a_kill_left_without_a_job_are_read(portfolio: Portfolio) -> None:
    """Whoever looks after the portfolio finds them; once they were read there is nothing to do."""
    admin = acted.admin(portfolio)
    for job in jobs.listed(portfolio, admin, kind=JobKind.INTAKE, states=jobs.OPEN).items:
        jobs.cancel(portfolio, admin, job.id)
    assert not papers.waiting(portfolio, admin)
    sweeping.Sweeper(portfolio).sweep(at_once=True)
    assert papers.waiting(portfolio, admin)
    assert told(portfolio).is_current
    sweeping.Sweeper(portfolio).sweep(at_once=True)
    assert not papers.waiting(portfolio, admin)


def test_what_the_register_comes_to_hold_itself_goes_before_an_addition(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer register with the same authority is used as it is; the addition is told to be overtaken."""
    admin = acted.admin(portfolio)
    additions.put(portfolio, admin, AUTHORITY)
    newer = tmp_path / "register"
    shutil.copytree(register_of_module.base(), newer)
    (newer / "authorities/ee-mda.yaml").write_text(AUTHORITY["authorities/ee-mda.yaml"].replace("MDA", "Ministry"))
    monkeypatch.setattr(register_of_module, "base", lambda: newer)
    monkeypatch.setattr(additions, "base_names", register_of_module.base_names)
    assert register_of(admin).authorities["ee-mda"].short == "Ministry"
    (one,) = additions.listed(admin)
    assert one.is_overtaken
