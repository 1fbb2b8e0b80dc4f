# SPDX-License-Identifier: Apache-2.0
"""Promises on files that tell of the folder they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.intake.reading import read

if TYPE_CHECKING:
    from debar.register import Register

NEWS = b"""Norway bars DJI from police

Oslo, 4 May 2026

The police in Norway may not use drones of DJI from 1 June 2026, the ministry of justice said.
"""


@pytest.mark.parametrize("name", ["README", "notices/README.md", "readme.txt", "LICENSE", "folder\\CHANGELOG.md"])
def test_a_readme_drafts_nothing_and_says_why(name: str, register: Register) -> None:
    """It stands by itself, is still news by its kind, and its story says that it is no paper of a ban."""
    found = read([("01.txt", NEWS), (name, NEWS)], register)
    by_path = {paper.path: paper for paper in found.documents}
    stories = {id_: story for story in found.stories for id_ in story.documents}
    aside, news = stories[by_path[name].id], stories[by_path["01.txt"].id]
    assert aside.documents == (by_path[name].id,)
    assert aside.draft is None
    assert aside.conflicts == ()
    assert "no paper of a ban" in aside.missing[0]
    assert news.draft is not None
    assert by_path[name].kind == "news"


def test_other_names_are_read_as_papers(register: Register) -> None:
    """Only the whole name tells: a paper may speak of licences."""
    found = read([("licence-revoked.txt", NEWS)], register)
    assert found.stories[0].draft is not None
