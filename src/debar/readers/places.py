# SPDX-License-Identifier: Apache-2.0
"""What the place of a file tells about the asset it speaks of: exports are filed by host or named after it."""

import re

_ARCHIVE = re.compile(r"\.(?:zip|tar|tgz|txz|7z|(?:tar\.)?(?:gz|xz|zst|bz2))$", re.IGNORECASE)


def parts(path: str) -> list[str]:
    """Give the steps of a path, whichever way its slashes lean; "archive!member" is a step."""
    return [part for part in re.split(r"[/\\!]", path) if part not in {"", "."}]


def folder(path: str) -> str:
    """Give the directory that a file lies in, without the ending of an archive; else its stem."""
    steps = parts(path)
    return _ARCHIVE.sub("", steps[-2]) if len(steps) > 1 else stem(path)


def stem(path: str) -> str:
    """Give the file's name without its endings."""
    name = re.sub(r"\.(?:gz|zst)$", "", (parts(path) or [path])[-1])
    return name.rpartition(".")[0] or name
