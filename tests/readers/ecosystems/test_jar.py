# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Java archives."""

from __future__ import annotations

import io
import zipfile

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.ecosystems import jar
from opened import observed, opened, values


def archive(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a ZIP file of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


MANIFEST = "META-INF/MANIFEST.MF"
SIMPLE = archive({MANIFEST: b"Implementation-Vendor: Example Tills\n"})


def test_other_packages_are_left_to_their_readers() -> None:
    """A manifest makes a Java archive, unless it is one of Android, of an office or of a browser."""
    assert jar.fits(opened(SIMPLE, "a.zip"))
    assert jar.fits(opened(archive({"org/example/A.class": b""}), "a.jar"))
    assert not jar.fits(opened(archive({"org/example/A.class": b""}), "evidence.zip"))
    for name in ("AndroidManifest.xml", "[Content_Types].xml", "manifest.json"):
        assert not jar.fits(opened(archive({MANIFEST: b"", name: b""}), "a.jar"))
    assert not jar.fits(opened(b"PK\x03\x04 and no more"))


def test_projects_merged_into_an_archive_are_told() -> None:
    """An archive that swallowed others tells each by its coordinates, its own by its file name."""
    content = archive(
        {
            "META-INF/maven/org.example/till/pom.properties": b"groupId=org.example\nartifactId=till\nversion=1.0\n",
            "META-INF/maven/org.other/inner/pom.properties": b"groupId=org.other\nartifactId=inner\nversion=2.0\n",
            "META-INF/maven/org.last/last/pom.xml": b"<project><groupId>org.last</groupId><artifactId>last</artifactId></project>",
        }
    )
    found = list(jar.read(opened(content, "lib/till-1.0.jar")))
    assert [(o.label, o.version) for o in found] == [
        ("org.example:till", "1.0"),
        ("org.other:inner", "2.0"),
        ("org.last:last", ""),
    ]
    assert values(found[0], Kind.FILE) == ["till-1.0.jar"]


def test_only_project_in_an_archive_of_another_name_is_merged_into_it() -> None:
    """Where manifest and file name agree, the one project inside is a part: Guice has the coordinates of cglib only."""
    content = archive(
        {
            MANIFEST: b"Bundle-Name: guice\nBundle-Version: 4.2.3\n",
            "META-INF/maven/cglib/cglib/pom.properties": b"groupId=cglib\nartifactId=cglib\nversion=3.2.12\n",
        }
    )
    found = [(o.label, o.version) for o in jar.read(opened(content, "lib/guice.jar"))]
    assert found == [("guice", "4.2.3"), ("cglib:cglib", "3.2.12")]


def test_archives_inside_each_other_are_bounded() -> None:
    """Archives nested deeper than any real ones are left, and told."""
    content = SIMPLE
    for _ in range(jar.DEPTH + 2):
        content = archive({MANIFEST: b"", "inner.jar": content})
    found, source = observed(jar, content)
    assert len(found) == jar.DEPTH + 1
    assert len(source.losses) == 1


def test_code_packages_are_few() -> None:
    """An archive of thousands of packages tells their common beginnings."""
    names = {f"org/example/p{n % 40}/q{n}/C.class": b"" for n in range(2000)}
    (found,), _ = observed(jar, archive(names | {"WEB-INF/classes/net/till/A.class": b"", "Top.class": b""}))
    assert len(values(found, Kind.CODE)) == 41
    assert "net.till" in values(found, Kind.CODE)


def test_broken_member_costs_itself() -> None:
    """A member whose bytes are broken is a loss, and the archive is told all the same."""
    content = bytearray(archive({MANIFEST: b"Implementation-Vendor: Example Tills\n" * 40}))
    content[60:70] = b"\xff" * 10
    found, source = observed(jar, bytes(content))
    assert len(found) == 1
    assert [locator for locator, _ in source.losses] == [MANIFEST]


def test_member_larger_than_any_manifest_is_not_unpacked() -> None:
    """A manifest that grows to many megabytes is refused."""
    found, source = observed(jar, archive({MANIFEST: b"\0" * (1 << 24)}))
    assert len(found) == 1
    assert source.losses == [(MANIFEST, "a member of more than 8 MiB")]


def test_foreign_signature_is_no_signer() -> None:
    """A signature that is none is a loss."""
    found, source = observed(jar, archive({MANIFEST: b"", "META-INF/A.SF": b"x", "META-INF/A.RSA": b"no signature"}))
    assert values(found[0], Kind.SIGNER) == []
    assert [locator for locator, _ in source.losses] == ["META-INF/A.RSA"]


def test_broken_directory_is_refused() -> None:
    """A file whose list of contents is gone cannot be read."""
    with pytest.raises(SourceError, match="without the directory"):
        observed(jar, SIMPLE[:-30])
