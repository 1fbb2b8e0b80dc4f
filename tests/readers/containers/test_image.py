# SPDX-License-Identifier: Apache-2.0
"""Promises of reading container images saved as one file."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

import composed
from archived import DPKG, docker_archive, oci_layout, tarred

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import Report

STATUS = "var/lib/dpkg/status"


def packages(report: Report) -> set[tuple[str, str]]:
    """Give (asset, package) of everything that a package database of an image lists."""
    assert report.skips == ()
    return {(a.asset, e.state) for a in report.coverage.assets for m, e in a.evidence.items() if m == "packages"}


def test_files_of_each_image_are_read_as_its_own(tmp_path: Path) -> None:
    """Two images of one archive share a layer; each is an asset of its own, called by its tag."""
    (tmp_path / "a.tar").write_bytes(
        docker_archive({"shop:1": [{STATUS: DPKG}], "shop:2": [{STATUS: DPKG}, {"x": b""}]})
    )
    assert packages(composed.scanned(tmp_path / "a.tar")) == {("shop:1", "read"), ("shop:2", "read")}


@pytest.mark.parametrize(
    "upper", [{"var/lib/dpkg/.wh.status": b""}, {"var/lib/.wh..wh..opq": b""}, {"var/.wh.lib": b""}]
)
def test_what_an_upper_layer_removed_is_not_there(tmp_path: Path, upper: dict[str, bytes]) -> None:
    """A whiteout of a file, of a folder above it, or of all below a folder hides what lower layers had."""
    (tmp_path / "a.tar").write_bytes(docker_archive({"shop:1": [{STATUS: DPKG}, upper]}))
    assert packages(composed.scanned(tmp_path / "a.tar")) == set()


def test_opaque_folder_keeps_its_own_layer(tmp_path: Path) -> None:
    """A mark that hides lower layers hides nothing of the layer that it stands in."""
    other = DPKG.replace(b"klnagent64", b"other")
    upper = {"var/lib/dpkg/.wh..wh..opq": b"", STATUS: other}
    (tmp_path / "a.tar").write_bytes(docker_archive({"shop:1": [{STATUS: DPKG}, upper]}))
    report = composed.scanned(tmp_path / "a.tar")
    assert packages(report) == {("shop:1", "read")}
    assert not any(m.observable.value == "klnagent64" for e in report.exposures for m in e.matches)


@pytest.mark.parametrize("compression", ["", "gz"])
def test_packed_oci_layout(tmp_path: Path, compression: str) -> None:
    """An OCI layout in one tar file is read, with plain and with compressed layers."""
    (tmp_path / "a.tar").write_bytes(tarred(oci_layout("shop:3", [{STATUS: DPKG}], compression)))
    assert packages(composed.scanned(tmp_path / "a.tar")) == {("shop:3", "read")}


def test_compressed_archive(tmp_path: Path) -> None:
    """An archive of images may itself be compressed."""
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(docker_archive({"shop:1": [{STATUS: DPKG}]}), mtime=0))
    assert packages(composed.scanned(tmp_path / "a.tar.gz")) == {("shop:1", "read")}


def test_missing_layer_is_told(tmp_path: Path) -> None:
    """A layer that the manifest names and the archive lacks is a skip; the other layers are read."""
    whole = oci_layout("shop:3", [{STATUS: DPKG}, {"etc/hostname": b"x"}])
    layer = next(name for name, content in whole.items() if b"etc/hostname" in content)
    (tmp_path / "a.tar").write_bytes(tarred({n: c for n, c in whole.items() if n != layer}))
    report = composed.scanned(tmp_path / "a.tar")
    assert any("missing" in s.reason for s in report.skips)
    assert any(s.reader == "dpkg" for s in report.sources)


def test_other_archives_with_a_manifest_are_archives(tmp_path: Path) -> None:
    """A manifest.json that lists no layers does not make an archive an image."""
    (tmp_path / "a.tar").write_bytes(tarred({"manifest.json": b'{"name": "extension"}', "web01/status": DPKG}))
    assert {s.reader for s in composed.scanned(tmp_path / "a.tar").sources} == {"tar", "dpkg"}
