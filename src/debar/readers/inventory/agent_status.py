# SPDX-License-Identifier: Apache-2.0
"""What agents say of themselves when asked for their status: anti-virus and remote access, text and JSON.

Few of these outputs name product or maker; which product an output is of is told from its form, so
those names stand in the table below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components, encodings, identifiers
from debar.readers.inventory import STATUS_JSON, STATUSES
from debar.readers.machine import machines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
"""Colours of a terminal; TeamViewer writes them into files as well."""
PROCESSES = 1000
"""Lines of a table of processes that are read; the agent has about ten."""


class _Agent(msgspec.Struct, frozen=True):
    """One product and where its output says what."""

    name: str
    maker: str
    version: str
    """Expression whose first group is the version."""
    named: str = ""
    """Expression for the product's own name, where the output gives it."""
    server: str = ""
    """Expression for the server that manages it."""
    host: str = ""
    """Expression for the name of the host."""
    health: str = ""
    """Expression whose groups are the fields that tell its state, and their values."""


_AGENTS = {
    "kaspersky": _Agent(
        "Kaspersky Endpoint Security",
        "Kaspersky",
        r'(?:^|,)[^:,\n]{2,60}:\s*"?(\d+(?:\.\d+)+)',
        named=r'[":]\s*"?(Kaspersky [^"\n]+)',
    ),
    "kaspersky-agent": _Agent(
        "Kaspersky Security Center Network Agent",
        "Kaspersky",
        r"'(\d+(?:\.\d+){2,})'",
        server=r"(?i)server (?:address|device)\b[^'\n]*'([^'\n]+)'",
        host=r"(?i)^current (?:device|host) is '([^'\n]+)'",
    ),
    "falcon": _Agent(
        "CrowdStrike Falcon Sensor",
        "CrowdStrike, Inc.",
        r"\bversion ?= ?(\d+(?:\.\d+)+)",
        health=r"\b(rfm-state) ?(?:=|is) ?(\w+)",
    ),
    "bitdefender": _Agent(
        "Bitdefender Endpoint Security Tools",
        "Bitdefender",
        r"^Product version:\s*(\S+)",
        health=r"^[ \t-]*(Antimalware status):\s*(\w+)",
    ),
    "cortex": _Agent("Cortex XDR", "Palo Alto Networks, Inc.", r"supervisor tool (\d\S*)"),
    "cortex-processes": _Agent("Cortex XDR", "Palo Alto Networks, Inc.", r"(?!)"),
    "sentinelone": _Agent(
        "SentinelOne Agent",
        "SentinelOne, Inc.",
        r"^Agent version:\s*(\S+)",
        server=r"^URL\s+https?://([^/\s:]+)",
        health=r"^(Agent state)\s+(\w+)",
    ),
    "defender": _Agent(
        "Microsoft Defender for Endpoint",
        "Microsoft Corporation",
        r'(?:"appVersion"\s*:\s*|^app_version\s*:\s*)"(\d[^"]*)"',
        health=r'(?m)^[ \t]*(healthy|real_time_protection_enabled|definitions_status)\s*:\s*"?(\w+)|"(healthy)"\s*:\s*(\w+)',
    ),
    "teamviewer": _Agent("TeamViewer", "TeamViewer", r"TeamViewer\s+(\d+(?:\.\d+)+)"),
}


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for the agent, then one for each of its processes where they are listed."""
    with source.stream() as stream:  # read to its end, for the digest of the whole
        text = encodings.to_text(stream.peek(1 << 16)[: 1 << 16]).lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    key = _key(text)
    if key is None:
        raise SourceError("no status of an agent that is known", locator="line 1")
    agent, plain = _AGENTS[key], _ANSI.sub("", text)
    asset = _found(agent.host, plain) or source.asset
    if agent.host and asset != source.asset:
        known = machines.Machines()
        known.note(asset, "line 1", [Observable(Kind.HOSTNAME, asset)])
        yield from known.told(source)
    source.tally["agents"] += 1
    yield _observation(source, "", asset, _observables(agent, plain), _found(agent.version, plain))
    if key == "cortex-processes":
        for number, command in _commands(plain):
            found = machines.observables({"cmd": Kind.PROCESS}, {"cmd": command})
            source.tally["processes"] += 1
            yield _observation(source, f"line {number}", asset, found, meaning=Meaning.RUNNING)


def _key(text: str) -> str | None:
    """Give which agent's output this is."""
    marks = STATUS_JSON if text.startswith("{") else STATUSES
    fitting = (key for key, pattern, needs in marks if needs in text and re.search(pattern, text, re.MULTILINE))
    return next(fitting, None)


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE) if pattern else None
    return found.group(1).strip() if found else ""


def _observables(agent: _Agent, text: str) -> list[Observable]:
    """Give the names of product and maker, what it says of its state, and the domain of the server that manages it."""
    found = [Observable(Kind.NAME, _found(agent.named, text) or agent.name), Observable(Kind.PUBLISHER, agent.maker)]
    for told in re.finditer(agent.health, text, re.MULTILINE) if agent.health else ():
        field, value = (group for group in told.groups() if group)
        found.append(Observable(Kind.HEALTH, f"{field}={value}"))
    if server := _found(agent.server, text):
        found += [o for o in components.reference(f"https://{server}") if not identifiers.own_address(o.value)]
    return found


def _commands(text: str) -> Iterator[tuple[int, str]]:
    """Yield (number of the line, command) of a table of processes."""
    for number, line in enumerate(text.splitlines()[:PROCESSES], 1):
        if slash := line.find(" /") + 1:
            yield number, line[slash:].strip()


def _observation(
    source: Input,
    locator: str,
    asset: str,
    found: list[Observable],
    version: str = "",
    meaning: Meaning = Meaning.INSTALLED,
) -> Observation:
    return Observation(
        source=source.id,
        locator=locator or "line 1",
        asset=asset,
        label=found[0].value,
        version=version,
        medium=Medium.INVENTORY,
        meaning=meaning,
        observables=tuple(found),
    )
