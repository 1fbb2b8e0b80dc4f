# SPDX-License-Identifier: Apache-2.0
"""Programs that everybody has and that tell their version in a text of their own: interpreters, servers, tools.

A file is looked through only when its name is one of the table, so that a copy without a package manager is known
(a container, /opt, an appliance) and a machine with thousands of programs costs nothing more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable
from debar.model.vocab import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

_REACH = 256
"""Bytes kept of a block for the next: a text with a version is shorter."""
_V = rb"(\d{1,4}(?:\.\d{1,6}){1,3}"
_NUMBER = _V + rb")"
_PATCHED = _V + rb"(?:p\d+|[-~]?(?:alpha|beta|rc|dev|pre)[.]?\d*)?)"


class _Row(NamedTuple):
    """One program: how its file is called, and which text it has."""

    name: str
    """As in the package URL pkg:generic/NAME."""
    file: str
    """Expression for the file's base name; a group in it stands for {} in the text."""
    text: bytes
    """Expression whose first group is the version."""
    maker: str
    """Vendor and product of its CPE name."""


_TABLE = (
    _Row(
        "python",
        r"(?:lib)?python(\d\.\d{1,2})[a-z]?(?:\.so[.\d]*)?",
        rb"\x00({}\.\d{1,3}(?:(?:a|b|rc)\d+)?\+?)\x00",
        "python:python",
    ),
    _Row("pypy", r"(?:lib)?pypy[\d.]*(?:-c)?(?:\.so[.\d]*)?", rb"\[PyPy " + _NUMBER, "pypy:pypy"),
    _Row("perl", r"(?:perl|libperl\.so)[\d.]*", rb"\x00v(5\.\d{1,2}\.\d{1,2})\x00", "perl:perl"),
    _Row(
        "ruby",
        r"(?:ruby|libruby(?:-\d\.\d)?\.so)[\d.]*",
        rb"ruby (\d\.\d{1,2}\.\d{1,2}(?:p\d+|preview\d|rc\d|dev)?) ",
        "ruby-lang:ruby",
    ),
    _Row("php", r"(?:php|php-fpm|php-cgi|libphp)[\d.]*(?:\.so)?", rb"X-Powered-By: PHP/" + _PATCHED, "php:php"),
    _Row("node", r"node|nodejs", rb"node\.js/v" + _PATCHED, "nodejs:node.js"),
    _Row("go", r"go|gofmt", rb"go(1\.\d{1,2}(?:\.\d{1,2}|(?:beta|rc)\d)?)\x00", "golang:go"),
    _Row("bash", r"bash", rb"@\(#\)Bash version " + _NUMBER, "gnu:bash"),
    _Row("busybox", r"busybox(?:\.\w+)?", rb"BusyBox v" + _NUMBER, "busybox:busybox"),
    _Row("curl", r"curl", rb"curl/" + _PATCHED, "haxx:curl"),
    _Row("git", r"git", rb"git/" + _PATCHED, "git-scm:git"),
    _Row("jq", r"jq", rb"\x00(?:jq-)?(1\.\d{1,2}(?:\.\d{1,2})?(?:rc\d)?)\x00", "jqlang:jq"),
    _Row("gzip", r"gzip", rb"\x00(1\.\d{1,2}(?:\.\d{1,2})?)\x00", "gnu:gzip"),
    _Row("xz", r"xz", rb"xz \(XZ Utils\) " + _PATCHED, "tukaani:xz"),
    _Row("zstd", r"zstd", rb"\x00v" + _NUMBER + rb"\x00", "facebook:zstandard"),
    _Row("util-linux", r"getopt|mount|lsblk|fdisk", rb"\x00util-linux " + _PATCHED + rb"\x00", "kernel:util-linux"),
    _Row(
        "openssl",
        r"openssl|libcrypto\.so[.\d]*",
        rb"\x00OpenSSL (\d\.\d{1,2}\.\d{1,2}[a-z]{0,2}(?:-\w+)?) ",
        "openssl:openssl",
    ),
    _Row("openssh", r"sshd?", rb"\x00OpenSSH_(\d{1,2}\.\d{1,2}(?:p\d)?)[ \x00]", "openbsd:openssh"),
    _Row("nginx", r"nginx(?:-debug)?", rb"nginx version: nginx/" + _NUMBER, "f5:nginx"),
    _Row("httpd", r"httpd|apache2", rb"\x00Apache/" + _NUMBER, "apache:http_server"),
    _Row(
        "haproxy",
        r"haproxy",
        rb"(?:HA-?Proxy version |version )(\d\.\d{1,2}(?:\.|-dev|-rc)\d{1,3})[^ ]{0,40}, released 20",
        "haproxy:haproxy",
    ),
    _Row(
        "postgresql",
        r"postgres|psql",
        rb"PostgreSQL\)? (\d{1,2}(?:\.\d{1,2}){0,2}(?:(?:alpha|beta|rc)\d)?)[ \x00]",
        "postgresql:postgresql",
    ),
    _Row("mariadb", r"mariadbd?|mysqld?", _V + rb")-MariaDB", "mariadb:mariadb"),
    _Row(
        "redis",
        r"redis-server",
        rb"(?:Redis version |[^\d])(\d{1,2}\.\d{1,2}\.\d{1,3})(?:buildkitsandbox-|[0-9a-f]{12}-)\d",
        "redis:redis",
    ),
    _Row("memcached", r"memcached", rb"memcached " + _NUMBER, "memcached:memcached"),
)
_NAMES = re.compile("|".join(f"(?:{row.file})" for row in _TABLE))


class Program(NamedTuple):
    """The program that a file is, as far as its name goes."""

    name: str
    text: bytes
    maker: str

    @property
    def observables(self) -> list[Observable]:
        """Give the package URL, and vendor and product as vulnerability databases call them."""
        return [Observable(Kind.PURL, f"pkg:generic/{self.name}"), Observable(Kind.CPE, self.maker)]

    def version(self, blocks: Iterable[bytes]) -> str:
        """Give the version that stands first in the bytes of the file; nothing if it is another program."""
        fits = _compiled(self.text)
        rest, version = b"", ""
        for block in blocks:
            data = rest + block
            if found := fits.search(data):
                version = found[1].decode("latin-1")
                if found.end() < len(data):
                    return version
            # What ends with the block may go on in the next.
            rest = data[-_REACH:]
        return version


def program(name: str) -> Program | None:
    """Give the program of a file's base name, or nothing."""
    if not _NAMES.fullmatch(name):
        return None
    for row in _TABLE:
        if found := re.fullmatch(row.file, name):
            series = re.escape(found[1]).encode() if found.re.groups else b""
            return Program(row.name, row.text.replace(b"{}", series), row.maker)
    return None


_compiled = lru_cache(maxsize=2 * len(_TABLE))(re.compile)
