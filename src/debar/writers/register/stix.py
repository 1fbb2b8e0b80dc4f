# SPDX-License-Identifier: Apache-2.0
"""Indicators as a STIX 2.1 bundle, for tools that search traffic and machines.

Each indicator carries itself whole in a property extension, so that debar reads back exactly what it wrote.
What a pattern of STIX can say is written as one; what it cannot (names as whole words, package URLs ...) has the
pattern type "debar", which other tools pass over: better nothing than a pattern that finds something else.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid5

import msgspec

from debar import dates
from debar.model.vocab import Kind, Operator
from debar.ranges import bounds
from debar.register.stix_terms import EXTENSION, NAMESPACE, PARTY_LABEL, PATHS
from debar.release import VERSION
from debar.text import fold, mac, registry
from debar.writers.register import is_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Indicator
    from debar.model.measures import Party
    from debar.writers.register import Part

_PLAIN = frozenset({Kind.FILE, Kind.DRIVER, Kind.PROCESS, Kind.SERVICE, Kind.DOMAIN})
"""Kinds whose values are compared as they stand, but for capital letters."""
_HIVES = {"hklm": "hkey_local_machine", "hkcu": "hkey_current_user"}
_SLASHED = str.maketrans({"\\": "\\\\", "'": "\\'"})


def write(part: Part, out: IO[str]) -> None:
    """Write one indented bundle; the same register gives the same bytes."""
    parties = {party.id: party for party in part.parties}
    chosen = [indicator for indicator in part.register.indicators if indicator.party in parties]
    released = part.register.version.replace(".", "-")[:10]
    day = _instant(released if dates.is_date(released) else part.on)
    sure = {c.level: round(100 * c.probability) for c in part.register.calibrations if not c.kind}
    maker = _identity("debar", "system", day)
    objects = [maker, _extension(maker, day)]
    objects += [
        _identity(parties[id_].name, "organization", day, parties[id_]) for id_ in sorted({i.party for i in chosen})
    ]
    for indicator in chosen:
        objects += _indicator(indicator, parties[indicator.party], maker, day, sure)
    bundle = {"type": "bundle", "id": _id("bundle", part.register.sha256, *sorted(parties)), "objects": objects}
    json.dump(bundle, out, indent=2, ensure_ascii=False)
    out.write("\n")


def _indicator(
    indicator: Indicator, party: Party, maker: dict[str, Any], day: str, sure: dict[int, int]
) -> Iterator[dict[str, Any]]:
    """Yield the indicator, and that it is about its party."""
    pattern, written = _pattern(indicator), msgspec.to_builtins(indicator)
    id_ = _id("indicator", indicator.id)
    yield {
        "type": "indicator",
        "spec_version": "2.1",
        "id": id_,
        "created_by_ref": maker["id"],
        "created": day,
        "modified": day,
        "name": indicator.id,
        "description": f"Points to technology of {party.name}. What else can look like this: {indicator.falsepositives}",
        "indicator_types": ["unknown"],
        "labels": [f"{PARTY_LABEL}{party.id}", f"debar-grade:{indicator.grade}"],
        **({"confidence": sure[indicator.level]} if indicator.level in sure else {}),
        "pattern": pattern or json.dumps({k: written[k] for k in ("kind", "operator", "patterns")}, ensure_ascii=False),
        "pattern_type": "stix" if pattern else "debar",
        **({"pattern_version": "2.1"} if pattern else {}),
        "valid_from": _instant(indicator.valid_from) if indicator.valid_from else day,
        **({"valid_until": _instant(indicator.valid_until)} if indicator.valid_until else {}),
        "external_references": [_reference(one) for one in indicator.references],
        "extensions": {EXTENSION: {"extension_type": "property-extension", "indicator": written}},
    }
    yield {
        "type": "relationship",
        "spec_version": "2.1",
        "id": _id("relationship", indicator.id),
        "created_by_ref": maker["id"],
        "created": day,
        "modified": day,
        "relationship_type": "related-to",
        "source_ref": id_,
        "target_ref": _id("identity", party.name),
    }


def _pattern(indicator: Indicator) -> str:
    """Give the pattern, or nothing for what no pattern of STIX says exactly."""
    path = PATHS.get(indicator.kind)
    if path is None:
        return ""
    terms = [term for value in indicator.patterns for term in _terms(path, indicator, value)]
    return f"[{' OR '.join(terms)}]" if all(terms) else ""


def _terms(path: str, indicator: Indicator, value: str) -> Iterator[str]:
    """Yield the comparisons that say what a pattern says; an empty one where there is none."""
    kind, operator = indicator.kind, indicator.operator
    if operator is Operator.EQUALS and kind is Kind.ASN:
        yield f"{path} = {value.upper().removeprefix('AS')}"
    elif operator is Operator.EQUALS:
        yield f"{path} = {_quoted(value)}"
    elif operator is Operator.SUFFIX and kind is Kind.DOMAIN:
        yield f"{path} = {_quoted(value)}"
        yield f"{path} LIKE {_quoted(f'%.{value}')}"
    elif operator is Operator.PREFIX and kind is Kind.MAC:
        yield f"{path} LIKE {_quoted(f'{mac(value)}%')}"
    elif operator is Operator.PREFIX and kind in (Kind.PATH, Kind.REGISTRY):
        yield f"{path} MATCHES {_quoted(_below(value))}"
    elif operator is Operator.WITHIN and "/" in value and bounds(value):
        yield f"{'ipv6-addr:value' if ':' in value else path} ISSUBSET {_quoted(value)}"
    elif operator is Operator.PHRASE:
        words = r"[\W_]+".join(map(re.escape, fold(value).split()))
        whole = "(?i)" + r"(^|[\W_])" + words + r"([\W_]|$)"
        yield f"{path} MATCHES {_quoted(whole)}"
    elif operator is Operator.REGEX and kind in _PLAIN:
        yield f"{path} MATCHES {_quoted(f'(?i){value}')}"
    else:
        yield ""


def _below(path: str) -> str:
    """Give the expression for a path and what lies below it, with either slash and either name of a hive."""
    hive, slash, rest = registry(path).rstrip("/").partition("/")
    head = f"({hive}|{_HIVES[hive]})" if hive in _HIVES else re.escape(hive)
    inner = re.escape(f"{slash}{rest}").replace("/", r"[\\/]")
    return "(?i)^" + head + inner + r"([\\/]|$)"


def _quoted(text: str) -> str:
    return f"'{text.translate(_SLASHED)}'"


def _identity(name: str, what: str, day: str, party: Party | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "identity", "spec_version": "2.1", "id": _id("identity", name)}
    found |= {"created": day, "modified": day, "name": name, "identity_class": what}
    if party:
        found |= {"labels": [f"{PARTY_LABEL}{party.id}"]}
    return found


def _extension(maker: dict[str, Any], day: str) -> dict[str, Any]:
    """Give the definition of the property extension, which the standard asks for beside its use."""
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": EXTENSION,
        "created_by_ref": maker["id"],
        "created": day,
        "modified": day,
        "name": "debar indicator",
        "description": "The indicator as debar's register holds it: kind, operator, patterns, level, grade, examples.",
        "schema": "docs/reference/register.md",
        "version": VERSION,
        "extension_types": ["property-extension"],
    }


def _reference(text: str) -> dict[str, str]:
    """Give a reference as the standard asks: a name, and an address or a description beside it."""
    return {"source_name": "source", "url" if is_address(text) else "description": text}


def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid5(NAMESPACE, chr(31).join((kind, *parts)))}"


def _instant(day: str) -> str:
    return f"{day[:10]}T00:00:00.000Z"
