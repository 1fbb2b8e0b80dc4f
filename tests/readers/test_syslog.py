# SPDX-License-Identifier: Apache-2.0
"""Promises of the headers that stand before messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.readers.loglines.syslog import header


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<134>Nov 22 10:00:00 web01 sshd[1]: hello", ("web01", "sshd", "", "hello")),
        ("Nov  2 10:00:00 kernel: hello", ("", "kernel", "", "hello")),
        (
            "Nov 22 2026 10:00:00 fw01 : %ASA-6-302013: Built",
            ("fw01", "", "Nov 22 2026 10:00:00", "%ASA-6-302013: Built"),
        ),
        ("2026-11-22T10:00:00+01:00 fe80::1 a.b[1]: hello", ("fe80::1", "a.b", "2026-11-22T10:00:00+01:00", "hello")),
        ("<1>1 2026-11-22T10:00:00Z web01 app - - - hello", ("web01", "app", "2026-11-22T10:00:00Z", "hello")),
        ("<1>1 - - - - - - hello", ("", "", "", "hello")),
        ("<189>date=2024-01-01", ("", "", "", "date=2024-01-01")),
        ("hello world", ("", "", "", "hello world")),
    ],
)
def test_host_program_and_time_are_told_apart(line: str, expected: tuple[str, str, str, str]) -> None:
    """And the message begins where the header ends."""
    found = header(line)
    assert expected == (found.host, found.program, found.observed_at, line[found.end :])


@given(st.text(max_size=200))
def test_any_line_is_survived(line: str) -> None:
    """The message lies inside the line."""
    assert 0 <= header(line).end <= len(line)
