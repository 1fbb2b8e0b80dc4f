# SPDX-License-Identifier: Apache-2.0
"""A small composed register on disk, for tests that break it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2024, 8, 1)
TEXT = "[sec-1]\nCompanies shall not use\nproducts of Maker.\n[sec-2]\nThis ends never.\n"
FILES = {
    "VERSION": "2024.08.01\n",
    "authorities/us-office.yaml": """\
id: us-office
name: Office
short: Office
jurisdiction: us
zone: America/New_York
""",
    "documents/us-order-text.txt": TEXT,
    "documents/us-order-text.yaml": f"""\
id: us-order-text
title: Order
publisher: Office
url: https://example.com/order
grade: primary
retrieved: "2024-07-01"
sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}
""",
    "documents/us-report.yaml": """\
id: us-report
title: Report
publisher: Paper
url: https://example.com/report
grade: secondary
""",
    "parties/maker.yaml": """\
id: maker
name: Maker
country: NO
products:
  - id: shield
    name: Maker Shield
    categories: [anti-virus]
citations:
  - {document: us-order-text, at: sec-1, quote: products of Maker}
""",
    "measures/us/us-order.yaml": """\
id: us-order
title: Order
authority: us-office
jurisdiction: us
instrument: regulation
status: active
cite: 1 FR 1
issued: "2024-06-20"
summary: A ban.
documents: [us-order-text, us-report]
provisions:
  - id: ban
    modality: prohibited
    acts: [use]
    addressees: [company]
    targets: {parties: [maker]}
    applies_from: "2024-07-20"
    known_from: "2024-06-20"
    text: Companies must not use it.
    action: Stop using it.
    grade: primary
    citations:
      - {document: us-order-text, at: sec-1, quote: shall not use products}
  - id: advice
    modality: advised
    acts: [replace]
    addressees: [company]
    targets: {parties: [maker]}
    applies_from: "2024-06-20T00:00-04:00"
    applies_until: "2025-06-20T00:00-04:00"
    known_from: "2024-06-20"
    text: Replace it.
    grade: secondary
    citations:
      - document: us-report
review:
  last: "2024-07-01"
  every: 90
""",
    "indicators/maker.yaml": """\
- id: maker-name
  party: maker
  product: shield
  kind: name
  operator: phrase
  patterns: [maker shield]
  level: 4
  examples: [Maker Shield 11]
  counterexamples: [Cheesemaker Shield]
  falsepositives: none known
  grade: secondary
  references: ["https://example.com"]
- id: maker-file
  party: maker
  kind: file
  operator: regex
  patterns: ["^mk[0-9]+[.]exe$"]
  level: 3
  examples: [mk1.exe]
  counterexamples: [amk1.exe]
  falsepositives: none known
  grade: secondary
  references: ["https://example.com"]
""",
    "layouts/programs.yaml": """\
id: programs
title: Programs
medium: inventory
meaning: installed
required: [[name]]
label: [name]
columns: {name: [name]}
""",
    "cases/us-order.yaml": """\
- case: a firm uses it
  as_of: "2024-08-01"
  organisation: us/company
  exposure: {party: maker, product: shield}
  expect:
    use: {position: prohibited, provision: "us-order#ban", status: prohibited, since: "2024-07-20"}
    replace: {position: advised, provision: "us-order#advice"}
""",
}
OWN = {
    "authorities/own-board.yaml": """\
id: own-board
name: The board
short: Board
jurisdiction: us
zone: Europe/Vilnius
""",
    "documents/own-minutes.yaml": """\
id: own-minutes
title: Minutes
publisher: The board
url: https://example.com/minutes
grade: primary
""",
    "parties/other.yaml": "id: other\nname: Other\nproducts:\n  - {id: sword, name: Sword, categories: [vpn]}\n",
    "measures/own-policy.yaml": """\
id: own-policy
title: Policy
authority: own-board
jurisdiction: us
instrument: policy
status: active
cite: Minutes 7
documents: [own-minutes]
provisions:
  - modality: prohibited
    acts: [use]
    addressees: [company]
    targets: {parties: [other]}
    applies_from: "2024-07-01"
    known_from: "2024-06-28"
    id: ban
    text: We use nothing of Other.
    grade: primary
    citations:
      - document: own-minutes
issued: "2024-06-28"
summary: A ban of our own.
review: {last: "2024-07-01", every: 90}
""",
    "indicators/own.yaml": """\
- id: other-name
  party: other
  kind: name
  operator: phrase
  patterns: [other sword]
  level: 4
  examples: [Other Sword 3]
  counterexamples: [Another Sword]
  falsepositives: none known
  grade: secondary
  references: ["https://example.com"]
""",
    "layouts/own-list.yaml": """\
id: own-list
title: List
medium: inventory
meaning: installed
required: [[thing]]
label: [thing]
columns: {name: [thing]}
""",
    "cases/own-policy.yaml": """\
- case: we use it
  as_of: "2024-08-01"
  organisation: us/company
  exposure: {party: other}
  expect:
    use: {position: prohibited, provision: "own-policy#ban"}
""",
}
"""What an organisation may add: a party, its own policy about it, and how to recognise it."""


def write_own(folder: Path) -> Path:
    """Write what an organisation adds into a folder and give it."""
    return write(folder, OWN)


def write(folder: Path, files: dict[str, str] = FILES) -> Path:
    """Write the register into a folder and give it."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change one place of one file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} does not stand in {name}"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(folder: Path, name: str, text: str) -> int:
    """Give the first line of a file that holds a text, or with " # 2" after it the second."""
    text, _, number = text.partition(" # ")
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return [n for n, line in enumerate(lines, 1) if text in line][int(number or 1) - 1]
