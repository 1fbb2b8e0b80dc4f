# SPDX-License-Identifier: Apache-2.0
"""Stable ids: hashes of what a thing is, so that two runs over the same facts give the same ids."""

import hashlib


def stable_id(prefix: str, *parts: str) -> str:
    """Give "prefix-" and 12 hex digits over the parts; order and borders of parts count."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return f"{prefix}-{digest.hexdigest()[:12]}"
