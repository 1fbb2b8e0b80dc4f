# SPDX-License-Identifier: Apache-2.0
"""`python -m bench [NAME...]`: run some or all benches; the exit status tells only whether they ran."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from bench.measure import ROOT, Options, environment

BENCHES = {
    "startup": "CPU of the commands against a bare interpreter",
    "reading": "CycloneDX files to observations, against cyclonedx-python-lib",
    "large": "peak memory and time of scanning one very large BOM",
    "matching": "20 million rows of an inventory against every indicator, and loading the index",
    "engines": "matching in rows against matching in columns",
    "decisions": "decisions of the legal procedure per second",
    "register": "the register from its compiled form, from its files, and checked",
    "corpus": "what becomes of each set in a folder of real files (--files)",
    "binaries": "signers and companies of Windows programs, against LIEF where it is installed (--files)",
    "host": "this machine's packages and programs, against syft where it is installed",
    "logs": "logs of --size MB, plain and compressed, against cat, ripgrep, DuckDB and gzip, where they are installed",
    "trees": "file trees (--files): strings in programs against cat, YARA-X and ClamAV; company and signer against pefile, LIEF",
    "columnar": "Parquet of --size MB, a log and an inventory, against reading the columns",
    "spark": "scans with Spark of --size MB against scans in this process, where Spark is installed",
    "names": "names of suppliers against real lists, and what one name, an index and memory cost (--files: labelled names)",
    "papers": "notices and news to drafts, on all cores, and what a hostile megabyte costs",
    "history": "the law on a day over --rows findings of a history, and their bytes, against SQLite",
    "portfolio": "lists and pages of --rows exposures in fifty organisations (--files DIR keeps them there)",
    "service": "fifty people who look and five programs that send (--files DIR of portfolio), asked by Locust",
    "pages": "what each page weighs and how soon it stands in Chromium (--files DIR of make demo-web)",
    "uploads": "files that go into the service: kept, read by workers, and put together as a run",
    "faults": "the service killed --rounds times (100) while uploads and decisions come in: what is lost, by halves, done twice",
    "reports": "a report over 100,000 exposures in every form, and the page of it in a browser",
    "install": "size of a fresh environment with debar in it",
}


def main() -> int:
    """Run the benches that were named; each in a process of its own when there are several."""
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure debar against its goals. A goal that is missed is reported and is no failure.",
        epilog="benches:\n" + "\n".join(f"  {name:<11}{text}" for name, text in BENCHES.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", nargs="*", help="default: all")
    parser.add_argument(
        "--rounds", type=int, default=0, metavar="N", help="alternating rounds (each bench has its own)"
    )
    parser.add_argument("--why", action="store_true", help="startup: also show which modules cost most")
    parser.add_argument(
        "--files",
        type=Path,
        action="append",
        metavar="DIR",
        help="reading, corpus, binaries, names, papers: where the files lie",
    )
    parser.add_argument(
        "--size",
        type=int,
        default=150,
        metavar="MB",
        help="large, logs, columnar, spark: size of a file (default: 150)",
    )
    parser.add_argument("--rows", type=int, default=0, metavar="N", help="history: findings (default: ten million)")
    arguments = parser.parse_args()
    if unknown := [name for name in arguments.name if name not in BENCHES]:
        parser.error(f"no bench is called {unknown[0]!r}; there are {', '.join(BENCHES)}")
    names = arguments.name or list(BENCHES)
    if len(names) == 1:
        options = Options(arguments.rounds, arguments.why, tuple(arguments.files or ()), arguments.size, arguments.rows)
        import_module(f"bench.{names[0]}").run(options)
        return 0
    # One after the other and apart: the memory of one must not count for the next.
    given = [word for word in sys.argv[1:] if word not in BENCHES]
    broken = 0
    for name in names:
        broken += subprocess.run(
            [sys.executable, "-m", "bench", name, *given], cwd=ROOT, env=environment(), check=False
        ).returncode
    return int(broken > 0)


if __name__ == "__main__":
    raise SystemExit(main())
