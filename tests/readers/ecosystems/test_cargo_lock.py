# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Cargo.lock."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import cargo_lock
from opened import observed, values


def test_registry_of_everybody_says_nothing() -> None:
    """The index of crates.io is no reference in either of its addresses, any other is."""
    addresses = (
        "registry+https://github.com/rust-lang/crates.io-index",
        "sparse+https://index.crates.io/",
        "sparse+https://crates.till.example/",
    )
    text = "".join(f"[[package]]\nname = 'a'\nversion = '1'\nsource = '{address}'\n" for address in addresses)
    found, _ = observed(cargo_lock, text)
    assert [values(o, Kind.REFERENCE_DOMAIN) for o in found] == [[], [], ["crates.till.example"]]
