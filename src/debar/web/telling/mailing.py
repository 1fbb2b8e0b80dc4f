# SPDX-License-Identifier: Apache-2.0
"""One mail with all that happened since the last one, as plain text, through a server that whoever runs the service names."""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from debar import dates
from debar.identity import stable_id
from debar.text import printable
from debar.web.settings import LOOPBACK
from debar.web.telling.posting import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.telling import Mail, Means
    from debar.portfolio.estates import Estate
    from debar.portfolio.telling import Outgoing

PATIENCE = 30.0
"""Seconds for each word with the server."""
_LINES = 200
"""Happenings that a mail names; how many there are it says."""


def mail(estate: Estate, some: Sequence[Outgoing], means: Means) -> Answer:
    """Send messages to one address as one mail, and give what came of it; nothing is raised for what others do."""
    if means.mail is None:
        return Answer(arrived=False, says="no server for mail is named any more")
    try:
        with _server(means.mail) as server:
            server.send_message(message(estate, some, means))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as e:
        codes = (
            [code for code, _ in e.recipients.values()]
            if isinstance(e, smtplib.SMTPRecipientsRefused)
            else [e.smtp_code]
        )
        return Answer(arrived=False, says=f"the server refused the address ({codes[0]})")
    except smtplib.SMTPAuthenticationError as e:
        return Answer(arrived=False, says=f"the server refused user and password ({e.smtp_code})")
    except (smtplib.SMTPException, OSError) as e:
        return Answer(arrived=False, says=f"the server took nothing ({type(e).__name__})")
    return Answer(arrived=True, says="taken by the server")


def message(estate: Estate, some: Sequence[Outgoing], means: Means) -> EmailMessage:
    """Give the mail. Its id is that of what it tells, so that one that was sent twice can be known."""
    sender = means.mail.sender if means.mail else ""
    found = EmailMessage(policy=SMTP)
    name = printable(estate.tenant.name)
    count = f"{len(some)} {'message' if len(some) == 1 else 'messages'}"
    found["From"], found["To"] = sender, some[0].to
    found["Subject"] = f"debar: {count} about {name}"[:200]
    found["Date"] = format_datetime(dates.key(dates.present()).astimezone(UTC))
    about = stable_id("mail", *(one.told.id for one in some))
    found["Message-ID"] = f"<{about}@{sender.rpartition('@')[2]}>"
    found["Auto-Submitted"] = "auto-generated"
    found.set_content(_text(estate, some, means, name))
    return found


def _text(estate: Estate, some: Sequence[Outgoing], means: Means, name: str) -> str:
    place = f"{means.url}/o/{estate.organisation}"
    lines = [f"{name}, {dates.present()[:10]}", ""]
    for one in some[:_LINES]:
        says = one.told.body
        lines += [f"{one.told.at[:16].replace('T', ' ')}  {printable(str(says.get('text', one.told.event.value)))}"]
        path = says.get("path")
        lines += [f"  {place}/{path}"] if path is not None and means.url else []
    if len(some) > _LINES:
        lines.append(f"and {len(some) - _LINES} more")
    lines += ["", f"Who is told, and of what: {place}/settings/hooks"] if means.url else []
    return "\n".join(lines) + "\n"


def _server(about: Mail) -> smtplib.SMTP:
    """Give the server, with what is said to it protected; without TLS only one on this machine is spoken to."""
    context = ssl.create_default_context()
    if about.is_tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(about.host, about.port, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(about.host, about.port, timeout=PATIENCE)
    try:
        server.ehlo()
        if not about.is_tls and (server.has_extn("starttls") or about.host not in LOOPBACK):
            server.starttls(context=context)
            server.ehlo()
        if about.user:
            server.login(about.user, about.password)
    except BaseException:
        server.close()
        raise
    return server
