# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Java run-times."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import java_runtime
from opened import observed, values


def test_runtime_is_told_with_its_builder() -> None:
    """OpenJDK is built by many: who built this one counts, and the most exact version."""
    text = 'IMPLEMENTOR="Example Tills JDK Ltd."\nJAVA_RUNTIME_VERSION="21.0.3+9-LTS"\nJAVA_VERSION="21.0.3"\n'
    (found,), source = observed(java_runtime, text)
    assert (found.label, found.version) == ("openjdk", "21.0.3+9-LTS")
    assert values(found, Kind.PUBLISHER) == ["Example Tills JDK Ltd."]
    assert values(found, Kind.PURL) == ["pkg:generic/openjdk"]
    assert source.tally == {"run-times": 1}


def test_old_runtime_names_no_builder() -> None:
    """Java 8 has its version alone; "N/A" is no name, and lines that are no field are passed over."""
    (found,), _ = observed(java_runtime, 'JAVA_VERSION=1.8.0_402\nIMPLEMENTOR="N/A"\nnoise\n=\n')
    assert found.version == "1.8.0_402"
    assert values(found, Kind.PUBLISHER) == []
