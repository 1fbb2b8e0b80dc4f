# SPDX-License-Identifier: Apache-2.0
"""Words of any script in small Latin letters, by sound; characters and scripts of East Asia.

A name in another script is compared letter by letter with one in Latin letters, so that what counts is one spelling for each
sound, near to the spelling that companies use for themselves: Касперский is "kaspersky". Han characters have no one sound
(a name in Latin letters beside them is mostly a translation) and stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 200
"""Letters of the longest text that is remembered."""
_REMEMBERED = 1 << 16

_ADJECTIVES = re.compile("[\u0438\u044b]\u0439\\b")
"""Companies write -sky and -ny where the letters say -skiy and -nyy."""

_KANA_ROWS = (
    ("", "アイウエオ"), ("k", "カキクケコ"), ("g", "ガギグゲゴ"), ("s", "サシスセソ"), ("z", "ザジズゼゾ"), ("t", "タチツテト"),
    ("d", "ダヂヅデド"), ("n", "ナニヌネノ"), ("h", "ハヒフヘホ"), ("b", "バビブベボ"), ("p", "パピプペポ"), ("m", "マミムメモ"),
    ("r", "ラリルレロ"),
)  # fmt: skip
_KANA = {kana: row + vowel for row, series in _KANA_ROWS for kana, vowel in zip(series, "aiueo", strict=True)} | {
    "シ": "shi", "ジ": "ji", "チ": "chi", "ツ": "tsu", "ヂ": "ji", "ヅ": "zu", "フ": "fu", "ヤ": "ya", "ユ": "yu", "ヨ": "yo",
    "ワ": "wa", "ヰ": "i", "ヱ": "e", "ヲ": "o", "ン": "n", "ヴ": "vu", "ー": "",
}  # fmt: skip
_SMALL_VOWELS = dict(zip("ァィゥェォ", "aiueo", strict=True))
_SMALL_GLIDES = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa"}
_HIRAGANA = str.maketrans({chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)})
_KANA_RUN = re.compile("[\u30a1-\u30fa\u30fc]+")
_HISSING = ("sh", "ch", "j")

_HANGUL_RUN = re.compile("[\uac00-\ud7a3]+")
_SILENT, _RIEUL, _FINAL_RIEUL = 11, 5, 8
"""Numbers of parts of syllables: the beginning without a consonant, and r or l at the beginning and at the end."""

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA_LETTERS = "\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d"
_SCRIPTS = {
    "latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a",
    "han": _HAN,
    "kana": _KANA_LETTERS,
    "hangul": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "hebrew": "\u05d0-\u05ea\ufb1d-\ufb4f",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
}
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеосрухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρικυ", "ABEKMHOPCTYXIJSaeocpyxijsABEZHIKMNOPTYXaovpiku"
)
"""Cyrillic and Greek letters, and the Latin ones that look like them."""
_MIXED = re.compile(r"(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[\u0370-\u03ff\u0400-\u052f])[^\W\d_]+")
_DECIDING = re.compile("|".join(f"(?P<{script}>[{letters}])" for script, letters in _SCRIPTS.items()))
_ANY_KANA = re.compile(f"[{_KANA_LETTERS}]")


def latin(text: str) -> str:
    """Give a text in small Latin letters by sound; characters of Han, and what is no letter, stay as they are."""
    if text.isascii():
        return text.lower()
    return _remembered_latin(text) if len(text) <= LONGEST else _latin(text)


def unmixed(text: str) -> str:
    """Give a text whose words of Latin letters have no Cyrillic or Greek ones among them that look the same.

    A word with both is somebody's trick, or a slip of the keyboard; no language writes one so.
    """
    return _MIXED.sub(_unmixed, text)


def _unmixed(found: re.Match[str]) -> str:
    word = found.group()
    meant = word.translate(_LOOK_ALIKE)
    return meant if meant.isascii() else word  # other letters beside them: the word is of the other script


def simplified(text: str) -> str:
    """Give a text with simplified Chinese characters for traditional and Japanese ones."""
    return text if text.isascii() else text.translate(_simplified())


def script_of(text: str) -> str:
    """Give the script of the first letter, or "other": Han beside kana is "kana", for it is Japanese."""
    if text[:1].isascii() and text[:1].isalpha():
        return "latin"
    first = _DECIDING.search(text)
    script = (first and first.lastgroup) or "other"
    return "kana" if script == "han" and _ANY_KANA.search(text) else script


def skeleton(word: str) -> str:
    """Give the consonants of a Latin word by sound, to compare spellings of one name that came through other scripts.

    What is taken for the same, because some script has only one letter for it, or spells it in several ways:
    c, k, q, ck; ks and x; f, ph, v, w (Arabic has f alone, Russian v alone); b and p (Arabic has b alone); kh and h;
    sh, ch, zh, j, dj, shch (Cyrillic and pinyin differ); s and doubled s, and so on for each doubled letter.
    Vowels are dropped, with y, with w behind a consonant and with j that no vowel follows, but for "a" where a word begins with any;
    a final h is silent. It says little of short words: compare four letters or more.
    """
    return (_remembered_skeletons if len(word) <= LONGEST else skeletons)((word,))[0]


def skeletons(words: Sequence[str]) -> list[str]:
    """Give the skeletons of many words, as fast as their letters are read."""
    text = "\n".join([word.replace("\n", "") for word in words])
    for spelling, sound in _SPELLINGS:
        text = spelling.sub(sound, text)
    sounds = _REPEATED.sub(r"\1", text.translate(_ALIKE))
    return _BEGINNING.sub(_BEGUN, sounds).translate(_VOWELS).split("\n") if words else []


class _Letters(NamedTuple):
    """What the letters of scripts sound like."""

    cyrillic: dict[int, str]
    pairs: dict[str, str]
    """Two letters of one sound."""
    others: dict[int, str]
    syllables: dict[str, list[str]]
    """Parts of Korean syllables, by their numbers."""


def _latin(text: str) -> str:
    """1. One form of each letter. 2. Syllables. 3. Cyrillic. 4. Letters without their marks, and those of other scripts."""
    # Composed, because a letter of Cyrillic with a mark is another letter, and each syllable of Hangul has a number.
    plain = unicodedata.normalize("NFKC", text).lower()
    if _ANY_KANA.search(plain):
        plain = _KANA_RUN.sub(_of_kana, plain.translate(_HIRAGANA))
    plain = _HANGUL_RUN.sub(_of_hangul, plain)
    plain = _ADJECTIVES.sub("y", plain).translate(_letters().cyrillic)
    if plain.isascii():
        return plain
    bare = "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
    for pair, sound in _letters().pairs.items():
        bare = bare.replace(pair, sound)
    return unicodedata.normalize("NFKC", bare.translate(_letters().others)).lower()


@cache
def _letters() -> _Letters:
    letters = _Letters({}, {}, {}, {})
    for line in _lines("letters"):
        script, _, rest = line.partition(": ")
        for entry in rest.split():
            if script == "pairs":
                letters.pairs[entry[:2]] = entry[2:]
            elif script in ("initials", "medials", "finals", "linked"):
                letters.syllables.setdefault(script, []).append(entry.strip("-"))
            else:
                (letters.cyrillic if script == "cyrillic" else letters.others)[ord(entry[0])] = entry[1:]
    return letters


@cache
def _simplified() -> dict[int, int]:
    return {ord(pair[0]): ord(pair[1]) for line in _lines("simplified") for pair in line.split()}


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name("words").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line[0] != "#"]


def _of_kana(run: re.Match[str]) -> str:
    """Give a run of katakana in Hepburn's spelling, without long vowels."""
    out: list[str] = []
    doubled = False
    for kana in run.group():
        if kana == "ッ":
            doubled = True
        elif out and kana in _SMALL_VOWELS:
            out[-1] = _with_vowel(out[-1], _SMALL_VOWELS[kana])
        elif out and kana in _SMALL_GLIDES:
            out[-1] = _with_glide(out[-1], _SMALL_GLIDES[kana])
        else:
            sound = _KANA.get(kana) or _SMALL_VOWELS.get(kana) or _SMALL_GLIDES.get(kana, "")
            out.append(("t" if sound.startswith("ch") else sound[:1]) + sound if doubled else sound)
            doubled = False
    return "".join(out)


def _with_vowel(sound: str, vowel: str) -> str:
    """Give a syllable with another vowel: fu and a are "fa", u and i "wi", ku and o "kwo"."""
    return sound[:-1] + ("w" if sound in ("u", "ku", "gu") else "") + vowel


def _with_glide(sound: str, glide: str) -> str:
    """Give a syllable with a glide: ki and ya are "kya", shi and ya "sha"."""
    head = sound[:-1]
    return head + (glide[1:] if head.endswith(_HISSING) else glide)


def _of_hangul(run: re.Match[str]) -> str:
    """Give a run of syllables in the revised romanisation: a syllable is 588 * initial + 28 * medial + final."""
    parts = _letters().syllables
    codes = [ord(syllable) - 0xAC00 for syllable in run.group()]
    out: list[str] = []
    previous = 0
    for code, following in zip(codes, [*codes[1:], -1], strict=True):
        initial, medial, final = code // 588, code % 588 // 28, code % 28
        is_double = initial == _RIEUL and previous == _FINAL_RIEUL
        out += "l" if is_double else parts["initials"][initial], parts["medials"][medial]
        # Before a syllable without a consonant of its own, a final consonant sounds like a first one.
        out.append(parts["linked" if following // 588 == _SILENT else "finals"][final])
        previous = final
    return "".join(out)


_SPELLINGS = (
    (re.compile(r"shch|tsch|sch|tch|zh|sh|ch|dj|dzh|j(?=[aeiou])"), "\0"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ph"), "v"),
    (re.compile(r"(?<=[bdgrt])h|h$", re.MULTILINE), ""),
    (re.compile(r"x"), "ks"),
    (re.compile(r"tz"), "ts"),
    (re.compile(r"(?<=[bcdfghklmnpqrstz])w"), "u"),
    (re.compile(r"[^\0a-z\n]"), ""),
)
_ALIKE = str.maketrans("cqfwp\0j", "kkvvbci")
_REPEATED = re.compile(r"(.)\1+")
_BEGINNING = re.compile(r"^[aeiouy]+", re.MULTILINE)
_BEGUN = "A"
_VOWELS = str.maketrans(_BEGUN, "a", "aeiouy")


_remembered_latin = lru_cache(_REMEMBERED)(_latin)
_remembered_skeletons = lru_cache(_REMEMBERED)(skeletons)
