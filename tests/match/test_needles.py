# SPDX-License-Identifier: Apache-2.0
"""Promises about needles: no expression fits a value in which none of its needles stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from values import SHIPPED

from debar.match.guard import Guard, guard
from debar.match.needles import needles


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("^ezviz (?:studio|client|c[0-9])", ["^ezviz "]),
        ("^(?:hangzhou )?ezviz(?: (?:inc|software))*$", ["^ezviz", "^hangzhou ezviz"]),
        (r"\bzte\b", ["zte"]),
        (r"^ds-\d{4}", ["^ds-"]),
        ("^pkg:(?:npm|pypi)/(?:[^/]+/)*[^/]*ezviz[^/]*$", ["ezviz"]),
        ("a|b", ["a", "b"]),
        ("(?:x7)?", []),
        (r"\d{4}", []),
        ("(?i)ezviz", []),
        ("(?i:ez)viz", ["viz"]),
        ("a|bcd|", []),
        ("(?:ab){2}", ["abab"]),
        ("(?:zvx|qxz)+k", ["qxz", "zvx"]),
        ("(?=foo)qxz(?!bar)", ["qxz"]),
        ("", []),
    ],
)
def test_needles_of_an_expression(expression: str, expected: list[str]) -> None:
    """What must stand in a value is read from the expression; where nothing must, there is none."""
    found = needles(expression)
    assert sorted(expected) == sorted("^" * needle.begins + needle.text for needle in found)


PIECES = st.recursive(
    st.sampled_from(["a", "b", "ab", "[ab]", "[a-z]", "[^a]", r"\d", ".", "x-", " ", r"\b", "^", "$", "é"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda many: f"(?:{'|'.join(many)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,2}"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"(?={one})"),
    ),
    max_leaves=8,
)


@given(st.lists(PIECES, max_size=4), st.text("abcx- 1é\n", max_size=8))
def test_no_guard_stops_a_value_that_fits(expressions: list[str], value: str) -> None:
    """Whatever an expression is made of, a value that it fits is asked about."""
    asked = set(guard(expressions).asked(value))
    assert {n for n, e in enumerate(expressions) if re.search(e, value)} <= asked
    for expression in expressions:
        if re.search(expression, value) and (found := needles(expression)):
            assert any(value.startswith(n.text) if n.begins else n.text in value for n in found)


def test_nearly_no_expression_of_the_register_is_asked_every_time() -> None:
    """An expression without a needle costs every value of its kind; there is a handful at most."""
    always = [table.regexes[n][0] for table in SHIPPED.tables.values() for n in table.guard.always]
    assert len(always) <= 5, always


def test_no_expression_needs_no_guard() -> None:
    """Without expressions nothing is asked."""
    assert Guard() == guard([])
    assert [] == Guard().asked("anything")
