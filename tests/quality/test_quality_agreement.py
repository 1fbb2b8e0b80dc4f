# SPDX-License-Identifier: Apache-2.0
"""Promises about the agreement of two readers: both are counted alike, each by the other, and no word is printed."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality.intake import agreement, corpus
from quality.intake.agreement import Both
from quality.intake.corpus import GoldDate, GoldFact, GoldPaper, Main
from quality.intake.located import locate
from quality.intake.measure import Rate

from debar.errors import SourceError

TEXT = "Sales end on 1 May 2025, says Ana Lim. Updates end on 1 July 2025. Nobody must remove anything."
SALE = GoldFact(act="prohibit.sell", date="2025-05-01", role="from", said_by=("Ana Lim",), evidence="Sales end")
UPDATE = GoldFact(act="prohibit.update", date="2025-07-01", role="from", evidence="Updates end")
KEEP = GoldFact(act="require.remove", polarity="denied", evidence="Nobody must remove anything")
MAY = GoldDate(text="1 May 2025", value="2025-05-01", role="from")
JULY = GoldDate(text="1 July 2025", value="2025-07-01", role="from")
FACTS = (SALE, UPDATE, KEEP)

GOLD = """
story: a-story
measure: {supplier: huawei, jurisdiction: de}
documents:
  - file: 01.txt
    main: {first: Sales end, last: remove anything.}
    dates: [{text: 1 May 2025, value: 2025-05-01, role: from}]
    facts: [{act: prohibit.sell, date: 2025-05-01, role: from, evidence: Sales end, also: [prohibit]}]
"""


def paper(*facts: GoldFact, dates: tuple[GoldDate, ...] = (MAY, JULY)) -> GoldPaper:
    """Give an annotation of the one text."""
    return GoldPaper(file="a.txt", main=Main(first="Sales end", last="remove anything."), facts=facts, dates=dates)


def agreed(first: GoldPaper, second: GoldPaper) -> agreement.Agreement:
    """Compare two annotations of the one text."""
    return agreement.agreement([Both(first, second, TEXT)])


def made(folder: Path, text: str, *, paper: bool = True) -> Path:
    """Write a set with one story."""
    (folder / "a-story").mkdir(parents=True)
    (folder / "a-story" / "gold.yaml").write_text(text, encoding="utf-8")
    if paper:
        (folder / "a-story" / "01.txt").write_text(TEXT, encoding="utf-8")
    return folder


@given(st.lists(st.sampled_from(FACTS), unique=True), st.lists(st.sampled_from([MAY, JULY]), unique=True))
def test_reader_agrees_with_themselves(facts: list[GoldFact], dates: list[GoldDate]) -> None:
    """The same annotation twice has nothing to differ in."""
    one = paper(*facts, dates=tuple(dates))
    found = agreed(one, one)
    for key, _ in agreement.ROWS:
        for side in (found.precision, found.recall):
            assert side.get(key, Rate(0, 0)).wrong == 0
    dated = sum(bool(fact.date) for fact in facts)
    assert found.recall.get("act.recall", Rate(0, 0)) == Rate(dated, dated)
    assert found.recall.get("dates.value", Rate(0, 0)) == Rate(len(dates), len(dates))


@given(*[st.lists(st.sampled_from(FACTS), unique=True)] * 2)
def test_readers_change_places_with_precision_and_recall(ours: list[GoldFact], theirs: list[GoldFact]) -> None:
    """Who is called first only decides which of the two figures is called recall."""
    there, back = agreed(paper(*ours), paper(*theirs)), agreed(paper(*theirs), paper(*ours))
    assert there.recall == back.precision
    assert there.precision == back.recall


def test_what_one_of_them_missed_lowers_one_side() -> None:
    """An act that only the first has is lost recall, one that only the second has lost precision."""
    found = agreed(paper(SALE, UPDATE), paper(SALE))
    assert (found.recall["act.recall"], found.precision["act.recall"]) == (Rate(1, 2), Rate(1, 1))
    assert found.recall["act.alone"] == Rate(1, 2)
    found = agreed(paper(SALE), paper(SALE, KEEP))
    assert "undated.recall" not in found.recall
    assert found.precision["undated.recall"] == Rate(0, 1)


def test_act_alone_counts_whatever_its_date() -> None:
    """Another day is another act with its date, and the same act without it."""
    other = msgspec.structs.replace(SALE, date="2025-07-01")
    found = agreed(paper(SALE), paper(other))
    assert found.recall["act.recall"] == Rate(0, 1)
    assert found.recall["act.alone"] == Rate(1, 1)


def test_act_alone_counts_once_with_what_any_of_its_facts_accepts() -> None:
    """Two days of one act are one act, found if either accepts what the other reader put."""
    wide = msgspec.structs.replace(SALE, also=("effective",))
    later = msgspec.structs.replace(SALE, date="2025-07-01")
    effective = msgspec.structs.replace(SALE, act="effective")
    assert agreed(paper(wide, later), paper(effective)).recall["act.alone"] == Rate(1, 1)


def test_optional_acts_are_not_demanded_and_may_be_what_the_other_demands() -> None:
    """What a reader marks optional is neither missed by the other nor lost for what the other must have."""
    optional = msgspec.structs.replace(SALE, optional=True)
    found = agreed(paper(SALE), paper(optional))
    assert found.recall["act.recall"] == found.recall["act.alone"] == Rate(1, 1)
    assert "act.recall" not in found.precision
    assert "act.alone" not in found.precision


def test_other_readings_count_unless_exact() -> None:
    """An act or a value that is accepted besides the first one agrees, and no longer does if only first ones count."""
    wide = paper(
        msgspec.structs.replace(SALE, act="prohibit", also=("prohibit.sell",)),
        dates=(msgspec.structs.replace(MAY, value="2025-05", alternatives=("2025-05-01",)),),
    )
    narrow = paper(SALE, dates=(MAY,))
    assert [agreed(wide, narrow).recall[key] for key in ("act.recall", "act.alone", "dates.value")] == [Rate(1, 1)] * 3
    strict = agreed(agreement.exact(wide), agreement.exact(narrow))
    assert [strict.recall[key] for key in ("act.recall", "act.alone", "dates.value")] == [Rate(0, 1)] * 3


def test_role_polarity_and_origin_are_compared_of_acts_that_both_have() -> None:
    """A boundary, a denial or a speaker that differs is a difference of its own, and the act is still shared."""
    other = msgspec.structs.replace(SALE, role="after", polarity="denied", said_by=("The Wire",))
    found = agreed(paper(SALE), paper(other))
    assert found.recall["act.recall"] == Rate(1, 1)
    assert [found.recall[key] for key in ("role", "polarity", "origin.recall")] == [Rate(0, 1)] * 3


def test_date_is_found_where_it_stands_with_its_value() -> None:
    """Words elsewhere are another date; a coarser value is the same date with another value."""
    assert agreed(paper(dates=(MAY,)), paper(dates=(JULY,))).recall["dates.seen"] == Rate(0, 1)
    coarse = msgspec.structs.replace(MAY, value="2025-05")
    found = agreed(paper(dates=(MAY,)), paper(dates=(coarse,)))
    assert (found.recall["dates.seen"], found.recall["dates.value"]) == (Rate(1, 1), Rate(0, 1))


def test_only_papers_of_both_are_compared_and_no_word_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second set needs no texts; figures name no act, no date and no words of a paper."""
    first = made(tmp_path / "first", GOLD)
    second = made(tmp_path / "first" / "second", GOLD.replace("act: prohibit.sell", "act: prohibit"), paper=False)
    assert agreement.main([str(first), str(second)]) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0].split() == ["two", "readers", "of", "1", "papers", "precision", "recall", "F1"]
    lines = {line[:30].strip(): line[30:].split() for line in told.splitlines()[1:]}
    assert lines["act and date"] == ["0/1", "0.000", "1/1", "1.000", "0.000"]
    assert not any(word in told for word in ("prohibit", "2025", "Sales"))
    assert agreement.main(["--exact", str(first), str(second)]) == 0
    assert "0/1 0.000       0/1 0.000" in capsys.readouterr().out


def test_sets_without_a_paper_in_common_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two readers of different papers cannot agree."""
    first = made(tmp_path / "first", GOLD)
    second = made(tmp_path / "second", GOLD.replace("01.txt", "02.txt"))
    with pytest.raises(SystemExit) as ended:
        agreement.main([str(first), str(second)])
    assert ended.value.code == 2
    assert "no paper is annotated in both" in capsys.readouterr().err


def test_second_annotation_of_the_blind_set_fits_and_stays_apart() -> None:
    """Each slice of it stands in its paper, half of the papers of its stories are in it, a third of all, and no set counts it."""
    first = corpus.read(corpus.BLIND)
    second = corpus.read("second", corpus.FOLDER / corpus.BLIND)
    papers = list(agreement.both(first, second))
    assert len(papers) == second.papers
    read = {story.story for story in second.stories}
    assert read <= {story.story for story in first.stories}
    assert 2 * len(papers) >= sum(len(story.documents) for story in first.stories if story.story in read)
    assert 3 * len(papers) >= first.papers
    for one in papers:
        located = locate(one.second, one.text)
        assert None not in (*located.dates, *located.facts)


def test_broken_second_annotation_of_the_blind_set_keeps_its_words(tmp_path: Path) -> None:
    """A fault in it is told by its file alone."""
    broken = made(tmp_path / "blind" / "second", "story: a\nmeasure: {supplier: a, jurisdiction: b}\n", paper=False)
    with pytest.raises(SourceError, match=r"annotation$"):
        corpus.read(broken.name, broken.parent)
