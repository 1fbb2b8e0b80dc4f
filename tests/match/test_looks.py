# SPDX-License-Identifier: Apache-2.0
"""Promises about the account of an exposure: what speaks against it, and what one more look would settle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace
from values import indicator

import composed
from debar.match.account import account
from debar.match.compile import compile_index, compile_register
from debar.match.confidence import WEIGHT, level_of
from debar.match.exposures import expose
from debar.match.looks import looks
from debar.match.ways import KINDS, WAYS
from debar.model.inventory import Calibration, Embedding, Indicator, Observable, Observation, Sign
from debar.model.measures import Party, VersionPair
from debar.model.results import Decision, Exposure, Hit, Look, SetAside, Why
from debar.model.vocab import Grade, Held, Kind, Meaning, Medium, Operator, Verdict
from debar.pipeline import scan

if TYPE_CHECKING:
    from pathlib import Path

    from debar.match.compile import Index
    from debar.model.results import Report

SHIELD = indicator(Kind.NAME, Operator.PHRASE, "maker shield", product="shield", level=3)
FILE = indicator(Kind.FILE, Operator.EQUALS, "shield.sys", product="shield", level=3)
SIGNER = indicator(Kind.SIGNER, Operator.EQUALS, "AO Maker", level=5)
SERVICE = indicator(Kind.SERVICE, Operator.REGEX, "^mkr[0-9]+$", product="shield", level=4)
OTHER = indicator(Kind.PROCESS, Operator.EQUALS, "vpn.exe", product="vpn", level=5)
DOMAIN = indicator(Kind.DOMAIN, Operator.SUFFIX, "maker.com", level=2)
LEFT = indicator(Kind.PATH, Operator.PREFIX, "/opt/maker", product="shield", level=4, meaning=Meaning.RESIDUE)
MAC = indicator(Kind.MAC, Operator.PREFIX, "aa:bb:cc", level=4, meaning=Meaning.HARDWARE)
BANNER = indicator(Kind.BANNER, Operator.PREFIX, "maker-webs", level=4, meaning=Meaning.HARDWARE)
SDK = indicator(Kind.PURL, Operator.PREFIX, "pkg:npm/@maker/", level=4, meaning=Meaning.CLIENT)
CHECKED = indicator(Kind.DRIVER, Operator.EQUALS, "mkr.sys", product="shield", level=5)
ALL = (SHIELD, FILE, SIGNER, SERVICE, OTHER, DOMAIN, LEFT, MAC, BANNER, SDK)
HOST = Embedding(
    id="gateway-maker",
    host="Gateway 9",
    host_maker="Somebody",
    party="maker",
    product="shield",
    held=Held.UNKNOWN,
    meaning=Meaning.EMBEDDED,
    text="Said to.",
    giveaway="a file shield.dat in its firmware",
    signs=(
        Sign(kind=Kind.NAME, operator=Operator.PHRASE, patterns=("gateway nine",), examples=(), counterexamples=()),
    ),
    falsepositives="none known",
    grade=Grade.SECONDARY,
    references=("https://example.com",),
)


def index(*indicators: Indicator) -> Index:
    """Give the index of some indicators, whose regular expressions have examples to show."""
    return compile_index([replace(i, examples=("MKR21",)) if i is SERVICE else i for i in indicators], (), (HOST,))


def hit(every: Index, kind: Kind, value: str, *, medium: Medium, meaning: Meaning) -> Hit:
    """Give the hit of the indicator of a kind on one value of one asset."""
    position = next(n for n, i in enumerate(every.indicators) if i.kind is kind)
    observable = Observable(kind, value)
    observation = Observation(
        source="src-1", locator=f"/{kind}", asset="ws-1", label=value, medium=medium, meaning=meaning, observables=(observable,)
    )  # fmt: skip
    return Hit(observation, observable, position)


def exposed(
    *found: tuple[Kind, str],
    of: tuple[Indicator, ...] = ALL,
    medium: Medium = Medium.INVENTORY,
    meaning: Meaning = Meaning.INSTALLED,
) -> tuple[Exposure, Index]:
    """Give the exposure that some values come to, and the index it is from."""
    every = index(*of)
    hits = [hit(every, kind, value, medium=medium, meaning=meaning) for kind, value in found]
    (exposure,), _ = expose(hits, every, day="2024-10-01")
    return exposure, every


def asked(*found: tuple[Kind, str], **about: object) -> tuple[Look, ...]:
    """Give the looks at what some values come to."""
    exposure, every = exposed(*found, **about)  # type: ignore[arg-type]
    return looks(exposure, every, "2024-10-01")


def test_a_known_file_is_named_by_the_look_at_its_signer() -> None:
    """Of a driver that was seen, its own signer is asked for, and what it would come to is said."""
    first, *_ = asked((Kind.FILE, "shield.sys"), (Kind.NAME, "Maker Shield 9"))
    assert "read the signer of shield.sys: 'AO Maker' would prove it (level 5)" == first.text
    assert "a signer of another name would lower it" == first.otherwise
    assert (Kind.SIGNER, 5, 5) == (first.kind, first.level, first.together)


def test_traffic_asks_for_what_is_on_the_client() -> None:
    """Traffic tells no program, so the client is looked at; of a regular expression a person sees an example."""
    (service,) = asked(
        (Kind.DOMAIN, "www.maker.com"), of=(DOMAIN, SERVICE), medium=Medium.NETWORK, meaning=Meaning.SERVICE_USE
    )
    assert "list the services of the client ws-1: 'MKR21' would be strong evidence (level 4)" == service.text


def test_a_hardware_address_asks_the_device() -> None:
    """A device is asked what it says of itself, never for drivers or packages."""
    found = asked(
        (Kind.MAC, "aa:bb:cc:00:00:01"),
        of=(MAC, BANNER, SIGNER, SERVICE),
        medium=Medium.NETWORK,
        meaning=Meaning.HARDWARE,
    )
    assert () == found, "the same medium adds nothing to a level that it has already"
    weak = replace(MAC, level=2)
    (banner,) = asked(
        (Kind.MAC, "aa:bb:cc:00:00:01"), of=(weak, BANNER), medium=Medium.NETWORK, meaning=Meaning.HARDWARE
    )
    assert banner.text.startswith("ask ws-1 what it says of itself")


def test_what_was_left_behind_is_settled_by_what_runs() -> None:
    """Residue counts as 3 at most, however sure; a service that runs lifts that."""
    exposure, every = exposed((Kind.PATH, "/opt/maker/x"), of=(LEFT, SERVICE, DOMAIN))
    assert 3 == exposure.level
    (service,) = looks(exposure, every, "2024-10-01")
    assert (Kind.SERVICE, 4) == (service.kind, service.level)
    assert service.together > exposure.level


def test_code_of_others_is_settled_by_what_runs() -> None:
    """Whoever can talk to a product proves no use of it; its program, running, does."""
    exposure, every = exposed((Kind.PURL, "pkg:npm/@maker/sdk"), of=(SDK, SERVICE), medium=Medium.SBOM)
    assert (2, Meaning.CLIENT) == (exposure.level, exposure.meaning)
    (service,) = looks(exposure, every, "2024-10-01")
    assert 4 <= service.together


def test_a_purchase_asks_whoever_received_it() -> None:
    """What was bought is looked for where it went, by the signs of that product only."""
    bought = indicator(Kind.PURCHASE, Operator.PHRASE, "maker shield", product="shield", level=3)
    (service,) = asked(
        (Kind.PURCHASE, "maker shield"),
        of=(bought, SERVICE, OTHER, SIGNER),
        medium=Medium.PURCHASES,
        meaning=Meaning.PURCHASE,
    )
    assert "the machines of whoever received it (ws-1)" in service.text


def test_a_product_of_others_that_nobody_knows_is_opened() -> None:
    """Where it is not known whether it holds the technology, what betrays it inside is the look."""
    every = index(*ALL)
    position = next(iter(every.embeddings))
    observable = Observable(Kind.NAME, "Gateway Nine")
    observation = Observation(
        source="src-1", locator="/0", asset="ws-1", label="x", medium=Medium.INVENTORY, meaning=Meaning.INSTALLED,
        observables=(observable,),
    )  # fmt: skip
    _, (aside,) = expose([Hit(observation, observable, position)], every)
    (look,) = looks(aside.exposure, every, "2024-10-01")
    assert "look inside Gateway 9: a file shield.dat in its firmware" == look.text


def test_a_look_tells_the_product_where_only_the_party_is_known() -> None:
    """Measures differ by product, so a sign that tells it is worth a look at any level."""
    proven = replace(SIGNER, kind=Kind.PUBLISHER)
    found = asked((Kind.PUBLISHER, "AO Maker"), of=(proven, SERVICE))
    assert [Kind.SERVICE] == [look.kind for look in found]


def test_nothing_is_asked_for_once_it_is_proven() -> None:
    """At level 5, with the product known, no look would settle more."""
    assert () == asked((Kind.FILE, "shield.sys"), (Kind.SIGNER, "AO Maker"))


@pytest.mark.parametrize(
    "useless",
    [
        replace(CHECKED, grade=Grade.UNVERIFIED),
        replace(CHECKED, valid_until="2024-01-01"),
        replace(CHECKED, valid_from="2025-01-01"),
        replace(CHECKED, meaning=Meaning.MENTION),
        replace(CHECKED, party="other"),
        replace(CHECKED, product="vpn"),
        replace(CHECKED, kind=Kind.TEXT),
    ],
)  # fmt: skip
def test_a_sign_that_settles_nothing_is_no_look(useless: Indicator) -> None:
    """What is unverified, of another time, a mention, of others or of another product is not asked for."""
    assert () == asked((Kind.NAME, "Maker Shield"), of=(SHIELD, useless))
    assert 1 == len(asked((Kind.NAME, "Maker Shield"), of=(SHIELD, CHECKED)))


def test_a_machine_is_asked_for_what_its_system_has() -> None:
    """A Linux machine has no registry, no drivers of Windows and no bundles."""
    paths = indicator(Kind.PATH, Operator.PREFIX, "/opt/maker", product="shield", level=3)
    registry = indicator(Kind.REGISTRY, Operator.PREFIX, "hklm/software/maker", product="shield", level=5)
    found = asked((Kind.PATH, "/opt/maker/bin"), of=(paths, CHECKED, registry, SERVICE))
    assert [Kind.SERVICE] == [look.kind for look in found]


def test_every_meaning_has_kinds_and_every_kind_of_them_a_way() -> None:
    """No exposure lacks an answer for want of a row, and no row speaks of nothing."""
    assert set(Meaning) == set(KINDS)
    assert {kind for kinds in KINDS.values() for kind in kinds} == set(WAYS)
    for way in WAYS.values():
        assert way.ask == way.ask.strip().rstrip(".")
        assert set(re.findall(r"{(\w+)}", way.ask)) <= {"place", "thing"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Give the report on all composed samples."""
    folder: Path = tmp_path_factory.mktemp("samples")
    for name, content in composed.FORMATS.items():
        (folder / name).write_bytes(content)
    return scan([str(folder)], composed.shipped(), composed.QUESTION)


def told(report: Report, exposure: Exposure, set_aside: str = "") -> Why:
    """Give the account of an exposure by the shipped register."""
    register = composed.shipped()
    return account(exposure, set_aside, report, register, compile_register(register))


def test_every_exposure_has_an_account(report: Report) -> None:
    """Looks are few, raise the level or tell the product, and the arithmetic gives the level and the probability."""
    assert report.exposures
    register = composed.shipped()
    compiled = compile_register(register)
    for exposure in report.exposures:
        why = account(exposure, "", report, register, compiled)
        assert len(why.looks) <= 3
        assert len({look.kind for look in why.looks}) == len(why.looks)
        assert all(look.together > exposure.level or not exposure.product for look in why.looks)
        assert exposure.confidence == why.reckoning.probability
        doubt = 1.0
        for share in why.reckoning.shares:
            assert WEIGHT[share.level] == share.weight
            doubt *= 1 - share.weight
        assert level_of(round(1 - doubt, 4)) == why.reckoning.level
        assert (exposure.level == why.reckoning.level) == (why.reckoning.held == "")
        assert len(why.evidence) == len(exposure.matches)
        assert why == msgspec.json.decode(msgspec.json.encode(why), type=Why)


def against(report: Report, exposure: Exposure, set_aside: str = "") -> str:
    """Give what speaks against an exposure, as one text."""
    return "\n".join(told(report, exposure, set_aside).against)


def test_what_speaks_against_it_is_told(report: Report) -> None:
    """One medium, no date, old evidence, an unverified source, weak signs, and the reason it was set aside for."""
    exposure = next(e for e in report.exposures if e.last_seen and len({m.medium for m in e.matches}) == 1)
    assert "and nothing independent agrees" in against(report, exposure)
    assert "no source says when it was seen" in against(report, replace(exposure, first_seen="", last_seen=""))
    assert "before the day asked about" in against(report, replace(exposure, last_seen="2020-01-01"))
    assert "it does not count: because" in against(report, exposure, "because")
    match = exposure.matches[0]
    weak = replace(exposure, matches=(replace(match, level=2, against="it names another maker: 'X'"),))
    assert "others have it too, or anybody may choose it: " in against(report, weak)
    assert "it names another maker: 'X', so that it is weak at most" in against(report, weak)
    brief = report.indicators[match.indicator]
    unverified = {match.indicator: replace(brief, grade=Grade.UNVERIFIED, falsepositives="A namesake.")}
    said = against(replace(report, indicators=unverified), exposure)
    assert f"nobody has checked the source of {match.indicator}" in said
    assert f"what else can look like {match.indicator}: " in said
    assert "falsepositives" not in said


def test_another_party_in_the_same_place_is_told(report: Report) -> None:
    """Whoever else was recognised there, and what was set aside on the asset, speaks against it."""
    exposure = report.exposures[0]
    other = replace(exposure, id="exp-000000000000", party="huawei")
    aside = SetAside(
        exposure=replace(exposure, matches=exposure.matches[:0]), reason="Gateway 9 is known not to hold it"
    )
    said = against(replace(report, exposures=(exposure, other), set_aside=(aside,)), exposure)
    assert "also points to huawei (exp-000000000000)" in said
    assert "set aside on the same asset: Gateway 9 is known not to hold it" in said


def test_a_decision_is_told() -> None:
    """A person's word for it is the reason of the level; a word against it speaks against it."""
    exposure, every = exposed((Kind.NAME, "Maker Shield"))
    decision = Decision(
        exposure=exposure.id,
        verdict=Verdict.CONFIRMED,
        reason="r",
        requester="A",
        created="2024-01-01",
        expires="2025-01-01",
    )
    confirmed = replace(exposure, level=5, decision=decision)
    assert () == looks(confirmed, every, "2024-10-01")


def test_the_other_number_of_a_version_is_told(report: Report) -> None:
    """Files may carry another number than the one a build is sold under; both are named, whichever was found."""
    register = composed.shipped()
    exposure = next(e for e in report.exposures if e.party == "kaspersky" and e.product)
    party: Party = register.parties["kaspersky"]
    pair = VersionPair(sold="12.1", inside="21.13", reference="a build note")
    products = tuple(replace(p, versions=(pair,)) if p.id == exposure.product else p for p in party.products)
    mapped = replace(register, parties={**register.parties, "kaspersky": replace(party, products=products)})
    compiled = compile_register(mapped)
    for version, said in (
        ("21.13", "version 21.13 inside is sold as 12.1"),
        ("12.1", "version 12.1 is 21.13"),
        ("9", ""),
    ):
        why = account(replace(exposure, version=version), "", report, mapped, compiled)
        assert why.version.startswith(said)
        assert bool(said) == bool(why.version)


def test_the_cases_behind_a_probability_are_told(report: Report) -> None:
    """Where labelled cases were counted, those of the kind at its level are named, else those of the level."""
    register = composed.shipped()
    exposure = report.exposures[0]
    match = exposure.matches[0]
    level = report.indicators[match.indicator].level
    of_level = Calibration(id="all", level=level, probability=0.9, cases=10, right=9)
    of_kind = replace(of_level, id="kind", kind=match.observable.kind)
    for calibrations, expected in (((of_level, of_kind), of_kind), ((of_level,), of_level), ((), None)):
        measured = replace(register, calibrations=calibrations)
        why = account(exposure, "", report, measured, compile_register(measured))
        assert expected == why.evidence[0].measured
