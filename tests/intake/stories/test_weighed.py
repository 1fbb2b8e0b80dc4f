# SPDX-License-Identifier: Apache-2.0
"""Promises of what statements are about: whom, what, and in which words."""

from __future__ import annotations

from msgspec.structs import replace

from debar.intake.stories.weighed import differ, is_narrower, weigh
from debar.model.intake import Span
from debar.model.lexicon import Words
from storied import examined, paper, stated

SCOPES = (
    Words(id="core", purpose="scope", means="network:core", words=("core", "5g core")),
    Words(id="access", purpose="scope", means="network:access", words=("access", "base stations")),
    Words(id="public", purpose="scope", means="who:public", words=("agencies",)),
    Words(id="everyone", purpose="scope", means="who:everyone", words=("companies",)),
    Words(id="other", purpose="place", means="us", words=("agencies",)),
)


def test_subject_and_object_tell_a_scope_before_the_passage() -> None:
    """The passage may speak of others too, so that it counts only for what subject and object leave open."""
    text = "Agencies must clear the core; the access network of companies may stay."
    said = replace(stated("require.remove", "", "a", part="5G core"), span=Span(0, len(text)))
    (found,) = weigh([said], [examined(paper("a", text))], SCOPES)
    assert found.scopes == {("network", "core"), ("who", "public"), ("who", "everyone")}
    assert found.passage == text.casefold()


def test_two_words_make_a_scope_together() -> None:
    """Base stations are access, stations alone nothing."""
    (found,) = weigh([stated("require.remove", "", "a", part="old base stations")], (), SCOPES)
    assert found.scopes == {("network", "access")}
    (other,) = weigh([stated("require.remove", "", "a", part="stations")], (), SCOPES)
    assert other.scopes == frozenset()


def test_statements_differ_only_where_both_say_of_what() -> None:
    """Core and access differ, core and nothing do not, nor do two that share one of their values."""
    core, access, both, none = weigh(
        [stated("require.remove", "", name, part=part) for name, part in zip("abcd", ("core", "access", "core access", "it"), strict=True)],
        (),
        SCOPES,
    )  # fmt: skip
    assert differ(core, access)
    assert not differ(core, both)
    assert not differ(core, none)


def test_one_that_names_agencies_is_narrower_than_one_that_names_nobody() -> None:
    """A rule for agencies says nothing of everybody; one for companies is as wide as one that names nobody."""
    agencies, companies, nobody = weigh(
        [stated("prohibit.use", "", name, part=part) for name, part in zip("abc", ("agencies", "companies", ""), strict=True)],
        (),
        SCOPES,
    )  # fmt: skip
    assert is_narrower(agencies, nobody)
    assert not is_narrower(companies, nobody)
    assert not is_narrower(agencies, companies)


def test_one_that_names_a_part_of_the_network_is_narrower_than_one_that_names_none() -> None:
    """A ban for core networks leaves open what holds of networks in general; what is new or old is no part."""
    core, whole = weigh([stated("prohibit.use", "", "a", part="core"), stated("prohibit.use", "", "b")], (), SCOPES)
    assert is_narrower(core, whole)
    assert not is_narrower(whole, whole)


def test_statements_come_in_the_order_of_papers_and_texts() -> None:
    """Whatever order they are given in, and even if their paper is not at hand."""
    said = [replace(stated("announce", "", name), span=Span(at, at + 1)) for name, at in (("b", 3), ("a", 9), ("a", 2))]
    assert [(one.document, one.statement.span.start) for one in weigh(said, (), ())] == [("a", 2), ("a", 9), ("b", 3)]
