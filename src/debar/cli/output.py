# SPDX-License-Identifier: Apache-2.0
"""Where answers go: standard output, or files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from debar.cli.options import check_word, is_coloured
from debar.errors import DebarError, UsageError
from debar.writers import PLAIN, WRITERS, Style, is_binary

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence


_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""What the system says when there is no room for a file."""


class UnwrittenError(DebarError):
    """A result could not be written for want of room; the others were."""

    exit_code = 3


class Target(NamedTuple):
    """One output."""

    format: str
    file: Path | None
    """None for standard output."""


def targets(options: argparse.Namespace, known: Sequence[str] = ()) -> list[Target]:
    """Give the outputs asked for; UsageError for an unknown format or two on standard output.

    `known` are the formats to choose from, the first the default; text and JSON when not given.
    """
    usual = [writer.name for writer in WRITERS]
    known = known or PLAIN
    asked = options.output or [known[0]]
    if not options.named["output"].startswith("-"):
        # What somebody always wants of a report is no word about a verb that has other formats.
        asked = [text for text in asked if text.partition("=")[0] not in set(usual) - set(known)] or [known[0]]
    found = []
    for text in asked:
        name, equals, file = text.partition("=")
        check_word(name, known, options.named["output"])
        if equals and not file:
            raise UsageError(f"-o {text}: no file is named", hint="write -o json=report.json")
        found.append(Target(name, Path(file) if file else None))
    files = [os.path.realpath(target.file) for target in found if target.file and _is_replaced(target.file)]
    if same := next((file for file in files if files.count(file) > 1), ""):
        raise UsageError(f"{same}: two outputs in one file", hint="name a file for each: -o json=a.json -o html=a.html")
    if sum(target.file is None for target in found) > 1:
        raise UsageError("two outputs on standard output", hint="send one of them to a file: -o json=report.json")
    return found


def write(
    wanted: list[Target],
    options: argparse.Namespace,
    writing: Callable[[str, IO[Any], Style], None],
    *,
    again: str = "",
) -> None:
    """Write every output: `writing` is told the format, where to, and how to draw.

    A file is replaced only once its new content is complete. Where there is no room for one the others are written
    all the same; then UnwrittenError names it, and says how to write it `again`.
    """
    faults: list[UnwrittenError] = []
    for target in wanted:
        if target.file is None and is_binary(target.format):
            _write_bytes(target.format, writing)
            continue
        if target.file is None:
            sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
            writing(target.format, sys.stdout, Style(colour=is_coloured(options), width=_width()))
            continue
        try:
            _write_file(target.format, target.file, writing)
        except UnwrittenError as e:
            faults.append(e)
    if faults:
        hint = "make room, or name a file on another disk" + (f"; {again}" if again else "")
        raise UnwrittenError("\n".join(fault.message for fault in faults), hint)


def _write_bytes(form: str, writing: Callable[[str, IO[Any], Style], None]) -> None:
    """Write bytes to standard output; UsageError where that is a terminal."""
    if sys.stdout.isatty():
        raise UsageError(f"{form} is no text for a terminal", hint=f"name a file: -o {form}=FILE")
    writing(form, sys.stdout.buffer, Style())


def _write_file(form: str, file: Path, writing: Callable[[str, IO[Any], Style], None]) -> None:
    if not file.name or file.is_dir():
        raise UsageError(f"{file}: is a directory", hint="name a file: -o json=report.json")
    # A link stays a link, and what is no file, such as a pipe or /dev/null, is written to and never replaced.
    place = Path(os.path.realpath(file))
    is_replaced = _is_replaced(file)
    partial = place.with_name(f".{place.name}.{os.getpid()}") if is_replaced else file
    try:
        with opened(partial, form) as out:
            writing(form, out, Style())
        if is_replaced:
            partial.replace(place)
    except OSError as e:
        if e.errno in _FULL:
            raise UnwrittenError(f"{file}: {e.strerror}") from e
        raise UsageError(f"{file}: {e.strerror}", hint="name a file in a directory that can be written") from e
    except DebarError:
        raise
    except Exception as e:
        raise DebarError(f"{file}: the {form} writer failed: {type(e).__name__}: {e}", hint="please report it") from e
    finally:
        if is_replaced:
            with contextlib.suppress(OSError):
                partial.unlink()


def _is_replaced(file: Path) -> bool:
    """Tell whether a file is put in the place of another, or of none; a pipe or device is written to."""
    return file.is_file() or not file.exists()


def opened(file: Path, form: str) -> IO[Any]:
    """Give a new file, open for what a format writes."""
    if is_binary(form):
        return file.open("wb")
    return file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")


def _width() -> int:
    """Give the columns to write in: those of the terminal up to 120, else 100."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) >= 40:
        return min(int(columns), 120)
    try:
        return min(max(os.get_terminal_size(sys.stdout.fileno()).columns, 40), 120)
    except (OSError, ValueError):
        return 100
