# SPDX-License-Identifier: Apache-2.0
"""Tests for what a paper is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.intake.mentions.topic import topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen

TOLD = {
    "US ban on Russian firm": (
        (
            "#Kaspersky to leave US after ban\nThe Russian firm said so. Moscow called the ban unfair. The US Commerce Department"
            " banned sales. Kaspersky is based in Moscow, Russia."
        ),
        ("kaspersky", "us"),
    ),
    "place of the supplier is none of the measure": (
        (
            "#Chinese camera maker Hikvision told to go\nCanada ordered the Chinese company to close. China protested. China said"
            " the order was wrong."
        ),
        ("hikvision", "ca"),
    ),
    "supplier's home alone tells no jurisdiction": (
        "#Hikvision cameras banned\nCameras of the Chinese company must go.",
        ("hikvision", ""),
    ),
    "another country in passing": (
        (
            "#Germany orders Huawei out of 5G\nThe German interior ministry ordered operators to remove Huawei parts. Sweden and"
            " the UK banned Huawei earlier."
        ),
        ("huawei", "de"),
    ),
    "a state bans": (
        "#Texas bans DeepSeek on state devices\nTexas Governor Greg Abbott banned the app. The US Navy warned of it.",
        ("deepseek", "us-tx"),
    ),
    "a state where people live": (
        "#FCC bans new DJI drones\nA farmer in Ohio dislikes the ban. The FCC voted.",
        ("dji", "us"),
    ),
    "a subsidiary is told under its group": (
        "#Ottawa orders TikTok Canada to wind up\nThe Canadian government ordered it.",
        ("bytedance", "ca"),
    ),
    "where a report was filed": (
        "#Huawei ban confirmed\nLONDON, July 3 (Wire) - Sweden confirmed the ban on Huawei.",
        ("huawei", "se"),
    ),
    "seat of a company that papers call Chinese": (
        "#US weighs ban on TP-Link routers\nThe Commerce Department may ban the Chinese router maker TP-Link.",
        ("tp-link-systems", "us"),
    ),
    "nothing": ("#Rain\nIt rained.", ("", "")),
}


@pytest.mark.parametrize("case", TOLD)
def test_topic(noted: Callable[[str], Seen], case: str) -> None:
    """A paper is about the supplier and the jurisdiction that headline, lead and sentences on measures name most."""
    text, expected = TOLD[case]
    seen = noted(text)
    assert topic(seen.paper, seen.mentions, seen.flat)[:2] == expected


def test_title_outweighs_the_rest(noted: Callable[[str], Seen]) -> None:
    """A headline says whom a measure hits, whoever is named more often further down."""
    body = "\nIt rained for long. " + "Filler without a name stands here. " * 30 + "ZTE grew. ZTE fell. ZTE grew again."
    seen = noted(f"#Poland bans Huawei{body}")
    assert topic(seen.paper, seen.mentions, seen.flat)[:2] == ("huawei", "pl")


def test_instrument_tells_whose_law_it_is(noted: Callable[[str], Seen]) -> None:
    """Where no place is named, the list or act on which a measure rests tells the jurisdiction."""
    seen = noted(
        "#Removal of Kaspersky products\nFollowing the PSPF direction, bodies shall remove Kaspersky products."
    )
    assert topic(seen.paper, seen.mentions, seen.flat)[:2] == ("kaspersky", "au")
