# SPDX-License-Identifier: Apache-2.0
"""The house rules that a machine can check: layers, sizes, headers, tables."""

from __future__ import annotations

import ast
import inspect
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import composed
from debar.cli import VERBS
from debar.readers import READERS
from debar.writers import PLAIN, WRITERS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "debar"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(m.relative_to(PACKAGE)) for m in MODULES]
FUNCTION = 60
"""Lines of the longest function."""
MODULE = 400
"""Lines of the longest module."""
MACHINE_PATH = re.compile(r"""(?<![\w./-])/(?:work|root|tmp)(?:/|\b)""")
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".cff", ".cfg", ".json", ""}


def test_import_contracts() -> None:
    """Every import contract is kept: layers, independent formats, a pure core, heavy libraries in one place, offline."""
    tool = Path(sys.executable).with_name("lint-imports")
    found = str(tool) if tool.exists() else shutil.which("lint-imports")
    if not found:
        pytest.skip("import-linter is not installed")
    done = subprocess.run([found, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_module(module: Path) -> None:
    """A module has its licence in the first line, a docstring, at most 400 lines, and no function over 60."""
    text = module.read_text(encoding="utf-8")
    assert text.startswith("# SPDX-License-Identifier: Apache-2.0\n")
    assert len(text.splitlines()) <= MODULE
    tree = ast.parse(text)
    said = ast.get_docstring(tree)
    assert said
    assert said.partition("\n")[0].rstrip().endswith((".", ":")), "the first line is a sentence"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < FUNCTION, f"{node.name} is longer than {FUNCTION} lines"


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_no_debt(module: Path) -> None:
    """No remark promises work without an issue number, and nothing but the command line and the writers prints."""
    text = module.read_text(encoding="utf-8")
    for line in text.splitlines():
        if re.search(r"\b(?:TODO|FIXME|XXX|HACK)\b", line):
            assert re.search(r"#\d+", line), line
    if "cli" not in module.parts and module.name != "__main__.py":
        calls = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
        assert not any(isinstance(n.func, ast.Name) and n.func.id == "print" for n in calls)


def test_no_file_names_a_machine() -> None:
    """No file that ships names a path of the machine it was written on."""
    found = []
    for top in ("src", "register", "docs", "bench", "quality", "registries", "tests", ".ci", "examples"):
        for file in sorted((ROOT / top).rglob("*")):
            if not file.is_file() or "__pycache__" in file.parts or "hostile" in file.parts or file == Path(__file__):
                continue
            if file.suffix in TEXT and top != "examples" and "data" not in file.parts:
                found += _machine_paths(file)
    for file in ROOT.iterdir():
        if file.is_file() and file.suffix in TEXT:
            found += _machine_paths(file)
    assert found == []


def _machine_paths(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [
        f"{file.relative_to(ROOT)}:{n}: {line.strip()[:120]}"
        for n, line in enumerate(lines, 1)
        if MACHINE_PATH.search(line)
    ]


@pytest.mark.parametrize("reader", READERS, ids=lambda r: r.name)
def test_reader(reader: object) -> None:
    """A reader's row names a module with read(source), or members(source, budget); it says what it does not see."""
    row = next(r for r in READERS if r is reader)
    module = import_module(row.module)
    read, asked = (module.members, ["source", "budget"]) if row.holds else (module.read, ["source"])
    assert list(inspect.signature(read).parameters) == asked
    assert inspect.isgeneratorfunction(read)
    assert inspect.getdoc(read)
    assert row.media
    for text in (row.title, row.extracts, row.limits):
        assert text
        assert not text.endswith(".")
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", row.name), "a scheme must not look like a drive letter or an address"
    assert len(row.name) > 1


@pytest.mark.parametrize("reader", READERS, ids=lambda r: r.name)
def test_reader_has_tests_and_a_sample(reader: object) -> None:
    """Every reader is tested in the folder of its family, and has a sample that the damage tests use."""
    row = next(r for r in READERS if r is reader)
    _, _, family, module = row.module.split(".")
    tests = [file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "readers" / family).glob("test_*.py")]
    assert (
        any(re.search(rf"\b{module}\b", text) for text in tests)
        or (ROOT / "tests" / "readers" / family / f"test_{module}.py").is_file()
    )
    # Archives and lakes are made in their tests, and a machine has no file.
    is_made = row.holds or family == "host" or row.name in {"delta", "iceberg"}
    assert is_made or (ROOT / "tests" / "data" / "readers" / family / row.name).is_dir() or row.name in composed.READ


def test_composed_samples_are_recognised(tmp_path: Path) -> None:
    """Each composed sample is recognised by its content and read without a skip."""
    for name, content in composed.FORMATS.items():
        (tmp_path / name).write_bytes(content)
    report = composed.scanned(tmp_path)
    assert {source.reader for source in report.sources} == composed.READ
    assert report.skips == ()


def test_every_reader_module_has_a_row() -> None:
    """No module of the readers offers read() without a row in the table."""
    with_read = {
        ".".join(("debar", *m.relative_to(PACKAGE).with_suffix("").parts))
        for family in sorted({reader.module.split(".")[2] for reader in READERS})
        for m in (PACKAGE / "readers" / family).glob("*.py")
        if re.search(r"^def read\(", m.read_text(), re.MULTILINE)
    }
    assert with_read == {reader.module for reader in READERS if not reader.holds}


@pytest.mark.parametrize("writer", WRITERS, ids=lambda w: w.name)
def test_writer(writer: object) -> None:
    """A writer's row names a module with functions that take the noun, the stream and the style: of explanations too, where each verb writes it."""
    row = next(w for w in WRITERS if w is writer)
    module = import_module(row.module)
    for name, noun in (("write_report", "report"), ("write_explanation", "explanation"))[: 1 + (row.name in PLAIN)]:
        parameters = inspect.signature(getattr(module, name)).parameters
        assert [parameter.lstrip("_") for parameter in parameters] == [noun, "out", "style"]


def test_names_in_tables_are_unique() -> None:
    """No two readers, writers or verbs share a name."""
    for table in (READERS, WRITERS, VERBS):
        names = [row.name for row in table]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
def test_verb(verb: str) -> None:
    """A verb's module has run(arguments)."""
    assert list(inspect.signature(import_module(f"debar.cli.{verb}").run).parameters) == ["arguments"]


@pytest.mark.parametrize(
    "file", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda f: str(f.relative_to(ROOT / "tests"))
)
def test_tests_state_a_promise(file: Path) -> None:
    """Every test has a docstring that states its promise, and every test file its licence."""
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# SPDX-License-Identifier: Apache-2.0\n")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            assert ast.get_docstring(node), f"{file.name}: {node.name}"


def test_drawings_name_modules_that_are_there() -> None:
    """Each module that a package names by its file lies in the package, or below the whole: a drawing never goes stale."""
    packages = {
        m.parent: ast.get_docstring(ast.parse(m.read_text("utf-8"))) or "" for m in MODULES if m.stem == "__init__"
    }
    named = [(folder, name) for folder, said in packages.items() for name in re.findall(r"[\w/]+\.py\b", said)]
    assert len(named) > 50
    gone = [
        f"{folder.name}: {name}" for folder, name in named if not (folder / name).exists() | (PACKAGE / name).exists()
    ]
    assert gone == []


def test_test_files_have_different_names() -> None:
    """No two test files share a name: without packages, one would hide the other."""
    names = [
        file.name for file in (ROOT / "tests").rglob("*.py") if file.name != "conftest.py" and "data" not in file.parts
    ]
    assert sorted(names) == sorted(set(names))
