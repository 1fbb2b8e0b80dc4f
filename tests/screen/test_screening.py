# SPDX-License-Identifier: Apache-2.0
"""Promises of screening: the relation that a name stands in, why, and the same answer however names are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debar.model.listed import ListedName, ListedParty, PartyList
from debar.model.measures import Unrelated
from debar.model.vocab.names import Likeness, NameKind, NameRelation
from debar.screen import index as indexes
from debar.screen import names
from debar.screen.building import build
from debar.screen.candidates import Candidates
from debar.screen.score import compare
from debar.screen.screening import Screener, likeness, screen
from debar.screen.verdict import judged

if TYPE_CHECKING:
    from debar.model.screened import NameHit

SAME, AFFILIATE, SIMILAR, DIFFERENT = (
    NameRelation.SAME,
    NameRelation.AFFILIATE,
    NameRelation.SIMILAR,
    NameRelation.DIFFERENT,
)


def party(id_: str, *names: str, former: tuple[str, ...] = (), unrelated: tuple[Unrelated, ...] = ()) -> ListedParty:
    """Give a party of a list."""
    every = (*map(ListedName, names), *(ListedName(name, NameKind.FORMER) for name in former))
    return ListedParty(id=id_, names=every, unrelated=unrelated, because=("a list",))


LIST = PartyList(
    name="a list",
    version="1",
    parties=(
        party("kaspersky", "AO Kaspersky Lab", "Kaspersky", "Kaspersky Lab, Inc.", "カスペルスキー"),
        party("huawei", "Huawei Technologies Co., Ltd.", "Huawei", "华为技术有限公司"),
        party("hikvision", "Hangzhou Hikvision Digital Technology Company", "Hikvision"),
        party("zte", "ZTE Corporation", "ZTE", former=("Zhongxing Semiconductor",)),
        party("dji", "SZ DJI Technology Co., Ltd.", "DJI"),
        party("china-mobile", "China Mobile International (USA) Inc."),
        party("qihoo", "360 Security Technology Inc.", "Qihoo 360"),
        party("honor", "Honor Device Co., Ltd.", "Honor"),
        party(
            "dahua",
            "Zhejiang Dahua Technology Co., Ltd",
            unrelated=(Unrelated(name="Dahua Electronics Corporation", text="a distributor in Flushing, New York"),),
        ),
    ),
)
INDEX = build(LIST)


def best(name: str) -> NameHit | None:
    """Give the best hit of one name."""
    hits = screen(INDEX, [name])[0]
    return hits[0] if hits else None


@pytest.mark.parametrize(
    ("name", "expected", "relation"),
    [
        ("KASPERSKY LAB AO", "kaspersky", SAME),
        ("PAYPAL *KASPERSKY", "kaspersky", SAME),
        ("HUAWEI*TECHNOLOGIES 44207", "huawei", SAME),
        ("HUA WEI TECHNOLOGIES CO LTD", "huawei", SAME),
        ("華為", "huawei", SAME),
        ("Huáwéi", "huawei", SAME),
        ("Z.T.E. Corporation", "zte", SAME),
        ("D J I", "dji", SAME),
        ("Hikvision Europe B.V.", "hikvision", AFFILIATE),
        ("华为云计算技术有限公司", "huawei", AFFILIATE),
        ("ZTEsoft Technology Co Ltd", "zte", AFFILIATE),
        ("ZTE Parsian", "zte", AFFILIATE),
        ("INV 22391 HIKVISION DS-2CD2143", "hikvision", SAME),
        ("Hikvison", "hikvision", SIMILAR),
        ("Casperskey Lab", "kaspersky", SIMILAR),
        ("Huawie Technologies Ltd", "huawei", SIMILAR),
        ("Hikv1sion", "hikvision", SIMILAR),
        ("H\u0399KVISION", "hikvision", SAME),
        ("HUAWEIUK", "huawei", AFFILIATE),
        ("HikvisionEuropeBV", "hikvision", AFFILIATE),
        ("China Mobile International (USA) (UK) Ltd", "china-mobile", AFFILIATE),
    ],
)
def test_who_is_meant(name: str, expected: str, relation: NameRelation) -> None:
    """Forms, scripts, spaces and what ledgers add do not hide a party, and what carries its brand says no more."""
    hit = best(name)
    assert hit is not None
    assert (hit.party, hit.relation) == (expected, relation)
    assert hit.evidence
    assert hit.score < 1


@pytest.mark.parametrize(
    "name",
    [
        "SZ Technology Co Ltd",
        "Zhejiang Technology Co Ltd",
        "Security Technology Inc",
        "365 Security Technology Inc",
        "China Mobile Phones Repair Shop Leeds",
        "T-Mobile USA Inc",
        "ZTT Group",
        "DTE Energy",
        "DJ International",
        "D J Interiors Ltd",
        "AL-DJIHAD",
        "ATLANTIC ZTECTURE",
        "Dahua Bank",
        "Honor Health",
        "Dana Technology Company",
        "Ikea",
        "",
        "   ",
        "有限公司",
    ],
)
def test_who_is_not_meant(name: str) -> None:
    """Common words, short brands with a letter changed, other trades and numbers that differ mean nobody."""
    assert screen(INDEX, [name]) == [()]


def test_somebody_else_is_told_from_the_party() -> None:
    """A name that is known to be another company's is different, and the answer says whose it is."""
    hit = best("Dahua Electronics Corp")
    assert hit is not None
    assert hit.relation is DIFFERENT
    assert "Flushing" in hit.remarks[0]


def test_what_is_left_is_told() -> None:
    """A hit names the words that agree, how, and what found nothing on either side."""
    hit = best("Hikvison Trading")
    assert hit is not None
    assert [(each.query, each.how) for each in hit.evidence] == [("hikvison", Likeness.TYPO)]
    assert hit.unmatched.query == ("trading",)
    assert hit.because == ("a list",)


def test_a_former_name_lends_no_brand() -> None:
    """A company that carries a name that somebody gave up is no affiliate by that."""
    assert [hit.relation for hit in screen(INDEX, ["Zhongxing Foods"])[0] if hit.relation is AFFILIATE] == []


def test_strictly_another_company_of_the_group_is_none() -> None:
    """Legal entities are told apart by form, place and number."""
    assert likeness("Deutsche Bank AG", "Deutsche Bank Aktiengesellschaft", strict=True) > likeness(
        "Deutsche Bank GmbH", "Deutsche Bank AG", strict=True
    )
    assert likeness("Bowne of Chicago, Inc.", "Bowne of Cleveland, Inc.", strict=True) < 0.5
    assert likeness("Hikvision Europe B.V.", "Hikvision", strict=True) < likeness(
        "Hikvision B.V.", "Hikvision", strict=True
    )


def test_initials_are_no_brand() -> None:
    """Letters that stand apart before a surname are somebody's initials; alone they are the brand."""
    assert screen(INDEX, ["D J I Davies", "Mr Z T E Brown"]) == [(), ()]
    assert [hit.party for hit in screen(INDEX, ["D J I"])[0]] == ["dji"]


def test_an_agreeing_number_alone_is_certain() -> None:
    """A number of a public register is worth 1, whatever the name says; a reference of a ledger is none."""
    numbered = ListedParty(id="acme", names=(ListedName("Acme"),), identifiers={"lei": "5493001KJTIIGC8Y1R12"})
    index = build(PartyList(name="a list", version="1", parties=(numbered,)))
    (hit,) = screen(index, ["Somebody's Shop 5493001KJTIIGC8Y1R12"])[0]
    assert (hit.party, hit.relation, hit.score, hit.evidence[0].how) == ("acme", SAME, 1.0, Likeness.IDENTIFIER)
    assert screen(index, ["Somebody's Shop 54930018888888888812"]) == [()]


@pytest.mark.parametrize("text", ["INV 22391 {}", "{} REF 807130", "PAYMENT 4711 {}", "{} 390150"])
@pytest.mark.parametrize("name", ["Qihoo", "Huawei", "ZTE Corporation", "China Mobile International (USA) Inc."])
def test_what_a_ledger_writes_beside_a_name_hides_nobody(name: str, text: str) -> None:
    """References count for nothing, whatever their length: they make no name longer."""
    assert [hit.party for hit in screen(INDEX, [text.format(name)])[0]] == [
        hit.party for hit in screen(INDEX, [name])[0]
    ]


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Tekhnologiya OOO", "OOO Tekhnologiya"),
        ("Government ofthe Russian Federation", "Government of the Russian Federation"),
        ("petersburg electronic co warehouse", "Petersburg Electronic Company Warehouse"),
        ("Joint Stock Company Kazan Optical-MechanicalPlant", "Joint Stock Company Kazan Optical-Mechanical Plant"),
    ],
)
def test_the_very_name_is_found_however_common_its_words_are(name: str, listed: str) -> None:
    """On a long list no word of these tells anybody apart; that all of them stand in this order does."""
    others = (party(f"other{n}", f"Russian {n} Technology Plant", f"Kazan Electronic Company {n}") for n in range(40))
    index = build(PartyList(name="a list", version="1", parties=(party("meant", listed), *others)))
    assert [hit.party for hit in screen(index, [name])[0]][:1] == ["meant"]


def test_a_number_behind_a_word_may_be_of_the_name() -> None:
    """A few digits behind a word are part of it, more are a reference: "Catch22" is not "TES"."""
    index = build(PartyList(name="a list", version="1", parties=(party("tes", "TES"),)))
    asked = ["Catch22 TES Ltd", "Inv44513065 TES Ltd"]
    assert [hit.relation for (hit,) in screen(index, asked)] == [AFFILIATE, SAME]


def test_numbers_beside_a_name_are_compared_within_their_kind() -> None:
    """A number of one register is no number of another; those of countries are certain for one country only, and say so."""
    index = build(
        PartyList(
            name="a list",
            version="1",
            parties=(
                ListedParty(id="uei", names=(ListedName("One"),), identifiers={"uei": "ABCDEFGH1234"}),
                ListedParty(id="tax", names=(ListedName("Two"),), identifiers={"registration": "55501234"}),
            ),
        )
    )
    screener = Screener(index)
    assert {id_: hit.score for id_, hit in screener.numbered({("uei", "ABCDEFGH1234")}).items()} == {"uei": 1.0}
    assert screener.numbered({("lei", "ABCDEFGH1234"), ("duns", "55501234")}) == {}
    (hit,) = screener.numbered({("tax", "5550-1234")}).values()
    assert hit.party == "tax"
    assert "country" in hit.remarks[0]


NAMES = st.sampled_from(
    [name.text for each in LIST.parties for name in each.names]
    + ["Hikvison", "ZTEsoft", "Huawei Marine", "PAYPAL *KASPERSKY", "Da Hua Restaurant", "Wei Hua", "大華", "Acme Ltd"]
)


@given(st.lists(st.one_of(NAMES, st.text(max_size=20)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_names_together_are_names_alone(asked: list[str]) -> None:
    """Many names at once get the answers that each gets by itself, whatever was asked before."""
    together = list(Screener(INDEX).screen(asked))
    assert together == [screen(INDEX, [name])[0] for name in asked]


def test_what_was_asked_before_changes_nothing() -> None:
    """A word that stood in a name of plain letters is compared by its sound in a name of another script all the same."""
    screener = Screener(INDEX)
    plain, foreign = "Khuavey Ltd", "Хуавэй Khuavey"
    assert [list(screener.screen([name])) for name in (plain, foreign)] == [
        [screen(INDEX, [name])[0]] for name in (plain, foreign)
    ]


PLAIN = [number for number, text in enumerate(INDEX.kept.texts) if text.isascii()]


@st.composite
def altered(draw: st.DrawFn) -> str:
    """Give a name of the list as a ledger may have it: cut off, misspelt, turned round, with a reference."""
    name = draw(st.sampled_from([name.text for each in LIST.parties for name in each.names]))
    place = draw(st.integers(0, max(0, len(name) - 1)))
    return draw(
        st.sampled_from(
            [name, name[:22], name[:place] + name[place + 1 :], " ".join(reversed(name.split())), f"INV 22391 {name}"]
        )
    )


@given(altered().filter(lambda name: len(name) > 5))
@settings(max_examples=100, deadline=None)
def test_looking_at_few_names_finds_what_comparing_all_finds(name: str) -> None:
    """Candidates leave nobody out whom comparing with every name in plain letters would tell; sounds are compared for few.

    Names of five letters are not misspelt: they are found as they are written.
    """
    weighed, query = (
        INDEX.weights.weighed,
        INDEX.weights.weighed(names.told(name, next(Candidates(INDEX, 0.7).of([name]))[0])),
    )
    every = [(number, compare(query, weighed(INDEX.listed(number)))) for number in PLAIN]
    verdicts = {
        number: judged(found, INDEX, lends_brand=INDEX.kind(number) is not NameKind.FORMER) for number, found in every
    }
    meant = {INDEX.kept.ids[INDEX.owners[n]] for n, verdict in verdicts.items() if verdict.score >= indexes.THRESHOLD}
    assert meant <= {hit.party for hit in screen(INDEX, [name], limit=50)[0]}


def test_a_number_that_somebody_else_may_have_is_none_within_a_name() -> None:
    """Numbers of registers of countries look like references of a ledger: in a name they say nothing."""
    numbered = ListedParty(id="acme", names=(ListedName("Acme"),), identifiers={"registration": "61920541"})
    index = build(PartyList(name="a list", version="1", parties=(numbered,)))
    assert screen(index, ["Kantine 61920541", "Kantine 2024-05-01"]) == [(), ()]


def test_another_line_of_ships_is_another_company() -> None:
    """A trade that only the list's name tells makes it somebody else's, so that a name is not that party's own."""
    index = build(PartyList(name="a list", version="1", parties=(party("pars", "Pars Petrochemical Bank"),)))
    assert SAME not in {hit.relation for hit in screen(index, ["Pars Petrochemical"])[0]}


def test_german_vowels_may_be_written_with_an_e() -> None:
    """Who has no marks on the keyboard writes "ae" for the one in "Jäger"."""
    index = build(PartyList(name="a list", version="1", parties=(party("jaeger", "J\u00e4ger Pr\u00e4zision GmbH"),)))
    assert [hit.relation for (hit,) in screen(index, ["Jaeger Praezision GmbH"])] == [SAME]


COMMON = [
    "The Youth",
    "Volga Group",
    "RT",
    "AB",
    "EN+ Group",
    "Union",
    "Bank of the Union",
    "11420 Corp.",
    "Euro Trade Ltd",
]


def test_names_of_common_words_mean_their_own_party() -> None:
    """On a long list as well a party is found under its very name, however short it is and however common its words are."""
    others = [
        party(f"p{n}", f"{first} {second} {n}")
        for n in range(40)
        for first in ("Union", "Bank")
        for second in ("Group", "Youth")
    ]
    index = build(PartyList(name="a list", version="1", parties=(*(party(name, name) for name in COMMON), *others)))
    assert [
        name
        for name, hits in zip(COMMON, screen(index, COMMON, limit=99), strict=True)
        if name not in {h.party for h in hits}
    ] == []


@given(NAMES)
@settings(max_examples=40, deadline=None)
def test_a_lower_threshold_takes_nothing_away(name: str) -> None:
    """Whoever is told at the shipped threshold is told at a lower one, with the same score."""
    few = {hit.party: hit.score for hit in screen(INDEX, [name], limit=50)[0]}
    many = {hit.party: hit.score for hit in screen(INDEX, [name], threshold=0.4, limit=50)[0]}
    assert few.items() <= many.items()


def test_what_is_kept_answers_alike() -> None:
    """An index that was kept and loaded gives the answers of the one that was built."""
    loaded = indexes.load(indexes.kept(INDEX))
    asked = ["Kaspersky Lab", "Hikvison", "华为终端有限公司", "China Mobile International"]
    assert screen(loaded, asked) == screen(INDEX, asked)


def test_names_of_a_list_are_put_together_as_they_were_taken_apart() -> None:
    """The words of a list that are kept in columns give each of its names back."""
    every = [name.text for each in LIST.parties for name in each.names]
    assert [INDEX.listed(n) for n in range(len(every))] == [names.parse(text, is_listed=True) for text in every]


def test_every_name_of_a_list_means_its_own_party() -> None:
    """A party is found under each of its names: none is too common, too short or in the wrong script for itself."""
    every = [(name.text, each.id) for each in LIST.parties for name in each.names]
    found = screen(INDEX, [text for text, _ in every])
    assert [(hits[0].party, hits[0].relation) for hits in found] == [(id_, SAME) for _, id_ in every]
