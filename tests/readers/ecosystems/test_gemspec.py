# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of specifications of Ruby gems."""

from __future__ import annotations

from debar.model.vocab import Kind, Meaning
from debar.readers.ecosystems import gemspec
from opened import observed, opened, values


def test_stub_names_an_installed_gem() -> None:
    """Name and version stand in the stub of an installed specification."""
    (gem,), _ = observed(
        gemspec,
        "# -*- encoding: utf-8 -*-\n# stub: till 1.0 ruby lib\nGem::Specification.new do |s|\n  s.name = NAME\nend\n",
    )
    assert (gem.label, gem.version, gem.meaning) == ("till", "1.0", Meaning.INSTALLED)


def test_folder_of_specifications_is_of_installed_gems() -> None:
    """Debian's specifications may lack the stub."""
    text = "Gem::Specification.new do |s|\n  s.name = 'till'\nend\n"
    (gem,) = gemspec.read(opened(text, "usr/share/rubygems-integration/all/specifications/till-1.0.gemspec"))
    assert gem.meaning is Meaning.INSTALLED


def test_computed_values_are_left() -> None:
    """What Ruby would compute is no value, and a gem without a literal name is a loss."""
    found, source = observed(
        gemspec, 'Gem::Specification.new do |s|\n  s.name = "till-#{x}"\n  s.authors = ["A"]\nend\n'
    )
    assert (found, len(source.losses)) == ([], 1)


def test_words_and_quotes_are_texts() -> None:
    """Ruby writes lists of words, and quotation marks inside texts."""
    (gem,), _ = observed(
        gemspec,
        'Gem::Specification.new do |s|\n  s.name = %q{till}\n  s.email = %w[a@one.example b@two.example]\n  s.author = "A \\"B\\" C"\nend\n',
    )
    assert values(gem, Kind.MAINTAINER_DOMAIN) == ["one.example", "two.example"]
    assert gem.label == "till"
