# SPDX-License-Identifier: Apache-2.0
"""What was sent is on the disk before anybody is told so; what was not sent to its end is nowhere."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import staffed
import worked
from debar.errors import ForbiddenError, LimitError, NotThereError, StoreError, UsageError
from debar.model.vocab.portfolio import JobKind, JobState, Role
from debar.portfolio import estates, jobs, uploads
from debar.store import checking
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a new portfolio."""
    with staffed.staffed(place(str(tmp_path))) as found:
        yield found


@pytest.fixture
def alpha(portfolio: Portfolio) -> Estate:
    """Give an organisation as its analyst sees it."""
    return staffed.estate(portfolio, "alpha", Role.ANALYST)


def files(estate: Estate) -> list[str]:
    """Give the names of the files that lie among the uploads."""
    folder = estate.place.lake / "uploads"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def test_what_was_sent_is_there(portfolio: Portfolio, alpha: Estate) -> None:
    """Its bytes under their digest, who sent it when, one entry of the log, and one job that reads it."""
    upload = uploads.put(portfolio, alpha, "a/bom.json", [b"one ", b"", b"two"])
    digest = hashlib.sha256(b"one two").hexdigest()
    assert (upload.sha256, upload.size, upload.added_by, upload.state) == (digest, 7, alpha.caller.id, JobState.QUEUED)
    assert uploads.content(alpha, upload).read_bytes() == b"one two"
    assert uploads.one(alpha, upload.id) == upload
    assert uploads.listed(alpha).items == (upload,)
    (job,) = jobs.listed(portfolio, alpha).items
    assert (job.kind, job.about) == (JobKind.READ, upload.id)
    checked = checking.check(alpha.ledger)
    assert (checked.faults, checked.strays) == ((), ())


def test_the_same_again_is_the_same(portfolio: Portfolio, alpha: Estate) -> None:
    """The same content under the same name is the upload that is there; under another one it is another, with the same file."""
    first = uploads.put(portfolio, alpha, "a.json", [b"x"])
    assert uploads.put(portfolio, alpha, "a.json", [b"x"]) == first
    other = uploads.put(portfolio, alpha, "b.json", [b"x"])
    assert (other.id != first.id, other.sha256) == (True, first.sha256)
    assert files(alpha) == [first.sha256]
    assert jobs.listed(portfolio, alpha).total == 2


def test_the_newer_takes_the_place_of_the_older(portfolio: Portfolio, alpha: Estate) -> None:
    """Of one name one counts; the older one stays known, with its file."""
    old, new = (uploads.put(portfolio, alpha, "a.json", [content]) for content in (b"1", b"2"))
    assert [one.id for one in uploads.current(alpha)] == [new.id]
    (removed,) = uploads.listed(alpha, is_removed=True).items
    assert (removed.id, bool(removed.removed_at)) == (old.id, True)
    assert uploads.content(alpha, old).read_bytes() == b"1"


def test_what_failed_can_be_sent_again(portfolio: Portfolio, alpha: Estate) -> None:
    """Whoever sends a file again that could not be read has it read again."""
    from debar.portfolio import readings

    first = uploads.put(portfolio, alpha, "a.json", [b"x"])
    readings.give_up(alpha, first.id, "used more than 2 GB of memory")
    again = uploads.put(portfolio, alpha, "a.json", [b"x"])
    assert again.id != first.id
    assert [one.id for one in uploads.current(alpha)] == [again.id]


def test_by_digest_alone(portfolio: Portfolio, alpha: Estate) -> None:
    """What is there need not be sent again; what is not, or lies with somebody else, must be."""
    upload = uploads.put(portfolio, alpha, "a.json", [b"x"])
    assert uploads.known(alpha, upload.sha256)
    assert uploads.again(portfolio, alpha, upload.sha256, "b.json").sha256 == upload.sha256
    beta = staffed.estate(portfolio, "beta-2")
    assert not uploads.known(beta, upload.sha256)
    for estate, digest in ((beta, upload.sha256), (alpha, "0" * 64), (alpha, "../../x")):
        with pytest.raises(NotThereError):
            uploads.again(portfolio, estate, digest, "c.json")


def test_what_did_not_end_is_nowhere(portfolio: Portfolio, alpha: Estate) -> None:
    """Whoever stops in the middle, or has no name for it, leaves no row, no job and no file."""
    with uploads.begin(portfolio, alpha) as sink:
        sink.write(b"half")
    with pytest.raises(UsageError), uploads.begin(portfolio, alpha) as sink:
        sink.write(b"whole")
        sink.end("\n")
    assert (uploads.listed(alpha).total, jobs.listed(portfolio, alpha).total, files(alpha)) == (0, 0, [])


def test_more_than_there_may_be(portfolio: Portfolio, alpha: Estate) -> None:
    """An upload ends at its limit, not behind it."""
    assert uploads.put(portfolio, alpha, "a", [b"1234"], most=4).size == 4
    with pytest.raises(LimitError, match="at most 4 bytes"):
        uploads.put(portfolio, alpha, "b", [b"12", b"345"], most=4)
    assert len(files(alpha)) == 1


def test_a_full_disk_is_told(portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room nothing is acknowledged, and nothing stays."""
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(StoreError, match="No space left"):  # noqa: SIM117
        with uploads.begin(portfolio, alpha) as sink:
            monkeypatch.setattr(sink, "_out", full)
            sink.write(b"x")
    assert files(alpha) == []


def test_whoever_only_looks_sends_nothing(portfolio: Portfolio) -> None:
    """A viewer neither sends nor removes."""
    sent = uploads.put(portfolio, staffed.estate(portfolio, "alpha"), "a", [b"x"])
    viewer = staffed.estate(portfolio, "alpha", Role.VIEWER)
    acts: tuple[Callable[[], object], ...] = (
        lambda: uploads.put(portfolio, viewer, "b", [b"x"]),
        lambda: uploads.remove(portfolio, viewer, sent.id),
        lambda: uploads.again(portfolio, viewer, sent.sha256, "b"),
    )
    for act in acts:
        with pytest.raises(ForbiddenError):
            act()


def test_taken_out(portfolio: Portfolio, alpha: Estate) -> None:
    """It counts no more, once; its file stays, and a run is asked for."""
    upload = uploads.put(portfolio, alpha, "a", [b"x"])
    removed = uploads.remove(portfolio, alpha, upload.id)
    assert removed.removed_at
    assert uploads.remove(portfolio, alpha, upload.id) == removed
    assert uploads.current(alpha) == []
    assert files(alpha) == [upload.sha256]
    assert [job.about for job in jobs.listed(portfolio, alpha, kind=JobKind.RUN).items] == [""]
    assert worked.at_once(portfolio) == ["it was taken out", "nothing to do before the files are read"]
    with pytest.raises(NotThereError):
        uploads.remove(portfolio, alpha, "upl-x")


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "a\nb", "\u202egnp.exe", "\ud800", "x" * 1001])
def test_names_that_are_none(portfolio: Portfolio, alpha: Estate, name: str) -> None:
    """What cannot be shown in one line is no name."""
    with pytest.raises(UsageError):
        uploads.put(portfolio, alpha, name, [b"x"])


@given(st.text(max_size=60))
def test_a_name_is_a_text_and_no_path(name: str) -> None:
    """A name is taken as it is, up to its form in Unicode, or refused; taken twice it is the same."""
    try:
        found = uploads.called(name)
    except UsageError:
        return
    assert uploads.called(found) == found
    assert found
    assert found.strip() == found
    assert "\n" not in found.encode().decode()


def test_names_lead_nowhere(portfolio: Portfolio, alpha: Estate, tmp_path: Path) -> None:
    """Whatever a file is called, it lies under its digest."""
    before = {path for path in tmp_path.rglob("*") if "uploads" not in path.parts}
    for number, name in enumerate(
        ("../../x", "/etc/passwd", "C:\\x", "a/../../b", "~root", "$(x)", "'; DROP TABLE uploads")
    ):
        uploads.put(portfolio, alpha, name, [str(number).encode()])
    assert {path for path in tmp_path.rglob("*") if "uploads" not in path.parts} == before
    assert len(files(alpha)) == 7
    assert uploads.listed(alpha, words="'; drop").total == 1


def test_a_list_has_every_upload_once(portfolio: Portfolio, alpha: Estate) -> None:
    """Page by page; words are looked for as they are, whatever they mean elsewhere."""
    sent = {uploads.put(portfolio, alpha, f"a{number}_100%.json", [str(number).encode()]).id for number in range(7)}
    found, token = [], ""
    while True:
        page = uploads.listed(alpha, page_token=token, page_size=2)
        assert page.total == 7
        found += [one.id for one in page.items]
        if not (token := page.next_page_token):
            break
    assert (len(found), set(found)) == (7, sent)
    assert [uploads.listed(alpha, words=words).total for words in ("A3_", "%", "_100%.JSON", "a%json", "__")] == [
        1,
        7,
        7,
        0,
        0,
    ]
    assert uploads.listed(alpha, states=[JobState.DONE]).total == 0
    with pytest.raises(UsageError):
        uploads.listed(alpha, page_token="x")


def test_a_failing_end_acknowledges_nothing(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the bytes do not reach the disk there is no row."""

    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StoreError):
        uploads.put(portfolio, alpha, "a", [b"x"])
    monkeypatch.undo()
    assert (uploads.listed(alpha).total, files(alpha)) == (0, [])


def test_others_see_nothing_of_it(portfolio: Portfolio, alpha: Estate) -> None:
    """An upload of one organisation is not there for another."""
    upload = uploads.put(portfolio, alpha, "a", [b"x"])
    beta = estates.behind(portfolio, "beta-2")
    assert uploads.listed(beta).total == 0
    with pytest.raises(NotThereError):
        uploads.one(beta, upload.id)
