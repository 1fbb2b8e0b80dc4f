# SPDX-License-Identifier: Apache-2.0
"""Promises that every reader of packages keeps, whatever it is given."""

from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.readers import load, packages
from debar.readers.rows import Form
from opened import opened

if TYPE_CHECKING:
    from debar.readers.inputs import Input

BEGINNINGS = {
    "dpkg": b"Package: a\nStatus: install ok installed\n",
    "chisel": b'{"jsonwall":"1.0"}\n{"kind":"package","name":"a"}\n',
    "rpm": b"RpmP" + b"\0" * 8 + b"\1\0\0\0" + b"\0" * 16 + b"Slot\1\0\0\0\0\1\0\0",
    "freebsd-pkg": b"SQLite format 3\0",
    "apk": b"P:a\nV:1\n",
    "pacman": b"%NAME%\na\n",
    "portage": b"a-1.0\n",
    "flatpak": b"[Application]\nname=a\n",
    "appstream": b"<component><id>a</id>",
    "snap": b"name: a\n",
    "nix": b'{"elements": {"a": {"storePaths": [',
    "homebrew": b'{"formulae": [{"name": "a", "installed": [',
    "nuspec": b"<package><metadata><id>a</id>",
    "winget": b'{"Sources": [{"Packages": [',
    "package-export": b'{"installedPackages": [{"name": "a"',
    "modinfo": b"filename: /lib/a.ko\n",
    "dism": b"Package Identity : a~31bf3856ad364e35~amd64~~1.0\n",
    "package-info": b"Name : a\nVersion : 1\n",
    "package-table": b"||/ Name Version\nii a 1 all b\n",
    "package-list": b"a-1-1.noarch\n",
}
JSON = ("chisel", "nix", "homebrew", "winget", "package-export")
KEYS = ["elements", "storePaths", "formulae", "casks", "installed", "name", "Sources", "Packages", "spec", "nodes", "apps",
        "PackageIdentifier", "homebrew_version", "source", "kind", "urls", "versions", "meta", "installedPackages"]  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


def read(name: str, content: bytes) -> Input:
    """Read all of a content with a reader; what cannot be read may say so, and nothing else."""
    reader = next(row for row in packages.ROWS if row.name == name)
    source = opened(content)
    with suppress(SourceError):
        assert all(observation.label for observation in load(reader)(source))
    return source


def test_every_reader_is_tried() -> None:
    """A new reader is put to the tests below, too."""
    assert sorted(row.name for row in packages.ROWS) == sorted(BEGINNINGS)


@pytest.mark.parametrize("name", sorted(BEGINNINGS))
@settings(max_examples=40)
@given(rest=st.binary(max_size=300))
def test_any_bytes_are_survived(name: str, rest: bytes) -> None:
    """Whatever follows a sound beginning, reading ends, with an error that has a message at most."""
    assert read(name, BEGINNINGS[name] + rest).tally.total() >= 0


@pytest.mark.parametrize("name", JSON)
@settings(max_examples=60)
@given(document=st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5))
def test_json_of_any_shape_is_survived(name: str, document: object) -> None:
    """A list where a text was expected, null, numbers: each costs its place only."""
    assert read(name, json.dumps(document).encode()).tally.total() >= 0


@pytest.mark.parametrize("name", sorted(BEGINNINGS))
def test_truncated_beginning_is_survived(name: str) -> None:
    """A file that ends anywhere is no crash."""
    whole = BEGINNINGS[name]
    assert [read(name, whole[:end]).tally.total() >= 0 for end in range(1, len(whole))]


@pytest.mark.parametrize(
    "unit", ["a-1", "-1", " ", "\n", "\t", "<!---->", "<package><metadata>", "a: b~", "a.", "Id  "]
)
def test_recognition_costs_no_time_whatever_the_beginning(unit: str) -> None:
    """No mark takes more than a moment on 64 KiB that were made to be slow."""
    head = unit * (65536 // len(unit))
    for row in packages.ROWS:
        for mark in row.marks:
            if mark.form is not Form.BYTES:
                started = time.process_time()
                re.compile(mark.pattern, re.MULTILINE).search(f"{mark.needs}{head}{mark.needs}")
                assert time.process_time() - started < 2, mark.pattern


def test_entities_are_refused() -> None:
    """Metadata that declares entities is an attack."""
    bomb = '<!DOCTYPE component [<!ENTITY a "aaaa">]><component><id>&a;</id></component>'
    for name in ("appstream", "nuspec"):
        reader = next(row for row in packages.ROWS if row.name == name)
        with pytest.raises(SourceError, match="declares entities"):
            list(load(reader)(opened(bomb)))
