# SPDX-License-Identifier: Apache-2.0
"""The file of decisions: read as strictly as the register, and added to without losing what somebody wrote."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar import dates
from debar.errors import UsageError
from debar.model.results import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from debar.register.yamlfile import Lines

HEADER = """\
# What people decided about exposures; debar decide adds to it, debar scan --decisions heeds it.
# until is the last day on which a decision holds. The order of blocks changes nothing.

"""
_EXPOSURE = re.compile(r"exp-[0-9a-f]{12}")
_HINT = "a decision has exposure, about, verdict, reason, by, on and until; debar decide writes one"


def read(file: Path) -> tuple[Decision, ...]:
    """Give the decisions of a file, in its order; UsageError with every fault as "file:line: what"."""
    from debar.register import yamlfile  # YAML is loaded only where there is a file

    try:
        if _holds_nothing(file):
            return ()
        found, lines = yamlfile.read_with_lines(file, tuple[Decision, ...])
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="debar decide makes the file") from e
    except yamlfile.YamlError as e:
        raise UsageError(f"{file}:{e.line}: {e.message}", hint=_HINT) from e
    if faults := list(_faults(found, lines)):
        raise UsageError("\n".join(f"{file}:{line}: {fault}" for line, fault in sorted(faults)), hint=_HINT)
    return found


def _holds_nothing(file: Path) -> bool:
    """Tell whether a file has only remarks: decisions may all have been taken out of it by hand."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return all(not line.strip() or line.lstrip().startswith(b"#") for line in opened)


def _faults(decisions: Sequence[Decision], lines: Lines) -> Iterator[tuple[int, str]]:
    """Yield the faults of decisions, each with its line."""
    before: dict[str, list[int]] = defaultdict(list)
    for number, decision in enumerate(decisions):
        wrong = list(faults(decision))
        yield from ((lines.line((number, field)), said) for field, said in wrong)
        for other in before[decision.exposure] if not wrong else ():
            if meets(decision, decisions[other]):
                yield (
                    lines.line((number,)),
                    f"a decision on {decision.exposure} holds on the same days, in line {lines.line((other,))}",
                )
        before[decision.exposure].append(number)


def faults(decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one decision: the field, and what to say of it."""
    if not _EXPOSURE.fullmatch(decision.exposure):
        yield "exposure", f"{decision.exposure!r} is no id of an exposure, such as exp-59a474ae39a2"
    for field in ("reason", "by"):
        if not getattr(decision, field).strip():
            yield field, f"{field} is empty"
    wrong = [(field, said) for field in ("on", "until") if (said := _no_day(getattr(decision, field)))]
    yield from wrong
    if not wrong and decision.until < decision.on:
        yield "until", f"it ends on {decision.until}, before it was decided on {decision.on}"


def _no_day(text: str) -> str:
    """Give what is wrong with a day, or nothing."""
    try:
        dates.parse(text)
    except ValueError as e:
        return str(e)
    return "" if dates.is_date(text) else f"{text!r} is no day, such as 2025-06-30"


def meets(decision: Decision, other: Decision) -> bool:
    """Tell whether two decisions hold on one exposure on the same day."""
    return decision.exposure == other.exposure and max(decision.on, other.on) <= min(decision.until, other.until)


def amended(file: Path, decision: Decision) -> str:
    """Give the text of a file with one more decision at its end; remarks and the order of what is there stay.

    A decision that it meets ends on the day before. One that began no earlier is turned into a remark, so that
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
        hint = 'write it as a list of blocks, each of which begins with "- exposure:"'
        raise UsageError(f"{file}: a decision cannot be added to a file of this form", hint=hint)
    return text


def _making_way(rows: list[str], file: Path, old: Sequence[Decision], decision: Decision) -> Sequence[Decision]:
    """Change the lines of a file so that its decisions make way for another, and give those that stay."""
    from debar.register import yamlfile

    wanted: list[Decision] = []
    for number in reversed(range(len(old))):
        kept = old[number]
        if meets(kept, decision) and kept.on < decision.on:
            kept = replace(kept, until=_day_before(decision.on))
            at = yamlfile.lines(file).line((number, "until")) - 1
            rows[at] = re.sub(r"(until\W+)[0-9-]{10}", rf"\g<1>{kept.until}", rows[at])
        elif meets(kept, decision):
            _turn_into_remark(rows, yamlfile.lines(file), number, f"# replaced by {decision.by} on {decision.on}:")
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
