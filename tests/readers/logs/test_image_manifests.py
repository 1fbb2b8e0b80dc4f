# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of container images in YAML."""

from __future__ import annotations

from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.logs import image_manifests
from opened import observed, values


def test_a_service_asks_for_an_image() -> None:
    """A Compose file is a declaration; what is put together at run time is left out."""
    found, _ = observed(
        image_manifests,
        "services:\n  web:\n    image: 'nginx:1.25' # pinned\n  b:\n    image: ${R}/b\n  c:\n    build: .\n",
    )
    assert [("web", "nginx", "1.25")] == [(o.asset, o.label, o.version) for o in found]
    assert (Medium.SBOM, Meaning.COMPONENT) == (found[0].medium, found[0].meaning)


def test_a_workload_is_named_by_its_own_metadata() -> None:
    """Not by that of the pods it makes, nor by its containers."""
    found, _ = observed(
        image_manifests,
        "kind: Deployment\nmetadata:\n  namespace: shop\n  name: web\nspec:\n  template:\n    metadata:\n      name: pod\n"
        "    spec:\n      containers:\n      - name: app\n        image: a/b:1\n---\nkind: Pod\nmetadata:\n  name: lone\n"
        "spec:\n  containers:\n  - image: c/d\n",
    )
    assert [("shop/web", "a/b"), ("lone", "c/d")] == [(o.asset, o.label) for o in found]


def test_what_a_cluster_has_is_installed() -> None:
    """What it adds to a manifest tells that it runs."""
    found, _ = observed(
        image_manifests,
        "apiVersion: v1\nmetadata:\n  name: a\n  resourceVersion: '1'\nspec:\n  containers:\n  - image: a/b\n",
    )
    assert {(Medium.INVENTORY, Meaning.INSTALLED)} == {(o.medium, o.meaning) for o in found}


def test_helm_values_give_an_image_in_parts() -> None:
    """Registry and repository are one reference."""
    found, _ = observed(image_manifests, "image:\n  registry: quay.io\n  repository: e/tool\n  tag: '1'\n")
    assert ["quay.io"] == values(found[0], Kind.REFERENCE_DOMAIN)


def test_depth_and_junk_are_survived() -> None:
    """Neither indentation without end nor lines that are no YAML break anything."""
    text = (
        "".join(" " * (n % 3000) + f"k{n}:\n" for n in range(4000))
        + "image: a/b\n\0\n: :\n- - -\nimage: &x\nimage: [a]\n"
    )
    assert ["a/b"] == [o.label for o in observed(image_manifests, text)[0]]
