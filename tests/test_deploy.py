# SPDX-License-Identifier: Apache-2.0
"""What runs the service for others: a container, a compose file, a unit of systemd and proxies say what debar understands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from debar.cli.serve import _parser

DEPLOY = Path(__file__).parents[1] / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def text(name: str) -> str:
    """Give a file."""
    return (DEPLOY / name).read_text(encoding="utf-8")


def test_every_option_is_one_of_debar_serve() -> None:
    """Commands in containers, the unit and the comments name options that there are."""
    known = {option for action in _parser()._actions for option in action.option_strings}
    container = re.search(r"^ENTRYPOINT (.+)$", text("Containerfile"), re.MULTILINE)
    unit = re.search(r"^ExecStart=\S+ serve (.+)$", text("debar.service"), re.MULTILINE)
    assert container
    assert unit
    said = [*COMPOSE["services"]["debar"]["command"], container[1], unit[1]]
    used = {option for one in said for option in re.findall(r"--[a-z-]+", one)}
    assert used
    assert used <= known


@pytest.mark.parametrize("service", sorted(COMPOSE["services"]))
def test_containers_may_little(service: str) -> None:
    """Each has a read-only root, no capability that it does not name, and gains none."""
    about = COMPOSE["services"][service]
    assert about["read_only"] is True
    assert about["cap_drop"] == ["ALL"]
    assert about["security_opt"] == ["no-new-privileges:true"]
    assert ("ports" in about) == (service == "proxy")


def test_what_is_uploaded_lies_on_a_disk() -> None:
    """Files of a form are put aside in a volume of its own, or in the unit in a folder that is no memory."""
    about = COMPOSE["services"]["debar"]
    room = about["environment"]["TMPDIR"]
    assert [one.partition(":")[0] for one in about["volumes"] if one.split(":")[1] == room] == ["spool"]
    assert "spool" in COMPOSE["volumes"]
    assert not [one for one in about["tmpfs"] if one.split(":")[0] == room]
    assert f"TMPDIR={room} " in text("Containerfile")
    assert "\nEnvironment=TMPDIR=/var/tmp\n" in text("debar.service")


def test_the_database_leads_nowhere() -> None:
    """Its network is an internal one, and its password stands in no variable."""
    assert COMPOSE["services"]["database"]["networks"].keys() == {"back"}
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert "POSTGRES_PASSWORD" not in COMPOSE["services"]["database"]["environment"]


def test_the_proxy_is_the_one_that_is_believed() -> None:
    """The address that the service believes is that of the proxy, and nobody else is given it."""
    (behind,) = [one for one in COMPOSE["services"]["debar"]["command"] if one.startswith("--behind=")]
    assert behind == f"--behind={COMPOSE['services']['proxy']['networks']['front']['ipv4_address']}"
    assert COMPOSE["networks"]["front"]["ipam"]["config"][0]["ip_range"].startswith("172.30.83.128/")


def test_the_container_is_nobody() -> None:
    """It ends as a user with a number, and has a check of its health."""
    lines = text("Containerfile").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER 65532:65532"]
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_both_containers_are_made_alike() -> None:
    """That of the service and that of pipelines stand on one base, are made of the same files, and run as the same nobody."""
    other = DEPLOY.parent / "pipelines"
    assert text("Containerfile.dockerignore") == (other / "Containerfile.dockerignore").read_text("utf-8")
    ours, theirs = (
        [line for line in said.splitlines() if line.startswith(("ARG ", "FROM ", "USER ")) or line[:9] == "COPY src "]
        for said in (text("Containerfile"), (other / "Containerfile").read_text("utf-8"))
    )
    assert len(ours) == 5
    assert ours == theirs


def test_the_unit_is_confined() -> None:
    """It is a user of its own without rights, sees nobody's home, and writes to its directory alone."""
    for line in (
        "DynamicUser=yes",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "UMask=0077",
    ):
        assert f"\n{line}\n" in text("debar.service")


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_proxies_keep_what_is_not_for_others(name: str) -> None:
    """Figures are not given on, and the key in the address of a calendar stands in no log."""
    assert "/metrics" in text(name)
    assert "/calendar/***" in text(name)
