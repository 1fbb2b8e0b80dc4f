# SPDX-License-Identifier: Apache-2.0
"""Sources to observations: every input is tried, and what cannot be read is kept as a skip."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.identity import stable_id
from debar.model.inventory import Skip, Source
from debar.model.vocab import Kind, Medium
from debar.readers import load, named, sniff, walk
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from debar.model.inventory import Layout, Observation


class Reading:
    """One scan's reading: what was read, what could not be, and who holds which address."""

    def __init__(
        self,
        layouts: Sequence[Layout],
        *,
        strict: bool = False,
        stdin: BinaryIO | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Take the column layouts, whether the first fault ends the scan, and where "-" comes from."""
        self.sources: list[Source] = []
        self.skips: list[Skip] = []
        self.passed_over: list[str] = []
        """Documentation beside the evidence, which no reader knows."""
        self.media: set[Medium] = set()
        self._layouts, self._strict, self._stdin, self._progress = layouts, strict, stdin, progress
        self._holders: dict[str, set[str]] = {}

    def observations(self, found: Sequence[walk.Found | walk.Fault]) -> Iterator[Observation]:
        """Yield what every input says, input by input; under strict, raise SourceError at the first fault."""
        for place in found:
            if isinstance(place, walk.Fault):
                self._skip(place.path, "", place.reason)
                continue
            self._progress(place.path)
            try:
                yield from self._read(place)
            except SourceError as e:
                self._skip(place.path, e.locator, e.message, e.hint)

    def names(self) -> dict[str, str]:
        """Give the host name of each address that only one host held."""
        return {address: next(iter(hosts)) for address, hosts in self._holders.items() if len(hosts) == 1}

    def _read(self, place: walk.Found) -> Iterator[Observation]:
        source = Input(place.path, place.file or self._stdin or io.BytesIO(), self._layouts)
        try:
            reader, why = (named(place.scheme), "") if place.scheme else sniff.find_reader(source)
        except (RecursionError, MemoryError) as e:
            raise SourceError(f"too deep or too large to recognise ({type(e).__name__})") from e
        if reader is None:
            if not place.named and walk.is_documentation(place.path):
                self.passed_over.append(place.path)
            else:
                self._skip(place.path, "", why)
            return
        source.id = stable_id("src", place.path, reader.name)
        count = 0
        try:
            for observation in _guarded(load(reader)(source)):
                count += 1
                self.media.add(observation.medium)
                if observation.medium is Medium.LEASES:
                    self._learn(observation)
                yield observation
        finally:
            # What was read before a fault stays in the report, beside the skip.
            self.sources.append(
                Source(
                    id=source.id,
                    path=place.path,
                    reader=reader.name,
                    sha256=source.sha256,
                    size=source.size,
                    observations=count,
                    counts=dict(sorted(source.tally.items())),
                )
            )
            # So do the places that it had already given up.
            for locator, reason in source.losses:
                self._skip(place.path, locator, reason)

    def _learn(self, observation: Observation) -> None:
        """Remember which host holds an address; one that several held joins nothing."""
        for observable in observation.observables:
            if observable.kind is Kind.ADDRESS and observation.asset != observable.value:
                self._holders.setdefault(observable.value, set()).add(observation.asset)

    def _skip(self, path: str, locator: str, reason: str, hint: str = "") -> None:
        if self._strict:
            raise SourceError(reason, path=path, locator=locator, hint=hint)
        self.skips.append(Skip(source=path, locator=locator, reason=f"{reason}; {hint}" if hint else reason))


def _guarded(observations: Iterator[Observation]) -> Iterator[Observation]:
    """Yield what a reader yields; whatever else it raises becomes a SourceError, so that one file never ends a scan."""
    while True:
        try:
            observation = next(observations)
        except StopIteration:
            return
        except SourceError:
            raise
        except (RecursionError, MemoryError) as e:
            raise SourceError(f"too deep or too large to read ({type(e).__name__})") from e
        except Exception as e:
            raise SourceError(
                f"the reader failed: {type(e).__name__}: {e}", hint="please report this file's format"
            ) from e
        yield observation
