# SPDX-License-Identifier: Apache-2.0
"""Files that hold files: what is in them is recognised and read as if it lay beside them."""

from debar.model.vocab import Medium
from debar.readers.rows import Reader, json, magic

_ANY = tuple(Medium)

ROWS = (
    Reader(
        "image",
        "debar.readers.containers.image",
        "Container images: docker-archive and OCI archives",
        (Medium.PACKAGES, Medium.FILES),
        "the files of the image as its layers leave them: package databases, installed modules, programs",
        "what lower layers had and upper ones removed is not read; encrypted layers and foreign ones are not there to be read",
        marks=(
            magic(
                b"ustar", "a tar file with the manifest of an image", offset=257, fits="debar.readers.containers.image"
            ),
            magic(
                b"",
                "a tar file with the manifest of an image",
                pattern=r"(?s)\A.{100}[ 0-7]{6,7}[ \0]",
                fits="debar.readers.containers.image",
            ),
        ),
        holds=True,
    ),
    Reader(
        "image-layout",
        "debar.readers.containers.image_layout",
        "Container images: OCI layout folders",
        (Medium.PACKAGES, Medium.FILES),
        "as image",
        "as image",
        marks=(json(r'"imageLayoutVersion"\s*:', "the mark of an OCI layout", needs="imageLayoutVersion"),),
        holds=True,
    ),
    Reader(
        "tar",
        "debar.readers.containers.tar",
        "tar archives",
        _ANY,
        "each file in it, by the reader for its own format",
        "links and devices are passed over; archives nested more than 4 deep are not opened",
        marks=(
            magic(b"ustar", "a tar header", offset=257),
            magic(
                b"",
                "a tar header of the old kind",
                pattern=r"(?s)\A.{100}[ 0-7]{6,7}[ \0]",
                fits="debar.readers.containers.tar",
            ),
        ),
        holds=True,
    ),
    Reader(
        "zip",
        "debar.readers.containers.zip",
        "ZIP archives",
        _ANY,
        "each file in it, by the reader for its own format",
        "encrypted members cannot be read; archives nested more than 4 deep are not opened",
        marks=(magic(b"PK\x03\x04", "a ZIP header"), magic(b"PK\x05\x06", "an empty ZIP")),
        holds=True,
    ),
)
