# SPDX-License-Identifier: Apache-2.0
"""Promises of reading container images that lie as a folder in OCI layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import composed
from archived import DPKG, oci_layout

if TYPE_CHECKING:
    from pathlib import Path

STATUS = "var/lib/dpkg/status"


def written(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_folder_is_one_image(tmp_path: Path) -> None:
    """The files of the image are read once, under its name, and its blobs are no files of their own."""
    written(tmp_path / "shop", oci_layout("shop:3", [{STATUS: DPKG}], "gz"))
    report = composed.scanned(tmp_path)
    assert [(s.path.removeprefix(f"{tmp_path}/"), s.reader) for s in report.sources] == [
        ("shop/oci-layout", "image-layout"),
        ("shop/oci-layout!shop:3!var/lib/dpkg/status", "dpkg"),
    ]
    assert report.skips == ()


def test_digest_that_is_a_path_is_refused(tmp_path: Path) -> None:
    """A descriptor that points out of the folder is refused; nothing outside is opened."""
    (tmp_path / "secret").write_bytes(DPKG)
    files = oci_layout("shop:3", [{STATUS: DPKG}])
    files["index.json"] = b'{"manifests": [{"digest": "sha256:../../../secret"}]}'
    written(tmp_path / "shop", files)
    report = composed.scanned(tmp_path / "shop")
    assert any("no proper digest" in s.reason for s in report.skips)
    assert "dpkg" not in {s.reader for s in report.sources}


def test_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A blob that is a link to a file elsewhere is not opened."""
    files = oci_layout("shop:3", [{STATUS: DPKG}])
    written(tmp_path / "shop", files)
    layer = next(name for name, content in files.items() if b"klnagent64" in content)
    (tmp_path / "elsewhere").write_bytes(files[layer])
    (tmp_path / "shop" / layer).unlink()
    (tmp_path / "shop" / layer).symlink_to(tmp_path / "elsewhere")
    report = composed.scanned(tmp_path / "shop")
    assert any("missing" in s.reason for s in report.skips)
    assert "dpkg" not in {s.reader for s in report.sources}
