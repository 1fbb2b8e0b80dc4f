# SPDX-License-Identifier: Apache-2.0
"""What is loaded when: a command pays only for what it uses."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import zstandard

import composed
from debar.readers import READERS

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = frozenset(
    {
        "duckdb",
        "pyarrow",
        "hyperscan",
        "lxml",
        "isal",
        "zstandard",
        "rapidfuzz",
        "yaml",
        "cryptography",
        "sqlalchemy",
        "alembic",
        "jinja2",
        "typst",
        "trafilatura",
        "pypdfium2",
        "argon2",
        "authlib",
        "fastapi",
        "httpx2",
        "joserfc",
        "pydantic",
        "starlette",
        "uvicorn",
    }
)
NEVER = HEAVY | {"msgspec", "importlib.metadata", "argparse", "numpy", "socket", "ssl", "asyncio", "subprocess"}
LIGHT = frozenset({
    "debar", "debar.cli", "debar.errors", "debar.release", "debar.text", "debar.cli.version", "debar.cli.formats",
})  # fmt: skip
"""Parts of debar that help and version may load."""
STANDARD = 40
"""Modules of the standard library, beyond those of an empty program, that help and version may load."""
LOADED = (
    "import json, sys\nbefore = set(sys.modules)\nfrom debar.cli import main\n"
    "try:\n    code = main(sys.argv[1:])\nexcept SystemExit as e:\n    code = e.code or 0\n"
    "sys.stdout.flush()\nprint(json.dumps([code, sorted(set(sys.modules) - before)]), file=sys.stderr)\n"
)


def loaded(*arguments: str) -> tuple[int, set[str]]:
    """Run debar in an interpreter of its own; give the exit code and the modules it loaded."""
    done = subprocess.run([sys.executable, "-c", LOADED, *arguments], capture_output=True, check=True)
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules)


def tops(modules: set[str]) -> set[str]:
    """Give the packages of some modules."""
    return {name.partition(".")[0] for name in modules}


def installed(modules: set[str]) -> set[str]:
    """Give the packages that are not the standard library's; msgspec takes typing_extensions where it finds it."""
    return {
        name for name in tops(modules) - sys.stdlib_module_names - {"typing_extensions"} if "_sysconfigdata" not in name
    }


@pytest.mark.parametrize("word", ["--help", "version", "--version"])
def test_help_and_version_load_next_to_nothing(word: str) -> None:
    """Help and version load a handful of debar's own modules and nothing that was installed beside it."""
    code, modules = loaded(word)
    assert code == 0
    assert {name for name in modules if tops({name}) == {"debar"}} <= LIGHT
    assert modules & NEVER == set()
    assert tops(modules) - {"debar"} <= sys.stdlib_module_names
    assert len(modules - LIGHT) <= STANDARD, sorted(modules)


def test_help_of_a_verb_loads_nothing_heavy() -> None:
    """The help of any verb loads no heavy library."""
    for verb in ("scan", "explain", "register", "formats", "completion", "read", "review", "watch"):
        code, modules = loaded(verb, "--help")
        assert code == 0
        assert tops(modules) & HEAVY == set()


@pytest.mark.parametrize(
    "name", ["bom.json", "image.spdx.json", "status", "programs.json", "dns.log", "dhcpd.leases", "programs.csv"]
)
def test_scan_of_a_small_file_loads_nothing_heavy(tmp_path: Path, name: str) -> None:
    """With a compiled register, a scan of a small file loads msgspec and no other library."""
    composed.shipped()  # warms the cache
    file = tmp_path / name
    file.write_bytes(composed.FORMATS[name])
    code, modules = loaded("scan", str(file), "--on", "2024-10-01", "--fail-on", "none")
    assert code == 0
    assert tops(modules) & HEAVY == set()
    assert "importlib.metadata" not in modules
    assert installed(modules) == {"debar", "msgspec"}
    assert not any(name.startswith("debar.intake") for name in modules)


def test_explain_loads_nothing_heavy() -> None:
    """With a compiled register, an explanation loads msgspec and no other library."""
    composed.shipped()
    code, modules = loaded("explain", "kaspersky", "--on", "2024-10-01")
    assert code == 0
    assert installed(modules) == {"debar", "msgspec"}
    assert not any(name.startswith("debar.readers.") and name.count(".") == 3 for name in modules)


@pytest.mark.parametrize("words", [("list",), ("show", "kaspersky"), ("show", "kaspersky", "-o", "yaml"), ("facts",)])
def test_reading_the_register_loads_nothing_heavy(words: tuple[str, ...]) -> None:
    """With a compiled register, its words load msgspec and no other library, not even to write YAML."""
    composed.shipped()
    code, modules = loaded("register", *words)
    assert code == 0
    assert installed(modules) == {"debar", "msgspec"}


@pytest.mark.parametrize(
    ("name", "content", "needed"),
    [
        ("dns.log.gz", gzip.compress(composed.ZEEK, mtime=0), "isal"),
        ("dns.log.zst", zstandard.ZstdCompressor().compress(composed.ZEEK), "zstandard"),
        ("bom.xml", composed.CYCLONEDX_XML, "lxml"),
    ],
    ids=["gzip", "zstd", "xml"],
)
def test_each_format_loads_its_own_library_only(tmp_path: Path, name: str, content: bytes, needed: str) -> None:
    """A gzip file loads isal, zstd loads zstandard, XML loads lxml, and none loads the others."""
    composed.shipped()
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    (tmp_path / name).write_bytes(content)
    code, modules = loaded("scan", str(tmp_path), "--on", "2024-10-01", "--fail-on", "none")
    assert code == 0
    assert tops(modules) & HEAVY == {needed}


def test_only_the_reader_that_is_needed_is_loaded(tmp_path: Path) -> None:
    """A scan of an SBOM does not load the readers of other formats."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    _, modules = loaded("scan", str(tmp_path), "--fail-on", "none")
    assert modules & {reader.module for reader in READERS} == {"debar.readers.sbom.cyclonedx"}


def test_importing_does_nothing(tmp_path: Path) -> None:
    """Importing every module prints nothing and writes nothing; one needs a library that is not always installed."""
    code = (
        "import importlib, pkgutil, debar\n"
        "for m in pkgutil.walk_packages(debar.__path__, 'debar.'):\n"
        "    if m.name not in ('debar.__main__', 'debar.engine.spark'): importlib.import_module(m.name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", code], capture_output=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []
