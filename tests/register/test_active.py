# SPDX-License-Identifier: Apache-2.0
"""An import is used as it was signed, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from debar.errors import RegisterError
from debar.register import active

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a home whose active register had a digest of its own when it was imported."""
    (tmp_path / "2024.08.01-0123456789ab").mkdir()
    pointer = active.Pointer(
        directory="2024.08.01-0123456789ab", built_at="2024-08-01T00:00:00Z", shipped="2024.07.01", sha256="a" * 64
    )
    (tmp_path / active.POINTER).write_bytes(msgspec.json.encode(pointer))
    return tmp_path


def test_what_was_imported_is_used(home: Path) -> None:
    """The same digest as at the import raises nothing; neither does a machine without an import."""
    active.expect_unaltered(home, "a" * 64)
    active.expect_unaltered(home / "nowhere", "b" * 64)
    active.expect_unaltered(None, "b" * 64)


def test_what_was_altered_is_refused(home: Path) -> None:
    """Another digest than at the import ends every verb, and the hint says what to do."""
    with pytest.raises(RegisterError, match=r"2024\.08\.01 was altered since it was imported") as caught:
        active.expect_unaltered(home, "b" * 64)
    assert "import its bundle again" in caught.value.hint
