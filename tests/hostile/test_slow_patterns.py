# SPDX-License-Identifier: Apache-2.0
"""Content that is made to be slow for a pattern or a loop is read in the time that its size deserves.

Each case runs as a process of its own, because a pattern that hangs cannot be interrupted from within.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

import composed
from debar.readers import READERS
from debar.readers.rows import Form

if TYPE_CHECKING:
    from pathlib import Path

    from debar.readers.rows import Reader

PATIENCE = 15
"""Seconds. Every case below takes well under one when work grows with the size."""


def bom(**fields: object) -> bytes:
    """Give a BOM with one component of the supplier and these fields."""
    component = {"name": "kesl", "purl": "pkg:deb/kesl@12", **fields}
    return json.dumps({"bomFormat": "CycloneDX", "components": [component]}).encode()


HEADS = {
    "blank-lines": b"\n" * 65_000 + b"a",
    "blank-lines-in-brackets": b"<" + b"\n" * 65_000 + b"a",
    "pairs-without-commas": b'[{"a":"b"' + b' "a":"b"' * 4000,
    "pairs-with-wide-gaps": b"[{" + b'"a":"b"     ' * 4000,
    "many-openings": b"<bom " * 13_000,
    "many-openings-with-prefix": b"<" + b"x" * 65_000,
    "many-documents": b"<Document " * 6500,
    "many-schemas": b'{"schema":{' * 5900,
    "many-stanzas": b"Package: a\n" * 6000,
    "many-leases": b"1 " * 32_000,
    "dnsmasq-almost": b"123456789012 02:00:00:00:00:09 192.0.2.9 ws " * 1400,
    "long-comment": b"#" + b" \n#" * 21_000,
    "quotes": b'"' * 65_000,
    "backslashes": b'[{"a":"' + b"\\" * 65_001,
    "delimiters": b",;\t|" * 16_000 + b"\n",
}


@pytest.mark.parametrize("name", sorted(HEADS))
def test_recognition_ends(tmp_path: Path, name: str) -> None:
    """Recognising a file takes no longer than its first bytes deserve, whatever they are."""
    (tmp_path / "odd").write_bytes(HEADS[name])
    try:
        done = composed.run("scan", str(tmp_path), timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        pytest.fail(f"{len(HEADS[name])} bytes keep the recognition busy for more than {PATIENCE} s")
    assert done.returncode in (0, 3), done.stderr


SLOWEST = 0.2
"""Seconds of processor time for one mark; the slowest takes a tenth of it."""
HEAD = 1 << 16
REPEATED = (
    " ", "\n", "a", "a ", "a=", '"a": ', "a\n", " a\n", "- a\n", "# \n", "<a ", "<project ", "<Project ", "<package ",
    "[package]\n", "[workspace]\n", "dependencies:\n", "channels:\n", '"appVersion"', "Device ID: a\n", "\t\n", "1.1 ",
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_marks_are_fast_on_any_beginning(reader: Reader) -> None:
    """A mark takes time in proportion to the beginning that it is compared with, also where it nearly fits again and again."""
    for mark in reader.marks:
        if not mark.pattern or mark.form is Form.BYTES:
            continue
        pattern = re.compile(mark.pattern, re.MULTILINE)
        for unit in (*REPEATED, f"{mark.needs} ", f"{mark.needs}\n"):
            head = mark.needs + unit * (HEAD // len(unit))
            began = time.process_time()
            pattern.search(head)
            assert time.process_time() - began < SLOWEST, (mark.why, unit)


N = 200_000
FIELDS = {
    "publisher-spaces": bom(publisher="a@b.example" + " " * N + "x"),
    "publisher-at-signs": bom(publisher="(" + "@" * N),
    "publisher-openings": bom(publisher="@" + "(" * N),
    "publisher-colons": bom(publisher="Organization" + " " * N),
    "supplier-url": bom(supplier={"name": "a", "url": ["https://" + "a@" * N]}),
    "supplier-address": bom(supplier={"name": "a@" + "a." * N}),
    "name-of-combining-marks": bom(name="kesl a" + "\u0316\u0300" * 5 * N),
    "name-of-wide-letters": bom(name="\ufdfa" * N),
    "name-of-breaks": bom(name="kaspersky " + "_-" * N),
    "purl-slashes": bom(purl="pkg:deb/kesl" + "/" * N),
    "purl-percents": bom(purl="pkg:deb/kesl@" + "%2540" * N),
    "purl-at-signs": bom(purl="pkg:deb/" + "@" * N),
    "cpe-backslashes": bom(cpe="cpe:2.3:a:kaspersky" + "\\:" * N),
    "cpe-colons": bom(cpe="cpe:/" + ":" * N),
    "path": bom(properties=[{"name": "path", "value": "c:/" + "a/" * N}]),
    "timestamp": bom().replace(b'"components"', b'"metadata": {"timestamp": "' + b"1" * N + b'"}, "components"'),
    "many-wrong-fields": bom(**{f"k{n}": n for n in range(20_000)}, version=5),
}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_field_of_a_component_ends(tmp_path: Path, name: str) -> None:
    """A long field of a component costs time in proportion to its length."""
    file = tmp_path / "bom.json"
    file.write_bytes(FIELDS[name])
    try:
        done = composed.run("scan", str(file), "--fail-on", "none", timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        pytest.fail(f"a field of {len(FIELDS[name])} bytes keeps the scan busy for more than {PATIENCE} s")
    assert done.returncode in (0, 3), done.stderr


LINES = {
    "dpkg-maintainer.status": b"Package: kesl\nStatus: install ok installed\nVersion: 1\nMaintainer: ("
    + b"@" * 60_000
    + b"\n\n",
    "dpkg-continuation.status": b"Package: kesl\nStatus: install ok installed\nDescription: a\n" + b" x\n" * 100_000,
    "lease-quotes.leases": b"lease 192.0.2.9 {\n" + b'client-hostname "' + b"\\" * N + b"\n}\n",
    "lease-words.leases": b"lease 192.0.2.9 {\n" + b"word " * N + b";\n}\n",
    "zeek-escapes.log": composed.ZEEK + b"1.0\tC\t192.0.2.9\t1\t192.0.2.1\t53\t" + b"\\x41" * N + b"\t-\n",
    "zeek-answers.log": composed.ZEEK + b"1.0\tC\t192.0.2.9\t1\t192.0.2.1\t53\ta.example\t" + b"a-b.c," * N + b"\n",
    "table-date.csv": composed.LEDGER + b"1" * N + b";Vendor;Kaspersky;1\n",
    "table-columns.csv": b"DisplayName,Publisher,"
    + b",".join(b"c%d" % n for n in range(100_000))
    + b"\n7-Zip,Igor"
    + b"," * 100_000,
    "table-rows-of-quotes.csv": composed.TABLE + b'"\n' * N,
}


@pytest.mark.parametrize("name", sorted(LINES))
def test_line_of_a_text_format_ends(tmp_path: Path, name: str) -> None:
    """A long line of a log, table or package database costs time in proportion to its length."""
    file = tmp_path / name
    file.write_bytes(LINES[name])
    try:
        done = composed.run("scan", str(file), "--fail-on", "none", timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        pytest.fail(f"{len(LINES[name])} bytes keep the scan busy for more than {PATIENCE} s")
    assert done.returncode in (0, 3), done.stderr


def test_long_name_is_printed_in_time(tmp_path: Path) -> None:
    """The name of an asset that is 10 MB long does not keep the terminal report busy."""
    file = tmp_path / "bom.json"
    file.write_bytes(composed.CYCLONEDX.replace(b'"shop"', b'"' + b"s" * 10_000_000 + b'"'))
    try:
        done = composed.run("scan", str(file), "--fail-on", "none", timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        pytest.fail(f"a name of 10 MB keeps the terminal report busy for more than {PATIENCE} s")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) < 1_000_000, "a person cannot read that; the JSON has it all"


def test_many_hosts_cost_in_proportion(tmp_path: Path) -> None:
    """An inventory of five thousand hosts with one product each is reported in seconds, not in their square."""
    rows = b"".join(b"ws-%d,Kaspersky Endpoint Security,12,AO Kaspersky Lab,\r\n" % n for n in range(5000))
    (tmp_path / "programs.csv").write_bytes(composed.TABLE + rows)
    arguments = ("scan", str(tmp_path), "--on", "2024-10-01", "--as", "us/reseller", "--fail-on", "none", "-o", "json")
    try:
        done = composed.run(*arguments, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        pytest.fail(f"5,000 exposures keep the scan busy for more than {PATIENCE} s")
    assert len(json.loads(done.stdout)["exposures"]) == 5000, "ws-7 stands in the sample too"


def test_organisation_file_that_nests_or_multiplies(tmp_path: Path) -> None:
    """An organisation's YAML that nests without end, or multiplies by aliases, is wrong usage and ends."""
    for at, text in enumerate(
        (
            "[" * 50_000,
            "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, *a]\n" for n in range(50)),
            "{" * 5000,
            "- " * 50_000 + "a",
        )
    ):
        file = tmp_path / f"{at}.yaml"
        file.write_text(text)
        done = composed.run("explain", "kaspersky", "--as", str(file), timeout=PATIENCE)
        assert done.returncode == 2, (at, done.returncode, done.stderr[-300:])
        assert b"Traceback" not in done.stderr
