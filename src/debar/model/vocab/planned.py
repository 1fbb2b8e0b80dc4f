# SPDX-License-Identifier: Apache-2.0
"""The words of a plan: what is done to a machine, and how it is protected while that is done."""

from enum import StrEnum


class Task(StrEnum):
    """What one step of a plan does."""

    LOOK = "look"
    """Find out what is there: nobody has looked, or what was seen is too weak to act on."""
    REPLACE_FIRST = "replace-first"
    """Put a replacement in place, or bring the one that is there to work, before anything is removed."""
    CONFIRM_HEALTHY = "confirm-healthy"
    """See that the replacement reports healthy, and keep what it said."""
    REMOVE = "remove"
    """Take the product out."""
    CHECK_RESIDUE = "check-residue"
    """Look for what its removal leaves behind."""
    CLEAN = "clean"
    """Take out what was left behind earlier."""
    END_AGREEMENT = "end-agreement"
    """End or let lapse what was bought, and buy no more."""
    VERIFY = "verify"
    """Scan the machine again."""


class Shelter(StrEnum):
    """What protects a machine when the product to be removed is gone, as far as anybody knows."""

    HEALTHY = "healthy"
    """Another product reported healthy, and lately."""
    OUTDATED = "outdated"
    """Another product reported healthy, on a day that is too long ago or not known."""
    UNCONFIRMED = "unconfirmed"
    """Another product is there; whether it works is not told."""
    UNHEALTHY = "unhealthy"
    """Another product is there and says that it does not work."""
    NONE = "none"
    """Somebody looked, and there was no other product."""
    NOT_LOOKED_AT = "not-looked-at"
    """Nobody looked; unknown is not protected."""
