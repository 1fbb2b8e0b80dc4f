# SPDX-License-Identifier: Apache-2.0
"""What the place of a file tells about the asset it speaks of: exports are filed by host or named after it."""

import re

_ARCHIVE = re.compile(r"\.(?:zip|tar|tgz|txz|7z|(?:tar\.)?(?:gz|xz|zst|bz2))$", re.IGNORECASE)
_SYSTEM = {
    "var": {"lib", "db", "cache", "log"},
    "usr": {"lib", "share", "local", "lib64"},
    "lib": {"apk"},
    "etc": {"opkg"},
    "Windows": {"System32"},
}
"""Folders of an operating system and what lies in them: what stands above is a host or an image."""


def parts(path: str) -> list[str]:
    """Give the steps of a path, whichever way its slashes lean; "archive!member" is a step."""
    return [part for part in re.split(r"[/\\!]", path) if part not in {"", "."}]


def folder(path: str) -> str:
    """Give the directory that a file lies in, without the ending of an archive; else its stem."""
    steps = parts(path)
    return _ARCHIVE.sub("", steps[-2]) if len(steps) > 1 else stem(path)


def home(path: str) -> str:
    """Give the host or image that a file belongs to: what stands above var/lib, etc, usr ...; else its folder."""
    steps = parts(path)
    for at, step in enumerate(steps[:-1]):
        if step in _SYSTEM and steps[at + 1] in _SYSTEM[step]:
            return folder("/".join(steps[: at + 1])) if at else path
    return folder(path)


def stem(path: str) -> str:
    """Give the file's name without its endings."""
    name = re.sub(r"\.(?:gz|zst)$", "", (parts(path) or [path])[-1])
    return name.rpartition(".")[0] or name
