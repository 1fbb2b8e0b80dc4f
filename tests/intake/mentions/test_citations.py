# SPDX-License-Identifier: Apache-2.0
"""Tests for citations of law."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from debar.intake.mentions.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen
    from debar.register import Register

CITED = [
    ("89 FR 52434", "fr", "89 FR 52434"),
    ("89 Fed. Reg. 52,434", "fr", "89 FR 52434"),
    ("89 Federal Register 52434", "fr", "89 FR 52434"),
    ("15 CFR part 7", "cfr", "15 CFR part 7"),
    ("15 C.F.R. § 7.103(a)", "cfr", "15 CFR 7.103(a)"),
    ("47 CFR 1.50002", "cfr", "47 CFR 1.50002"),
    ("15 CFR Part 791, Subpart D", "cfr", "15 CFR part 791, subpart D"),
    ("title 15, Code of Federal Regulations, part 791", "cfr", "15 CFR part 791"),
    ("41 U.S.C. 1321-1328", "usc", "41 U.S.C. 1321-1328"),
    ("47 USC § 1601", "usc", "47 U.S.C. 1601"),
    ("136 Stat. 3485", "statute", "136 Stat. 3485"),
    ("Public Law 115-232, section 889", "public-law", "Pub. L. 115-232, section 889"),
    ("Section 889 of Public Law 115-232", "public-law", "Pub. L. 115-232, section 889"),
    ("Pub. L. 118-50, div. H", "public-law", "Pub. L. 118-50, div. H"),
    ("Pub. L. No. 116-124", "public-law", "Pub. L. 116-124"),
    ("E.O. 13873", "executive-order", "EO 13873"),
    ("Executive Order (EO) 13873", "executive-order", "EO 13873"),
    ("Proclamation 10300", "proclamation", "Proclamation 10300"),
    ("FAR 52.204-25", "far", "48 CFR 52.204-25"),
    ("DFARS 252.204-7018", "far", "48 CFR 252.204-7018"),
    ("FAR subpart 40.2", "far", "FAR 40.2"),
    ("FAR Case 2023-008", "far", "FAR Case 2023-008"),
    ("FAC 2023-06", "far", "FAC 2023-06"),
    ("BOD 17-01", "bod", "BOD 17-01"),
    ("Binding Operational Directive 17-01", "bod", "BOD 17-01"),
    ("Emergency Directive 21-01", "bod", "ED 21-01"),
    ("OMB M-23-13", "omb", "OMB M-23-13"),
    ("PSPF Direction 001-2025", "pspf", "PSPF Direction 001-2025"),
    ("Direction 002-2025", "pspf", "PSPF Direction 002-2025"),
    ("DA 22-320", "fcc", "DA 22-320"),
    ("FCC 22-84", "fcc", "FCC 22-84"),
    ("DOC-381418A1", "fcc", "DOC-381418A1"),
    ("FR Doc. 2024-13532", "document-number", "FR Doc. 2024-13532"),
    ("RIN 0694-AK11", "document-number", "RIN 0694-AK11"),
    ("ICTS-2021-002", "document-number", "ICTS-2021-002"),
    ("ET Docket No. 21-232", "document-number", "docket 21-232"),
    ("BILLING CODE 3510-20-P", "document-number", "billing code 3510-20-P"),
    ("Regulation (EU) 2022/2065", "eu", "Regulation (EU) 2022/2065"),
    ("Council Regulation (EU) No 269/2014", "eu", "Regulation (EU) 269/2014"),
    ("Implementing Regulation (EU) 2024/2690", "eu", "Regulation (EU) 2024/2690"),
    ("Directive 2002/58/EC", "eu", "Directive 2002/58/EC"),
    ("Council Decision (CFSP) 2022/335", "eu", "Decision (CFSP) 2022/335"),
    ("COM(2026) 11", "eu", "COM(2026) 11 final"),
    ("2026/0011(COD)", "eu", "2026/0011(COD)"),
    ("P8_TA(2018)0258", "eu", "P8_TA(2018)0258"),
    ("Case C-376/22", "case", "Case C-376/22"),
    ("SI 2022/1233", "uk", "SI 2022/1233"),
    ("S.I. 2022 No. 1233", "uk", "SI 2022/1233"),
    ("2025 FC 1527", "case", "2025 FC 1527"),
    ("909 F.3d 446", "case", "909 F.3d 446"),
    ("1:24-cv-00111", "case", "1:24-cv-00111"),
    ("Nos. 24-656 and 24-657", "case", "No. 24-656 and 24-657"),
    ("§ 9b BSIG", "law", "§ 9b BSIG"),
    ("Law No. 354/2022", "law", "Law 354/2022"),
    ("Decree-Law 21/2022", "law", "Decree-Law 21/2022"),
    ("SOR/2022-17", "law", "SOR/2022-17"),
    ("P.C. 2025-0123", "law", "P.C. 2025-0123"),
    ("H.R. 7521", "bill", "H.R. 7521"),
    ("Senate Bill 419", "bill", "SB 419"),
    ("House Bill 1181", "bill", "HB 1181"),
    ("Bill C-26", "bill", "Bill C-26"),
    ("Telecommunications (Security) Act 2021", "act", "Telecommunications (Security) Act 2021"),
    ("Secure and Trusted Communications Networks Act of 2019", "act", "Secure and Trusted Communications Networks Act 2019"),
    ("Investment Canada Act", "act", "Investment Canada Act"),
    ("FY2024 NDAA", "act", "NDAA FY2024"),
    ("section 889 of the National Defense Authorization Act for Fiscal Year 2019", "act", "NDAA FY2019, section 889"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "form", "value"), CITED)
def test_citation(noted: Callable[[str], Seen], words: str, form: str, value: str) -> None:
    """A citation is found in its sentence, of its form, and written as the register writes it."""
    text = f"It was made under {words} and stays."
    found = noted(text).citations
    assert [(text[one.start : one.end], one.form, one.value) for one in found] == [(words, form, value)]


def test_every_form_is_shown() -> None:
    """Each row of the table has an example here."""
    shown = [words for words, _, _ in CITED] + ["[240612-0156]", "Case No. ICTS-24-0012", "48 CFR 52.204-25"]
    unshown = [row.pattern.pattern for row in FORMS if not any(row.pattern.search(words) for words in shown)]
    assert unshown == []


@pytest.mark.parametrize(
    "text",
    [
        "On 20 June 2024 it acted.",
        "They ACT at once in 2024.",
        "The Act stays.",
        "It sold 89 frames in 52 shops.",
        "Some 15 firms left by 7.30.",
        "It has 12 stations.",
    ],
)
def test_no_citation(noted: Callable[[str], Seen], text: str) -> None:
    """Dates, numbers and a bare Act cite nothing."""
    assert noted(text).citations == ()


def test_two_acts_joined_are_two(noted: Callable[[str], Seen]) -> None:
    """Two acts beside each other stay two."""
    found = noted("Under the Data Act and the Cyber Resilience Act it stays.").citations
    assert [one.value for one in found] == ["Data Act", "Cyber Resilience Act"]


def test_register_is_cited_as_it_writes(noted: Callable[[str], Seen], register: Register) -> None:
    """What the register itself cites in these forms is found as it stands there."""
    cites = {measure.cite for measure in register.measures.values()}
    for cite in ("89 FR 52434", "PSPF Direction 002-2025", "OMB M-23-13", "BOD 17-01; 82 FR 43782", "DA 25-1086"):
        assert any(held.startswith(cite) for held in cites)
        assert "; ".join(one.value for one in noted(f"See {cite} there.").citations) == cite


@pytest.mark.parametrize(
    "piece", ["a", "9", "Act ", "A Act ", "No. ", "§ ", "Section 9 of ", "Council ", "9-", "9 ", "(", "FAR "]
)
def test_hostile_texts_have_no_overlaps(noted: Callable[[str], Seen], piece: str) -> None:
    """Of a text of one thing over and over citations stand in order and overlap nowhere."""
    found = noted(piece * (40_000 // len(piece))).citations
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
