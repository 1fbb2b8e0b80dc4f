# SPDX-License-Identifier: Apache-2.0
"""The file of decisions: read as strictly as the register, with every fault of it told at once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from debar.decisions.faults import faults
from debar.decisions.scope import contradict, overlap, scope
from debar.errors import UsageError, did_you_mean
from debar.model.results import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from debar.register.yamlfile import Lines

HEADER = """\
# What people decided; debar decide adds to it, debar scan --decisions heeds it.
# expires is the last day on which a decision holds. The order of blocks changes nothing.

"""
HINT = (
    "a decision has exposure, assets, purl, party or measure; verdict, reason, requester, approver, created, expires;"
    " debar decide writes one"
)
_FORMER = {
    "by": "write requester, and as approver another person who agreed",
    "on": "write created: the day of the decision, the first on which it holds",
    "until": "write expires: the last day on which it holds",
}
"""Fields of former releases, and what to write now."""
_Fault = tuple[int, str]


def read(file: Path) -> tuple[Decision, ...]:
    """Give the decisions of a file, in its order; UsageError with every fault as "file:line: what"."""
    from debar.register import yamlfile  # YAML is loaded only where there is a file

    try:
        if _holds_nothing(file):
            return ()
        blocks, lines = yamlfile.read_with_lines(file, list[dict[str, Any]])
        found, wrong = _decisions(blocks, lines, file.parent)
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="debar decide makes the file") from e
    except yamlfile.YamlError as e:
        raise UsageError(f"{file}:{e.line}: {e.message}", hint=HINT) from e
    if wrong:
        raise UsageError("\n".join(f"{file}:{line}: {said}" for line, said in sorted(wrong)), hint=HINT)
    return found


def _holds_nothing(file: Path) -> bool:
    """Tell whether a file has only remarks: decisions may all have been taken out of it by hand."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return all(not line.strip() or line.lstrip().startswith(b"#") for line in opened)


def _decisions(
    blocks: Sequence[dict[str, Any]], lines: Lines, folder: Path
) -> tuple[tuple[Decision, ...], list[_Fault]]:
    """Give the decisions of a file's blocks, and the faults, each with its line."""
    wrong: list[_Fault] = []
    found: dict[int, Decision] = {}
    for number, block in enumerate(blocks):
        said = list(_misshapen(block))
        if not said:
            found[number] = decision = msgspec.convert(block, Decision, strict=False)
            said = [*faults(decision), *_unproven(decision, folder)]
        wrong += [(lines.line((number, field) if field in block else (number,)), one) for field, one in said]
    return tuple(found.values()), wrong + list(_contradictions(found, lines))


@lru_cache(maxsize=1)
def _fields() -> dict[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(Decision)}


def _misshapen(block: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the fields that no decision has, those that it lacks, and those whose value is of another kind."""
    known = _fields()
    for name, value in block.items():
        if name in _FORMER:
            yield name, f"{name} is no field any more: {_FORMER[name]}"
        elif name not in known:
            yield name, f"{name!r} is no field of a decision{did_you_mean(name, known)}"
        else:
            yield from ((name, said) for said in _of_another_kind(known[name], value))
    for name in (name for name, field in known.items() if field.required and name not in block):
        yield name, f"{name} is missing"


def _of_another_kind(field: msgspec.structs.FieldInfo, value: object) -> Iterator[str]:
    try:
        msgspec.convert(value, field.type, strict=False)
    except msgspec.ValidationError as e:
        from debar.register import shape

        if field.name == "assets" and isinstance(value, str):
            yield f"assets is a list of patterns: [{value}]"
        else:
            yield f"{field.name}: {shape.fault(str(e), field.type, value)[1]}"


def _unproven(decision: Decision, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the document of a decision: not there, somewhere else, or another than was decided on."""
    if not (decision.document and decision.sha256) or any(f in ("document", "sha256") for f, _ in faults(decision)):
        return
    place = folder / decision.document
    if not place.is_file():
        yield "document", f"its document {decision.document} is not there; where it is kept elsewhere, write reference"
    elif not place.resolve().is_relative_to(folder.resolve()):
        yield "document", f"its document {decision.document} leads out of the folder of the decisions"
    elif digest(place) != decision.sha256:
        yield "sha256", f"its document {decision.document} is another one: its digest is {digest(place)}"


def digest(file: Path) -> str:
    """Give the SHA-256 digest of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _contradictions(found: dict[int, Decision], lines: Lines) -> Iterator[_Fault]:
    """Yield pairs of decisions on exactly the same that cannot both be right on a day."""
    before: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, decision in found.items():
        same = before[scope(decision)]
        for other in same:
            one = found[other]
            if contradict(decision, one) and _is_overlap(decision, one):
                yield (
                    lines.line((number,)),
                    f"{decision.verdict} contradicts {one.verdict} on the same days, in line {lines.line((other,))}",
                )
        same.append(number)


def _is_overlap(decision: Decision, other: Decision) -> bool:
    days = (decision.created, decision.expires, other.created, other.expires)
    return all(len(day) == len("2025-06-30") for day in days) and overlap(decision, other)
