# SPDX-License-Identifier: Apache-2.0
"""The page as a reader has it: headless Chromium opens, reads, searches and prints it, and axe-core judges it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bench.made import large_report

from debar.text import printable
from debar.writers import Style, html
from debar.writers.html import page
from debar.writers.outline import outline
from reported import ATTACK, demo, hostile, nothing

if TYPE_CHECKING:
    from debar.model.results import Report

ROOT = Path(__file__).parents[2]
MODULES = ROOT / ".venv" / "node" / "node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
LARGE = 100_000

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHROMIUM and shutil.which("node") and (MODULES / "puppeteer-core").is_dir()),
        reason="Chromium, Node.js or its modules are not installed (make tools)",
    ),
]


def browsed(report: Report, folder: Path) -> dict[str, Any]:
    """Write a report and give what a reader with a browser met."""
    file = folder / "report.html"
    with file.open("w", encoding="utf-8") as out:
        html.write_report(report, out, Style())
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("browser.cjs")), CHROMIUM, str(file)],
        capture_output=True,
        check=False,
        env={**os.environ, "NODE_PATH": str(MODULES)},
    )
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what a reader of the demo estate met."""
    return browsed(demo(), tmp_path_factory.mktemp("page"))


def test_axe_finds_nothing(met: dict[str, Any]) -> None:
    """Wide and narrow, light and dark, with an exposure open: no rule of accessibility is broken."""
    assert met["axe"] == {"1440 light": [], "1440 dark": [], "768 light": [], "390 light": []}
    assert met["axe_dialog"] == []


def test_it_asks_for_nothing_and_complains_of_nothing(met: dict[str, Any]) -> None:
    """Opening, using and printing it loads nothing, breaks no rule of its own, and raises no error."""
    assert met["requests"] == []
    assert met["console"] == []
    assert met["printed"] == "%PDF-"


def test_it_fits_every_width(met: dict[str, Any]) -> None:
    """On no screen the page itself scrolls sideways."""
    assert met["wider"] == {"1440": 0, "768": 0, "390": 0}


def test_keys_reach_everything(met: dict[str, Any]) -> None:
    """The first key finds the link that skips; arrows move over rows; Enter opens, Escape closes and comes back."""
    last = len(demo().exposures) - 1
    assert met["first_focus"] == "skip"
    assert met["focus"] == ["1", "2", str(last)]
    first = demo().exposures[0]
    assert first.id in met["dialog"]
    assert first.matches[0].observable.value in met["dialog"]
    assert met["back"] == "0"


def test_the_table_sorts_searches_and_saves(met: dict[str, Any]) -> None:
    """Sorting is by name whatever its case, searching narrows, and what is saved is what the report says."""
    report = demo()
    assets = sorted((exposure.asset for exposure in report.exposures), key=str.lower)
    assert met["sorted"] == assets[: len(met["sorted"])]
    law = outline(report).law
    prohibited = sum(law.groups[law.of[exposure.id]].status == "prohibited" for exposure in report.exposures)
    assert met["found"] == f"{prohibited} of {len(report.exposures)} exposures"
    rows = list(csv.DictReader(io.StringIO(met["csv"].removeprefix("\ufeff"))))
    assert sorted(row["id"] for row in rows) == sorted(exposure.id for exposure in report.exposures)
    assert [row["asset"] for row in rows] == assets


def test_it_says_everything_without_a_script(met: dict[str, Any]) -> None:
    """With scripts off the answer, duties and exposures are there, and no empty table."""
    assert outline(demo()).answer in met["plain"]
    assert all(printable(exposure.asset) in met["plain"] for exposure in demo().exposures)
    assert "Save as CSV" not in met["plain"]


def test_an_attack_stays_text(tmp_path: Path) -> None:
    """Names that are scripts, elements and formulas run nothing, on the screen and in what is saved."""
    found = browsed(hostile(), tmp_path)
    assert found["console"] == []
    assert found["requests"] == []
    assert "alert(1)" in found["dialog"]
    # A rule about how a page is written may be broken by no name either.
    assert found["axe"]["1440 light"] == []
    cells = [cell for row in csv.reader(io.StringIO(found["csv"].removeprefix("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    assert any(printable(ATTACK) in cell for cell in cells)


def test_nothing_found_is_a_sound_page_too(tmp_path: Path) -> None:
    """A page without exposures breaks no rule and says where nothing was found."""
    found = browsed(nothing(), tmp_path)
    assert set(map(tuple, found["axe"].values())) == {()}
    assert found["has_grid"] is False
    assert "Nothing, in what was looked at." in found["plain"]


def test_a_hundred_thousand_exposures_stay_usable(tmp_path: Path) -> None:
    """However many there are, only rows in sight are drawn, and the last is reached by key and by scrolling."""
    found = browsed(large_report(LARGE), tmp_path)
    assert found["console"] == []
    assert found["rows_drawn"] < page.PLAIN
    assert found["focus"][-1] == str(LARGE - 1)
    assert found["last_row"] == str(LARGE - 1)
    assert found["axe"]["1440 light"] == []
    assert found["found"].endswith("of 100,000 exposures")
