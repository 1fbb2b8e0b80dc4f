# SPDX-License-Identifier: Apache-2.0
"""The calendar of what is due, at an address that is its own key: calendars can send no header, and nobody to sign in.

The key is one of a viewer, is shown once, expires, and can be revoked like any other. The log of the service shows it as stars.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import Response

from debar.errors import NotThereError
from debar.model.portfolio import Clock
from debar.model.vocab.portfolio import Permission, Role
from debar.portfolio import estates, keys, owed
from debar.portfolio.register_of import register_of
from debar.web.here import today
from debar.writers import agenda

if TYPE_CHECKING:
    from debar.model.viewed import Owed

MEDIA = "text/calendar; charset=utf-8"
router = APIRouter(include_in_schema=False)


@router.get("/calendar/{token}.ics")
def calendar(request: Request, token: str) -> Response:
    """Give what is due for the organisation of a key, today, as a calendar."""
    portfolio, settings = request.app.state.portfolio, request.app.state.settings
    caller = keys.caller(portfolio, token[:200])
    if caller is None or set(caller.roles.values()) != {Role.VIEWER}:
        # What may do more than to read has no business in an address, which is written down in many places.
        raise NotThereError("there is no such calendar", hint="a key of a viewer opens one: make it in the settings")
    estate = estates.entered(portfolio, caller, next(iter(caller.roles)), Permission.READ)
    day = today()
    out = io.StringIO()
    place = f"{settings.url}/o/{estate.organisation}/duties"
    register = register_of(estate)

    def zone(one: Owed) -> str:
        measure = register.measures.get(one.measures[0]) if one.measures else None
        return register.authorities[measure.authority].zone if measure else "UTC"

    agenda.write(estate.tenant.name, day, owed.rows(estate, Clock(as_of=day)), out, zone=zone, place=place)
    headers = {"content-disposition": f'inline; filename="{estate.organisation}.ics"'}
    return Response(out.getvalue(), media_type=MEDIA, headers=headers)
