# SPDX-License-Identifier: Apache-2.0
"""Promises about bundles: what is packed, what is believed, what becomes active, and how old it is said to be."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from argparse import Namespace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

import small
from debar import dates
from debar.cli.register import bundle as verbs
from debar.errors import DebarError, RegisterError, UsageError
from debar.register import active, archive, bundle, imported, load, trust
from debar.register.age import AGE_WARNING, age, calver, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BUILT = "2024-08-02T10:00:00Z"
MANY = {f"notes/{n:05}.md": b"" for n in range(archive.MEMBERS)}
PRIVATE = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
Signing = ed25519.Ed25519PrivateKey


def private_pem(key: Any) -> bytes:
    """Give a private key as openssl writes it."""
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def public_pem(key: Any) -> bytes:
    """Give the public half of a key as openssl writes it."""
    return bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def trusted(key: Signing) -> trust.PublicKey:
    """Give the public half of a key as one that is trusted."""
    raw = key.public_key().public_bytes_raw()
    return trust.PublicKey(id=hashlib.sha256(raw).hexdigest()[:16], raw=raw)


KEYS = (trusted(PRIVATE),)


def zip_of(members: Mapping[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """Give a zip file with these members, whatever they are called."""
    whole = io.BytesIO()
    pairs = list(members.items()) if not isinstance(members, list) else members
    with zipfile.ZipFile(whole, "w", method) as out:
        for name, text in pairs:
            info = zipfile.ZipInfo("x", (1980, 1, 1, 0, 0, 0))
            info.filename, info.compress_type = name, method
            out.writestr(info, text)
    return whole.getvalue()


def signed(
    files: Mapping[str, bytes], *, key: Signing = PRIVATE, changes: Mapping[str, object] | None = None
) -> dict[str, bytes]:
    """Give files with a manifest, changed as told, and its true signature."""
    manifest: dict[str, object] = {
        "schema": 1,
        "register": files["VERSION"].decode().strip() if "VERSION" in files else "2024.08.01",
        "built_at": BUILT,
        "files": {n: {"sha256": hashlib.sha256(c).hexdigest(), "size": len(c)} for n, c in files.items()},
    }
    text = json.dumps(manifest | dict(changes or {})).encode()
    return {**files, "manifest.json": text, "manifest.sig": signature(text, key)}


def signature(text: bytes, by: Signing = PRIVATE, **changes: str) -> bytes:
    """Give the text of manifest.sig, changed as told."""
    said = {"algorithm": "ed25519", "key": trusted(by).id, "signature": base64.b64encode(by.sign(text)).decode()}
    return json.dumps(said | changes).encode()


SMALL = {name: text.encode() for name, text in small.FILES.items()}
GOOD = signed(SMALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register on disk."""
    return small.write(tmp_path / "register")


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    """Give the file of the private key."""
    file = tmp_path / "private.pem"
    file.write_bytes(private_pem(PRIVATE))
    return file


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty home for imports, beside a shipped register of 2024.07.01."""
    shipped = small.write(tmp_path / "shipped")
    small.change(shipped, "VERSION", "2024.08.01", "2024.07.01")
    monkeypatch.setattr(active, "register_directory", lambda: shipped)
    monkeypatch.setattr(verbs, "register_directory", lambda: shipped)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "data" / "debar"


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Give a maker of signed bundles of the small register: by version, moment, and the file of its party."""

    def maker(version: str = "2024.08.01", built_at: str = BUILT, maker: bytes | None = None) -> Path:
        files = {**SMALL, "VERSION": f"{version}\n".encode()}
        files |= {"parties/maker.yaml": maker} if maker else {}
        file = tmp_path / f"{version}-{built_at[:10]}.zip"
        file.write_bytes(archive.zipped(signed(files, changes={"built_at": built_at})))
        return file

    return maker


def refusal(whole: bytes, keys: tuple[trust.PublicKey, ...] = KEYS) -> tuple[str, ...]:
    """Give every fault for which a bundle is refused."""
    with pytest.raises(RegisterError) as e:
        bundle.proven(Path("b.zip"), archive.unzipped(Path("b.zip"), whole), keys)
    assert e.value.hint
    return tuple(fault.removeprefix("b.zip: ") for fault in e.value.faults)


# ---- packing ---------------------------------------------------------------------------------------------------------


def test_a_bundle_holds_the_register_and_says_so(folder: Path, pem: Path, tmp_path: Path) -> None:
    """Every file is in it as it is, with its digest and size, and the proof gives what the packer gave."""
    out = tmp_path / "b.zip"
    packed = bundle.pack(folder, pem, out, "2024-08-02T12:00:00.5+02:00")
    files = {n: bundle.Member(sha256=hashlib.sha256(c).hexdigest(), size=len(c)) for n, c in sorted(SMALL.items())}
    assert packed.manifest == bundle.Manifest(schema=1, register="2024.08.01", built_at=BUILT, files=files)
    assert packed.key == KEYS[0].id
    assert packed == bundle.verify(out, KEYS)
    with zipfile.ZipFile(out) as opened:
        assert SMALL == {n: opened.read(n) for n in opened.namelist() if not n.startswith("manifest.")}
        assert hashlib.sha256(opened.read("manifest.json")).hexdigest() == packed.sha256
        PRIVATE.public_key().verify(
            base64.b64decode(json.loads(opened.read("manifest.sig"))["signature"]), opened.read("manifest.json")
        )
    assert [out.name, "private.pem", "register"] == sorted(f.name for f in tmp_path.iterdir())


def test_the_shipped_register_can_be_packed(register: object, tmp_path: Path, pem: Path) -> None:
    """What ships with debar makes a bundle, with nothing of its directory left out."""
    folder = Path(__file__).parents[2] / "register"
    packed = bundle.pack(folder, pem, tmp_path / "b.zip", dates.stamp(datetime.now(UTC)))
    assert set(packed.manifest.files) == {
        f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file() and not f.name.startswith(".")
    }


def test_the_same_register_gives_the_same_bytes(folder: Path, pem: Path, tmp_path: Path) -> None:
    """Neither the order nor the times of the files, nor the directory's name, nor a second run leave a trace."""
    bundle.pack(folder, pem, tmp_path / "a.zip", BUILT)
    copy = tmp_path / "elsewhere"
    for name in reversed(small.FILES):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(small.FILES[name])
        os.utime(copy / name, (1, 1))
    bundle.pack(copy, pem, tmp_path / "b.zip", BUILT)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as opened:
        members = opened.infolist()
    assert [m.filename for m in members] == sorted(m.filename for m in members)
    assert {(m.date_time, m.compress_type, m.create_system) for m in members} == {((1980, 1, 1, 0, 0, 0), 0, 3)}


def test_what_is_no_part_of_a_register_stays_out(folder: Path, pem: Path, tmp_path: Path) -> None:
    """Leftovers of editors, systems and version control are not packed, and neither is a former signature."""
    for name in (".git/HEAD", ".github/x.yaml", "parties/.DS_Store", "parties/maker.yaml~", "a.pyc", "manifest.sig"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    for name in ("README.md", "LICENSE", "schema/party.schema.json", "lists/names.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    packed = bundle.pack(folder, pem, tmp_path / "b.zip", BUILT)
    extra = {"README.md", "LICENSE", "schema/party.schema.json", "lists/names.txt"}
    assert set(packed.manifest.files) == {*SMALL, *extra}


@pytest.mark.parametrize("name", ["parties/other.yaml", "measures/eu", "NOTICE"])
def test_a_link_is_not_packed(folder: Path, pem: Path, tmp_path: Path, name: str) -> None:
    """A register that reaches outside its directory is refused, for its bundle would not be what was loaded."""
    (tmp_path / "elsewhere").write_text("id: other\nname: Other\n")
    (folder / name).symlink_to(tmp_path if name == "measures/eu" else tmp_path / "elsewhere")
    with pytest.raises(RegisterError, match=f"{name} is no regular file"):
        bundle.pack(folder, pem, tmp_path / "b.zip", BUILT)


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("VERSION", "2024.08.01", "first", "'first' is no version of a register"),
        ("VERSION", "2024.08.01", "2024.08.32", "no such day"),
        ("VERSION", "2024.08.01", "2024.08.04", "is dated after it was built"),
        ("parties/maker.yaml", "country", "land", "unknown field `land`"),
    ],
)
def test_a_register_that_would_be_refused_is_not_packed(
    folder: Path, pem: Path, tmp_path: Path, name: str, old: str, new: str, fault: str
) -> None:
    """What would be refused everywhere is refused by the packer, and no file is left."""
    small.change(folder, name, old, new)
    with pytest.raises(RegisterError, match=fault):
        bundle.pack(folder, pem, tmp_path / "b.zip", BUILT)
    assert ["private.pem", "register"] == sorted(f.name for f in tmp_path.iterdir())


@pytest.mark.parametrize("name", ["parties/.hidden.yaml", "parties/white space.yaml", "documents/ünïcode.txt"])
def test_a_name_that_could_hide_is_not_packed(folder: Path, pem: Path, tmp_path: Path, name: str) -> None:
    """A file that would be loaded but has a name that other systems read differently is a fault, not left out."""
    (folder / name).write_text("id: x\nname: x\n")
    with pytest.raises(RegisterError):
        bundle.pack(folder, pem, tmp_path / "b.zip", BUILT)


def test_a_version_that_is_no_text_is_a_fault(folder: Path, pem: Path, tmp_path: Path) -> None:
    """Bytes that are no text are told as such."""
    (folder / "VERSION").write_bytes(b"\xff\xfe")
    with pytest.raises(RegisterError, match="cannot be read"):
        bundle.pack(folder, pem, tmp_path / "b.zip", BUILT)


def test_an_empty_register_is_not_packed(folder: Path, pem: Path, tmp_path: Path) -> None:
    """A register without measures would answer everything with nothing."""
    shutil.rmtree(folder / "measures")
    with pytest.raises(RegisterError, match="no measures, no parties or no indicators"):
        bundle.pack(folder, pem, tmp_path / "b.zip", BUILT)


@pytest.mark.parametrize("built_at", ["", "2024-08-02", "2024-08-02T10:00:00", "yesterday", "9999-01-01T00:00Z"])
def test_the_moment_of_packing_is_an_instant(folder: Path, pem: Path, tmp_path: Path, built_at: str) -> None:
    """A date, a time without a zone and what is neither are wrong usage."""
    with pytest.raises(UsageError):
        bundle.pack(folder, pem, tmp_path / "b.zip", built_at)


@pytest.mark.parametrize("out", ["nowhere/b.zip", "register"])
def test_a_place_that_cannot_be_written_is_told(folder: Path, pem: Path, tmp_path: Path, out: str) -> None:
    """A missing directory, and a directory in the file's place, are wrong usage."""
    with pytest.raises(UsageError):
        bundle.pack(folder, pem, tmp_path / out, BUILT)
    assert ["private.pem", "register"] == sorted(f.name for f in tmp_path.iterdir())


WRONG_PRIVATE = {
    "missing": None,
    "empty": b"",
    "noise": bytes(range(256)),
    "public": public_pem(PRIVATE),
    "curve": private_pem(ec.generate_private_key(ec.SECP256R1())),
    "exchange": private_pem(x25519.X25519PrivateKey.generate()),
    "passphrase": PRIVATE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")),
}


@pytest.mark.parametrize("content", WRONG_PRIVATE.values(), ids=WRONG_PRIVATE)
def test_only_an_open_ed25519_key_signs(folder: Path, tmp_path: Path, content: bytes | None) -> None:
    """Every other key is wrong usage, names its file, and leaves nothing."""
    file = tmp_path / "key.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match=r"key\.pem"):
        bundle.pack(folder, file, tmp_path / "b.zip", BUILT)
    assert not (tmp_path / "b.zip").exists()


# ---- proving ---------------------------------------------------------------------------------------------------------


def edited(name: str, text: bytes) -> bytes:
    """Give the good bundle with one member replaced after signing."""
    return archive.zipped({**GOOD, name: text})


def test_the_good_bundle_is_good() -> None:
    """The one that all damage starts from is believed."""
    files = archive.unzipped(Path("b.zip"), archive.zipped(GOOD))
    assert files == GOOD
    assert bundle.proven(Path("b.zip"), files, KEYS).manifest.register == "2024.08.01"


@pytest.mark.parametrize(
    ("whole", "faults"),
    [
        (edited("VERSION", b"2024.08.02\n"), ("VERSION has another digest than the manifest says",)),
        (edited("VERSION", b"2024\n"), ("VERSION has 5 bytes, and the manifest says 11",)),
        (edited("parties/evil.yaml", b"id: evil"), ("parties/evil.yaml is not in the manifest",)),
        (
            archive.zipped({n: c for n, c in GOOD.items() if not n.startswith("parties")}),
            ("parties/maker.yaml is missing",),
        ),
        (archive.zipped({n: c for n, c in GOOD.items() if n != "manifest.sig"}), ("manifest.sig is missing",)),
        (archive.zipped(SMALL), ("manifest.json is missing", "manifest.sig is missing")),
        (archive.zipped(signed({n: c for n, c in SMALL.items() if n != "VERSION"})), ("VERSION is missing",)),
    ],
    ids=["digest", "size", "extra", "missing", "unsigned", "no bundle", "no version"],
)
def test_what_the_manifest_does_not_say_is_refused(whole: bytes, faults: tuple[str, ...]) -> None:
    """Wrong content and size, extra and missing files are each named."""
    assert faults == refusal(whole)


def test_every_difference_is_told_at_once() -> None:
    """Three faults of files make one message of three lines."""
    files = {n: c for n, c in GOOD.items() if not n.startswith("parties")}
    assert refusal(archive.zipped({**files, "VERSION": b"x", "new.yaml": b""})) == (
        "parties/maker.yaml is missing",
        "new.yaml is not in the manifest",
        "VERSION has 1 bytes, and the manifest says 11",
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (signature(GOOD["manifest.json"] + b" "), "the signature does not fit: manifest.json is not what key"),
        (signature(GOOD["manifest.json"], OTHER, key=KEYS[0].id), "the signature does not fit"),
        (signature(GOOD["manifest.json"], signature=""), "the signature does not fit"),
        (signature(GOOD["manifest.json"], signature=base64.b64encode(bytes(64)).decode()), "the signature does not fit"),
        (signature(GOOD["manifest.json"], OTHER), f"signed with key '{trusted(OTHER).id}'; trusted here: {KEYS[0].id}"),
        (signature(GOOD["manifest.json"], key=""), "signed with key ''; trusted here"),
        (signature(GOOD["manifest.json"], algorithm="rsa"), "signed with 'rsa', and this debar knows ed25519"),
        (signature(GOOD["manifest.json"], algorithm="none"), "signed with 'none', and this debar knows ed25519"),
        (signature(GOOD["manifest.json"], signature="?" * 88), "manifest.sig is no signature"),
        (signature(GOOD["manifest.json"], signature="é"), "manifest.sig is no signature"),
        (signature(GOOD["manifest.json"], more="x"), "manifest.sig is no signature"),
        (b"", "manifest.sig is no signature"),
        (b"\xff", "manifest.sig is no signature"),
        (b"[" * 100_000, "manifest.sig is no signature"),
        (b'{"algorithm":' + b"[" * 100_000, "manifest.sig is no signature"),
    ],
)  # fmt: skip
def test_a_signature_must_be_a_trusted_keys_own(text: bytes, fault: str) -> None:
    """Another text, another key, another algorithm and what is no signature are each told."""
    (said,) = refusal(edited("manifest.sig", text))
    assert said.startswith(fault)


def test_without_a_trusted_key_nothing_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No key ships with debar: the hint says where the user's own belong."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "b.zip"
    file.write_bytes(archive.zipped(GOOD))
    with pytest.raises(UsageError, match="no key is trusted here") as e:
        bundle.verify(file, ())
    assert str(tmp_path / "debar" / "keys") in e.value.hint


def test_any_of_the_trusted_keys_will_do() -> None:
    """With several keys the one that signed is found and named."""
    files = signed(SMALL, key=OTHER)
    assert bundle.proven(Path("b.zip"), files, (*KEYS, trusted(OTHER))).key == trusted(OTHER).id


def test_nothing_is_read_of_a_manifest_that_nobody_signed() -> None:
    """A forged manifest is refused for its signature, whatever it holds."""
    for text in (b"", b"[" * 100_000, b'{"schema": 99}', b"\xff"):
        (said,) = refusal(edited("manifest.json", text))
        assert said.startswith("the signature does not fit")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"schema": 2}, "this bundle needs a newer debar: it has schema 2, and this one knows 1"),
        ({"schema": 2, "files": "elsewhere"}, "this bundle needs a newer debar: it has schema 2"),
        ({"schema": 0}, "there is no schema 0"),
        ({"schema": -1}, "there is no schema -1"),
        ({"schema": "1"}, "manifest.json is no manifest: Expected `int`, got `str` - at `$.schema`"),
        ({"more": 1}, "manifest.json is no manifest: Object contains unknown field `more`"),
        ({"files": []}, "manifest.json is no manifest"),
        ({"register": "2024.08.02"}, "the manifest says register 2024.08.02, and the file VERSION says otherwise"),
        ({"register": "../../x"}, "'../../x' is no version of a register"),
        ({"built_at": "2024-08-02"}, "'2024-08-02' is a date, not an instant"),
        ({"built_at": "2024-08-02T10:00:00+00:00"}, "'2024-08-02T10:00:00+00:00' is not written as"),
        ({"built_at": "2024-08-02T10:00:00.5Z"}, "'2024-08-02T10:00:00.5Z' is not written as"),
        ({"built_at": "2024-07-30T10:00:00Z"}, "register 2024.08.01 is dated after it was built"),
        ({"built_at": "2190-01-01T00:00:00Z"}, "built at 2190-01-01T00:00:00Z, and here it is only 2"),
    ],
)
def test_a_signed_manifest_must_still_be_one(changes: dict[str, object], fault: str) -> None:
    """A trusted key does not make a newer schema known, a wrong shape right, or the future past."""
    (said,) = refusal(archive.zipped(signed(SMALL, changes=changes)))
    assert said.startswith(fault)


@pytest.mark.parametrize(("minutes", "believed"), [(-1, True), (9, True), (11, False)])
def test_clocks_may_differ_by_minutes(minutes: int, believed: bool) -> None:
    """A bundle made minutes ahead of this machine's clock is believed, one made later is not."""
    built = dates.stamp(datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=minutes))
    files = signed(SMALL, changes={"built_at": built})
    if believed:
        assert bundle.proven(Path("b"), files, KEYS).manifest.built_at == built
    else:
        assert refusal(archive.zipped(files))[0].startswith(f"built at {built}, and here it is only")


# ---- hostile zip files -----------------------------------------------------------------------------------------------

NAMES = [
    "../VERSION", "parties/../../x", "/etc/passwd", "//host/share", "C:/x", "C:x", "parties\\x.yaml", "..\\x", ".", "..",
    "./x", "a//b", "a/", "/", "", ".hidden", "a/.hidden", "a.", "a..b", "a b", "a\n", "x\x1b[2J", "ünï", "a:b", "a*", "-rf",
    "\u202ex", "a/b/c/d/e/f/g/h/i", "x" * 201, "~/x", "$HOME/x",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_could_lead_elsewhere_is_refused(name: str) -> None:
    """Names above, beside or outside the directory, hidden ones, and ones that systems read differently."""
    faults = refusal(zip_of(signed({**SMALL, name: b"x"})))
    assert faults[0].startswith((repr(name), "is no whole zip file", "has more than"))


def test_a_name_with_a_null_byte_is_refused() -> None:
    """A name that ends early for some and goes on for others is no name."""
    whole = zip_of(signed({**SMALL, "NOTICE": b"x"})).replace(b"NOTICE", b"NOT\0CE", 1)
    start = whole.index(b"PK\1\2")
    row = whole.index(b"NOTICE", start)
    (fault,) = refusal(whole[:row] + b"NOT\0CE" + whole[row + 6 :])
    assert fault.startswith("'NOT\\x00CE': is no name")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["VERSION", "version", "Parties/Maker.yaml"])
def test_a_member_that_stands_twice_is_refused(name: str) -> None:
    """Two members of one name, or of names that some file systems take for one, leave open which one counts."""
    assert f"{name!r} stands in it twice" in refusal(zip_of([*GOOD.items(), (name, b"x")]))


def test_a_file_that_is_also_a_directory_is_refused() -> None:
    """A member below another member cannot be written."""
    assert refusal(zip_of({**GOOD, "version/x": b""})) == ("'version' is both a file and a directory",)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compressed_member_is_refused(method: int) -> None:
    """Whatever could swell is refused before it is read, however well it is signed."""
    bomb = signed({**SMALL, "notes.txt": bytes(1 << 20)})
    faults = refusal(zip_of(bomb, method))
    assert "'notes.txt' is compressed or encrypted; debar stores files as they are" in faults


def test_an_encrypted_member_is_refused() -> None:
    """A member that claims to be encrypted is refused by its flag."""
    whole = bytearray(zip_of(GOOD))
    start = whole.index(b"PK\1\2")
    whole[start + 8] |= 1
    assert refusal(bytes(whole))[-1].endswith("is compressed or encrypted; debar stores files as they are")


def test_members_that_share_their_bytes_are_refused() -> None:
    """Rows of the directory that lead to the same content would make it many times as large as the file."""
    whole = zip_of({"a": bytes(100_000)})
    start, end = whole.index(b"PK\1\2"), whole.index(b"PK\5\6")
    rows = b"".join(whole[start:end].replace(b"a", bytes([letter])) for letter in b"abcdefghij")
    tail = whole[end : end + 12] + len(rows).to_bytes(4, "little") + whole[end + 16 :]
    assert "its members are larger than the file itself" in refusal(whole[:start] + rows + tail)


@pytest.mark.parametrize("size", [1 << 31, (1 << 32) - 1])
def test_a_size_that_is_only_claimed_is_refused(size: int) -> None:
    """A member that says it has gigabytes makes no gigabytes be asked for."""
    whole = bytearray(zip_of({"a": b"x"}))
    start = whole.index(b"PK\1\2")
    whole[start + 20 : start + 28] = size.to_bytes(4, "little") * 2
    assert refusal(bytes(whole))


def test_bounds() -> None:
    """A bundle has a bounded size, each of its files too, and so has their number."""
    assert refusal(bytes(archive.WHOLE + 1)) == (f"is larger than {archive.WHOLE} bytes",)
    assert refusal(zip_of({"a": bytes(archive.LARGEST + 1)})) == (f"'a' is larger than {archive.LARGEST} bytes",)
    assert refusal(zip_of({**MANY, "one-more": b""})) == (f"has more than {archive.MEMBERS} members",)


def test_a_directory_without_end_is_refused_before_it_is_read() -> None:
    """A million rows cost no memory: their length stands at the end of the file."""
    row = zip_of({"a": b""})
    row = row[row.index(b"PK\1\2") : row.index(b"PK\5\6")]
    rows = row * 1_000_000
    end = b"PK\5\6" + bytes(4) + b"\xff\xff" * 2 + len(rows).to_bytes(4, "little") + bytes(6)
    assert refusal(rows + end) == (f"has more than {archive.MEMBERS} members, or too long names",)


def test_the_wide_form_is_refused() -> None:
    """A zip file whose directory is described in a second place (zip64) is refused before that place is believed."""
    whole = archive.zipped(GOOD)
    end = whole[-22:]
    rows, size = end[16:20] + bytes(4), end[12:16] + bytes(4)
    wide = (
        b"PK\6\6" + (44).to_bytes(8, "little") + bytes(12) + end[8:10] + bytes(6) + end[10:12] + bytes(6) + size + rows
    )
    locator = b"PK\6\7" + bytes(4) + (len(whole) - 22).to_bytes(8, "little") + b"\1\0\0\0"
    changed = whole[:-22] + wide + locator + end
    with zipfile.ZipFile(io.BytesIO(changed)) as opened:
        assert opened.namelist() == sorted(GOOD)
    assert refusal(changed) == ("is no zip file, was cut off, or something was added to it",)


NO_ZIP = {
    "empty": b"",
    "text": b"VERSION",
    "noise": random.Random(1).randbytes(100_000),
    "gzip": b"\x1f\x8b\x08" + bytes(100),
    "only an end": b"PK\5\6" + bytes(18),
    "comment": archive.zipped(GOOD)[:-2] + b"\4\0note",
    "appended": archive.zipped(GOOD) + b"x",
}


@pytest.mark.parametrize("whole", NO_ZIP.values(), ids=NO_ZIP)
def test_what_is_no_zip_file_is_refused(whole: bytes) -> None:
    """Other files, and zip files with something in, after or around them, are no bundles."""
    assert refusal(whole)


def test_a_bundle_cut_anywhere_is_refused() -> None:
    """A copy that broke off is told, wherever it broke off."""
    whole = archive.zipped(GOOD)
    for end in range(0, len(whole), 61):
        assert refusal(whole[:end])


def believed(whole: bytes) -> dict[str, bytes] | None:
    """Give what is believed of a file, or nothing; anything but a DebarError is a fault of debar."""
    try:
        files = archive.unzipped(Path("b.zip"), whole)
        bundle.proven(Path("b.zip"), files, KEYS)
    except DebarError:
        return None
    return files


@given(st.data())
def test_no_changed_bundle_is_believed(data: st.DataObject) -> None:
    """Whatever bytes are changed, put in or taken out: the bundle is refused, or gives the very same files."""
    whole = bytearray(archive.zipped(GOOD))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        gone = data.draw(st.integers(0, 8))
        whole[at : at + gone] = data.draw(st.binary(max_size=8))
    files = believed(bytes(whole))
    # The signature may be written in more than one way; what it is over may not.
    assert files is None or {**files, "manifest.sig": b""} == {**GOOD, "manifest.sig": b""}


def test_no_changed_byte_is_believed() -> None:
    """Every third byte of a bundle, changed, gives a refusal or the very same files."""
    whole = archive.zipped(GOOD)
    for at in range(0, len(whole), 3):
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        files = believed(bytes(changed))
        assert files is None or {**files, "manifest.sig": b""} == {**GOOD, "manifest.sig": b""}, at


@given(st.binary(max_size=300))
def test_noise_is_refused(noise: bytes) -> None:
    """Any bytes, also between true beginnings and endings, are refused and do no harm."""
    good = archive.zipped(GOOD)
    for whole in (noise, noise + good[-22:], good[:200] + noise + good[-200:]):
        assert believed(whole) is None


@given(st.binary(max_size=200))
def test_noise_signed_by_a_trusted_key_is_refused(text: bytes) -> None:
    """A manifest that is none is told, whoever signed it."""
    assert believed(archive.zipped({**SMALL, "manifest.json": text, "manifest.sig": signature(text)})) is None


words = st.from_regex(archive._WORD, fullmatch=True).map(lambda word: word[:20].rstrip("."))


@given(st.dictionaries(st.lists(words, min_size=1, max_size=4).map("/".join), st.binary(max_size=50), max_size=8))
def test_what_is_zipped_comes_out_again(files: dict[str, bytes]) -> None:
    """Names and contents survive, in the order of names, unless two of them are one on some system."""
    folded = [name.casefold() for name in files]
    clash = any(one.startswith(f"{other}/") for one in folded for other in folded)
    if clash or len(set(folded)) < len(folded):
        with pytest.raises(RegisterError):
            archive.unzipped(Path("b.zip"), archive.zipped(files))
    else:
        found = archive.unzipped(Path("b.zip"), archive.zipped(files))
        assert list(found.items()) == sorted(files.items())


@given(st.one_of(st.text(max_size=20), st.text(alphabet="./\\:~a", max_size=12)))
def test_every_allowed_name_lies_below_the_directory(name: str) -> None:
    """A name that is let through joins to a path inside, and has no hidden part."""
    if archive._misnamed(name):
        return
    base = Path("/base")
    assert os.path.normpath(base / name) == str(base / name)
    assert (base / name).is_relative_to(base)
    assert base != base / name
    assert not any(part.startswith(".") or part.endswith(".") for part in name.split("/"))
    assert name.isascii()


@pytest.mark.parametrize("name", ["nowhere.zip", ""])
def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path, name: str) -> None:
    """A missing file is told as such, and a directory that is no import as no bundle."""
    with pytest.raises(UsageError if name else RegisterError, match="no such file" if name else "is missing"):
        bundle.verify(tmp_path / name, KEYS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no regular file is not opened."""
    os.mkfifo(tmp_path / "b.zip")
    with pytest.raises(UsageError, match="no such file"):
        bundle.verify(tmp_path / "b.zip", KEYS)


# ---- importing -------------------------------------------------------------------------------------------------------


def test_an_import_becomes_active(home: Path, make: Callable[..., Path]) -> None:
    """The register is in a directory named after version and digest, whole, the user's alone, and in use."""
    file = make()
    directory = imported.import_bundle(file, KEYS, home)
    proof = bundle.verify(file, KEYS)
    assert directory == home / f"2024.08.01-{proof.sha256[:12]}"
    assert directory == active.active(home) == active.active(active.home())
    assert proof == bundle.verify(directory, KEYS)
    assert {n: (directory / n).read_bytes() for n in SMALL} == SMALL
    assert load.load(directory).version == "2024.08.01"
    assert sorted(f.name for f in home.iterdir()) == [directory.name, "active.json"]
    assert all(0 == f.stat().st_mode & 0o077 for f in (home, home / "active.json", directory / "VERSION"))


def test_without_an_import_the_shipped_register_is_used(home: Path, tmp_path: Path) -> None:
    """No home, an empty one and none at all mean the same, and nothing is created by asking."""
    assert active.choice(home) == active.choice(None) == active.choice(tmp_path / "config") == (None, "")
    assert not home.exists()


def test_a_newer_register_replaces_the_former(home: Path, make: Callable[..., Path]) -> None:
    """The newer one is active, the former stays where it was, and the same again changes nothing."""
    first = imported.import_bundle(make(), KEYS, home)
    second = imported.import_bundle(make("2024.08.02"), KEYS, home)
    assert second == active.active(home)
    assert second == imported.import_bundle(make("2024.08.02"), KEYS, home)
    assert bundle.verify(first, KEYS).manifest.register == "2024.08.01"
    assert sorted(f.name for f in home.iterdir()) == sorted([first.name, second.name, "active.json"])


def test_a_newer_build_of_the_same_register_is_no_step_back(home: Path, make: Callable[..., Path]) -> None:
    """Of one version the later build is taken, and the earlier refused."""
    imported.import_bundle(make(), KEYS, home)
    later = imported.import_bundle(make(built_at="2024-08-03T10:00:00Z"), KEYS, home)
    with pytest.raises(RegisterError, match="is older than the one in use"):
        imported.import_bundle(make(), KEYS, home)
    assert later == active.active(home)


def test_an_older_register_is_only_taken_when_told(home: Path, make: Callable[..., Path]) -> None:
    """Neither an import nor the shipped register is replaced by an older one, unless that is asked for."""
    with pytest.raises(RegisterError) as e:
        imported.import_bundle(make("2024.06.30"), KEYS, home)
    assert e.value.message.endswith(
        "register 2024.06.30, built at 2024-08-02T10:00:00Z, is older than the one in use: 2024.07.01, which ships with debar"
    )
    assert (e.value.hint, home.exists()) == ("--older imports it all the same", False)
    newer = imported.import_bundle(make(), KEYS, home)
    with pytest.raises(RegisterError, match=r"is older than the one in use: 2024\.08\.01, built"):
        imported.import_bundle(make("2024.07.15"), KEYS, home)
    assert newer == active.active(home)
    older = imported.import_bundle(make("2024.06.30"), KEYS, home, older=True)
    assert older == active.active(home)


def test_an_update_of_debar_is_no_step_back(home: Path, tmp_path: Path, make: Callable[..., Path]) -> None:
    """An import is left when a newer register ships with debar, also one that was older when it was imported."""
    ship = tmp_path / "shipped" / "VERSION"
    imported.import_bundle(make(), KEYS, home)
    ship.write_text("2024.08.02\n")
    assert active.choice(home) == (
        None,
        "the shipped register 2024.08.02 is newer than 2024.08.01, which was imported",
    )
    told = imported.import_bundle(make(), KEYS, home, older=True)
    assert told == active.active(home)
    ship.write_text("2024.08.03\n")
    assert active.active(home) is None


@pytest.mark.parametrize("shipped", ["", "development", "2024.99.99"])
def test_a_shipped_register_without_version_is_older_than_any(
    home: Path, tmp_path: Path, make: Callable[..., Path], shipped: str
) -> None:
    """What is no version stands in nobody's way."""
    (tmp_path / "shipped" / "VERSION").write_text(shipped)
    assert imported.import_bundle(make(), KEYS, home) == active.active(home)


def test_a_register_that_does_not_load_never_becomes_active(home: Path, make: Callable[..., Path]) -> None:
    """A trusted key does not make a broken register whole; the former stays, and nothing is left behind."""
    former = imported.import_bundle(make(), KEYS, home)
    with pytest.raises(RegisterError) as e:
        imported.import_bundle(make("2024.08.02", maker=b"id: [\n"), KEYS, home)
    assert e.value.faults[0].startswith("register/parties/maker.yaml:")
    assert "needs a newer debar" in e.value.hint
    assert former == active.active(home)
    assert sorted(f.name for f in home.iterdir()) == [former.name, "active.json"]


def test_a_bundle_that_is_refused_touches_nothing(home: Path, make: Callable[..., Path]) -> None:
    """A changed bundle does not even make the home."""
    file = make()
    file.write_bytes(file.read_bytes().replace(b"name: Maker", b"name: Baker"))
    with pytest.raises(RegisterError, match=r"another digest|no whole zip file"):
        imported.import_bundle(file, KEYS, home)
    assert not home.exists()


@pytest.mark.parametrize("step", ["archive.write", "bundle.expect_loads", "archive.replace", "bundle.verify"])
@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(28, "No space left on device"), RegisterError(["x"])])
def test_a_crash_at_any_step_leaves_the_former_active(
    home: Path, make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException
) -> None:
    """Whatever ends an import early: the former register is in use, no part is left, and the next try succeeds."""
    former = imported.import_bundle(make(), KEYS, home)
    module, name = step.split(".")
    calls = iter(range(100))
    true = getattr({"archive": archive, "bundle": bundle}[module], name)

    def broken(*arguments: Any) -> Any:
        if next(calls) >= (3 if name == "write" else 0):
            raise fault
        return true(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(f"debar.register.{step}", broken)
        with pytest.raises((KeyboardInterrupt, UsageError, RegisterError)):
            imported.import_bundle(make("2024.08.02"), KEYS, home)
    assert former == active.active(home)
    assert not [f for f in home.iterdir() if f.name.startswith(".")]
    assert imported.import_bundle(make("2024.08.02"), KEYS, home) == active.active(home)


def test_a_killed_import_leaves_the_former_active(home: Path, make: Callable[..., Path]) -> None:
    """A process that is ended in the middle, without a chance to clean up, leaves the former register in use."""
    former = imported.import_bundle(make(), KEYS, home)
    file = make("2024.08.02")
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom debar.register import active, archive, imported, trust\n"
        "archive.replace = lambda *_: os._exit(9)\n"
        "keys = [trust.PublicKey(sys.argv[2], bytes.fromhex(sys.argv[3]))]\n"
        "imported.import_bundle(Path(sys.argv[1]), keys, Path(sys.argv[4]), older=True)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file), KEYS[0].id, KEYS[0].raw.hex(), str(home)],
        check=False,
    )
    assert done.returncode == 9
    assert former == active.active(home)
    assert imported.import_bundle(file, KEYS, home) == active.active(home)


def test_two_imports_at_once_agree(home: Path, make: Callable[..., Path]) -> None:
    """Of two that import the same, the second finds the directory there and takes it, if it is what was signed."""
    file = make()
    files = archive.contents(file)
    target = imported.import_bundle(file, KEYS, home)
    imported._unpack(file, files, target)
    assert sorted(f.name for f in home.iterdir()) == [target.name, "active.json"]


def test_an_import_that_was_changed_is_not_taken_again(home: Path, make: Callable[..., Path]) -> None:
    """A directory of the right name with other content is refused, not believed for its name."""
    directory = imported.import_bundle(make(), KEYS, home)
    small.change(directory, "parties/maker.yaml", "name: Maker", "name: Baker")
    with pytest.raises(RegisterError, match=r"parties/maker\.yaml has another digest than the manifest says"):
        imported.import_bundle(make(), KEYS, home)


@pytest.mark.parametrize("name", ["parties/new.yaml", "parties/.new.yaml", "measures/us/.x/y.yaml", "documents/x.txt"])
def test_a_file_that_was_added_to_an_import_is_noticed(home: Path, make: Callable[..., Path], name: str) -> None:
    """Whatever would be loaded is proven, hidden files among it."""
    directory = imported.import_bundle(make(), KEYS, home)
    (directory / name).parent.mkdir(exist_ok=True)
    (directory / name).write_text("id: new\nname: New\n")
    with pytest.raises(RegisterError, match=f"{name} is not in the manifest"):
        bundle.verify(directory, KEYS)


POINTERS = {
    "empty": b"",
    "noise": b"\xff\x00",
    "other": b"[]",
    "unknown field": b'{"directory": "2024.08.01-0123456789ab", "built_at": "", "shipped": "", "more": 1}',
    "above": b'{"directory": "../2024.08.01-0123456789ab", "built_at": "", "shipped": ""}',
    "absolute": b'{"directory": "/etc", "built_at": "", "shipped": ""}',
    "here": b'{"directory": ".", "built_at": "", "shipped": ""}',
    "nothing": b'{"directory": "", "built_at": "", "shipped": ""}',
    "gone": b'{"directory": "2024.08.01-0123456789ab", "built_at": "", "shipped": ""}',
    "deep": b'{"directory": ' + b"[" * 100_000,
    "long": b'{"directory": "' + b"0" * 1_000_000 + b'"}',
}


@pytest.mark.parametrize("pointer", POINTERS.values(), ids=POINTERS)
def test_a_pointer_that_leads_nowhere_is_not_followed(home: Path, make: Callable[..., Path], pointer: bytes) -> None:
    """The shipped register is used, the reason is told, and the next import mends it."""
    imported.import_bundle(make(), KEYS, home)
    (home / "active.json").write_bytes(pointer)
    directory, why = active.choice(home)
    assert directory is None
    assert why.startswith(str(home))
    assert why.endswith("debar register import BUNDLE makes one active")
    assert imported.import_bundle(make(), KEYS, home) == active.active(home)


@given(st.binary(max_size=200))
def test_no_pointer_does_harm(pointer: bytes) -> None:
    """Whatever the pointer holds, asking for the active register gives none and does not fail."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "active.json").write_bytes(pointer)
        assert active.active(Path(folder)) is None


def test_a_pointer_to_a_link_is_not_followed(home: Path, make: Callable[..., Path], tmp_path: Path) -> None:
    """A directory that was replaced by a link to another is not used."""
    directory = imported.import_bundle(make(), KEYS, home)
    directory.rename(tmp_path / "moved")
    directory.symlink_to(tmp_path / "moved")
    assert active.active(home) is None


def test_a_pointer_that_is_a_directory_is_told(home: Path) -> None:
    """Something else in the pointer's place is a reason, not a crash."""
    (home / "active.json").mkdir(parents=True)
    assert active.choice(home)[0] is None
    assert "active.json" in active.choice(home)[1]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_what_somebody_else_could_have_written_is_not_used(
    home: Path, make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a foreign owner nor a file that everybody can write decides which law is applied, and none is overwritten."""
    directory = imported.import_bundle(make(), KEYS, home)
    for path in (home, home / "active.json", directory):
        mode = path.stat().st_mode
        path.chmod(mode | 0o002)
        assert active.choice(home)[0] is None
        assert str(path if path != home else home / "active.json") in active.choice(home)[1]
        path.chmod(mode)
    assert directory == active.active(home)
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    assert active.active(home) is None
    with pytest.raises(UsageError, match="somebody else can write it"):
        imported.import_bundle(make("2024.08.02"), KEYS, home)


@pytest.mark.parametrize("variable", ["relative/place", "", "~"])
def test_a_home_is_absolute_or_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """A relative path is not a place: the working directory never decides which law is applied."""
    monkeypatch.setenv("XDG_DATA_HOME", variable)
    monkeypatch.setenv("XDG_CONFIG_HOME", variable)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert (active.home(), trust.key_directory()) == (
        tmp_path / ".local/share/debar",
        tmp_path / ".config/debar/keys",
    )
    monkeypatch.setenv("HOME", "relative")
    assert (active.home(), trust.key_directory()) == (None, None)


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path, home: Path, make: Callable[..., Path]) -> None:
    """A file in the way is wrong usage and names itself."""
    (tmp_path / "data").write_text("mine")
    with pytest.raises(UsageError, match="data"):
        imported.import_bundle(make(), KEYS, home)
    assert (tmp_path / "data").read_text() == "mine"


# ---- keys ------------------------------------------------------------------------------------------------------------


def test_keys_are_found_by_directory_and_by_name(tmp_path: Path) -> None:
    """Every *.pub of the directories and every file named is there once, by id; a missing directory holds none."""
    for name, key in (("a.pub", PRIVATE), ("b.pub", OTHER), ("copy.pub", PRIVATE), ("left-out.txt", OTHER)):
        (tmp_path / name).write_bytes(public_pem(key))
    both = tuple(sorted([trusted(PRIVATE), trusted(OTHER)]))
    assert trust.keys([tmp_path, tmp_path / "nowhere"]) == both
    assert trust.keys([], [tmp_path / "left-out.txt"]) == (trusted(OTHER),)
    assert trust.keys([]) == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"noise", b"\xff" * 100, private_pem(PRIVATE), public_pem(ec.generate_private_key(ec.SECP256R1()))],
    ids=["empty", "noise", "bytes", "private", "curve"],
)
def test_a_key_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    """A broken key is not passed over: whoever put it there believes it is trusted."""
    (tmp_path / "a.pub").write_bytes(content)
    with pytest.raises(UsageError, match=r"a\.pub"):
        trust.keys([tmp_path])
    with pytest.raises(UsageError, match="no such file"):
        trust.keys([], [tmp_path / "nowhere.pub"])


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
def test_a_key_that_somebody_else_could_have_put_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that everybody can write is nobody's word; one of root's is everybody's."""
    file = tmp_path / "a.pub"
    file.write_bytes(public_pem(PRIVATE))
    for path in (tmp_path, file):
        mode = path.stat().st_mode
        path.chmod(mode | 0o002)
        with pytest.raises(UsageError, match="somebody else could have written it"):
            trust.keys([tmp_path])
        path.chmod(mode)
    about = file.stat()
    monkeypatch.setattr(os, "getuid", lambda: about.st_uid + 1)
    assert trust.is_foreign(about)
    assert not trust.is_foreign(about, about.st_uid)


# ---- age -------------------------------------------------------------------------------------------------------------

days = st.dates(date(1900, 1, 2), date(2199, 12, 30))


@given(days, days)
def test_age_is_days_and_never_negative(made: date, asked: date) -> None:
    """Version, date and instant of a day give the same age: the days between, and none before."""
    expected = max((asked - made).days, 0)
    texts = [f"{made:%Y.%m.%d}", f"{made:%Y.%m.%d}.7", f"{made:%Y-%m-%d}", f"{made:%Y-%m-%d}T23:59:59Z"]
    assert {age(text, f"{asked:%Y-%m-%d}") for text in texts} == {expected}
    assert {age(text, f"{asked:%Y-%m-%d}T00:00:00Z") for text in texts} == {expected}


def test_an_instant_counts_as_its_day_in_utc() -> None:
    """An hour after midnight in the east is still the day before."""
    assert age("2026-11-22T01:00:00+02:00", "2026-11-22") == 1
    assert age("2026.11.22", "2026-11-30T22:00:00-04:00") == 9


@pytest.mark.parametrize(
    "text", ["", "first", "2026.11", "2026.13.01", "2026.11.22-x", "2026-11-22T10:00", "٢٠٢٦.11.22"]
)
def test_what_has_no_date_has_no_age(text: str) -> None:
    """Neither side may be anything else."""
    with pytest.raises(ValueError, match=r"is no version|is neither|has a time but no zone"):
        age(text, "2026-11-22")
    with pytest.raises(ValueError, match=r"is no version|is neither|has a time but no zone"):
        age("2026.11.22", text)


def test_a_month_is_old() -> None:
    """From thirty days on the reader is told how old, and what to do."""
    assert (AGE_WARNING, warning(0), warning(29)) == (30, "", "")
    assert warning(30) == "30 days old: measures made since are not in it; import a newer bundle"


@given(st.tuples(days, st.integers(0, 9999)), st.tuples(days, st.integers(0, 9999)))
def test_versions_are_ordered_as_their_days(one: tuple[date, int], other: tuple[date, int]) -> None:
    """A later day is a later version, and of one day the higher number."""
    written = [calver(f"{day:%Y.%m.%d}.{number}") for day, number in (one, other)]
    assert (written[0] < written[1]) == (one < other)


# ---- the verbs -------------------------------------------------------------------------------------------------------


def options(**changes: Any) -> Namespace:
    """Give the options of a verb as its parser would."""
    base: dict[str, Any] = {
        "file": None,
        "key": None,
        "older": False,
        "directory": None,
        "base_register": None,
        "register": None,
        "output": ["json"],
    }
    return Namespace(**base | changes, color="never", named={"output": "-o"})


@pytest.fixture
def key_file(home: Path, tmp_path: Path) -> Path:
    """Give the public key where the user's keys are."""
    file = tmp_path / "config" / "debar" / "keys" / "us.pub"
    file.parent.mkdir(parents=True)
    file.write_bytes(public_pem(PRIVATE))
    return file


def test_verify_says_what_is_in_it(
    key_file: Path, make: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """As JSON and as a page; nothing is imported by it."""
    file = make()
    assert verbs.verify(options(file=file)) == 0
    proof = bundle.verify(file, KEYS)
    assert json.loads(capsys.readouterr().out) == {
        "done": "verified", "file": str(file), "directory": "", "register": "2024.08.01", "sha256": proof.sha256,
        "built_at": BUILT, "key": KEYS[0].id, "schema": 1, "files": len(SMALL),
    }  # fmt: skip
    assert verbs.verify(options(file=file, output=None)) == 0
    said = capsys.readouterr().out
    assert said.startswith("Register 2024.08.01 - verified: ")
    assert all(word in said for word in (proof.sha256, KEYS[0].id, BUILT))
    assert active.active(active.home()) is None


def test_a_key_can_be_named(home: Path, make: Callable[..., Path], tmp_path: Path) -> None:
    """--key trusts a key once; without it nothing is trusted."""
    file = make()
    with pytest.raises(UsageError, match="no key is trusted here"):
        verbs.verify(options(file=file))
    (tmp_path / "other.pem").write_bytes(public_pem(PRIVATE))
    assert verbs.verify(options(file=file, key=[str(tmp_path / "other.pem")])) == 0


def test_import_and_status(
    key_file: Path, home: Path, tmp_path: Path, make: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The status tells what is in use before and after an import, its digest as reports have it, and its age."""
    assert verbs.status(options()) == 0
    before = json.loads(capsys.readouterr().out)
    days_old = age("2024.07.01", dates.now())
    assert before == {
        "origin": "shipped", "directory": str(tmp_path / "shipped"), "register": "2024.07.01",
        "sha256": load.digest(tmp_path / "shipped"), "added": [], "built_at": "", "key": "", "schema": None,
        "age": days_old, "warnings": [warning(days_old)], "proven": True,
    }  # fmt: skip
    assert verbs.import_(options(file=make())) == 0
    directory = json.loads(capsys.readouterr().out)["directory"]
    assert Path(directory) == active.active(home)
    assert verbs.status(options()) == 0
    days_old = age("2024.08.01", dates.now())
    assert json.loads(capsys.readouterr().out) == {
        "origin": "imported", "directory": directory, "register": "2024.08.01",
        "sha256": load.load(Path(directory)).sha256, "added": [], "built_at": BUILT, "key": KEYS[0].id, "schema": 1,
        "age": days_old, "warnings": [warning(days_old)], "proven": True,
    }  # fmt: skip
    assert verbs.status(options(output=None)) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"{days_old} days old: measures made since are not in it; import a newer bundle" in said


def test_status_of_a_named_register(key_file: Path, make: Callable[..., Path], folder: Path, capsys: Any) -> None:
    """--base-register goes before an import, and one without a date has no age."""
    verbs.import_(options(file=make()))
    (folder / "VERSION").write_text("mine\n")
    capsys.readouterr()
    assert verbs.status(options(base_register=folder)) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["origin"], found["register"], found["age"], found["warnings"]) == ("named", "mine", None, [])
    assert verbs.status(options(base_register=folder, output=["terminal"])) == 0
    assert "unknown: the version is no date" in capsys.readouterr().out
    with pytest.raises(RegisterError, match="no register here"):
        verbs.status(options(base_register=folder / "nowhere"))


def test_status_tells_an_import_that_was_changed(
    key_file: Path, home: Path, make: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed file and a key that is no longer trusted are warnings, and exit code 4."""
    directory = imported.import_bundle(make(), KEYS, home)
    small.change(directory, "parties/maker.yaml", "name: Maker", "name: Baker")
    assert verbs.status(options()) == 4
    found = json.loads(capsys.readouterr().out)
    assert (found["proven"], found["key"]) == (False, "")
    assert "parties/maker.yaml has another digest than the manifest says" in found["warnings"][0]
    small.change(directory, "parties/maker.yaml", "name: Baker", "name: Maker")
    key_file.unlink()
    assert verbs.status(options()) == 4
    assert "no key is trusted here" in json.loads(capsys.readouterr().out)["warnings"][0]


def test_status_tells_why_an_import_is_not_used(
    key_file: Path, home: Path, tmp_path: Path, make: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A step back to the shipped register is never silent."""
    imported.import_bundle(make(), KEYS, home)
    (tmp_path / "shipped" / "VERSION").write_text("2024.09.01\n")
    assert verbs.status(options()) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["origin"] == "shipped"
    assert found["warnings"][0] == "the shipped register 2024.09.01 is newer than 2024.08.01, which was imported"


def test_import_without_a_home(key_file: Path, make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no home, the hint names the variable."""
    monkeypatch.setenv("XDG_DATA_HOME", "")
    monkeypatch.setenv("HOME", "relative")
    with pytest.raises(UsageError, match="no home directory"):
        verbs.import_(options(file=make()))


def test_pack_signs_what_has_no_fault(
    key_file: Path, folder: Path, pem: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """The bundle can be verified, and is the same for the same SOURCE_DATE_EPOCH; a failing case keeps it from being signed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1722592800")
    files = [tmp_path / "a.zip", tmp_path / "b.zip"]
    monkeypatch.setattr("debar.pipeline.check", lambda _: (None, [], 1))
    for file in files:
        assert verbs.pack(options(file=file, key=[str(pem)], directory=folder)) == 0
        assert json.loads(capsys.readouterr().out)["built_at"] == BUILT
        assert verbs.verify(options(file=file)) == 0
        capsys.readouterr()
    assert files[0].read_bytes() == files[1].read_bytes()
    monkeypatch.setattr("debar.pipeline.check", lambda _: (None, ["register/cases/x.yaml:1: fails"], 1))
    with pytest.raises(RegisterError, match="fails"):
        verbs.pack(options(file=tmp_path / "c.zip", key=[str(pem)], directory=folder))
    assert not (tmp_path / "c.zip").exists()


@pytest.mark.parametrize("changes", [{"file": None}, {"key": None}, {"key": ["a", "b"]}, {"file": ""}])
def test_pack_needs_a_file_and_one_key(tmp_path: Path, changes: dict[str, Any]) -> None:
    """What is missing is wrong usage."""
    with pytest.raises(UsageError):
        verbs.pack(options(**{"file": tmp_path / "x.zip", "key": ["a"]} | changes))


@pytest.mark.parametrize("said", ["soon", "9" * 30, "1e9"])
def test_a_moment_in_the_environment_is_seconds(
    tmp_path: Path, pem: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """Anything else in SOURCE_DATE_EPOCH is wrong usage."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    monkeypatch.setattr("debar.pipeline.check", lambda _: (None, [], 1))
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        verbs.pack(options(file=tmp_path / "x.zip", key=[str(pem)], directory=folder))


def test_asking_for_the_active_register_loads_nothing_heavy(tmp_path: Path) -> None:
    """A scan that only asks which register is active loads neither the signature library nor zip files."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom debar.register import active, imported\n"
        "active.active(Path(sys.argv[1]))\nprint(sorted({'cryptography', 'zipfile', 'tempfile', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"


def test_what_leaves_debar_is_described_by_structs() -> None:
    """Manifest and signature are JSON that any program can read, with the keys that were agreed."""
    assert list(msgspec.json.decode(GOOD["manifest.sig"])) == ["algorithm", "key", "signature"]
    assert [f.name for f in msgspec.structs.fields(bundle.Manifest)] == ["schema", "register", "built_at", "files"]
    assert [f.name for f in msgspec.structs.fields(bundle.Member)] == ["sha256", "size"]
