# SPDX-License-Identifier: Apache-2.0
"""Whether a text is a document of the Federal Register as the Government Publishing Office prints it, and no page on one.

Its head alone anybody quotes. What has the form of the whole - the head before everything else, the lines of print that
stand around a document, the headings of one - and nothing of an article's or a blog's, is taken for one.
"""

from __future__ import annotations

import re

from debar.intake.flat import flat

GAZETTE = re.compile(
    r"\[Federal Register[ ,]{1,2}Vol(?:ume|\.) ?[0-9]{1,3}, (?:Number|Issue|No\.) ?[0-9]{1,3} \((?:(?P<weekday>\w{6,9}), )?(?P<day>\w{3,9}\.? [0-9]{1,2}, [0-9]{4})\)\]?"
    r"|Federal Register ?/ ?Vol\. ?[0-9]{1,3}, No\. ?[0-9]{1,3} ?/ ?(?P<weekday2>\w{6,9}), (?P<day2>\w{3,9}\.? [0-9]{1,2}, [0-9]{4}) ?/"
)
"""The head under which the Government Publishing Office prints each document."""
HEADERS = re.compile(
    r"^\s{0,8}(AGENCY|ACTION|SUMMARY|DATES|EFFECTIVE DATE|FOR FURTHER INFORMATION CONTACT|ADDRESSES|SUPPLEMENTARY INFORMATION):",
    re.MULTILINE,
)
_PRINT = (
    re.compile(r"^\[?(?:Rules and Regulations|Proposed Rules|Notices|Presidential Documents|Corrections)\]?$"),
    re.compile(r"^(?:\[Pages? [0-9]{1,6}(?:-[0-9]{1,6})?\]|[0-9]{4,6})$"),
    re.compile(r"^From the Federal Register Online via the Government (?:Publishing|Printing) Office"),
    re.compile(r"^\[FR Doc\.? ?(?:No: ?)?[0-9A-Z]{2,4}-[0-9]{1,6}"),
    re.compile(r"^(?:BILLING CODE|Billing Code) [0-9]{4}"),
)
"""Lines that stand around a document in print."""
_ORDER = re.compile(
    r"\b(?:Executive Order|Proclamation|Memorandum|Notice) (?:No\. )?(?:[0-9]{4,5}|of )|By the authority vested in me"
)
_AUTHOR = re.compile(
    r"^(?:By [A-Z]|(?:Written by|Posted by|Author:|Reported by|Reporting by|Story by|Published by|Posted (?:on|in)|Filed under:?) \S)"
)
_SITE = re.compile(
    r"\b(?:share (?:this|on|via)|tweet|leave a (?:comment|reply)|comments?:? \(?[0-9]|subscribe|sign up|newsletter|related (?:posts|articles|stories)"
    r"|read more|read next|follow us|all rights reserved|copyright ©|cookie|posted in|advertisement|you may also like|minute read|min read)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"federal register|govinfo|government (?:publishing|printing) office|\bgpo\b", re.IGNORECASE)
_FIRST, _SHORT, _MOST = 3, 90, 4000
"""Lines before which the head stands, characters of a line of a site's own, and lines at either end that are looked at."""
_LEAST = 2
"""Lines of print of different kinds that must stand around a document."""


def is_gazette(text: str, publisher: str = "") -> bool:
    """Tell whether a text is a document of the Federal Register in its own form.

    1. Its head stands before everything else.
    2. At least two other lines of print stand around it, and it has headings of a notice, or is an order of the president.
    3. No author signs it, nothing of a site stands around it, and no publisher but the Register's own is named.
    """
    lines = [flat(line).strip() for line in text.splitlines() if line.strip()]
    if not any(GAZETTE.match(line.lstrip("[0123456789 ") if "/" in line else line) for line in lines[:_FIRST]):  # 1.
        return False
    looked = (*lines[:_MOST], *lines[_MOST:][-_MOST:])
    short = [line for line in looked if len(line) <= _SHORT]
    if sum(any(pattern.match(line) for line in short) for pattern in _PRINT) < _LEAST:  # 2.
        return False
    if len(set(HEADERS.findall(text[:20_000]))) < 3 and not _ORDER.search(text[:6000]):
        return False
    is_signed = any(_AUTHOR.match(line) for line in short[: _FIRST * 5])  # 3.
    is_site = any(_SITE.search(line) for line in short)
    return not is_signed and not is_site and (not publisher or bool(_OWN.search(publisher)))
