# SPDX-License-Identifier: Apache-2.0
"""`debar register pack`, `verify`, `import` and `status`, from the key to the register in use."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

import small
from debar.cli import main
from debar.release import VERSION

if TYPE_CHECKING:
    from pathlib import Path

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LATER = (datetime.now(UTC) + timedelta(days=-1)).date()
"""The day of the packed register; the shipped one must be older, or it would go before the import."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home of its own to every test: cache, configuration and imports."""
    for name in ("cache", "config", "data"):
        (tmp_path / name).mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    shipped = small.write(tmp_path / "shipped")
    monkeypatch.setattr("debar.register.active.register_directory", lambda: shipped)
    monkeypatch.setattr("debar.register.load.register_directory", lambda: shipped)
    monkeypatch.setattr("debar.cli.register.bundle.register_directory", lambda: shipped)
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register of yesterday, reviewed yesterday, with a party that the shipped one has not."""
    found = small.write(tmp_path / "newer")
    (found / "VERSION").write_text(f"{LATER:%Y.%m.%d}\n")
    small.change(found, "measures/us/us-order.yaml", 'last: "2024-07-01"', f'last: "{LATER}"')
    (found / "parties/newcomer.yaml").write_text("id: newcomer\nname: Newcomer\n")
    return found


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, str]:
    """Give the files of the private and the public key."""
    private, public = tmp_path / "private.pem", tmp_path / "team.pub"
    private.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    private.chmod(0o600)
    public.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return str(private), str(public)


@pytest.fixture
def bundle(folder: Path, keys: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Give a bundle that was packed by the command."""
    file = str(tmp_path / "register.zip")
    assert main(["register", "pack", file, "--key", keys[0], "--directory", str(folder)]) == 0
    assert f"packed: {file}" in " ".join(capsys.readouterr().out.split())
    return file


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    """Give what a word of the register says as JSON."""
    assert main(["register", *arguments, "-o", "json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], code: int, *arguments: str) -> str:
    """Give what a word of the register complains of."""
    assert main(["register", *arguments]) == code
    written = capsys.readouterr()
    assert written.out == ""
    return written.err


def test_from_pack_to_use(capsys: pytest.CaptureFixture[str], bundle: str, folder: Path, keys: tuple[str, str]) -> None:
    """What was packed is verified, imported, and from then on what every verb answers from."""
    version = f"{LATER:%Y.%m.%d}"
    before = said(capsys, "status")
    assert (before["origin"], before["register"]) == ("shipped", "2024.08.01")
    assert main(["explain", "newcomer"]) == 2
    capsys.readouterr()
    verified = said(capsys, "verify", bundle, "--key", keys[1])
    imported = said(capsys, "import", bundle, "--key", keys[1])
    assert (verified["done"], imported["done"]) == ("verified", "imported")
    assert {name: verified[name] for name in ("register", "sha256", "key", "files")} == {
        name: imported[name] for name in ("register", "sha256", "key", "files")
    }
    after = said(capsys, "status", "--key", keys[1])
    assert (after["origin"], after["register"], after["key"]) == ("imported", version, verified["key"])
    assert (after["age"], after["warnings"], after["proven"]) == (1, [], True)
    assert main(["explain", "newcomer", "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["register"]["version"] == version


def test_an_import_can_be_added_to(
    capsys: pytest.CaptureFixture[str], bundle: str, keys: tuple[str, str], tmp_path: Path
) -> None:
    """--register adds to whatever register is in use."""
    said(capsys, "import", bundle, "--key", keys[1])
    added = ["--register", str(small.write_own(tmp_path / "ours"))]
    assert main(["explain", "other", *added, "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["register"]["added"] == ["ours"]
    assert main(["explain", "newcomer", *added, "-o", "json"]) == 0


def test_status_tells_what_is_added(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named by option or in the environment; its digest is that which reports have."""
    ours = str(small.write_own(home / "ours"))
    alone = said(capsys, "status")
    named = said(capsys, "status", "--register", ours)
    monkeypatch.setenv("DEBAR_REGISTER", ours)
    assert named == said(capsys, "status")
    assert ([], [ours]) == (alone["added"], named["added"])
    assert main(["explain", "maker", "-o", "json"]) == 0
    assert named["sha256"] == json.loads(capsys.readouterr().out)["register"]["sha256"] != alone["sha256"]


def test_a_named_register_goes_before_an_import(
    capsys: pytest.CaptureFixture[str], bundle: str, keys: tuple[str, str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --base-register or DEBAR_BASE_REGISTER nothing of the import is used; no key is asked for."""
    said(capsys, "import", bundle, "--key", keys[1])
    shipped = str(home / "shipped")
    found = [said(capsys, "status", "--base-register", shipped)]
    monkeypatch.setenv("DEBAR_BASE_REGISTER", shipped)
    found.append(said(capsys, "status"))
    assert [("named", "2024.08.01", "")] * 2 == [(one["origin"], one["register"], one["key"]) for one in found]
    assert main(["explain", "newcomer"]) == 2


def test_a_key_in_the_users_folder_is_trusted(
    capsys: pytest.CaptureFixture[str], bundle: str, keys: tuple[str, str], home: Path
) -> None:
    """Whoever put a key there need not name it; without any, nothing is believed."""
    assert "no key is trusted here" in refused(capsys, 2, "verify", bundle)
    folder = home / "config/debar/keys"
    folder.mkdir(parents=True, mode=0o700)
    (home / "team.pub").rename(folder / "team.pub")
    assert said(capsys, "verify", bundle)["done"] == "verified"


def test_what_somebody_else_signed_is_refused(
    capsys: pytest.CaptureFixture[str], bundle: str, home: Path, keys: tuple[str, str]
) -> None:
    """A trusted key of another is none for this bundle; nothing is imported, and the former register stays."""
    (home / "other.pub").write_bytes(OTHER.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    for word in ("verify", "import"):
        assert "signed with key" in refused(capsys, 4, word, bundle, "--key", str(home / "other.pub"))
    assert said(capsys, "status")["origin"] == "shipped"


def test_a_changed_bundle_is_refused(
    capsys: pytest.CaptureFixture[str], bundle: str, home: Path, keys: tuple[str, str]
) -> None:
    """One byte is enough."""
    file = home / "register.zip"
    content = file.read_bytes()
    file.write_bytes(content.replace(b"name: Newcomer", b"name: Newcomes"))
    assert str(file) in refused(capsys, 4, "verify", bundle, "--key", keys[1])
    assert said(capsys, "status")["origin"] == "shipped"


def test_a_register_with_faults_is_not_packed(
    capsys: pytest.CaptureFixture[str], folder: Path, keys: tuple[str, str], tmp_path: Path
) -> None:
    """Every fault is told, with file and line, and no bundle is left."""
    small.change(folder, "measures/us/us-order.yaml", "{parties: [maker]}", "{parties: [makre]}")
    small.change(folder, "indicators/maker.yaml", "level: 4", "level: 6")
    file = str(tmp_path / "register.zip")
    told = refused(capsys, 4, "pack", file, "--key", keys[0], "--directory", str(folder))
    assert "newer/measures/us/us-order.yaml:16: provision ban: party 'makre' is not in the register" in told
    assert "newer/indicators/maker.yaml:7: level 6 is not allowed" in told
    assert not (tmp_path / "register.zip").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("verify",), "no bundle is named"),
        (("import",), "no bundle is named"),
        (("pack",), "no bundle is named"),
        (("pack", "x.zip"), "pack needs one --key"),
        (("pack", "x.zip", "--register", "x"), "unrecognized arguments: --register x"),
        (("verify", "x.zip", "-o", "yaml"), "--output: 'yaml' is not known"),
        (("status", "x"), "unrecognized arguments: x"),
    ],
)
def test_a_slip_is_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str) -> None:
    """It is told, and nothing is done."""
    assert told in refused(capsys, 2, *arguments)


def test_status_of_the_shipped_register(capsys: pytest.CaptureFixture[str]) -> None:
    """It says that nobody signed it, and warns of its age."""
    assert main(["register", "status"]) == 0
    page = capsys.readouterr().out
    assert page.startswith(f"Register 2024.08.01 - shipped with debar {VERSION}\n")
    assert "signed by no key" in page
    assert "warning: " in page
    assert "days old: measures made since are not in it; import a newer bundle" in " ".join(page.split())
