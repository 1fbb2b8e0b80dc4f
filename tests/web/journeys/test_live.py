# SPDX-License-Identifier: Apache-2.0
"""What moves on a page while somebody looks at it, in headless Chromium: work as it goes on, and a plan as it is dragged."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import staffed
from debar.model.portfolio import Clock
from debar.model.vocab.portfolio import Role
from debar.portfolio import plans
from debar.web import events
from paged import (
    DAY,
    ESTATE,
    NEEDS_A_BROWSER,
    browsed,
    free_port,
    listening,
    peopled,
    settled,
    tokens,
    working,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from debar.web.here import Here
    from served import Service

pytestmark = [pytest.mark.slow, NEEDS_A_BROWSER]
WALK = Path(__file__).with_name("walk.cjs")
ADDED = "sbom/edge-appliance.spdx.json"
STEPS = '[data-steps][aria-label*="replace first"]'
"""Work that shelters a machine before its protection goes."""
_LONGEST = 60.0


class Shown:
    """A service with something in it, on a port, and who looks at it."""

    def __init__(self, service: Service) -> None:
        """Take the service."""
        self.service = service

    def walk(self, *steps: tuple[object, ...]) -> Any:
        """Give what an analyst meets who takes these steps."""
        token = tokens(self.service, staffed.address("alpha", Role.ANALYST))[0]
        return browsed(WALK, self.service.url, steps=[("as", "analyst", token), *steps])


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Give a service in which a plan was made, and nobody works now."""
    port = free_port()
    with peopled(tmp_path_factory.mktemp("live"), url=f"http://127.0.0.1:{port}") as service:
        with working(service.portfolio):
            plans.make(service.portfolio, service.estate(), Clock(as_of=DAY), begins="2024-10-07")
            settled(service.portfolio, service)
        with listening(service.app, port):
            yield Shown(service)


def test_work_is_told_while_it_goes_on(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was sent waits, is read and is worked out on a page that is never loaded anew, though its events break off again and again."""
    followed = []
    whole = events._events

    def counted(request: Any, here: Here) -> AsyncIterator[str]:
        followed.append(time.monotonic())
        return whole(request, here)

    monkeypatch.setattr(events, "_events", counted)
    monkeypatch.setattr(events, "LASTS", 1.0)

    def works() -> None:
        """Begin to work once the events have broken off and were asked for again."""
        until = time.monotonic() + _LONGEST
        while len(followed) < 3 and time.monotonic() < until:
            time.sleep(0.05)
        with working(shown.service.portfolio):
            settled(shown.service.portfolio, shown.service)
            time.sleep(8.0)  # browsers ask again after 3 s

    worker = threading.Thread(target=works)
    worker.start()
    try:
        told = shown.walk(
            ("go", "/o/alpha/uploads"),
            ("file", "input[type=file]", str(ESTATE / ADDED)),
            ("send", "main button.first"),
            ("wait", "#jobs tbody tr:first-child", "queued"),
            ("mark",),
            ("wait", "#jobs tbody th", "exposures on"),
            ("wait", "#rows tbody tr:first-child td", "spdx"),
            ("count", "#jobs tbody .state.busy"),
            ("marked",),
            ("axe",),
        )
    finally:
        worker.join()
    assert told["console"] == []
    assert told["said"][-2:] == [True, []]
    assert len(followed) > 2


def test_a_plan_says_what_a_drag_would_do_before_it_is_kept(shown: Shown) -> None:
    """By mouse: nothing is kept until somebody says so, and what would stand unprotected is told before."""
    told = shown.walk(
        ("go", f"/o/alpha/plan?as-of={DAY}"),
        ("value", STEPS, "data-day"),
        ("drag", STEPS, 9),
        ("wait", "[data-gantt-would]", "Would stand unprotected"),
        ("text", "[data-gantt-would]"),
        ("axe",),
        ("click", "[data-put-back]"),
        ("text", "[data-gantt-would]"),
        ("value", STEPS, "transform"),
        ("drag", STEPS, 9),
        ("wait", "[data-gantt-would]", "Would stand unprotected"),
        ("value", ".gantt", "data-version"),
        ("click", "[data-keep]"),
        ("wait", "#bare", "from"),
        ("value", STEPS, "data-day"),
        ("value", ".gantt", "data-version"),
        ("go", f"/o/alpha/plan?as-of={DAY}"),
        ("value", STEPS, "data-day"),
        ("send", "section[aria-labelledby=gantt-h] header button"),
    )
    said = told["said"][1:]
    assert told["console"] == []
    assert "Keep it" in said[4]
    assert said[5] == []
    assert said[7] == ""
    assert said[8] == "translate(0 0)"
    assert said[14] > said[1]
    assert (int(said[11]), said[17]) == (int(said[15]) - 1, said[14])


def test_a_plan_says_what_keys_would_do_before_it_is_kept(shown: Shown) -> None:
    """By keys the same: the arrow keys ask, Escape puts back, Enter keeps."""
    told = shown.walk(
        ("go", f"/o/alpha/plan?as-of={DAY}"),
        ("value", STEPS, "data-day"),
        ("press", STEPS, "ArrowRight", 9),
        ("wait", "[data-gantt-would]", "Would stand unprotected"),
        ("press", STEPS, "Escape"),
        ("text", "[data-gantt-would]"),
        ("go", f"/o/alpha/plan?as-of={DAY}"),
        ("value", STEPS, "data-day"),
        ("press", STEPS, "PageUp", 2),
        ("wait", "[data-gantt-would]", "Would stand unprotected"),
        ("press", STEPS, "Enter"),
        ("wait", "button.quiet", "Put everything back"),
        ("value", STEPS, "data-day"),
        ("send", "section[aria-labelledby=gantt-h] header button"),
    )
    said = told["said"][1:]
    assert told["console"] == []
    assert said[5] == ""
    assert said[7] == said[1]
    assert said[12] > said[1]
