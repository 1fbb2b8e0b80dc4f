# SPDX-License-Identifier: Apache-2.0
"""The documents are complete, their links resolve, and what they show is what the program does."""

from __future__ import annotations

import ast
import enum
import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import typing
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from debar import cli, errors, pipeline
from debar.cli import completion, keys, scan
from debar.cli import register as register_verb
from debar.cli.register import bundle
from debar.match import confidence
from debar.model import intake, inventory, measures, protected, results, vocab
from debar.model.measures import Relation
from debar.model.vocab import AddresseeKind, Grade, RelationKind, Tie
from debar.obligations import conditions, demands, findings, position, reach
from debar.obligations.organisation import answers
from debar.readers import FAMILIES, READERS, sniff
from debar.register import diff
from debar.release import VERSION
from debar.writers import WRITERS
from debar.writers.register import WITHOUT_FORCE
from quality import gate, labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.register import Register

    Accepted = Callable[[Path, str], None]

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
REGISTER_GUIDE = ROOT / "register" / "README.md"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), REGISTER_GUIDE]
VERBS = [verb.name for verb in cli.VERBS]
WORDS = [word.name for word in register_verb.WORDS]
COMMANDS = [*([verb] for verb in VERBS), *(["register", word] for word in WORDS)]
CUT = "[...]"
"""Line that stands for any number of lines which an example leaves out; within a line, for a part of it."""


def read(page: Path) -> str:
    """Give the text of a page."""
    return page.read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Give what stands below a heading, up to the next one of its level or above."""
    level = heading.split(" ", 1)[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {heading!r}"
    return found.group(1)


def rows(text: str) -> list[list[str]]:
    """Give the cells of every table row, without headers and rules."""
    lines = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:1] == "|"]
    return [[cell.strip(" |") for cell in line] for line in lines if not set("".join(line)) <= set("-| ")]


def test_pages_are_there() -> None:
    """Every page that the index promises exists, and every page is linked from the index or the README."""
    linked = {(page.parent / link).resolve() for page in PAGES for link, _ in links(page) if link.endswith(".md")}
    assert [
        page for page in PAGES if page.resolve() not in linked and page.name not in ("README.md", "CHANGELOG.md")
    ] == []


# ---- links -----------------------------------------------------------------------------------------------------------


def links(page: Path) -> Iterator[tuple[str, str]]:
    """Yield (path, anchor) of every relative link of a page."""
    text = re.sub(r"^```.*?^```", "", read(page), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield path, anchor


def anchors(page: Path) -> set[str]:
    """Give the anchors of a page's headings, as the usual renderers make them."""
    text = re.sub(r"^```.*?^```", "", read(page), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_resolve(page: Path) -> None:
    """A relative link leads to a file that is there, and to a heading that is in it."""
    broken = []
    for path, anchor in links(page):
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(f"{path}#{anchor}")
    assert broken == []


# ---- examples --------------------------------------------------------------------------------------------------------


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    text: str


class Command(NamedTuple):
    """One command of an example, what it prints, and how it exits."""

    line: str
    output: list[str]
    code: int


def blocks(page: Path) -> list[Block]:
    """Give the fenced blocks of a page, in order."""
    return [Block(*found) for found in re.findall(r"^```(\w+)\n(.*?)^```$", read(page), re.MULTILINE | re.DOTALL)]


def commands(text: str) -> list[Command]:
    """Give the commands of a console block; "$ echo $?" tells the exit code of the one before, else it is 0."""
    found: list[Command] = []
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, *output = part.splitlines()
        if line == "echo $?":
            found[-1] = found[-1]._replace(code=int(output[0]))
        else:
            found.append(Command(line, output, 0))
    return found


def same(shown: list[str], printed: list[str]) -> bool:
    """Tell whether lines are those printed, but for what is left out within a line at each CUT."""
    return len(shown) == len(printed) and all(
        re.fullmatch(".*".join(map(re.escape, line.split(CUT))), other)
        for line, other in zip(shown, printed, strict=True)
    )


def fits(shown: list[str], printed: list[str]) -> bool:
    """Tell whether the lines shown are those printed, but for whole lines left out at each line that is CUT."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == CUT:
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return same(shown, printed)
    first, *middle, last = parts
    if not same(first, printed[: len(first)]) or (last and not same(last, printed[-len(last) :])):
        return False
    place = len(first)
    for part in middle:
        starts = (n for n in range(place, len(printed)) if same(part, printed[n : n + len(part)]))
        start = next(starts, None)
        if start is None:
            return False
        place = start + len(part)
    return place + len(last) <= len(printed)


def run(command: Command, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Give exit code, output and complaints of a command; debar alone runs in this process, which is quicker."""
    if command.line.startswith("debar ") and not re.search(r"[|<>$;&]", command.line):
        code = cli.main(shlex.split(command.line)[1:])
        return code, *capsys.readouterr()
    done = subprocess.run(["sh", "-c", command.line], check=False, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def test_only_what_is_cut_may_be_left_out() -> None:
    """An example may leave lines, or a part of a line, out where it says so, and nowhere else."""
    printed = ["a", "b", "c", "d"]
    assert fits(["a", "b", "c", "d"], printed)
    assert fits(["a", CUT, "c", CUT], printed)
    assert fits([CUT, "b", "c", "d"], printed)
    assert not fits(["a", "c", CUT], printed)
    assert not fits([CUT, "c", "b", CUT], printed)
    assert not fits([CUT, "c"], printed)
    assert fits([CUT, f"sure, {CUT} %"], ["a", "sure, 90 %"])
    assert not fits([f"sure, {CUT}"], ["not sure, 90 %"])
    assert not fits(["sure"], ["sure, 90 %"])


FILES = frozenset({"yaml", "python", "toml", "text"})
"""Languages of blocks that may be files."""


def put(block: Block, directory: Path) -> None:
    """Write a block whose first line is "# NAME" to the file of that name; that line is no part of a plain text."""
    if block.language in FILES and (named := re.match(r"# (\S+/)*(\S+\.\w+)\n", block.text)):
        file = directory / named.group()[2:-1]
        file.parent.mkdir(parents=True, exist_ok=True)
        text = block.text.removeprefix(named.group()) if block.language == "text" else block.text
        file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(block.language == "console" for block in blocks(page))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_examples_run(
    page: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Commands in console blocks print what the page shows, and exit as it says.

    A block whose first line is "# NAME" is the file of that name, with its folders.
    """
    for name in ("examples", "register"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("DEBAR_", "COLUMNS", "NO_COLOR", "SOURCE_DATE"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    for block in blocks(page):
        put(block, tmp_path)
        if block.language != "console":
            continue
        assert commands(block.text), "a console block without a command"
        for command in commands(block.text):
            code, printed, complaints = run(command, capsys)
            assert (command.line, code, complaints) == (command.line, command.code, "")
            if command.output:
                assert fits(command.output, printed.splitlines()), f"$ {command.line}\n{printed}"


# ---- the command line ------------------------------------------------------------------------------------------------


def help_of(words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Give what --help prints for a verb, or for the program."""
    monkeypatch.setenv("COLUMNS", "80")
    for name in [name for name in os.environ if name.startswith("DEBAR_")]:
        monkeypatch.delenv(name)
    try:
        code = cli.main([*words, "--help"])
    except SystemExit as e:
        code = int(str(e.code))
    assert code == 0
    return capsys.readouterr().out


def plain(text: str) -> str:
    """Give a help text in the form that every version of argparse agrees on."""
    text = re.sub(r"(-\w) (\S+), (--[\w-]+) \2", r"\1, \3 \2", text)
    return " ".join(text.split())


def test_cli_page_is_the_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], accepted: Accepted
) -> None:
    """The page of the command line holds the --help of every verb, and of every word of `register`, as it is printed."""
    page = REFERENCE / "cli.md"
    text = read(page)
    for words in ([], *COMMANDS):
        heading = " ".join(["##" if len(words) < 2 else "###", "debar", *words])
        printed = help_of(words, monkeypatch, capsys).rstrip()
        old = re.search(rf"^{heading}\n\n```text\n(.*?)```$", text, re.MULTILINE | re.DOTALL)
        assert old, f"{heading} has no help"
        if plain(old.group(1)) != plain(printed) or sys.version_info < (3, 13):
            text = text.replace(old.group(), f"{heading}\n\n```text\n{printed}\n```")
    accepted(page, text)


def test_every_option_has_its_variable(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every option of every verb stands in the table of environment variables, and nothing else does."""
    options = {
        option
        for words in COMMANDS
        if words not in (["version"], ["completion"], ["register"])
        for option in _long_options(" ".join(words), monkeypatch, capsys)
    } - {"--help"}
    table = {cells[0].strip("`"): cells[1] for cells in rows(section(read(REFERENCE / "cli.md"), "## Environment"))[1:]}
    others = {"DEBAR_CONFIG", "DEBAR_TRACEBACK"}
    assert {name for name in table if name.startswith("DEBAR_")} - others == {
        f"DEBAR_{option[2:].replace('-', '_').upper()}" for option in options
    }
    assert all(f"`{option}`" in table[f"DEBAR_{option[2:].replace('-', '_').upper()}"] for option in options)


def test_every_exit_code_is_described() -> None:
    """The codes of the program and of its errors stand in the reference and in the README."""
    codes = {int(code) for code in re.findall(r"^exit (\d)", cli.__doc__ or "", re.MULTILINE)}
    kinds: list[type[errors.DebarError]] = [errors.DebarError, *errors.DebarError.__subclasses__()]
    assert {kind.exit_code for kind in kinds} <= codes
    for page in (REFERENCE / "exit-codes.md", ROOT / "README.md"):
        described = {int(cells[0]) for cells in rows(read(page)) if cells[0].isdecimal()}
        assert codes <= described, page.name
    levels = {cells[0]: cells[1] for cells in rows(section(read(REFERENCE / "exit-codes.md"), "## The threshold"))[1:]}
    assert list(levels) == ["(default)", *(f"`{level}`" for level in scan.LEVELS)]
    for level, words in levels.items():
        due = scan._THRESHOLDS["" if level == "(default)" else level.strip("`")]
        assert set(words.partition(":")[0].split(", ")) == ({str(status) for status in due} or {"nothing"}), level


def test_every_setting_of_the_configuration_is_described() -> None:
    """The table of configuration files holds their keys, and no others, with what they hold and who may set them."""
    table = rows(section(read(REFERENCE / "configuration.md"), "## Keys"))[1:]
    assert table == [
        [f"`{key.name}`", key.holds, "project, user" if key.of_project else "user"] for key in keys.KEYS.values()
    ]


def test_every_word_of_the_register_is_described() -> None:
    """Each word of `debar register` has a section of its own, in the order of the help."""
    assert re.findall(r"^## (.+)$", read(REFERENCE / "register.md"), re.MULTILINE)[: len(WORDS)] == WORDS


def test_every_option_is_completed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Completion offers the options and formats of every verb and word, and none that is none."""
    assert [words.split() for words in completion.OPTIONS] == COMMANDS
    for words, offered in completion.OPTIONS.items():
        if words in ("version", "register"):
            continue
        said = help_of(words.split(), monkeypatch, capsys)
        shown = {"--help", *re.findall(r"(?<![\w-])--?[a-z][a-z-]*", said.partition("\n\n")[0])} - {"-h"}
        if "-t" in shown:
            shown.add("--template")
        if "-o" in shown:
            shown.add("--output")
            about = plain(said).split("--output FORMAT[=FILE] ")[1].split(" to standard")[0]
            about = about.replace("- ", "-")  # a line may end at a hyphen
            words_ = re.findall(r"[a-z]+(?:-[a-z]+)*", about)
            formats = dict.fromkeys(word for word in words_ if word not in ("default", "or"))
            assert list(formats) == completion.OTHER_FORMATS.get(words, completion.WRITTEN).split(), words
        assert {word for word in offered.split() if word.startswith("-")} == shown, words


def _long_options(words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    return re.findall(r"^  (?:-\w[^-]*)?(--[a-z][a-z-]+)", help_of(words.split(), monkeypatch, capsys), re.MULTILINE)


# ---- formats ---------------------------------------------------------------------------------------------------------


def test_every_format_is_described() -> None:
    """Every reader and writer has a section with its title; readers stand below their family, which the README counts."""
    formats, readme = read(REFERENCE / "formats.md"), read(ROOT / "README.md")
    for family, members in FAMILIES.items():
        below = section(formats, f"## {family}")
        assert re.findall(r"^### (.+)$", below, re.MULTILINE) == [reader.name for reader in members], family
        for reader in members:
            about = section(below, f"### {reader.name}")
            assert reader.title in about, reader.name
            assert all(medium in about for medium in reader.media), reader.name
        assert re.search(rf"^\| \[?{family}(?:\]\([^)]+\))? \| {len(members)} \| ", readme, re.MULTILINE), family
    assert f"{len(READERS)} formats" in readme
    for writer in WRITERS:
        assert section(formats, f"### {writer.name}")
        assert f"`{writer.name}`" in readme


def test_every_layout_is_described(register: Register) -> None:
    """The table of layouts is the register's."""
    page = read(REFERENCE / "formats.md")
    described = rows(section(page, "### table"))[1:]
    assert described == [[f"`{layout.id}`", layout.title, layout.medium] for layout in register.layouts]
    for heading, layouts in (("### lines", register.log_layouts.lines), ("### jsonlog", register.log_layouts.fields)):
        assert rows(section(page, heading))[1:] == [[f"`{layout.id}`", layout.title] for layout in layouts], heading


def test_what_is_read_of_a_tree_is_described() -> None:
    """The table of file trees names every reader that looks into them, and what is recognised and not read is named."""
    page = read(REFERENCE / "formats.md")
    described = rows(section(page, "## File trees"))[1:]
    assert [cells[0].strip("`") for cells in described] == [reader.name for reader in READERS if reader.in_trees]
    assert [name for _, name in sniff.UNREAD if name not in section(page, "## How an input is recognised")] == []


# ---- vocabulary, facts and keys --------------------------------------------------------------------------------------


def definitions(module: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Give (what it is, definition by member) for each enumeration of a module, from its docstrings."""
    found = {}
    for kind in (node for node in ast.parse(module).body if isinstance(node, ast.ClassDef)):
        members: dict[str, str] = {}
        for node, after in zip(kind.body, [*kind.body[1:], None], strict=True):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                text = after.value if isinstance(after, ast.Expr) else None
                said = str(text.value) if isinstance(text, ast.Constant) else ""
                members[node.targets[0].id] = " ".join(said.split())  # a row of a table is one line
        found[kind.name] = (ast.get_docstring(kind) or "", members)
    return found


VOCABULARY = ("law", "acts", "parties", "evidence", "names", "planned", "statements", "portfolio", "telling")
"""Modules of the vocabulary, in the order of the glossary."""


def test_glossary_defines_every_value(accepted: Accepted) -> None:
    """Every value of the vocabulary stands in the glossary with its definition."""
    page = DOCS / "glossary.md"
    head = re.match(r".*?^## Vocabulary\n\n.*?\n\n", read(page), re.MULTILINE | re.DOTALL)
    assert head, "no heading Vocabulary"
    parts = [head.group().rstrip()]
    folder = Path(vocab.__file__).parent
    assert {file.stem for file in folder.glob("*.py")} == {"__init__", *VOCABULARY}
    defined = definitions("".join(read(folder / f"{part}.py") for part in VOCABULARY))
    known = {name: getattr(vocab, name) for name in vocab.__all__ if isinstance(getattr(vocab, name), type)}
    for part in ("statements", "portfolio", "telling"):  # few need these words, so they are asked for by module
        known |= {
            name: getattr(import_module(f"{vocab.__name__}.{part}"), name)
            for name in definitions(read(folder / f"{part}.py"))
        }
    assert set(defined) == set(known)
    for name, (about, members) in defined.items():
        values = known[name]
        assert issubclass(values, enum.StrEnum)
        assert set(members) == set(values.__members__)
        lines = [f"| `{values[member].value}` | {text or 'What the word says.'} |" for member, text in members.items()]
        parts.append(f"### {name}\n\n{about}\n\n| value | definition |\n|---|---|\n" + "\n".join(lines))
    accepted(page, "\n\n".join(parts) + "\n")
    media = section(read(page), "## Where evidence comes from")
    assert all(f"- `{medium}`: " in media for medium in vocab.Medium)


def test_every_fact_is_described(register: Register, accepted: Accepted) -> None:
    """The page of facts is the register's; those that no measure asks for by name stand in the organisation page."""
    questions, asking = asked(register)
    known = answers(register)
    page = REFERENCE / "facts.md"
    head = re.match(r".*?^\| fact .*?\n\|[-|]+\n", read(page), re.MULTILINE | re.DOTALL)
    assert head, "no table of facts"
    lines = [
        f"| `{fact}` | {'<br>'.join(questions[fact])} | {words_of(fact, known[fact])} | {', '.join(sorted(asking[fact]))} |"
        for fact in sorted(asking)
    ]
    accepted(page, head.group() + "\n".join(lines) + "\n")
    own = rows(section(read(REFERENCE / "organisation.md"), "## Facts"))[1:]
    assert {cells[0].strip("`") for cells in own} == set(known) - set(asking)
    assert [cells for cells in own if cells[2] != words_of(fact := cells[0].strip("`"), known[fact])] == []


def words_of(fact: str, known: frozenset[str]) -> str:
    """Give the answers that a fact knows, as the tables spell them."""
    free = "a country (ISO 3166)" if fact == findings.PRODUCED_IN else "a date, a year or a number"
    return ", ".join(f"`{word}`" for word in sorted(known, reverse=True)) or free


def asked(register: Register) -> tuple[dict[str, list[str]], dict[str, set[str]]]:
    """Give the questions behind each fact of the register, and the measures that ask them."""
    questions: dict[str, list[str]] = {}
    asking: dict[str, set[str]] = {}
    for measure in register.measures.values():
        for provision in measure.provisions:
            said = [(condition.fact, condition.needs) for condition in conditions.of_provision(measure, provision)]
            if (deadline := provision.deadline) and deadline.after in conditions.asked_by(measure, provision):
                count = f"{deadline.amount} {deadline.unit.replace('-', ' ')}"
                said.append((deadline.after, f"The day from which {count} are counted: {provision.text}"))
            for fact, needs in said:
                asking.setdefault(fact, set()).add(measure.id)
                if needs not in questions.setdefault(fact, []):
                    questions[fact].append(needs)
    return questions, asking


def test_every_kind_of_organisation_is_described() -> None:
    """The table of kinds holds every kind that may ask, and that of trades every act that only some of them do."""
    page = read(REFERENCE / "organisation.md")
    table = rows(section(page, "## Short form"))[1:]
    unasked = {AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON}
    kinds = [cells[0].strip("`") for cells in table]
    assert kinds == [kind.value for kind in AddresseeKind if kind not in unasked]
    trades = {
        cells[0].strip("`"): re.findall(r"`([\w-]+)`", cells[1]) for cells in rows(section(page, "## Trades"))[1:]
    }
    assert {act: set(kinds) for act, kinds in trades.items()} == {
        act.value: set(kinds) for act, kinds in findings._ACTS_OF_TRADE.items()
    }


def test_every_key_of_the_organisation_is_described() -> None:
    """The organisation page has a table for the file and for each noun in it, with every key."""
    page = read(REFERENCE / "organisation.md")
    for heading, kind in (
        ("## File", measures.Organisation),
        ("## Systems", measures.System),
        ("## Contracts", measures.Contract),
        ("## Waivers", measures.Waiver),
    ):
        table = rows(section(page, heading))[1:]
        assert [cells[0].strip("`") for cells in table] == list(kind.__struct_fields__), heading


def structs(kind: type[msgspec.Struct], seen: dict[str, type[msgspec.Struct]]) -> dict[str, type[msgspec.Struct]]:
    """Give a struct and all that its fields lead to, by name."""
    if kind.__name__ in seen:
        return seen
    seen[kind.__name__] = kind
    pending = list(typing.get_type_hints(kind).values())
    while pending:
        hint = pending.pop()
        pending += typing.get_args(hint)
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            structs(hint, seen)
    return seen


def test_every_json_key_is_described() -> None:
    """Every key of what leaves debar has its row under the noun it belongs to, and no other has."""
    page = read(REFERENCE / "json.md")
    found: dict[str, type[msgspec.Struct]] = {}
    for top in (
        results.Report,
        results.Plan,
        results.Explanation,
        results.Why,
        diff.Difference,
        bundle.Status,
        bundle.Proof,
        intake.Reading,
        intake.Watched,
        intake.Chosen,
    ):
        structs(top, found)
    for name, kind in found.items():
        described = [key for cells in rows(section(page, f"## {name}"))[1:] for key in re.findall(r"`(\w+)`", cells[0])]
        assert described == list(kind.__struct_encode_fields__), name


# ---- the guide of the register ---------------------------------------------------------------------------------------


def test_every_field_of_the_register_is_described() -> None:
    """The guide has a table for each noun of the register and of its cases, with every field, and says which must be there."""
    found: dict[str, type[msgspec.Struct]] = {}
    law = (measures.Measure, measures.Authority, measures.Calendar, measures.Party, measures.Document, results.Case)
    protection = (protected.Protector, protected.StateField, protected.Removal)
    for top in (*law, *protection, inventory.Indicator, inventory.Embedding, inventory.Calibration):
        structs(top, found)
    page = read(REGISTER_GUIDE)
    assert set(re.findall(r"^### (\w+)$", section(page, "## Every field"), re.MULTILINE)) == set(found)
    for name, kind in found.items():
        described = [(cells[0].strip("`"), cells[1] == "yes") for cells in rows(section(page, f"### {name}"))[1:]]
        assert described == [(field.encode_name, field.required) for field in msgspec.structs.fields(kind)], name


def test_ties_are_those_of_the_procedure() -> None:
    """The guide tells which relation of a party answers which tie, as the procedure decides it."""
    table = rows(section(read(REGISTER_GUIDE), "### Ties between parties"))[1:]
    between_measures = {"based-on", "implements", "replaces", "renumbers", "amends"}
    assert [cells[0].strip("`") for cells in table] == [kind for kind in RelationKind if kind not in between_measures]
    for cells in table:
        relation = Relation(kind=RelationKind(cells[0].strip("`")), to="other")
        assert re.findall(r"`([\w-]+)`", cells[1]) == [tie for tie in Tie if reach._answers(relation, (tie,))]


def test_grades_of_the_guide_are_those_of_the_vocabulary() -> None:
    """The guide explains every grade."""
    table = rows(section(read(REGISTER_GUIDE), "## Grades"))[1:]
    assert [cells[0].strip("`") for cells in table] == list(Grade)


def test_worked_example_has_no_fault(tmp_path: Path) -> None:
    """The example of the guide has a file for every folder of a measure and for indicators, and the register has no fault with it added."""
    for block in blocks(REGISTER_GUIDE):
        put(block, tmp_path)
    ours = tmp_path / "ours"
    files = {"/".join(file.relative_to(ours).parts[:1]) for file in ours.rglob("*.yaml")}
    assert files == {"authorities", "calendars", "documents", "parties", "indicators", "measures", "cases"}
    assert list(ours.glob("documents/*.txt"))
    register, faults, _ = pipeline.check(ROOT / "register", [ours])
    assert faults == []
    assert register.added == ("ours",)


JURISDICTIONS = {
    "au": "Australia",
    "ca": "Canada",
    "de": "Germany",
    "eu": "European Union",
    "it": "Italy",
    "lt": "Lithuania",
    "nl": "Netherlands",
    "ro": "Romania",
    "tw": "Taiwan",
    "uk": "United Kingdom",
    "us": "United States",
    "us-ny": "New York",
    "us-tx": "Texas",
}


def test_what_is_covered_is_the_register(
    register: Register, accepted: Accepted, capsys: pytest.CaptureFixture[str]
) -> None:
    """The README counts what the register holds, by jurisdiction, prints what the check says, and names who is recognised."""
    page = ROOT / "README.md"
    text = read(page)
    lines = []
    for place in sorted({measure.jurisdiction for measure in register.measures.values()}):
        held = [measure for measure in register.measures.values() if measure.jurisdiction == place]
        powerless = sum(measure.instrument in WITHOUT_FORCE for measure in held)
        provisions = sum(len(measure.provisions) for measure in held)
        reached = sorted(register.parties[id_].name for id_ in named(register, place))
        reached += ["others by origin"] * any(p.targets.origins for measure in held for p in measure.provisions)
        counts = f"{len(held)} | {powerless or '-'} | {provisions}"
        lines.append(f"| {JURISDICTIONS[place]} (`{place}`) | {counts} | {', '.join(reached)} |")
    table = re.search(r"^\| jurisdiction .*?\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table
    assert cli.main(["register", "check", str(ROOT / "register")]) == 0
    text = re.sub(r"^register \d.*no fault$", capsys.readouterr().out.strip(), text, flags=re.MULTILINE)
    recognised = {indicator.party for indicator in register.indicators}
    assert [party.id for party in register.parties.values() if party.products and party.id not in recognised] == []
    names = [register.parties[id_].name for id_ in recognised]
    text = re.sub(
        r"^Every supplier that makes something is recognised in files: .*$",
        f"Every supplier that makes something is recognised in files: {', '.join(sorted(names))}.",
        text,
        flags=re.MULTILINE,
    )
    accepted(page, text.replace(table.group(1), "\n".join(lines) + "\n"))


def test_changelog_of_the_register_names_every_measure(register: Register) -> None:
    """Whoever looks for a measure in the changelog of the register finds it, by its id."""
    said = set(re.findall(r"[\w.-]*\w", read(ROOT / "register" / "CHANGELOG.md")))
    assert sorted(register.measures.keys() - said) == []


def named(register: Register, place: str) -> set[str]:
    """Give the parties that measures of a jurisdiction name, or that stand on its lists; tied ones are not counted."""
    held = {measure.id: measure for measure in register.measures.values() if measure.jurisdiction == place}
    targets = [provision.targets for measure in held.values() for provision in measure.provisions]
    lists = {one for target in targets for one in target.lists} | set(held)
    listed = {
        party.id
        for party in register.parties.values()
        if any(relation.kind is RelationKind.LISTED and relation.to in lists for relation in party.relations)
    }
    return {party for target in targets for party in target.parties} | listed


# ---- architecture and decisions --------------------------------------------------------------------------------------


def amounts(text: str) -> list[int]:
    """Give the numbers of a text such as "250 times, past 256 MiB"."""
    units = {"": 1, "Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30}
    found = re.findall(r"(\d{1,3}(?:,\d{3})+|\d+)(?: ([KMG]i))?", text)
    return [int(number.replace(",", "")) * units[unit] for number, unit in found]


def test_limits_are_those_of_the_code() -> None:
    """Each constant in the table of limits has the value that the table says, in the module it names."""
    table = rows(section(read(DOCS / "architecture.md"), "## Limits on hostile input"))[1:]
    assert len(table) > 10
    for what, value, names, place in table:
        module = importlib.import_module("debar." + place.strip("`").removesuffix(".py").replace("/", "."))
        assert amounts(value) == [getattr(module, name) for name in re.findall(r"\w+", names)], what


def test_levels_are_those_of_the_code() -> None:
    """The table of levels holds the weights and floors that matching uses."""
    table = rows(section(read(DOCS / "architecture.md"), "## How sure"))[1:]
    assert {int(cells[0]): float(cells[2]) for cells in table} == confidence.WEIGHT
    floors = [(float(cells[3]), int(cells[0])) for cells in table if cells[3] != "below"]
    assert floors == list(confidence._FLOORS)


def test_goals_are_those_of_the_gate() -> None:
    """The page on how sure debar is holds the goals that the gate checks."""
    table = rows(section(read(DOCS / "how-to" / "quality.md"), "## The gate"))[1:]
    shown = {cells[2].strip("`"): float(cells[1].replace(",", "")) for cells in table}
    assert shown == {name: getattr(gate, name) for name in ("CASES", "PRECISION", "RECALL", "ERROR")}


def test_cases_that_a_page_shows_are_cases(tmp_path: Path) -> None:
    """A labelled case is written as the page shows it, and every sort of look-alike that one names is explained."""
    page = DOCS / "how-to" / "quality.md"
    (tmp_path / "shown.jsonl").write_text("".join(b.text for b in blocks(page) if b.language == "json"))
    assert len(labels.read(tmp_path)) > 1
    explained = {cells[0].strip("`") for cells in rows(section(read(page), "## What is measured"))[1:]}
    assert explained == {case.trap for case in labels.read() if case.trap}


def test_every_part_of_the_procedure_is_named() -> None:
    """The architecture tells of every file of the legal procedure what it answers."""
    about = section(read(DOCS / "architecture.md"), "## The procedure")
    told = {"applies.py", *(name for cells in rows(about)[1:] for name in re.findall(r"`(\w+\.py)`", cells[0]))}
    folder = ROOT / "src" / "debar" / "obligations"
    assert told == {file.name for file in folder.glob("*.py")} - {"__init__.py"}


def test_what_decides_is_that_of_the_code() -> None:
    """The architecture lists the statuses in the order of their gravity, each with the force of what follows from it."""
    table = rows(section(read(DOCS / "architecture.md"), "## What decides"))[1:]
    assert [cells[0].strip("`") for cells in table] == list(position.GRAVITY)
    assert [cells[1] for cells in table] == [demands.FORCE.get(status, "-") for status in position.GRAVITY]


def test_what_is_at_stake_is_that_of_the_code() -> None:
    """The architecture lists the acts that an exposure of each meaning puts at stake."""
    table = rows(section(read(DOCS / "architecture.md"), "## What is at stake"))[1:]
    words = {cells[0].strip("`"): cells[1] for cells in table}
    assert list(words) == [*vocab.Meaning, "every one of these"]
    duties = set(re.findall(r"`([\w-]+)`", words.pop("every one of these")))
    assert duties == {act.value for act in vocab.DUTIES}
    for meaning, acts in words.items():
        at_stake = findings.ACTS_OF_MEANING[vocab.Meaning(meaning)]
        assert set(re.findall(r"`([\w-]+)`", acts)) == {act.value for act in at_stake} - duties, meaning


def test_modules_that_documents_name_exist() -> None:
    """A module named in the architecture, the decisions or CONTRIBUTING is there."""
    pages = [DOCS / "architecture.md", ROOT / "CONTRIBUTING.md", *sorted((DOCS / "adr").glob("*.md"))]
    named = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"`(?:src/debar/)?((?:\w+/)?[a-z_]+\.py)`", read(page))
    }
    assert [
        n for n in sorted(named) if not (ROOT / n[1]).is_file() and not any((ROOT / "src" / "debar").rglob(n[1]))
    ] == []


def test_layers_are_those_of_the_contract() -> None:
    """The drawing of the layers is the contract that lint-imports checks."""
    contract = re.search(r"^layers =\n((?:    .+\n)+)", read(ROOT / ".importlinter"), re.MULTILINE)
    drawing = re.search(r"```text\n(.*?)```", section(read(DOCS / "architecture.md"), "## Layers"), re.DOTALL)
    assert contract
    assert drawing
    drawn = [re.split(r" {2,}", line.strip())[0].replace("│", "|") for line in drawing.group(1).splitlines()]
    assert drawn == [line.strip() for line in contract.group(1).splitlines()]


def test_decisions_are_indexed() -> None:
    """The index of decisions lists every record, in order, with the title that the record has."""
    records = sorted((DOCS / "adr").glob("0*.md"))
    listed = re.findall(r"^\| \[(\d+)\]\((.+?)\) \| (.+) \|$", read(DOCS / "adr" / "README.md"), re.MULTILINE)
    assert [name for _, name, _ in listed] == [record.name for record in records]
    for number, name, title in listed:
        text = read(DOCS / "adr" / name)
        assert (int(name[:4]), text.splitlines()[0]) == (int(number), f"# {number}. {title}")
        assert [f"## {part}" in text for part in ("Context", "Decision", "Consequences")] == [True] * 3


def test_libraries_are_those_of_the_package() -> None:
    """The record of libraries lists what an installation brings, and no licence that would bind users."""
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    wanted = {re.match(r"[\w-]+", line)[0].lower() for line in project["dependencies"]}  # type: ignore[index]
    table = rows(section(read(DOCS / "adr" / "0010-libraries.md"), "## Decision"))[1:]
    assert {cells[0].lower() for cells in table} == wanted
    assert [cells[0] for cells in table if "GPL" in cells[1]] == []
    contract = re.findall(r"^    debar\.([\w.]+) -> (\w+)$", read(ROOT / ".importlinter"), re.MULTILINE)
    named = {(module, cells[0].lower()) for cells in table for module in re.findall(r"`([\w/]+\.py)`", cells[3])}
    extras = {re.match(r"[\w-]+", line)[0] for lines in project["optional-dependencies"].values() for line in lines}  # type: ignore[index]
    called = {"yaml": "pyyaml", "argon2": "argon2-cffi"}
    imported = {
        (f"{module.replace('.', '/')}.py", called.get(name, name))
        for module, name in contract
        if called.get(name, name) not in extras
    }
    assert imported == named


def test_citation_names_the_version() -> None:
    """CITATION.cff names the version of the program."""
    assert f"\nversion: {VERSION}\n" in read(ROOT / "CITATION.cff")


def test_make_targets_exist() -> None:
    """A make target that a document names is one of the Makefile's."""
    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    named = {
        name
        for page in PAGES
        for name in re.findall(r"\bmake ([a-z]+(?:-[a-z]+)?)\b(?=`|$|  )", read(page), re.MULTILINE)
    }
    assert named <= targets
    assert shutil.which("sh"), "the examples need a shell"
