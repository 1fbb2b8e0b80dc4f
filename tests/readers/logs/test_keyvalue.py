# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of key=value logs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from debar.model.vocab import Kind
from debar.readers.loglines import fieldlogs
from debar.readers.logs import keyvalue
from opened import opened, values

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.register import Register

FORTIGATE = 'date=2024-02-26 time=16:03:05 devname="fw01" logid="0317013312" srcip=10.0.0.5 dstip=192.0.2.91 hostname="www.example.com" agent="Up \\"q\\" 1"'


def read(content: str, register: Register) -> tuple[list[Observation], Input]:
    """Read a log by the layouts of the register."""
    source = opened(content, "logs/fw.log")
    source.log_layouts = register.log_layouts
    return list(keyvalue.read(source)), source


def test_a_line_gives_who_contacted_whom(register: Register) -> None:
    """In whatever order the keys stand, with or without a header of syslog."""
    turned = " ".join(reversed(FORTIGATE.replace('"Up \\"q\\" 1"', "x").split(" ")))
    found, source = read(f"{FORTIGATE}\n<189>{FORTIGATE}\nNov 22 10:00:00 fw01 {turned}\n", register)
    assert ["10.0.0.5"] * 3 == [o.asset for o in found]
    assert [["www.example.com"]] * 3 == [values(o, Kind.DOMAIN) for o in found]
    assert "2024-02-26T16:03:05" == found[0].observed_at
    assert 3 == source.tally["lines"]


def test_values_may_be_quoted_or_of_several_words() -> None:
    """CEF writes words without quotes up to the next key; Check Point a colon before the quotes."""
    assert {"a": "1", "b": "two words", "c": "three plain words", "d": "x=y", "e": ""} == fieldlogs.pairs(
        'a=1 b="two words" c=three plain words d="x=y" e='
    )
    assert {"src": "10.0.0.5", "dst": "192.0.2.7"} == fieldlogs.pairs('[src:"10.0.0.5"; dst:"192.0.2.7"]')
    assert {"src": "10.0.0.5", "request": "http://a.example/?b=c"} == fieldlogs.pairs(
        "0|V|P|src=10.0.0.5 request=http://a.example/?b=c"
    )


def test_lines_of_other_events_are_counted(register: Register) -> None:
    """A device also logs who administers it."""
    found, source = read(f'{FORTIGATE}\ndate=2024-02-26 devname="fw01" type="event" msg="Admin login"\n', register)
    assert (1, 1) == (len(found), source.tally["lines of other kinds"])


def test_the_first_of_two_equal_keys_counts() -> None:
    """FortiGate's own date stands before that of a relay."""
    assert {"date": "1"} == fieldlogs.pairs("date=1 date=2")


def test_hostile_lines_take_no_time() -> None:
    """Words without keys, keys without values and quotes without end are each read once."""
    before = time.process_time()
    for line in ("a " * 30000, "a=" * 30000, '="' * 30000, 'a="' + "\\" * 60000, "a= " + "b " * 30000, "a=b " * 15000):
        fieldlogs.pairs(line)
    assert time.process_time() - before < 5


@given(st.text(max_size=200))
def test_any_line_is_survived(text: str) -> None:
    """Whatever a line is, its pairs are texts."""
    assert all(isinstance(value, str) for value in fieldlogs.message(text)[1].values())
