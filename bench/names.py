# SPDX-License-Identifier: Apache-2.0
"""Screening 100,000 distinct names of suppliers against real lists: speed on one core, waiting, and memory.

Names are made of a real ledger: all its names first; then the beginning of one with the end of another, in every
second one a word that was coined letter by letter after the ledger's words, so that there are as many new words as
real ledgers have; and two in a hundred are names of the list, altered as ledgers alter them. Each round is a process
of its own: nothing that an earlier round learned helps it.
"""

from __future__ import annotations

import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import ROOT, BrokenError, Options, child, debar, environment, goal, table, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.model.listed import PartyList

ROUNDS = 3
COUNT = 100_000
LISTED = 0.02
"""Share of names that are of the list."""
TIMES = 10
"""Rows of a ledger for each distinct name."""
ASKED, PEERS = 200, 100
"""Names that are asked for one by one, and those that peers are asked for."""
_LONGEST = 16
"""Letters of a coined word."""
GOALS = {
    "names a second": (100_000.0, 0.0),
    "ledger rows a second": (1_000_000.0, 0.0),
    "one name, resident (ms)": (0.0, 2.0),
    "index built (s)": (0.0, 1.0),
    "index loaded (ms)": (0.0, 50.0),
}
MEMORY, COLD = 200.0, 0.5
"""Megabytes of a process that screens all names, and seconds of CPU of the command for one name."""


def run(options: Options) -> None:
    """Measure rounds in processes of their own, then the memory of one and the command."""
    rounds = options.rounds or ROUNDS
    corpus = str(options.files[0]) if options.files else ""
    with tempfile.TemporaryDirectory() as folder:
        about = _call("make", folder, corpus)
        figures: dict[str, list[float]] = defaultdict(list)
        for _ in range(rounds):
            for name, value in _call("speed", folder, corpus).items():
                figures[name].append(value)
        title("names", f"{about['names']:,.0f} names against {about['listed']:,.0f} of a list, CPU of one core", rounds)
        table("", figures)
        for name, (least, most) in GOALS.items():
            worst = sorted(figures[name])[len(figures[name]) // 2]
            goal(name, worst, at_least=least, at_most=most)
        peak = child([sys.executable, "-m", "bench.names", "screen", folder, corpus], environment(PYTHONPATH=str(ROOT)))
        goal("peak memory of screening them all (MB)", peak.peak, at_most=MEMORY)
        _command(folder)
        for name, value in _call("peers", folder, corpus).items():
            print(f"  {name}: {value:,.0f} names a second, on {PEERS} of them")


def _command(folder: str) -> None:
    """Tell what `debar screen NAME` costs, from start to end."""
    env = environment(XDG_CACHE_HOME=folder)
    command = [debar(), "screen", "Hikvision Europe B.V.", "--fail-on", "none"]
    try:
        child(command, env)  # byte code, the compiled register and its index are there from now on
        costs = [child(command, env) for _ in range(5)]
    except BrokenError as error:
        print(f"  debar screen could not be measured: {error}")
        return
    cost = min(costs, key=lambda one: one.cpu)
    goal(f"debar screen NAME, seconds of CPU ({cost.wall:.2f} s in all)", cost.cpu, at_most=COLD)


def _call(part: str, folder: str, corpus: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.names", part, folder, corpus]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment(), check=False)
    if done.returncode:
        raise BrokenError(f"{' '.join(command)}: {done.stderr.decode(errors='replace').strip()}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def mixture(ledger: Sequence[str], listed: Sequence[str], count: int = COUNT) -> list[str]:
    """Give so many distinct names in the way of a ledger, the same in every run; see the head of this module."""
    dice = random.Random(7)
    split = [name.split() for name in ledger]
    coin = _coiner([word for words in split for word in words if word.isalpha() and len(word) > 3], dice)
    made = dict.fromkeys(ledger[: int(count * (1 - LISTED))])
    while len(made) < int(count * (1 - LISTED)):
        first, second = dice.choice(split), dice.choice(split)
        words = first[: max(1, len(first) // 2)] + second[len(second) // 2 :]
        if dice.random() < 0.5:
            words[dice.randrange(len(words))] = coin()
        made[" ".join(words)] = None
    while len(made) < count:
        made[_altered(dice.choice(listed), dice)] = None
    names = list(made)
    dice.shuffle(names)
    return names


def _coiner(words: Sequence[str], dice: random.Random) -> Callable[[], str]:
    """Give what coins words of which every three letters stand together in some word."""
    after: dict[str, list[str]] = defaultdict(list)
    for word in words:
        padded = f"  {word.upper()} "
        for place in range(len(padded) - 2):
            after[padded[place : place + 2]].append(padded[place + 2])

    def coin() -> str:
        word = "  " + dice.choice(after["  "])
        while len(word) < _LONGEST and not word.endswith(" "):
            word += dice.choice(after[word[-2:]])
        return word.strip()

    return coin


def _altered(name: str, dice: random.Random) -> str:
    """Give a listed name as a ledger might have it."""
    place = dice.randrange(len(name))
    return dice.choice(
        (
            name,
            name.upper(),
            name[:22],
            name[:place] + name[place + 1 :],
            f"INV {dice.randrange(10**6)} {name}",
            f"{name} REF {dice.randrange(10**6)}",
            " ".join(reversed(name.split())),
        )
    )


def _make(folder: Path, corpus: str) -> dict[str, float]:
    """Write the names, and the list's index as it is kept."""
    from debar.screen.building import build
    from debar.screen.index import kept

    listed, ledger = _read(corpus)
    texts = [name.text for party in listed.parties for name in party.names]
    names = mixture(ledger, texts)
    folder.joinpath("names.json").write_text(json.dumps(names), encoding="utf-8")
    folder.joinpath("index").write_bytes(kept(build(listed)))
    return {"names": len(names), "listed": len(texts)}


def _speed(folder: Path, corpus: str) -> dict[str, float]:
    from debar.cli import COLLECTED
    from debar.screen.building import build
    from debar.screen.index import load
    from debar.screen.screening import Screener, screen

    listed, _ = _read(corpus)
    names = json.loads(folder.joinpath("names.json").read_bytes())
    gc.set_threshold(*COLLECTED)  # as the command does
    loaded = _timed(lambda: load(folder.joinpath("index").read_bytes()))
    index = load(folder.joinpath("index").read_bytes())
    first = _timed(lambda: screen(index, names[:1]))
    bulk = _timed(lambda: screen(index, names))
    rows = names * TIMES
    random.Random(7).shuffle(rows)
    fresh = load(folder.joinpath("index").read_bytes())
    joined = _timed(lambda: _rows(rows, lambda distinct: screen(fresh, distinct)))
    resident = Screener(index)
    one = [_timed(lambda name=name: list(resident.screen([name]))) for name in names[:ASKED]]  # type: ignore[misc]
    return {
        "names a second": len(names) / bulk,
        "ledger rows a second": len(rows) / joined,
        "one name, resident (ms)": 1000 * sum(one) / len(one),
        "one name, resident, slowest of 200 (ms)": 1000 * max(one),
        "index built (s)": _timed(lambda: build(listed)),
        "index loaded (ms)": 1000 * loaded,
        "index loaded, and the first name (ms)": 1000 * (loaded + first),
    }


def _rows(rows: Sequence[str], ask: Callable[[list[str]], Sequence[object]]) -> int:
    """Give how many rows have a hit: distinct names are asked for, and what comes of them is joined back to rows."""
    distinct = list(dict.fromkeys(rows))
    found = dict(zip(distinct, ask(distinct), strict=True))
    return sum(1 for row in rows if found[row])


def _screen(folder: Path, _: str) -> dict[str, float]:
    """Screen all names with the index as it is kept, and nothing else."""
    from debar.screen.index import load
    from debar.screen.screening import screen

    names = json.loads(folder.joinpath("names.json").read_bytes())
    return {"hits": sum(map(len, screen(load(folder.joinpath("index").read_bytes()), names)))}


def _peers(folder: Path, corpus: str) -> dict[str, float]:
    """Time the peers that are installed on a few names; what they make of the list first is not counted."""
    from quality.names import peers

    listed, _ = _read(corpus)
    names = json.loads(folder.joinpath("names.json").read_bytes())[:PEERS]
    speeds = {}
    for peer in peers.installed():
        if peer.is_bulk:
            rank = peer.prepare(listed)
            speeds[peer.name] = PEERS / _timed(lambda rank=rank: rank(names))  # type: ignore[misc]
    return speeds


def _read(corpus: str) -> tuple[PartyList, tuple[str, ...]]:
    from quality.names import corpus as labelled

    read = labelled.read(Path(corpus) if corpus else None)
    return read.listed, read.ledger


def _timed(work: Callable[[], object]) -> float:
    """Give the seconds of CPU that something takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    _PARTS = {"make": _make, "speed": _speed, "screen": _screen, "peers": _peers}
    print(json.dumps(_PARTS[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])))
