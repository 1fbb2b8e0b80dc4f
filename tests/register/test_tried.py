# SPDX-License-Identifier: Apache-2.0
"""Promises about own indicators that are kept: they are read and tried once, and never believed when anything changed."""

from __future__ import annotations

import itertools
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

import small
from debar.cli import main, register_options
from debar.errors import RegisterError
from debar.match import examples
from debar.register import load, own, tried, yamlfile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from debar.match.compile import Index
    from debar.register import Register

    Widen = Callable[[Register, Sequence[Path]], Register]

BLOCK = """\
- id: own-{word}
  party: maker
  kind: domain
  operator: suffix
  patterns: [{word}.example.com]
  level: 3
  examples: [{example}.example.com]
  counterexamples: []
  falsepositives: none known
  grade: secondary
  references: [made up]
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty cache home of its own to every test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "debar"


@pytest.fixture
def law(tmp_path: Path) -> Register:
    """Give a small register."""
    return load.read(small.write(tmp_path / "register"))[0]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Give a folder of an organisation's own indicators, as YAML and as a bundle."""
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "one.yaml").write_text(BLOCK.format(word="one", example="one"))
    (folder / "two.yaml").write_text(BLOCK.format(word="two", example="www.two"))
    pattern = {"type": "indicator", "id": "indicator--1", "pattern": "[domain-name:value = 'three.example.com']"}
    bundle = {"type": "bundle", "objects": [pattern | {"labels": ["debar-party:maker"]}]}
    (folder / "three.json").write_text(json.dumps(bundle))
    return folder


def forbidden(*_: object) -> Register:
    """Fail the test: what is kept was to be used."""
    pytest.fail("what was tried before was read again")


def counted() -> tuple[list[str], Widen]:
    """Give a way to read and try that notes the digest of each register it made."""
    made: list[str] = []

    def widen(law: Register, paths: Sequence[Path]) -> Register:
        wider = own.with_indicators(law, paths)
        made.append(wider.sha256)
        return wider

    return made, widen


def kept(cache: Path) -> list[Path]:
    """Give the kept indicators of a cache."""
    return sorted(cache.glob("indicators-*"))


def test_what_is_kept_is_what_was_read(law: Register, house: Path, cache: Path) -> None:
    """The second time nothing is read or tried, and the register is the same, from one file of the owner's."""
    first = tried.widened(law, [house], own.with_indicators)
    assert 3 == len(first.indicators) - len(law.indicators)
    (file,) = kept(cache)
    assert 0 == file.parent.stat().st_mode & 0o077
    assert first == tried.widened(law, [house], forbidden) == own.with_indicators(law, [house])
    assert [file] == kept(cache)


def test_a_scan_reads_and_tries_them_once(
    tmp_path: Path, house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second scan parses no YAML of theirs and tries no example, and says what the first said."""
    monkeypatch.setenv("DEBAR_BASE_REGISTER", str(small.write(tmp_path / "register")))
    (tmp_path / "dns.json").write_text(
        '{"ts":1714557600,"uid":"C1","id.orig_h":"10.0.0.1","query":"www.two.example.com"}\n'
    )
    scan = ["scan", str(tmp_path / "dns.json"), "--indicators", str(house), "--on", "2024-08-01", "-o", "json"]
    first = main(scan), capsys.readouterr().out
    assert "own-two" in first[1]
    for module, name in ((yamlfile, "read_with_lines"), (examples, "examples_fail")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("read or tried again"))
    assert first == (main(scan), capsys.readouterr().out)


def test_a_check_tries_them_each_time(tmp_path: Path, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`register check` rests on nothing that is kept."""
    folder = small.write(tmp_path / "register")
    small.change(folder, "measures/us/us-order.yaml", 'last: "2024-07-01"', f'last: "{datetime.now(UTC).date()}"')
    monkeypatch.setenv("DEBAR_BASE_REGISTER", str(folder))
    asked: list[frozenset[str]] = []

    def fail(_index: Index, only: frozenset[str] = frozenset()) -> list[str]:
        asked.append(only)
        return []

    monkeypatch.setattr(examples, "examples_fail", fail)
    for _ in range(2):
        assert main(["register", "check", "--indicators", str(house / "one.yaml")]) == 0
    assert 2 == asked.count(frozenset(["own-one"]))


def test_a_copy_elsewhere_is_the_same_under_its_own_name(law: Register, house: Path, tmp_path: Path) -> None:
    """Contents count and not where they lie; the register still names the folder that was given."""
    tried.widened(law, [house], own.with_indicators)
    moved = house.rename(tmp_path / "ours")
    found = tried.widened(law, [moved], forbidden)
    assert (own.with_indicators(law, [moved]), ("ours",)) == (found, found.added)


def test_the_digest_of_a_report_goes_by_the_order(law: Register, house: Path) -> None:
    """Files that are given in another order make another digest, kept or not, as they always did."""
    files = [house / "one.yaml", house / "two.yaml", house / "three.json"]
    for order in itertools.permutations(files):
        fresh = own.with_indicators(law, order)
        assert fresh == tried.widened(law, order, own.with_indicators) == tried.widened(law, order, forbidden)


def _changed_law(law: Register, _house: Path, _monkeypatch: pytest.MonkeyPatch) -> Register:
    return msgspec.structs.replace(law, sha256="0" * 64)


def _changed_file(law: Register, house: Path, _monkeypatch: pytest.MonkeyPatch) -> Register:
    file = house / "one.yaml"
    about = file.stat()
    file.write_text(file.read_text().replace("level: 3", "level: 2"))
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    return law


def _another_file(law: Register, house: Path, _monkeypatch: pytest.MonkeyPatch) -> Register:
    (house / "four.yaml").write_text(BLOCK.format(word="four", example="four"))
    return law


def _one_file_less(law: Register, house: Path, _monkeypatch: pytest.MonkeyPatch) -> Register:
    (house / "two.yaml").unlink()
    return law


def _another_release(law: Register, _house: Path, monkeypatch: pytest.MonkeyPatch) -> Register:
    monkeypatch.setattr(tried, "VERSION", "0.0.0")
    return law


def _other_code(law: Register, _house: Path, monkeypatch: pytest.MonkeyPatch) -> Register:
    stamps = tried._stamps()
    monkeypatch.setattr(tried, "_stamps", lambda: [*stamps[:-1], stamps[-1] + "1"])
    return law


@pytest.mark.parametrize(
    "change", [_changed_law, _changed_file, _another_file, _one_file_less, _another_release, _other_code]
)
def test_what_changed_is_read_again(
    law: Register,
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Register, Path, pytest.MonkeyPatch], Register],
) -> None:
    """Whatever the outcome can depend on makes what is kept stale: the register, a file, the release, the program."""
    made, widen = counted()
    tried.widened(law, [house], widen)
    changed = change(law, house, monkeypatch)
    assert own.with_indicators(changed, [house]) == tried.widened(changed, [house], widen)
    assert 2 == len(made)


def test_a_name_that_says_another_format_is_read_again(law: Register, house: Path) -> None:
    """A bundle under a name of YAML is refused, although its contents were tried before."""
    tried.widened(law, [house / "three.json"], own.with_indicators)
    renamed = (house / "three.json").rename(house / "three.yaml")
    with pytest.raises(RegisterError):
        tried.widened(law, [renamed], own.with_indicators)


def test_every_module_that_decides_is_looked_at() -> None:
    """The modules that read, check and try indicators are all among those whose change is noticed."""
    stamped = {stamp.split("\0")[1].strip("/") for stamp in tried._stamps()}
    deciding = {
        "automaton.py",
        "dates.py",
        "identity.py",
        "match/compile.py",
        "match/examples.py",
        "match/kernel.py",
        "model/inventory.py",
        "model/vocab/__init__.py",
        "ranges.py",
        "register/checks/indicators.py",
        "register/checks/names.py",
        "register/checks/times.py",
        "register/own.py",
        "register/shape.py",
        "register/stix.py",
        "register/stix_terms.py",
        "register/tried.py",
        "register/yamlfile.py",
        "text.py",
    }
    assert set() == deciding - stamped


@pytest.mark.parametrize("fault", ["level: 3", "party: maker", "examples: [one"])
def test_faults_are_never_kept(law: Register, house: Path, cache: Path, fault: str) -> None:
    """What is refused is refused each time, with the same words, and leaves nothing behind."""
    file = house / "one.yaml"
    file.write_text(file.read_text().replace(fault, fault + "x"))
    said = []
    for _ in range(2):
        with pytest.raises(RegisterError) as refused:
            tried.widened(law, [house], register_options.with_own_indicators)
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert [] == kept(cache)


def test_a_missing_folder_is_a_fault_also_beside_what_was_tried(law: Register, house: Path, tmp_path: Path) -> None:
    """A path without any indicator is told, whatever is kept of the others."""
    tried.widened(law, [house], own.with_indicators)
    with pytest.raises(RegisterError, match="missing: is no file or folder"):
        tried.widened(law, [house, tmp_path / "missing"], own.with_indicators)


def test_what_changes_while_it_is_read_is_not_kept(law: Register, house: Path, cache: Path) -> None:
    """A file that is written to while it is read may have been read half: the next run reads it again."""

    def widen(law: Register, paths: Sequence[Path]) -> Register:
        wider = own.with_indicators(law, paths)
        (house / "one.yaml").write_text(BLOCK.format(word="late", example="late"))
        return wider

    tried.widened(law, [house], widen)
    assert [] == kept(cache)


def test_one_wrong_byte_is_enough(law: Register, house: Path, cache: Path) -> None:
    """Kept indicators with any one byte altered are not believed, also where they could still be decoded."""
    made, widen = counted()
    first = tried.widened(law, [house / "one.yaml"], widen)
    (file,) = kept(cache)
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert first == tried.widened(law, [house / "one.yaml"], widen)
    assert 1 + len(whole) == len(made)
    assert whole == file.read_bytes()


@pytest.mark.parametrize("part", [0.0, 0.05, 0.5, 0.99])
def test_what_was_cut_short_is_made_again(law: Register, house: Path, cache: Path, part: float) -> None:
    """A write that was cut short does no harm."""
    made, widen = counted()
    first = tried.widened(law, [house], widen)
    (file,) = kept(cache)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])
    assert first == tried.widened(law, [house], widen)
    assert 2 == len(made)


def test_what_is_kept_of_other_files_is_not_taken_for_these(law: Register, house: Path, cache: Path) -> None:
    """A kept file that somebody moved to another's name is whole, and yet not believed."""
    made, widen = counted()
    tried.widened(law, [house / "one.yaml"], widen)
    (one,) = kept(cache)
    tried.widened(law, [house / "two.yaml"], widen)
    (two,) = [file for file in kept(cache) if file != one]
    one.replace(two)
    assert own.with_indicators(law, [house / "two.yaml"]) == tried.widened(law, [house / "two.yaml"], widen)
    assert 3 == len(made)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_what_somebody_else_kept_is_not_believed(law: Register, house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indicators that another user could have written are read from their files."""
    made, widen = counted()
    first = tried.widened(law, [house], widen)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert first == tried.widened(law, [house], widen)
    assert 2 == len(made)


def test_no_more_are_kept_than_are_of_use(law: Register, tmp_path: Path, cache: Path) -> None:
    """Changes do not fill the disk."""
    file = tmp_path / "one.yaml"
    for number in range(tried.KEPT + 3):
        file.write_text(BLOCK.format(word=f"w{number}", example=f"w{number}"))
        tried.widened(law, [file], own.with_indicators)
    assert tried.KEPT == len(kept(cache))


@pytest.mark.parametrize("home", ["relative", "/dev/null"])
def test_no_place_to_keep_them_is_no_error(
    law: Register, house: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    """Where nothing can be kept, they are read each time."""
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    made, widen = counted()
    assert tried.widened(law, [house], widen) == tried.widened(law, [house], widen)
    assert 2 == len(made)


def test_those_of_the_register_are_given_back(law: Register, tmp_path: Path) -> None:
    """Indicators that the register has already add nothing, the second time as well."""
    again = tmp_path / "register" / "indicators"
    assert law.indicators == tried.widened(law, [again], own.with_indicators).indicators
    assert law.indicators == tried.widened(law, [again], forbidden).indicators
