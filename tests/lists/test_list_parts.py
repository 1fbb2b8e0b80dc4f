# SPDX-License-Identifier: Apache-2.0
"""Promises of what the formats of lists share: countries, days, numbers, owners and the gathering of parties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listed_samples import names

from debar.lists import countries
from debar.lists.days import DAY_FIRST, MONTH_FIRST, day
from debar.lists.gathered import NAME, TEXT, TEXTS, Gathered, clean
from debar.lists.owners import owned_by
from debar.lists.remarks import read_remarks
from debar.model.vocab import RelationKind
from debar.model.vocab.names import NameKind
from debar.readers.names import numbers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, North", "KP"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Virgin Islands, British", "VG"),
        ("Burma", "MM"),
        ("Türkiye", "TR"),
        ("ru", "RU"),
        ("EL", "GR"),
        ("uk", "GB"),
        ("UNITED STATES", "US"),
        ("Region: Crimea", ""),
        ("undetermined", ""),
        ("00", ""),
        ("", ""),
    ],
)
def test_countries_are_known_by_the_names_that_lists_print(text: str, code: str) -> None:
    """Names and codes give a code; what is no country gives none."""
    assert countries.code(text) == code


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("13-Feb-2026", DAY_FIRST, "2026-02-13"),
        ("03/06/2026", DAY_FIRST, "2026-06-03"),
        ("03/06/2026", MONTH_FIRST, "2026-03-06"),
        ("2026-08-05T16:47:04.449+02:00", (), "2026-08-05"),
        ("2026-02-30", (), ""),
        ("31/02/2026", DAY_FIRST, ""),
        ("soon", DAY_FIRST, ""),
    ],
)
def test_days_are_read_as_their_list_writes_them(text: str, formats: tuple[str, ...], expected: str) -> None:
    """The same digits are another day in another country, and a day that does not exist is none."""
    assert day(text, formats) == expected


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("D-U-N-S Number", "52-024-2307", ("duns", "520242307")),
        ("Tax ID No.", "7707083893", ("tax", "7707083893")),
        ("leiCode", "253400abcdefghijkl12", ("lei", "253400ABCDEFGHIJKL12")),
        ("Legal Entity Number", "851683897", ("lei", "")),
        ("Registration Number", "n/a", ("registration", "")),
        ("Registration Number", "123", ("registration", "")),
        ("Passport", "A1234567", ("", "")),
    ],
)
def test_numbers_have_the_form_of_their_kind(label: str, text: str, expected: tuple[str, str]) -> None:
    """A label gives the kind; what does not look like a number of it is none, and numbers of persons are no kind."""
    kind = numbers.kind(label)
    assert (kind, numbers.number(kind, text) if kind else "") == expected


@pytest.mark.parametrize(
    ("share", "kind"),
    [
        ("51", RelationKind.SUBSIDIARY),
        ("50", RelationKind.SUBSIDIARY),
        ("49.99 %", RelationKind.MINORITY),
        ("10-25", RelationKind.MINORITY),
        ("25-50", RelationKind.SUBSIDIARY),
        ("some", RelationKind.SUBSIDIARY),
    ],
)
def test_share_is_kept_as_it_is_told(share: str, kind: RelationKind) -> None:
    """What is surely below half is a minority; nothing is made of the words."""
    (tie,) = owned_by("a", [share])
    assert (tie.share, tie.kind, tie.text) == (share, kind, "")


def test_shares_that_differ_are_ties_of_their_own() -> None:
    """Sources that disagree are told side by side; without any share, that is said."""
    assert [tie.share for tie in owned_by("a", ["51", "49", "51"])] == ["51", "49"]
    assert [(tie.share, tie.text) for tie in owned_by("a", ["", " "])] == [("", "how much the owner holds is not told")]


def test_surest_kind_of_a_name_counts_and_full_names_come_first() -> None:
    """A name that is given as weak and as another name is another name."""
    party = Gathered()
    party.call("EW", NameKind.WEAK)
    party.call("Old Works", NameKind.FORMER)
    party.call("Example  Works\n", NameKind.NAME)
    party.call("EW", NameKind.ALIAS)
    party.call("Example Works", NameKind.WEAK)
    assert names(party.listed("x")) == [
        ("Example Works", NameKind.NAME),
        ("EW", NameKind.ALIAS),
        ("Old Works", NameKind.FORMER),
    ]


def test_what_one_party_may_cost_is_bounded() -> None:
    """Overlong names are left out and counted; what is said is cut, and no more than so much is kept."""
    party = Gathered()
    party.call("x" * (NAME + 1))
    for number in range(2 * TEXTS):
        party.say(f"{number} " + "y" * TEXT * 3)
        party.number("registration", f"REG-{number:04}")
    found = party.listed("x")
    assert (found.names, party.too_long, len(found.because)) == ((), 1, TEXTS)
    assert {len(text) for text in found.because} == {TEXT}
    assert len(found.identifiers["registration"].split()) == 16


@given(st.text(max_size=60))
def test_cleaned_text_is_one_line_that_steers_nothing(text: str) -> None:
    """Cleaning twice changes nothing more, and no control character is left."""
    found = clean(text)
    assert found == clean(found)
    assert not any(sign < " " or "\u202a" <= sign <= "\u202e" for sign in found)


def test_remarks_are_read_part_by_part() -> None:
    """Weak names, numbers with their countries, and ties; the rest says nothing here."""
    party = Gathered()
    read_remarks(
        party,
        "a.k.a. 'BNC'; f.k.a. 'OLD ONE'; alt. Registration ID 1027700132195 (Russia); V.A.T. Number MT20084637 (Malta)"
        "; SWIFT/BIC RUDVRUMM; Gender Male; Linked To: SOME 'HOLDING' (NEAR EAST).",
    )
    assert party.names == {"BNC": NameKind.WEAK, "OLD ONE": NameKind.WEAK}
    assert party.listed("x").identifiers == {"registration": "1027700132195", "tax": "MT20084637"}
    assert list(party.because) == ["linked to SOME 'HOLDING' (NEAR EAST)"]
