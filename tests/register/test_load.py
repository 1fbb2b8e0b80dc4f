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
    assert (["register/cases/us-order.yaml:1"], []) == ([f for f, _ in load.cases(folder)[0]], load.cases(folder)[1])


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
    monkeypatch.setattr(yamlfile, "read_with_lines", lambda *_: pytest.fail("YAML was read"))
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
        (
            "register/measures/us/us-order.yaml:13: Invalid enum value 'prohibitted' - at $.provisions[0].modality;"
            " did you mean 'prohibited'?"
        ),
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
    """Both are faults of the file that breaks them, on the line of the id; the other file is named too."""
    small.change(folder, "authorities/us-office.yaml", "id: us-office", "# The office.\nid: us-bureau")
    copy = folder / "measures/ca/us-order.yaml"
    copy.parent.mkdir()
    copy.write_text((folder / "measures/us/us-order.yaml").read_text())
    small.change(folder, "indicators/maker.yaml", "id: maker-file", "id: maker-name")
    assert [
        "register/authorities/us-office.yaml:2: id 'us-bureau' must equal the file's name 'us-office'",
        "register/indicators/maker.yaml:13: id 'maker-name' is taken by register/indicators/maker.yaml:1",
        "register/measures/us/us-order.yaml:1: id 'us-order' is taken by register/measures/ca/us-order.yaml:1",
    ] == sorted(load.read(folder)[1])


def test_what_is_no_file_of_a_register_is_passed_over(folder: Path, cache: Path) -> None:
    """Notes, hidden files of editors and folders of other things do no harm and change no digest."""
    before = load.load(folder)
    for name in (
        "README.md",
        "measures/us/.us-order.yaml",
        "measures/.git/x.yaml",
        "notes/plan.yaml",
        "docs/page.md",
        "cases/a.md",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("id: [")
    assert (before, []) == load.read(folder)
    assert [before.sha256] == [load.load(folder).sha256 for _ in compiled(cache)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("measures/us/us-rule.yml", "measures/us/us-rule.yml is not read: only names that end with .yaml are"),
        ("parties/other.YAML", "parties/other.YAML is not read: only names that end with .yaml are"),
        ("indicators/more.json", "indicators/more.json is not read: only names that end with .yaml are"),
        ("measure/us/us-rule.yaml", "measure is no folder of a register; did you mean 'measures'?"),
        ("party/other.yaml", "party is no folder of a register; did you mean 'parties'?"),
    ],
)
def test_what_was_meant_to_be_read_is_told(folder: Path, name: str, told: str) -> None:
    """Law that would silently be left out is a fault."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("id: other\nname: Other\n")
    assert [f"register/{told}"] == load.read(folder)[1]


def test_links_are_followed_to_files_only(folder: Path, tmp_path: Path) -> None:
    """A link to a folder could lead anywhere, or in a circle: it is a fault and not a silent gap."""
    (tmp_path / "elsewhere.yaml").write_text("id: other\nname: Other\n")
    (folder / "parties/other.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    register, faults = load.read(folder)
    assert (["maker", "other"], []) == (list(register.parties), faults)
    (folder / "measures/loop").symlink_to(folder / "measures")
    (folder / "parties/gone.yaml").symlink_to(tmp_path / "nothing")
    assert [
        "register/measures/loop is no regular file: a link to a folder is not followed",
        "register/parties/gone.yaml is no regular file",
    ] == sorted(load.read(folder)[1])
    with pytest.raises(RegisterError):
        load.load(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_a_fault(folder: Path) -> None:
    """Nothing waits for what will never come."""
    os.mkfifo(folder / "documents/us-story.txt")
    os.mkfifo(folder / "parties/other.yaml")
    (folder / "layouts/folder.yaml").mkdir()
    assert [
        "register/documents/us-story.txt is no regular file",
        "register/parties/other.yaml is no regular file",
    ] == sorted(load.read(folder)[1])


def test_a_version_is_text(folder: Path) -> None:
    """A VERSION that is none is a fault like any other."""
    (folder / "VERSION").write_bytes(b"\xff\xfe")
    assert ["register/VERSION:1: cannot be read: not UTF-8"] == load.read(folder)[1]


def test_a_number_that_no_compiled_form_holds_does_no_harm(folder: Path, cache: Path) -> None:
    """The register is read from its files each time; the check complains."""
    small.change(folder, "measures/us/us-order.yaml", "every: 90", f"every: {10**30}")
    assert 10**30 == load.load(folder).measures["us-order"].review.every
    assert [] == compiled(cache)


def test_the_same_file_at_the_same_time_elsewhere_is_another_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two registers under the same relative name, as large and as old, are not taken for each other."""
    other = small.write(tmp_path / "other/register")
    small.change(other, "parties/maker.yaml", "country: NO", "country: SE")
    for top in (folder, other):
        for file in top.rglob("*"):
            os.utime(file, ns=(1, 1))
    monkeypatch.chdir(tmp_path)
    assert "NO" == load.load(Path("register")).parties["maker"].country
    monkeypatch.chdir(tmp_path / "other")
    assert "SE" == load.load(Path("register")).parties["maker"].country


def test_a_file_with_its_old_time_is_read_again(folder: Path) -> None:
    """Tools that set the time of every file to the same moment do not hide a change of equal length."""
    load.load(folder)
    for name, old, new in (("VERSION", "08.01", "08.02"), ("parties/maker.yaml", "country: NO", "country: SE")):
        before = (folder / name).stat().st_mtime_ns
        small.change(folder, name, old, new)
        os.utime(folder / name, ns=(before, before))
    after = load.load(folder)
    assert ("2024.08.02", "SE") == (after.version, after.parties["maker"].country)


def test_old_compiled_forms_are_thrown_away(folder: Path, cache: Path) -> None:
    """However often a register changes, only some of its compiled forms stay, the newest of all among them."""
    (cache / "debar").mkdir()
    (cache / "debar/notes.txt").write_text("mine")
    for number in range(load.KEPT + 5):
        (folder / "VERSION").write_text(f"2024.08.01.{number}\n")
        load.load(folder)
    assert load.KEPT == len(compiled(cache))
    newest = max(compiled(cache), key=lambda file: file.stat().st_mtime_ns)
    assert f"2024.08.01.{load.KEPT + 4}" == msgspec.msgpack.decode(newest.read_bytes(), type=Register).version
    assert "mine" == (cache / "debar/notes.txt").read_text()


@pytest.mark.parametrize("word", ["kaspersky", "Kaspersky", "KASPERSKY LAB", "АО «Лаборатория Касперского»"])
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
