# SPDX-License-Identifier: Apache-2.0
"""Lists of parties at hand: that of each register, and uploads that are lists.

1. An upload is read by a process of its own with limits (`debar.portfolio.listing`), one at a time: others who ask meanwhile are told
   when to ask again, so that no list keeps more than one thread from answering.
2. A list that is none, or costs too much, is remembered as that, and not tried again.
3. There are only so many lists at hand, of only so many bytes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import LimitError, NotThereError, SourceError, UsageError
from debar.portfolio import listing, uploads
from debar.portfolio.register_of import register_of
from debar.screen.screening import Screener
from debar.screened import lists

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.listed import ListedParty
    from debar.model.portfolio import Upload
    from debar.portfolio.estates import Estate

REGISTER, DEFAULT = "register", "default"
LARGEST = 32 << 20
"""Bytes of an upload that is taken for a list here, where it is read while somebody waits."""
_LISTS, _BYTES = 6, 160 << 20
"""Lists at hand, and how large all of them may be together."""
_FAULTS = 256
"""Lists that are none, which are remembered."""
_AGAIN = 3
"""Seconds after which whoever asks for a list may ask again, while one is being read."""


class Held:
    """A list at hand; one at a time asks it, for it learns while it is asked."""

    def __init__(self, screener: Screener, size: int) -> None:
        """Take what compares names, and how large it is."""
        self.screener, self.size, self.guard = screener, size, threading.Lock()
        self._parties = {id_: number for number, id_ in enumerate(screener.index.kept.ids)}

    def party(self, id_: str) -> ListedParty | None:
        """Give a party; nothing for none."""
        number = self._parties.get(id_)
        return None if number is None else self.screener.index.party(number)


class _Fault(NamedTuple):
    message: str
    hint: str


class _Lists:
    """Lists at hand, the last used last."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[object, ...], Held] = OrderedDict()
        self._faults: OrderedDict[tuple[object, ...], _Fault] = OrderedDict()
        self._guard, self._reading, self._making = threading.Lock(), threading.Lock(), threading.Lock()

    def of_register(self, estate: Estate) -> Held:
        """Give the list of an organisation's register."""
        register = register_of(estate)
        key = (register.sha256, register.added)
        with self._making:  # it is made once, however many ask for it
            return self._known(key) or self._keep(key, Held(Screener(lists.of_register(register)), 0))

    def of_upload(self, estate: Estate, upload: Upload) -> Held:
        """Give the list that was uploaded; UsageError where it is none, LimitError while one is being read."""
        key = (estate.organisation, upload.sha256)
        if found := self._known(key):
            return found
        if not self._reading.acquire(blocking=False):  # 1.
            raise LimitError("a list is being made ready", hint=f"ask again in {_AGAIN} seconds", after=_AGAIN)
        try:
            return self._known(key) or self._keep(key, _read(uploads.content(estate, upload)))
        except SourceError as e:
            self._remember(key, _Fault(e.message, e.hint))
            raise _refused(e.message, e.hint) from e
        finally:
            self._reading.release()

    def _known(self, key: tuple[object, ...]) -> Held | None:
        with self._guard:
            if fault := self._faults.get(key):  # 2.
                raise _refused(*fault)
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def _remember(self, key: tuple[object, ...], fault: _Fault) -> None:
        with self._guard:
            self._faults[key] = fault
            while len(self._faults) > _FAULTS:
                self._faults.popitem(last=False)

    def _keep(self, key: tuple[object, ...], held: Held) -> Held:
        with self._guard:
            self._held[key] = held
            while len(self._held) > 1 and (  # 3.
                len(self._held) > _LISTS or sum(one.size for one in self._held.values()) > _BYTES
            ):
                self._held.popitem(last=False)
        return held


_AT_HAND = _Lists()


def of(estate: Estate, dataset: str) -> Held:
    """Give a list of an organisation; NotThereError for none, UsageError for an upload that is no list."""
    if dataset in (REGISTER, DEFAULT):
        return _AT_HAND.of_register(estate)
    upload = uploads.one(estate, dataset)
    if upload.removed_at or upload.size > LARGEST:
        raise NotThereError("there is no such list", hint="the catalog names those that there are")
    return _AT_HAND.of_upload(estate, upload)


def _read(file: Path) -> Held:
    kept = listing.ready(file)
    return Held(Screener(listing.index_of(kept)), len(kept))


def _refused(message: str, hint: str) -> UsageError:
    return UsageError(f"this upload is no list of parties: {message}", hint=hint)
