# SPDX-License-Identifier: Apache-2.0
"""Whom a cell of a log says was contacted: hosts taken out of addresses of pages, targets, questions and answers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers import identifiers

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTS = 64
"""Hosts that one cell may name; a DNS answer of more is cut, the longest seen has 24."""
_URL = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//(?:[^/?#@\s]{0,256}@)?(\[[0-9a-fA-F:.]+\]|[^/?#:\s]+)")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9a-fA-F]*:[0-9a-fA-F]*:)[0-9a-fA-F:.]+(?:%\w+)?")
_FOUR = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_NAME = re.compile(r"(?=.{1,253}\Z)[^\W.][\w-]{0,62}(?:\.[\w-]{1,63})*\.?|\*(?:\.[\w-]{1,63})+\.?|_[\w.-]{1,252}")
"""A host name, also of other scripts and with underscores, as resolvers pass them on."""
_OWN = (".local", ".lan", ".internal", ".intranet", ".home", ".corp", ".localdomain")
"""Ends of names that are of the own network (RFC 6762, appendix G)."""
_QUERY = re.compile(r"[?#\s]")
_LABEL = re.compile(r"\((\d{1,3})\)([^()]*)")
_BREAKS = re.compile(r"[\s,;|\[\]\"']+")
_BLANK = frozenset({"", "-", ".", "--", "N/A", "n/a", "unknown", "null", "None", "*", "(null)"})
_DIGITS = frozenset("0123456789")
PATH = 200
"""Characters kept of the path of a request; those that tell a device are short."""

# Looking up a member of an enumeration costs as much as making an observable.
_DOMAIN, _IP, _MAC_KIND, _URL_PATH = Kind.DOMAIN, Kind.IP, Kind.MAC, Kind.URL_PATH


def _host(text: str) -> list[str]:
    """Give the host of "host", "host:port", "[address]:port" or "host/address"."""
    if text[:1] == "[":
        return [text[1:].partition("]")[0]]
    name, colon, rest = text.partition(":")
    # SonicWall writes address:port:interface:name.
    if colon and (rest.isdecimal() or not rest or _FOUR.fullmatch(name)):
        return [name]
    if not colon and "/" in text:
        return [part for part in text.split("/", 2)[:2] if part and not part.isdecimal()]
    if not colon and "#" in text:  # address#port of BIND and dnsmasq
        return [text.partition("#")[0]]
    return [text]


def _url(text: str) -> list[str]:
    """Give the host of an address of a page, or of the target of a CONNECT."""
    if found := _URL.match(text):
        return [found[1].strip("[]")]
    return [] if text.startswith("/") or "://" in text else _host(re.split(r"[/?#]", text, maxsplit=1)[0])


def _labels(text: str) -> list[str]:
    """Give the name that Windows writes with the length of each label: (3)www(7)example(3)com(0)."""
    return [".".join(label for _, label in _LABEL.findall(text[:1024]) if label)]


def _answer(text: str) -> list[str]:
    """Give names and addresses among what a name was resolved to; prose such as TXT or NXDOMAIN has no dot."""
    parts = [part.rstrip(".") for part in _BREAKS.split(text[:8192], maxsplit=4 * HOSTS)]
    return [part for part in parts if "." in part.strip(".") or part.count(":") > 1][:HOSTS]


def _path(text: str) -> list[str]:
    """Give the last host of Squid's way to a page: HIER_DIRECT/192.0.2.1."""
    return [text.rpartition("/")[2]]


FORMS: dict[str, Callable[[str], list[str]]] = {
    "host": _host,
    "url": _url,
    "labels": _labels,
    "answer": _answer,
    "path": _path,
}
"""Ways to write a host; a column of a domain or address without a form is a host."""


@lru_cache(maxsize=1 << 14)
def observables(kind: Kind, form: str, text: str) -> tuple[Observable, ...]:
    """Give what a cell amounts to: addresses are addresses wherever they stand, anything else stays as it is.

    The same hosts are named again and again, so they are taken apart once.
    """
    if text in _BLANK:
        return ()
    if kind is _DOMAIN or kind is _IP or form:
        words = text if form == "answer" else _word(text)
        hosts = FORMS[form or "host"](words)
        return tuple(dict.fromkeys(found for host in hosts if (found := _contact(kind, host.strip(" .")))))
    if kind is _MAC_KIND:
        # Twelve bare digits may be anything.
        mac = identifiers.mac(text) if any(mark in text for mark in ":-.") else ""
        return (Observable(kind, mac),) if mac else ()
    value = identifiers.normal(kind, text)
    return (Observable(kind, value),) if value else ()


def requested(text: str, others: list[Observable]) -> tuple[Observable, ...]:
    """Give the path that a host was asked for, unless that host has a name of the internet, which says more.

    `others` is what else the entry says: where the path stands without its host, the entry names that apart.
    """
    if text[:1] == "/":
        is_named = any(o.kind is _DOMAIN for o in others) or not any(o.kind is _IP for o in others)
        path = "" if is_named else text[1:]
    else:
        _scheme, slashes, rest = text.partition("//")
        authority, _slash, path = (rest if slashes else text).partition("/")
        if not path or not authority or not _is_own(authority, is_certain=bool(slashes)):
            return ()
    bare = _QUERY.split(path[:PATH], maxsplit=1)[0]
    return (Observable(_URL_PATH, f"/{bare}"),) if bare else ()


def is_public(found: list[Observable]) -> bool:
    """Tell whether what was contacted first has a name of the internet, as nearly everything has."""
    if not found or found[0].kind is not _DOMAIN:
        return False
    name = found[0].value
    return "." in name and not name.endswith(_OWN)


def _is_own(authority: str, *, is_certain: bool) -> bool:
    """Tell whether a host is named by its address, or by a name that only the own network knows.

    Without a scheme before it (data:text/plain) only an address is certain to be a host.
    """
    if "." in authority and authority[-1].isalpha() and not authority.lower().endswith(_OWN):
        return False  # nearly every host has a name of the internet
    name = _host(authority.rpartition("@")[2])[0].lower()
    if _ADDRESS.fullmatch(name):
        return True
    return is_certain and _NAME.fullmatch(name) is not None and ("." not in name or name.endswith(_OWN))


def _word(text: str) -> str:
    """Give a cell of one word, or its first when that is a host and prose follows: src=10.0.0.5 to any."""
    words = text.split(None, 1)
    return words[0] if len(words) == 1 or (words and ("." in words[0] or ":" in words[0])) else ""


def _contact(kind: Kind, host: str) -> Observable | None:
    if host in _BLANK:
        return None
    if (host[-1] in _DIGITS or ":" in host) and _ADDRESS.fullmatch(host):
        return Observable(_IP if kind is _DOMAIN else kind, host)
    return Observable(kind, host) if kind is not _IP and _NAME.fullmatch(host) else None


def is_blank(text: str) -> bool:
    """Tell whether a cell says nothing."""
    return text in _BLANK
