# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of pom.xml."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.ecosystems import maven_pom
from opened import observed, values


def test_old_faults_of_projects_are_survived() -> None:
    """Entities of HTML and bytes of another encoding than declared cost themselves only."""
    text = '<?xml version="1.0" encoding="UTF-8"?><project><artifactId>a</artifactId><name>S&oslash;ren</name><version>1</version>'
    (project,), _ = observed(maven_pom, text.encode() + b"<description>\xf8</description></project>")
    assert (project.label, project.version) == ("a", "1")


def test_endless_property_is_bounded() -> None:
    """Properties that stand for themselves, or grow without end, give no version."""
    text = "<project><artifactId>a</artifactId><properties><v>${v}${v}${v}</v></properties><version>${v}</version></project>"
    (project,), _ = observed(maven_pom, text)
    assert project.version == ""


def test_entities_of_ones_own_are_refused() -> None:
    """A document that declares entities is refused, whatever it says."""
    text = '<!DOCTYPE project [<!ENTITY a "aaaa">]><project><artifactId>&a;</artifactId></project>'
    with pytest.raises(SourceError, match="declares entities"):
        observed(maven_pom, text)


def test_repositories_besides_the_usual_are_told() -> None:
    """A repository of one's own is a place that parts come from."""
    (project,), _ = observed(
        maven_pom,
        "<project><artifactId>a</artifactId><repositories><repository><url>https://repo.maven.apache.org/maven2</url></repository>"
        "<repository><url>https://maven.till.example</url></repository></repositories></project>",
    )
    assert values(project, Kind.REFERENCE_DOMAIN) == ["maven.till.example"]
