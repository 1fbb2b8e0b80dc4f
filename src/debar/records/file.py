# SPDX-License-Identifier: Apache-2.0
"""The file of records: read as strictly as the register, and added to without losing what somebody wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar import dates
from debar.errors import UsageError
from debar.model.results import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HEADER = """\
# What people did for a duty, and what came of it; debar record adds to it, debar scan --records heeds it.
# on is the day on which it was done. The order of blocks changes nothing.

"""
_EXPOSURE = re.compile(r"exp-[0-9a-f]{12}")
_PROVISION = re.compile(r"[a-z0-9][a-z0-9.-]*#[a-z0-9][a-z0-9.-]*")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HINT = "a record has on, by, found, and provisions or exposures; debar record writes one"


def read(file: Path) -> tuple[Record, ...]:
    """Give the records of a file, in its order; UsageError with every fault as "file:line: what"."""
    from debar.register import yamlfile  # YAML is loaded only where there is a file

    try:
        if _holds_nothing(file):
            return ()
        found, lines = yamlfile.read_with_lines(file, tuple[Record, ...])
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="debar record makes the file") from e
    except yamlfile.YamlError as e:
        raise UsageError(f"{file}:{e.line}: {e.message}", hint=_HINT) from e
    wrong = [(lines.line((number, field)), said) for number, one in enumerate(found) for field, said in faults(one)]
    wrong += [(lines.line((number,)), "the same record stands above") for number in _again(found)]
    if wrong:
        raise UsageError("\n".join(f"{file}:{line}: {fault}" for line, fault in sorted(wrong)), hint=_HINT)
    return found


def _holds_nothing(file: Path) -> bool:
    """Tell whether a file has only remarks: records may all have been taken out of it by hand."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return all(not line.strip() or line.lstrip().startswith(b"#") for line in opened)


def _again(records: Sequence[Record]) -> Iterator[int]:
    """Yield the places of records that stand there before, word for word: pasted twice, done once."""
    for number, record in enumerate(records):
        if record in records[:number]:
            yield number


def faults(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one record: the field, and what to say of it."""
    for field in ("by", "found"):
        if not getattr(record, field).strip():
            yield field, f"{field} is empty"
    if said := _no_day(record.on):
        yield "on", said
    for name in record.provisions:
        if not _PROVISION.fullmatch(name):
            yield "provisions", f"{name!r} is no provision, such as us-far-52.204-30#review-sam"
    for id_ in record.exposures:
        if not _EXPOSURE.fullmatch(id_):
            yield "exposures", f"{id_!r} is no id of an exposure, such as exp-59a474ae39a2"
    if not record.provisions and not record.exposures:
        yield (
            "provisions",
            "it is about nothing: name the provisions that demand it, or the exposures that were looked at",
        )
    if record.sha256 and not _DIGEST.fullmatch(record.sha256):
        yield "sha256", f"{record.sha256!r} is no SHA-256 digest in 64 small hexadecimal digits"
    if bool(record.sha256) != bool(record.evidence):
        yield "evidence", "evidence and sha256 go together: the file, and what it was"


def _no_day(text: str) -> str:
    """Give what is wrong with a day, or nothing."""
    try:
        dates.parse(text)
    except ValueError as e:
        return str(e)
    return "" if dates.is_date(text) else f"{text!r} is no day, such as 2024-10-01"


def amended(file: Path, record: Record) -> str:
    """Give the text of a file with one more record at its end; everything that is there stays as it is.

    UsageError for a file with faults, for a record that stands in it, and for a form that takes no more blocks.
    """
    from debar.register import yamlfile
    from debar.register.dump import dump

    if not file.exists():
        return HEADER + dump([record])
    old = read(file)
    if record in old:
        raise UsageError(
            f"{file}: this very record stands there already", hint="say in --found what was found this time"
        )
    text = _with_block(file.read_bytes().decode("utf-8"), dump([record]))
    try:
        found = yamlfile.parse(text, tuple[Record, ...])
    except yamlfile.YamlError:
        found = ()
    if found != (*old, record):
        hint = 'write it as a list of blocks, each of which begins with "- on:"'
        raise UsageError(f"{file}: a record cannot be added to a file of this form", hint=hint)
    return text


def _with_block(text: str, block: str) -> str:
    """Give a text with a block behind it, as far in as the others."""
    rows = (row for row in text.split("\n") if row.lstrip().startswith("- "))
    indent = next((row[: len(row) - len(row.lstrip())] for row in rows), "")
    added = "".join(f"{indent}{line}\n" for line in block.splitlines())
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}\n{added}"
