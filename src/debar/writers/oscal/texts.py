# SPDX-License-Identifier: Apache-2.0
"""Texts in the forms that OSCAL demands: tokens, values without space around them, titles in one line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.text import printable
from debar.writers import references

if TYPE_CHECKING:
    from debar.model.results import Report

SPACE = "https://debar.invalid/ns/oscal"
"""Name space of debar's own properties; .invalid is no address (RFC 2606)."""
TOOL = references.uuid_of("tool", "debar")
_NO_TOKEN = re.compile(r"[^A-Za-z0-9._-]")


def token(value: str) -> str:
    """Give an id as a token: letters, digits, dot, line and underscore, the first of them no digit."""
    plain = _NO_TOKEN.sub("_", value)
    return plain if re.match(r"[A-Za-z_]", plain) else f"_{plain}"


@lru_cache(maxsize=8192)
def line(value: str) -> str:
    """Give a text in one line that is not empty."""
    return printable(" ".join(value.split())) or "-"


def props(**values: str) -> list[dict[str, str]]:
    """Give properties in debar's name space; empty ones are left out."""
    return [
        {"name": name.replace("_", "-"), "ns": SPACE, "value": line(value)} for name, value in values.items() if value
    ]


def asker(report: Report) -> str:
    """Give the id of the organisation."""
    return references.uuid_of("organisation", report.organisation.name)


def asset(name: str) -> str:
    """Give the id of an asset."""
    return references.uuid_of("asset", name)


@lru_cache(maxsize=1 << 17)
def observation(exposure: str) -> str:
    """Give the id of the observation that an exposure is."""
    return references.uuid_of("observation", exposure)
