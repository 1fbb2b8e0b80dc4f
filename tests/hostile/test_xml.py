# SPDX-License-Identifier: Apache-2.0
"""XML that expands, includes, fetches or nests is refused, and nothing of what it points to is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

import composed

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import Report

BOM = composed.CYCLONEDX_XML
DECLARATION, _, BODY = BOM.partition(b"\n")


def doctype(subset: bytes, body: bytes = BODY) -> bytes:
    """Put a document type declaration before the root."""
    return DECLARATION + b"\n<!DOCTYPE bom [" + subset + b"]>\n" + body


def named(entity: bytes) -> bytes:
    """Give the document with a component whose name is an entity."""
    return BODY.replace(b"<name>kesl</name>", b"<name>kesl " + entity + b"</name>")


def said(report: Report) -> str:
    """Give everything a report says."""
    return msgspec.json.encode(report).decode()


LAUGHS = b'<!ENTITY a "ha ha ha ha ha ha">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % ((98 + n, *(97 + n,) * 10)[:11]) for n in range(9)
)


def test_billion_laughs(tmp_path: Path) -> None:
    """Entities that multiply are not expanded: the document type is refused."""
    bad = tmp_path / "bom.xml"
    bad.write_bytes(doctype(LAUGHS, named(b"&j;")))
    assert "ha ha" not in said(composed.expect_skip(bad, "document type"))


def test_quadratic_blow_up(tmp_path: Path) -> None:
    """One long entity that is used often is not expanded either."""
    bad = tmp_path / "bom.xml"
    bad.write_bytes(doctype(b'<!ENTITY a "' + b"x" * 60_000 + b'">', named(b"&a;" * 20_000)))
    composed.expect_skip(bad)


@pytest.mark.parametrize("form", ["SYSTEM 'file://{}'", "SYSTEM '{}'", "PUBLIC 'x' 'file://{}'"])
def test_external_entity_is_not_read(tmp_path: Path, form: str) -> None:
    """A file that an entity names is not read: its content appears nowhere."""
    canary = tmp_path.parent / f"{tmp_path.name}-canary.txt"
    canary.write_text(composed.CANARY)
    bad = tmp_path / "bom.xml"
    bad.write_bytes(doctype(f"<!ENTITY x {form.format(canary)}>".encode(), named(b"&x;")))
    assert composed.CANARY not in said(composed.expect_skip(bad, "document type"))


def test_parameter_entity_is_not_read(tmp_path: Path) -> None:
    """A document type that includes another file is refused, and the file stays unread."""
    canary = tmp_path.parent / f"{tmp_path.name}-canary.dtd"
    canary.write_text(f'<!ENTITY x "{composed.CANARY}">')
    bad = tmp_path / "bom.xml"
    bad.write_bytes(doctype(f'<!ENTITY % more SYSTEM "file://{canary}"> %more;'.encode(), named(b"&x;")))
    assert composed.CANARY not in said(composed.expect_skip(bad, "document type"))


def test_external_document_type_is_not_read(tmp_path: Path) -> None:
    """A document type that lies in another file is refused, and the file stays unread."""
    canary = tmp_path.parent / f"{tmp_path.name}-canary.dtd"
    canary.write_text(f'<!ENTITY x "{composed.CANARY}">')
    bad = tmp_path / "bom.xml"
    bad.write_bytes(DECLARATION + f'\n<!DOCTYPE bom SYSTEM "file://{canary}">\n'.encode() + named(b"&x;"))
    assert composed.CANARY not in said(composed.expect_skip(bad, "document type"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_document_type_in_utf16(tmp_path: Path, encoding: str) -> None:
    """A document type does not slip through in UTF-16."""
    canary = tmp_path.parent / f"{tmp_path.name}-canary.txt"
    canary.write_text(composed.CANARY)
    text = doctype(f"<!ENTITY x SYSTEM 'file://{canary}'>".encode(), named(b"&x;")).replace(b'"UTF-8"', b'"UTF-16"')
    mark = b"\xff\xfe" if encoding.endswith("le") else b"\xfe\xff"
    bad = tmp_path / "bom.xml"
    bad.write_bytes(mark + text.decode().encode(encoding))
    assert composed.CANARY not in said(composed.expect_skip(bad, "document type"))


@pytest.mark.parametrize(
    "before",
    [b"<!-- <bom -->", b"<?editor <bom ?>", b"<!--" + b" " * 70_000 + b"-->", b"\n" * 70_000],
    ids=["comment-that-looks-like-the-root", "instruction-that-looks-like-the-root", "long-comment", "long-blank"],
)
def test_document_type_behind_something_else(tmp_path: Path, before: bytes) -> None:
    """A document type does not slip through behind a comment or instruction of any length."""
    canary = tmp_path.parent / f"{tmp_path.name}-canary.txt"
    canary.write_text(composed.CANARY)
    subset = f"<!ENTITY x SYSTEM 'file://{canary}'><!ENTITY y 'internal-text'>".encode()
    bad = tmp_path / "bom.xml"
    bad.write_bytes(DECLARATION + before + doctype(subset, named(b"&x;&y;")).removeprefix(DECLARATION))
    said_ = said(composed.expect_skip(bad))
    assert composed.CANARY not in said_
    assert "internal-text" not in said_


def test_document_type_behind_a_fake_root_is_refused_by_force(tmp_path: Path) -> None:
    """The same with the reader forced, so that recognition cannot be what refuses it."""
    bad = tmp_path / "bom.xml"
    bad.write_bytes(
        DECLARATION + b"<!-- <bom -->" + doctype(b"<!ENTITY y 'text'>", named(b"&y;")).removeprefix(DECLARATION)
    )
    report = composed.scanned(f"cyclonedx-xml:{bad}")
    assert "document type" in "".join(skip.reason for skip in report.skips)


def test_document_type_in_utf7(tmp_path: Path) -> None:
    """An encoding that hides the document type from the eye does not hide it from the parser."""
    canary = tmp_path.parent / f"{tmp_path.name}-canary.txt"
    canary.write_text(composed.CANARY)
    hidden = f"+ADwAIQ-DOCTYPE bom +AFs +ADwAIQ-ENTITY x SYSTEM 'file://{canary}'+AD4AXQA+-".encode()
    bad = tmp_path / "bom.xml"
    bad.write_bytes(b'<?xml version="1.0" encoding="UTF-7"?>' + hidden + named(b"&x;"))
    assert composed.CANARY not in said(composed.scanned(composed.beside(bad)))


def test_inclusion_is_not_followed(tmp_path: Path) -> None:
    """XInclude is not followed: the named file stays unread."""
    canary = tmp_path.parent / f"{tmp_path.name}-canary.txt"
    canary.write_text(composed.CANARY)
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://{canary}"/>'
    odd = tmp_path / "bom.xml"
    odd.write_bytes(
        BOM.replace(b"<name>kesl</name>", b"<name>kesl</name><description>" + include.encode() + b"</description>")
    )
    assert composed.CANARY not in said(composed.scanned(odd))


@pytest.mark.parametrize("levels", [1000, 100_000])
@pytest.mark.parametrize("tag", [b"x", b"component", b"components"])
def test_xml_that_nests_without_end(tmp_path: Path, levels: int, tag: bytes) -> None:
    """XML of a hundred thousand levels is a skip that names the line."""
    deep = b"<" + tag + b">"
    bad = tmp_path / "bom.xml"
    bad.write_bytes(
        BOM.replace(b"</components>", deep * levels + deep.replace(b"<", b"</") * levels + b"</components>")
    )
    composed.expect_skip(bad, place="line")


def test_very_long_text_and_many_attributes(tmp_path: Path) -> None:
    """Text of 20 MB and a hundred thousand attributes are a skip or read, never the end of the scan."""
    (tmp_path / "text.xml").write_bytes(BOM.replace(b"kesl</name>", b"kesl " + b"x" * (20 << 20) + b"</name>"))
    many = b" ".join(b'a%d="1"' % n for n in range(100_000))
    (tmp_path / "attributes.xml").write_bytes(BOM.replace(b"<component ", b"<component " + many + b" "))
    report = composed.scanned(composed.beside(tmp_path / "x"))
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)


@pytest.mark.slow
def test_xml_of_other_elements_costs_little_memory(tmp_path: Path) -> None:
    """Elements that the reader does not follow are let go as they pass: the tree never stands in memory."""
    file = tmp_path / "bom.xml"
    with file.open("wb") as out:
        out.write(BOM.partition(b"</components>")[0] + b"</components><dependencies>")
        for _ in range(200):
            out.write(b'<dependency ref="pkg:npm/left-pad@1.3.0"><dependency ref="a"/></dependency>\n' * 10_000)
        out.write(b"</dependencies></bom>")
    code, size, _ = composed.peak("scan", file, "--fail-on", "none")
    assert code == 0
    assert size < 300, f"MiB for a document of {file.stat().st_size >> 20} MiB"
