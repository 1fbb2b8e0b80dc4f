# SPDX-License-Identifier: Apache-2.0
"""Folders of the server that are looked through: only those that whoever runs it allows, and only what is in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import composed
import staffed
from debar.errors import ForbiddenError, NotThereError, UsageError
from debar.model.vocab.portfolio import Role
from debar.portfolio import estates, folders, uploads
from debar.portfolio.tables import FOLDERS
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a new portfolio."""
    with staffed.staffed(place(str(tmp_path / "portfolio"))) as found:
        yield found


@pytest.fixture
def alpha(portfolio: Portfolio) -> Estate:
    """Give an organisation."""
    return estates.behind(portfolio, "alpha")


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Give a folder with a file that settled long ago."""
    folder = tmp_path / "srv" / "evidence"
    folder.mkdir(parents=True)
    put(folder / "bom.json", composed.CYCLONEDX)
    return folder


def put(file: Path, content: bytes) -> None:
    """Write a file that nobody writes any more."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (1_700_000_000, 1_700_000_000))


def soon(estate: Estate) -> None:
    """Let the time of every folder come."""
    with estate.writing() as connection:
        connection.execute(FOLDERS.update().values(next_at=""))


def names(estate: Estate) -> list[str]:
    """Give the names of what counts."""
    return [one.name for one in uploads.current(estate)]


def test_what_is_new_or_changed_becomes_an_upload(portfolio: Portfolio, alpha: Estate, evidence: Path) -> None:
    """Each once, under its place in the folder; what is the same is not sent again, and nothing before its time."""
    roots = (str(evidence.parent),)
    folders.add(alpha, str(evidence), 5, roots)
    assert folders.look(portfolio, alpha, roots) == 1
    assert folders.look(portfolio, alpha, roots) == 0
    assert names(alpha) == ["evidence/bom.json"]
    put(evidence / "web" / "status", composed.DPKG)
    assert folders.look(portfolio, alpha, roots) == 0, "its time has not come"
    soon(alpha)
    assert folders.look(portfolio, alpha, roots) == 1
    assert names(alpha) == ["evidence/bom.json", "evidence/web/status"]
    put(evidence / "bom.json", composed.SPDX)
    soon(alpha)
    assert folders.look(portfolio, alpha, roots) == 1
    assert uploads.listed(alpha, is_removed=True).total == 1
    soon(alpha)
    assert folders.look(portfolio, alpha, roots) == 0
    (folder,) = folders.listed(alpha)
    assert folder.said.endswith("0 new or changed files")


def test_what_is_still_written_waits(portfolio: Portfolio, alpha: Estate, evidence: Path) -> None:
    """A file that changed a moment ago is left to the next look."""
    (evidence / "new.json").write_bytes(composed.SPDX[:10])
    folders.add(alpha, str(evidence), 5, [str(evidence)])
    assert folders.look(portfolio, alpha, [str(evidence)]) == 1
    assert names(alpha) == ["evidence/bom.json"]


@pytest.mark.parametrize("path", ["/etc", "/", "{root}/..", "{root}/link", "{root}/none", "{root}/file", "a\0b", ""])
def test_only_below_the_roots(alpha: Estate, evidence: Path, tmp_path: Path, path: str) -> None:
    """What lies elsewhere, also by a link, is refused in the same words as what is not there."""
    (evidence / "link").symlink_to(tmp_path)
    (evidence / "file").touch()
    with pytest.raises(ForbiddenError, match="no folder that may be looked through"):
        folders.add(alpha, path.format(root=evidence), 5, [str(evidence)])
    with pytest.raises(ForbiddenError):
        folders.add(alpha, str(evidence), 5, [])


def test_links_and_devices_are_left(portfolio: Portfolio, alpha: Estate, evidence: Path, tmp_path: Path) -> None:
    """Nothing outside the folder is read through a link in it, and nothing that never ends."""
    secret = tmp_path / "secret"
    put(secret, b"secret")
    (evidence / "link.json").symlink_to(secret)
    (evidence / "folder").symlink_to(tmp_path)
    os.mkfifo(evidence / "pipe")
    folders.add(alpha, str(evidence), 5, [str(evidence)])
    folders.look(portfolio, alpha, [str(evidence)])
    assert names(alpha) == ["evidence/bom.json"]


def test_a_root_that_is_taken_back_is_heeded(portfolio: Portfolio, alpha: Estate, evidence: Path) -> None:
    """What was allowed when it was added is looked through only as long as it is."""
    folders.add(alpha, str(evidence), 5, [str(evidence)])
    assert folders.look(portfolio, alpha, []) == 0
    (folder,) = folders.listed(alpha)
    assert "no folder that may be looked through" in folder.said


def test_who_may(portfolio: Portfolio, evidence: Path) -> None:
    """Folders are the admin's; how often lies within bounds; what is not there is not removed."""
    admin, approver = (staffed.estate(portfolio, "alpha", role) for role in (Role.ADMIN, Role.APPROVER))
    with pytest.raises(ForbiddenError):
        folders.add(approver, str(evidence), 5, [str(evidence)])
    for every in (0, 7 * 24 * 60 + 1):
        with pytest.raises(UsageError):
            folders.add(admin, str(evidence), every, [str(evidence)])
    folder = folders.add(admin, str(evidence), 5, [str(evidence)])
    with pytest.raises(ForbiddenError):
        folders.remove(approver, folder.id)
    folders.remove(admin, folder.id)
    assert folders.listed(admin) == []
    with pytest.raises(NotThereError):
        folders.remove(admin, folder.id)
