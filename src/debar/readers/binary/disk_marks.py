# SPDX-License-Identifier: Apache-2.0
"""First bytes of disks and firmware whose format one maker alone has, and what is written there."""

from __future__ import annotations

from typing import NamedTuple


class DiskMark(NamedTuple):
    """Bytes at a fixed place."""

    offset: int
    first: bytes
    told: str
    """The string that they are, or that they hide."""
    thing: str
    """What such a file is."""


_RECORDER, _FIRMWARE = "disk of a video recorder", "firmware of a camera or recorder"
DISK_MARKS = (
    # Han, Jeong, Lee: Analysis of the HIKVISION DVR file system (2015): the second sector, in either of two ages.
    DiskMark(0x210, b"HIKVISION@HANGZHOU", "HIKVISION@HANGZHOU", _RECORDER),
    DiskMark(0x200, b"HIKVISION@HANGZHOU", "HIKVISION@HANGZHOU", _RECORDER),
    DiskMark(0x10, b"HIKBTREE", "HIKBTREE", _RECORDER),
    # The first sector of the disk; the number is that of the format.
    DiskMark(0, b"DHFS4.1", "DHFS4.1", _RECORDER),
    DiskMark(0, b"DHFS4.0", "DHFS4.0", _RECORDER),
    # digicap.dav: the header is masked with a key that all devices have (github.com/MatrixEditor/hiktools).
    DiskMark(0, b"\xe9\x9a\xf7\xb6", "SWKH", _FIRMWARE),
    DiskMark(0, b"SWKH", "SWKH", _FIRMWARE),
)
