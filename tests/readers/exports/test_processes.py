# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of ps."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind
from debar.readers.exports import processes
from opened import observed, values


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND", "root 8 0 0 1 1 ? Ss Nov20 0:07 {}"),
        ("UID PID PPID C STIME TTY TIME CMD", "root 8 1 0 10:02 ? 0:00 {}"),
        ("UID PID PPID C STIME TTY TIME CMD", "root 8 1 0 Aug 12 ? 0:00 {}"),
        ("  PID USER       VSZ STAT COMMAND", "    8 root      2536 S    {}"),
        ("PID ARGS", "8 {}"),
        ("  PID TTY           TIME CMD", "    8 ??         0:12.61 {}"),
    ],
)
def test_command_is_found_under_any_header(header: str, row: str) -> None:
    """Columns differ by system; the command is the last."""
    (found,), _ = observed(processes, f"{header}\n{row.format('/opt/lab/agentd --flag /etc/x')}\n")
    assert values(found, Kind.PROCESS) == ["agentd"]
    assert values(found, Kind.PATH) == ["/opt/lab/agentd"]


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("/Library/Application Support/Example Lab/agent -r", ["agent"]),
        ("/Applications/Two Words.app/Contents/MacOS/Two Words --x", ["Two Words"]),
        ("/usr/bin/python3 /opt/lab/agent.py", ["python3", "agent.py"]),
        ("sshd: /usr/sbin/sshd -D", ["sshd"]),
        ("-bash", ["bash"]),
        ("vim /opt/kaspersky/notes", ["vim"]),
    ],
)
def test_program_is_told_from_its_arguments(command: str, names: list[str]) -> None:
    """Folders of macOS have blanks; of arguments only an interpreter's script is a program."""
    (found,), _ = observed(processes, f"PID COMMAND\n8 {command}\n")
    assert values(found, Kind.PROCESS) == names


def test_threads_of_the_kernel_and_repetitions_are_counted() -> None:
    """A program that runs a hundred times is told once."""
    found, source = observed(processes, "PID CMD\n1 [kthreadd]\n" + "2 /usr/sbin/agent\n" * 100)
    assert len(found) == 1
    assert source.tally == {"processes": 101, "threads of the kernel": 1}
