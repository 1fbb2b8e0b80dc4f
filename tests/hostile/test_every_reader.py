# SPDX-License-Identifier: Apache-2.0
"""XML, YAML and property lists that expand or point elsewhere, put into the samples of every reader of their kind."""

from __future__ import annotations

import io
import json
import plistlib
import re
import sqlite3
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

import composed
from debar.observe import Reading
from debar.readers import READERS, encodings, walk, yamltext
from debar.readers.rows import Form

if TYPE_CHECKING:
    from debar.register import Register

DATA = Path(__file__).parents[1] / "data" / "readers"
PATIENCE = 10
"""Seconds for one sample; each takes well under one."""
LARGEST = 1 << 18
"""Characters that are said of one sample at most; what is multiplied without end says more."""

LEVELS = tuple(f"&{letter};" for letter in "abcdefghi")
"""Entities each of which stands for ten of the one before."""


def samples(reader: str) -> list[Path]:
    """Give the samples of a reader."""
    found = sorted(path for path in DATA.glob(f"*/{reader}/*") if path.is_file())
    return [path for path in found if not path.name.endswith(".expected.jsonl")]


def begins_like_xml(path: Path) -> bool:
    """Tell whether a sample is XML, in whatever encoding."""
    return encodings.to_text(path.read_bytes()[:4096]).lstrip("\ufeff \t\r\n").startswith("<")


XML = sorted({reader.name for reader in READERS for mark in reader.marks if mark.form is Form.XML})
XML_SAMPLES = [path for reader in READERS for path in samples(reader.name) if begins_like_xml(path)]
YAML = sorted(
    reader.name
    for reader in READERS
    if not reader.holds and any(value is yamltext for value in vars(import_module(reader.module)).values())
)
_PROLOGUE = re.compile(r"\A\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>)*", re.DOTALL)
_TEXT = re.compile(r"(?<=>)[^<>]*[^<>\s][^<>]*(?=</)")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)[^>]*?(?<!/)>")


def said(register: Register, name: str, content: bytes, scheme: str) -> str:
    """Give all that is said about content, which must not take long."""
    began = time.monotonic()
    reading = Reading(register, stdin=io.BytesIO(content))
    found = list(reading.observations([walk.Found(name, None, scheme, named=True)]))
    assert time.monotonic() - began < PATIENCE
    assert reading.sources or reading.skips
    assert not any("failed" in skip.reason for skip in reading.skips), reading.skips
    return msgspec.json.encode((found, reading.sources, reading.skips)).decode()


def probes(text: str, canary: Path) -> dict[str, str]:
    """Give copies of XML that want to show a file: by entities in every text, by parameters, and by inclusion."""
    body = text[_PROLOGUE.match(text).end() :]  # type: ignore[union-attr]
    root = _ROOT.search(body)
    name = root[1] if root else "a"
    used = _TEXT.sub("&x;", body)
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://{canary}"/>'
    return {
        "entity": f'<!DOCTYPE {name} [<!ENTITY x SYSTEM "file://{canary}">]>\n{used}',
        "public entity": f'<!DOCTYPE {name} [<!ENTITY x PUBLIC "x" "{canary}">]>\n{used}',
        "parameter": f'<!DOCTYPE {name} [<!ENTITY % p SYSTEM "file://{canary}">%p;]>\n{used}',
        "document type": f'<!DOCTYPE {name} SYSTEM "file://{canary}">\n{used}',
        "inclusion": _TEXT.sub(include, body),
        "style": f'<?xml-stylesheet type="text/xsl" href="file://{canary}"?>\n{body}',
        "laughs": (
            f'<!DOCTYPE {name} [<!ENTITY a "{composed.CANARY}">'
            + "".join(f'<!ENTITY {inner} "{outer * 10}">' for inner, outer in zip("bcdefghij", LEVELS, strict=True))
            + f"]>\n{_TEXT.sub('&j;', body)}"
        ),
    }


def test_readers_of_xml_have_samples() -> None:
    """Each reader of XML has a sample to probe."""
    probed = {path.parent.name for path in XML_SAMPLES}
    assert [name for name in XML if name not in probed] == []


@pytest.mark.parametrize("sample", XML_SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_xml_shows_no_other_file(register: Register, tmp_path: Path, sample: Path) -> None:
    """No reader of XML shows a file that its input names, or text that an entity stands for."""
    canary = tmp_path / "canary.txt"
    canary.write_text(composed.CANARY)
    text = encodings.to_text(sample.read_bytes()).lstrip("\ufeff")
    for kind, probe in probes(text, canary).items():
        for scheme in ("", sample.parent.name):
            assert composed.CANARY not in said(register, sample.name, probe.encode(), scheme), kind


def aliases(levels: int) -> str:
    """Give YAML whose aliases amount to ten to the power of the levels."""
    lines = ["bomb0: &b0 [lol, lol]\n"]
    lines += [f"bomb{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 10)}]\n" for n in range(1, levels)]
    return "".join(lines)


def test_there_are_readers_of_yaml() -> None:
    """The readers that are probed below are those that use the project's own tree of YAML."""
    assert {"pnpm-lock", "helm-chart", "spdx-yaml"} <= set(YAML)


@pytest.mark.parametrize("reader", YAML)
def test_yaml_bombs(register: Register, reader: str) -> None:
    """Aliases that multiply or stand for what holds them, and nesting without end, end in every reader of YAML."""
    for sample in samples(reader):
        text = encodings.to_text(sample.read_bytes())
        for probe in (
            f"{text}\n{aliases(40)}",
            f"{aliases(40)}{text}",
            re.sub(r": [\w.\"'^~-]+$", ": *b7", aliases(8) + text, flags=re.MULTILINE),
            f"{text}\nself: &self [*self, *self]\n",
            f"{text}\nmerge: &m {{<<: *m}}\n",
            f"{text}\ndeep: {'[' * 50_000}",
            f"{text}\ndeep:\n{'- ' * 50_000}a\n",
            f"{text}\n? " + "{" * 5000,
        ):
            assert len(said(register, sample.name, probe.encode(), reader)) < LARGEST


def bombs_of_property_lists() -> dict[str, bytes]:
    """Give property lists that expand, nest, or whose objects hold themselves."""
    head = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "%s">' % composed.CANARY.encode()
    laughs = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    levels: list[object] = []
    for _ in range(200):
        levels = [levels, levels]
    whole = plistlib.dumps([levels[0]], fmt=plistlib.FMT_BINARY)
    itself = b"bplist00" + b"\xaa" + b"\0" * 10 + bytes([8]) + b"\0" * 6 + bytes([1, 1])
    itself += (1).to_bytes(8) + (0).to_bytes(8) + (19).to_bytes(8)
    many = b"bplist00" + b"\xaf\x14" + b"\xff" * 16 + bytes([8]) + b"\0" * 6 + bytes([1, 1])
    many += (1).to_bytes(8) + (0).to_bytes(8) + (26).to_bytes(8)
    return {
        "laughs": head + laughs + b"]><plist><dict><key>CFBundleName</key><string>&j;</string></dict></plist>",
        "external": head[:-1] + b' [<!ENTITY x SYSTEM "file:///etc/passwd">]><plist><string>&x;</string></plist>',
        "deep": b'<plist version="1.0">' + b"<array>" * 100_000,
        "deep and closed": b"<plist>" + b"<array>" * 50_000 + b"</array>" * 50_000 + b"</plist>",
        "shared": whole,
        "holds itself": itself,
        "lying count": many,
    }


@pytest.mark.parametrize("name", sorted(bombs_of_property_lists()))
@pytest.mark.parametrize("reader", ["property-list", "system-profiler"])
def test_bombs_of_property_lists(register: Register, reader: str, name: str) -> None:
    """Property lists that multiply, nest or hold themselves end, and show no entity."""
    assert composed.CANARY not in said(register, "Info.plist", bombs_of_property_lists()[name], reader)


SCHEMAS = {
    "view": "CREATE VIEW {} AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x AS {}, x AS {} FROM n",
    "trigger": "CREATE TABLE {0}({1}, {2}); CREATE TRIGGER t AFTER INSERT ON {0} BEGIN SELECT randomblob(1000000000); END",
    "generated": "CREATE TABLE {}({}, {} AS (zeroblob(1000000000)) VIRTUAL)",
    "default": "CREATE TABLE {}({} DEFAULT (randomblob(1000000000)), {})",
    "virtual": "CREATE VIRTUAL TABLE {} USING fts5({}, {})",
}


@pytest.mark.parametrize("schema", sorted(SCHEMAS))
@pytest.mark.parametrize(
    ("reader", "table", "columns"), [("rpm", "Packages", ("hnum", "blob")), ("freebsd-pkg", "packages", ("name", "id"))]
)
def test_code_in_databases(
    register: Register, tmp_path: Path, reader: str, table: str, columns: tuple[str, str], schema: str
) -> None:
    """Views, triggers, computed columns and virtual tables in a package database are never run."""
    file = tmp_path / "rpmdb.sqlite"
    connection = sqlite3.connect(file)
    try:
        connection.executescript(SCHEMAS[schema].format(table, *columns))
    except sqlite3.OperationalError as e:
        pytest.skip(f"the library here cannot make it: {e}")
    connection.commit()
    connection.close()
    observations, *_ = json.loads(said(register, file.name, file.read_bytes(), reader))
    assert observations == []
