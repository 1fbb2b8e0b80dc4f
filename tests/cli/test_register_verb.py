# SPDX-License-Identifier: Apache-2.0
"""`debar register`: list, show, check and facts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

import composed
import small
from debar.cli import main
from debar.cli.register import WORDS
from debar.model.inventory import Indicator
from debar.model.measures import Authority, Calendar, Document, Measure, Party, Provision
from debar.register import yamlfile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register that may be damaged."""
    return small.write(tmp_path / "register")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """Give what a word of the register says as JSON."""
    assert main(["register", *arguments, "-o", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def ids(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Give the ids that are listed."""
    return [row["id"] for row in said(capsys, "list", *arguments)]


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure and party stands in the list, with how many there are."""
    assert main(["register", "list"]) == 0
    text = capsys.readouterr().out
    register = composed.shipped()
    assert all(id_ in text for id_ in (*register.measures, *register.parties))
    assert f"MEASURES: {len(register.measures)}, register {register.version}" in text
    assert f"PARTIES: {len(register.parties)}, {len(register.indicators)} indicators" in text


def test_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The same as a JSON array."""
    rows = said(capsys, "list")
    register = composed.shipped()
    assert [(row["kind"], row["id"]) for row in rows] == [
        *(("measure", id_) for id_ in register.measures), *(("party", id_) for id_ in register.parties),
    ]  # fmt: skip
    assert all(row["title"] for row in rows)


def test_list_of_a_jurisdiction(capsys: pytest.CaptureFixture[str]) -> None:
    """Only its measures, and no parties, which are nobody's."""
    expected = [m.id for m in composed.shipped().measures.values() if m.jurisdiction == "au"]
    assert expected
    assert ids(capsys, "--jurisdiction", "au") == expected


def test_list_of_a_party(capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure that names it, by any of its names, and none about others."""
    found = ids(capsys, "--party", "kaspersky")
    assert found == ids(capsys, "--party", "Kaspersky Lab")
    assert "us-bis-icts-2021-002-kaspersky" in found
    assert "us-pafacaa" not in found


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2017-09-12", False),
        ("2017-09-13", True),
        ("2017-09-13T03:59Z", False),
        ("2017-09-13T04:00Z", True),
    ],
)
def test_list_of_a_day(capsys: pytest.CaptureFixture[str], day: str, expected: bool) -> None:
    """A measure is there from the first instant at which something of it applies, where its authority sits."""
    assert ("us-dhs-bod-17-01" in ids(capsys, "--on", day)) == expected


def test_choices_are_combined(capsys: pytest.CaptureFixture[str]) -> None:
    """Each of them narrows what the others leave; nothing left is an answer."""
    narrowed = ("--party", "kaspersky", "--jurisdiction", "au")
    assert ids(capsys, *narrowed) == ["au-pspf-002-2025-kaspersky"]
    assert ids(capsys, *narrowed, "--on", "2025-02-20") == []
    assert main(["register", "list", *narrowed, "--on", "2025-02-20"]) == 0
    assert "MEASURES: 0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list", "--party", "kasperski"), "did you mean 'kaspersky'?"),
        (("list", "--jurisdiction", "usa"), "did you mean 'us'?"),
        (("list", "--on", "soon"), "--on: 'soon' is neither a date nor an instant"),
        (("facts", "--party", "hikvison"), "did you mean 'hikvision'?"),
        (("show", "kasperski"), "did you mean 'kaspersky'?"),
        (("show", "us-dhs-bod-17-01#remov"), "did you mean 'us-dhs-bod-17-01#remove'?"),
        (("show", "kaspersky", "-o", "yml"), "did you mean 'yaml'?"),
        (("list", "-o", "yaml"), "--output: 'yaml' is not known"),
        (("chek",), "debar register: 'chek' is not known; did you mean 'check'?"),
        ((), "debar register: what to do is not said"),
        (("show",), "the following arguments are required: ID"),
    ],
)
def test_a_slip_is_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str) -> None:
    """It is told with the nearest word, nothing is written, and the exit code is 2."""
    assert main(["register", *arguments]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert told in written.err


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_names_every_word(capsys: pytest.CaptureFixture[str], word: str) -> None:
    """It goes to standard output and is no error; each word has a line."""
    assert main(["register", word]) == 0
    text = capsys.readouterr().out
    assert all(f"\n  {word.name:<12}{word.help}\n" in text for word in WORDS)


def test_everything_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind of noun can be shown by its id, in all three forms."""
    register = composed.shipped()
    measure = next(iter(register.measures.values()))
    samples: list[tuple[str, Any]] = [
        (measure.id, Measure),
        (f"{measure.id}#{measure.provisions[0].id}", tuple[Provision, ...]),
        (next(iter(register.parties)), Party),
        (next(iter(register.authorities)), Authority),
        (next(iter(register.calendars)), Calendar),
        (next(iter(register.documents)), Document),
        (register.indicators[0].id, tuple[Indicator, ...]),
    ]
    for id_, kind in samples:
        name = id_.rpartition("#")[2]
        assert main(["register", "show", id_]) == 0
        page = capsys.readouterr().out
        assert f"id: {name}\n" in page
        assert said(capsys, "show", id_)["id"] == name
        assert main(["register", "show", id_, "-o", "yaml"]) == 0
        text = capsys.readouterr().out
        assert page == text
        found = yamlfile.parse(text, kind)
        assert name == (found[0] if isinstance(found, tuple) else found).id


def test_what_is_shown_as_yaml_is_a_file_of_a_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A measure that was written to a file, and given an id of its own, is a measure of one's own."""
    id_ = "us-dhs-bod-17-01"
    file = tmp_path / "ours/measures/own-copy.yaml"
    file.parent.mkdir(parents=True)
    assert main(["register", "show", id_, "-o", f"yaml={file}"]) == 0
    assert yamlfile.read(file, Measure) == composed.shipped().measures[id_]
    file.write_text(file.read_text(encoding="utf-8").replace(f"id: {id_}\n", "id: own-copy\n"), encoding="utf-8")
    added = ("--register", str(tmp_path / "ours"))
    assert said(capsys, "show", "own-copy", *added) == said(capsys, "show", id_) | {"id": "own-copy"}


def test_ids_are_not_shared() -> None:
    """No two things of the register have the same id, so that show shows the right one."""
    register = composed.shipped()
    ids = [
        *register.measures, *register.parties, *register.authorities, *register.documents, *register.calendars,
        *(i.id for i in register.indicators), *(layout.id for layout in register.layouts),
    ]  # fmt: skip
    assert len(ids) == len(set(ids))


def test_check(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A register without a fault is said to be so, with its counts."""
    small.change(folder, "measures/us/us-order.yaml", 'last: "2024-07-01"', f'last: "{datetime.now(UTC).date()}"')
    assert main(["register", "check", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "register 2024.08.01: 1 measures of 1 jurisdictions, 2 provisions, 1 parties, 0 relations, 2 indicators,"
        " 2 documents, 1 layouts, 1 cases, 50 % of provisions and relations graded primary: no fault\n"
    )


def test_check_names_file_and_line(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """Every fault is named with file and line at once, and the exit code is 4."""
    for name in ("parties/maker.yaml", "measures/us/us-order.yaml"):
        with (folder / name).open("a") as file:
            file.write("nonsense: yes\n")
    assert main(["register", "check", str(folder)]) == 4
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.splitlines() == [
        "debar: error: register/parties/maker.yaml:10: Object contains unknown field `nonsense`",
        "debar: error: register/measures/us/us-order.yaml:39: Object contains unknown field `nonsense`",
        f"  hint: 2 faults in {folder}",
    ]


def test_broken_register_is_exit_code_4(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    """No verb works with a broken register, and none says that nothing was found."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    (folder / "parties/maker.yaml").write_text("id: [\n")
    for arguments in (["scan", str(tmp_path / "bom.json")], ["explain", "maker"], ["register", "list"]):
        assert main([*arguments, "--base-register", str(folder)]) == 4
        written = capsys.readouterr()
        assert written.out == ""
        assert "register/parties/maker.yaml:2: not YAML" in written.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "/nowhere"],
        ["check", "/dev/null"],
        ["list", "--base-register", "/nowhere"],
        ["status", "--base-register", "/nowhere"],
    ],
)
def test_directory_that_holds_no_register(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """A directory that is no register is the register's fault."""
    assert main(["register", *arguments]) == 4
    assert "no register here" in capsys.readouterr().err


def test_another_register_is_used(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """--base-register takes another directory; its version stands in the answer, and nothing of the shipped one."""
    base = ("--base-register", str(folder))
    assert main(["explain", "maker", *base, "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["register"]["version"] == "2024.08.01"
    assert ids(capsys, *base) == ["us-order", "maker"]
    assert main(["explain", "kaspersky", *base]) == 2
    assert "party 'kaspersky' is not in the register" in capsys.readouterr().err


def test_changed_register_is_not_served_from_the_cache(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A file that changed is read again, although the compiled form is there."""
    asked = ["explain", "maker", "--base-register", str(folder), "-o", "json"]
    assert main(asked) == 0
    before = json.loads(capsys.readouterr().out)["register"]["sha256"]
    small.change(folder, "parties/maker.yaml", "name: Maker", "# a remark\nname: Maker")
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out)["register"]["sha256"] != before


@pytest.mark.parametrize("damage", [b"", b"\xff" * 100, b"\x80"], ids=["empty", "noise", "other"])
def test_damaged_cache_is_read_past(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, damage: bytes
) -> None:
    """A compiled register that was cut or overwritten is made anew, and a cache that cannot be written is no error."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    asked = ["register", "list", "--base-register", str(folder)]
    assert main(asked) == 0
    (compiled,) = (tmp_path / "cache" / "debar").iterdir()
    good = compiled.read_bytes()
    compiled.write_bytes(damage)
    assert main(asked) == 0
    assert compiled.read_bytes() == good
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert main(asked) == 0
    assert capsys.readouterr().err == ""


def test_facts(capsys: pytest.CaptureFixture[str]) -> None:
    """Every fact that a condition asks for stands there, with a question, its answers, and who asks."""
    rows = {row["fact"]: row for row in said(capsys, "facts")}
    asked = {
        condition.fact
        for measure in composed.shipped().measures.values()
        for provision in measure.provisions
        for condition in (*provision.conditions, *(c for e in provision.exemptions for c in e.conditions))
    }
    assert asked <= set(rows)
    assert list(rows) == sorted(rows)
    assert all(row["question"].endswith(("?", ".")) and row["measures"] for row in rows.values())
    assert rows["bis_export_licence"]["answers"] == ["no", "yes"]
    assert rows["identified_on"]["answers"] == []
    assert main(["register", "facts"]) == 0
    page = capsys.readouterr().out
    assert page.count("answers: ") == page.count("asked by: ") == len(rows)
    assert "answers: a date, a year or a number" in page


def test_facts_about_a_party(capsys: pytest.CaptureFixture[str]) -> None:
    """Only those that decide something about it; none is in no measure about it."""
    rows = said(capsys, "facts", "--party", "kaspersky")
    about = set(ids(capsys, "--party", "kaspersky"))
    assert rows
    assert all(set(row["measures"]) <= about for row in rows)
    assert len(rows) < len(said(capsys, "facts"))
    assert "application_operated_by_tiktok_usds" not in {row["fact"] for row in rows}
