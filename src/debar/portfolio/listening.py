# SPDX-License-Identifier: Apache-2.0
"""One file is read, and what it says is written down as it is said: nothing of it is held.

What the name told is noted as well. Where it told nothing, the same content under another name says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from debar.errors import SourceError
from debar.identify import Identified
from debar.identity import stable_id
from debar.model.results.found import Result
from debar.observe import Reading, guarded
from debar.portfolio import heard, prepared
from debar.portfolio.heard import Begun, Broken, Ended
from debar.readers import load, places, sniff, walk
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from debar.model.inventory import Observation
    from debar.readers.rows import Reader
    from debar.register import Register

_AT_ONCE = 500
"""Observations that are written together."""


class Heard(Result, frozen=True, kw_only=True):
    """What a file amounted to, and for which names that holds."""

    name: str
    """Under which it was read."""
    reader: str
    """What the file itself was taken for; empty where nothing knows it."""
    observations: int
    skips: int
    fault: str
    """Why nothing could be read of it; empty where something was."""
    is_sifted: bool
    """Only those lines were read that the register of the time looks for."""
    is_by_name: bool
    """The name itself told something, so it holds for this name only."""
    asset: str
    """What the name told of the asset, where that was asked for."""

    def holds_for(self, name: str) -> bool:
        """Tell whether the file says the same under a name."""
        if name == self.name:
            return True
        if self.is_by_name or (self.asset and places.home(name) != self.asset):
            return False
        old, new = ((places.parts(one) or [one])[-1] for one in (self.name, name))
        return sniff.marks_of_name(old) == sniff.marks_of_name(new) and _is_named(name) == _is_named(self.name)


class Noted(Input):
    """An input that notes what it was asked of its name."""

    def __init__(self, path: str, file: Path | BinaryIO, *parts: Any, **more: Any) -> None:  # noqa: ANN401 - those of an input
        """Take what an input takes."""
        self._shown, self.given, self.asks = path, str(more.get("asset", "")), set[str]()
        super().__init__(path, file, *parts, **more)

    @property
    def path(self) -> str:
        """Give the path, and note it."""
        self.asks.add("name")
        return self._shown

    @path.setter
    def path(self, path: str) -> None:
        self._shown = path

    @property
    def name(self) -> str:
        """Give the file's own name, and note it."""
        self.asks.add("name")
        return (places.parts(self._shown) or [self._shown])[-1]

    @property
    def asset(self) -> str:
        """Give what the file speaks of unless it says so itself, and note where that is the name."""
        if self.given:
            return self.given
        self.asks.add("asset")
        return places.home(self._shown)

    @property
    def folder(self) -> None:
        """Give none: beside it lie the files of others."""
        return None


class _Listening:
    """What is heard of one file, while it is read."""

    def __init__(self, out: heard.Writing, name: str, sha256: str) -> None:
        self._out, self._name, self._sha256 = out, name, sha256
        self.reader, self.fault = "", ""
        self.observations = self.skips = 0
        self.is_sifted = self.is_by_name = False
        self.asset = ""

    def hear(self, place: Identified | walk.Fault) -> None:
        """Write down one input, with all that it says."""
        if isinstance(place, walk.Fault):
            part = place.path.removeprefix(self._name)
            self._out.add(Broken(part=part, reason=place.reason, locator=place.locator, hint=place.hint))
            self._lost(place.reason if not part else "")
            return
        source, reader = place.source, place.reader
        assert isinstance(source, Noted)
        part = source._shown.removeprefix(self._name)  # noqa: SLF001 - asking for its path would note it
        self._out.add(
            Begun(
                part=part,
                asset=source.given,
                reader=reader.name if reader else "",
                why=place.why,
                is_named=place.named,
                is_in_tree=place.in_tree,
            )
        )
        if not part:
            self.reader = reader.name if reader else ""
        if reader is None:
            self.is_by_name = True  # a name may say that it is about a folder, and no evidence
            self._lost(place.why if not part else "")
        elif reader.holds:
            self.is_by_name = True  # what it holds goes by its name, and by what stands above it there
            self._end(source, None)
        else:
            self._read(source, reader)

    def _read(self, source: Noted, reader: Reader) -> None:
        """Write down what a reader says: as `observe.Reading` hears it, but for what is made of that."""
        source.id = stable_id("src", source._shown, reader.name)  # noqa: SLF001 - as above
        source.asks.clear()
        some: list[Observation] = []
        fault: tuple[str, str, str] | None = None
        is_sifted = False
        try:
            for observation in guarded(load(reader)(source)):
                if source.is_sifted is not is_sifted or len(some) >= _AT_ONCE:
                    self._out.say(some, is_sifted=is_sifted)
                    is_sifted = source.is_sifted
                some.append(observation)
                self.observations += 1
        except SourceError as e:
            fault = (e.locator, e.message, e.hint)
            if isinstance(e.__cause__, MemoryError):
                raise MemoryError(e.message) from e  # noqa: TRY004 - it is about memory, not about a type
            self._lost(e.message if not self.observations else "")
        self._out.say(some, is_sifted=is_sifted)
        self.is_by_name |= "name" in source.asks
        if "asset" in source.asks:
            self.asset = places.home(source._shown)  # noqa: SLF001 - as above
        self._end(source, fault)

    def _end(self, source: Noted, fault: tuple[str, str, str] | None) -> None:
        self.skips += len(source.losses)
        self.is_sifted |= source.is_sifted
        self._out.add(
            Ended(
                size=source.size,
                # Of a large log not every byte is read for its digest, and here it is known.
                sha256=source.sha256 or ("" if source._shown != self._name else self._sha256),  # noqa: SLF001
                counts=dict(source.tally),
                remarks=tuple(source.remarks),
                fitted=tuple(sorted(source.fitted)),
                lost=tuple(source._lost),  # noqa: SLF001 - `losses` adds the count of what is not named
                is_hollow=source.is_hollow,
                is_sifted=source.is_sifted,
                fault=fault,
            )
        )

    def _lost(self, fault: str) -> None:
        self.skips += 1
        self.fault = self.fault or fault


def listen(file: Path, name: str, sha256: str, register: Register, out: BinaryIO, told: Callable[[int], None]) -> Heard:
    """Give what a file amounts to under a name, and write what it says; `told` hears how many bytes of it were read.

    Raises MemoryError where that did not suffice: it may another time, so it is nothing that the file says.
    """
    reading = Reading(register, sifting=prepared.sifting(register)._replace(told=told), inputs=Noted)
    with heard.writing(out) as packed:
        listening = _Listening(heard.Writing(packed), name, sha256)
        for place in reading.inputs([walk.Found(name, str(file), "", named=_is_named(name))]):
            if isinstance(place, Identified | walk.Fault):
                listening.hear(place)
    return Heard(
        name=name,
        reader=listening.reader,
        observations=listening.observations,
        skips=listening.skips,
        fault=listening.fault if not listening.observations else "",
        is_sifted=listening.is_sifted,
        is_by_name=listening.is_by_name,
        asset=listening.asset,
    )


def _is_named(name: str) -> bool:
    """Tell whether somebody sent this very file: what was found in a folder may be about that folder, and no evidence."""
    return "/" not in name
