# SPDX-License-Identifier: Apache-2.0
"""Promises about loading: the register from its files, and the compiled form that makes it quick."""

import os
from pathlib import Path

import msgspec
import pytest
import small

from debar.errors import RegisterError, UsageError
from debar.register import Register, load, yamlfile


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty cache home of its own to every test."""
    home = tmp_path / "cache"
    home.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register on disk."""
    return small.write(tmp_path / "register")


def compiled(cache: Path) -> list[Path]:
    """Give the compiled registers in a cache."""
    return sorted(cache.rglob("*.msgpack"))


def test_every_part_is_read_by_id(folder: Path) -> None:
    """Each folder's files are there, under their ids, with the version of the whole."""
    register, faults = load.read(folder)
    assert [] == faults
    assert "2024.08.01" == register.version
    assert ["us-office"] == list(register.authorities)
    assert ["us-order-text", "us-report"] == list(register.documents)
    assert ["us-order"] == list(register.measures)
    assert ["maker"] == list(register.parties)
    assert ["maker-file", "maker-name"] == [i.id for i in register.indicators]
    assert ["programs"] == [layout.id for layout in register.layouts]
    assert "NO" == register.parties["maker"].country
    assert (["register/cases/us-order.yaml"], []) == ([f for f, _ in load.cases(folder)[0]], load.cases(folder)[1])


def test_the_compiled_form_is_the_register(folder: Path, cache: Path) -> None:
    """The second load gives what the first gave, from one file of the owner's."""
    fresh = load.load(folder)
    (file,) = compiled(cache)
    assert 0 == file.parent.stat().st_mode & 0o077
    assert fresh == load.load(folder) == load.read(folder)[0]
    assert [file] == compiled(cache)


def test_the_compiled_form_is_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second load does not read YAML at all."""
    fresh = load.load(folder)
    monkeypatch.setattr(yamlfile, "read", lambda *_: pytest.fail("YAML was read"))
    assert fresh == load.load(folder)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("VERSION", "2024.08.01", "2024.08.02"),
        ("parties/maker.yaml", "country: NO", "country: SE"),
        ("documents/us-order-text.txt", "never", "tomorrow"),
        ("measures/us/us-order.yaml", "2024-07-20", "2024-07-21"),
        ("indicators/maker.yaml", "level: 4", "level: 3"),
    ],
)
def test_a_changed_file_is_read_again(folder: Path, name: str, old: str, new: str) -> None:
    """Whatever an answer can depend on makes the compiled form stale, and another digest."""
    before = load.load(folder)
    small.change(folder, name, old, new)
    os.utime(folder / name, ns=(1, 1))  # a coarse clock must not hide the change
    after = load.load(folder)
    assert before.sha256 != after.sha256
    assert after == load.read(folder)[0]


def test_added_and_removed_files_are_noticed(folder: Path) -> None:
    """A new party is there on the next load, and gone when its file is."""
    load.load(folder)
    extra = folder / "parties/other.yaml"
    extra.write_text("id: other\nname: Other\n")
    assert ["maker", "other"] == list(load.load(folder).parties)
    extra.unlink()
    assert ["maker"] == list(load.load(folder).parties)


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\x00", b"nonsense", msgspec.msgpack.encode({"version": "x"}), msgspec.msgpack.encode([1, 2]), b"\xc1" * 99],
)
def test_a_broken_compiled_form_is_not_used(folder: Path, cache: Path, garbage: bytes) -> None:
    """What is not a register is read afresh and written anew."""
    fresh = load.load(folder)
    (file,) = compiled(cache)
    file.write_bytes(garbage)
    assert fresh == load.load(folder)
    assert fresh == msgspec.msgpack.decode(file.read_bytes(), type=Register)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_compiled_form_is_not_used(folder: Path, cache: Path, part: float) -> None:
    """A write that was cut short does no harm."""
    fresh = load.load(folder)
    (file,) = compiled(cache)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])
    assert fresh == load.load(folder)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_a_compiled_form_of_somebody_else_is_not_used(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law that another user could have written is not believed."""
    fresh = load.load(folder)
    (file,) = compiled(cache)
    file.write_bytes(msgspec.msgpack.encode(msgspec.structs.replace(fresh, version="forged")))
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert fresh == load.load(folder)


@pytest.mark.parametrize("home", ["/dev/null", "/proc/nothing", "relative/place", ""])
def test_a_cache_that_cannot_be_written_is_no_error(folder: Path, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place for it there is no compiled form, and the register is read all the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    monkeypatch.setenv("HOME", "/dev/null")
    assert load.read(folder)[0] == load.load(folder)


def test_a_cache_folder_that_is_a_file_is_no_error(folder: Path, cache: Path) -> None:
    """Something else in the cache's place is left alone."""
    (cache / "debar").write_text("mine")
    assert load.read(folder)[0] == load.load(folder)
    assert "mine" == (cache / "debar").read_text()


def test_a_register_with_faults_is_never_compiled(folder: Path, cache: Path) -> None:
    """Every fault is told at once, and nothing is kept."""
    small.change(folder, "measures/us/us-order.yaml", "modality: prohibited", "modality: prohibitted")
    small.change(folder, "parties/maker.yaml", "country: NO", "land: NO")
    with pytest.raises(RegisterError) as e:
        load.load(folder)
    assert [
        "register/measures/us/us-order.yaml:13: Invalid enum value 'prohibitted' - at $.provisions[0].modality",
        "register/parties/maker.yaml:3: Object contains unknown field `land`",
    ] == sorted(e.value.faults)
    assert [] == compiled(cache)


def test_a_place_without_register_is_told(tmp_path: Path) -> None:
    """A directory that holds no register is named."""
    with pytest.raises(RegisterError, match="no register here"):
        load.load(tmp_path)


def test_the_digest_is_over_names_and_contents(folder: Path) -> None:
    """A moved or renamed file changes it; a worked case or a note beside the register does not."""
    before = load.digest(folder)
    (folder / "README.md").write_text("x")
    small.change(folder, "cases/us-order.yaml", "a firm", "a shop")
    assert before == load.digest(folder)
    (folder / "documents/us-report.yaml").rename(folder / "documents/us-story.yaml")
    assert before != load.digest(folder)


def test_an_id_is_its_files_name_and_unique(folder: Path) -> None:
    """Both are faults of the file that breaks them."""
    small.change(folder, "authorities/us-office.yaml", "id: us-office", "id: us-bureau")
    copy = folder / "measures/ca/us-order.yaml"
    copy.parent.mkdir()
    copy.write_text((folder / "measures/us/us-order.yaml").read_text())
    faults = load.read(folder)[1]
    assert "register/authorities/us-office.yaml:1: id 'us-bureau' must equal the file's name 'us-office'" in faults
    assert any("us-order.yaml:1: id 'us-order' is taken by another file" in fault for fault in faults)


@pytest.mark.parametrize("word", ["kaspersky", "Kaspersky", "KASPERSKY LAB", "АО «Лаборатория Касперского»"])  # noqa: RUF001
def test_a_party_is_found_by_every_name(word: str, register: Register) -> None:
    """Id, name, alias and legal name lead to it, without regard to case."""
    assert "kaspersky" == register.party(word).id


def test_a_mistyped_party_or_product_is_corrected(register: Register) -> None:
    """The nearest one is offered."""
    with pytest.raises(UsageError, match="did you mean 'kaspersky'"):
        register.party("kaspersy")
    with pytest.raises(UsageError, match="did you mean 'endpoint-security'"):
        register.product(register.parties["kaspersky"], "endpoint-securty")


@pytest.mark.parametrize("word", ["endpoint-security", "Kaspersky Endpoint Security", "kes", "ENDPOINT-SECURITY"])
def test_a_product_is_found_by_every_name(word: str, register: Register) -> None:
    """Id, name and alias lead to it, without regard to case."""
    assert "endpoint-security" == register.product(register.parties["kaspersky"], word).id
