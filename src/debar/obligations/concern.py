# SPDX-License-Identifier: Apache-2.0
"""Which provisions are about a party at all, whoever asks, whatever its products are, and whenever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.obligations.spells import spells

if TYPE_CHECKING:
    from debar.model.measures import Measure, Party, Provision
    from debar.register import Register


def concerning(register: Register, party: Party) -> list[tuple[Measure, Provision]]:
    """Give the provisions that reach a party by name, tie or list, or by origin without a doubt, in register order."""
    about = spells(register, party)
    return [
        (measure, provision)
        for measure in register.measures.values()
        for provision in measure.provisions
        if f"{measure.id}#{provision.id}" in about
    ]
