# SPDX-License-Identifier: Apache-2.0
"""Promises of the keys under which names and numbers are found."""

import pytest

from debar.screen import keys, names
from debar.screen.keys import PREFIX


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Da-Hua (HK) Co., Ltd.", "dahuahkcoltd"),
        ("ABCD-1234 ef", "abcd1234ef"),
        ("\uff15\uff15\uff15-01", "55501"),
        ("\u0445\u0438\u043a\u0432\u0438\u0436\u043d", "khikvizhn"),
        ("\u534e\u4e3a", "\u534e\u4e3a"),
        ("--- .", ""),
    ],
)
def test_letters_and_digits_alone(text: str, letters: str) -> None:
    """What only parts a name or a number is gone, and neither capitals nor the script make a difference."""
    assert keys.plain(text) == letters


def test_plain_letters_stay_as_they_are() -> None:
    """Making it plain a second time changes nothing."""
    for text in (
        "Hikvision Europe B.V.",
        "INN 7713140469",
        "\u041b\u0430\u0431\u043e\u0440\u0430\u0442\u043e\u0440\u0438\u044f",
    ):
        assert keys.plain(keys.plain(text)) == keys.plain(text)


def test_a_name_is_found_by_how_it_begins() -> None:
    """Without spaces and legal forms; all of a short name."""
    assert keys.prefix(names.parse("Hangzhou Hikvision Co., Ltd.")) == "hangzhouhikvision"[:PREFIX]
    assert keys.prefix(names.parse("Da Hua Ltd")) == "dahua"
