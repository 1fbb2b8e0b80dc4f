# SPDX-License-Identifier: Apache-2.0
"""Promises of whom a cell of a log says was contacted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.loglines.contacted import FORMS, PATH, observables, requested


def told(form: str, text: str, kind: Kind = Kind.DOMAIN) -> list[str]:
    """Give "kind value" of all that a cell amounts to."""
    return [f"{o.kind} {o.value}" for o in observables(kind, form, text)]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("", "www.example.com.", ["domain www.example.com"]),
        ("", "www.example.com:443", ["domain www.example.com"]),
        ("", "10.0.0.5#5353", ["ip 10.0.0.5"]),
        ("", "10.0.0.5:52589:X0:pc5", ["ip 10.0.0.5"]),
        ("", "[2001:db8::1]:443", ["ip 2001:db8::1"]),
        ("", "2001:db8::1", ["ip 2001:db8::1"]),
        ("", "_ldap._tcp.example.com", ["domain _ldap._tcp.example.com"]),
        ("", "bücher.example", ["domain bücher.example"]),
        ("", "no.host here", ["domain no.host"]),
        ("", "-", []),
        ("", "a\0b.example", []),
        ("url", "https://user:secret@www.example.com:8443/x?y=//z", ["domain www.example.com"]),
        ("url", "www.example.com/index.html", ["domain www.example.com"]),
        ("url", "www.example.com:443", ["domain www.example.com"]),
        ("url", "/index.html", []),
        ("url", "http:///", []),
        ("labels", "(3)www(7)example(3)com(0)", ["domain www.example.com"]),
        ("labels", "(0)", []),
        (
            "answer",
            "192.0.2.1, 2001:db8::1; cdn.example.net.",
            ["ip 192.0.2.1", "ip 2001:db8::1", "domain cdn.example.net"],
        ),
        ("answer", "<CNAME> NXDOMAIN NODATA-IPv4", []),
        ("path", "HIER_DIRECT/192.0.2.1", ["ip 192.0.2.1"]),
    ],
)
def test_a_cell_names_hosts(form: str, text: str, expected: list[str]) -> None:
    """An address is an address wherever it stands; what is no host is nothing."""
    assert expected == told(form, text)


def test_an_address_column_holds_addresses_only() -> None:
    """A name in it is something else than the field says."""
    assert ["ip 192.0.2.1"] == told("", "192.0.2.1", Kind.IP)
    assert [] == told("", "www.example.com", Kind.IP)


def test_prose_stays_as_it_is() -> None:
    """The program that asked is quoted, not taken apart."""
    assert ["text Mozilla/5.0 (X11; rv:1)"] == told("", "Mozilla/5.0 (X11; rv:1)", Kind.TEXT)


def test_a_hardware_address_is_small_with_colons() -> None:
    """As other sources write it, so that it joins."""
    assert ["mac 02:00:00:00:00:0a"] == told("", "02-00-00-00-00-0A", Kind.MAC)
    assert [] == told("", "nonsense", Kind.MAC)


@given(st.sampled_from(["", *FORMS]), st.text(max_size=80))
def test_any_text_is_survived(form: str, text: str) -> None:
    """Whatever a cell holds, hosts have no blank in them."""
    assert not any(" " in o.value for o in observables(Kind.DOMAIN, form, text))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("http://192.168.1.64:8080/ISAPI/System/deviceInfo?format=json", "/ISAPI/System/deviceInfo"),
        ("rtsp://user:word@10.0.0.7:554/cam/realmonitor?channel=1", "/cam/realmonitor"),
        ("192.0.2.1/cam/view", "/cam/view"),
        ("http://[fd00::1]/cam/view#top", "/cam/view"),
        ("http://nvr.lan/cam/view", "/cam/view"),
        ("http://nvr/cam/view", "/cam/view"),
        ("https://www.example.com/cam/view", ""),
        ("https://www.example.com:8443/cam/view", ""),
        ("http://192.0.2.1/", ""),
        ("192.0.2.1:443", ""),
        ("data:text/html,a", ""),
        ("file:///etc/passwd", ""),
        ("/cam/view", ""),
    ],
)
def test_path_is_that_of_a_host_without_a_name_of_the_internet(text: str, path: str) -> None:
    """Such a name says more than any path; queries carry data of persons and are left out."""
    assert [o.value for o in requested(text, [])] == [path] * bool(path)


def test_path_by_itself_belongs_to_the_host_of_its_entry() -> None:
    """Firewalls write host and path into fields of their own."""
    address, name = Observable(Kind.IP, "192.168.1.64"), Observable(Kind.DOMAIN, "www.example.com")
    assert [Observable(Kind.URL_PATH, "/ISAPI/a")] == [*requested("/ISAPI/a?b=c", [address])]
    assert () == requested("/ISAPI/a", [address, name])


@given(st.text(max_size=80), st.text(max_size=9999))
def test_any_address_of_a_page_is_survived(host: str, path: str) -> None:
    """A path begins with a slash and is not endless."""
    assert all(o.value[0] == "/" and len(o.value) <= PATH + 1 for o in requested(f"http://{host}/{path}", []))
