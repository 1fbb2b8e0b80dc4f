# SPDX-License-Identifier: Apache-2.0
"""Indicators from a STIX 2.1 bundle.

What debar has exported comes back as it was, by its extension. Of others' indicators the patterns are read that
say one thing at a time: comparisons joined by OR. A conjunction, a sequence in time or a negation has no equal
here and is refused by name, for half of it would find too much.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar.errors import UsageError
from debar.identity import stable_id
from debar.model.inventory import Indicator
from debar.model.vocab import Grade, Kind, Operator
from debar.register.stix_terms import EXTENSION, KINDS, PARTY_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.register import Register

LARGEST = 64 << 20
"""Bytes of the largest bundle."""
_LEVELS = ((85, 4), (50, 3), (20, 2), (0, 1))
"""Confidence (STIX appendix A, low 30, medium 60, high 85) -> level; nothing of others' is taken as proof."""
_UNSAID = 50
"""Confidence where none is given."""
_COMPARISON = re.compile(
    r"\s*(?P<path>[a-z0-9-]+:[\w.'-]+?)\s*(?P<operator>=|LIKE|MATCHES|ISSUBSET|IN)\s*"
    r"(?P<value>'(?:[^'\\]|\\.)*'|\d+|\(\s*'(?:[^'\\]|\\.)*'(?:\s*,\s*'(?:[^'\\]|\\.)*')*\s*\))\s*"
)
_TEXT = re.compile(r"'((?:[^'\\]|\\.)*)'")


class Object(NamedTuple):
    """An object of a bundle, and where it stands."""

    place: str
    """Pointer into the document."""
    content: dict[str, Any]


def objects(document: bytes) -> list[Object]:
    """Give the objects of a bundle; ValueError for what is none."""
    try:
        bundle = msgspec.json.decode(document)
    except (msgspec.DecodeError, RecursionError) as e:
        raise ValueError(f"not JSON: {e}") from e
    found = bundle.get("objects") if isinstance(bundle, dict) and bundle.get("type") == "bundle" else None
    if not isinstance(found, list):
        raise ValueError("no STIX bundle: it has no type 'bundle' with a list of objects")  # noqa: TRY004 - of a text
    return [Object(f"/objects/{n}", one) for n, one in enumerate(found) if isinstance(one, dict)]


def indicators(document: bytes, register: Register) -> tuple[list[tuple[str, Indicator]], list[str]]:
    """Give the indicators of a bundle with their places, and a fault for each that cannot be taken over."""
    every = objects(document)
    named = _parties(every, register)
    found: list[tuple[str, Indicator]] = []
    faults: list[str] = []
    for one in every:
        if one.content.get("type") != "indicator" or one.content.get("revoked") is True:
            continue
        try:
            found += [(one.place, indicator) for indicator in _indicators(one.content, named, register)]
        except (ValueError, msgspec.ValidationError) as e:
            faults.append(f"{one.place}: {e}")
    return found, faults


def _parties(every: list[Object], register: Register) -> dict[str, str]:
    """Give the party that each object is about: by an identity it is related to, whose name the register knows."""
    identities = {
        str(o.content.get("id")): str(o.content.get("name", "")) for o in every if o.content.get("type") == "identity"
    }
    found: dict[str, str] = {}
    for one in (o.content for o in every if o.content.get("type") == "relationship"):
        name = identities.get(str(one.get("target_ref")))
        if name is None:
            continue
        try:
            found[str(one.get("source_ref"))] = register.party(name).id
        except UsageError:
            continue
    return found


def _indicators(content: dict[str, Any], named: dict[str, str], register: Register) -> Iterator[Indicator]:
    extensions = content.get("extensions")
    own = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    if isinstance(own, dict):
        yield msgspec.convert(own.get("indicator"), Indicator)
        return
    party = _party(content, named, register)
    if content.get("pattern_type", "stix") != "stix":
        raise ValueError(f"patterns of type {content.get('pattern_type')!r} are not read")
    every = patterns(str(content.get("pattern", "")))
    for kind, operator in dict.fromkeys((kind, operator) for kind, operator, _ in every):
        values = tuple(dict.fromkeys(value for k, o, value in every if (k, o) == (kind, operator)))
        yield Indicator(
            id=stable_id("stix", str(content.get("id")), kind, operator),
            party=party,
            kind=kind,
            operator=operator,
            patterns=values,
            level=_level(content.get("confidence")),
            valid_until=str(content.get("valid_until", ""))[:10],
            examples=(),
            counterexamples=(),
            falsepositives="The source says nothing of what else can look like this.",
            grade=Grade.SECONDARY,
            references=tuple(_references(content)),
        )


def _party(content: dict[str, Any], named: dict[str, str], register: Register) -> str:
    labels = [label for label in content.get("labels") or () if isinstance(label, str)]
    said = next((label.removeprefix(PARTY_LABEL) for label in labels if label.startswith(PARTY_LABEL)), "")
    party = said or named.get(str(content.get("id")), "")
    if not party:
        raise ValueError(f"it names no party: give it a label {PARTY_LABEL}ID, or a relationship to an identity")
    if party not in register.parties:
        raise ValueError(f"party {party!r} is not in the register")
    return party


def _level(confidence: object) -> int:
    sure = confidence if isinstance(confidence, int) and 0 <= confidence <= 100 else _UNSAID
    return next(level for floor, level in _LEVELS if sure >= floor)


def _references(content: dict[str, Any]) -> Iterator[str]:
    """Yield where it is from: its addresses and sources, else its own identifier."""
    external = [one for one in content.get("external_references") or () if isinstance(one, dict)]
    said = [str(one.get("url") or one.get("description") or one.get("source_name") or "") for one in external]
    yield from [one for one in said if one] or [str(content.get("id"))]


def patterns(text: str) -> list[tuple[Kind, Operator, str]]:
    """Give kind, operator and pattern of each comparison; ValueError for what is not comparisons joined by OR."""
    found: list[tuple[Kind, Operator, str]] = []
    rest = text.strip()
    while rest:
        if not rest.startswith("["):
            raise ValueError(f"pattern: only [ ... ] joined by OR is read, not {rest[:40]!r}")
        at = 1
        while match := _COMPARISON.match(rest, at):
            found += _comparison(match["path"], match["operator"], match["value"])
            at = match.end()
            if not rest.startswith("OR ", at):
                break
            at += len("OR ")
        if not rest.startswith("]", at):
            raise ValueError(f"pattern: only comparisons joined by OR are read, not {rest[at : at + 40]!r}")
        rest = rest[at + 1 :].strip()
        if rest and not rest.startswith("OR "):
            raise ValueError(f"pattern: only [ ... ] joined by OR is read, not {rest[:40]!r}")
        rest = rest.removeprefix("OR ").strip() if rest else rest
    if not found:
        raise ValueError("the pattern is empty")
    return found


def _comparison(path: str, operator: str, value: str) -> Iterator[tuple[Kind, Operator, str]]:
    kind = KINDS.get(path)
    if kind is None:
        raise ValueError(f"pattern: {path!r} has no equal here")
    values = [re.sub(r"\\(.)", r"\1", text) for text in _TEXT.findall(value)] or [value]
    for one in values:
        yield kind, *_meaning(kind, operator, f"AS{one}" if kind is Kind.ASN else one)


def _meaning(kind: Kind, operator: str, value: str) -> tuple[Operator, str]:
    """Give operator and pattern of a comparison."""
    if operator == "ISSUBSET" or (kind is Kind.IP and "/" in value):
        return Operator.WITHIN, value
    if operator == "MATCHES":
        return Operator.REGEX, value.removeprefix("(?i)")  # values are compared in small letters
    if operator != "LIKE":
        return Operator.EQUALS, value
    return _like(kind, value)


def _like(kind: Kind, value: str) -> tuple[Operator, str]:
    """Give operator and pattern of a text with % for any characters and _ for one."""
    inner = value.strip("%")
    if "%" in inner or "_" in inner:
        return Operator.REGEX, "^" + re.escape(value.lower()).replace("%", ".*").replace("_", ".") + "$"
    if value == f"%.{inner.removeprefix('.')}" and kind is Kind.DOMAIN:
        return Operator.SUFFIX, inner.removeprefix(".")
    if value == f"{inner}%":
        return (Operator.PREFIX, inner) if kind is Kind.MAC else (Operator.REGEX, "^" + re.escape(inner.lower()))
    return Operator.REGEX, re.escape(inner.lower()) + ("" if value.endswith("%") else "$")
