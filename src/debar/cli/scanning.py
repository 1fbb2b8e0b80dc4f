# SPDX-License-Identifier: Apache-2.0
"""Running a scan as its options say: watched, in an engine, ended by signals, and gone on with where it was."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from debar import pipeline
from debar.cli import engines, progress_options, reading_options, register_options, scanning_options
from debar.cli.interruption import interruptible, patient
from debar.cli.progress import Progress
from debar.text import printable
from debar.watched import Watch

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from debar.journal import Journal
    from debar.model.inventory import Observation
    from debar.model.results import Report
    from debar.obligations.question import Question
    from debar.pipeline import Settings
    from debar.register import Register

Answer = TypeVar("Answer")


def add_options(group: argparse._ArgumentGroup) -> None:
    """Add how sources are read, by what, how far they are, and what goes on where it was."""
    group.add_argument("--strict", action="store_true", help="end at the first input that cannot be read")
    reading_options.add_reading_options(group)
    scanning_options.add_scanning_options(group)
    engines.add_engine_option(group)
    register_options.add_register_option(group)
    group.add_argument(
        "--resume",
        action="store_true",
        help="go on with a scan of the same sources that was interrupted: what it read of large logs is not read again",
    )
    progress_options.add_progress_options(
        group,
        "the scan",
        ": by itself on a terminal only; plain or json for a line every ten seconds anywhere",
    )


def settings(options: argparse.Namespace) -> Settings:
    """Give how to scan by these options; UsageError for a word or number that is none."""
    found = reading_options.settings(options, strict=options.strict, engine=engines.matching(options))
    return scanning_options.quicker(found, options)


class Run:
    """A scan of a verb, and what becomes of its journal."""

    def __init__(self, options: argparse.Namespace, verb: str, journal: Journal) -> None:
        """Take what was asked for, by which verb, and what an interrupted scan left."""
        self._options, self._journal = options, journal
        self.again = f"debar {verb} --resume with the same sources"
        """Command that goes on with it."""
        self.is_whole = True
        """No signal ended the reading."""
        self.is_over = False
        """What was read is where it belongs, and the journal can go."""

    @property
    def is_kept(self) -> bool:
        """Tell whether there is something to go on from."""
        return self._journal.is_kept

    def scan(
        self,
        sources: Sequence[str],
        register: Register,
        question: Question,
        settings: Settings,
        *,
        stdin: BinaryIO | None = None,
        passing: Callable[[Iterable[Observation]], Iterable[Observation]] = iter,
    ) -> Report:
        """Give the report on sources, as `pipeline.scan` does."""
        with engines.cluster(self._options) as afar:
            report, self.is_whole = followed(
                self._options,
                lambda watch: pipeline.scan(
                    sources,
                    register,
                    question,
                    settings,
                    # What was put aside on disk does not keep anybody waiting.
                    stdin=patient(stdin, watch.check) if stdin is sys.stdin.buffer else stdin,
                    watch=watch,
                    journal=self._journal,
                    afar=afar,
                    passing=passing,
                ),
            )
        return report

    def close(self) -> None:
        """Let the journal go, or keep it and say how to go on."""
        is_kept = self._journal.is_kept
        self._journal.close(is_over=self.is_over)
        if self._options.quiet:
            return
        for note in self._journal.notes:
            print(f"debar: note: {printable(note)}", file=sys.stderr)
        if is_kept and not self.is_over:
            print(f"debar: note: {self.again} goes on from here", file=sys.stderr)


@contextmanager
def running(
    options: argparse.Namespace, verb: str, sources: Sequence[str], register: Register, settings: Settings
) -> Iterator[Run]:
    """Give what scans sources; whoever has put the report where it belongs says so with `is_over`."""
    run = Run(options, verb, pipeline.journal(sources, register, settings, goes_on=options.resume))
    try:
        yield run
    finally:
        run.close()


def followed(options: argparse.Namespace, work: Callable[[Watch], Answer]) -> tuple[Answer, bool]:
    """Give what reading files comes to while its progress is shown and signals may end it, and whether none did."""
    width = shutil.get_terminal_size().columns
    progress = Progress(_form(options), sys.stderr, width=width)
    with interruptible() as stop:

        def watch(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            def told(what: Any) -> None:  # noqa: ANN401 - whatever is told
                tell(what)
                stop.check()

            return told

        try:
            answer = work(
                Watch(
                    stop.check,
                    watch(progress.found),
                    watch(progress.begun),
                    watch(progress.reading),
                    watch(progress.passed),
                )
            )
        finally:
            progress.end()
    return answer, not stop.is_heeded


def _form(options: argparse.Namespace) -> str:
    """Give how progress is shown: by itself only on a terminal."""
    if options.quiet:
        return "none"
    if options.progress != "auto":
        return str(options.progress)
    return "line" if sys.stderr.isatty() else "none"
