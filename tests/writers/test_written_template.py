# SPDX-License-Identifier: Apache-2.0
"""Templates of the user's own: what they see, what they may not do, and that each fault is told with its line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import reports

from debar.errors import UsageError
from debar.writers import sandbox, template

if TYPE_CHECKING:
    from pathlib import Path


def filled(folder: Path, text: str, name: str = "letter.txt.j2", *, attacked: bool = False) -> str:
    """Give what a template makes of the report on the demo estate."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return reports.written("template", reports.attacked() if attacked else reports.demo(), str(file))


def fault(folder: Path, text: str) -> str:
    """Give what is said about a faulty template, after its folder."""
    with pytest.raises(UsageError) as caught:
        filled(folder, text)
    assert caught.value.hint
    return caught.value.message.removeprefix(f"{folder}/")


def test_what_a_template_sees(tmp_path: Path) -> None:
    """The report with all its nouns, findings and exposures by exposure, the answer, the disclaimer, and three filters."""
    text = (
        "{{ report.as_of }} {{ report.exposures|length }} {{ answer }}\n"
        "{% for obligation in report.obligations if obligation.force == 'must' and obligation.exposures %}\n"
        "{{ obligation.due|day('us-far-52.204-23') }}: {{ exposures[obligation.exposures[0]]|product }}\n"
        "{% endfor %}\n"
        "{{ findings[report.exposures[0].id][0].act }} {{ 'a\x1b'|printable }}\n"
        "{{ disclaimer[:26] }}\n"
    )
    lines = filled(tmp_path, text).splitlines()
    assert lines[0].startswith(f"2024-10-05 {len(reports.demo().exposures)} prohibited: provide")
    assert "1 Oct 2018: Kaspersky Scan Engine" in lines
    assert lines[-2].endswith(" a\\x1b")
    assert lines[-1] == "This is not legal advice. "


def test_nouns_leave_as_json(tmp_path: Path) -> None:
    """Tojson gives any noun, so that a template can make JSON of its own."""
    assert filled(tmp_path, "{{ report.organisation.kinds|tojson }}") == '["federal-contractor"]'


@pytest.mark.parametrize("name", ["a.html", "a.html.j2", "a.XML.jinja", "a.svg.jinja2"])
def test_markup_is_escaped_by_itself(tmp_path: Path, name: str) -> None:
    """In a template for HTML or XML no name of an input is markup; in any other it stays as it is."""
    text = "{{ report.exposures[1].asset }}"
    assert "<img" not in filled(tmp_path, text, name, attacked=True)
    assert "<img" in filled(tmp_path, text, "a.txt.j2", attacked=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "a\n{{ report.exposurs }}",
            "2: 'debar.model.results.report.Report object' has no attribute 'exposurs'; did you",
        ),
        ("{{ reprt }}", "1: 'reprt' is undefined; did you mean 'report'?"),
        ("\n\n{% if %}", "3: Expected an expression"),
        ("a\n{% include 'x' %}", "2: a template stands alone"),
        ("{% extends '/etc/passwd' %}", "1: a template stands alone"),
        ("{% import 'x' as y %}", "1: a template stands alone"),
        ("\n{{ report.exposures[0].__class__ }}", "2: access to attribute '__class__'"),
        ("{{ report.names.pop('zte') }}", "1: access to attribute 'pop'"),
        ("{{ ''.__class__.__mro__ }}", "1: access to attribute '__class__'"),
        ("{{ report.exposures[0].asset.format.__globals__ }}", "1: access to attribute"),
        ("\n{{ 1 / 0 }}", "2: division by zero"),
        ("{{ report.as_of + 1 }}", "1: can only concatenate str"),
        ("{{ 10 ** 99999 }}", "1: computes a number of thousands of digits"),
        ("{{ 'x' * 10000000000 }}", "1: repeats a text or list"),
        ("{{ 10000000000 * [1] }}", "1: repeats a text or list"),
        ("{% for a in range(200000) %}{% endfor %}", "1: Range too big"),
        ("{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}", "1: a loop that calls itself"),
        ("{% macro a() %}{{ a() }}{% endmacro %}\n{{ a() }}", "1: maximum recursion depth exceeded"),
        ("{{ [1, 2]|random }}", "1: No filter named 'random'"),
        ("{{ lipsum() }}", "1: 'lipsum' is undefined"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, text: str, said: str) -> None:
    """What is wrong with a template, or what none may do, is told with file and line, and nothing else happens."""
    assert fault(tmp_path, text).startswith(f"letter.txt.j2:{said}")


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
        "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
    ],
    ids=["loops", "calls"],
)
def test_what_has_no_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Loops and calls that would go on until tomorrow end when the time is up, although they write nothing."""
    monkeypatch.setattr(sandbox, "SECONDS", 0.2)
    begun = time.monotonic()
    assert "took more than 0.2 seconds" in fault(tmp_path, text)
    assert time.monotonic() - begun < 30


def test_what_fills_the_memory_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that doubles forever is refused, and so is one longer than any report."""
    monkeypatch.setattr(sandbox, "MEMORY", 1 << 28)
    doubling = "{% set n = namespace(x='ab') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
    assert "of memory" in fault(tmp_path, doubling)
    monkeypatch.setattr(sandbox, "WRITTEN", 1000)
    assert "writes more than 1,000 characters" in fault(tmp_path, "{% for i in range(1001) %}a{% endfor %}")
    assert filled(tmp_path, "{% for i in range(1000) %}a{% endfor %}") == "a" * 1000


def test_files_that_are_no_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is missing, no UTF-8 or far too long is told by its name."""
    with pytest.raises(UsageError, match="No such file"):
        reports.written("template", reports.demo(), str(tmp_path / "none.j2"))
    (tmp_path / "latin.j2").write_bytes(b"abc\xe9")
    with pytest.raises(UsageError, match="no UTF-8 at byte 3"):
        reports.written("template", reports.demo(), str(tmp_path / "latin.j2"))
    monkeypatch.setattr(template, "SIZE", 10)
    assert "longer than 10 bytes" in fault(tmp_path, "x" * 11)
    assert filled(tmp_path, "x" * 10) == "x" * 10


def test_the_limit_of_memory_does_not_stay(tmp_path: Path) -> None:
    """After a template the process may take as much memory as before."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    filled(tmp_path, "a")
    fault(tmp_path, "{{ 1 / 0 }}")
    assert resource.getrlimit(resource.RLIMIT_AS) == before
