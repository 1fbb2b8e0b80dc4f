# SPDX-License-Identifier: Apache-2.0
"""Promises of who is said to have made a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.intake.mentions.mention import Mention
from debar.intake.stories.parties import addressees, parties
from debar.intake.stories.weighed import weigh
from debar.model.intake import Span
from debar.model.lexicon import Words
from debar.model.vocab.statements import Severity
from storied import examined, paper, stated

if TYPE_CHECKING:
    from debar.intake.examined import Examined
    from debar.model.intake import Conflict


def telling(name: str, text: str, *authors: tuple[str, str, str], act: str = "prohibit.sell") -> Examined:
    """Give a paper of one sentence that names authors: words, kind, id."""
    mentions = []
    for said, kind, id_ in authors:
        at = text.index(said)
        form = "seat" if kind == "place" else "name"
        mentions.append(Mention(at, at + len(said), kind, id_, said, jurisdiction="us", form=form))
    statement = replace(stated(act, "", name), span=Span(0, len(text)))
    return examined(paper(name, text), statement, mentions=tuple(mentions))


def told(*papers: Examined) -> list[Conflict]:
    return list(parties(weigh([said for one in papers for said in one.statements], papers, ()), papers))


COMMERCE = telling("a", "The ban by the Commerce Department hits it.", ("Commerce Department", "authority", "us-commerce"))  # fmt: skip
BUREAU = telling("b", "The bureau's ban hits it.", ("bureau", "authority", "us-bis"))
HEAD = telling("c", "The ban imposed by the Biden administration hits it.", ("Biden administration", "place", "us"))


def test_a_department_and_the_head_of_state_are_two_authors() -> None:
    """Who has to be asked for leave is another, though nobody acts on another day: minor."""
    (found,) = told(COMMERCE, HEAD)
    assert {value.value for value in found.values} == {"us-commerce", "head of state or government"}
    assert found.severity is Severity.MINOR


def test_authorities_that_one_paper_names_together_are_one() -> None:
    """A bureau of a department is no rival of it, once some passage puts the two together."""
    assert len(told(COMMERCE, BUREAU)) == 1
    both = telling("d", "The ban by the Commerce Department and its bureau.", ("Commerce Department", "authority", "us-commerce"), ("bureau", "authority", "us-bis"))  # fmt: skip
    assert told(COMMERCE, BUREAU, both) == []


def test_who_only_comments_made_nothing() -> None:
    """An authority counts where the ban is its own, or it is the subject; not where it is merely named."""
    aside = telling("b", "The ban was welcomed in talks with the FBI.", ("FBI", "authority", "us-fbi"))
    assert told(COMMERCE, aside) == []
    condemned = telling("b", "The FBI's criticism of it.", ("FBI", "authority", "us-fbi"), act="condemn")
    assert told(COMMERCE, condemned) == []


def test_who_prints_it_did_not_make_it() -> None:
    """An office that posts an order on its site is no rival of the one that issued it."""
    issued = telling("a", "An order by the Commerce Department.", ("Commerce Department", "authority", "us-commerce"), act="issue")  # fmt: skip
    posted = telling("b", "An order posted by the GSA.", ("GSA", "authority", "us-gsa"), act="issue")
    made = telling("b", "An order signed by the GSA.", ("GSA", "authority", "us-gsa"), act="issue")
    assert told(issued, posted) == []
    assert len(told(issued, made)) == 1


def test_the_government_may_be_any_authority() -> None:
    """The government and its department are no rivals."""
    vague = telling("b", "The ban by the government hits it.", ("government", "authority", "us-government"))
    assert told(COMMERCE, vague) == []


def test_one_paper_alone_names_no_rivals() -> None:
    """Two authors in one paper are two steps that it tells."""
    text = "The ban by the Commerce Department. The bureau's ban."
    one = telling("a", text, ("Commerce Department", "authority", "us-commerce"))
    first = replace(one.statements[0], span=Span(0, 35))
    second = replace(one.statements[0], id="other", span=Span(36, len(text)))
    bureau = Mention(40, 46, "authority", "us-bis", "bureau", jurisdiction="us")
    seen = one.seen._replace(mentions=(*one.seen.mentions, bureau))
    assert told(one._replace(seen=seen, statements=(first, second))) == []


SCOPES = (
    Words(id="public", purpose="scope", means="who:public", words=("agencies",)),
    Words(id="everyone", purpose="scope", means="who:everyone", words=("citizens",)),
)


def hit(*whom: tuple[str, str]) -> list[Conflict]:
    """Give conflicts over whom a ban on use hits, each statement by its paper and its object."""
    return list(addressees(weigh([stated("prohibit.use", "", name, part=part) for name, part in whom], (), SCOPES)))


def test_a_ban_for_everybody_and_one_for_agencies_are_a_conflict() -> None:
    """Whom a ban hits decides who must act: material."""
    (found,) = hit(("a", "agencies"), ("b", "citizens"))
    assert [(value.value, [fact[0] for fact in value.facts]) for value in found.values] == [("everybody", ["b"]), ("public", ["a"])]  # fmt: skip
    assert found.severity is Severity.MATERIAL


def test_a_paper_that_tells_of_both_rules_contradicts_nobody() -> None:
    """One rule for agencies and one for all are two rules, as the paper that names both says."""
    assert hit(("a", "agencies"), ("a", "citizens"), ("b", "citizens")) == []


def test_a_ban_that_names_nobody_is_no_side() -> None:
    """Who does not say whom it hits has said nothing against anybody."""
    assert hit(("a", "agencies"), ("b", "routers")) == []
