# SPDX-License-Identifier: Apache-2.0
"""`python -m registries`: fetch the registries, rebuild the indicators made from them, or tell what would change."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from debar.register import reading as register
from debar.register.yamlfile import YamlError
from registries import blocks, sources, writing

ROOT = Path(__file__).resolve().parents[1]
GENERATED = ROOT / "register" / "indicators" / "registered"


def main() -> int:
    """Do what was asked; 1 when `check` finds something to change, 2 when a list cannot be had or read."""
    parser = argparse.ArgumentParser(prog="python -m registries", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fetch = commands.add_parser(
        "fetch", help="put the lists of the packages into a folder (needs npm, pip and apt-get)"
    )
    fetch.add_argument("folder", type=Path, nargs="?", help="default: a new temporary one, whose name is printed")
    for name, said in (("build", "rewrite the generated files"), ("check", "tell what would change")):
        commands.add_parser(name, help=said).add_argument("folder", type=Path, help="what fetch has filled")
    arguments = parser.parse_args()
    try:
        if arguments.command == "fetch":
            return _fetch(arguments.folder or Path(tempfile.mkdtemp(prefix="registries-")))
        return _rebuild(arguments.folder, is_dry=arguments.command == "check")
    except sources.PackageError as e:
        print(e, file=sys.stderr)
    except YamlError as e:
        print(f"line {e.line}: {e.message}", file=sys.stderr)
    return 2


def _fetch(folder: Path) -> int:
    for one in sources.fetch(folder):
        print(f"{one.id}: {one.version}, as of {one.day}")
    print(folder)
    return 0


def _rebuild(folder: Path, *, is_dry: bool) -> int:
    """Tell what changes and which names are new, and write the files unless only asked."""
    snapshots = sources.snapshots(folder)
    parties = register.read(ROOT / "register")[0].parties.values()
    report = blocks.build(snapshots, blocks.names(), parties)
    found = writing.changes(GENERATED, report)
    for line in (
        *(f"source {one.told}" for one in snapshots),
        *found,
        *(f"not written down: {name}" for name in report.unknown),
        *(f"no longer printed: {name}" for name in report.unused),
    ):
        print(line)
    if is_dry:
        return int(bool(found))
    GENERATED.mkdir(exist_ok=True)
    texts = writing.files(report, snapshots)
    for file in GENERATED.glob("*.yaml"):
        if file.name not in texts:
            file.unlink()
    for name, text in texts.items():
        (GENERATED / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
