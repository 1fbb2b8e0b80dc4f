# SPDX-License-Identifier: Apache-2.0
"""A proof made of a few composed files, by a key that is no secret."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import strategies as st

import composed
from debar.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
WHEN = "2024-10-02T08:00:00Z"
ORGANISATION = """\
name: Northwind Orchards Cooperative
jurisdictions: [us]
kinds: [company, federal-contractor]
contracts:
  - id: W15QKN-24-C-0042
    facts:
      kaspersky_article_provided_to_government: "yes"
      far_52_204_23_version: dec-2023
      identified_on: "2024-10-01"
"""

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcz_", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
"""Values that JSON has, but for fractions."""


def keys(folder: Path, key: Ed25519PrivateKey = KEY, name: str = "private") -> tuple[Path, Path]:
    """Write a key to sign with and its public half, and give both files."""
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    private.chmod(0o600)
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def estate(folder: Path) -> None:
    """Write evidence, an organisation and keys into a folder."""
    (folder / "evidence").mkdir()
    (folder / "evidence" / "bom.json").write_bytes(composed.CYCLONEDX)
    (folder / "evidence" / "programs.csv").write_bytes(composed.TABLE)
    (folder / "northwind.yaml").write_text(ORGANISATION, encoding="utf-8")
    keys(folder)


def prove(*more: str, out: str = "proof", day: str = "2024-10-01") -> int:
    """Make a proof of the evidence in the current folder."""
    asked = ("--as", "northwind.yaml", "--on", day, "--time", WHEN, "--key", "private.pem", "--out", out)
    return main(["prove", "evidence", *asked, *more])


def files(folder: Path) -> Iterator[Path]:
    """Yield every file of a folder, in order."""
    for here, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(here, name) for name in sorted(names))
