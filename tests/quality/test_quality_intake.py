# SPDX-License-Identifier: Apache-2.0
"""Promises about the figures of reading papers: what counts as right, what the annotation may be, what stays unseen."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality.intake import corpus, gate, seeds, shown, soundness
from quality.intake.corpus import (
    Corpus,
    GoldConflict,
    GoldDate,
    GoldFact,
    GoldPaper,
    GoldQuote,
    GoldValue,
    Main,
    Window,
)
from quality.intake.facts import fact_marks
from quality.intake.figures import ROWS, Figure, figures
from quality.intake.located import locate
from quality.intake.marks import BY, Found, date_marks, is_published, is_title, main_marks
from quality.intake.measure import Measured, Rate, rates
from quality.intake.naming import is_same
from quality.intake.noted import Mark, Misses
from quality.intake.shingles import mean, overlap
from quality.intake.slices import find, fold, visible
from quality.intake.telling import conflict_marks, grouping_marks

from debar.errors import SourceError
from debar.model.intake import (
    Conflict,
    ConflictValue,
    Paper,
    Published,
    Reading,
    Span,
    StatedDate,
    Statement,
    Story,
)
from debar.model.vocab.statements import ConflictKind, DateBasis, DateRole, Precision, Severity, StatedAct

TEXT = "Sales end on 1 May 2025. Updates end on 1 July 2025. Nobody must remove anything."
NOTE = Misses("here")


def statement(
    act: StatedAct,
    value: str = "",
    *,
    role: DateRole = DateRole.ON,
    polarity: str = "asserted",
    by: tuple[str, ...] = (),
) -> Statement:
    """Give a statement, with a date if there is a value."""
    date = StatedDate(
        value=value, role=role, precision=Precision.DAY, basis=DateBasis.EXPLICIT, text="", span=Span(0, 1)
    )
    return Statement(
        id=f"{act}{value}{polarity}",
        document="a",
        act=act,
        date=date if value else None,
        polarity=polarity,
        said_by=by,
        span=Span(0, 24),
    )


def counted(marks: Iterator[Mark] | list[Mark]) -> dict[str, tuple[int, int]]:
    """Give right and all by key."""
    return {key: (rate.right, rate.of) for key, rate in rates(marks).items()}


def judged(facts: tuple[GoldFact, ...], *told: Statement) -> dict[str, tuple[int, int]]:
    """Mark statements against acts of an annotation."""
    gold = GoldPaper(file="a.txt", facts=facts)
    return counted(fact_marks(gold, locate(gold, TEXT), told, NOTE))


SALE = GoldFact(act="prohibit.sell", date="2025-05-01", role="from", evidence="Sales end on 1 May 2025")


@pytest.mark.parametrize(
    ("told", "precision", "recall"),
    [
        ((statement(StatedAct.PROHIBIT_SELL, "2025-05-01"),), (1, 1), (1, 1)),
        ((statement(StatedAct.PROHIBIT_SELL, "2025-05"),), (0, 1), (0, 1)),
        ((statement(StatedAct.PROHIBIT_USE, "2025-05-01"),), (0, 1), (0, 1)),
        ((statement(StatedAct.PROHIBIT_SELL),), None, (0, 1)),
        ((statement(StatedAct.PROHIBIT_SELL, "2025-05-01T00:00"),), (1, 1), (1, 1)),
        ((statement(StatedAct.PROHIBIT_SELL, "2025-05-01"),) * 2, (1, 1), (1, 1)),
        (
            (statement(StatedAct.PROHIBIT_SELL, "2025-05-01"), statement(StatedAct.ISSUE, "2025-05-01")),
            (1, 2),
            (1, 1),
        ),
    ],
)
def test_act_and_date_must_both_be_right(
    told: tuple[Statement, ...], precision: tuple[int, int] | None, recall: tuple[int, int]
) -> None:
    """An act counts once with its exact day; a coarser day, another act or no day is a miss, and a wrong one if told."""
    found = judged((SALE,), *told)
    assert (found.get("act.precision"), found["act.recall"]) == (precision, recall)


def test_optional_acts_and_other_readings_are_neither_missed_nor_wrong() -> None:
    """What careful readers differ on may be told and need not be; another accepted reading is as right as the first."""
    optional = GoldFact(act="issue", date="2025-07-01", evidence="Updates end", optional=True)
    either = GoldFact(act="effective", date="2025-07-01", evidence="Updates end", also=("comply_deadline",))
    assert "act.recall" not in judged((optional,))
    assert "act.precision" not in judged((optional,), statement(StatedAct.ISSUE, "2025-07-01"))
    assert judged((either,), statement(StatedAct.COMPLY_DEADLINE, "2025-07-01"))["act.recall"] == (1, 1)
    both = judged(
        (either,), statement(StatedAct.EFFECTIVE, "2025-07-01"), statement(StatedAct.COMPLY_DEADLINE, "2025-07-01")
    )
    assert both["act.precision"] == (1, 1)


def test_acts_without_date_are_counted_apart() -> None:
    """An undated act is found by any statement of it, and lifts no figure of dated ones."""
    fact = GoldFact(act="require.remove", evidence="Nobody must remove anything", polarity="denied")
    found = judged((fact,), statement(StatedAct.REQUIRE_REMOVE, polarity="denied"), statement(StatedAct.WARN))
    assert found["undated.recall"] == (1, 1)
    assert found["undated.precision"] == (1, 2)
    assert found["polarity"] == (1, 1)
    assert "act.recall" not in found


def test_role_polarity_and_origin_are_judged_of_what_was_found() -> None:
    """From and after differ; a denial is no assertion; an origin is right if it names anyone of the chain."""
    fact = GoldFact(
        act="prohibit.sell", date="2025-05-01", role="from", evidence="Sales end", said_by=("Ana Lim", "The Wire")
    )
    wrong = statement(StatedAct.PROHIBIT_SELL, "2025-05-01", role=DateRole.AFTER, polarity="denied", by=("Minister",))
    found = judged((fact,), wrong)
    assert [found[key] for key in ("role", "polarity", "origin.recall", "origin.precision")] == [(0, 1)] * 4
    right = statement(StatedAct.PROHIBIT_SELL, "2025-05-01", role=DateRole.FROM, by=("the minister, Ana Lim",))
    found = judged((fact,), right)
    assert [found[key] for key in ("role", "polarity", "origin.recall", "origin.precision")] == [(1, 1)] * 4


def test_origin_that_no_annotation_names_is_counted_by_itself() -> None:
    """Somebody named where the paper speaks for itself does not vanish: it has a count of its own."""
    found = judged((SALE,), statement(StatedAct.PROHIBIT_SELL, "2025-05-01", by=("Somebody",)))
    assert found["origin.beyond"] == (0, 1)
    assert "origin.precision" not in found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Register", "register", True),
        ("Lord Harcastle", "Harcastle", True),
        ("Minister Ana Lim", "Ana Lim", True),
        ("Kaspersky", "Kaspersky (company)", True),
        ("Ana Lim", "Ana Roy", False),
        ("", "Ana Lim", False),
        ("the", "", False),
    ],
)
def test_names_are_the_same_by_their_last_word_or_as_part(one: str, other: str, same: bool) -> None:
    """Titles and articles make no other name, and nobody is everybody."""
    assert is_same(one, (other,)) is same


def of_dates(date: GoldDate, *values: str) -> dict[str, tuple[int, int]]:
    """Mark values found at the one date of a text."""
    text = f"It ends {date.text} for all."
    gold = GoldPaper(file="a.txt", dates=(date,))
    start = text.index(date.text)
    found = [Found(Span(start, start + len(date.text)), value) for value in values]
    marks = counted(date_marks(gold, locate(gold, text), found, NOTE))
    return {key: count for key, count in marks.items() if not key.startswith(BY)}


def test_value_of_a_date_must_be_as_coarse_as_its_words() -> None:
    """A day for a month is wrong and invented, a month for a day only wrong; a stated year must stay."""
    month = GoldDate(text="in June 2024", value="2024-06")
    assert of_dates(month, "2024-06")["dates.value"] == (1, 1)
    invented = of_dates(month, "2024-06-16")
    assert (invented["dates.value"], invented["dates.invented"], invented["dates.year"]) == ((0, 1), (0, 1), (1, 1))
    assert of_dates(GoldDate(text="June 20, 2024", value="2024-06-20"), "2024-06")["dates.invented"] == (1, 1)
    assert of_dates(GoldDate(text="in 2024", value="2024"), "2023")["dates.year"] == (0, 1)
    assert of_dates(month) == {"dates.seen": (0, 1), "dates.value": (0, 1)}


@pytest.mark.parametrize(("wanted", "told"), [("P2W", "P14D"), ("P1Y", "P12M"), ("2024-06-20", "2024-06-20T18:00")])
def test_like_values_are_the_same(wanted: str, told: str) -> None:
    """Two weeks are 14 days, a year is 12 months, and an hour lies in its day; a month is no number of days."""
    assert of_dates(GoldDate(text="then", value=wanted), told)["dates.value"] == (1, 1)
    assert of_dates(GoldDate(text="then", value="P1M"), "P30D")["dates.value"] == (0, 1)


def test_dates_are_counted_once_more_by_what_they_rest_on() -> None:
    """Basis, precision and form of the paper have counts of their own, which list no miss a second time."""
    gold = GoldPaper(
        file="a.txt", dates=(GoldDate(text="1 May 2025", value="2025-05-01", basis="explicit", precision="day"),)
    )
    marks = list(date_marks(gold, locate(gold, TEXT), [], NOTE))
    groups = {key: count for key, count in counted(marks).items() if key.startswith(BY)}
    assert groups == {"by explicit": (0, 1), "by day": (0, 1), "by txt": (0, 1)}
    assert [bool(mark.note) for mark in marks] == [True, True, False, False, False]


def test_date_nobody_can_know_and_those_in_names_need_not_be_found() -> None:
    """They count neither as missed nor as found; what is no date at all lowers precision."""
    assert of_dates(GoldDate(text="that day", value="")) == {}
    assert of_dates(GoldDate(text="2018", value="2018", in_name=True)) == {}
    gold = GoldPaper(file="a.txt", dates=())
    stray = counted(date_marks(gold, locate(gold, TEXT), [Found(Span(0, 5), "2025")], NOTE))
    assert stray == {"dates.precision": (0, 1)}


@pytest.mark.parametrize(
    ("told", "right"),
    [
        (Published(value="2024-07-11"), True),
        (Published(value="2024-07-12"), False),
        (Published(value="2024-07"), True),
        (Published(earliest="2024-07-08", latest="2024-07-14"), True),
        (Published(earliest="2024-01-01", latest="2024-12-31"), False),
        (Published(earliest="2024-07-12", latest="2024-07-14"), False),
        (Published(), False),
    ],
)
def test_publication_is_a_day_or_a_window_that_tells_something(told: Published, right: bool) -> None:
    """The day, its month, or a narrow window around it is right; a year tells nothing."""
    gold = GoldPaper(file="a.txt", published=Window(value="2024-07-11", earliest="2024-07-11", latest="2024-07-11"))
    assert is_published(gold, Paper(id="a", path="a", sha256="", published=told)) is right


def test_title_may_lack_a_line_and_not_most_of_it() -> None:
    """The same words, or more than half of them in one piece."""
    assert is_title("Firm bans routers", "FIRM BANS ROUTERS")
    assert is_title("Amending law on electricity with article 73", "Law amending law on electricity with article 73")
    assert not is_title("Firm", "Firm bans routers")
    assert not is_title("", "Firm bans routers")


def test_characters_of_the_main_text_are_counted_without_white_space_and_title() -> None:
    """Clutter taken in costs precision, text left out recall; a title on either side costs nothing."""
    text = "Big title\n\nOne two.\n\nShare"
    gold = GoldPaper(file="a.txt", title="Big title", main=Main(first="Big title", last="One two."))
    paper = Paper(id="a", path="a", sha256="", text=text, main=((11, 26),))
    assert counted(main_marks(locate(gold, text), paper, NOTE)) == {"main.precision": (7, 12), "main.recall": (7, 7)}


words = st.lists(st.sampled_from(["ban", "sale", "of", "the", "update"]), max_size=20).map(" ".join)


@given(words, words)
def test_overlap_of_runs_is_a_share_and_turns_round(one: str, other: str) -> None:
    """Precision of a text against another is recall of the other against it, and a text is itself."""
    there, back = overlap(one, other), overlap(other, one)
    assert (there.precision, there.recall) == (back.recall, back.precision)
    assert 0 <= there.precision <= 1
    assert (overlap(one, one).precision, overlap(one, one).recall) == (1.0, 1.0)


def test_runs_of_four_words_count_as_often_as_they_stand() -> None:
    """Two runs of three are found, and half of what was told is true."""
    assert overlap("a b c d e", "b c d e f")[:2] == (0.5, 0.5)
    assert overlap("a b c", "a b")[:2] == (0.0, 0.0)
    assert mean([overlap("a b c d", "a b c d"), overlap("a b c d", "")]) == pytest.approx((1.0, 0.5, 2 / 3))


def test_slices_are_found_across_white_space_and_not_inside_words() -> None:
    """A wrapped line is a space; May 1 is not in May 15."""
    folded = fold("until May 15, or\n   May 1")
    assert folded.text == "until May 15, or May 1"
    assert find(folded, "or May 1") == (14, 22)
    assert find(folded, "May 1") == (17, 22)
    assert folded.span(17, 22) == Span(20, 25)
    assert find(folded, "") is None


def test_visible_text_is_what_a_person_sees() -> None:
    """Scripts are unseen, inline marks part no words, blocks do; mail is its subject and its plain part."""
    page = b"<html><script>var x</script><p>One <b>t</b>wo</p><p>three</p></html>"
    assert fold(visible("a.html", page)).text.strip() == "One two three"
    mail = b"Subject: Hello\nContent-Type: text/plain; charset=utf-8\n\nThe ban.\n"
    assert fold(visible("a.eml", mail)).text.strip() == "Hello The ban."


def made(tmp_path: Path, name: str, gold: str) -> Corpus:
    """Write a set of one story with one paper and read it."""
    folder = tmp_path / name / "a-story"
    folder.mkdir(parents=True)
    (folder / "01.txt").write_text(TEXT, encoding="utf-8")
    (folder / "gold.yaml").write_text(gold, encoding="utf-8")
    return corpus.read(name, tmp_path)


GOLD = """
story: a-story
measure: {supplier: huawei, jurisdiction: de}
documents:
  - file: 01.txt
    main: {first: Sales end, last: remove anything.}
    dates: [{text: 1 May 2025, value: 2025-05-01, role: on, precision: day, optional: false}]
    facts: [{act: prohibit.sell, date: 2025-05-01, role: from, number: null, evidence: Sales end on 1 May 2025}]
"""


def test_annotation_is_read_as_words(tmp_path: Path) -> None:
    """On is a role and no truth value, a day is no date of YAML, and null is left out."""
    (story,) = made(tmp_path, "tuned", GOLD).stories
    assert story.documents[0].dates[0] == GoldDate(text="1 May 2025", value="2025-05-01", role="on", precision="day")
    assert story.documents[0].facts[0].role == "from"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("first: Sales end", "first: Sale end", "first words of the main text"),
        ("evidence: Sales end on", "evidence: Sales ended on", "evidence is no slice"),
        ("act: prohibit.sell", "act: prohibit.sale", "act is not known"),
        ("role: from", "role: since", "role is not known"),
        ("date: 2025-05-01", "date: 2025-05-02", "date of a fact is that of no date"),
        ("text: 1 May 2025", "text: 1 May 2026", "date is not found"),
    ],
)
def test_annotation_that_does_not_fit_is_a_fault(tmp_path: Path, before: str, after: str, said: str) -> None:
    """Each slice and each word is proved; in the blind set the fault is told without its words."""
    assert list(soundness.faults(made(tmp_path, "tuned", GOLD))) == []
    assert [said in fault for fault in soundness.faults(made(tmp_path, "other", GOLD.replace(before, after)))] == [True]
    (blind,) = soundness.faults(made(tmp_path, "blind", GOLD.replace(before, after)))
    assert said in blind
    assert "2026" not in blind
    assert "ended" not in blind


def test_annotation_that_cannot_be_read_says_where_except_for_the_blind_one(tmp_path: Path) -> None:
    """A broken file names its fault, and that of the blind set keeps it for itself."""
    with pytest.raises(SourceError, match="documents"):
        made(tmp_path, "tuned", "story: a\nmeasure: {supplier: a, jurisdiction: b}\n")
    with pytest.raises(SourceError, match=r"annotation$"):
        made(tmp_path, "blind", "story: a\nmeasure: {supplier: a, jurisdiction: b}\n")


def test_own_annotations_fit_their_papers() -> None:
    """Every slice of the shipped sets is exact, and together they have the papers that are aimed at."""
    tuned, blind = corpus.read(corpus.TUNED), corpus.read(corpus.BLIND)
    assert list(soundness.faults(tuned)) == []
    assert list(gate.size(tuned.papers + blind.papers)) == []
    assert len({story.story for story in (*tuned.stories, *blind.stories)}) == len(tuned.stories) + len(blind.stories)


def told(*papers: tuple[str, str], conflicts: tuple[Conflict, ...] = ()) -> Reading:
    """Give a reading of papers, each with the story that it stands in."""
    names = sorted({story for _, story in papers})
    return Reading(
        schema=1,
        debar="",
        register="",
        sha256="",
        documents=tuple(Paper(id=name, path=f"s/{name}", sha256="") for name, _ in papers),
        facts=tuple(
            Statement(id=f"of-{name}", document=name, act=StatedAct.ISSUE, span=Span(0, 1)) for name, _ in papers
        ),
        stories=tuple(
            Story(id=story, documents=tuple(name for name, its in papers if its == story), conflicts=conflicts)
            for story in names
        ),
    )


def story_of(
    *files: str, name: str = "s", place: str = "de", conflicts: tuple[GoldConflict, ...] = ()
) -> corpus.GoldStory:
    """Give an annotated story."""
    return corpus.GoldStory(
        story=name,
        measure=corpus.Measure(supplier="huawei", jurisdiction=place),
        documents=tuple(GoldPaper(file=file) for file in files),
        conflicts=conflicts,
    )


def test_papers_told_apart_and_together_are_counted_by_paper() -> None:
    """Two of three together: each paper is judged by its companions."""
    gold = Corpus("x", (), (story_of("a", "b", "c"),))
    found = counted(list(grouping_marks(gold, told(("a", "1"), ("b", "1"), ("c", "2")))))
    assert found["grouping.precision"] == (3000, 3000)
    assert found["grouping.recall"] == (667 + 667 + 333, 3000)
    assert found["grouping.merges"] == (2, 2)


def test_story_across_jurisdictions_is_a_merge() -> None:
    """Papers of two countries in one story are counted, whatever else is right."""
    gold = Corpus("x", (), (story_of("a"), story_of("b", place="fr")))
    assert counted(list(grouping_marks(gold, told(("a", "1"), ("b", "1")))))["grouping.merges"] == (0, 1)


def a_conflict(kind: ConflictKind, *sides: str, severity: Severity = Severity.MATERIAL) -> Conflict:
    """Give a conflict between papers."""
    values = tuple(ConflictValue(value=side, facts=(f"of-{side}",)) for side in sides)
    return Conflict(type=kind, severity=severity, topic="t", values=values)


@pytest.mark.parametrize(
    ("conflict", "recall", "precision"),
    [
        (a_conflict(ConflictKind.DATE, "a", "b"), (1, 1), (1, 1)),
        (a_conflict(ConflictKind.BOUNDARY, "a", "b"), (0, 1), (0, 1)),
        (a_conflict(ConflictKind.DATE, "a", "c"), (0, 1), (0, 1)),
    ],
)
def test_conflict_is_found_by_type_and_by_two_of_its_sides(
    conflict: Conflict, recall: tuple[int, int], precision: tuple[int, int]
) -> None:
    """Another type, or papers that do not stand against each other, is another conflict."""
    sides = (GoldValue(value="x", documents=("a", "c")), GoldValue(value="y", documents=("b",)))
    gold = story_of("a", "b", "c", conflicts=(GoldConflict(type="date", values=sides),))
    reading = told(("a", "1"), ("b", "1"), ("c", "1"), conflicts=(conflict,))
    found = counted(list(conflict_marks(gold, reading, {"a": "a", "b": "b", "c": "c"}, NOTE)))
    assert found["conflicts.material.recall"] == recall
    assert found["conflicts.material.precision"] == precision


def measured(name: str, **counts: Rate) -> Measured:
    """Give a set with figures that were told."""
    keys = {key.replace("_", "."): rate for key, rate in counts.items()}
    return Measured(Corpus(name, (), ()), keys, ("what was missed",), (0.9, 0.9, 0.9), 3, 60.0)


def test_floor_holds_what_was_reached(tmp_path: Path) -> None:
    """A figure below its floor is a fault, one above none; counts are held from the other side; another set stays."""
    file = tmp_path / "floor.json"
    file.write_text('{"blind": {"role": 0.5}}', encoding="utf-8")
    before = figures(measured("tuned", role=Rate(9, 10), dates_year=Rate(9, 10)))
    gate.record({"tuned": before}, file)
    floors = gate.floors(file)
    assert floors["blind"] == {"role": 0.5}
    assert list(gate.faults("tuned", before, floors["tuned"])) == []
    better = figures(measured("tuned", role=Rate(10, 10), dates_year=Rate(10, 10)))
    assert list(gate.faults("tuned", better, floors["tuned"])) == []
    worse = figures(measured("tuned", role=Rate(8, 10), dates_year=Rate(8, 10)))
    assert ["role" in fault or "dates.year" in fault for fault in gate.faults("tuned", worse, floors["tuned"])] == [
        True
    ] * 2
    assert "was not measured" in next(gate.faults("tuned", [], {"role": 0.5}))


def test_goals_that_are_missed_are_said_and_no_fault() -> None:
    """Seeds have goals of their own; a count must be nought."""
    row = next(row for row in ROWS if row.key == "act.recall")
    figure = Figure(row, 0.7, "7/10")
    assert list(gate.missed("blind", [figure])) == []
    assert len(list(gate.missed("seeds", [figure]))) == 1
    count = Figure(next(row for row in ROWS if row.key == "dates.year"), 1, "9/10")
    assert len(list(gate.missed("tuned", [count]))) == 1


def test_misses_of_the_blind_set_are_never_written() -> None:
    """They are counted: whoever reads them could tune to them."""
    out = io.StringIO()
    shown._misses(measured("blind"), out)
    shown._misses(measured("tuned"), out)
    blind, tuned = out.getvalue().split("tuned: ")
    assert "what was missed" not in blind
    assert "what was missed" in tuned


def test_sets_stand_side_by_side() -> None:
    """A column for each set and one for the goal; what was not measured is a dash."""
    sets = [measured("tuned", role=Rate(9, 10)), measured("blind", role=Rate(8, 10))]
    out = io.StringIO()
    shown.write(sets, {one.corpus.name: figures(one) for one in sets}, out, brief=True)
    lines = out.getvalue().splitlines()
    assert lines[1].split()[-3:] == ["tuned", "blind", "goal"]
    assert next(line for line in lines if line.startswith("role")).split()[-3:] == ["0.900", "0.800", "0.95"]
    assert next(line for line in lines if line.startswith("act and date, recall")).split()[-3:] == ["-", "-", "0.65"]


def test_seeds_are_left_out_where_they_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real articles are no part of the project: without them there is no set."""
    monkeypatch.setenv(seeds.VARIABLE, str(tmp_path))
    assert seeds.read() is None


def test_annotation_of_seeds_takes_our_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spans become slices, what starts holds from its day on, a fact counts once for each of its dates."""
    text = "Old firm bans sales.\n\nSales end on 1 May 2025, and updates on 1 July 2025. “We stay,” it said."
    date = {"value": "2025-05-01", "role": "start", "text": "on 1 May 2025", "precision": "day"}
    other = {**date, "value": "2025-07-01", "role": "by", "text": "on 1 July 2025"}
    fact = {"act": "prohibit.sell", "said_by": ["firm"], "polarity": "asserted", "dates": [date, other]}
    fact["evidence"] = [{"start": 22, "end": text.index(" “"), "text": text[22 : text.index(" “")]}]
    article = {
        "id": "000",
        "file": "000.txt",
        "title": {"text": text[:20]},
        "publisher": {"value": None},
        "published": {"value": None, "earliest": "2025-04-01", "latest": "2025-04-09"},
        "main": [22, len(text)],
        "boilerplate": [],
        "facts": [fact],
        "quotes": [{"cluster": "Q1", "speaker": "firm", "span": {"text": "We stay,"}}],
    }
    conflict = {
        "type": "aspect (start vs end)",
        "severity": "material (1 day)",
        "values": [{"value": "x", "facts": ["000.f01"]}, {"value": "y", "facts": ["000.f02"]}],
    }
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "000.txt").write_text(text, encoding="utf-8")
    (tmp_path / "seeds" / seeds.GOLD).write_text(json.dumps({"articles": [article], "conflicts": [conflict]}))
    monkeypatch.setenv(seeds.VARIABLE, str(tmp_path))
    found = seeds.read()
    assert found is not None
    (paper,) = found.stories[0].documents
    assert [(one.date, one.role) for one in paper.facts] == [("2025-05-01", "from"), ("2025-07-01", "by")]
    assert [one.value for one in paper.dates] == ["2025-05-01", "2025-07-01"]
    assert paper.quotes == (GoldQuote(text="We stay,", cluster="Q1", speaker="firm"),)
    assert found.stories[0].conflicts[0].type == "aspect"
    assert found.stories[0].conflicts[0].severity == "material"
    assert list(soundness.faults(found)) == []
