# SPDX-License-Identifier: Apache-2.0
"""`debar version`: the three versions that every report depends on."""

from __future__ import annotations

import os
from pathlib import Path

from debar.errors import UsageError
from debar.release import SCHEMA, VERSION, register_directory

_USAGE = """\
usage: debar version [-o json]

Print the versions of the program, of the register, and of the schema of everything that leaves debar."""


_FORMS = {
    (): "",
    ("-o", "json"): "json",
    ("-ojson",): "json",
    ("--output", "json"): "json",
    ("--output=json",): "json",
    ("-o", "terminal"): "terminal",
    ("--output=terminal",): "terminal",
}


def run(arguments: list[str]) -> int:
    """Print the versions; kept free of every import that is not needed, because scripts call it."""
    if arguments in (["-h"], ["--help"]):
        print(_USAGE)
        return 0
    form = _FORMS.get(tuple(arguments))
    if form is None:
        raise UsageError(f"version takes only -o json, not {' '.join(arguments)}", hint="debar version --help")
    register = (_in_use() / "VERSION").read_text(encoding="utf-8").strip()
    if form == "json" or (not arguments and os.environ.get("DEBAR_OUTPUT") == "json"):
        print(f'{{"program": "{VERSION}", "register": "{register}", "schema": {SCHEMA}}}')
    else:
        print(f"debar {VERSION}, register {register}, schema {SCHEMA}")
    return 0


def _in_use() -> Path:
    """Give the register in use; more is imported only where one was imported from a bundle."""
    home = Path(os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"), "debar")  # noqa: PTH111 - no home is no error
    if not (home / "active.json").is_file():
        return register_directory()
    from debar.register import active

    return active.active(active.home()) or register_directory()
