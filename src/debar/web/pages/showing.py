# SPDX-License-Identifier: Apache-2.0
"""The frame around every page: who looks, at which days, where to, and which register answers."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup, escape

from debar import dates
from debar.model.vocab.portfolio import Permission
from debar.obligations.brief import release_of
from debar.obligations.question import Question
from debar.portfolio import requests
from debar.portfolio.register_of import register_of
from debar.release import VERSION
from debar.web.here import clock
from debar.web.pages import saying, wording
from debar.web.pages.links import CLOCK, Links
from debar.writers import filling, legal
from debar.writers.html import chart
from debar.writers.outline.found import Count
from debar.writers.references import link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import Request
    from jinja2 import Environment

    from debar.register import Register
    from debar.web.here import Here, Visit

TEMPLATES = Path(__file__).parent / "templates"


_SENT = frozenset({"accept", "choices", "file", "password", "verify"})
"""Ends of addresses that only take forms: a page that answers one is that of the address before."""


class Place(NamedTuple):
    """An entry of the navigation."""

    section: str
    title: str
    needs: Permission = Permission.READ


PLACES = (
    (
        Place("", "Overview"),
        Place("measures", "Measures"),
        Place("exposures", "Exposures"),
        Place("assets", "Assets"),
        Place("parties", "Parties"),
    ),
    (
        Place("duties", "Duties"),
        Place("decisions", "Decisions"),
        Place("plan", "Plan"),
        Place("evidence", "Evidence"),
    ),
    (
        Place("uploads", "Uploads"),
        Place("documents", "Documents"),
        Place("register", "Register"),
    ),
    (
        Place("settings", "Settings"),
        Place("audit", "Audit"),
    ),
)
"""By what people come for: how it stands, what to do, where it comes from, who may."""


@lru_cache
def environment() -> Environment:
    """Give what fills the templates."""
    found = filling.environment(TEMPLATES)
    found.auto_reload = False
    found.filters |= {**wording.FILTERS, "web": link, "bar": _bar, "lines": filling.lines}
    return found


def compiled() -> None:
    """Have every template ready, so that nobody waits for it."""
    for name in environment().list_templates():
        environment().get_template(name)


def page(request: Request, here: Here, name: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - whatever its template names
    """Give a page of an organisation."""
    links = links_of(request, here.estate.organisation)
    register = register_of(here.estate)
    question = Question(organisation=here.estate.tenant.facts, as_of=here.clock.as_of, known_on=here.clock.known_on)
    today = dates.present()[:10]
    frame = {
        **_shared(request, links),
        "zone": partial(zone_of, register, here.estate.tenant.facts.jurisdictions),
        "caller": here.caller,
        "waiting": requests.waiting(here.estate),
        "tenant": here.estate.tenant,
        "may": {permission.value: here.estate.may(permission) for permission in Permission},
        "clock": here.clock,
        "today": today,
        "is_past": here.clock.as_of[:10] != today or bool(here.clock.known_on),
        "places": PLACES,
        "register_version": release_of(register, question),
        "csrf": here.csrf,
    }
    return HTMLResponse(environment().get_template(name).render(frame | values), status)


def wide(request: Request, visit: Visit, name: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - whatever its template names
    """Give a page of somebody who is known, that belongs to no organisation."""
    today = dates.present()[:10]
    days = clock(request)
    frame = {
        **_shared(request, links_of(request)),
        "caller": visit.caller,
        "tenant": None,
        "clock": days,
        "today": today,
        "is_past": days.as_of[:10] != today or bool(days.known_on),
        "places": (),
        "register_version": None,
        "csrf": visit.csrf,
        "waiting": 0,
    }
    return HTMLResponse(environment().get_template(name).render(frame | values), status)


def alone(request: Request, name: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - whatever its template names
    """Give a page that belongs to no organisation: to sign in, to begin, or to say what went wrong."""
    frame = {**_shared(request, links_of(request)), "csrf": "", "caller": None}
    return HTMLResponse(environment().get_template(name).render(frame | values), status)


def back(request: Request, here: Here, *parts: str, said: str = "", **query: object) -> RedirectResponse:
    """Give the way to a page after something was done; `said` names what is to be told there."""
    links = links_of(request, here.estate.organisation)
    return RedirectResponse(links.to(*parts, said=said, **query), 303)


def links_of(request: Request, organisation: str = "") -> Links:
    """Give how a page leads to others."""
    query = [(name, value) for name, value in request.query_params.multi_items() if value]
    path = request.url.path
    if request.method == "POST" and path.rpartition("/")[2] in _SENT:
        path = path.rpartition("/")[0]
    return Links(f"/o/{organisation}" if organisation else "", path, tuple(query))


def _shared(request: Request, links: Links) -> dict[str, object]:
    """Give what every page has, whoever looks."""
    return {
        "links": links,
        "to": links.to,
        "version": VERSION,
        "disclaimer": legal.DISCLAIMER,
        "said": saying.said(request.query_params.get("said", "")),
        "section": "",
        "clock_names": CLOCK,
    }


def zone_of(register: Register, places: Sequence[str], measures: Sequence[str] = (), stamp: str = "") -> str:
    """Give where the day of a duty is a day: where one of its authorities sits, or one that binds the asker.

    Of several that sits where the instant begins or ends a day; else it is the first.
    """
    known = [register.measures[one] for one in measures if one in register.measures]
    known = known or [one for one in register.measures.values() if one.jurisdiction in places][:1]
    zones = [register.authorities[one.authority].zone for one in known]
    return next((zone for zone in zones if "T" in stamp and legal.is_a_day(stamp, zone)), zones[0] if zones else "UTC")


def _bar(statuses: Mapping[str, int], most: int) -> Markup:
    """Give counts by status as a bar, of which the longest of a list takes the whole width."""
    counted = [
        Count(status="" if status == wording.LATER else status, text="", count=count)
        for status, count in statuses.items()
        if count
    ]
    return Markup(chart.counts(counted, most))  # noqa: S704 - escaped there


def attributes(values: Mapping[str, object]) -> Markup:
    """Give attributes of an element."""
    return Markup(" ").join(Markup('{}="{}"').format(name, escape(value)) for name, value in values.items())
