# SPDX-License-Identifier: Apache-2.0
"""Promises about the figures of screening names: what they count, what the gate lets through, what a corpus may be."""

import io
import lzma
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality.names import alerts, corpus, gate, pairs, retrieval, suppliers, tables
from quality.names.measure import Measured
from quality.names.rates import FOLDS, Figure, above, below, curve, cut, folds, share
from quality.names.systems import Ranked, System

from debar.model.listed import ListedName, ListedParty, ListedTie, PartyList
from debar.model.vocab.names import NameKind, NameRelation
from debar.model.vocab.parties import RelationKind

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def answering(answers: Mapping[str, tuple[Ranked, ...]], *, is_exact: bool = False) -> System:
    """Give a system that has been told what to say of each name, and of pairs whether they are the same letters."""

    def prepare(_: PartyList) -> Callable[[Sequence[str]], list[tuple[Ranked, ...]]]:
        return lambda names: [answers.get(name, ()) for name in names]

    return System("told", 0.7, prepare, lambda a, b: float(a == b), is_exact=is_exact)


def listing(**names: str) -> PartyList:
    """Give a list of parties of one name each."""
    parties = tuple(ListedParty(id=party, names=(ListedName(name),)) for party, name in names.items())
    return PartyList(name="list", version="1", parties=parties)


def values(figures: Sequence[Figure]) -> dict[str, float]:
    """Give figures by their keys."""
    return {figure.key: figure.value for figure in figures}


@given(SCORES, st.floats(0, 1))
def test_no_more_than_the_share_lies_above_the_cut(scores: list[float], share_: float) -> None:
    """A threshold that is chosen for a share of others never flags more of them, ties or not."""
    assert above(scores, cut(scores, share_)) <= share_ + 1e-9


@given(SCORES, SCORES)
def test_the_curve_is_what_counting_every_pair_gives(positive: list[float], negative: list[float]) -> None:
    """The area is the share of pairs in the right order, a tie being half."""
    pairs_ = [(a > b) + (a == b) / 2 for a in positive for b in negative]
    assert sum(pairs_) / len(pairs_) == pytest.approx(curve(positive, negative))


@given(st.sets(st.text(min_size=1, max_size=8), min_size=1, max_size=60))
def test_folds_are_as_large_as_each_other_and_stay_the_same(keys: set[str]) -> None:
    """Every key is in one fold, whatever the order in which keys come."""
    dealt = folds(keys)
    sizes = [list(dealt.values()).count(fold) for fold in range(FOLDS)]
    assert max(sizes) - min(sizes) <= 1
    assert folds(sorted(keys, reverse=True)) == dealt


def test_what_is_at_the_threshold_is_flagged_and_what_has_no_hit_never() -> None:
    """A score that equals the threshold counts; nothing at all is below every threshold, be it 0."""
    assert (1.0, 0.0) == (above([0.7], below(0.7)), above([0.69], below(0.7)))
    assert above([0.0], -1.0) == 0.0
    assert share([]) == 0.0


CASES = (
    corpus.Case("ACME LTD", "acme", "S", "exact"),
    corpus.Case("Acme Europe", "acme", "A", "affiliate"),
    corpus.Case("Akme", "acme", "D", "hard negative"),
    corpus.Case("Acne Clinic", "acme", "D", "hard negative"),
    corpus.Case("Roadrunner Traps", "acme", "O", "ownership only"),
    corpus.Case("Nobody", "elsewhere", "S", "exact"),
)


def test_a_hit_counts_for_the_party_of_its_case_alone() -> None:
    """Another party's hit finds nobody; a party that is not on the list is not asked about."""
    asked = suppliers.ask(answering({"ACME LTD": (Ranked("other", 0.9),)}), listing(acme="Acme", other="Other"), CASES)
    assert [case.query for case in CASES[:5]] == [a.case.query for a in asked]
    assert asked[0].score == 0.0


def test_what_is_known_to_differ_or_by_ownership_alone_is_no_flag() -> None:
    """Neither relation says that the name itself calls for attention."""
    answers = {
        "ACME LTD": (Ranked("acme", 0.9),),
        "Akme": (Ranked("acme", 0.95, NameRelation.DIFFERENT),),
        "Acne Clinic": (Ranked("acme", 0.8, NameRelation.SIMILAR),),
        "Roadrunner Traps": (Ranked("acme", 0.9, NameRelation.OWNERSHIP),),
    }
    found = values(
        list(
            suppliers.figures(
                answering(answers), suppliers.ask(answering(answers), listing(acme="Acme"), CASES), "suppliers"
            )
        )
    )
    assert (1.0, 0.0, 0.5) == (found["suppliers.same"], found["suppliers.affiliate"], found["suppliers.different"])
    assert found["suppliers.ownership"] == 0.0


def test_a_party_that_is_tied_to_the_right_one_finds_it_and_tells_ownership() -> None:
    """A list that knows the affiliate as a party of its own names it; for one that is only owned that is the answer."""
    tie = ListedTie(kind=RelationKind.SUBSIDIARY, to="acme")
    child = ListedParty(id="child", names=(ListedName("Roadrunner"),), ties=(tie,))
    tied = PartyList(name="list", version="1", parties=(*listing(acme="Acme").parties, child))
    told = answering(
        {"Acme Europe": (Ranked("child", 0.9),), "Roadrunner Traps": (Ranked("child", 0.9),)}, is_exact=True
    )
    found = values(list(suppliers.figures(told, suppliers.ask(told, tied, CASES), "register")))
    assert (1.0, 1.0, 0.0) == (
        found["register.affiliate"],
        found["register.told-ownership"],
        found["register.ownership"],
    )


def test_a_fold_is_judged_by_the_threshold_of_the_others() -> None:
    """One name of others that scores highest is flagged in its own fold, for the other folds do not know of it."""
    cases = [corpus.Case(f"other {n}", f"party-{n}", "D", "hard negative") for n in range(10)]
    asked = [suppliers.Asked(case, (Ranked(case.party, 0.5 + n / 100),), ()) for n, case in enumerate(cases)]
    found = values(list(suppliers.folded(asked, "suppliers")))
    assert found["suppliers.name-folds.different"] >= 0.1
    assert above([a.score for a in asked], cut([a.score for a in asked], suppliers.FLAGGED)) == 0.0


NAMES = PartyList(
    name="lists",
    version="1",
    parties=(
        ListedParty(id="a", names=(ListedName("Alpha"), ListedName("Альфа"))),
        ListedParty(id="b", names=(ListedName("ALPHA"), ListedName("AL", NameKind.WEAK))),
        ListedParty(id="c", names=(ListedName("Gamma"), ListedName("AL", NameKind.WEAK))),
    ),
)


def test_parties_that_share_a_name_are_one_unless_it_is_weak() -> None:
    """Lists enter one organisation several times; an acronym that two share makes them nothing."""
    cluster = corpus.clusters(NAMES)
    assert cluster["a"] == cluster["b"]
    assert cluster["a"] != cluster["c"]


def test_a_name_that_is_held_out_is_nowhere_on_the_list() -> None:
    """Whoever is asked for by a name cannot be found by that very name; a party keeps one name at least."""
    left = corpus.without(NAMES, ["Альфа", "Gamma", "AL"])
    assert [("Alpha",), ("ALPHA",), ("Gamma",)] == [tuple(n.text for n in party.names) for party in left.parties]


def test_retrieval_counts_the_cluster_among_the_hits_that_are_shown() -> None:
    """The sixth hit helps nobody; another entry of the same organisation does."""
    queries = (corpus.Query("alfa", "a", "typo"), corpus.Query("Альфа", "a", "cross-script Cyrillic"))
    data = corpus.Corpus("other", (), listing(), NAMES, queries, ("Clean Ltd", "Other Ltd"), (), ())
    beyond = (*[Ranked("c", 0.9)] * 5, Ranked("b", 0.8))
    system = answering(
        {"alfa": (Ranked("c", 0.9), Ranked("b", 0.8)), "Альфа": beyond, "Clean Ltd": (Ranked("c", 0.6),)}
    )
    found = retrieval.retrieve(system, data)
    assert ((0.8, 0.0), (False, False), (0.6, 0.0)) == (found.scores, found.is_first, found.clean)
    assert values(list(retrieval.figures(system, found)))["retrieval.at0.5"] == 0.5


def test_every_hit_of_a_real_supplier_is_explained_or_counted(tmp_path: Path) -> None:
    """An explanation that nothing needs is named, so that the file does not outlive what it explains."""
    file = tmp_path / "explained.csv"
    file.write_text("name,party,text\nAcme Cafe,acme,a cafe\nGone Ltd,acme,was taken for it\n", encoding="utf-8")
    known = alerts.explained(file)
    system = answering(
        {"Acme Cafe": (Ranked("acme", 0.8),), "Acme Bikes": (Ranked("acme", 0.7), Ranked("other", 0.69))}
    )
    names = ("Acme Cafe", "Acme Bikes", "Gone Ltd")
    found = alerts.alerts(system, listing(acme="Acme"), names)
    assert {"alerts.register": 2.0, "alerts.unexplained": 1.0} == values(list(alerts.of_register(found, known)))
    assert ["Gone Ltd"] == [name for name in names for line in alerts.stale(found, known, names) if repr(name) in line]
    assert 2000 / 3 == values(list(alerts.of_list(found, names)))["alerts.thousand"]


def test_an_explanation_without_a_text_is_refused_with_its_line(tmp_path: Path) -> None:
    """Nobody can silence an alert without saying why."""
    file = tmp_path / "explained.csv"
    file.write_text("name,party,text\nAcme Cafe,acme,\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"explained\.csv:2: needs name, party and text"):
        alerts.explained(file)


def test_pairs_are_judged_by_set_and_persons_apart() -> None:
    """A set without both sorts of pairs has no curve; one in which all match has recall."""
    some = [
        corpus.Pair("emm_kvk", "A B.V.", "A B.V.", is_match=True, is_person=False),
        corpus.Pair("emm_kvk", "A B.V.", "C B.V.", is_match=False, is_person=False),
        corpus.Pair("synth_people", "Ann", "Ann", is_match=True, is_person=True),
    ]
    system = answering({})
    found = values(list(pairs.figures(system, pairs.score(system, some))))
    assert {"pairs.emm": 1.0, "pairs.organisations": 1.0, "pairs.synth_people": 1.0} == found


def test_the_gate_names_each_figure_that_fell() -> None:
    """A share that fell, a rate that rose and a figure that was not measured are faults; others are none."""
    now = [Figure("a", "found", 0.8), Figure("b", "flagged", 0.06, is_most=True), Figure("c", "found", 0.9)]
    said = list(gate.faults(now, {"a": 0.81, "b": 0.05, "c": 0.9, "d": 1.0}))
    assert ["a is", "b is", "d is"] == [fault.removeprefix("names: ")[:4] for fault in said]


def test_a_floor_holds_what_is_held_to_and_leaves_other_corpora_alone(tmp_path: Path) -> None:
    """What is recorded is what the next run is held to, and no more than the keys that are meant."""
    file = tmp_path / "floor.json"
    file.write_text('{"other": {"pairs.emm": 1.0}}', encoding="utf-8")
    figures = [Figure("pairs.emm", "AUC", 0.98765), Figure("retrieval.first", "first", 0.5)]
    gate.record(figures, "shipped", file)
    assert {"other": {"pairs.emm": 1.0}, "shipped": {"pairs.emm": 0.9877}} == gate.floors(file)
    assert [] == list(gate.faults(figures, gate.floors(file)["shipped"]))


def test_recorded_figures_are_among_those_that_are_held() -> None:
    """A key that was renamed would silently be held no longer."""
    assert set() == {key for floor in gate.floors().values() for key in floor} - set(gate.HELD)


def test_a_table_has_what_each_system_reached_and_a_dash_where_it_was_not_asked() -> None:
    """A figure that is short of its goal says so."""
    mine = Measured(answering({}), (Figure("pairs.emm", "AUC", 0.5, 0.99), Figure("pairs.issues", "more", 1.0)))
    peer = Measured(answering({})._replace(name="peer"), (Figure("pairs.emm", "AUC", 0.75, 0.99),))
    out = io.StringIO()
    tables.write([mine, peer], corpus.Corpus("other", (), listing(), NAMES, (), (), (), ("ledger_names",)), out)
    rows = [line.split() for line in out.getvalue().splitlines()]
    assert ["AUC", "0.500", "0.750", ">=", "0.99", "short", "of", "it"] in rows
    assert ["more", "1", "-"] in rows
    assert "not measured for want of ledger_names" in out.getvalue()


def test_the_corpus_of_the_project_is_whole() -> None:
    """All figures can be measured anywhere, and each query is of a party that the list has."""
    data = corpus.read(corpus.FOLDER)
    assert ("shipped", ()) == (data.name, data.missing)
    listed = {party.id for party in data.listed.parties}
    assert [] == [query for query in data.queries if query.party not in listed]
    assert [] == [case for case in data.cases if case.party not in {party.id for party in data.suppliers.parties}]
    assert sum(file.stat().st_size for file in corpus.FOLDER.iterdir()) < 1_000_000


def test_what_the_corpus_holds_is_told() -> None:
    """The page beside the tables, and that on the figures, count what is in them."""
    data = corpus.read(corpus.FOLDER)
    held = {
        "supplier_cases_handmade": len(data.cases),
        "supplier_parties": sum(len(party.names) for party in data.suppliers.parties),
        "list_names": sum(len(party.names) for party in data.listed.parties),
        "list_retrieval_queries": len(data.queries),
        "ledger_names": len(data.ledger),
        "pairs_public": len(data.pairs),
    }
    text = (corpus.FOLDER / "README.md").read_text(encoding="utf-8")
    counts = re.findall(r"^\| `(\w+)\.csv(?:\.xz)?` \| ([\d,]+) \|", text, re.MULTILINE)
    assert held == {name: int(count.replace(",", "")) for name, count in counts}
    page = (corpus.FOLDER.parents[2] / "docs" / "name-screening-quality.md").read_text(encoding="utf-8")
    told = re.findall(r"[\d,]+", page.partition("## The names")[2].partition("##")[0])
    assert {count for name, count in held.items() if name != "supplier_parties"} <= {
        int(n.replace(",", "")) for n in told if n.strip(",")
    }


def test_a_corpus_may_be_packed_or_plain_and_hold_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there is named; the environment names the folder where the command line does not."""
    (tmp_path / "ledger_names.csv.xz").write_bytes(lzma.compress(b"name,rows\nAcme Ltd,3\n"))
    (tmp_path / "supplier_parties.csv").write_text("party,name\nacme,Acme Ltd\nacme,Acme\n", encoding="utf-8")
    monkeypatch.setenv(corpus.VARIABLE, str(tmp_path))
    data = corpus.read()
    assert ("other", ("Acme Ltd",)) == (data.name, data.ledger)
    assert (ListedName("Acme Ltd"), ListedName("Acme", NameKind.ALIAS)) == data.suppliers.parties[0].names
    assert "list_names" in data.missing
    assert "ledger_names" not in data.missing


def test_a_faulty_corpus_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    """A folder that is not there, a column that lacks and a label that nobody knows are told."""
    with pytest.raises(ValueError, match="is no folder"):
        corpus.read(tmp_path / "gone")
    (tmp_path / "supplier_cases_handmade.csv").write_text("query,party,category\nx,y,z\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column label"):
        corpus.read(tmp_path)
    (tmp_path / "supplier_cases_handmade.csv").write_text("query,party,label,category\nx,y,Q,z\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'x' has the label 'Q'"):
        corpus.read(tmp_path)
