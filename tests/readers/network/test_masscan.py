# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of masscan's output."""

import pytest

from debar.model.vocab import Kind
from debar.readers.network import masscan
from opened import observed, values

HOST = '{"ip": "192.0.2.1", "timestamp": "1767225600", "ports": [{"port": 80, "proto": "tcp", "status": "open"}]}'


@pytest.mark.parametrize(
    "text",
    [
        f"[\n{HOST}\n]\n",
        f"[\n{HOST},\n{{finished: 1}}\n]\n",
        f"{HOST}\n",
        f"[\n,\n{HOST}\n,\n]\n",
        "#masscan\nopen tcp 80 192.0.2.1 1767225600\n# end\n",
    ],
)
def test_port_is_read_wherever_the_commas_stand(text: str) -> None:
    """Versions differ in commas, brackets and their last line."""
    (machine, port), source = observed(masscan, text)
    assert (values(machine, Kind.ADDRESS), values(port, Kind.PORT)) == (["192.0.2.1"], ["80/tcp"])
    assert port.observed_at == "2026-01-01T00:00:00Z"
    assert source.losses == []


def test_certificate_in_base64_is_no_banner() -> None:
    """A banner is text; a whole certificate is not."""
    line = HOST.replace('"status": "open"', '"service": {"name": "X509", "banner": "MIIB"}')
    assert [values(o, Kind.BANNER) for o in observed(masscan, line)[0]] == [[], []]


@pytest.mark.parametrize(
    "fault",
    [
        '{"ip": 7, "ports": [1]}',
        '{"ip": "192.0.2.1", "ports": {"port": "x"}}',
        '{"ip": "192.0.2.1", "ports": null}',
        "open tcp x 192.0.2.1 1",
        "banner",
    ],
)
def test_line_of_a_wrong_shape_says_nothing(fault: str) -> None:
    """A wrong type costs its line."""
    assert observed(masscan, f"{fault}\n")[0] == []


def test_broken_line_is_a_loss() -> None:
    """A line that is cut off is named."""
    found, source = observed(masscan, f"{HOST[:40]}\n{HOST}\n")
    assert len(found) == 2
    assert [place for place, _ in source.losses] == ["line 1"]
