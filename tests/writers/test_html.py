# SPDX-License-Identifier: Apache-2.0
"""The page: it needs nothing from elsewhere, says all that the report says, and no text in it is more than text."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bench.made import large_report
from hypothesis import given
from hypothesis import strategies as st

from debar.model.vocab import Status
from debar.obligations.position import GRAVITY
from debar.text import printable
from debar.writers import Style, filling, html, words
from debar.writers.html import chart, columns, page
from debar.writers.outline import outline
from debar.writers.timeline.lettering import width
from reported import ATTACK, SAID, demo, full, hostile, nothing

SOURCE = Path(html.__file__).parent
VOID = frozenset({"meta", "br", "input"})


class Parsed(HTMLParser):
    """The elements of a page, with their attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside: list[str] = []
        self.blocks: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element and what it is inside of."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag if tag != "script" else f"script {dict(attrs).get('type')}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element that has no inside."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Check that the element which ends is the one that was begun last."""
        assert self.inside.pop().split()[0] == tag

    def handle_data(self, data: str) -> None:
        """Keep text, apart from that of scripts and styles."""
        top = self.inside[-1] if self.inside else ""
        if top.startswith(("script", "style")):
            self.blocks[top] = self.blocks.get(top, "") + data
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """Give all that a reader sees."""
        return " ".join(" ".join(self.texts).split())

    @property
    def data(self) -> Any:
        """Give the columns."""
        return json.loads(self.blocks["script application/json"])


def written(report: Any) -> str:
    """Give a report as a page."""
    out = io.StringIO()
    html.write_report(report, out, Style())
    return out.getvalue()


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    """Give the page of the demo estate."""
    return Parsed(written(demo()))


@pytest.mark.parametrize("report", [demo, hostile, nothing])
def test_the_page_needs_nothing_from_elsewhere(report: Any) -> None:
    """No element loads anything, and the page itself forbids whatever is not its own style and script."""
    found = Parsed(written(report()))
    assert {tag for tag, _ in found.elements} & {"link", "img", "iframe", "object", "embed", "base", "form"} == set()
    assert [a for _, a in found.elements if {"src", "style", "srcset", "action"} & a.keys()] == []
    policy = next(a["content"] for _, a in found.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'; ")
    for block in ("style", "script None"):
        digest = base64.b64encode(hashlib.sha256(found.blocks[block].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "url(" not in found.blocks["style"]
    assert "@import" not in found.blocks["style"]


def test_an_attack_is_text() -> None:
    """Names that end scripts, open elements or steer the reading direction add no element and are shown as they are."""
    plain, attacked = Parsed(written(demo())), Parsed(written(hostile()))
    tags = Counter(tag for tag, _ in attacked.elements)
    assert set(tags) <= {tag for tag, _ in plain.elements}
    assert (tags["script"], tags["img"], tags["style"]) == (2, 0, 1)
    assert [a for _, a in attacked.elements if any(name.startswith("on") for name in a)] == []
    assert printable(ATTACK) in attacked.text
    assert "\u202e" not in attacked.text
    assert any(ATTACK.partition("\u202e")[0] in asset for asset in attacked.data["assets"])


def test_links_lead_to_the_web_or_inside() -> None:
    """An address of any other scheme is shown and is no link."""
    for report in (demo(), hostile()):
        links = [a["href"] or "" for tag, a in Parsed(written(report)).elements if tag == "a"]
        assert all(re.match(r"#|https?://", link) for link in links)
    assert 'rel="noopener noreferrer"' in written(demo())
    assert "javascript:" not in " ".join(a.get("href") or "" for _, a in Parsed(written(hostile())).elements)


@given(st.recursive(st.text() | st.integers(0, 9), lambda some: st.lists(some) | st.dictionaries(st.text(), some)))
def test_data_cannot_end_its_element(value: Any) -> None:
    """JSON in a page holds no character that could end a script element or begin a comment, and says the same."""
    text = columns.encoded(value)
    assert set("<>&\u2028\u2029").isdisjoint(text)
    assert json.loads(text) == value


def test_columns_say_what_the_report_says(parsed: Parsed) -> None:
    """Every exposure can be put together again from the columns, with its evidence, its law and its duties."""
    report, data = demo(), parsed.data
    told = outline(report)
    sources = {source.id: source for source in report.sources}
    at = 0
    assert data["id"] == [exposure.id for exposure in report.exposures]
    for n, exposure in enumerate(report.exposures):
        assert data["assets"][data["asset"][n]] == exposure.asset
        assert data["parties"][data["party"][n]] == report.names[exposure.party]
        assert data["days"][data["day"][n]] == exposure.first_seen[:10]
        assert data["days"][data["last"][n]] == exposure.last_seen[:10]
        assert data["level"][n] == exposure.level
        group = data["law"]["groups"][data["group"][n]]
        stand = {act: status for acts, status, _, _ in group[2] for act in acts.split(", ")}
        assert stand == {position.act: position.status for position in report.positions[exposure.id]}
        duties = {told.tasks[task].id for task in data["duties"][data["duty"][n]]}
        assert duties == {one.id for one in report.obligations if exposure.id in one.exposures}
        assert data["shown"][n] == len(exposure.matches)
        for match in exposure.matches:
            indicator, kind, value, *_ = data["shapes"][data["shape"][at]]
            path, digest = data["sources"][data["source"][at] - 1]
            assert (data["indicators"][indicator][0], kind, value) == (match.indicator, *seen(match))
            assert (path, digest) == (sources[match.source].path, sources[match.source].sha256)
            assert (data["locator"][at], data["times"][at]) == (match.locator, match.count + match.others)
            at += 1
    assert at == len(data["shape"])


def seen(match: Any) -> tuple[str, str]:
    """Give what was observed, as it may be shown."""
    return match.observable.kind, printable(match.observable.value)


def test_all_that_must_be_seen_needs_no_script(parsed: Parsed) -> None:
    """The answer, duties, law with its sources, questions, what is set aside, gaps and digests are plain text."""
    report = demo()
    told = outline(report)
    needed = [told.answer, told.asker, report.register.sha256]
    needed += [task.action for task in told.tasks] + [reason.text for reason in told.law.reasons]
    needed += [passage.citation for reason in told.law.reasons for passage in reason.passages]
    needed += [question.text for question in told.questions] + [aside.reason for aside in report.set_aside]
    needed += [source.sha256 for source in report.sources] + list(report.coverage.notes)
    needed += [gap.text for gap in told.gaps] + [f"{e.asset}" for e in report.exposures]
    assert [text for text in needed if " ".join(text.split()) not in parsed.text] == []
    assert "This is not legal advice" in parsed.text


def test_what_people_add_and_what_is_missing_is_told() -> None:
    """Whose question was assumed, warnings, decisions in every state, records, protection and skips stand in the page."""
    found = Parsed(written(full()))
    assert [one for one in SAID if one not in found.text] == []
    assert "accepted by A. Meyer on 2024-09-01, approved by B. Kim" in found.data["mores"][found.data["more"][0]]


def test_nothing_found_is_said_with_what_was_not_looked_at() -> None:
    """A page about nothing says where nothing was found, and links what was not looked at."""
    found = Parsed(written(nothing()))
    assert "Nothing, in what was looked at." in found.text
    assert "#coverage" in [a.get("href") for tag, a in found.elements if tag == "a"]
    assert "grid" not in [a.get("id") for _, a in found.elements]


def test_the_same_report_is_the_same_page() -> None:
    """Nothing of the moment of writing stands in a page."""
    assert written(demo()) == written(demo())


@pytest.mark.parametrize("report", [demo, nothing])
def test_the_page_has_an_order(report: Any) -> None:
    """There is one h1, no level of heading is left out, every part is labelled, every column has its head."""
    found = Parsed(written(report()))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [a["id"] or "" for _, a in found.elements if "id" in a]
    assert sorted(ids) == sorted(set(ids))
    assert all(a.get("aria-labelledby") in ids for tag, a in found.elements if tag == "section")
    assert all(a.get("scope") in ("row", "col") for tag, a in found.elements if tag == "th")
    assert {"main", "header", "footer", "nav"} <= {tag for tag, _ in found.elements}
    inside = [a["href"][1:] for tag, a in found.elements if tag == "a" and (a["href"] or "").startswith("#")]  # type: ignore[index]
    assert set(inside) <= set(ids)


def test_a_picture_is_described_or_only_repeats(parsed: Parsed) -> None:
    """Every picture has a title and description, or is hidden because words beside it say the same."""
    pictures = [a for tag, a in parsed.elements if tag == "svg"]
    assert [a for a in pictures if a.get("aria-hidden") != "true" and a.get("role") != "img"] == []
    assert sum(a.get("aria-labelledby") == "stages-t stages-d" for a in pictures) == 1


def colours(text: str) -> dict[str, str]:
    """Give the colours of a block of declarations."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", text))


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, as WCAG 2.2 defines it."""
    whole = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out(scheme: int) -> None:
    """All colours of text have a contrast of at least 4.5 to paper and ground, on light and on dark."""
    style = (SOURCE / "page.css").read_text(encoding="utf-8")
    found = colours(re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme])
    for name in ("ink", "soft", "link", "now", "silent", *Status):
        for ground in ("paper", "ground"):
            bright, dark = sorted((luminance(found[name]), luminance(found[ground])), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, f"{name} on {ground}"


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("other", ["web/assets/page.css", "writers/intake/page.css"])
def test_pages_of_all_kinds_look_alike(other: str, scheme: int) -> None:
    """What the style sheets of two kinds of pages call by one name is one colour: a status looks the same everywhere."""
    found, same = (
        colours(re.findall(r":root \{(.*?)\}", (folder / file).read_text("utf-8"), re.DOTALL)[scheme])
        for folder, file in ((SOURCE, "page.css"), (SOURCE.parents[1], other))
    )
    shared = found.keys() & same.keys()
    assert shared >= {"paper", "ground", "line", "ink", "soft", "link"}
    assert {name: found[name] for name in shared} == {name: same[name] for name in shared}
    assert "intake" in other or shared >= {"silent", *Status}


def test_every_status_has_its_own_word_and_shape() -> None:
    """Words of the script are those of the program, and no status is told by its colour alone."""
    script = (SOURCE / "page.js").read_text(encoding="utf-8")
    shown = re.search(r"const STATUS = \{(.*?)\};", script, re.DOTALL)
    assert shown
    pairs = re.findall(r'"?([\w-]*)"?: "([^"]+)"', shown[1])
    assert [pair for pair in pairs if pair[0]] == [(str(status), text) for status, text in words.STATUSES.items()]
    marks = (filling.LOOK / "statuses.html").read_text(encoding="utf-8")
    shapes = dict(re.findall(r'<symbol id="m-([\w-]+)"[^>]*>(.*?)</symbol>', marks))
    assert set(shapes) == {*Status, "silent"}
    assert len(set(shapes.values())) == len(shapes)


def test_statuses_stand_by_gravity() -> None:
    """The order of the vocabulary, by which pages sort, is the one by which findings outweigh one another."""
    assert tuple(Status) == GRAVITY == tuple(words.STATUSES)


def test_a_large_page_stays_small_in_plain_html() -> None:
    """Of many exposures the gravest stand in plain HTML, and the columns have them all."""
    report = large_report(page.PLAIN * 3)
    found = Parsed(written(report))
    assert len(found.data["id"]) == len(report.exposures)
    assert f"The gravest {page.PLAIN} of {page.PLAIN * 3} exposures" in found.text
    assert sum(tag == "h4" for tag, _ in found.elements) == page.PLAIN


def test_texts_of_the_picture_stay_inside() -> None:
    """The labels of the stages begin and end within the picture."""
    told = outline(demo("us/federal-contractor"))
    picture = chart.stages(told.axis)
    assert all(0 <= float(x) <= 1000 for x in re.findall(r'<(?:text|rect)[^>]* x="([\d.]+)"', picture))
    labels = re.findall(r'<text class="ink halo" x="([\d.]+)" y="[\d.]+">([^<]*)<', picture)
    assert labels
    assert all(float(x) + width(text, 11) <= 1000 for x, text in labels)
    assert picture.count("<title") == picture.count("</title>")
    assert told.axis.day in picture
