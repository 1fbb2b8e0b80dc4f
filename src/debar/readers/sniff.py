# SPDX-License-Identifier: Apache-2.0
"""Which reader an input is for, told from its first bytes and never from its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers import named
from debar.readers.encodings import to_text

if TYPE_CHECKING:
    from debar.readers import Reader
    from debar.readers.inputs import Input


class _Mark:
    """A regular expression that is compiled when it is first asked: most runs need two or three of them."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern, self._flags = pattern, flags

    def search(self, text: str) -> bool:
        """Tell whether it stands anywhere in the text."""
        return re.search(self._pattern, text, self._flags) is not None


_CYCLONEDX_JSON = _Mark(r'"bomFormat"\s*:\s*"CycloneDX"|"\$schema"\s*:\s*"https?://cyclonedx\.org/schema/bom-1')
_SPDX_JSON = _Mark(r'"spdxVersion"\s*:\s*"SPDX-2|"SPDXID"\s*:\s*"SPDXRef-DOCUMENT"')
_CYCLONEDX_XML = _Mark(r"""<(?:\w+:)?bom\b[^>]{0,4096}http://cyclonedx\.org/schema/bom/1\.\d["']""")
_ZEEK_JSON = _Mark(
    r'"id[._]orig_h"\s*:|"_path"\s*:\s*"(?:dns|ssl|http|x509|conn)"|"(?:certificate\.issuer|server_name)"\s*:'
)
_OSQUERY = _Mark(r'"hostIdentifier"\s*:|"host_hostname"\s*:|"(?:diffResults|snapshot|columns)"\s*:\s*[\[{]')
_OSQUERY_ROWS = _Mark(r'\A\s*\[\s*\{(?:"[a-z_]+":\s*"[^"\\]*(?:\\.[^"\\]*)*"\s*(?:,\s*)?){2,}\}', re.DOTALL)
"""osqueryi --json: an array of flat objects whose values are all strings."""
_LINE_MARKS = (
    ("zeek", (_Mark(r"\A#separator .+\n"), _Mark(r"^#fields\s", re.MULTILINE)), "Zeek header lines"),
    (
        "dpkg",
        (_Mark(r"\A\s*Package: .+(?:\n.+)*\n(?:Status|Version|Architecture): "),),
        "stanzas of a Debian package status",
    ),
    (
        "leases",
        (
            _Mark(r"^lease \d+\.\d+\.\d+\.\d+ \{", re.MULTILINE),
            _Mark(r"\A\d{1,12} (?:[0-9a-f]{2}[:-]){5,7}[0-9a-f]{2} [0-9a-f.:]+ \S+ \S+", re.IGNORECASE),
            _Mark(r"\Aaddress,(?:hwaddr|duid),"),
        ),
        "DHCP lease records",
    ),
)
"""Reader, marks of which one must stand, and what to say about it; specific before general."""
KNOWN_BINARY = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "a ZIP container (Office document, archive)"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "an ELF program"),
    (b"MZ", "a Windows program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"\xd4\xc3\xb2\xa1", "a packet capture"),
    (b"\x0a\x0d\x0d\x0a", "a packet capture"),
    (b"\xd0\xcf\x11\xe0", "an OLE container (old Office document, MSI)"),
)
"""First bytes of formats that are recognised and not read."""
KNOWN_UNREAD = (
    (_Mark(r"^SPDXVersion:\s*SPDX-", re.MULTILINE), "SPDX tag-value"),
    (_Mark(r"<rdf:RDF|spdx\.org/rdf/terms"), "SPDX RDF/XML"),
    (_Mark(r"^spdxVersion:\s", re.MULTILINE), "SPDX YAML"),
    (_Mark(r"<(?:Document|spdxVersion|SPDXID)>"), "SPDX XML"),
    (_Mark(r'"@context"\s*:\s*"https://spdx\.org/rdf/3|"spdxVersion"\s*:\s*"SPDX-[^2]'), "SPDX 3 JSON-LD"),
    (_Mark(r'"schema"\s*:\s*\{[^}]{0,512}anchore/syft|"artifactRelationships"\s*:'), "Syft JSON"),
    (_Mark(r"<SoftwareIdentity\b"), "SWID"),
    (_Mark(r"\A(?:\s*#.*\n)*\s*spec_version:\s*\"1\."), "CycloneDX protobuf text"),
    (_Mark(r"<!DOCTYPE nmaprun>|<nmaprun\b"), "nmap XML"),
    (_Mark(r"\AWindows Registry Editor|\AREGEDIT4"), "a registry export"),
)
"""Formats that are recognised and not read; telling so beats "unknown"."""


def find_reader(source: Input) -> tuple[Reader | None, str]:
    """Give the reader for an input and why, or nothing and what the input looks like instead."""
    raw = source.head()
    if not raw.strip():
        return None, "the file is empty"
    for magic, name in KNOWN_BINARY:
        if raw.startswith(magic):
            return None, f"recognised as {name}, which this version does not read"
    head = to_text(raw)
    lead = head.lstrip("\ufeff \t\r\n")[:1]
    if lead in ("{", "["):
        return _json(source, head)
    if lead == "<":
        if _CYCLONEDX_XML.search(head):
            return named("cyclonedx-xml"), "XML in a CycloneDX namespace"
        return _unread(head, "XML of a kind that no reader knows")
    return _lines(source, head)


def _json(source: Input, head: str) -> tuple[Reader | None, str]:
    for name, mark in (("cyclonedx", _CYCLONEDX_JSON), ("spdx", _SPDX_JSON)):
        if mark.search(head):
            return named(name), "its format mark in the first bytes"
    if (unread := _unread(head, ""))[1]:
        return unread
    if _ZEEK_JSON.search(head) and not _OSQUERY.search(head):
        return named("zeek"), "Zeek field names"
    if _OSQUERY.search(head) or _OSQUERY_ROWS.search(head):
        return named("osquery"), "osquery row or log fields"
    return _json_frame(source)


def _json_frame(source: Input) -> tuple[Reader | None, str]:
    """Look at the keys of the whole document: a mark may stand behind a large array."""
    import msgspec

    try:
        keys = msgspec.json.decode(source.document(), type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
        return None, f"JSON that no reader knows ({e})"
    if bytes(keys.get("bomFormat", msgspec.Raw(b""))) == b'"CycloneDX"':
        return named("cyclonedx"), "its format mark"
    if bytes(keys.get("spdxVersion", msgspec.Raw(b""))).startswith(b'"SPDX-2'):
        return named("spdx"), "its format mark"
    return None, f"JSON that no reader knows; its keys are {', '.join(sorted(keys)[:6])}"


def _lines(source: Input, head: str) -> tuple[Reader | None, str]:
    for name, marks, why in _LINE_MARKS:
        if any(mark.search(head) for mark in marks):
            return named(name), why
    if (unread := _unread(head, ""))[1]:
        return unread
    from debar.readers import table  # only when nothing else fits

    if table.fits(head, source.layouts):
        return named("table"), "a header that a column layout knows"
    if "\0" in head:
        return None, "binary, of a kind that no reader knows"
    return None, "text that no reader knows; a table is read once a file in register/layouts names its columns"


def _unread(head: str, otherwise: str) -> tuple[None, str]:
    """Give the name of a format that is known and not read."""
    for mark, name in KNOWN_UNREAD:
        if mark.search(head):
            return None, f"recognised as {name}, which this version does not read"
    return None, otherwise
