# SPDX-License-Identifier: Apache-2.0
"""The work of reading grows with the length of a paper and no faster, whatever it repeats: counted, not timed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from debar.intake import reading

if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

    from debar.register import Register

REPEATED = {
    "days": "June 20 ",
    "days with full stops": "June 20. ",
    "lines of days": "June 20\n",
    "days with years": "June 20, 2024 ",
    "relative days": "today ",
    "lengths": "within 30 days ",
    "items": "(a) ",
    "numbers": "1 ",
    "short lines": "ab c\n",
    "words in capitals": "Aa, ",
    "places": "U.S. ",
    "acts": "ban use ",
    "acts in a row": "ban use, ",
    "suppliers": "Kaspersky Lab Inc. ",
    "quotations": '"Kaspersky is banned", Raimondo said. ',
    "sentences": "Kaspersky sales are banned from July 20, the Commerce Department said on Thursday. ",
    "paragraphs": "On June 20, 2024 Kaspersky was banned.\n\n",
    "citations": "89 FR 52434 ",
    "marks": "“a” ",
    "elements": "<p>Kaspersky was banned on June 20, 2024.</p>",
    "speakers": "SMITH: Yes.\n",
    "phases": "the second phase from June 20, ",
    "duties": "must not sell Kaspersky by ",
    "sayings": "said ",
    "months": "January ",
    "elements in elements": "<div>a ",
    "mails in mails": "Content-Type: message/rfc822\n\n",
}
MOST = 5.5
"""Times the work for four times the text; what grows with the square would take sixteen."""


@pytest.mark.slow
@pytest.mark.parametrize("name", REPEATED)
def test_work_grows_with_the_text(register: Register, name: str) -> None:
    """Four times the text is about four times the work, within one sentence and in a paper of many."""
    lines(register, "")  # what is made once of the lexicon
    short, middle, long = (
        lines(register, REPEATED[name] * (size // len(REPEATED[name]))) for size in (900, 3600, 14400)
    )
    assert middle <= short * MOST
    assert long <= middle * MOST


@pytest.mark.parametrize("paper", ["Kaspersky sales are banned from July 20, 2024.", "Item {0} of {1} March 2024."])
def test_work_grows_with_the_papers_of_a_folder(register: Register, paper: str) -> None:
    """Four times the papers are about four times the work, whether all are alike or no two are."""
    folder = [(f"{number:03}", paper.format(number * 7919, number % 28 + 1).encode()) for number in range(80)]
    work_of(register, folder[:2])  # what is made once of the lexicon
    assert work_of(register, folder) <= work_of(register, folder[:20]) * MOST


def lines(register: Register, text: str) -> int:
    """Count the lines of debar that run while a text is read."""
    return work_of(register, [("paper", text.encode())])


def work_of(register: Register, papers: list[tuple[str, bytes]]) -> int:
    """Count the lines of debar that run while papers are read, those of loops each time."""
    count = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        if "debar" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        reading.read(papers, register)
    finally:
        sys.settrace(before)
    return count
