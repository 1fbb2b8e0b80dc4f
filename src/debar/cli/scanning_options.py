# SPDX-License-Identifier: Apache-2.0
"""Options of how much of the machine a scan uses, and of what it may leave unread without leaving anything unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from debar.pipeline import Settings

_MOST = 256
"""Workers that may be asked for."""


def add_scanning_options(group: argparse._ArgumentGroup) -> None:
    """Add what makes a scan quicker, or more thorough where it is quick by itself."""
    group.add_argument(
        "--workers",
        metavar="N",
        default=None,
        help="processes that read file trees and threads that look through logs (default: one for each processor)",
    )
    group.add_argument(
        "--every-line",
        action="store_true",
        help="parse every line of large logs too, not only those in whose bytes something stands that is looked for;"
        " what is found is the same, and the coverage then lists every asset of the log",
    )
    group.add_argument(
        "--digest",
        action="store_true",
        help="take the SHA-256 of large plain logs too, which takes longer than looking through them",
    )
    group.add_argument(
        "--incremental",
        action="store_true",
        help="do not open files of trees again that are unchanged since the last scan with this option; the report says"
        " how many those were",
    )
    group.add_argument(
        "--verify-cache",
        action="store_true",
        help="read everything, and report each file of which something else was kept than it says",
    )


def quicker(settings: Settings, options: argparse.Namespace) -> Settings:
    """Give the settings with these options; UsageError for a number of workers that is none."""
    workers = options.workers or "0"
    if not workers.isdecimal() or (options.workers and not 1 <= int(workers) <= _MOST):
        raise UsageError(
            f"{options.named['workers']}: {options.workers!r} is no number of workers", hint=f"1 to {_MOST}"
        )
    return msgspec.structs.replace(
        settings,
        workers=int(workers),
        sifted_from=-1 if options.every_line else settings.sifted_from,
        is_digested=options.digest,
        is_incremental=options.incremental or options.verify_cache,
        verifies_cache=options.verify_cache,
    )
