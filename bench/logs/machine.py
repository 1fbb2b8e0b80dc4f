# SPDX-License-Identifier: Apache-2.0
"""`python -m bench.logs.machine`: what the figures were measured on, in Markdown."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.logs.peers import RIPGREP

_PACKAGES = ("debar", "hyperscan", "pyarrow", "duckdb", "isal", "zstandard", "zlib-ng", "msgspec")
_PROGRAMS = ("cat", "grep", "rg", "gzip", "igzip", "pigz", "zstd")


def described() -> list[str]:
    """Give lines on processor, memory, system and versions, as far as they can be told here."""
    packages = [f"{name} {found}" for name in _PACKAGES if (found := _package(name))]
    programs = [found for name in _PROGRAMS if (found := _program(name))]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return [
        f"- processor: {_processor()}, {len(os.sched_getaffinity(0))} cores",
        f"- memory: {memory:.0f} GiB",
        f"- system: {platform.system()} {platform.release()}, Python {platform.python_version()}",
        f"- packages: {', '.join(packages)}",
        f"- programs: {', '.join(programs)}",
        f"- load at the beginning: {os.getloadavg()[0]:.2f}",
    ]


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    facts = {name.strip(): value.strip() for name, value in facts.items()}
    wide = ", AVX-512" if "avx512f" in facts.get("flags", "").split() else ""
    model = f", family {facts['cpu family']} model {facts['model']}" if "cpu family" in facts else ""
    return f"{facts.get('model name', platform.processor())}{model}{wide}"


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _program(name: str) -> str:
    try:
        path = os.environ.get(RIPGREP, name) if name == "rg" else name
        told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    words = (told.stdout or told.stderr).partition("\n")[0].split()
    number = next((word.strip("v,") for word in words if word.strip("v,")[:1].isdecimal()), "")
    return f"{name} {number}"


if __name__ == "__main__":
    print("\n".join(described()))
