# SPDX-License-Identifier: Apache-2.0
"""Nouns that only the API has: what is told once, and what is not worth a noun of the portfolio."""

from __future__ import annotations

import msgspec

from debar.model.portfolio import Key


class MadeKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key that was made."""

    key: Key
    """What is known of it from now on."""
    secret: str
    """What opens: it is shown here and never again."""


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision would be about."""

    exposures: int
    """Of the day that is asked about."""


class SigningKey(msgspec.Struct, frozen=True, kw_only=True):
    """The public key of an organisation."""

    id: str
    """By which proofs name it; empty before the first proof."""
    pem: str
    """With which anybody checks whose a proof is."""


class FieldFault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one field."""

    at: str
    """Where it stands."""
    detail: str
    """What is wrong with it."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457)."""

    type: str
    """about:blank: the status says of which kind it is."""
    title: str
    """The status in words."""
    status: int
    """As in the answer's first line."""
    detail: str
    """What happened."""
    instance: str
    """Address that was asked for."""
    hint: str = ""
    """What to do next."""
    errors: tuple[FieldFault, ...] = ()
    """By field, where what was sent says something wrong."""
