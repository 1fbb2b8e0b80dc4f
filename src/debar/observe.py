# SPDX-License-Identifier: Apache-2.0
"""Sources to observations: every input is tried, and what cannot be read is kept as a skip."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from debar.assets import Assets, joins
from debar.errors import EngineError, SourceError
from debar.identify import Identified, Identifying, Walked, unforeseen
from debar.identity import stable_id
from debar.model.inventory import Skip, Source
from debar.model.vocab import Kind, Medium
from debar.readers import load, walk
from debar.readers.inputs import Input
from debar.readers.lined import NO_SIFTING, Sifting
from debar.watched import UNWATCHED, Interrupted, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from debar.model.inventory import Layout, Observation
    from debar.readers.rows import Reader
    from debar.register import Register
    from debar.trees import Trees


class Evidence:
    """What one kind of evidence says about one asset, while it is read."""

    __slots__ = ("count", "is_lossy", "is_silent", "newest", "readers")

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.count, self.newest, self.is_lossy, self.is_silent = 0, "", False, True
        self.readers: set[str] = set()
        """Of the sources that list what is there."""


class Reading:
    """One scan's reading: what was read, what could not be, and who goes by which name."""

    def __init__(  # noqa: PLR0913 - what a reading needs, each named by whoever makes one
        self,
        register: Register,
        layouts: Sequence[Layout] = (),
        *,
        strings: bool = False,
        strict: bool = False,
        stdin: BinaryIO | None = None,
        watch: Watch = UNWATCHED,
        sifting: Sifting = NO_SIFTING,
        trees: Trees | None = None,
        inputs: Callable[..., Input] = Input,
    ) -> None:
        """Take what knows the layouts, those of the user, whether the first fault ends the scan, and where "-" comes from.

        `inputs` makes what readers are given; another than that of this process lets others look through columns.
        """
        self.register = register
        self.sources: list[Source] = []
        self.skips: list[Skip] = []
        self.passed_over: list[str] = []
        """Documentation beside the evidence, which no reader knows."""
        self.trees: list[Walked] = []
        self.media: set[Medium] = set()
        self.assets = Assets()
        self.evidence: dict[Medium, dict[str, Evidence]] = {}
        """By kind of evidence, and asset as the sources call it."""
        self.silent: list[tuple[str, Medium]] = []
        """Assets and kinds of evidence of inputs that were read and say nothing."""
        self.sifted: set[Medium] = set()
        """Kinds of evidence of logs of which only those lines were parsed that may matter."""
        self.hollow: list[str] = []
        """Paths of what was read and tells only what it is about."""
        self.unreadable: list[tuple[str, Medium]] = []
        self.strings, self._strict, self._watch = strings, strict, watch
        self._done: set[str] = set()
        """Paths of what was read, or is known not to be readable, without the files of trees."""
        self._open: Identified | None = None
        self._given = {layout.id: layout for layout in layouts}
        """Layouts of the user by which no table was read yet."""
        self._trees = trees
        literals = strings_of(register)
        make = partial(inputs, layouts=(*layouts, *register.layouts), log_layouts=register.log_layouts, sifting=sifting)
        self._identifying = Identifying(make, stdin, literals=literals, of_trees=literals if strings else ())

    def observations(self, found: Iterable[walk.Found | walk.Fault]) -> Iterator[Observation]:
        """Yield what every input says, input by input; under strict, raise SourceError at the first fault."""
        places = list(found)
        try:
            self._watch.found(places)
            yield from self._all(self._identifying.inputs(self._begun(places), self._trees))
        except Interrupted as e:
            self._interrupted(e.reason, places)
            return
        for layout in self._given.values():
            wanted = ", ".join(name for group in layout.required for name in group)
            self._skip("--columns", "", f"no table that was read has all of these columns: {wanted}")

    def inputs(self, found: Iterable[walk.Found | walk.Fault]) -> Iterator[Identified | walk.Fault | Walked]:
        """Yield every input without reading it, for whoever keeps what each says; read it before the next is asked for."""
        return self._identifying.inputs(found)

    def retold(self, inputs: Iterable[Identified | walk.Fault | Walked]) -> Iterator[Observation]:
        """Yield what inputs say that were read before (`Identified.told`), as if they were read now."""
        return self._all(inputs)

    def _all(self, inputs: Iterable[Identified | walk.Fault | Walked]) -> Iterator[Observation]:
        for place in inputs:
            if isinstance(place, walk.Fault):
                self._skip(place.path, place.locator, place.reason, place.hint)
            elif isinstance(place, Walked):
                self.trees.append(place)
            elif place.reader is None:
                self._unknown(place)
            elif place.reader.holds:
                self._add_source(place, place.source.tally["files"])
            else:
                self._watch.reading(place.source.path)
                self._open = place
                yield from self._read(place)
                self._open = None
            if isinstance(place, walk.Fault) or (isinstance(place, Identified) and not place.in_tree):
                self._done.add(place.path if isinstance(place, walk.Fault) else place.source.path)

    def _begun(self, found: Iterable[walk.Found | walk.Fault]) -> Iterator[walk.Found | walk.Fault]:
        for place in found:
            self._watch.begun(place)
            yield place

    def _interrupted(self, reason: str, places: Iterable[walk.Found | walk.Fault]) -> None:
        """Name what was not read to its end; of a tree only the tree, which has thousands of files."""
        cut: dict[str, Skip] = {}
        if self._open is not None:
            source = self._open.source
            lines, rows = source.tally["lines looked through"], source.tally["rows"]
            locator = f"after line {lines}" if lines else f"after {rows} rows" if rows else ""
            cut[source.path] = Skip(source=source.path, locator=locator, reason=reason)
        for place in places:
            if isinstance(place, walk.Fault):
                if place.path not in self._done:
                    cut[place.path] = Skip(source=place.path, locator=place.locator, reason=place.reason)
            elif (path := place.tree or place.path) not in self._done:
                cut.setdefault(path, Skip(source=path, locator="", reason=reason))
        self.skips += cut.values()

    def input(self, place: Identified) -> Iterator[Observation]:
        """Yield what one more input says, which lies in no file."""
        self._watch.reading(place.source.path)
        yield from self._read(place)

    def names(self) -> dict[str, str]:
        """Give the best name of each asset that goes by several; keys are folded."""
        return self.assets.names()

    def _unknown(self, place: Identified) -> None:
        if not place.named and walk.is_documentation(place.source.path):
            self.passed_over.append(place.source.path)
        else:
            self._skip(place.source.path, "", place.why)

    def _read(self, place: Identified) -> Iterator[Observation]:
        source, reader = place.source, place.reader
        if reader is None:
            return
        source.id = stable_id("src", source.path, reader.name)
        count, met = 0, dict[Evidence, bool]()
        try:
            for observation in guarded(place.told.say() if place.told else load(reader)(source)):
                count += 1
                # Of a log that is sifted only some lines are seen: they tell neither all assets nor how new it is.
                if not source.is_sifted:
                    evidence = self._noted(observation)
                    if not met.get(evidence):
                        met[evidence] = not _tells_a_state(observation)
                if joins(observation.observables):
                    self.assets.learn(observation)
                yield observation
            if not count and not place.in_tree and not source.is_sifted:
                self.silent.append((source.asset, reader.media[0]))
        except SourceError as e:
            if not count:
                self.unreadable.append((source.asset, reader.media[0]))
            for evidence in met:
                evidence.is_lossy = True  # what comes after the fault is not known
            self._skip(source.path, e.locator, e.message, e.hint)
        finally:
            self._end(place, reader, count, met)

    def _noted(self, observation: Observation) -> Evidence:
        """Give what its kind of evidence says about its asset, with this observation counted."""
        here = self.evidence.get(observation.medium)
        if here is None:
            here = self.evidence[observation.medium] = {}
        evidence = here.get(observation.asset)
        if evidence is None:
            evidence = here[observation.asset] = Evidence()
        evidence.count += 1
        evidence.newest = max(evidence.newest, observation.observed_at)
        return evidence

    def _end(self, place: Identified, reader: Reader, count: int, met: Mapping[Evidence, bool]) -> None:
        """Note what an input amounted to, also where it could only be read in part; `met` says whether it lists things."""
        source = place.source
        for layout in source.fitted:
            self._given.pop(layout, None)
        # What was read before a fault stays in the report, beside the skip.
        self.media |= {medium for medium, assets in self.evidence.items() if assets}
        if source.is_sifted:
            self.media.add(reader.media[0])
            self.sifted.add(reader.media[0])
        if count or not place.in_tree:
            self._add_source(place, count)
        for evidence, is_list in met.items():
            if is_list:
                evidence.readers.add(reader.name)
            evidence.is_lossy |= bool(source.losses)
            evidence.is_silent &= source.is_hollow
        if source.is_hollow:
            self.hollow.append(source.path)
        # So do the places that it had already given up.
        for locator, reason in source.losses:
            self._skip(source.path, locator, reason)

    def _add_source(self, place: Identified, count: int) -> None:
        source, reader = place.source, place.reader
        if reader is None:
            return
        self.sources.append(
            Source(
                id=source.id or stable_id("src", source.path, reader.name),
                path=source.path,
                reader=reader.name,
                sha256=source.sha256,
                size=source.size,
                observations=0 if reader.holds else count,
                counts=dict(sorted(source.tally.items())),
                remark="; ".join(source.remarks[:20]),
            )
        )
        if reader.holds:
            for locator, reason in source.losses:
                self._skip(source.path, locator, reason)

    def _skip(self, path: str, locator: str, reason: str, hint: str = "") -> None:
        if self._strict:
            raise SourceError(reason, path=path, locator=locator, hint=hint)
        self.skips.append(Skip(source=path, locator=locator, reason=f"{reason}; {hint}" if hint else reason))


def strings_of(register: Register) -> tuple[str, ...]:
    """Give the strings of embedded engines that programs are searched for."""
    return tuple(p for i in register.indicators if i.kind is Kind.STRING for p in i.patterns)


def _tells_a_state(observation: Observation) -> bool:
    """Tell whether it says how one product does: a list of nothing else does not say which others are there."""
    return any(observable.kind is Kind.HEALTH for observable in observation.observables)


def guarded(observations: Iterator[Observation]) -> Iterator[Observation]:
    """Yield what a reader yields; whatever else it raises becomes a SourceError, so that one file never ends a scan."""
    while True:
        try:
            observation = next(observations)
        except StopIteration:
            return
        except (SourceError, EngineError):
            raise
        except Exception as e:
            raise unforeseen(e) from e
        yield observation
