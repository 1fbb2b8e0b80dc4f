# SPDX-License-Identifier: Apache-2.0
"""Promises about one value against the indicators of its kind."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from values import BENIGN, KINDS, SHIPPED, Composed, composed, indicator, known, near, reference, table

from debar.match.compile import compile_index
from debar.match.contrary import not_held
from debar.match.examples import examples_fail
from debar.match.kernel import LONGEST, meet
from debar.model.inventory import Indicator
from debar.model.vocab import Kind, Meaning, Operator


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(data=st.data())
def test_tables_answer_as_every_indicator_asked_in_turn(kind: Kind, data: st.DataObject) -> None:
    """Looking up gives what trying each shipped indicator gives, for values near what they are about."""
    value = data.draw(near(kind))
    assert reference(SHIPPED.indicators, kind, value) == meet(SHIPPED.tables[kind], value)


@pytest.mark.parametrize("kind", KINDS)
def test_tables_answer_the_same_for_everything_known(kind: Kind) -> None:
    """Patterns, examples, counterexamples and benign values, in three cases, are answered as by trying each."""
    values = [changed for value in known(kind) for changed in (value, value.upper(), value.lower())]
    assert {v: reference(SHIPPED.indicators, kind, v) for v in values} == {
        v: meet(SHIPPED.tables[kind], v) for v in values
    }


@settings(max_examples=400)
@given(composed())
def test_any_indicators_answer_as_asked_in_turn(case: Composed) -> None:
    """Looking up gives what trying each gives, however patterns lie inside one another."""
    lookup = table(case.kind, *case.indicators)
    expected = {value: reference(case.indicators, case.kind, value) for value in case.values}
    assert expected == {value: meet(lookup, value) for value in case.values}


@pytest.mark.parametrize("kind", sorted(BENIGN))
def test_benign_values_point_to_nobody(kind: str) -> None:
    """A value that is known to be somebody else's supports no more than a mention, or a word on what is not held."""
    found = {
        value: [
            SHIPPED.indicators[n].id
            for n in meet(SHIPPED.tables[Kind(kind)], value)
            if SHIPPED.indicators[n].level >= 2 and not not_held(SHIPPED, n)
        ]
        for value in BENIGN[kind]
    }
    assert {} == {value: ids for value, ids in found.items() if ids}


def test_every_kind_with_benign_values_is_asked() -> None:
    """A file of benign values is named after a kind that indicators exist for."""
    assert set(BENIGN) <= {str(kind) for kind in KINDS}


def test_indicators_fit_their_examples_only() -> None:
    """Every shipped indicator fits its examples and none of its counterexamples."""
    assert [] == examples_fail(SHIPPED)


def test_a_missed_example_and_a_fitting_counterexample_are_named() -> None:
    """Both ways in which an indicator can be wrong give a line with the value."""
    wrong = msgspec.structs.replace(
        indicator(Kind.FILE, Operator.EQUALS, "a.exe"), id="wrong", examples=("b.exe",), counterexamples=("A.EXE",)
    )
    assert ["wrong: misses its example 'b.exe'", "wrong: fits its counterexample 'A.EXE'"] == examples_fail(
        compile_index([wrong])
    )


@pytest.mark.parametrize(
    ("other", "takes"),
    [
        (indicator(Kind.NAME, Operator.EQUALS, "maker pro", level=1, meaning=Meaning.MENTION), True),
        (indicator(Kind.NAME, Operator.EQUALS, "maker pro", level=4, meaning=Meaning.MENTION), True),
        (indicator(Kind.NAME, Operator.EQUALS, "maker pro", level=2), True),
        (msgspec.structs.replace(indicator(Kind.NAME, Operator.EQUALS, "maker pro"), party="somebody"), True),
        (indicator(Kind.NAME, Operator.EQUALS, "maker pro", level=3, product="pro"), False),
        (indicator(Kind.NAME, Operator.PHRASE, "pro", level=1, meaning=Meaning.MENTION), False),
    ],
)
def test_an_example_that_another_indicator_takes_is_named(other: Indicator, *, takes: bool) -> None:
    """An example must be answered as well in the whole table as by its own indicator; a surer answer may replace it."""
    own = msgspec.structs.replace(
        indicator(Kind.NAME, Operator.PHRASE, "maker", level=3), id="own", examples=("Maker Pro",)
    )
    expected = [f"own: loses its example 'Maker Pro' to {other.id}"] if takes else []
    assert expected == [fault for fault in examples_fail(compile_index([own, other])) if fault.startswith("own")]


def test_a_mention_that_loses_its_example_is_named() -> None:
    """A value that an indicator calls a mention must not count as more, however sure the other is."""
    own = msgspec.structs.replace(
        indicator(Kind.NAME, Operator.PHRASE, "maker", level=1, meaning=Meaning.MENTION),
        id="own",
        examples=("A Maker",),
    )
    other = indicator(Kind.NAME, Operator.EQUALS, "a maker", level=5)
    assert [f"own: loses its example 'A Maker' to {other.id}"] == examples_fail(compile_index([own, other]))


@pytest.mark.parametrize(
    ("kind", "operator", "pattern", "value", "expected"),
    [
        (Kind.NAME, Operator.PHRASE, "maker anti-virus", "The Maker® Anti-Virus 11", True),
        (Kind.NAME, Operator.PHRASE, "maker", "makers", False),
        (Kind.NAME, Operator.PHRASE, "maker", "cheesemaker", False),
        (Kind.NAME, Operator.EQUALS, "maker", "maker 11", False),
        (Kind.DOMAIN, Operator.SUFFIX, "maker.com", "ds.Maker.com.", True),
        (Kind.DOMAIN, Operator.SUFFIX, "maker.com", "notmaker.com", False),
        (Kind.DOMAIN, Operator.SUFFIX, "maker.com", "maker.com.evil.example", False),
        (Kind.PURL, Operator.PREFIX, "pkg:npm/@maker/", "pkg:npm/%40maker/ui@1.0", True),
        (Kind.PURL, Operator.PREFIX, "pkg:npm/@maker/", "pkg:npm/@maker-fan/ui", False),
        (Kind.PURL, Operator.EQUALS, "pkg:npm/@maker/ui", "pkg:npm/@maker/ui-core@1", False),
        (Kind.PATH, Operator.PREFIX, "c:/program files/maker/", "C:\\Program Files\\Maker\\avp.exe", True),
        (Kind.PATH, Operator.PREFIX, "c:/program files/maker/", "C:\\Program Files\\Maker", True),
        (Kind.PATH, Operator.PREFIX, "c:/program files/maker", "C:\\Program Files\\Makers\\a", False),
        (Kind.CODE, Operator.PREFIX, "com.maker", "com.maker.sdk.Scan", True),
        (Kind.CODE, Operator.PREFIX, "com.maker", "com.makers.sdk", False),
        (Kind.CPE, Operator.EQUALS, "maker:anti-virus", r"cpe:2.3:a:maker:anti\-virus:1:*:*:*:*:*:*:*", True),
        (Kind.REGISTRY, Operator.PREFIX, "hklm/software/maker", "HKEY_LOCAL_MACHINE\\SOFTWARE\\Maker\\AVP", True),
        (Kind.SKU, Operator.REGEX, r"^MK\d{4}$", " MK1234 ", True),
        (Kind.SKU, Operator.REGEX, r"^MK\d{4}$", "mk1234", False),
    ],
)
def test_a_pattern_fits_as_its_operator_says(
    kind: Kind, operator: Operator, pattern: str, value: str, *, expected: bool
) -> None:
    """Whole values, beginnings at a boundary, domains with what lies below, whole words, expressions."""
    assert expected is bool(meet(table(kind, indicator(kind, operator, pattern)), value))


@pytest.mark.parametrize(
    ("kind", "indicators", "value", "expected"),
    [
        (Kind.PURL, [(Operator.PREFIX, "pkg:npm/@m/"), (Operator.EQUALS, "pkg:npm/@m/ui")], "pkg:npm/@m/ui@1", (1,)),
        (Kind.PURL, [(Operator.PREFIX, "pkg:npm/@m/"), (Operator.EQUALS, "pkg:npm/@m/ui")], "pkg:npm/@m/kit@1", (0,)),
        (Kind.DOMAIN, [(Operator.SUFFIX, "m.com"), (Operator.SUFFIX, "ksn.m.com")], "a.ksn.m.com", (1,)),
        (Kind.NAME, [(Operator.PHRASE, "maker"), (Operator.PHRASE, "maker vpn")], "Maker VPN 2", (1,)),
        (Kind.NAME, [(Operator.PHRASE, "maker"), (Operator.PHRASE, "maker vpn")], "Maker 2", (0,)),
        (Kind.NAME, [(Operator.PHRASE, "maker vpn"), (Operator.REGEX, "maker")], "Maker VPN", (0,)),
        (Kind.NAME, [(Operator.PHRASE, "maker"), (Operator.REGEX, "maker v..")], "Maker VPN 2", (1,)),
        (Kind.NAME, [(Operator.PHRASE, "maker"), (Operator.REGEX, "m...r")], "Maker 2", (0, 1)),
        (Kind.NAME, [(Operator.EQUALS, "maker"), (Operator.PHRASE, "maker")], "Maker", (0,)),
        (Kind.NAME, [(Operator.PHRASE, "a b"), (Operator.PHRASE, "c d")], "a b c d", (0, 1)),
        (Kind.PATH, [(Operator.PREFIX, "/opt"), (Operator.PREFIX, "/opt/m")], "/opt/m/bin", (1,)),
    ],
)
def test_the_longest_pattern_wins(
    kind: Kind, indicators: list[tuple[Operator, str]], value: str, expected: tuple[int, ...]
) -> None:
    """The whole value stands alone; otherwise the pattern that covers most of it is the answer."""
    assert expected == meet(table(kind, *(indicator(kind, o, p) for o, p in indicators)), value)


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        ([("maker", "", None), ("maker", "", Meaning.MENTION)], (0,)),
        ([("maker lab", "", None), ("maker", "", Meaning.MENTION)], (0,)),
        ([("maker", "", None), ("remove the maker", "", Meaning.MENTION)], (1,)),
        ([("lab", "shield", None), ("maker", "", Meaning.MENTION)], (1,)),
        ([("lab", "shield", None), ("maker", "", Meaning.MENTION), ("maker lab", "", None)], (0,)),
        ([("lab", "shield", None), ("maker lab", "", None)], (0,)),
        ([("maker", "", Meaning.MENTION), ("lab", "", Meaning.MENTION)], (0,)),
    ],
)
def test_a_mention_wins_when_it_covers_most(
    patterns: list[tuple[str, str, Meaning | None]], expected: tuple[int, ...]
) -> None:
    """Whoever says that a value is only a mention must have read more of it than all who say that it is none."""
    made = [
        indicator(Kind.SUPPLIER, Operator.PHRASE, p, product=product, meaning=meaning)
        for p, product, meaning in patterns
    ]
    assert expected == meet(table(Kind.SUPPLIER, *made), "Remove the Maker Lab")


@pytest.mark.parametrize(
    ("value", "is_mention"),
    [
        ("Kaspersky", False),
        ("Kaspersky Lab", False),
        ("KASPERSKY LAB", False),
        ("Kaspersky Labs GmbH", False),
        ("Kaspersky GmbH", False),
        ("Kaspersky Lab UK Ltd", False),
        ("PAYPAL *KASPERSKY", False),
        ("DIGITAL RIVER*KASPERSKY LAB", False),
        ("Kaspersky Innovation Hub", False),
        ("Kaspersky.com", False),
        ("Anna Kaspersky", True),
        ("Kaspersky, Anna, catering", True),
        ("Kaspersky Bakery", True),
    ],
)
def test_a_seller_is_told_from_a_surname(value: str, *, is_mention: bool) -> None:
    """The supplier in a ledger is an exposure however it is written; a person of the same name is set aside."""
    found = [SHIPPED.indicators[n] for n in meet(SHIPPED.tables[Kind.SUPPLIER], value)]
    assert found
    assert {is_mention} == {each.meaning is Meaning.MENTION for each in found}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", ["", " ", "\0", ".", "/", ":", "%", "®"])
def test_nothing_points_to_nobody(kind: Kind, value: str) -> None:
    """A value without content fits no indicator."""
    assert () == meet(SHIPPED.tables[kind], value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_huge_value_is_cut(kind: Kind) -> None:
    """Only the beginning of a value is looked at, so its cost is bounded."""
    value = "a " * (LONGEST * 8) + known(kind)[0]
    assert () == meet(SHIPPED.tables[kind], value)
