# SPDX-License-Identifier: Apache-2.0
"""Numbers of companies in public registers: which label means which kind, and how one is written.

Numbers of persons (passports, identity cards) are no identifiers here: nobody asks for them, and they need not be kept.
"""

from __future__ import annotations

import re
from functools import lru_cache

from debar.text import header

_LABELS = {
    "lei": (
        "lei",
        "lei code",
        "lei number",
        "lei no",
        "legal entity identifier",
        "legal entity identifier (lei)",
        "legal entity number",
    ),
    "uei": (
        "uei",
        "uei number",
        "uei no",
        "unique entity id sam",
        "unique entity id (sam)",
        "unique entity id",
        "unique entity identifier",
        "uniqueentityid",
        "sam uei",
    ),
    "cage": ("cage", "cage code", "ncage", "cagecode"),
    "duns": ("duns", "duns no", "duns number", "d-u-n-s number", "d u n s number", "dunscode"),
    "uscc": (
        "uscc",
        "unified social credit code",
        "unified social credit code (uscc)",
        "unified social credit number",
        "usccode",
        "统一社会信用代码",
        "統一社會信用代碼",
    ),
    "inn": ("inn", "inncode", "инн"),
    "ogrn": ("ogrn", "ogrncode", "огрн"),
    "registration": (
        "registration",
        "registration number",
        "registration id",
        "registration no",
        "reg no",
        "regnumber",
        "business registration number",
        "business registration number s",
        "business registration document no",
        "business registration document #",
        "business number",
        "company number",
        "company no",
        "companies house number",
        "companies house no",
        "crn",
        "handelsregisternummer",
        "hrb",
        "kvk",
        "kvk nummer",
        "kvk number",
        "siren",
        "siret",
        "abn",
        "acn",
        "company registration number",
        "commercial registry number",
        "commercial register number",
        "chamber of commerce number",
        "enterprise number",
        "matricula mercantil no",
        "folio mercantil no",
        "trade license no",
        "tradelic",
        "public registration number",
        "c.r. no",
    ),
    "tax": (
        "tax",
        "tax id",
        "tax id no",
        "tax number",
        "tax identification number",
        "taxid",
        "vat",
        "vat number",
        "vat no",
        "vat id",
        "vat reg no",
        "vat registration no",
        "tax no",
        "tin",
        "ein",
        "ust idnr",
        "ust id",
        "ustid",
        "umsatzsteuer id",
        "umsatzsteuer identifikationsnummer",
        "steuernummer",
        "partita iva",
        "btw nummer",
        "v.a.t. number",
        "vatcode",
        "vat registration number",
        "euvat",
        "nit #",
        "nit",
        "ruc #",
        "ruc",
        "fiscal code",
        "fiscalcode",
    ),
    "swift": ("swift", "swift/bic", "bik (ru)", "bic", "swiftbic"),
    "isin": ("isin", "isincode"),
    "imo-company": ("company number imo", "company imo number"),
    "wikidata": ("wikidata", "wikidata id", "wikidataid", "qid"),
}
KINDS: dict[str, str] = {header(label): kind for kind, labels in _LABELS.items() for label in labels}
"""Kind of number by folded label."""
_WHOSE = re.compile(r"(?i)^(?:supplier|vendor|payee|company|recipient|beneficiary|creditor)(?:'s)?[\s_-]+(?=\S)")
_NONE = frozenset(
    map(header, ("", "-", "n/a", "na", "none", "null", "nil", "tbc", "tba", "tbd", "unknown", "not known", "?", "0"))
)
_COUNTED = frozenset("1234567890"[:size] for size in range(4, 11))
_LONGEST = 80
"""Characters of the longest label; what is remembered must not be large."""
_NUMBER = re.compile(r"(?=[^\s]*\d)[A-Z0-9][A-Z0-9./-]{3,39}")
"""At least four signs and a digit: shorter ones are typing mistakes, or numbers that many have."""
_FORMS = {
    "lei": re.compile(r"[A-Z0-9]{18}\d{2}"),
    "uei": re.compile(r"[A-Z0-9]{12}"),
    "cage": re.compile(r"[A-Z0-9]{5}"),
    "duns": re.compile(r"\d{9}"),
    "uscc": re.compile(r"[A-Z0-9]{18}"),
    "isin": re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d"),
    "wikidata": re.compile(r"Q\d{1,12}"),
}
"""What a number of a kind looks like; anything else is none."""


def kind(label: str) -> str:
    """Give the kind of number that a label means, or nothing."""
    return _known(label) if len(label) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _known(label: str) -> str:
    return KINDS.get(header(label), "")


def called(title: str) -> str:
    """Give the kind of number that a column holds by its header, whoever's it is said to be: "Supplier UEI"."""
    return kind(title) or kind(_WHOSE.sub("", title[:_LONGEST]))


def is_none(text: str) -> bool:
    """Tell whether a cell says that there is no number."""
    return header(text[:_LONGEST]) in _NONE


def number(kind_: str, text: str) -> str:
    """Give a number without blanks in capital letters, or nothing for what is no number of the kind.

    What stands for a number that nobody knows is none: "00000000", "12345678".
    """
    written = "".join(text.split()).upper().strip(".,;:#()")
    if kind_ == "duns":
        written = written.replace("-", "").zfill(9)  # workbooks take leading zeros away
    digits = written.replace("-", "")
    if len(set(digits)) <= 1 or digits in _COUNTED:
        return ""
    return written if _FORMS.get(kind_, _NUMBER).fullmatch(written) else ""
