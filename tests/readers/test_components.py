# SPDX-License-Identifier: Apache-2.0
"""Promises about what a component tells of its maker, whichever format declared it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers import components


def pairs(observables: object) -> list[tuple[str, str]]:
    """Give observables as kind and value."""
    return [(str(o.kind), o.value) for o in observables]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Maker Inc", [("publisher", "Maker Inc")]),
        ("Organization: Maker Inc", [("publisher", "Maker Inc")]),
        ("Organization: Maker Inc (info@maker.com)", [("publisher", "Maker Inc"), ("maintainer-domain", "maker.com")]),
        ("Person: Jo Doe ()", [("publisher", "Jo Doe ()")]),
        ("Jo Doe <jo@Maker.com>", [("publisher", "Jo Doe"), ("maintainer-domain", "maker.com")]),
        ("Tool: syft", [("publisher", "syft")]),
        ("NOASSERTION", []),
        ("Organization: NOASSERTION", []),
        ("", []),
        ("NONE", []),
    ],
)
def test_a_maker_is_a_name_and_a_domain(value: str, expected: list[tuple[str, str]]) -> None:
    """The role before it and the address behind it are no part of the name."""
    assert expected == pairs(components.maker(value))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://maker.com/a", [("reference-domain", "maker.com")]),
        ("https://github.com/Maker/ui", [("reference-domain", "github.com"), ("purl", "pkg:github/Maker/ui")]),
        ("https://github.com/Maker/ui.git", [("reference-domain", "github.com"), ("purl", "pkg:github/Maker/ui")]),
        (
            "https://www.github.com/Maker/ui/issues",
            [("reference-domain", "www.github.com"), ("purl", "pkg:github/Maker/ui")],
        ),
        ("https://github.com/Maker/ui#readme", [("reference-domain", "github.com"), ("purl", "pkg:github/Maker/ui")]),
        ("git@github.com:Maker/ui.git", [("reference-domain", "github.com"), ("purl", "pkg:github/Maker/ui")]),
        (
            "git+ssh://git@gitlab.com/Maker/ui.git",
            [("reference-domain", "gitlab.com"), ("purl", "pkg:gitlab/Maker/ui")],
        ),
        ("https://bitbucket.org/Maker/ui", [("reference-domain", "bitbucket.org"), ("purl", "pkg:bitbucket/Maker/ui")]),
        ("https://github.com/Maker", [("reference-domain", "github.com")]),
        ("https://github.com.evil.example/Maker/ui", [("reference-domain", "github.com.evil.example")]),
        ("https://evil.example/github.com/Maker/ui", [("reference-domain", "evil.example")]),
        ("maker.com", []),
        ("NOASSERTION", []),
        ("", []),
    ],
)
def test_a_reference_is_a_domain_and_a_project(url: str, expected: list[tuple[str, str]]) -> None:
    """A forge's own domain says nothing; the project there does."""
    assert expected == pairs(components.reference(url))


@pytest.mark.parametrize(
    ("group", "name", "expected"),
    [
        ("@maker", "ui", [("purl", "pkg:npm/@maker/ui")]),
        ("com.maker.sdk", "core", [("purl", "pkg:maven/com.maker.sdk/core")]),
        ("github.com/Maker", "knp", [("purl", "pkg:golang/github.com/Maker/knp")]),
        ("Maker", "ui", []),
        ("github.community.example/x", "y", []),
    ],
)
def test_a_group_amounts_to_a_package_url(group: str, name: str, expected: list[tuple[str, str]]) -> None:
    """Scopes, reversed domains and forges are told apart; anything else amounts to nothing."""
    assert expected == pairs(components.coordinates(group, name))


def test_prose_is_text() -> None:
    """Descriptions become text, which can only ever be a mention."""
    assert [Observable(Kind.TEXT, "a")] == list(components.prose("", "a", "NOASSERTION"))


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_is_taken(value: str, other: str) -> None:
    """Whatever stands in a field, observables come out, none of them empty."""
    found = [
        *components.maker(value),
        *components.reference(value),
        *components.coordinates(value, other),
        *components.prose(value),
    ]
    assert all(o.value for o in found)


def test_a_group_that_is_an_organisation_is_a_maker() -> None:
    """A group with spaces in it names who made the component."""
    assert [("publisher", "Kaspersky Lab")] == [
        (o.kind, o.value) for o in components.coordinates("Kaspersky Lab", "kav")
    ]
    assert [] == components.coordinates("kaspersky", "kav")
