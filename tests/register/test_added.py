# SPDX-License-Identifier: Apache-2.0
"""Promises about what an organisation adds to the register: it counts like the rest, and harms nothing."""

import os
import shutil
from pathlib import Path

import msgspec
import pytest

import small
from debar.errors import RegisterError
from debar.register import Register, check, load, yamlfile

POLICY = "measures/own-policy.yaml"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty cache home of its own to every test."""
    home = tmp_path / "cache"
    home.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Give a small register on disk."""
    return small.write(tmp_path / "register")


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """Give what an organisation adds: a party, its own policy about it, and how to recognise it."""
    return small.write_own(tmp_path / "ours")


def told(base: Path, *added: Path) -> list[str]:
    """Give the faults of a load."""
    with pytest.raises(RegisterError) as e:
        load.load(base, added)
    return list(e.value.faults)


def test_what_is_added_counts_like_the_rest(base: Path, ours: Path) -> None:
    """Each part has the nouns of both, in the order of ids; the register tells what was added, by name only."""
    found, alone = load.load(base, [ours]), load.load(base)
    assert ["own-board", "us-office"] == list(found.authorities)
    assert ["own-minutes", "us-order-text", "us-report"] == list(found.documents)
    assert ["maker", "other"] == list(found.parties)
    assert ["own-policy", "us-order"] == list(found.measures)
    assert ["maker-file", "maker-name", "other-name"] == [i.id for i in found.indicators]
    assert ["own-list", "programs"] == [layout.id for layout in found.layouts]
    assert (("ours",), ()) == (found.added, alone.added)
    assert found.version == alone.version
    assert len({found.sha256, alone.sha256, load.digest(ours)}) == 3
    assert (load.digest(base), load.digest(base, ours)) == (alone.sha256, found.sha256)
    assert [] == check.faults(base, small.TODAY, [ours])[1]
    files = ["ours/cases/own-policy.yaml:1", "register/cases/us-order.yaml:1"]
    assert files == sorted(file for file, _ in load.cases(base, ours)[0])


def test_several_directories_can_be_added(base: Path, ours: Path, tmp_path: Path) -> None:
    """Each of them once, and none needs more than one folder."""
    (tmp_path / "theirs/parties").mkdir(parents=True)
    (tmp_path / "theirs/parties/third.yaml").write_text("id: third\nname: Third\n")
    found = load.load(base, [ours, tmp_path / "theirs", tmp_path / "x/../ours"])
    assert ("ours", "theirs") == found.added
    assert ["maker", "other", "third"] == list(found.parties)


def test_a_moved_file_changes_the_digest(base: Path, ours: Path, tmp_path: Path) -> None:
    """It is not the same whether the register or an organisation says something."""
    before = load.load(base, [ours]).sha256
    (ours / "parties/other.yaml").rename(base / "parties/other.yaml")
    assert before != load.load(base, [ours]).sha256


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("authorities/us-office.yaml", 1),
        ("documents/us-report.yaml", 1),
        ("layouts/programs.yaml", 1),
        ("measures/us/us-order.yaml", 1),
        ("parties/maker.yaml", 1),
    ],
)
def test_a_clash_names_both_files(base: Path, ours: Path, name: str, line: int) -> None:
    """Nothing of the register is overridden: an id that it has already is an error."""
    copy = ours / Path(name).parent.parts[0] / Path(name).name
    shutil.copy(base / name, copy)
    id_ = copy.stem
    said = f"ours/{copy.relative_to(ours).as_posix()}:1: id {id_!r} is taken by register/{name}:{line}"
    assert [said] == told(base, ours) == load.read(base, [ours])[1]


def test_a_clash_of_indicators_names_both_places(base: Path, ours: Path) -> None:
    """Many stand in a file, so the lines are named too."""
    small.change(ours, "indicators/own.yaml", "id: other-name", "id: maker-file")
    said = "ours/indicators/own.yaml:1: id 'maker-file' is taken by register/indicators/maker.yaml:13"
    assert [said] == told(base, ours)


def test_an_id_of_another_part_is_taken_too(base: Path, ours: Path) -> None:
    """A party of the organisation cannot be called like a measure of the register."""
    (ours / "parties/us-order.yaml").write_text("id: us-order\nname: Order\n")
    said = "ours/parties/us-order.yaml:1: id 'us-order' is taken by register/measures/us/us-order.yaml:1"
    assert [said] == told(base, ours)


def test_where_two_disagree_the_addition_is_at_fault(base: Path, ours: Path) -> None:
    """Its fault is not laid to the register, though its id comes first: nothing of it may slip through."""
    ask = "    conditions: [{{id: c, fact: made_in, needs: When was it made?{}}}]\n    text: "
    small.change(base, "measures/us/us-order.yaml", "    text: ", ask.format(', before: "2027"'))
    small.change(ours, POLICY, "    text: ", ask.format(""))
    small.change(ours, "parties/other.yaml", "id: other", "id: another")
    (ours / "parties/other.yaml").rename(ours / "parties/another.yaml")
    for name in (POLICY, "indicators/own.yaml"):
        (ours / name).write_text(
            (ours / name).read_text().replace("other]", "another]").replace("party: other", "party: another")
        )
    small.change(ours, "parties/another.yaml", "name: Other", "name: Maker")
    assert [
        "ours/measures/own-policy.yaml:17: fact made_in is asked for in words here, but as a date in us-order",
        "ours/parties/another.yaml:2: 'Maker' is a name of maker too, and the two have no relation",
    ] == told(base, ours)


def test_directories_of_one_name_are_told_apart(base: Path, tmp_path: Path) -> None:
    """Where the last part of the path would name both, messages name the whole."""
    other = small.write_own(tmp_path / "inner/register")
    shutil.copy(base / "parties/maker.yaml", other / "parties/maker.yaml")
    assert [f"{other}/parties/maker.yaml:1: id 'maker' is taken by {base}/parties/maker.yaml:1"] == told(base, other)


def test_a_whole_register_is_no_addition(base: Path, tmp_path: Path) -> None:
    """Whoever wanted to use another register is told how."""
    copy = shutil.copytree(base, tmp_path / "copy")
    with pytest.raises(RegisterError) as e:
        load.load(base, [copy])
    assert "--base-register" in e.value.hint
    assert len(e.value.faults) == 8


def test_what_is_no_directory_of_a_register_is_told(base: Path, tmp_path: Path) -> None:
    """Missing, a file, or without any of the folders."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    parts = (
        "authorities, calendars, calibration, documents, embeddings, forms, indicators, layouts, lexicon, measures,"
        " parties, protection"
    )
    assert [
        f"{tmp_path}/nowhere: no register here: there is no such directory",
        f"{tmp_path}/file: no register here: there is no such directory",
        f"{tmp_path}/empty: no register here: it has none of {parts}",
    ] == told(base, tmp_path / "nowhere", tmp_path / "file", tmp_path / "empty")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (POLICY, "modality: prohibited", "modality: prohibitd", "10: Invalid enum value 'prohibitd' - at $.provisions[0].modality; did you mean 'prohibited'?"),
        (POLICY, "addressees:", "adressees:", "12: Object contains unknown field `adressees` - at $.provisions[0]; did you mean 'addressees'?"),
        (POLICY, "parties: [other]", "parties: [othr]", "13: provision ban: party 'othr' is not in the register; did you mean 'other'?"),
        (POLICY, "authority: own-board", "authority: own-bord", "3: authority 'own-bord' is not in the register; did you mean 'own-board'?"),
        (POLICY, 'applies_from: "2024-07-01"', "applies_from: July", "14: provision ban: applies_from: 'July' is neither a date nor an instant"),
        ("indicators/own.yaml", "party: other", "party: another", "2: party 'another' is not in the register; did you mean 'other'?"),
        ("layouts/own-list.yaml", "{name: [thing]}", "{nme: [thing]}", "7: kind of observable 'nme' is not in the register; did you mean 'name'?"),
        ("authorities/own-board.yaml", "Europe/Vilnius", "Europe/Vilna", "5: time zone 'Europe/Vilna' is not known"),
        ("documents/own-minutes.yaml", "grade: primary", "grade: prime", "5: Invalid enum value 'prime' - at $.grade"),
    ],
)  # fmt: skip
def test_what_is_added_must_hold_together(base: Path, ours: Path, name: str, old: str, new: str, said: str) -> None:
    """A slip in it stops every verb with file and line, before it could change an answer."""
    small.change(ours, name, old, new)
    faults = told(base, ours)
    assert f"ours/{name}:{said}" in faults[0]
    assert faults == check.faults(base, small.TODAY, [ours])[1]


def test_age_is_no_obstacle(base: Path, ours: Path) -> None:
    """An overdue review is told by the check; nothing stops working because time goes by."""
    small.change(ours, POLICY, 'last: "2024-07-01"', 'last: "2001-07-01"')
    assert "own-policy" in load.load(base, [ours]).measures
    assert 1 == len(check.faults(base, small.TODAY, [ours])[1])


def test_what_was_released_is_not_checked_again(base: Path, ours: Path) -> None:
    """A fault of the register that a newer program would find does not stop those who add to it."""
    small.change(base, "parties/maker.yaml", "quote: products of Maker", "quote: nonsense")
    assert "other" in load.load(base, [ours]).parties


HOSTILE = {
    "bomb": b"id: &a [x, x]\nname: [*a, *a]\n",
    "nul": b"id: other\nname: \x00\n",
    "huge": b"id: other\nname: " + b"x" * (yamlfile.LARGEST + 1),
    "deep": b"id: " + b"[" * 100_000,
    "utf-16": "id: other\n".encode("utf-16"),
    "latin-1": "name: Größe\n".encode("latin-1"),
    "empty": b"",
    "binary": bytes(range(256)) * 100,
    "list": b"- a\n- b\n",
    "documents": b"id: a\n---\nid: b\n",
    "tag": b"!!python/object/apply:os.system ['true']\n",
    "numbers": b"1: 2\n",
    "brackets": b"{" * 60,
    "quotes": b'id: "' + b"\\" * 9 + b"\n",
    "surrogate": b'id: "\\ud800"\n',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(
    "part",
    [
        "authorities",
        "calendars",
        "calibration",
        "documents",
        "embeddings",
        "indicators",
        "layouts",
        "measures",
        "parties",
    ],
)
def test_a_hostile_file_is_one_fault(base: Path, ours: Path, part: str, content: bytes) -> None:
    """Whatever is in it, there is a line about that file and none about others."""
    (ours / part).mkdir(exist_ok=True)
    (ours / part / "evil.yaml").write_bytes(content)
    (fault,) = told(base, ours)
    assert fault.startswith(f"ours/{part}/evil.yaml:")
    assert int(fault.split(":")[1]) >= 1
    assert [fault] == check.faults(base, small.TODAY, [ours])[1]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"[sec-1]\n\x00\n", b"x" * 100, b""], ids=["utf-16", "nul", "x", "empty"]
)
def test_a_hostile_text_is_a_fault(base: Path, ours: Path, content: bytes) -> None:
    """A stored text that is none, or not the one that was stored."""
    (ours / "documents/own-minutes.txt").write_bytes(content)
    faults = told(base, ours)
    assert faults
    assert all(fault.startswith("ours/documents/own-minutes.") for fault in faults)


def test_a_text_beyond_all_measure_is_not_read(base: Path, ours: Path) -> None:
    """It is refused by its size."""
    with (ours / "documents/own-minutes.txt").open("wb") as file:
        file.truncate((16 << 20) + 1)
    assert "ours/documents/own-minutes.txt:1: larger than 16 MiB" in told(base, ours)


def test_a_case_that_cannot_be_read_is_told(base: Path, ours: Path) -> None:
    """Worked cases of the organisation are read as strictly as the rest."""
    (ours / "cases/own-policy.yaml").write_bytes(HOSTILE["nul"])
    assert ["ours/cases/own-policy.yaml:2: not YAML: control characters are not allowed"] == load.cases(base, ours)[1]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read by anybody")
@pytest.mark.parametrize("name", ["parties/evil.yaml", "documents/own-minutes.txt"])
def test_a_file_that_breaks_while_it_is_read_is_a_fault(base: Path, ours: Path, name: str) -> None:
    """The digest cannot be told either; asked for alone, it is an error of the system."""
    (ours / name).symlink_to("/proc/self/mem")
    said = f"ours/{name}:1: Input/output error"
    assert [said] == told(base, ours)
    assert said in check.faults(base, small.TODAY, [ours])[1]
    with pytest.raises(OSError, match="Input/output error"):
        load.digest(base, ours)


def test_names_that_are_no_text_do_no_harm(base: Path, tmp_path: Path) -> None:
    """File systems know names that are none in UTF-8: such a directory works, and a file of it can be complained of."""
    odd = tmp_path / os.fsdecode(b"ours-\xff")
    try:
        small.write_own(odd)
    except OSError:
        pytest.skip("the file system refuses such names")
    assert ("ours-\ufffd",) == load.load(base, [odd]).added
    (odd / "parties" / os.fsdecode(b"evil-\xff.yaml")).write_text("id: [")
    assert ["ours-\ufffd/parties/evil-\ufffd.yaml:2: not YAML: did not find expected node content"] == told(base, odd)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to us")
@pytest.mark.parametrize("name", ["parties/other.yaml", "documents/own-minutes.txt", "measures"])
def test_what_may_not_be_read_is_a_fault(base: Path, ours: Path, name: str) -> None:
    """It is told and never left out."""
    (ours / "documents/own-minutes.txt").write_text("x")
    (ours / name).chmod(0)
    try:
        assert any(fault.startswith(f"ours/{name}") for fault in told(base, ours))
    finally:
        (ours / name).chmod(0o700)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("parties/other.yaml", "name: Other", "name: Othre"),
        ("documents/own-minutes.yaml", "title: Minutes", "title: Minute"),
        (POLICY, "2024-07-01", "2024-07-02"),
        ("indicators/own.yaml", "level: 4", "level: 3"),
        ("layouts/own-list.yaml", "title: List", "title: Lists"),
        ("authorities/own-board.yaml", "Europe/Vilnius", "Europe/Riga"),
    ],
)
def test_a_change_of_what_was_added_is_noticed(base: Path, ours: Path, name: str, old: str, new: str) -> None:
    """The compiled form is made anew, even when the file is as long and as old as it was."""
    before = load.load(base, [ours])
    age = (ours / name).stat().st_mtime_ns
    small.change(ours, name, old, new)
    os.utime(ours / name, ns=(age, age))
    after = load.load(base, [ours])
    assert before.sha256 != after.sha256
    assert load.read(base, [ours])[0] == after


def test_added_and_removed_files_of_an_added_directory_are_noticed(base: Path, ours: Path) -> None:
    """In folders that were there and in new ones."""
    load.load(base, [ours])
    new = ours / "parties/inner/third.yaml"
    new.parent.mkdir()
    new.write_text("id: third\nname: Third\n")
    assert "third" in load.load(base, [ours]).parties
    new.unlink()
    assert "third" not in load.load(base, [ours]).parties


def test_the_compiled_form_is_used(base: Path, ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second load with the same directories reads no YAML; another choice of directories is another form."""
    both, alone = load.load(base, [ours]), load.load(base)
    monkeypatch.setattr(yamlfile, "read_with_lines", lambda *_: pytest.fail("YAML was read"))
    assert both == load.load(base, [ours])
    assert alone == load.load(base)
    assert both != alone


@pytest.mark.parametrize("garbage", [b"", b"nonsense", msgspec.msgpack.encode({"version": "x"}), b"\xc1" * 99])
def test_a_broken_compiled_form_is_ignored(base: Path, ours: Path, cache: Path, garbage: bytes) -> None:
    """It is made anew, with what was added."""
    fresh = load.load(base, [ours])
    (file,) = cache.rglob("*.msgpack")
    file.write_bytes(garbage)
    assert fresh == load.load(base, [ours])
    assert fresh == msgspec.msgpack.decode(file.read_bytes(), type=Register)


def test_faults_are_never_compiled(base: Path, ours: Path, cache: Path) -> None:
    """Nothing is kept of an addition that does not hold together."""
    small.change(ours, POLICY, "parties: [other]", "parties: [othr]")
    told(base, ours)
    assert [] == list(cache.rglob("*.msgpack"))
