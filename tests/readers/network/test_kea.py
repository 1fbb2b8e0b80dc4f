# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Kea's leases in JSON."""

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Medium
from debar.readers.network import kea
from opened import observed, values

LEASE = {
    "ip-address": "10.0.0.64",
    "hw-address": "02:00:5e:20:00:64",
    "hostname": "cam.example.org.",
    "cltt": 1767225600,
    "state": 0,
}


@pytest.mark.parametrize("many", [True, False])
def test_lease_is_read_from_one_answer_and_from_a_list(many: bool) -> None:
    """The control agent wraps answers in a list, the server does not."""
    answer = {"arguments": {"leases": [LEASE]}, "result": 0}
    (o,), _ = observed(kea, [answer] if many else answer)
    assert (o.asset, o.medium, o.observed_at) == ("cam.example.org", Medium.LEASES, "2026-01-01T00:00:00Z")
    assert (values(o, Kind.ADDRESS), values(o, Kind.MAC)) == (["10.0.0.64"], ["02:00:5e:20:00:64"])


@pytest.mark.parametrize("fault", [7, None, [], {}, {"ip-address": ["10.0.0.1"]}, {"ip-address": "x"}])
def test_lease_of_a_wrong_shape_is_a_loss(fault: object) -> None:
    """A wrong type costs its lease."""
    found, source = observed(kea, {"arguments": {"leases": [fault, LEASE]}})
    assert len(found) == 1
    assert source.losses == [("/arguments/leases/0", "a lease without an address")]


@pytest.mark.parametrize("answer", [[], [7], {"arguments": None}, {"arguments": {"leases": 7}}, 7])
def test_answer_without_leases_says_nothing(answer: object) -> None:
    """An empty answer is no fault."""
    assert observed(kea, answer)[0] == []


def test_broken_answer_is_refused() -> None:
    """What is cut off is not JSON."""
    with pytest.raises(SourceError, match="JSON"):
        observed(kea, '{"arguments": {"leases": [')
