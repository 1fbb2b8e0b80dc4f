# SPDX-License-Identifier: Apache-2.0
"""Promises of joining the names of one asset, and of not joining two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from debar.assets import Assets, joins
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium

MAC, OTHER_MAC = "9c:8e:cd:00:00:01", "9c:8e:cd:00:00:02"


def observation(asset: str, *identifiers: tuple[Kind, str]) -> Observation:
    """Give an observation of an asset with these identifiers."""
    return Observation(
        source="src-1",
        locator="",
        asset=asset,
        label=asset,
        medium=Medium.INVENTORY,
        meaning=Meaning.HARDWARE,
        observables=tuple(Observable(kind, value) for kind, value in identifiers),
    )


def named(*observations: Observation) -> dict[str, str]:
    """Give the best names after these observations."""
    assets = Assets()
    for one in observations:
        assets.learn(one)
    return assets.names()


def test_address_leads_to_the_host_that_held_it() -> None:
    """Traffic names a client by its address; the lease names the host."""
    assert named(observation("Web01", (Kind.ADDRESS, "10.0.0.5"))) == {"10.0.0.5": "Web01"}


def test_address_that_two_hosts_held_joins_nothing() -> None:
    """An address that changed hands cannot tell whose traffic it was."""
    assert named(observation("a", (Kind.ADDRESS, "10.0.0.5")), observation("b", (Kind.ADDRESS, "10.0.0.5"))) == {}


def test_hardware_address_joins_a_neighbour_and_a_lease() -> None:
    """A neighbour known by its address is the host that the lease of its hardware address names."""
    found = named(
        observation("10.0.0.9", (Kind.ADDRESS, "10.0.0.9"), (Kind.MAC, MAC)), observation("camera", (Kind.MAC, MAC))
    )
    assert found == {"10.0.0.9": "camera", MAC: "camera"}


def test_serial_number_joins_two_agents() -> None:
    """An agent's number and a host name with the same serial number are one machine, called by the host name."""
    found = named(
        observation("agent-007", (Kind.SERIAL, "PF1AB"), (Kind.HOSTNAME, "pc-7")),
        observation("PC-7.example.com", (Kind.SERIAL, "pf1ab")),
    )
    assert found == {"agent-007": "PC-7.example.com", "pc-7": "PC-7.example.com"} or found == {
        "agent-007": "pc-7",
        "pc-7.example.com": "pc-7",
    }


def test_two_host_names_are_two_machines() -> None:
    """A serial number that two differently named hosts claim was invented by their maker, and joins nothing."""
    found = named(
        observation("a", (Kind.SERIAL, "123456"), (Kind.HOSTNAME, "a")),
        observation("b", (Kind.SERIAL, "123456"), (Kind.HOSTNAME, "b")),
    )
    assert found == {}


def test_a_chain_never_makes_one_machine_of_two() -> None:
    """Identifiers that would join two hosts over a third name between them are not followed to the end."""
    found = named(
        observation("a", (Kind.MAC, MAC)),
        observation("10.0.0.9", (Kind.MAC, MAC), (Kind.ADDRESS, "10.0.0.9")),
        observation("b", (Kind.ADDRESS, "10.0.0.9")),
    )
    assert found["10.0.0.9"] == "a"
    assert "a" not in found
    assert "b" not in found


def test_addresses_that_every_machine_has_join_nothing() -> None:
    """Loopback, link-local, made-up and hypervisor addresses are the same on many machines."""
    shared = [
        (Kind.ADDRESS, "127.0.0.1"),
        (Kind.ADDRESS, "fe80::1"),
        (Kind.ADDRESS, "169.254.0.7"),
        (Kind.MAC, "00:50:56:c0:00:08"),
        (Kind.MAC, "02:42:ac:11:00:02"),
        (Kind.MAC, "00:00:00:00:00:00"),
    ]
    assert named(observation("a", *shared), observation("10.0.0.1", *shared)) == {}


def test_only_identifiers_join() -> None:
    """What an asset has installed says nothing about its names."""
    assert not joins([Observable(Kind.NAME, "a"), Observable(Kind.DOMAIN, "b.example")])
    assert joins([Observable(Kind.NAME, "a"), Observable(Kind.MAC, MAC)])


NAMES = st.sampled_from(["a", "b", "b.example", "10.0.0.1", "10.0.0.2", MAC])
IDENTIFIERS = st.sampled_from(
    [(Kind.MAC, MAC), (Kind.MAC, OTHER_MAC), (Kind.ADDRESS, "10.0.0.1"), (Kind.SERIAL, "S1"), (Kind.HOSTNAME, "b")]
)


@given(st.lists(st.tuples(NAMES, st.lists(IDENTIFIERS, max_size=3)), max_size=8), st.randoms())
def test_names_do_not_depend_on_order(drawn: list[tuple[str, list[tuple[Kind, str]]]], chance: object) -> None:
    """The same observations in any order give the same names; none is called by itself, and no name needs a second step."""
    observations = [observation(asset, *identifiers) for asset, identifiers in drawn]
    found = named(*observations)
    assert named(*reversed(observations)) == found
    assert all(name != best.casefold() for name, best in found.items())
    assert not {best.casefold() for best in found.values()} & set(found)


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.lists(IDENTIFIERS, max_size=3)), max_size=8))
def test_different_hosts_are_never_one(drawn: list[tuple[str, list[tuple[Kind, str]]]]) -> None:
    """Whatever identifiers two hosts share, neither is ever called by the name of the other."""
    plain = [(asset, [i for i in identifiers if i[0] is not Kind.HOSTNAME]) for asset, identifiers in drawn]
    found = named(*(observation(asset, *identifiers) for asset, identifiers in plain))
    assert found.get("a", "a") == "a"
    assert found.get("b", "b") == "b"
