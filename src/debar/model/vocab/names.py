# SPDX-License-Identifier: Apache-2.0
"""How names of parties are kept, and how two of them agree."""

from enum import StrEnum


class NameKind(StrEnum):
    """What a name is to the party that a list gives it."""

    NAME = "name"
    """The full name under which it is listed."""
    ALIAS = "alias"
    """Another name, or another spelling."""
    FORMER = "former"
    """A name that it had before."""
    WEAK = "weak"
    """A name that many have: an acronym, a nickname, one word; it needs a second witness."""


class NameRelation(StrEnum):
    """What a name says of the party behind it, from the surest to the least."""

    SAME = "same"
    """The name of the party itself, or an agreeing identifier."""
    AFFILIATE = "affiliate"
    """Carries the party's brand beside words of its own: of the group as it seems, and no proof of it."""
    OWNERSHIP = "ownership"
    """The name of another party to which this one is tied by a dated edge, with its source."""
    SIMILAR = "similar"
    """Spelled alike: somebody has to look."""
    DIFFERENT = "different"
    """Alike, but known to be somebody else."""


class Likeness(StrEnum):
    """How a part of one name agrees with a part of the other."""

    EXACT = "exact"
    TYPO = "typo"
    """One or two letters are different, missing, added or swapped."""
    ABBREVIATION = "abbreviation"
    """One is a usual abbreviation, or another form, of the other."""
    JOINED = "joined"
    """Written as one word in one name, and as several in the other."""
    TRANSLITERATED = "transliterated"
    """The same in another script, as far as sounds tell."""
    ACRONYM = "acronym"
    """Letters of which the list says that they stand for the name."""
    TRUNCATED = "truncated"
    """One of them is cut off."""
    IDENTIFIER = "identifier"
    """The same number in a public register of companies."""
