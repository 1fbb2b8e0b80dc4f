# SPDX-License-Identifier: Apache-2.0
"""The shape of an event of Suricata's log: its two ends, its blocks, and what shippers make of it."""

from __future__ import annotations

from typing import Any

from debar.readers.machine import hosts

VALUES = 256
"""Values taken from one field of one event; a DNS answer over TCP has room for some more, real ones have below 50."""
_RESOLVER = 53
_SYSTEM_PORTS = 1024
"""Ports below are those of services (RFC 6335)."""


def unwrapped(event: dict[str, Any]) -> dict[str, Any]:
    """Give the event that a log shipper or a search engine has put into one of its own."""
    inner = block(event, "_source") or event
    eve = block(block(inner, "suricata"), "eve")
    if not eve:
        return inner
    ends = {"src": block(inner, "source"), "dest": block(inner, "destination")}
    named = {f"{side}_{key}": end[key] for side, end in ends.items() for key in ("ip", "port") if key in end}
    return {"timestamp": inner.get("@timestamp"), **named, **eve}


def ends(event: dict[str, Any]) -> tuple[str, str]:
    """Give client and server; an event about a reply or a file names them the other way round."""
    client, server = text(event.get("src_ip")), text(event.get("dest_ip"))
    flow = block(event, "flow")
    if flow.get("src_ip") and flow.get("dest_ip"):
        return text(flow["src_ip"]), text(flow["dest_ip"])
    near, far = event.get("src_port"), event.get("dest_port")
    if event.get("direction") == "to_client":
        return server, client
    if (
        isinstance(near, int)
        and isinstance(far, int)
        and (
            (event.get("event_type") == "dns" and near == _RESOLVER != far)
            or (text(event.get("event_type")) in {"fileinfo", "netflow", "alert"} and near < _SYSTEM_PORTS <= far)
        )
    ):
        return server, client
    return client, server


def block(event: dict[str, Any], name: str) -> dict[str, Any]:
    """Give a block of an event, empty when there is none."""
    found = event.get(name)
    return found if isinstance(found, dict) else {}


def values(fields: dict[str, Any], path: tuple[str, ...]) -> list[str]:
    """Give the texts at a path of keys."""
    value: object = fields
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    found = value[:VALUES] if isinstance(value, list) else [value]
    return [kept for kept in map(text, found) if kept]


def text(value: object) -> str:
    """Give a text as it is fit to be shown; nothing for a value of another type."""
    return hosts.plain(value) if isinstance(value, str) else ""
