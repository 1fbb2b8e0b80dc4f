# SPDX-License-Identifier: Apache-2.0
"""File trees: strings in programs against cat, YARA-X and ClamAV; company and signer against pefile and LIEF; two cores.

`python -m bench trees --files DIR`: DIR is a tree of programs, for instance a gigabyte of unpacked wheels for Windows
of PyPI, or /usr/lib. ClamAV is taken from PATH; YARA-X, pefile and LIEF from the environment that this runs in, or from
the interpreter that the environment variable DEBAR_PEERS names, which has them. What is not installed is left out, and
said so.

Strings: whole processes. "strings alone" is debar's search, in as many processes as there are processors. All look for the same 200 strings as ASCII and as UTF-16, one of which stands in the tree;
that all find it in the same files is checked. debar reads what any scan reads of a program as well, checks its
signature, and writes a report; its register is one of this bench's own, so that its strings are those 200. `cat` reads
the same files.

Company and signer: one process for each program, all files in a loop, CPU without imports. pefile reads headers and
version resources, and tells of signatures only that there are some; LIEF reads signers, once without and once with
checking them; debar the same: "names" reads company and signers, "checked" also digests each signed file, as a scan
does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.measure import BrokenError, Cost, Options, alternate, child, debar, environment, goal, ratio, table, title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROUNDS = 3
STRINGS = 200
PEERS = "DEBAR_PEERS"
PLANTED = "Microsoft Corporation"
"""A string that programs have in sixteen bits; the others are made up, as long as real ones."""
_HERE = Path(__file__).parent
_WITHIN = 2
_YARA = 4
_CLAM = 20
_PEFILE = 15
_LIEF = 10
_CORES = 1.6
_ALONE = "debar, strings alone"


class Made(NamedTuple):
    """The strings, as each program wants them."""

    register: Path
    yara: Path
    clam: Path
    plain: Path
    """One a line."""
    env: dict[str, str]


def run(options: Options) -> None:
    """Compare what is found, then measure all of them."""
    if not options.files:
        raise BrokenError("name a folder of programs with --files")
    trees = [str(folder.resolve()) for folder in options.files]
    rounds = options.rounds or ROUNDS
    files = [Path(folder, name) for tree in trees for folder, _, names in os.walk(tree) for name in names]
    size = sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())
    title("trees", f"{len(files):,} files, {size / 1e6:,.0f} MB, {STRINGS} strings", rounds)
    print(f"  load of the machine at the beginning: {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory() as folder:
        made = _made(Path(folder))
        _strings(trees, made, Path(folder), rounds)
    _makers(trees, rounds)


def strings() -> list[str]:
    """Give the strings: words of seven to twenty letters in pairs, and the one that stands in programs."""
    parts = ("Sentinel", "Kernel", "Agent", "Vision", "Cloud", "Secure", "Net", "Device", "Core", "Update")
    made = [f"{a}{b}{number:02d}Sdk" for number, a in enumerate(parts) for b in parts]
    made += [f"{b} {a} Engine" for a in parts for b in parts]
    return [PLANTED, *made[: STRINGS - 1]]


def _made(folder: Path) -> Made:
    wanted = strings()
    yara = folder / "strings.yar"
    yara.write_text(
        "".join(f'rule r{n} {{ strings: $a = "{one}" ascii wide condition: $a }}\n' for n, one in enumerate(wanted))
    )
    clam = folder / "strings.ndb"
    codes = ("utf-8", "utf-16-le")
    clam.write_text(
        "".join(
            f"T.{n}.{code[4:].replace('-', '')}:0:*:{one.encode(code).hex()}\n"
            for n, one in enumerate(wanted)
            for code in codes
        )
    )
    register = folder / "own" / "indicators"
    register.mkdir(parents=True)
    patterns = "\n".join(f"    - {json.dumps(one)}" for one in wanted)
    (register / "bench.yaml").write_text(
        "- id: bench-strings\n  party: kaspersky\n  kind: string\n  operator: equals\n"
        f"  patterns:\n{patterns}\n  level: 1\n  meaning: mention\n  examples: [{json.dumps(PLANTED)}]\n"
        "  counterexamples: [nothing of it]\n  falsepositives: All of them.\n  grade: secondary\n  references: [https://example.org/bench]\n"
    )
    plain = folder / "strings.txt"
    plain.write_text("".join(f"{one}\n" for one in wanted))
    return Made(register.parent, yara, clam, plain, environment(XDG_CACHE_HOME=str(folder / "cache")))


def _strings(trees: Sequence[str], made: Made, folder: Path, rounds: int) -> None:
    report = folder / "report.json"
    scan = [debar(), "scan", *(f"tree:{tree}" for tree in trees), "--strings", "--register", str(made.register)]
    scan += ["-o", f"json={report}", "--fail-on", "none"]
    commands: dict[str, list[str]] = {
        "cat": ["find", *trees, "-type", "f", "-exec", "cat", "{}", "+"],
        "debar": scan,
    }
    commands[_ALONE] = [sys.executable, str(_HERE / "trees_peers.py"), "strings", str(made.plain), *trees]
    if taskset := shutil.which("taskset"):
        commands["debar, one core"] = [taskset, "-c", "0", *scan]
    else:
        print("  left out: debar on one core, for which taskset is needed")
    peers = {"YARA-X": _peer("yara", str(made.yara), *trees)}
    if shutil.which("clamscan"):
        peers["ClamAV"] = ["clamscan", "-r", "-i", "--no-summary", "-d", str(made.clam), "--max-filesize=2000M",
                           "--max-scansize=2000M", "--scan-archive=no", "--scan-pe=no", "--scan-elf=no", "-z", *trees]  # fmt: skip
    else:
        print("  left out: ClamAV is not installed")
    commands |= {name: command for name, command in peers.items() if command}
    costs: dict[str, list[Cost]] = {name: [] for name in commands}

    def measured(name: str) -> float:
        # Status 1 of clamscan: something was found; 3 of debar: something could not be read.
        costs[name].append(child(commands[name], made.env, (0, 1, 2, 3)))
        return costs[name][-1].wall

    measured("debar")  # compiles the register
    costs["debar"].clear()
    figures = alternate(rounds, {name: lambda name=name: measured(name) for name in commands})  # type: ignore[misc]
    table("seconds", figures)
    processor = {name: [cost.cpu for cost in many] for name, many in costs.items()}
    table("seconds of CPU", processor)
    table("peak memory of one process, MB", {name: [cost.peak for cost in many] for name, many in costs.items()})
    _same(trees, commands, report)
    _goals(figures, processor)


def _goals(figures: Mapping[str, Sequence[float]], processor: Mapping[str, Sequence[float]]) -> None:
    """Print the goals for the search alone, which is what the others do, and for the scan, which does more."""
    for mine in (_ALONE, "debar"):
        print(f"  {mine}:")
        goal("times as long as cat", ratio(figures[mine], figures["cat"]), at_most=_WITHIN)
        for name, faster in (("YARA-X", _YARA), ("ClamAV", _CLAM)):
            if name in figures:
                goal(f"times faster than {name}", ratio(figures[name], figures[mine]), at_least=faster)
                print(f"  {ratio(processor[name], processor[mine]):.1f} times less CPU than {name}")
    if "debar, one core" in figures:
        goal("two cores against one", ratio(figures["debar, one core"], figures["debar"]), at_least=_CORES)


def _same(trees: Sequence[str], commands: Mapping[str, Sequence[str]], report: Path) -> None:
    """Print in how many files each program found the string that is there, and which files differ."""
    exposures = json.loads(report.read_bytes())
    paths = {source["id"]: source["path"] for source in exposures["sources"]}
    ours = {
        paths[match["source"]]
        for exposure in [*exposures["exposures"], *(aside["exposure"] for aside in exposures["set_aside"])]
        for match in exposure["matches"]
        if match["observable"]["kind"] == "string" and match["observable"]["value"] in strings()
    }
    print(f"  {len(ours)} files have one of the strings by debar's report")
    for name in (_ALONE, "YARA-X", "ClamAV"):
        if name in commands:
            said = subprocess.run(commands[name], capture_output=True, text=True, check=False).stdout
            theirs = {line.rpartition(": ")[0] or line for line in said.splitlines() if line.startswith(tuple(trees))}
            print(f"  {len(theirs)} by {name}; {len(ours - theirs)} not there, {len(theirs - ours)} only there")


def _peer(kind: str, *arguments: str) -> list[str]:
    """Give the command of a peer's loop; nothing, and a word about it, where the peer is not installed."""
    interpreter = os.environ.get(PEERS) or sys.executable
    module = {"yara": "yara_x", "pefile": "pefile", "lief": "lief", "lief-checked": "lief"}[kind]
    done = subprocess.run([interpreter, "-c", f"import {module}"], capture_output=True, check=False)
    if done.returncode:
        print(f"  left out: {module} is not installed in {interpreter}; {PEERS} may name another")
        return []
    return [interpreter, str(_HERE / "trees_peers.py"), kind, *arguments]


def _makers(trees: Sequence[str], rounds: int) -> None:
    """Time company and signer; each program prints its CPU and what it found."""
    own = [sys.executable, str(_HERE / "trees_peers.py")]
    commands = {
        "debar, names": [*own, "debar", *trees],
        "debar, checked": [*own, "debar-checked", *trees],
        "pefile": _peer("pefile", *trees),
        "LIEF": _peer("lief", *trees),
        "LIEF, checked": _peer("lief-checked", *trees),
    }
    told: dict[str, tuple[int, int]] = {}

    def measured(name: str) -> float:
        done = subprocess.run(commands[name], capture_output=True, check=True, cwd=_HERE.parent)
        cpu, companies, signed = json.loads(done.stdout)
        told[name] = companies, signed
        return float(cpu)

    figures = alternate(rounds, {name: lambda name=name: measured(name) for name in commands if commands[name]})  # type: ignore[misc]
    table("company and signer, CPU", figures)
    for name, (companies, signed) in told.items():
        print(f"  {name}: a company in {companies}, a signature in {signed}")
        goal(f"fewer results than {name}", max(companies - told["debar, names"][0], signed - told["debar, names"][1], 0), at_most=0)  # fmt: skip
    for name, mine, faster in (
        ("pefile", "debar, names", _PEFILE),
        ("LIEF", "debar, names", _LIEF),
        ("LIEF, checked", "debar, checked", _LIEF),
    ):
        if name in figures:
            goal(f"times less CPU than {name}", ratio(figures[name], figures[mine]), at_least=faster)
