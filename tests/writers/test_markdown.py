# SPDX-License-Identifier: Apache-2.0
"""Markdown: the whole report, in which text of others stays text."""

from __future__ import annotations

import re

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.model.results import DecisionState
from debar.model.vocab import Validity
from debar.writers import markup
from reported import full


def tables(text: str) -> list[list[str]]:
    """Give the lines of each table."""
    return [block.splitlines() for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)]


def cells(line: str) -> int:
    """Give how many cells a row has, as GitHub counts them: a bar behind a backslash is text."""
    return len(re.findall(r"(?<!\\)\|", line)) - 1


def test_the_whole_report() -> None:
    """Every exposure, measure, obligation, question, input and thing set aside is in it, and counts are right."""
    report = reports.demo()
    text = reports.written("md", report)
    for ids in (report.exposures, [aside.exposure for aside in report.set_aside]):
        assert [exposure.id for exposure in ids if f"`{exposure.id}`" not in text] == []
    assert [source.sha256 for source in report.sources if source.sha256 not in text] == []
    assert f"{len(report.exposures)} exposures on {len(reports.assets(report))} assets" in text
    assert [one.fact for one in report.questions if f"`{one.fact}`" not in text] == []
    todo = text.partition("## What to do")[2].partition("\n## ")[0]
    assert len(tables(todo)[0]) == len(report.obligations) + 2
    for heading in ("What was found", "What the law says", "What is to be answered", "What was set aside", "Inputs"):
        assert f"\n## {heading}\n" in text


@pytest.mark.parametrize("form", ["md", "github-summary"])
def test_every_row_has_the_cells_of_its_table(form: str) -> None:
    """No bar or line end of an input makes a cell or a row."""
    for report in (reports.demo(), reports.attacked(), reports.blank()):
        for lines in tables(reports.written(form, report)):
            assert {cells(line) for line in lines} == {cells(lines[0])}


@pytest.mark.parametrize("form", ["md", "github-summary"])
def test_nothing_of_an_input_is_markup(form: str) -> None:
    """Outside the face of code no tag, link, picture, mention or ticket of an input is left."""
    text = re.sub(r"(?<!\\)(`+)(?:(?!\1).)+?\1", "", reports.written(form, reports.attacked()))
    assert not re.search(r"(?<!\\)<(?!br>|!-- -->|https?://)", text)
    assert not re.search(r"(?<!\\)\[[^\]]*\]\(https://evil", text)
    assert not re.search(r"[@#](?=team|1)", text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Kaspersky, product not known", "Kaspersky, product not known"),
        ("a|b *c* <d>", "a\\|b \\*c\\* \\<d\\>"),
        ("see https://evil.example or WWW.evil.example", "see https\\://evil.example or WWW\\.evil.example"),
        ("@team #1", "\\@<!-- -->team \\#<!-- -->1"),
        ("a\nb\x1b", "a b\\\\x1b"),
        ("[a](b)", "\\[a\\](b)"),
    ],
)
def test_text_is_escaped(value: str, expected: str) -> None:
    """Marks are escaped, addresses are no links, nobody is called; plain words stay as they are."""
    assert markup.text(value) == expected


@given(st.text())
def test_code_is_closed_by_its_own_fence(value: str) -> None:
    """No run of ticks inside code is as long as its fence, and it is one line."""
    written = markup.code(value)
    fence = re.match(r"`+", written)
    assert fence
    inside = written[len(fence[0]) : -len(fence[0])]
    assert fence[0] not in re.findall(r"`+", inside)
    assert "\n" not in written
    assert not re.search(r"(?<!\\)\|", inside)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://a", ""])
def test_only_pages_of_the_web_are_links(url: str) -> None:
    """Another scheme leaves the title alone."""
    assert markup.link("Title", url) == "Title"
    assert markup.link("Title", "https://a.example/b(c)|d") == "[Title](<https://a.example/b%28c%29%7Cd>)"


def test_decisions_are_told() -> None:
    """What became of each decision stands in the report, an expired one too."""
    kept = DecisionState(
        id="d",
        decision=reports.ACCEPTED,
        state=Validity.EXPIRED,
        exposures=(),
        findings=(),
        text="it ended, and is back",
    )
    text = reports.written("md", replace(reports.demo(), decisions=(kept,)))
    assert "| **expired** | it ended, and is back | replaced in spring | 2025-03-31 |" in text


def test_records_and_protection_are_told() -> None:
    """What was done, by whom and with which evidence, and what each product that protects reports, stand in tables."""
    text = reports.written("md", full())
    assert f"| **counts** | 2024-09-02 | C. Roth | the look | looked, found none | look.png `{'ab' * 32}` |" in text
    assert "| `kiosk-07` | Other Shield | unhealthy; state=off | 2024-09-19 |" in text


def test_nothing_found_says_what_was_not_read() -> None:
    """A report without exposures names what could not be read, and does not say that nothing is there."""
    text = reports.written("md", reports.blank())
    assert "Nothing, in what was looked at." in text
    assert "| `broken.json` | `byte 7` | not JSON |" in text
