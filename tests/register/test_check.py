# SPDX-License-Identifier: Apache-2.0
"""Promises of the check: each kind of fault is found, in its file, on its line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import small

from debar import pipeline
from debar.register import check

ORDER = "measures/us/us-order.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register on disk."""
    return small.write(tmp_path / "register")


def test_the_shipped_register_has_no_fault() -> None:
    """It holds together today, its cases and examples included."""
    _, faults, worked = pipeline.check(Path(__file__).parents[2] / "register")
    assert [] == faults
    assert worked > 50


def test_the_small_register_has_no_fault(folder: Path) -> None:
    """What the other tests break is whole."""
    assert [] == check.faults(folder, small.TODAY)[1]


def line_of(folder: Path, name: str, text: str) -> int:
    """Give the first line of a file that holds a text."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "told"),
    [
        (
            ORDER,
            "quote: shall not use products",
            "quote: shall never use",
            "id: ban",
            "does not stand in us-order-text at [sec-1]",
        ),
        (ORDER, "at: sec-1", "at: sec-2", "id: ban", "does not stand in us-order-text at [sec-2]"),
        (ORDER, "at: sec-1", "at: sec-9", "id: ban", "us-order-text has no place [sec-9]"),
        (
            ORDER,
            "documents: [us-order-text, us-report]",
            "documents: [us-order-text]",
            "id: advice",
            "cited but not among",
        ),
        (
            ORDER,
            "documents: [us-order-text, us-report]",
            "documents: [us-order-text, us-report, us-x]",
            "id: us-order",
            "document 'us-x' is not in the register",
        ),
        (ORDER, "      - document: us-report", "      - document: us-reprot", "id: advice", "did you mean 'us-report'"),
        (ORDER, "grade: secondary", "grade: primary", "id: advice", "graded primary, but its best source is secondary"),
        (ORDER, 'applies_from: "2024-07-20"', 'applies_from: "2024-07-32"', "id: ban", "applies_from: "),
        (ORDER, 'applies_from: "2024-07-20"', 'applies_from: "2024-07-20T00:00"', "id: ban", "no zone"),
        (ORDER, 'known_from: "2024-06-20"', 'known_from: "soon"', "id: ban", "known_from: "),
        (
            ORDER,
            'applies_until: "2025-06-20T00:00-04:00"',
            'applies_until: "2024-06-20"',
            "id: advice",
            "applies_until is not after",
        ),
        (ORDER, 'issued: "2024-06-20"', 'issued: "June"', "id: us-order", "issued: "),
        (ORDER, "{parties: [maker]}", "{parties: [makre]}", "id: ban", "did you mean 'maker'"),
        (ORDER, "id: advice", "id: ban", "id: us-order", "provision 'ban' stands twice"),
        (ORDER, "authority: us-office", "authority: us-offise", "id: us-order", "did you mean 'us-office'"),
        (ORDER, 'last: "2024-07-01"', 'last: "2024-01-01"', "id: us-order", "last reviewed on 2024-01-01"),
        (ORDER, 'last: "2024-07-01"', 'last: "lately"', "id: us-order", "review.last: "),
        (ORDER, "    citations:\n      - document: us-report\n", "    citations: []\n", "id: advice", "no citation"),
        (ORDER, "review:", "relations: [{kind: replaces, to: us-old}]\nreview:", "id: us-order", "us-old"),
        (ORDER, "id: advice", "id: Advice", "id: Advice", "Advice"),
        ("documents/us-order-text.txt", "never", "tomorrow", "", "the digest is not that of us-order-text.txt"),
        ("documents/us-order-text.yaml", 'retrieved: "2024-07-01"', 'retrieved: "July"', "", "retrieved: "),
        (
            "parties/maker.yaml",
            "quote: products of Maker",
            "quote: products of Taker",
            "id: maker",
            "does not stand in",
        ),
        (
            "parties/maker.yaml",
            "document: us-order-text",
            "document: us-order-txt",
            "id: maker",
            "did you mean 'us-order-text'",
        ),
        (
            "parties/maker.yaml",
            "citations:",
            "relations: [{kind: parent, to: nobody}]\ncitations:",
            "id: maker",
            "nobody",
        ),
        ("indicators/maker.yaml", "party: maker", "party: makre", "id: maker-name", "did you mean 'maker'"),
        ("indicators/maker.yaml", "product: shield", "product: shiled", "id: maker-name", "did you mean 'shield'"),
        ("indicators/maker.yaml", "level: 4", "level: 6", "id: maker-name", "level 6 is not allowed"),
        ("indicators/maker.yaml", "level: 4", "level: 0", "id: maker-name", "level 0 is not allowed"),
        ("indicators/maker.yaml", "grade: secondary", "grade: unverified", "id: maker-name", "level 4 is not allowed"),
        ("indicators/maker.yaml", "^mk[0-9]+", "^mk([0-9]+", "id: maker-file", "no regular expression"),
        ("indicators/maker.yaml", "[maker shield]", '["  "]', "id: maker-name", "an empty pattern"),
        (
            "indicators/maker.yaml",
            "examples: [Maker Shield 11]",
            "examples: []",
            "id: maker-name",
            "needs at least one",
        ),
        ("indicators/maker.yaml", "id: maker-file", "id: maker-name", "", "indicator 'maker-name' stands twice"),
        ("authorities/us-office.yaml", "America/New_York", "America/New_Yrok", "", "America/New_Yrok"),
    ],
)
def test_a_fault_is_found_in_its_place(folder: Path, name: str, old: str, new: str, at: str, told: str) -> None:
    """One change makes one fault, with the file, and the line of the thing at fault."""
    small.change(folder, name, old, new)
    faults = check.faults(folder, small.TODAY)[1]
    found = [fault for fault in faults if told in fault]
    assert found, faults
    if at:
        assert found[0].startswith(f"register/{name}:{line_of(folder, name, at)}: ")
    assert not [fault for fault in faults if "Traceback" in fault]


def test_a_missing_text_is_told(folder: Path) -> None:
    """A digest without its text, and a quote of a text that is not stored."""
    (folder / "documents/us-order-text.txt").unlink()
    faults = check.faults(folder, small.TODAY)[1]
    assert any("us-order-text.yaml: a digest is given, but us-order-text.txt is missing" in f for f in faults)
    assert any("quotes us-order-text, whose text is not stored" in f for f in faults)


def test_a_quote_is_short(folder: Path) -> None:
    """A quote proves one fact; a page proves none."""
    long = " ".join(["word"] * 61)
    text = small.TEXT + f"[sec-3]\n{long}\n"
    (folder / "documents/us-order-text.txt").write_text(text)
    small.change(folder, ORDER, "at: sec-1, quote: shall not use products", f"at: sec-3, quote: {long}")
    assert any("more than 60 words" in fault for fault in check.faults(folder, small.TODAY)[1])


def test_an_overdue_review_is_told_after_twice_its_period(folder: Path) -> None:
    """A review of 1 July, due every 90 days, fails on the 181st day and not before."""
    from datetime import timedelta

    last = datetime(2024, 7, 1, tzinfo=UTC).date()
    assert [] == check.faults(folder, last + timedelta(days=180))[1]
    assert ["last reviewed"] == [f.split(": ")[1][:13] for f in check.faults(folder, last + timedelta(days=181))[1]]


@pytest.fixture
def checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the small register with a review that is fresh today, for checks that ask the clock."""
    small.change(folder, ORDER, 'last: "2024-07-01"', f'last: "{datetime.now(UTC).date()}"')
    return folder


def test_the_whole_check_passes(checked: Path) -> None:
    """Files, examples and cases of the small register are in order."""
    _, faults, worked = pipeline.check(checked)
    assert ([], 1) == (faults, worked)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "cases/us-order.yaml",
            "position: prohibited",
            "position: permitted",
            "register/cases/us-order.yaml: case 'a firm uses it': use: position prohibited, expected permitted",
        ),
        (
            "cases/us-order.yaml",
            '    replace: {position: advised, provision: "us-order#advice"}\n',
            "",
            "us-order#advice: no case reaches this provision",
        ),
        (
            "cases/us-order.yaml",
            "position: prohibited",
            "position: forbidden",
            "register/cases/us-order.yaml:6: Invalid enum value 'forbidden'",
        ),
        (
            "indicators/maker.yaml",
            "examples: [Maker Shield 11]",
            "examples: [Maker Sword]",
            "maker-name: misses its example 'Maker Sword'",
        ),
        (
            "indicators/maker.yaml",
            "[Cheesemaker Shield]",
            "[The Maker Shield]",
            "maker-name: fits its counterexample 'The Maker Shield'",
        ),
    ],
)
def test_examples_and_cases_are_tried(checked: Path, name: str, old: str, new: str, told: str) -> None:
    """What an indicator claims and what a lawyer wrote down must hold."""
    small.change(checked, name, old, new)
    faults = pipeline.check(checked)[1]
    assert 1 == len(faults)
    assert faults[0].startswith(told)


def test_every_fault_is_told_at_once(folder: Path) -> None:
    """Whoever mends a register sees all of it."""
    small.change(folder, ORDER, "quote: shall not use products", "quote: shall never use")
    small.change(folder, "parties/maker.yaml", "quote: products of Maker", "quote: nonsense")
    small.change(folder, "indicators/maker.yaml", "level: 4", "level: 6")
    assert 3 == len(check.faults(folder, small.TODAY)[1])
