# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of lock files of Terraform."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import terraform_lock
from opened import observed, values


def test_registry_besides_the_usual_is_told() -> None:
    """Registries of Terraform and OpenTofu say nothing, others do; a provider may lack its version."""
    found, _ = observed(
        terraform_lock,
        'provider "registry.opentofu.org/a/b" {\n}\nprovider "tf.till.example/c/d" {\n  version = "1.0"\n}\n',
    )
    assert [(o.label, o.version, values(o, Kind.REFERENCE_DOMAIN)) for o in found] == [
        ("a/b", "", []),
        ("c/d", "1.0", ["tf.till.example"]),
    ]
