# SPDX-License-Identifier: Apache-2.0
"""Indicators of an organisation's own, as folders for `debar scan --register`: the names of a bench, as YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bench.logs.names import FEW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.logs.names import Names

MARK = "bench-"
"""How the ids of these indicators begin: the register's own are not counted."""
TOGETHER = 100
"""Patterns of one indicator."""
_FILE = 100
"""Indicators of one file, which may have 4 MiB."""


def write(folder: Path, names: Names) -> None:
    """Write a folder for each set: few, many, every and programs; and the few as lines for other programs."""
    few = names.wanted[:FEW]
    _set(folder / "few", [("domain", "suffix", few)])
    _set(folder / "many", [("domain", "suffix", names.wanted)])
    _set(
        folder / "every",
        [
            ("domain", "suffix", few),
            ("ip", "within", [str(network) for network in names.ranges]),
            ("mac", "prefix", names.prefixes),
            ("text", "phrase", names.products),
        ],
    )
    _set(folder / "programs", [("name", "phrase", names.products)])
    (folder / "plain.txt").write_text("".join(f"{name}\n" for name in few))
    # Exact for values between quotes, but for escapes; anchored to the field itself, ripgrep takes several times as long.
    (folder / "json.txt").write_text("".join(f'[".]{_escaped(name)}\\.?"\n' for name in few))


def _set(folder: Path, kinds: Sequence[tuple[str, str, Sequence[str]]]) -> None:
    inside = folder / "indicators"
    inside.mkdir(parents=True)
    blocks = [
        _block(f"{MARK}{kind}-{begin // TOGETHER:04d}", kind, operator, patterns[begin : begin + TOGETHER])
        for kind, operator, patterns in kinds
        for begin in range(0, len(patterns), TOGETHER)
    ]
    for begin in range(0, len(blocks), _FILE):
        (inside / f"{begin // _FILE:04d}.yaml").write_text("".join(blocks[begin : begin + _FILE]))


def _block(name: str, kind: str, operator: str, patterns: Sequence[str]) -> str:
    example = patterns[0].partition("/")[0] if operator == "within" else patterns[0]
    if operator == "prefix":
        example += ":00:00:01"
    return (
        f"- id: {name}\n  party: kaspersky\n  kind: {kind}\n  operator: {operator}\n"
        f"  patterns: {json.dumps(list(patterns))}\n  level: 3\n  meaning: service-use\n  examples: [{json.dumps(example)}]\n"
        "  counterexamples: []\n  falsepositives: None, for it is made up.\n  grade: secondary\n  references: [made up]\n"
    )


def _escaped(name: str) -> str:
    return name.replace(".", "\\.")
