# SPDX-License-Identifier: Apache-2.0
"""The review page as a person has it: headless Chromium reads, decides, reloads, saves and prints it, and axe-core judges it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from debar.cli import main, read
from debar.intake import reading as intake
from debar.intake.drafts import reviewing
from debar.model.intake import Span
from debar.model.vocab.statements import StatedAct
from debar.writers.intake import page
from drafted import TEXT, paper, reading, said, told

if TYPE_CHECKING:
    from debar.model.intake import Reading
    from debar.register import Register

ROOT = Path(__file__).parents[2]
NOTICES = ROOT / "examples" / "notices"
MODULES = ROOT / ".venv" / "node" / "node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ATTACK = "</script><script>alert(1)</script><img src=x onerror=alert(2)><a href=javascript:alert(3)>x</a>\x1b\u202e\x00"
EVERYTHING_IS_SOUND: dict[str, list[str]] = {
    "1440 light": [],
    "1440 dark": [],
    "768 light": [],
    "390 light": [],
    "390 dark": [],
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHROMIUM and shutil.which("node") and (MODULES / "puppeteer-core").is_dir()),
        reason="Chromium, Node.js or its modules are not installed (make tools)",
    ),
]


def browsed(found: Reading, folder: Path, *how: str) -> dict[str, Any]:
    """Write a page and give what a person with a browser met (`review.cjs` says how it may be met)."""
    file = folder / "review.html"
    with file.open("w", encoding="utf-8") as out:
        page.write(found, out)
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("review.cjs")), CHROMIUM, str(file), *how],
        capture_output=True,
        check=False,
        env={**os.environ, "NODE_PATH": str(MODULES)},
    )
    assert done.returncode == 0, done.stderr.decode()
    met: dict[str, Any] = json.loads(done.stdout)
    return met


@pytest.fixture(scope="module")
def notices(register: Register) -> Reading:
    """Give what the example notices say."""
    papers = sorted(file for file in NOTICES.iterdir() if file.suffix != ".md")
    return intake.read([(file.name, file.read_bytes()) for file in papers], register)


@pytest.fixture(scope="module")
def met(notices: Reading, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what a reviewer of the example notices met."""
    return browsed(notices, tmp_path_factory.mktemp("page"))


def test_axe_finds_nothing(met: dict[str, Any]) -> None:
    """Wide and narrow, light and dark, before and after deciding: no rule of accessibility is broken."""
    assert met["axe"] == EVERYTHING_IS_SOUND
    assert met["axe_decided"] == []


def test_it_asks_for_nothing_and_complains_of_nothing(met: dict[str, Any]) -> None:
    """Opening, deciding and printing loads nothing, breaks no rule of the page's own, and raises no error."""
    assert met["requests"] == []
    assert met["console"] == []
    assert met["printed"] == "%PDF-"
    assert met["wider"] == {"1440": 0, "768": 0, "390": 0}


def test_keys_reach_everything(met: dict[str, Any]) -> None:
    """The first key finds the link that skips; keys alone make a choice."""
    assert met["first_focus"] == "skip"
    assert met["by_keys"] == "reject"
    assert met["before"].startswith("0 of ")
    assert met["after_keys"].startswith("1 of ")


def test_deciding_comes_to_an_end(met: dict[str, Any], notices: Reading) -> None:
    """With every line and date decided the reading is complete; an edit counts only with its value."""
    assert met["items"] == sum(len(reviewing.items(notices, story)) for story in notices.stories)
    assert met["complete"] == f"Reading complete: {met['items']} decided"
    assert "decided" in met["edit_before"]
    assert not met["edit_before"].startswith("Reading complete")


def test_the_browser_keeps_what_was_decided(met: dict[str, Any]) -> None:
    """After a reload, choices and name are as they were."""
    assert met["reloaded"] == met["complete"]
    assert met["kept_name"] == "A. Meyer"
    assert met["saved_again"] == met["saved"]


def test_a_passage_is_lit_in_its_paper(met: dict[str, Any]) -> None:
    """Whoever follows a passage sees it lit, where it stands."""
    assert met["lit"]
    assert met["in_sight"]


def test_what_it_saves_is_what_review_takes(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The saved file goes into the log as it is, with the name that was typed."""
    found = told(register)
    lines = {line.id: line.path for story in found.stories if story.draft for line in story.draft.lines}
    right = {"authority": "us-bis", "instrument": "determination", "cite": "89 FR 52434"}
    saved = [
        one | {"value": right.get(lines.get(one["line"], ""), "2024-09-29")} if one["choice"] == "edit" else one
        for one in browsed(found, tmp_path, "unjudged")["saved"]
    ]
    (tmp_path / "choices.json").write_text(json.dumps(saved), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(read, "made", lambda _options: (found, True))
    assert main(["review", "papers", "--choices", "choices.json"]) == 0
    assert "reading complete" in capsys.readouterr().out
    assert '"by":"A. Meyer"' in (tmp_path / ".debar-choices.jsonl").read_text("utf-8")


def test_without_a_script_it_can_be_read(met: dict[str, Any], notices: Reading) -> None:
    """With scripts off every line and conflict is there, and no choice that would do nothing."""
    for story in notices.stories:
        assert story.draft
        assert all(line.text in met["plain"] for line in story.draft.lines if line.path.startswith("provisions"))
        assert all(conflict.topic.lower() in met["plain"].lower() for conflict in story.conflicts)
    assert met["hidden_without_script"]


def test_an_attack_stays_text(register: Register, tmp_path: Path) -> None:
    """Papers that are scripts run nothing, and break no rule of how a page is written."""
    one = paper("x.txt", text=ATTACK + TEXT, title=ATTACK, publisher=ATTACK, path=ATTACK)
    ban = said(StatedAct.PROHIBIT_SELL, "2024-07-20", document=one.id, said_by=(ATTACK,), span=Span(0, 80))
    found = reading(register, [ban], [one])
    found = replace(found, stories=(replace(found.stories[0], title=ATTACK, origins=(ATTACK,), missing=(ATTACK,)),))
    said_ = browsed(found, tmp_path)
    assert said_["console"] == []
    assert said_["requests"] == []
    assert said_["axe"] == EVERYTHING_IS_SOUND


def test_thousands_of_statements_and_a_line_of_a_megabyte(register: Register, tmp_path: Path) -> None:
    """A page of a paper with 3,000 passages, and of one whose only line is a megabyte, opens and can be decided."""
    text = "Acme may not sell. " * 3000
    one, two = paper("many.txt", text=text), paper("long.txt", text="x" * 1_000_000)
    many = [
        said(StatedAct.PROHIBIT_SELL, "2024-07-20", document=one.id, span=Span(19 * n, 19 * n + 18))
        for n in range(3000)
    ]
    met = browsed(reading(register, many, [one, two]), tmp_path, "unjudged")
    assert met["console"] == []
    assert met["marks"] >= 3000
    assert met["complete"].startswith("Reading complete")
    assert met["wider"] == {"1440": 0, "768": 0, "390": 0}
