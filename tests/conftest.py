# SPDX-License-Identifier: Apache-2.0
"""What tests share: the shipped register, the corpus of real files, and snapshots that can be rewritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from debar import cache, pipeline
from debar.match import kept
from debar.register import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.match.compile import Index
    from debar.register import Register

ROOT = Path(__file__).parents[1]
INDEXES = 3
"""Indexes in memory at once: tests write registers of their own, each of which has one."""

# A shared machine stalls now and then; that says nothing about the code.
settings.register_profile("debar", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("debar")


pytest_plugins = ("dated_words", "mentioned", "postgresql", "proofs", "served", "spoken")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that accepts what changed on purpose."""
    parser.addoption("--accept", action="store_true", help="rewrite snapshots and generated files, then check")


@pytest.fixture(scope="session")
def register() -> Register:
    """Give the register that ships with the program."""
    return load.load(ROOT / "register")


@pytest.fixture(scope="session", autouse=True)
def _index_is_read_once() -> Iterator[None]:
    """Have the scans of this process share the index of a register: to read it takes longer than most scans of tests.

    That it is read back as it was made is promised in tests/match/test_kept.py, which asks for it without a scan.
    """
    known: dict[tuple[Path | None, str], Index] = {}

    def shared(register: Register) -> Index:
        made_from = (cache.home(), kept._digest(register))
        if not made_from[1]:
            return kept.load_index(register)
        if made_from not in known:
            if len(known) >= INDEXES:
                del known[next(iter(known))]
            known[made_from] = kept.load_index(register)
        return known[made_from]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_index", shared)
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Give the folder of real input, or skip where it is not beside the repository."""
    folder = ROOT / ".." / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("no corpus: the folder ../shared/corpus is not there")
    return folder


@pytest.fixture
def accepted(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Give a comparison of a committed file with a text; under --accept it writes the file first."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path.name} is missing; make accept writes it"
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date; make accept rewrites it"

    return compare
