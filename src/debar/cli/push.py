# SPDX-License-Identifier: Apache-2.0
"""`debar push`: evidence from an agent or a pipeline to a service, and what comes of it as an exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from debar.cli import options as shared
from debar.cli import scan
from debar.errors import DebarError, UsageError
from debar.text import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from debar.client import Client
    from debar.model.portfolio import Upload
    from debar.model.viewed import Overview

KEY = "DEBAR_API_KEY"
"""Variable that may hold the key itself; DEBAR_KEY is what debar prove signs with."""
_LONGEST_KEY = 1000
_EPILOG = """\
SOURCE is a file, a directory, or - for standard input, which --called names. What a file is, the service tells from
its content. A file that the service has already is not sent again; a newer file of the same name takes the place of
the older one.

The key is read from --key-file, or from the variable DEBAR_API_KEY; it is never an argument, which everybody on the
machine can see. An admin of the organisation makes it in Settings, with the role of an analyst.

exit status: 0 everything was sent, and nothing is due where --fail-on is said; 1 something is due at --fail-on;
2 wrong usage; 3 a file could not be read, here or there; 4 the service refuses, or does not answer

examples:
  debar push /srv/evidence --to https://debar.example.org --key-file /etc/debar/key
  syft alpine -o cyclonedx-json | debar push - --called alpine.json --to https://debar.example.org --key-file key
  debar push bom.json --to https://debar.example.org --key-file key --fail-on prohibited"""


class Sent(NamedTuple):
    """What became of the files."""

    uploads: list[Upload]
    faults: list[str]
    again: int
    """Files that the service had already."""


class _File(NamedTuple):
    path: str
    """As it is opened; - for standard input."""
    name: str


def run(arguments: list[str]) -> int:
    """Send every file, wait where that is asked for, and give the exit code."""
    options = _parser().parse(arguments)
    if options.fail_on:
        shared.check_word(options.fail_on, scan.LEVELS, options.named["fail_on"])
    seconds, key, ca = _seconds(options), _key(options), _authorities(options)
    if not options.to:
        raise UsageError("which service is meant is not said", hint="say --to https://debar.example.org")
    server = _server(options)
    if not key:
        raise UsageError("there is no key", hint=f"say --key-file FILE, or set {KEY}")
    from debar.client import Client  # needs httpx2: loaded where something is sent

    with Client(server, key, organisation=options.organisation or "", ca=ca) as client:
        sent = _sent(client, options)
        _say(options, f"{len(sent.uploads)} files sent to {client.organisation}, {sent.again} of them were there")
        for fault in sent.faults:
            _tell(fault)
        if not sent.uploads:
            return 3
        if not (options.wait or options.fail_on):
            return 3 if sent.faults else 0
        return _waited(client, options, sent, seconds)


def _parser() -> shared.Parser:
    parser = shared.Parser("push", "Send evidence to a service of debar.", _EPILOG)
    parser.add_argument("source", nargs="*", metavar="SOURCE", help="a file, a directory, or -")
    group = parser.add_argument_group("where to")
    group.add_argument("--to", metavar="URL", default=None, help="address of the service")
    group.add_argument(
        "--key-file", metavar="FILE", default=None, help="file whose first line is the key (default: DEBAR_API_KEY)"
    )
    group.add_argument(
        "--organisation", metavar="ID", default=None, help="organisation that is meant (default: that of the key)"
    )
    group.add_argument(
        "--ca", metavar="FILE", default=None, help="certificates that are trusted instead of the usual ones"
    )
    group = parser.add_argument_group("what is sent")
    group.add_argument(
        "--called", metavar="TEXT", default=None, help="name of standard input, or of the only file, in the service"
    )
    group.add_argument(
        "--exclude", metavar="GLOB", action="append", default=None, help="leave files out; may be given several times"
    )
    group = parser.add_argument_group("what comes of it")
    group.add_argument("--wait", action="store_true", help="wait until everything was read and a run was made")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        default=None,
        help="wait, and give 1 where something is due at: " + ", ".join(scan.LEVELS),
    )
    group.add_argument("--timeout", metavar="SECONDS", default="1800", help="how long to wait (default: 1800)")
    group.add_argument("--quiet", action="store_true", help="say nothing but what went wrong")
    return parser


def _sent(client: Client, options: argparse.Namespace) -> Sent:
    """Send every file; what cannot be read or is refused by itself is told, and the rest goes on."""
    sent = Sent([], [], 0)
    again = 0
    for file in _files(options, sent.faults):
        went = [0]

        def told(size: int, went: list[int] = went) -> None:
            went[0] = went[0] + size if size else 0

        opened: Path | IO[bytes] = sys.stdin.buffer if file.path == "-" else Path(file.path)
        try:
            upload = client.upload(opened, file.name, told)
        except DebarError as e:
            if e.exit_code not in (3, 2):  # nobody answers, or the key opens nothing: the next file fares no better
                raise
            sent.faults.append(f"{file.path}: {e.message}")
            continue
        again += not went[0] and upload.size > 0
        sent.uploads.append(upload)
        _say(options, f"{file.name}: {upload.size:,} bytes, {'sent' if went[0] else 'was there'}")
    return sent._replace(again=again)


def _files(options: argparse.Namespace, faults: list[str]) -> Iterator[_File]:
    """Yield the files that are meant, each with its name: below a directory the one of the directory and the way from it."""
    from debar.readers import places, walk

    sources = options.source or ["-"]
    if sources == ["-"] and sys.stdin.isatty():
        raise UsageError("nothing to send", hint="name a file or directory, or pipe something in")
    for source in sources:
        if source == "-":
            if not options.called:
                raise UsageError("standard input has no name", hint="say --called images/alpine.json")
            yield _File("-", options.called)
            continue
        top = Path(source)
        if top.is_file():
            yield _File(source, options.called if options.called and len(sources) == 1 else top.name)
            continue
        for found in walk.find([source], options.exclude or ()):
            if isinstance(found, walk.Fault):
                faults.append(f"{found.path}: {found.reason}")
            elif found.place and not walk.is_documentation(found.path):
                way = os.path.relpath(found.place, source)
                yield _File(str(found.place), f"{top.resolve().name}/{places.shown(Path(way).as_posix())}")


def _waited(client: Client, options: argparse.Namespace, sent: Sent, seconds: float) -> int:
    """Wait until everything was read and a run was made of it, and give the exit code."""
    from debar.model.vocab.portfolio import JobState

    for job in client.jobs(kind="read", state=("queued", "running")):
        client.wait(job, seconds)
    unread = [one for one in map(client.uploaded, dict.fromkeys(one.id for one in sent.uploads)) if one.fault]
    for one in unread:
        _tell(f"{one.name}: {one.fault}")
    run = client.wait(client.make_run(), seconds)
    if run.state is not JobState.DONE:
        _tell(f"no run was made: {run.fault or run.state.value}")
        return 4
    told = client.overview()
    _say(options, _words(told))
    if sent.faults or unread:
        return 3
    return int(bool(options.fail_on) and _is_due(told, options.fail_on))


def _is_due(told: Overview, level: str) -> bool:
    """Tell whether something is due at a level, by the gravest that is said of each exposure."""
    due = scan.statuses(level)
    return any(count for status, count in told.counts.statuses.items() if status in due)


def _words(told: Overview) -> str:
    counts = told.counts
    many = ", ".join(f"{count} {status or 'no act at stake'}" for status, count in counts.statuses.items() if count)
    return f"{counts.exposures} exposures on {counts.assets} assets{': ' * bool(many)}{many}"


def _key(options: argparse.Namespace) -> str:
    """Give the key: from a file, else from the environment; nothing where neither is there."""
    if not options.key_file:
        key = os.environ.get(KEY, "").strip()
        return _checked(key, KEY) if key else ""
    where = f"{options.named['key_file']}: {options.key_file}"
    try:
        with Path(options.key_file).open(encoding="utf-8") as file:
            return _checked(file.readline(_LONGEST_KEY).strip(), where)
    except (OSError, UnicodeError) as e:
        reason = getattr(e, "strerror", "") or "is no text"
        raise UsageError(f"{where}: {reason}", hint="name a file with a key") from e


def _server(options: argparse.Namespace) -> str:
    """Give the address of the service; UsageError for what is none, as whoever said it calls it."""
    from debar.client.addresses import checked

    try:
        return checked(options.to)
    except UsageError as e:
        raise UsageError(f"{options.named['to']}: {e.message}", hint=e.hint) from e


def _authorities(options: argparse.Namespace) -> str:
    if options.ca and not Path(options.ca).is_file():
        raise UsageError(
            f"{options.named['ca']}: {options.ca}: no such file", hint="name a file of certificates in PEM"
        )
    return str(options.ca or "")


def _checked(key: str, where: str) -> str:
    if not key.startswith("debar_") or not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError(f"{where}: holds no key of debar", hint="a key begins with debar_; an admin makes one")
    return key


def _seconds(options: argparse.Namespace) -> float:
    text = str(options.timeout)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= 86_400:
        raise UsageError(f"{options.named['timeout']}: {text[:40]!r} is no number of seconds from 1 to 86,400")
    return float(text)


def _say(options: argparse.Namespace, text: str) -> None:
    if not options.quiet:
        _tell(text)


def _tell(text: str) -> None:
    print(f"debar: {printable(text)}", file=sys.stderr)
