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


def lines(register: Register, text: str) -> int:
    """Count the lines of debar that run while a text is read, those of loops each time."""
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
        reading.read([("paper", text.encode())], register)
    finally:
        sys.settrace(before)
    return count
