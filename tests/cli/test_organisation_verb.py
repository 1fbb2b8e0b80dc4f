# SPDX-License-Identifier: Apache-2.0
"""`debar organisation`: what it asks, what it writes, and that the file is what was answered."""

from __future__ import annotations

import json
import os
import pty
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from debar.cli import asking, main
from debar.errors import UsageError
from debar.model.measures import Organisation
from debar.model.results import OpenQuestion, Outcome
from debar.model.vocab import AddresseeKind
from debar.obligations.organisation import check_facts, organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from debar.register import Register

ESTATE = str(Path(__file__).parents[2] / "examples" / "estate" / "sbom")
AS = ("--as", "us/federal-contractor")
VERSION = "far_52_204_23_version"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Give what a command prints as JSON."""

    def run(*arguments: str) -> Any:
        capsys.readouterr()
        assert main([*arguments, "-o", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def report(said: Callable[..., Any], *arguments: str) -> dict[str, Any]:
    """Give the report on some BOMs of the estate, and leave it in report.json."""
    found: dict[str, Any] = said("scan", ESTATE, *(arguments or AS), "--on", "2024-10-05", "--fail-on", "none")
    Path("report.json").write_text(json.dumps(found), encoding="utf-8")
    return found


# ---- questions


def test_questions_of_a_report_are_those_in_it(said: Callable[..., Any]) -> None:
    """The same as the report carries, most findings first; each fact once."""
    found = report(said)
    listed = said("organisation", "questions", "report.json")
    assert listed == found["questions"] != []
    counts = [(-q["undetermined"], -q["exempting"], -q["undated"]) for q in listed]
    assert counts == sorted(counts)
    assert len({q["fact"] for q in listed}) == len(listed)


def test_questions_count_what_is_undetermined(said: Callable[..., Any]) -> None:
    """As many findings as the report holds with that question open."""
    found = report(said)
    asked = next(q for q in found["questions"] if q["fact"] == VERSION)
    by_question = [
        f for f in found["findings"] if asked["question"] in f["questions"] and f["status"] == "undetermined"
    ]
    assert asked["undetermined"] == len(by_question) > 0
    assert asked["exposures"] == len({f["exposure"] for f in by_question})


def test_what_another_organisation_would_be_asked(said: Callable[..., Any]) -> None:
    """--as asks about the same report as somebody else."""
    report(said)
    assert VERSION not in {q["fact"] for q in said("organisation", "questions", "report.json", "--as", "us/company")}


def test_every_question_is_printed(said: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    """With the words that answer it, why it matters and what would follow; the report shows the first few."""
    found = report(said)
    assert main(["organisation", "questions", "report.json"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for question in found["questions"]:
        assert " ".join(question["question"].split()) in out
        assert question["why"] in out
    assert main(["scan", ESTATE, *AS, "--on", "2024-10-05", "--fail-on", "none"]) == 0
    assert f"WHAT TO ANSWER: {len(found['questions'])} open questions" in capsys.readouterr().out


# ---- the file


def test_the_file_is_what_was_said(said: Callable[..., Any], register: Register) -> None:
    """It reads as the organisation it was made of, and a scan takes it."""
    made = said(
        "organisation", "init", *AS, "--called", "Northwind: 7", "--contract", "c-1", "--contract", "c-2", "--system",
        "mission=files-*", "--system", "mission=db-*", "--fact", f"{VERSION}=dec-2023",
    )  # fmt: skip
    found = organisation("organisation.yaml")
    check_facts(found, register)
    assert (found.name, found.facts) == ("Northwind: 7", {VERSION: "dec-2023"})
    assert [c.id for c in found.contracts] == ["c-1", "c-2"]
    assert [(s.id, s.assets) for s in found.systems] == [("mission", ("files-*", "db-*"))]
    assert made["organisation"]["name"] == "Northwind: 7"
    assert VERSION not in {q["fact"] for q in made["questions"]}


def test_the_file_says_why(said: Callable[..., Any]) -> None:
    """Above each fact its question, and below the open ones with what would follow, so that it can be read in a year."""
    report(said)
    made = said("organisation", "init", "report.json", "--fact", f"{VERSION}=dec-2023")
    text = Path("organisation.yaml").read_text(encoding="utf-8")
    plain = " ".join(line.strip().lstrip("# ") for line in text.splitlines())
    assert "federal-contractor: has a contract, or a subcontract at any tier" in plain
    above, fact, below = text.partition(f"  {VERSION}: dec-2023\n")
    assert fact and "Which version of FAR 52.204-23" in above
    assert made["questions"]
    for question in made["questions"]:
        assert f"#     {question['fact']}: " in below
        assert " ".join(question["question"].split()) in plain
    lines = below.split("Not answered yet")[1].splitlines()
    assert all(line.startswith("#") or not line for line in lines[1:])


def test_answers_of_a_file_are_taken(said: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    """One fact in each line; a slip is told with the file and what was meant."""
    Path("answers.yaml").write_text(f"{VERSION}: dec-2023\nsubcontractor_only: no\n", encoding="utf-8")
    made = said("organisation", "init", *AS, "--answers", "answers.yaml")
    assert made["organisation"]["facts"] == {VERSION: "dec-2023", "subcontractor_only": "no"}
    Path("answers.yaml").write_text("far_52_204_23_versio: dec-2023\n", encoding="utf-8")
    assert main(["organisation", "init", *AS, "--answers", "answers.yaml", "--force"]) == 2
    assert f"did you mean '{VERSION}'?" in capsys.readouterr().err
    Path("answers.yaml").write_text("a: b\na: c\n", encoding="utf-8")
    assert main(["organisation", "init", *AS, "--answers", "answers.yaml", "--force"]) == 2
    assert "--answers: answers.yaml:2: key 'a' stands twice" in capsys.readouterr().err


def test_what_is_there_is_not_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    """Not without --force, and not by what cannot be."""
    file = Path("organisation.yaml")
    file.write_text("mine\n", encoding="utf-8")
    assert main(["organisation", "init", *AS]) == 2
    assert "organisation.yaml: is there already" in capsys.readouterr().err
    assert main(["organisation", "init", *AS, "--force", "--fact", "identified_on=soon"]) == 2
    assert file.read_text(encoding="utf-8") == "mine\n"
    assert main(["organisation", "init", *AS, "--force"]) == 0
    assert organisation("organisation.yaml").kinds == (AddresseeKind.FEDERAL_CONTRACTOR,)
    assert [one.name for one in Path().iterdir()] == ["organisation.yaml"]


@pytest.mark.parametrize("out", ["gone/organisation.yaml", "."])
def test_where_nothing_can_be_written_nothing_is_asked(
    out: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dozen answers are not lost for want of a folder: that it is missing is told first."""
    monkeypatch.setattr("debar.cli.organisation._answered", lambda *_: pytest.fail("it asked"))
    assert main(["organisation", "init", "--force", "--out", out]) == 2
    assert "--out names a file in a directory that can be written" in capsys.readouterr().err


def test_a_file_can_be_gone_on_with(said: Callable[..., Any]) -> None:
    """What --as names is where it starts from: facts, owners and contracts stay."""
    Path("old.yaml").write_text(
        f"name: Old\njurisdictions: [us]\nkinds: [federal-contractor]\nfacts: {{{VERSION}: jul-2018}}\n"
        "owners: [{owner: Legal, acts: [report]}]\ncontracts: [{id: c-1, facts: {identified_on: '2024-10-01'}}]\n"
    )
    said("organisation", "init", "--as", "old.yaml", "--contract", "c-1", "--contract", "c-2")
    old, new = organisation("old.yaml"), organisation("organisation.yaml")
    assert (new.owners, new.facts, new.contracts[0]) == (old.owners, old.facts, old.contracts[0])
    assert [c.id for c in new.contracts] == ["c-1", "c-2"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "no word is given"),
        (("ini",), "did you mean 'init'?"),
        (("questions",), "no report is named"),
        (("init",), "nobody said what the organisation is"),
        (("init", *AS, "--system", "mission"), "--system: 'mission' is not ID=GLOB"),
        (("init", "--as", "us/company", "--out", "no/such/file.yaml"), "no/such/file.yaml: there is no such folder"),
    ],
)
def test_a_slip_is_told(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str) -> None:
    """Wrong usage, and nothing is written."""
    assert main(["organisation", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert list(Path().iterdir()) == []


# ---- the conversation


def talk(lines: Iterable[str]) -> tuple[asking.Talk, list[str]]:
    """Give a conversation in which these lines are said, and what it tells."""
    told: list[str] = []
    rest = iter(lines)

    def ask(prompt: str) -> str:
        told.append(prompt)
        try:
            return next(rest)
        except StopIteration:
            raise EOFError from None

    return asking.Talk(ask, told.append), told


def opened(*facts: str, **more: Any) -> Callable[[Organisation], tuple[OpenQuestion, ...]]:
    """Give what is open: these facts, unless the organisation has answered them."""

    def of(one: Organisation) -> tuple[OpenQuestion, ...]:
        return tuple(
            OpenQuestion(
                fact=fact, question=f"{fact}?", answers=("yes", "no"), form="word", why="it matters",
                provisions=(), measures=(), outcomes=(Outcome(answer="yes", says="then so"),), undetermined=1,
                exposures=1, exempting=0, undated=0, contracts=more.get("contracts", ()), systems=more.get("systems", ()),
            )
            for fact in facts
            if fact not in one.facts
        )  # fmt: skip

    return of


def taken(_one: Organisation) -> None:
    """Take whatever is answered."""


COMPANY = Organisation(name="A", jurisdictions=("us",), kinds=(AddresseeKind.COMPANY,))


def test_enter_leaves_a_question_open() -> None:
    """Each is asked once, with why it matters and what would follow; answered ones are facts."""
    ends, told = talk(["yes", "", "no"])
    found, asked = asking.answers(ends, COMPANY, opened("a", "b", "c"), taken)
    assert (found.facts, list(asked)) == ({"a": "yes", "c": "no"}, ["a", "b", "c"])
    assert "  Why: it matters." in told
    assert "  yes: then so" in told


def test_the_end_of_the_input_keeps_what_is_known() -> None:
    """Whoever leaves in the middle has answered the rest."""
    ends, _ = talk(["yes"])
    assert asking.answers(ends, COMPANY, opened("a", "b"), taken)[0].facts == {"a": "yes"}


def test_the_end_of_the_input_between_two_contracts_keeps_the_first() -> None:
    """What was said of one contract stands, although the other was not asked about any more."""
    ends, _ = talk(["yes"])
    found, _ = asking.answers(ends, organisation_with_parts(), opened("a", contracts=("c-1", "c-2")), taken)
    assert [c.facts for c in found.contracts] == [{"a": "yes"}, {}]


def test_an_answer_that_cannot_be_is_asked_again(register: Register) -> None:
    """Up to three times, with what is wrong; then the question stays open."""
    ends, told = talk(["dec", "dec-2023", *["soon"] * 3])
    found, _ = asking.answers(ends, COMPANY, opened(VERSION, "identified_on"), lambda one: check_facts(one, register))
    assert found.facts == {VERSION: "dec-2023"}
    assert any("did you mean 'dec-2023'?" in line for line in told)
    assert sum("'soon' is neither a date" in line for line in told) == 3


def test_contracts_and_systems_are_asked_for_each() -> None:
    """A contract has the fact of its own; a system only where another answer than the whole's is given."""
    start = organisation_with_parts()
    ends, told = talk(["yes", ""])
    found, _ = asking.answers(ends, start, opened("a", contracts=("c-1", "c-2")), taken)
    assert ([c.facts for c in found.contracts], found.facts) == ([{"a": "yes"}, {}], {})
    assert "  for contract c-2 [yes/no]: " in told
    ends, _ = talk(["no", "yes"])
    found, _ = asking.answers(ends, start, opened("a", systems=("s-1",)), taken)
    assert (found.facts, found.systems[0].facts) == ({"a": "no"}, {"a": "yes"})


def organisation_with_parts() -> Organisation:
    """Give an organisation with two contracts and a system."""
    Path("parts.yaml").write_text(
        "name: A\njurisdictions: [us]\nkinds: [company]\ncontracts: [{id: c-1, facts: {}}, {id: c-2, facts: {}}]\n"
        "systems: [{id: s-1, assets: ['*'], facts: {}}]\n"
    )
    return organisation("parts.yaml")


def test_not_more_than_a_dozen_are_asked() -> None:
    """The rest stands in the file."""
    ends, _ = talk([""] * 50)
    _, asked = asking.answers(ends, COMPANY, opened(*map(str, range(50))), taken)
    assert len(asked) == asking.MOST


def test_who_asks_is_asked(register: Register) -> None:
    """Name, places and kinds; each kind is explained in a sentence, and contractors name their contracts."""
    ends, told = talk(["Northwind", "uss", "us", "federal-contractor, company", "depot, portal, depot"])
    found = asking.who(ends, register, "")
    assert (found.name, found.jurisdictions) == ("Northwind", ("us",))
    assert found.kinds == (AddresseeKind.FEDERAL_CONTRACTOR, AddresseeKind.COMPANY)
    assert [c.id for c in found.contracts] == ["depot", "portal"]
    assert any("has a contract, or a subcontract at any tier" in line for line in told)
    assert any("did you mean 'us'?" in line for line in told)


def test_nobody_is_guessed(register: Register) -> None:
    """Three lines that name no place end it."""
    ends, _ = talk(["A", "", "nowhere", ""])
    with pytest.raises(UsageError, match="nobody said"):
        asking.who(ends, register, "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_terminal_it_asks(said: Callable[..., Any]) -> None:
    """On a real terminal the questions are put, and what is typed stands in the file."""
    report(said)
    child, terminal = pty.fork()
    if not child:
        code = "import sys; from debar.cli import main; sys.exit(main(sys.argv[1:]))"
        os.execv(sys.executable, [sys.executable, "-c", code, "organisation", "init", "report.json"])
    out = b""
    for line in (b"yes\n", b"\x04"):
        while out.count(b"]: ") < (1 if line == b"yes\n" else 2):
            out += os.read(terminal, 4096)
        os.write(terminal, line)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    assert list(organisation("organisation.yaml").facts.values()) == ["yes"]
