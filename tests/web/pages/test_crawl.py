# SPDX-License-Identifier: Apache-2.0
"""Every link of the pages, followed: it answers, it carries both days on, and a number leads to as many rows as it says."""

from __future__ import annotations

import re
from collections import deque
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from debar.model.portfolio import Clock
from debar.portfolio import plans, proofs
from paged import DAY, peopled, settled, working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from served import Service

pytestmark = pytest.mark.slow
KNOWN = "2027-06-30"
LISTS = frozenset({"measures", "exposures", "assets", "parties", "duties", "decisions"})
"""Pages that count their rows."""
_FILES = re.compile(r"\.(csv|zip|pem)$")
_NUMBER = re.compile(
    r"([\d,]+)(?: ?(?:exposure|asset|measure|party|parties|dut|decision|overdue|of|set aside|in all).*)?"
)
_SAYS = re.compile(r"(?:[\d,]+ of )?([\d,]+) (?:\w+)")
_MOST = 600
"""Pages that are looked at."""


class Links(HTMLParser):
    """The links of a page with their texts; of one that holds a number in bold, that number first."""

    def __init__(self, page: str) -> None:
        """Take the page."""
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.below = ""
        self._inside: str | None = None
        self._text, self._is_below = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link, or the line below a table."""
        told = dict(attrs)
        if tag == "a":
            self._inside, self._text = told.get("href") or "", ""
        self._is_below = self._is_below or told.get("class") == "below"

    def handle_endtag(self, tag: str) -> None:
        """End a link, or the line."""
        if tag == "a" and self._inside is not None:
            self.found.append((self._inside, " ".join(self._text.split())))
            self._inside = None
        self._text += " " if tag == "b" else ""
        self._is_below = self._is_below and tag != "p"

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self._text += data
        self.below += data if self._is_below else ""

    @property
    def rows(self) -> int:
        """Give how many rows the page says that there are."""
        said = _SAYS.search(self.below)
        return int(said.group(1).replace(",", "")) if said else 0


class Seen:
    """What was met on the way."""

    def __init__(self, client: TestClient) -> None:
        """Take who walks."""
        self._client = client
        self.pages: dict[str, Links] = {}
        self.wrong: list[str] = []

    def page(self, address: str) -> Links:
        """Give a page, asked for once."""
        if address not in self.pages:
            answer = self._client.get(address)
            if answer.status_code != 200 or "<h1" not in answer.text:
                self.wrong.append(f"{address} answers {answer.status_code}")
            self.pages[address] = Links(answer.text)
        return self.pages[address]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give a service with something on every page."""
    with peopled(tmp_path_factory.mktemp("crawled")) as found, working(found.portfolio):
        plans.make(found.portfolio, found.estate(), Clock(as_of=DAY), begins="2024-10-07")
        proofs.make(found.portfolio, found.estate(), Clock(as_of=DAY))
        settled(found.portfolio, found)
        yield found


@pytest.fixture(scope="module")
def seen(service: Service) -> Seen:
    """Give every page that can be reached from the first by links, up to some hundred."""
    met = Seen(service.browser())
    left, known = deque([f"/o/alpha/?as-of={DAY}&known-on={KNOWN}"]), set[str]()
    while left and len(met.pages) < _MOST:
        address = left.popleft()
        for href, _ in met.page(address).found:
            path = urlsplit(href).path
            if path.startswith("/o/alpha") and not _FILES.search(path) and href not in known:
                known.add(href)
                if "known-on" in href:
                    left.append(href.partition("#")[0])
    return met


def test_every_link_answers(seen: Seen) -> None:
    """With a page that has a heading."""
    assert not seen.wrong, "\n".join(seen.wrong)
    assert len(seen.pages) > 100


def test_every_link_carries_both_days(seen: Seen) -> None:
    """From whatever page to whatever other, but the way back to today, and files that are of no day."""
    days = {"as-of": [DAY], "known-on": [KNOWN]}
    lost = {
        (urlsplit(address).path, href)
        for address, page in seen.pages.items()
        for href, text in page.found
        if href.startswith("/o/alpha") and text != "Back to today" and not _FILES.search(urlsplit(href).path)
        if {name: value for name, value in parse_qs(urlsplit(href).query).items() if name in days} != days
    }
    assert lost == set()


def test_every_number_is_that_of_its_rows(seen: Seen) -> None:
    """Wherever a number is a link to a list, the list has as many rows."""
    wrong, looked = [], 0
    for address, page in list(seen.pages.items()):
        for href, text in page.found:
            said = _NUMBER.fullmatch(text)
            parts = urlsplit(href).path.split("/")
            if said and parts[3:4] and parts[3] in LISTS and len(parts) == 4:
                looked += 1
                rows = seen.page(href).rows
                if rows != int(said.group(1).replace(",", "")):
                    wrong.append(f"{text!r} on {address} leads to {rows} rows at {href}")
    assert not wrong, "\n".join(wrong)
    assert looked > 100


def test_every_gap_is_named(seen: Seen, service: Service) -> None:
    """The number of gaps of an asset is that of what was not looked at on its page."""
    client = service.browser()
    found = [
        (href.partition("#")[0], int(text))
        for address, page in seen.pages.items()
        if urlsplit(address).path == "/o/alpha/assets"
        for href, text in page.found
        if href.endswith("#looked")
    ]
    assert found
    for address, count in dict(found).items():
        text = client.get(address).text.partition('id="looked"')[2]
        assert text.count('class="state bad"') == count, address
