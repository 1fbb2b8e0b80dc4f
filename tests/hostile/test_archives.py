# SPDX-License-Identifier: Apache-2.0
"""Archives and images that were forged: nothing is written, nothing outside is read, and all of them end."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import struct
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

import composed
from archived import DPKG, oci_layout, tarred, zipped
from debar.readers import layers, members

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    "control": "a\x1b[31mred\x07\nb/bom.json",
    "bidi": "a\u202egpj.nosj/bom.json",
    "absolute": "/etc/debar-was-here.json",
    "above": "../../../../debar-was-here.json",
    "above-inside": "a/../../../debar-was-here.json",
    "drive": "C:\\Windows\\debar-was-here.json",
    "share": "\\\\server\\share\\debar-was-here.json",
    "device": "CON",
    "long": "n" * 60_000 + ".json",
    "deep": "d/" * 20_000 + "bom.json",
    "blank": " ",
    "marks": "!!a!b:c.json",
}


def everything(folder: Path) -> set[str]:
    """Give all that lies in a folder."""
    return {str(path) for path in folder.rglob("*")}


@pytest.mark.parametrize("form", ["zip", "tar"])
@pytest.mark.parametrize("name", sorted(NAMES))
def test_member_names_lead_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], form: str, name: str
) -> None:
    """A member of any name is read where it lies, nothing is written, and its name is escaped on the terminal."""
    from debar.cli import main

    inside = tmp_path / "one" / "two"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    file = inside / f"a.{form}"
    pack = zipped if form == "zip" else tarred
    file.write_bytes(pack({NAMES[name]: composed.CYCLONEDX, f"{NAMES[name]}x": b"nothing known"}))
    before = everything(tmp_path)
    report = composed.scanned(file)
    assert [exposure.asset for exposure in report.exposures] == ["shop@2"]
    assert main(["scan", str(file), "--color", "never", "--fail-on", "none"]) == 3
    text = "".join(capfd.readouterr())
    assert {c for c in text if c != "\n" and not c.isprintable()} <= {"\r"}
    assert "\x1b" not in text
    assert everything(tmp_path) == before
    assert not os.path.lexists("/etc/debar-was-here.json")


def test_bomb_inside_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a tar file inside gzip inside a zip file grows to counts against the file that was named."""
    monkeypatch.setattr(members, "FLOOR", 1 << 22)
    tape = tarred({"bom.json": composed.CYCLONEDX[:-1] + b', "x": "' + b"0" * (64 << 20) + b'"}'})
    bad = tmp_path / "bomb.zip"
    bad.write_bytes(zipped({"host.tar.gz": gzip.compress(tape, 9)}))
    report = composed.scanned(composed.beside(bad))
    assert any("grow" in skip.reason for skip in report.skips), report.skips
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)


def test_entries_that_share_their_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip file whose thousand entries are one and the same place is told, or ends at the limit of growth."""
    monkeypatch.setattr(members, "FLOOR", 1 << 22)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        out.writestr("bom.json", composed.CYCLONEDX[:-1] + b', "x": "' + b"0" * (1 << 20) + b'"}')
        (only,) = out.filelist
        out.filelist.extend([only] * 2000)
    bad = tmp_path / "a.zip"
    bad.write_bytes(packed.getvalue())
    report = composed.scanned(bad)
    assert any("verlap" in skip.reason or "grow" in skip.reason for skip in report.skips), report.skips[:3]


@pytest.mark.parametrize("size", [0, 1, 0xFFFFFFFE])
def test_zip_whose_sizes_lie(tmp_path: Path, size: int) -> None:
    """A member that says that it is smaller or larger than it is costs itself at most."""
    content = bytearray(zipped({"a.json": composed.CYCLONEDX, "b.json": composed.CYCLONEDX}))
    at = content.find(b"PK\1\2")
    struct.pack_into("<I", content, at + 24, size)
    (tmp_path / "a.zip").write_bytes(content)
    report = composed.scanned(tmp_path / "a.zip")
    assert any(source.path.endswith("b.json") for source in report.sources)


def indexed(entries: object) -> bytes:
    """Give an index of images."""
    return json.dumps({"schemaVersion": 2, "manifests": entries}).encode()


def digest(content: bytes) -> str:
    """Give the digest by which a blob is named."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_index_that_names_itself(tmp_path: Path) -> None:
    """Indexes that name one another, and themselves a thousand times over, are followed once each."""
    one, two = "sha256:" + "1" * 64, "sha256:" + "2" * 64
    both = indexed([{"digest": one}, {"digest": two}] * 20_000)
    files = {
        "oci-layout": b'{"imageLayoutVersion": "1.0.0"}',
        "index.json": both,
        f"blobs/sha256/{'1' * 64}": both,
        f"blobs/sha256/{'2' * 64}": both,
    }
    asked: list[str] = []

    def read(name: str) -> bytes:
        asked.append(name)
        return files[name]

    assert list(layers.oci(read)) == []
    assert sorted(asked) == sorted(set(files) - {"oci-layout"})
    (tmp_path / "a.tar").write_bytes(tarred(files))
    assert composed.scanned(tmp_path / "a.tar").exposures == ()


@pytest.mark.parametrize(
    "manifest",
    [
        b"[]", b"null", b'"x"', b'{"layers": 5}', b'{"layers": [5, null, {"mediaType": 7}]}',
        b'{"layers": [{"mediaType": "tar"}]}', b'{"layers": [{"mediaType": "tar", "digest": "sha256:../../etc"}]}',
        b'{"layers": [{"mediaType": "tar", "digest": 5}]}', b'{"manifests": [5, null, []]}', b"[" * 100_000, b"",
    ],
)  # fmt: skip
def test_manifest_that_is_wrong(tmp_path: Path, manifest: bytes) -> None:
    """A manifest of any shape costs its image, and never the files beside it."""
    name = digest(manifest)
    files = {
        "oci-layout": b'{"imageLayoutVersion": "1.0.0"}',
        "index.json": indexed([{"digest": name}]),
        f"blobs/{name.replace(':', '/')}": manifest,
    }
    (tmp_path / "a.tar").write_bytes(tarred(files))
    report = composed.scanned(composed.beside(tmp_path / "a.tar"))
    assert [exposure.asset for exposure in report.exposures] == ["shop@2"]
    assert not any("failed" in skip.reason for skip in report.skips)


def test_layer_that_is_the_manifest(tmp_path: Path) -> None:
    """An image whose layers are its own index, and one that is not there, is told, and its good layer is read."""
    files = oci_layout("shop:3", [{"var/lib/dpkg/status": DPKG}])
    (name,) = (key for key, content in files.items() if b'"layers"' in content)
    manifest = json.loads(files[name])
    manifest["layers"] += [
        {"mediaType": "tar", "digest": "sha256:" + name.rpartition("/")[2]},
        {"mediaType": "tar", "digest": "sha256:" + "0" * 64},
        manifest["layers"][0],
    ]
    files[name] = json.dumps(manifest).encode()
    (tmp_path / "a.tar").write_bytes(tarred(files))
    report = composed.scanned(tmp_path / "a.tar")
    assert any("missing" in skip.reason for skip in report.skips), report.skips
    assert [asset.asset for asset in report.coverage.assets] == ["shop:3"]


def test_tar_of_links_and_devices(tmp_path: Path) -> None:
    """Links out of an archive, links in a circle, devices and pipes in it are passed over."""
    tape = io.BytesIO()
    with tarfile.open(fileobj=tape, mode="w") as out:
        for name, kind, target in (
            ("a", tarfile.SYMTYPE, "/etc/passwd"), ("b", tarfile.LNKTYPE, "../../etc/passwd"), ("c", tarfile.LNKTYPE, "c"),
            ("d", tarfile.CHRTYPE, ""), ("e", tarfile.FIFOTYPE, ""), ("f", tarfile.BLKTYPE, ""),
        ):  # fmt: skip
            about = tarfile.TarInfo(name)
            about.type, about.linkname, about.devmajor, about.devminor = kind, target, 1, 5
            out.addfile(about)
        about = tarfile.TarInfo("bom.json")
        about.size = len(composed.CYCLONEDX)
        out.addfile(about, io.BytesIO(composed.CYCLONEDX))
    (tmp_path / "a.tar").write_bytes(tape.getvalue())
    report = composed.scanned(tmp_path / "a.tar")
    assert [source.path.rpartition("!")[2] for source in report.sources if "!" in source.path] == ["bom.json"]
