# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Wazuh inventories."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.inventory import Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.inventory import wazuh
from opened import observed, opened, values


def answer(*items: object) -> dict[str, object]:
    """Give an answer of the API."""
    return {"data": {"affected_items": list(items), "total_affected_items": len(items), "failed_items": []}, "error": 0}


def told(*items: object) -> list[Observation]:
    """Read items of an answer, without the machine."""
    return [o for o in observed(wazuh, answer(*items))[0] if Kind.HOSTNAME not in {x.kind for x in o.observables}]


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        ("deb", {Kind.PACKAGE: ["a_b"]}),
        ("rpm", {Kind.PACKAGE: ["a_b"]}),
        ("win", {Kind.NAME: ["a_b"]}),
        ("pypi", {Kind.NAME: ["a_b"], Kind.PURL: ["pkg:pypi/a-b"]}),
        ("npm", {Kind.NAME: ["a_b"], Kind.PURL: ["pkg:npm/a_b"]}),
    ],
)
def test_format_of_a_package_tells_what_its_name_is(form: str, kinds: dict[Kind, list[str]]) -> None:
    """A package of the system, a program of Windows, or a package of a language."""
    (o,) = told({"name": "a_b", "format": form, "version": "1", "vendor": " "})
    assert kinds == {kind: values(o, kind) for kind in {x.kind for x in o.observables}}


def test_package_gives_maker_path_and_time() -> None:
    """The API's short names and the indexer's nested ones say the same."""
    short = {"scan": {"time": "2024/05/02 09:30:11"}, "name": "agent", "format": "deb", "version": "1"}
    short |= {"vendor": "Lab <a@vendor.example>", "location": "/opt/v"}
    package = {"name": "agent", "type": "deb", "version": "1", "vendor": short["vendor"], "path": "/opt/v"}
    nested = {"_index": "i", "_source": {"package": package, "state": {"modified_at": "2024-05-02T09:30:11"}}}
    (a,) = told(short)
    (b,) = observed(wazuh, nested)[0]
    assert a.observables == b.observables
    assert (a.version, a.observed_at, a.meaning) == (b.version, b.observed_at, b.meaning)
    assert values(a, Kind.MAINTAINER_DOMAIN) == ["vendor.example"]
    assert values(a, Kind.PATH) == ["/opt/v"]


def test_connection_is_told_apart_from_its_process() -> None:
    """The program runs; whom it talks to is a use of a service; a listener has a port and no partner."""
    found = told(
        {
            "local": {"ip": "192.0.2.2", "port": 4},
            "remote": {"ip": "203.0.113.8", "port": 443},
            "process": "avp",
            "protocol": "tcp",
            "state": "established",
        },
        {
            "local": {"ip": "::", "port": 22},
            "remote": {"ip": "::", "port": 0},
            "process": "sshd",
            "protocol": "tcp6",
            "state": "listening",
        },
    )
    assert [(o.meaning, [(x.kind, x.value) for x in o.observables]) for o in found] == [
        (Meaning.SERVICE_USE, [(Kind.IP, "203.0.113.8")]),
        (Meaning.RUNNING, [(Kind.PROCESS, "avp")]),
        (Meaning.RUNNING, [(Kind.PROCESS, "sshd"), (Kind.PORT, "22/tcp")]),
    ]


def test_rows_about_one_machine_make_one_observation_of_it() -> None:
    """System, hardware, interface and address of one agent are its identity; a bridge's address is not."""
    found, _ = observed(
        wazuh,
        answer(
            {"os": {"name": "Astra Linux", "version": "1.7"}, "hostname": "web01", "agent_id": "001"},
            {"cpu": {"name": "Baikal-S"}, "board_serial": "PF3ABC", "agent_id": "001"},
            {"mac": "02:00:5E:00:53:01", "name": "eth0", "mtu": 1500, "agent_id": "001"},
            {"iface": "eth0", "proto": "ipv4", "address": "192.0.2.2", "agent_id": "001"},
            {"iface": "docker0", "proto": "ipv4", "address": "172.17.0.1", "agent_id": "001"},
        ),
    )
    assert [o.label for o in found] == ["Astra Linux", "Baikal-S", "web01"]
    assert {o.asset for o in found} == {"web01"}
    assert [x.value for x in found[-1].observables] == ["web01", "PF3ABC", "02:00:5e:00:53:01", "192.0.2.2"]


def test_answer_about_many_agents_keeps_them_apart() -> None:
    """Where only numbers tell the agents apart, the numbers name them."""
    found = told({"name": "a", "format": "deb", "agent_id": "001"}, {"name": "a", "format": "deb", "agent_id": "002"})
    assert [o.asset for o in found] == ["agent 001", "agent 002"]


def test_list_of_agents_gives_their_systems_and_addresses() -> None:
    """GET /agents names each agent."""
    agent = {
        "id": "001",
        "name": "web01",
        "ip": "192.0.2.2",
        "registerIP": "any",
        "os": {"name": "RED OS", "version": "7"},
    }
    system, machine = observed(wazuh, answer(agent))[0]
    assert (system.asset, system.label, system.version) == ("web01", "RED OS", "7")
    assert [x.value for x in machine.observables] == ["web01", "192.0.2.2"]


def test_events_are_read_by_the_line_and_deleted_rows_left_out() -> None:
    """A row that was deleted is no longer there."""
    frame = {"agent_info": {"agent_name": "db3", "agent_ip": "192.0.2.3"}, "data_type": "dbsync_packages"}
    events = [
        {**frame, "data": {"name": name, "format": "rpm"}, "operation": operation}
        for name, operation in (("a", "INSERTED"), ("b", "DELETED"), ("c", "MODIFIED"))
    ]
    found, source = observed(wazuh, "\n".join(map(json.dumps, events)))
    assert [(o.locator, o.asset, o.label) for o in found][:2] == [("line 1", "db3", "a"), ("line 3", "db3", "c")]
    assert source.tally["removed rows"] == 1


def test_bundle_identifier_stands_in_the_description_on_macos() -> None:
    """Elsewhere, and when it is a sentence, a description is prose."""
    package = {"name": "Docker", "type": "pkg", "description": "com.docker.docker"}
    (o,) = observed(wazuh, {"package": package, "wazuh": {}, "agent": {}})[0]
    assert values(o, Kind.BUNDLE) == ["com.docker.docker"]
    (o,) = observed(wazuh, {"package": {**package, "description": "An engine."}})[0]
    assert values(o, Kind.TEXT) == ["An engine."]


def test_extension_of_a_browser_is_known_by_its_identifier() -> None:
    """The identifier is exact where a name is not."""
    document = {"browser": {"name": "chrome"}, "package": {"id": "abc", "name": "Guard", "version": "1"}}
    (o,) = observed(wazuh, {"_source": document})[0]
    assert (values(o, Kind.EXTENSION), o.label) == (["abc"], "Guard")


def test_rows_of_other_things_are_counted_only() -> None:
    """Users, groups and updates betray no maker."""
    found, source = observed(wazuh, answer({"hotfix": "KB5034441"}, {"user": {"name": "root"}}, 7, None))
    assert found == []
    assert source.tally["other rows"] == 2
    assert len(source.losses) == 2


@pytest.mark.parametrize(
    "document",
    [
        answer({"name": "a", "format": "deb"}),
        {"took": 1, "hits": {"hits": [{"_index": "wazuh-states-inventory-packages-x", "_source": {}}]}},
        {"metadata": {"module": "syscollector"}, "items": []},
        {"type": "dbsync_packages", "data": {}},
        [{"scan_id": 0, "checksum": "a", "item_id": "b", "name": "c"}],
    ],
)
def test_every_frame_is_recognised(document: object) -> None:
    """Answers, search results, messages, events and rows of the database."""
    reader, why = sniff.find_reader(opened(json.dumps(document)))
    assert (reader.name if reader else why) == "wazuh"


def test_half_a_document_is_refused() -> None:
    """Nothing can be told of it."""
    with pytest.raises(SourceError):
        observed(wazuh, '{"data": {"affected_items": [')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["data", "hits", "items", "affected_items", "package", "name", "format", "_source", "mac", "host"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["data", "hits", "items", "data_values", "type", "package", "name", "format"]), JSON
    )
)
def test_any_json_is_survived(document: object) -> None:
    """Whatever the types, reading ends without an error."""
    found, _ = observed(wazuh, document)
    assert all(o.observables for o in found)
