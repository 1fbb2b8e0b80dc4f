# SPDX-License-Identifier: Apache-2.0
"""Protocols that speak in lines: HTTP and its kin (RTSP, SIP, SSDP), greetings, and the search for ONVIF devices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import hosts
from debar.readers.packets.facts import Fact, said, use

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADERS = 128
"""Headers read of one message; servers refuse more than 100."""
SSDP, WS_DISCOVERY = 1900, 3702
METHODS = (
    *(b"GET ", b"POST", b"HEAD", b"PUT ", b"DELE", b"OPTI", b"CONN", b"PATC", b"TRAC", b"PROP"),
    *(b"NOTI", b"M-SE", b"SUBS"),
    *(b"DESC", b"SETU", b"PLAY", b"ANNO", b"TEAR"),
    *(b"REGI", b"INVI", b"BYE ", b"ACK ", b"CANC", b"MESS", b"PUBL"),
)
"""First four bytes of a request: HTTP and WebDAV, SSDP and its events, RTSP, SIP."""
ANSWERS = (b"HTTP", b"RTSP", b"SIP/")
ANNOUNCEMENTS = (b"M-SE", b"NOTI")
"""First bytes of what is sent to all devices of a network: searches and greetings of SSDP."""
_START = re.compile(rb"(?:[A-Z-]{3,16} \S{1,8192} )?(HTTP|RTSP|SIP)/\d")
_TARGET = re.compile(r"[a-z]{3,5}://(?:[^/?#@\s]*@)?([^/?#\s]+)", re.IGNORECASE)
_GREETING = re.compile(rb"(?:220[ -]|\+OK |\* OK )([^\r\n]{3,512})")
_SCOPE = re.compile(rb"onvif://www\.onvif\.org/(name|hardware)/([^\s<>\"']{1,256})", re.IGNORECASE)
_REALM = re.compile(r'\brealm="?([^",\\]{1,256})', re.IGNORECASE)
"""Where a device wants a password, it names itself; what else stands there is new for every answer."""
_BANNERS = ("server", "x-powered-by", "user-agent", "usn", "location")


def is_message(data: bytes | bytearray) -> bool:
    """Tell whether data begin with a request or an answer."""
    return data[:4] in METHODS or data[:4] in ANSWERS


def is_whole(data: bytes | bytearray) -> bool:
    """Tell whether all headers of a message are there."""
    return b"\r\n\r\n" in data or b"\n\n" in data


def facts(data: bytes | bytearray, source: str, target: str, *, is_announcement: bool = False) -> Iterator[Fact]:
    """Yield what a message tells of who sends it; an announcement (SSDP) is about the sender alone."""
    if not _START.match(data[: 1 << 13]):
        return
    start, fields = _fields(data)
    is_answer = data[:4] in ANSWERS
    if is_announcement:
        words = [fields[name] for name in _BANNERS if name in fields]
        is_search = data.startswith(b"M-SE")
        yield said(source, *words, meaning=Meaning.INSTALLED if is_search else Meaning.HARDWARE)
    elif is_answer or " SIP/" in start:
        realm = _REALM.search(fields.get("www-authenticate", ""))
        words = [fields[name] for name in _BANNERS[:3] if name in fields]
        yield said(source, *words, *([f'realm="{realm[1]}"'] if realm else []))
    else:
        method, _, rest = start.partition(" ")
        found = _TARGET.match(rest)
        place = rest.partition(" ")[0] if method == "CONNECT" else found[1] if found else fields.get("host", "")
        wanted = [hosts.contacted(hosts.plain(place)), Observable(Kind.IP, target)]
        if agent := hosts.plain(fields.get("user-agent", "")):
            wanted.append(Observable(Kind.TEXT, agent))
        yield use(source, *(observable for observable in wanted if observable))
        if hosts.is_own(source):  # what a stranger calls itself is prose
            yield said(source, agent)
        # What is asked of a proxy is another host's.
        is_own = not found or found[1].rpartition(":")[0] == target or found[1] == target
        if is_own and (given := hosts.given(target, source, place, rest.partition(" ")[0])):
            yield Fact(target, given, Meaning.INSTALLED)


def _fields(data: bytes | bytearray) -> tuple[str, dict[str, str]]:
    """Give the first line, and the first header of each name in small letters."""
    head = bytes(data).partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    start, *lines = head.splitlines()[:HEADERS]
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and value.strip():
            fields.setdefault(name.strip().lower(), value.strip())
    return start, fields


def greeting(data: bytes | bytearray, source: str) -> Iterator[Fact]:
    """Yield what a server of SSH, FTP or mail says before it is asked."""
    if data.startswith(b"SSH-"):
        yield said(source, bytes(data[:256]).splitlines()[0].decode("ascii", "replace"))
    elif found := _GREETING.match(data):
        yield said(source, found[1].decode("utf-8", "replace"))


def devices(payload: bytes, source: str) -> Iterator[Fact]:
    """Yield model and name that a device gives when searched for (ONVIF Core Specification, 7.3.2)."""
    kinds = {b"hardware": Kind.MODEL, b"name": Kind.BANNER}
    found = [
        Observable(kinds[word.lower()], hosts.plain(unquote(value.decode("utf-8", "replace"))))
        for word, value in _SCOPE.findall(payload)
    ]
    yield Fact(source, tuple(found), Meaning.HARDWARE)
