# SPDX-License-Identifier: Apache-2.0
"""The timeline: a sound picture in which nothing is cut or covered, a page and a terminal that say the same."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dated
from debar.model.vocab import Grade, Halt, RelationKind, Status
from debar.obligations.spells import kin, spells
from debar.register.lanes import Asked, Chart, chart
from debar.writers import Style, legal
from debar.writers.timeline import look, page, svg, terminal, words
from debar.writers.timeline.axis import Axis
from debar.writers.timeline.lettering import Label, clean, fitted, rows, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.register import Register

NAMESPACE = "{http://www.w3.org/2000/svg}"
HOSTILE = '</title></svg><script>alert(1)</script><b onload="x">&amp;"\'\x1b[31m\u202eevil\ufffe]]>' + "W" * 300
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def drawn(register: Register, party: str = "", **changes: Any) -> Chart:
    """Give the lanes of a register, or of a party, at the end of 2024."""
    found = register.party(party) if party else None
    about = {"spells": spells(register, found), "kin": kin(register, found), "about": party} if found else {}
    return chart(register, Asked(**{"today": "2024-12-31", **about, **changes}))


def small() -> Register:
    """Give a law with everything that can be drawn."""
    paused = dated.provision(
        "paused",
        interruptions=(
            dated.halt(Halt.SUSPENSION, "2024-09-01", "2024-12-01"),
            dated.halt(Halt.NON_ENFORCEMENT, "2025-01-01", "2025-06-01"),
        ),
    )
    duty = dated.provision("duty", deadline=dated.deadline("2024-07-20"), exemptions=(dated.exemption("2024-08-01"),))
    again = dated.provision("again", restates=("us-order#duty",), applies_until="2025-03-01", grade=Grade.SECONDARY)
    history = tuple(dated.event(f"2024-0{month}-01") for month in range(1, 9))
    listed = dated.party("maker", dated.relation(RelationKind.LISTED, "us-order", valid_from="2024-08-01"))
    return dated.register(
        dated.measure(
            "us-order", paused, duty, again, dated.provision("lead", grade=Grade.UNVERIFIED), history=history
        ),
        dated.measure("jp-order"),
        parties=(listed,),
    )


def hostile() -> Register:
    """Give a law in which every text is hostile."""
    bad = dated.provision(
        text=HOSTILE,
        exemptions=(dated.exemption("2024-08-01", id_=HOSTILE),),
        restates=(HOSTILE,),
        citations=dated.CITED,
    )
    event = type(dated.event("2024-07-01"))(day="2024-07-01", kind=HOSTILE, text=HOSTILE, grade=Grade.PRIMARY)  # type: ignore[arg-type]
    register = dated.register(dated.measure("us-order", bad, title=HOSTILE, cite=HOSTILE, history=(event,)))
    documents = {
        "order": type(register.documents["order"])(
            id="order", title=HOSTILE, publisher=HOSTILE, url=f"javascript:{HOSTILE}", grade=Grade.PRIMARY
        )
    }
    return type(register)(**{**{f: getattr(register, f) for f in register.__struct_fields__}, "documents": documents})


class Box(NamedTuple):
    """What a text covers."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def parsed(found: Chart) -> ET.Element:
    """Give the picture, which must be well-formed."""
    out = io.StringIO()
    svg.write(found, out)
    return ET.fromstring(out.getvalue())


def placed(element: ET.Element, y: float = 0) -> Iterator[tuple[ET.Element, float]]:
    """Yield every element with how far its group is moved down."""
    if moved := re.fullmatch(r"translate\(0 ([\d.]+)\)", element.get("transform", "")):
        y += float(moved[1])
    yield element, y
    for child in element:
        yield from placed(child, y)


def boxes(root: ET.Element) -> list[Box]:
    """Give what every text covers at most."""
    found = []
    for element, y in placed(root):
        if element.tag == f"{NAMESPACE}text":
            text, size = element.text or "", float(element.get("font-size", "0"))
            long = width(text, size, bold="bold" in element.get("class", ""))
            x = float(element.get("x", "0")) - (long if element.get("text-anchor") == "end" else 0)
            base = float(element.get("y", "0")) + y
            found.append(Box(text, x, base - 0.76 * size, x + long, base + 0.24 * size))
    return found


def check_picture(found: Chart) -> ET.Element:
    """Give the picture after holding it to its promises: all inside, no text over another, each provision once."""
    root = parsed(found)
    wide, high = (float(root.get(name, "0")) for name in ("width", "height"))
    assert root.get("viewBox") == f"0 0 {wide:g} {high:g}"
    texts = boxes(root)
    for box in texts:
        assert 0 <= box.left <= box.right <= wide, box
        assert 0 <= box.top <= box.bottom <= high, box
    for one, other in combinations(texts, 2):
        apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
        assert apart, (one, other)
    for element, y in placed(root):
        if element.tag == f"{NAMESPACE}rect":
            left, top = float(element.get("x", "0")), float(element.get("y", "0")) + y
            assert 0 <= left <= left + float(element.get("width", "0")) <= wide
            assert 0 <= top <= top + float(element.get("height", "0")) <= high
        if element.tag == f"{NAMESPACE}polygon":
            points = [tuple(map(float, point.split(","))) for point in element.get("points", "").split()]
            assert all(0 <= px <= wide and 0 <= py + y <= high for px, py in points)
    provisions = [element.get("data-provision") for element in root.iter() if element.get("data-provision")]
    assert sorted(filter(None, provisions)) == sorted(lane.provision for group in found.groups for lane in group.lanes)
    return root


# ---- the picture -----------------------------------------------------------------------------------------------------


def test_the_picture_of_a_law_that_has_everything() -> None:
    """Bars, arrows, hatches, marks, legend and today's line are all there."""
    root = check_picture(drawn(small()))
    said = {box.text for box in boxes(root)}
    assert {
        "prohibited",
        "suspended",
        "not enforced",
        "secondary sources only",
        "today, 31 Dec 2024",
        "Jul 2024",
    } <= said
    assert "suspended, 1 Sep 2024 until 1 Dec 2024" in said
    assert "again, 1 Dec 2024 until 1 Jan 2025" in said
    assert "only restates us-order#duty" in said
    assert "due 30 Jul 2024" in said
    used = {element.get("fill", "") for element in root.iter()}
    assert {f"url(#hatch-{name})" for name in ("secondary", "doubtful", "suspended", "unenforced")} <= used
    today = [element for element in root.iter() if element.get("class") == "today"]
    assert len(today) == 1


@given(dated.registers())
def test_any_law_gives_a_sound_picture(register: Register) -> None:
    """Whatever the law: well-formed, nothing outside or over another text, every provision drawn once."""
    check_picture(drawn(register))


@given(dated.registers(), dated.DAYS, dated.DAYS, dated.DAYS)
def test_any_time_gives_a_sound_picture(register: Register, one: object, other: object, today: object) -> None:
    """Whatever the time, down to a single day, and wherever today lies."""
    since, until = sorted((str(one), str(other)))
    check_picture(drawn(register, since=since, until=until, today=str(today)))


@pytest.mark.parametrize("party", ["kaspersky", "huawei", ""])
def test_the_shipped_register_gives_a_sound_picture(register: Register, party: str) -> None:
    """The real law, of two parties and of all."""
    check_picture(drawn(register, party, today="2026-11-22"))


def test_nothing_gives_a_sound_picture() -> None:
    """Where nothing is to be drawn the picture says so."""
    root = check_picture(drawn(dated.register()))
    assert "Nothing of the register lies in this time." in {box.text for box in boxes(root)}


def test_hostile_text_stays_text() -> None:
    """Markup, control and direction characters in the register are shown, and do nothing."""
    root = check_picture(drawn(hostile(), about=HOSTILE))
    tags = {element.tag.removeprefix(NAMESPACE) for element in root.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "style",
        "defs",
        "pattern",
        "path",
        "rect",
        "polygon",
        "circle",
        "g",
        "text",
    }
    names = {name for element in root.iter() for name in element.attrib}
    assert not any(name.startswith("on") or "href" in name for name in names)
    text = "".join(root.itertext())
    assert "<script>alert(1)</script>" in text
    assert not set(text) & set("\x1b\u202e\ufffe")


def test_the_picture_needs_nothing_from_elsewhere() -> None:
    """No script, no font, no picture, no address: only its own hatches are referred to."""
    out = io.StringIO()
    svg.write(drawn(small()), out)
    assert "<script" not in out.getvalue()
    assert "@import" not in out.getvalue()
    assert "@font-face" not in out.getvalue()
    assert set(re.findall(r"https?://[^\"]+", out.getvalue())) == {"http://www.w3.org/2000/svg"}
    used = set(re.findall(r"url\(([^)]*)\)", out.getvalue()))
    defined = {f"#{name}" for name in re.findall(r'<pattern id="([^"]+)"', out.getvalue())}
    assert used <= defined


def test_the_picture_can_be_read_by_who_does_not_see_it() -> None:
    """It is an image with a title and a description, which the ids lead to."""
    root = parsed(drawn(small()))
    assert root.get("role") == "img"
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    title, description = (by_id[id_] for id_ in root.get("aria-labelledby", "").split())
    assert title.text == "Stages of the law: every measure of the register"
    assert "5 provisions of 2 measures" in (description.text or "")


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, as WCAG defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_colours_can_be_told_from_the_paper(colours: dict[str, str]) -> None:
    """Everything that is text, or means something, has a contrast of 4.5 to the paper; headings also to their band."""
    for name in ("ink", "soft", "now", *words.DOES):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    for name in ("ink", "soft"):
        assert contrast(colours[name], colours["band"]) >= 4.5, name


def test_every_position_has_a_colour_on_both_papers() -> None:
    """Light and dark name the same things, and everything that a provision can do is among them."""
    assert set(look.LIGHT) == set(look.DARK)
    assert set(words.DOES) <= set(look.LIGHT)
    assert set(words.DOES) == set(terminal._CODES)
    assert Status.SUSPENDED not in words.DOES
    assert "prefers-color-scheme:dark" in look.style()


def test_open_ends_are_arrows() -> None:
    """As many arrows as bars without an end, beside the one of the legend."""
    found = drawn(small())
    arrows = [e for e in parsed(found).iter(f"{NAMESPACE}polygon") if e.get("class")]
    assert len(arrows) == 1 + sum(
        bar.until is None for group in found.groups for lane in group.lanes for bar in lane.bars
    )


def test_today_is_drawn_only_where_it_lies() -> None:
    """Outside the time there is no line; a day that was asked for is not called today."""
    before = drawn(small(), since="2023-01-01", until="2024-11-01")
    assert not [e for e in parsed(before).iter() if e.get("class") == "today"]
    said = {box.text for box in boxes(parsed(drawn(small(), is_today=False)))}
    assert "on 31 Dec 2024" in said


# ---- its letters and its axis ----------------------------------------------------------------------------------------


@given(st.text(max_size=200), st.integers(40, 400))
def test_wrapped_lines_fit(text: str, room: int) -> None:
    """Lines fit the room, and all that is readable is in them."""
    lines = wrap(text, 12, room)
    assert all(width(line, 12) <= room or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


@given(st.text(max_size=200), st.integers(40, 400))
def test_fitted_text_fits(text: str, room: int) -> None:
    """Text is cut only when it must be, and then says so."""
    shown = fitted(text, 12, room)
    assert width(shown, 12) <= room
    assert shown == clean(text) or shown.endswith("...")


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 300))))
def test_labels_of_a_row_keep_apart(places: list[tuple[float, float]]) -> None:
    """Each label has a row, and within a row a gap to every other."""
    labels = [Label(x, long, "", x) for x, long in places]
    found = rows(labels, 5)
    assert [label for label, _ in found] == labels
    for (one, row), (other, same) in combinations(found, 2):
        if row == same:
            assert one.x + one.width + 5 <= other.x or other.x + other.width + 5 <= one.x


@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)), st.integers(1, 60_000))  # noqa: DTZ001
def test_ticks_leave_room(begin: datetime, days: int) -> None:
    """Ticks stand in order within the axis, each with room for its label."""
    since = begin.replace(tzinfo=UTC)
    axis = Axis(since, since + timedelta(days=days), 100, 900)
    ticks = axis.ticks(8)
    for tick in ticks:
        assert 100 <= tick.x <= 900
        assert tick.text.endswith(str(tick.at.year))
    for one, other in pairwise(ticks):
        # Months have 28 to 31 days: a tenth less room than the average.
        assert other.x - one.x >= 8 * len(one.text) * 0.9


# ---- the page --------------------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.said.append(data)


def seen(found: Chart) -> Tags:
    """Give what a browser would see of the page."""
    out = io.StringIO()
    page.write(found, out)
    tags = Tags()
    tags.feed(out.getvalue())
    return tags


def test_the_page_has_every_stage_with_its_sources() -> None:
    """Picture, a row for each stage, grades, sources as links, and that it is no legal advice."""
    found = drawn(small())
    tags = seen(found)
    text = "".join(tags.said)
    assert legal.DISCLAIMER in text
    stages = sum(
        len(group.marks) + sum(len(lane.bars) + len(lane.marks) for lane in group.lanes) for group in found.groups
    )
    assert sum(tag == "tr" for tag, _ in tags.found) == 1 + stages
    assert all(lane.provision in text for group in found.groups for lane in group.lanes)
    assert {"primary", "secondary", "unverified"} <= set(re.findall(r"\w+", text))
    assert {attrs["href"] for tag, attrs in tags.found if tag == "a"} == {"https://example.com/order"}
    assert "shall not use" in text
    assert sum(tag == "svg" for tag, _ in tags.found) == 1


def test_the_page_allows_itself_nothing() -> None:
    """It forbids scripts and everything from elsewhere, and has none."""
    tags = seen(drawn(small()))
    policy = next(attrs["content"] for tag, attrs in tags.found if attrs.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert {"script", "link", "img", "iframe", "object"}.isdisjoint(tag for tag, _ in tags.found)
    ids = [attrs["id"] for _, attrs in tags.found if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_hostile_text_stays_text_on_the_page() -> None:
    """Neither markup nor an address that is none of the web gets through."""
    tags = seen(drawn(hostile(), about=HOSTILE))
    assert not [tag for tag, _ in tags.found if tag in ("script", "b", "a")]
    assert not [name for _, attrs in tags.found for name in attrs if name.startswith("on")]
    assert "<script>alert(1)</script>" in "".join(tags.said)
    assert not set("".join(tags.said)) & set("\x1b\u202e\ufffe")


# ---- the terminal ----------------------------------------------------------------------------------------------------


def shown(found: Chart, style: Style, encoding: str = "utf-8") -> str:
    """Give what the terminal shows."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace", newline="\n")
    terminal.write(found, out, style)
    out.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width_", [40, 72, 100, 120])
def test_lanes_keep_to_the_width(width_: int) -> None:
    """No line is wider than the terminal, but for a single word that is."""
    for line in shown(drawn(small()), Style(width=width_)).splitlines()[1:]:
        assert len(line) <= width_ or " " not in line.strip(), line


def test_colour_only_repeats_what_is_written() -> None:
    """Without its colours, a coloured timeline is the plain one."""
    found = drawn(small())
    coloured = shown(found, Style(colour=True))
    assert COLOUR.search(coloured)
    lines = [line.rstrip() for line in COLOUR.sub("", coloured).splitlines()]
    assert lines == shown(found, Style()).splitlines()


def test_lanes_show_how_a_provision_stands() -> None:
    """Bars, suspensions, open ends and events are told by signs, what they do by words; the list has every stage."""
    found = drawn(small())
    said = shown(found, Style())
    lane = next(line for line in said.splitlines() if line.startswith("  prohibited x3"))
    assert set("█▶") <= set(lane)
    assert "restates" in said
    assert "◆" in next(line for line in said.splitlines() if line.startswith("  happened"))
    (alone,) = drawn(
        dated.register(dated.measure("us-order", next(iter(small().measures["us-order"].provisions))))
    ).groups
    assert [bar.halt for bar in alone.lanes[0].bars][1] is Halt.SUSPENSION
    assert all(f"[{lane.provision}]" in re.sub(r"\s+", " ", said) for group in found.groups for lane in group.lanes)
    assert "(suspended)" in said
    assert legal.DISCLAIMER.split(".", maxsplit=1)[0] in said


def test_a_terminal_without_signs_gets_plain_ones() -> None:
    """Where the output can take only ASCII, bars are made of it, and nothing is escaped for that."""
    said = shown(drawn(small()), Style(), "ascii")
    assert said.isascii()
    assert "\\u25" not in said
    assert "####" in said


def test_hostile_text_does_not_steer_the_terminal() -> None:
    """Control and direction characters are escaped."""
    said = shown(drawn(hostile(), about=HOSTILE), Style())
    assert not set(said) & set("\x1b\u202e")


@given(dated.registers(), st.integers(40, 120))
def test_any_law_can_be_shown(register: Register, columns: int) -> None:
    """Whatever the law, every provision stands in the list."""
    found = drawn(register)
    said = re.sub(r"\s+", "", shown(found, Style(width=columns)))
    assert all(f"[{lane.provision}]" in said for group in found.groups for lane in group.lanes)
