# SPDX-License-Identifier: Apache-2.0
"""Promises about the demo estate: exactly what is there is found, and every run says the same."""

from __future__ import annotations

import csv
import io
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debar.model.measures import Organisation
from debar.model.vocab import AddresseeKind
from debar.obligations.question import Question
from debar.pipeline import Settings, scan
from debar.writers import Style
from debar.writers.json import write_report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.results import Exposure, Report
    from debar.register import Register

ROOT = Path(__file__).parents[1]
ESTATE = ROOT / "examples/estate"
TRUTH = ROOT / "tests/data/estate-truth.tsv"
QUESTION = Question(
    organisation=Organisation(name="us/company", jurisdictions=("us",), kinds=(AddresseeKind.COMPANY,)),
    as_of="2024-10-01",
    known_on="",
)

pytestmark = pytest.mark.skipif(not ESTATE.is_dir() or not TRUTH.is_file(), reason="examples/estate is not there")


def report(register: Register, *sources: str, engine: str = "inline") -> Report:
    """Scan for a company on 1 October 2024."""
    return scan(sources or ("examples/estate",), register, QUESTION, Settings(engine=engine))


def written(found: Report) -> str:
    """Give a report as JSON."""
    out = io.StringIO()
    write_report(found, out, Style())
    return out.getvalue()


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are relative to the repository, as in the documents."""
    monkeypatch.chdir(ROOT)


def truth() -> list[dict[str, str]]:
    """Give what was composed into the estate: asset, party, product, meaning, note."""
    with TRUTH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def keys(rows: Iterable[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    """Give asset, party, product and meaning of each row."""
    return sorted((row["asset"].casefold(), row["party"], row["product"], row["meaning"]) for row in rows)


def told(exposures: Iterable[Exposure]) -> list[tuple[str, str, str, str]]:
    """Give the same of exposures."""
    return sorted((e.asset.casefold(), e.party, e.product, str(e.meaning)) for e in exposures)


def test_exactly_the_truth_is_found(register: Register) -> None:
    """Every exposure of the composed truth is found with its meaning, and no trap is walked into."""
    found = report(register)
    assert keys(row for row in truth() if row["meaning"] != "mention") == told(found.exposures)
    assert () == found.skips


def test_mentions_are_set_aside(register: Register) -> None:
    """Names that mean nothing are kept apart where the truth demands it, each as no more than a mention."""
    aside = [s.exposure for s in report(register).set_aside]
    assert set(keys(row for row in truth() if "must be set aside" in row["note"])) <= set(told(aside))
    assert {1} == {e.level for e in aside}


def test_two_runs_say_the_same(register: Register) -> None:
    """The same input gives the same bytes."""
    assert written(report(register)) == written(report(register))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_on_disk_changes_nothing(
    seed: int, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy elsewhere, its files made in another order, gives the same bytes under the same names."""
    expected = written(report(register))
    files = sorted(path for path in ESTATE.rglob("*") if path.is_file())
    random.Random(seed).shuffle(files)
    for file in files:
        copy = tmp_path / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    monkeypatch.chdir(tmp_path)
    assert expected == written(report(register))


def test_the_order_of_sources_changes_no_answer(register: Register) -> None:
    """Naming the parts of the estate in another order gives the same bytes."""
    parts = sorted(str(path.relative_to(ROOT)) for path in ESTATE.iterdir() if path.is_dir())
    assert written(report(register, *parts)) == written(report(register, *parts[::-1]))


def test_both_engines_say_the_same(register: Register) -> None:
    """Matching in columns gives the same bytes as matching row by row."""
    assert written(report(register)) == written(report(register, engine="duckdb"))


def test_the_command_says_the_same_in_another_process() -> None:
    """Hash seeds differ from process to process; the bytes that leave do not."""
    command = [
        sys.executable,
        "-m",
        "debar",
        "scan",
        "examples/estate",
        "--on",
        "2024-10-01",
        "-o",
        "json",
        "--register",
        "register",
    ]
    outputs = [
        subprocess.run(command, capture_output=True, check=False, env={"PYTHONHASHSEED": seed, "HOME": "/nonexistent"})
        for seed in ("1", "2")
    ]
    assert outputs[0].stdout.startswith(b"{"), outputs[0].stderr.decode()
    assert outputs[0].stdout == outputs[1].stdout
