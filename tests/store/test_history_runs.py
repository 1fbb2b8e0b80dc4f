# SPDX-License-Identifier: Apache-2.0
"""Which run a word means, and how it stands by runs: two times, kept apart."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

import kept
from debar.errors import StoreError, UsageError
from debar.model.vocab import Force, Presence, State, Status, Validity
from debar.store import keeping, ledger, runs, standing
from debar.store.places import place
from debar.store.standing import Asked

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import History, Report, Run


def keep(folder: Path, report: Report, at: str = "2024-12-01T00:00:00Z") -> Run:
    """Keep a report for which nothing was observed."""
    with keeping.keeping(place(str(folder))) as run:
        return run.keep(report, at)


def stands(folder: Path, on: str = "2024-12-31", known_on: str = "", deadline: str = "") -> History:
    """Give how it stands."""
    with ledger.opened(place(str(folder))) as history:
        return standing.history(history, Asked(on, known_on, deadline))


def test_words_mean_runs(tmp_path: Path) -> None:
    """Latest is the one kept last, whatever day it is about; an id may be shortened while it is one run's."""
    first, second = keep(tmp_path, kept.report("2024-07-25", "a")), keep(tmp_path, kept.report("2024-06-25", "a"))
    with ledger.opened(place(str(tmp_path))) as history:
        assert runs.meant(history, "latest") == second == runs.meant(history, "latest~0")
        assert runs.meant(history, "latest~1") == first == runs.meant(history, first.id[:10])
        for word, said in (("latest~2", "only 2 runs"), ("run-x", "no such run"), ("run-", "stands for 2 runs")):
            with pytest.raises(UsageError, match=said):
                runs.meant(history, word)


def test_a_history_without_runs_has_no_latest(tmp_path: Path) -> None:
    """That is wrong usage, and says how a run is kept."""
    with ledger.opened(place(str(tmp_path)), makes=True) as history, pytest.raises(UsageError, match="no run"):
        runs.meant(history, "latest")


def test_what_was_met_before_is_by_the_days_asked_about(tmp_path: Path) -> None:
    """A run about an earlier day that was kept later comes before."""
    later = keep(tmp_path, kept.report("2024-07-25", "a"))
    earlier = keep(tmp_path, kept.report("2024-06-25", "b"))
    with ledger.opened(place(str(tmp_path))) as history:
        assert runs.met_before(history, later) == {kept.exposure("b").id}
        assert runs.met_before(history, earlier) == frozenset()


def test_how_it_stands_is_told_by_days_not_by_when_runs_were_kept(tmp_path: Path) -> None:
    """Runs that are kept in any order give the same course."""
    for day in ("2024-08-25", "2024-06-25"):
        keep(tmp_path, kept.report(day, looked=["a"]) if day == "2024-08-25" else kept.report(day, "a"))
    found = stands(tmp_path)
    assert [run.as_of for run in found.runs] == ["2024-06-25", "2024-08-25"]
    assert [course.presence for course in found.exposures] == [Presence.GONE]
    assert [point.remaining for point in found.progress] == [1, 0]
    assert (found.store, found.known_on, found.deadline, found.pace) == (str(tmp_path), None, None, None)


def test_a_question_about_a_past_day_leaves_out_what_is_later(tmp_path: Path) -> None:
    """Runs about later days do not count, and the notes say how many those are."""
    keep(tmp_path, kept.report("2024-06-25", "a"))
    keep(tmp_path, kept.report("2024-08-25", looked=["a"]))
    found = stands(tmp_path, on="2024-07-01")
    assert [course.presence for course in found.exposures] == [Presence.OPEN]
    assert "runs left out, about a later day or kept later: 1" in found.notes
    assert stands(tmp_path, on="2024-08-25").exposures[0].presence is Presence.GONE
    none = stands(tmp_path, on="2024-01-01")
    assert (none.runs, none.exposures, none.standings) == ((), (), ())
    assert "nothing is known" in none.notes[0]


def test_what_was_known_on_a_day_is_by_when_runs_were_kept(tmp_path: Path) -> None:
    """A run about June that was kept in October was not known in July; on its own day it was."""
    keep(tmp_path, kept.report("2024-06-25", "a"), "2024-06-26T10:00:00Z")
    keep(tmp_path, kept.report("2024-06-26", looked=["a"]), "2024-10-01T10:00:00Z")
    assert stands(tmp_path, known_on="2024-07-01").exposures[0].presence is Presence.OPEN
    assert stands(tmp_path, known_on="2024-10-01").exposures[0].presence is Presence.GONE
    assert stands(tmp_path, known_on="2024-10-01T09:59:00Z").exposures[0].presence is Presence.OPEN


def test_the_law_is_that_of_the_day_on_what_the_last_run_found(tmp_path: Path) -> None:
    """A finding that begins on 20 July in New York is not in force on the 19th."""
    keep(tmp_path, kept.report("2024-06-25", "a", "b"))
    assert stands(tmp_path, on="2024-07-19").standings == ()
    [one] = stands(tmp_path, on="2024-07-20").standings
    assert (one.measure, one.status, one.findings) == (kept.MEASURE, Status.PROHIBITED, 2)


def test_decisions_and_what_is_overdue_are_those_of_the_last_run_on_the_day(tmp_path: Path) -> None:
    """A decision that has ended since is expired; an obligation is overdue after its day."""
    met = kept.exposure("a")
    decided = (kept.decision(met, "2024-12-31"), kept.decision(met, "2024-09-01"))
    keep(tmp_path, kept.report("2024-06-25", "a", decided=decided))
    before, after = stands(tmp_path, on="2024-09-01"), stands(tmp_path, on="2024-10-01")
    assert [(one.expires, one.state) for one in before.decisions] == [
        ("2024-09-01", Validity.VALID), ("2024-12-31", Validity.VALID),
    ]  # fmt: skip
    assert [one.state for one in after.decisions] == [Validity.EXPIRED, Validity.VALID]
    assert [one.about for one in after.decisions] == ["a", "a"]
    assert before.overdue == ()
    assert [(one.action, one.exposures) for one in after.overdue] == [("Remove it.", 1)]


@pytest.mark.parametrize(
    ("force", "state", "due", "is_late"),
    [
        (Force.MUST, State.OPEN, "2024-07-20T04:00:00Z", True),
        (Force.SHOULD, State.OPEN, "2024-07-20T04:00:00Z", False),
        (Force.MUST, State.OPEN, "2024-06-20T04:00:00Z", False),
        (Force.MUST, State.OVERDUE, "2024-06-20T04:00:00Z", True),
        (Force.MUST, State.STANDING, "2024-06-20T04:00:00Z", False),
        (Force.MUST, State.DONE, "2024-07-20T04:00:00Z", False),
    ],
)
def test_advice_is_never_overdue(tmp_path: Path, force: Force, state: State, due: str, *, is_late: bool) -> None:
    """Overdue is what the run called so, and a duty whose day has come since; no advice, nothing that stands or is done."""
    about = kept.report("2024-06-25", "a")
    one = replace(kept.obligation(kept.exposure("a"), due), force=force, state=state)
    keep(tmp_path, replace(about, obligations=(one,)))
    assert [late.id for late in stands(tmp_path, on="2024-10-01").overdue] == ([one.id] if is_late else [])


def test_notes_say_what_limits_the_answer(tmp_path: Path) -> None:
    """Interrupted runs, places that were not read, exposures that nobody looked at, another day than the run's."""
    keep(tmp_path, kept.report("2024-06-25", "a"))
    cut = keep(tmp_path, kept.report("2024-07-25", is_cut=True))
    notes = "\n".join(stands(tmp_path, on="2024-08-01").notes)
    assert f"interrupted, so nothing is called gone by them: {cut.id}" in notes
    assert "could not read, so that nothing is known of them: 1" in notes
    assert "count as remaining: 1" in notes
    assert "the last run, about 2024-07-25; the law is that of 2024-08-01" in notes
    assert "organisations" not in notes


def test_notes_say_that_runs_ask_for_others(tmp_path: Path) -> None:
    """What the law says of a run is for whoever asked in it: where that changes, it is said."""
    first = kept.report("2024-06-25", "a")
    keep(tmp_path, first)
    keep(tmp_path, replace(first, as_of="2024-07-25", organisation=replace(first.organisation, name="us/reseller")))
    notes = "\n".join(stands(tmp_path).notes)
    assert "runs for several organisations: us/company, us/reseller" in notes


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE runs SET body = 'no json'",
        "UPDATE runs SET body = json_set(body, '$.as_of', 'no day')",
        "UPDATE runs SET body = json_set(body, '$.kept_at', 7)",
        "UPDATE sightings SET statuses = 'no-such-status'",
        "UPDATE sightings SET statuses = x'ff'",
        "PRAGMA foreign_keys = OFF; UPDATE sightings SET exposure = 'exp-nobody'",
        "UPDATE decisions SET body = '['",
        "UPDATE decisions SET verdict = 'odd'",
        "UPDATE decisions SET expires = 7",
        "UPDATE obligations SET due = 'soon'",
        "UPDATE obligations SET state = 'odd'",
        "UPDATE runs SET body = json_set(body, '$.files.findings', '../../etc/passwd')",
        "DROP TABLE looks",
    ],
)
def test_a_ledger_that_no_debar_wrote_is_told(tmp_path: Path, statement: str) -> None:
    """Whatever stands in its rows, the answer is StoreError and no traceback."""
    keep(tmp_path, kept.report("2024-06-25", "a", decided=(kept.decision(kept.exposure("a")),)))
    keep(tmp_path, kept.report("2024-06-26", looked=["a"], decided=(kept.decision(kept.exposure("a")),)))
    connection: Any = sqlite3.connect(tmp_path / "history.db")
    connection.executescript(statement + ";")
    connection.close()
    try:
        stands(tmp_path)
    except StoreError as e:
        assert e.message
    else:
        assert "obligations" in statement  # the last run had none
