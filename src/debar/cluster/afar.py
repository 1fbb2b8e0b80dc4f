# SPDX-License-Identifier: Apache-2.0
"""What a scan has of a cluster: sources that only it can read, and lines and rows that it has looked through."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from debar.cluster import learned
from debar.errors import EngineError, SourceError
from debar.readers import splits, storage, walk
from debar.readers.batches import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from debar.engine.spark import Cluster
    from debar.model.inventory import Layout, Observation
    from debar.observe import Reading
    from debar.readers.inputs import Input
    from debar.readers.lined import Sifting
    from debar.register import Register

_MASTERS = ("local[", "local-cluster[", "spark://", "k8s://")
TABLE, QUERY = "spark-table:", "spark-sql:"
"""How a source begins that is a table of Spark, or a query to it."""


def is_master(word: str) -> bool:
    """Tell that a word names where Spark runs; "spark" leaves it to the configuration of Spark."""
    return word in {"spark", "local", "yarn"} or word.startswith(_MASTERS)


@contextmanager
def opened(master: str) -> Iterator[Afar]:
    """Open a cluster; EngineError where Spark is not installed, or does not answer."""
    try:
        from debar.engine import spark  # half a gigabyte: loaded when it is asked for
    except ImportError as e:
        hint = "pip install 'debar[spark]', and Java 17 or 21"
        raise EngineError(f"--engine {master}: {e.name or 'pyspark'} is not installed", hint=hint) from e
    with spark.opened(master) as cluster:
        yield Afar(cluster)


class Afar:
    """A cluster that takes part in a scan."""

    def __init__(self, cluster: Cluster) -> None:
        """Take a cluster that is open."""
        self._cluster = cluster

    def own(self, sources: Sequence[str]) -> list[str]:
        """Give those sources that are no paths on this machine."""
        return [source for source in sources if is_afar(source)]

    def found(self, sources: Sequence[str], exclude: Sequence[str]) -> Iterator[walk.Found | walk.Fault]:
        """Yield the files at addresses in storage, in the order of sources and then of names."""
        for source in self.own(sources):
            if _is_table(source):
                continue
            path = storage.shown(source)
            try:
                for address, size in storage.listed(source):
                    path = storage.shown(address)
                    if not any(PurePosixPath(path).match(pattern) for pattern in exclude):
                        yield walk.Found(path, None, "", named=address == source, address=address, stored=size)
            except SourceError as e:
                yield walk.Fault(path, e.message, e.locator, e.hint)

    def looking(
        self,
        found: Iterable[walk.Found | walk.Fault],
        register: Register,
        layouts: Sequence[Layout],
        sifting: Sifting,
    ) -> tuple[Sifting, Callable[..., Input]]:
        """Give how lines are chosen, and what makes inputs, where the cluster looks through what was found.

        Those are large logs, and large files of columns.
        """
        from debar.cluster import columns, logs  # with a library for columns

        if sifting.sieve is None:
            return sifting, columns.inputs(None)
        # What is only begun is no progress, and whoever ends a scan ends it once something is read in earnest.
        unwatched = sifting._replace(told=lambda _: None)
        begun = partial(learned.Begun, layouts=(*layouts, *register.layouts), log_layouts=register.log_layouts)

        def make(place: walk.Found) -> learned.Begun:
            file = storage.stored(place.address) if place.address else place.file
            if file is None:
                raise SourceError("no file")
            stored = partial(begun, rewindable=True, address=place.address) if place.address else begun
            return stored(place.path, file, asset=place.asset, sifting=unwatched)

        every = list(learned.files(found, make, sifting))
        there = logs.looking([each for each in every if isinstance(each, splits.File)], sifting.sieve, self._cluster)
        tables = [each for each in every if isinstance(each, spread.File)]
        made = columns.inputs(columns.looking(tables, sifting.sieve, self._cluster))
        return (sifting._replace(elsewhere=there) if there else sifting), made

    def observations(
        self,
        sources: Sequence[str],
        register: Register,
        layouts: Sequence[Layout],
        sifting: Sifting,
        reading: Reading,
    ) -> Iterator[Observation]:
        """Yield what the tables among the sources say."""
        for source in sources:
            if _is_table(source):
                from debar.cluster import tables  # with a library for columns

                yield from tables.observations(source, register, layouts, sifting, reading, self._cluster)


def is_afar(source: str) -> bool:
    """Tell whether a source is no path on this machine."""
    return storage.is_address(source) or _is_table(source)


def _is_table(source: str) -> bool:
    return source.startswith((TABLE, QUERY))
