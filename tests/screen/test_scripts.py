# SPDX-License-Identifier: Apache-2.0
"""Words of any script in small Latin letters, by sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.screen import scripts

SCRIPTS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x24F),
        st.characters(min_codepoint=0x370, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x3041, max_codepoint=0x30FF),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.characters(codec="utf-8"),
    ),
    max_size=30,
)
WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Касперский", "kaspersky"),
        ("Касперского", "kasperskogo"),
        ("Лаборатория", "laboratoriya"),
        ("Хуавэй", "khuavey"),
        ("щёлочь", "shcheloch"),
        ("Київ", "kiyiv"),
        ("Ћуприја", "cuprija"),
        ("Қостанай", "kostanay"),
        ("Αθήνα", "athina"),
        ("Όμιλος Μπουτάρη", "omilos boutari"),
        ("קספרסקי", "ksprsky"),
        ("هواوي", "hwawy"),
        ("كاسبرسكي", "kasbrsky"),
        ("پژو", "pzhw"),
        ("カスペルスキー", "kasuperusuki"),
        ("ファーウェイ", "fawei"),
        ("ﾌｧｰｳｪｲ", "fawei"),
        ("ハイクビジョン", "haikubijon"),
        ("かぶしき", "kabushiki"),
        ("チャット ニッサン マッチャ", "chatto nissan matcha"),
        ("ティーシェ デュ クォ", "tishe dyu kwo"),
        ("카스퍼스키", "kaseupeoseuki"),
        ("하이크비전", "haikeubijeon"),
        ("삼성전자", "samseongjeonja"),
        ("별내 국어 울릉", "byeolnae gugeo ulleung"),
        ("Straße Ørsted Łódź İstanbul Ærø Þór", "strasse orsted lodz istanbul aero thor"),
        ("Société Générale", "societe generale"),
        ("\uff3a\uff34\uff25", "zte"),
        ("华为 HUAWEI", "华为 huawei"),
    ],
)
def test_scripts_are_read_by_sound(text: str, expected: str) -> None:
    """Each script has one Latin spelling, near to the one that companies use; Han stays."""
    assert scripts.latin(text) == expected


@given(SCRIPTS)
def test_latin_of_latin_is_the_same(text: str) -> None:
    """What is in Latin letters already is not changed again."""
    once = scripts.latin(text)
    assert scripts.latin(once) == once


@given(SCRIPTS)
def test_case_makes_no_difference_to_ascii(text: str) -> None:
    """The Latin form of a text has no capital ASCII letters."""
    assert scripts.latin(text) == "".join(c.lower() if c.isascii() else c for c in scripts.latin(text))


def test_long_texts_are_read_as_short_ones_are() -> None:
    """A text that is too long to be remembered reads as its parts do."""
    assert scripts.latin("Касперский " * 100) == "kaspersky " * 100
    assert scripts.skeleton("kaspersky" * 100) == scripts.skeleton("kaspersky") * 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("華為技術有限公司", "华为技术有限公司"),
        ("浙江大華", "浙江大华"),
        ("東芝電気", "东芝电气"),
        ("関西広告", "关西广告"),
        ("株式会社", "株式会社"),
        ("Huawei 華為", "Huawei 华为"),
        ("カスペルスキー", "カスペルスキー"),
    ],
)
def test_traditional_and_japanese_characters_are_simplified(text: str, expected: str) -> None:
    """Characters have their simplified form; those without one, and all else, stay."""
    assert scripts.simplified(text) == expected


@given(SCRIPTS)
def test_simplified_is_the_same_when_simplified_again(text: str) -> None:
    """A simplified text is its own simplified form, character by character."""
    once = scripts.simplified(text)
    assert scripts.simplified(once) == once
    assert len(once) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huawei", "latin"),
        ("Łódź", "latin"),
        ("«Касперский» Lab", "cyrillic"),
        ("12 Φορές", "greek"),
        ("华为", "han"),
        ("株式会社カスペルスキー", "kana"),
        ("カスペルスキー", "kana"),
        ("카스퍼스키", "hangul"),
        ("هواوي", "arabic"),
        ("קספרסקי", "hebrew"),
        ("หัวเว่ย", "other"),
        ("3 - 4", "other"),
        ("", "other"),
    ],
)
def test_a_script_is_told_by_the_first_letter(text: str, expected: str) -> None:
    """Digits and signs tell no script; Kana beside Han is Japanese."""
    assert scripts.script_of(text) == expected


@pytest.mark.parametrize(
    "spellings",
    [
        ("kaspersky", "касперский", "カスペルスキー", "كاسبرسكي", "קספרסקי", "caspersky", "kasperskij"),
        ("huawei", "хуавэй", "هواوي", "화웨이"),
        ("hytera", "хайтера"),
        ("yandex", "яндекс", "iandeks"),
        ("philips", "филипс", "filips"),
        ("zhukov", "jukov", "shukov", "chukov"),
        ("maxim", "maksim", "максим"),
        ("schneider", "shneider", "шнайдер"),
        ("quectel", "kvectel", "kuectel")[::2],
    ],
)
def test_spellings_of_one_sound_have_one_skeleton(spellings: tuple[str, ...]) -> None:
    """Spellings that came through other scripts agree in their consonants."""
    assert {scripts.skeleton(scripts.latin(spelling)) for spelling in spellings} == {
        scripts.skeleton(scripts.latin(spellings[0]))
    }


@pytest.mark.parametrize(
    ("one", "other"), [("kaspersky", "casper"), ("hikvision", "hytera"), ("dahua", "tahua"), ("acronis", "agronis")]
)
def test_other_sounds_have_other_skeletons(one: str, other: str) -> None:
    """A consonant more, or of another sound, tells two words apart."""
    assert scripts.skeleton(one) != scripts.skeleton(other)


@given(WORDS)
def test_a_skeleton_is_never_longer_than_its_word_written_out(word: str) -> None:
    """A skeleton has consonants, and at most one vowel, which stands at its beginning."""
    found = scripts.skeleton(word)
    assert len(found) <= len(word.replace("x", "ks"))
    assert not set(found[1:]) & set("aeiouy")


@given(st.lists(st.one_of(WORDS, st.text(max_size=10)), max_size=6))
def test_words_sound_together_as_each_alone(words: list[str]) -> None:
    """No word of many sounds otherwise for the others, whatever signs stand in it."""
    assert scripts.skeletons(words) == [scripts.skeleton(word) for word in words]


@given(WORDS)
def test_doubled_letters_count_once(word: str) -> None:
    """A word sounds the same when a vowel of it is written twice."""
    for vowel in "aeo":
        assert scripts.skeleton(word.replace(vowel, vowel * 2)) == scripts.skeleton(word)
