# SPDX-License-Identifier: Apache-2.0
"""What one file said, as it is kept: a packed stream of messages that says again, input by input, what its readers said.

    Begun, some of Said, Ended      for each input that a reader took
    Begun alone                     for one that none took, and one that holds others
    Broken                          for a place that could not be opened

Whoever reads it again gets the inputs of `observe.Reading` with everything in them, so that one procedure makes of them what it
makes of files. Nothing is held but the message at hand.
"""

from __future__ import annotations

import hashlib
import io
from struct import Struct
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol

import msgspec
import zstandard

from debar.errors import EvidenceError, SourceError
from debar.identify import Identified
from debar.model.inventory import Observation
from debar.readers import named, places, walk
from debar.readers.inputs import NAMED, Input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 1 << 28
"""Bytes of one message, unpacked; one reader's observation is far smaller."""
_AT_ONCE = 500
"""Observations of one message."""
_LEVEL = 3
_LENGTH = Struct("<I")
FORM = 1
"""Of the messages; what is kept in another form is not read."""


class Begun(msgspec.Struct, frozen=True, tag="b", kw_only=True, omit_defaults=True):
    """An input."""

    part: str
    """Its path behind the name of the file: nothing for the file itself, else "!member"."""
    asset: str = ""
    """What it speaks of, where that was known from outside."""
    reader: str = ""
    why: str = ""
    is_named: bool = False
    is_in_tree: bool = False


class Said(msgspec.Struct, frozen=True, tag="s", kw_only=True, omit_defaults=True):
    """Some of what it said."""

    observations: tuple[Observation, ...]
    is_sifted: bool = False


class Ended(msgspec.Struct, frozen=True, tag="e", kw_only=True, omit_defaults=True):
    """What it amounted to."""

    size: int
    sha256: str
    counts: dict[str, int] = {}
    remarks: tuple[str, ...] = ()
    fitted: tuple[str, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()
    is_hollow: bool = False
    is_sifted: bool = False
    fault: tuple[str, str, str] | None = None
    """(locator, reason, hint) of what ended the reading of it."""


class Broken(msgspec.Struct, frozen=True, tag="x", kw_only=True, omit_defaults=True):
    """A place that could not be opened."""

    part: str
    reason: str
    locator: str = ""
    hint: str = ""


class Head(msgspec.Struct, frozen=True, tag="h", kw_only=True):
    """The first message."""

    form: int


Message = Head | Begun | Said | Ended | Broken
_DECODER = msgspec.msgpack.Decoder(Message)


class Out(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""


class Writing:
    """Messages on their way to a file."""

    def __init__(self, out: Out) -> None:
        """Take what the packed stream goes to, and begin it."""
        self._out = out
        self.add(Head(form=FORM))

    def add(self, message: Message) -> None:
        """Write a message; names that are no text get escapes for what is none."""
        try:
            data = msgspec.msgpack.encode(message)
        except UnicodeEncodeError:
            data = msgspec.msgpack.encode(_as_text(msgspec.to_builtins(message)))
        if len(data) > LARGEST:
            raise SourceError(f"says more than {LARGEST:,} bytes about one thing")
        self._out.write(_LENGTH.pack(len(data)))
        self._out.write(data)

    def say(self, observations: list[Observation], *, is_sifted: bool) -> None:
        """Write observations, and forget them."""
        if observations:
            self.add(Said(observations=tuple(observations), is_sifted=is_sifted))
            observations.clear()


class Retelling(NamedTuple):
    """What says again what an input said; it takes the place of `told.Told`."""

    source: Input
    messages: Iterator[Message]

    def say(self) -> Iterator[Observation]:
        """Yield the observations, then leave the input as reading it left it; SourceError where that ended with one."""
        for message in self.messages:
            if isinstance(message, Said):
                self.source.is_sifted = message.is_sifted
                yield from _of(message.observations, self.source.id)
            elif isinstance(message, Ended):
                _restore(self.source, message)
                if message.fault is not None:
                    locator, reason, hint = message.fault
                    raise SourceError(reason, locator=locator, hint=hint)
                return
            else:
                break
        raise _damaged()


def writing(file: BinaryIO) -> zstandard.ZstdCompressionWriter:
    """Give what packs a stream into a file; used as a context."""
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).stream_writer(file, closefd=False)


def retold(file: Path, sha256: str, name: str) -> Iterator[Identified | walk.Fault]:
    """Yield the inputs that a file was, under a name, each with what it said; ask for the next when one is read.

    Raises EvidenceError where what is kept is gone, or is not what was kept.
    """
    try:
        with file.open("rb") as packed:
            if hashlib.file_digest(packed, "sha256").hexdigest() != sha256:
                raise EvidenceError(
                    f"{file}: was changed since it was kept", hint="debar admin check looks at every file"
                )
            packed.seek(0)
            with zstandard.ZstdDecompressor().stream_reader(packed, closefd=False) as stream:
                yield from _inputs(_messages(stream), name)
    except FileNotFoundError as e:
        raise EvidenceError(f"{file}: is gone", hint="debar admin check looks at every file") from e
    except (zstandard.ZstdError, msgspec.MsgspecError) as e:
        raise _damaged() from e


def _inputs(messages: Iterator[Message], name: str) -> Iterator[Identified | walk.Fault]:
    head = next(messages, None)
    if not isinstance(head, Head) or head.form != FORM:
        raise _damaged()
    for message in messages:
        if isinstance(message, Broken):
            yield walk.Fault(name + message.part, message.reason, message.locator, message.hint)
        elif isinstance(message, Begun):
            yield _begun(message, messages, name)
        else:
            raise _damaged()


def _begun(message: Begun, messages: Iterator[Message], name: str) -> Identified:
    path = name + message.part
    source = Input(path, io.BytesIO(), asset=message.asset, rewindable=True, is_digested=not message.is_in_tree)
    reader = named(message.reader) if message.reader else None
    told: Any = None
    if reader is not None and reader.holds:
        ended = next(messages, None)
        if not isinstance(ended, Ended):
            raise _damaged()
        _restore(source, ended)
    elif reader is not None:
        told = Retelling(source, messages)
    return Identified(source, reader, message.why, message.is_named, message.is_in_tree, told)


def _restore(source: Input, ended: Ended) -> None:
    """Give an input everything that reading it left there."""
    source.size, source.sha256 = ended.size, ended.sha256
    source.remarks.extend(ended.remarks)
    source.fitted.update(ended.fitted)
    source.is_hollow, source.is_sifted = ended.is_hollow, ended.is_sifted
    for locator, reason in ended.lost[:NAMED]:
        source.lose(locator, reason)
    source.tally.clear()  # the counts hold the broken places as well, also those that are not named
    source.tally.update(ended.counts)


def _of(observations: tuple[Observation, ...], source: str) -> Iterator[Observation]:
    """Yield observations as those of a source: the same content may have been read under another name."""
    if observations and observations[0].source == source:
        yield from observations
    else:
        for one in observations:
            yield msgspec.structs.replace(one, source=source)


def _messages(stream: zstandard.ZstdDecompressionReader) -> Iterator[Message]:
    while head := _exactly(stream, _LENGTH.size):
        (length,) = _LENGTH.unpack(head)
        if length > LARGEST:
            raise _damaged()
        yield _DECODER.decode(_exactly(stream, length))


def _exactly(stream: zstandard.ZstdDecompressionReader, size: int) -> bytes:
    """Give so many bytes, or none at the end."""
    parts = []
    left = size
    while left and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    if left and parts:
        raise _damaged()
    return b"".join(parts)


def _as_text(value: Any) -> Any:  # noqa: ANN401 - what JSON could hold
    if isinstance(value, str):
        return places.shown(value)
    if isinstance(value, dict):
        return {_as_text(key): _as_text(one) for key, one in value.items()}
    return [_as_text(one) for one in value] if isinstance(value, list | tuple) else value


def _damaged() -> EvidenceError:
    return EvidenceError("what is kept of a file cannot be read", hint="debar admin check looks at every file")
