# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a decision that has the right form: each fault with the field that it stands in."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from debar import dates
from debar.decisions.people import is_person, is_same_person
from debar.decisions.scope import SETS_ASIDE
from debar.model.vocab import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Decision

YEARS = 5
"""Years after its day within which a decision ends: the usual length of a contract with the United States government
(48 CFR 17.204(e), which lets agencies approve more). The limit is debar's own and no law's: who decides for ever has not
decided to look again, and what lasts longer can be decided anew."""
SCOPE = ("exposure", "assets", "purl", "party", "measure")
_EXPOSURE = re.compile(r"exp-[0-9a-f]{12}")
_PARTY = re.compile(r"[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)?")
_MEASURE = re.compile(r"[a-z0-9][a-z0-9.-]*(#[a-z0-9][a-z0-9.-]*)?")
_PURL = re.compile(r"pkg:[a-z0-9.+-]+/[^?#\s]*[^*?#\s/@][^?#\s]*", re.IGNORECASE)
_LONGEST = 2000
"""Characters of a package URL: the pattern above takes time that grows with the square of them."""
_SHOWN = 80
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OF = {"exemption": Verdict.EXEMPT, "granted_by": Verdict.WAIVED}


def faults(decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one decision: the field, and what to say of it."""
    yield from _scope(decision)
    yield from _verdict(decision)
    yield from _paper(decision)
    yield from _people(decision)
    yield from _days(decision)


def _scope(decision: Decision) -> Iterator[tuple[str, str]]:
    if not any(getattr(decision, field) for field in SCOPE):
        yield "", f"it does not say what it is about: write one of {', '.join(SCOPE)}, or several"
    if decision.exposure and not _EXPOSURE.fullmatch(decision.exposure):
        yield "exposure", f"{decision.exposure!r} is no id of an exposure, such as exp-59a474ae39a2"
    if not all(pattern.strip() for pattern in decision.assets):
        yield "assets", "a pattern of assets is empty"
    if decision.purl and not (len(decision.purl) <= _LONGEST and _PURL.fullmatch(decision.purl)):
        yield (
            "purl",
            f"{decision.purl[:_SHOWN]!r} is no package URL, such as pkg:npm/left-pad or pkg:maven/org.example/*",
        )
    if decision.party and not _PARTY.fullmatch(decision.party):
        yield "party", f"{decision.party!r} is no party or party/product, such as kaspersky/endpoint-security"
    if decision.measure and not _MEASURE.fullmatch(decision.measure):
        yield "measure", f"{decision.measure!r} is no measure or measure#provision, such as us-dhs-bod-17-01#remove"


def _verdict(decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield what a verdict needs and lacks, and what it has no use for."""
    verdict = decision.verdict
    names_assets = bool(decision.assets) and all(pattern.strip("*?") for pattern in decision.assets)
    is_narrow = decision.exposure or decision.purl or "/" in decision.party or (decision.party and names_assets)
    if verdict in SETS_ASIDE and not is_narrow:
        # Whatever came to such a machine, or of such a party, later would never be seen.
        wide = "assets alone, or a whole party, would also set aside what comes later"
        yield "", f"{verdict} needs an exposure, a purl, a party/product, or a party with assets: {wide}"
    if verdict in SETS_ASIDE | {Verdict.CONFIRMED} and decision.measure:
        yield "measure", f"{verdict} is about what is there, whatever a measure says of it: leave measure out"
    if verdict is Verdict.EXEMPT:
        if "#" not in decision.measure:
            yield "measure", "exempt names the provision that the exemption belongs to: measure#provision"
        if not decision.exemption:
            yield (
                "exemption",
                "exempt names the exemption of the law, by its id: debar register show MEASURE lists them",
            )
    if verdict is Verdict.WAIVED:
        if not decision.measure:
            yield "measure", "waived names what was waived: a measure or measure#provision"
        if not decision.granted_by.strip():
            yield "granted_by", "waived names the authority that granted it"
        if not (decision.document or decision.reference.strip()):
            yield "document", "waived needs its paper: document with sha256, or reference where it is no file here"
    for field, only in _OF.items():
        if getattr(decision, field) and verdict is not only:
            yield field, f"only {only} has {field}, and this is {verdict}"


def _paper(decision: Decision) -> Iterator[tuple[str, str]]:
    parts = decision.document.replace("\\", "/").split("/")
    if decision.document and (".." in parts or parts[0] == "" or ":" in parts[0]):
        yield "document", f"{decision.document!r} leads out of the folder of the decisions: keep it there or below"
    if bool(decision.document) != bool(decision.sha256):
        yield ("sha256", "the digest of no document") if decision.sha256 else ("document", "its sha256 is missing")
    elif decision.sha256 and not _SHA256.fullmatch(decision.sha256):
        yield "sha256", f"{decision.sha256!r} is no SHA-256 digest: 64 digits from 0 to f, in small letters"


def _people(decision: Decision) -> Iterator[tuple[str, str]]:
    if not decision.reason.strip():
        yield "reason", "reason is empty"
    if not is_person(decision.requester):
        yield "requester", "requester is empty"
    if decision.approver and not is_person(decision.approver):
        yield "approver", "approver is empty"
    elif not decision.approver and decision.verdict is not Verdict.CONFIRMED:
        yield "approver", f"{decision.verdict} needs an approver: another person, who agreed"
    elif decision.approver and is_same_person(decision.requester, decision.approver):
        said = f"approver {decision.approver!r} is the requester, or cannot be told from {decision.requester!r}"
        yield "approver", f"{said}: nobody approves what he asked for; two people of like names are written in full"


def _days(decision: Decision) -> Iterator[tuple[str, str]]:
    wrong = [(field, said) for field in ("created", "expires") if (said := _no_day(getattr(decision, field)))]
    yield from wrong
    if wrong:
        return
    if decision.expires < decision.created:
        yield "expires", f"it expires on {decision.expires}, before it was decided on {decision.created}"
    elif decision.expires > (latest := last_day(decision.created)):
        yield "expires", f"it expires on {decision.expires}, and {latest} is the latest: {YEARS} years after its day"


def last_day(created: str) -> str:
    """Give the latest day on which a decision may expire."""
    day = date.fromisoformat(created)
    is_leap_day = (day.month, day.day) == (2, 29)
    return f"{day.year + YEARS}-02-28" if is_leap_day else day.replace(year=day.year + YEARS).isoformat()


def _no_day(text: str) -> str:
    """Give what is wrong with a day, or nothing."""
    try:
        dates.parse(text)
    except ValueError as e:
        return str(e)
    return "" if dates.is_date(text) else f"{text!r} is no day, such as 2025-06-30"
