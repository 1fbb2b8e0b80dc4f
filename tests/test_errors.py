# SPDX-License-Identifier: Apache-2.0
"""Promises about what is said when something is wrong: the word that was probably meant."""

import pytest

from debar.errors import did_you_mean
from debar.model.measures import Measure, Party
from debar.model.vocab import Act, Modality

PARTY = Party.__struct_fields__


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("nam", PARTY, "name"),
        ("names", PARTY, "name"),
        ("alias", PARTY, "aliases"),
        ("legalnames", PARTY, "legal_names"),
        ("blindspots", PARTY, "blind_spots"),
        ("provision", Measure.__struct_fields__, "provisions"),
        ("uze", Act, "use"),
        ("renwe", Act, "renew"),
        ("flowdown", Act, "flow-down"),
        ("prohibitted", Modality, "prohibited"),
        ("license-required", Modality, "licence-required"),
        ("Kaspersky Lab", ["huawei", "kaspersky"], "kaspersky"),
        ("usa", ["au", "eu", "us", "uk"], "us"),
        ("land", PARTY, ""),
        ("x", ["y", "z"], ""),
        ("", PARTY, ""),
        ("word", [], ""),
        ("wordy" * 1000, PARTY, ""),
    ],
)
def test_the_nearest_word_is_offered(word: str, known: list[str], meant: str) -> None:
    """A slip of the fingers goes before a word that is part of another; what is like nothing gets no offer."""
    assert (f"; did you mean {meant!r}?" if meant else "") == did_you_mean(word, known)


def test_every_single_slip_is_found() -> None:
    """A letter left out, doubled or exchanged with the next one, in any word of the vocabulary of three letters or more."""
    words = [str(word) for word in Act]
    for word in words:
        for n in range(len(word) - 1):
            for wrong in (
                word[:n] + word[n + 1 :],
                word[: n + 1] + word[n:],
                word[:n] + word[n + 1] + word[n] + word[n + 2 :],
            ):
                if len(wrong) >= 3 and wrong not in words:
                    offered = did_you_mean(wrong, words)
                    assert offered, wrong
                    assert len(offered) - len("; did you mean ''?") >= len(wrong) - 1
