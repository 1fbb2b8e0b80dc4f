# SPDX-License-Identifier: Apache-2.0
"""The configuration file: options that somebody always wants, below the command line and the environment."""

from __future__ import annotations

import os
from pathlib import Path

from debar.errors import UsageError, did_you_mean

PATHS = frozenset({"as", "register", "indicators", "base_register", "decisions"})
"""Keys whose values are paths; a relative one is meant from the file's own folder."""
KEYS = (*sorted(PATHS), "color", "engine", "exclude", "fail_on", "output", "quiet", "strict")
_HINT = f"keys: {', '.join(KEYS)}"


def location() -> Path | None:
    """Give the file in use: DEBAR_CONFIG, or debar/config.toml in $XDG_CONFIG_HOME or ~/.config, if it is there.

    The usual one need not exist, so one that this account may not see is as good as none.
    """
    if named := os.environ.get("DEBAR_CONFIG", ""):
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111 - no home is no error
    usual = Path(home, "debar", "config.toml")
    try:
        return usual if usual.is_absolute() and usual.is_file() else None
    except OSError:
        return None


def settings() -> tuple[dict[str, str], str]:
    """Give the options that the file sets, as the environment would give them, and what to call the file.

    Nothing when this account may not open the usual file. Raises UsageError, with the file, for any other that cannot
    be read, a key that is none, or a value of the wrong kind.
    """
    file = location()
    if file is None:
        return {}, ""
    import tomllib  # only where there is a file

    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        if isinstance(e, PermissionError) and not os.environ.get("DEBAR_CONFIG", ""):
            return {}, ""
        raise UsageError(f"{file}: {getattr(e, 'strerror', '') or e}", hint="it is TOML: as = 'us/company'") from e
    return {key: _text(file, key, value) for key, value in data.items()}, str(file)


def _text(file: Path, key: str, value: object) -> str:
    """Give a value as the text that the environment would hold; several are joined by commas."""
    if key not in KEYS:
        raise UsageError(f"{file}: {key!r} is no option{did_you_mean(key, KEYS)}", hint=_HINT)
    if isinstance(value, bool):
        return "1" if value else "0"
    many = value if isinstance(value, list) else [value]
    texts = [one for one in many if isinstance(one, str) and one and "," not in one]
    if len(texts) < len(many):
        raise UsageError(f"{file}: {key}: write text, true or false, or a list of texts", hint=_HINT)
    return ",".join(_placed(file, key, one) for one in texts)


def _placed(file: Path, key: str, text: str) -> str:
    """Give a relative path as one from the file's folder; an organisation in short form is no path."""
    if key not in PATHS or (key == "as" and not text.endswith((".yaml", ".yml"))):
        return text
    return str(file.parent / Path(text).expanduser())
