# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of container images in JSON."""

from __future__ import annotations

from typing import Any

import pytest

from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.loglines import images
from debar.readers.logs import image_lists
from opened import observed, values

DIGEST = "sha256:" + "ab" * 32


def pod(**more: Any) -> dict[str, Any]:
    """Give a pod with one container."""
    container = {"name": "app", "image": "registry.example.com:5000/team/app:2"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "app-1", "namespace": "shop"},
            "spec": {"containers": [container]}, **more}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nginx", ("", "nginx", "", "")),
        ("docker.io/library/nginx:1.25", ("", "nginx", "1.25", "")),
        ("example/agent:3", ("", "example/agent", "3", "")),
        ("ghcr.io/example/agent", ("ghcr.io", "example/agent", "", "")),
        (f"localhost:5000/a@{DIGEST}", ("localhost:5000", "a", "", DIGEST)),
        (f"docker-pullable://nginx@{DIGEST}", ("", "nginx", "", DIGEST)),
        (DIGEST, None),
        ("a6bd71f48f68", None),
        ("<none>:<none>", None),
        ("{{ .Values.image }}", None),
        ("", None),
    ],
)
def test_a_reference_has_parts(text: str, expected: tuple[str, str, str, str] | None) -> None:
    """Registry, path, tag and digest; an id or a template is no reference."""
    assert expected == images.reference(text)


def test_a_pod_gives_its_images_under_its_owner() -> None:
    """Two pods of one owner are one asset, and their image counts once."""
    owned = {"metadata": {"namespace": "shop", "name": "x", "ownerReferences": [{"name": "app"}]}}
    found, source = observed(image_lists, {"apiVersion": "v1", "kind": "List", "items": [pod(**owned), pod(**owned)]})
    (image,) = found
    assert ("shop/app", "registry.example.com:5000/team/app", "2") == (image.asset, image.label, image.version)
    assert (Medium.INVENTORY, Meaning.INSTALLED) == (image.medium, image.meaning)
    assert ["pkg:oci/app"] == values(image, Kind.PURL)
    assert ["registry.example.com"] == values(image, Kind.REFERENCE_DOMAIN)
    assert 1 == source.tally["images"]


def test_a_digest_is_of_the_image_and_of_no_workload() -> None:
    """Else two workloads of one image would be taken for one asset."""
    status = {"containerStatuses": [{"name": "app", "imageID": f"x@{DIGEST}"}]}
    (image, itself), _ = observed(image_lists, pod(status=status))
    assert [] == values(image, Kind.SERIAL)
    assert ("registry.example.com:5000/team/app", [DIGEST]) == (itself.asset, values(itself, Kind.SERIAL))


def test_a_node_is_a_machine() -> None:
    """Its name, hardware UUID and address join it to other sources; one of zeros joins nothing."""
    addresses = [{"type": "InternalIP", "address": "10.0.0.11"}, {"type": "ExternalIP", "address": "192.0.2.1"}]
    status = {"addresses": addresses, "nodeInfo": {"systemUUID": "4c4c4544-0051"}, "images": [{"names": ["a/b:1"]}]}
    node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"}, "spec": {}, "status": status}
    (machine, image), _ = observed(image_lists, node)
    assert (["n1"], ["4c4c4544-0051"], ["10.0.0.11"]) == tuple(
        values(machine, kind) for kind in (Kind.HOSTNAME, Kind.SERIAL, Kind.ADDRESS)
    )
    assert ("n1", ["pkg:docker/a/b"]) == (image.asset, values(image, Kind.PURL))
    status["nodeInfo"] = {"systemUUID": "00000000-0000"}
    assert [] == values(observed(image_lists, node)[0][0], Kind.SERIAL)


def test_labels_tell_the_maker() -> None:
    """The annotations of OCI and the older maintainer label."""
    labels = {"org.opencontainers.image.vendor": "Example Lab", "org.opencontainers.image.source": "https://github.com/e/x",
              "maintainer": "A <a@vendor.example>", "other": 7}  # fmt: skip
    (image,), _ = observed(image_lists, [{"Id": "1", "RepoTags": ["e/x:1"], "Config": {"Labels": labels}}])
    assert ["Example Lab", "A"] == values(image, Kind.PUBLISHER)
    assert ["vendor.example"] == values(image, Kind.MAINTAINER_DOMAIN)
    assert "pkg:github/e/x" in values(image, Kind.PURL)


@pytest.mark.parametrize(
    "entry",
    [
        {"apiVersion": "v1", "kind": "Pod", "spec": []},
        {"apiVersion": "v1", "kind": "Node", "metadata": [], "status": {"images": [7, None], "addresses": "x"}},
        {"apiVersion": 1, "items": [7, None, [], {"spec": {"containers": [7, {"image": 7}, {"image": None}]}}]},
        {"Id": 7, "RepoTags": {"a": 1}, "Config": []},
        {"images": [{"repoTags": [7, None]}]},
    ],
)
def test_shapes_that_are_wrong_cost_themselves(entry: dict[str, Any]) -> None:
    """Nothing is invented, and nothing breaks."""
    assert [] == observed(image_lists, entry)[0]
