# SPDX-License-Identifier: Apache-2.0
"""The protocol buffers of CycloneDX 1.3 to 1.7: numbers and names of the fields that are read, and their names in JSON.

They are those of the standard's bom-1.3.proto to bom-1.7.proto; no number has changed its meaning between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar.readers import instants
from debar.readers.boms import cyclonedx_bom

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

DEPTH = 100
"""Deepest nesting of messages: what the libraries of the format allow."""
LARGEST = 1 << 28
"""Largest document that is read, bytes; its tree stands in memory as a whole."""
_TYPES: dict[int | str, str] = {5: "device", "CLASSIFICATION_DEVICE": "device"}
"""Of the types of components only this one changes what a component means."""
_IDENTITIES: dict[int | str, str] = {
    number_or_name: field
    for number, field in ((1, "group"), (2, "name"), (4, "purl"), (5, "cpe"))
    for number_or_name in (number, f"EVIDENCE_FIELD_{field.upper()}")
}


class Field(NamedTuple):
    """One field of a message."""

    number: int
    name: str
    """In the text format."""
    key: str = ""
    """In JSON, when it has another name there."""
    message: str = ""
    """Name of the message that it holds; empty for a text."""
    many: bool = False
    words: Mapping[int | str, str] | None = None
    """Values of an enumeration that mean something, by number and by name."""
    is_number: bool = False


_ENTITY, _CONTACT, _LINK = "OrganizationalEntity", "OrganizationalContact", "ExternalReference"
_FIELDS: dict[str, tuple[Field, ...]] = {
    "Bom": (
        Field(1, "spec_version", "specVersion"),
        Field(4, "metadata", message="Metadata"),
        Field(5, "components", message="Component", many=True),
        Field(6, "services", message="Service", many=True),
        Field(10, "vulnerabilities", message="Vulnerability", many=True),
    ),
    "Metadata": (
        Field(1, "timestamp", message="Timestamp"),
        Field(4, "component", message="Component"),
        Field(5, "manufacture", message=_ENTITY),
        Field(6, "supplier", message=_ENTITY),
        Field(10, "manufacturer", message=_ENTITY),
    ),
    "Component": (
        Field(1, "type", words=_TYPES),
        Field(4, "supplier", message=_ENTITY),
        Field(5, "author"),
        Field(6, "publisher"),
        Field(7, "group"),
        Field(8, "name"),
        Field(9, "version"),
        Field(10, "description"),
        Field(12, "hashes", message="Hash", many=True),
        Field(14, "copyright"),
        Field(15, "cpe"),
        Field(16, "purl"),
        Field(17, "swid", message="Swid"),
        Field(19, "pedigree", message="Pedigree"),
        Field(20, "external_references", "externalReferences", _LINK, many=True),
        Field(21, "components", message="Component", many=True),
        Field(22, "properties", message="Property", many=True),
        Field(23, "evidence", message="Evidence"),
        Field(28, "manufacturer", message=_ENTITY),
        Field(29, "authors", message=_CONTACT, many=True),
    ),
    "Service": (
        Field(2, "provider", message=_ENTITY),
        Field(3, "group"),
        Field(4, "name"),
        Field(5, "version"),
        Field(6, "description"),
        Field(7, "endpoints", many=True),
        Field(10, "data", message="DataFlow", many=True),
        Field(12, "external_references", "externalReferences", _LINK, many=True),
        Field(13, "services", message="Service", many=True),
        Field(14, "properties", message="Property", many=True),
    ),
    _ENTITY: (Field(1, "name"), Field(2, "url", many=True), Field(3, "contact", message=_CONTACT, many=True)),
    _CONTACT: (Field(1, "name"), Field(2, "email")),
    _LINK: (Field(2, "url"),),
    "Hash": (Field(2, "value", "content"),),
    "Property": (Field(1, "name"), Field(2, "value")),
    "Swid": (Field(1, "tag_id", "tagId"), Field(2, "name")),
    "Pedigree": (Field(1, "ancestors", message="Component", many=True),),
    "Evidence": (
        Field(3, "identity", message="EvidenceIdentity", many=True),
        Field(4, "occurrences", message="EvidenceOccurrences", many=True),
    ),
    "EvidenceIdentity": (
        Field(1, "field", words=_IDENTITIES),
        Field(3, "methods", message="EvidenceMethods", many=True),
        Field(5, "concludedValue"),
    ),
    "EvidenceMethods": (Field(3, "value"),),
    "EvidenceOccurrences": (Field(2, "location"),),
    "DataFlow": (Field(5, "source", many=True), Field(6, "destination", many=True)),
    "Timestamp": (Field(1, "seconds", is_number=True),),
    "Vulnerability": (),
    "": (),
}
"""Fields by message; the message without a name is every one that is not read."""
BY_NUMBER = {message: {field.number: field for field in fields} for message, fields in _FIELDS.items()}
BY_NAME = {message: {field.name: field for field in fields} for message, fields in _FIELDS.items()}


def put(holder: dict[str, Any], field: Field, value: object) -> None:
    """Put a value where JSON has it: a repeated one into a list; of a single one the last counts, parts are merged."""
    key = field.key or field.name
    if field.message == "Timestamp":
        value = _instant(value)
    elif field.words is not None:
        value = field.words.get(value, "") if isinstance(value, int | str) else ""
    if field.many:
        holder.setdefault(key, []).append(value)
    elif isinstance(value, dict) and isinstance(before := holder.get(key), dict):
        _merge(before, value)
    else:
        holder[key] = value


def _merge(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Add a message to the one that came before it for the same field, at every depth."""
    pending = [(before, after)]
    while pending:
        holder, added = pending.pop()
        for name, part in added.items():
            there = holder.get(name)
            if isinstance(there, list) and isinstance(part, list):
                there += part
            elif isinstance(there, dict) and isinstance(part, dict):
                pending.append((there, part))
            else:
                holder[name] = part


def _instant(value: object) -> str:
    """Give a point in time as JSON writes it; nothing for one outside the calendar."""
    seconds = value.get("seconds", 0) if isinstance(value, dict) else 0
    return instants.epoch(seconds) if isinstance(seconds, int) else ""


def told(source: Input, bom: dict[str, Any]) -> Iterator[Observation]:
    """Yield what a decoded document says; places are pointers into its JSON form."""
    yield from cyclonedx_bom.told(source, msgspec.json.encode(bom))
