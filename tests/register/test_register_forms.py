# SPDX-License-Identifier: Apache-2.0
"""Forms of a register: read by id, and every fault of one is told with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import small
from debar.register import check, load

if TYPE_CHECKING:
    from pathlib import Path

    from debar.register import Register

FORM = """\
id: us-order-report
title: Report
measure: us-order
provision: {provision}
grade: {grade}
elements:
  - id: {element}
    asks: What was found
    from: {filler}
    citations:
      - {{document: us-order-text, at: sec-1, quote: {quote}}}
{more}citations:
  - {{document: {document}, at: sec-1}}
"""
GOOD = {
    "provision": "report",
    "grade": "primary",
    "element": "a",
    "filler": "products",
    "quote": "products of Maker.",
    "document": "us-order-text",
    "more": "",
}


def faults(folder: Path, **changed: str) -> list[str]:
    """Give the faults of a small register with a form, some parts of which are changed."""
    small.write(folder)
    measure = folder / "measures" / "us" / "us-order.yaml"
    text = measure.read_text(encoding="utf-8")
    (folder / "forms").mkdir()
    (folder / "forms" / "us-order-report.yaml").write_text(FORM.format(**{**GOOD, **changed}), encoding="utf-8")
    provision = text.index("provisions:\n") + len("provisions:\n")
    duty = """\
  - id: report
    modality: required
    acts: [report]
    addressees: [company]
    targets: {parties: [maker]}
    applies_from: "2024-07-20"
    known_from: "2024-06-20"
    text: Companies must report products of Maker.
    action: Report them.
    grade: primary
    citations:
      - {document: us-order-text, at: sec-1, quote: products of Maker.}
"""
    measure.write_text(text[:provision] + duty + text[provision:], encoding="utf-8")
    return [fault for fault in check.faults(folder, small.TODAY)[1] if "forms/" in fault]


def test_a_good_form_has_no_fault(tmp_path: Path) -> None:
    """It is read by its id, and nothing is wrong with it."""
    assert faults(tmp_path) == []
    register, unread = load.read(tmp_path)
    assert unread == []
    assert register.forms["us-order-report"].elements[0].origin == "products"


@pytest.mark.parametrize(
    ("changed", "line", "said"),
    [
        ({"provision": "reprot"}, 4, "provision 'reprot' is not in the register; did you mean 'report'?"),
        ({"provision": "use"}, 4, "requires nothing, so it demands no form"),
        ({"quote": "products of Others."}, 11, "does not stand in us-order-text"),
        ({"document": "us-order-txt"}, 13, "document 'us-order-txt' is not in the register"),
        ({"element": "A"}, 7, "an id is lower-case words"),
        ({"filler": "Products_"}, 9, "a filler is lower-case words"),
        ({"more": "  - {id: a, asks: Again}\n"}, 12, "element 'a' stands twice"),
        ({"grade": "primry"}, 5, "did you mean 'primary'?"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, changed: dict[str, str], line: int, said: str) -> None:
    """Provisions, passages, ids and fillers that are none."""
    small.write(tmp_path)
    known = [one.id for one in load.read(tmp_path)[0].measures["us-order"].provisions]
    if changed.get("provision") == "use":
        changed = {"provision": known[0]}
    found = faults(tmp_path, **changed)
    assert [fault for fault in found if fault.endswith(said) or said in fault], found
    assert found[0].split(":")[1] == str(line), found


def test_an_element_without_a_passage_is_a_fault(tmp_path: Path) -> None:
    """What nobody asks for is no element, unless the form as a whole has its passage."""
    assert faults(tmp_path, more="  - {id: b, asks: More}\n") == []
    file = tmp_path / "forms" / "us-order-report.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").partition("citations:\n  - {document: us-order-text, at: sec-1}")[0]
    )
    found = [fault for fault in check.faults(tmp_path, small.TODAY)[1] if "forms/" in fault]
    assert any("element b: no passage asks for it" in fault for fault in found)


def test_every_shipped_form_is_demanded_by_its_provision(register: Register) -> None:
    """The forms that ship name a measure of their jurisdiction, and who gets them where that is known."""
    assert len(register.forms) > 12
    for form in register.forms.values():
        assert form.id.startswith(register.measures[form.measure].jurisdiction), form.id
        assert form.elements, form.id
