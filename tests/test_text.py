# SPDX-License-Identifier: Apache-2.0
"""Promises about text made comparable and safe to print."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from debar import text

ANY = st.text(max_size=60)
NASTY = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("\x00\t\n\r\x1b\x7f\x85\x9b\u200b\u200e\u202a\u202e\u2066\u2069\ufeff®™İßﬁｋ"),
    ),
    max_size=40,
)
DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Unicode property Bidi_Control."""
PURLISH = st.lists(st.sampled_from([*"abCD/@?#%.:-", "pkg:", "npm", "%40", "%2F", "%25", "1.0", "ü"]), max_size=12).map(
    "".join
)


@pytest.mark.parametrize(
    "normal", [text.fold, text.header, text.domain, text.path, text.registry], ids=lambda f: f.__name__
)
@given(value=NASTY)
@example(value="Ⓚaspersky™ LAB")
@example(value="ǰ İ ΐ ŉ")
def test_normal_forms_are_stable(normal: Callable[[str], str], value: str) -> None:
    """Making comparable what already is changes nothing."""
    assert normal(value) == normal(normal(value))


@given(ANY, st.sampled_from([str.upper, str.lower, str.title]))
def test_words_compare_without_case(value: str, change: Callable[[str], str]) -> None:
    """Case in plain letters never tells two names apart."""
    plain = value.encode("ascii", "ignore").decode()
    assert text.fold(plain) == text.fold(change(plain))


@given(NASTY)
def test_folded_words_have_single_spaces(value: str) -> None:
    """Folded text has no punctuation, no double or outer space."""
    folded = text.fold(value)
    assert folded == " ".join(folded.split())
    assert all(c == " " or c.isalnum() for c in folded)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Kaspersky® Endpoint-Security™ (x64)", "kaspersky endpoint security x64"),
        ("АО «Лаборатория Касперского»", "ао лаборатория касперского"),
        ("ＫＡＳＰＥＲＳＫＹ　Ｌａｂ", "kaspersky lab"),  # noqa: RUF001
        ("kaspersky_lab, inc.", "kaspersky lab inc"),
        ("カスペルスキー", "カスペルスキー"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_words_are_folded(value: str, expected: str) -> None:
    """Trade marks, width, punctuation and underscores do not count."""
    assert expected == text.fold(value)


def test_a_header_has_no_spaces() -> None:
    """Column headers compare without case, spaces and punctuation."""
    assert "suppliername" == text.header("Supplier_Name ") == text.header("supplierName")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("pkg:npm/%40kaspersky/hexa-ui@1.2.3", "pkg:npm/@kaspersky/hexa-ui"),
        ("pkg:npm/@kaspersky/hexa-ui@1.2.3", "pkg:npm/@kaspersky/hexa-ui"),
        ("pkg:npm/@kaspersky/hexa-ui", "pkg:npm/@kaspersky/hexa-ui"),
        ("pkg:npm/%40kaspersky/hexa-ui", "pkg:npm/@kaspersky/hexa-ui"),
        ("pkg:npm/lodash@4.17.21", "pkg:npm/lodash"),
        ("pkg:npm/lodash", "pkg:npm/lodash"),
        ("pkg:maven/com.kaspersky/kaspresso@1.5?type=aar", "pkg:maven/com.kaspersky/kaspresso"),
        ("pkg:maven/com.kaspersky/kaspresso?repository_url=https://a.example/b@c", "pkg:maven/com.kaspersky/kaspresso"),
        ("pkg:golang/github.com/KasperskyLab/knp@v1.0.0#cmd/a@b", "pkg:golang/github.com/kasperskylab/knp"),
        ("pkg:golang/github.com/KasperskyLab/knp@v1.0.0?x=1#cmd", "pkg:golang/github.com/kasperskylab/knp"),
        ("pkg:deb/debian/kesl@11.1.0-3013?arch=amd64", "pkg:deb/debian/kesl"),
        ("pkg:docker/a/b@sha256%3Aabc", "pkg:docker/a/b"),
        ("PKG:NPM/Lodash@1", "pkg:npm/lodash"),
    ],
)
def test_package_urls_lose_version_qualifiers_and_subpath(value: str, expected: str) -> None:
    """A package is known by type, namespace and name, however its scope is escaped."""
    assert expected == text.purl(value)


@given(PURLISH, st.sampled_from(["", "@1.0", "?a=b", "#c/d", "@1?a=b#c"]))
def test_package_urls_never_fail(value: str, tail: str) -> None:
    """Any text has a form, in lower case."""
    found = text.purl(value + tail)
    assert found == found.lower()


@given(
    st.sampled_from(["npm", "maven", "golang", "pypi"]),
    st.lists(st.text("abcxyz0-._", min_size=1, max_size=8), min_size=1, max_size=3),
    st.text("0123456789.-+~", min_size=1, max_size=8),
)
def test_a_version_never_matters(kind: str, parts: list[str], version: str) -> None:
    """The same package in two versions has one form, which is stable."""
    bare = f"pkg:{kind}/{'/'.join(parts)}"
    assert bare == text.purl(bare) == text.purl(f"{bare}@{version}") == text.purl(f"{bare}@{version}?a=b/c@d#e/f")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("cpe:2.3:a:kaspersky:endpoint_security:11.0:*:*:*:*:*:*:*", "kaspersky:endpoint_security"),
        ("cpe:2.3:a:Kaspersky:Anti-Virus:*:*:*:*:*:*:*:*", "kaspersky:anti-virus"),
        (r"cpe:2.3:a:kaspersky:anti\-virus:*:*:*:*:*:*:*:*", "kaspersky:anti-virus"),
        (r"cpe:2.3:a:some\:vendor:a\:b:1:*:*:*:*:*:*:*", "some:vendor:a:b"),
        (r"cpe:2.3:a:hp:c\+\+:1:*:*:*:*:*:*:*", "hp:c++"),
        ("cpe:/a:kaspersky:kaspersky_anti-virus:2011", "kaspersky:kaspersky_anti-virus"),
        ("cpe:/a:Kaspersky%20lab:anti%2dvirus", "kaspersky lab:anti-virus"),
        ("CPE:/a:kaspersky_lab:kaspersky_anti-virus:6.0", "kaspersky_lab:kaspersky_anti-virus"),
        ("cpe:/a:kaspersky", ""),
        ("cpe:2.3:a:kaspersky", ""),
        ("cpe:2.3:", ""),
        ("kaspersky:anti-virus", ""),
        ("", ""),
    ],
)
def test_a_cpe_is_vendor_and_product(value: str, expected: str) -> None:
    """Both bindings give the same form, without the escapes."""
    assert expected == text.cpe(value)


def test_an_escaped_colon_in_a_cpe_uri_separates_nothing() -> None:
    """In the URI binding a colon inside a name is written %3a and belongs to the name."""
    assert text.cpe(r"cpe:2.3:a:some\:vendor:product:1:*:*:*:*:*:*:*") == text.cpe("cpe:/a:some%3avendor:product:1")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Kasper <kasper@mail.example>", "mail.example"),
        ("dev@Kaspersky.COM", "kaspersky.com"),
        ("a@b.example, c@d.example", "b.example"),
        ("Debian Maintainers <pkg-x@lists.alioth.debian.org>", "lists.alioth.debian.org"),
        ("nobody", ""),
        ("@scope/name", ""),
        ("a@localhost", ""),
        ("a@", ""),
        ("", ""),
    ],
)
def test_the_domain_of_an_address(value: str, expected: str) -> None:
    """The first e-mail address gives its domain, in lower case; an npm scope is no address."""
    assert expected == text.email_domain(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://www.Kaspersky.com/a?b#c", "www.kaspersky.com"),
        ("https://user:pass@kaspersky.com:8443/x", "kaspersky.com"),
        ("git+ssh://git@github.com/KasperskyLab/knp.git", "github.com"),
        ("//cdn.example.com/a", "cdn.example.com"),
        ("http://example.com.", "example.com"),
        ("https://evil.example/@kaspersky.com", "evil.example"),
        ("https://evil.example?x@kaspersky.com", "evil.example"),
        ("kaspersky.com", ""),
        ("mailto:a@b.example", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_url(value: str, expected: str) -> None:
    """A URL gives its host: neither user nor port, path nor query."""
    assert expected == text.url_domain(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"HKEY_LOCAL_MACHINE\SOFTWARE\KasperskyLab", "hklm/software/kasperskylab"),
        (r"HKLM\Software\KasperskyLab", "hklm/software/kasperskylab"),
        (r"HKEY_CURRENT_USER\X", "hkcu/x"),
    ],
)
def test_a_registry_key_has_its_short_hive(value: str, expected: str) -> None:
    """The long and the short name of a hive compare equal."""
    assert expected == text.registry(value)


def is_steering(character: str) -> bool:
    """Tell whether a character moves the cursor, ends a line or turns the direction of text."""
    return unicodedata.category(character) in ("Cc", "Zl", "Zp") or ord(character) in DIRECTIONS


@given(NASTY)
@example("".join(map(chr, range(0x20))) + "".join(map(chr, range(0x7F, 0xA0))))
@example("\u2028\u2029")
def test_what_is_printed_cannot_steer(value: str) -> None:
    """No control or bidirectional character reaches a terminal."""
    assert [] == [hex(ord(c)) for c in text.printable(value) if is_steering(c)]


def test_every_direction_mark_is_escaped() -> None:
    """Each character that Unicode lists as a bidirectional control is shown as an escape."""
    assert [] == [hex(c) for c in DIRECTIONS if chr(c) in text.printable(f"a{chr(c)}b")]


@given(NASTY)
def test_printing_twice_changes_nothing_more(value: str) -> None:
    """What is safe stays as it is."""
    assert text.printable(value) == text.printable(text.printable(value))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40))
def test_ordinary_text_is_printed_as_it_is(value: str) -> None:
    """Letters, digits, punctuation and spaces of every script stay readable."""
    assert value == text.printable(value)


@given(ANY)
def test_a_phrase_has_a_space_at_both_ends(value: str) -> None:
    """So that "in" means "as whole words"."""
    assert f" {text.fold(value)} " == text.phrase(value)
