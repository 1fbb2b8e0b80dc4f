# SPDX-License-Identifier: Apache-2.0
"""What people put on record: that something was looked at or done, on a day, by whom, with what result."""

from __future__ import annotations

from debar.model.results.found import Result


class Record(Result, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person did for a duty on a day."""

    on: str
    """Day on which it was done."""
    by: str
    """Who did it."""
    found: str
    """What was done, and what came of it."""
    about: str = ""
    """What was to be done, for a reader."""
    provisions: tuple[str, ...] = ()
    """measure#provision of each duty that it is about; none for a look at exposures that no provision demands."""
    contract: str = ""
    """Contract for which it was done; empty for all of them."""
    exposures: tuple[str, ...] = ()
    """Ids of the exposures for which it was done; none for a duty that recurs, or is owed whatever was found."""
    evidence: str = ""
    """File that shows it, as it was called when the record was made."""
    sha256: str = ""
    """Digest of that file."""


class Recorded(Result, frozen=True, kw_only=True):
    """A record, and what it comes to on a day."""

    record: Record
    state: str
    """"counts", "not yet" where its day lies ahead, or "unused" where nothing that is owed is answered by it."""
    obligations: tuple[str, ...]
    """Ids of the obligations that it answers."""
