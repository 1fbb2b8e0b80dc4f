# SPDX-License-Identifier: Apache-2.0
"""Promises of every form for machines: the same bytes, nothing raw of what an input says, and a disclaimer."""

from __future__ import annotations

import pytest
import reports

from debar.model.vocab import Status
from debar.obligations.position import GRAVITY
from debar.writers import PLAIN, WRITERS, cases, legal, load
from debar.writers.cases import Time

ADVICE = {"sarif", "cyclonedx", "oscal", "ocsf", "junit", "md", "github-summary", "ics"}
"""Forms that a person may read, or that have a place for a remark; a table and annotations have none."""


@pytest.mark.parametrize("form", reports.TEXTS)
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    """A form depends on nothing but the report: a copy of it gives the same bytes."""
    assert reports.written(form, reports.demo()) == reports.written(form, reports.copied(reports.demo()))


@pytest.mark.parametrize("form", reports.TEXTS)
def test_nothing_steers_whoever_prints_it(form: str) -> None:
    """No control or direction character of an input leaves raw in any form."""
    text = reports.written(form, reports.attacked())
    assert {character for character in text if character < " "} <= {"\n", "\r", "\t"}
    assert not {"\x1b", "\u202e", "\x07", "\x00"} & set(text)


@pytest.mark.parametrize("form", sorted(ADVICE))
def test_forms_say_that_they_are_no_legal_advice(form: str) -> None:
    """The disclaimer stands in each form that has a place for it, also where nothing was found."""
    plain = legal.DISCLAIMER.split(".")[0]
    for report in (reports.demo(), reports.blank()):
        assert plain in reports.written(form, report).replace("\r\n ", "")


@pytest.mark.parametrize("form", [form for form in reports.TEXTS if form not in ("csv", "ics", "md")])
def test_what_was_not_read_is_told(form: str) -> None:
    """A report without exposures because nothing could be read does not look clean in a pipeline."""
    text = reports.written(form, reports.blank())
    assert "broken.json" in text
    assert "not JSON" in text


def test_every_form_has_a_row_of_its_own() -> None:
    """Each row names a module that can be loaded, with a title of its own; text and JSON stand first."""
    assert [writer.name for writer in WRITERS[:2]] == list(PLAIN)
    assert len({writer.name for writer in WRITERS}) == len({writer.title for writer in WRITERS}) == len(WRITERS)
    assert [writer.name for writer in WRITERS if not callable(load(writer.name).write_report)] == []


def test_gravity_is_that_of_the_law() -> None:
    """Forms order statuses as the legal procedure does."""
    assert tuple(cases.GRAVITY) == tuple(Status) == GRAVITY


def test_cases_are_what_the_positions_say() -> None:
    """The gravest case of an act over all measures has the status that the report gives for the act."""
    report = reports.demo("us/reseller", "2024-09-29")
    found: dict[tuple[str, str], list[cases.Case]] = {}
    for judged in cases.judged(report):
        for case in judged.cases:
            found.setdefault((judged.exposure.id, case.finding.act), []).append(case)
    compared = 0
    for exposure, positions in report.positions.items():
        for position in positions:
            now = [case for case in found.get((exposure, position.act), ()) if case.time is Time.NOW]
            if now:
                compared += 1
                assert min(now, key=cases.rank).finding.status is position.status
    assert compared > 50


def test_what_is_over_decides_nothing() -> None:
    """A finding that has ended is no case, and one that is still to come stands behind every one that holds."""
    report = reports.demo("us/company", "2024-07-25")
    every = [case for judged in cases.judged(report) for case in judged.cases]
    assert Time.PAST not in {case.time for case in every}
    assert {case.time for case in every} == {Time.NOW, Time.LATER}
    for judged in cases.judged(report):
        times = [case.time for case in judged.cases]
        assert times == sorted(times, key=[Time.NOW, Time.LATER].index)


def test_every_exposure_is_in_one_group() -> None:
    """What measures are about and what none is about are together all exposures, without doubles."""
    report = reports.demo()
    judged = {one.exposure.id for one in cases.judged(report)}
    unjudged = [exposure.id for exposure in cases.unjudged(report)]
    assert judged.isdisjoint(unjudged)
    assert sorted((*judged, *unjudged)) == sorted(exposure.id for exposure in report.exposures)


def test_what_is_owed_whatever_was_found_is_no_exposure_s() -> None:
    """Duties without an exposure are told apart, by measure."""
    owed = list(cases.owed(reports.demo()))
    assert owed
    assert all(case.finding.exposure is None for one in owed for case in one.cases)
    assert [one.measure for one in owed] == list(dict.fromkeys(one.measure for one in owed))
