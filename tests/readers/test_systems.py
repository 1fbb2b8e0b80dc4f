# SPDX-License-Identifier: Apache-2.0
"""Promises about file systems that hold no files, and about those of other machines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from debar.readers import systems, walk

if TYPE_CHECKING:
    from pathlib import Path

LINES = (
    "21 28 0:20 / /proc rw,nosuid - proc proc rw\n"
    "28 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
    "40 28 0:41 / /srv/a\\040share rw - nfs4 files:/a rw,vers=4.2\n"
    "41 28 0:20 / /srv/jail/kernel rw - proc proc rw\n"
    "42 28 0:42 / /home rw shared:9 master:2 - cifs //files/home rw\n"
    "broken line\n43 28 x:y / /bad rw - nfs4 a b\n"
)


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a list of what is mounted."""
    file = tmp_path / "mountinfo"
    file.write_text(LINES)
    monkeypatch.setattr(systems, "MOUNTS", str(file))
    return file


@pytest.mark.usefixtures("mounts")
def test_devices_without_files_are_known_by_their_type() -> None:
    """What the kernel makes when it is asked is told by its type, wherever it is mounted."""
    assert systems.pseudo_devices() == frozenset({os.makedev(0, 20)})


@pytest.mark.usefixtures("mounts")
def test_file_systems_of_other_machines_are_told() -> None:
    """A tree that holds one, or lies in one, says so; another tree does not."""
    assert list(systems.network("/")) == ["/home (cifs)", "/srv/a share (nfs4)"]
    assert list(systems.network("/srv")) == ["/srv/a share (nfs4)"]
    assert list(systems.network("/home/somebody")) == ["/home (cifs)"]
    assert list(systems.network("/opt")) == []


def test_system_that_does_not_tell_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody tells what is mounted, names alone are gone by."""
    monkeypatch.setattr(systems, "MOUNTS", str(tmp_path / "nothing"))
    assert systems.pseudo_devices() == frozenset()
    assert list(systems.network("/")) == []


@pytest.mark.usefixtures("mounts")
def test_folder_of_the_kernel_is_not_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mount of the kernel's below any name is passed over, and what lies beside it is read."""
    top = tmp_path / "root"
    for name in ("usr/lib", "jail/kernel"):
        (top / name).mkdir(parents=True)
        (top / name / "program.exe").write_bytes(b"MZ")
    kernel = (top / "jail" / "kernel").stat()
    monkeypatch.setattr(walk._Walk, "_is_pseudo", lambda _, about: about.st_ino == kernel.st_ino)
    found = [place.path.removeprefix(str(top)) for place in walk.find([f"tree:{top}"])]
    assert found == ["/usr/lib/program.exe"]


@pytest.mark.skipif(not os.path.ismount("/proc"), reason="needs a file system of the kernel")
def test_real_file_system_of_the_kernel_is_recognised(tmp_path: Path) -> None:
    """The kernel's own is known on this machine, and a folder of files is not taken for one."""
    devices = systems.pseudo_devices()
    assert os.stat("/proc").st_dev in devices  # noqa: PTH116
    assert tmp_path.stat().st_dev not in devices
