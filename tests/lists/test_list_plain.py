# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of lists that anybody keeps."""

from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from listed_samples import DATA, names, parties, read

from debar.errors import SourceError
from debar.lists import open_list
from debar.lists.gathered import clean
from debar.model.listed import ListedTie
from debar.model.vocab import RelationKind
from debar.model.vocab.names import NameKind
from debar.text import header

SAMPLE = DATA / "plain" / "suppliers.csv"


def test_columns_are_found_by_their_words_below_a_title() -> None:
    """Further names with their kinds, country, number, and the owner as a tie."""
    found = parties(open_list(SAMPLE))["1"]
    assert names(found) == [
        ("Example Works; Plant One", NameKind.NAME),
        ("EW Ltd", NameKind.ALIAS),
        ("Example Plant", NameKind.ALIAS),
        ("Model Works", NameKind.FORMER),
    ]
    assert (found.country, found.identifiers) == ("RU", {"lei": "253400ABCDEFGHIJKL12"})
    assert found.ties == (ListedTie(kind=RelationKind.SUBSIDIARY, to="2", share="51"),)


def test_rows_of_one_id_are_one_party(tmp_path: Path) -> None:
    """A row for each name, with its kind."""
    text = "party_id,schema,name,kind\na,Company,One,primary\na,Company,Uno,alias\na,Company,O,acronym\nb,Person,Two,primary\n"
    found = parties(read(tmp_path, text))
    assert names(found["a"]) == [("One", NameKind.NAME), ("Uno", NameKind.ALIAS), ("O", NameKind.WEAK)]
    assert (found["a"].is_person, found["b"].is_person) == (False, True)


def test_rows_of_one_name_are_one_party_without_ids(tmp_path: Path) -> None:
    """The same name in other letters is the same party; its id is the same in any file."""
    found = read(tmp_path, "name,alias\nOne,Uno\nONE,Un\nTwo,\n").parties
    assert [names(party)[0][0] for party in found] == ["One", "Two"]
    assert [name.text for name in found[0].names] == ["One", "ONE", "Uno", "Un"]
    assert found[0].id == read(tmp_path, "name\none\n").parties[0].id


def test_word_for_a_party_may_head_names_or_ids(tmp_path: Path) -> None:
    """A column "party" beside "name" holds ids, and alone it holds names."""
    assert [p.id for p in read(tmp_path, "party,name\nzz,Example Works\n").parties] == ["zz"]
    assert [p.names[0].text for p in read(tmp_path, "party\nExample Works\n").parties] == ["Example Works"]


def test_header_is_no_row_of_the_table(tmp_path: Path) -> None:
    """A cell that says "Company" below the real header does not make its row the header."""
    with pytest.raises(SourceError, match="no column of names is known"):
        read(tmp_path, "query,kind\nOne,Company\nTwo,Company\nThree,Person\n")


def test_names_with_commas_need_no_quotes_in_a_single_column(tmp_path: Path) -> None:
    """A column of names alone has no delimiter, so commas are part of the names."""
    found = read(tmp_path, 'Supplier\nExample Works Co., Ltd.\n"Some ""Other"" Works, Inc."\n')
    assert [party.names[0].text for party in found.parties] == ["Example Works Co., Ltd.", 'Some "Other" Works, Inc.']


def test_workbook_is_a_table(tmp_path: Path) -> None:
    """The sheet with a column of names is read, whichever it is."""
    book = openpyxl.Workbook()
    book.active.append(["This book is about suppliers"])
    sheet = book.create_sheet("List")
    for row in (["Id", "Company name", "Country"], [7, "Example Works", "China"], [], [8, "Other Works", None]):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    found = open_list(tmp_path / "list.xlsx")
    assert [(p.id, p.names[0].text, p.country) for p in found.parties] == [
        ("7", "Example Works", "CN"),
        ("8", "Other Works", ""),
    ]
    assert len(found.version) == 12


def test_parquet_is_a_table(tmp_path: Path) -> None:
    """Columns of Parquet are found by their names."""
    table = pa.table({"entity_id": [1, 2], "name": ["Example Works", None], "duns": ["542957624", ""]})
    pq.write_table(table, tmp_path / "list.parquet")
    found = open_list(tmp_path / "list.parquet")
    assert [(p.id, p.names[0].text, p.identifiers) for p in found.parties] == [
        ("1", "Example Works", {"duns": "542957624"})
    ]
    assert (found.notes, len(found.version)) == (("left out: parties without a name (1)",), 12)


def test_what_is_not_used_or_not_known_is_told(tmp_path: Path) -> None:
    """Vessels, columns and words that mean nothing here do not go unseen."""
    found = read(tmp_path, "name,type,colour\nOne,Company,red\nTwo,Vessel,\nThree,Spaceship,\n,Company,\n")
    assert found.notes == (
        "left out: vessels (1), rows without a name (1)",
        "1 words for kinds of names or parties are not known and were passed over: spaceship",
        "columns that were not used: colour",
    )


def test_owner_that_is_not_in_the_list_is_told(tmp_path: Path) -> None:
    """A tie needs both ends; without the other, the words of the list are kept."""
    found = read(tmp_path, "name,parent\nOne,Nobody Here\nTwo,one\nThree,Three\n")
    assert [party.because for party in found.parties] == [
        ("owner as the list says: Nobody Here",),
        (),
        ("owner as the list says: Three",),
    ]
    assert found.parties[1].ties[0].to == found.parties[0].id
    assert found.notes == ("left out: ties to owners that are not in it (1)",)


def test_broken_rows_cost_themselves(tmp_path: Path) -> None:
    """A name with a comma and no quotes makes a row too wide; it is told with its line, never cut."""
    found = read(tmp_path, "name,country\nOne,CN\nTwo, Inc.,CN\nThree,RU,\nFour\n")
    assert [party.names[0].text for party in found.parties] == ["One", "Three", "Four"]
    assert found.notes == ("not read: line 3: 3 cells where the header has 2; put names with commas in quotes",)


def test_missing_quotation_mark_does_not_swallow_the_list(tmp_path: Path) -> None:
    """A row of hundreds of lines is a fault, told with its line."""
    rows = "".join(f"Name {number},CN\n" for number in range(300))
    found = read(tmp_path, f'name,country\nOne,CN\n"Two,CN\n{rows}')
    assert [party.names[0].text for party in found.parties] == ["One"]
    assert found.notes == ("not read: line 3: one row of 301 lines, a quotation mark may be missing",)


def test_days_are_told_where_they_are_clear(tmp_path: Path) -> None:
    """A day that two continents read differently stays as it is written."""
    found = read(
        tmp_path,
        "name,program,listed,end date\nOne,X,23.7.2026,\nTwo,X,02/03/2026,March 1, 2027\n".replace(
            "March 1, 2027", '"March 1, 2027"'
        ),
    )
    assert [party.because for party in found.parties] == [
        ("X, from 2026-07-23",),
        ("X, from 02/03/2026, until 2027-03-01",),
    ]


# A word that stands below itself is no header, so a company of that name is none of these.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda text: header(text) != "name"
)


@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
def test_every_name_of_a_column_is_on_the_list(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever names a column has, each that has a letter or digit is on the list, and no other."""
    quoted = "".join('"' + text.replace('"', '""') + '"\n' for text in texts)
    wanted = {clean(text) for text in texts} - {text for text in map(clean, texts) if not any(map(str.isalnum, text))}
    try:
        found = read(tmp_path_factory.mktemp("names"), f"name\n{quoted}")
    except SourceError as e:
        assert (e.message, wanted) == ("names nobody", set())
    else:
        assert {name.text for party in found.parties for name in party.names} == wanted
