# SPDX-License-Identifier: Apache-2.0
"""Places where digits or names of months are no date: addresses, citations, versions, prices, telephone numbers."""

from __future__ import annotations

import re

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,253}")
_WEB = re.compile(
    r"\bhttps?://[^ ]{1,2000}|\bwww\.[^ ]{1,2000}"
    r"|(?<![\w-])[\w-]{1,63}\.(?:com|org|net|gov|edu|eu|uk|de|ru|io|cn|html?|pdf|php|aspx)\b(?:/[^ ]{0,2000})?"
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b"
)
_CITATION = (
    r"\b\d{1,4} {0,2}(?:fr|f\.r\.|fed\. ?reg\.|cfr|c\.f\.r\.|u\.?s\.?c\.?|stat\.|f\.[23]d|u\.s\.)(?= ) {0,2}(?:parts? |§{1,2} ?)?\d[\d.,()a-z-]{0,30}"
    r"|\b(?:public law|pub\. ?l\.|p\.l\.|e\.o\.|executive order) ?(?:no\.?)? ?\d[\w./-]{0,30}"
    r"|\b(?:docket|file|case|reference|ref\.|doc\.|bill|ruling) (?:no\.?|nos\.?|number|#) ?[a-z]{0,8}[-/ ]?\d[\w./-]{0,30}"
    r"|\b(?:nos?\.|number|№|n°|nr\.?|rfc|iso(?:/iec)?|iec|bod|directive \(?eu\)?|regulation \(?eu\)?|\(eu\)(?: no\.?)?|s\.?i\.?) ?\d[\w./:-]{0,30}"
    r"|(?:§{1,2}|\b(?:sections?|sec\.|articles?|art\.|paragraphs?|para\.?|clauses?|chapter|annex|appendix|page|pp?\.|part|title)) ?\d[\w.()-]{0,20}"
    r"|(?<!year )(?<!winter )(?<!season )(?<!turn of )\b(?:19|20)\d\d/\d{1,5}\b(?!/)|\b\d{2,5}/(?:19|20)\d\d/(?:e[cu])\b"
    r"|(?<![\d-])\b(?!(?:mid|post|pre|end|early|late|year|fy|my|since|until|non|q|h)-)[a-z]{2,12}\d{0,4}-\d{2,6}(?:-\d{1,6}){0,3}\b"
    r"|\b\d{4}-\d{4,6}\b"
)
_QUANTITY = (
    r"[$€£¥₽₹] ?\d[\d.,]{0,20}|\b\d{1,3}(?:,\d{3}){1,4}\b(?!,? ?(?:19|20)\d\d)"
    r"|\b\d[\d.,]{0,20} ?(?:%|percent|per cent|million|billion|trillion|dollars|euros|pounds|roubles|rubles|yuan|usd|eur|gbp|mhz|ghz|mb|gb|kb|km|kg)(?!\w)"
    r"|\b(?:version|ver\.|v|build|firmware|android|windows) ?\d{1,5}(?:\.\d{1,6}){0,4}\b"
    r"|(?<![\w+])\+\d{1,3}[ (-]{1,2}\d[\d ()-]{5,20}\d|\(\d{2,5}\) ?\d{3}[- ]\d{3,5}|\b\d{3}[-.]\d{3}[-.]\d{4}\b"
    r"|\b24/7\b|\b365 days(?: a year)?"
)
_NAMED_ACT = (
    r"\b(?:fiscal year|fy) ?'?(?:20)?\d\d (?:ndaa|national defen[cs]e|defen[cs]e auth|appropriations|consolidated)"
    r"|\b(?:authorization|appropriations) act,?(?: for| of)?(?: the)? (?:fiscal year|fy)? ?(?:20)\d\d|\bndaa(?: for| of|,)? (?:the )?(?:fiscal year |fy ?)?(?:20)?\d\d"
    r"|\b(?:19|20)\d\d (?:ndaa|national defen[cs]e authori[sz]ation)"
    r"|\b(?:horizon|agenda|vision|made in china|strategy|windows|euro|expo|edition) (?:19|20)\d\d\b"
)
_REFUSED = re.compile(f"{_CITATION}|{_QUANTITY}|{_NAMED_ACT}")
_DOT_IN_WORD = re.compile(r"\w\.\w|://")
_TITLED = re.compile(
    r"\b(?:Act|Regulations?|Ordinance|Bill|Code|Rules|Law|Decree|Direction|Convention)(?:,| of|,? No\. ?\d{1,4} of| \([A-Z][A-Za-z. ]{1,30}\))? (?:19|20)\d\d\b(?! [a-z]{1,10}ed\b)"
    r"|\) Order, (?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d(?: [A-Z][a-z]{1,20}){0,4} (?:Act|Ordinance|Olympics|Convention)\b"
)


def refused(flat: str, low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the places between two offsets where no date stands; `low` is the text in small letters, as long as it."""
    patterns = [_REFUSED]
    if low.find("@", start, end) >= 0:
        patterns.append(_MAIL)
    if _DOT_IN_WORD.search(low, start, end):
        patterns.append(_WEB)
    places = [match.span() for pattern in patterns for match in pattern.finditer(low, start, end)]
    return places + [match.span() for match in _TITLED.finditer(flat, start, end)]
