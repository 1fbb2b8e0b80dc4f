# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of delimited tables."""

import csv
import io
import weakref
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.inventory import Layout, Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.business import table
from debar.readers.inputs import NAMED, Input

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
PAYMENTS = Layout(
    id="payments",
    title="Payments to suppliers",
    medium=Medium.PURCHASES,
    meaning=Meaning.PURCHASE,
    required=(("Supplier Name", "Beneficiary Name"), ("Amount", "Total")),
    label=("Supplier Name", "Beneficiary Name"),
    observed_at=("Payment Date",),
    columns={"supplier": ("Supplier Name", "Beneficiary Name"), "purchase": ("Narrative",)},
)
PROGRAMS = Layout(
    id="programs",
    title="Installed programs",
    medium=Medium.INVENTORY,
    meaning=Meaning.INSTALLED,
    required=(("DisplayName",),),
    asset=("Computer",),
    label=("DisplayName",),
    version=("DisplayVersion",),
    observed_at=("InstallDate",),
    columns={"name": ("DisplayName",), "publisher": ("Publisher",)},
)
LAYOUTS = (PAYMENTS, PROGRAMS)


def opened(text: str | bytes, path: str = "ledgers/city-2024.csv", layouts: Sequence[Layout] = LAYOUTS) -> Input:
    """Give an input with this content."""
    source = Input(path, io.BytesIO(text if isinstance(text, bytes) else text.encode()), layouts)
    weakref.finalize(source, source._file.close)  # type: ignore[union-attr]
    return source


def observed(text: str | bytes, path: str = "ledgers/city-2024.csv") -> list[Observation]:
    """Read all of a text."""
    return list(table.read(opened(text, path)))


def test_row_of_a_ledger_is_a_purchase_by_whom_the_file_is_named_after() -> None:
    """A table without a column for the asset is about its file's name."""
    (o,) = observed("Payment Date,Amount,Supplier Name,Narrative\n2024-07-01,12.00,Vendor Ltd,Anti-virus\n")
    assert o == Observation(
        source="",
        locator="row 2",
        asset="city-2024",
        label="Vendor Ltd",
        medium=Medium.PURCHASES,
        meaning=Meaning.PURCHASE,
        observables=(Observable(Kind.SUPPLIER, "Vendor Ltd"), Observable(Kind.PURCHASE, "Anti-virus")),
        observed_at="2024-07-01",
    )


def test_row_of_an_inventory_belongs_to_its_host() -> None:
    """The host column names the asset; an empty cell falls back to the file's name."""
    text = "Computer\tDisplayName\tDisplayVersion\tPublisher\npc1\tAgent\t1.2\tLab\n\tAgent\t1.2\t-\n"
    first, second = observed(text, "exports/site.tsv.gz")
    assert (first.asset, first.version, [x.value for x in first.observables]) == ("pc1", "1.2", ["Agent", "Lab"])
    assert (second.asset, [x.value for x in second.observables]) == ("site", ["Agent"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_encoding_and_line_end_are_told_from_the_file(delimiter: str, encoding: str, end: str) -> None:
    """Exports of any program and country are read alike."""
    rows = [["Amount", "SUPPLIER_NAME"], ["1", "Müller GmbH"], ["2", "Vendor Ltd"]]
    text = end.join(delimiter.join(row) for row in rows) + end
    assert [o.label for o in observed(text.encode(encoding))] == ["Müller GmbH", "Vendor Ltd"]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_first_line_may_name_the_delimiter(first: str) -> None:
    """The line that spreadsheets understand counts as a row of the file."""
    assert [(o.locator, o.label) for o in observed(f"{first}\nAmount;Supplier Name\n1,5;A, B\n")] == [("row 3", "A, B")]


def test_titles_above_the_header_are_passed_over() -> None:
    """Exports put titles, filters and empty rows above the header."""
    text = 'Payments,,\n"Report\nof May",,\n,,\n Supplier Name , Total\n A ,1\n'
    assert [(o.locator, o.label) for o in observed(text)] == [("row 5", "A")]


def test_layout_with_the_most_columns_is_taken() -> None:
    """A header that two layouts fit is read by the one that knows more of it."""
    text = "DisplayName,Supplier Name,Amount,Payment Date,Narrative\nx,A,1,2024-01-01,y\n"
    assert [o.medium for o in observed(text)] == [Medium.PURCHASES]


def test_unknown_header_is_refused_with_advice() -> None:
    """The message shows the header and says where layouts are kept."""
    with pytest.raises(SourceError, match="no column layout knows this header: Colour,Size") as e:
        observed("My things\nColour,Size\nred,1\n")
    assert "register/layouts" in e.value.hint


def test_quoted_line_breaks_stay_in_their_cell() -> None:
    """Rows are counted like a spreadsheet's: a cell of three lines is one row."""
    text = 'Supplier Name,Amount,Narrative\n"A\nLtd",1,"x\n\ny"\nB,2,z\n'
    assert [(o.locator, o.label) for o in observed(text)] == [("row 2", "A\nLtd"), ("row 3", "B")]


def test_rows_of_other_lengths_are_tolerated_unless_a_needed_cell_is_missing() -> None:
    """Long rows and short ones with the needed cells are read; the others are losses by row."""
    source = opened("Amount,Supplier Name,Narrative\n1,A\n2,B,x,extra\n3\n\n,,\n4,C,z\n")
    assert [o.label for o in table.read(source)] == ["A", "B", "C"]
    assert source.losses == [("row 4", "1 cells where the header has 3")]
    assert source.tally["rows"] == 4


def test_repeated_header_is_no_purchase() -> None:
    """Months joined into one file repeat the header."""
    assert [o.label for o in observed("Amount,Supplier Name\n1,A\nAmount,Supplier Name\n2,B\n")] == ["A", "B"]


def test_two_columns_of_one_name_both_count() -> None:
    """Of a number and a name under the same header the name is the label."""
    (o,) = observed("Supplier Name,Supplier Name,Amount\n226559,A Ltd,1\n")
    assert (o.label, [x.value for x in o.observables]) == ("A Ltd", ["226559", "A Ltd"])


def test_forgotten_quotation_mark_is_told_and_the_rest_is_read() -> None:
    """A cell that swallows more than a mebibyte costs the lines that it swallowed, and no memory."""
    text = 'Amount,Supplier Name\n1,A\n2,"B\n' + "3,C is a supplier\n" * 70000 + "4,D\n"
    source = opened(text)
    found = list(table.read(source))
    assert found[0].label == "A"
    assert found[-1].label == "D"
    assert len(source.losses) == 1
    assert "quotation mark" in source.losses[0][1]
    swallowed = opened('Amount,Supplier Name,Narrative\n"1,A,x\n2,B,y"\n3,C,z\n')
    assert [o.label for o in table.read(swallowed)] == ["C"]
    assert swallowed.losses == [("row 2", "lines 2 to 3 make one short row, a quotation mark may be missing")]


def test_file_of_faults_keeps_few_of_them() -> None:
    """A thousand broken rows give five losses and a count."""
    source = opened("Narrative,Amount,Supplier Name\n" + "x\n" * 1000)
    assert list(table.read(source)) == []
    assert len(source.losses) == NAMED + 1
    assert source.losses[-1] == ("", "995 more broken places")


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2024-07-01", "2024-07-01"),
        ("2024-07-01T10:00:00", "2024-07-01"),
        ("20240701", "2024-07-01"),
        ("01.07.2024", "2024-07-01"),
        ("31/07/2024", "2024-07-31"),
        ("07/31/2024", "2024-07-31"),
        ("05/05/2024", "2024-05-05"),
        ("01/07/2024", ""),
        ("31/02/2024", ""),
        ("99999999", ""),
        ("July", ""),
    ],
)
def test_dates_are_iso_or_left_out(cell: str, iso: str) -> None:
    """A day that could be a month is no date: a wrong one would decide a case wrongly."""
    assert [o.observed_at for o in observed(f"Payment Date,Amount,Supplier Name\n{cell},1,A\n")] == [iso]


def test_table_is_recognised_by_its_header() -> None:
    """A header with rows, with titles above, or alone is a table."""
    assert table.fits("Amount,Supplier Name\n1,A\n", LAYOUTS)
    assert table.fits("Amount;Supplier Name", LAYOUTS)
    assert table.fits("Payments\n\nSupplier Name\tTotal\nA\t1\nB\t2\n", LAYOUTS)
    assert not table.fits("Colour,Size\nred,1\n", LAYOUTS)
    assert not table.fits("Amount,Supplier Name\n1,A\n", ())
    assert not table.fits("", LAYOUTS)


@pytest.mark.parametrize(
    "text",
    [
        "Amount, Supplier Name, and the date.\nThe authority publishes these three\nfor each payment that it makes.\n",
        "Supplier Name\nThis chapter tells who supplies us.\n",
        '{"Amount": 1, "Supplier Name": "A"}\n',
        '[\n"Amount","Supplier Name"\n]\n',
        '    "Amount", "Supplier Name",\n]\n\ndef read(path):\n    return path\n',
        "<table><tr><td>Amount,Supplier Name</td></tr></table>\n",
    ],
)
def test_prose_code_and_documents_are_no_tables(text: str) -> None:
    """The words of a header alone do not make a table."""
    assert not table.fits(text, LAYOUTS)


CELLS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(' ,;|\t"\n'), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_what_a_writer_quotes_comes_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    """Every supplier that csv writes is read again, apart from the space around it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("Amount", "Supplier Name"), *rows])
    expected = [name.strip() for _, name in rows if name.strip() not in {"", "-"}]
    found = [x.value for o in observed(out.getvalue()) for x in o.observables]
    assert found == expected


@given(st.binary(max_size=300))
def test_any_bytes_are_survived(content: bytes) -> None:
    """Whatever follows the header, reading ends without an error."""
    assert all(observation.observables for observation in observed(b"Amount,Supplier Name\n" + content))


@given(st.text(max_size=200))
def test_recognition_survives_any_text(text: str) -> None:
    """Recognition never fails, it only says no."""
    assert table.fits(text, LAYOUTS) in (True, False)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="shared/corpus is not beside the repository")
def test_real_ledgers_and_inventories_are_read() -> None:
    """Ledgers of councils and a Windows program list give their rows."""
    ledger = CORPUS / "30-ledger-uk-councils/council-spending-data/leeds/processed/2013-01.csv"
    assert len(list(table.read(Input("leeds.csv", ledger, LAYOUTS)))) > 5000
    programs = CORPUS / "06b-endpoint-programs-csv/beendoo-Friday-installed_programs.csv"
    assert len(list(table.read(Input("friday.csv", programs, LAYOUTS)))) == 30
