# SPDX-License-Identifier: Apache-2.0
"""Archives and images made of a few bytes."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile

DPKG = (
    b"Package: klnagent64\nStatus: install ok installed\nVersion: 15.1\nMaintainer: Vendor <support@vendor.example>\n\n"
)


def tarred(files: dict[str, bytes], compression: str = "") -> bytes:
    """Give a tar file."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=f"w:{compression}" if compression else "w") as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """Give a ZIP file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def docker_archive(images: dict[str, list[dict[str, bytes]]]) -> bytes:
    """Give a docker-archive of images by their tags, each a list of layers from the bottom up."""
    files: dict[str, bytes] = {}
    manifest = []
    for tag, layers in images.items():
        names = []
        for layer in layers:
            content = tarred(layer)
            names.append(f"{hashlib.sha256(content).hexdigest()}/layer.tar")
            files[names[-1]] = content
        manifest.append({"Config": "0123.json", "RepoTags": [tag], "Layers": names})
    return tarred({**files, "manifest.json": json.dumps(manifest).encode()})


def oci_layout(tag: str, layers: list[dict[str, bytes]], compression: str = "") -> dict[str, bytes]:
    """Give the files of an OCI layout by their names."""
    files = {"oci-layout": b'{"imageLayoutVersion": "1.0.0"}'}

    def blob(content: bytes, kind: str) -> dict[str, object]:
        digest = hashlib.sha256(content).hexdigest()
        files[f"blobs/sha256/{digest}"] = content
        return {"mediaType": kind, "digest": f"sha256:{digest}", "size": len(content)}

    packed = [blob(tarred(layer, compression), "application/vnd.oci.image.layer.v1.tar") for layer in layers]
    manifest = blob(
        json.dumps({"schemaVersion": 2, "layers": packed}).encode(), "application/vnd.oci.image.manifest.v1+json"
    )
    manifest["annotations"] = {"org.opencontainers.image.ref.name": tag}
    files["index.json"] = json.dumps({"schemaVersion": 2, "manifests": [manifest]}).encode()
    return files
