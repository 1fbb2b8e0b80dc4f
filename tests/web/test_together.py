# SPDX-License-Identifier: Apache-2.0
"""Promises about processes that serve together: what is counted is counted once, and what is locked is locked for all."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import LimitError
from debar.web.security import rates
from debar.web.timings import Timings
from debar.web.together import Together

if TYPE_CHECKING:
    from pathlib import Path


def passes(counted: rates.Rates, who: str) -> bool:
    """Tell whether somebody may ask now."""
    try:
        counted.take(who)
    except LimitError:
        return False
    return True


@given(asked=st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.floats(0, 3)), max_size=150))
def test_a_rate_is_one_however_many_processes_are_asked(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[int, str, float]]
) -> None:
    """Whichever process somebody asks, they have left what they would have left by one alone."""
    now = 0.0
    folder = tmp_path_factory.mktemp("together")
    some = [Together(folder, number) for number in range(3)]
    shared = [rates.Rates(1, lambda: now, one) for one in some]
    alone = rates.Rates(1, lambda: now)
    for number, who, later in asked:
        now += later
        assert passes(shared[number], who) == passes(alone, who)
    for one in some:
        one.close()


def test_the_table_of_rates_forgets_whoever_was_quiet_the_longest() -> None:
    """Who asks now is known among a hundred thousand others, of whom most are forgotten."""
    now = 0.0
    counted = rates.Rates(1, lambda: now)
    for number in range(100_000):
        now += 0.0001
        counted.take(f"other {number}")
        if number % 100 == 0:
            passes(counted, "somebody")
    assert not passes(counted, "somebody")


def test_one_at_a_time_in_all_processes(tmp_path: Path) -> None:
    """While one looks at something and changes it no other does, also not in another process; one that is killed lets go."""
    (tmp_path / "said").touch()
    program = (
        "import sys, time; from pathlib import Path; from debar.web.together import Together\n"
        "with Together(Path(sys.argv[1]), 1).alone('acme'):\n    print('in', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout
    with other.stdout:
        assert other.stdout.readline() == "in\n"
    entered = threading.Event()
    mine = Together(tmp_path)

    def enter() -> None:
        with mine.alone("acme"):
            entered.set()

    waiting = threading.Thread(target=enter)
    waiting.start()
    with mine.alone("another"):
        assert not entered.wait(0.3)
    other.kill()
    other.wait()
    assert entered.wait(30)
    waiting.join()
    mine.close()


def test_threads_of_one_process_wait_for_each_other(tmp_path: Path) -> None:
    """The system locks for processes; threads of one are kept apart as well."""
    for together in (Together(), Together(tmp_path)):
        inside: list[int] = []
        worst: list[int] = []

        def enter(together: Together = together, inside: list[int] = inside, worst: list[int] = worst) -> None:
            with together.alone("acme"):
                inside.append(1)
                worst.append(len(inside))
                time.sleep(0.01)
                inside.pop()

        threads = [threading.Thread(target=enter) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert worst == [1] * 8
        together.close()


def test_figures_are_those_of_all_and_outlive_a_process(tmp_path: Path) -> None:
    """Whichever process is asked tells what all have answered, also one that died and was begun again."""
    some = [Together(tmp_path, number) for number in range(2)]
    counts = [one.before() for one in some]
    for number, own in enumerate(counts):
        for _ in range(number + 1):
            own.add("GET", "/x", 200, 0.02)
        some[number].tell(own)
    for one, own in zip(some, counts, strict=True):
        assert one.timings(own).answered["GET", "/x", 200] == 3
        assert sum(one.timings(own).lasted["/x"].buckets) == 3
    again = Together(tmp_path, 1)
    counted = again.before()
    counted.add("GET", "/x", 200, 0.02)
    assert again.timings(counted).answered["GET", "/x", 200] == 4
    assert again.timings(counted).lasted["/x"].total[0] == pytest.approx(0.08)
    (tmp_path / "figures-0").write_bytes(b"\xc1 no figures")
    assert again.timings(counted).answered["GET", "/x", 200] == 3
    for one in (*some, again):
        one.close()


def test_one_process_alone_shares_nothing() -> None:
    """It needs no folder, and tells of itself."""
    alone, own = Together(), Timings()
    own.add("GET", "/x", 200, 0.02)
    alone.tell(own)
    assert alone.timings(own).answered == own.answered
    assert (alone.pids(), alone.alive(), len(alone.servers())) == ([], 0, 1)
