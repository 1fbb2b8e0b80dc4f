# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of services and kernel modules."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers.exports import units
from opened import observed, values


@pytest.mark.parametrize(
    ("content", "service", "meaning"),
    [
        (
            "UNIT LOAD ACTIVE SUB DESCRIPTION\n  agent.service loaded active running Agent of X\n",
            "agent.service",
            "running",
        ),
        ("  agent.service loaded active exited Agent of X\n", "agent.service", "installed"),
        ("  agent.service loaded failed failed Agent of X\n", "agent.service", "installed"),
        ("● agent.service not-found inactive dead agent.service\n", "agent.service", "residue"),
        ("agent.service                 enabled\n", "agent.service", "installed"),
        ("agent.timer  masked  enabled\n", "agent.timer", "residue"),
        (" [ + ]  agent\n", "agent", "running"),
        (" [ - ]  agent\n", "agent", "installed"),
        ("agent\t0:off\t1:off\t2:on\t3:on\t4:on\t5:on\t6:off\n", "agent", "installed"),
    ],
)
def test_service_is_told_in_every_form(content: str, service: str, meaning: str) -> None:
    """What is asked for and not there, and what is masked, is residue; what runs is at work."""
    (found,), _ = observed(units, content)
    assert (values(found, Kind.SERVICE), found.meaning) == ([service], Meaning(meaning))


def test_modules_are_drivers() -> None:
    """The size of a module is no part of its name; what is listed is loaded."""
    found, _ = observed(
        units, "Module                  Size  Used by\nagent_fanotify         16384  0\nbridge 311296 1 br\n"
    )
    assert [values(o, Kind.DRIVER) for o in found] == [["agent_fanotify"], ["bridge"]]
    assert {o.meaning for o in found} == {Meaning.RUNNING}


def test_mounts_and_targets_say_nothing_of_makers() -> None:
    """They are counted with the lines of prose."""
    found, source = observed(
        units, "  -.mount loaded active mounted Root\n  basic.target loaded active active Basic\n2 units.\n"
    )
    assert found == []
    assert source.tally == {"other lines": 3}
