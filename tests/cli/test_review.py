# SPDX-License-Identifier: Apache-2.0
"""Promises about `debar review`: each choice is kept, nothing is written before all are made, and nothing is overwritten."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from msgspec.structs import replace

from debar.cli import choosing, main, placing, read
from debar.intake.drafts import choices, reviewing
from debar.model.intake import Passage, Span, Story, Unexplained
from debar.model.vocab.statements import Choice
from drafted import RIGHT, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.intake import Chosen, Reading
    from debar.register import Register

STORY = "story-000000000001"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, register: Register) -> Path:
    """Stand in an empty folder where the papers that are named were read to one story of Acme."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    monkeypatch.setattr(read, "made", lambda _options: (told(register), True))
    return tmp_path


def review(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Give exit code, output and complaints."""
    capsys.readouterr()
    code = main(["review", "papers", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def all_choices(found: Reading, right: dict[str, str] | None = None) -> list[dict[str, str]]:
    """Give a choice about everything, as the page saves them."""
    edits = RIGHT | (right or {})
    made = []
    for item in reviewing.items(found, found.stories[0]):
        path = item.line.path if item.line else ""
        choice = "not-a-fact" if item.date else "accept"
        value = ""
        if path in edits:
            choice, value = ("edit", edits[path]) if edits[path] else ("reject", "")
        made.append({"story": item.story, "line": item.id, "by": "", "choice": choice, "value": value})
    return made


def saved(folder: Path, made: list[dict[str, str]], name: str = "choices.json") -> str:
    """Write choices to a file."""
    (folder / name).write_text(json.dumps(made), "utf-8")
    return str(folder / name)


def test_what_is_left_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without any choice the code is 1, and lines and dates are counted; nothing is written."""
    code, out, _ = review(capsys)
    assert code == 1
    assert out == f"{STORY}  acme/us: 9 lines and 1 dates left\n"
    assert list(here.iterdir()) == []


def test_choices_of_the_page_are_kept(here: Path, capsys: pytest.CaptureFixture[str], register: Register) -> None:
    """Each choice of the file is in the log with who made it; taking the file twice adds nothing."""
    made = all_choices(told(register))
    made[0]["by"] = "B. Kim"
    file = saved(here, made)
    assert review(capsys, "--choices", file, "--by", "A. Meyer")[:2] == (0, f"{STORY}  acme/us: reading complete\n")
    kept = choices.read(here / choices.USUAL)
    assert [one.by for one in kept] == ["B. Kim", *["A. Meyer"] * 9]
    assert review(capsys, "--choices", file, "--by", "A. Meyer")[0] == 0
    assert choices.read(here / choices.USUAL) == kept
    made[1]["choice"] = "reject"
    assert review(capsys, "--choices", saved(here, made), "--by", "A. Meyer")[0] == 0
    assert len(choices.read(here / choices.USUAL)) == len(kept) + 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"choice": "acept"}, "'acept' is no choice; did you mean 'accept'?"),
        ({"line": "line-of-another"}, "these papers have no such line"),
        ({"story": "story-of-another"}, "these papers have no such line"),
        ({"choice": "edit", "value": ""}, "an edit needs the value that is right"),
        ({"choice": "edit", "value": "a\nb"}, "a value is one line"),
    ],
)
def test_one_impossible_choice_keeps_all_back(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register, change: dict[str, str], fault: str
) -> None:
    """A file with a choice that cannot be made is refused whole, with its number."""
    made = all_choices(told(register))
    made[3] |= change
    code, out, err = review(capsys, "--choices", saved(here, made))
    assert (code, out) == (2, "")
    assert f"choices.json: choice 4: {fault}" in err
    assert not (here / choices.USUAL).exists()


def test_a_file_that_is_no_list_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What no page saved, or is not there, is wrong usage that names the option."""
    (here / "x.json").write_text("{}", "utf-8")
    assert "--choices: x.json: no list of choices" in review(capsys, "--choices", "x.json")[2]
    assert "--choices: none.json: No such file" in review(capsys, "--choices", "none.json")[2]


def test_the_measure_goes_into_a_register(here: Path, capsys: pytest.CaptureFixture[str], register: Register) -> None:
    """Measure, documents and party are written, stand the whole check, and change no answer: it is a draft."""
    file = saved(here, all_choices(told(register)))
    assert review(capsys, "--choices", file)[0] == 0
    code, out, err = review(capsys, "--into", "ours")
    assert (code, err) == (0, "")
    assert [line.split("/")[1] for line in out.splitlines()[:-1]] == ["documents", "documents", "parties", "measures"]
    assert main(["register", "check", "--register", "ours"]) == 0
    before = capsys.readouterr()
    assert main(["explain", "acme", "--register", "ours", "--on", "2025-01-01", "-o", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["findings"], "no fault" in before.out) == ([], True)


def test_nothing_is_written_before_all_is_chosen(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register
) -> None:
    """With one line or date open nothing is written, and how many are open is said."""
    review(capsys, "--choices", saved(here, all_choices(told(register))[:-1]))
    code, out, err = review(capsys, "--into", "ours")
    assert (code, out) == (2, "")
    assert "0 lines and 1 dates have no choice yet" in err
    assert not (here / "ours").exists()


def test_nothing_is_overwritten(here: Path, capsys: pytest.CaptureFixture[str], register: Register) -> None:
    """A file that is there stays as it is, and those written beside it go again."""
    review(capsys, "--choices", saved(here, all_choices(told(register))))
    (here / "ours" / "parties").mkdir(parents=True)
    (here / "ours" / "parties" / "acme.yaml").write_text("mine", "utf-8")
    code, _, err = review(capsys, "--into", "ours")
    assert code == 2
    assert "acme.yaml: is there already" in err
    assert [file.name for file in (here / "ours").rglob("*")] == ["parties", "acme.yaml"]
    assert (here / "ours" / "parties" / "acme.yaml").read_text("utf-8") == "mine"


def test_whoever_was_interrupted_begins_again(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two files, each that is there is whole, and the next call writes the rest; a third changes nothing."""
    review(capsys, "--choices", saved(here, all_choices(told(register))))
    put = placing.put

    def killed(place: Path, text: str, made: list[Path]) -> None:
        if place.parent.name == "us":
            raise KeyboardInterrupt
        put(place, text, made)

    with monkeypatch.context() as held:  # a kill leaves nobody to take anything away
        held.setattr(placing, "put", killed)
        held.setattr(placing, "unmake", lambda _made: None)
        assert review(capsys, "--into", "ours")[0] != 0
    left = {file.name: file.read_bytes() for file in (here / "ours").rglob("*.yaml")}
    assert len(left) == 3
    for _ in range(2):
        assert review(capsys, "--into", "ours")[0] == 0
        assert left.items() <= {file.name: file.read_bytes() for file in (here / "ours").rglob("*.yaml")}.items()
    assert [file for file in (here / "ours").rglob(".*")] == []


def test_what_the_register_refuses_is_taken_back(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the directory would have a fault with the measure in it, none of its files stays."""
    review(capsys, "--choices", saved(here, all_choices(told(register))))
    (here / "ours" / "measures" / "us").mkdir(parents=True)
    (here / "ours" / "measures" / "us" / "broken.yaml").write_text("id: broken\n", "utf-8")
    code, _, err = review(capsys, "--into", "ours")
    assert code == 4
    assert "broken.yaml" in err
    assert sorted(file.name for file in (here / "ours").rglob("*") if file.is_file()) == ["broken.yaml"]
    assert not (here / "ours" / "documents").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register
) -> None:
    """Where nothing may be written that is wrong usage."""
    review(capsys, "--choices", saved(here, all_choices(told(register))))
    (here / "ours").mkdir(mode=0o500)
    assert review(capsys, "--into", "ours")[0] == 2


def test_an_authority_that_nobody_knows_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register
) -> None:
    """The register must know who made a measure; the nearest is named, and what to write first."""
    made = all_choices(told(register), {"authority": "us-bsi"})
    review(capsys, "--choices", saved(here, made))
    code, _, err = review(capsys, "--into", "ours")
    assert code == 2
    assert "did you mean 'us-bis'" in err
    assert "authorities/ID.yaml" in err


def test_which_of_several_stories_must_be_said(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where papers tell two measures, --into wants to know which; none drafts nothing."""
    found = told(register)
    other = replace(found.stories[0], id="story-000000000002")
    monkeypatch.setattr(read, "made", lambda _options: (replace(found, stories=(*found.stories, other)), True))
    code, _, err = review(capsys, "--into", "ours")
    assert code == 2
    assert STORY in err
    assert "story-000000000002" in err
    assert "not complete" in review(capsys, "--into", "ours", "--story", STORY)[2]
    assert "which of the stories" in review(capsys, "--into", "ours", "--story", "story-x")[2]
    monkeypatch.setattr(read, "made", lambda _options: (replace(found, stories=()), True))
    assert "draft no measure" in review(capsys, "--into", "ours")[2]
    assert review(capsys)[:2] == (0, "no story here drafts a measure\n")


def test_dates_of_a_story_without_a_draft_are_decided_too(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page asks about dates of papers that draft nothing: its file is taken whole, and they count as left until then."""
    found = told(register)
    other = Unexplained(document="doc-9", value="2020", span=Span(0, 4), text="2020", id="date-9")
    undrafted = Story(id="story-000000000002", supplier="acme", documents=("doc-9",))
    found = replace(found, stories=(*found.stories, undrafted), unexplained_dates=(*found.unexplained_dates, other))
    monkeypatch.setattr(read, "made", lambda _options: (found, True))
    assert "story-000000000002  acme, without a draft: 0 lines and 1 dates left" in review(capsys)[1]
    made = [*all_choices(found), {"story": undrafted.id, "line": other.id, "choice": "not-a-fact", "value": ""}]
    code, out, _ = review(capsys, "--choices", saved(here, made))
    assert (code, out.count("reading complete")) == (0, 2)
    assert review(capsys, "--into", "ours")[0] == 0


def test_who_decides_has_a_name(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name of several lines, and a user without one, are wrong usage, and nothing is kept."""

    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4242")

    made = all_choices(told(register))
    assert "--by: a name is one line" in review(capsys, "--choices", saved(here, made), "--by", "A\n- id: x")[2]
    monkeypatch.setattr("getpass.getuser", nameless)
    assert "the user of this machine has no name" in review(capsys, "--choices", saved(here, made))[2]
    assert review(capsys)[0] == 1
    made[0]["by"] = "A\x1b[31m"
    assert "choice 1: a name is one line" in review(capsys, "--choices", saved(here, made), "--by", "B")[2]
    assert not (here / choices.USUAL).exists()


def test_a_changed_log_is_proof_that_is_broken(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register
) -> None:
    """A choice that somebody changed in the log is named by its line, with the code for broken proof."""
    review(capsys, "--choices", saved(here, all_choices(told(register))))
    log = here / choices.USUAL
    log.write_bytes(log.read_bytes().replace(b'"reject"', b'"accept"'))
    for arguments in ((), ("--into", "ours"), ("--choices", "choices.json")):
        code, _, err = review(capsys, *arguments)
        assert code == 5
        assert f"{choices.USUAL}:7: this choice, or one before it, is not as it was made" in err


def test_a_reason_is_kept_and_shown(here: Path, capsys: pytest.CaptureFixture[str], register: Register) -> None:
    """Why somebody chose so stands in the log, beside what is left, and in the measure; one that steers is refused."""
    made = all_choices(told(register))
    edited = next(one for one in made if one["choice"] == "edit" and one["value"] == "2024-09-29")
    edited["reason"] = "the notice\x1b[31m"
    assert "a reason is one line of at most 400 characters" in review(capsys, "--choices", saved(here, made))[2]
    edited["reason"] = "the notice says so"
    _, out, _ = review(capsys, "--choices", saved(here, made), "--by", "B")
    assert "no paper gives the day: edit 2024-09-29 by B: the notice says so" in out
    assert [one.reason for one in choices.read(here / choices.USUAL) if one.reason] == ["the notice says so"]
    assert review(capsys, "--into", "ours")[0] == 0
    (measure,) = (here / "ours" / "measures").rglob("*.yaml")
    assert "because: the notice says so" in " ".join(measure.read_text().split())


def test_papers_that_were_not_read_outrank(here: Path, capsys: pytest.CaptureFixture[str], register: Register, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """With a paper unread or an interruption the code is 3, however complete the rest is."""
    review(capsys, "--choices", saved(here, all_choices(told(register))))
    monkeypatch.setattr(read, "made", lambda _options: (told(register), False))
    assert review(capsys)[0] == 3


def test_no_papers_no_review(capsys: pytest.CaptureFixture[str]) -> None:
    """Without papers there is nothing to review."""
    assert main(["review"]) == 2
    assert "nothing to review" in capsys.readouterr().err


# ---- asked on a terminal ---------------------------------------------------------------------------------------------


def answers(*given: str) -> Callable[[str], str]:
    """Give somebody who types these answers, and then ends the input."""
    left: Iterator[str] = iter(given)

    def ask(_prompt: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return ask


def asked(found: Reading, log: Path, *given: str) -> bool:
    """Go through the only story with these answers."""
    return choosing.go_through(found, found.stories[0], log, "A. Meyer", answers(*given))


ANSWERS = (
    "a",
    "A",
    "a", "e", "us-bis", "its page says so",
    "?", "", "r", "",
    "s",
    "e", "june", "e", "2024-06-20", "",
    "n", "r", "a misprint\x1b[31m", "a misprint",
    "o", "",
    "x", "a", "e", "2024-09-29", "",
    "a", "n", "its founding year",
)  # fmt: skip
"""What a person types at each of the ten things that the usual reading asks about, a line each."""


class Typed(NamedTuple):
    """What came of these answers."""

    kept: tuple[Chosen, ...]
    out: str
    """What was printed, every run of spaces as one."""


@pytest.fixture
def typed(here: Path, capsys: pytest.CaptureFixture[str], register: Register) -> Typed:
    """Give what comes of these answers, in an empty folder."""
    assert asked(told(register), here / "log", *ANSWERS) is True
    return Typed(tuple(choices.read(here / "log")), " ".join(capsys.readouterr().out.split()))


def test_every_key_makes_its_choice(typed: Typed) -> None:
    """Each key is kept as its choice, with the value and the reason that were given; what is skipped is not kept."""
    assert [(one.choice, one.value, one.reason) for one in typed.kept] == [
        (Choice.ACCEPT, "", ""),
        (Choice.ACCEPT, "", ""),
        (Choice.EDIT, "us-bis", "its page says so"),
        (Choice.REJECT, "", ""),
        (Choice.EDIT, "2024-06-20", ""),
        (Choice.REJECT, "", "a misprint"),
        (Choice.OTHER_MEASURE, "", ""),
        (Choice.EDIT, "2024-09-29", ""),
        (Choice.NOT_A_FACT, "", "its founding year"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "a reason is one line of at most 400 characters",
        "it has no value: edit it, or reject it",
        "'june' is no day",
        "a date by itself is no line of a measure",
        "it tells of the measure as a whole: accept, edit or reject it",
    ],
)
def test_what_cannot_be_is_asked_again(typed: Typed, said: str) -> None:
    """An answer that the line cannot take is refused with the reason, and the line stays to be answered."""
    assert said in typed.out


def test_each_is_shown_with_what_it_rests_on(typed: Typed) -> None:
    """A line says how far one is, its passage with paper and publisher, and the conflict that touches it."""
    assert "(1 of 10)" in typed.out
    assert "papers/one.txt, Department of Trade: ...Acme Routers may not be sold from 20 July 2024..." in typed.out
    assert "conflict (material): boundary of sales: from 2024-07-20 | after" in typed.out


def test_what_was_skipped_is_asked_the_next_time(
    typed: Typed, here: Path, capsys: pytest.CaptureFixture[str], register: Register
) -> None:
    """Only the line that was left is asked about again, and whoever quits is not done."""
    assert typed.kept
    assert asked(told(register), here / "log", "q") is False
    assert "(1 of 1)" in capsys.readouterr().out


def test_lines_are_wrapped_between_words(
    here: Path, capsys: pytest.CaptureFixture[str], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal of 60 columns no line is wider, and no word is broken."""
    monkeypatch.setenv("COLUMNS", "60")
    found = told(register)
    asked(found, here / "log", *["s"] * 10)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) < 60
    assert {word for line in out.splitlines() for word in line.split()} >= {
        "contract,",
        "acquire",
        "(material):",
        "explains:",
    }


def test_a_slip_is_taken_back(here: Path, capsys: pytest.CaptureFixture[str], register: Register) -> None:
    """Whoever goes back decides anew: the later choice holds, and both stay in the log; before the first is nothing."""
    found = told(register)
    log = here / "log"
    assert asked(found, log, "b", "r", "misread", "b", "a", "q") is False
    assert [one.choice for one in choices.read(log)] == [Choice.REJECT, Choice.ACCEPT]
    (held,) = choices.newest(choices.read(log)).values()
    assert held.choice is Choice.ACCEPT
    assert "chosen: reject by A. Meyer: misread" in capsys.readouterr().out


def test_a_line_shows_where_papers_name_it(capsys: pytest.CaptureFixture[str], register: Register) -> None:
    """A line that rests on a name shows the sentence in which a paper has it."""
    found = told(register)
    story = found.stories[0]
    assert story.draft
    named = replace(story.draft.lines[2], passages=(Passage(document=found.documents[0].id, start=0, end=47),))
    story = replace(story, draft=replace(story.draft, lines=(named,)))
    assert choosing.go_through(found, story, Path("log"), "A. Meyer", answers("q")) is False
    assert "papers/one.txt: ...Acme Routers may not be sold from 20 July 2024." in capsys.readouterr().out


def test_each_answer_is_kept_before_the_next(here: Path, register: Register) -> None:
    """Whoever stops, by a key or because the terminal goes, keeps what was decided until then."""
    found = told(register)
    assert asked(found, here / "log", "a", "a") is False
    assert len(choices.read(here / "log")) == 2


def test_papers_cannot_steer_the_terminal(register: Register, capsys: pytest.CaptureFixture[str]) -> None:
    """What a paper holds is escaped before a terminal sees it."""
    choosing.say("\x1b[31m\u202ered\x00\nnext")
    assert capsys.readouterr().out == "\\x1b[31m\\u202ered\\x00\nnext\n"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals there")
def test_on_a_real_terminal(tmp_path: Path) -> None:
    """On a terminal debar asks, a kill in the middle loses nothing, and the next call goes on behind it."""
    import pty

    notices = Path(__file__).parents[2] / "examples" / "notices"
    shutil.copy(notices / "translated-blog.txt", tmp_path)
    log = tmp_path / "log"
    counts = []
    for _ in range(2):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "debar", "review", "translated-blog.txt", "--log", str(log), "--quiet"]
        running = subprocess.Popen(command, cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        seen = b""
        while b"[q]uit: " not in seen:
            seen += os.read(ours, 4096)
        os.write(ours, b"r\n")
        while b"no reason): " not in seen:
            seen += os.read(ours, 4096)
        os.write(ours, b"a headline\n")
        while seen.count(b"[q]uit: ") < 2:
            seen += os.read(ours, 4096)
        running.send_signal(signal.SIGKILL)
        running.wait()
        os.close(ours)
        counts.append(len(choices.read(log)))
    assert counts == [1, 2]
