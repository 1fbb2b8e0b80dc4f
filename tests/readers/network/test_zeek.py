# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Zeek logs."""

import io
import json
import weakref
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.inputs import Input
from debar.readers.network import zeek

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
TOP = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"
DNS = TOP + "#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.resp_h\tquery\tqtype_name\tanswers\n"
SSL = TOP + "#path\tssl\n#fields\tts\tid.orig_h\tid.resp_h\tserver_name\tsubject\tissuer\n"
HTTP = TOP + "#path\thttp\n#fields\tts\tid.orig_h\tid.resp_h\tmethod\thost\turi\tuser_agent\n"


def opened(text: str) -> Input:
    """Give an input with this content."""
    source = Input("sensor/some.log", io.BytesIO(text.encode()))
    weakref.finalize(source, source._file.close)  # type: ignore[union-attr]
    return source


def observed(text: str) -> list[Observation]:
    """Read all of a text."""
    return list(zeek.read(opened(text)))


def escaped(text: str) -> str:
    r"""Write a value as Zeek does: what is not plain ASCII, and the separators, as \xNN of its bytes."""
    return "".join(chr(b) if 33 <= b < 127 and b not in b"\\,-#" else f"\\x{b:02x}" for b in text.encode())


def test_query_gives_its_name_and_the_names_and_addresses_of_its_answers() -> None:
    """A DNS row is about the asking host; prose among the answers is left out."""
    row = "1521911720.865716\tC1\t10.47.1.100\t10.0.0.100\tds.kaspersky.com\tA\tds.geo.kaspersky.com,4.28.136.36,2a00::1,TXT 9 v=spf1 a.b\n"
    (o,) = observed(DNS + row)
    assert o == Observation(
        source="",
        locator="line 7",
        asset="10.47.1.100",
        label="ds.kaspersky.com",
        medium=Medium.NETWORK,
        meaning=Meaning.SERVICE_USE,
        observables=(
            Observable(Kind.DOMAIN, "ds.kaspersky.com"),
            Observable(Kind.DOMAIN, "ds.geo.kaspersky.com"),
            Observable(Kind.IP, "4.28.136.36"),
            Observable(Kind.IP, "2a00::1"),
        ),
        observed_at="2018-03-24T17:15:20.865716Z",
    )


def test_tls_connection_gives_name_issuer_and_address() -> None:
    """The certificate's subject only labels the row when no name was asked for."""
    first, second = observed(
        SSL + "1\t10.0.0.1\t9.9.9.9\ta.example\tCN=s\tCN=Root\\x2c O=X\n1\t10.0.0.1\t9.9.9.9\t-\tCN=s\t-\n"
    )
    assert first.observables == (
        Observable(Kind.DOMAIN, "a.example"),
        Observable(Kind.TLS_ISSUER, "CN=Root, O=X"),
        Observable(Kind.IP, "9.9.9.9"),
    )
    assert (second.label, second.observables) == ("CN=s", (Observable(Kind.IP, "9.9.9.9"),))


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("a.example", Observable(Kind.DOMAIN, "a.example")),
        ("a.example:8080", Observable(Kind.DOMAIN, "a.example")),
        ("a.example:", Observable(Kind.DOMAIN, "a.example")),
        ("host1", Observable(Kind.DOMAIN, "host1")),
        ("10.1.2.3:80", Observable(Kind.IP, "10.1.2.3")),
        ("[2001:db8::1]:80", Observable(Kind.IP, "2001:db8::1")),
        ("2001:db8::f", Observable(Kind.IP, "2001:db8::f")),
    ],
)
def test_host_header_loses_its_port(host: str, expected: Observable) -> None:
    """A Host header is a name or an address, whatever port stands behind it."""
    o, called = observed(HTTP + f"1\t10.0.0.1\t9.9.9.9\tGET\t{host}\t/\tAgent/1.0\n")
    assert (called.asset, called.observables) == ("10.0.0.1", (Observable(Kind.BANNER, "Agent/1.0"),))
    assert o.observables == (expected, Observable(Kind.TEXT, "Agent/1.0"), Observable(Kind.IP, "9.9.9.9"))


def test_certificate_row_without_a_host_belongs_to_the_log() -> None:
    """An x509 log names no host; its issuer is all that it gives."""
    text = (
        TOP
        + "#path\tx509\n#fields\tts\tid\tcertificate.subject\tcertificate.issuer\tsan.dns\n1\tF1\tCN=a\tCN=b\tx.example\n"
    )
    (o,) = observed(text)
    assert (o.asset, o.label, o.observables) == ("sensor", "CN=a", (Observable(Kind.TLS_ISSUER, "CN=b"),))


def test_software_is_told_of_the_host_that_shows_it() -> None:
    """What a host says about its software is its banner; what the sensor calls it is prose."""
    text = (
        TOP + "#path\tsoftware\n#fields\tts\thost\tsoftware_type\tname\tunparsed_version\n1\t10.0.0.2\tX\tKAV\tKAV/1\n"
    )
    (o,) = observed(text)
    assert (o.asset, o.observables) == ("10.0.0.2", (Observable(Kind.TEXT, "KAV"), Observable(Kind.BANNER, "KAV/1")))


def test_program_of_a_stranger_is_prose() -> None:
    """Who asks from elsewhere is none of one's own hosts."""
    (o,) = observed(HTTP + "1\t203.0.113.1\t10.0.0.9\tGET\ta.example\t/\tAgent/1.0\n")
    assert Observable(Kind.TEXT, "Agent/1.0") in o.observables


def test_certificate_of_a_host_of_the_own_network_is_told_of_it_once() -> None:
    """A device signs its certificate itself; a server elsewhere is told of who asked."""
    fields = "id.orig_h id.resp_h server_name cipher established issuer subject"
    cells = ("10.0.0.5", "10.0.0.64", "-", "X", "T", "O=Vendor,CN=cam", "O=Vendor,CN=cam")
    asked, shown = row(fields, *cells)
    assert (asked.asset, shown.asset, shown.meaning) == ("10.0.0.5", "10.0.0.64", Meaning.INSTALLED)
    assert shown.observables == (
        Observable(Kind.TLS_ISSUER, "O=Vendor,CN=cam"),
        Observable(Kind.TEXT, "O=Vendor,CN=cam"),
    )
    assert len(row(fields, cells[0], "203.0.113.7", *cells[2:])) == 1


def test_issuer_of_anothers_certificate_is_told_of_who_asked() -> None:
    """An anti-virus that looks into the client's traffic signs every server's certificate anew."""
    fields = "id.orig_h id.resp_h server_name cipher established issuer subject"
    (asked,) = row(fields, "10.0.0.5", "10.0.0.64", "portal.example", "X", "T", "O=Scanner", "CN=portal.example")
    assert asked.asset == "10.0.0.5"


def test_rows_that_name_no_service_are_counted_only() -> None:
    """Empty cells make no observable, and logs such as conn no observation."""
    source = opened(
        DNS + "1\tC\t10.0.0.1\t10.0.0.2\t-\tA\t(empty)\n" + "#fields\tts\tid.orig_h\tproto\n1\t10.0.0.1\ttcp\n"
    )
    assert list(zeek.read(source)) == []
    assert source.tally == {"rows": 2, "rows of other logs": 1}
    assert source.losses == []


def test_new_header_in_mid_file_holds_from_there() -> None:
    """Joined logs change their columns with each header."""
    found = observed(
        DNS + "1\tC\t10.0.0.1\t10.0.0.2\ta.example\tA\t-\n#close\tx\n" + SSL + "2\t10.0.0.3\t9.9.9.9\tb.example\t-\t-\n"
    )
    assert [(o.locator, o.asset, o.label) for o in found] == [
        ("line 7", "10.0.0.1", "a.example"),
        ("line 15", "10.0.0.3", "b.example"),
    ]


def test_separators_and_marks_for_empty_cells_are_those_of_the_file() -> None:
    """A log with other separators says so in its first lines."""
    text = "#separator \\x7c\n#set_separator|;\n#unset_field|NULL\n#fields|ts|id.orig_h|query|answers\n1|h|a.example|b.example;-\n2|h|NULL|NULL\n"
    (o,) = observed(text)
    assert [x.value for x in o.observables] == ["a.example", "b.example"]


def test_broken_rows_are_losses_and_the_rest_is_read() -> None:
    """Five broken rows are named by line; the others are one summary."""
    source = opened(DNS + "too\tshort\n" * 12 + "1\tC\t10.0.0.1\t10.0.0.2\ta.example\tA\t-\n")
    assert [o.locator for o in zeek.read(source)] == ["line 19"]
    assert source.losses[0] == ("line 7", "2 columns where the header has 7")
    assert source.losses[5:] == [("", "7 more broken places")]


def test_rows_without_a_header_are_refused() -> None:
    """Without names for the columns nothing can be read."""
    with pytest.raises(SourceError, match="#fields") as e:
        observed("1521911720.8\tC1\t10.0.0.1\n")
    assert e.value.locator == "line 1"


@pytest.mark.parametrize(
    ("ts", "instant"),
    [
        ("1521911720.865716", "2018-03-24T17:15:20.865716Z"),
        ("1521911720", "2018-03-24T17:15:20Z"),
        ("1521911720.123456789", "2018-03-24T17:15:20.123456Z"),
        ("2018-03-24T17:15:20.609736Z", "2018-03-24T17:15:20.609736Z"),
        ("99999999999999999999", ""),
        ("XXXXXXXXXX.XXXXXX", ""),
        ("-", ""),
    ],
)
def test_instants_are_utc_with_the_digits_of_the_source(ts: str, instant: str) -> None:
    """Epoch or ISO, up to microseconds; what is no instant is left empty."""
    (o,) = observed(DNS + f"{ts}\tC\t10.0.0.1\t10.0.0.2\ta.example\tA\t-\n")
    assert o.observed_at == instant


RECORD = {
    "ts": 1632302615.444328,
    "id.orig_h": "10.0.0.1",
    "id.resp_h": "10.0.0.2",
    "query": "a.example",
    "answers": ["b.example"],
}


def test_json_by_line_or_as_an_array_says_the_same() -> None:
    """Records differ only in how a person finds them."""
    (line,) = observed("\n" + json.dumps(RECORD) + "\n")
    (element,) = observed(json.dumps([RECORD], indent=1))
    assert (line.locator, element.locator) == ("line 2", "/0")
    assert (
        line.observables
        == element.observables
        == (
            Observable(Kind.DOMAIN, "a.example"),
            Observable(Kind.DOMAIN, "b.example"),
        )
    )
    assert (line.asset, line.observed_at) == ("10.0.0.1", "2021-09-22T09:23:35.444328Z")


def test_json_records_are_told_apart_by_their_fields() -> None:
    """A TLS record may lack the name, an object may hold the addresses, other logs are counted."""
    rows = [
        {
            "ts": "2018-03-24T17:15:20Z",
            "id": {"orig_h": "10.0.0.1", "resp_h": "9.9.9.9"},
            "cipher": "X",
            "established": True,
        },
        {"ts": 1, "id.orig_h": "10.0.0.1", "proto": "tcp", "service": "ssl"},
        {"ts": 1, "id.orig_h": "10.0.0.1", "uri": "sip:a@b", "call_id": "1", "user_agent": "phone"},
    ]
    source = opened("\n".join(map(json.dumps, rows)))
    tls, sip, called = zeek.read(source)
    assert called.observables == (Observable(Kind.BANNER, "phone"),)
    assert (tls.asset, tls.label, tls.observables) == ("10.0.0.1", "9.9.9.9", (Observable(Kind.IP, "9.9.9.9"),))
    assert sip.observables == (Observable(Kind.TEXT, "phone"),)
    assert source.tally["rows of other logs"] == 1


def test_json_that_is_broken_or_of_wrong_types_costs_its_record() -> None:
    """Half a line, a bare number and a list for a name are survived."""
    source = opened('{"query": "a.exa\n7\n{"query": [1], "ts": {}}\n{"query": "a.example", "answers": "b", "id": 4}\n')
    assert [o.locator for o in zeek.read(source)] == ["line 4"]
    assert [place for place, _ in source.losses] == ["line 1", "line 2"]


def test_array_that_is_broken_is_refused() -> None:
    """An array that ends early cannot be told from one that was tampered with."""
    with pytest.raises(SourceError, match="not a readable array"):
        observed('[{"query": "a.example"},')


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1).filter(lambda s: s.strip("-") != ""))
def test_escapes_come_back_as_they_were(value: str) -> None:
    """Whatever a client sends as its agent comes back unchanged, separators and all."""
    found = observed(HTTP + f"1\t10.0.0.1\t9.9.9.9\tGET\t-\t/\t{escaped(value)}\n")
    assert found[0].observables[0] == Observable(Kind.TEXT, value) or value == "(empty)"


@given(st.lists(st.text(alphabet="ab.,:-\\x1 \t", max_size=9), max_size=9))
def test_any_cells_are_survived(cells: list[str]) -> None:
    """Whatever the cells, reading ends without an error."""
    assert all(observation.observables for observation in observed(DNS + "\t".join(cells) + "\n"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="shared/corpus is not beside the repository")
def test_real_logs_are_read_without_loss() -> None:
    """TSV and JSON logs of real sensors give their rows."""
    folder = CORPUS / "10-net-zeek-brim/zed-sample-data"
    for name, kind in (
        ("zeek-default/dns.log.gz", Kind.DOMAIN),
        ("zeek-json/ssl.json.gz", Kind.IP),
        ("zeek-default/x509.log", Kind.TLS_ISSUER),
    ):
        source = Input(name, folder / name)
        found = list(zeek.read(source))
        assert len(found) > 100
        assert all(any(x.kind is kind for x in o.observables) for o in found[:100])
        assert source.losses == []


def row(fields: str, *cells: str) -> list[Observation]:
    """Read one row of a log with these columns."""
    return observed(TOP + "#fields\t" + "\t".join(fields.split()) + "\n" + "\t".join(cells) + "\n")


def test_lease_says_who_a_host_is() -> None:
    """A DHCP row joins name, hardware address and address; its vendor class is the host's own word."""
    (o,) = row(
        "ts uids client_addr server_addr mac host_name client_fqdn assigned_addr vendor_class msg_types",
        *(
            "1",
            "C",
            "-",
            "10.0.0.1",
            "02:00:5E:20:00:64",
            "cam",
            "cam.example.org",
            "10.0.0.64",
            "Cam IPC",
            "REQUEST,ACK",
        ),
    )
    assert (o.asset, o.meaning) == ("cam", Meaning.HARDWARE)
    assert [(x.kind, x.value) for x in o.observables] == [
        (Kind.HOSTNAME, "cam"),
        (Kind.TEXT, "cam"),
        (Kind.HOSTNAME, "cam.example.org"),
        (Kind.TEXT, "cam.example.org"),
        (Kind.MAC, "02:00:5e:20:00:64"),
        (Kind.ADDRESS, "10.0.0.64"),
        (Kind.BANNER, "Cam IPC"),
        (Kind.TEXT, "cam.example.org"),
    ]


def test_banner_is_told_of_the_host_that_has_it() -> None:
    """Client and server of SSH each say what they are; the client contacts the server."""
    found = row(
        "ts id.orig_h id.resp_h version auth_attempts client server",
        "1",
        "10.0.0.1",
        "10.0.0.2",
        "2",
        "0",
        "SSH-2.0-A",
        "SSH-2.0-B",
    )
    assert [(o.asset, o.meaning, o.observables[0].value) for o in found] == [
        ("10.0.0.1", Meaning.SERVICE_USE, "10.0.0.2"),
        ("10.0.0.1", Meaning.INSTALLED, "SSH-2.0-A"),
        ("10.0.0.2", Meaning.INSTALLED, "SSH-2.0-B"),
    ]


@pytest.mark.parametrize(
    ("fields", "cells", "asset", "kind", "value"),
    [
        ("ts host", "1 10.0.0.9", "10.0.0.9", Kind.ADDRESS, "10.0.0.9"),
        ("ts host port_num port_proto service", "1 10.0.0.9 554 udp RTSP", "10.0.0.9", Kind.PORT, "554/udp"),
        (
            "ts host port_num subject issuer_subject serial",
            "1 10.0.0.9 443 CN=a CN=ca 1",
            "10.0.0.9",
            Kind.TLS_ISSUER,
            "CN=ca",
        ),
        (
            "ts id.orig_h id.resp_h helo mailfrom rcptto user_agent",
            "1 10.0.0.1 10.0.0.2 h a@b.example - Mail/1",
            "10.0.0.1",
            Kind.TEXT,
            "b.example",
        ),
        (
            "ts id.orig_h id.resp_h version community display_string",
            "1 10.0.0.1 10.0.0.2 1 public Cam",
            "10.0.0.2",
            Kind.BANNER,
            "Cam",
        ),
        (
            "ts id.orig_h id.resp_h username hostname domainname",
            "1 10.0.0.1 10.0.0.2 u DESK W",
            "DESK",
            Kind.HOSTNAME,
            "DESK",
        ),
        (
            "ts id.orig_h id.resp_h cookie security_protocol client_build client_name",
            "1 10.0.0.1 10.0.0.2 - x RDP DESK",
            "DESK",
            Kind.ADDRESS,
            "10.0.0.1",
        ),
        (
            "ts id.orig_h id.resp_h method uri call_id user_agent",
            "1 10.0.0.1 10.0.0.2 REGISTER sip:a 1 Phone/1",
            "10.0.0.1",
            Kind.TEXT,
            "Phone/1",
        ),
        (
            "ts id.orig_h id.resp_h version request.host request.name",
            "1 10.0.0.1 10.0.0.2 5 - a.example",
            "10.0.0.1",
            Kind.DOMAIN,
            "a.example",
        ),
        (
            "ts fuid tx_hosts rx_hosts source filename md5",
            "1 F 198.51.100.1 10.0.0.1 HTTP dir/setup.exe abc",
            "10.0.0.1",
            Kind.FILE,
            "setup.exe",
        ),
        ("ts note msg sub src", "1 N::X seen CN=x 10.0.0.1", "10.0.0.1", Kind.TEXT, "CN=x"),
        (
            "ts id.orig_h id.resp_h proto conn_state",
            "1 10.0.0.1 198.51.100.1 tcp SF",
            "10.0.0.1",
            Kind.IP,
            "198.51.100.1",
        ),
        (
            "ts id.orig_h id.resp_h mac framed_addr",
            "1 10.0.0.1 10.0.0.2 02:00:5e:20:00:64 10.0.0.64",
            "10.0.0.64",
            Kind.MAC,
            "02:00:5e:20:00:64",
        ),
    ],
)
def test_every_log_with_a_host_is_told_from_its_columns(
    fields: str, cells: str, asset: str, kind: Kind, value: str
) -> None:
    """Each log tells something of one host, whatever the file is called."""
    found = row(fields, *cells.split())
    assert (asset, Observable(kind, value)) in [(o.asset, x) for o in found for x in o.observables]


def test_each_contact_counts() -> None:
    """A thousand connections between two hosts are a thousand contacts: the last of them tells how long it went on."""
    fields = TOP + "#fields\tts\tid.orig_h\tid.resp_h\tproto\tconn_state\n"
    source = opened(fields + "1\t10.0.0.1\t198.51.100.1\ttcp\tSF\n" * 1000)
    assert len(list(zeek.read(source))) == 1000
    assert source.tally == {"rows": 1000}


def test_hardware_addresses_of_connections_join_local_hosts() -> None:
    """The originator's frames are its own; those of a distant responder are the router's."""
    found = row(
        "ts id.orig_h id.resp_h conn_state orig_l2_addr resp_l2_addr",
        "1",
        "10.0.0.1",
        "198.51.100.1",
        "SF",
        "02:00:5e:00:00:01",
        "02:00:5e:00:00:fe",
    )
    assert [o.observables for o in found if o.meaning is Meaning.HARDWARE] == [
        (Observable(Kind.MAC, "02:00:5e:00:00:01"), Observable(Kind.ADDRESS, "10.0.0.1"))
    ]


def test_subject_names_the_server_where_the_client_did_not() -> None:
    """A certificate for a name proves the contact with it."""
    (o,) = row(
        "ts id.orig_h id.resp_h server_name subject issuer",
        "1",
        "10.0.0.1",
        "198.51.100.1",
        "-",
        "CN=*.vendor.example",
        "CN=CA",
    )
    assert Observable(Kind.DOMAIN, "vendor.example") in o.observables


def test_columns_without_marks_around_them_are_a_header() -> None:
    """Tools that cut columns out of a log leave only their names."""
    (o,) = observed("ts\tuid\tid.orig_h\tid.resp_h\thost\turi\n1\tC\t10.0.0.1\t198.51.100.1\ta.example\t/\n")
    assert (o.asset, o.label, o.locator) == ("10.0.0.1", "a.example", "line 2")


def test_fields_that_a_shipper_renamed_are_read() -> None:
    """Elastic's names are nested, and other than Zeek's."""
    shipped = {
        "@timestamp": "2026-01-01T10:00:00.000Z",
        "source": {"ip": "10.0.0.1"},
        "destination": {"ip": "198.51.100.1"},
        "zeek": {"ssl": {"server": {"name": "a.example"}, "cipher": "X", "established": True}},
    }
    (o,) = observed(json.dumps(shipped))
    assert (o.asset, o.label, o.observed_at) == ("10.0.0.1", "a.example", "2026-01-01T10:00:00.000Z")


def test_record_that_names_its_log_needs_no_columns() -> None:
    """A failed handshake has neither name nor cipher, but its path says what it is."""
    (o,) = observed(json.dumps({"_path": "ssl", "ts": 1, "id.orig_h": "10.0.0.1", "id.resp_h": "198.51.100.1"}))
    assert o.observables == (Observable(Kind.IP, "198.51.100.1"),)


@pytest.mark.parametrize(
    ("client", "server", "host", "status", "paths"),
    [
        ("10.0.0.5", "10.0.0.64", "10.0.0.64", "200", ["/ISAPI/System"]),
        ("10.0.0.5", "10.0.0.64", "nvr01", "-", ["/ISAPI/System"]),
        ("10.0.0.5", "203.0.113.7", "203.0.113.7:8080", "200", ["/ISAPI/System"]),
        ("10.0.0.5", "203.0.113.7", "www.example.com", "200", []),
        ("10.0.0.5", "10.0.0.64", "10.0.0.64", "404", []),
        ("203.0.113.9", "10.0.0.64", "10.0.0.64", "200", []),
    ],
)
def test_path_that_was_given_is_told_of_the_server(
    client: str, server: str, host: str, status: str, paths: list[str]
) -> None:
    """A scanner asks every server for the pages of every camera; what one's own host asked for and got is there."""
    found = row("id.orig_h id.resp_h host uri status_code", client, server, host, "/ISAPI/System?a=b", status)
    told = [o for o in found for x in o.observables if x.kind is Kind.URL_PATH]
    assert [(o.asset, o.observables[0].value) for o in told] == [(server, path) for path in paths]
