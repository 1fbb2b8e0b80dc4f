# SPDX-License-Identifier: Apache-2.0
"""Promises about files of papers: one process or many, kept answers or fresh ones, the papers are the same."""

from __future__ import annotations

import io
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from debar import workers
from debar.errors import SourceError
from debar.intake import files
from debar.intake.mentions import names
from debar.watched import UNWATCHED, Interrupted

if TYPE_CHECKING:
    from pathlib import Path

    from debar.register import Register

PAPERS = {
    "a.txt": "Government bans Acme\n\nMonday, 1 July 2024\n\nThe ministry banned the sale of Acme routers from 20 July 2024.\n",
    "b.html": "<html><head><title>Ban</title></head><body><article><h1>Ban on Acme</h1><p>From 20 July 2024 nobody may sell"
    " routers of Acme, the ministry said on Monday. The ban was announced on 1 July 2024.</p></article></body></html>",
    "c.eml": "From: a@example.org\nDate: Mon, 1 Jul 2024 10:00:00 +0000\nSubject: Ban\n\nSales of Acme end on 20 July 2024.\n",
    "deep/d.txt": "Agencies must remove Acme routers by 31 December 2024, an order of 1 July 2024 says.\n",
}


@pytest.fixture(scope="module")
def gazetteer(register: Register) -> names.Gazetteer:
    """Give the names of the shipped register."""
    return names.gazetteer(register, register.lexicon)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of papers, more than one process takes alone, with one that is none."""
    for number in range(3):
        for name, text in PAPERS.items():
            file = tmp_path / f"{number}" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    return tmp_path


def test_several_processes_say_what_one_says(
    folder: Path, gazetteer: names.Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies of this process give the same papers, in the same order, and the same skips."""
    monkeypatch.setattr(workers, "processors", lambda: 1)
    alone = files.examined([str(folder)], gazetteer, UNWATCHED)
    monkeypatch.setattr(workers, "processors", lambda: 3)
    monkeypatch.setattr(workers, "can_work", lambda: hasattr(os, "fork"))
    assert files.examined([str(folder)], gazetteer, UNWATCHED) == alone
    assert [one.paper.path for one in alone[0]] == sorted(one.paper.path for one in alone[0])
    assert [skip.source for skip in alone[1]] == [f"{folder}/picture.png"]


def test_kept_answers_say_what_fresh_ones_say(folder: Path, gazetteer: names.Gazetteer) -> None:
    """With answers at hand nothing is read anew but what changed, and what is gone is forgotten."""
    kept: dict[str, files.Answer] = {}
    first = files.examined([str(folder)], gazetteer, UNWATCHED, kept)
    assert len(kept) == 13
    again = dict(kept)
    assert files.examined([str(folder)], gazetteer, UNWATCHED, again) == first
    assert again == kept
    forged = {key: files.Answer(fault="from the kept answer") for key in kept}
    assert {skip.reason for skip in files.examined([str(folder)], gazetteer, UNWATCHED, forged)[1]} == {
        "from the kept answer"
    }
    (folder / "0" / "a.txt").write_text("Acme was banned on 2 July 2024.\n", encoding="utf-8")
    (folder / "1" / "a.txt").unlink()
    changed = files.examined([str(folder)], gazetteer, UNWATCHED, again)
    assert changed == files.examined([str(folder)], gazetteer, UNWATCHED)
    assert len(again) == 12
    assert len(set(again) - set(kept)) == 1


def test_what_was_read_may_be_kept_in_a_file(folder: Path, gazetteer: names.Gazetteer) -> None:
    """An answer comes back from its encoded form as it was, whatever was found in its papers."""
    kept: dict[str, files.Answer] = {}
    files.examined([str(folder)], gazetteer, UNWATCHED, kept)
    import msgspec

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(kept), type=dict[str, files.Answer]) == kept


def test_hidden_files_of_folders_are_no_papers(folder: Path, gazetteer: names.Gazetteer) -> None:
    """What programs keep in a folder is passed over; a hidden file that is named is read."""
    (folder / ".debar-watch.msgpack").write_bytes(b"\x80")
    (folder / ".hidden.txt").write_text(PAPERS["a.txt"], encoding="utf-8")
    found, skips = files.examined([str(folder)], gazetteer, UNWATCHED)
    assert len(skips) == 1
    assert not [one for one in found if ".hidden" in one.paper.path]
    assert len(files.examined([str(folder / ".hidden.txt")], gazetteer, UNWATCHED)[0]) == 1


def test_names_that_are_no_text_are_read(
    folder: Path, gazetteer: names.Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is read whatever the bytes of its name, also by copies of this process, and shown by what can be written."""
    odd = os.fsdecode(b"odd\xff\xfe.txt")
    try:
        (folder / odd).write_text(PAPERS["a.txt"], encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    monkeypatch.setattr(workers, "processors", lambda: 2)
    found, skips = files.examined([str(folder)], gazetteer, UNWATCHED, {})
    assert len(skips) == 1
    (path,) = [one.paper.path for one in found if "odd" in one.paper.path]
    assert path.encode("utf-8").endswith(b"odd\\xff\\xfe.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_in_a_folder_is_not_waited_for(folder: Path, gazetteer: names.Gazetteer) -> None:
    """What is no regular file, and was not named, is a skip: it might never say anything."""
    os.mkfifo(folder / "pipe.txt")
    skips = files.examined([str(folder)], gazetteer, UNWATCHED)[1]
    assert [(skip.source, skip.reason) for skip in skips if skip.source.endswith("/pipe.txt")] == [
        (f"{folder}/pipe.txt", "no regular file")
    ]


def test_standard_input_is_a_paper(gazetteer: names.Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is piped in is read once and called by its dash."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(PAPERS["a.txt"].encode())))
    ((one,), skips) = files.examined(["-"], gazetteer, UNWATCHED, {})
    assert (one.paper.path, skips) == ("-", [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\x7fELF" + bytes(200), ""), (bytes(1000), ""), (b"PK\x03\x04" + bytes(100), "")],
)
def test_what_is_no_paper_is_a_skip(tmp_path: Path, gazetteer: names.Gazetteer, content: bytes, reason: str) -> None:
    """Programs, archives and empty files are named with the reason, and nothing else suffers."""
    (tmp_path / "x.txt").write_bytes(content)
    (tmp_path / "y.txt").write_text(PAPERS["a.txt"], encoding="utf-8")
    found, (skip,) = files.examined([str(tmp_path)], gazetteer, UNWATCHED)
    assert [one.paper.path for one in found] == [f"{tmp_path}/y.txt"]
    assert skip.source == f"{tmp_path}/x.txt"
    assert reason in skip.reason
    assert skip.reason


def test_a_huge_file_is_a_skip(tmp_path: Path, gazetteer: names.Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no article can be is not read to its end."""
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "x.txt").write_text("x" * 11, encoding="utf-8")
    assert "larger than" in files.examined([str(tmp_path)], gazetteer, UNWATCHED)[1][0].reason


def test_nothing_there_is_an_error(tmp_path: Path, gazetteer: names.Gazetteer) -> None:
    """Names of which none is there end the reading; one of several is a skip."""
    with pytest.raises(SourceError, match="no such file"):
        files.examined([str(tmp_path / "none")], gazetteer, UNWATCHED)
    (tmp_path / "a.txt").write_text(PAPERS["a.txt"], encoding="utf-8")
    found, skips = files.examined([str(tmp_path / "a.txt"), str(tmp_path / "none")], gazetteer, UNWATCHED)
    assert (len(found), len(skips)) == (1, 1)


def test_an_interruption_ends_the_reading(folder: Path, gazetteer: names.Gazetteer) -> None:
    """Between two files whoever watches may end it, and what was kept stays as it was."""
    begun = 0

    def stop(_place: object) -> None:
        nonlocal begun
        begun += 1
        if begun == 2:
            raise Interrupted("test")

    kept: dict[str, files.Answer] = {}
    with pytest.raises(Interrupted):
        files.examined([str(folder)], gazetteer, UNWATCHED._replace(begun=stop), kept)
    assert kept == {}
