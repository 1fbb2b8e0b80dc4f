# SPDX-License-Identifier: Apache-2.0
"""What facts rest on: documents, passages in them, and what sources say side by side."""

from __future__ import annotations

import msgspec

from debar.model.vocab import Grade


class Noun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Base of every noun of the register: frozen, keyword-only, refuses unknown fields."""


class Citation(Noun, frozen=True, kw_only=True):
    """A passage that proves a fact."""

    document: str
    """Id of a document of the register."""
    at: str = ""
    """Position inside it, such as "sec-iv.para-2" or "summary"."""
    quote: str = ""
    """Words that occur in the stored text; empty where the text may not be stored."""


UNNAMED = "not told"
"""Publisher of a document that names none: each has one, and nobody is made up."""


class Document(Noun, frozen=True, kw_only=True):
    """A legal text or a report about one, stored as text where its licence allows."""

    id: str
    title: str
    publisher: str
    url: str
    grade: Grade
    """Primary for the authority's own words (or a verbatim copy), secondary for reports about them."""
    cite: str = ""
    """Short legal citation such as "89 FR 52434"."""
    published: str = ""
    retrieved: str = ""
    copied_from: str = ""
    """Where a verbatim copy was read, when it was not the publisher's own page."""
    licence: str = ""
    sha256: str = ""
    """Digest of the stored text; empty when no text is stored."""
    extent: str = ""
    """Which parts are stored, when it is not the whole."""


class Claim(Noun, frozen=True, kw_only=True):
    """What one source says where sources disagree; claims stand side by side, none is thrown away."""

    value: str
    """The date, number or words that it gives."""
    by: str
    """Who says so."""
    grade: Grade
    citations: tuple[Citation, ...] = ()


class Doubt(Noun, frozen=True, kw_only=True):
    """Something about a provision that its sources leave open."""

    about: str
    """Which field: applies_from, acts, addressees, targets ..."""
    text: str
    grade: Grade
    known_from: str = ""
    """When it could first be said, if later than the fact that it is about."""
    claims: tuple[Claim, ...] = ()
    """What each source says, where they disagree."""
    citations: tuple[Citation, ...] = ()
