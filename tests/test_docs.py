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
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from debar import cli, errors
from debar.cli import scan
from debar.match import exposures
from debar.model import results, vocab
from debar.model.vocab import AddresseeKind
from debar.obligations.organisation import answers
from debar.readers import READERS
from debar.release import VERSION
from debar.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.register import Register

    Accepted = Callable[[Path, str], None]

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), ROOT / "register" / "README.md"]
VERBS = [verb.name for verb in cli.VERBS]
CUT = "[...]"
"""Line that stands for any number of lines which an example leaves out."""


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


def fits(shown: list[str], printed: list[str]) -> bool:
    """Tell whether the lines shown are those printed, but for whole lines left out at each CUT."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == CUT:
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return shown == printed
    first, *middle, last = parts
    if printed[: len(first)] != first or (last and printed[-len(last) :] != last):
        return False
    place = len(first)
    for part in middle:
        starts = (n for n in range(place, len(printed)) if printed[n : n + len(part)] == part)
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


def test_cut_lines_are_whole_lines() -> None:
    """An example may leave lines out where it says so, and nowhere else."""
    printed = ["a", "b", "c", "d"]
    assert fits(["a", "b", "c", "d"], printed)
    assert fits(["a", CUT, "c", CUT], printed)
    assert fits([CUT, "b", "c", "d"], printed)
    assert not fits(["a", "c", CUT], printed)
    assert not fits([CUT, "c", "b", CUT], printed)
    assert not fits([CUT, "c"], printed)


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

    A block whose first line is "# NAME" and that is YAML or Python is the file of that name.
    """
    for name in ("examples", "register"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("DEBAR_", "COLUMNS", "NO_COLOR"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    for block in blocks(page):
        if block.language in ("yaml", "python") and (named := re.match(r"# (\S+)\n", block.text)):
            (tmp_path / named.group(1)).write_text(block.text, encoding="utf-8")
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
    """The page of the command line holds the --help of every verb, word for word."""
    page = REFERENCE / "cli.md"
    text = read(page)
    for verb in ("", *VERBS):
        heading = f"## debar {verb}".rstrip()
        printed = help_of([verb] if verb else [], monkeypatch, capsys).rstrip()
        old = re.search(rf"^{heading}\n\n```text\n(.*?)```$", text, re.MULTILINE | re.DOTALL)
        assert old, f"{heading} has no help"
        if plain(old.group(1)) != plain(printed) or sys.version_info < (3, 13):
            text = text.replace(old.group(), f"{heading}\n\n```text\n{printed}\n```")
    accepted(page, text)


def test_every_option_has_its_variable(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Every option of every verb stands in the table of environment variables, and nothing else does."""
    options = {
        option
        for verb in ("scan", "explain", "register", "formats")
        for option in re.findall(r"--[a-z][a-z-]+", help_of([verb], monkeypatch, capsys))
    } - {"--help"}
    table = {cells[0].strip("`"): cells[1] for cells in rows(section(read(REFERENCE / "cli.md"), "## Environment"))[1:]}
    assert {name for name in table if name.startswith("DEBAR_")} == {
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
    assert all(f"`{level}`" in read(REFERENCE / "exit-codes.md") for level in scan.LEVELS)


# ---- formats ---------------------------------------------------------------------------------------------------------


def test_every_format_is_described() -> None:
    """Every reader and writer has a section with its title, and a row in the README."""
    formats, readme = read(REFERENCE / "formats.md"), read(ROOT / "README.md")
    for reader in READERS:
        about = section(formats, f"### {reader.name}")
        assert reader.title in about
        assert all(medium in about for medium in reader.media) or reader.name == "table"
        assert f"| `{reader.name}` | {reader.title} |" in readme
    for writer in WRITERS:
        assert section(formats, f"### {writer.name}")
        assert f"`{writer.name}`" in readme


def test_every_layout_is_described(register: Register) -> None:
    """The table of layouts is the register's."""
    described = rows(section(read(REFERENCE / "formats.md"), "### table"))[1:]
    assert described == [[f"`{layout.id}`", layout.title, layout.medium] for layout in register.layouts]


# ---- vocabulary, facts and keys --------------------------------------------------------------------------------------


def definitions(module: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Give (what it is, definition by member) for each enumeration of a module, from its docstrings."""
    found = {}
    for kind in (node for node in ast.parse(module).body if isinstance(node, ast.ClassDef)):
        members: dict[str, str] = {}
        for node, after in zip(kind.body, [*kind.body[1:], None], strict=True):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                text = after.value if isinstance(after, ast.Expr) else None
                members[node.targets[0].id] = str(text.value) if isinstance(text, ast.Constant) else ""
        found[kind.name] = (ast.get_docstring(kind) or "", members)
    return found


def test_glossary_defines_every_value(accepted: Accepted) -> None:
    """Every value of the vocabulary stands in the glossary with its definition."""
    page = DOCS / "glossary.md"
    head = re.match(r".*?^## Vocabulary\n\n.*?\n\n", read(page), re.MULTILINE | re.DOTALL)
    assert head, "no heading Vocabulary"
    parts = [head.group().rstrip()]
    for name, (about, members) in definitions(read(Path(vocab.__file__))).items():
        values = getattr(vocab, name)
        assert issubclass(values, enum.StrEnum)
        assert set(members) == set(values.__members__)
        elsewhere = "[see above](#where-evidence-comes-from)"
        lines = [f"| `{values[member].value}` | {text or elsewhere} |" for member, text in members.items()]
        parts.append(f"### {name}\n\n{about}\n\n| value | definition |\n|---|---|\n" + "\n".join(lines))
    accepted(page, "\n\n".join(parts) + "\n")
    media = section(read(page), "## Where evidence comes from")
    assert all(f"- `{medium}`: " in media for medium in vocab.Medium)


def test_every_fact_is_described(register: Register) -> None:
    """Every fact that the register asks for stands in the organisation page, with the answers it knows."""
    known = answers(register)
    described = {
        cells[0].strip("`"): cells for cells in rows(section(read(REFERENCE / "organisation.md"), "## Facts"))[1:]
    }
    assert set(described) == set(known)
    missing = [(fact, word) for fact, words in known.items() for word in words if f"`{word}`" not in described[fact][2]]
    assert [] == [(fact, word) for fact, word in missing if word != "no"]


def test_every_kind_of_organisation_is_described() -> None:
    """The table of kinds holds every kind that may ask."""
    table = rows(section(read(REFERENCE / "organisation.md"), "## Short form"))[1:]
    unasked = {AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON}
    assert {cells[0].strip("`") for cells in table} == {kind.value for kind in AddresseeKind if kind not in unasked}


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
    """Every key of a report and of an explanation has its row under the noun it belongs to, and no other has."""
    page = read(REFERENCE / "json.md")
    found = structs(results.Explanation, structs(results.Report, {}))
    for name, kind in found.items():
        described = [key for cells in rows(section(page, f"## {name}"))[1:] for key in re.findall(r"`(\w+)`", cells[0])]
        assert described == list(kind.__struct_fields__), name


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
    """The table of levels holds the probabilities and floors that matching uses."""
    table = rows(section(read(DOCS / "architecture.md"), "## How sure"))[1:]
    assert {int(cells[0]): float(cells[2]) for cells in table} == exposures.PROBABILITY
    floors = [(float(cells[3]), int(cells[0])) for cells in table if cells[3] != "below"]
    assert floors == list(exposures._FLOORS)


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
