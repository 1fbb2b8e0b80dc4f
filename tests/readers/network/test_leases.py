# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of DHCP leases."""

import io
import weakref
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import named, sniff
from debar.readers.inputs import Input
from debar.readers.network import leases

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "16-net-other-logs"
ISC = r"""# The format of this file is documented in the dhcpd.leases(5) manual page.
authoring-byte-order little-endian;

lease 10.0.0.5 {
  starts 4 2024/09/19 10:00:00;
  ends 4 2024/09/19 22:00:00;
  binding state active;
  hardware ethernet 00:11:22:AA:bb:cc;
  uid "\001\000\021{;}\"";
  set vendor-class-identifier = "MSFT 5.0";
  client-hostname "pc-5";
  on expiry { set x = "lease 9.9.9.9 {"; }
}
lease 10.0.0.6 { starts epoch 1726740000; # Thu
  hardware ethernet 00:11:22:aa:bb:cd; ends never; }
ia-na "\350\003" {
  cltt 4 2024/09/19 10:00:01;
  iaaddr 2001:db8::5 {
    binding state active;
  }
}
"""
DNSMASQ = """\
1621641561 b8:bc:5b:c3:36:c5 172.17.4.250 TIZEN 01:b8:bc:5b:c3:36:c5
1621598715 06-08:02:8e:47:dd:cf 192.168.0.251 * *
duid 00:01:00:01:28:3c
1621641561 12345678 2001:db8::7 laptop 00:01:00:01
"""
KEA = """\
address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id
192.0.2.3,00:0c:01:02:03:04,01:00:0c,3600,1726743600,1,0,0,cam-1.example.org.,0,{ "a": 1&#x2c "b": 2 },0
192.0.2.4,,,,,1,0,0,,0,,0
"""


def opened(text: str) -> Input:
    """Give an input with this content."""
    source = Input("router/dhcpd.leases", io.BytesIO(text.encode()))
    weakref.finalize(source, source._file.close)  # type: ignore[union-attr]
    return source


def observed(text: str) -> list[Observation]:
    """Read all of a text."""
    return list(leases.read(opened(text)))


def test_dhcpd_lease_gives_address_hardware_and_name() -> None:
    """Braces and semicolons inside quoted texts open and end nothing."""
    first, second, third = observed(ISC)
    assert first == Observation(
        source="",
        locator="line 4",
        asset="pc-5",
        label="pc-5",
        medium=Medium.LEASES,
        meaning=Meaning.MENTION,
        observables=(
            Observable(Kind.ADDRESS, "10.0.0.5"),
            Observable(Kind.MAC, "00:11:22:aa:bb:cc"),
            Observable(Kind.HOSTNAME, "pc-5"),
            Observable(Kind.TEXT, "pc-5"),
            Observable(Kind.TEXT, "MSFT 5.0"),
        ),
        observed_at="2024-09-19T10:00:00Z",
    )
    assert (second.locator, second.asset, second.observed_at) == ("line 14", "10.0.0.6", "2024-09-19T10:00:00Z")
    assert (third.locator, third.observables) == ("line 18", (Observable(Kind.ADDRESS, "2001:db8::5"),))


def test_octal_escapes_are_characters() -> None:
    """A name in another script is written as bytes in octal."""
    (o,) = observed('lease 10.0.0.5 {\n client-hostname "K\\303\\274che\\"";\n}\n')
    assert o.asset == 'Küche"'


def test_dnsmasq_lease_gives_address_hardware_and_name() -> None:
    """An asterisk stands for no name, and the line of the server's own identifier is no lease."""
    found = observed(DNSMASQ)
    assert [(o.locator, o.asset) for o in found] == [
        ("line 1", "TIZEN"),
        ("line 2", "192.168.0.251"),
        ("line 4", "laptop"),
    ]
    assert found[1].observables == (
        Observable(Kind.ADDRESS, "192.168.0.251"),
        Observable(Kind.MAC, "08:02:8e:47:dd:cf"),
    )
    assert found[2].observables == (
        Observable(Kind.ADDRESS, "2001:db8::7"),
        Observable(Kind.HOSTNAME, "laptop"),
        Observable(Kind.TEXT, "laptop"),
    )


def test_kea_lease_begins_at_its_last_renewal() -> None:
    """Expiry less lifetime is when the server last heard of the client."""
    first, second = observed(KEA)
    assert (first.locator, first.asset, first.observed_at) == ("line 2", "cam-1.example.org", "2024-09-19T10:00:00Z")
    assert Observable(Kind.MAC, "00:0c:01:02:03:04") in first.observables
    assert (second.asset, second.observed_at) == ("192.0.2.4", "")


@pytest.mark.parametrize("text", [DNSMASQ + "rubbish\n" * 9, KEA + "rubbish\n" * 9])
def test_broken_lines_are_losses_and_the_rest_is_read(text: str) -> None:
    """Five broken lines are named; the others are one summary."""
    source = opened(text)
    assert source.tally["leases"] == 0
    assert len(list(leases.read(source))) == source.tally["leases"] > 1
    assert len(source.losses) == 6
    assert source.losses[-1] == ("", "4 more broken places")


def test_lease_that_is_cut_off_is_a_loss() -> None:
    """A file copied while the server wrote it says so."""
    source = opened("lease 10.0.0.5 {\n}\nlease 10.0.0.6 {\n  starts 4")
    assert [o.label for o in leases.read(source)] == ["10.0.0.5"]
    assert source.losses == [("line 4", "the file ends inside a lease")]


def test_file_without_leases_is_refused() -> None:
    """Braces alone make no lease file, and an empty one has nothing to say."""
    with pytest.raises(SourceError, match="no lease"):
        observed("int main() { return 0; }\n")
    assert observed("# nothing yet\n") == []


def test_deep_nesting_is_refused() -> None:
    """A file of opening braces does not fill the memory."""
    with pytest.raises(SourceError, match="nested deeper"):
        observed("{" * 1000)


@given(st.text(alphabet='lease10.:{};"\\# \n*', max_size=200))
def test_any_text_is_survived_or_refused(text: str) -> None:
    """Whatever the text, reading ends, with a message if it is not a lease file."""
    try:
        observed("lease 10.0.0.5 {}\n" + text)
    except SourceError as e:
        assert "nested" in e.message


@pytest.mark.skipif(not CORPUS.is_dir(), reason="shared/corpus/16-net-other-logs is not beside the repository")
def test_real_dnsmasq_file_is_read() -> None:
    """Every lease of a real router comes with its address."""
    found = list(leases.read(Input("dnsmasq.leases", CORPUS / "dhcpmon/dnsmasq.leases")))
    assert len(found) == 43
    assert all(o.observables[0].kind is Kind.ADDRESS for o in found)


def test_lease_of_a_client_is_that_of_the_host_it_was_found_on() -> None:
    """Dhclient writes down what it got: the address is that of its own host, and its hardware address is not in it."""
    text = 'lease {\n  interface "eth0";\n  fixed-address 10.0.0.21;\n  option domain-name "example.org";\n}\n'
    source = Input("fleet/web01/var/lib/dhcp/dhclient.leases", io.BytesIO(text.encode()))
    weakref.finalize(source, source._file.close)  # type: ignore[union-attr]
    (o,) = leases.read(source)
    assert (o.asset, o.label, o.locator) == ("web01", "10.0.0.21", "line 1")
    assert o.observables == (Observable(Kind.ADDRESS, "10.0.0.21"), Observable(Kind.TEXT, "example.org"))


def test_lease_without_an_address_says_nothing() -> None:
    """A client's block that was never filled in is no lease."""
    assert observed('lease {\n  interface "eth0";\n}\n') == []


def test_leases_of_addresses_of_version_six_are_recognised() -> None:
    """The file of dhcpd -6 has blocks of identity associations, behind remarks."""
    text = '# The format of this file is documented\nauthoring-byte-order little-endian;\n\nia-na "\\000\\000" {\n'
    text += "  cltt 0 2023/01/01 10:00:00;\n  iaaddr 2001:db8::7 {\n    binding state active;\n  }\n}\n"
    assert sniff.find_reader(opened(text))[0] == named("leases")
    assert [o.observables for o in observed(text)] == [(Observable(Kind.ADDRESS, "2001:db8::7"),)]
