# SPDX-License-Identifier: Apache-2.0
"""Fields in the manner of mail headers, as packages carry them: control files of Debian, metadata of wheels."""

from __future__ import annotations

_LINES = 1 << 14
"""Lines looked at; long lists of dependencies have some hundreds."""
_VALUE = 1 << 16
"""Characters kept of one field."""


def read(text: str) -> dict[str, list[str]]:
    """Give the values of each field by its name in small letters; a blank line ends the fields."""
    found: dict[str, list[str]] = {}
    values: list[str] = []
    for line in text.lstrip("\ufeff\r\n").splitlines()[:_LINES]:
        if not line.strip():
            break
        if line[0] in " \t":
            if values and len(values[-1]) < _VALUE:
                values[-1] += "\n" + line[:_VALUE].strip()
            continue
        name, colon, value = line.partition(":")
        if colon:
            values = found.setdefault(name.strip().lower(), [])
            values.append(value[:_VALUE].strip())
        else:
            values = []
    return found
