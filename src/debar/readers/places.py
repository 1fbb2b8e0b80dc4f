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


def parts(path: str) -> list[str]:
    """Give the steps of a path, whichever way its slashes lean; "archive!member" is a step."""
    return [part for part in re.split(r"[/\\!]", path) if part not in {"", "."}]


def folder(path: str) -> str:
    """Give the directory that a file lies in, without the ending of an archive; else its stem."""
    steps = parts(path)
    return _ARCHIVE.sub("", steps[-2]) if len(steps) > 1 else stem(path)


def home(path: str) -> str:
    """Give the host or image that a file belongs to: what stands above var/lib, etc, usr ...; else its folder."""
    if found := _SYSTEM.search("/" + "/".join(parts(path))):
        above = found.string[1 : found.start()]
        return folder(f"{above}/file") if above else path
    return folder(path)


def stem(path: str) -> str:
    """Give the file's name without its endings."""
    name = re.sub(r"\.(?:gz|zst)$", "", (parts(path) or [path])[-1])
    return name.rpartition(".")[0] or name


def shown(path: str) -> str:
    """Give a path as text: bytes that are not UTF-8 in a name become escapes."""
    return path if path.isascii() else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
