# SPDX-License-Identifier: Apache-2.0
"""Stories told by copies of the process are those that one process tells."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from debar import workers
from debar.intake import reading
from debar.intake.stories import telling

if TYPE_CHECKING:
    from pathlib import Path

    from debar.register import Register

BANS = {"Kaspersky": "United States", "Huawei": "United Kingdom", "Hikvision": "Australia"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give nine papers on three bans."""
    for supplier, state in BANS.items():
        for number in range(3):
            text = (
                f"{state} bans {supplier}\n\n{number + 2} July 2024\n\n{state} banned the sale of {supplier} products"
                f" from 20 July 2024, the government of the {state} said on 1 July 2024. Paper {number} says no more.\n"
            )
            (tmp_path / f"{supplier}-{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system copies no process")
def test_copies_tell_what_one_process_tells(folder: Path, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many processors there are, the reading is the same; a copy that dies costs nothing but time."""
    monkeypatch.setattr(workers, "can_work", lambda: True)
    monkeypatch.setattr(workers, "processors", lambda: 1)
    alone = reading.read_files([str(folder)], register)
    assert len(alone.stories) == len(BANS)
    monkeypatch.setattr(workers, "processors", lambda: 3)
    own, tell = os.getpid(), telling.tell
    told_here = []

    def told(*asked: object) -> telling.Told:
        told_here.append(os.getpid())
        return tell(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(telling, "tell", told)
    assert reading.read_files([str(folder)], register) == alone
    assert told_here == []

    def dies(*asked: object) -> telling.Told:
        return tell(*asked) if os.getpid() == own else os._exit(1)  # type: ignore[arg-type]

    monkeypatch.setattr(telling, "tell", dies)
    assert reading.read_files([str(folder)], register) == alone
