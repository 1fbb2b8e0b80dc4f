# SPDX-License-Identifier: Apache-2.0
"""The document on paper: kept for years, read aloud, the same bytes, and no text in it is ever markup."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from bench.made import large_report
from hypothesis import given
from hypothesis import strategies as st

from debar.writers import Style, pdf
from debar.writers.outline import outline
from debar.writers.outline.found import rows
from debar.writers.pdf import content
from debar.writers.pdf.characters import HAD, settable
from debar.writers.pdf.typesetting import typeset
from reported import SAID, demo, full, hostile, nothing

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import Report

SETTABLE = re.compile(f"[{HAD}]*")
poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils are not installed (make tools)")


def written(report: Report) -> bytes:
    """Give a report as a document."""
    out = io.BytesIO()
    pdf.write_report(report, out, Style())
    return out.getvalue()


def read_back(document: bytes, folder: Path) -> str:
    """Give the text of a document, as another program reads it."""
    file = folder / "report.pdf"
    file.write_bytes(document)
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def squeezed(text: str) -> str:
    """Give text without spaces and hyphens, of which lines that break add and take some."""
    return re.sub(r"[\s\u00ad-]+", "", text)


@pytest.mark.parametrize("report", [demo, nothing])
def test_it_is_an_archival_and_accessible_document(report: Any) -> None:
    """The document declares PDF/A-2a and PDF/UA-1, which the typesetter checks, and its language."""
    document = written(report())
    assert document.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in document
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in document
    assert b"<pdfuaid:part>1</pdfuaid:part>" in document
    assert b"/JavaScript" not in document


def test_the_same_report_is_the_same_bytes() -> None:
    """The date in the document is the day asked about; nothing of the moment of writing is in it."""
    assert written(demo()) == written(demo())
    assert b"D:20241005" in written(demo())


@poppler
def test_all_that_must_be_said_is_in_it(tmp_path: Path) -> None:
    """Answer, asker, digest of the register, duties, law, questions, exposures, gaps and sources are its text."""
    report = demo()
    told = outline(report)
    text = squeezed(read_back(written(report), tmp_path))
    needed = [told.answer, told.asker, report.register.sha256, "This is not legal advice."]
    needed += [task.action for task in told.tasks] + [reason.text for reason in told.law.reasons]
    needed += [question.text for question in told.questions]
    needed += [row.id for row in rows(report, told.law, 999, 0)] + [aside.exposure.id for aside in report.set_aside]
    needed += [gap.text for gap in told.gaps] + [source.sha256 for source in report.sources]
    assert [one for one in needed if squeezed(settable(one)) not in text] == []


@poppler
def test_what_people_add_and_what_is_missing_is_told(tmp_path: Path) -> None:
    """Whose question was assumed, warnings, decisions in every state, records, protection and skips stand in it."""
    text = squeezed(read_back(written(full()), tmp_path))
    assert [one for one in SAID if squeezed(one) not in text] == []


@poppler
def test_an_attack_is_text(tmp_path: Path) -> None:
    """Markup and code of the typesetter in names of an input are set as they are, and run nothing."""
    text = squeezed(read_back(written(hostile()), tmp_path))
    assert squeezed('<img src=x onerror=alert(2)>#panic("x") *b* $x$ @y') in text
    assert "\u202e" not in text
    assert b"javascript:" not in written(hostile()).lower()


@given(st.text())
def test_whatever_is_said_can_be_set(text: str) -> None:
    """Every text becomes one of characters that the fonts have; one they lack becomes its number."""
    assert SETTABLE.fullmatch(settable(text))
    assert settable([text, {"a": (text, 1)}]) == [settable(text), {"a": [settable(text), 1]}]


def test_a_character_without_a_font_is_told_by_its_number() -> None:
    """A name in a script that no font has is not lost: its characters stand as numbers."""
    assert settable("海康 (Hikvision)") == "[U+6D77][U+5EB7] (Hikvision)"
    assert settable("Müller, „Łódź“ Ελλάδα Россия") == "Müller, „Łódź“ Ελλάδα Россия"


def test_the_fonts_have_what_is_said_of_them() -> None:
    """Each character of the ranges is in a font, so no report fails for want of one."""
    had = [chr(code) for code in range(0x20, 0x2700) if SETTABLE.fullmatch(chr(code)) and chr(code).isprintable()]
    data = content.content(nothing(), outline(nothing()))
    document = typeset({**data, "notes": ["".join(had), " ".join(had)]}, "2024-10-05")
    assert len(had) > 1500
    assert document.startswith(b"%PDF")


def test_labels_of_days_stand_apart() -> None:
    """Days that are due close to one another have their labels in different rows."""
    report = demo("us/federal-contractor")
    dues = content.content(report, outline(report))["axis"]["dues"]
    close = [(a, b) for n, a in enumerate(dues) for b in dues[n + 1 :] if abs(a["at"] - b["at"]) < 0.1]
    assert close
    assert all(a["row"] != b["row"] for a, b in close)
    assert {due["row"] for due in dues} == set(range(content.content(report, outline(report))["axis"]["due_rows"]))


def test_a_large_report_lists_the_gravest() -> None:
    """Of more exposures than anybody reads on paper the gravest stand there, and that is said."""
    report = large_report(content.ALL + 1)
    data = content.content(report, outline(report))
    assert len(data["rows"]) == content.FIRST
    assert data["listed"].startswith(f"The gravest {content.FIRST:,} of {content.ALL + 1:,} exposures")
    assert len(content.content(demo(), outline(demo()))["rows"]) == len(demo().exposures)
