# SPDX-License-Identifier: Apache-2.0
"""Who publishes a paper, and from where it says to have it: read from its address and from the lines around its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.flat import flat
from debar.intake.papers.once import once
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.lexicon import Lexicon, Outlet

_HOST = re.compile(
    r"(?:https?://)?(?:[^/@\s]{0,200}@)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?![\w.-]*@)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:(?:url|link|permalink|canonical|web|website|address)\s{0,2}:\s{0,3})?(https?://[^\s<>\"]{4,400})",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]{1,64}@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT)[ ,©]{0,3}(?:\([cC]\) ?)?(?:(?:19|20)[0-9]{2}(?:\s?[-–]\s?(?:19|20)?[0-9]{2})?)?[ ,]{0,2}(?:by )?"
    r"([A-Z0-9À-Þ][\w&'’.-]{0,30}(?: (?:[A-Z0-9À-Þ][\w&'’.-]{0,30}|of|and|the|for|&|de|des)){0,6})"
)
_CREDIT = re.compile(
    r"\(?(?:source|via|quelle|original(?: source| article)?|originally from|first published (?:by|on|in|at)|read the original)\)?\s{0,2}[:|]\s{0,3}(\S.{1,200})",
    re.IGNORECASE,
)
_SEEN_BY = re.compile(r"\b(?:seen|obtained|viewed|reviewed) by ((?:The )?[A-Z]\w{2,30})\b")
_AGENCY = re.compile(
    r"[^()\n]{2,60}\(([A-Z][\w /&.-]{1,40})\) ?(?:--|[-–—:|])|[A-ZÀ-Þ]{3,20}, [A-Z]\w{2,8}\.? [0-9]{1,2}, ([A-Z][A-Z ]{2,40})\. "
)
_LETTERHEAD = re.compile(r"[A-ZÀ-Þ][\w'’.-]{1,30}(?: (?:[A-ZÀ-Þ&][\w'’.-]{0,30}|of|and|for|the|de|du)){1,7}")
"""Names of two words and more, each with a capital: a firm, a ministry, a journal."""
_ISSUED_BY = re.compile(
    r"(?:issuer|issued by|issuing (?:authority|body)|publisher|published by|organi[sz]ation|reporting entity|company name)\s{0,2}:\s{1,4}([A-ZÀ-Þ].{2,80})",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s{1,3}(?:\||//|/|·|•|–|—|-|»|>)\s{1,3}| \((?=[A-Z][a-z]+ edition)")
"""Signs between a masthead and the names of its sections."""
_STATE = re.compile(
    r"(?:government|republic|state|kingdom|commonwealth|federal republic|united states) of\b", re.IGNORECASE
)
_OFFICE = re.compile(
    r"(?:department|ministry|bureau|office|agency|commission|directorate|authority|secretariat|service)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:translation|alert|newsflash|press|release|statement|notice|circular|directive|order|update|updated|bulletin|faqs?|questions|home|news$|world|politics|technology|tech$|business|opinion|sports|latest|breaking|live|search|menu|exclusive|analysis|client|memorandum|memo|minutes|law no|act no|episode|confidential|draft|from|by|to|embargo|report|page|part|form|warning|decision|judgment)\b|[0-9]{3}|@",
    re.IGNORECASE,
)
"""What stands at the head and is no name of who publishes: kinds of papers, sections, numbers."""
_FREE_MAIL = frozenset(
    {"gmail.com", "outlook.com", "yahoo.com", "hotmail.com", "protonmail.com", "proton.me", "icloud.com"}
)


def host(address: str) -> str:
    """Give the host in an address, in small letters and without www; empty where there is none."""
    match = _HOST.match(address.strip())
    return match.group(1).lower().removeprefix("www.") if match else ""


def outlet(address: str, lexicon: Lexicon) -> Outlet | None:
    """Give the outlet that an address belongs to: the one with the longest host that ends it."""
    name = host(address)
    if not name:
        return None
    best: tuple[int, Outlet | None] = (0, None)
    for one in lexicon.outlets:
        for own in one.hosts:
            if len(own) > best[0] and (name == own or name.endswith("." + own)):
                best = (len(own), one)
    return best[1]


def own_address(around: Sequence[str]) -> str:
    """Give the address that a text bears for itself: alone on a line, and no credit of somebody else."""
    for line in around:
        if (match := _ADDRESS.fullmatch(line.strip())) and not _CREDIT.match(line):
            return match.group(1)
    return ""


def named_sources(around: Sequence[str]) -> Iterator[str]:
    """Yield what a page names as its source."""
    for line in around:
        if match := _CREDIT.fullmatch(" ".join(line.split())[:260]):
            yield match.group(1).rstrip(")")


def publisher(
    address: str, heads: tuple[Sequence[str], Sequence[str]], around: Sequence[str], body: str, lexicon: Lexicon
) -> str:
    """Give who publishes a paper; empty where nothing tells. The heads are what stands above the title, and below it.

    1. Its address belongs to an outlet that is known.
    2. A line around the text claims the copyright.
    3. A known outlet stands in a line around the text, or the text begins with the dateline of an agency.
    4. A name stands alone at the head, as letterheads do, or before its sections; or an address of mail around the text.
    5. The text says by whom a statement was seen, as outlets do of themselves.
    """
    known = outlet(address, lexicon)
    if known and known.names:  # 1.
        return known.name
    lines = [" ".join(flat(line[:400]).split()) for line in around if len(line) < 2000]
    tops = [" ".join(flat(one[:200]).strip("[]").split()) for one in heads[0][:6]]
    below = [" ".join(flat(one[:200]).split()) for one in heads[1][:4]]
    return (
        _copyright(lines)  # 2.
        or _issuer(lines)
        or _named(lines, body, lexicon)  # 3.
        or _letterhead(tops)  # 4.
        or next((name for line in tops if (name := _masthead(line))), "")
        or next((name for line in below if (name := _masthead(line)) and _is_outlet(name, lexicon)), "")
        or _mailed(lines)
        or _seen_by(body, lexicon)  # 5.
        or host(address)
    )


def _issuer(lines: Sequence[str]) -> str:
    """Give who a field at the head says that it is issued by."""
    return next((match.group(1).strip(" .") for line in lines if (match := _ISSUED_BY.fullmatch(line))), "")


def _letterhead(tops: Sequence[str]) -> str:
    """Give the first name that stands alone at the head; below the name of a state, the last office that follows it."""
    alone = [line for line in tops if _LETTERHEAD.fullmatch(line) and not _NO_NAME.search(line)]
    if not alone:
        return ""
    offices = [line for line in alone[1:] if _OFFICE.match(line)]
    return offices[-1] if offices and _STATE.match(alone[0]) else alone[0]


def _masthead(line: str) -> str:
    """Give the name before the sections of a masthead: The Byte Ledger | Policy | 15 July 2025."""
    pieces = [piece.strip() for piece in _PARTED.split(line)]
    name = pieces[0]
    is_name = len(pieces) > 1 and 3 <= len(name) <= 60 and len(name.split()) <= 7 and name[0].isupper()
    return "" if not is_name or _NO_NAME.search(name) or name[-1] in ".:;?!" else name


def _is_outlet(name: str, lexicon: Lexicon) -> bool:
    """Tell whether a name has a word that papers and agencies call themselves by: below a title others are authors."""
    return bool(_nouns(lexicon).search(phrases.small(name)))


@once
def _nouns(lexicon: Lexicon) -> re.Pattern[str]:
    words = next((one.words for one in lexicon.words if one.id == "paper-outlet"), ())
    return re.compile(phrases.any_of(words) if words else r"(?!)")


def _copyright(lines: Sequence[str]) -> str:
    return next(
        (name for line in lines if (match := _COPYRIGHT.search(line)) and (name := _trimmed(match.group(1)))), ""
    )


def _named(lines: Sequence[str], body: str, lexicon: Lexicon) -> str:
    """Give a known outlet of the lines, agencies last, since others print what they report; else the agency of a dateline."""
    pattern, outlets = _outlets(lexicon.outlets)
    found = [
        outlets[match.group()]
        for line in lines
        if len(line) <= 160 and not _CREDIT.match(line)
        for match in pattern.finditer(line)
    ]
    for one in sorted(found, key=lambda one: one.is_agency):
        return one.name
    match = _AGENCY.match(flat(body[:200]))
    return (match.group(1) or match.group(2).title()).strip() if match else ""


def _mailed(lines: Sequence[str]) -> str:
    hosts = (match.group(1).lower() for line in lines if (match := _MAIL.search(line)))
    return next((name for name in hosts if name not in _FREE_MAIL), "")


def _seen_by(body: str, lexicon: Lexicon) -> str:
    match = _SEEN_BY.search(flat(body[:4000]))
    agencies = {name for one in lexicon.outlets if one.is_agency for name in one.names}
    return match.group(1) if match and match.group(1) not in agencies else ""


@once
def _outlets(outlets: tuple[Outlet, ...]) -> tuple[re.Pattern[str], Mapping[str, Outlet]]:
    """Give a pattern for the names of outlets, and whose each is."""
    names = {name: one for one in outlets for name in one.names}
    either = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)"), names


def _trimmed(name: str) -> str:
    """Give a name without the sentence that follows it."""
    name = re.split(r"\s(?:All|Alle|Tous|Todos)\b|\.\s|\.$", name)[0]
    return "" if name.lower() in ("all rights reserved", "by", "the") else name.strip(" .,")
