# SPDX-License-Identifier: Apache-2.0
"""Checking proofs: what is said of each, and of the series that they are."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from debar.cli import output
from debar.errors import EvidenceError, UsageError
from debar.model.results import Result
from debar.proof import verify as proofs
from debar.proof.verify import Fault, Trust, Verdict
from debar.register import trust
from debar.writers import json
from debar.writers.layout import Page

if TYPE_CHECKING:
    import argparse

    from debar.writers import Style


class Checked(Result, frozen=True, kw_only=True):
    """What checking one proof or a series of them came to."""

    intact: bool
    proofs: tuple[Verdict, ...]
    series: tuple[Fault, ...]
    """Gaps between proofs that were named one after the other."""


def verify(options: argparse.Namespace, targets: list[output.Target]) -> int:
    """Check every proof that is named, say what is wrong with each, and give 0 or 5."""
    if not options.source:
        raise UsageError("no proof is named", hint="debar prove --verify DIR|FILE.zip")
    directory = trust.key_directory()
    keys = trust.keys([directory] if directory else [], [Path(file) for file in options.key or ()])
    trusted = Trust(keys, is_demanded=bool(options.key))
    verdicts = tuple(_verdict(Path(source), trusted, is_again=options.inputs) for source in options.source)
    gaps = tuple(proofs.series(verdicts))
    checked = Checked(intact=all(one.intact for one in verdicts) and not gaps, proofs=verdicts, series=gaps)
    output.write(targets, options, lambda form, out, style: _write(checked, form, out, style))
    return 0 if checked.intact else EvidenceError.exit_code


def _verdict(proof: Path, trusted: Trust, *, is_again: bool) -> Verdict:
    places = {one.path: Path(one.path) for one in proofs.recorded(proof)} if is_again else None
    return proofs.verify(proof, trusted, places)


def _write(checked: Checked, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document(checked, out, style)
        return
    page = Page(out, style)
    for number, verdict in enumerate(checked.proofs):
        if number:
            page.line()
        _write_verdict(verdict, page)
    if len(checked.proofs) > 1:
        page.heading("Series", "broken" if checked.series else "none between them is missing")
    for gap in checked.series:
        page.paragraph(f"{gap.name} {gap.what}", hang=2, style="red")


def _write_verdict(verdict: Verdict, page: Page) -> None:
    page.title(verdict.proof, "intact" if verdict.intact else "BROKEN")
    if verdict.time:
        page.field("made", f"{verdict.time}, by its own word")
    signer = f"{verdict.signed}: {verdict.key}" if verdict.key else verdict.signed
    page.field("signed", signer)
    if verdict.head:
        page.field("head", verdict.head)
        page.field("holds", f"{verdict.files} files, {verdict.entries} entries, {verdict.inputs} inputs")
    if verdict.after:
        page.field("after", verdict.after)
    for fault in verdict.faults:
        page.paragraph(f"{fault.step}: {fault.name}{': ' if fault.name else ''}{fault.what}", hang=2, style="red")
    for remark in verdict.remarks:
        page.paragraph(f"note: {remark}", hang=2, style="yellow")
