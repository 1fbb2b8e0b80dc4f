# SPDX-License-Identifier: Apache-2.0
"""Promises about what hits come to: one exposure for each asset, party and product."""

import itertools
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from values import indicator

from debar.match.compile import Index, compile_index
from debar.match.confidence import WEIGHT, combined, level_of
from debar.match.exposures import expose
from debar.match.kernel import meet
from debar.model.inventory import Calibration, Embedding, Indicator, Observable, Observation, Sign
from debar.model.measures import Party
from debar.model.results import Exposure, Hit, Match
from debar.model.vocab import Grade, Held, Kind, Meaning, Medium, Operator

SHIELD = indicator(Kind.NAME, Operator.PHRASE, "maker shield", product="shield", level=4)
VPN = indicator(Kind.NAME, Operator.PHRASE, "maker vpn", product="vpn", level=4)
MAKER = indicator(Kind.PUBLISHER, Operator.EQUALS, "maker inc", level=5)
SITE = indicator(Kind.DOMAIN, Operator.SUFFIX, "maker.com", level=3)
FEED = indicator(Kind.DOMAIN, Operator.SUFFIX, "feed.maker.com", product="shield", level=3)
WORD = indicator(Kind.TEXT, Operator.PHRASE, "maker", level=1, meaning=Meaning.MENTION)
LEFT = indicator(Kind.PATH, Operator.PREFIX, "/opt/maker", product="shield", level=5, meaning=Meaning.RESIDUE)
WEAK = indicator(Kind.FILE, Operator.EQUALS, "m.exe", level=2)
INDEX: Index = compile_index([SHIELD, VPN, MAKER, SITE, FEED, WORD, LEFT, WEAK])
POSITION = {i.id: n for n, i in enumerate(INDEX.indicators)}


def hit(
    found: Indicator,
    *,
    asset: str = "alpha",
    source: str = "src-1",
    locator: str = "/0",
    medium: Medium = Medium.INVENTORY,
    meaning: Meaning = Meaning.INSTALLED,
    version: str = "",
    observed_at: str = "",
) -> Hit:
    """Give a hit of one indicator on one place of one asset."""
    observable = Observable(found.kind, found.patterns[0])
    observation = Observation(
        source=source,
        locator=locator,
        asset=asset,
        label=found.patterns[0],
        version=version,
        medium=medium,
        meaning=meaning,
        observables=(observable,),
        observed_at=observed_at,
    )
    return Hit(observation, observable, POSITION[found.id])


def exposed(*hits: Hit) -> list[Exposure]:
    """Give the exposures of some hits."""
    return expose(hits, INDEX)[0]


def match(level: int, medium: Medium) -> Match:
    """Give a match of a level in a medium."""
    (exposure,) = exposed(hit(SHIELD, medium=medium))
    return msgspec.structs.replace(exposure.matches[0], level=level, confidence=WEIGHT[level])


def test_name_and_publisher_of_one_row_are_one_observation() -> None:
    """Two fields of the same row are not independent: the better one alone decides."""
    (exposure,) = exposed(hit(SHIELD), hit(MAKER))
    assert WEIGHT[5] == exposure.confidence
    assert (4, 0.90) == combined([match(4, Medium.SBOM), match(4, Medium.SBOM)])


def test_two_media_are_independent() -> None:
    """A program and its traffic say more together than either alone."""
    (exposure,) = exposed(hit(SHIELD), hit(FEED, source="src-2", medium=Medium.NETWORK))
    assert round(1 - 0.10 * 0.40, 4) == exposure.confidence
    assert (4, 0.96) == combined([match(4, Medium.INVENTORY), match(3, Medium.NETWORK)])


def test_two_strong_media_prove_and_two_moderate_ones_do_not() -> None:
    """The levels of combined evidence follow its probability."""
    strong = combined([match(4, Medium.INVENTORY), match(4, Medium.NETWORK)])
    moderate = combined([match(3, Medium.INVENTORY), match(3, Medium.NETWORK)])
    assert (5, 3) == (strong[0], moderate[0])


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(list(Medium))), min_size=1, max_size=8))
def test_more_evidence_is_never_less_sure(evidence: list[tuple[int, Medium]]) -> None:
    """Combining keeps at least the best match, stays below certainty and ignores order."""
    matches = [match(level, medium) for level, medium in evidence]
    level, probability = combined(matches)
    assert max(m.confidence for m in matches) <= probability <= 1.0
    assert max(m.level for m in matches) <= level
    assert (level, probability) == combined(matches[::-1])
    fewer = combined(matches[:-1] or matches)
    assert (level, probability) >= fewer and probability >= fewer[1]


@pytest.mark.parametrize(
    ("probability", "level"),
    [(0.99, 5), (0.985, 5), (0.98, 4), (0.9, 4), (0.84, 3), (0.6, 3), (0.49, 2), (0.25, 2), (0.1, 1)],
)
def test_levels_have_floors(probability: float, level: int) -> None:
    """A level is reached at its floor and not below."""
    assert level == level_of(probability)


def test_each_level_stands_for_itself() -> None:
    """One match alone gives an exposure of its own level."""
    assert [5, 4, 3, 2, 1] == [level_of(WEIGHT[level]) for level in (5, 4, 3, 2, 1)]


def test_a_match_without_product_joins_the_product_of_its_observation() -> None:
    """Rule 1: the publisher beside a product's name belongs to that product, even with two on the asset."""
    found = exposed(hit(SHIELD, locator="/0"), hit(MAKER, locator="/0"), hit(VPN, locator="/1"))
    assert [("shield", 2), ("vpn", 1)] == [(e.product, len(e.matches)) for e in found]


def test_places_of_two_sources_are_not_one_observation() -> None:
    """Rule 1 goes by source and place: the same place of another file is another observation."""
    found = exposed(hit(SHIELD), hit(VPN, locator="/1"), hit(MAKER, source="src-2"))
    assert [("", 1), ("shield", 1), ("vpn", 1)] == [(e.product, len(e.matches)) for e in found]


def test_a_match_without_product_joins_the_only_product_of_the_asset() -> None:
    """Rule 2: where an asset has one product, what does not tell the product belongs to it."""
    (exposure,) = exposed(hit(SHIELD), hit(MAKER, source="src-2", medium=Medium.PACKAGES))
    assert ("shield", 2) == (exposure.product, len(exposure.matches))


def test_traffic_without_product_joins_no_product() -> None:
    """Rule 2: a look-up tells the supplier, not which product made it."""
    found = exposed(hit(SHIELD), hit(SITE, source="src-2", medium=Medium.NETWORK, meaning=Meaning.SERVICE_USE))
    assert [("", Meaning.SERVICE_USE), ("shield", Meaning.INSTALLED)] == [(e.product, e.meaning) for e in found]


def test_one_observation_is_one_product() -> None:
    """Rule 1: two products named by one row are the one of the surer match, of equals the first."""
    (surer,) = exposed(hit(FEED), hit(VPN))
    assert ("vpn", 2) == (surer.product, len(surer.matches))
    (first,) = exposed(hit(VPN), hit(SHIELD))
    assert "vpn" == first.product


def test_a_match_without_product_stays_on_its_own_beside_two_products() -> None:
    """Rule 3: with two products nobody can say which one it was."""
    found = exposed(hit(SHIELD), hit(VPN, locator="/1"), hit(MAKER, source="src-2", medium=Medium.PACKAGES))
    assert ["", "shield", "vpn"] == [e.product for e in found]


def test_a_match_without_product_alone_leaves_the_product_unknown() -> None:
    """Rule 3: with no product on the asset there is none to join."""
    (exposure,) = exposed(hit(SITE, medium=Medium.NETWORK, meaning=Meaning.SERVICE_USE))
    assert ("", Meaning.SERVICE_USE) == (exposure.product, exposure.meaning)


def test_a_product_on_another_asset_is_not_joined() -> None:
    """Assets do not share products."""
    found = exposed(hit(SHIELD), hit(SITE, asset="beta", medium=Medium.NETWORK))
    assert [("alpha", "shield"), ("beta", "")] == [(e.asset, e.product) for e in found]


@pytest.mark.parametrize("spelt", ["ALPHA", "Alpha"])
def test_an_asset_has_one_name_in_every_case(spelt: str) -> None:
    """Host names compare without case; two sources that spell one differently mean one machine."""
    (exposure,) = exposed(hit(SHIELD), hit(FEED, asset=spelt, source="src-2", medium=Medium.NETWORK))
    assert 2 == len(exposure.matches)
    assert exposed(hit(SHIELD, asset=spelt))[0].id == exposure.id


def test_an_address_is_the_host_that_held_it() -> None:
    """Traffic of an address joins the inventory of the host that a lease names."""
    hits = [hit(SHIELD), hit(FEED, asset="10.0.0.7", source="src-2", medium=Medium.NETWORK)]
    kept, _ = expose(hits, INDEX, lambda: {"10.0.0.7": "Alpha"})
    assert [("alpha", 2)] == [(e.asset.casefold(), len(e.matches)) for e in kept]


def test_a_mention_is_set_aside() -> None:
    """A name in prose is kept with the reason, and is never an exposure."""
    kept, aside = expose([hit(WORD)], INDEX)
    assert [] == kept
    assert [("alpha", 1)] == [(s.exposure.asset, s.exposure.level) for s in aside]
    assert "mention" in aside[0].reason


def test_a_mention_elsewhere_is_no_part_of_an_exposure() -> None:
    """What another observation merely names stands beside the exposure and not in it."""
    kept, aside = expose([hit(SHIELD), hit(WORD, locator="/1")], INDEX)
    assert [[SHIELD.id]] == [[m.indicator for m in e.matches] for e in kept]
    assert [[WORD.id]] == [[m.indicator for m in s.exposure.matches] for s in aside]


def test_a_mention_beside_evidence_adds_nothing_to_its_weight() -> None:
    """In the same observation it is kept with the evidence, which is as sure and means the same as without."""
    kept, aside = expose([hit(SHIELD), hit(WORD)], INDEX)
    assert ([SHIELD.id, WORD.id], []) == ([m.indicator for e in kept for m in e.matches], aside)
    alone = exposed(hit(SHIELD))[0]
    assert (alone.id, alone.level, alone.confidence, alone.meaning) == (
        kept[0].id,
        kept[0].level,
        kept[0].confidence,
        kept[0].meaning,
    )


def test_a_strong_match_on_a_mention_is_still_a_mention() -> None:
    """A reader or indicator that says "mention" is believed, however sure the maker is."""
    kept, aside = expose([hit(SHIELD, meaning=Meaning.MENTION)], INDEX)
    assert ([], 1) == (kept, len(aside))


def test_residue_calls_for_a_look_at_most() -> None:
    """Something left behind caps at level 3, however certain its maker is."""
    (exposure,) = exposed(hit(LEFT))
    assert (Meaning.RESIDUE, 3, 0.99) == (exposure.meaning, exposure.level, exposure.confidence)


def test_residue_beside_the_living_product_is_the_product() -> None:
    """A directory does not make an installed program something left behind."""
    (exposure,) = exposed(hit(LEFT), hit(SHIELD, locator="/1"))
    assert (Meaning.INSTALLED, 5) == (exposure.meaning, exposure.level)


def test_a_weak_match_does_not_decide_the_meaning() -> None:
    """A weak sign of a living product beside proven residue leaves it residue."""
    (exposure,) = exposed(hit(LEFT), hit(WEAK, locator="/1"))
    assert (Meaning.RESIDUE, 3) == (exposure.meaning, exposure.level)


def test_sightings_of_one_thing_are_counted() -> None:
    """The same in the same source is one match with a count, and the first and last time of it."""
    times = ["2024-09-03T00:00:00Z", "2024-09-01T00:00:00Z", "", "2024-09-02T00:00:00Z"]
    (exposure,) = exposed(*(hit(SITE, locator=f"line {n}", observed_at=t) for n, t in enumerate(times)))
    assert [4] == [m.count for m in exposure.matches]
    assert ("2024-09-01T00:00:00Z", "2024-09-03T00:00:00Z") == (exposure.first_seen, exposure.last_seen)
    assert "line 0" == exposure.matches[0].locator


def test_nothing_seen_has_no_time() -> None:
    """Without a time in the source there is none in the exposure."""
    (exposure,) = exposed(hit(SHIELD, observed_at="soon"))
    assert ("", "") == (exposure.first_seen, exposure.last_seen)


def test_the_version_is_that_of_the_strongest_match() -> None:
    """The version comes from evidence of the exposure's own meaning."""
    (exposure,) = exposed(hit(LEFT, version="9"), hit(SHIELD, locator="/1", version="11.2"))
    assert "11.2" == exposure.version


def test_nothing_gives_nothing() -> None:
    """No hits, no exposures, nothing set aside."""
    assert ([], []) == expose([], INDEX)


def row(*values: tuple[Kind, str], meaning: Meaning = Meaning.INSTALLED) -> list[Exposure]:
    """Give the exposures of one row with several values, each met by whatever fits it."""
    observables = tuple(Observable(kind, value) for kind, value in values)
    observation = Observation(
        source="src-1",
        locator="/0",
        asset="alpha",
        label=values[0][1],
        medium=Medium.INVENTORY,
        meaning=meaning,
        observables=observables,
    )
    return expose(
        [
            Hit(observation, observable, position)
            for observable in observables
            if observable.kind in INDEX.tables
            for position in meet(INDEX.tables[observable.kind], observable.value)
        ],
        INDEX,
    )[0]


def test_another_maker_beside_a_name_makes_it_less_sure() -> None:
    """A name that anybody can give is weak when the row names another maker, and the match says which."""
    (exposure,) = row((Kind.NAME, "Maker Shield"), (Kind.PUBLISHER, "Somebody Else Ltd"))
    assert (2, WEIGHT[2]) == (exposure.level, exposure.confidence)
    assert "Somebody Else Ltd" in exposure.matches[0].against


@pytest.mark.parametrize(
    "publisher", ["Maker Inc.", "", "N/A", "Unknown", "Microsoft Windows Hardware Compatibility Publisher"]
)
def test_a_maker_who_agrees_or_says_nothing_changes_nothing(publisher: str) -> None:
    """The party's own name, no name, and those who sign for others speak against nothing."""
    (exposure,) = row((Kind.NAME, "Maker Shield"), (Kind.PUBLISHER, publisher))
    assert ["", ""][: len(exposure.matches)] == [m.against for m in exposure.matches]
    assert 4 <= exposure.level


def test_a_maker_who_is_called_like_the_party_is_no_other() -> None:
    """A company of the group that no indicator knows bears its name, and speaks against nothing."""
    index = compile_index([SHIELD], [Party(id="maker", name="Maker", aliases=("Maker Labs",))])
    observables = (Observable(Kind.NAME, "Maker Shield"), Observable(Kind.PUBLISHER, "Maker Overseas GmbH"))
    observation = msgspec.structs.replace(hit(SHIELD).observation, observables=observables)
    (exposure,) = expose([Hit(observation, observables[0], 0)], index)[0]
    assert (4, "") == (exposure.level, exposure.matches[0].against)


@pytest.mark.parametrize(
    ("coordinates", "level"),
    [("pkg:npm/maker-shield", 2), ("pkg:pypi/maker-shield@1", 2), ("pkg:generic/maker-shield", 4)],
)
def test_the_name_of_a_package_is_anybodys(coordinates: str, level: int) -> None:
    """Where names belong to whoever came first, coordinates that are not the party's make a name weak."""
    (exposure,) = row((Kind.NAME, "Maker Shield"), (Kind.PURL, coordinates), meaning=Meaning.INSTALLED)
    assert level == exposure.level


def test_another_maker_of_the_whole_speaks_not_against_a_part() -> None:
    """A part is the party's whoever makes the product around it."""
    (exposure,) = row((Kind.NAME, "Maker Shield"), (Kind.PUBLISHER, "Somebody Else Ltd"), meaning=Meaning.EMBEDDED)
    assert (4, "") == (exposure.level, exposure.matches[0].against)


@pytest.mark.parametrize(("address", "level"), [("aa:bb:cc:00:00:01", 5), ("aa:bb:cd:00:00:01", 2), ("", 5)])
def test_a_maker_that_a_scanner_took_from_its_own_table_needs_the_address(address: str, level: int) -> None:
    """On the wire a maker's name comes from a table of prefixes; where the registry disagrees, it is weak."""
    block = indicator(Kind.MAC, Operator.PREFIX, "aa:bb:cc", level=3)
    index = compile_index([MAKER, block])
    observables = tuple(Observable(k, v) for k, v in ((Kind.MAC, address), (Kind.PUBLISHER, "Maker Inc")) if v)
    observation = msgspec.structs.replace(
        hit(SHIELD, medium=Medium.NETWORK, meaning=Meaning.HARDWARE).observation, observables=observables
    )
    hits = [Hit(observation, o, n) for o in observables for n in meet(index.tables[o.kind], o.value)]
    (exposure,) = expose(hits, index)[0]
    assert level == exposure.level


OLD = msgspec.structs.replace(SHIELD, id="test-old", valid_from="2019-01-01", valid_until="2021-01-01")
DATED: Index = compile_index([OLD])


def dated(observed_at: str, day: str = "2024-01-01") -> tuple[int, str]:
    """Give how many exposures a sighting of a dated indicator makes, and the reason when it is set aside."""
    seen = msgspec.structs.replace(hit(SHIELD, observed_at=observed_at), indicator=0)
    kept, aside = expose([seen], DATED, day=day)
    return len(kept), aside[0].reason if aside else ""


@pytest.mark.parametrize(
    ("observed_at", "kept"), [("2018-12-31", 0), ("2019-01-01", 1), ("2020-12-31T23:59:59Z", 1), ("2021-01-01", 0)]
)
def test_an_indicator_holds_for_its_time(observed_at: str, kept: int) -> None:
    """What pointed to the party only for a time counts from its first day to before its last; else it is set aside."""
    assert (kept, bool(kept)) == (dated(observed_at)[0], not dated(observed_at)[1])


def test_evidence_without_a_date_is_of_the_day_asked_about() -> None:
    """A source that gives no time is taken to speak of the day in question."""
    assert [1, 0] == [dated("", day)[0] for day in ("2020-06-01", "2022-06-01")]
    assert "2021-01-01" in dated("", "2022-06-01")[1]


def host(held: Held) -> Embedding:
    """Give what is known of a product of others."""
    return Embedding(
        id=f"embedding-{held}",
        host="Guard 9",
        host_maker="Somebody Else",
        party="maker",
        product="shield",
        held=held,
        meaning=Meaning.EMBEDDED,
        text="It was told so.",
        signs=(
            Sign(
                kind=Kind.NAME,
                operator=Operator.PHRASE,
                patterns=("guard 9",),
                examples=("Guard 9",),
                counterexamples=(),
            ),
        ),
        falsepositives="none known",
        grade=Grade.SECONDARY,
        references=("https://example.com",),
    )


@pytest.mark.parametrize(("held", "kept"), [(Held.KNOWN, 1), (Held.KNOWN_NOT, 0), (Held.UNKNOWN, 0)])
def test_what_is_not_known_of_a_host_is_never_inferred(held: Held, kept: int) -> None:
    """Only a product that is known to hold the technology is an exposure; the other two are told and set aside."""
    index = compile_index([], (), [host(held)])
    found, aside = expose([msgspec.structs.replace(hit(SHIELD), indicator=0)], index)
    assert (kept, 1 - kept) == (len(found), len(aside))
    assert [("Guard 9", Meaning.EMBEDDED, 3)][:kept] == [(e.identity.host, e.meaning, e.level) for e in found]
    assert all("Guard 9" in one.reason for one in aside)


def test_software_of_others_is_weak_at_most() -> None:
    """A client contains nothing of the party, however certain it is which party it talks to."""
    (exposure,) = exposed(hit(SHIELD, meaning=Meaning.CLIENT))
    assert (Meaning.CLIENT, 2) == (exposure.meaning, exposure.level)


def test_running_lies_nearer_than_installed() -> None:
    """A process beside the entry of the program says that it runs."""
    (exposure,) = exposed(hit(SHIELD), hit(SHIELD, locator="/1", meaning=Meaning.RUNNING))
    assert Meaning.RUNNING is exposure.meaning


def test_probabilities_are_those_that_were_measured() -> None:
    """The kind at its level counts first, then the level, then the weight of the level."""
    measured = [
        Calibration(id="level-4", level=4, probability=0.8, cases=10, right=8),
        Calibration(id="level-4-name", level=4, kind="name", probability=0.7, cases=10, right=7),
    ]
    index = compile_index([SHIELD, indicator(Kind.FILE, Operator.EQUALS, "m.exe"), SITE], calibrations=measured)
    assert (0.7, 0.8, WEIGHT[3]) == index.probabilities


HITS = st.lists(
    st.builds(
        hit,
        st.sampled_from([SHIELD, VPN, MAKER, SITE, FEED, WORD, LEFT, WEAK]),
        asset=st.sampled_from(["alpha", "beta"]),
        source=st.sampled_from(["src-1", "src-2"]),
        locator=st.sampled_from(["/0", "/1", "/2"]),
        medium=st.sampled_from(list(Medium)),
        meaning=st.sampled_from(list(Meaning)),
    ),
    max_size=7,
    unique_by=lambda h: (h.observation.asset, h.observation.source, h.observation.label),
)


@settings(max_examples=200)
@given(HITS, st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(hits: list[Hit], random: Random) -> None:
    """Observations that come in another order give the same exposures with the same ids."""

    def place(found: Hit) -> tuple[str, str]:
        return found.observation.source, found.observation.locator

    hits.sort(key=place)
    observations = [list(group) for _, group in itertools.groupby(hits, place)]
    random.shuffle(observations)
    assert expose(hits, INDEX) == expose(itertools.chain(*observations), INDEX)


def test_the_spelling_of_an_asset_does_not_depend_on_order() -> None:
    """Which of two spellings is shown is decided by the names, not by which file came first."""
    hits = [hit(SHIELD, asset="PC-01"), hit(FEED, asset="pc-01", source="src-2", medium=Medium.NETWORK)]
    assert exposed(*hits) == exposed(*hits[::-1])


@settings(max_examples=100)
@given(HITS)
def test_every_hit_is_kept_somewhere(hits: list[Hit]) -> None:
    """Nothing that was recognised is lost: it is in an exposure, or set aside."""
    kept, aside = expose(hits, INDEX)
    everything = [*kept, *(s.exposure for s in aside)]
    assert len(hits) == sum(m.count for e in everything for m in e.matches)
    assert len({e.id for e in kept}) == len(kept)


def test_ids_are_stable() -> None:
    """An id is a hash of asset, party and product: this one never changes."""
    (exposure,) = exposed(hit(SHIELD))
    assert "exp-9b35da665be7" == exposure.id
