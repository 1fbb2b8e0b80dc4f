# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of workflows of GitHub."""

from __future__ import annotations

from debar.readers import sniff
from debar.readers.ecosystems import github_workflow
from opened import observed


def test_expressions_are_not_guessed() -> None:
    """What GitHub would compute, and what lies in the repository itself, is counted only."""
    found, source = observed(
        github_workflow,
        "jobs:\n  a:\n    uses: ./.github/workflows/b.yml\n  c:\n    container:\n      image: ${{ inputs.image }}\n    steps:\n      - uses: a/b/sub@v1\n      - uses: nothing\n",
    )
    assert [(o.label, o.version, o.observables[0].value) for o in found] == [("a/b", "v1", "pkg:github/a/b")]
    assert source.tally["local or computed"] == 2
    assert source.losses == [("line 9", "not an action")]


def test_workflows_are_looked_for_in_their_folder() -> None:
    """In a file tree a workflow is told by its folder, an action by its name; other YAML is left alone."""
    for path in ("a/.github/workflows/ci.yml", "a/.github/workflows/release.yaml", "a/setup/action.yml"):
        assert sniff.is_of_a_tree(path, b"")
    assert not sniff.is_of_a_tree("a/.github/dependabot.yml", b"")
