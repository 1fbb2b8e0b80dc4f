# SPDX-License-Identifier: Apache-2.0
"""Whom an organisation tells of what: addresses of the web and of mail, and what they were told.

An address of the web gets a secret of its own when it is added, with which every message to it is signed. Whether an address
may be asked at all is looked at again each time that something is sent (`debar.web.telling`): names change what they mean.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import LimitError, NotThereError, UsageError, did_you_mean
from debar.model.telling import Hook, Told
from debar.model.vocab.portfolio import JobKind, Permission
from debar.model.vocab.telling import Event, HookKind, ToldState
from debar.portfolio import jobs, names, paging
from debar.portfolio.tables import HOOKS, TOLD
from debar.store.tables import LOG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.portfolio import Page
    from debar.model.telling import Means
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

MOST = 50
"""Of one organisation."""
OFFERED = tuple(event for event in Event if event is not Event.TEST)
"""What somebody may want to hear of."""
_LONGEST = 2000
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PREFIX = "whsec_"
"""Before the secret, as Standard Webhooks has it."""
_HIDDEN = frozenset({"secret", "heard", "looked_at"})
_COLUMNS = [column for column in HOOKS.c if column.name not in _HIDDEN]


def add(estate: Estate, kind: HookKind, to: str, events: Sequence[str], means: Means) -> tuple[Hook, str]:
    """Have somebody told of what happens from now on; give it with the secret of its signatures, which is empty for mail.

    Raises UsageError for what is no address, or none that may be told, and LimitError for too many.
    """
    estate.needs(Permission.ADMINISTER)
    wanted = tuple(Event(one) for one in dict.fromkeys(map(_known, events)))
    place = web_address(to, means) if kind is HookKind.WEB else _mail_address(to, means)
    secret = _PREFIX + b64encode(secrets.token_bytes(32)).decode() if kind is HookKind.WEB else ""
    now = dates.present()
    hook = Hook(id=f"hok-{secrets.token_hex(8)}", kind=kind, to=place, events=wanted, by=estate.caller.id, at=now)
    with estate.writing() as connection:
        if connection.execute(sa.select(sa.func.count()).select_from(HOOKS)).scalar_one() >= MOST:
            raise LimitError(f"{MOST} are told already", hint="take one out first")
        last = connection.execute(sa.select(sa.func.max(LOG.c.seq))).scalar() or 0
        row = {"id": hook.id, "kind": kind.value, "to": place, "events": " ".join(wanted), "by": hook.by, "at": now}
        connection.execute(
            sa.insert(HOOKS), {**row, "is_active": True, "secret": secret, "heard": last, "looked_at": ""}
        )
        estate.log(connection, "hook.added", hook.id, {"kind": kind.value, "to": shown(hook), "events": list(wanted)})
    return hook, secret


def set_active(estate: Estate, id_: str, *, is_active: bool) -> Hook:
    """Stop telling somebody, or begin again with what happens from now on; NotThereError for none."""
    estate.needs(Permission.ADMINISTER)
    with estate.writing() as connection:
        hook = _one(connection, id_)
        last = connection.execute(sa.select(sa.func.max(LOG.c.seq))).scalar() or 0
        values = {"is_active": is_active, **({"heard": last} if is_active and not hook.is_active else {})}
        connection.execute(sa.update(HOOKS).where(HOOKS.c.id == id_).values(values))
        estate.log(connection, "hook.begun" if is_active else "hook.stopped", id_)
        return _one(connection, id_)


def remove(estate: Estate, id_: str) -> None:
    """Tell somebody nothing more, and forget what they were told; NotThereError for none."""
    estate.needs(Permission.ADMINISTER)
    with estate.writing() as connection:
        hook = _one(connection, id_)
        connection.execute(sa.delete(TOLD).where(TOLD.c.hook == id_))
        connection.execute(sa.delete(HOOKS).where(HOOKS.c.id == id_))
        estate.log(connection, "hook.removed", id_, {"to": shown(hook)})


def listed(estate: Estate) -> tuple[Hook, ...]:
    """Give whom the organisation tells, in the order in which they were added."""
    estate.needs(Permission.ADMINISTER)
    with estate.reading() as connection:
        return tuple(map(_hook, connection.execute(sa.select(*_COLUMNS).order_by(HOOKS.c.at, HOOKS.c.id))))


def one(estate: Estate, id_: str) -> Hook:
    """Give one of those who are told; NotThereError for none."""
    estate.needs(Permission.ADMINISTER)
    with estate.reading() as connection:
        return _one(connection, id_)


def test(portfolio: Portfolio, estate: Estate, id_: str) -> Told:
    """Tell somebody that this is a test, at once; what came of it stands in the list of what they were told."""
    estate.needs(Permission.ADMINISTER)
    now = dates.present()
    body = {"about": id_, "by": estate.caller.name, "text": "This is a test."}
    made = Told(id=f"msg-{secrets.token_hex(12)}", hook=id_, event=Event.TEST, at=now, state=ToldState.WAITING)
    with estate.writing() as connection:
        _one(connection, id_)
        connection.execute(sa.insert(TOLD), row(made, body, now))
        estate.log(connection, "hook.tested", id_)
        found = told(connection.execute(sa.select(TOLD).where(TOLD.c.id == made.id)).one())
    jobs.add(portfolio, estate, JobKind.TELL, "")
    return found


def again(portfolio: Portfolio, estate: Estate, id_: str) -> Told:
    """Send a message again that was given up, or arrived; NotThereError for none."""
    estate.needs(Permission.ADMINISTER)
    with estate.writing() as connection:
        values = {"state": ToldState.WAITING.value, "attempts": 0, "next_at": dates.present()}
        if not connection.execute(sa.update(TOLD).where(TOLD.c.id == id_).values(values)).rowcount:
            raise NotThereError("there is no such message")
        estate.log(connection, "hook.repeated", id_)
        found = told(connection.execute(sa.select(TOLD).where(TOLD.c.id == id_)).one())
    jobs.add(portfolio, estate, JobKind.TELL, "")
    return found


def messages(estate: Estate, hook: str = "", *, page_token: str = "", page_size: int = paging.USUAL) -> Page[Told]:
    """Give what was told, the newest first: to one of those who are told, or to all."""
    estate.needs(Permission.ADMINISTER)
    query = sa.select(TOLD).order_by(TOLD.c.at.desc(), TOLD.c.id)
    query = query.where(TOLD.c.hook == hook) if hook else query
    with estate.reading() as connection:
        found = [told(row) for row in connection.execute(query)]
    return paging.of(paging.asked(("told", hook), "", page_token, page_size), found, lambda one: one.id)


def row(one: Told, body: dict[str, Any], next_at: str) -> dict[str, Any]:
    """Give a message as a row that waits to be sent."""
    return {
        "id": one.id,
        "hook": one.hook,
        "event": one.event.value,
        "at": one.at,
        "next_at": next_at,
        "attempts": one.attempts,
        "state": one.state.value,
        "said": one.said,
        "body": msgspec.json.encode(body).decode(),
    }


def told(found: Any) -> Told:  # noqa: ANN401 - a row of the table of messages
    """Give a message from its row."""
    fields = {name: getattr(found, name) for name in Told.__struct_fields__}
    told_what = {"event": Event(found.event), "state": ToldState(found.state), "body": msgspec.json.decode(found.body)}
    return Told(**{**fields, **told_what})


def web_address(text: str, means: Means) -> str:
    """Give an address of the web that may be told; UsageError for what is none."""
    found = text.strip()
    try:
        parts = urlsplit(found)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", 0
    schemes = ("https", "http") if means.allows_private else ("https",)
    is_plain = found.isascii() and found.isprintable() and " " not in found and len(found) <= _LONGEST
    if not is_plain or not host or port == 0 or parts.scheme not in schemes:
        raise UsageError(f"{found[:80]!r} is no address that can be told", hint="write https://host.example.org/path")
    if "@" in parts.netloc or parts.fragment:
        raise UsageError(
            "an address holds no password and no fragment", hint="messages are signed: the receiver needs none"
        )
    if not means.allows_private and not _may_be_public(host):
        raise UsageError(
            f"{host[:80]} is an address of this machine or its network",
            hint="whoever runs the service may allow those: debar serve --hooks-private",
        )
    return found


def is_public(address: str) -> bool:
    """Tell whether an address of the internet is one that everybody can reach; also one that stands inside of another."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if found.ipv4_mapped:
            return True
    return found.is_global and not found.is_multicast and not found.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses that a translator makes those of IPv4 of (RFC 6052)."""


def shown(hook: Hook) -> str:
    """Give to whom a hook goes as it may stand in a log: of an address of the web its host, for the rest may be a secret."""
    return hook.to if hook.kind is HookKind.MAIL else (urlsplit(hook.to).hostname or "")


def _may_be_public(host: str) -> bool:
    """Tell what can be told from the name alone; what it means is looked at when something is sent.

    What ends in a number is an address and no name (127.1 and 0x7f000001 are this machine); only its full form is taken.
    """
    if host.casefold().rstrip(".") in {"localhost", "localhost.localdomain"}:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _NUMBER.fullmatch(host.casefold().rstrip(".").rpartition(".")[2]) is None
    return is_public(host)


def _mail_address(text: str, means: Means) -> str:
    if means.mail is None:
        raise UsageError("no server for mail is named", hint="whoever runs the service names one: debar serve --mail")
    return names.email(text)


def _known(text: str) -> str:
    if text not in OFFERED:
        raise UsageError(
            f"{text[:40]!r} is nothing that happens{did_you_mean(text, OFFERED)}", hint=f"one of: {', '.join(OFFERED)}"
        )
    return text


def _one(connection: sa.Connection, id_: str) -> Hook:
    found = connection.execute(sa.select(*_COLUMNS).where(HOOKS.c.id == id_)).first()
    if found is None:
        raise NotThereError("nobody is told by that id")
    return _hook(found)


def _hook(found: Any) -> Hook:  # noqa: ANN401 - a row of the table of hooks
    fields = {name: getattr(found, name) for name in Hook.__struct_fields__}
    events = tuple(map(Event, found.events.split()))
    return Hook(**{**fields, "kind": HookKind(found.kind), "events": events})
