# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of network captures."""

from __future__ import annotations

import ipaddress
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.network import pcap
from opened import observed, values

if TYPE_CHECKING:
    from debar.model.inventory import Observation

CLIENT, SERVER = "10.0.0.1", "198.51.100.1"
MAC, ROUTER = bytes.fromhex("020000000001"), bytes.fromhex("0200000000fe")


def udp(payload: bytes, near: int = 50000, far: int = 53, source: str = CLIENT, target: str = SERVER) -> bytes:
    """Write a datagram with its IP header."""
    return packet(17, struct.pack(">HHHH", near, far, 8 + len(payload), 0) + payload, source, target)


def tcp(payload: bytes, sequence: int = 1, flags: int = 24, *, back: bool = False, port: int = 443) -> bytes:
    """Write a segment with its IP header, from the client or back from the server."""
    near, far = (port, 50000) if back else (50000, port)
    segment = struct.pack(">HHIIBBHHH", near, far, sequence, 0, 0x50, flags, 0, 0, 0) + payload
    return packet(6, segment, *((SERVER, CLIENT) if back else (CLIENT, SERVER)))


def packet(protocol: int, body: bytes, source: str = CLIENT, target: str = SERVER) -> bytes:
    """Write an IPv4 or IPv6 header before a body."""
    near, far = ipaddress.ip_address(source), ipaddress.ip_address(target)
    if near.version == 6:
        return struct.pack(">IHBB", 0x60000000, len(body), protocol, 64) + near.packed + far.packed + body
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0, 64, protocol, 0) + near.packed + far.packed + body


def ethernet(body: bytes, kind: int = 0x0800, tags: bytes = b"") -> bytes:
    """Write a frame."""
    return ROUTER + MAC + tags + struct.pack(">H", kind) + body


def capture(*frames: bytes, link: int = 1, order: str = "<", magic: int = 0xA1B2C3D4) -> bytes:
    """Write a pcap file whose frames come a second after each other."""
    head = struct.pack(f"{order}IHHIIII", magic, 2, 4, 0, 0, 65535, link)
    return head + b"".join(
        struct.pack(f"{order}IIII", 1767225600 + n, 0, len(f), len(f)) + f for n, f in enumerate(frames)
    )


def told(*frames: bytes, link: int = 1) -> list[Observation]:
    """Read a capture of these frames."""
    return observed(pcap, capture(*frames, link=link))[0]


def query(name: str = "a.example") -> bytes:
    """Write a DNS query."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack(">HHHHHH", 1, 0x0100, 1, 0, 0, 0) + labels + b"\0\0\1\0\1"


def hello(name: str = "a.example", padding: int = 0) -> bytes:
    """Write a ClientHello in one record."""
    server = struct.pack(">HHHBH", 0, 5 + len(name), 3 + len(name), 0, len(name)) + name.encode()
    extensions = struct.pack(">HH", 21, padding) + bytes(padding) + server
    body = b"\3\3" + bytes(32) + b"\0" + b"\0\2\x13\x01" + b"\1\0" + struct.pack(">H", len(extensions)) + extensions
    message = b"\1" + len(body).to_bytes(3, "big") + body
    return b"\x16\3\1" + struct.pack(">H", len(message)) + message


def domains(found: list[Observation]) -> list[str]:
    """Give all names, in order."""
    return [name for o in found for name in values(o, Kind.DOMAIN)]


QUERY = udp(query())


@pytest.mark.parametrize(
    ("link", "frame"),
    [
        (1, ethernet(QUERY)),
        (1, ethernet(QUERY, tags=b"\x81\0\0\7")),
        (1, ethernet(QUERY, tags=b"\x88\xa8\0\7\x81\0\0\7")),
        (1, ethernet(b"\0\0\x71\x40" + QUERY, 0x8847)[:14] + b"\0\x01\x61\x40" + QUERY),
        (1, ethernet(b"\x11\0\0\1" + struct.pack(">H", len(QUERY) + 2) + b"\0\x21" + QUERY, 0x8864)),
        (1, ethernet(packet(47, b"\0\0\x08\0" + QUERY))),
        (1, ethernet(packet(4, QUERY))),
        (1, ethernet(udp(b"\x08\0\0\0\0\0\7\0" + ethernet(QUERY), far=4789))),
        (1, ethernet(udp(b"\x30\xff\0\0\0\0\0\1" + QUERY, 2152, 2152))),
        (0, b"\2\0\0\0" + QUERY),
        (0, b"\0\0\0\2" + QUERY),
        (101, QUERY),
        (12, QUERY),
        (228, QUERY),
        (9, b"\xff\x03\x00\x21" + QUERY),
        (113, b"\0\0\0\1\0\6" + MAC + b"\0\0\x08\0" + QUERY),
        (276, b"\x08\0\0\0\0\0\0\1\0\1\0\6" + MAC + b"\0\0" + QUERY),
        (105, b"\x08\x01\0\0" + ROUTER + MAC + ROUTER + b"\0\0" + b"\xaa\xaa\3\0\0\0\x08\0" + QUERY),
        (
            127,
            b"\0\0\x08\0\0\0\0\0\x88\x02\0\0" + ROUTER + ROUTER + MAC + b"\0\0\0\0" + b"\xaa\xaa\3\0\0\0\x08\0" + QUERY,
        ),
        (1, ethernet(udp(query(), source="fd00::1", target="2001:db8::1"), 0x86DD)),
        (1, ethernet(packet(0, b"\x11\0\0\0\0\0\0\0" + udp(query())[20:], "fd00::1", "2001:db8::1"), 0x86DD)),
    ],
)
def test_lookup_is_found_under_every_link_and_tunnel(link: int, frame: bytes) -> None:
    """Ethernet with tags, MPLS, PPPoE, GRE, VXLAN, GTP; loopback, raw, PPP, cooked, wireless; IPv6 with extensions."""
    assert domains(told(frame, link=link)) == ["a.example"]


@pytest.mark.parametrize(
    ("order", "magic"), [("<", 0xA1B2C3D4), (">", 0xA1B2C3D4), ("<", 0xA1B23C4D), (">", 0xA1B23C4D)]
)
def test_either_byte_order_and_resolution_is_read(order: str, magic: int) -> None:
    """Captures of other machines have other byte orders; newer ones count nanoseconds."""
    found, _ = observed(pcap, capture(ethernet(QUERY), order=order, magic=magic))
    assert (domains(found), found[0].locator, found[0].observed_at) == (
        ["a.example"],
        "packet 1",
        "2026-01-01T00:00:00.000000Z",
    )


def block(kind: int, body: bytes, order: str = "<") -> bytes:
    """Write a block of pcapng."""
    body += bytes(-len(body) % 4)
    return struct.pack(f"{order}II", kind, 12 + len(body)) + body + struct.pack(f"{order}I", 12 + len(body))


def section(order: str = "<") -> bytes:
    """Write a section header and an interface that counts nanoseconds."""
    return block(0x0A0D0D0A, struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1), order) + block(
        1, struct.pack(f"{order}HHIHHBxxxHH", 1, 0, 0, 9, 1, 9, 0, 0), order
    )


def enhanced(frame: bytes, order: str = "<", interface: int = 0) -> bytes:
    """Write a packet block of the first second of 2026."""
    moment = 1767225600 * 10**9
    return block(
        6,
        struct.pack(f"{order}IIIII", interface, moment >> 32, moment & 0xFFFFFFFF, len(frame), len(frame)) + frame,
        order,
    )


@pytest.mark.parametrize("order", ["<", ">"])
def test_pcapng_is_read_in_either_byte_order(order: str) -> None:
    """Interfaces say their resolution; blocks of other kinds are stepped over; sections follow each other."""
    whole = section(order) + block(5, bytes(12), order) + enhanced(ethernet(QUERY), order)
    found, source = observed(pcap, whole + section("<") + enhanced(ethernet(udp(query("b.example")))))
    assert domains(found) == ["a.example", "b.example"]
    assert found[0].observed_at == "2026-01-01T00:00:00.000000Z"
    assert source.tally["packets"] == 2


def test_packet_of_an_unknown_interface_is_a_loss() -> None:
    """What no interface describes cannot be taken apart."""
    found, source = observed(pcap, section() + enhanced(ethernet(QUERY), interface=7) + enhanced(ethernet(QUERY)))
    assert domains(found) == ["a.example"]
    assert source.losses[0][1] == "a packet of an interface that the capture does not describe"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (capture(ethernet(QUERY))[:-5], "the capture ends inside a packet"),
        (capture() + b"\0" * 7, "the capture ends inside the header of a packet"),
        (
            capture() + struct.pack("<IIII", 0, 0, 1 << 31, 4),
            "a packet of 2147483648 bytes, more than any capture has; the rest is not read",
        ),
        (
            section() + struct.pack("<II", 6, 1 << 31),
            "a block of 2147483648 bytes, which no capture has; the rest is not read",
        ),
        (section() + struct.pack("<II", 6, 4), "a block of 4 bytes, which no capture has; the rest is not read"),
        (section() + struct.pack("<II", 6, 64) + bytes(8), "the capture ends inside a block"),
        (section() + b"\6\0\0", "the capture ends inside the header of a block"),
        (section() + block(6, b"\0\0\0\0"), "a block too short for what it is"),
    ],
)
def test_capture_that_breaks_off_or_lies_says_so(fault: bytes, reason: str) -> None:
    """Sizes are never believed, and what stands before a fault is kept."""
    _, source = observed(pcap, fault)
    assert source.losses[0][1] == reason


def test_file_without_a_header_is_refused() -> None:
    """Four bytes make no capture."""
    with pytest.raises(SourceError, match="header"):
        observed(pcap, b"\xd4\xc3\xb2\xa1")


def test_answer_gives_names_and_addresses_to_who_asked() -> None:
    """Names are compressed; an address of a name server's own question is not contacted."""
    answer = struct.pack(">HHHHHH", 1, 0x8180, 1, 2, 0, 0) + query()[12:]
    answer += b"\xc0\x0c\0\5\0\1\0\0\0\x3c\0\4\1b\xc0\x0e" + b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + bytes([192, 0, 2, 1])
    (o, *_) = told(ethernet(udp(answer, 53, 50000, SERVER, CLIENT)))
    assert (o.asset, values(o, Kind.DOMAIN), values(o, Kind.IP)) == (CLIENT, ["a.example", "b.example"], ["192.0.2.1"])


def test_name_that_points_to_itself_ends() -> None:
    """A compressed name that goes round in circles is a broken packet."""
    found, source = observed(pcap, capture(ethernet(udp(query()[:12] + b"\xc0\x0c\0\1\0\1"))))
    assert domains(found) == []
    assert source.tally["packets cut off or broken"] == 1


def test_server_name_is_found_in_pieces_that_come_late_and_twice() -> None:
    """A hello of several segments is put together, whatever their order."""
    whole = hello(padding=3000)
    pieces = [(whole[at : at + 700], 1 + at) for at in range(0, len(whole), 700)]
    shuffled = [pieces[n] for n in (0, 2, 2, 1, 4, 0, 3)]
    found = told(*(ethernet(tcp(data, place)) for data, place in shuffled))
    assert domains(found) == ["a.example"]


def test_sequence_numbers_go_round() -> None:
    """A stream may begin just before the largest number."""
    whole, begin = hello(), 0xFFFFFFF0
    frames = [ethernet(tcp(whole[:40], begin)), ethernet(tcp(whole[40:], (begin + 40) & 0xFFFFFFFF))]
    assert domains(told(*frames)) == ["a.example"]


def test_hello_in_many_records_is_one() -> None:
    """A message may be cut into records as small as one likes."""
    message = hello()[5:]
    records = b"".join(
        b"\x16\3\1\0\x10" + message[at : at + 16]
        if len(message[at:]) >= 16
        else b"\x16\3\1" + struct.pack(">H", len(message[at:])) + message[at:]
        for at in range(0, len(message), 16)
    )
    assert domains(told(ethernet(tcp(records)))) == ["a.example"]


def test_gap_in_a_stream_is_not_guessed_over() -> None:
    """Without its middle a hello says nothing."""
    whole = hello(padding=2000)
    assert domains(told(ethernet(tcp(whole[:500])), ethernet(tcp(whole[1000:], 1001)))) == []


def test_connection_is_a_contact_even_if_all_else_is_encrypted() -> None:
    """Who opens a connection contacts the other end; its answer does not."""
    found = told(ethernet(tcp(b"", 0, 2)), ethernet(tcp(b"", 0, 18, back=True)))
    contacts = [(o.asset, values(o, Kind.IP)) for o in found if o.meaning is Meaning.SERVICE_USE]
    assert contacts == [(CLIENT, [SERVER])]


def test_requests_of_one_connection_are_all_read() -> None:
    """A connection that is kept open asks for several hosts; the answer names the server's software."""
    first = b"GET / HTTP/1.1\r\nHost: a.example:8080\r\nUser-Agent: X/1\r\n\r\n"
    second = b"GET / HTTP/1.1\r\nHost: b.example\r\n\r\n"
    answer = b"HTTP/1.1 200 OK\r\nServer: Cam/2\r\n\r\n"
    found = told(
        ethernet(tcp(first, 1, port=80)),
        ethernet(tcp(answer, 1, back=True, port=80)),
        ethernet(tcp(second, 1 + len(first), port=80)),
    )
    assert domains(found) == ["a.example", "b.example"]
    banners = [(o.asset, values(o, Kind.BANNER)) for o in found if values(o, Kind.BANNER)]
    assert banners == [(CLIENT, ["X/1"]), (SERVER, ["Cam/2"])]


@pytest.mark.parametrize(
    ("request_line", "name"),
    [(b"CONNECT c.example:443 HTTP/1.1", "c.example"), (b"GET http://c.example/x HTTP/1.1", "c.example")],
)
def test_proxy_is_asked_for_the_host_behind_it(request_line: bytes, name: str) -> None:
    """Through a proxy the host stands in the first line."""
    found = told(ethernet(tcp(request_line + b"\r\nHost: proxy.example\r\n\r\n", port=3128)))
    assert domains(found) == [name]


@pytest.mark.parametrize(
    ("request_line", "path"),
    [
        (b"DESCRIBE rtsp://10.0.0.64:554/Streaming/Channels/101?a=b RTSP/1.0\r\nCSeq: 1", "/Streaming/Channels/101"),
        (b"GET /cam/realmonitor?channel=1 HTTP/1.1\r\nHost: 10.0.0.64", "/cam/realmonitor"),
        (b"GET http://10.0.0.99/ISAPI/a HTTP/1.1\r\nHost: 10.0.0.99", ""),
        (b"CONNECT 10.0.0.99:443 HTTP/1.1\r\nHost: 10.0.0.99", ""),
    ],
)
def test_path_that_one_asks_another_for_is_told_of_the_server(request_line: bytes, path: str) -> None:
    """Through a proxy it is another server's, and told of none."""
    segment = struct.pack(">HHIIBBHHH", 50000, 554, 1, 0, 0x50, 24, 0, 0, 0) + request_line + b"\r\n\r\n"
    found = told(ethernet(packet(6, segment, "10.0.0.5", "10.0.0.64")))
    assert [(o.asset, v) for o in found for v in values(o, Kind.URL_PATH)] == [("10.0.0.64", path)] * bool(path)


def test_device_that_wants_a_password_names_itself() -> None:
    """The realm is the same in every answer, the rest of the header is not."""
    answer = b'RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm="Login to 4K0", nonce="1"\r\n\r\n'
    found = told(ethernet(tcp(answer, back=True, port=554)))
    assert [values(o, Kind.BANNER) for o in found if o.asset == SERVER] == [['realm="Login to 4K0"']]


def test_greeting_of_a_server_is_its_banner() -> None:
    """SSH, FTP and mail servers say what they are before they are asked."""
    found = told(
        ethernet(tcp(b"SSH-2.0-Cam_1\r\n", port=22, back=True)), ethernet(tcp(b"220 Cam FTP\r\n", port=21, back=True))
    )
    assert [values(o, Kind.BANNER) for o in found if o.asset == SERVER] == [["SSH-2.0-Cam_1"], ["Cam FTP"]]


def test_hello_of_google_quic_is_in_the_clear() -> None:
    """Before TLS the server's name was a tag in a table."""
    tags = (
        b"CHLO"
        + struct.pack("<HH", 2, 0)
        + b"PAD\0"
        + struct.pack("<I", 3)
        + b"SNI\0"
        + struct.pack("<I", 12)
        + b"---a.example"
    )
    assert domains(told(ethernet(udp(b"\x0dQ035" + bytes(20) + tags, far=443)))) == ["a.example"]


def test_same_thing_is_told_once_at_its_first_packet() -> None:
    """A million lookups of a name are one observation."""
    found, source = observed(pcap, capture(*[ethernet(QUERY)] * 500))
    lookups = [o for o in found if o.meaning is Meaning.SERVICE_USE]
    assert [o.locator for o in lookups] == ["packet 1"]
    assert source.tally["packets"] == 500


def test_host_has_the_hardware_address_that_its_frames_come_from() -> None:
    """Frames of a local host come from itself; those of a distant one from the router."""
    found = told(ethernet(QUERY))
    machine = next(o for o in found if o.meaning is Meaning.HARDWARE)
    assert (machine.asset, values(machine, Kind.MAC), values(machine, Kind.ADDRESS)) == (
        CLIENT,
        ["02:00:00:00:00:01"],
        [CLIENT],
    )


def test_later_fragments_and_encrypted_frames_say_nothing() -> None:
    """A fragment has no ports; an encrypted wireless frame has nothing."""
    fragment = bytearray(QUERY)
    fragment[6:8] = b"\0\x10"
    assert told(bytes(fragment), link=101) == []
    assert told(b"\x08\x41\0\0" + bytes(60), link=105) == []


@given(st.binary(max_size=120), st.sampled_from([0, 1, 9, 101, 105, 113, 127, 276]))
def test_any_frame_is_survived(frame: bytes, link: int) -> None:
    """Whatever a frame holds, reading ends without an error."""
    assert isinstance(told(frame, ethernet(frame), link=link), list)


@given(st.binary(max_size=200), st.sampled_from([53, 68, 137, 138, 443, 1900, 3702, 5060, 5353, 5355]))
def test_any_datagram_is_survived(payload: bytes, port: int) -> None:
    """Whatever a datagram holds, to whichever port."""
    begins = (payload, b"\xc0\0\0\0\1\x08" + payload, query()[:12] + payload, b"NOTIFY * HTTP/1.1\r\n" + payload)
    assert isinstance(told(*(ethernet(udp(data, far=port)) for data in begins)), list)


@given(st.binary(max_size=200))
def test_any_segment_is_survived(payload: bytes) -> None:
    """Whatever a stream begins with."""
    begins = (payload, b"\x16\3\1" + payload, hello()[:60] + payload, b"GET / HTTP/1.1\r\n" + payload)
    assert isinstance(told(*(ethernet(tcp(data, port=1000 + n)) for n, data in enumerate(begins))), list)


@given(st.binary(max_size=200))
def test_any_neighbour_is_survived(payload: bytes) -> None:
    """Whatever ARP, LLDP and CDP say."""
    cdp = b"\xaa\xaa\3\0\0\x0c\x20\0" + payload
    frames = ethernet(payload, 0x0806), ethernet(payload, 0x88CC), ethernet(cdp, len(cdp))
    assert isinstance(told(*frames), list)


@given(st.binary(max_size=300))
def test_any_file_is_survived(content: bytes) -> None:
    """Whatever stands behind a header."""
    assert isinstance(observed(pcap, capture() + content)[0], list)
    assert isinstance(observed(pcap, section() + content)[0], list)
