# SPDX-License-Identifier: Apache-2.0
"""The main journeys, end to end in headless Chromium: what people come for, with the keys and forms that they have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import staffed
from debar.model.vocab.portfolio import Role
from paged import (
    DAY,
    ESTATE,
    NEEDS_A_BROWSER,
    SOURCES,
    browsed,
    free_port,
    listening,
    peopled,
    tokens,
    working,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, NEEDS_A_BROWSER]
WALK = Path(__file__).with_name("walk.cjs")
SECTIONS = ("", "measures", "exposures", "assets", "parties", "duties", "decisions", "decisions/ask", "plan", "evidence",
            "uploads", "documents", "register", "settings", "settings/members", "settings/keys", "settings/hooks",
            "settings/folders", "audit")  # fmt: skip
NOTICE = """Federal Office for Supply Security
Notice, 3 March 2026

United States bans Kaspersky software from carriers

The Bureau of Industry and Security announced on 3 March 2026 that companies in the United States must not use Kaspersky software
from 1 June 2026. Software in use has to be removed by 31 December 2027.

"From 1 June 2026 no company may use software made by Kaspersky," the secretary said.
"""


@pytest.fixture(scope="module")
def walking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give what walks through the pages of a service with something in it, by the roles of who walks."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (
        peopled(tmp_path_factory.mktemp("journeys"), url=address) as service,
        working(service.portfolio),
        listening(service.app, port),
    ):
        people = {role: tokens(service, staffed.address("alpha", role))[0] for role in Role}

        def walk(*steps: tuple[object, ...]) -> Any:
            told = [("as", one[1], people[Role(str(one[1]))]) if one[0] == "as" else one for one in steps]
            return browsed(WALK, address, steps=told)

        yield walk


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_axe_finds_nothing_on_any_page(walking: Any, width: int, scheme: str) -> None:
    """Wide, dark and narrow: no rule of accessibility is broken, no page scrolls sideways, and none asks for more."""
    steps: list[tuple[object, ...]] = [("view", {"width": width, "scheme": scheme}), ("as", "admin")]
    for section in SECTIONS:
        steps += [("go", f"/o/alpha/{section}?as-of={DAY}"), ("axe",), ("wider",)]
    for listed in ("exposures", "measures", "assets", "parties", "duties"):
        steps += [("go", f"/o/alpha/{listed}?as-of={DAY}"), ("send", "#rows tbody th a"), ("axe",), ("wider",)]
    told = walking(*steps)
    assert told["console"] == []
    assert told["requests"] == []
    said = told["said"][2:]
    pages = [said[at : at + 3] for at in range(0, 3 * len(SECTIONS), 3)]
    assert [(section, page) for section, page in zip(SECTIONS, pages, strict=True) if page != [200, [], 0]] == []
    single = said[3 * len(SECTIONS) :]
    ones = [single[at : at + 4] for at in range(0, len(single), 4)]
    assert [one for one in ones if one[2:] != [[], 0]] == []


@pytest.mark.parametrize("script", [True, False])
def test_a_waiver_is_asked_approved_and_expires(walking: Any, script: bool) -> None:
    """One asks for several at once, another approves, nobody approves their own; on a later day it no longer holds."""
    told = walking(
        ("view", {"script": script}),
        ("as", "analyst"),
        ("go", f"/o/alpha/exposures?as-of={DAY}&status=unavailable"),
        ("tick", "tbody tr:nth-child(-n+2) input[name=exposure]"),
        ("send", "#bulk button"),
        ("fill", "select[name=verdict]", "accepted"),
        ("fill", "textarea[name=reason]", f"A replacement is ordered{' again' * script}."),
        ("fill", "input[name=expires]", f"2027-0{3 + script}-31" if not script else "2027-04-30"),
        ("send", "main form.fields.wider > p button.first"),
        ("text",),
        ("keep", "asked", ".clock", "action"),
        ("as", "approver"),
        ("go", "$asked"),
        ("fill", "textarea[name=answer]", "Agreed."),
        ("send", "main button.first"),
        ("text",),
        ("go", "$asked?as-of=2027-06-01"),
        ("text",),
        ("go", "/o/alpha/audit?action=decision."),
        ("text",),
    )
    assert told["console"] == []
    said = told["said"]
    assert "You asked for this, so somebody else has to answer" in said[9]
    assert "valid" in said[15]
    assert "Agreed." in said[15]
    assert "expired" in said[17]
    assert "decision.approved" in said[19]


def test_a_plan_is_moved_by_keys(walking: Any) -> None:
    """A plan is made; a bar moves by the arrow keys and stays where it was put; what comes of that is told."""
    told = walking(
        ("as", "analyst"),
        ("go", f"/o/alpha/plan?as-of={DAY}"),
        ("fill", "input[name=capacity]", "2"),
        ("send", "section[aria-labelledby=make-h] button"),
        ("reload", "h2", "Work by asset and day"),
        ("value", "[data-steps]", "data-day"),
        ("press", "[data-steps]", "ArrowRight", 9),
        ("text", "[data-gantt-told]"),
        ("press", "[data-steps]", "Enter"),
        ("wait", ".figures", "moved by hand"),
        ("wait", "button.quiet", "Put everything back"),
        ("text", "#plan"),
        ("axe",),
        ("send", "section[aria-labelledby=gantt-h] header button"),
        ("count", "section[aria-labelledby=gantt-h] header button"),
    )
    said = told["said"]
    assert told["console"] == []
    assert "Enter keeps it" in said[7]
    assert "late" in said[11]
    assert said[12] == []
    assert said[14] == 0


def test_a_notice_becomes_a_measure_that_hits(walking: Any, tmp_path: Path) -> None:
    """A notice is uploaded and read; every line is accepted beside its passages; the draft says whom it would hit."""
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    told = walking(
        ("as", "analyst"),
        ("go", "/o/alpha/documents"),
        ("file", "input[type=file]", str(notice)),
        ("send", "main button.first"),
        ("reload", "tbody th", "Kaspersky"),
        ("send", "section[aria-labelledby=stories-h] tbody th a"),
        ("count", "mark"),
        ("axe",),
        ("tick", "input[value=accept]"),
        # What papers do not give, a person gives: the kind of law, and how it is cited.
        ("tick", "fieldset:not(:has(input[value=accept])) input[value=edit]"),
        ("tick", "fieldset:not(:has(input[value=accept], input[value=edit])) input[value=not-a-fact]"),
        ("fill", "fieldset:not(:has(input[value=accept])) input[name^=value]", "order"),
        (
            "fill",
            "fieldset:not(:has(input[value=accept])) ~ fieldset:not(:has(input[value=accept])) input[name^=value]",
            "Order 1",
        ),
        ("send", "section[aria-labelledby=lines-h] form button.first"),
        ("text",),
        ("keep", "story", ".clock", "action"),
        ("as", "admin"),
        ("go", "$story"),
        ("send", "form[action$=accept] button"),
        ("text",),
        ("keep", "added", "a[href*='/register/measures']", "href"),
        ("go", "$added"),
        ("text",),
        ("fill", "select[name=status]", "active"),
        ("fill", "textarea[name=reason]", "The official text was read."),
        ("send", "main form.fields button.first"),
        ("text",),
    )
    said = told["said"]
    assert told["console"] == []
    assert said[6] > 2
    assert said[7] == []
    assert "Choices so far" in said[14]
    assert "It is a draft until an admin has read the official text" in said[19]
    assert "Who would be hit" in said[22]
    assert "active" in said[26]


def test_from_the_first_run_to_the_first_proof(tmp_path: Path) -> None:
    """Whoever started it sets it up by its token, uploads a file, sees what the law says, makes a proof and checks it."""
    from debar.portfolio import databases
    from debar.store.places import place
    from debar.web.app import application
    from debar.web.settings import Settings, digest

    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with databases.opened(place(str(tmp_path / "portfolio")), makes=True) as portfolio, working(portfolio):
        app = application(portfolio, Settings(url=address, rate=0, set_up=digest("the-token")))
        with listening(app, port):
            told = browsed(
                WALK,
                address,
                steps=[
                    ("as", "first", ""),
                    ("go", "/set-up?token=the-token"),
                    ("axe",),
                    ("fill", "input[name=name]", "Frida First"),
                    ("fill", "input[name=email]", "frida@example.org"),
                    ("fill", "input[name=password]", "a sentence that is long"),
                    ("fill", "input[name=organisation]", "Harbour Works"),
                    ("fill", "input[name=describes]", "us/reseller"),
                    ("send", "button.first"),
                    ("go", "/o/harbour-works/"),
                    ("text",),
                    ("send", "main a.button.first"),
                    ("file", "input[type=file]", str(ESTATE / SOURCES[0])),
                    ("send", "main button.first"),
                    ("reload", "#work tbody", "exposures on what"),
                    ("go", f"/o/harbour-works/exposures?as-of={DAY}"),
                    ("go", "/o/harbour-works/"),
                    ("text",),
                    ("go", "/o/harbour-works/evidence"),
                    ("send", "section[aria-labelledby=make-h] button.first"),
                    ("reload", "section[aria-labelledby=list-h]", "Download"),
                    ("send", "section[aria-labelledby=list-h] tbody th a"),
                    ("text",),
                    ("axe",),
                ],
            )
    said = told["said"]
    assert said[2] == []
    assert "Begin with evidence" in said[10]
    assert "exposures on" in said[17]
    assert "Intact" in said[22]
    assert said[23] == []
