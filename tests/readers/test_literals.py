# SPDX-License-Identifier: Apache-2.0
"""Promises of the search for literals."""

from __future__ import annotations

from debar.readers.binary import literals

WANTED = ("HCNetSDK", "Sentinel Engine")


def test_literals_are_found_in_bytes_and_in_wide_characters() -> None:
    """Programs keep texts in eight or sixteen bits a letter; each literal is told once, where it stands first."""
    data = b"..HCNetSDK..HCNetSDK" + "Sentinel Engine".encode("utf-16-le")
    assert list(literals.search([data], WANTED)) == [(2, "HCNetSDK"), (20, "Sentinel Engine")]


def test_border_between_blocks_hides_nothing() -> None:
    """Wherever the file is cut into blocks, the place is the same."""
    data = b"\0" * 50 + "Sentinel Engine".encode("utf-16-le") + b"\0" * 50
    for cut in range(1, len(data)):
        assert list(literals.search([data[:cut], data[cut:]], WANTED)) == [(50, "Sentinel Engine")]


def test_blocks_smaller_than_a_literal_hide_nothing() -> None:
    """Even byte by byte a literal is found."""
    data = b"..HCNetSDK.."
    assert list(literals.search([data[n : n + 1] for n in range(len(data))], WANTED)) == [(2, "HCNetSDK")]


def test_letters_and_signs_are_taken_as_written() -> None:
    """A literal is no expression, and its case counts."""
    assert list(literals.search([b"aXbbb hcnetsdk"], ("a.b*", "HCNetSDK"))) == []
    assert list(literals.search([b"..a.b*"], ("a.b*",))) == [(2, "a.b*")]


def test_short_literals_are_not_looked_for() -> None:
    """Three letters stand in every file by chance."""
    assert list(literals.search([b"SDK"], ("SDK",))) == []
