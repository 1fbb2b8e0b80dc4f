# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of W3C extended logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.logs import extended_log
from opened import opened, values

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.register import Register

PROXY = "#Fields: date time c-ip sc-status s-action cs-host cs(User-Agent)\n"


def read(content: str | bytes, register: Register) -> tuple[list[Observation], Input]:
    """Read a log by the layouts of the register."""
    source = opened(content, "logs/proxy.log")
    source.log_layouts = register.log_layouts
    return list(extended_log.read(source)), source


def test_the_fields_line_says_what_is_where(register: Register) -> None:
    """Each one holds until the next; words in quotation marks are one field."""
    found, _ = read(
        PROXY + '2024-05-01 10:00:00 10.0.0.5 200 MISS www.example.com "Updater ""x"" 1"\n'
        "#Fields: cs-host c-ip s-action\nwww.example.net 10.0.0.6 MISS\n",
        register,
    )
    assert [("10.0.0.5", "2024-05-01T10:00:00"), ("10.0.0.6", "")] == [(o.asset, o.observed_at) for o in found]
    assert [["www.example.com"], ["www.example.net"]] == [values(o, Kind.DOMAIN) for o in found]
    assert ['Updater "x" 1'] == values(found[0], Kind.TEXT)


def test_tabs_may_be_between_fields(register: Register) -> None:
    """A field of several words needs no quotes then."""
    (found,), _ = read(
        "#Fields: c-ip\ts-action\tcs-host\tcs(User-Agent)\r\n10.0.0.5\tMISS\twww.example.com\tUp 1\r\n", register
    )
    assert ["Up 1"] == values(found, Kind.TEXT)


def test_a_web_servers_own_log_is_a_mention_only(register: Register) -> None:
    """Who came says a program at most: no host of ours is a contact."""
    log = "#Fields: date time s-ip cs-host cs-uri-stem c-ip cs(User-Agent)\n2024-05-01 10:00:00 10.0.0.1 own.example / 192.0.2.9 Scan/1\n"
    (found,), _ = read(log, register)
    assert {Kind.TEXT} == {o.kind for o in found.observables}


def test_a_short_line_costs_itself(register: Register) -> None:
    """The log may have been cut off."""
    found, source = read(
        PROXY + "2024-05-01 10:00\n2024-05-01 10:00:00 10.0.0.5 200 MISS www.example.com -\n", register
    )
    assert (1, [("line 2", "2 fields where #Fields names 7")]) == (len(found), source.losses)


def test_fields_that_no_layout_knows_are_counted(register: Register) -> None:
    """Such lines are not guessed at."""
    found, source = read("#Fields: date x-duration\n2024-05-01 7\n", register)
    assert ([], 1) == (found, source.tally["lines of other kinds"])


def test_lines_without_fields_are_a_fault(register: Register) -> None:
    """Nothing says what is where."""
    with pytest.raises(SourceError, match="#Fields"):
        read("#Version: 1.0\n2024-05-01 7\n", register)
