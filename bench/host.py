# SPDX-License-Identifier: Apache-2.0
"""What lies on this machine: packages, programs and who made them, against syft over the same folder.

`python -m bench host [--files DIR]`: DIR is the file tree, /usr unless told. syft is no dependency: it is taken
from the path in the environment variable DEBAR_SYFT, else from PATH; without it debar alone is measured.

Three things are told. First whole processes: `debar scan` of the tree and of dpkg's folder (as a tree, too) with a report,
the compiled register warm, and `syft dir:` of the tree with its own JSON. Second the share of dpkg's packages of which
the maker is told: by name, or by the domain of mail or home page. Third what syft lists and debar does not.

An artifact of syft is found when debar has, in one of the files that syft names for it, an observation

- of the same package URL without version, qualifiers and subpath, or of the artifact's name as label, name,
  package or path (Go's replaced modules go by the folder that replaced them), or in a Java archive whose file is
  called so, for syft calls those without coordinates after their file and guesses a group for the package URL;
- of the same version, which may be the short form of the other ("1.0.0-beta" of "1.0.0-beta.56") and is not asked
  for where syft knows none (UNKNOWN, "(devel)").

Left out and counted apart is what is no package: "command-line-arguments", which is Go's word for a program built
outside of any module, and workflows of a project's own folder (./.github/...) that debar has read as files.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from bench.measure import BrokenError, Cost, Options, alternate, child, debar, environment, goal, ratio, table, title
from debar.model.vocab import Kind
from debar.observe import Reading
from debar.readers import walk
from debar.register.load import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observation

ROUNDS = 3
TREE = Path("/usr")
DPKG = Path("/var/lib/dpkg")
SYFT = "DEBAR_SYFT"
FASTER = 10
SHARE = 90
"""Per cent of dpkg's packages whose maker is to be told."""
MISSING = 40
"""Artifacts of one type that are named one by one; the rest are counted."""
_UNKNOWN = frozenset({"", "UNKNOWN", "(devel)"})
_NO_PACKAGES = frozenset({"command-line-arguments"})
_OWN = "./.github/"
_MAKERS = frozenset({Kind.PUBLISHER, Kind.MAINTAINER_DOMAIN, Kind.REFERENCE_DOMAIN})
_NAMES = frozenset({Kind.NAME, Kind.PACKAGE, Kind.PATH, Kind.FILE})


class Seen(NamedTuple):
    """What debar says of one thing in one file."""

    urls: frozenset[str]
    """Package URLs, as `_bare` gives them."""
    names: frozenset[str]
    version: str


class Artifact(NamedTuple):
    """What syft lists."""

    type: str
    name: str
    version: str
    url: str
    paths: tuple[str, ...]
    """On this machine."""


def run(options: Options) -> None:
    """Measure both programs, then compare what they found."""
    trees = [folder.resolve() for folder in options.files] or [TREE]
    if len(trees) > 1:
        raise BrokenError("name one folder with --files")
    (tree,) = trees
    rounds = options.rounds or ROUNDS
    title("host", f"whole processes over {tree}, compiled register warm", rounds)
    print(f"  load of the machine at the beginning: {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder, "syft.json")
        _measure(tree, Path(folder), listing, rounds)
        observed, paths = _observed(tree)
        _share(observed, paths)
        if listing.exists():
            _compare(_artifacts(listing, tree), observed, paths)


def _measure(tree: Path, folder: Path, listing: Path, rounds: int) -> None:
    """Time both programs, and leave syft's result in `listing`."""
    env = environment(XDG_CACHE_HOME=str(folder), SYFT_CHECK_FOR_APP_UPDATE="false")
    sources = _sources(tree)
    ours = [debar(), "scan", *sources, "-o", f"json={folder / 'debar.json'}", "--fail-on", "none"]
    # Status 3: something could not be read, as on every real machine.
    commands: dict[str, tuple[list[str], tuple[int, ...]]] = {"debar scan": (ours, (0, 3))}
    syft = os.environ.get(SYFT) or shutil.which("syft")
    if syft:
        commands["syft"] = ([syft, f"dir:{tree}", "-q", "-o", f"json={listing}"], (0,))
    else:
        print(f"  syft is neither on PATH nor in {SYFT}; debar alone is measured")
    costs: dict[str, list[Cost]] = {name: [] for name in commands}

    def measured(name: str) -> float:
        costs[name].append(child(commands[name][0], env, commands[name][1]))
        return costs[name][-1].wall

    child([debar(), "register", "list"], env)  # the compiled register is there from now on
    figures = alternate(rounds, {name: lambda name=name: measured(name) for name in commands})  # type: ignore[misc]
    table("seconds", figures)
    processor = {name: [cost.cpu for cost in many] for name, many in costs.items()}
    table("seconds of CPU", processor)
    table("peak memory, MB", {name: [cost.peak for cost in many] for name, many in costs.items()})
    if syft:
        print(f"  {ratio(processor['syft'], processor['debar scan']):.1f} times less CPU than syft")
        goal("times faster than syft", ratio(figures["syft"], figures["debar scan"]), at_least=FASTER)


def _sources(tree: Path) -> list[str]:
    """Give what debar is to read; dpkg's folder as a part of the system's file tree, which it is."""
    return [f"tree:{folder}" for folder in (tree, DPKG) if folder.is_dir()]


def _observed(tree: Path) -> tuple[list[Observation], dict[str, str]]:
    """Give all observations, and the path of each source by its id."""
    reading = Reading(load())
    observed = list(reading.observations(walk.find(_sources(tree))))
    looked_at = ", ".join(f"{walked.looked_at:,} of {walked.files:,} files" for walked in reading.trees)
    print(f"  {len(observed):,} observations in {len(reading.sources):,} files; {looked_at} of the tree were looked at")
    return observed, {source.id: source.path for source in reading.sources}


def _share(observed: Iterable[Observation], paths: dict[str, str]) -> None:
    """Print of how many packages of dpkg the maker is told."""
    makers: dict[str, bool] = {}
    for observation in observed:
        kinds = {observable.kind for observable in observation.observables}
        if Kind.PACKAGE in kinds and paths.get(observation.source, "").startswith(str(DPKG)):
            makers[observation.label] = makers.get(observation.label, False) or not kinds.isdisjoint(_MAKERS)
    if makers:
        print(f"  {sum(makers.values()):,} of {len(makers):,} packages of dpkg have a maker")
        goal("per cent of dpkg's packages with a maker", 100 * sum(makers.values()) / len(makers), at_least=SHARE)


def _artifacts(listing: Path, tree: Path) -> Iterator[Artifact]:
    for one in json.loads(listing.read_bytes())["artifacts"]:
        paths = tuple(dict.fromkeys(str(tree) + place["path"] for place in one["locations"]))
        yield Artifact(one["type"], one["name"], one["version"], one.get("purl", ""), paths)


def _compare(artifacts: Iterable[Artifact], observed: Iterable[Observation], paths: dict[str, str]) -> None:
    """Print how many artifacts of each type are found, and those that are not."""
    seen: dict[str, list[Seen]] = defaultdict(list)
    for observation in observed:
        seen[paths.get(observation.source, "")].append(_seen(observation))
    read = set(paths.values())
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    missing: dict[str, list[str]] = defaultdict(list)
    for artifact in artifacts:
        verdict = _verdict(artifact, seen, read)
        counts[artifact.type][verdict] += 1
        if verdict in {"missing", "other version"}:
            missing[artifact.type].append(f"{verdict}: {artifact.name} {artifact.version} in {artifact.paths[0]}")
    print(f"  {'type of syft':<26}{'listed':>8}{'found':>8}{'other version':>15}{'missing':>9}{'no package':>12}")
    for name, count in sorted(counts.items()):
        shown = [count.total(), count["found"], count["other version"], count["missing"], count["no package"]]
        print(f"  {name:<26}{shown[0]:>8}{shown[1]:>8}{shown[2]:>15}{shown[3]:>9}{shown[4]:>12}")
    for name, lines in sorted(missing.items()):
        for line in lines[:MISSING]:
            print(f"  {name}: {line}")
        if len(lines) > MISSING:
            print(f"  {name}: and {len(lines) - MISSING} more")
    goal("artifacts of syft that are missing", sum(len(lines) for lines in missing.values()), at_most=0)


def _seen(observation: Observation) -> Seen:
    urls = frozenset(_bare(o.value) for o in observation.observables if o.kind is Kind.PURL)
    names = {o.value.lower() for o in observation.observables if o.kind in _NAMES}
    return Seen(urls, frozenset(names | {observation.label.lower()}), observation.version)


def _verdict(artifact: Artifact, seen: dict[str, list[Seen]], read: set[str]) -> str:
    if artifact.name in _NO_PACKAGES or _is_own(artifact, read):
        return "no package"
    here = [one for path in artifact.paths for one in seen.get(path, ()) if _is_called(one, artifact)]
    if any(_is_version(one.version, artifact) for one in here):
        return "found"
    return "other version" if here else "missing"


def _is_own(artifact: Artifact, read: set[str]) -> bool:
    """Tell whether an artifact is a workflow in the project's own folder, which was read as a file."""
    path = artifact.paths[0]
    return artifact.name.startswith(_OWN) and path[: path.rfind("/.github/")] + artifact.name[1:] in read


def _is_called(one: Seen, artifact: Artifact) -> bool:
    name = artifact.name.lower()
    if name in one.names or (artifact.url and _bare(artifact.url) in one.urls):
        return True
    if artifact.type != "java-archive":
        return False
    # commons-io of commons-io-2.11.0.jar, and ecj of org.eclipse.ecj-3.38.0.jar
    versions = rf"(?:[-_]{re.escape(artifact.version.lower())})?"
    return any(re.fullmatch(rf"(?:.+[.-])?{re.escape(name)}{versions}\.[a-z]ar", file) for file in one.names)


def _is_version(version: str, artifact: Artifact) -> bool:
    if artifact.version in _UNKNOWN:
        return True
    url = artifact.url.partition("#")[0].partition("?")[0]
    wanted = {artifact.version, artifact.version.removeprefix("v"), unquote(url.rpartition("@")[2])}
    mine = {version, version.removeprefix("v")}
    return any(w == m or _is_short(w, m) or _is_short(m, w) for w in wanted for m in mine)


def _is_short(short: str, long: str) -> bool:
    """Tell whether a version is the beginning of another, as far as a whole number of it."""
    return bool(short) and long.startswith(short) and long[len(short)] in ".-+_~" if len(long) > len(short) else False


def _bare(url: str) -> str:
    """Give a package URL without version, qualifiers and subpath, in small letters and without escapes."""
    url = url.partition("#")[0].partition("?")[0]
    head, slash, last = url.rpartition("/")
    return unquote(head + slash + (last.rpartition("@")[0] or last if "@" in last[1:] else last)).lower()
