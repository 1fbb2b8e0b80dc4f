# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of line logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.inventory import Example, LineLayout, LogLayouts
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.loglines import linelogs
from debar.readers.logs import lines
from opened import opened, values

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

LOOKUPS = LineLayout(
    id="lookups",
    title="Look-ups",
    medium=Medium.NETWORK,
    meaning=Meaning.SERVICE_USE,
    programs=("resolver",),
    patterns=(r"(?:(?P<at>\d{10}) )?(?P<client>\S+) asks (?P<name>\S+)", r"forwards (?P<name>\S+)"),
    asset=("client",),
    label=("name",),
    observed_at=("at",),
    columns={"domain": ("name",)},
    examples=(Example(line="10.0.0.5 asks a.example", values={"domain": ("a.example",)}),),
    counterexamples=("starting",),
)
REQUESTS = LineLayout(
    id="requests",
    title="Requests",
    medium=Medium.NETWORK,
    meaning=Meaning.SERVICE_USE,
    patterns=(r"GET (?P<url>\S+) for (?P<client>\S+) by (?P<agent>.+)",),
    asset=("client",),
    columns={"domain": ("url",), "text": ("agent",)},
    forms={"url": "url"},
    examples=(Example(line="GET http://a.example/ for b by c", values={"domain": ("a.example",), "text": ("c",)}),),
    counterexamples=("GET",),
)


def read(content: str | bytes, path: str = "logs/dns1/query.log") -> tuple[list[Observation], Input]:
    """Read a log by both layouts."""
    source = opened(content, path)
    source.log_layouts = LogLayouts(lines=(LOOKUPS, REQUESTS))
    return list(lines.read(source)), source


def test_a_line_gives_who_contacted_whom_and_when() -> None:
    """The client is the asset, the name an observable, the time an instant."""
    (found,), source = read("1795354697 10.0.0.5 asks www.example.com.\n")
    assert ("10.0.0.5", "www.example.com", "line 1") == (found.asset, found.label, found.locator)
    assert ("2026-11-22T13:38:17Z", Medium.NETWORK, Meaning.SERVICE_USE) == (
        found.observed_at, found.medium, found.meaning,
    )  # fmt: skip
    assert ["www.example.com"] == values(found, Kind.DOMAIN)
    assert {"lines": 1, "lines of other kinds": 0} == dict(source.tally)


def test_the_address_of_a_page_is_brought_to_its_host() -> None:
    """So is the target of a CONNECT; an address is an address; the program is prose."""
    found, _ = read(
        "GET https://user@www.example.com:8443/a?b=//c for pc5 by Updater 1.0\n"
        "GET www.example.net:443 for pc5 by x\n"
        "GET http://[2001:db8::1]/ for pc5 by x\n"
        "GET /relative for pc5 by x\n"
    )
    assert [["www.example.com"], ["www.example.net"], [], []] == [values(o, Kind.DOMAIN) for o in found]
    assert [[], [], ["2001:db8::1"], []] == [values(o, Kind.IP) for o in found]
    assert ["Updater 1.0"] == values(found[0], Kind.TEXT)


@pytest.mark.parametrize(
    "header",
    [
        "Nov 22 10:00:00 dns1 resolver[7]: ",
        "<134>Nov 22 10:00:00 dns1 resolver: ",
        "Nov  2 10:00:00 resolver[7]: ",
        "2026-11-22T10:00:00.123456+01:00 dns1 resolver[7]: ",
        "<30>1 2026-11-22T10:00:00Z dns1 resolver 7 - - ",
        '<30>1 2026-11-22T10:00:00Z dns1 resolver 7 ID47 [a b="c \\] d"][e f="g"] ',
        "2026-11-22T10:00:00.123456789Z stdout F ",
        "[pod/resolver-5d78c/resolver] ",
        "resolver-1  | ",
        "<134>",
        "",
    ],
    ids=["bsd", "priority", "no host", "iso", "5424", "structured data", "containerd", "kubectl", "compose", "bare", "none"],
)  # fmt: skip
def test_any_header_may_stand_before_a_message(header: str) -> None:
    """Of syslog old and new, of the journal, of containers; it never hides the client."""
    (found,), _ = read(f"{header}10.0.0.5 asks www.example.com\n")
    assert ("10.0.0.5", ["www.example.com"]) == (found.asset, values(found, Kind.DOMAIN))


def test_the_server_is_the_asset_where_no_client_is_named() -> None:
    """Then the host of the header asked, else whom the file is of."""
    found, _ = read(
        "Nov 22 10:00:00 dns1 resolver[7]: forwards a.example\nNov 22 10:00:00 resolver[7]: forwards b.example\n"
    )
    assert ["dns1", "dns1"] == [o.asset for o in found]  # the second is of the folder, which has the host's name


def test_a_time_without_a_year_is_nobodys_guess() -> None:
    """RFC 3164 has no year; ISO and Cisco's have."""
    starts = ("Nov 22 10:00:00 h", "2026-11-22T10:00:00Z h", "Nov 22 2026 10:00:00 h")
    found, _ = read("".join(f"{start} resolver[7]: 10.0.0.5 asks a.example\n" for start in starts))
    assert ["", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00"] == [o.observed_at for o in found]


def test_a_collector_of_many_programs_is_read() -> None:
    """Lines of programs that a layout names are read by it alone; the others are counted."""
    found, source = read(
        "Nov 22 10:00:00 a sshd[1]: Accepted publickey for root\n" * 9
        + "Nov 22 10:00:00 b resolver[7]: 10.0.0.5 asks a.example\n"
        + "Nov 22 10:00:00 b other[7]: 10.0.0.5 asks b.example\n"
        + "Nov 22 10:00:00 c proxy[7]: GET http://c.example/ for 10.0.0.6 by x\n"
    )
    assert [["a.example"], ["c.example"]] == [values(o, Kind.DOMAIN) for o in found]
    assert 10 == source.tally["lines of other kinds"]


def test_lines_about_the_server_itself_are_counted() -> None:
    """Blank lines and comments are nothing at all."""
    found, source = read("# began\n\n" + "10.0.0.5 asks a.example\n" * 8 + "reloading\n")
    assert (8, 9, 1) == (len(found), source.tally["lines"], source.tally["lines of other kinds"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_any_encoding_and_line_end_is_read(encoding: str) -> None:
    """Windows tools write UTF-16 and CRLF."""
    (found,), _ = read("10.0.0.5 asks müller.example\r\n".encode(encoding))
    assert ["müller.example"] == values(found, Kind.DOMAIN)


def test_an_unknown_log_says_where_layouts_are_kept() -> None:
    """The message names the folder."""
    with pytest.raises(SourceError) as e:
        read("nobody knows this\n")
    assert "register/layouts/lines" in e.value.hint


def test_an_endless_line_costs_its_end_only() -> None:
    """What lies behind the limit is not looked at, and no pattern runs over it."""
    found, _ = read("10.0.0.5 asks a.example " + "x" * (2 * linelogs.LONGEST) + "\n10.0.0.5 asks b.example\n")
    assert 2 == len(found)


def test_prose_is_no_log() -> None:
    """One sentence that happens to fit does not make a log of a text."""
    text = ["Once there was a resolver.", "My neighbour asks why.", "It was not known.", "Then it ended.", ""]
    assert () == linelogs.fitting(linelogs.content("\n".join(text)), (LOOKUPS, REQUESTS))


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """Whatever follows a good line, reading ends without an error."""
    found, _ = read("10.0.0.5 asks a.example\n" * 50 + text)
    assert len(found) >= 50
