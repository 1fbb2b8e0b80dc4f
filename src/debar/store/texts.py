# SPDX-License-Identifier: Apache-2.0
"""Text that every ledger and column can hold: evidence may carry what is no UTF-8, and PostgreSQL takes no NUL."""

from __future__ import annotations


def keepable(text: str) -> str:
    """Give a text as it is, or with escapes for what cannot be kept."""
    if "\0" in text:
        text = text.replace("\0", "\\x00")
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
