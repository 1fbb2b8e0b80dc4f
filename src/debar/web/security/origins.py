# SPDX-License-Identifier: Apache-2.0
"""Whether a request comes from our own pages, so that no other site has a browser do something here.

1. A request that changes nothing needs no proof, and neither does one with a key: browsers send no keys by themselves.
2. The browser says where it comes from: by Sec-Fetch-Site, and one that is older by Origin. Whoever says nothing is refused.
3. Where somebody is signed in, the page also brings the token of their session along: in a header, or in a field of its form.
   To the API it comes in the header, as no form is sent there without a script.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from debar.errors import ForbiddenError
from debar.web.security.callers import key_of

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection, Request

    from debar.web.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER, FIELD = "x-csrf-token", "csrf"
_PROGRAMS = "/api/"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def check_origin(request: HTTPConnection, settings: Settings) -> None:
    """Raise ForbiddenError for a change that another site asks for (1. and 2.)."""
    if request.scope["method"] in SAFE or key_of(request) is not None:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is None and origin is None:
        raise _refused("nothing tells that this comes from a page of ours")
    # Where a browser says both, the first cannot be wrong, and the second is left empty by some.
    if site != "same-origin" if site is not None else not _is_ours(origin or "", settings):
        raise _refused("another site asked for this")


def _is_ours(origin: str, settings: Settings) -> bool:
    scheme, _, host = origin.partition("://")
    return scheme == settings.url.partition("://")[0] and host.lower() in settings.hosts


async def check_token(request: Request, csrf: str) -> None:
    """Raise ForbiddenError for a change that does not bring the token of its session along (3.); a key has none."""
    if request.method in SAFE or not csrf:
        return
    given = await _token_given(request)
    if not hmac.compare_digest(csrf.encode(), given.encode("utf-8", "surrogatepass")):
        await request.close()  # and what was sent with it is gone
        raise _refused("the page that asked for this is not of this session")


async def _token_given(request: Request) -> str:
    """Give the token that a page brings along with a change."""
    if given := request.headers.get(HEADER):
        return given
    if request.scope["path"].startswith(_PROGRAMS):
        return ""  # what is sent there is read by the operation alone, and once
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _FORMS:
        return ""
    # Where the route declares a form this is the one that was read already; else it is kept for whoever asks for it.
    value = (await request.form()).get(FIELD)
    return value if isinstance(value, str) else ""


def _refused(why: str) -> ForbiddenError:
    return ForbiddenError(why, hint="load the page again, and send it from there; programs send a key")
