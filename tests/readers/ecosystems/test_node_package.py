# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of package.json."""

from __future__ import annotations

from debar.model.vocab import Kind, Medium
from debar.readers.ecosystems import node_package
from opened import observed, opened, values


def test_installed_module_tells_itself_alone() -> None:
    """Below node_modules what a module requires lies beside it, and tells for itself."""
    text = '{"name": "ms", "version": "2.1.3", "dependencies": {"other": "1"}}'
    found = list(node_package.read(opened(text, "web01/srv/node_modules/ms/package.json")))
    assert [(o.label, o.medium) for o in found] == [("ms", Medium.PACKAGES)]


def test_people_are_told_in_every_spelling() -> None:
    """Makers are a text or an object, one or several."""
    (module,), _ = observed(
        node_package,
        {
            "name": "ms",
            "author": "Ada Counter <ada@till.example> (https://ada.example)",
            "maintainers": [{"name": "Example Tills", "email": "dev@drawer.example"}, "Bob"],
            "repository": "gitlab:example-tills/ms",
        },
    )
    assert values(module, Kind.PUBLISHER) == ["Ada Counter", "Example Tills", "Bob"]
    assert values(module, Kind.MAINTAINER_DOMAIN) == ["till.example", "drawer.example"]
    assert values(module, Kind.REFERENCE_DOMAIN) == ["ada.example", "gitlab.com"]
    assert "pkg:gitlab/example-tills/ms" in values(module, Kind.PURL)


def test_nameless_file_is_no_package() -> None:
    """A package.json that only tells how to load a folder yields nothing, and is no loss."""
    found, source = observed(node_package, {"type": "module"})
    assert (found, source.losses) == ([], [])
