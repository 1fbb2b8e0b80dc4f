# SPDX-License-Identifier: Apache-2.0
"""What the place of a file tells about the asset it speaks of: exports are filed by host or named after it."""

import re

_ARCHIVE = re.compile(r"\.(?:zip|tar|tgz|txz|7z|(?:tar\.)?(?:gz|xz|zst|bz2))$", re.IGNORECASE)
_SYSTEM = re.compile(
    r"/(?:var/(?:lib|db|cache|log)|usr/(?:lib|lib64|share|local)|lib/apk|etc/opkg|Windows/System32"
    r"|opt/homebrew|home/linuxbrew|ProgramData/chocolatey|nix/store|snap/[^/]+/[^/]+/meta"
    # Profiles of browsers lie up to nine folders below their user; an extension is 32 letters from a to p.
    r"|(?:(?:Users|home)/(?:[^/]+/){1,12}?|(?:User Data/)?(?:Default|Profile \d+)/)?Extensions/[a-p]{32}/[^/]+)/",
    re.IGNORECASE,
)
"""Folders of an operating system, a package manager or a browser: what stands above is a host or an image."""


_SEPARATOR = re.compile(r"[-_.\s]+")
_GENERIC = frozenset(
    [
        "all",
        "apps",
        "applications",
        "arp",
        "bom",
        "components",
        "config",
        "containers",
        "db",
        "devices",
        "dhcp",
        "dns",
        "domain",
        "drivers",
        "dump",
        "export",
        "hardware",
        "hosts",
        "http",
        "images",
        "installed",
        "inventory",
        "ip",
        "leases",
        "list",
        "log",
        "logs",
        "metadata",
        "modules",
        "net",
        "netstat",
        "network",
        "nmap",
        "osquery",
        "packages",
        "pkg",
        "pkgs",
        "ports",
        "processes",
        "programs",
        "proxy",
        "ps",
        "query",
        "report",
        "result",
        "results",
        "rpm",
        "sbom",
        "scan",
        "services",
        "snapshot",
        "software",
        "sockets",
        "ss",
        "ssl",
        "state",
        "status",
        "sys",
        "system",
        "systeminfo",
        "tasklist",
        "traffic",
        "txt",
        "usb",
        "win",
        "windows",
        "wmi",
        "dpkg",
        "apk",
        "pacman",
        "lsusb",
        "lspci",
        "dmidecode",
        "registry",
        "reg",
        "syslog",
        "access",
        "eve",
        "conn",
        "x509",
        "sources",
        "table",
        "data",
        "info",
    ]
)
"""Words by which people call exports; they name no machine."""
_WORDS = 3
_MACHINE = re.compile(r"(?!v\d+$)(?=.*[a-z])[a-z0-9]*(?:-[a-z0-9]+)*?-?(?<!\d)\d{1,4}[a-z]?", re.IGNORECASE)
"""A name that people give to one machine of many: letters, and a number at the end."""


def parts(path: str) -> list[str]:
    """Give the steps of a path, whichever way its slashes lean; "archive!member" is a step."""
    return [part for part in re.split(r"[/\\!]", path) if part not in {"", "."}]


def folder(path: str) -> str:
    """Give the directory that a file lies in, without the ending of an archive; else its stem."""
    steps = parts(path)
    return _ARCHIVE.sub("", steps[-2]) if len(steps) > 1 else stem(path)


def home(path: str) -> str:
    """Give the host or image that a file belongs to: what stands above var/lib, etc, usr ...

    Else the machine that the file is named after, as in srv-01_dpkg.txt: exports of two machines in one folder must
    never become one. Else its folder.
    """
    if found := _SYSTEM.search("/" + "/".join(parts(path))):
        above = found.string[1 : found.start()]
        return folder(f"{above}/file") if above else path
    return machine(stem(path)) or folder(path)


def machine(name: str) -> str:
    """Give the machine that a file's name without its ending begins or ends with; nothing where it names none."""
    words = [word for word in _SEPARATOR.split(name) if word]
    kept = [word for word in words if word.lower() not in _GENERIC]
    # Without a word of an export in it the file may be called after anything; with a point in it, after a version.
    if len(kept) == len(words) or not 0 < len(kept) <= _WORDS or "." in name:
        return ""
    found = "-".join(kept)
    return found if _MACHINE.fullmatch(found) else ""


def stem(path: str) -> str:
    """Give the file's name without its endings."""
    name = re.sub(r"\.(?:gz|zst)$", "", (parts(path) or [path])[-1])
    return name.rpartition(".")[0] or name


def shown(path: str) -> str:
    """Give a path as text: bytes that are not UTF-8 in a name become escapes."""
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
