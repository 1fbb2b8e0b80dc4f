# SPDX-License-Identifier: Apache-2.0
"""Every table of every page is a file as well: templates are walked, so that a table of tomorrow is found without its file."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from debar.web.pages.showing import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served import Service

WITHOUT = {
    ("rows.html", "Exposures"): "what several pages include; each of them has the file below it",
    ("overview.html", "By status"): "bars over counts, each of which leads to rows that have a file",
    ("plan.html", "With other capacities"): "what was tried out in making the plan: no rows lie behind it",
    ("decision.html", "Scope"): "what one decision says, in full; the list of decisions has the file",
}
"""Tables without a file, by template and name, and why."""
_TABLE = re.compile(r"<table|\{\{ exposures\(")
_NAMES = re.compile(r'aria-label="(?:Table: )?([^"{]+)" tabindex="0"|<h[23][^>]*>([^<{]+?) ?<')
_FILE = re.compile(r"\.csv\b")


def tables(template: Path) -> Iterator[tuple[str, str]]:
    """Yield the tables of a template: the name of each, and what stands from it to the next."""
    text = template.read_text(encoding="utf-8")
    begins = [found.start() for found in _TABLE.finditer(text)]
    for begin, end in pairwise([*begins, len(text)]):
        names = [one or other for one, other in _NAMES.findall(text[:begin])]
        yield (names[-1] if names else ""), text[begin:end]


def test_every_table_leads_to_its_file() -> None:
    """Behind each table, and before the next one, stands a link to it as CSV, or a reason why it needs none is named here."""
    found = {
        (template.name, name): bool(_FILE.search(text))
        for template in sorted(TEMPLATES.glob("*.html"))
        for name, text in tables(template)
    }
    assert len(found) > 30
    assert {place for place, has_file in found.items() if not has_file} == WITHOUT.keys()


def test_files_of_settings_hold_their_rows(service: Service) -> None:
    """Members and keys: a line for each, of this organisation alone, and nothing of a key but what it is told by."""
    client, key = service.browser(), service.key()
    members = list(csv.DictReader(io.StringIO(client.get("/o/alpha/settings/members.csv").text)))
    assert {one["organisation"] for one in members} == {"alpha"}
    assert {one["role"] for one in members} == {"viewer", "analyst", "approver", "admin"}
    keys = client.get("/o/alpha/settings/keys.csv").text
    assert key.partition(".")[0].removeprefix("debar_") in keys
    assert key.partition(".")[2] not in keys
