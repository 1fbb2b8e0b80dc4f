# SPDX-License-Identifier: Apache-2.0
"""`debar serve`: pages and an API for many people, with the workers that read what they upload."""

from __future__ import annotations

import ipaddress
import os
import secrets
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import storing, telling
from debar.errors import DependencyMissing, UsageError
from debar.text import printable

if TYPE_CHECKING:
    import argparse

    from debar.portfolio.databases import Portfolio
    from debar.web.serving import Address
    from debar.web.settings import Provider, Settings

_NEEDED = ("argon2", "authlib", "fastapi", "httpx2", "joserfc", "python_multipart", "uvicorn")
DEFAULT = "debar-portfolio"
LISTEN = "127.0.0.1:8300"
_MOST = 64
_EPILOG = """\
The first start makes the portfolio, prints an address with a token, and whoever opens it makes the first account.
Without --url only this machine reaches it. Others reach it through a proxy that speaks HTTPS, which --behind names;
--url is then the address that stands in their browsers, and no other is answered.

With --oidc-issuer people sign in at a provider of identities. Its users are those whose verified address of mail
has an account here, or lies in an --oidc-domain; register the address URL/sign-in/back there.

Organisations have people and programs told of what happens: by mail through the server that --mail names, and by
signed requests to addresses of the web, none of which is in this machine's own network unless --hooks-private.
Figures for Prometheus are at /metrics, for this machine, or for whoever has the token of --metrics-token-file.

SIGTERM and SIGINT end it: answers come to their end, and what workers had in hand waits for the next start.

exit status: 0 it was ended; 2 wrong usage, or the address is taken; 4 the portfolio cannot be read

examples:
  debar serve
  debar serve --store /srv/debar --url https://debar.example.org --behind 127.0.0.1
  debar serve --store postgresql://debar@db/debar --lake /srv/debar --listen 0.0.0.0:8300 --url https://d.example.org
  debar serve --oidc-issuer https://id.example.org --oidc-client-id debar --oidc-client-secret-file /etc/debar/secret"""


def run(arguments: list[str]) -> int:
    """Serve until somebody ends it.

    1. What is wrong with the options is said before anything is opened.
    2. The portfolio is made or brought up to date, the address taken, and the workers begun.
    3. The address is told once it is answered, and the other processes begin to answer as well.
    """
    options = _parser().parse(arguments)
    workers, processes = _number(options, "workers", _MOST), _number(options, "processes", _MOST)
    named = storing.store(options) or storing.Store(DEFAULT, "")
    _check_libraries()
    from debar.portfolio import databases  # heavy: loaded where somebody serves
    from debar.portfolio.crew import Crew
    from debar.store import places
    from debar.web import serving, warm
    from debar.web.app import application
    from debar.web.beside import Company

    where = serving.address(options.listen, options.named["listen"])  # 1.
    settings, behind = _settings(options, where), _behind(options)
    with (  # 2.
        serving.logged(quiet=options.quiet),
        databases.private(),
        databases.opened(places.place(named.where, named.lake), makes=True) as portfolio,
        serving.several(where, processes) as listeners,
    ):
        settings, token = _first(portfolio, settings)
        with (
            Company(portfolio, settings, listeners) as company,
            Crew(portfolio, workers, tuple(map(str, settings.data_roots)), settings.means) as crew,
        ):
            app = application(portfolio, settings, company.together)
            app.state.crew = crew

            def ready() -> None:
                company.begin(crew.pids, behind=behind, is_quiet=options.quiet)
                _tell(portfolio, settings, token)

            with warm.warmed(portfolio):
                serving.serve(app, listeners[0], behind=behind, ready=ready, ending=company.part)
    return 0


def _parser() -> shared.Parser:
    parser = shared.Parser("serve", "Serve pages and an API for many people.", _EPILOG)
    group = parser.add_argument_group("where it lies")
    group.add_argument(
        "--store", metavar="WHERE", default=None, help=f"a directory, or postgresql://... (default: {DEFAULT})"
    )
    group.add_argument("--lake", metavar="DIR", default=None, help="with postgresql://: directory of the files")
    group.add_argument(
        "--data-root",
        metavar="DIR",
        action="append",
        default=None,
        help="folders below it may be looked through again and again; may be given several times (default: none)",
    )
    group = parser.add_argument_group("how it is reached")
    group.add_argument("--listen", metavar="ADDR:PORT", default=LISTEN, help=f"default: {LISTEN}")
    group.add_argument("--url", metavar="URL", default=None, help="address in browsers (default: http:// and --listen)")
    group.add_argument(
        "--behind",
        metavar="ADDR",
        action="append",
        default=None,
        help="address of a proxy that is believed about where requests come from; may be given several times",
    )
    group.add_argument(
        "--rate",
        metavar="N",
        default="50",
        help="requests a second that one caller may ask over a while; 0: any (default: 50)",
    )
    telling.add_options(parser.add_argument_group("who is told, and watched by whom"))
    _add_provider(parser.add_argument_group("a provider of identities (OpenID Connect)"))
    group = parser.add_argument_group("running")
    usual = min(4, max(1, (os.cpu_count() or 2) // 2))
    group.add_argument(
        "--workers",
        metavar="N",
        default=str(usual),
        help="processes that read what was uploaded (default: half the processors)",
    )
    group.add_argument(
        "--processes",
        metavar="N",
        default=str(min(4, os.cpu_count() or 1) if os.name == "posix" else 1),
        help="processes that answer (default: as many as there are processors, at most 4)",
    )
    group.add_argument("--quiet", action="store_true", help="write no line for each request")
    return parser


def _add_provider(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--oidc-issuer", metavar="URL", default=None, help="its issuer, below which its metadata are found"
    )
    group.add_argument("--oidc-client-id", metavar="ID", default=None, help="what it calls this service")
    group.add_argument(
        "--oidc-client-secret-file",
        metavar="FILE",
        default=None,
        help="file whose first line is the secret (default: none)",
    )
    group.add_argument(
        "--oidc-domain",
        metavar="DOMAIN",
        action="append",
        default=None,
        help="verified addresses of mail there get an account when they first sign in; may be given several times",
    )
    group.add_argument("--oidc-label", metavar="TEXT", default="Single sign-on", help="what the button says")


def _settings(options: argparse.Namespace, where: Address) -> Settings:
    """Give what the application is told; UsageError for what cannot be."""
    from debar.web.settings import LOOPBACK, Settings, checked_url

    if options.url is None and where.host not in LOOPBACK:
        raise UsageError(
            "--listen takes requests of other machines, and nobody said by which address they ask",
            hint="say --url https://debar.example.org; a proxy in front of it speaks HTTPS",
        )
    roots = tuple(Path(root).resolve() for root in options.data_root or ())
    for root in roots:
        if not root.is_dir():
            raise UsageError(
                f"{options.named['data_root']}: {root}: is no directory", hint="name a directory that is there"
            )
    url = checked_url(options.url or f"http://{where.shown}", options.named["url"])
    return Settings(
        url=url,
        means=telling.means(options, url),
        metrics=telling.metrics(options),
        provider=_provider(options),
        rate=_number(options, "rate", 1_000_000, least=0),
        data_roots=roots,
    )


def _provider(options: argparse.Namespace) -> Provider | None:
    from debar.web.settings import Provider, checked_issuer

    secret = telling.first_line(options.oidc_client_secret_file, options.named["oidc_client_secret_file"])
    if not options.oidc_issuer:
        if options.oidc_client_id or options.oidc_domain:
            raise UsageError("--oidc-issuer is not said", hint="it goes with the other --oidc options")
        return None
    issuer = checked_issuer(options.oidc_issuer, options.named["oidc_issuer"])
    if not options.oidc_client_id:
        raise UsageError("--oidc-client-id is not said", hint="the provider gives it to whom registers a service")
    return Provider(
        issuer=issuer,
        client_id=options.oidc_client_id,
        client_secret=secret,
        domains=tuple(domain.strip().lstrip("@").casefold() for domain in options.oidc_domain or ()),
        label=options.oidc_label,
    )


def _behind(options: argparse.Namespace) -> tuple[str, ...]:
    """Give the addresses of proxies; UsageError for what is none."""
    for text in options.behind or ():
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError as e:
            raise UsageError(
                f"{options.named['behind']}: {text[:60]!r} is no address", hint="write 127.0.0.1, or 10.0.0.0/8"
            ) from e
    return tuple(options.behind or ())


def _number(options: argparse.Namespace, name: str, most: int, *, least: int = 1) -> int:
    text = str(getattr(options, name))
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise UsageError(f"{options.named[name]}: {text[:40]!r} is no number from {least} to {most:,}")
    return int(text)


def _check_libraries() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise DependencyMissing(f"debar serve needs {', '.join(missing)}", hint="pip install 'debar[serve]'")


def _first(portfolio: Portfolio, settings: Settings) -> tuple[Settings, str]:
    """Give the token with which the first account can be made, and settings that know it; none where there is one."""
    from debar.portfolio import people
    from debar.web.settings import digest

    if not people.is_empty(portfolio):
        return settings, ""

    token = secrets.token_urlsafe(24)
    return settings._replace(set_up=digest(token)), token


def _tell(portfolio: Portfolio, settings: Settings, token: str) -> None:
    print(f"debar: serving {settings.url} from {printable(portfolio.place.shown)}", file=sys.stderr)
    if token:
        print(f"debar: nobody has an account yet: open {settings.url}/set-up?token={token}", file=sys.stderr)
    sys.stderr.flush()
