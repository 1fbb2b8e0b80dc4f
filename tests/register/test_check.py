# SPDX-License-Identifier: Apache-2.0
"""Promises of the check: each kind of fault is found, in its file, on its line, and nothing else is said."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import small
from debar import pipeline
from debar.register import check

ORDER = "measures/us/us-order.yaml"
MAKER = "parties/maker.yaml"
SIGNS = "indicators/maker.yaml"


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


FAULTS = [
    # Sources.
    (
        (ORDER, "quote: shall not use products", "quote: shall never use"),
        "quote: shall never use",
        "provision ban: the quote 'shall never use' does not stand in us-order-text at [sec-1]",
    ),
    (
        (ORDER, "at: sec-1", "at: sec-2"),
        "at: sec-2",
        "provision ban: the quote 'shall not use products' does not stand in us-order-text at [sec-2]",
    ),
    (
        (ORDER, "at: sec-1", "at: sec-9"),
        "at: sec-9",
        "provision ban: us-order-text has no place [sec-9]; did you mean 'sec-1'?",
    ),
    (
        (ORDER, "documents: [us-order-text, us-report]", "documents: [us-order-text]"),
        "document: us-report",
        "provision advice: document 'us-report' is cited but not among the measure's documents",
    ),
    (
        (ORDER, "documents: [us-order-text, us-report]", "documents:\n  - us-order-text\n  - us-report\n  - zz"),
        "- zz",
        "document 'zz' is not in the register",
    ),
    (
        (ORDER, "      - document: us-report", "      - document: us-report\n        at: page-1"),
        "at: page-1",
        "provision advice: names a place in us-report, whose text is not stored",
    ),
    (
        (ORDER, "      - document: us-report", "      - document: us-report\n        quote: Replace it."),
        "quote: Replace it.",
        "provision advice: quotes us-report, whose text is not stored",
    ),
    (
        (ORDER, "grade: secondary", "grade: primary"),
        "grade: primary # 2",
        "provision advice: graded primary, but its best source is secondary",
    ),
    (
        (ORDER, "    citations:\n      - document: us-report\n", "    citations: []\n"),
        "id: advice",
        "provision advice: no citation",
    ),
    (
        ("documents/us-order-text.yaml", 'retrieved: "2024-07-01"', 'retrieved: "July"'),
        "retrieved: ",
        "retrieved: 'July' is neither a date nor an instant",
    ),
    (
        ("documents/us-order-text.yaml", 'retrieved: "2024-07-01"', 'retrieved: "2024-07-01"\npublished: "2024-07-02"'),
        "retrieved: ",
        "retrieved 2024-07-01 lies before published 2024-07-02",
    ),
    (
        ("documents/us-report.yaml", "url: https://example.com/report", "url: example.com"),
        "url: ",
        "'example.com' is no address of a page",
    ),
    (
        ("documents/us-order-text.txt", "never", "tomorrow"),
        "documents/us-order-text.yaml sha256: ",
        "the digest is not that of us-order-text.txt",
    ),
    # The frame of a measure.
    (
        (ORDER, "authority: us-office", "authority: us-offise"),
        "authority: ",
        "authority 'us-offise' is not in the register; did you mean 'us-office'?",
    ),
    (
        (ORDER, "jurisdiction: us", "jurisdiction: ca"),
        "jurisdiction: ",
        "jurisdiction ca, but its authority us-office is of us",
    ),
    ((ORDER, 'issued: "2024-06-20"', 'issued: "June"'), "issued: ", "issued: 'June' is neither a date nor an instant"),
    (
        (ORDER, 'issued: "2024-06-20"', 'issued: "2024-06-20"\npublished: "2024-06-19"'),
        "published: ",
        "published 2024-06-19 lies before issued 2024-06-20",
    ),
    (
        (ORDER, 'issued: "2024-06-20"', 'issued: "2024-06-20"\nseen_until: "2024-06-19"'),
        "seen_until: ",
        "seen_until 2024-06-19 lies before issued 2024-06-20",
    ),
    ((ORDER, "every: 90", "every: 99999999999"), "every: ", "review.every: 99999999999 is not from 0 to 3660 days"),
    ((ORDER, 'last: "2024-07-01"', 'last: "2024-08-02"'), "last: ", "review.last 2024-08-02 lies in the future"),
    (
        (ORDER, 'last: "2024-07-01"', 'last: "2024-07-01T00:00Z"'),
        "last: ",
        "review.last: a day without a time",
    ),
    (
        (ORDER, 'last: "2024-07-01"', 'last: "2024-01-01"'),
        "last: ",
        "last reviewed on 2024-01-01, due every 90 days: reread the sources",
    ),
    (
        (
            ORDER,
            "review:",
            "notes:\n  - {about: acts, text: T, grade: secondary, citations: [{document: zz}]}\nreview:",
        ),
        "about: acts",
        "note on acts: document 'zz' is not in the register",
    ),
    (
        (
            ORDER,
            "review:",
            (
                "notes:\n  - about: acts\n    text: T\n    grade: unverified\n    claims:\n"
                "      - {value: V, by: B, grade: primary, citations: [{document: us-report}]}\nreview:"
            ),
        ),
        "value: V",
        "note on acts: graded primary, but its best source is secondary",
    ),
    (
        (ORDER, "review:", "history:\n  - day: tomorrow\n    kind: event\n    text: T\n    grade: primary\nreview:"),
        "day: tomorrow",
        "history tomorrow: day: 'tomorrow' is neither a date nor an instant",
    ),
    # Relations between measures.
    (
        (ORDER, "review:", "relations:\n  - {kind: amends, to: zz}\nreview:"),
        "to: zz",
        "relation amends: measure 'zz' is not in the register",
    ),
    (
        (ORDER, "review:", "relations:\n  - {kind: parent, to: us-order}\nreview:"),
        "kind: parent",
        "relation parent: that is one between parties; a measure has amends, based-on, implements, renumbers, replaces",
    ),
    (
        (
            ORDER,
            "review:",
            "relations:\n  - {kind: based-on, to: us-order, grade: primary, citations: [{document: us-report}]}\nreview:",
        ),
        "kind: based-on",
        "relation based-on: graded primary, but its best source is secondary",
    ),
    # Provisions.
    (
        (ORDER, "id: advice", "id: ban"),
        "id: ban # 2",
        "provision 'ban' stands twice",
    ),
    (
        (ORDER, "id: advice", "id: Advice"),
        "id: Advice",
        "provision Advice: 'Advice': an id is lower-case words joined by - or .",
    ),
    (
        (ORDER, "{parties: [maker]}", "{parties: [makre]}"),
        "makre",
        "provision ban: party 'makre' is not in the register; did you mean 'maker'?",
    ),
    (
        (ORDER, "{parties: [maker]}", "{}"),
        "targets: {}",
        "provision ban: the target names no party, no list and no origin",
    ),
    (
        (ORDER, "{parties: [maker]}", "{origins: [cn]}"),
        "origins",
        "provision ban: 'cn' is no origin: write a country as CN, or foreign",
    ),
    (
        (ORDER, "{parties: [maker]}", "{lists: [us-list]}"),
        "us-list",
        "provision ban: list 'us-list' is not in the register",
    ),
    ((ORDER, "acts: [use]", "acts: []"), "acts: []", "provision ban: a provision is about an act and binds somebody"),
    (
        (ORDER, "addressees: [company]", "addressees: []"),
        "addressees: []",
        "provision ban: a provision is about an act and binds somebody",
    ),
    (
        (ORDER, "acts: [use]", "acts: [use]\n    effect: at-risk"),
        "effect: ",
        "provision ban: effect at-risk is that of a permission, but this is prohibited",
    ),
    (
        (
            ORDER,
            "    text: Replace it.",
            "    doubts:\n      - {about: acts, text: T, grade: secondary, citations: [{document: zz}]}\n    text: Replace it.",
        ),
        "about: acts",
        "provision advice: doubt about acts: document 'zz' is not in the register",
    ),
    (
        (
            ORDER,
            "    text: Replace it.",
            (
                "    doubts:\n      - about: acts\n        text: T\n        grade: unverified\n        claims:\n"
                "          - {value: V, by: B, grade: secondary, citations: [{document: us-order-text, at: x}]}\n"
                "    text: Replace it."
            ),
        ),
        "value: V",
        "provision advice: doubt about acts: us-order-text has no place [x]",
    ),
    # Times.
    (
        (ORDER, 'applies_from: "2024-07-20"', 'applies_from: "2024-07-32"'),
        "2024-07-32",
        "provision ban: applies_from: '2024-07-32' is neither a date nor an instant",
    ),
    (
        (ORDER, 'applies_from: "2024-07-20"', 'applies_from: "2024-07-20T00:00"'),
        "2024-07-20T00:00",
        (
            "provision ban: applies_from: '2024-07-20T00:00' has a time but no zone; write 2024-07-20T00:00-04:00 or"
            " 2024-07-20T04:00Z"
        ),
    ),
    (
        (ORDER, 'applies_from: "2024-07-20"', 'applies_from: "0024-07-20"'),
        "0024-07-20",
        "provision ban: applies_from: '0024-07-20' lies outside the years 1900 to 2200",
    ),
    (
        (ORDER, 'known_from: "2024-06-20"', 'known_from: "soon"'),
        "soon",
        "provision ban: known_from: 'soon' is neither a date nor an instant",
    ),
    (
        (ORDER, 'known_from: "2024-06-20"', 'known_from: "2024-06-19"'),
        "2024-06-19",
        "provision ban: known_from 2024-06-19 comes before the first act of the authority on 2024-06-20",
    ),
    (
        (ORDER, 'applies_until: "2025-06-20T00:00-04:00"', 'applies_until: "2024-06-20"'),
        "applies_until: ",
        "provision advice: applies_until is not after applies_from",
    ),
    (
        (ORDER, 'applies_from: "2024-07-20"', 'applies_from: "2024-07-20"\n    until_known_from: "2024-07-20"'),
        "until_known_from: ",
        "provision ban: until_known_from is about an end, but there is no applies_until",
    ),
    # Parties.
    (
        (MAKER, "quote: products of Maker", "quote: products of Taker"),
        "products of Taker",
        "the quote 'products of Taker' does not stand in us-order-text at [sec-1]",
    ),
    (
        (MAKER, "document: us-order-text", "document: us-order-txt"),
        "us-order-txt",
        "document 'us-order-txt' is not in the register; did you mean 'us-order-text'?",
    ),
    (
        (MAKER, "country: NO", "country: Norway"),
        "country: ",
        "'Norway' is no country: write its ISO 3166 code, such as CN",
    ),
    (
        (MAKER, "[anti-virus]", "[anti-virus]\n  - id: shield\n    name: Other\n    categories: [ai]"),
        "id: shield # 2",
        "product 'shield' stands twice",
    ),
    (
        (MAKER, "[anti-virus]", "[anti-virus]\n  - id: other\n    name: MAKER SHIELD\n    categories: [ai]"),
        "id: other",
        "product other: 'MAKER SHIELD' is a name of product shield too",
    ),
    (
        (MAKER, "[anti-virus]", "[]"),
        "categories: ",
        "product shield: is of no category, so that measures about categories cannot reach it",
    ),
    # Indicators and layouts.
    (
        (SIGNS, "party: maker", "party: makre"),
        "makre",
        "party 'makre' is not in the register; did you mean 'maker'?",
    ),
    (
        (SIGNS, "product: shield", "product: shiled"),
        "shiled",
        "product of maker 'shiled' is not in the register; did you mean 'shield'?",
    ),
    ((SIGNS, "level: 4", "level: 6"), "level: 6", "level 6 is not allowed for a fact graded secondary"),
    ((SIGNS, "level: 4", "level: 0"), "level: 0", "level 0 is not allowed for a fact graded secondary"),
    (
        (SIGNS, "grade: secondary", "grade: unverified"),
        "level: 4",
        "level 4 is not allowed for a fact graded unverified",
    ),
    (
        (SIGNS, "^mk[0-9]+[.]exe$", "mk([0-9]+"),
        "mk([0-9]+",
        "pattern 'mk([0-9]+' is no regular expression: missing ), unterminated subpattern at position 2",
    ),
    ((SIGNS, "^mk[0-9]+[.]exe$", "(mk)*"), "(mk)*", "pattern '(mk)*' fits everything: it fits an empty value"),
    ((SIGNS, "[maker shield]", '["  "]'), "patterns: ", "pattern '  ': an empty pattern fits everything"),
    ((SIGNS, "[maker shield]", "[™]"), "patterns: ", "pattern '™': an empty pattern fits everything"),
    (
        (SIGNS, "examples: [Maker Shield 11]", "examples: []"),
        "examples: ",
        "needs at least one pattern, one example and one reference",
    ),
    (
        (SIGNS, "level: 4", 'level: 4\n  valid_from: "2024-07-01"\n  valid_until: "2024-06-01"'),
        "valid_until: ",
        "valid_until is not after valid_from",
    ),
    (
        ("layouts/programs.yaml", "columns: {name: [name]}", "columns: {nam: [name]}"),
        "columns: ",
        "kind of observable 'nam' is not in the register; did you mean 'name'?",
    ),
    (("layouts/programs.yaml", "label: [name]", "label: []"), "label: ", "label names no column"),
    (("layouts/programs.yaml", "[[name]]", "[[name], []]"), "required: ", "a group of columns without a name"),
    # Authorities.
    (
        ("authorities/us-office.yaml", "America/New_York", "America/New_Yrok"),
        "zone: ",
        "time zone 'America/New_Yrok' is not known",
    ),
    (
        ("authorities/us-office.yaml", "zone: ", "calendar: us-days\nzone: "),
        "calendar: ",
        "calendar 'us-days' is not in the register",
    ),
]


@pytest.mark.parametrize(("change", "at", "told"), FAULTS, ids=[told[:60] for _, _, told in FAULTS])
def test_one_change_makes_one_fault(folder: Path, change: tuple[str, str, str], at: str, told: str) -> None:
    """It is told with its file and the line of what is wrong, and nothing else is said."""
    small.change(folder, *change)
    name, _, marker = at.rpartition(".yaml ")
    name = f"{name}.yaml" if name else change[0]
    line = small.line_of(folder, name, marker)
    assert [f"register/{name}:{line}: {told}"] == check.faults(folder, small.TODAY)[1]


@pytest.mark.parametrize("pattern", ["(" * 5000 + ")" * 5000, "a{9999999999}", "[", "(?P<a>x)(?P<a>y)"], ids=len)
def test_a_hostile_pattern_is_a_fault(folder: Path, pattern: str) -> None:
    """Whatever the regular expressions cannot take is told like any other slip."""
    small.change(folder, SIGNS, "^mk[0-9]+[.]exe$", pattern)
    (fault,) = check.faults(folder, small.TODAY)[1]
    assert fault.startswith(f"register/{SIGNS}:17: pattern ")
    assert "is no regular expression: " in fault
    assert len(fault) < 400


def test_a_missing_text_is_told(folder: Path) -> None:
    """A digest without its text, and each quote of a text that is not stored."""
    (folder / "documents/us-order-text.txt").unlink()
    assert [
        "register/documents/us-order-text.yaml:7: a digest is given, but us-order-text.txt is missing",
        "register/measures/us/us-order.yaml:23: provision ban: quotes us-order-text, whose text is not stored",
        "register/parties/maker.yaml:9: quotes us-order-text, whose text is not stored",
    ] == check.faults(folder, small.TODAY)[1]


def test_a_text_without_a_document_is_told(folder: Path) -> None:
    """Nothing would say what it is."""
    (folder / "documents/us-letter.txt").write_text("[sec-1]\nDear reader.\n")
    assert ["register/documents/us-letter.txt:1: the text of no document: us-letter.yaml is missing"] == check.faults(
        folder, small.TODAY
    )[1]


def test_a_place_in_a_text_stands_once(folder: Path) -> None:
    """Else a citation of it could mean either passage."""
    text = f"{small.TEXT}[sec-1]\nOnce more.\n"
    (folder / "documents/us-order-text.txt").write_text(text)
    digests = [hashlib.sha256(one.encode()).hexdigest() for one in (small.TEXT, text)]
    small.change(folder, "documents/us-order-text.yaml", *digests)
    assert (
        "register/documents/us-order-text.yaml:1: place [sec-1] stands twice in us-order-text.txt"
        in (check.faults(folder, small.TODAY)[1])
    )


def test_a_document_that_nothing_rests_on_is_told(folder: Path) -> None:
    """Most often the name of another one was cited by mistake."""
    text = small.FILES["documents/us-report.yaml"].replace("id: us-report", "id: us-story")
    (folder / "documents/us-story.yaml").write_text(text)
    assert ["register/documents/us-story.yaml:1: nothing in the register rests on this document"] == check.faults(
        folder, small.TODAY
    )[1]


def test_a_quote_is_short(folder: Path) -> None:
    """A quote proves one fact; a page proves none."""
    long = " ".join(["word"] * 61)
    (folder / "documents/us-order-text.txt").write_text(small.TEXT + f"[sec-3]\n{long}\n")
    small.change(folder, ORDER, "at: sec-1, quote: shall not use products", f"at: sec-3, quote: {long}")
    told = "provision ban: a quote of more than 60 words; cite the sentence that proves the fact"
    assert f"register/{ORDER}:23: {told}" in check.faults(folder, small.TODAY)[1]


def test_an_overdue_review_is_told_after_twice_its_period(folder: Path) -> None:
    """A review of 1 July, due every 90 days, fails on the 181st day and not before."""
    last = datetime(2024, 7, 1, tzinfo=UTC).date()
    assert [] == check.faults(folder, last + timedelta(days=180))[1]
    assert [f"register/{ORDER}:37: last reviewed on 2024-07-01, due every 90 days: reread the sources"] == check.faults(
        folder, last + timedelta(days=181)
    )[1]


def test_a_reference_to_what_cannot_be_read_is_no_fault_of_its_own(folder: Path) -> None:
    """One broken file is one fault, however many others point to it."""
    (folder / "parties/maker.yaml").write_text("id: maker\nnam: Maker\n")
    (folder / "documents/us-report.yaml").write_text("id: [\n")
    assert [
        "register/documents/us-report.yaml:2: not YAML: did not find expected node content",
        "register/parties/maker.yaml:2: Object contains unknown field `nam`; did you mean 'name'?",
    ] == sorted(check.faults(folder, small.TODAY)[1])


def test_every_fault_is_told_at_once(folder: Path) -> None:
    """Whoever mends a register sees all of it."""
    small.change(folder, ORDER, "quote: shall not use products", "quote: shall never use")
    small.change(folder, MAKER, "quote: products of Maker", "quote: nonsense")
    small.change(folder, SIGNS, "level: 4", "level: 6")
    small.change(folder, "layouts/programs.yaml", "medium: inventory", "medium: inventry")
    assert [
        f"register/{SIGNS}:7: level 6 is not allowed for a fact graded secondary",
        "register/layouts/programs.yaml:3: Invalid enum value 'inventry' - at $.medium; did you mean 'inventory'?",
        f"register/{ORDER}:23: provision ban: the quote 'shall never use' does not stand in us-order-text at [sec-1]",
        f"register/{MAKER}:9: the quote 'nonsense' does not stand in us-order-text at [sec-1]",
    ] == sorted(check.faults(folder, small.TODAY)[1])


@pytest.fixture
def checked(folder: Path) -> Path:
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
            "register/cases/us-order.yaml:1: case 'a firm uses it': use: position prohibited, expected permitted",
        ),
        (
            "cases/us-order.yaml",
            '    replace: {position: advised, provision: "us-order#advice"}\n',
            "",
            "us-order#advice: no case reaches this provision",
        ),
        (
            "cases/us-order.yaml",
            "position: advised",
            "position: advise",
            (
                "register/cases/us-order.yaml:7: Invalid enum value 'advise' - at $[0].expect.replace.position;"
                " did you mean 'advised'?"
            ),
        ),
        (
            "cases/us-order.yaml",
            "    replace:",
            "    replaced:",
            (
                "register/cases/us-order.yaml:7: Invalid enum value 'replaced' - at $[0].expect.replaced;"
                " did you mean 'replace'?"
            ),
        ),
        (
            SIGNS,
            "examples: [Maker Shield 11]",
            "examples: [Maker Sword]",
            "maker-name: misses its example 'Maker Sword'",
        ),
        (
            SIGNS,
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
