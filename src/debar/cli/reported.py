# SPDX-License-Identifier: Apache-2.0
"""The report that a verb is about: one that was written before, or made anew; and the exposure in it that is meant."""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from debar import pipeline
from debar.cli import storing
from debar.errors import UsageError, did_you_mean
from debar.model.results import Report
from debar.readers.disk import spooled
from debar.release import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from debar.model.results import Exposure
    from debar.obligations.question import Question
    from debar.pipeline import Settings
    from debar.register import Register

_HEAD = 256
_LISTED = 20


class _Program(msgspec.Struct):
    name: str


class _Head(msgspec.Struct):
    """What tells a report of debar from any other JSON document."""

    schema: int
    program: _Program
    exposures: msgspec.Raw


class Reported(NamedTuple):
    """A report, and whether it was there before."""

    report: Report
    was_written: bool


class Meant(NamedTuple):
    """The exposure that a word stands for, and why it does not count, if so."""

    exposure: Exposure
    set_aside: str


def reported(
    sources: Sequence[str],
    register: Register,
    question: Question,
    settings: Settings,
    store: storing.Store | None = None,
    scan: Callable[..., Report] = pipeline.scan,
) -> Reported:
    """Give the report that is the only source, else a new one on the sources.

    A source may be a word for a run that is kept in `store`: latest, latest~1, run-0123abcd. Without sources it is what
    standard input holds, a report or anything that can be scanned. UsageError when nobody pipes anything in, and for a
    report among other sources or of another schema. `scan` makes a new one, as `pipeline.scan` does.
    """
    for word in (source for source in sources if storing.is_run(source, store)):
        if len(sources) > 1:
            raise UsageError(f"{word}: a report stands alone", hint="name the run, or the sources of a scan")
        found = storing.kept(word, store).report
        _expect_sound(found, word, register)
        return Reported(found, was_written=True)
    if not sources and sys.stdin.isatty():
        raise UsageError(
            "there is no report to look into",
            hint="write one with debar scan SOURCE -o json=report.json and name it, or name the sources themselves",
        )
    with ExitStack() as stack:
        piped: BinaryIO | None = None
        if not sources or "-" in sources:
            piped = stack.enter_context(spooled(sys.stdin.buffer))
        for source in sources or ("-",):
            if (written := _written(source, piped)) is not None:
                _expect_sound(written, source, register)
                if len(sources) > 1:
                    raise UsageError(
                        f"{source}: a report stands alone", hint="name the report, or the sources of a scan"
                    )
                return Reported(written, was_written=True)
        return Reported(scan(sources or ["-"], register, question, settings, stdin=piped), was_written=False)


def read(file: str) -> Report:
    """Give the report that stands in a JSON file; UsageError for anything else."""
    if not Path(file).is_file():
        raise UsageError(f"{file}: no such report", hint="name a JSON file, or a run (latest, run-...) with --store")
    found = _written(file, None)
    if found is None:
        raise UsageError(f"{file}: no report of debar", hint="debar scan -o json=report.json writes one")
    return found


def _written(source: str, piped: BinaryIO | None) -> Report | None:
    """Give the report that a source holds, or nothing when it holds something else; UsageError for an old one."""
    if source == "-" and piped is not None:
        content = _content(piped)
        piped.seek(0)
    else:
        content = b""
        with suppress(OSError, ValueError):
            content = _file(Path(source))
    try:
        head = msgspec.json.decode(content, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if head.program.name != "debar":
        return None
    try:
        if head.schema != SCHEMA:
            raise UsageError(f"{source}: a report of schema {head.schema}, and this debar reads {SCHEMA}", hint=_AGAIN)
        return msgspec.json.decode(content, type=Report)
    except msgspec.DecodeError as e:
        raise UsageError(f"{source}: a report that this debar cannot read: {e}", hint=_AGAIN) from e


def _expect_sound(report: Report, source: str, register: Register) -> None:
    """Raise UsageError for a report that no scan with this register can have written: its words would be believed."""
    for exposure in (*report.exposures, *(aside.exposure for aside in report.set_aside)):
        levels = {exposure.level, *(match.level for match in exposure.matches)}
        chances = {exposure.confidence, *(match.confidence for match in exposure.matches)}
        if not levels <= set(range(1, 6)) or any(not 0 <= chance <= 1 for chance in chances):
            raise UsageError(f"{source}: {exposure.id} has a level or probability that there is none of", hint=_AGAIN)
        if not exposure.matches or exposure.party not in register.parties:
            what = f"its party {exposure.party!r} is not in the register" if exposure.matches else "it has no evidence"
            raise UsageError(f"{source}: {exposure.id}: {what}", hint=f"{_AGAIN}, or name its register with --register")


_AGAIN = "scan the sources again, or name them here"


def _file(file: Path) -> bytes:
    if not file.is_file():  # a pipe would be read, and gone for the scan
        return b""
    with file.open("rb") as opened:
        return _content(opened)


def _content(opened: BinaryIO) -> bytes:
    """Give all of a JSON object, and nothing of what cannot be one."""
    if not opened.read(_HEAD).lstrip().startswith(b"{"):
        return b""
    opened.seek(0)  # a report may have gigabytes: they are held once
    return opened.read()


def meant(word: str, report: Report) -> Meant:
    """Give the exposure that a word stands for: its id or the first characters of it, an asset, a party, asset/party.

    What counts goes before what was set aside. UsageError for a word that stands for several, with a list of them,
    and for one that stands for none.
    """
    every = [Meant(exposure, "") for exposure in report.exposures]
    every += [Meant(aside.exposure, aside.reason) for aside in report.set_aside]
    folded = word.casefold().strip()
    found = [one for one in every if folded in _names(one.exposure, report)]
    if not found and len(folded) >= 3:
        found = [one for one in every if one.exposure.id.startswith((folded, f"exp-{folded}"))]
    counting = [one for one in found if not one.set_aside] or found
    ids = {one.exposure.id for one in counting}
    if len(ids) == 1:
        return counting[0]
    if not counting:
        raise UsageError(_unknown(word, every, report), hint="debar scan lists every exposure with its id")
    more = f"\n  and {len(counting) - _LISTED} more" if len(counting) > _LISTED else ""
    listed = "".join(f"\n  {line(one.exposure, report)}" for one in counting[:_LISTED])
    raise UsageError(f"{word!r} stands for {len(ids)} exposures:{listed}{more}", hint="name one of them by its id")


def _names(exposure: Exposure, report: Report) -> Iterator[str]:
    """Yield the words that stand for an exposure, folded."""
    asset, product = exposure.asset.casefold(), f"{exposure.party}/{exposure.product}"
    yield from (exposure.id, asset, exposure.party, f"{asset}/{exposure.party}", product, f"{asset}/{product}")
    yield from (report.names[key].casefold() for key in (exposure.party, product) if key in report.names)


def _unknown(word: str, every: Sequence[Meant], report: Report) -> str:
    if not every:
        unread = f", and {len(report.skips)} inputs or places could not be read" if report.skips else ""
        return f"no exposure is called {word!r}: nothing was recognised in what was looked at{unread}"
    known = dict.fromkeys(name for one in every for name in _names(one.exposure, report) if not name.endswith("/"))
    return f"no exposure is called {word!r}{did_you_mean(word, known)}"


def line(exposure: Exposure, report: Report) -> str:
    """Give one exposure in a line: id, asset, party and product."""
    return f"{exposure.id}  {about(exposure, report)}"


def about(exposure: Exposure, report: Report) -> str:
    """Give what an exposure is about: the product on the asset."""
    party = report.names.get(exposure.party, exposure.party)
    return f"{report.names.get(f'{exposure.party}/{exposure.product}', party)} on {exposure.asset}"
