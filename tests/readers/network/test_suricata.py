# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Suricata's event log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.inputs import Input
from debar.readers.network import suricata
from opened import observed, values

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.inventory import Observation

ENDS = {"src_ip": "10.0.0.1", "src_port": 50000, "dest_ip": "198.51.100.1", "dest_port": 443}
MOMENT = {"timestamp": "2026-01-01T10:00:00.5+0200"}


def event(kind: str, **blocks: Any) -> dict[str, Any]:
    """Make an event between the same two ends."""
    return {**MOMENT, "event_type": kind, **ENDS, **blocks}


def told(*events: dict[str, Any]) -> list[Observation]:
    """Read events as lines."""
    return observed(suricata, b"\n".join(map(msgspec.json.encode, events)))[0]


@pytest.mark.parametrize(
    "dns",
    [
        {"type": "query", "rrname": "a.example", "rrtype": "A"},
        {"type": "answer", "rrname": "a.example", "rrtype": "A", "rdata": "192.0.2.1"},
        {
            "version": 2,
            "type": "answer",
            "rrname": "a.example",
            "answers": [{"rrname": "a.example", "rdata": "192.0.2.1"}],
        },
        {"version": 2, "type": "answer", "rrname": "a.example", "grouped": {"A": ["192.0.2.1"]}},
        {"version": 3, "type": "request", "queries": [{"rrname": "a.example", "rrtype": "A"}]},
        {"query": [{"type": "query", "rrname": "a.example"}]},
    ],
)
def test_lookup_is_read_in_every_version(dns: dict[str, Any]) -> None:
    """The shapes of versions 1, 2 and 3, in events and in alerts, give the same name."""
    (o,) = told(event("dns", dns=dns))
    assert (o.asset, values(o, Kind.DOMAIN)) == ("10.0.0.1", ["a.example"])
    assert values(o, Kind.IP) in ([], ["192.0.2.1"])
    assert o.observed_at == "2026-01-01T08:00:00.500000Z"


def test_answer_is_told_of_who_asked() -> None:
    """An event about an answer may name the resolver as its source."""
    turned = {"src_ip": "10.0.0.53", "src_port": 53, "dest_ip": "10.0.0.1", "dest_port": 50000}
    (o,) = told({**event("dns", dns={"type": "answer", "rrname": "a.example"}), **turned})
    assert o.asset == "10.0.0.1"


def test_certificate_names_the_server_where_the_client_did_not() -> None:
    """The subject stands in for a server name that is missing, and only then."""
    tls = {"subject": "CN=*.vendor.example", "issuerdn": "CN=CA", "fingerprint": "aa:bb"}
    (without,) = told(event("tls", tls=tls))
    (with_name,) = told(event("tls", tls={**tls, "sni": "b.example"}))
    assert values(without, Kind.DOMAIN) == ["vendor.example"]
    assert values(with_name, Kind.DOMAIN) == ["b.example"]
    assert (values(with_name, Kind.HASH), values(with_name, Kind.TLS_ISSUER)) == (["aabb"], ["CN=CA"])


def test_headers_of_an_answer_are_told_of_the_server() -> None:
    """Host and agent belong to the client, the Server header to the server; HTTP/2 names them otherwise."""
    http = {
        "request_headers": [{"name": ":authority", "value": "a.example:8443"}, {"name": "user-agent", "value": "X/1"}],
        "response_headers": [{"name": "Server", "value": "Cam/2"}, 7],
    }
    client, server = told(event("http", http=http))
    assert (client.asset, values(client, Kind.DOMAIN), values(client, Kind.TEXT)) == (
        "10.0.0.1",
        ["a.example"],
        ["X/1"],
    )
    assert (server.asset, server.meaning, values(server, Kind.BANNER)) == ("198.51.100.1", Meaning.INSTALLED, ["Cam/2"])


def test_ftp_server_says_what_it_is_when_it_greets() -> None:
    """Of the replies of a session only the greeting names the software."""
    greeting = event("ftp", ftp={"completion_code": ["220"], "reply": ["Cam FTP ready"]})
    other = event("ftp", ftp={"completion_code": ["250"], "reply": ["Directory changed to /cam"]})
    assert [values(o, Kind.BANNER) for o in told(greeting)] == [[], ["Cam FTP ready"]]
    assert [values(o, Kind.BANNER) for o in told(other)] == [[]]


def test_lease_tells_who_a_host_is() -> None:
    """The host of a lease is neither end of the event."""
    dhcp = {
        "client_mac": "02:00:00:00:00:64",
        "assigned_ip": "10.0.0.64",
        "hostname": "cam",
        "vendor_class_identifier": "V",
    }
    o = next(o for o in told(event("dhcp", dhcp=dhcp)) if o.meaning is Meaning.HARDWARE)
    assert (o.asset, values(o, Kind.MAC), values(o, Kind.ADDRESS)) == ("cam", ["02:00:00:00:00:64"], ["10.0.0.64"])
    assert (values(o, Kind.HOSTNAME), values(o, Kind.BANNER)) == (["cam"], ["V"])


def test_hardware_address_of_a_router_is_not_that_of_the_server() -> None:
    """Frames of several addresses come from a router; the client's own are its own."""
    ether = {"src_mac": "02:00:00:00:00:01", "dest_mac": "02:00:00:00:00:fe"}
    far = {"dest_ip": "198.51.100.2"}
    found = told(event("flow", ether=ether), {**event("flow", ether=ether), **far})
    machines = [o for o in found if o.meaning is Meaning.HARDWARE]
    assert [(o.asset, values(o, Kind.MAC)) for o in machines] == [("10.0.0.1", ["02:00:00:00:00:01"])]


def test_each_flow_counts() -> None:
    """A thousand flows between the same hosts are a thousand contacts: the last of them tells how long it went on."""
    found, source = observed(suricata, b"\n".join([msgspec.json.encode(event("flow", flow={}))] * 1000))
    assert [values(o, Kind.IP) for o in found] == [["198.51.100.1"]] * 1000
    assert source.tally == {"events": 1000}


def test_event_inside_one_of_elastic_is_read() -> None:
    """A shipper moves the ends out of the event and nests the rest."""
    shipped = {
        "@timestamp": "2026-01-01T10:00:00.000Z",
        "source": {"ip": "10.0.0.1", "port": 1},
        "destination": {"ip": "198.51.100.1", "port": 443},
        "suricata": {"eve": {"event_type": "tls", "tls": {"sni": "a.example"}}},
    }
    for shape in (shipped, {"_index": "x", "_source": shipped}):
        (o,) = told(shape)
        assert (o.asset, values(o, Kind.DOMAIN), values(o, Kind.IP)) == ("10.0.0.1", ["a.example"], ["198.51.100.1"])


def test_correspondents_are_a_mention_of_their_domains() -> None:
    """Persons stay out of the report; whom one writes to is no technology."""
    (o,) = told(
        event(
            "smtp", smtp={"mail_from": "<a@b.example>", "rcpt_to": ["<c@d.example>"]}, email={"to": ["E <e@d.example>"]}
        )
    )
    assert values(o, Kind.TEXT) == ["b.example", "d.example"]
    assert values(o, Kind.DOMAIN) == []


def test_array_and_lines_say_the_same() -> None:
    """An export as one array differs only in its locators."""
    events = [event("tls", tls={"sni": f"{n}.example"}) for n in range(3)]
    found, _ = observed(suricata, events)
    assert [o.observables for o in found] == [o.observables for o in told(*events)]
    assert [o.locator for o in found] == ["/0", "/1", "/2"]


def test_broken_line_costs_itself() -> None:
    """A log cut off while it was copied keeps what stands before the cut."""
    whole = msgspec.json.encode(event("tls", tls={"sni": "a.example"}))
    found, source = observed(suricata, whole + b"\n" + whole[:70] + b"\n7\n")
    assert [values(o, Kind.DOMAIN) for o in found] == [["a.example"]]
    assert [place for place, _ in source.losses] == ["line 2", "line 3"]


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda x: (
        st.lists(x, max_size=3)
        | st.dictionaries(
            st.sampled_from(["sni", "client", "answers", "rdata", "src_mac", "src_ip", "queries", "hostname"]),
            x,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "timestamp",
                "event_type",
                "src_ip",
                "src_port",
                "dest_ip",
                "dest_port",
                "flow",
                "tls",
                "dns",
                "http",
                "ssh",
                "dhcp",
                "smb",
                "rdp",
                "mdns",
                "arp",
                "ether",
                "smtp",
                "email",
                "suricata",
            ]
        ),
        _JUNK,
    )
)
def test_any_shape_is_survived(junk: dict[str, Any]) -> None:
    """Whatever stands where, reading ends without an error."""
    assert all(o.observables and o.label for o in told({"event_type": "x", **junk}))


def test_text_that_is_no_json_is_refused() -> None:
    """What is not JSON at all says so."""
    with pytest.raises(SourceError, match="JSON"):
        observed(suricata, "[{")


@pytest.mark.parametrize("name", ["suricata_data_training/eve.json", "suricata_data_training/standard.json"])
def test_real_log_is_read_without_loss(corpus: Path, name: str) -> None:
    """Log and array of a real sensor give names, issuers and banners."""
    source = Input(name, corpus / "12-net-suricata" / name)
    found = list(suricata.read(source))
    kinds = {x.kind for o in found for x in o.observables}
    assert {Kind.DOMAIN, Kind.TLS_ISSUER, Kind.BANNER, Kind.IP} <= kinds
    assert source.losses == []


@pytest.mark.parametrize(("status", "paths"), [(200, ["/cam/view"]), (None, ["/cam/view"]), (404, [])])
def test_path_that_was_given_is_told_of_the_server(status: int | None, paths: list[str]) -> None:
    """The server of the own network is what it gave to another host there."""
    http = {"hostname": "10.0.0.64", "url": "/cam/view?channel=1", "status": status}
    found = told({**event("http", http=http), "dest_ip": "10.0.0.64"})
    assert [(o.asset, v) for o in found for v in values(o, Kind.URL_PATH)] == [("10.0.0.64", path) for path in paths]


def test_hosts_of_the_own_network_say_what_they_are() -> None:
    """A client by what it calls itself, a server by a certificate that it signed itself; strangers do neither."""
    tls = {"issuerdn": "O=Vendor, CN=cam", "subject": "O=Vendor, CN=cam"}
    found = told(
        {**event("tls", tls={**tls, "issuerdn": "O=Scanner"}), "dest_ip": "10.0.0.65"},
        {**event("tls", tls=tls), "dest_ip": "10.0.0.64"},
        event("http", http={"hostname": "a.example", "http_user_agent": "Agent/1"}),
        {**event("http", http={"hostname": "a.example", "http_user_agent": "Other/1"}), "src_ip": "203.0.113.9"},
    )
    own = [(o.asset, x.kind, x.value) for o in found if o.meaning is Meaning.INSTALLED for x in o.observables]
    assert own == [
        ("10.0.0.64", Kind.TLS_ISSUER, "O=Vendor, CN=cam"),
        ("10.0.0.64", Kind.TEXT, "O=Vendor, CN=cam"),
        ("10.0.0.1", Kind.BANNER, "Agent/1"),
    ]
