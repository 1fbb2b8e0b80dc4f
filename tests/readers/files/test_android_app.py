# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Android apps."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.binary import android
from debar.readers.files import android_app
from opened import opened, values
from signing import NAMES, certificate, packed, sample

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

NOBODY = 0xFFFFFFFF


def read(content: bytes) -> tuple[list[Observation], Input]:
    """Read an app."""
    source = opened(content, "phone01/base.apk")
    return list(android_app.read(source)), source


def manifest(*elements: tuple[str, dict[str, str]], wide: bool = False) -> bytes:
    """Make a manifest in binary XML."""
    texts = list(dict.fromkeys(t for name, pairs in elements for t in (name, *pairs, *pairs.values())))
    encoded = [struct.pack("<H", len(t)) + t.encode("utf-16-le") + b"\0\0" for t in texts]
    if not wide:
        encoded = [bytes((len(t), len(t.encode()))) + t.encode() + b"\0" for t in texts]
    offsets = [sum(map(len, encoded[:n])) for n in range(len(encoded))]
    body = struct.pack(f"<{len(texts)}I", *offsets) + b"".join(encoded)
    body += b"\0" * (-len(body) % 4)
    start = 28 + 4 * len(texts)
    pool = struct.pack("<HHIIIIII", 1, 28, 28 + len(body), len(texts), 0, 0 if wide else 256, start, 0) + body
    made = b""
    for name, pairs in elements:
        head = struct.pack("<IIHHHHHH", NOBODY, texts.index(name), 20, 20, len(pairs), 0, 0, 0)
        for key, value in pairs.items():
            head += struct.pack("<IIIHBBI", NOBODY, texts.index(key), texts.index(value), 8, 0, 3, texts.index(value))
        made += struct.pack("<HHIII", 0x102, 16, 16 + len(head), 1, NOBODY) + head
    return struct.pack("<HHI", 3, 8, 8 + len(pool) + len(made)) + pool + made


def code(*classes: str) -> bytes:
    """Make a code file that defines these classes."""
    count = len(classes)
    texts, kinds, defined = 112, 112 + 4 * count, 112 + 8 * count
    data = defined + 32 * count
    encoded = [bytes((len(c),)) + c.encode() + b"\0" for c in classes]
    offsets = [data + sum(map(len, encoded[:n])) for n in range(count)]
    header = bytearray(112)
    header[:8] = b"dex\n035\0"
    for at, place in ((56, texts), (64, kinds), (96, defined)):
        struct.pack_into("<II", header, at, count, place)
    tables = struct.pack(f"<{count}I", *offsets) + struct.pack(f"<{count}I", *range(count))
    rows = b"".join(struct.pack("<I28x", n) for n in range(count))
    return bytes(header) + tables + rows + b"".join(encoded)


MANIFEST = manifest(
    ("manifest", {"package": "com.vendor.app", "versionName": "7.1"}),
    ("application", {"label": "Vendor App", "name": "com.vendor.app.Main"}),
    ("meta-data", {"name": "com.other.ads.KEY", "value": "1"}),
    ("activity", {"name": ".Local"}),
)
CODE = code("Lcom/other/ads/sdk/deep/er/Thing;", "Lcom/vendor/app/Main;", "La/b/C;", "LTop;")


def test_app_is_named_by_its_manifest() -> None:
    """Application id, name and version come from the manifest, in either encoding of its texts."""
    for wide in (False, True):
        content = packed(
            {
                "AndroidManifest.xml": manifest(
                    ("manifest", {"package": "com.vendor.app", "versionName": "7.1"}),
                    ("application", {"label": "Vendor App"}),
                    wide=wide,
                )
            }
        )
        (app,), _ = read(content)
        assert (app.label, app.version, app.meaning) == ("Vendor App", "7.1", Meaning.INSTALLED)
        assert values(app, Kind.APP_ID) == ["com.vendor.app"]


def test_code_of_others_is_embedded() -> None:
    """Packages of classes and keys of SDKs are told apart from the app; single letters and top classes are not."""
    (_, classes), _ = read(packed({"AndroidManifest.xml": MANIFEST, "classes.dex": CODE}))
    assert values(classes, Kind.CODE) == [
        "com.other.ads.KEY",
        "com.other.ads.sdk",
        "com.vendor.app",
        "com.vendor.app.Main",
    ]
    assert classes.meaning is Meaning.EMBEDDED


def test_native_libraries_are_embedded() -> None:
    """Libraries for several processors are told once."""
    members: dict[str, bytes | str] = {
        "AndroidManifest.xml": MANIFEST,
        "lib/arm64-v8a/libsdk.so": "",
        "lib/x86/libsdk.so": "",
    }
    assert values(read(packed(members))[0][-1], Kind.FILE) == ["libsdk.so"]


def test_real_app_names_its_signer() -> None:
    """The first signature scheme signs a list of digests, and its signer is told."""
    found, source = read(sample("android-app/server-test-cut.apk"))
    assert values(found[0], Kind.SIGNER) == ["Android"]
    assert source.tally["signatures"] == 1


def test_tampered_list_of_digests_names_nobody() -> None:
    """A list that was changed after signing makes the signer's name a text."""
    import io
    import zipfile

    archive = zipfile.ZipFile(io.BytesIO(sample("android-app/server-test-cut.apk")))
    members = {name: archive.read(name) for name in archive.namelist()}
    members["META-INF/TESTKEY.SF"] += b"more\n"
    found, source = read(packed(members))
    assert values(found[0], Kind.SIGNER) == []
    assert source.tally["signatures that do not match"] == 1


@pytest.mark.parametrize("scheme", [0x7109871A, 0xF05368C0, 0x1B93AD61])
def test_signing_block_names_the_signer(scheme: int) -> None:
    """From scheme 2 on the certificate stands before the directory of the archive."""

    def prefixed(*values: bytes) -> bytes:
        return b"".join(struct.pack("<I", len(value)) + value for value in values)

    signer = prefixed(prefixed(b"digests", prefixed(certificate()), b""))
    content = prefixed(prefixed(signer))
    pair = struct.pack("<QI", len(content) + 4, scheme) + content
    block = struct.pack("<Q", len(pair) + 24) + pair + struct.pack("<Q", len(pair) + 24) + b"APK Sig Block 42"
    plain = packed({"AndroidManifest.xml": MANIFEST})
    end = plain.rindex(b"PK\5\6")
    (at,) = struct.unpack_from("<I", plain, end + 16)
    tail = plain[end : 16 + end] + struct.pack("<I", at + len(block)) + plain[end + 20 :]
    found, source = read(plain[:at] + block + plain[at:end] + tail)
    assert (values(found[0], Kind.SIGNER), source.tally["certificates"]) == (list(NAMES), 1)


def test_zip_files_of_other_kinds_are_not_claimed() -> None:
    """An archive without a manifest of Android is not an app, and a library without code or resources is none."""
    assert android_app.fits(opened(packed({"AndroidManifest.xml": MANIFEST, "classes.dex": CODE})))
    assert not android_app.fits(opened(packed({"readme.txt": "AndroidManifest"})))
    assert not android_app.fits(opened(b"PK\3\4 cut off"))


def test_texts_that_lie_over_one_another_are_bounded() -> None:
    """A pool whose texts all point to one long text does not fill the memory."""
    count = 60_000
    text = b"\xff\xff" * 1 + b"x" * 0x7FFF
    body = struct.pack(f"<{count}I", *[0] * count) + b"\xff\xff\xff\xff" + text
    pool = struct.pack("<HHIIIIII", 1, 28, 28 + len(body), count, 0, 256, 28 + 4 * count, 0) + body
    found = android._pool(pool)
    assert sum(map(len, found)) < 2 * android._CHARACTERS


@pytest.mark.parametrize("content", [b"", b"dex\n", b"dex\n035\0" + b"\xff" * 200, CODE[:150], CODE[:-20]])
def test_broken_code_names_no_more_than_is_there(content: bytes) -> None:
    """Tables outside of a code file give nothing."""
    assert android.packages(content) <= {"com.other.ads.sdk", "com.vendor.app"}


def test_app_without_manifest_is_refused() -> None:
    """What was recognised and has no manifest after all is told."""
    with pytest.raises(SourceError, match="without a manifest"):
        read(packed({"classes.dex": CODE}))
