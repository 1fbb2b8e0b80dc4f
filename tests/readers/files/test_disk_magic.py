# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of disks and firmware."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.binary.disk_marks import DISK_MARKS, DiskMark
from debar.readers.files import disk_magic
from opened import observed, opened, values


def image(mark: DiskMark, shift: int = 0) -> bytes:
    """Make the first sectors of a disk with a mark in them."""
    return bytes(mark.offset + shift) + mark.first + bytes(1024)


@pytest.mark.parametrize("mark", DISK_MARKS)
def test_mark_at_its_place_tells_the_format(mark: DiskMark) -> None:
    """What is hidden by a key is told as it reads without it."""
    reader, _ = sniff.find_reader(opened(image(mark), "some.img"))
    assert reader is not None
    assert reader.name == "disk-magic"
    (found,), source = observed(disk_magic, image(mark))
    assert (values(found, Kind.STRING), found.meaning) == ([mark.told], Meaning.RESIDUE)
    assert source.size == len(image(mark))


@pytest.mark.parametrize("mark", DISK_MARKS)
def test_mark_at_another_place_is_anything(mark: DiskMark) -> None:
    """A report about such disks has the same words in it."""
    reader, _ = sniff.find_reader(opened(image(mark, shift=3), "some.img"))
    assert reader is None or reader.name != "disk-magic"
