# SPDX-License-Identifier: Apache-2.0
"""Zeek logs as TSV or JSON: which services the hosts of a network looked up and contacted.

The name of a log is the site's choice, so the kind of a log is told from its columns: dns, ssl and quic,
http, x509, software. Rows of any other log (conn, files, weird ...) name no service and are only counted.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import encodings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

SHORT = 512
"""Characters of DNS answers that are worth remembering."""
_ENDS = ("ts", "id.orig_h", "id.resp_h")
_TLS = ("server_name", "cipher", "established", "subject", "issuer", "certificate.issuer", "certificate.subject")
_HTTP = ("host", "uri", "user_agent", "call_id")
_KNOWN = frozenset((*_ENDS, *_TLS, *_HTTP, "query", "answers", "software_type", "name", "unparsed_version"))
"""Fields that tell a log from another, or what it says."""
_DIGITS = frozenset("0123456789")
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)
_ESCAPE = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+")
_NAME = re.compile(r"[A-Za-z0-9_*-]+(?:\.[A-Za-z0-9_-]+)+\.?")


# Looking up a member of an enumeration costs as much as making an observable.
_IP, _DOMAIN = Kind.IP, Kind.DOMAIN
_NETWORK, _SERVICE_USE = Medium.NETWORK, Meaning.SERVICE_USE


class _Columns(msgspec.Struct, frozen=True):
    """Where a row has what; -1 for a column that it does not have."""

    ts: int
    asset: int
    labels: tuple[int, ...]
    """Columns for the label, best first."""
    plain: tuple[tuple[int, Kind], ...]
    """Columns whose cell is an observable as it stands."""
    host: int
    """Column with "name", "name:port" or an address."""
    answers: int


class _Log:
    """One log while it is read: how it writes its cells, and what its rows amount to."""

    def __init__(self, source: Input, set_separator: str = ",") -> None:
        self.source = source
        self.separator, self.set_separator = "\t", set_separator
        self.empty, self.unset = "(empty)", "-"
        self.blank = frozenset({"", "-", "(empty)"})
        self._second = self._until_second = ""

    def restyle(self, line: str) -> None:
        """Take over what a header line says about separators and empty cells."""
        if line.startswith("#separator "):
            self.separator = _plain(line[11:]) or "\t"
            return
        name, _, value = line.partition(self.separator)
        if name == "#set_separator":
            self.set_separator = _plain(value) or ","
        elif name == "#empty_field":
            self.empty = value
        elif name == "#unset_field":
            self.unset = value
        self.blank = frozenset({"", self.empty, self.unset})

    def observation(self, locator: str, cells: list[str], columns: _Columns, *, escaped: bool) -> Observation | None:
        """Give what a row says, or nothing when it names no service; decodes escapes in the cells in place."""
        blank = self.blank
        answers = cells[columns.answers] if columns.answers >= 0 else ""
        if escaped:
            cells[:] = [cell if "\\x" not in cell else _plain(cell) for cell in cells]
        found = []
        if columns.host >= 0 and (value := cells[columns.host]) not in blank:
            # Most hosts are plain names; only an address or a port has a colon or ends in a digit.
            name = ":" not in value and value[-1] not in _DIGITS
            found.append(Observable(_DOMAIN, value) if name else _host(value))
        for index, kind in columns.plain:
            if (value := cells[index]) not in blank:
                found.append(Observable(kind, value))
        if answers not in blank:
            # An escape may stand for the separator of a set, so the set is taken apart undecoded.
            found += _answers(answers, self.set_separator)
        if not found:
            return None
        label = found[0].value
        for index in columns.labels:
            if cells[index] not in blank:
                label = cells[index]
                break
        asset = cells[columns.asset] if columns.asset >= 0 else ""
        return Observation(
            source=self.source.id,
            locator=locator,
            asset=self.source.path if asset in blank else asset,
            label=label,
            medium=_NETWORK,
            meaning=_SERVICE_USE,
            observables=tuple(found),
            observed_at=self._instant(cells[columns.ts]) if columns.ts >= 0 else "",
        )

    def _instant(self, moment: str) -> str:
        """Give an epoch in UTC with its digits up to microseconds; an ISO instant stays as it is."""
        second, _, fraction = moment.partition(".")
        # Neighbouring rows share their second, which is formatted once.
        if second != self._second:
            self._second = second
            try:
                self._until_second = datetime.fromtimestamp(int(second), UTC).strftime("%Y-%m-%dT%H:%M:%S")
            except (ValueError, OverflowError, OSError):
                self._until_second = ""
        if not self._until_second:
            return moment if "T" in moment[10:11] else ""
        return f"{self._until_second}.{fraction[:6]}Z" if fraction.isdecimal() else f"{self._until_second}Z"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row that names a service, an address or an issuer, in file order."""
    start = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")[:1]
    if start in {"[", "{"}:
        yield from _json(source, _records(source, array=start == "["))
    else:
        yield from _tsv(source)


def _tsv(source: Input) -> Iterator[Observation]:
    """Yield observations of a TSV log; each "#fields" line begins a new shape."""
    log = _Log(source)
    columns: _Columns | None = None
    width = rows = others = 0
    try:
        for number, line in source.lines():
            if line.startswith("#"):
                if line.startswith("#fields"):
                    fields = tuple(line.split(log.separator)[1:])
                    columns, width = _columns(fields), len(fields)
                else:
                    log.restyle(line)
                continue
            if not line:
                continue
            if not width:
                raise SourceError('a row before any "#fields" line', locator=f"line {number}")
            rows += 1
            if columns is None:
                others += 1
                continue
            cells = line.split(log.separator)
            if len(cells) != width:
                source.lose(f"line {number}", f"{len(cells)} columns where the header has {width}")
            elif observation := log.observation(f"line {number}", cells, columns, escaped="\\x" in line):
                yield observation
    finally:
        source.tally.update({"rows": rows, "rows of other logs": others} if others else {"rows": rows})


def _json(source: Input, records: Iterator[tuple[str, object]]) -> Iterator[Observation]:
    """Yield observations of JSON records, which leave out what is unset and so differ in shape."""
    log, shape = _Log(source, set_separator="\n"), lru_cache(maxsize=1024)(_columns)
    for locator, record in records:
        source.tally["rows"] += 1
        if not isinstance(record, dict):
            source.lose(locator, f"an object was expected, found {type(record).__name__}")
            continue
        row = _flat(record)
        columns = shape(tuple(row))
        if columns is None:
            source.tally["rows of other logs"] += 1
        elif observation := log.observation(locator, list(row.values()), columns, escaped=True):
            yield observation


def _records(source: Input, *, array: bool) -> Iterator[tuple[str, object]]:
    """Yield (locator, record) for each line, or for each element of an array."""
    places: Iterator[tuple[str, str | msgspec.Raw]]
    if array:
        try:
            elements = msgspec.json.decode(source.document(), type=list[msgspec.Raw])
        except _UNREADABLE as e:
            raise SourceError(f"not a readable array of log records: {e}") from e
        places = ((f"/{number}", raw) for number, raw in enumerate(elements))
    else:
        places = ((f"line {number}", line) for number, line in source.lines() if line.strip())
    decode = msgspec.json.Decoder().decode
    for locator, text in places:
        try:
            record = decode(text)
        except _UNREADABLE as e:
            source.tally["rows"] += 1
            source.lose(locator, str(e))
            continue
        yield locator, record


def _flat(record: dict[str, object]) -> dict[str, str]:
    """Give a record's known fields as cells; shippers nest "id.orig_h" into an object "id"."""
    row: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            row.update(_flat({f"{key}.{name}": inner for name, inner in value.items() if not isinstance(inner, dict)}))
        elif key not in _KNOWN:
            continue
        elif isinstance(value, str):
            row[key] = value
        elif isinstance(value, list):
            row[key] = "\n".join(item for item in value if isinstance(item, str))
        elif isinstance(value, int | float):
            row[key] = str(value)
    return row


def _columns(fields: tuple[str, ...]) -> _Columns | None:
    """Give what to pick from rows with these fields, or nothing when they name no service."""
    at = {name: number for number, name in reversed(list(enumerate(fields)))}
    asset, host = "id.orig_h", ""
    kinds: dict[str, Kind] = {}
    labels: tuple[str, ...] = ()
    if "query" in at or "answers" in at:
        kinds, labels = {"query": Kind.DOMAIN}, ("query",)
    elif "server_name" in at or ("cipher" in at and "established" in at):
        kinds, host = {"issuer": Kind.TLS_ISSUER, "id.resp_h": Kind.IP}, "server_name"
        labels = ("server_name", "subject", "id.resp_h")
    elif "uri" in at and "call_id" not in at:  # SIP has both
        kinds, host = {"user_agent": Kind.TEXT, "id.resp_h": Kind.IP}, "host"
        labels = ("host", "id.resp_h")
    elif "certificate.issuer" in at:
        kinds, labels = {"certificate.issuer": Kind.TLS_ISSUER}, ("certificate.subject",)
    elif "software_type" in at:
        kinds, labels, asset = {"name": Kind.TEXT, "unparsed_version": Kind.TEXT}, ("name",), "host"
    else:
        return None
    return _Columns(
        ts=at.get("ts", -1),
        asset=at.get(asset, -1),
        labels=tuple(at[name] for name in labels if name in at),
        plain=tuple((at[name], kind) for name, kind in kinds.items() if name in at),
        host=at.get(host, -1),
        answers=at.get("answers", -1) if "query" in kinds else -1,
    )


def _answers(answers: str, separator: str) -> tuple[Observable, ...]:
    """Give the addresses and names among DNS answers; popular names get the same ones again and again."""
    return _cached_answers(answers, separator) if len(answers) < SHORT else _parsed_answers(answers, separator)


def _parsed_answers(answers: str, separator: str) -> tuple[Observable, ...]:
    # Answers of other types are prose: "TXT 19 v=spf1 ...", "SOA ...".
    values = [_plain(answer) if "\\x" in answer else answer for answer in answers.split(separator)]
    kinds = [(_IP if _ADDRESS.fullmatch(value) else _DOMAIN if _NAME.fullmatch(value) else None) for value in values]
    return tuple(Observable(kind, value) for kind, value in zip(kinds, values, strict=True) if kind)


_cached_answers = lru_cache(maxsize=8192)(_parsed_answers)


def _plain(text: str) -> str:
    r"""Give a cell with its \xNN escapes decoded; runs of them are UTF-8 bytes."""
    return _ESCAPE.sub(lambda run: bytes.fromhex(run.group().replace("\\x", "")).decode("utf-8", "replace"), text)


def _host(value: str) -> Observable:
    """Give a Host header's name or address without the port."""
    bare = value[1:].partition("]")[0] if value.startswith("[") else value
    if bare is value and value.count(":") == 1:
        bare = value.partition(":")[0]
    return Observable(_IP if _ADDRESS.fullmatch(bare) else _DOMAIN, bare)
