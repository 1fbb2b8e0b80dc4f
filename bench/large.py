# SPDX-License-Identifier: Apache-2.0
"""One very large CycloneDX BOM, as a generator of container BOMs writes it, scanned as a whole process."""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import Cost, Options, alternate, child, debar, environment, goal, table, title

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 3
ENGINES = {"inline": ["--engine", "inline"], "duckdb": ["--engine", "duckdb"], "default": []}
_LICENCES = ("MIT", "Apache-2.0", "BSD-3-Clause", "GPL-2.0-or-later", "LGPL-2.1-only", "ISC")
_TYPES = ("npm", "deb", "maven", "pypi", "golang")


def run(options: Options) -> None:
    """Write the BOM, scan it with each engine, print memory and time."""
    rounds = options.rounds or ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        bom = Path(folder, "large.cdx.json")
        count = write(bom, options.size * 1_000_000)
        megabytes = bom.stat().st_size / 1e6
        env = environment(XDG_CACHE_HOME=folder)
        title("large", f"debar scan of one BOM of {megabytes:.0f} MB, {count:,} components", rounds)
        costs: dict[str, list[Cost]] = {engine: [] for engine in ENGINES}

        def scan(engine: str) -> float:
            costs[engine].append(child([debar(), "scan", str(bom), *ENGINES[engine], "--fail-on", "none"], env))
            return costs[engine][-1].peak / megabytes

        child([debar(), "register", "list"], env)  # the compiled register is there from now on
        ratios = alternate(rounds, {engine: lambda engine=engine: scan(engine) for engine in ENGINES})  # type: ignore[misc]
        table("seconds", {engine: [cost.wall for cost in many] for engine, many in costs.items()})
        table("seconds of CPU", {engine: [cost.cpu for cost in many] for engine, many in costs.items()})
        table("peak memory, MB", {engine: [cost.peak for cost in many] for engine, many in costs.items()})
        table("peak memory / file size", ratios)
        for engine, values in ratios.items():
            goal(f"peak memory / file size, {engine},", max(values), at_most=2)


def write(file: Path, size: int) -> int:
    """Write a BOM of about a size in bytes, piece by piece, and give how many components it has."""
    chance = random.Random(7)
    count = written = 0
    frame = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": "2025-01-15T09:00:00Z",
            "component": {"type": "container", "name": "registry.example/estate/everything", "version": "2025.1"},
        },
    }
    with file.open("w", encoding="utf-8") as out:
        written += out.write(json.dumps(frame)[:-1] + ', "components": [\n')
        for text in _components(chance):
            written += out.write((",\n" if count else "") + text)
            count += 1
            if written >= size:
                break
        out.write("\n]}\n")
    return count


def _components(chance: random.Random) -> Iterator[str]:
    """Yield components with the fields that real generators fill."""
    number = 0
    while True:
        number += 1
        kind = _TYPES[number % len(_TYPES)]
        name = f"{_word(chance)}-{_word(chance)}"
        version = f"{chance.randrange(20)}.{chance.randrange(40)}.{chance.randrange(9)}"
        group = f"org.{_word(chance)}" if kind == "maven" else ""
        space = {"maven": f"{group}/", "deb": "debian/", "golang": f"github.com/{_word(chance)}/"}.get(kind, "")
        purl = f"pkg:{kind}/{space}{name}@{version}"
        home = f"https://github.com/{_word(chance)}/{name}"
        digest = hashlib.sha256(f"{number}{name}".encode()).hexdigest()
        component = {
            "bom-ref": f"{purl}?package-id={digest[:16]}",
            "type": "library",
            "publisher": f"{_word(chance).title()} Maintainers <team@{_word(chance)}.example>",
            **({"group": group} if group else {}),
            "name": name,
            "version": version,
            "description": f"{_word(chance)} {_word(chance)} for {_word(chance)} {_word(chance)}",
            "hashes": [{"alg": "SHA-256", "content": digest}, {"alg": "SHA-1", "content": digest[:40]}],
            "licenses": [{"license": {"id": chance.choice(_LICENCES)}}],
            "cpe": f"cpe:2.3:a:{name}:{name}:{version}:*:*:*:*:*:*:*",
            "purl": purl,
            "externalReferences": [
                {"type": "website", "url": home},
                {"type": "vcs", "url": f"git+{home}.git"},
                {"type": "distribution", "url": f"https://packages.example/{kind}/{name}/-/{name}-{version}.tgz"},
            ],
            "properties": [
                {"name": "syft:package:foundBy", "value": f"{kind}-package-cataloger"},
                {"name": "syft:package:language", "value": "javascript" if kind == "npm" else kind},
                {"name": "syft:package:type", "value": kind},
                {"name": "syft:cpe23", "value": f"cpe:2.3:a:{_word(chance)}:{name}:{version}:*:*:*:*:*:*:*"},
                {"name": "syft:location:0:layerID", "value": f"sha256:{digest[::-1]}"},
                {"name": "syft:location:0:path", "value": f"/srv/app/node_modules/{name}/package.json"},
            ],
        }
        yield json.dumps(component)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bcdfglmnprstv") + chance.choice("aeiou") for _ in range(chance.randrange(2, 5)))
