# SPDX-License-Identifier: Apache-2.0
"""Decisions in words: who decided, on what."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from debar.identity import stable_id

if TYPE_CHECKING:
    from debar.model.results import Decision


@lru_cache(maxsize=4096)
def identity(decision: Decision) -> str:
    """Give the id of a decision: a hash of all that it says, so that a decision that was changed is another one."""
    return stable_id("dec", msgspec.json.encode(decision).decode())


def who(decision: Decision) -> str:
    """Give whose decision it is."""
    approved = f", approved by {decision.approver}," if decision.approver else ""
    return f"the decision of {decision.requester}{approved}"


def scope_of(decision: Decision) -> str:
    """Give what a decision is about."""
    about = f" ({decision.about})" if decision.about else ""
    parts = [f"{decision.exposure}{about}"] if decision.exposure else []
    parts += [f"assets {', '.join(decision.assets)}"] if decision.assets else []
    parts += [text for text in (decision.purl, decision.party, decision.measure) if text]
    parts += [f"exemption {decision.exemption}"] if decision.exemption else []
    return "; ".join(parts)
