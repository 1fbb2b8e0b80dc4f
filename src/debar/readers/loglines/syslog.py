# SPDX-License-Identifier: Apache-2.0
"""What stands before the message in a line of a log: headers of syslog, of the journal, of containers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_CLOCK = r"\d\d?:\d\d:\d\d(?:[.,]\d{1,9})?"
_ISO = rf"\d{{4}}-\d\d-\d\d[T ]{_CLOCK}(?:Z|[+-]\d\d:?\d\d)?"
_BSD = rf"[A-Z][a-z]{{2}} {{1,2}}\d\d?(?: \d{{4}})? {_CLOCK}(?: \d{{4}})?(?: [A-Z]{{3,4}})?"
"""RFC 3164, with the year that Cisco adds."""
_YEARLESS = len("Nov 22 10:00:00")
_CONTAINER = rf"(?:\[\w{{1,32}}/[\w./-]{{1,300}}\] |[\w.-]{{1,128}} {{1,40}}\| )?(?:{_ISO} )?"
"""Of kubectl logs --prefix --timestamps and of docker compose; files of containerd say stdout F behind the time."""
_HOST = r"(?P<host>[A-Za-z0-9](?:[\w.:-]{0,253}[\w.-])?|\[[0-9a-fA-F:.]+\])"
_DATA = r"(?:-|(?:\[(?:[^\]\\]|\\.)*\])+)"
"""Structured data of RFC 5424."""
_NEW = rf"1 (?P<at5424>{_ISO}|-) (?P<host5424>\S+) (?P<program5424>\S+) \S+ \S+ {_DATA}(?: \ufeff?|$)"
_OLD = (
    rf"(?:(?P<iso>{_ISO})|(?P<bsd>{_BSD})):?(?: std(?:out|err) [FP])? (?P<rest>)(?:{_HOST} (?!= ))?(?:: )?"
    r"(?:(?P<program>[A-Za-z(][\w./()-]{0,127})(?:\[\d+\]: ?|:(?: |$)))?"
)
_HEADER = rf"(?:<\d{{1,3}}>)?(?:{_NEW}|{_OLD})"


class Header(NamedTuple):
    """What was said before the message."""

    end: int
    """Where the message begins."""
    after_time: int
    """Where it begins if the word behind the time is no host, but the message's first."""
    host: str
    program: str
    observed_at: str
    """As it was written; empty without a year."""


NONE = Header(0, 0, "", "", "")


@lru_cache(maxsize=1)
def _expressions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return re.compile(_HEADER), re.compile(r"<\d{1,3}>(?:\d+: )?"), re.compile(_CONTAINER)


def header(line: str) -> Header:
    """Give the header of a line; one of end 0 when there is none."""
    whole, priority, container = _expressions()
    if found := whole.match(line):
        host, program, iso, bsd = found.group("host", "program", "iso", "bsd")
        if iso or bsd:
            return Header(found.end(), found.start("rest"), host or "", program or "", iso or _with_year(bsd))
        at, host, program = found.group("at5424", "host5424", "program5424")
        return Header(found.end(), -1, _said(host), _said(program), _said(at))
    if found := priority.match(line):
        return NONE._replace(end=found.end())
    found = container.match(line)
    return NONE._replace(end=found.end()) if found else NONE


def _said(text: str | None) -> str:
    return text if text and text != "-" else ""


def _with_year(text: str) -> str:
    """Give a time of RFC 3164 when it has a year: without one it is nobody's guess."""
    return text if len(text) > _YEARLESS and re.search(r" \d{4}\b", text) else ""
