# SPDX-License-Identifier: Apache-2.0
"""Promises of the layouts of logs: the register's keep their examples, and tell a log from other texts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from debar.model.inventory import Example, LogLayouts
from debar.readers.loglines import linelogs, loglayouts, syslog

if TYPE_CHECKING:
    from debar.register import Register

DATA = Path(__file__).parents[1] / "data/readers/logs"
SAMPLES = [
    path
    for reader in ("jsonlog", "keyvalue", "lines")
    for path in sorted((DATA / reader).iterdir())
    if not path.name.endswith(".jsonl")
]


def test_each_layout_keeps_its_examples(register: Register) -> None:
    """It reads them as they say, and none of its counterexamples."""
    assert [] == loglayouts.examples_fail(register.log_layouts)


def test_an_example_that_is_not_kept_is_told(register: Register) -> None:
    """With the line, what was read and what should have been."""
    layout = next(layout for layout in register.log_layouts.lines if layout.id == "log-squid")
    wrong = Example(line=layout.examples[0].line, asset="10.0.0.1", values={"domain": ("other.example",)})
    changed = msgspec.structs.replace(
        layout, examples=(wrong, Example(line="x", values={})), counterexamples=(layout.examples[0].line,)
    )
    values, asset, missed, fitted = loglayouts.examples_fail(LogLayouts(lines=(changed,)))
    assert "other.example" in values and "10.0.0.1" in asset and "misses" in missed and "counterexample" in fitted
    unknown = msgspec.structs.replace(layout, forms={"url": "uri"})
    assert [
        "log-squid: no form is called 'uri'; known are host, url, labels, answer, path"
    ] == loglayouts.examples_fail(LogLayouts(lines=(unknown,)))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_log_is_recognised_by_its_first_lines(sample: Path, register: Register) -> None:
    """As the reader that its folder is named after."""
    head = sample.read_text(encoding="utf-8-sig")
    assert sample.parent.name == loglayouts.recognised(head, register.log_layouts)
    assert "" == loglayouts.recognised(head, LogLayouts())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"name": "left-pad", "version": "1.0.0"}',
        '{"url": "https://a.example", "status": 200}',
        "a=1\nb=2\nc=3\n",
        "name,version\na,1\n",
        "2024-01-01 10:00:00 INFO Started application in 3 seconds\n" * 30,
        "Dear all,\n\nthe reply is as follows: nothing is known.\n",
        "#!/bin/sh\nexport A=1 B=2 C=3\ncurl http://a.example/\n",
        "\0\0\0",
    ],
)
def test_other_texts_are_left_to_others(text: str, register: Register) -> None:
    """No layout claims what it does not know."""
    assert "" == loglayouts.recognised(text, register.log_layouts)


def test_hostile_lines_take_no_time(register: Register) -> None:
    """No pattern of the register needs more than a moment for a line that nearly fits."""
    before = time.process_time()
    known = linelogs.Known(register.log_layouts.lines)
    for part in ("1,", "a ", '"a",', "(1)a", "[", "10.0.0.1 ", "::", "a=b ", "Nov 22 10:00:00 ", "<1>", '\\"'):
        for start in ("", "Nov 22 10:00:00 h ", "%ASA-6-430003: ", '10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "'):
            line = start + part * (linelogs.LONGEST // len(part))
            known.found(line, syslog.header(line))
    assert time.process_time() - before < 20
