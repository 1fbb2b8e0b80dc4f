# SPDX-License-Identifier: Apache-2.0
"""Options of `debar serve` about who is told of what happens, and who watches the service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from debar.errors import UsageError
from debar.model.telling import Mail, Means

if TYPE_CHECKING:
    import argparse

_PORTS = {"smtp": 587, "smtps": 465}


def add_options(group: argparse._ArgumentGroup) -> None:
    """Add the options to a group."""
    group.add_argument(
        "--mail",
        metavar="URL",
        default=None,
        help="server that takes mail: smtp://USER@HOST:587, by STARTTLS, or smtps://USER@HOST",
    )
    group.add_argument("--mail-from", metavar="ADDRESS", default=None, help="who mail comes from: debar@example.org")
    group.add_argument(
        "--mail-password-file", metavar="FILE", default=None, help="file whose first line is the password of the user"
    )
    group.add_argument(
        "--hooks-private",
        action="store_true",
        help="let organisations have addresses of this machine and its network told, also without TLS",
    )
    group.add_argument(
        "--metrics-token-file",
        metavar="FILE",
        default=None,
        help="file whose first line is what Prometheus sends as Bearer (default: /metrics is for this machine alone)",
    )


def means(options: argparse.Namespace, url: str) -> Means:
    """Give by what means people are told; UsageError for what is no server, or is said by halves."""
    return Means(url=url, mail=_mail(options), allows_private=options.hooks_private)


def metrics(options: argparse.Namespace) -> str:
    """Give the digest of the token for which figures are given; empty where none is named."""
    from debar.web.settings import digest

    token = first_line(options.metrics_token_file, options.named["metrics_token_file"])
    return digest(token) if token else ""


def first_line(file: str | None, named: str) -> str:
    """Give the first line of a file, or nothing where none is named; UsageError where it cannot be read."""
    if not file:
        return ""
    try:
        line = Path(file).read_text(encoding="utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeError) as e:
        why = getattr(e, "strerror", "") or "is no text"
        raise UsageError(f"{named}: {file}: {why}", hint="name a file with a secret in its first line") from e
    if not line:
        raise UsageError(f"{named}: {file}: its first line is empty", hint="write the secret there")
    return line


def _mail(options: argparse.Namespace) -> Mail | None:
    if not options.mail:
        for name in ("mail_from", "mail_password_file"):
            if said := getattr(options, name):
                hint = "say --mail smtp://USER@HOST:587 as well"
                raise UsageError(
                    f"{options.named[name]}: {said[:80]!r} is for a server of mail, and none is named", hint=hint
                )
        return None
    named, hint = options.named["mail"], "write smtp://debar@mail.example.org:587"
    try:
        parts = urlsplit(options.mail)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as e:
        raise UsageError(f"{named}: {options.mail[:80]!r} is no server", hint=hint) from e
    if not host or parts.scheme not in _PORTS or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise UsageError(f"{named}: {options.mail[:80]!r} is no server", hint=hint)
    if parts.password is not None:
        raise UsageError(f"{named}: holds a password", hint="everybody on the machine sees it: --mail-password-file")
    if not _is_address(options.mail_from or ""):
        raise UsageError("--mail-from is missing, or no address", hint="write --mail-from debar@example.org")
    return Mail(
        host=host,
        port=port,
        sender=options.mail_from,
        is_tls=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=first_line(options.mail_password_file, options.named["mail_password_file"]),
    )


def _is_address(text: str) -> bool:
    local, at, host = text.rpartition("@")
    return bool(local and at and host) and text.isascii() and text.isprintable() and not set(text) & set(' <>",;:')
