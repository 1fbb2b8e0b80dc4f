# SPDX-License-Identifier: Apache-2.0
"""The register as an organisation is asked by it: which one it is, and what changed in law between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.errors import UsageError, did_you_mean
from debar.model.deeds import InUse
from debar.model.measures import Organisation
from debar.obligations.brief import release_of
from debar.obligations.question import Question
from debar.obligations.spells import kin, spells
from debar.portfolio import additions
from debar.portfolio.hand import Hand
from debar.portfolio.register_of import base, register_of
from debar.register import age
from debar.register.diff import About, Difference, difference
from debar.release import register_directory

if TYPE_CHECKING:
    from debar.model.portfolio import Clock
    from debar.portfolio.estates import Estate
    from debar.register import Register

_NOBODY = Organisation(name="", jurisdictions=(), kinds=())
"""What changed in law depends on nobody who asks."""


def in_use(estate: Estate, clock: Clock) -> InUse:
    """Give which register answers an organisation, and how old it is on the day asked about."""
    register = register_of(estate)
    release = release_of(register, Question(organisation=_NOBODY, as_of=clock.as_of, known_on=clock.known_on))
    return InUse(
        release=release,
        origin="shipped" if base() == register_directory() else "imported",
        measures=len(register.measures),
        parties=len(register.parties),
        indicators=len(register.indicators),
        warning=age.warning(release.age) if release.age is not None and release.age > age.AGE_LIMIT else "",
        additions=additions.listed(estate),
    )


def changed(estate: Estate, since: str, until: str, *, party: str = "", jurisdiction: str = "") -> Difference:
    """Give what changed in law, and became known of it, after one day up to the end of another.

    Raises UsageError for what is no day, days the wrong way round, and a party or jurisdiction that the register does not know.
    """
    register = register_of(estate)
    _expect_days(since, until)
    places = sorted({measure.jurisdiction for measure in register.measures.values()})
    if jurisdiction and jurisdiction not in places:
        raise UsageError(
            f"no measure is of {jurisdiction[:40]!r}{did_you_mean(jurisdiction, places)}",
            hint=f"one of: {', '.join(places)}",
        )
    about = _about(register, party, since, until) if party else None
    release = release_of(register, Question(organisation=_NOBODY, as_of=until, known_on=until))
    if about:
        return difference(register, release, since, until, about=about, jurisdiction=jurisdiction)
    key = msgspec.json.encode((register.sha256, register.added, release, since, until, jurisdiction))
    return _DIFFERENCES.get(key, lambda: difference(register, release, since, until, jurisdiction=jurisdiction))


_DIFFERENCES: Hand[Difference] = Hand(lambda _: 1, 50)
"""What changed between two days is the same for all who are asked by one register."""


def _about(register: Register, word: str, since: str, until: str) -> About:
    party = register.party(word)
    return About(
        party=party.id,
        kin=kin(register, party),
        earlier=spells(register, party, since),
        later=spells(register, party, until),
    )


def _expect_days(since: str, until: str) -> None:
    for text, what in ((since, "from"), (until, "to")):
        try:
            dates.parse(text)
        except ValueError as e:
            raise UsageError(f"{what}: {e}", hint="write a day such as 2027-01-31") from e
    if dates.ends(since, "UTC") > dates.ends(until, "UTC"):
        raise UsageError(f"{since} lies after {until}", hint="exchange the two days")
