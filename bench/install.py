# SPDX-License-Identifier: Apache-2.0
"""What an installation takes on disk: a fresh environment with debar and all it needs, pip included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import ROOT, BrokenError, Options, environment, goal

BIGGEST = 12


def run(_options: Options) -> None:
    """Make the environment in a temporary folder and print its size; needs a package index."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "fresh")
        _do(sys.executable, "-m", "venv", str(home))
        python = str(home / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        constraints = ROOT / "constraints.txt"
        pinned = ["--constraint", str(constraints)] if constraints.is_file() else []
        _do(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *pinned, str(ROOT))
        packages = Path(
            subprocess.run(
                [python, "-c", "import sysconfig; print(sysconfig.get_path('platlib'))"],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.strip()
        )
        sizes = {entry.name: _size(entry) for entry in packages.iterdir()}
        print("\ninstall: pip install . into a fresh environment (once)")
        print(f"  {'MB':<24}{'size':>10}")
        for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:BIGGEST]:
            print(f"  {name:<24}{size / 1e6:>10.1f}")
        print(f"  {'the whole environment':<24}{_size(home) / 1e6:>10.1f}")
        goal("MB of the environment,", _size(home) / 1e6, at_most=400)


def _do(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    if done.returncode:
        raise BrokenError(f"{' '.join(command)}: {done.stderr.strip()[-500:]}")


def _size(place: Path) -> int:
    """Give the bytes of all files at and below a place; links count for nothing."""
    if place.is_symlink():
        return 0
    if place.is_file():
        return place.stat().st_size
    return sum(_size(entry) for entry in place.iterdir())
