# SPDX-License-Identifier: Apache-2.0
"""Lists of words that stand in names of many companies."""

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

import debar.screen
from debar.screen import names, native, scripts, words

FOLDER = Path(debar.screen.__file__).with_name("words")
TABLES = ("legal", "market", "numbers", "places", "references", "structure", "trades")
LISTS = (*TABLES, "letters", "ordinary", "particles", "simplified")


def _entries(name: str) -> list[tuple[str, str]]:
    """Give (form, word in front) of a list, as the file has them; either of a|b and each way to read & is one."""
    found = []
    for line in words._lines(name):
        head, _, rest = line.partition(":")
        word = head.split()[0]
        found += [(form, word) for form in (word, *itertools.chain(*words._forms(rest)))]
    return found


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_its_content_origin_and_licence(name: str) -> None:
    """Each file says at its top what it holds, where that comes from and under which licence it is."""
    head = [line for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert head[0].startswith("# SPDX-License-Identifier: Apache-2.0")
    assert any(line.startswith("# Origin: ") for line in head)


def test_every_file_is_a_list_that_is_read() -> None:
    """No list lies about that nobody reads."""
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(LISTS)


@pytest.mark.parametrize("name", TABLES)
def test_a_form_stands_under_one_word(name: str) -> None:
    """What a form is compared as does not depend on the order of lines, and no form is written twice."""
    written = Counter(form for form, _ in _entries(name))
    # A word in front of several lines of its own (one for each place where its forms may stand) is one word.
    heads = Counter(line.partition(":")[0].split()[0] for line in words._lines(name))
    assert {form: count for form, count in written.items() if count > max(1, heads[form])} == {}


@pytest.mark.parametrize("name", TABLES)
def test_forms_are_written_as_words_of_names_are_compared(name: str) -> None:
    """A form that the splitting of names would write otherwise would never be found."""
    assert {form: " ".join(_split(form)) for form, _ in _entries(name) if form != " ".join(_split(form))} == {}


def _split(form: str) -> list[str]:
    """Give the words of a form, of which East Asian ones are kept whole."""
    return [scripts.simplified(form)] if native.is_native(form) else names.split(form)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("market", "trades"),
        ("market", "structure"),
        ("market", "places"),
        ("trades", "structure"),
        ("trades", "places"),
        ("structure", "places"),
    ],
)
def test_lists_that_say_opposite_things_share_no_form(one: str, other: str) -> None:
    """A word says one thing of a name: what is sold, another trade, a rank in a group or a place."""
    assert {form for form, _ in _entries(one)} & {form for form, _ in _entries(other)} == set()


def test_words_that_join_others_are_ordinary() -> None:
    """Particles stand once, in order, and are ordinary words."""
    listed = [word for line in words._lines("particles") for word in line.split()]
    assert listed == sorted(set(listed))
    assert {"and", "of", "the", "und", "de"} <= words.load().particles <= words.load().ordinary


def test_ordinary_words_are_in_no_other_list_that_would_hide_them() -> None:
    """Ordinary words are kept apart from what is sold, from places and from other trades, and each stands once, in order."""
    listed = [word for line in words._lines("ordinary") for word in line.split()]
    others = {form for name in ("market", "trades", "structure", "places") for form, _ in _entries(name)}
    assert listed == sorted(set(listed))
    assert set(listed) & others == set()
    assert [word for word in listed if not re.fullmatch("[a-z]+", word)] == []


def test_forms_of_law_that_are_the_same_have_one_word() -> None:
    """Abbreviations, full names and other scripts of one form of law agree."""
    law = words.load()
    assert law.legal["limited"] == law.legal_phrases["co", "ltd"] == "ltd"
    assert law.legal["aktiengesellschaft"] == law.legal["ag"] == "ag"
    assert law.legal["jsc"] == law.legal_phrases["joint", "stock", "company"] == law.legal["ao"] == "ao"
    assert law.legal_phrases["aktsionernoe", "obshchestvo"] == "ao"
    assert law.legal["ojsc"] == law.legal["oao"] == "oao"
    assert law.legal_phrases["obshchestvo", "s", "ogranichennoi", "otvetstvennostiu"] == law.legal["ooo"] == "ooo"
    assert law.legal_phrases["sp", "z", "oo"] == law.legal_phrases["sp", "zoo"] == law.legal["spzoo"] == "spzoo"
    assert law.legal_phrases["gmbh", "co", "kg"] == law.legal_phrases["gmbh", "and", "co", "kg"] == "gmbhcokg"
    assert law.legal["有限公司"] == law.legal["有限责任公司"]
    assert law.legal["株式会社"] == law.legal["株"]


def test_forms_of_law_that_differ_have_different_words() -> None:
    """A GmbH is no AG, an OOO no AO and an LLC no Ltd."""
    law = words.load().legal
    assert (
        len({law[form] for form in ("gmbh", "ag", "ooo", "ao", "oao", "pao", "zao", "llc", "ltd", "inc", "bv", "nv")})
        == 12
    )


def test_forms_of_law_have_families() -> None:
    """What translators take for each other is told, for each form of law."""
    law = words.load()
    assert {law.legal_families[form] for form in ("ltd", "gmbh", "ooo", "llc", "bv", "有限公司")} == {"limited"}
    assert {law.legal_families[form] for form in ("ag", "ao", "plc", "kk", "股份有限公司")} == {"shares"}
    assert set(law.legal.values()) | set(law.legal_phrases.values()) == set(law.legal_families)
    assert set(law.legal_families.values()) == {
        "association", "branch", "cooperative", "foundation", "limited", "partnership", "shares", "sole", "state", "trust",
    }  # fmt: skip


def test_forms_of_law_that_are_words_elsewhere_count_at_an_end_only() -> None:
    """AO, SA, AS, CO, AB, SE, PT, Amba and Coop are words as well; Ltd and GmbH are not."""
    ends = words.load().legal_ends
    assert {"ao", "sa", "as", "co", "ab", "se", "pt", "amba", "coop"} <= ends
    assert ends & {"ltd", "gmbh", "llc", "inc", "plc", "sarl", "spzoo"} == set()


def test_languages_of_a_market_or_a_place_agree() -> None:
    """A market and a place have one word in every language and script."""
    lists = words.load()
    assert {
        lists.market[form]
        for form in ("technology", "tech", "technologies", "tekhnologii", "teknoloji", "tecnologia", "科技", "技术")
    } == {"technology"}
    assert {lists.places[form] for form in ("germany", "german", "deutschland", "allemagne", "germaniya", "德国")} == {
        "germany"
    }
    assert {lists.places[form] for form in ("switzerland", "swiss", "schweiz", "suisse", "svizzera")} == {"switzerland"}
    assert lists.places["uk"] == lists.places_phrases["great", "britain"] != lists.places["usa"]
    assert lists.places_native["深圳"] == lists.places["sz"] == "shenzhen" != lists.places["shanghai"]


def test_words_of_east_asia_come_longest_first() -> None:
    """The longest word at an end of a name is found before a shorter one that it ends with."""
    lists = words.load()
    for every in (lists.legal_native, lists.market_native, lists.structure_native, lists.trades_native):
        assert [len(word) for word in every] == sorted((len(word) for word in every), reverse=True)
        assert all(native.is_native(word) for word in every)
    assert {"股份有限公司", "有限公司", "주식회사"} <= set(lists.legal_native)


def test_processors_are_told_from_other_references() -> None:
    """Who pays for others is known by its words, and no reference is a processor, too."""
    lists = words.load()
    assert {"paypal", "sq", "sumup", "zettle", "klarna", "cleverbridge", "2checkout"} <= lists.processors
    assert {("amzn", "mktp"), ("digital", "river")} <= lists.processor_phrases
    assert {"inv", "ref", "invoice", "gbp", "www", "dba"} <= lists.references
    assert ("trading", "as") in lists.reference_phrases
    assert lists.references & lists.processors == set()
    assert lists.reference_phrases & lists.processor_phrases == set()


def test_numbers_in_words_are_digits() -> None:
    """Number words and ordinals are compared as digits."""
    numbers = words.load().numbers
    assert [numbers[word] for word in ("one", "forty", "third", "fifty")] == ["1", "40", "3rd", "50"]


def test_brands_of_the_register_are_in_no_list() -> None:
    """A brand of its own is no word of a market, and nothing that a name is not compared by."""
    lists = words.load()
    taken = {
        *lists.legal,
        *lists.market,
        *lists.structure,
        *lists.places,
        *lists.trades,
        *lists.references,
        *lists.processors,
        *lists.ordinary,
    }
    brands = {
        "huawei",
        "zte",
        "dji",
        "hikvision",
        "dahua",
        "hytera",
        "kaspersky",
        "quectel",
        "tencent",
        "bytedance",
        "华为",
        "海康威视",
        "大华",
        "中兴",
        "海能达",
    }
    assert brands & taken == set()


def test_lists_are_read_once() -> None:
    """The lists are the same object wherever they are asked for."""
    assert words.load() is words.load()
