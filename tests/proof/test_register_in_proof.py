# SPDX-License-Identifier: Apache-2.0
"""The register in a proof, the key beside it, and the page that describes both."""

from __future__ import annotations

from pathlib import Path

import msgspec

import proving
from debar.proof import evidence, held, log, registered, statement
from debar.proof.canonical import decoded
from debar.register import load, trust


def test_the_digest_of_the_register_is_the_one_that_reports_print(made: Path) -> None:
    """The files that are counted come to the digest that the register gives itself."""
    proof = decoded((made / "proof" / registered.NAME).read_bytes().removesuffix(b"\n"), registered.RegisterProof)
    assert registered.digest(proof) == load.digest(Path(__file__).parents[2] / "register") == proof.register.sha256
    broken = msgspec.structs.replace(
        proof, folders=tuple(msgspec.structs.replace(one, counted=one.counted[1:]) for one in proof.folders)
    )
    assert registered.digest(broken) != proof.register.sha256


def test_a_public_key_is_written_as_openssl_writes_it(tmp_path: Path) -> None:
    """The PEM form is the usual one, and only that is read back."""
    private, public = proving.keys(tmp_path)
    key, _ = trust.sign(private, b"")
    assert trust.pem(key) == public.read_bytes()
    assert trust.from_pem(trust.pem(key)) == key
    for text in (b"", b"x", trust.pem(key) + b"\n", trust.pem(key).replace(b"PUBLIC", b"PUBLIK")):
        assert trust.from_pem(text) is None


def test_what_a_page_lists_is_what_a_proof_holds(made: Path) -> None:
    """The reference page names every file of a proof and every kind of entry."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "evidence.md").read_text(encoding="utf-8")
    for file in proving.files(made / "proof"):
        name = file.relative_to(made / "proof").as_posix()
        assert f"`{name}`" in page or name.startswith("forms/"), name
    kinds = {entry.kind for entry in log.read((made / "proof" / evidence.LOG).read_bytes()).entries}
    assert [kind for kind in sorted(kinds) if f"| `{kind}` |" not in page] == []
    assert statement.PREDICATE_TYPE in page
    assert f"{held.MEMBERS:,} files" in page
