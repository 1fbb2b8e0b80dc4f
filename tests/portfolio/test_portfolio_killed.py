# SPDX-License-Identifier: Apache-2.0
"""The service is killed at random moments; `python -m bench faults` does so a hundred times."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from bench import faults

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="what may be killed is found in /proc")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """Nothing is lost, there by halves, or done twice, and every job comes to its end."""
    found = faults.fault(tmp_path, kills=8, seed=7)
    assert sum(found.kills.values()) == 8
    assert found.uploads
    assert found.decisions
    assert found.runs
    assert (found.lost, found.halves, found.twice, found.open) == ((), (), (), 0)
