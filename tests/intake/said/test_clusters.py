# SPDX-License-Identifier: Apache-2.0
"""Promises on utterances that are one, papers that repeat one another, and origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar.intake.examined import Examined
from debar.intake.said.alike import Said, likeness, meanings, stem
from debar.intake.said.alike import said as made
from debar.intake.said.clusters import clusters, copies, origins
from debar.intake.said.speakers import speakers, utterances
from debar.model.intake import Span, Statement
from debar.model.lexicon import Lexicon
from debar.model.vocab.statements import StatedAct

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen
    from debar.register import Register

_ORIGINAL = "“We have weighed the effect of the new rules with care and took the hard and sad choice to leave, as no business can be done,” Norvik said."
_WORDINGS = (
    "“We weighed carefully the effects of the new rules and have taken a sad and hard choice to leave since business cannot be done,” Norvik said.",
    "Norvik said that the effect of the new rules had been weighed, “and took the hard and sad choice to leave the business, which can no more be done.”",
    "“The choice to leave was hard and sad. It was taken with care after weighing the effect of the rules,” the company said of Norvik.",
)
_ARTICLE = (
    "The trade ministry has barred shops from selling cameras of Norvik from the first of July onwards.\n"
    "Owners may keep the cameras that hang on their walls, but the maker can no longer send new software to them.\n"
    "{name} has seen a letter in which the ministry gives its reasons, among them a lack of control over the servers.\n"
    "The maker, which sold its first camera in the country in 2005, has fewer than fifty people there today."
)


def said(text: str, speaker: str) -> Said:
    """Give an utterance as it is compared without words of one meaning."""
    return made(text, speaker, meanings(Lexicon()))


@pytest.fixture
def examine(see: Callable[..., Seen], register: Register) -> Callable[..., Examined]:
    """Give a paper examined, with one statement for each sentence that somebody says."""

    def made(text: str, id_: str = "a", publisher: str = "") -> Examined:
        seen = see(text, id_=id_, publisher=publisher)
        chains = speakers(seen, register.lexicon)
        statements = tuple(
            Statement(
                id=f"{id_}{at}", document=id_, act=StatedAct.ANNOUNCE, said_by=chain, span=Span(one.start, one.end)
            )
            for at, (one, chain) in enumerate(zip(seen.sentences, chains, strict=True))
        )
        return Examined(seen, (), statements, (), chains, utterances(seen, chains))

    return made


def _documents(quotes: tuple[object, ...]) -> list[list[str]]:
    return [[span.document for span in quote.spans] for quote in quotes]  # type: ignore[attr-defined]


def test_one_statement_in_other_words(examine: Callable[..., Examined]) -> None:
    """What somebody said once is one utterance, however it was translated back."""
    papers = [examine(text, id_) for text, id_ in zip((_ORIGINAL, *_WORDINGS[:2]), "abc", strict=True)]
    found = clusters(papers)

    assert _documents(found) == [["a", "b", "c"]]
    assert found[0].speaker == "Norvik"
    assert found[0].text.startswith("We weighed carefully")


def test_other_statements_stay_apart(examine: Callable[..., Examined]) -> None:
    """Two statements of one speaker on one matter are two, though they share its words."""
    papers = [
        examine("“We will take the ban on our cameras to the court in Oslo,” Norvik said.", "a"),
        examine("“The ban on our cameras rests on nothing but fear of Oslo,” Norvik said.", "b"),
    ]

    assert _documents(clusters(papers)) == [["a"], ["b"]]


def test_fragment_joins_its_sentence(examine: Callable[..., Examined]) -> None:
    """Three words in marks belong to the sentence that another paper prints whole."""
    papers = [
        examine(
            "“From July on, Norvik will gradually wind down its operations in the country,” the company said.", "a"
        ),
        examine("Norvik said it would “gradually wind down” its work.", "b"),
    ]

    assert _documents(clusters(papers)) == [["a", "b"]]


def test_words_of_one_meaning(examine: Callable[..., Examined], register: Register) -> None:
    """Translations that share no noun are one utterance where the lexicon calls their words the same."""
    papers = [
        examine("“There is no proof of any danger,” Norvik said.", "a"),
        examine("“There is not any evidence of a threat,” the company said of Norvik.", "b"),
        examine("“There is no proof of any kindness,” Norvik said.", "c"),
    ]

    assert _documents(clusters(papers, register.lexicon)) == [["a", "b"], ["c"]]
    assert _documents(clusters(papers)) == [["a"], ["b"], ["c"]]


def test_short_utterance_twice(examine: Callable[..., Examined]) -> None:
    """The very same few words of one speaker are one utterance; those of two are two."""
    same = [examine("“We are not going,” Norvik said.", id_) for id_ in "ab"]

    assert _documents(clusters(same)) == [["a", "b"]]
    assert _documents(clusters([same[0], examine("“We are not going,” Ada Brekke said.", "c")])) == [["a"], ["c"]]


def test_order_of_papers_does_not_matter(examine: Callable[..., Examined]) -> None:
    """The same papers in another order give the same utterances."""
    papers = [examine(text, id_) for text, id_ in zip((_ORIGINAL, *_WORDINGS), "abcd", strict=True)]

    assert clusters(papers) == clusters(papers[::-1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the cameras go on July 20", "the cameras go on July 21"),
        ("users will be penalised for their cameras", "users will not be penalised for their cameras"),
        ("national security", "security of cameras"),
        ("we go", "we stay"),
        ("", "the cameras go"),
    ],
)
def test_what_speaks_against_one(one: str, other: str) -> None:
    """Other numbers, a denial, or too few words in common: two utterances."""
    assert likeness(said(one, "Norvik"), said(other, "Norvik"), {}) == 0.0


def test_other_speakers_must_say_nearly_the_same() -> None:
    """Likeness that is enough for one speaker is not enough for two."""
    one = "we have weighed the effect of the new rules and leave the northern market"
    other = "after weighing the effect of new rules we regret to leave, with sad hearts"

    assert likeness(said(one, "Norvik"), said(other, "Norvik"), {}) > 0.0
    assert likeness(said(one, "Norvik"), said(other, "Ada Brekke"), {}) == 0.0
    assert likeness(said(one, "Norvik"), said(one, "Ada Brekke"), {}) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Information that a drone has gathered must not leave the country",
            "The information collected by the drone must not go abroad",
        ),
        ("No one has ever phoned us from Oslo, and no proof was put on the table", "Nobody from Oslo rang us ever"),
        ("The data which this camera records stay with us", "Data recorded by the camera remain here with us"),
        ("A date in a statute is not a forecast", "A deadline in the statute is no weather forecast"),
    ],
)
def test_one_person_in_two_translations(register: Register, one: str, other: str) -> None:
    """One person says few things in one story, so that less must be alike."""
    meant = meanings(register.lexicon)
    assert likeness(made(one, "Ada Brekke", meant), made(other, "minister Brekke", meant), {}) > 0.0


def test_a_role_without_a_name_may_be_anyone() -> None:
    """A deputy minister is not somebody else than the person whom another paper names; two names are two people."""
    one, other = "nobody must throw good cameras in bins", "nobody has to throw cameras in any bins"
    assert likeness(said(one, "Ada Brekke"), said(other, "a deputy minister"), {}) > 0.0
    assert likeness(said(one, "Ada Brekke"), said(other, "Olav Nes"), {}) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("evaluated", "evaluation"),
        ("protecting", "protect"),
        ("customers", "customer"),
        ("companies", "company"),
        ("investigations", "investigation"),
    ],
)
def test_stem(one: str, other: str) -> None:
    """Forms of one word have one stem, and short words stay themselves."""
    assert stem(one) == stem(other)
    assert stem("sad") == "sad"


def test_ten_copies_are_one_paper(examine: Callable[..., Examined]) -> None:
    """One article under the names of ten outlets is one group of copies, and its origins do not grow."""
    first = examine(_ARTICLE.format(name="Wirebird"), "p0", publisher="Wirebird")
    again = [examine(_ARTICLE.format(name=f"Herald{at}"), f"p{at}", publisher=f"Herald{at}") for at in range(1, 10)]
    papers = [first, *again]
    found = copies(papers)

    assert found == (tuple(one.paper.id for one in papers),)
    assert origins(papers, found) == origins([first], ())


def test_papers_that_share_a_quotation_are_no_copies(examine: Callable[..., Examined]) -> None:
    """Two papers that print one statement and else nothing in common stand side by side."""
    other = _ARTICLE.format(name="Wirebird").split("\n")
    papers = [examine(f"{_ORIGINAL}\n{other[0]}", "a"), examine(f"{_ORIGINAL}\n{other[1]}\n{other[3]}", "b")]

    assert copies(papers) == ()


def test_same_lead_and_a_shorter_rest_is_a_copy(examine: Callable[..., Examined]) -> None:
    """Who takes over the first sentence and cuts the rest repeats the article."""
    text = _ARTICLE.format(name="Wirebird")
    cut = (
        text.split("\n")[0]
        + "\nNobody else wanted to speak about any of that to our paper on this day of the week, nor on the day before it."
    )

    assert copies([examine(text, "a"), examine(cut, "b")]) == (("a", "b"),)
    assert copies([examine(text, "a"), examine(cut[50:], "b")]) == ()


def test_an_outlet_of_the_story_only_repeats(examine: Callable[..., Examined]) -> None:
    """Who is cited and has a paper in the story is no origin of its own; who has none is."""
    told = examine("According to Wirebird, the cameras go.", "a", publisher="Oslo Times")
    own = examine("The trade ministry said the cameras go.", "b", publisher="Wirebird")

    assert origins([told], ()) == ("Wirebird",)
    assert origins([told, own], ()) == ("trade ministry",)


def test_names_of_one_origin_are_one(examine: Callable[..., Examined]) -> None:
    """Commerce officials and the US Department of Commerce are one origin, by the name given most often."""
    papers = [
        examine("The US Department of Commerce said the cameras go.", "a"),
        examine("Commerce officials say that the cameras go.", "b"),
        examine("Norvik said that it leaves.", "c"),
    ]

    assert origins(papers, ()) == ("US Department of Commerce", "Commerce officials", "Norvik")[::2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to the new ban, the cameras go.", ()),
        ("The report pointed out that the cameras go.", ()),
        ("According to the rule, the cameras go.", ()),
        ("The document says that the cameras go.", ()),
        ("According to reports, the cameras go.", ()),
        ("Officials say that the cameras go.", ()),
        ("Sources said that the cameras go.", ()),
        ("Experts warn that the cameras go.", ()),
        ("Commerce officials say that the cameras go.", ("Commerce officials",)),
        ("The trade ministry said the cameras go.", ("trade ministry",)),
        ("A company representative said that the cameras go.", ("company representative",)),
        ("Norvik said that the cameras go.", ("Norvik",)),
        ("According to The Harbour Post, the cameras go.", ("The Harbour Post",)),
    ],
)
def test_nobody_in_particular_is_no_origin(
    examine: Callable[..., Examined], text: str, expected: tuple[str, ...]
) -> None:
    """The report, the new ban and officials are told with what they say; only whom one could ask is an origin of a story."""
    one = examine(text, "a")

    assert origins([one], ()) == expected
    assert all(statement.said_by for statement in one.statements)


def test_many_papers(examine: Callable[..., Examined]) -> None:
    """Two hundred papers with statements of their own and one in common: one utterance holds that one everywhere."""
    shared = "“The measure takes the market away from us without any reason given,” Norvik said."
    papers = [
        examine(f"{shared}\nMinister Ada Brekke said that point number{at} of plan{at} is settled.", f"p{at:03}")
        for at in range(200)
    ]
    found = clusters(papers)

    assert max(len(quote.spans) for quote in found) == len(papers)


def test_a_paper_without_words(examine: Callable[..., Examined]) -> None:
    """A paper that says nothing has no utterances, repeats nothing and is nobody's."""
    one = examine("Nothing.")
    empty = one._replace(seen=one.seen._replace(paper=replace(one.paper, paragraphs=()), sentences=()), statements=())

    assert clusters([empty]) == ()
    assert copies([empty, empty]) == ()
    assert origins([empty], ()) == ()
