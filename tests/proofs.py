# SPDX-License-Identifier: Apache-2.0
"""One proof as a folder and one as a zip file, made once for all tests that look at them or at copies of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import proving
import small
from debar.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with evidence, keys, and its proof as `proof` and as `proof.zip`; nobody may change it."""
    folder = tmp_path_factory.mktemp("proven")
    proving.estate(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        assert proving.prove(out="proof") == 0
        assert proving.prove(out="proof.zip") == 0
    return folder


@pytest.fixture
def trusting(made: Path) -> Path:
    """Give the public key that made them."""
    return made / "private.pub"


@pytest.fixture(scope="session")
def little(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the same two, on a small register: so little that every byte of it can be changed in turn."""
    folder = tmp_path_factory.mktemp("little")
    base = small.write(folder / "base")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        for out in ("proof", "proof.zip"):
            asked = ("--on", "2024-10-01", "--time", proving.WHEN, "--base-register", str(base))
            assert main(["prove", "evidence/bom.json", *asked, "--key", "private.pem", "--out", str(folder / out)]) == 0
    return folder
