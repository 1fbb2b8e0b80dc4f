# SPDX-License-Identifier: Apache-2.0
"""Tests for names in texts: what is met, what is not, and what its sentence says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.mentions.names import Mention
    from debar.intake.seen import Seen

MET = [
    ("Kaspersky Lab was told.", "supplier", "kaspersky", "Kaspersky Lab"),
    ("People opened kaspersky and left.", "supplier", "kaspersky", "kaspersky"),
    ("Users of TikTok were told.", "supplier", "bytedance", "TikTok"),
    ("Hangzhou  Hikvision was told.", "supplier", "hikvision", "Hangzhou  Hikvision"),
    ("They sell HIKVISION cameras.", "supplier", "hikvision", "HIKVISION"),
    ("The TP Link router hums.", "supplier", "tp-link-systems", "TP Link"),
    ("It was made by 华为 in 2020.", "supplier", "huawei", "华为"),
    ("The DJI drone fell.", "supplier", "dji", "DJI"),
    ("He asked the Bureau of Industry & Security.", "authority", "us-bis", "Bureau of Industry & Security"),
    ("The Department of Commerce wrote.", "authority", "us-commerce", "Department of Commerce"),
    ("OICTS wrote.", "authority", "us-oicts", "OICTS"),
    ("The Bundesnetzagentur wrote.", "authority", "de-bnetza", "Bundesnetzagentur"),
    ("Czech NÚKIB wrote.", "authority", "cz-nukib", "NÚKIB"),
    ("Taiwan's Ministry of Digital Affairs wrote.", "authority", "tw-moda", "Taiwan's Ministry of Digital Affairs"),
    ("The German interior ministry wrote.", "authority", "de-interior", "German interior ministry"),
    ("The Ministry of Justice of Poland wrote.", "authority", "pl-justice", "Ministry of Justice of Poland"),
    ("Texas Governor Abbott wrote.", "authority", "us-texas-governor", "Texas Governor"),
    ("In the U.S. it rained.", "place", "us", "U.S."),
    ("US-based staff left.", "place", "us", "US"),
    ("Whitehall was quiet.", "place", "uk", "Whitehall"),
    ("It is cold in Türkiye today.", "place", "tr", "Türkiye"),
    ("Lithuanians voted.", "place", "lt", "Lithuanians"),
    ("In Georgia it rained.", "place", "us-ga", "Georgia"),
    ("Commerce Secretary Gina Raimondo spoke.", "person", "gina raimondo", "Gina Raimondo"),
    ("Gina Raimondo, a minister, spoke.", "person", "gina raimondo", "Gina Raimondo"),
    ("It was said by Evgeniy Kaspersky himself.", "person", "evgeniy kaspersky", "Evgeniy Kaspersky"),
    ("It is told by the Baltic Cable Association.", "organisation", "baltic cable association", "Baltic Cable Association"),
]  # fmt: skip

NOT_MET = [
    ("Tell us what you think.", "place"),
    ("He was made to polish it.", "place"),
    ("The Washington Post wrote.", "place"),
    ("In Latin America it rained.", "place"),
    ("The DJI closed 300 points higher.", "supplier"),
    ("It is an honor to be here.", "supplier"),
    ("A smart controller hums.", "product"),
    ("The bis and the fcc are small letters.", "authority"),
    ("It cost 20 US dollars.", "place"),
    ("On Monday in July it rained.", "person"),
]


def _of(seen: Seen, kind: str) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in seen.mentions if one.kind == kind]


@pytest.mark.parametrize(("text", "kind", "id_", "name"), MET)
def test_name_is_met(noted: Callable[[str], Seen], text: str, kind: str, id_: str, name: str) -> None:
    """A name is met in the forms in which papers print it, and stands for its id."""
    assert _of(noted(text), kind) == [(id_, name)]


@pytest.mark.parametrize(("text", "kind"), NOT_MET)
def test_other_words_are_no_names(noted: Callable[[str], Seen], text: str, kind: str) -> None:
    """Words that only look like a name are none."""
    assert _of(noted(text), kind) == []


ASIDES = [
    ("The Moscow-based firm left.", "ru", "home"),
    ("The firm, headquartered in Moscow, left.", "ru", "home"),
    ("It has ties to the Russian government.", "ru", "home"),
    ("The Russian cybersecurity firm left.", "ru", "maker"),
    ("Russia banned the firm.", "ru", ""),
    ("It was removed from Germany's network.", "de", ""),
]


@pytest.mark.parametrize(("text", "place", "aside"), ASIDES)
def test_asides(noted: Callable[[str], Seen], text: str, place: str, aside: str) -> None:
    """Where somebody is at home is told apart from where a measure may hold."""
    assert [(one.jurisdiction, one.aside) for one in noted(text).mentions if one.kind == "place"] == [(place, aside)]


def test_told(noted: Callable[[str], Seen]) -> None:
    """A name beside a word of a measure is marked; a state only where it rules itself."""
    told = {one.name: one.is_told for one in noted("Canada banned DJI drones. France has rain.").mentions}
    assert (told["Canada"], told["DJI drones"], told["France"]) == (True, True, False)
    states = {one.name: one.is_told for one in noted("A man from Ohio likes the ban.\nTexas signed it.").mentions}
    assert (states["Ohio"], states["Texas"]) == (True, True)
    assert [one.is_told for one in noted("A factory in Ohio was removed.").mentions] == [False]


def test_product_needs_its_maker(noted: Callable[[str], Seen]) -> None:
    """A product with a common name counts beside a name of its maker only; a well-known one always does."""
    alone = noted("The network agent was updated. KVRT was run.")
    beside = noted("KVRT of Kaspersky was run.")
    assert (_of(alone, "product"), _of(beside, "product")) == ([], [("kaspersky", "KVRT")])
    assert _of(noted("CapCut was removed."), "supplier") == [("bytedance", "CapCut")]


def test_last_name(noted: Callable[[str], Seen]) -> None:
    """A person is known by the last name from then on."""
    seen = noted("Journalist Kim Zetter broke the story. Zetter wrote more.")
    assert _of(seen, "person") == [("kim zetter", "Kim Zetter"), ("kim zetter", "Zetter")]


STRANGERS = [
    ("#High Court pauses Velmora sales ban\nThe court suspended the ban on Velmora routers. Velmora welcomed it.", "velmora"),
    ("#VELMORA NETWORKS STATEMENT\nVelmora Networks rejects it. Velmora Networks makes routers.", "velmora"),
    ("Latvia told operators to remove Brightwave Systems equipment. Brightwave makes antennas.", "brightwave"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "id_"), STRANGERS)
def test_unknown_supplier(noted: Callable[[str], Seen], text: str, id_: str) -> None:
    """The supplier of a paper is found although nobody has listed it: its name recurs where something is done to it."""
    assert {found for found, _ in _of(noted(text), "supplier")} == {id_}


def test_unknown_names_beside_known_supplier(noted: Callable[[str], Seen]) -> None:
    """Where the paper names a supplier that is known, no other name becomes one."""
    seen = noted("Huawei was banned. Operators use Brightwave antennas. They bought Brightwave routers.")
    assert _of(seen, "supplier") == [("huawei", "Huawei")]


def test_common_words_are_no_supplier(noted: Callable[[str], Seen]) -> None:
    """Letters in capitals and words that also stand in small letters are no name of a supplier."""
    seen = noted("Rules on CCTV products apply. CCTV makers met. The ban on Drones stays. Some drones and Drones left.")
    assert _of(seen, "supplier") == []


def _laws(mentions: tuple[Mention, ...], text: str) -> None:
    ends = [0, *(one.end for one in mentions)]
    assert all(one.start >= end for one, end in zip(mentions, ends, strict=False))
    assert all(text[one.start : one.end] == one.name for one in mentions)


@given(st.lists(st.sampled_from(["Kaspersky", "Lab", "US", "U.S.", "ban on", "the", "German", "ministry", "Velmora", ",", "\n", "Minister", "DJI", "华为", "of", "-"])))  # fmt: skip
def test_laws_of_mentions(noted: Callable[[str], Seen], words: list[str]) -> None:
    """Mentions stand in order, overlap nowhere, and each is an exact slice of the text."""
    text = " ".join(words)
    _laws(noted(text).mentions, text)


@pytest.mark.parametrize(
    "piece", ["a", " ", "9", '"', "US ", "Kaspersky ", "A ", "the Minister A ", "(", "German interior "]
)
def test_hostile_texts_end(noted: Callable[[str], Seen], piece: str) -> None:
    """A text of one thing over and over is read to its end, and by the same rules."""
    text = piece * (60_000 // len(piece))
    _laws(noted(text).mentions, text)
