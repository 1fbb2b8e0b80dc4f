# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of OFAC's lists as CSV."""

from pathlib import Path
from shutil import copytree

from listed_samples import DATA, names, parties, read, written

from debar.lists import open_list
from debar.model.listed import ListedName, ListedParty
from debar.model.vocab.names import NameKind

ROW = ',-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'


def test_names_and_countries_beside_the_list_belong_to_its_parties() -> None:
    """ALT.CSV gives other names and ADD.CSV the country; the weak name stands in the remarks."""
    found = parties(open_list(DATA / "ofac" / "SDN.CSV"))
    assert found["ofac-36"] == ListedParty(
        id="ofac-36",
        names=(ListedName("AEROCARIBBEAN AIRLINES"), ListedName("AERO-CARIBBEAN", NameKind.ALIAS)),
        country="CU",
        because=("OFAC programme CUBA",),
    )
    assert names(found["ofac-306"]) == [
        ("BANCO NACIONAL DE CUBA", NameKind.NAME),
        ("NATIONAL BANK OF CUBA", NameKind.ALIAS),
        ("BNC", NameKind.WEAK),
    ]


def test_who_has_addresses_in_several_countries_is_of_none_of_them() -> None:
    """A bank with offices in four countries is not taken for one of the first."""
    assert parties(open_list(DATA / "ofac" / "SDN.CSV"))["ofac-306"].country == ""


def test_several_programmes_are_told_one_by_one() -> None:
    """What stands as "IRAN] [NPWMD] [IFSR" are three programmes."""
    found = parties(open_list(DATA / "ofac" / "SDN.CSV"))["ofac-12478"]
    assert found.because == ("OFAC programme IRAN", "OFAC programme NPWMD", "OFAC programme IFSR")


def test_numbers_stand_in_the_remarks() -> None:
    """A D-U-N-S number, and the number of the Chinese register, make a party certain."""
    sdn, other = (parties(open_list(DATA / "ofac" / name)) for name in ("SDN.CSV", "CONS_PRIM.CSV"))
    assert sdn["ofac-23171"].identifiers == {"duns": "542957624"}
    assert other["ofac-30947"].identifiers == {"uscc": "914403001922038216"}


def test_issuer_and_days_stand_in_the_remarks() -> None:
    """The name under which securities are traded is another name; days of the listing are kept as they are told."""
    found = parties(open_list(DATA / "ofac" / "CONS_PRIM.CSV"))["ofac-30946"]
    assert names(found)[1] == ("Hangzhou Hikvision Digital Technology", NameKind.ALIAS)
    assert found.because == (
        "OFAC programme CMIC-EO13959",
        "Effective Date (CMIC) 02 Aug 2021",
        "Listing Date (CMIC) 03 Jun 2021",
    )


def test_what_is_no_party_and_what_is_missing_is_told() -> None:
    """Vessels and aircraft are counted, and so is that the files beside the list are not there."""
    assert open_list(DATA / "ofac" / "SDN.CSV").notes == ("left out: vessels (1), aircraft (1)",)
    assert open_list(DATA / "ofac" / "CONS_PRIM.CSV").notes == (
        "no ALT.CSV lies beside it: other names are not known",
        "no ADD.CSV lies beside it: countries are not known",
    )


def test_files_beside_it_go_by_any_case_and_only_their_own_list(tmp_path: Path) -> None:
    """alt.csv is ALT.CSV; names of other lists' parties are counted, and those of vessels are passed over."""
    folder = Path(copytree(DATA / "ofac", tmp_path / "ofac"))
    (folder / "ALT.CSV").rename(folder / "alt.csv")
    with (folder / "alt.csv").open("a") as file:
        file.write('99,1,"aka","WHO IS THIS",-0- \n4234,1,"aka","A SHIP",-0- \n36,1,"fka","OLD NAME",-0- \n')
    found = open_list(folder / "SDN.CSV")
    assert names(parties(found)["ofac-36"])[-1] == ("OLD NAME", NameKind.FORMER)
    assert found.notes == (
        "left out: vessels (1), aircraft (1), rows of alt.csv about parties that are not on the list (1)",
    )


def test_remarks_go_on_in_another_file(tmp_path: Path) -> None:
    """What was cut off the remarks is read as if it had not been cut."""
    written(tmp_path, f'7,"EXAMPLE WORKS"{ROW}"Tax ID No. 7707083893 (Russia); Linked To: SOME "\n', "sdn.csv")
    written(tmp_path, '7,"HOLDING."\n', "sdn_comments.csv")
    found = parties(open_list(tmp_path / "sdn.csv"))["ofac-7"]
    assert (found.identifiers, found.because) == (
        {"tax": "7707083893"},
        ("OFAC programme CUBA", "linked to SOME HOLDING"),
    )


def test_numbers_of_persons_are_not_kept(tmp_path: Path) -> None:
    """The tax number of a person is nobody's business; the person is."""
    row = '8,"BODY, Some","individual","CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 123456789 (Italy)."\n'
    (found,) = read(tmp_path, row).parties
    assert (found.is_person, found.identifiers, found.names[0].text) == (True, {}, "BODY, Some")


def test_broken_rows_cost_themselves(tmp_path: Path) -> None:
    """A row of another shape is told with its line, and the others are read."""
    found = read(tmp_path, f'7,"ONE"{ROW}-0- \n8,"TWO"{ROW}-0- \nno number,"x"\n9,"THREE"{ROW}-0- ,"more"\n')
    assert [party.id for party in found.parties] == ["ofac-7", "ofac-8"]
    assert found.notes[2:] == (
        "not read: line 3: no row of a party: a number comes first and the type third",
        "not read: line 4: 13 cells where the header has 12; put names with commas in quotes",
    )


def test_real_list_is_read_to_its_last_row(corpus: Path) -> None:
    """Every row of a whole list is a party, a vessel or an aircraft."""
    found = open_list(corpus / "20-lists-watchman" / "watchman" / "test" / "testdata" / "sdn.csv")
    assert (len(found.parties), sum(len(party.names) for party in found.parties)) == (6839, 18385)
    assert found.notes[0].startswith("left out: vessels (323), aircraft (217), ")
