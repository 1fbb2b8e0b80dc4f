# SPDX-License-Identifier: Apache-2.0
"""The pages: each reads without a script, carries its days on, shows rows that a file has as well, and teaches when empty."""

from __future__ import annotations

import csv
import gzip
import html
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from debar.model.vocab.portfolio import Role
from debar.portfolio import running
from paged import DAY, ROOT, peopled
from served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from served import Service

ASSETS = ROOT / "src" / "debar" / "web" / "assets"
SECTIONS = ("", "runs", "runs/changes", "measures", "exposures", "assets", "parties", "duties", "decisions", "decisions/ask", "plan", "evidence",
            "uploads", "documents", "register", "settings", "settings/members", "settings/keys", "settings/hooks",
            "settings/folders", "audit")  # fmt: skip
BUDGET = 60_000
"""Bytes of script, compressed."""


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text outside of scripts."""

    def __init__(self, page: str) -> None:
        """Take the page."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Give the attributes of every element of a kind."""
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give the service with something in `alpha`, and nothing in `beta-2`."""
    with peopled(tmp_path_factory.mktemp("pages")) as found:
        yield found


def page(client: TestClient, path: str, organisation: str = "alpha") -> Elements:
    """Give a page that is there."""
    answer = client.get(f"/o/{organisation}/{path}")
    assert answer.status_code == 200, answer.text[:500]
    return Elements(answer.text)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_page_has_its_frame(service: Service, section: str) -> None:
    """A form with both days, the way on, what the answer rests on, and that it is no legal advice."""
    found = page(service.browser(), f"{section}?as-of={DAY}")
    named = {one.get("name"): one.get("value") for one in found.all("input")}
    assert named["as-of"] == DAY
    assert "known-on" in named
    assert "This is not legal advice" in found.text
    assert re.search(r"register \d{4}\.\d\d\.\d\d", found.text)
    assert "You look at 5 Oct 2024" in found.text
    assert [one for one in found.all("a") if one.get("aria-current") == "page"]
    assert sum(tag == "h1" for tag, _ in found.found) == 1


@pytest.mark.parametrize("section", SECTIONS)
def test_no_page_asks_for_more_than_its_policy_gives(service: Service, section: str) -> None:
    """No style or script inside of it, no handler, and nothing from anywhere else."""
    found = page(service.browser(), section)
    assert all(one.get("src", "").startswith("/assets/") for one in found.all("script"))  # type: ignore[union-attr]  # each has one
    assert not found.all("style")
    assert not [
        name for _, attributes in found.found for name in attributes if name == "style" or name.startswith("on")
    ]
    loaded = [one["href"] for one in found.all("link")]
    assert all(one and one.startswith("/assets/") for one in loaded)


@pytest.mark.parametrize("section", SECTIONS)
def test_links_carry_the_days_on(service: Service, section: str) -> None:
    """Whoever looks at a past day stays there, whatever they follow; only the way back to today leaves it."""
    found = page(service.browser(), f"{section}?as-of={DAY}&known-on=2026-12-31")
    inside = [one["href"] or "" for one in found.all("a") if (one.get("href") or "").startswith("/o/alpha")]
    without = [one for one in inside if parse_qs(urlsplit(one).query).get("as-of") != [DAY]]
    files = re.compile(r"proof\.zip|key\.pem|steps\.csv")
    assert [one for one in without if not files.search(one)] == [_back(section)]


def _back(section: str) -> str:
    return f"/o/alpha/{section}"


@pytest.mark.parametrize("section", SECTIONS)
def test_forms_prove_where_they_come_from(service: Service, section: str) -> None:
    """Each form that changes something brings the token of the session along."""
    text = service.browser().get(f"/o/alpha/{section}").text
    forms = re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL)
    assert all('name="csrf"' in one for one in forms)


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_empty_teaches(service: Service, section: str) -> None:
    """An organisation without anything has every page, and the first says what to do."""
    found = page(service.browser(organisation="beta-2"), section, "beta-2")
    assert "Traceback" not in found.text
    if section == "":
        assert "Upload the first file" in found.text
        assert "debar push" in found.text


def test_every_file_of_a_page_is_one(service: Service) -> None:
    """Each link to a file, of lists and of what a list leads to, gives CSV with a header and lines of one length."""
    client, operator = service.browser(), service.operator()
    service.key()
    addresses = {f"/o/alpha/{name}?as-of={DAY}" for name in SECTIONS} | {"/"}
    for section in ("exposures", "assets", "parties", "uploads"):
        text = client.get(f"/o/alpha/{section}?as-of={DAY}").text
        addresses |= set(re.findall(rf'href="(/o/alpha/{section}/[^"#]+)"', text)[:1])
    files = {one for address in addresses for one in _files(client, address)}
    of_all = _files(operator, "/operate")
    assert len(files) >= 16, sorted(files)
    assert len(of_all) == 2
    for asker, those in ((client, files), (operator, of_all)):
        for one in sorted(those):
            answer = asker.get(one)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8"), one
            assert "attachment" in answer.headers["content-disposition"], one
            lines = list(csv.reader(io.StringIO(answer.text)))
            assert lines, one
            assert len({len(line) for line in lines}) == 1, one


def _files(client: TestClient, address: str) -> set[str]:
    text = client.get(html.unescape(address)).text
    return {html.unescape(one) for one in re.findall(r'href="([^"]+\.csv[^"]*)" download', text)}


def test_numbers_lead_to_their_rows(service: Service) -> None:
    """Behind each count of a status there is a list with as many rows."""
    client = service.browser()
    text = client.get(f"/o/alpha/?as-of={DAY}").text
    counts = re.findall(r'<a href="(/o/alpha/exposures\?[^"]*status=[^"]+)">([\d,]+)</a>', text)
    assert counts
    for address, count in counts:
        shown = client.get(address.replace("&amp;", "&")).text
        assert re.search(rf"<p>{count} exposures?</p>", shown), address


def test_runs_lead_to_what_changed(service: Service) -> None:
    """From Overview over the runs to two of them: each count leads to as many rows and lines, and what is there to its evidence."""
    running.run(service.portfolio, service.estate(), on="2024-06-01")  # before the rule about what is there was made
    client = service.browser()
    assert "/o/alpha/runs" in client.get(f"/o/alpha/?as-of={DAY}").text
    (way,) = _ways(client.get(f"/o/alpha/runs?as-of={DAY}").text)
    text = client.get(way).text
    counts = re.findall(r'<li><a href="([^"]+)"><b>([\d,]+)</b>', text)
    assert counts
    for address, count in counts:
        shown = client.get(html.unescape(address)).text
        assert re.search(rf"(?:of |<p>){count} changes?</p>", shown), address
        file = client.get(next(iter(_files(client, address)))).text
        assert len(list(csv.reader(io.StringIO(file)))) == int(count.replace(",", "")) + 1
    inside = re.findall(r'href="(/o/alpha/exposures/[^"]+)"', text)
    assert inside
    assert client.get(html.unescape(inside[0])).status_code == 200


def _ways(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="(/o/alpha/runs/changes\?[^"]*before=[^"]+)"', page)]


def test_a_list_narrows_sorts_and_groups(service: Service) -> None:
    """By an address that can be sent; what fits nothing says so, and shows the way back."""
    client = service.browser()
    everything = page(client, f"exposures?as-of={DAY}")
    assert "exposures" in everything.text
    assert "Nothing fits" in page(client, f"exposures?as-of={DAY}&q=nowhere-at-all").text
    for by in ("status", "party", "product", "measure", "meaning", "level", "asset"):
        grouped = page(client, f"exposures?as-of={DAY}&group={by}")
        assert "group" in grouped.text
    sorted_ = client.get(f"/o/alpha/exposures?as-of={DAY}&sort=-asset").text
    assert 'aria-sort="descending"' in sorted_


def test_what_cannot_be_meant_is_told_on_a_page(service: Service) -> None:
    """A wrong order, day or id: words and a way on, never a trace."""
    client = service.browser()
    for path, status in (
        ("exposures?sort=nonsense", 422),
        ("exposures?as-of=yesterday", 422),
        ("exposures/exp-none", 404),
        ("measures/none", 404),
        ("plan/none", 404),
        ("documents/none", 404),
        ("nowhere", 404),
    ):
        answer = client.get(f"/o/alpha/{path}")
        assert answer.status_code == status, path
        assert "<h1>" in answer.text
        assert "Traceback" not in answer.text


def test_one_exposure_tells_everything(service: Service) -> None:
    """Evidence, why, law with passages, and a remark that stays text."""
    client = service.browser(Role.ANALYST)
    first = re.search(r"/o/alpha/exposures/(exp-[0-9a-f]+)", client.get(f"/o/alpha/exposures?as-of={DAY}").text)
    assert first
    attack = "<script>alert(1)</script> \u202ereversed"
    answer = client.post(f"/o/alpha/exposures/{first.group(1)}/remarks?as-of={DAY}", data={"text": attack})
    assert answer.status_code == 303
    text = client.get(answer.headers["location"]).text
    for told in ("What the law says", "Why it counts", "passage", "89 FR 52434", "Your remark is kept"):
        assert told in text
    assert "<script>alert" not in text
    assert "\u202e" not in text


def test_nobody_is_offered_what_they_may_not(service: Service) -> None:
    """A viewer sees no form that changes something of the organisation."""
    client = service.browser(Role.VIEWER)
    for section in ("exposures", "uploads", "documents", "plan", "decisions", "settings/members"):
        text = client.get(f"/o/alpha/{section}").text
        forms = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]+)"', text)
        assert [one for one in forms if one.startswith("/o/")] in ([], ["/o/alpha/settings"]), section


def test_facts_are_answered_by_a_form(service: Service) -> None:
    """What is stated is kept and everything else stays; what the register does not ask for is refused with a reason."""
    client = service.browser()
    said = {"name": "Firm alpha", "jurisdictions": "us de", "kind": ["company", "reseller"]}
    assert client.post("/o/alpha/settings", data=said).status_code == 303
    assert service.estate().tenant.facts.jurisdictions == ("us", "de")
    refused = client.post("/o/alpha/settings", data={**said, "fact:no-such-fact": "yes"})
    assert refused.status_code == 422
    assert "no-such-fact" in refused.text
    assert client.post("/o/alpha/settings", data={**said, "jurisdictions": "us", "kind": "reseller"}).status_code == 303


def test_a_key_is_shown_once(service: Service) -> None:
    """On the page that answers its making, and on no other."""
    client = service.browser()
    made = client.post("/o/alpha/settings/keys", data={"name": "nightly", "role": "analyst", "expires": "2027-06-30"})
    found = re.search(r"debar_[0-9a-f]{12}\.[\w-]{43}", made.text)
    assert found
    assert found.group() not in client.get("/o/alpha/settings/keys").text


def test_scripts_are_small() -> None:
    """All scripts together, compressed, are under the budget."""
    scripts = b"".join((ASSETS / name).read_bytes() for name in ("htmx.min.js", "page.js"))
    assert len(gzip.compress(scripts)) < BUDGET


def test_the_list_of_organisations_holds_the_own_ones(service: Service) -> None:
    """Somebody with one goes there at once; somebody who runs the whole and is a member of none hears how to begin."""
    assert service.browser().get("/").headers["location"] == "/o/alpha/"
    assert "debar admin organisation add" in service.operator().get("/").text


def test_the_first_pages_need_no_account(tmp_path_factory: pytest.TempPathFactory) -> None:
    """To sign in, and what went wrong, is readable by anybody."""
    with serving(tmp_path_factory.mktemp("doors")) as found:
        answer = found.nobody().get("/sign-in")
        assert answer.status_code == 200
        assert "<h1>Sign in</h1>" in answer.text
