# SPDX-License-Identifier: Apache-2.0
"""Where the rows of one Zeek log have what: the table of logs, brought to the columns that a file has."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Kind, Meaning
from debar.readers.zeek.logs import LOGS, ORIGINATOR, RESPONDER, STATIONS

if TYPE_CHECKING:
    from debar.readers.zeek.logs import Log, Side

KNOWN = frozenset(
    {"ts", "_path", ORIGINATOR, RESPONDER}
    | {name for log in LOGS for mark in (*log.marks, log.without) for name in mark}
    | {name for columns in STATIONS for name in columns}
    | {
        name
        for log in LOGS
        for side in log.sides
        for name in (
            *side.kinds,
            *side.labels,
            *side.mails,
            *side.names,
            *side.macs,
            *side.addresses,
            *(side.asset, side.host, side.subject, side.answers, side.port, *(("status_code",) if side.path else ())),
        )
    }
)
"""Columns that tell a log from another, or what it says."""


class Placed(msgspec.Struct, frozen=True):
    """Where a row has what it tells of one host; -1 for a column that it does not have."""

    asset: int
    labels: tuple[int, ...]
    plain: tuple[tuple[int, Kind], ...]
    host: int
    subject: int
    answers: int
    mails: tuple[int, ...]
    port: int
    protocol: int
    names: tuple[int, ...]
    macs: tuple[int, ...]
    addresses: tuple[int, ...]
    path: int
    client: int
    named: int
    status: int
    meaning: Meaning
    is_machine: bool
    is_own: bool
    is_same: bool


class Columns(msgspec.Struct, frozen=True):
    """Where a row has what."""

    ts: int
    sides: tuple[Placed, ...]
    stations: tuple[tuple[int, int], ...]
    is_repetitive: bool


@lru_cache(maxsize=1024)
def shape(fields: tuple[str, ...], path: str = "") -> Columns | None:
    """Give what to pick from rows with these fields, or nothing when they name no service and no host."""
    at = {name: number for number, name in reversed(list(enumerate(fields)))}
    log = _told(frozenset(at), path)
    stations = tuple((at[mac], at[address]) for mac, address in STATIONS if mac in at and address in at)
    if log is None and not stations:
        return None
    return Columns(
        ts=at.get("ts", -1),
        sides=tuple(_placed(side, at) for side in log.sides) if log else (),
        stations=stations,
        is_repetitive=log is not None and log.is_repetitive,
    )


@cache
def _by_name() -> dict[str, Log]:
    return {log.name: log for log in LOGS}


def _told(fields: frozenset[str], path: str) -> Log | None:
    """Give the log that rows are of: by their columns, else by the name that the sensor gives them."""
    for log in LOGS:
        if any(mark <= fields for mark in log.marks) and not log.without & fields:
            return log
    return _by_name().get(path)


def _placed(side: Side, at: dict[str, int]) -> Placed:
    def all_of(names: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(at[name] for name in names if name in at)

    return Placed(
        asset=at.get(side.asset, at.get(ORIGINATOR, -1) if side.asset in {"src", "rx_hosts"} else -1),
        labels=all_of(side.labels),
        plain=tuple((at[name], kind) for name, kind in side.kinds.items() if name in at),
        host=at.get(side.host, -1),
        subject=at.get(side.subject, -1),
        answers=at.get(side.answers, -1) if "query" in at or not side.answers else -1,
        mails=all_of(side.mails),
        port=at.get(side.port, -1),
        protocol=at.get("port_proto", -1),
        names=all_of(side.names),
        macs=all_of(side.macs),
        addresses=all_of(side.addresses),
        path=at.get(side.path, -1),
        client=at.get(ORIGINATOR, -1),
        named=at.get("host", -1),
        status=at.get("status_code", -1),
        meaning=side.meaning,
        is_machine=bool(side.names or side.macs or side.addresses),
        is_own=side.is_own,
        is_same=side.is_same,
    )
