# SPDX-License-Identifier: Apache-2.0
"""Hits of names that somebody dismissed: a file of lines, each of which holds while the list says the same of the party.

A line is one JSON object; blank lines and those that begin with # are remarks. The file is only ever added to: of two
lines on one name and party the later one counts.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar import dates
from debar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from debar.model.listed import ListedParty

HEADER = """\
# Names that somebody looked at and found to be of another than the party; debar screen --dismiss adds to it.
# A line holds while the list says the same of the party. Nothing is taken out: a later line replaces an earlier one.
"""
LARGEST = 1 << 26
"""Bytes of a file that is read."""
_HINT = "a line has name, party, list, version, entry, reason, by, on and, where it ends, until; debar screen --dismiss writes one"
_PARTS = ("names", "ties", "because")


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a list says of a party, as digests of its parts: one tells whether it is still the same, and what is not."""

    names: str
    ties: str
    because: str


class Dismissal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One hit that somebody set aside."""

    name: str
    """As it was written, without blanks around it."""
    party: str
    list: str
    version: str
    """Of the list when it was decided; the decision holds for later ones as well, while the entry is the same."""
    entry: Entry
    reason: str
    by: str
    on: str
    until: str = ""
    """Last day on which it holds; empty for as long as the entry is the same."""


class Standing(NamedTuple):
    """What a dismissal comes to on a day."""

    dismissal: Dismissal
    holds: bool
    text: str
    """In words, for whoever reads the answer."""


def entry(party: ListedParty) -> Entry:
    """Give the digests of what a list says of a party; the order of names, ties and sources counts for nothing."""
    names = (f"{name.kind}\x1f{name.text}" for name in party.names)
    others = (f"not\x1f{other.name}" for other in party.unrelated)
    numbers = (f"{kind}\x1f{number}" for kind, number in party.identifiers.items())
    ties = (f"{t.kind}\x1f{t.to}\x1f{t.share}\x1f{t.valid_from}\x1f{t.valid_until}" for t in party.ties)
    return Entry(_digest((*names, *others, *numbers)), _digest(ties), _digest(party.because))


def _digest(parts: Iterable[str]) -> str:
    whole = "\x1e".join(sorted(parts))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def read(file: Path) -> tuple[Dismissal, ...]:
    """Give the dismissals of a file, in its order; UsageError with every fault as "file:line: what"."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint="debar screen --dismiss makes the file") from e
    if len(data) > LARGEST:
        raise UsageError(f"{file}: more than {LARGEST >> 20} MiB", hint="name the file of dismissals")
    found, wrong = [], []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith(b"#"):
            continue
        try:
            one = msgspec.json.decode(line, type=Dismissal)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
            wrong.append(f"{file}:{number}: {e}")
            continue
        wrong += [f"{file}:{number}: {fault}" for fault in faults(one)]
        found.append(one)
    if wrong:
        raise UsageError("\n".join(wrong[:20]), hint=_HINT)
    return tuple(found)


def faults(dismissal: Dismissal) -> Iterator[str]:
    """Yield what is wrong with one dismissal."""
    for field in ("name", "party", "list", "reason", "by"):
        if not getattr(dismissal, field).strip():
            yield f"{field} is empty"
    days = [("on", dismissal.on), *([("until", dismissal.until)] if dismissal.until else [])]
    wrong = [f"{field}: {text!r} is no day, such as 2025-06-30" for field, text in days if not _is_day(text)]
    yield from wrong
    if not wrong and dismissal.until and dismissal.until < dismissal.on:
        yield f"until: it ends on {dismissal.until}, before it was decided on {dismissal.on}"


def _is_day(text: str) -> bool:
    try:
        dates.parse(text)
    except ValueError:
        return False
    return dates.is_date(text)


def amended(file: Path, added: Iterable[Dismissal]) -> str:
    """Give the text of a file with further dismissals at its end; what is there stays as it is.

    UsageError for a file with faults.
    """
    old = ""
    if file.exists():
        read(file)
        old = file.read_bytes().decode("utf-8")
    lines = "".join(f"{msgspec.json.encode(one).decode()}\n" for one in added)
    return f"{old or HEADER}{'' if not old or old.endswith(chr(10)) else chr(10)}{lines}"


class Dismissed:
    """Dismissals that are about one list, ready to be asked."""

    def __init__(self, every: Iterable[Dismissal], list_name: str, day: str) -> None:
        """Take all dismissals, the list that is asked, and the day that is asked about."""
        self._day = day
        self._latest = {(one.name, one.party): one for one in every if one.list == list_name and one.on <= day}
        self._entries: dict[str, Entry] = {}

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._latest)

    def standing(self, name: str, party: ListedParty) -> Standing | None:
        """Give what was decided on a name and a party, and whether that still holds; nothing where nobody did."""
        one = self._latest.get((name, party.id))
        if one is None:
            return None
        if party.id not in self._entries:
            self._entries[party.id] = entry(party)
        now = self._entries[party.id]
        changed = [part for part in _PARTS if getattr(now, part) != getattr(one.entry, part)]
        said = f"dismissed on {one.on} by {one.by}"
        if changed:
            text = f"was {said} ({one.reason}); since then the entry of the list changed: {', '.join(changed)}"
            return Standing(one, holds=False, text=text)
        if one.until and self._day > one.until:
            return Standing(one, holds=False, text=f"was {said} until {one.until} ({one.reason}); that day is over")
        until = f", until {one.until}" if one.until else ""
        return Standing(one, holds=True, text=f"{said}{until}: {one.reason}")

    def about(self, party: str) -> bool:
        """Tell whether anything was decided about a party."""
        return any(of == party for _, of in self._latest)
