# SPDX-License-Identifier: Apache-2.0
"""The forms in which law is cited, and how the register writes each: one row a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Form(NamedTuple):
    """One form of citation."""

    form: str
    marks: tuple[str, ...]
    """Texts of which one stands in every citation of this form: looked for first, for that is quick."""
    pattern: re.Pattern[str]
    written: str | Callable[[re.Match[str]], str]
    """With {0}, {1} for what its groups hold, or a function of the match."""


def _row(form: str, marks: str, pattern: str, written: str | Callable[[re.Match[str]], str], flags: int = 0) -> Form:
    """Give a row; a space of the pattern stands for any spaces, and none where the text has none."""
    return Form(form, tuple(marks.split("|")), re.compile(pattern.replace(" ", r"\s{0,12}"), flags), written)


_PINPOINT = r"(?:\([0-9A-Za-z]{1,5}\)){0,4}"
_SECTION = (
    r"(?:, ?(?:div\.|division) ?[A-Z]{1,2}\b)?(?:, ?(?:sec\.|secs\.|section|sections|§{1,2}) ?[0-9]{1,5}[A-Za-z]?)?"
)
_NO = r"(?:(?:No|no|Nr|nr|Nº|№)s?\.?)?"


def _bare(text: str) -> str:
    return text.replace(",", "").replace(" ", "")


def _code(match: re.Match[str]) -> str:
    """Give 15 CFR 7.103(a), or 15 CFR part 7, subpart D."""
    title, part, number = match["title"], match["part"], match["number"]
    subpart = f", subpart {match['subpart'].upper()}" if match["subpart"] else ""
    return f"{title} CFR {'part ' if part else ''}{number.rstrip('.')}{subpart}"


def _title_of_code(match: re.Match[str]) -> str:
    return f"{match[1]} {'CFR' if match[2].lower().startswith('code of f') else 'U.S.C.'} {match[3] or ''}{match[4]}"


def _act_of_union(match: re.Match[str]) -> str:
    """Give Regulation (EU) 2022/2065, whatever institution is put before it."""
    return f"{match[1].capitalize()} ({match[2].upper()}) {_bare(match[3])}"


def _public_law(match: re.Match[str]) -> str:
    division, section = match["division"], match["section"] or match["before"]
    parts = [
        f"Pub. L. {match['number']}",
        f"div. {division}" if division else "",
        f"section {section}" if section else "",
    ]
    return ", ".join(part for part in parts if part)


FORMS = (
    _row(
        "fr",
        "FR|F.R.|Fed|Federal Register",
        r"\b([0-9]{2,3}) (?:FR|F\.R\.|Fed\. ?Reg\.|Federal Register) (?:at )?([0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,6})\b",
        lambda match: f"{match[1]} FR {_bare(match[2])}",
    ),
    _row(
        "cfr",
        "CFR|F.R.|F. R.",
        r"\b(?P<title>[0-9]{1,2}) (?:CFR|C\. ?F\. ?R\.) (?:§{1,2} ?)?(?:(?P<part>[Pp]arts?\b|pt\.) )?(?:[Ss]ec(?:tion|\.) )?"
        rf"(?P<number>[0-9]{{1,4}}(?:\.[0-9]{{1,6}}(?:-[0-9]{{1,4}})?)?{_PINPOINT})(?:,? [Ss]ubpart (?P<subpart>[A-Za-z])\b)?",
        _code,
    ),
    _row(
        "usc",
        "U.S.C|USC|U. S. C|U.S. C|US C",
        rf"\b([0-9]{{1,2}}) U\.? ?S\.? ?C\.?(?: ?A\.)? (?:§{{1,2}} ?)?([0-9]{{1,5}}[a-z]{{0,3}}(?:-[0-9]{{1,5}}[a-z]?)?{_PINPOINT})",
        "{0} U.S.C. {1}",
    ),
    _row(
        "cfr",
        "Title|title",
        r"\b[Tt]itle ([0-9]{1,2}),? (?:of )?(?:the )?(Code of Federal Regulations|United States Code|U\.S\. Code),? (?:§|[Ss]ection )?([Pp]art )?"
        r"([0-9]{1,5}(?:\.[0-9]{1,5})?)",
        _title_of_code,
    ),
    _row("statute", "Stat.", r"\b([0-9]{2,3}) Stat\. ([0-9]{1,5})\b", "{0} Stat. {1}"),
    _row(
        "public-law",
        "Pub|P.L.|P. L.|PL |Public Law",
        r"(?:\b[Ss]ection (?P<before>[0-9]{1,5}) of )?\b(?:Pub\. ?L\.|P\. ?L\.|Public Law|PL) (?:No\. )?(?P<number>[0-9]{2,3}[-\u2013][0-9]{1,4})"
        r"(?:, (?:div\.|[Dd]ivision) (?P<division>[A-Z]{1,2})\b)?(?:, (?:secs?\.|[Ss]ections?|§{1,2}) (?P<section>[0-9]{1,5}))?",
        _public_law,
    ),
    _row(
        "executive-order",
        "xecutive|EXECUTIVE|E.O|E. O|EO ",
        r"\b(?:(?:Executive|executive|EXECUTIVE) (?:Order|order|ORDER) (?:\((?:E\. ?O\.|EO)\) )?|E\. ?O\. |EO )(?:No\. |Number )?([0-9]{4,5})\b",
        "EO {0}",
    ),
    _row("proclamation", "Proclamation", r"\bProclamation (?:No\. )?([0-9]{4,5})\b", "Proclamation {0}"),
    _row(
        "far",
        "52.2",
        rf"\b(?:FAR|DFARS|HSAR|GSAR|48 CFR)? ?(?:clauses? |provisions? )?((?:2|5|30)?52\.2[0-9]{{2}}-[0-9]{{1,4}}){_PINPOINT}",
        "48 CFR {0}",
    ),
    _row(
        "far",
        "FAR",
        rf"\b(?:FAR|DFARS) (?:[Ss]ubpart |[Pp]art |[Ss]ection )?([0-9]{{1,3}}(?:\.[0-9]{{1,4}})?(?:-[0-9]{{1,3}})?){_PINPOINT}",
        "FAR {0}",
    ),
    _row("far", "FAR", r"\b(?P<body>FAR|DFARS) [Cc]ase (?P<number>(?:19|20)[0-9]{2}-[A-Z]?[0-9]{3})\b", "{0} Case {1}"),
    _row("far", "FAC ", r"\bFAC (?:No\. )?((?:19|20)[0-9]{2}-[0-9]{2})\b", "FAC {0}"),
    _row(
        "bod",
        "irective|BOD",
        r"\b(?:[Bb]inding [Oo]perational [Dd]irective (?:\(BOD\) )?|BOD )(?:No\. )?([0-9]{2}-[0-9]{2})\b",
        "BOD {0}",
    ),
    _row("bod", "irective|ED ", r"\b(?:[Ee]mergency [Dd]irective (?:\(ED\) )?|ED )([0-9]{2}-[0-9]{2})\b", "ED {0}"),
    _row("omb", "M-", r"\b(?:OMB )?(?:[Mm]emorandum )?(?:No\. )?M-([0-9]{2}-[0-9]{2})\b", "OMB M-{0}"),
    _row(
        "pspf",
        "irection",
        r"\b(?:PSPF |Protective Security Policy Framework (?:\(PSPF\) )?)?[Dd]irection (?:No\. )?([0-9]{3}-20[0-9]{2})\b",
        "PSPF Direction {0}",
    ),
    _row("fcc", "DA ", r"\bDA (?:No\. )?([0-9]{2}-[0-9]{1,4})\b", "DA {0}"),
    _row("fcc", "FCC", r"\bFCC (?:No\. )?([0-9]{2}-[0-9]{1,4})\b", "FCC {0}"),
    _row("fcc", "DOC-", r"\bDOC-([0-9]{5,6}[A-Z]?[0-9]?)\b", "DOC-{0}"),
    _row(
        "document-number",
        "Doc|doc",
        r"\b(?:FR|Fed\. ?Reg\.) [Dd]oc\. ?(?:No\. )?((?:[0-9]{4}|[0-9]{2}|[A-Z][0-9])-[0-9]{4,6})\b",
        "FR Doc. {0}",
    ),
    _row("document-number", "RIN", r"\bRIN:? ?([0-9]{4}-[A-Z]{2}[0-9]{2,3})\b", "RIN {0}"),
    _row(
        "document-number",
        "ode|ODE",
        r"\b[Bb](?:illing|ILLING) [Cc](?:ode|ODE):? ?([0-9]{4}-[0-9A-Z]{2}-?[A-Z]?)\b",
        "billing code {0}",
    ),
    _row("document-number", "ICTS-", r"\b(ICTS-(?:19|20)[0-9]{2}-[0-9]{3,4})\b", "{0}"),
    _row("document-number", "-", r"\b([0-9]{6}-[0-9]{4})\b(?=\])", "docket {0}"),
    _row(
        "document-number",
        "ocket",
        r"\b(?:(?:[A-Z]{2} )?[Dd]ocket)s? (?:Nos?\. |ID )?([A-Z]{0,8}-?(?:[0-9]{4}|[0-9]{2})-[0-9]{2,6})\b",
        "docket {0}",
    ),
    _row(
        "eu",
        "egulation|irective|ecision|REGULATION|DIRECTIVE|DECISION",
        r"\b(?:(?:Council|Commission|Parliament|Delegated|Implementing|Framework) ){0,3}(Regulation|Directive|Decision) \((EU|EC|EEC|CFSP|Euratom|EU, Euratom)\) "
        rf"{_NO} ([0-9]{{1,4}} ?/ ?[0-9]{{1,4}})(?:/[A-Z]{{2,4}})?\b",
        _act_of_union,
        re.IGNORECASE,
    ),
    _row(
        "eu",
        "egulation|irective|ecision|REGULATION|DIRECTIVE|DECISION",
        r"\b(?:(?:Council|Commission|Delegated|Implementing) ){0,3}(Regulation|Directive|Decision) "
        rf"{_NO} ([0-9]{{2,4}} ?/ ?[0-9]{{1,4}})/(EU|EC|EEC|CFSP)\b",
        lambda match: f"{match[1].capitalize()} {_bare(match[2])}/{match[3]}",
        re.IGNORECASE,
    ),
    _row("eu", "COM", r"\bCOM ?\(((?:19|20)[0-9]{2})\) ([0-9]{1,4})(?: final)?", "COM({0}) {1} final"),
    _row("eu", "(COD|(INI|(CNS|(NLE|(RSP", r"\b((?:19|20)[0-9]{2}/[0-9]{4}) ?\((COD|INI|CNS|NLE|RSP)\)", "{0}({1})"),
    _row(
        "eu",
        "_TA|A8-|A9-|A10-",
        r"\b(P[0-9]{1,2}_TA(?:-PROV)?\([0-9]{4}\)[0-9]{4}|A[0-9]{1,2}-[0-9]{4}/[0-9]{4})\b",
        "{0}",
    ),
    _row("case", "C-|T-|F-", r"\b(?:[Cc]ase |Cases )?((?:C|T|F)[-\u2011][0-9]{1,4}/[0-9]{2})\b(?: P\b)?", "Case {0}"),
    _row(
        "uk",
        "SI |S.I|S. I|SR |SSI",
        r"\b(?:SI|S\. ?I\.|SR|SSI) ((?:19|20)[0-9]{2})(?:/| ?No\.? )([0-9]{1,5})\b",
        "SI {0}/{1}",
    ),
    _row(
        "case",
        "FC|SCC|EW|UKSC|HC",
        r"\b(\[?(?:19|20)[0-9]{2}\]?) (FC|FCA|SCC|EWHC|EWCA Civ|UKSC|HCA|FCAFC|NZHC|NSWSC|QCCS|ONSC) ([0-9]{1,5})\b",
        "{0} {1} {2}",
    ),
    _row(
        "case",
        "U.S.|U. S.|F.|S. C",
        r"\b([0-9]{2,4}) (U\. ?S\.|F\. ?(?:2d|3d|4th)|F\. ?Supp\. ?[23]d|S\. ?Ct\.) ([0-9]{1,4}|_{2,4})\b",
        "{0} {1} {2}",
    ),
    _row("case", "cv|cr|mc|mj|bk", r"\b([0-9]:[0-9]{2}-(?:cv|cr|mc|mj|bk)-[0-9]{3,6})\b", "{0}"),
    _row(
        "case",
        "No",
        r"\b(?:[Cc]ase |[Dd]ocket |[Aa]ppeal |[Ff]ile )?Nos?\. ([0-9]{2}-[0-9]{2,5}(?:(?:,| and) [0-9]{2}-[0-9]{2,5}){0,3})\b",
        "No. {0}",
    ),
    _row("case", "ase", r"\b[Cc]ase (?:No\. |number )([A-Z]{1,6}-?[0-9]{2,4}-[0-9]{2,5})\b", "{0}"),
    _row(
        "law",
        "§",
        r"(?<![\w])§{1,2} ?([0-9]{1,4}[a-z]{0,2}(?:(?:,| and| und|-) [0-9]{1,4}[a-z]{0,2}){0,3}) ?(?:(?:Abs\.|para\.|Satz) ?[0-9]{1,2} ?){0,2}"
        r"(?:of (?:the )?)?(BSIG|TKG|AWG|AWV|TDDDG|GG|VwGO|UWG|BDSG|BSI Act)\b",
        "§ {0} {1}",
    ),
    _row(
        "law",
        "Law|Decree|Ordinance|Order in Council|Decision|GSR|G.S.R",
        r"\b(Law|Decree-Law|Legislative Decree|Executive Decree|Ministerial Decree|Royal Decree|Decree|Ordinance|Order in Council P\.C\.|Government Decision|GSR|G\.S\.R\.)"
        rf" {_NO} ([0-9]{{1,6}}(?:[-/ ][0-9A-Z()-]{{1,12}}){{0,2}})",
        "{0} {1}",
    ),
    _row("law", "SOR|DORS", r"\b(?:SOR|DORS)/([0-9]{2,4}-[0-9]{1,4})\b", "SOR/{0}"),
    _row("law", "P.C.", r"\bP\.C\. ([0-9]{4}-[0-9]{1,5})\b", "P.C. {0}"),
    _row("bill", "H.R|H. R|HR", r"\b(?:H\. ?R\.|HR) ([0-9]{1,5})\b(?! [a-z]{0,4} ?million)", "H.R. {0}"),
    _row("bill", "enate|SB|S.B", r"\b(?:[Ss]enate [Bb]ill|SB|S\.B\.) ([0-9]{1,5})\b", "SB {0}"),
    _row("bill", "ouse|HB|H.B", r"\b(?:[Hh]ouse [Bb]ill|HB|H\.B\.) ([0-9]{1,5})\b", "HB {0}"),
    _row("bill", "ill ", r"\b[Bb]ill ([CSA]-?[0-9]{1,4})\b", "Bill {0}"),
    _row(
        "act",
        "NDAA|Authorization",
        r"\b(?:FY|[Ff]iscal [Yy]ear) ?(20[0-9]{2}) (?:NDAA|National Defense Authorization Act)\b",
        "NDAA FY{0}",
    ),
    _row(
        "act",
        "NDAA|Authorization",
        r"(?:\b[Ss]ections? (?P<section>[0-9]{1,5}[A-Za-z]{0,2}[0-9]{0,2}) of )?(?:the )?(?:John S\. McCain )?(?:National Defense Authorization Act|NDAA)"
        r"(?: \(NDAA\))?(?: for)?,? (?:[Ff]iscal [Yy]ear|FY) ?(?P<year>20[0-9]{2})",
        lambda match: f"NDAA FY{match['year']}" + (f", section {match['section']}" if match["section"] else ""),
    ),
)
"""Rows in order: of two that begin and end alike the first is meant."""
