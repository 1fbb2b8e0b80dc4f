# SPDX-License-Identifier: Apache-2.0
"""One more decision in a file: whatever somebody wrote there, remarks and the order of blocks, stays."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.decisions.file import HEADER, read
from debar.decisions.scope import meet
from debar.errors import UsageError
from debar.model.results import Decision

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from debar.register.yamlfile import Lines


def amended(file: Path, decision: Decision) -> str:
    """Give the text of a file with one more decision at its end; remarks and the order of what is there stay.

    A decision that it meets expires on the day before. One that began no earlier is turned into a remark, so that
    nothing that somebody wrote is lost. UsageError for a file with faults, or in a form that takes no more blocks.
    """
    from debar.register import yamlfile
    from debar.register.dump import dump

    if not file.exists():
        return HEADER + dump([decision])
    old = read(file)
    rows = file.read_bytes().decode("utf-8").split("\n")
    wanted = (*_making_way(rows, file, old, decision), decision)
    text = _with_block(rows, decision)
    try:
        found = yamlfile.parse(text, tuple[Decision, ...])
    except yamlfile.YamlError:
        found = ()
    if found != wanted:
        hint = 'write it as a list of blocks, each of which begins with "- exposure:" or another field'
        raise UsageError(f"{file}: a decision cannot be added to a file of this form", hint=hint)
    return text


def _making_way(rows: list[str], file: Path, old: Sequence[Decision], decision: Decision) -> Sequence[Decision]:
    """Change the lines of a file so that its decisions make way for another, and give those that stay."""
    from debar.register import yamlfile

    wanted: list[Decision] = []
    for number in reversed(range(len(old))):
        kept = old[number]
        if meet(kept, decision) and kept.created < decision.created:
            kept = replace(kept, expires=_day_before(decision.created))
            at = yamlfile.lines(file).line((number, "expires")) - 1
            rows[at] = re.sub(r"(expires\W+)[0-9-]{10}", rf"\g<1>{kept.expires}", rows[at])
        elif meet(kept, decision):
            remark = f"# replaced by a decision of {decision.requester!a} on {decision.created}:"
            _turn_into_remark(rows, yamlfile.lines(file), number, remark)
            continue
        wanted.append(kept)
    return wanted[::-1]


def _with_block(rows: Sequence[str], decision: Decision) -> str:
    """Give the text of lines with the block of one more decision behind them, as far in as the others."""
    from debar.register.dump import dump

    indent = next((row[: len(row) - len(row.lstrip())] for row in rows if row.lstrip().startswith("- ")), "")
    added = "".join(f"{indent}{line}\n" for line in dump([decision]).splitlines())
    text = "\n".join(rows)
    return f"{text}{'' if text.endswith(chr(10)) else chr(10)}\n{added}"


def _turn_into_remark(rows: list[str], lines: Lines, number: int, remark: str) -> None:
    """Put a mark before each line of a block, down to the last that is neither empty nor a remark."""
    first, after = lines.line((number,)) - 1, lines.line((number + 1,)) - 1
    last = after if after > first else len(rows)
    while last > first + 1 and (not rows[last - 1].strip() or rows[last - 1].lstrip().startswith("#")):
        last -= 1
    rows[first:last] = [remark, *(f"# {row}" for row in rows[first:last])]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
