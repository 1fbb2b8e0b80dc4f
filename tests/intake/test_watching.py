# SPDX-License-Identifier: Apache-2.0
"""Promises about what is new: nothing goes by untold, nothing is told twice, and what moved is not new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar.errors import UsageError
from debar.intake import watching
from debar.model.intake import Where
from debar.model.vocab.statements import DateRole, StatedAct
from drafted import paper, reading, said, told

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.intake import Changed, Reading
    from debar.register import Register

EMPTY = watching.State("", {}, {}, {}, {})


def state(found: Reading) -> watching.State:
    """Give the state that a reading comes to."""
    return watching.state(found, {})


def words(changes: tuple[Changed, ...]) -> list[tuple[str, str]]:
    """Give what changed, in two words each."""
    return [(change.kind, change.what) for change in changes]


def test_the_first_look_tells_everything(register: Register) -> None:
    """Papers come first, then each story with its statements, lines and conflicts, then dates to explain."""
    changes = watching.changes(EMPTY, state(told(register)))
    assert {kind for kind, _ in words(changes)} == {"new"}
    order = [what for _, what in words(changes)]
    assert list(dict.fromkeys(order)) == [
        "paper",
        "story",
        "statement",
        "line of the draft",
        "conflict",
        "date to explain",
    ]
    assert "prohibit.sell after 2024-07-20" in [change.text for change in changes]
    assert {change.story for change in changes if change.what == "statement"} == {"acme/us"}


def test_nothing_new_is_nothing(register: Register) -> None:
    """The same reading twice tells nothing; from an empty folder to an empty folder neither."""
    assert watching.changes(state(told(register)), state(told(register))) == ()
    assert watching.changes(EMPTY, EMPTY) == ()


def test_a_folder_named_otherwise_is_the_same_folder(register: Register) -> None:
    """Papers go by their way in the folder: named from elsewhere, nothing is new."""
    near, far = told(register), told(register)
    far = replace(far, documents=tuple(replace(one, path=f"/srv/{one.path}") for one in far.documents))
    assert watching.changes(watching.state(near, {}, "papers"), watching.state(far, {}, "/srv/papers")) == ()
    assert set(watching.state(far, {}, "/srv/papers").papers) == {"one.txt", "two.txt"}


def test_one_more_paper_that_says_the_same(register: Register) -> None:
    """A copy under another name is a new paper, and no new statement."""
    ban = said(StatedAct.PROHIBIT_SELL, "2024-07-20", document="a")
    one, two = paper("a.txt", id="a"), paper("b.txt", id="b")
    before = state(reading(register, [ban], [one]))
    after = state(reading(register, [ban, replace(ban, id="other", document="b")], [one, two]))
    assert words(watching.changes(before, after)) == [("new", "paper")]


def test_what_is_other_says_what_it_was(register: Register) -> None:
    """A changed day of issue tells both; a new stage that comes before others makes them neither new nor other."""
    ban = said(StatedAct.PROHIBIT_SELL, "2024-07-20")
    issued = said(StatedAct.ISSUE, "2024-06-20", DateRole.ON)
    before = state(reading(register, [ban]))
    after = state(reading(register, [ban, issued, said(StatedAct.PROHIBIT_USE, "2024-07-01")]))
    changes = [change for change in watching.changes(before, after) if change.what == "line of the draft"]
    assert [(change.kind, change.text.partition(":")[0], change.before.partition(":")[0]) for change in changes] == [
        ("new", "2024-07-01", ""),
        ("changed", "2024-06-20", "(open)"),
    ]


def test_what_went_away_is_told(register: Register) -> None:
    """Papers and stories that are gone are told with all that they said."""
    changes = watching.changes(state(told(register)), EMPTY)
    assert {change.kind for change in changes} == {"gone"}
    assert ("gone", "story") in words(changes)


def test_two_stories_of_one_supplier_hide_nothing(register: Register) -> None:
    """Where papers of one supplier and place make two stories, both are told."""
    one = reading(register, [said(StatedAct.PROHIBIT_SELL, "2024-07-20", document="a")])
    two = reading(register, [said(StatedAct.PROHIBIT_USE, "2020-07-20", document="b")])
    both = replace(one, facts=(*one.facts, *two.facts), stories=(*one.stories, *two.stories))
    statements = [change.text for change in watching.changes(EMPTY, state(both)) if change.what == "statement"]
    assert statements == ["prohibit.sell from 2024-07-20", "prohibit.use from 2020-07-20"]


def test_a_state_comes_back(register: Register, tmp_path: Path) -> None:
    """What was kept is read again; of another release or register without its answers, for they might be others."""
    made = state(told(register))
    (tmp_path / "state").write_bytes(watching.encoded(made))
    assert watching.load(tmp_path / "state", made.made_by) == made
    other = watching.load(tmp_path / "state", watching.made_by("9.9", "0"))
    assert other == replace(made, answers={})
    assert watching.load(tmp_path / "none", "x") == EMPTY


def test_damage_is_seen(register: Register, tmp_path: Path) -> None:
    """A state of which one bit is other is none: what it says was told might not have been."""
    content = bytearray(watching.encoded(state(told(register))))
    content[len(content) // 2] ^= 1
    (tmp_path / "state").write_bytes(content)
    with pytest.raises(UsageError, match="no state of debar watch"):
        watching.load(tmp_path / "state", "x")


def test_a_state_is_kept_whole(tmp_path: Path) -> None:
    """It takes the place of the former one and leaves nothing beside it; a link in its way is replaced, not followed."""
    (tmp_path / "paper").write_text("kept", encoding="utf-8")
    (tmp_path / "state").symlink_to(tmp_path / "paper")
    for content in (b"one", b"two"):
        watching.keep(tmp_path / "state", content)
        assert (tmp_path / "state").read_bytes() == content
    assert (tmp_path / "paper").read_text(encoding="utf-8") == "kept"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["paper", "state"]


def test_a_state_that_cannot_be_kept_leaves_nothing(tmp_path: Path) -> None:
    """Where the place is a folder, the fault is told and the half of it is gone."""
    (tmp_path / "state").mkdir()
    with pytest.raises(OSError, match="directory"):
        watching.keep(tmp_path / "state", b"one")
    assert [file.name for file in tmp_path.iterdir()] == ["state"]


@pytest.mark.parametrize("content", [b"", b"\x80", b"{}", b"\xff" * 50, b"\x91" * 5000])
def test_what_is_no_state_is_said(tmp_path: Path, content: bytes) -> None:
    """A file of something else is wrong usage, and so are folders and what is far too large."""
    (tmp_path / "state").write_bytes(content)
    with pytest.raises(UsageError, match="no state of debar watch"):
        watching.load(tmp_path / "state", "x")
    with pytest.raises(UsageError, match="directory"):
        watching.load(tmp_path, "x")


def test_a_large_file_is_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond any state is refused before it is read."""
    monkeypatch.setattr(watching, "LARGEST", 1)
    (tmp_path / "state").write_bytes(b"xx")
    with pytest.raises(UsageError, match="larger"):
        watching.load(tmp_path / "state", "x")


def test_each_change_has_its_passages(register: Register) -> None:
    """A statement, a line, a conflict and a date are told with paper, day and words; a conflict with each reading."""
    changes = watching.changes(EMPTY, state(told(register)))
    by_what = {change.what: change for change in changes if change.what not in ("paper", "story")}
    assert set(by_what) == {"statement", "line of the draft", "conflict", "date to explain"}
    ban = next(change for change in changes if change.text == "prohibit.sell from 2024-07-20")
    assert ban.passages == (Where("papers/one.txt", "2024-07-01", "Acme Routers may not be sold from 20 July 2024."),)
    assert len({one.document for one in by_what["conflict"].passages}) == 2
    assert "in May" in by_what["date to explain"].passages[0].text
    (papers,) = {change.passages[0].published for change in changes if change.what == "paper"}
    assert papers == "2024-07-01"


def test_another_passage_for_the_same_words_is_nothing_new(register: Register) -> None:
    """Which paper is quoted for a statement changes with the papers; the statement does not."""
    ban = said(StatedAct.PROHIBIT_SELL, "2024-07-20", document="b")
    one, two = paper("a.txt", id="a"), paper("b.txt", id="b")
    before = state(reading(register, [ban], [two]))
    after = state(reading(register, [replace(ban, id="earlier", document="a"), ban], [one, two]))
    assert words(watching.changes(before, after)) == [("new", "paper")]
