# SPDX-License-Identifier: Apache-2.0
"""Promises about lists: every row stands in exactly one page, filters and orders do what they say, groups add up."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import filled
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.errors import NotThereError, UsageError
from debar.model.portfolio import Clock
from debar.model.results import Decision
from debar.model.viewed import AssetRow, ExposureRow
from debar.model.vocab import Verdict
from debar.portfolio import assets, exposures, measures, owed, parties, sheets
from debar.portfolio.choosing import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.portfolio import Page
    from debar.portfolio.estates import Estate

CLOCK = Clock(as_of="2024-10-05")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Give an organisation with some hundred exposures, one of which is decided on."""
    found = filled.many(400, seed=7)
    with filled.estate(tmp_path_factory.mktemp("lists")) as estate:
        filled.keep(estate, filled.scanned()[0], found)
        filled.decide(
            estate,
            Decision(
                exposure=found.exposures[3].id, verdict=Verdict.ACCEPTED, reason="kept", requester="A", approver="B",
                created="2024-09-01", expires="2024-12-31",
            ),
        )  # fmt: skip
        yield estate


def every(ask: Callable[[str], Page[ExposureRow]]) -> list[ExposureRow]:
    """Give the rows of all pages."""
    page = ask("")
    found = list(page.items)
    while page.next_page_token:
        page = ask(page.next_page_token)
        found += page.items
    assert len(found) == page.total
    return found


@pytest.mark.parametrize("sort", [*exposures.SORTS, *(f"-{sort}" for sort in exposures.SORTS)])
def test_each_row_stands_in_one_page(own: Estate, sort: str) -> None:
    """Whatever the order and size of pages, they are the whole list, once."""
    whole = list(exposures.rows(own, CLOCK, sort=sort))
    paged = every(lambda token: exposures.listed(own, CLOCK, sort=sort, page_token=token, page_size=37))
    assert paged == whole
    assert len({row.id for row in whole}) == len(whole)


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("asset", lambda row: row.asset.casefold()),
        ("level", lambda row: row.level),
        ("last_seen", lambda row: row.last_seen),
        ("confidence", lambda row: row.confidence),
        ("version", lambda row: row.version.casefold()),
        ("due", lambda row: row.due or "9999"),
    ],
)
def test_an_order_is_kept(own: Estate, sort: str, key: Callable[[ExposureRow], object]) -> None:
    """A list is in the order that was asked for, and the other way round with a minus."""
    found = [key(row) for row in exposures.rows(own, CLOCK, sort=sort)]
    assert found == sorted(found)  # type: ignore[type-var]
    turned = [key(row) for row in exposures.rows(own, CLOCK, sort=f"-{sort}")]
    assert turned == found[::-1]


def test_the_gravest_come_first(own: Estate) -> None:
    """Without another order, what is gravest stands first."""
    ranks = ["prohibited", "undetermined", "unavailable", "at-risk", "exempt", "None"]
    found = [ranks.index(str(row.status)) for row in exposures.rows(own, CLOCK) if str(row.status) in ranks]
    assert found == sorted(found)
    assert found[0] == 0


WHOLE: dict[str, Callable[[ExposureRow], bool]] = {
    "status": lambda row: row.status == "prohibited",
    "none": lambda row: row.status is None,
    "act": lambda row: any(a.act == "update" and a.status == "unavailable" for a in row.acts),
    "party": lambda row: row.party == "kaspersky",
    "meaning": lambda row: row.meaning == "residue",
    "level": lambda row: row.level >= 4,
    "measure": lambda row: "us-bis-icts-2021-002-kaspersky" in row.measures,
    "decision": lambda row: bool(row.decision),
    "undecided": lambda row: not row.decision,
    "words": lambda row: "kiosk" in row.asset.casefold() and "kaspersky" in row.name.casefold(),
    "pattern": lambda row: row.asset.casefold().startswith("kiosk-") and row.asset.endswith("1"),
}
FILTERS = {
    "status": Filters(status=("prohibited",)),
    "none": Filters(status=("none",)),
    "act": Filters(act="update", status=("unavailable",)),
    "party": Filters(party="kaspersky"),
    "meaning": Filters(meaning=("residue",)),
    "level": Filters(level=4),
    "measure": Filters(measure="us-bis-icts-2021-002-kaspersky"),
    "decision": Filters(decision="any"),
    "undecided": Filters(decision="none"),
    "words": Filters(words="KIOSK kaspersky"),
    "pattern": Filters(pattern="kiosk-*1"),
}


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_a_filter_leaves_what_fits(own: Estate, name: str) -> None:
    """A filtered list is the whole list without what does not fit, and says how many rows it has."""
    whole = [row for row in exposures.rows(own, CLOCK, sort="asset") if WHOLE[name](row)]
    found = list(exposures.rows(own, CLOCK, FILTERS[name], sort="asset"))
    if name == "words":  # a search looks in more than the two
        assert {row.id for row in whole} <= {row.id for row in found}
    else:
        assert found == whole
    assert whole
    assert exposures.listed(own, CLOCK, FILTERS[name], page_size=1).total == len(found)


def test_what_was_set_aside_is_a_list_of_its_own(own: Estate) -> None:
    """What does not count stands with its reason in another list, and in no other."""
    aside = list(exposures.rows(own, CLOCK, Filters(aside=True)))
    assert aside
    assert all(row.aside and row.status is None for row in aside)
    assert not any(row.aside for row in exposures.rows(own, CLOCK))


@pytest.mark.parametrize("by", exposures.GROUPS)
def test_groups_add_up(own: Estate, by: str) -> None:
    """Each exposure is in one group (of measures, in each that reaches it), and a group leads to its rows."""
    page = exposures.grouped(own, CLOCK, by=by, page_size=500)
    whole = list(exposures.rows(own, CLOCK))
    if by == "measure":
        assert {group.key for group in page.items} == {name for row in whole for name in row.measures}
    else:
        assert sum(group.exposures for group in page.items) == len(whole)
    for group in page.items[:20]:
        assert sum(group.statuses.values()) == group.exposures
        value = (group.key,) if by in ("status", "meaning") else int(group.key) if by == "level" else group.key
        found = exposures.listed(own, CLOCK, Filters(**{by: value}), page_size=1).total  # type: ignore[arg-type]
        at_least = sum(g.exposures for g in page.items if by == "level" and int(g.key) >= int(group.key))
        assert found == (at_least if by == "level" else group.exposures)


def test_obligations_lead_to_their_exposures(own: Estate) -> None:
    """The number beside an obligation is that of the list behind it."""
    some = owed.rows(own, CLOCK)
    assert some
    for duty in some:
        assert exposures.listed(own, CLOCK, Filters(obligation=duty.id), page_size=1).total == duty.exposures
        assert len({r.asset.casefold() for r in exposures.rows(own, CLOCK, Filters(obligation=duty.id))}) == duty.assets
    assert owed.one(own, CLOCK, some[0].id) == some[0]


def test_measures_and_parties_lead_to_their_exposures(own: Estate) -> None:
    """The numbers beside a measure, each of its stages, a party and each of its products are those of the lists behind them."""
    for measure in measures.rows(own, CLOCK):
        assert exposures.listed(own, CLOCK, Filters(measure=measure.id), page_size=1).total == measure.exposures
        assert sum(measure.statuses.values()) == measure.exposures
        for stage in measure.stages:
            there = exposures.listed(own, CLOCK, Filters(measure=stage.provision), page_size=1).total
            assert there == stage.exposures
        assert measures.one(own, CLOCK, measure.id) == measure
    for party in parties.rows(own, CLOCK):
        assert exposures.listed(own, CLOCK, Filters(party=party.party), page_size=1).total == party.exposures
        assert sum(product.exposures for product in party.products) == party.exposures
        assert parties.one(own, CLOCK, party.party) == party


@pytest.mark.parametrize("sort", assets.SORTS)
def test_assets_lead_to_their_exposures(own: Estate, sort: str) -> None:
    """Every asset stands in one page, and the number beside it is that of the list behind it."""
    found: list[AssetRow] = []
    token = ""
    while True:
        page = assets.listed(own, CLOCK, sort=sort, page_token=token, page_size=60)
        found += page.items
        token = page.next_page_token
        if not token:
            break
    assert len({row.id for row in found}) == len(found) == page.total
    assert sum(row.exposures for row in found) == exposures.listed(own, CLOCK, page_size=1).total
    for row in found[:10]:
        there = list(exposures.rows(own, CLOCK, Filters(asset=row.id)))
        assert len(there) == row.exposures
        assert row.status == (there[0].status if there else None)
        assert assets.one(own, CLOCK, row.id) == row


def test_assets_are_filtered(own: Estate) -> None:
    """Assets with something on them, with gaps, and by what became of a kind of evidence."""
    whole = list(assets.rows(own, CLOCK))
    assert list(assets.rows(own, CLOCK, assets.Filters(exposed=True))) == [row for row in whole if row.exposures]
    assert list(assets.rows(own, CLOCK, assets.Filters(gaps=True))) == [row for row in whole if row.gaps]
    for medium, looked in {(medium, one.state) for row in whole for medium, one in row.evidence.items()}:
        fitting = [row for row in whole if medium in row.evidence and row.evidence[medium].state == looked]
        assert list(assets.rows(own, CLOCK, assets.Filters(medium=medium, looked=looked))) == fitting
    graves = [row for row in whole if row.status == "prohibited"]
    assert list(assets.rows(own, CLOCK, assets.Filters(status=("prohibited",)))) == graves


def test_a_list_goes_on_after_a_run_came_in_between(own: Estate, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A page that is asked for after another run begins behind what was told last, if that is still there."""
    del own
    found = filled.many(120, seed=3)
    with filled.estate(tmp_path_factory.mktemp("runs")) as estate:
        filled.keep(estate, filled.scanned()[0], found)
        page = exposures.listed(estate, CLOCK, sort="asset", page_size=40)
        gone = {row.id for row in page.items[:5]}
        left = [one for one in found.exposures if one.id not in gone]
        filled.keep(estate, filled.scanned()[0], found._replace(exposures=left), at="2024-10-05T13:00:00Z")
        more = exposures.listed(estate, CLOCK, sort="asset", page_size=40, page_token=page.next_page_token)
        whole = [row.id for row in exposures.rows(estate, CLOCK, sort="asset")]
        assert [row.id for row in more.items] == whole[35:75]
        assert more.total == page.total - 5


@settings(max_examples=60)
@given(token=st.text(max_size=60), size=st.integers(-5, 10_000))
def test_whatever_comes_as_a_token_is_answered(own: Estate, token: str, size: int) -> None:
    """A token or size that is none is refused, and never more than that."""
    try:
        exposures.listed(own, CLOCK, page_token=token, page_size=size)
    except UsageError as e:
        assert e.hint
    else:
        assert not token
        assert 1 <= size <= 500


def test_a_token_is_of_its_list(own: Estate) -> None:
    """A token of one list or order opens no other."""
    token = exposures.listed(own, CLOCK, page_size=5).next_page_token
    for ask in (
        lambda: exposures.listed(own, CLOCK, sort="asset", page_token=token),
        lambda: exposures.listed(own, CLOCK, Filters(party="kaspersky"), page_token=token),
        lambda: assets.listed(own, CLOCK, page_token=token),
    ):
        with pytest.raises(UsageError, match="of another list"):
            ask()


@pytest.mark.parametrize(
    "ask",
    [
        lambda own: exposures.listed(own, CLOCK, sort="colour"),
        lambda own: exposures.listed(own, CLOCK, Filters(status=("prohibitted",))),
        lambda own: exposures.listed(own, CLOCK, Filters(act="fly")),
        lambda own: exposures.listed(own, CLOCK, Filters(words="x" * 300)),
        lambda own: exposures.grouped(own, CLOCK, by="colour"),
        lambda own: assets.listed(own, CLOCK, sort="colour"),
        lambda own: assets.listed(own, CLOCK, assets.Filters(medium="smoke")),
        lambda own: assets.listed(own, CLOCK, assets.Filters(medium="smell", looked="absent")),
        lambda own: owed.listed(own, CLOCK, owed.Filters(state=("lost",))),
        lambda own: parties.listed(own, CLOCK, sort="colour"),
        lambda own: exposures.ids(own, CLOCK, Filters(), most=3),
    ],
)
def test_words_that_fit_nothing_are_refused(own: Estate, ask: Callable[[Estate], object]) -> None:
    """A word that no list knows is an error with a hint, and not an empty list."""
    with pytest.raises(UsageError) as told:
        ask(own)
    assert told.value.hint


@pytest.mark.parametrize("one", [exposures.one, assets.one, parties.one, measures.one, owed.one])
def test_what_is_not_there_is_told(own: Estate, one: Callable[[Estate, Clock, str], object]) -> None:
    """An id that nothing has is not there."""
    with pytest.raises(NotThereError):
        one(own, CLOCK, "exp-000000000000")


def test_patterns_and_words_are_no_sql(own: Estate) -> None:
    """Signs of the database's language stand for themselves."""
    for text in ("%", "_", "\\", "' OR 1=1 --", '"', "x\\%"):
        assert exposures.listed(own, CLOCK, Filters(pattern=text)).total == 0
    for text in ("%a%", "1=1", "';--", "k_osk"):
        assert exposures.listed(own, CLOCK, Filters(words=text)).total == 0


def test_a_sheet_holds_every_row_and_no_formula(own: Estate) -> None:
    """CSV of a list has a line for each row, and no cell that a spreadsheet would calculate."""
    rows = [replace(row, asset=f"=1+{row.asset}") for row in exposures.rows(own, CLOCK)]
    text = "".join(sheets.written(rows, ExposureRow))
    found = list(csv.DictReader(io.StringIO(text)))
    assert [line["id"] for line in found] == [row.id for row in rows]
    assert all(line["asset"].startswith("'=") for line in found)
    assert (
        "".join(sheets.written(assets.rows(own, CLOCK), AssetRow)).count("\r\n")
        == len(list(assets.rows(own, CLOCK))) + 1
    )
