# SPDX-License-Identifier: Apache-2.0
"""What an organisation adds to the register: files of its own, each checked with the whole before it counts.

A measure that papers were read into is a draft, from which nothing is found. It counts once somebody has read the official text
and says so; that is put on record with their name, and is the only thing here that makes law.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from msgspec.structs import replace

from debar import dates
from debar.errors import ConflictError, NotThereError, RegisterError, UsageError
from debar.model.deeds import Addition
from debar.model.measures import Measure
from debar.model.vocab.portfolio import Permission
from debar.portfolio import asking, names, papers, running
from debar.portfolio.register_of import base_names, named, register_with, texts
from debar.portfolio.tables import ADDED
from debar.register import yamlfile
from debar.register.dump import dump

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.vocab import MeasureStatus
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

LARGEST = 1 << 20
"""Characters of a file."""
_LONGEST = 8000
"""Characters of a line of it: names and sentences are shown on pages."""
MOST = 1000
"""Files of an organisation."""
_PATH = re.compile(
    r"(?:authorities|documents|indicators|layouts|measures|parties)(?:/[a-z0-9][a-z0-9._-]{0,80}){1,3}\.yaml"
)


def listed(estate: Estate) -> tuple[Addition, ...]:
    """Give every file that an organisation adds, by its path."""
    with estate.reading() as connection:
        rows = connection.execute(sa.select(ADDED).order_by(ADDED.c.path)).all()
    return tuple(map(_addition, rows))


def one(estate: Estate, path: str) -> Addition:
    """Give a file with its text; NotThereError for none."""
    with estate.reading() as connection:
        row = connection.execute(sa.select(ADDED).where(ADDED.c.path == path)).first()
    if row is None:
        raise NotThereError("no such file was added to the register")
    return replace(_addition(row), text=row.body)


def put(portfolio: Portfolio, estate: Estate, files: Mapping[str, str], *, is_new: bool = False, at: str = "") -> None:
    """Add files to the register, or put others in their places; all of them or none.

    Raises UsageError with every fault that the register finds in them, ConflictError where one is there and is to be new.
    """
    estate.needs(Permission.ADMINISTER)
    _check(files)
    with estate.reading() as connection:
        before = texts(connection)
    if is_new and (there := sorted(files.keys() & before.keys())):
        raise ConflictError(f"{there[0]}: is there already", hint="nothing is overwritten: take it out first")
    _hold(estate, {**before, **files})
    at = at or dates.present()
    with estate.writing() as connection:
        if texts(connection) != before:
            raise ConflictError("somebody else has changed the additions meanwhile", hint="look at them again")
        for path, text in files.items():
            connection.execute(sa.delete(ADDED).where(ADDED.c.path == path))
            digest = hashlib.sha256(text.encode()).hexdigest()
            row = {"path": path, "sha256": digest, "by": estate.caller.id, "at": at, "body": text}
            connection.execute(sa.insert(ADDED), row)
            estate.log(connection, "register.added", path, {"sha256": digest, "replaces": path in before})
    _changed(portfolio, estate)


def remove(portfolio: Portfolio, estate: Estate, path: str) -> None:
    """Take a file out of what is added, and with a measure the documents that rest on nothing else then.

    Raises ConflictError while the rest or a decision needs it.
    """
    estate.needs(Permission.ADMINISTER)
    one(estate, path)
    with estate.reading() as connection:
        before = texts(connection)
        needed = _decided(connection, named(path)[1])
    if needed:
        raise ConflictError(f"{path}: a decision is about it, {needed}", hint="end the decision first")
    going = {path, *_documents(before, path)}
    after = {name: text for name, text in before.items() if name not in going}
    try:
        _hold(estate, after)
    except UsageError as e:
        raise ConflictError(f"{path}: the rest needs it\n{e.message}", hint="take that out first") from e
    with estate.writing() as connection:
        connection.execute(sa.delete(ADDED).where(ADDED.c.path.in_(going)))
        estate.log(connection, "register.removed", path, {"files": sorted(going)})
    _changed(portfolio, estate)


def set_status(portfolio: Portfolio, estate: Estate, path: str, status: MeasureStatus, reason: str) -> None:
    """Say that a measure of one's own counts from now on, or no longer does; `reason` says what was read.

    UsageError for what is no measure, or without a reason.
    """
    said = names.text(reason, "the reason")
    if not said:
        raise UsageError("what the official text says is missing", hint="say what you have read, and where")
    known = one(estate, path)
    if known.part != "measures":
        raise UsageError(f"{path}: is no measure", hint="only a measure is a draft, or counts")
    measure = yamlfile.parse(known.text, Measure)
    if measure.status is status:
        return
    put(portfolio, estate, {path: dump(replace(measure, status=status))})
    with estate.writing() as connection:
        estate.log(
            connection, "register.status", path, {"status": status.value, "before": measure.status, "reason": said}
        )


def _documents(added: Mapping[str, str], path: str) -> Iterator[str]:
    """Yield the documents that were added with a measure, and that no other measure that was added names."""
    measures = {
        name: frozenset(yamlfile.parse(text, Measure).documents)
        for name, text in added.items()
        if named(name)[0] == "measures"
    }
    others = frozenset().union(*(ids for name, ids in measures.items() if name != path))
    alone = measures.get(path, frozenset()) - others
    yield from (name for name in added if named(name)[0] == "documents" and named(name)[1] in alone)


def _check(files: Mapping[str, str]) -> None:
    for path, text in files.items():
        if not _PATH.fullmatch(path) or ".." in path:
            raise UsageError(f"{path[:80]!r} is no file of a register", hint="such as measures/us/us-example-2027.yaml")
        if len(text) > LARGEST:
            raise UsageError(f"{path}: more than {LARGEST:,} characters", hint="no measure comes near it")
        if (longest := max(map(len, text.splitlines()), default=0)) > _LONGEST:
            raise UsageError(f"{path}: a line of {longest:,} characters", hint=f"at most {_LONGEST:,}: break it")
        names.text(text, path, LARGEST)


def _hold(estate: Estate, added: Mapping[str, str]) -> None:
    """Raise UsageError unless the register holds together with these files."""
    if len(added) > MOST:
        raise UsageError(f"more than {MOST} files", hint="make a register of your own, and import it")
    try:
        register_with(estate, added)
    except RegisterError as e:
        raise UsageError(e.message, hint="mend these, and add it again") from e


def _decided(connection: sa.Connection, id_: str) -> str:
    """Give the scope of a decision that holds and names something; empty for none."""
    today = dates.present()[:10]
    for asked in asking.approved(connection):
        its = asked.decision
        if its.expires >= today and id_ in (its.measure.partition("#")[0], its.party.partition("/")[0]):
            return its.measure or its.party
    return ""


def _changed(portfolio: Portfolio, estate: Estate) -> None:
    """Have everything that the register decides made again."""
    papers.ask(portfolio, estate)
    running.ask(portfolio, estate)


def _addition(row: Any) -> Addition:  # noqa: ANN401 - a row of the table of additions
    part, id_ = named(row.path)
    found = Addition(path=row.path, sha256=row.sha256, by=row.by, at=row.at, id=id_, part=part)
    found = replace(found, is_overtaken=(part, id_) in base_names())
    if part != "measures":
        return found
    measure = yamlfile.parse(row.body, Measure)
    return replace(found, status=measure.status, title=measure.title)
