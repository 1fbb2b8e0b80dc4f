# SPDX-License-Identifier: Apache-2.0
"""Promises of the form of the Federal Register: its whole form makes official text, and nothing less does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.intake.papers import papers
from debar.intake.papers.printed import is_gazette
from debar.model.vocab.statements import PaperKind

if TYPE_CHECKING:
    from debar.register import Register

HEAD = "[Federal Register Volume 89, Number 121 (Monday, June 24, 2024)]\n"
PRINT = "[Notices]\n[Page 52434]\nFrom the Federal Register Online via the Government Publishing Office [www.gpo.gov]\n"
BODY = """
DEPARTMENT OF EXAMPLES

Bureau of Samples

Final Determination: Exampleco

AGENCY: Bureau of Samples, Department of Examples.

ACTION: Final determination.

SUMMARY: The Bureau prohibits Exampleco from selling its software in the United States from July 20, 2024.

DATES: This determination is effective July 20, 2024.

[FR Doc. 2024-13532 Filed 6-20-24; 4:15 pm]
BILLING CODE 3510-20-P
"""
WHOLE = HEAD + PRINT + BODY
ORDER = (
    HEAD
    + "[Presidential Documents]\n[Pages 1-3]\n\nExecutive Order 14000 of June 20, 2024\n\nBy the authority vested in me as President, it is hereby ordered.\n"
)
PAGE = "52434\nFederal Register / Vol. 89, No. 121 / Monday, June 24, 2024 / Notices\n" + BODY


def kind(register: Register, text: str, name: str = "a.txt") -> PaperKind:
    """Give the kind of a file."""
    (paper,) = papers(name, text.encode(), register.lexicon)
    return paper.kind


@pytest.mark.parametrize("text", [WHOLE, ORDER, PAGE, f"<html><body><pre>\n{WHOLE}\n</pre></body></html>"])
def test_the_whole_form_is_official_text(register: Register, text: str) -> None:
    """A notice, an order of the president, a printed page and the page of govinfo are the text itself."""
    assert kind(register, text) is PaperKind.OFFICIAL_TEXT


@pytest.mark.parametrize(
    "text",
    [
        f"Exampleco is banned\n\nHarbour Wire\n\nThe order begins so:\n\n{WHOLE}",
        f"{HEAD}\nExampleco may no longer sell its software in the United States, the bureau wrote in the register on Monday.\n",
        f"{HEAD}{PRINT}\nExampleco may no longer sell its software, the bureau wrote. Shops wait for more.\n",
        WHOLE.replace("DEPARTMENT", "By Jane Doe\n\nDEPARTMENT", 1),
        WHOLE + "\nShare this article\n\nLeave a comment\n",
        WHOLE + "\nSubscribe to our newsletter\n",
        f"<html><head><meta property='og:site_name' content='Border Blog'></head><body><pre>\n{WHOLE}\n</pre></body></html>",
        f"<html><head><link rel='canonical' href='https://blog.example/x'></head><body><pre>\n{WHOLE}\n</pre></body></html>",
    ],
)
def test_a_head_that_anybody_can_quote_makes_nothing_official(register: Register, text: str) -> None:
    """A quoted head, a head over an article, and a forged page that a person signs or a site has around it stay below."""
    assert kind(register, text) is not PaperKind.OFFICIAL_TEXT


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "[" * 1_000_000, HEAD + "1 " * 500_000, "\n" * 1_000_000, HEAD * 20_000]
)
def test_long_texts_are_no_gazette(text: str) -> None:
    """Nothing that is only long is one."""
    assert not is_gazette(text)
