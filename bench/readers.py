# SPDX-License-Identifier: Apache-2.0
"""People who look, and programs that send, as Locust runs them: `python -m bench service` says what they need.

    BENCH_SERVICE=told.json locust --locustfile bench/readers.py --headless --users 55 ...

It needs nothing of debar. Beside the time until an answer was there, which is that of the network and of Locust as well, it notes the
time that the server says it took (`Server-Timing`).
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
from pathlib import Path
from typing import Any

from locust import FastHttpUser, constant, events, task

TOLD = json.loads(Path(os.environ["BENCH_SERVICE"]).read_text(encoding="utf-8"))
_TOOK = re.compile(r"app;dur=([0-9.]+)")
_numbers = itertools.count()


def _noted(name: str, answer: Any) -> None:
    """Note the time that the server says it took."""
    took = _TOOK.search(answer.headers.get("server-timing", "")) if answer.headers else None  # nobody was there
    if took:
        events.request.fire(
            request_type="SERVER",
            name=name,
            response_time=float(took[1]),
            response_length=0,
            exception=None if answer.status_code < 400 else RuntimeError(f"{answer.status_code}"),
            context={},
        )


class Reader(FastHttpUser):
    """Somebody who is signed in and looks through everything; each in another organisation."""

    fixed_count = TOLD["readers"]

    def wait_time(self) -> float:
        """Give the seconds that a page is read for."""
        think = TOLD["think"]
        return random.uniform(0.5 * think, 1.5 * think) if think else 0.0

    def on_start(self) -> None:
        """Take one of the sessions."""
        mine = TOLD["sessions"][next(_numbers) % len(TOLD["sessions"])]
        self.headers = {"cookie": f"debar-session={mine['token']}"}
        self.place, self.exposure = f"/o/{mine['organisation']}", mine["exposure"]
        first = "the first look of all"  # what the law makes of the day is fetched into memory then
        _noted(first, self.client.get(self.place + TOLD["pages"]["overview"], name=first, headers=self.headers))

    @task
    def look(self) -> None:
        """Look at one page or list."""
        name = random.choice(list(TOLD["pages"]))
        path = TOLD["pages"][name].replace("{exposure}", self.exposure)
        path = path.replace("{api}", f"/api/v1/organisations{self.place[2:]}") if "{api}" in path else self.place + path
        answer = self.client.get(path, name=name, headers=self.headers, allow_redirects=False)
        _noted(name, answer)


class Sender(FastHttpUser):
    """A program that sends one file after the other."""

    fixed_count = TOLD["senders"]
    wait_time = constant(TOLD["pause"])

    def on_start(self) -> None:
        """Take one of the keys."""
        self.mine = TOLD["keys"][next(_numbers) % len(TOLD["keys"])]

    @task
    def send(self) -> None:
        """Send a file that nobody has sent before."""
        number = random.randrange(1 << 40)
        parts = [
            {"type": "library", "name": f"part-{n}-{number}", "version": "1", "publisher": "Example GmbH"}
            for n in range(2000)
        ]
        bom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": parts}
        address = f"/api/v1/organisations/{self.mine['organisation']}/uploads?name=bom-{number % 20}.json"
        headers = {"x-api-key": self.mine["key"], "content-type": "application/octet-stream"}
        _noted("an upload", self.client.post(address, json.dumps(bom), headers=headers, name="an upload"))
