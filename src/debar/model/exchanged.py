# SPDX-License-Identifier: Apache-2.0
"""Nouns that only the API has: what is told once, and what is not worth a noun of the portfolio."""

from __future__ import annotations

import msgspec

from debar.model.portfolio import Caller, Key
from debar.model.telling import Hook


class Me(Caller, frozen=True, kw_only=True):
    """Whoever asks."""

    csrf: str = ""
    """What every change brings along as X-CSRF-Token, where a session asks; empty for keys, which need none."""


class TenantNamed(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation as whoever runs the whole sees it: what is known of it is for its members."""

    id: str
    """Small letters, digits and hyphens."""
    name: str
    """What people call it."""
    created_at: str
    """When it was made."""


class MadeKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key that was made."""

    key: Key
    """What is known of it from now on."""
    secret: str
    """What opens: it is shown here and never again."""


class MadeHook(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is told from now on."""

    hook: Hook
    """Who they are."""
    secret: str
    """With which messages are signed (Standard Webhooks): it is shown here and never again; empty for mail."""


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
