# SPDX-License-Identifier: Apache-2.0
"""Where a scan runs: in this process, in columns, or with a cluster of Spark."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from debar.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from debar.cluster.afar import Afar

_HERE = ("inline", "duckdb")


def add_engine_option(group: argparse._ArgumentGroup) -> None:
    """Add which engine a scan uses."""
    group.add_argument(
        "--engine",
        metavar="ENGINE",
        default="inline",
        help="where matching runs: inline, row by row (default), or duckdb, in columns; or the master of a Spark cluster"
        " that looks through logs and reads its tables: spark://HOST:PORT, yarn, k8s://..., local[2], or spark for"
        " what Spark is configured to; the answer is the same",
    )


def matching(options: argparse.Namespace) -> str:
    """Give where matching runs: a cluster leaves it to this process. UsageError for an unknown word."""
    word: str = options.engine
    if word in _HERE:
        return word
    from debar.cluster import afar  # only where a cluster may be meant

    if not afar.is_master(word):
        raise UsageError(
            f"{options.named['engine']}: {word!r} is no engine{did_you_mean(word, (*_HERE, 'spark', 'yarn'))}",
            hint="inline, duckdb, or a Spark master: spark://HOST:PORT, yarn, k8s://..., local[2], spark",
        )
    return "inline"


@contextmanager
def cluster(options: argparse.Namespace) -> Iterator[Afar | None]:
    """Open the cluster that was asked for, for as long as a scan lasts; nothing where none was."""
    if options.engine in _HERE:
        yield None
        return
    from debar.cluster import afar  # only where a cluster is meant

    with afar.opened(options.engine) as opened:
        yield opened


def is_afar(options: argparse.Namespace, source: str) -> bool:
    """Tell whether the cluster that was asked for reads a source that is no path on this machine."""
    if options.engine in _HERE:
        return False
    from debar.cluster import afar  # only where a cluster is meant

    return afar.is_afar(source)
